"""The shapes of figures that are rows of marks on one scale: each is one small class with what is its own.

A new shape is one class that makes `Drawn` of rows, the `plot_` function that notebooks call, and its name in the face
of `report`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from blupkit.core import Edition
from blupkit.core.danish import number
from blupkit.disclosure import SafeTable
from blupkit.disclosure.beside import Split
from blupkit.report.figures.charts import Entry, Mark, RowChart, axis_of
from blupkit.report.figures.exhibits import Drawn, Exhibit, Exhibits, Finding, Part, figures
from blupkit.report.figures.numbers import UNASKED, Cell
from blupkit.report.figures.rows import (
    WITHOUT,
    bounds,
    common_entry,
    drawn_in_two,
    drawn_values,
    of_shown,
    scale_note,
    scale_of,
    told,
    with_columns,
    with_common,
    written_common,
)
from blupkit.report.figures.tables import table_groups

_PER_CENT: Final = 100.0


@dataclass(frozen=True)
class Dumbbell:
    """Draw two measures of each item, joined by a line, sorted by a third; hidden ones last, without marks.

    The axis is the same for all groups, and begins where their numbers do.
    """

    start: str
    end: str
    order: str
    axis: tuple[float, float]

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of one group."""
        measures = (self.start, self.end, self.order)
        rows = sorted(
            part.where(measure=measures).rows,
            key=lambda row: math.inf if math.isnan(row[self.order].value) else -row[self.order].value,
        )
        shown = [row for row in rows if not math.isnan(row[self.order].value)]
        look, decimals = part.look(rows[0][self.order].group), part.edition.study.decimals
        marks = [
            mark
            for place, row in enumerate(shown)
            for measure in (self.start, self.end)
            for mark in with_common(
                part, row[measure], Mark(place, row[measure].value, *look, hollow=measure == self.start)
            )
        ]
        chart = RowChart(
            labels=[row[self.order].label for row in rows],
            marks=marks
            + [mark for at, row in enumerate(rows) for mark in bounds(list(row.values()), at, self.axis[0])],
            scale=self.axis,
            legend=[Entry(self.start, *look, hollow=True), Entry(self.end, *look), *common_entry(part, look[1])],
            linked=True,
            right=[row[self.order].number(decimals) for row in rows],
            right_head=self.order,
            decimals=decimals,
        )
        printed = [number(row[self.order].value, decimals) for row in shown]
        top = [f"{row[self.order].said} ({value})" for row, value in zip(shown[:3], printed, strict=False)]
        alike = printed[3:].count(printed[2]) if len(printed) > len(top) else 0
        top += [f"{alike} mere med samme tal"] * bool(alike)
        # Beside each number stands that of all municipalities, where any is shown.
        wide = 2 if part.compares else 1
        return Drawn(
            **drawn_in_two(chart, shown),
            title=f"Punktdiagram med to mærker pr. emne: {self.start.lower()} og {self.end.lower()}",
            desc=f"Størst {self.order.lower()}{of_shown(part.cells)}: {'; '.join(top)}.{told(part.cells)}",
            heads=[
                *(head for name in measures for head in (name, f"{name}, {part.edition.everyone}")[:wide]),
                "Besvarelser",
            ],
            labels=chart.labels,
            rows=[
                [
                    *(text for measure in measures for text in _beside(part, row[measure], decimals)[:wide]),
                    row[self.order].answers,
                ]
                for row in rows
            ],
            note=scale_note(scale_of(row[self.start] for row in rows), self.axis),
        )


def _beside(part: Part, cell: Cell, decimals: int) -> tuple[str, str]:
    return cell.number(decimals), written_common(part, cell, decimals)


def plot_dumbbell(
    table: SafeTable,
    edition: Edition,
    *,
    start: str,
    end: str,
    order: str,
    caption: str,
    finding: Finding,
    beside: SafeTable | None = None,
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
    beside : SafeTable, optional
        The same of all municipalities together, for a quiet mark beside the reader's own.

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
    chosen = Part(table.checked_for(edition), edition, beside)
    ends = chosen.where(measure=(start, end))
    if not ends.cells:
        return Exhibits([])
    shape = Dumbbell(start, end, order, axis_of(drawn_values(chosen, ends.cells), *scale_of(ends.cells)))
    parts = [chosen.where(group=group) for group, _ in chosen.groups]
    return Exhibits([figure for part in parts for figure in figures(part, shape, caption, finding).items])


@dataclass(frozen=True)
class Rated:
    """Draw a bar, or a point with its interval, for each item and group, and a dot for what is hidden.

    Items are sorted by their mean over the groups.
    """

    bars: bool
    missing: str = UNASKED

    def __call__(self, part: Part) -> Drawn:
        """Draw the rows of all groups."""
        items, lanes = part.by_mean(), [group for group, _ in part.groups]
        shown, decimals = [row for row in part.cells if row.shown], part.edition.study.decimals
        scale = axis_of(drawn_values(part, shown, intervals=not self.bars), *scale_of(shown)) if shown else (0.0, 1.0)
        chart = RowChart(
            labels=[part.items[item] for item in items],
            marks=[
                mark
                for row in sorted(part.cells, key=lambda row: not row.shown)
                for mark in with_common(part, row, self._mark(part, row, items, lanes, scale[0]))
            ],
            scale=scale,
            legend=[
                *(Entry(head, *part.look(group)) for head, group in zip(part.heads, lanes, strict=True)),
                *common_entry(part),
            ],
            bars=self.bars,
            unit=" pct." if self.bars else "",
            zero=scale[0] < 0,
            decimals=0 if self.bars else decimals,
        )
        kind = "Søjlediagram" if self.bars else "Punktdiagram med usikkerhed"
        written = Cell.share_of_answers if self.bars else partial(Cell.with_answers, decimals=decimals)
        percent = " pct." * self.bars
        common = partial(written_common, part, decimals=chart.decimals, percent=percent)
        heads, rows = with_columns(part, items, written, common, missing=self.missing)
        return Drawn(
            **drawn_in_two(chart, shown),
            title=f"{kind}: {len(items)} emner for hver gruppe",
            desc=f"Højest{of_shown(part.cells, ',')} hos {_tops(shown, part.edition)}.{told(part.cells)}",
            heads=heads,
            labels=chart.labels,
            rows=rows,
            note=f"Stregerne viser 95 pct.-intervaller. {WITHOUT}" if self._has_lines(shown) else WITHOUT,
        )

    def _mark(self, part: Part, row: Cell, items: Sequence[object], lanes: Sequence[str], low: float) -> Mark:
        return Mark(
            items.index(row.key),
            row.value if row.shown else low,
            *(part.look(row.group) if row.shown else ("", "")),
            low=row.low,
            high=row.high,
            text=row.number(0) if self.bars or not row.shown else row.star,
            lane=lanes.index(row.group),
            lanes=len(lanes),
        )

    def _has_lines(self, shown: Sequence[Cell]) -> bool:
        # Where everything is hidden, the note says what would have stood there.
        return not self.bars and (not shown or not all(math.isnan(row.low) for row in shown))


def _tops(shown: Sequence[Cell], edition: Edition) -> str:
    """Say what each group rates highest."""
    tops: dict[tuple[str, str], Cell] = {}
    for row in shown:
        top = tops.setdefault((row.group, row.municipality), row)
        tops[row.group, row.municipality] = max(top, row, key=lambda cell: cell.value)
    return "; ".join(f"{edition.group_in(*pair)}: {row.said}" for pair, row in tops.items())


def plot_intervals(
    table: SafeTable,
    edition: Edition,
    *,
    measure: str,
    caption: str,
    finding: Finding,
    note: str = "",
    beside: SafeTable | None = None,
    missing: str = UNASKED,
    source: str = "",
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
    beside : SafeTable, optional
        The same of all municipalities together, for a quiet mark beside the reader's own.
    missing : str
        What stands in the numbers where a group has none for a row.
    source : str
        What stands after "Kilde:", where it is not the survey.

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
    chosen = Part(table.checked_for(edition), edition, beside).where(measure=measure)
    return figures(chosen, Rated(bars=False, missing=missing), caption, finding, note, source, silent=True)


def plot_bars(
    table: SafeTable,
    edition: Edition,
    *,
    measure: str,
    caption: str,
    finding: Finding,
    beside: SafeTable | None = None,
) -> Exhibits:
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
    beside : SafeTable, optional
        The same of all municipalities together, for a quiet mark beside the reader's own.

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
    chosen = Part(table.checked_for(edition), edition, beside).where(measure=measure)
    return figures(chosen, Rated(bars=True), caption, finding, silent=True)


def plot_own(splits: Iterable[Split]) -> Exhibits:
    """Draw own tables: bars for shares, a line between two means, points for one; a table for a question by itself.

    Parameters
    ----------
    splits : iterable of Split
        What `survey.own_splits` chose for the reader.

    Returns
    -------
    Exhibits
        One figure each; nothing where there are none.

    Examples
    --------
    >>> plot_own([]).items
    []
    """
    return Exhibits([figure for split in splits for figure in _drawn(split)], none="")


def _drawn(split: Split) -> list[Exhibit]:
    table, edition, caption, finding = split.table, split.edition, split.caption, split.finding
    if "question" in table.frame and table.frame["item"].nunique() == 1:
        # One answer each: they stand in the order of their scale, and each group adds up.
        return [*table_groups(table, edition, measure=split.measures[0], caption=caption, finding=finding).items]
    if (table.frame["highest"] == _PER_CENT).all():
        return [*plot_bars(table, edition, measure=split.measures[0], caption=caption, finding=finding).items]
    if len(split.measures) == 1:
        return [*plot_intervals(table, edition, measure=split.measures[0], caption=caption, finding=finding).items]
    start, end, order = split.measures
    return [*plot_dumbbell(table, edition, start=start, end=end, order=order, caption=caption, finding=finding).items]
