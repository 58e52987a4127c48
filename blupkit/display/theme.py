"""One theme for every figure that seaborn draws, made of the tokens; a group has a colour, a marker and a hatch."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import matplotlib as mpl
import seaborn as sns
from matplotlib.rcsetup import cycler

from blupkit.display.tokens import GROUP_COLOURS, GROUP_MARKERS, INK, MUTED, PAPER, RULE

#: What a bar is filled with beside its colour, so that the groups can be told apart in black and white.
HATCHES: Final = ("", "//", "..", "xx", "\\\\", "--")
_RULES: Final = {
    "axes.edgecolor": RULE,
    "axes.facecolor": PAPER,
    "axes.labelcolor": MUTED,
    "axes.titlecolor": INK,
    "figure.facecolor": PAPER,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # it comes with matplotlib: no machine lacks it, and it has æ, ø and å
    "grid.color": RULE,
    "hatch.color": PAPER,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
}


class Look(NamedTuple):
    """How one group is drawn: its colour, its marker and what its bars are filled with."""

    colour: str
    marker: str
    hatch: str


def look(place: int) -> Look:
    """Give the look of a group, by its place among the groups; after the sixth they come again.

    Parameters
    ----------
    place : int
        0 for the first.

    Examples
    --------
    >>> look(1)
    Look(colour='#D55E00', marker='s', hatch='//')
    """
    at = place % len(GROUP_COLOURS)
    return Look(GROUP_COLOURS[at], GROUP_MARKERS[at], HATCHES[at])


@contextmanager
def theme() -> Iterator[None]:
    """Tegn med undersøgelsens farver: `with theme(): sns.barplot(…)`.

    All that seaborn and matplotlib draw within has the tokens' colours, in the order of the groups; what was set before
    is set again afterwards.

    Examples
    --------
    >>> with theme():
    ...     mpl.rcParams["text.color"]
    '#1B2733'
    """
    rules: dict[Any, Any] = {**sns.axes_style("whitegrid"), **sns.plotting_context("notebook"), **_RULES}
    with mpl.rc_context({**rules, "axes.prop_cycle": cycler(color=GROUP_COLOURS)}):
        yield
