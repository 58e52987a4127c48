"""The panel without the page: every choice in, one result table or one Danish sentence out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from blupkit.app.exploring import survey_tab, together_tab, words_tab
from blupkit.app.exploring.choice import Choice, Control, Option, RefusedError, Results, Tab, unknown
from blupkit.app.exploring.materials import Materials
from blupkit.app.year import exploring_tab
from blupkit.core import STUDY_FILE, BlupkitError
from blupkit.core.danish import first_upper

#: The tabs as they stand on the page; the last where the study has activities.
TABS: Final = (
    Option(Tab.SURVEY, "Spørgeskema"),
    Option(Tab.WORDS, "Interview og åbne svar"),
    Option(Tab.TOGETHER, "Sammen"),
    Option(Tab.YEAR, "Workshops og læring"),
)


@dataclass(frozen=True)
class Shown:
    """What a choice gives.

    Parameters
    ----------
    tables : tuple of ResultTable
        What is shown, the first with its figure; none where there is nothing to show.
    said : str
        One Danish sentence: what is left to choose, or why there is nothing.
    """

    tables: Results = ()
    said: str = ""

    @property
    def call(self) -> str:
        """The one line that makes the same."""
        return self.tables[0].call if self.tables else ""


class _Tab(NamedTuple):
    controls: Callable[[Materials, Choice], list[Control]]
    results: Callable[[Materials, Choice], Results]


_TABS: Final = {
    Tab.SURVEY: _Tab(survey_tab.survey_controls, survey_tab.survey_results),
    Tab.WORDS: _Tab(words_tab.words_controls, words_tab.words_results),
    Tab.TOGETHER: _Tab(together_tab.together_controls, together_tab.together_results),
    Tab.YEAR: _Tab(exploring_tab.year_controls, exploring_tab.year_results),
}


class Explorer:
    """What is chosen, and what it gives. It keeps every choice itself: no list on the page can change one unasked.

    Parameters
    ----------
    materials : Materials
        What there is to explore.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> explorer = Explorer(Materials(example_study()))
    >>> explorer.choose({"question": "k1_v"}).tables[0].title
    'Vigtighed: Søge fonde'
    >>> explorer.choose({"places": ["nordbi"]})
    Traceback (most recent call last):
    blupkit.app.exploring.choice.RefusedError: Der er ingen kommune, der hedder »nordbi«. Mente du »Nordby«?
    """

    def __init__(self, materials: Materials) -> None:
        self.materials = materials
        self.choice = Choice()
        #: The tabs of this study.
        self.tabs = TABS if materials.study.activities else TABS[:-1]

    def controls(self, choice: Choice | None = None) -> list[Control]:
        """Give what can be chosen in the tab that is shown, with what is chosen."""
        chosen = choice or self.choice
        try:
            return _TABS[Tab(chosen.tab)].controls(self.materials, chosen)
        except BlupkitError:  # what cannot be read is told of where the answer would stand
            return []

    def choose(self, changes: Mapping[str, Any]) -> Shown:
        """Change what is chosen, and compute what it gives.

        Parameters
        ----------
        changes : mapping of str to str or list of str
            Fields of `Choice` and their new values.

        Returns
        -------
        Shown
            What the choice gives.

        Raises
        ------
        RefusedError
            A field or a value is not there; what was chosen before stays chosen.
        BlupkitError
            The files can no longer be read.
        """
        choice = self.choice.with_changes(changes)
        if choice.tab not in {option.value for option in self.tabs}:
            raise RefusedError(unknown(choice.tab, self.tabs, "ingen fane"))
        if changes.get("find"):
            choice = survey_tab.looked_up(self.materials, choice)
        if "filter" in changes:
            choice = choice.with_changes({"answer": changes.get("answer", "")})
        choice = words_tab.settled(choice, changes)
        controls = self.controls(choice)
        away = set(changes) - {control.name for control in controls} - {"tab"}
        if away and controls:
            raise RefusedError(f"»{min(away)}« kan ikke vælges her: Det gælder ikke for det, der er vist.")
        for control in controls:
            control.check()
        self.choice = choice
        return self.shown()

    def begin_again(self) -> Shown:
        """Choose nothing any more, and stay in the tab."""
        self.choice = Choice(tab=self.choice.tab)
        return self.shown()

    def shown(self) -> Shown:
        """Compute what the choice gives."""
        try:
            return Shown(_TABS[Tab(self.choice.tab)].results(self.materials, self.choice))
        except RefusedError as wanting:
            return Shown(said=str(wanting))
        except BlupkitError as error:
            return Shown(said=sentence_of(error))


def sentence_of(error: BlupkitError) -> str:
    """Say in the panel what is wrong, with the file where it is one, and without a setting that she did not write.

    Examples
    --------
    >>> from blupkit.core import DataError, Fault
    >>> sentence_of(DataError(Fault("study.toml", "aldr", "alder eller tid", "Mente du »alder«?", column="row")))
    'Her står »aldr«. Forventet: alder eller tid. Mente du »alder«?'
    """
    first, *more = error.faults
    found = f"Her står »{first.found}«" if first.quotes else first_upper(first.found)
    place = f"{first.file}: " if "." in first.file and first.file != STUDY_FILE else ""
    told = f"{place}{found}. Forventet: {first.expected}. {first.action}"
    return f"{told} (Og {len(more)} fejl mere; kør »blupkit check«.)" if more else told
