"""What stands in each column of an export, counted once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.survey.reading.column_names import NUMBER, plain

WHOLE: Final = re.compile(r"-?\d+(?:[.,]0+)?")
_DATE: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}([ T,]+\d{1,2}[:.]\d{2}.*)?|\d{1,2}:\d{2}(:\d{2})?")
#: More different answers than this are no list to choose from; Denmark has 98 municipalities.
MOST_CHOICES: Final = 120
#: A list of choices is one from which several chose the same.
REPEATED: Final = 0.7
#: Longer than this, a cell that stands once is somebody's own words.
_SHORT: Final = 60
#: So many different whole numbers are codes; more are a number that was asked for, as an age.
CODES: Final = 12
#: A code is no higher than this, but for one or two that say why there is no answer: 88, 99, 999.
_HIGHEST: Final = 20
_FEW: Final = 2


class Column:
    """One column of the export.

    Parameters
    ----------
    heading : str
        As it stands in the file.
    cells : pandas.Series
        The column, as categories of text.

    Examples
    --------
    >>> column = Column("q", pd.Series(["Ja", "Nej", " Ja", "Nej", "Ja", ""], dtype="category"))
    >>> column.answers, column.filled, column.is_closed
    ({'Ja': 3, 'Nej': 2}, 5, True)
    """

    def __init__(self, heading: str, cells: pd.Series) -> None:
        self.heading, self._cells = heading, cells.cat

    @cached_property
    def answers(self) -> dict[str, int]:
        """What was answered → how often, the most frequent first; empty cells are left out."""
        counts = np.bincount(self._cells.codes.to_numpy()[self._cells.codes.to_numpy() >= 0], minlength=1)
        found: dict[str, int] = {}
        for text, count in zip(self._cells.categories.tolist(), counts.tolist(), strict=False):
            if count and (answer := str(text).strip()):
                found[answer] = found.get(answer, 0) + count
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))

    @cached_property
    def filled_rows(self) -> npt.NDArray[np.bool_]:
        """Which rows hold something."""
        each = np.array([bool(str(text).strip()) for text in self._cells.categories.tolist()], dtype=bool)
        codes = self._cells.codes.to_numpy()
        return np.asarray((each[codes] if len(each) else np.zeros(len(codes), dtype=bool)) & (codes >= 0))

    def rows_of(self, answer: str) -> npt.NDArray[np.bool_]:
        """Which rows hold this answer."""
        each = np.array([str(text).strip() == answer for text in self._cells.categories.tolist()], dtype=bool)
        return np.asarray(each[self._cells.codes.to_numpy()])

    @cached_property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(self.answers.values())

    @cached_property
    def words(self) -> frozenset[str]:
        """The different answers, whatever their case."""
        return frozenset(map(plain, self.answers))

    @property
    def is_numeric(self) -> bool:
        """Whether every answer is a number."""
        return bool(self.answers) and all(NUMBER.fullmatch(text) for text in self.answers)

    @property
    def is_code(self) -> bool:
        """Whether the answers are few whole numbers, as codes of a scale are."""
        if not self.answers or len(self.answers) > CODES or len(self.answers) >= max(3, self.filled):
            return False
        whole = all(WHOLE.fullmatch(text) for text in self.answers)
        return whole and len([text for text in self.answers if abs(float(text.replace(",", "."))) > _HIGHEST]) <= _FEW

    @property
    def is_dates(self) -> bool:
        """Whether every answer is a date or a time."""
        return bool(self.answers) and all(_DATE.fullmatch(text) for text in self.answers)

    @property
    def is_unique(self) -> bool:
        """Whether no two rows hold the same."""
        return self.filled > 1 and len(self.answers) == self.filled

    @property
    def is_closed(self) -> bool:
        """Whether the answers are words chosen from a list: most of them were given by several."""
        if not self.answers or len(self.answers) > MOST_CHOICES or self.is_numeric or self.is_dates:
            return False
        several = sum(count for count in self.answers.values() if count > 1)
        longest = max(map(len, self.choices), default=0)
        return several >= REPEATED * self.filled and longest <= 4 * _SHORT

    @property
    def choices(self) -> list[str]:
        """The answers that are taken to be on the list: not what one person wrote at length."""
        return [text for text, count in self.answers.items() if count > 1 or len(text) <= _SHORT // 2]

    @property
    def own_words(self) -> int:
        """How many answers are left out of `choices`."""
        return self.filled - sum(self.answers[text] for text in self.choices)


def make_columns(data: pd.DataFrame) -> dict[str, Column]:
    """Look at every column of an export.

    Parameters
    ----------
    data : pandas.DataFrame
        Categories of text, as `read_export` gives them.

    Examples
    --------
    >>> list(make_columns(pd.DataFrame({"a": ["1"]}, dtype="category")))
    ['a']
    """
    return {str(name): Column(str(name), cells) for name, cells in data.items()}
