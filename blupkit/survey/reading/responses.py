"""The answers that count: one row = one respondent × variable, laid out when asked, and by cell of the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.survey.reading.cell_values import CHOICE, Coded
from blupkit.survey.reading.questionnaire import MISSING, Kind, Labels, Meaning, Questionnaire, State, make_labels


class Cell(NamedTuple):
    """One municipality (or all of them) × one group.

    Parameters
    ----------
    municipality, group : str
        Slug and key, or "alle".
    respondents : pandas.Index
        Who they are; maybe nobody.
    seed : str
        What chance is drawn from in this cell: the names of study, municipality and group, and the secret.
    """

    municipality: str
    group: str
    respondents: pd.Index
    seed: str

    @property
    def is_total(self) -> bool:
        """Whether it is all municipalities together."""
        return self.municipality == ALL


@dataclass(frozen=True, eq=False, repr=False)
class Responses:
    """The answers that count, and what was set aside.

    Parameters
    ----------
    study : Study
        Whose answers they are.
    questionnaire : Questionnaire
        What was asked.
    coded : Coded
        Every cell of the export, kept as it was sent: one row a respondent. `answers` lays it out.
    respondents : pandas.DataFrame
        `respondent`, `row`, `municipality`, `group`, `completed`, `answered`, `straight_lined`.
    faults : pandas.DataFrame
        What `core.fault_table` makes of everything that was wrong but stopped nothing.
    set_aside : pandas.DataFrame
        `rule`, `n`, `note`: how much each rule set aside or noted.
    invited : pandas.DataFrame
        `municipality`, `group`, `invited` (missing where unknown), `known`.
    received : int
        Rows in the export.
    secret : str
        What chance is drawn from beside the names that everybody knows. Intervals drawn with a seed that an attacker
        can guess are a fingerprint of the answers; `make_release` gives one that never leaves the study.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> example_responses().values(["k1_v", "k1_n"]).iloc[0].tolist()
    [5.0, 3.0]
    """

    study: Study
    questionnaire: Questionnaire
    coded: Coded
    respondents: pd.DataFrame
    faults: pd.DataFrame
    set_aside: pd.DataFrame
    invited: pd.DataFrame
    received: int
    secret: str = ""

    def __repr__(self) -> str:
        people, aside = len(self.respondents), self.received - len(self.respondents)
        return (
            f"Besvarelser: {people}, variable: {len(self.variables)}, rækker sat til side: {aside}"
            ' (responses.set_aside). Prøv responses.labels("ord"), survey.profile(responses, "navn") eller'
            ' survey.cross(responses, "navn", "navn").'
        )

    def __dir__(self) -> list[str]:
        # What she explores with: the rest is for the measures, and there for whoever writes it.
        return [
            "labels",
            "wide",
            "variables",
            "respondents",
            "set_aside",
            "faults",
            "invited",
            "received",
            "study",
            "questionnaire",
        ]

    @property
    def variables(self) -> list[str]:
        """The variables that the export has, in the questionnaire's order."""
        return list(self.coded.columns)

    def cells(self) -> Iterator[Cell]:
        """Go through every municipality × group and the totals, also those where nobody answered.

        `suppress` decides over the whole release, so a measure always has rows for all of it.
        """
        yield from self._cells

    @cached_property
    def _cells(self) -> list[Cell]:
        people, cells = self.respondents.set_index("respondent"), []
        for municipality in self.study.readers:
            here = people if municipality == ALL else people[people["municipality"] == municipality]
            for group in self.study.group_keys:
                seed = "\n".join([self.secret, self.study.name, municipality, group])
                cells.append(Cell(municipality, group, here.index[here["group"] == group], seed))
        return cells

    def totals(self) -> Iterator[Cell]:
        """Go through the groups in all municipalities together."""
        return (cell for cell in self.cells() if cell.is_total)

    @property
    def answers(self) -> pd.DataFrame:
        """All answers, one row = one respondent × variable; see `answers_to`."""
        return self.answers_to(self.variables)

    def answers_to(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay the answers to some variables out, one row = one respondent × variable.

        Parameters
        ----------
        variables : iterable of str
            Which; one that the export does not have gives no rows.

        Returns
        -------
        pandas.DataFrame
            `respondent`, `municipality`, `group`, `variable`, `item`, `kind`, `value` (NaN unless answered with a
            code), `state` (a `State`) and `text`, by respondent.
        """
        names = [name for name in self.variables if name in set(variables)]
        asked = self.questionnaire.by_variable.loc[names]
        people = self.respondents.sort_values("respondent", kind="stable")
        rows = self.coded.rows.get_indexer(pd.Index(people["row"]))
        width, height = len(names), len(people)

        def cells(kind: str) -> np.ndarray:
            return self.coded.table(kind, names).to_numpy()[rows].ravel()

        return pd.DataFrame(
            {
                **{key: np.repeat(people[key].to_numpy(), width) for key in ("respondent", "municipality", "group")},
                "variable": np.tile(names, height),
                "item": np.tile(asked["item"].to_numpy(), height),
                "kind": np.tile(asked["kind"].to_numpy(), height),
                "value": cells("value").astype(float),
                "state": cells("state"),
                "text": cells("text"),
            }
        )

    def values(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay answers out as respondent × variable: NaN where there is no answer with a code, whatever the reason."""
        names = list(variables)
        known = self.coded.table("value", [name for name in names if name in self.coded.columns])
        people = self.respondents
        return known.loc[people["row"]].set_axis(people["respondent"]).reindex(columns=names).astype(float)

    @cached_property
    def _places(self) -> np.ndarray:
        """Where in the export each respondent's row lies."""
        return self.coded.rows.get_indexer(pd.Index(self.respondents["row"]))

    def answers_in(self, variable: str) -> tuple[np.ndarray, dict[float, str]]:
        """Give every respondent's answer to a closed question as its place on the scale.

        Parameters
        ----------
        variable : str
            A variable of the export.

        Returns
        -------
        tuple of numpy.ndarray and dict of float to str
            One number a respondent, in their order: with k answers, 0 to k - 1 is an answer, and k, k + 1 and k + 2 are
            the states of `MISSING`. And the answers: code → text, in the order of the scale.

        Examples
        --------
        >>> from blupkit.survey.example import example_responses
        >>> places, answers = example_responses().answers_in("k1_v")
        >>> places[:3].tolist(), answers[5.0]
        ([4, 4, 3], 'I meget høj grad')
        """
        kind, scale = self.questionnaire.by_variable.loc[variable, ["kind", "scale"]]
        chosen = dict(zip(CHOICE["code"], CHOICE["text"], strict=True))
        answers = chosen if kind == Kind.MULTIPLE else self.questionnaire.answer_names(str(scale))
        cells = self.coded.columns[variable]
        places = pd.Index(list(answers), dtype=float).get_indexer(pd.Index(cells.kinds["value"], dtype=float))
        for order, state in enumerate(MISSING):
            places[cells.kinds["state"] == state] = len(answers) + order
        return places.astype(np.int16)[cells.place[self._places]], answers

    def undisclosed(self, variable: str) -> npt.NDArray[np.bool_] | None:
        """Tell who chose an answer such as "ønsker ikke at oplyse", which counts as unanswered; None without one."""
        scale, scales = self.questionnaire.by_variable.loc[variable, "scale"], self.questionnaire.scales
        quiet = scales.loc[(scales["scale"] == scale) & (scales["meaning"] == Meaning.UNDISCLOSED), "text"].tolist()
        if not quiet:
            return None
        cells = self.coded.columns[variable]
        chosen = np.isin(cells.kinds["text"].astype(str), quiet) & (cells.kinds["state"] == State.UNANSWERED)
        return np.asarray(chosen[cells.place[self._places]])

    def wide(self, *, states: bool = False) -> pd.DataFrame:
        """Alle svar som én tabel: en række pr. besvarelse, en kolonne pr. variabel.

        Made so that pandas and seaborn do the expected thing: a question with one answer is an ordered category with
        the questionnaire's own words in the order of the scale, so that it is counted and drawn in that order;
        importance and level are numbers, and so is each choice of a multiple choice (1 chosen, 0 not chosen), so that a
        mean is a mean or a share. Statements are ordered categories too.

        After `concat` or `merge` with another table pandas turns categories into text: set the type again with
        `.astype(wide["tid"].dtype)`.

        Parameters
        ----------
        states : bool
            Give what became of each question in place of the answers: the same rows and columns, each cell "Besvaret",
            "Ved ikke", "Ikke besvaret" or "Ikke stillet".

        Returns
        -------
        pandas.DataFrame
            Index `respondent`; `kommune` and `gruppe` (ordered categories, in the study's order), then the variables
            in the order of the questionnaire. Missing data: whatever the reason, a cell without an answer is missing,
            so that every base is those who answered; `states=True` tells why.

        Examples
        --------
        >>> from blupkit.survey.example import example_responses
        >>> wide = example_responses().wide()
        >>> wide.groupby("gruppe", observed=False)["k1_v"].mean().round(2).to_dict()
        {'lokalrådsmedlemmer': 4.3, 'kommunalt ansatte': 4.2}
        >>> example_responses().wide(states=True)["k2_n"].value_counts().head(2).to_dict()
        {'Besvaret': 19, 'Ved ikke': 1}
        """
        people, kinds = self.respondents, self.questionnaire.by_variable["kind"]
        columns = {
            name: self._states_of(name) if states else self._column(name, kinds[name]) for name in self.variables
        }
        names = self.study.place_names("alle")
        towns = [names[place] for place in self.study.places]
        groups = [self.study.group(key).name for key in self.study.group_keys]
        who = {
            "kommune": _category(pd.Index(self.study.places).get_indexer(pd.Index(people["municipality"])), towns),
            "gruppe": _category(pd.Index(self.study.group_keys).get_indexer(pd.Index(people["group"])), groups),
        }
        return pd.DataFrame({**who, **columns}, index=pd.Index(people["respondent"], name="respondent"))

    def _column(self, name: str, kind: str) -> object:
        cells = self.coded.columns[name]
        if kind in (Kind.IMPORTANCE, Kind.LEVEL, Kind.MULTIPLE):
            return cells.kinds["value"].astype(float)[cells.place[self._places]]
        if kind == Kind.OPEN:
            texts = pd.Series(cells.kinds["text"], dtype="str").where(cells.kinds["state"] == State.ANSWERED)
            return texts.array.take(cells.place[self._places])
        places, answers = self.answers_in(name)
        return _category(np.where(places < len(answers), places, -1), answers.values())

    def _states_of(self, name: str) -> object:
        names = {State.ANSWERED: "Besvaret", **MISSING}
        cells = self.coded.columns[name]
        places = pd.Index(list(names)).get_indexer(pd.Index(cells.kinds["state"].astype(str)))
        return _category(places[cells.place[self._places]], names.values())

    @cached_property
    def labels(self) -> Labels:
        """Hvad der er spurgt om; slå op med ord: `responses.labels("tid")`.

        Returns
        -------
        Labels
            A `ResultTable` with one row a question that can be explored, and callable.

        Examples
        --------
        >>> from blupkit.survey.example import example_responses
        >>> example_responses().labels("møde").frame["Variabel"].tolist()
        ['k2_v', 'k2_n']
        """
        return make_labels(self.questionnaire, self.study, self.variables)

    def written(self) -> pd.DataFrame:
        """Give what was written in the open questions, as `answers_to` lays it out; unanswered ones are left out."""
        answers = self.answers_to(self.questionnaire.open_variables)
        return answers[answers["state"] == State.ANSWERED]


def _category(places: npt.NDArray[np.signedinteger], names: Iterable[str]) -> object:
    return pd.Categorical.from_codes(places, pd.Index(list(names)), ordered=True)
