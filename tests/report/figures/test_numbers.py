"""Numbers as pages write them."""

from __future__ import annotations

from blupkit.disclosure import Status
from blupkit.report.figures.numbers import Cell


def test_a_number_without_an_interval_stands_alone() -> None:
    place = Cell("alle", "L", "1", "Lytte", "Plads", 2.0, 1.0, 4.0, 8, 1.0, 22.0, Status.FEW)
    assert place.measured(0, intervals=True) == "2 (1-4)*"
    assert place._replace(low=float("nan"), high=float("nan")).measured(0, intervals=True) == "2*"


def test_a_place_that_is_certain_has_no_other_beside_it() -> None:
    place = Cell("alle", "L", "1", "Lytte", "Plads", 1.0, 1.0, 1.0, 40, 1.0, 22.0, Status.SHOWN)
    assert place.measured(0, intervals=True) == "1"
    assert place._replace(high=2.0).measured(0, intervals=True) == "1 (1-2)"
    assert place._replace(status=Status.FEW).measured(0, intervals=True) == "1*"
