"""A sheet that is drawn on in CSS pixels from its top left corner, and becomes a small SVG.

A figure here is a few hundred texts, lines and marks. As SVG it weighs a tenth of the image, is sharp on every screen
and is written in a hundredth of the time; docs/design.md has the figures.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape as escape_all
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from blupkit.display.tokens import FONTS, GROUP_COLOURS, GROUP_MARKERS, INK, NARROW, PAPER, RULE, WIDE, Layout

Anchor = Literal["start", "middle", "end"]
#: Draws for a layout: an SVG and its height.
Draw = Callable[[Layout], tuple[bytes, int]]
#: The outline of each marker for a radius of 1.
_OUTLINES: Final = {
    "s": "-1,-1 1,-1 1,1 -1,1",
    "D": "0,-1.3 1.3,0 0,1.3 -1.3,0",
    "^": "0,-1.1 1.15,1 -1.15,1",
    "v": "0,1.1 1.15,-1 -1.15,-1",
    "P": "-0.4,-1.2 0.4,-1.2 0.4,-0.4 1.2,-0.4 1.2,0.4 0.4,0.4 0.4,1.2 -0.4,1.2 -0.4,0.4 -1.2,0.4 -1.2,-0.4 -0.4,-0.4",
}


@dataclass
class Sheet:
    """A sheet of a given size.

    Parameters
    ----------
    layout : Layout
        Its width and the sizes of its letters.
    height : int
        Its height in CSS pixels.
    """

    layout: Layout
    height: int
    _parts: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        *,
        anchor: Anchor = "start",
        colour: str = INK,
        bold: bool = False,
        clear: bool = False,
    ) -> None:
        """Write words whose middle line is at `y`; `clear` keeps what lies under them off the letters."""
        # A third of the size under the middle: `dominant-baseline` is not the same in every browser.
        more = f' x="{_short(x)}" y="{_short(y + 0.35 * size)}" font-size="{size}"'
        more += "" if anchor == "start" else f' text-anchor="{anchor}"'
        more += "" if colour == INK else f' fill="{colour}"'
        more += ' font-weight="700"' if bold else ""
        more += f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if clear else ""
        self._parts.append(f"<text{more}>{escape(words)}</text>" if words else "")

    def line(
        self, x: Sequence[float], y: Sequence[float], *, colour: str = RULE, width: float = 1.0, rounded: bool = False
    ) -> None:
        """Draw a line between two points."""
        ends = f'x1="{_short(x[0])}" y1="{_short(y[0])}" x2="{_short(x[1])}" y2="{_short(y[1])}"'
        cap = ' stroke-linecap="round"' if rounded else ""
        self._parts.append(f'<line {ends} stroke="{colour}" stroke-width="{_short(width)}"{cap}/>')

    def marker(self, x: float, y: float, colour: str, marker: str, hollow: bool = False, size: float = 9.5) -> None:
        """Draw a mark whose middle is at a point."""
        if marker == "o":
            shape, width = f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_short(size / 2)}"', 2.0
        else:
            move = f"translate({_short(x)} {_short(y)}) scale({_short(size / 2)})"
            shape, width = f'<polygon transform="{move}" points="{_OUTLINES[marker]}"', 4 / size
        face = PAPER if hollow else colour
        self._parts.append(f'{shape} fill="{face}" stroke="{colour}" stroke-width="{_short(width)}"/>')

    def bar(self, start: float, end: float, y: float, colour: str, height: float = 8) -> None:
        """Draw a bar along the row whose middle is at `y`."""
        place = f'x="{_short(start)}" y="{_short(y - height / 2)}"'
        self._parts.append(f'<rect {place} width="{_short(end - start)}" height="{_short(height)}" fill="{colour}"/>')

    def svg(self) -> bytes:
        """Give the sheet as an SVG file; the same drawing gives the same bytes."""
        width, height = self.layout.width, self.height
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            f" font-family={quoteattr(FONTS)} fill={quoteattr(INK)}>"
        )
        paper = f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
        return f"{head}{paper}{''.join(self._parts)}</svg>".encode()


def _short(value: float) -> str:
    """A tenth of a pixel is finer than any screen.

    Examples
    --------
    >>> _short(3.04), _short(3.0), _short(0.42)
    ('3', '3', '0.42')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.1f}".removesuffix(".0")


def look(place: int) -> tuple[str, str]:
    """Give the colour and the marker of a group by its place in the study: the same on every page.

    Parameters
    ----------
    place : int
        From 0; after the last colour the first comes again.

    Examples
    --------
    >>> look(0), look(6) == look(0)
    (('#0072B2', 'o'), True)
    """
    return GROUP_COLOURS[place % len(GROUP_COLOURS)], GROUP_MARKERS[place % len(GROUP_MARKERS)]


@dataclass(frozen=True)
class Picture:
    """A drawing for two widths of screen.

    Parameters
    ----------
    wide, narrow : bytes
        SVG, drawn for a desktop and for a telephone.
    height : int
        Height of the wide one in CSS pixels.
    alt : str
        What the figure shows and its main finding.
    """

    wide: bytes
    narrow: bytes
    height: int
    alt: str

    def html(self) -> str:
        """The picture as an element that chooses by the screen's width and loads nothing."""
        size = f'width="{WIDE.width}" height="{self.height}"'
        return (
            f'<picture><source media="(max-width: 600px)" srcset="{_data_url(self.narrow)}">'
            f'<img src="{_data_url(self.wide)}" alt="{escape_all(self.alt)}" {size}></picture>'
        )


def _data_url(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")


def draw_both(draw: Draw, alt: str) -> Picture:
    """Draw a figure for a wide and for a narrow screen.

    Parameters
    ----------
    draw : callable
        Takes a `Layout` and gives an SVG and its height.
    alt : str
        The text for those who do not see it.

    Returns
    -------
    Picture
        Both drawings.
    """
    wide, height = draw(WIDE)
    return Picture(wide, draw(NARROW)[0], height, alt)
