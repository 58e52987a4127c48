"""Drawing by the pixel: rows of marks on one scale. Knows nothing of what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from blupkit.core.danish import HIDDEN, number, rounded
from blupkit.display.tokens import LIGHT, LINK, MUTED, Layout
from blupkit.report.figures.hyphenation import LETTER, wrap
from blupkit.report.figures.svg import Sheet

#: The mean width of a letter in parts of its size, for a text that must never run into the next one.
WIDE_LETTER: Final = 0.6
#: More rows than this are folded after the first.
MOST: Final = 10
FIRST: Final = 8
#: The colour of what belongs to no group.
NEUTRAL: Final = LIGHT["accent"]


#: The size of a mark, of a quiet one, and how far under the others that stands.
MARKER: Final = 9.5
QUIET: Final = 5.5
UNDER: Final = 8.0


class Entry(NamedTuple):
    """One line of a legend: what it says, and the mark before it."""

    words: str
    colour: str
    marker: str
    hollow: bool = False
    size: float = MARKER


class Mark(NamedTuple):
    """One value in one row.

    Parameters
    ----------
    row : int
        From 0 at the top.
    value : float
        Where on the scale.
    colour, marker : str
        As matplotlib names them; without a marker only the text is drawn, muted, at the low end.
    low, high : float
        An interval around it; NaN for none.
    text : str
        Beside it; empty for none.
    hollow : bool
        Whether only its outline is drawn.
    quiet : bool
        Whether it stands small under the others, with what it is compared to.
    lane, lanes : int
        Where in the row it lies when several share one.
    """

    row: int
    value: float
    colour: str
    marker: str
    low: float = float("nan")
    high: float = float("nan")
    text: str = ""
    hollow: bool = False
    quiet: bool = False
    lane: int = 0
    lanes: int = 1


class RowChart(NamedTuple):
    """Rows of marks on one scale.

    Parameters
    ----------
    labels : sequence of str
        One a row, from the top.
    marks : sequence of Mark
        What is drawn.
    scale : tuple of float and float
        The ends of the axis, which is marked at round numbers.
    legend : sequence of Entry
        In order.
    linked : bool
        Whether the marks of a row are joined by a line.
    bars : bool
        Whether marks are bars from the low end.
    right : sequence of str
        A number at the right of each row.
    right_head : str
        What these numbers are.
    ends : tuple of str and str
        What the ends of the scale mean.
    unit : str
        After each tick.
    zero : bool
        Whether a line stands at 0.
    decimals : int
        How exactly marks are placed: as their numbers are printed, since a stroke is read by the pixel too.
    """

    labels: Sequence[str]
    marks: Sequence[Mark]
    scale: tuple[float, float]
    legend: Sequence[Entry] = ()
    linked: bool = False
    bars: bool = False
    right: Sequence[str] = ()
    right_head: str = ""
    ends: tuple[str, str] = ("", "")
    unit: str = ""
    zero: bool = False
    decimals: int = 0

    @property
    def lane(self) -> int:
        """How far the marks of a row lie apart: a quiet one must not be taken for the next group's."""
        return 21 if any(mark.quiet for mark in self.marks) else 16


_PER_CENT: Final = 100


def ticks_of(scale: tuple[float, float]) -> list[float]:
    """Choose at most seven round numbers on an axis.

    Parameters
    ----------
    scale : tuple of float and float
        Its ends.

    Returns
    -------
    list of float
        Where it is marked.

    Examples
    --------
    >>> ticks_of((1.0, 5.0)), ticks_of((0.0, 100.0))
    ([1.0, 2.0, 3.0, 4.0, 5.0], [0.0, 25.0, 50.0, 75.0, 100.0])
    """
    low, high = scale
    step = next(step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0) if (high - low) / step <= 6)
    first = np.ceil(low / step) * step
    return [float(tick) for tick in np.arange(first, high + step / 2, step)]


def axis_of(values: Sequence[float], lowest: float, highest: float) -> tuple[float, float]:
    """Give the part of a scale that numbers lie on, so that a figure uses its width.

    Parameters
    ----------
    values : sequence of float
        What is drawn; missing ones do not count.
    lowest, highest : float
        The ends of the scale. One that begins at 0 keeps it, as bars need; one with a 0 inside keeps that.

    Returns
    -------
    tuple of float and float
        From a half or whole step to another, at least one apart; of per cent, from 0 to a quarter, at least half.

    Examples
    --------
    >>> axis_of([2.9, 4.7], 1, 5), axis_of([3.2, 3.3], 1, 5), axis_of([0.4, 1.7], -4, 4)
    ((2.5, 5.0), (3.0, 4.0), (0.0, 2.0))
    >>> axis_of([12, 31], 0, 100), axis_of([62], 0, 100), axis_of([], 1, 5)
    ((0.0, 50.0), (0.0, 75.0), (1.0, 5.0))
    """
    lowest, highest = (end if np.isfinite(end) else free for end, free in ((lowest, -np.inf), (highest, np.inf)))
    zero = [0.0] if lowest <= 0 else []
    known = [*zero, *(value for value in values if np.isfinite(value))]
    if not known[len(zero) :]:
        return (float(lowest), float(highest)) if np.isfinite(lowest + highest) else (0.0, 1.0)
    step, least = (25.0, 50.0) if highest == _PER_CENT else (0.5, 1.0)
    low, high = float(np.floor(min(known) / step) * step), float(np.ceil(max(known) / step) * step)
    high = min(max(high, low + least), highest)
    return max(min(low, high - least), lowest), high


def in_two(chart: RowChart) -> tuple[RowChart, RowChart | None]:
    """Part a chart of many rows into the first, which are shown, and the others, which are folded away.

    Parameters
    ----------
    chart : RowChart
        Not changed.

    Returns
    -------
    tuple of RowChart and RowChart or None
        On one axis; None where there are so few rows that all of them are shown.

    Examples
    --------
    >>> long = RowChart([str(row) for row in range(22)], [Mark(9, 1.0, NEUTRAL, "o")], (0, 1))
    >>> [(len(part.labels), [mark.row for mark in part.marks]) for part in in_two(long)]
    [(8, []), (14, [1])]
    >>> in_two(long._replace(labels=long.labels[:10]))[1] is None
    True
    """
    if len(chart.labels) <= MOST:
        return chart, None
    first, rest = (
        chart._replace(
            labels=chart.labels[part],
            right=chart.right[part],
            marks=[
                mark._replace(row=mark.row - part.start) for mark in chart.marks if part.start <= mark.row < part.stop
            ],
        )
        for part in (slice(0, FIRST), slice(FIRST, len(chart.labels)))
    )
    return first, rest


def draw_rows(chart: RowChart, layout: Layout) -> Sheet:
    """Draw rows of marks.

    Parameters
    ----------
    chart : RowChart
        What to draw.
    layout : Layout
        How wide.

    Returns
    -------
    Sheet
        As high as its rows need.
    """
    labels = [
        wrap(label, layout.label - 14 if layout.label else layout.width - 60, layout.text) for label in chart.labels
    ]
    line = layout.text + 4
    body = max([20, *(chart.lane * mark.lanes for mark in chart.marks)]) + 6
    heights = [max(body, line * len(lines) + 6) if layout.label else line * len(lines) + body + 4 for lines in labels]
    legend = legend_lines(chart.legend, layout)
    top = 8 + 22 * len(legend) + (18 if any(chart.ends) or chart.right_head else 0) + 20
    height = int(top + sum(heights) + 10)
    sheet = Sheet(layout, height)
    left = layout.label + 12
    numbers = max(54.0, len(chart.right_head) * layout.printed * WIDE_LETTER + 18)
    right = layout.width - (numbers if chart.right else 22 + (34 if chart.bars else 0))

    def place(value: float) -> float:
        low, high = chart.scale
        return left + (value - low) / (high - low) * (right - left)

    draw_legend(sheet, legend)
    _draw_axis(sheet, chart, place, top, height - 6)
    for row, middle in enumerate(draw_labels(sheet, labels, heights, top, body)):
        _draw_marks(sheet, chart, row, middle, place)
        if chart.right:
            sheet.text(layout.width - 4, middle, chart.right[row], layout.text, anchor="end", bold=True)
    return sheet


def draw_labels(
    sheet: Sheet, labels: Sequence[Sequence[str]], heights: Sequence[int], top: float, body: float
) -> Iterator[float]:
    """Write each row's label beside its marks or over them, a line between rows, and give the middle of the marks.

    Parameters
    ----------
    sheet : Sheet
        Is drawn on.
    labels : sequence of sequence of str
        The lines of each row's label.
    heights : sequence of int
        How high each row is.
    top, body : float
        Where the first row begins, and how much of each its marks need.

    Yields
    ------
    float
        The middle of a row's marks, when its label is written.
    """
    line = sheet.layout.text + 4
    for row, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        if row:
            sheet.rule((0, sheet.layout.width), (top, top))
        middle = top + (height if sheet.layout.label else 2 * height - body) / 2
        first = middle - (len(lines) - 1) / 2 * line if sheet.layout.label else top + line / 2 + 4
        sheet.text(4, first, lines, sheet.layout.text, clear=True)
        yield middle
        top += height


#: A line of a legend: where each text stands, and the entry whose mark stands before it.
LegendLine = list[tuple[float, str, Entry | None]]


def legend_lines(legend: Sequence[Entry], layout: Layout) -> list[LegendLine]:
    """Lay a legend out in as many lines as it needs; a text too long for one goes on in the next.

    Parameters
    ----------
    legend : sequence of Entry
        In order.
    layout : Layout
        How wide.
    """
    lines: list[LegendLine] = []
    x = float(layout.width)
    for entry in legend:
        words = wrap(entry[0], layout.width - 40, layout.text)
        width = 24 + len(words[0]) * layout.text * WIDE_LETTER + 16
        if x + width > layout.width or len(words) > 1:
            lines.append([])
            x = 8.0
        lines[-1].append((x, words[0], entry))
        lines += [[(x, more, None)] for more in words[1:]]
        x = x + width if len(words) == 1 else float(layout.width)
    return lines


def draw_legend(sheet: Sheet, lines: Sequence[LegendLine]) -> None:
    """Draw a legend at the top of a sheet.

    Parameters
    ----------
    sheet : Sheet
        Is drawn on.
    lines : sequence of LegendLine
        What `legend_lines` gave.
    """
    for index, entries in enumerate(lines):
        y = 14 + 22 * index
        for x, words, entry in entries:
            if entry:
                sheet.marker(x + 5, y, *entry[1:])
            sheet.text(x + 18, y, words, sheet.layout.text)


def _draw_axis(sheet: Sheet, chart: RowChart, place: Callable[[float], float], top: float, bottom: float) -> None:
    small = sheet.layout.small
    for tick, x in ((tick, place(tick)) for tick in ticks_of(chart.scale)):
        if chart.zero and tick == 0:
            sheet.line((x, x), (top, bottom), MUTED, "z")
        else:
            sheet.rule((x, x), (top, bottom))
        decimals = 0 if float(tick).is_integer() else 1
        words = number(tick, decimals) + chart.unit
        half = len(words) * sheet.layout.printed * LETTER / 2
        middle = max(x, half)  # the first tick of a narrow figure stands at its edge
        sheet.text(middle, top - 9, words, small, anchor="middle", colour=MUTED)
    if any(chart.ends):
        sheet.text(place(chart.scale[0]) - 8, top - 27, chart.ends[0], small, anchor="start", colour=MUTED)
        sheet.text(place(chart.scale[1]) + 8, top - 27, chart.ends[1], small, anchor="end", colour=MUTED)
    if chart.right_head:
        sheet.text(sheet.layout.width - 4, top - 9, chart.right_head, small, anchor="end", colour=MUTED)


def _as_printed(mark: Mark, decimals: int) -> Mark:
    value, *ends = (rounded(x, decimals) if np.isfinite(x) else x for x in (mark.value, mark.low, mark.high))
    return mark._replace(value=value, low=ends[0], high=ends[1])


def _free(x: float, mark: Mark, quiet: Sequence[Mark], place: Callable[[float], float], size: int) -> float:
    """Find where a bar's number stands clear of the quiet mark beside it."""
    end = x + len(mark.text) * size * LETTER
    common = (place(each.value) for each in quiet if each.lane == mark.lane)
    return max([x, *(at + QUIET + 4 for at in common if x - QUIET < at < end + QUIET)])


def _draw_marks(sheet: Sheet, chart: RowChart, row: int, centre: float, place: Callable[[float], float]) -> None:
    marks = [_as_printed(mark, chart.decimals) for mark in chart.marks if mark.row == row]
    quiet = [mark for mark in marks if mark.quiet]
    for mark in quiet:
        y = centre + (mark.lane - (mark.lanes - 1) / 2) * chart.lane + UNDER
        sheet.marker(place(mark.value), y, mark.colour, mark.marker, mark.hollow, QUIET)
    marks = [mark for mark in marks if not mark.quiet]
    if chart.linked and len(marks) > 1:
        ends = [place(mark.value) for mark in marks]
        sheet.line((min(ends), max(ends)), (centre, centre), LINK, "j")
    for mark in marks:
        x, y = place(mark.value), centre + (mark.lane - (mark.lanes - 1) / 2) * chart.lane
        if not mark.marker:
            words = mark.text + " ikke vist" * (mark.text == HIDDEN)  # a dot alone is read as a mark
            sheet.text(place(chart.scale[0]) + 5, y, words, sheet.layout.small, colour=MUTED, clear=True)
            continue
        if chart.bars:
            sheet.bar(place(chart.scale[0]), x, y, mark.colour)
            sheet.marker(x, y, mark.colour, mark.marker)  # colour never stands alone
            sheet.text(_free(x + 10, mark, quiet, place, sheet.layout.printed), y, mark.text, sheet.layout.small)
            continue
        beside = x + 6
        if np.isfinite(mark.low) and np.isfinite(mark.high):
            ends = [max(place(mark.low), place(chart.scale[0])), min(place(mark.high), place(chart.scale[1]))]
            sheet.line(ends, (y, y), mark.colour)
            beside = ends[1]
        sheet.text(beside + 4, y, mark.text, sheet.layout.small)
        sheet.marker(x, y, mark.colour, mark.marker, mark.hollow)
