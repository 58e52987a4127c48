"""The shape of figure that is a panel for each item: all municipalities beside what holds for all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

from blupkit.core import ALL, Edition
from blupkit.core.danish import first_lower, first_upper, number, rounded
from blupkit.disclosure import SafeTable
from blupkit.display.tokens import MUTED, Layout
from blupkit.report.figures.charts import Entry, axis_of, draw_legend, legend_lines, ticks_of
from blupkit.report.figures.exhibits import Drawn, Exhibit, Exhibits, Finding, Part, figures
from blupkit.report.figures.hyphenation import LETTER, wrap
from blupkit.report.figures.numbers import UNASKED, Cell
from blupkit.report.figures.svg import Sheet

#: What the names of the places take, the least a panel does, and what a number beside the last mark does.
_NAMES: Final = 128
_PANEL: Final = 180
_BESIDE: Final = 44
_ROW: Final = 20
_PER_CENT: Final = 100.0
#: How many municipalities one figure has room for.
MOST: Final = 20


class Panel(NamedTuple):
    """One panel: a mark for each place, and a line for all of them.

    Parameters
    ----------
    title : str
        What it shows.
    marks : sequence of tuple of float and str
        A value and its number for each place; NaN where only the words stand, since it is hidden.
    common : float
        What holds for all places together; NaN where that is not shown.
    said : str
        The same in words.
    """

    title: str
    marks: Sequence[tuple[float, str]]
    common: float
    said: str


class Panels(NamedTuple):
    """Panels on one axis.

    Parameters
    ----------
    names : sequence of str
        The places, in order.
    panels : sequence of Panel
        From the left, and then down.
    scale : tuple of float and float
        The ends of every panel's axis.
    look : tuple of str and str
        Colour and marker of all marks.
    unit : str
        After each tick.
    legend : sequence of Entry
        What mark and line are.
    """

    names: Sequence[str]
    panels: Sequence[Panel]
    scale: tuple[float, float]
    look: tuple[str, str]
    unit: str
    legend: Sequence[Entry]


def draw_panels(what: Panels, layout: Layout) -> Sheet:
    """Draw the panels beside one another where there is room, and the places' names at the left of each row of them.

    Parameters
    ----------
    what : Panels
        What to draw.
    layout : Layout
        How wide.

    Returns
    -------
    Sheet
        As high as its panels need.
    """
    beside = max(1, min(len(what.panels), (layout.width - _NAMES) // _PANEL))
    width = (layout.width - _NAMES) / beside
    titles = [wrap(panel.title, width - 16, layout.text + 1) for panel in what.panels]  # bold letters are wider
    names = [wrap(name, _NAMES - 4, layout.printed) for name in what.names]
    heights = [max(_ROW, 15 * len(lines) + 5) for lines in names]
    legend = legend_lines(what.legend, layout)
    rows = [range(start, min(start + beside, len(titles))) for start in range(0, len(titles), beside)]
    heads = [18 * max(len(titles[place]) for place in row) + 40 for row in rows]
    top = 8.0 + 22 * len(legend)
    sheet = Sheet(layout, int(top + sum(heads) + len(rows) * (sum(heights) + 16)))
    draw_legend(sheet, legend)
    frames: list[_Frame] = []
    for row, head in zip(rows, heads, strict=True):
        middles = _draw_names(sheet, names, heights, top + head)
        lefts = [_NAMES + column * width for column in range(len(row))]
        frames += [_Frame(left + 8, left + width - _BESIDE, top + head, middles, what.scale) for left in lefts]
        top += head + sum(heights) + 16
    for frame in frames:  # before any title: whoever reads the drawing's words takes what follows one for its numbers
        _draw_axis(sheet, what, frame)
    for frame, panel, title in zip(frames, what.panels, titles, strict=True):
        _draw_panel(sheet, what, panel, title, frame)
    return sheet


class _Frame(NamedTuple):
    """Where a panel lies: from left to right, under its axis, with the middle of each row."""

    left: float
    right: float
    axis: float
    middles: Sequence[float]
    scale: tuple[float, float]

    @property
    def bottom(self) -> float:
        return self.middles[-1] + _ROW / 2

    def at(self, value: float) -> float:
        """Give where a value lies."""
        low, high = self.scale
        return self.left + (value - low) / (high - low) * (self.right - self.left)


def _draw_names(sheet: Sheet, names: Sequence[Sequence[str]], heights: Sequence[int], top: float) -> list[float]:
    middles = []
    for lines, height in zip(names, heights, strict=True):
        sheet.rule((0, sheet.layout.width), (top, top))
        middles.append(top + height / 2)
        sheet.text(4, middles[-1] - 7.5 * (len(lines) - 1), lines, sheet.layout.small)
        top += height
    sheet.rule((0, sheet.layout.width), (top, top))
    return middles


def _draw_axis(sheet: Sheet, what: Panels, frame: _Frame) -> None:
    small = sheet.layout.small
    for tick in _few(what.scale, what.unit, frame.right - frame.left, sheet.layout.printed):
        sheet.rule((frame.at(tick), frame.at(tick)), (frame.axis, frame.bottom))
        words = number(tick, 0 if tick.is_integer() else 1) + what.unit
        sheet.text(frame.at(tick), frame.axis - 8, words, small, anchor="middle", colour=MUTED)


def _draw_panel(sheet: Sheet, what: Panels, panel: Panel, title: Sequence[str], frame: _Frame) -> None:
    small = sheet.layout.small
    sheet.text(frame.left, frame.axis - 44 - 18 * (len(title) - 1), title, sheet.layout.text, bold=True)
    sheet.text(frame.left, frame.axis - 24, panel.said, small, colour=MUTED)
    if not math.isnan(panel.common):
        sheet.line((frame.at(panel.common), frame.at(panel.common)), (frame.axis, frame.bottom), MUTED, "z")
    for middle, (value, words) in zip(frame.middles, panel.marks, strict=True):
        if math.isnan(value):
            sheet.text(frame.left + 5, middle, words, small, colour=MUTED, clear=True)
        else:
            sheet.marker(frame.at(value), middle, *what.look)
            sheet.text(frame.at(value) + 10, middle, words, small, clear=True)


def _few(scale: tuple[float, float], unit: str, pixels: float, size: int) -> list[float]:
    """Mark an axis as often as its numbers have room beside each other."""
    ticks = ticks_of(scale)
    widest = max(len(number(tick, 0 if tick.is_integer() else 1) + unit) for tick in ticks) * size * LETTER + 10
    step = math.ceil(widest * (len(ticks) - 1) / pixels) if len(ticks) > 1 else 1
    return ticks[:: max(1, step)]


@dataclass(frozen=True)
class Multiples:
    """Draw a panel for each item of one group: the municipalities in the study's order, and a line for all of them.

    Parameters
    ----------
    scale : tuple of float and float
        The ends of every panel's axis, the same in each figure of the group.
    """

    scale: tuple[float, float]

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of one group."""
        study, group = part.edition.study, part.groups[0][0]
        there = {cell.municipality for cell in part.cells}
        places = {one.slug: one.short for one in study.municipalities if one.slug in there}
        at = {(cell.municipality, cell.key): cell for cell in reversed(part.cells)}
        shown = [cell for cell in part.cells if cell.shown and not math.isnan(cell.value)]
        shares = all(cell.highest == _PER_CENT for cell in part.cells)
        decimals = 0 if shares else study.decimals
        everyone = first_upper(part.edition.everyone)

        def number_of(place: str, key: tuple[str, str]) -> str:
            return at[place, key].number(decimals) if (place, key) in at else UNASKED

        def value_of(place: str, key: tuple[str, str]) -> float:
            cell = at.get((place, key))
            return rounded(cell.value, decimals) if cell and cell.shown else math.nan

        panels = [
            Panel(
                label,
                [(value_of(place, key), number_of(place, key)) for place in places],
                value_of(ALL, key),
                f"{everyone}: {number_of(ALL, key)}{' pct.' * shares}" if (ALL, key) in at else "",
            )
            for key, label in part.items.items()
        ]
        look = part.look(group)
        name = first_upper(part.edition.group_name(group))
        what = Panels(
            names=list(places.values()),
            panels=panels,
            scale=self.scale,
            look=look,
            unit=" pct." if shares else "",
            legend=[Entry(name, *look), Entry(everyone, MUTED, "|")],
        )
        written = Cell.share_of_answers if shares else partial(Cell.with_answers, decimals=decimals)
        return Drawn(
            draw=partial(draw_panels, what) if shown else None,
            title=f"Et lille diagram for hvert af {len(panels)} emner med {len(places)} kommuner i samme rækkefølge",
            desc=" ".join(filter(None, (_spread(panel, decimals) for panel in panels))),
            heads=[panel.title for panel in panels],
            labels=[*places.values(), everyone],
            rows=[
                [written(at[place, key]) if (place, key) in at else UNASKED for key in part.items]
                for place in (*places, ALL)
            ],
        )


def _axis(part: Part) -> tuple[float, float]:
    return axis_of([cell.value for cell in part.cells if cell.shown and not math.isnan(cell.value)], *_ends(part.cells))


def _ends(cells: Sequence[Cell]) -> tuple[float, float]:
    return min(cell.lowest for cell in cells), max(cell.highest for cell in cells)


def _spread(panel: Panel, decimals: int) -> str:
    """Say from where to where the places lie, without naming any as first or last."""
    values = [value for value, _ in panel.marks if not math.isnan(value)]
    if not values:
        return ""
    ends = " til ".join(number(end, decimals) for end in sorted({min(values), max(values)}))
    return f"{panel.title}: {ends}{f' ({first_lower(panel.said)})' if panel.said else ''}."


def plot_multiples(
    table: SafeTable,
    edition: Edition,
    *,
    caption: str,
    finding: Finding,
    measure: str = "",
    note: str = "",
) -> Exhibits:
    """Draw all municipalities side by side: a panel for each item, and a figure for each group, or several of many.

    Parameters
    ----------
    table : SafeTable
        Rows of every municipality, and of "alle", which is the line in each panel; as `app.load_comparison` gives it.
    edition : Edition
        The reader: the page for all.
    caption : str
        The neutral title; {gruppe} is filled in.
    finding : str or callable
        The heading, or what makes it; {gruppe} is filled in.
    measure : str
        Which measure; all that the table has when omitted.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        Municipalities in the study's order, never by size; what is hidden is a dot. A group of which no municipality
        shows a number has no figure.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> rows = [
    ...     MeasureRow(place, "L", "1", "Lytte", "Gab", value, n=12, lowest=-4, highest=4)
    ...     for place, value in (("sydby", 1.5), ("nordby", 2.0), ("alle", 1.8))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5, everybody=True)
    >>> edition = read_edition(example_study(), "alle")
    >>> [figure] = plot_multiples(table, edition, measure="Gab", caption="Gab. {gruppe}.", finding="f").items
    >>> figure.caption, figure.picture.desc.split(". ")[0]
    ('Gab. Lokalrådsmedlemmer.', 'Lytte: 1,5 til 2,0 (begge: 1,8)')
    """
    every = Part(table.checked_for(edition), edition)
    whole = every.where(measure=measure) if measure else every
    drawn: list[Exhibit] = []
    for part in _side_by_side(whole):
        name, shape = whole.name(part.groups[0][0]), Multiples(_axis(part))
        said = finding.replace("{gruppe}", name) if isinstance(finding, str) else finding
        for some, which in _cut(part):
            drawn += figures(some, shape, f"{caption.replace('{gruppe}', name)}{which}", said, note).items
    return Exhibits(drawn)


def _side_by_side(whole: Part) -> list[Part]:
    """Choose the groups of which a municipality shows a number; where there is none, one of which nothing is told."""
    local = [(cell.group, cell.municipality) for cell in whole.cells if cell.municipality != ALL]
    told = {cell.group for cell in whole.cells if cell.municipality != ALL and (cell.shown or cell.coarse)}
    if told or not local:
        return [
            whole.where(group=group) for group in dict.fromkeys(group for group, _ in whole.groups) if group in told
        ]
    return [whole.where(group=local[0][0], municipality=[place for _, place in local])]


def _cut(part: Part) -> list[tuple[Part, str]]:
    """Part many municipalities into several figures, each with what holds for all of them, and say which it has."""
    there = {cell.municipality for cell in part.cells}
    places = [one.slug for one in part.edition.study.municipalities if one.slug in there]
    if len(places) <= MOST:
        return [(part, "")]
    cuts = [places[start : start + MOST] for start in range(0, len(places), MOST)]
    return [
        (part.where(municipality=[*cut, ALL]), f" Kommune {at * MOST + 1}-{at * MOST + len(cut)} af {len(places)}.")
        for at, cut in enumerate(cuts)
    ]
