"""Drawing by the pixel: rows of marks on one scale, and grids of counts. Knows nothing of what they mean."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from blupkit.core.danish import number, rounded
from blupkit.display.tokens import LIGHT, LINK, MUTED, RULE, Layout
from blupkit.report.figures.hyphenation import lines_of
from blupkit.report.figures.svg import Sheet

#: The mean width of a letter in the figures' typeface, in parts of its size.
LETTER: Final = 0.58
#: The same for a text that must never run into the next one.
WIDE_LETTER: Final = 0.6
#: The same for a digit, and how far a number stands from its disc; the diameter of the largest disc.
DIGIT: Final = 0.64
BESIDE: Final = 6
LARGEST: Final = 30.0
#: The colour of what belongs to no group.
NEUTRAL: Final = LIGHT["accent"]


class Entry(NamedTuple):
    """One line of a legend: what it says, and the mark before it."""

    words: str
    colour: str
    marker: str
    hollow: bool = False


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


#: A word this much longer than the line it is to stand on is cut; the letters of others are narrower than reckoned.
_MUCH_LONGER: Final = 1.5
#: A word of no more letters than this is never cut.
_ORDINARY: Final = 20


def wrap(text: str, pixels: float, size: int) -> list[str]:
    """Break a text into lines that fit a width; a word is cut only where it is much longer than a line.

    Parameters
    ----------
    text : str
        One paragraph.
    pixels : float
        The width in CSS pixels.
    size : int
        The size of the letters.

    Returns
    -------
    list of str
        At least one line.

    Examples
    --------
    >>> wrap("Søge fonde og puljer", 90, 14)
    ['Søge fonde', 'og puljer']
    >>> wrap("www.eksempel.dk/ansoegning/2027", 90, 14)
    ['www.eksempe', 'l.dk/ansoeg', 'ning/2027']
    """
    room = max(8, int(pixels / (size * LETTER)))
    words = [part for word in text.split() for part in _cut(word, room)]
    return textwrap.wrap(" ".join(words), room, break_long_words=False) or [""]


def _cut(word: str, room: int) -> list[str]:
    """Cut what no line holds, an address or a very long compound: where Danish allows it, or else where a line ends."""
    if len(word) <= max(_ORDINARY, _MUCH_LONGER * room):
        return [word]
    *first, last = lines_of(word, room - 1) if word.isalpha() else [word]
    parts = [*(f"{part}-" for part in first), last]
    return [part[start : start + room] for part in parts for start in range(0, len(part), room)]


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


def draw_rows(chart: RowChart, layout: Layout) -> tuple[bytes, int]:
    """Draw rows of marks.

    Parameters
    ----------
    chart : RowChart
        What to draw.
    layout : Layout
        How wide.

    Returns
    -------
    tuple of bytes and int
        SVG, and its height in CSS pixels.
    """
    labels = [
        wrap(label, layout.label - 14 if layout.label else layout.width - 60, layout.text) for label in chart.labels
    ]
    line = layout.text + 4
    body = max([20, *(16 * mark.lanes for mark in chart.marks)]) + 6
    heights = [max(body, line * len(lines) + 6) if layout.label else line * len(lines) + body + 4 for lines in labels]
    legend = _legend_lines(chart, layout)
    top = 8 + 22 * len(legend) + (18 if any(chart.ends) or chart.right_head else 0) + 20
    height = int(top + sum(heights) + 10)
    sheet = Sheet(layout, height)
    left = layout.label + 12
    right = layout.width - (54 if chart.right else 22 + (34 if chart.bars else 0))

    def place(value: float) -> float:
        low, high = chart.scale
        return left + (value - low) / (high - low) * (right - left)

    _draw_legend(sheet, legend)
    _draw_axis(sheet, chart, place, top, height - 6)
    for row, middle in enumerate(_draw_labels(sheet, labels, heights, top, body)):
        _draw_marks(sheet, chart, row, middle, place)
        if chart.right:
            sheet.text(layout.width - 4, middle, chart.right[row], layout.text, anchor="end", bold=True)
    return sheet.svg(), height


def _draw_labels(
    sheet: Sheet, labels: Sequence[Sequence[str]], heights: Sequence[int], top: float, body: float
) -> Iterator[float]:
    """Write each row's label beside its marks or over them, a line between rows, and give the middle of the marks."""
    line = sheet.layout.text + 4
    for row, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        if row:
            sheet.line((0, sheet.layout.width), (top, top), width=0.6)
        middle = top + (height if sheet.layout.label else 2 * height - body) / 2
        first = middle - (len(lines) - 1) / 2 * line if sheet.layout.label else top + line / 2 + 4
        for index, words in enumerate(lines):
            sheet.text(4, first + index * line, words, sheet.layout.text, clear=True)
        yield middle
        top += height


def _legend_lines(chart: RowChart, layout: Layout) -> list[list[tuple[float, str, Entry | None]]]:
    """Lay the legend out in as many lines as it needs; a text too long for one goes on in the next."""
    lines: list[list[tuple[float, str, Entry | None]]] = []
    x = float(layout.width)
    for entry in chart.legend:
        words = wrap(entry[0], layout.width - 40, layout.text)
        width = 24 + len(words[0]) * layout.text * WIDE_LETTER + 16
        if x + width > layout.width or len(words) > 1:
            lines.append([])
            x = 8.0
        lines[-1].append((x, words[0], entry))
        lines += [[(x, more, None)] for more in words[1:]]
        x = x + width if len(words) == 1 else float(layout.width)
    return lines


def _draw_legend(sheet: Sheet, lines: Sequence[Sequence[tuple[float, str, Entry | None]]]) -> None:
    for index, entries in enumerate(lines):
        y = 14 + 22 * index
        for x, words, entry in entries:
            if entry:
                sheet.marker(x + 5, y, *entry[1:])
            sheet.text(x + 18, y, words, sheet.layout.text)


def _draw_axis(sheet: Sheet, chart: RowChart, place: Callable[[float], float], top: float, bottom: float) -> None:
    small = sheet.layout.small
    for tick in ticks_of(chart.scale):
        x = place(tick)
        strong = chart.zero and tick == 0
        sheet.line((x, x), (top, bottom), width=1.4 if strong else 0.7, colour=MUTED if strong else RULE)
        decimals = 0 if float(tick).is_integer() else 1
        words = number(tick, decimals) + chart.unit
        middle = max(x, len(words) * small * LETTER / 2)  # the first tick of a narrow figure stands at its edge
        sheet.text(middle, top - 9, words, small, anchor="middle", colour=MUTED)
    if any(chart.ends):
        sheet.text(place(chart.scale[0]) - 8, top - 27, chart.ends[0], small, anchor="start", colour=MUTED)
        sheet.text(place(chart.scale[1]) + 8, top - 27, chart.ends[1], small, anchor="end", colour=MUTED)
    if chart.right_head:
        sheet.text(sheet.layout.width - 4, top - 9, chart.right_head, small, anchor="end", colour=MUTED)


def _as_printed(mark: Mark, decimals: int) -> Mark:
    value, *ends = (rounded(x, decimals) if np.isfinite(x) else x for x in (mark.value, mark.low, mark.high))
    return mark._replace(value=value, low=ends[0], high=ends[1])


def _draw_marks(sheet: Sheet, chart: RowChart, row: int, centre: float, place: Callable[[float], float]) -> None:
    marks = [_as_printed(mark, chart.decimals) for mark in chart.marks if mark.row == row]
    if chart.linked and len(marks) > 1:
        ends = [place(mark.value) for mark in marks]
        sheet.line((min(ends), max(ends)), (centre, centre), colour=LINK, width=4.4, rounded=True)
    for mark in marks:
        y = centre + (mark.lane - (mark.lanes - 1) / 2) * 16
        x = place(mark.value)
        if not mark.marker:
            sheet.text(place(chart.scale[0]) + 5, y, mark.text, sheet.layout.small, colour=MUTED)
            continue
        if chart.bars:
            sheet.bar(place(chart.scale[0]), x, y, mark.colour)
            sheet.marker(x, y, mark.colour, mark.marker)  # colour never stands alone
            sheet.text(x + 10, y, mark.text, sheet.layout.small)
            continue
        beside = x + 6
        if np.isfinite(mark.low) and np.isfinite(mark.high):
            ends = [max(place(mark.low), place(chart.scale[0])), min(place(mark.high), place(chart.scale[1]))]
            sheet.line(ends, (y, y), colour=mark.colour, width=2.5, rounded=True)
            beside = ends[1]
        sheet.text(beside + 4, y, mark.text, sheet.layout.small)
        sheet.marker(x, y, mark.colour, mark.marker, mark.hollow)


def draw_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[float | None]],
    colours: Sequence[str],
    layout: Layout,
) -> tuple[bytes, int]:
    """Draw counts as discs whose area is the count, with the number beside each.

    Parameters
    ----------
    rows, columns : sequence of str
        The labels.
    counts : sequence of sequence of float
        One sequence a row; NaN is hidden and shown as "•", None does not exist and is left blank.
    colours : sequence of str
        One a column.
    layout : Layout
        How wide.

    Returns
    -------
    tuple of bytes and int
        SVG, and its height in CSS pixels.
    """
    label = layout.label
    labels = [wrap(row, label - 14 if label else layout.width - 8, layout.text) for row in rows]
    step = (layout.width - label - 8) / len(columns)
    room = int((step - 4) / (layout.small * WIDE_LETTER))
    heads = [wrap(_hyphenate(column, room), step - 4, layout.small) for column in columns]
    longest = max(len(word) for head in heads for words in head for word in words.split() or [""])
    size = int(layout.small * min(1, room / max(longest, 1)))  # a word that may not be cut is written smaller
    line, body = layout.text + 4, 46
    heights = [body if label else line * len(lines) + body for lines in labels]
    top = 14 + 15 * max(len(head) for head in heads)
    height = int(top + sum(heights) + 8)
    sheet = Sheet(layout, height)
    centres = [label + step * (index + 0.5) for index in range(len(columns))]
    for centre, head in zip(centres, heads, strict=True):
        for line_up, words in enumerate(head, start=1 - len(head)):
            sheet.text(centre, top - 10 + 15 * line_up, words, size, anchor="middle", colour=MUTED)
    seen = [count for row in counts for count in row if count is not None and not np.isnan(count)]
    largest = max(seen, default=0.0) or 1.0
    # Where there are many columns the discs are smaller, and stand a little to the left: every number has room.
    after = BESIDE + layout.small * DIGIT * max((len(number(count, 0)) for count in seen), default=0)
    most = min(LARGEST, step - after - 2)
    aside = max(0.0, most / 2 + after - (layout.width - centres[-1]))
    sheet.line((0, layout.width), (top, top), width=0.6)
    for row, middle in zip(counts, _draw_labels(sheet, labels, heights, top, body), strict=True):
        for centre, count, colour in zip(centres, row, colours, strict=True):
            if count is not None:
                disc = most * float(np.sqrt(count / largest))
                _draw_disc(sheet, centre - aside, middle, count, disc, colour)
    return sheet.svg(), height


def _hyphenate(text: str, letters: int) -> str:
    """Break words longer than a column: "Lokalråds- medlemmer"."""
    return " ".join("- ".join(lines_of(word, letters)) for word in text.split())


def _draw_disc(sheet: Sheet, x: float, y: float, count: float, size: float, colour: str) -> None:
    if np.isnan(count):
        sheet.text(x, y, "•", sheet.layout.text, anchor="middle", colour=MUTED)
        return
    if count:
        sheet.marker(x, y, colour, "o", size=max(size, 1.5))
    # Beside the disc, never in it: white on a group's colour is not always dark enough to read.
    sheet.text(x + size / 2 + BESIDE, y, number(count, 0), sheet.layout.small)
