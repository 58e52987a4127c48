"""The shape of figure that is a grid of counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import ENOUGH_FOR_PERCENT, number
from blupkit.disclosure import SafeTable
from blupkit.display.tokens import MUTED, Layout
from blupkit.report.figures.charts import NEUTRAL, WIDE_LETTER, draw_labels
from blupkit.report.figures.exhibits import Drawn, Exhibits, Finding, Part, figures
from blupkit.report.figures.hyphenation import lines_of, wrap
from blupkit.report.figures.numbers import UNKNOWN, Cell, count
from blupkit.report.figures.svg import Sheet

#: The mean width of a digit in parts of its size, how far a number stands from its disc, and the largest disc.
DIGIT: Final = 0.64
BESIDE: Final = 6
LARGEST: Final = 30.0


class Share(NamedTuple):
    """A part of a column's whole, and how it is written."""

    value: float
    words: str


def draw_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[float | None]],
    colours: Sequence[str],
    layout: Layout,
    shares: Sequence[Sequence[Share | None]] = (),
) -> Sheet:
    """Draw counts as discs whose area is the count, with the number beside each.

    Where the columns' wholes are not the same, the area is the share of them, and the share stands under its disc.

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
    shares : sequence of sequence of Share
        Of the same cells, where they are what is compared.

    Returns
    -------
    Sheet
        As high as its rows need.
    """
    label = layout.label
    labels = [wrap(row, label - 14 if label else layout.width - 8, layout.text) for row in rows]
    step = (layout.width - label - 8) / len(columns)
    room = int((step - 4) / (layout.printed * WIDE_LETTER))
    heads = [wrap(_hyphenate(column, room), step - 4, layout.printed) for column in columns]
    longest = max(len(word) for head in heads for words in head for word in words.split() or [""])
    size = int(layout.small * min(1, room / max(longest, 1)))  # a word that may not be cut is written smaller
    line, body = layout.text + 4, 60 if shares else 46
    heights = [body if label else line * len(lines) + body for lines in labels]
    top = 14 + 15 * max(len(head) for head in heads)
    height = int(top + sum(heights) + 8)
    sheet = Sheet(layout, height)
    centres = [label + step * (index + 0.5) for index in range(len(columns))]
    for centre, head in zip(centres, heads, strict=True):
        sheet.text(centre, top - 10 - 15 * (len(head) - 1), head, size, anchor="middle", colour=MUTED)
    seen = [count for row in counts for count in row if count is not None and not np.isnan(count)]
    areas = [[share.value if share else math.nan for share in row] for row in shares] or counts
    largest = max((area for row in areas for area in row if area is not None and area > 0), default=1.0)
    # Where there are many columns the discs are smaller, and stand a little to the left: every number has room.
    after = BESIDE + layout.printed * DIGIT * max((len(count(value)) for value in seen), default=0)
    most = min(LARGEST, step - after - 2)
    aside = max(0.0, most / 2 + after - (layout.width - centres[-1]))
    sheet.rule((0, layout.width), (top, top))
    for place, middle in enumerate(draw_labels(sheet, labels, heights, top, body)):
        for column, (centre, value, colour) in enumerate(zip(centres, counts[place], colours, strict=True)):
            if value is None:
                continue
            disc = most * float(np.sqrt((areas[place][column] or 0.0) / largest))
            _draw_disc(sheet, centre - aside, middle - 8 * bool(shares), value, disc, colour)
            if shares and (share := shares[place][column]):
                sheet.text(centre, middle + 18, share.words, layout.small, anchor="middle", colour=MUTED)
    return sheet


def _hyphenate(text: str, letters: int) -> str:
    """Break words longer than a column: "Lokalråds- medlemmer"."""
    return " ".join("- ".join(lines_of(word, letters)) for word in text.split())


def _draw_disc(sheet: Sheet, x: float, y: float, value: float, size: float, colour: str) -> None:
    if np.isnan(value):
        sheet.text(x, y, "•", sheet.layout.text, anchor="middle", colour=MUTED)
        return
    if value:
        sheet.marker(x, y, colour, "o", size=max(size, 1.5))
    # Beside the disc, never in it: white on a group's colour is not always dark enough to read.
    sheet.text(x + size / 2 + BESIDE, y, count(value), sheet.layout.small)


@dataclass(frozen=True)
class Matrix:
    """Draw each count as a disc; what is hidden is a dot, and what does not exist is left blank."""

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
        share = _share_of_its_column(part)
        shares = part.grid(items, share, None) if share else []
        percent = bool(share) and any(cell and cell.words.endswith("pct.") for row in shares for cell in row)

        def write(row: Cell) -> str:
            told = share(row) if share and percent else None
            return f"{row.number(0)} ({told.words})" if told else row.number(0)

        written = part.grid(items, write, UNKNOWN)
        draw = partial(draw_grid, labels, list(columns.values()), counts, colours, shares=shares)
        large = "større andel af kolonnen" if share else "flere"
        return Drawn(
            draw=None if math.isnan(most.value) else draw,
            title=f"Gitter med antal for {len(items)} emner i {len(columns)} kolonner; jo større cirkel, jo {large}",
            desc=f"Flest: {most.said}, {columns[most.group]} ({write(most)}).",
            heads=heads,
            labels=labels,
            rows=[[*cells, *totals.get(item, [])] for (item, _), cells in zip(items, written, strict=True)],
            unit=f" {self.measure.lower()} i alt",
        )


def _share_of_its_column(part: Part) -> Callable[[Cell], Share | None] | None:
    """Give what says how large a part of its column a count is; None where all columns are of the same size.

    68 of 412 and 64 of 290 would else be circles that look alike. Per cent of few would be more exact than the answers.
    """
    wholes = part.table.frame.groupby("group")["n"].agg(["nunique", "max"]).dropna()
    if wholes.empty or wholes["nunique"].max() > 1 or len(set(wholes["max"])) == 1 or not wholes["max"].min():
        return None
    percent = wholes["max"].min() >= ENOUGH_FOR_PERCENT

    def share(row: Cell) -> Share | None:
        if not row.n or not row.shown or math.isnan(row.value):
            return None
        value = 100 * row.value / row.n
        return Share(value, f"{number(value, 0)} pct." if percent else f"{count(row.value)} af {count(row.n)}")

    return share


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
    >>> figure.picture.desc.split(". ")[0], figure.note
    ('Flest: Tillid, Gruppe 1 (7)', 'n = 9 ture i alt.')
    """
    chosen = Part(table.checked_for(edition), edition).where(measure=measure)
    return figures(chosen, Matrix(measure, names or {}), caption, finding, note, source)
