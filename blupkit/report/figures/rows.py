"""What the shapes share that draw rows on one scale: axis and notes, what is compared to, and what is folded away."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, TypedDict

from blupkit.core.danish import number
from blupkit.display.tokens import MUTED
from blupkit.report.figures.charts import QUIET, Entry, Mark, RowChart, draw_rows, in_two
from blupkit.report.figures.exhibits import Part
from blupkit.report.figures.numbers import UNASKED, UNKNOWN, Cell
from blupkit.report.figures.svg import Draw

WITHOUT: Final = "»Ved ikke« og ubesvarede indgår ikke."


def scale_of(rows: Iterable[Cell]) -> tuple[float, float]:
    """Give the ends of a measure's own scale.

    Parameters
    ----------
    rows : iterable of Cell
        Of one measure, or of several on one scale; at least one.
    """
    rows = list(rows)
    return min(row.lowest for row in rows), max(row.highest for row in rows)


def scale_note(scale: tuple[float, float], axis: tuple[float, float]) -> str:
    """Say what scale the answers were given on, and which part of it is drawn.

    Parameters
    ----------
    scale, axis : tuple of float and float
        The scale's ends, and those of the axis.

    Examples
    --------
    >>> scale_note((1, 5), (2.5, 5)), scale_note((1, 5), (1, 5)).split(". ")[0]
    ('Skala 1-5, tegnet fra 2,5 til 5. »Ved ikke« og ubesvarede indgår ikke.', 'Skala 1-5')
    """
    ends = [number(end, 0 if float(end).is_integer() else 1) for end in axis]
    part = "" if axis == scale else f", tegnet fra {ends[0]} til {ends[1]}"
    return f"Skala {number(scale[0], 0)}-{number(scale[1], 0)}{part}. {WITHOUT}"


def drawn_values(part: Part, rows: Iterable[Cell], *, intervals: bool = False) -> list[float]:
    """Give every number that is drawn of some rows, with what they are compared to.

    Parameters
    ----------
    part : Part
        What is drawn.
    rows : iterable of Cell
        Hidden ones do not count.
    intervals : bool
        Whether the ends of their intervals are drawn.
    """
    beside = {row: part.common(row) for row in rows if row.shown}
    own = [value for row in beside for value in (row.value, *((row.low, row.high) if intervals else ()))]
    return own + [common.value for common in beside.values() if common]


def bounds(cells: Sequence[Cell], row: int, low: float) -> list[Mark]:
    """Write what is told as a bound beside a row that has no marks, at the low end.

    Parameters
    ----------
    cells : sequence of Cell
        Of one row.
    row : int
        Which.
    low : float
        The low end of the axis.
    """
    told = [cell for cell in cells if cell.coarse]
    return [
        Mark(row, low, "", "", text=f"{cell.measure}: {cell.instead}", lane=lane, lanes=len(told))
        for lane, cell in enumerate(told)
    ]


def told(cells: Sequence[Cell]) -> str:
    """Say in a picture's words which of its numbers are told as bounds only.

    Parameters
    ----------
    cells : sequence of Cell
        All of the picture's.
    """
    known = "; ".join(f"{cell.said}, {cell.measure.lower()} ({cell.instead})" for cell in cells if cell.coarse)
    return f" Kun en grænse vises for: {known}." if known else ""


def of_shown(cells: Sequence[Cell], end: str = "") -> str:
    """Say that what is largest is so among what is shown, where not everything is.

    Parameters
    ----------
    cells : sequence of Cell
        All of the picture's.
    end : str
        What stands after it.
    """
    return "" if all(cell.shown for cell in cells) else f" af dem, der vises{end}"


def common_entry(part: Part, marker: str = "o") -> list[Entry]:
    """Say in a legend what the small marks are, where any of them is drawn.

    Parameters
    ----------
    part : Part
        What is drawn.
    marker : str
        The small mark's.
    """
    return [Entry(part.everyone, MUTED, marker, size=QUIET)] if part.compares else []


def written_common(part: Part, cell: Cell, decimals: int, percent: str = "") -> str:
    """Write the number of all municipalities beside one of the reader's own.

    Parameters
    ----------
    part : Part
        What is drawn.
    cell : Cell
        The reader's own.
    decimals : int
        Digits after the comma.
    percent : str
        What stands after it.

    Returns
    -------
    str
        A dash where only one of them is shown.
    """
    common = part.common(cell)
    return common.number(decimals) + percent if common else UNKNOWN


def with_common(part: Part, cell: Cell, mark: Mark) -> list[Mark]:
    """Give a mark, and before it the quiet one of all municipalities, where both are shown.

    Parameters
    ----------
    part : Part
        What is drawn.
    cell : Cell
        What the mark is of.
    mark : Mark
        The reader's own.
    """
    common = part.common(cell)
    quiet = mark._replace(colour=MUTED, quiet=True, text="", low=math.nan, high=math.nan)
    return [*([quiet._replace(value=common.value)] if common else []), mark]


class InTwo(TypedDict):
    """What is drawn, and the rows of it that are folded away."""

    draw: Draw | None
    rest: Draw | None
    others: int


def drawn_in_two(chart: RowChart, shown: Sequence[object]) -> InTwo:
    """Give what draws the first rows of a chart and what draws the others; nothing where nothing is shown.

    Parameters
    ----------
    chart : RowChart
        All rows.
    shown : sequence
        What may be drawn.
    """
    first, rest = in_two(chart)
    return InTwo(
        draw=partial(draw_rows, first) if shown else None,
        rest=partial(draw_rows, rest) if shown and rest else None,
        others=len(rest.labels) if rest else 0,
    )


def with_columns(
    part: Part,
    items: Sequence[tuple[str, str]],
    written: Callable[[Cell], str],
    common: Callable[[Cell], str],
    names: Sequence[str] = (),
    missing: str = UNASKED,
) -> tuple[list[str], list[list[str]]]:
    """Write a row an item and a column a group, and one more for each group that is compared with all municipalities.

    Parameters
    ----------
    part : Part
        What is drawn.
    items : sequence of tuple of str and str
        The rows, in order.
    written, common : callable
        Write the reader's own number, and that of all municipalities beside it.
    names : sequence of str
        What stands over the groups' columns, where it is not their names.
    missing : str
        What stands where a group has no number for a row.

    Returns
    -------
    tuple of list of str and list of list of str
        The heads and the rows.
    """
    compared = [any(part.common(cell) for cell in part.cells if cell.group == group) for group, _ in part.groups]
    heads = [
        name
        for head, beside in zip(names or part.heads, compared, strict=True)
        for name in (head, *[f"{head}, {part.edition.everyone}"][: int(beside)])
    ]
    own = part.grid(items, written, missing)
    rows = [
        [
            text
            for mine, all_of_them, beside in zip(*pair, compared, strict=True)
            for text in (mine, *[all_of_them][: int(beside)])
        ]
        for pair in zip(own, part.grid(items, common, missing), strict=True)
    ]
    return heads, rows
