"""The consultant's own tables as figures: each in the shape that what it measures has elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from blupkit.disclosure.beside import Split
from blupkit.report.figures.exhibits import Exhibit, Exhibits
from blupkit.report.figures.shapes import plot_bars, plot_dumbbell, plot_intervals
from blupkit.report.figures.tables import table_groups

_PER_CENT: Final = 100.0


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
    words = {"caption": split.caption, "finding": split.finding}
    table, edition = split.table, split.edition
    if "question" in table.frame and table.frame["item"].nunique() == 1:
        # One answer each: they stand in the order of their scale, and each group adds up.
        return [*table_groups(table, edition, measure=split.measures[0], folded=False, **words).items]
    if (table.frame["highest"] == _PER_CENT).all():
        return [*plot_bars(table, edition, measure=split.measures[0], **words).items]
    if len(split.measures) == 1:
        return [*plot_intervals(table, edition, measure=split.measures[0], **words).items]
    start, end, order = split.measures
    return [*plot_dumbbell(table, edition, start=start, end=end, order=order, **words).items]
