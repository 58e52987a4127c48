"""The tab "Interview og åbne svar": words, themes, groups and directions, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blupkit.app.exploring.choice import Choice, Control
from blupkit.app.exploring.materials import Materials
from blupkit.display import ResultTable


def words_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    return [Control("words", "Søg i alt, der er sagt og skrevet", choice.words, kind="text", button="Søg")]


def settled(choice: Choice, changes: Mapping[str, Any]) -> Choice:
    """Give the choice as she means it."""
    return choice


def words_results(materials: Materials, choice: Choice) -> tuple[ResultTable, ...]:
    """Compute what is chosen in the tab."""
    return ()
