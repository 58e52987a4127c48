"""A sheet that is drawn on in CSS pixels from its top left corner, and becomes a small drawing in the page itself.

A figure here is a few hundred texts, lines and marks. Its texts are the page's own: they can be marked, searched and
translated, and its colours are the page's tokens, so that a dark screen has a dark drawing. What marks look like stands
once a page in `figures.css`; docs/design.md has the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

from blupkit.display.tokens import GROUP_COLOURS, GROUP_MARKERS, INK, LIGHT, LINK, MUTED, NARROW, WIDE, Layout

Anchor = Literal["start", "middle", "end"]
#: Draws for a layout.
Draw = Callable[[Layout], "Sheet"]
#: The outline of each marker for a radius of 1, as steps from its middle.
_OUTLINES: Final = {
    "s": ((-1, -1), (2, 0), (0, 2), (-2, 0)),
    "D": ((0, -1.3), (1.3, 1.3), (-1.3, 1.3), (-1.3, -1.3)),
    "^": ((0, -1.1), (1.15, 2.1), (-2.3, 0)),
    "v": ((0, 1.1), (1.15, -2.1), (-2.3, 0)),
    "|": ((0, -2), (0, 4)),
    "P": (
        *((-0.4, -1.2), (0.8, 0), (0, 0.8), (0.8, 0), (0, 0.8), (-0.8, 0)),
        *((0, 0.8), (-0.8, 0), (0, -0.8), (-0.8, 0), (0, -0.8), (0.8, 0)),
    ),
}
#: What each ink is called in `figures.css`.
_CLASSES: Final = {
    INK: "",
    MUTED: "m",
    LINK: "k",
    LIGHT["accent"]: "g0",
    **{colour: f"g{place}" for place, colour in enumerate(GROUP_COLOURS, start=1)},
}
_ANCHORS: Final = {"start": "", "middle": "c", "end": "e"}


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
    _rules: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str | Sequence[str],
        size: int,
        *,
        anchor: Anchor = "start",
        colour: str = INK,
        bold: bool = False,
        clear: bool = False,
    ) -> None:
        """Write words, or lines of them, the first of which has its middle at `y`.

        Lines are one text, so that it can be marked, searched and translated as one; `clear` keeps what lies under
        them off the letters.
        """
        first, *more = [words] if isinstance(words, str) else words
        if not first:
            return
        small = "s" if size == self.layout.small else ""
        look = _classes(small, _ANCHORS[anchor], _CLASSES[colour], "b" * bold, "o" * clear)
        odd = "" if size in (self.layout.text, self.layout.small) else f' font-size="{size}"'
        # A third of the size under the middle: `dominant-baseline` is not the same in every browser.
        place, down = _short(x), self.layout.small + 3 if small or odd else size + 4
        lines = "".join(f' <tspan x="{place}" dy="{down}">{escape(line, quote=False)}</tspan>' for line in more)
        start = f'<text{look} x="{place}" y="{_short(y + 0.35 * size)}"{odd}>{escape(first, quote=False)}'
        self._parts.append(f"{start}{lines}</text>")

    def rule(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Draw a quiet line, level or upright; all of them lie under everything else."""
        self._rules.append(f"M{_short(x[0])} {_short(y[0])}{_onwards(x, y)}")

    def line(self, x: Sequence[float], y: Sequence[float], colour: str, look: str = "l") -> None:
        """Draw a line that carries meaning; its width goes with the look."""
        self._parts.append(
            f'<path{_classes(look, _CLASSES[colour])} d="M{_short(x[0])} {_short(y[0])}{_onwards(x, y)}"/>'
        )

    def marker(self, x: float, y: float, colour: str, marker: str, hollow: bool = False, size: float = 9.5) -> None:
        """Draw a mark whose middle is at a point."""
        look, radius = _classes("h" if hollow else "d", _CLASSES[colour]), size / 2
        if marker == "o":
            self._parts.append(f'<circle{look} cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"/>')
            return
        first, *steps = [" ".join(_short(radius * step) for step in pair) for pair in _OUTLINES[marker]]
        self._parts.append(f'<path{look} d="M{_short(x)} {_short(y)}m{first}l{" ".join(steps)}z"/>')

    def bar(self, start: float, end: float, y: float, colour: str, height: float = 8, *, hollow: bool = False) -> None:
        """Draw a bar along the row whose middle is at `y`."""
        path = f"M{_short(start)} {_short(y - height / 2)}H{_short(end)}v{_short(height)}H{_short(start)}z"
        self._parts.append(f'<path{_classes("h" if hollow else "q", _CLASSES[colour])} d="{path}"/>')

    def svg(self, screen: Literal["wide", "narrow"] = "wide", title: str = "", desc: str = "") -> str:
        """Give the sheet as an element of a page; the same drawing gives the same text.

        Parameters
        ----------
        screen : str
            Which screen it is for: the page shows one of them.
        title, desc : str
            What it is, and what it shows, for those who do not see it.
        """
        width, height = self.layout.width, self.height
        rules = f'<path class="r" d="{"".join(self._rules)}"/>' if self._rules else ""
        return (
            f'<svg class="chart {screen}" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f"<title>{escape(title, quote=False)}</title><desc>{escape(desc, quote=False)}</desc>"
            f"{rules}{''.join(self._parts)}</svg>"
        )


def _classes(*names: str) -> str:
    named = " ".join(filter(None, names))
    return f' class="{named}"' if named else ""


def _onwards(x: Sequence[float], y: Sequence[float]) -> str:
    return f"H{_short(x[1])}" if y[0] == y[1] else f"V{_short(y[1])}"


def _short(value: float) -> str:
    """A tenth of a pixel is finer than any screen.

    Examples
    --------
    >>> _short(3.04), _short(3.0), _short(0.42), _short(-0.04)
    ('3', '3', '0.4', '0')
    """
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 else "0"


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
    wide, narrow : str
        SVG, drawn for a desktop and for a telephone.
    title, desc : str
        What kind of figure it is, and its content and main finding.
    """

    wide: str
    narrow: str
    title: str
    desc: str

    def html(self) -> str:
        """Both drawings; the style shows the one for the screen, and nobody meets the other."""
        return f"{self.wide}{self.narrow}"


def draw_both(draw: Draw, title: str, desc: str) -> Picture:
    """Draw a figure for a wide and for a narrow screen.

    Parameters
    ----------
    draw : callable
        Takes a `Layout` and gives a sheet.
    title, desc : str
        The texts for those who do not see it.

    Returns
    -------
    Picture
        Both drawings.
    """
    return Picture(draw(WIDE).svg("wide", title, desc), draw(NARROW).svg("narrow", title, desc), title, desc)
