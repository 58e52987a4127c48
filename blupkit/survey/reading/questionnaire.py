"""The questionnaire: what was asked, of whom, on which scale, and what can become of an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, one_of


class Kind(StrEnum):
    """What a question asks for, in the word of the questionnaire's file."""

    IMPORTANCE = "vigtighed"
    LEVEL = "niveau"
    STATEMENT = "udsagn"
    SINGLE = "enkelt"
    MULTIPLE = "flere"
    OPEN = "aaben"

    @property
    def rating_of(self) -> str:
        """What is rated, as it stands before the name of a competence; "" where no competence is."""
        return {Kind.IMPORTANCE: "vigtigheden af", Kind.LEVEL: "niveauet for"}.get(self, "")


class Meaning(StrEnum):
    """What a code of a scale says, in the word of the file of scales."""

    ANSWER = "svar"
    DONT_KNOW = "ved_ikke"
    UNDISCLOSED = "uoplyst"


class State(StrEnum):
    """What became of one question for one respondent."""

    ANSWERED = "besvaret"
    DONT_KNOW = "ved_ikke"
    UNANSWERED = "ubesvaret"
    NOT_ASKED = "ikke_stillet"


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """What was asked, of whom, and on which scale.

    Parameters
    ----------
    variables : pandas.DataFrame
        One row a variable, or a variable × groups where the wording differs: `item`, `variable`, `kind`, `question`,
        `text`, `label`, `groups` (tuple of keys), `scale`, `dimension`, `about`. In the order of the questionnaire.
    scales : pandas.DataFrame
        `scale`, `code` (a number), `text`, `meaning` (a `Meaning`), in the order of the scale.
    dimensions : pandas.DataFrame
        `dimension`, `name`, `label`.
    """

    variables: pd.DataFrame
    scales: pd.DataFrame
    dimensions: pd.DataFrame

    @property
    def asked(self) -> pd.DataFrame:
        """One row a variable × group that was asked it, with the group's own wording, under `group`."""
        return self.variables.explode("groups").rename(columns={"groups": "group"}).reset_index(drop=True)

    @property
    def by_variable(self) -> pd.DataFrame:
        """One row a variable, in its first wording, by the variable's name."""
        return self.variables.drop_duplicates("variable").set_index("variable")

    @cached_property
    def _answers(self) -> dict[str, pd.DataFrame]:
        answers = self.scales[self.scales["meaning"] == Meaning.ANSWER]
        return {str(scale): rows for scale, rows in answers.groupby("scale", sort=False)}

    def of_kind(self, *kinds: Kind) -> pd.DataFrame:
        """The rows of `variables` that ask for these."""
        return self.variables[self.variables["kind"].isin(kinds)]

    def about(self, name: str) -> pd.DataFrame:
        """The rows of `variables` that belong to a question, by its id or by the name of a variable."""
        return self.variables[(self.variables["item"] == name) | (self.variables["variable"] == name)]

    def answers_of(self, scale: str) -> pd.DataFrame:
        """The rows of a scale that are answers, so neither "ved ikke" nor "ønsker ikke at oplyse"."""
        return self._answers.get(scale, self.scales.iloc[:0])

    def ends_of(self, scale: str) -> tuple[float, float]:
        """The lowest and the highest code that is an answer."""
        codes = self.answers_of(scale)["code"]
        return float(codes.min()), float(codes.max())

    def pairs(self, group: str) -> pd.DataFrame:
        """The items of which a group was asked both importance and level.

        `item`, `label`, `dimension`, the variables `importance` and `level`, and their scales `scale_i` and `scale_c`.
        """
        asked = self.asked
        own = asked[asked["group"] == group]
        importance = own[own["kind"] == Kind.IMPORTANCE].rename(columns={"variable": "importance", "scale": "scale_i"})
        level = own[own["kind"] == Kind.LEVEL].rename(columns={"variable": "level", "scale": "scale_c"})
        columns = ["item", "label", "dimension", "importance", "scale_i"]
        return importance[columns].merge(level[["item", "level", "scale_c"]], on="item")

    @property
    def choice_questions(self) -> list[str]:
        """The questions with choices, in order: the id, or the variable where several single choices share one."""
        chosen = self.of_kind(Kind.SINGLE, Kind.MULTIPLE)
        several = chosen[chosen["kind"] == Kind.SINGLE].groupby("item")["variable"].transform("nunique") > 1
        shared = several.reindex(chosen.index, fill_value=False)
        return list(dict.fromkeys(chosen["item"].where(~shared, chosen["variable"])))

    @property
    def rated_variables(self) -> list[str]:
        """The variables that rate an importance or a level, by name."""
        return sorted(set(self.of_kind(Kind.IMPORTANCE, Kind.LEVEL)["variable"]))

    @property
    def statements(self) -> pd.DataFrame:
        """As `asked`, the statements about another group, each under the label that stands first for its item."""
        asked = self.asked
        asked = asked[(asked["kind"] == Kind.STATEMENT) & (asked["about"] != "")]
        return asked.assign(label=asked["item"].map(asked.drop_duplicates("item").set_index("item")["label"]))

    @property
    def open_variables(self) -> list[str]:
        """The variables in which people wrote in their own words."""
        return self.of_kind(Kind.OPEN)["variable"].drop_duplicates().tolist()

    @property
    def reworded(self) -> frozenset[str]:
        """The items that are put differently to different groups, so that their answers are not quite comparable."""
        wordings = self.variables[["item", "variable", "question", "text"]].drop_duplicates()
        return frozenset(wordings.loc[wordings.duplicated(["item", "variable"]), "item"])


def no_question(name: str, known: Iterable[str], kind: str = "et spørgsmål med svarmuligheder") -> DataError:
    """Say that there is no such question, and which there are.

    Parameters
    ----------
    name : str
        What was asked for.
    known : iterable of str
        What could have been.
    kind : str
        What is said where there is none of that kind at all.

    Examples
    --------
    >>> print(no_question("tidd", ["tid", "form", "tid"]))
    study.toml, indstilling »question«: Her står »tidd«. Forventet: tid eller form. Vælg et af spørgsmålene.
    """
    expected = one_of(dict.fromkeys(known)) or f"{kind}; det har undersøgelsen ikke"
    return DataError(Fault(STUDY_FILE, name, expected, "Vælg et af spørgsmålene.", column="question"))
