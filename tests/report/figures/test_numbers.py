"""Numbers as pages write them."""

from __future__ import annotations

from blupkit.disclosure import Status
from blupkit.report.figures.numbers import Cell


def test_a_number_without_an_interval_stands_alone() -> None:
    place = Cell("alle", "L", "1", "Lytte", "Plads", 2.0, 1.0, 4.0, 8, 1.0, 22.0, Status.FEW)
    assert place.measured(0, intervals=True) == "2 (1-4)*"
    assert place._replace(low=float("nan"), high=float("nan")).measured(0, intervals=True) == "2*"
