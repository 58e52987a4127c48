"""One small set of tokens that the page and the figures share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

#: Okabe and Ito's colours (2008), told apart by colour-blind readers, each at least 3:1 against white.
GROUP_COLOURS: Final = ("#0072B2", "#D55E00", "#009E73", "#7B5EA7", "#8A6A00", "#5A5A5A")
#: The group's marker says the same as its colour, for print in black and white.
GROUP_MARKERS: Final = ("o", "s", "D", "^", "v", "P")

INK: Final = "#1B2733"
MUTED: Final = "#55626E"
RULE: Final = "#D5DBE0"
#: The line that joins two marks.
LINK: Final = "#9AA7B2"
PAPER: Final = "#FFFFFF"
SHADE: Final = "#F3F6F8"
ACCENT: Final = "#0B4F7D"
WARNING: Final = "#8A3B00"

#: The typeface of page and figures: what the reader's own system has, so that nothing is loaded.
FONTS: Final = '"Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif'

TOKENS: Final = {
    "ink": INK,
    "muted": MUTED,
    "rule": RULE,
    "paper": PAPER,
    "shade": SHADE,
    "accent": ACCENT,
    "warning": WARNING,
    "fonts": FONTS,
}


@dataclass(frozen=True)
class Layout:
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
    """Give the tokens as CSS custom properties.

    Examples
    --------
    >>> css_tokens().splitlines()[0]
    '--ink: #1B2733;'
    """
    return "\n".join(f"--{name}: {value};" for name, value in TOKENS.items())


@cache
def page_style() -> str:
    """Give the style of every page: the tokens, and what is built on them."""
    css = (files("blupkit.report") / "templates" / "page.css").read_text("utf-8")
    return f":root {{\n{css_tokens()}\n}}\n{css}"
