"""The shape of figure that is a grid of counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from blupkit.core import Edition
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import NEUTRAL, draw_grid
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, figures
from blupkit.report.figures.numbers import UNKNOWN, count


@dataclass(frozen=True)
class Matrix:
    """Draw each count as a disc whose area it is; what is hidden is a dot, and what does not exist is left blank."""

    measure: str
    names: Mapping[str, str]

    def __call__(self, part: Part) -> Drawn:
        """Draw the grid."""
        items, labels = list(part.items), list(part.items.values())
        columns = {key: self.names.get(key) or part.name(key) for key, _ in part.groups}
        counts = part.grid(items, lambda row: row.value, None)
        colours = [part.look(key)[0] if key in part.known else NEUTRAL for key in columns]
        most = max(part.cells, key=lambda row: -math.inf if math.isnan(row.value) else row.value)
        heads, totals = _totals(part, columns, f"{self.measure} i alt")
        written = part.grid(items, lambda row: row.number(0), UNKNOWN)
        draw = partial(draw_grid, labels, list(columns.values()), counts, colours)
        return Drawn(
            draw=None if math.isnan(most.value) else draw,
            alt=f"Gitter med antal for {len(items)} emner i {len(columns)} kolonner; jo større cirkel, jo flere."
            f" Flest: {most.said}, {columns[most.group]} ({most.number(0)}).",
            heads=heads,
            labels=labels,
            rows=[[*cells, *totals.get(item, [])] for (item, _), cells in zip(items, written, strict=True)],
            unit=f" {self.measure.lower()} i alt",
        )


def _totals(part: Part, columns: Mapping[str, str], head: str) -> tuple[list[str], dict[str, list[str]]]:
    """Say of how many each count is: in the head of a column where that is one number, else at the row's end."""
    by_group, by_item = (part.table.frame.groupby(name)["n"].agg(["nunique", "max"]) for name in ("group", "item"))
    if by_group["nunique"].max() <= 1:
        wholes = {key: f" (af {count(n)})" for key, n in by_group["max"].dropna().items()}
        return [name + wholes.get(key, "") for key, name in columns.items()], {}
    if by_item["nunique"].max() > 1:
        return list(columns.values()), {}
    ends = {str(item): [count(None if pd.isna(n) else n)] for item, n in by_item["max"].items()}
    return [*columns.values(), head], ends


def plot_matrix(
    table: SafeTable,
    edition: Edition,
    *,
    measure: str,
    caption: str,
    finding: Finding,
    source: str,
    names: Mapping[str, str] | None = None,
    note: str = "",
) -> Exhibits:
    """Draw counts in a grid, items by columns, as discs whose area is the count.

    Parameters
    ----------
    table : SafeTable
        Counts of the whole study; `group` is the column.
    edition : Edition
        The reader.
    measure : str
        Which count.
    caption : str
        The neutral title.
    finding : str or callable
        The heading, or what makes it.
    source : str
        What stands after "Kilde:".
    names : mapping of str to str, optional
        Value of `group` → the column's head, where it is not one of the study's groups.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        One figure; counts are written in it.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> rows = [
    ...     MeasureRow("alle", group, "1", "Tillid", "Ture", value, n=9)
    ...     for group, value in (("L", 4.0), ("fg1", 7.0))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> [figure] = plot_matrix(
    ...     table, edition, measure="Ture", caption="c", finding="f", source="s", names={"fg1": "Gruppe 1"}
    ... ).items
    >>> figure.picture.alt.split(". ")[1], figure.note
    ('Flest: Tillid, Gruppe 1 (7)', 'n = 9 ture i alt.')
    """
    chosen = Part(table.checked_for(edition), edition).where(measure=measure)
    return figures(chosen, Matrix(measure, names or {}), caption, finding, note, source)
