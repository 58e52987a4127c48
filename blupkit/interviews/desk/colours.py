"""A colour for each theme, told apart by readers who see red and green alike; the number always stands beside it."""

from __future__ import annotations

from typing import Final

from blupkit.interviews.coding.codebook import Codebook

#: On a light and on a dark screen: each at least 3:1 against its ground, and far from every other for all eyes.
COLOURS: Final = (
    ("#4b87f0", "#44bbff"),
    ("#d2780f", "#dd4400"),
    ("#3c2d87", "#6655ff"),
    ("#789669", "#99ee88"),
    ("#d25aa5", "#cc2299"),
    ("#783c00", "#eedd11"),
    ("#4b2dd2", "#55eecc"),
    ("#5a2d2d", "#bb5555"),
)


def theme_colours(codebook: Codebook) -> dict[str, tuple[str, str, bool]]:
    """Give each theme its colour on a light screen, on a dark one, and whether its lines are broken.

    Parameters
    ----------
    codebook : Codebook
        The themes in their order: a new one, which comes last, changes no colour.

    Examples
    --------
    >>> import pandas as pd
    >>> nine = [str(number) for number in range(1, 10)]
    >>> colours = theme_colours(Codebook(pd.DataFrame({"code": nine, "theme": nine})))
    >>> colours["1"], colours["9"]
    (('#4b87f0', '#44bbff', False), ('#4b87f0', '#44bbff', True))
    """
    count = len(COLOURS)
    return {
        theme: (*COLOURS[place % count], place >= count and place // count % 2 == 1)
        for place, theme in enumerate(codebook.theme_names)
    }
