"""Figures and tables made of a release of all readers: the rows of one are chosen first, as a page has them."""

from collections.abc import Callable
from typing import TypeVar

from blupkit import report
from blupkit.core import Edition
from blupkit.disclosure import SafeTable, select_edition

Made = TypeVar("Made")


def _chosen(make: Callable[..., Made]) -> Callable[..., Made]:
    def made(table: SafeTable, edition: Edition, **how: object) -> Made:
        return make(select_edition(table, edition), edition, **how)

    return made


plot_bars = _chosen(report.plot_bars)
plot_dumbbell = _chosen(report.plot_dumbbell)
plot_intervals = _chosen(report.plot_intervals)
plot_mirror = _chosen(report.plot_mirror)
table_groups = _chosen(report.table_groups)
table_measures = _chosen(report.table_measures)
