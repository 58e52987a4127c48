"""What is proposed: a row for each variable, with the reason of each guess, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from blupkit.survey.proposing.guessing.people import Listed
from blupkit.survey.proposing.guessing.scales import Scale

#: The columns of a made questionnaire in which a guess stands, and is confirmed.
GUESS, CONFIRMED = "gæt", "bekræftet"
#: What begins a guess that has two readings, and is asked about alone.
DOUBT: Final = "spørgsmål: "


@dataclass
class Row:
    """One row of the questionnaire's file.

    Parameters
    ----------
    heading : str
        The column of the export.
    variable, item, kind, question, point, label, scale, about
        The row's cells.
    groups : tuple of str
        The groups that were asked.
    guess : str
        The reason, the same for all rows of a block.
    doubt : str
        What has two readings in this row.
    column : str
        The heading, where the reading would not find it by the variable's name.
    """

    heading: str
    variable: str
    item: str
    kind: str
    question: str
    point: str = ""
    label: str = ""
    groups: tuple[str, ...] = ()
    scale: str = ""
    about: str = ""
    guess: str = ""
    doubt: str = ""
    column: str = ""


@dataclass
class Proposal:
    """Everything that is written for a new study.

    Parameters
    ----------
    rows : list of Row
        In the order of the export.
    scales : dict of str to Scale
        By name.
    places, groups : Listed
        The municipalities and groups.
    keys : dict of str to str
        Group → its key.
    respondent : str
        The column with an id; "" where there is none.
    left : list of str
        Columns that are no questions.
    personal : list of str
        Columns with personal data.
    again : list of str
        Columns in which a respondent has several answers.
    respondents : int
        Rows of the export.
    """

    rows: list[Row] = field(default_factory=list)
    scales: dict[str, Scale] = field(default_factory=dict)
    places: Listed = field(default_factory=Listed)
    groups: Listed = field(default_factory=Listed)
    keys: dict[str, str] = field(default_factory=dict)
    respondent: str = ""
    left: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    respondents: int = 0

    @property
    def blocks(self) -> int:
        """How many guesses wait for a person: one a block, and one for each thing with two readings."""
        of_rows = {row.guess for row in self.rows if not row.doubt}
        of_scales = [any(code not in scale.doubts for code, _, _ in scale.rows) for scale in self.scales.values()]
        return len(of_rows) + sum(of_scales) + self.doubts

    @property
    def doubts(self) -> int:
        """How many things have two readings."""
        of_scales = sum(len(scale.doubts) for scale in self.scales.values())
        return sum(bool(row.doubt) for row in self.rows) + of_scales + len(self.places.doubts) + len(self.groups.doubts)
