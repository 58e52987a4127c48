"""The shapes of figures that are rows of marks on one scale: each is one small class with what is its own.

A new shape is one class that makes `Drawn` of rows, the `plot_` function that notebooks call, and its name in the face
of `report`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from blupkit.core import Edition
from blupkit.core.danish import HIDDEN, number
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import Entry, Mark, RowChart, draw_rows
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, figures
from blupkit.report.figures.numbers import UNASKED, Cell

WITHOUT: Final = "»Ved ikke« og ubesvarede indgår ikke."


def _scale(rows: Sequence[Cell]) -> tuple[float, float]:
    """Give the ends of a measure's own scale."""
    return min(row.lowest for row in rows), max(row.highest for row in rows)


def _scale_note(scale: tuple[float, float]) -> str:
    return f"Skala {number(scale[0], 0)}-{number(scale[1], 0)}. {WITHOUT}"


def _bounds(cells: Sequence[Cell], row: int, low: float) -> list[Mark]:
    """Write what is told as a bound beside a row that has no marks, at the low end."""
    told = [cell for cell in cells if cell.coarse]
    return [
        Mark(row, low, "", "", text=f"{cell.measure}: {cell.instead}", lane=lane, lanes=len(told))
        for lane, cell in enumerate(told)
    ]


def _told(cells: Sequence[Cell]) -> str:
    """Say in a picture's words which of its numbers are told as bounds only."""
    told = "; ".join(f"{cell.said}, {cell.measure.lower()} ({cell.instead})" for cell in cells if cell.coarse)
    return f" Kun en grænse vises for: {told}." if told else ""


def _of_shown(cells: Sequence[Cell], end: str = "") -> str:
    """Say that what is largest is so among what is shown, where not everything is."""
    return "" if all(cell.shown for cell in cells) else f" af dem, der vises{end}"


@dataclass(frozen=True)
class Dumbbell:
    """Draw two measures of each item, joined by a line, sorted by a third; hidden ones last, without marks."""

    start: str
    end: str
    order: str

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of one group."""
        measures = (self.start, self.end, self.order)
        rows = sorted(
            part.where(measure=measures).rows,
            key=lambda row: math.inf if math.isnan(row[self.order].value) else -row[self.order].value,
        )
        shown = [row for row in rows if not math.isnan(row[self.order].value)]
        look, decimals = part.look(rows[0][self.order].group), part.edition.study.decimals
        scale = _scale([row[self.start] for row in rows])
        chart = RowChart(
            labels=[row[self.order].label for row in rows],
            marks=[
                Mark(place, row[measure].value, *look, hollow=measure == self.start)
                for place, row in enumerate(shown)
                for measure in (self.start, self.end)
            ]
            + [mark for at, row in enumerate(rows) for mark in _bounds(list(row.values()), at, scale[0])],
            scale=scale,
            legend=[Entry(self.start, *look, hollow=True), Entry(self.end, *look)],
            linked=True,
            right=[row[self.order].number(decimals) for row in rows],
            right_head=self.order,
            decimals=decimals,
        )
        top = [f"{row[self.order].said} ({number(row[self.order].value, decimals)})" for row in shown[:3]]
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            title=f"Punktdiagram med to mærker pr. emne: {self.start.lower()} og {self.end.lower()}",
            desc=f"Størst {self.order.lower()}{_of_shown(part.cells)}: {'; '.join(top)}.{_told(part.cells)}",
            heads=[*measures, "Besvarelser"],
            labels=chart.labels,
            rows=[[*[row[measure].number(decimals) for measure in measures], row[self.order].answers] for row in rows],
            note=_scale_note(scale),
        )


def plot_dumbbell(
    table: SafeTable, edition: Edition, *, start: str, end: str, order: str, caption: str, finding: Finding
) -> Exhibits:
    """Draw two measures of each item joined by a line, sorted by their distance: one figure a group.

    Parameters
    ----------
    table : SafeTable
        The whole release; the reader's rows are chosen here.
    edition : Edition
        The reader.
    start, end : str
        The measures at the ends of the line.
    order : str
        The measure that sorts the items, largest first, and stands at the right.
    caption : str
        The neutral title; {gruppe} and {sted} are filled in.
    finding : str or callable
        The heading, or what makes it from the group's rows.

    Returns
    -------
    Exhibits
        In the order of the study's groups.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> measured = {"k1": ("Lytte", 2.5, 4.5), "k2": ("Søge fonde", 3.0, 4.0)}
    >>> rows = [
    ...     MeasureRow("alle", "L", key, label, measure, value, n=40, lowest=1, highest=5)
    ...     for key, (label, level, need) in measured.items()
    ...     for measure, value in (("Niveau", level), ("Vigtighed", need), ("Gab", need - level))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> [figure] = plot_dumbbell(
    ...     table, edition, start="Niveau", end="Vigtighed", order="Gab", caption="Behov. {gruppe}.", finding="f"
    ... ).items
    >>> figure.caption, figure.picture.desc.split("gab: ")[1].split(". ")[0]
    ('Behov. Lokalrådsmedlemmer.', 'Lytte (2,0); Søge fonde (1,0)')
    """
    chosen = Part(table.checked_for(edition), edition)
    shape, parts = Dumbbell(start, end, order), [chosen.where(group=group) for group, _ in chosen.groups]
    return Exhibits([figure for part in parts for figure in figures(part, shape, caption, finding).items])


@dataclass(frozen=True)
class Rated:
    """Draw a bar, or a point with its interval, for each item and group, and a dot for what is hidden.

    Items are sorted by their mean over the groups.
    """

    bars: bool

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of all groups."""
        items, lanes = part.by_mean(), [group for group, _ in part.groups]
        shown, decimals = [row for row in part.cells if row.shown], part.edition.study.decimals
        scale = (0.0, 100.0) if self.bars else _steps(shown)
        chart = RowChart(
            labels=[part.items[item] for item in items],
            marks=[
                Mark(
                    items.index(row.key),
                    row.value if row.shown else scale[0],
                    *(part.look(row.group) if row.shown else ("", "")),
                    low=row.low,
                    high=row.high,
                    text=row.number(0) if self.bars or not row.shown else row.star,
                    lane=lanes.index(row.group),
                    lanes=len(lanes),
                )
                for row in sorted(part.cells, key=lambda row: not row.shown)
            ],
            scale=scale,
            legend=[Entry(head, *part.look(group)) for head, group in zip(part.heads, lanes, strict=True)],
            bars=self.bars,
            unit=" pct." if self.bars else "",
            zero=scale[0] < 0,
            decimals=0 if self.bars else decimals,
        )
        kind = "Søjlediagram" if self.bars else "Punktdiagram med usikkerhed"
        written = Cell.share_of_answers if self.bars else partial(Cell.with_answers, decimals=decimals)
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            title=f"{kind}: {len(items)} emner for hver gruppe",
            desc=f"Højest{_of_shown(part.cells, ',')} hos {_tops(shown, part.edition)}.{_told(part.cells)}",
            heads=part.heads,
            labels=chart.labels,
            rows=part.grid(items, written, UNASKED),
            note=f"Stregerne viser 95 pct.-intervaller. {WITHOUT}" if self._has_lines(shown) else WITHOUT,
        )

    def _has_lines(self, shown: Sequence[Cell]) -> bool:
        # Where everything is hidden, the note says what would have stood there.
        return not self.bars and (not shown or not all(math.isnan(row.low) for row in shown))


def _steps(shown: Sequence[Cell]) -> tuple[float, float]:
    """Begin at 0 or below, and end at a whole or half step."""
    ends = [0.0, 1.0, *(end for row in shown for end in (row.low, row.value, row.high) if not math.isnan(end))]
    return math.floor(np.nanmin(ends) * 2) / 2, math.ceil(np.nanmax(ends) * 2) / 2


def _tops(shown: Sequence[Cell], edition: Edition) -> str:
    """Say what each group rates highest."""
    tops: dict[tuple[str, str], Cell] = {}
    for row in shown:
        top = tops.setdefault((row.group, row.municipality), row)
        tops[row.group, row.municipality] = max(top, row, key=lambda cell: cell.value)
    return "; ".join(f"{edition.group_in(*pair)}: {row.said}" for pair, row in tops.items())


def plot_intervals(
    table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding, note: str = ""
) -> Exhibits:
    """Draw a point with its interval for each item and group.

    Parameters
    ----------
    table : SafeTable
        The whole release.
    edition : Edition
        The reader.
    measure : str
        Which measure.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        One figure with all groups.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> row = MeasureRow("alle", "L", "1", "Lytte", "Gab", 1.5, low=1.0, high=2.0, n=12, lowest=-4, highest=4)
    >>> table = SafeTable(measure_table([row]).assign(status="vist"), min_n=5)
    >>> [figure] = plot_intervals(table, edition, measure="Gab", caption="Gab", finding="f").items
    >>> "<td>1,5 (n = 12)</td>" in figure.table
    True
    """
    chosen = Part(table.checked_for(edition), edition).where(measure=measure)
    return figures(chosen, Rated(bars=False), caption, finding, note, silent=True)


def plot_bars(table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding) -> Exhibits:
    """Draw a bar for each item and group, items sorted by their mean over the groups.

    Parameters
    ----------
    table : SafeTable
        The whole release; shares in per cent.
    edition : Edition
        The reader.
    measure : str
        Which measure.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.

    Returns
    -------
    Exhibits
        One figure with all groups.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> row = MeasureRow("alle", "L", "1", "Aften", "Andel", 25.0, n=12, lowest=0, highest=100)
    >>> table = SafeTable(measure_table([row]).assign(status="vist"), min_n=5)
    >>> [figure] = plot_bars(table, edition, measure="Andel", caption="Tid", finding="f").items
    >>> "<td>25 pct. (3 af 12)</td>" in figure.table
    True
    """
    chosen = Part(table.checked_for(edition), edition).where(measure=measure)
    return figures(chosen, Rated(bars=True), caption, finding, silent=True)


@dataclass(frozen=True)
class Mirror:
    """Draw the statements in the questionnaire's order; one of which a side is hidden shows neither."""

    ends: tuple[str, str]

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of both sides."""
        half = {row.key for row in part.cells if not row.shown}
        shown = [row for row in part.cells if row.key not in half]
        items, groups = list(part.items), [group for group, _ in part.groups]
        measures = {row.group: row.measure for row in reversed(part.cells)}
        names = [
            f"{head} {measures[group][:1].lower()}{measures[group][1:]}"
            for head, group in zip(part.heads, groups, strict=True)
        ]
        decimals, scale = part.edition.study.decimals, _scale(part.cells)
        pairs = {key: [row.value for row in shown if row.key == key] for key in items if key not in half}
        gaps = {key: max(pair) - min(pair) for key, pair in pairs.items()}
        chart = RowChart(
            labels=list(part.items.values()),
            marks=[Mark(items.index(row.key), row.value, *part.look(row.group)) for row in shown]
            + [mark for at, key in enumerate(items) for mark in _bounds(part.of(key), at, scale[0])],
            scale=scale,
            legend=[Entry(name, *part.look(group)) for name, group in zip(names, groups, strict=True)],
            linked=True,
            ends=self.ends,
            right=[number(gaps[key], decimals) if key in gaps else HIDDEN for key in items],
            right_head="Forskel",
            decimals=decimals,
        )
        widest = max(gaps, key=lambda key: gaps[key], default=items[0])
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            title=f"Punktdiagram med {len(items)} udsagn, to mærker pr. udsagn: {' og '.join(names)}",
            desc=f"Størst forskel{_of_shown(part.cells)}: {part.items[widest]}"
            f" ({chart.right[items.index(widest)]} skalapoint).{_told(part.cells)}",
            heads=names,
            labels=chart.labels,
            rows=part.grid(items, lambda row: row.instead if row.key in half else row.with_answers(decimals), UNASKED),
            note=_scale_note(scale),
        )


def plot_mirror(
    table: SafeTable, edition: Edition, *, ends: tuple[str, str], caption: str, finding: Finding, note: str = ""
) -> Exhibits:
    """Draw how two sides rate the same statements: two markers a row, joined by a line.

    Parameters
    ----------
    table : SafeTable
        The whole release with two groups.
    edition : Edition
        The reader.
    ends : tuple of str and str
        What the lowest and the highest answer are called.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        Statements in the questionnaire's order; a statement of which one side is hidden shows neither.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> rows = [
    ...     MeasureRow("alle", group, "1", "Lytter", about, value, n=20, lowest=1, highest=5)
    ...     for group, about, value in (("L", "Om ansatte", 2.5), ("A", "Om lokalråd", 4.0))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> [figure] = plot_mirror(table, edition, ends=("Uenig", "Enig"), caption="c", finding="f").items
    >>> figure.picture.desc.split(". ")[0]
    'Størst forskel: Lytter (1,5 skalapoint)'
    """
    chosen = Part(table.checked_for(edition), edition)
    return figures(chosen, Mirror(ends), caption, finding, note)
