"""Reads the drawings of a page again: where each text and mark stands, and in which ink."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import matplotlib
from lxml import etree
from PIL import ImageFont

from blupkit.display.tokens import GROUP_COLOURS, WIDE
from blupkit.report.figures.svg import Sheet

#: DejaVu Sans comes with matplotlib: the widest typeface that a reader's system is likely to have.
FACES = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
#: The classes of `figures.css` that name an ink.
_INKS = {"k": "link", "m": "muted", "r": "rule", "z": "muted", "g0": "accent"}
_INKS |= {f"g{place}": f"group-{place}" for place in range(1, len(GROUP_COLOURS) + 1)}
_START = re.compile(r"M(-?[\d.]+) (-?[\d.]+)")


class Box(NamedTuple):
    """Where a text stands, in CSS pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


class Mark(NamedTuple):
    """The middle of a mark or the two ends of a stroke, and its token."""

    kind: str
    x: tuple[float, ...]
    y: float
    ink: str


def drawings(html: str) -> list[etree._Element]:
    """Give the drawings of a page or a figure: the wide one and then the narrow one of each."""
    return [etree.fromstring(svg) for svg in re.findall(r'<svg class="chart .*?</svg>', html, re.DOTALL)]


def words_of(drawing: etree._Element) -> list[str]:
    """Give each text, its lines joined."""
    return [" ".join("".join(text.itertext()).split()) for text in drawing.iter("{*}text")]


def ink_of(node: etree._Element) -> str:
    """Say in which of the tokens' colours something is drawn."""
    return next((_INKS[name] for name in node.get("class", "").split() if name in _INKS), "ink")


def boxes(drawing: etree._Element, small: float = WIDE.small) -> Iterator[tuple[str, Box]]:
    """Give every line of every text with its box; on paper the small letters of a wide drawing are larger."""
    for text in drawing.iter("{*}text"):
        look, y = text.get("class", "").split(), float(text.get("y"))
        size = float(text.get("font-size") or (small if "s" in look else WIDE.text))
        face = ImageFont.truetype(str(FACES / f"DejaVuSans{'-Bold' * ('b' in look)}.ttf"), size)
        anchor = "ms" if "c" in look else "rs" if "e" in look else "ls"
        for line in (text, *text):
            y += float(line.get("dy") or 0)
            words = (line.text or "").strip()
            left, top, right, bottom = face.getbbox(words, anchor=anchor)
            x = float(line.get("x"))
            yield words, Box(x + left, y + top, x + right, y + bottom)


def marks(drawing: etree._Element) -> Iterator[Mark]:
    """Give what carries meaning and is no text: discs and other marks, bars, and strokes with their ends."""
    for node in drawing.iter("{*}circle", "{*}path"):
        look = node.get("class", "").split()
        if node.get("cx"):
            yield Mark(look[0], (float(node.get("cx")),), float(node.get("cy")), ink_of(node))
        elif look[0] != "r":
            path = node.get("d")
            x, y = map(float, _START.match(path).groups())
            ends = tuple(float(end) for end in re.findall(r"H(-?[\d.]+)", path))[:1]
            yield Mark(look[0], (x, *ends), y, ink_of(node))


def unreadable(sheet: Sheet) -> list[str]:
    """Texts that are cut or run into another, on the screen that the sheet is for or on paper."""
    drawing = etree.fromstring(sheet.svg())
    return [said for small in (sheet.layout.small, sheet.layout.printed) for said in unreadable_at(drawing, small)]


def unreadable_at(drawing: etree._Element, small: float) -> list[str]:
    """Texts that reach over the edge of the picture, or into another text, by more than a pixel."""
    placed = list(boxes(drawing, small))
    width, height = float(drawing.get("width")), float(drawing.get("height"))
    cut = [words for words, box in placed if min(box.x0, box.y0) < -1 or box.x1 > width + 1 or box.y1 > height + 1]
    crossing = [
        f"{one} × {two}"
        for (one, a), (two, b) in combinations(placed, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]
    return cut + crossing
