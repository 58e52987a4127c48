"""The shape of figure that is a grid of counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from blupkit.core import ALL, Edition
from blupkit.core.danish import first_upper
from blupkit.disclosure import SafeTable
from blupkit.report.figures.charts import NEUTRAL, draw_grid
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, Shape, Words
from blupkit.report.figures.numbers import UNKNOWN, Cell, count


@dataclass(frozen=True)
class Matrix(Shape):
    """Counts in a grid, items by columns, as discs whose area is the count."""

    measure: str
    names: Mapping[str, str]

    whole_study: ClassVar[bool] = True

    def parts(self, chosen: Part) -> list[Part]:
        """Choose the rows of the measure."""
        return [chosen.where(measure=self.measure)]

    def drawn(self, part: Part) -> Drawn:
        """Draw each count; what is hidden is a dot, and what does not exist is left blank."""
        rows = part.cells
        items = {row.item: row.label for row in reversed(rows)}
        groups = {ALL, *(group.key for group in part.edition.study.groups)}
        columns = {
            key: self.names.get(key) or (first_upper(part.edition.group_name(key)) if key in groups else key)
            for key, _ in part.groups
        }
        at = {(row.item, row.group): row for row in rows}
        order = dict.fromkeys(row.item for row in rows)
        drawn = [[at[item, key].value if (item, key) in at else None for key in columns] for item in order]
        colours = [part.look(key)[0] if key in groups else NEUTRAL for key in columns]
        labels = [items[item] for item in order]
        counted = [row for row in rows if not math.isnan(row.value)]
        most = [
            f"Flest: {row.label}, {columns[row.group]} ({row.number(0)})."
            for row in sorted(counted, key=lambda row: -row.value)[:1]
        ]
        heads, totals = self._totals(rows, columns)
        return Drawn(
            draw=partial(draw_grid, labels, list(columns.values()), drawn, colours) if counted else None,
            alt=f"Gitter med antal for {len(items)} emner i {len(columns)} kolonner; jo større cirkel, jo flere."
            f" {''.join(most)}",
            heads=heads,
            rows=[
                [
                    items[item],
                    *[at[item, key].number(0) if (item, key) in at else UNKNOWN for key in columns],
                    *totals.get(item, []),
                ]
                for item in order
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
    """
    return Matrix(measure, names or {}).figures(table, edition, Words(caption, finding, note, source))
