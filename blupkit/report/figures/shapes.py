"""The shapes of figures that are rows of marks on one scale: each is one small class with what is its own.

A new shape is one class with `drawn`, the `plot_` function that notebooks call, and its name in the face of `report`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Final

import numpy as np

from blupkit.core import Edition
from blupkit.core.danish import HIDDEN, number
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import Entry, Mark, RowChart, draw_rows
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, Shape, Words
from blupkit.report.figures.numbers import Cell

WITHOUT: Final = "»Ved ikke« og ubesvarede indgår ikke."


def _scale(rows: Sequence[Cell]) -> tuple[float, float]:
    """Give the ends of a measure's own scale."""
    return min(row.lowest for row in rows), max(row.highest for row in rows)


def _scale_note(scale: tuple[float, float]) -> str:
    return f"Skala {number(scale[0], 0)}-{number(scale[1], 0)}. {WITHOUT}"


@dataclass(frozen=True)
class Dumbbell(Shape):
    """Two measures of each item, joined by a line: one figure a group, sorted by a third measure."""

    start: str
    end: str
    order: str

    def parts(self, chosen: Part) -> list[Part]:
        """Choose each group's rows."""
        return [chosen.where(group=group) for group, _ in chosen.groups]

    def drawn(self, part: Part) -> Drawn:
        """Draw one group's items; hidden ones last, without marks."""
        measures = (self.start, self.end, self.order)
        rows = self._sorted([row for row in part.cells if row.measure in measures])
        shown = [row for row in rows if not math.isnan(row[self.order].value)]
        look, decimals = part.look(rows[0][self.order].group), part.edition.study.decimals
        scale = _scale([row[self.start] for row in rows])
        chart = RowChart(
            labels=[row[self.order].label for row in rows],
            marks=[
                Mark(place, row[measure].value, *look, hollow=measure == self.start)
                for place, row in enumerate(shown)
                for measure in (self.start, self.end)
            ],
            scale=scale,
            legend=[Entry(self.start, *look, hollow=True), Entry(self.end, *look)],
            linked=True,
            right=[row[self.order].number(decimals) for row in rows],
            right_head=self.order,
        )
        top = [f"{row[self.order].label} ({number(row[self.order].value, decimals)})" for row in shown[:3]]
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            alt=f"Punktdiagram med to mærker pr. emne: {self.start.lower()} og {self.end.lower()}."
            f" Størst {self.order.lower()}: {'; '.join(top)}.",
            heads=[*measures, "Besvarelser"],
            rows=[
                [row[self.order].label, *[row[key].number(decimals) for key in measures], row[self.order].answers]
                for row in rows
            ],
            note=_scale_note(scale),
        )

    def _sorted(self, rows: Sequence[Cell]) -> list[dict[str, Cell]]:
        """Give each item's measures, the largest first."""
        items: dict[str, dict[str, Cell]] = {}
        for row in rows:
            items.setdefault(row.item, {}).setdefault(row.measure, row)
        values = {item: measures[self.order].value for item, measures in items.items()}
        order = sorted(values, key=lambda item: math.inf if math.isnan(values[item]) else -values[item])
        return [items[item] for item in order]


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
    >>> figure.caption, figure.picture.alt.split("gab: ")[1].split(". ")[0]
    ('Behov. Lokalrådsmedlemmer.', 'Lytte (2,0); Søge fonde (1,0)')
    """
    return Dumbbell(start, end, order).figures(table, edition, Words(caption, finding))


@dataclass(frozen=True)
class Intervals(Shape):
    """Every group's point with its interval for each item, items sorted by their mean over the groups."""

    measure: str

    names_silent: ClassVar[bool] = True
    kind: ClassVar[str] = "Punktdiagram med usikkerhed"
    unit: ClassVar[str] = ""
    note: ClassVar[str] = f"Stregerne viser 95 pct.-intervaller. {WITHOUT}"
    bars: ClassVar[bool] = False

    def scale(self, shown: Sequence[Cell]) -> tuple[float, float]:
        """Begin at 0 or below, and end at a whole or half step."""
        if not shown:
            return 0.0, 1.0
        ends = [end for row in shown for end in (row.low, row.value, row.high)]
        low, high = np.nanmin(ends), np.nanmax(ends)
        return min(0.0, math.floor(low * 2) / 2), max(1.0, math.ceil(high * 2) / 2)

    def beside(self, row: Cell) -> str:
        """The number stands in the table only."""
        return row.star

    def write(self, row: Cell, decimals: int) -> str:
        """Write a mean with how many it rests on."""
        return row.with_answers(decimals)

    def parts(self, chosen: Part) -> list[Part]:
        """Choose the rows of the measure."""
        return [chosen.where(measure=self.measure)]

    def drawn(self, part: Part) -> Drawn:
        """Draw a mark for each item and group, and a dot for what is hidden."""
        rows, groups, heads = part.cells, part.groups, part.heads
        items, lanes = part.by_mean(), [group for group, _ in groups]
        shown = [row for row in rows if row.shown]
        scale = self.scale(shown)
        chart = RowChart(
            labels=list(items.values()),
            marks=[
                replace(
                    self._mark(row, part.look(row.group), scale[0]),
                    row=list(items).index(row.key),
                    lane=lanes.index(row.group),
                    lanes=len(lanes),
                )
                for row in sorted(rows, key=lambda row: not row.shown)
            ],
            scale=scale,
            legend=[Entry(head, *part.look(group)) for head, group in zip(heads, lanes, strict=True)],
            bars=self.bars,
            unit=self.unit,
            zero=scale[0] < 0,
        )
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            alt=f"{self.kind}: {len(items)} emner for hver gruppe. Højest hos {_tops(shown, part.edition)}.",
            heads=heads,
            rows=part.grid(items, partial(self.write, decimals=part.edition.study.decimals)),
            note=self.note,
        )

    def _mark(self, row: Cell, look: tuple[str, str], edge: float) -> Mark:
        """Mark a number, or write a dot at the edge where it is hidden."""
        if not row.shown:
            return Mark(0, edge, "", "", text=HIDDEN)
        return Mark(0, row.value, *look, low=row.low, high=row.high, text=self.beside(row))


def _tops(shown: Sequence[Cell], edition: Edition) -> str:
    """Say what each group rates highest."""
    tops: dict[tuple[str, str], Cell] = {}
    for row in shown:
        top = tops.setdefault((row.group, row.municipality), row)
        tops[row.group, row.municipality] = max(top, row, key=lambda cell: cell.value)
    return "; ".join(f"{edition.group_in(*pair)}: {row.label}" for pair, row in tops.items())


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
    return Intervals(measure).figures(table, edition, Words(caption, finding, note))


@dataclass(frozen=True)
class Bars(Intervals):
    """The same with a bar for each share, and its number at the end."""

    kind: ClassVar[str] = "Søjlediagram"
    unit: ClassVar[str] = " pct."
    note: ClassVar[str] = WITHOUT
    bars: ClassVar[bool] = True

    def scale(self, shown: Sequence[Cell]) -> tuple[float, float]:
        """Show all of what a share can be."""
        return 0.0, 100.0

    def beside(self, row: Cell) -> str:
        """Write the share at the end of its bar."""
        return row.number(0)

    def write(self, row: Cell, decimals: int) -> str:
        """Write a share as per cent and as a count."""
        return row.share_of_answers()


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
    return Bars(measure).figures(table, edition, Words(caption, finding))


@dataclass(frozen=True)
class Mirror(Shape):
    """How two sides rate the same statements: two markers a row, joined by a line."""

    ends: tuple[str, str]

    def drawn(self, part: Part) -> Drawn:
        """Draw the statements in the questionnaire's order; one of which a side is hidden shows neither."""
        rows = part.cells
        half = {row.key for row in rows if not row.shown}
        shown = [row for row in rows if row.key not in half]
        items, sides = {row.key: row.label for row in rows}, part.groups
        measures = {row.group: row.measure for row in reversed(rows)}
        names = [
            f"{head} {measures[group][:1].lower()}{measures[group][1:]}"
            for head, (group, _) in zip(part.heads, sides, strict=True)
        ]
        decimals, scale = part.edition.study.decimals, _scale(rows)
        pairs = {key: [row.value for row in shown if row.key == key] for key in items if key not in half}
        gaps = {key: max(pair) - min(pair) for key, pair in pairs.items()}
        chart = RowChart(
            labels=list(items.values()),
            marks=[Mark(list(items).index(row.key), row.value, *part.look(row.group)) for row in shown],
            scale=scale,
            legend=[Entry(name, *part.look(group)) for name, (group, _) in zip(names, sides, strict=True)],
            linked=True,
            ends=self.ends,
            right=[number(gaps[key], decimals) if key in gaps else HIDDEN for key in items],
            right_head="Forskel",
        )
        widest = [
            f"Størst forskel: {items[key]} ({number(gaps[key], decimals)} skalapoint)."
            for key in sorted(gaps, key=lambda key: -gaps[key])[:1]
        ]
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            alt=f"Punktdiagram med {len(items)} udsagn, to mærker pr. udsagn: {' og '.join(names)}. {''.join(widest)}",
            heads=names,
            rows=part.grid(items, lambda row: HIDDEN if row.key in half else row.with_answers(decimals)),
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
    >>> figure.picture.alt.split(". ")[2]
    'Størst forskel: Lytter (1,5 skalapoint)'
    """
    return Mirror(ends).figures(table, edition, Words(caption, finding, note))
