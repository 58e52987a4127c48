"""The tab "Sammen": an area's numbers in the survey beside what was said and written about it."""

from __future__ import annotations

from blupkit.app.exploring.choice import Choice, Control
from blupkit.app.exploring.materials import Materials
from blupkit.display import ResultTable


def together_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    return []


def together_results(materials: Materials, choice: Choice) -> tuple[ResultTable, ...]:
    """Compute what is chosen in the tab."""
    return ()
