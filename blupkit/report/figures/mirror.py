"""The shape of figure in which two sides rate the same statements."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from blupkit.core import Edition
from blupkit.core.danish import HIDDEN, first_lower, number
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import Entry, Mark, RowChart, axis_of, draw_rows
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, figures
from blupkit.report.figures.numbers import UNKNOWN
from blupkit.report.figures.rows import (
    bounds,
    common_entry,
    drawn_values,
    of_shown,
    scale_note,
    scale_of,
    told,
    with_columns,
    with_common,
    written_common,
)


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
        names = [f"{head} {first_lower(measures[group])}" for head, group in zip(part.heads, groups, strict=True)]
        decimals, scale = part.edition.study.decimals, scale_of(part.cells)
        axis = axis_of(drawn_values(part, shown), *scale)
        pairs = {key: [row.value for row in shown if row.key == key] for key in items if key not in half}
        gaps = {key: max(pair) - min(pair) for key, pair in pairs.items()}
        chart = RowChart(
            labels=list(part.items.values()),
            marks=[
                mark
                for row in shown
                for mark in with_common(part, row, Mark(items.index(row.key), row.value, *part.look(row.group)))
            ]
            + [mark for at, key in enumerate(items) for mark in bounds(part.of(key), at, axis[0])],
            scale=axis,
            legend=[
                *(Entry(name, *part.look(group)) for name, group in zip(names, groups, strict=True)),
                *common_entry(part),
            ],
            linked=True,
            ends=_towards(self.ends, scale, axis),
            right=[number(gaps[key], decimals) if key in gaps else HIDDEN for key in items],
            right_head="Forskel",
            decimals=decimals,
        )
        widest = max(gaps, key=lambda key: gaps[key], default=items[0])
        most = chart.right[items.index(widest)]
        alike = chart.right.count(most) - 1 if gaps else 0
        more = f"; {alike} mere med samme tal" if alike else ""
        heads, rows = with_columns(
            part,
            items,
            lambda row: row.instead if row.key in half else row.with_answers(decimals),
            lambda row: UNKNOWN if row.key in half else written_common(part, row, decimals),
            names,
        )
        return Drawn(
            draw=partial(draw_rows, chart) if shown else None,
            title=f"Punktdiagram med {len(items)} udsagn, to mærker pr. udsagn: {' og '.join(names)}",
            desc=f"Størst forskel{of_shown(part.cells)}: {part.items[widest]} ({most}){more}.{told(part.cells)}",
            heads=heads,
            labels=chart.labels,
            rows=rows,
            note=scale_note(scale, axis),
        )


def _towards(ends: tuple[str, str], scale: tuple[float, float], axis: tuple[float, float]) -> tuple[str, str]:
    """Point to an end of the scale that the axis does not reach."""
    before, after = "← " * (axis[0] > scale[0]), " →" * (axis[1] < scale[1])
    return f"{before}{ends[0]}", f"{ends[1]}{after}"


def plot_mirror(
    table: SafeTable,
    edition: Edition,
    *,
    ends: tuple[str, str],
    caption: str,
    finding: Finding,
    note: str = "",
    beside: SafeTable | None = None,
) -> Exhibits:
    """Draw how two sides rate the same statements: two markers a row, joined by a line.

    Parameters
    ----------
    table : SafeTable
        The whole release with two groups.
    edition : Edition
        The reader.
    ends : tuple of str and str
        What the lowest and the highest answer are called; an arrow points to one that lies beyond the axis.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.
    note : str
        What else must be said under the figure.
    beside : SafeTable, optional
        The same of all municipalities together, for a quiet mark beside the reader's own.

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
    'Størst forskel: Lytter (1,5)'
    """
    chosen = Part(table.checked_for(edition), edition, beside)
    return figures(chosen, Mirror(ends), caption, finding, note)
