"""How pages and figures use the tokens: as CSS, and as the sizes of a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from blupkit.display.tokens import DARK, FONTS, LIGHT, PRINT, SIZES


class Layout(NamedTuple):
    """How wide a figure is drawn, and how large its letters are, in CSS pixels.

    Parameters
    ----------
    width : int
        Width of the whole figure.
    label : int
        Width of the column of labels; 0 puts each label above its row.
    text : int
        Size of labels and numbers.
    small : int
        Size of the ticks.
    """

    width: int
    label: int
    text: int
    small: int


WIDE: Final = Layout(width=720, label=270, text=14, small=12)
NARROW: Final = Layout(width=340, label=0, text=14, small=12)


def css_tokens() -> str:
    """Give the tokens as CSS custom properties, for light and dark screens and for paper.

    Examples
    --------
    >>> print(css_tokens()[:18])
    :root {--ink: #1B2
    """
    light = _properties({**LIGHT, **SIZES, "fonts": FONTS})
    dark, paper = _properties(DARK), _properties(PRINT)
    return (
        f":root {{{light} color-scheme: light dark; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{{dark}}} }}\n"
        f"@media print {{ :root {{{paper}}} }}"
    )


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


@cache
def page_style() -> str:
    """Give the style of every page: the tokens, and what is built on them."""
    css = (files("blupkit.report.pages") / "templates" / "page.css").read_text("utf-8")
    return f"{css_tokens()}\n{css}"
