"""The tab "Sammen": an area's numbers in the survey beside what was said and written about it."""

from __future__ import annotations

from typing import Final

from blupkit.app.exploring.choice import NOTHING, Choice, Control, Option, RefusedError
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.side_by_side import beside, dimension_options
from blupkit.display import ResultTable

_NONE: Final = "Undersøgelsen har ingen områder: spørgeskemaet peger ikke på en fil med dimensioner."


def together_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    areas = dimension_options(materials) if materials.study.survey else []
    if not areas:
        return []
    return [
        Control("dimension", "Område i spørgeskemaet", choice.dimension, [Option(NOTHING, "Vælg et område …"), *areas],
                thing="intet område")
    ]  # fmt: skip


def together_results(materials: Materials, choice: Choice) -> tuple[ResultTable, ...]:
    """Compute what is chosen in the tab.

    Raises
    ------
    RefusedError
        No area is chosen, or there is none.
    FileError, DataError
        The files cannot be read.
    """
    if not together_controls(materials, choice):
        raise RefusedError(_NONE)
    if not choice.dimension:
        raise RefusedError("Vælg et område for at se tallene ved siden af det, der er sagt og skrevet om det.")
    found = beside(materials, choice.dimension)
    return (found.survey, *found.said)
