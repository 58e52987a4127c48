"""What a questionnaire of another program comes to: labels, structure, and what its own codes are as numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from blupkit.core import Fault, Level
from blupkit.survey.reading.origin.cells import recoded

LABELS: Final = ("variable", "value", "label")
STRUCTURE: Final = (
    "questionName",
    "variableName",
    "questionType",
    "subType",
    "questionText",
    "choiceValue",
    "choiceText",
)
#: What an answer outside the list is called.
OTHER: Final = "Andet"
_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?")
_TAG: Final = re.compile(r"<[^<>]{1,300}>")
_BREAK: Final = re.compile(r"(?i)<(?:br|/p|/div|/li)\b[^<>]{0,100}>")


@dataclass
class Outline:
    """A questionnaire, row by row as its file is read.

    Parameters
    ----------
    name : str
        The file, for messages.
    faults : list of Fault
        What is wrong with it.
    """

    name: str
    faults: list[Fault] = field(default_factory=list)
    _labels: list[tuple[str, str, str]] = field(default_factory=list)
    _structure: list[list[str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def labels(self) -> pd.DataFrame:
        """`variable`, `value` (a number), `label`."""
        return pd.DataFrame(self._labels, columns=list(LABELS), dtype="str")

    @property
    def structure(self) -> pd.DataFrame:
        """The columns of SurveyXact's structure file."""
        return pd.DataFrame(self._structure, columns=list(STRUCTURE), dtype="str")

    @property
    def written_codes(self) -> dict[str, dict[str, str]]:
        """Variable → what stands in the file for an answer → its number, where the questionnaire's codes are none."""
        return self._codes

    @property
    def variables(self) -> set[str]:
        """The names of all columns."""
        return {row[1] for row in self._structure}

    @property
    def worded(self) -> pd.DataFrame:
        """What a heading may look like: `item`, `variable`, `kind`, `question`, `text`."""
        rows = [
            [item, variable, _kind(kind, sub), text, choice]
            for item, variable, kind, sub, text, _, choice in self._structure
        ]
        return pd.DataFrame(rows, columns=["item", "variable", "kind", "question", "text"], dtype="str")

    def written(self, variable: str, text: str) -> None:
        """Add a question that is answered in words or numbers."""
        self._structure.append([variable, variable, "Open", "", text, "", ""])

    def single(self, variable: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        """Add a question with one answer of several; codes that are no numbers are numbered in their order."""
        numeric = all(_NUMBER.fullmatch(code) for code, _ in answers)
        numbers = [code if numeric else str(place) for place, (code, _) in enumerate(answers, start=1)]
        self._structure.append([variable, variable, "Closed", "Single", text, "", ""])
        self._labels += [(variable, number, label) for number, (_, label) in zip(numbers, answers, strict=True)]
        if not numeric:
            self._codes[variable] = {code: number for number, (code, _) in zip(numbers, answers, strict=True)}

    def several(self, item: str, text: str, choices: Sequence[tuple[str, str]], mark: str = "_") -> None:
        """Add a question with several answers: a box for each, `item_code`, or `item/code` as Kobo calls it."""
        self._structure += [
            [item, f"{item}{mark}{code}", "Closed", "Multiple", text, code, label or code] for code, label in choices
        ]

    def wrong(self, found: str, expected: str, action: str, row: int | None = None, column: str = "") -> None:
        """Note what keeps the questionnaire from being used."""
        self.faults.append(Fault(self.name, found, expected, action, row, column))

    def told(self, found: str, expected: str, action: str, row: int | None = None, column: str = "") -> None:
        """Note what stops nothing."""
        self.faults.append(Fault(self.name, found, expected, action, row, column, level=Level.WARNING, quotes=False))

    def with_numbers(self, data: pd.DataFrame) -> pd.DataFrame:
        """Write the questionnaire's own codes, such as "meget_enig" or "A3", as their numbers.

        Examples
        --------
        >>> outline = Outline("skema.xlsx")
        >>> outline.single("q1", "Enig?", [("nej", "Nej"), ("ja", "Ja")])
        >>> outline.with_numbers(pd.DataFrame({"q1": ["ja", "Nej", ""]}, dtype="category"))["q1"].tolist()
        ['2', 'Nej', '']
        """
        changed = {name: recoded(data[name], _Known(codes)) for name, codes in self._codes.items() if name in data}
        return data.assign(**changed)


class _Known(dict[str, str]):
    """A code → its number; whatever else stands there stays."""

    def __call__(self, text: str) -> str:
        return self.get(text.strip(), text)


def _kind(question_type: str, sub_type: str) -> str:
    if sub_type == "Multiple":
        return "flere"
    return "aaben" if question_type == "Open" else "enkelt"


def seen_text(text: str) -> str:
    """Give all of a text that a reader sees, without its markup.

    Examples
    --------
    >>> seen_text("<p>Er du <b>ikke</b> enig&nbsp;?</p><p>Skriv</p>")
    'Er du ikke enig ? Skriv'
    """
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", text))).split())
