"""What is said while pages are made: how many there are, and how long it may still take."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console

from blupkit.cli.console import Teller
from blupkit.report import Outcome


def test_the_wait_for_the_decision_is_no_measure_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages at 3, 4, 40, 41 and 42 seconds: all but the longest wait are 3, 1, 1 and 1, so 1.5 for each of the rest."""
    clock = iter([0.0, 3.0, 4.0, 40.0, 41.0, 42.0])
    monkeypatch.setattr("blupkit.cli.console.time", SimpleNamespace(monotonic=lambda: next(clock)))
    said = io.StringIO()
    teller = Teller(Console(file=said, width=120), total=7)
    teller.begin()
    for name in "abcde":
        teller.tell(Outcome(SimpleNamespace(name=name), Path(name), 1.0, "", kept=False))
    teller.tell(Outcome(SimpleNamespace(name="f"), Path("f"), 0.0, "", kept=True))
    left = [line.partition("ca. ")[2] for line in said.getvalue().splitlines()]
    # After the third: (3 + 1) / 2 for each of four; after the fourth: 5 / 3 for three; then 6 / 4 for two, and for one.
    assert left == ["", "", "8 s tilbage", "5 s tilbage", "3 s tilbage", "2 s tilbage"]
