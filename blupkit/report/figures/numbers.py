"""How a number stands in a table and beside a mark: with what it rests on, a star for few, a dot for hidden.

And how rows of them are a table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from itertools import cycle
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import danish
from blupkit.core.danish import HIDDEN
from blupkit.disclosure.safe_table import Status
from blupkit.report.figures.hyphenation import ADDRESS, softened

#: What stands where a number does not exist, and where a group was not asked for it.
UNKNOWN: Final = "–"
UNASKED: Final = "ikke stillet"
#: The letters that a row's name and the head of a column have room for on a telephone.
NARROW_NAME: Final = 8
NARROW_HEAD: Final = 12
#: A measure whose scale goes further than per cent counts something.
_COUNTS_FROM: Final = 100


class Cell(NamedTuple):
    """One row of a safe table, and how its number is written.

    Parameters
    ----------
    municipality, group, item, label, measure : str
        Whose answers to what.
    value, low, high : float
        The number and its interval; NaN where hidden or missing.
    n : int or None
        How many answers it rests on; None where hidden.
    lowest, highest : float
        The ends of the measure's scale.
    status : Status
        Whether it is shown, shown with a warning, told as a bound, or hidden.
    bound : float
        What is told in its place near an end of its scale.

    Examples
    --------
    >>> few = Cell("alle", "L", "1", "Lytte", "Andel", 58.333, 50.0, 75.0, 12, 0.0, 100.0, Status.FEW)
    >>> few.number(1), few.with_answers(1), few.measured(0, intervals=True)
    ('58,3*', '58,3* (n = 12)', '58 (50-75)*')
    >>> few.share().replace(chr(160), " "), few.share_of_answers()
    ('58 pct.* (7)', '58 pct.* (7 af 12)')
    >>> few._replace(value=1.0, low=1.0, high=1.0).measured(0, intervals=True)
    '1*'
    >>> few._replace(status=Status.HIDDEN).share_of_answers()
    '•'
    >>> few._replace(status=Status.COARSE, lowest=1.0, highest=5.0, bound=4.5).measured(1)
    '4,5 eller højere'
    """

    municipality: str
    group: str
    item: str
    label: str
    measure: str
    value: float
    low: float
    high: float
    n: int | None
    lowest: float
    highest: float
    status: Status
    bound: float = math.nan

    @property
    def key(self) -> tuple[str, str]:
        """What tells rows apart: answers to one question share the item, two items may share a label."""
        return self.item, self.label

    @property
    def shown(self) -> bool:
        """Whether its number is there."""
        return self.status not in (Status.HIDDEN, Status.COARSE)

    @property
    def coarse(self) -> bool:
        """Whether a bound is told in its place."""
        return self.status == Status.COARSE

    @property
    def instead(self) -> str:
        """What stands where its number does not."""
        return danish.from_the_end(self.bound, self.lowest, self.highest) if self.coarse else HIDDEN

    @property
    def star(self) -> str:
        """The mark of a number that rests on few answers."""
        return "*" if self.status == Status.FEW else ""

    @property
    def answers(self) -> str:
        """How many answers it rests on."""
        return count(self.n)

    def number(self, decimals: int) -> str:
        """Write the number alone."""
        return danish.number(self.value, decimals) + self.star if self.shown else self.instead

    @property
    def said(self) -> str:
        """The label in running text: in quotation marks where it reads as a number, "60+", which it is not."""
        return self.label if any(map(str.isalpha, self.label)) else f"»{self.label}«"

    def with_answers(self, decimals: int) -> str:
        """Write the number with how many answers it rests on."""
        return f"{self.number(decimals)} (n = {self.answers})" if self.shown else self.instead

    def measured(self, decimals: int, *, intervals: bool = False, missing: str = UNKNOWN) -> str:
        """Write the number of any measure, with its interval if asked and wide; a count has no decimals."""
        if self.shown and math.isnan(self.value):
            return missing + self.star
        whole = self.value.is_integer() and self.highest > _COUNTS_FROM
        if not (self.shown and intervals) or math.isnan(self.low):
            return self.number(0 if whole else decimals)
        middle = danish.number(self.value, 0 if whole else decimals)
        ends = [danish.number(end, decimals) for end in (self.low, self.high)]
        if {*ends} == {middle}:
            return middle + self.star
        between = " til " if any(end.startswith("−") for end in ends) else "-"
        return f"{middle} ({between.join(ends)}){self.star}"

    def share(self) -> str:
        """Write a share as per cent and how many that is, where the table says of how many."""
        if self.n is None or not self.shown:
            return HIDDEN
        return f"{danish.percent(self.value)}{self.star} ({count(round(self.value * self.n / 100))})"

    def share_of_answers(self) -> str:
        """Write a share as per cent and as a count."""
        if self.n is None or not self.shown:
            return HIDDEN
        counted = f"{count(round(self.value * self.n / 100))} af {self.answers}"
        return f"{danish.number(self.value, 0)} pct.{self.star} ({counted})"


def cells(frame: pd.DataFrame) -> list[Cell]:
    """Give the rows of a safe table.

    Parameters
    ----------
    frame : pandas.DataFrame
        `MEASURE_COLUMNS` and `status`, and `bound` where any is told; not changed.

    Returns
    -------
    list of Cell
        In the order of the rows; a missing `n` is None.
    """
    bounds = frame["bound"].tolist() if "bound" in frame else [math.nan] * len(frame)
    columns = [*(frame[name].tolist() for name in Cell._fields[:-1]), bounds]
    return [
        Cell._make((*map(str, row[:5]), *map(float, row[5:8]), _whole(row[8]), *row[9:]))
        for row in zip(*columns, strict=True)
    ]


def _whole(n: float) -> int | None:
    return None if pd.isna(n) else int(n)


def count(n: float | None) -> str:
    """Write a number of answers.

    Parameters
    ----------
    n : float or None
        A whole number; None where it is hidden.

    Examples
    --------
    >>> count(1250), count(None)
    ('1.250', '•')
    """
    return HIDDEN if n is None else danish.number(n, 0)


def answers_note(rows: list[Cell], unit: str = "") -> str:
    """State how many answers a figure rests on.

    Parameters
    ----------
    rows : list of Cell
        What is shown; hidden ones do not count.
    unit : str
        What is counted, where it is not answers.

    Examples
    --------
    >>> answers_note([Cell("alle", "L", "1", "a", "Gab", 1.0, 0.5, 1.5, n, -4.0, 4.0, Status.SHOWN) for n in (40, 12)])
    'n = 12-40.'
    """
    counts = {row.n for row in rows if row.n is not None and row.shown}
    ends = sorted({min(counts), max(counts)}) if counts else []
    return f"n = {'-'.join(map(count, ends))}{unit}." if ends else ""


def row_name(label: str) -> str:
    """Write the name of a row as HTML, with places where a telephone may divide a long word; an address has no hyphen.

    Examples
    --------
    >>> row_name("R&D"), row_name("https://by.dk/plan")
    ('R&amp;D', '<span class="address">https://by.dk/plan</span>')
    """
    return ADDRESS.sub(r'<span class="address">\g<0></span>', escape(softened(label, NARROW_NAME)))


def html_table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str, *, words: bool = False) -> str:
    """Build an accessible table in a region that scrolls by itself and can be reached by keyboard.

    Parameters
    ----------
    heads : sequence of str
        The column heads.
    rows : sequence of sequence of str
        The cells as they are to be read; the first of each row is its head.
    caption : str
        What the table is of.
    words : bool
        Whether its cells are words: a telephone then shows each under the others, behind the head of its column.

    Returns
    -------
    str
        HTML; everything is escaped.

    Examples
    --------
    >>> "<th scope=" in html_table(["Emne", "n"], [["Lytte", "12"]], "Antal")
    True
    """
    # The corner over the rows' own names heads nothing, so it is no heading.
    top = "".join(
        f'<th scope="col">{escape(softened(head, NARROW_HEAD))}</th>' if head else "<td></td>" for head in heads
    )
    marks = cycle([f' data-head="{escape(head)}"' for head in heads[1:]] if words else [""])
    body = "".join(
        f'<tr><th scope="row">{row_name(row[0])}</th>'
        + "".join(f"<td{mark}>{escape(cell)}</td>" for cell, mark in zip(row[1:], marks, strict=False))
        + "</tr>"
        for row in rows
    )
    kind = ' class="words"' if words else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table{kind}><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )
