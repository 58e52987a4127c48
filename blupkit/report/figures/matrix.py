"""The shape of figure that is a grid of counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from blupkit.core import Edition
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import NEUTRAL, draw_grid
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, Shape, Words
from blupkit.report.figures.numbers import UNKNOWN, Cell, count


@dataclass(frozen=True)
class Matrix(Shape):
    """Counts in a grid, items by columns, as discs whose area is the count."""

    measure: str
    names: Mapping[str, str]

    def parts(self, chosen: Part) -> list[Part]:
        """Choose the rows of the measure."""
        return [chosen.where(measure=self.measure)]

    def drawn(self, part: Part) -> Drawn:
        """Draw each count; what is hidden is a dot, and what does not exist is left blank."""
        rows = part.cells
        items: dict[str, str] = {}
        for row in rows:
            items.setdefault(row.item, row.label)
        columns = {key: self.names.get(key) or part.name(key) for key, _ in part.groups}
        at = {(row.item, row.group): row for row in rows}
        drawn = [[at[item, key].value if (item, key) in at else None for key in columns] for item in items]
        colours = [part.look(key)[0] if key in part.known else NEUTRAL for key in columns]
        counted = [row for row in rows if not math.isnan(row.value)]
        most = [
            f"Flest: {row.label}, {columns[row.group]} ({row.number(0)})."
            for row in sorted(counted, key=lambda row: -row.value)[:1]
        ]
        heads, totals = self._totals(rows, columns)
        return Drawn(
            draw=partial(draw_grid, list(items.values()), list(columns.values()), drawn, colours) if counted else None,
            alt=f"Gitter med antal for {len(items)} emner i {len(columns)} kolonner; jo større cirkel, jo flere."
            f" {''.join(most)}",
            heads=heads,
            rows=[
                [
                    label,
                    *[at[item, key].number(0) if (item, key) in at else UNKNOWN for key in columns],
                    *totals.get(item, []),
                ]
                for item, label in items.items()
            ],
            unit=f" {self.measure.lower()} i alt",
        )

    def _totals(self, rows: Sequence[Cell], columns: Mapping[str, str]) -> tuple[list[str], dict[str, list[str]]]:
        """Say of how many each count is: in the head of a column where that is one number, else at the row's end."""
        of_column: dict[str, set[int]] = {row.group: set() for row in rows}
        of_row: dict[str, set[int]] = {row.item: set() for row in rows}
        for row in rows:
            if row.n is not None:
                of_column[row.group].add(row.n)
                of_row[row.item].add(row.n)
        if all(len(wholes) <= 1 for wholes in of_column.values()):
            ends = {key: [f"(af {count(whole)})" for whole in wholes] for key, wholes in of_column.items()}
            return [" ".join([head, *ends[key]]) for key, head in columns.items()], {}
        if any(len(wholes) > 1 for wholes in of_row.values()):
            return list(columns.values()), {}
        wholes = {item: [count(max(seen, default=None))] for item, seen in of_row.items()}
        return [*columns.values(), f"{self.measure} i alt"], wholes


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
    return Matrix(measure, names or {}).figures(table, edition, Words(caption, finding, note, source))
