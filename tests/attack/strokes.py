"""What a drawing tells beside its table: a mark's place on its axis is a number with more digits than any printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from attack.seen import decimal, members, rows_of
from bs4 import BeautifulSoup, Tag
from drawn import drawings, marks
from lxml import etree

#: Coordinates are written with one decimal.
_PIXEL = 0.06
_NUMBER = re.compile(r"[−-]?\d+(?:\.\d{3})*(?:,\d+)?")


class Mark(NamedTuple):
    """A mark that stands where no number of its figure is."""

    page: str
    figure: str
    value: float
    nearest: float


def telling_marks(package: Path) -> tuple[list[Mark], int]:
    """Measure every mark on every axis of a package's pages; give those that no printed number explains.

    Where a figure's own table has no room for intervals, they stand in the tables that lie beside the page.
    """
    found, measured, files = [], 0, members(package)
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        beside = [rows_of(files[other]) for other in files if other.startswith(f"{name.split('/')[0]}/tabeller/")]
        ends = [row[end] for rows in beside for row in rows for end in ("Nedre grænse", "Øvre grænse") if row.get(end)]
        told = np.array([decimal(end) for end in ends])
        for figure in BeautifulSoup(content.decode("utf-8"), "lxml").select("figure"):
            caption = figure.select_one("figcaption")
            printed = np.concatenate([_printed(figure), told])
            for drawing in drawings(str(figure)):
                for value, slack in values_of(drawing):
                    measured += 1
                    nearest = printed[np.abs(printed - value).argmin()] if len(printed) else np.inf
                    if abs(nearest - value) > slack:
                        found.append(Mark(name, caption.get_text(" ")[:60] if caption else "", value, float(nearest)))
    return found, measured


def _printed(figure: Tag) -> np.ndarray:
    """Every number in the table of a figure, and in its words outside the drawing, whose ticks are no results."""
    words = (str(piece) for piece in figure.find_all(string=True) if not piece.find_parent("svg"))
    text = " ".join(words).replace("\N{SOFT HYPHEN}", "")
    return np.array([decimal(number) for number in _NUMBER.findall(text)] or [np.inf])


def values_of(drawing: etree._Element) -> Iterator[tuple[float, float]]:
    """Each mark's value on the axis, and how far off the drawing's last digit can have moved it."""
    axis = _axis(drawing)
    if axis is None:
        return
    zero, unit, top = axis
    for mark in marks(drawing):
        if mark.y > top and mark.kind != "z":
            for place in mark.x:
                yield (place - zero) / unit, _PIXEL / abs(unit) + 1e-9


def _axis(drawing: etree._Element) -> tuple[float, float, float] | None:
    """Where 0 is, how long 1 is, and where the axis stands."""
    ticks: dict[str, list[tuple[float, float]]] = {}
    for element in drawing.iter("text"):
        if "c" in element.get("class", "").split() and _NUMBER.fullmatch((element.text or "").strip()):
            ticks.setdefault(element.get("y"), []).append((decimal(element.text.strip()), float(element.get("x"))))
    most = Counter({y: len(points) for y, points in ticks.items()}).most_common(1)
    if not most or most[0][1] < 3:
        return None
    y = most[0][0]
    values, places = np.array(ticks[y]).T
    unit, zero = np.polyfit(values, places, 1)
    straight = np.abs(values * unit + zero - places).max() < 0.2 and len(set(values)) > 2
    return (float(zero), float(unit), float(y)) if straight else None
