"""What finished packages tell of the workshops' evaluations, read off their pages as anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from attack.evaluated import TOTAL
from attack.seen import decimal, members
from lxml import html

#: A printed mean has one decimal.
HALF = 0.05
_OF_GROUP = re.compile(r"([\d,]+) \(n = (\d+)\)")
_CHOSE = r"(?i){}: (\d+) af (\d+) valgte 9 eller 10"
_ENDS = re.compile(r"([\d,]+) eller (højere|lavere)")


class Printed(NamedTuple):
    """A table as a page has it, in place of the release's own."""

    frame: pd.DataFrame


class Told(dict[str, Printed]):
    """The tables of evaluations that pages have."""

    @property
    def tables(self) -> dict[str, Printed]:
        return self


def on_pages(packages: Iterable[Path], items: Mapping[str, str], groups: Mapping[str, str]) -> Told:
    """Read each number on how a workshop went: `items` are the questions by their short names, `groups` by theirs."""
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for package in packages:
        for name, content in members(package).items():
            if name.endswith(".html"):
                folder = name.split("/")[0]
                for row in _numbers(content, TOTAL if folder == "faelles" else folder, items, groups):
                    rows[row["municipality"], row["group"], row["item"]] = row
    return Told(evaluering_workshop=Printed(pd.DataFrame(list(rows.values()))))


def _numbers(
    content: bytes, place: str, items: Mapping[str, str], groups: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    page = html.fromstring(content.decode())
    for table in page.iter("table"):
        head, *lines = [[_plain(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        for label, *cells in (line for line in lines if line and line[0].casefold() in items):
            item = items[label.casefold()]
            if head[1:] == ["Gennemsnit", "Besvarelser"]:
                yield from _row(place, TOTAL, item, cells[0], cells[1])
            elif set(map(str.casefold, head[1:])) <= set(groups):
                for group, cell in zip(head[1:], cells, strict=True):
                    if found := _OF_GROUP.match(cell):
                        yield from _row(place, groups[group.casefold()], item, found[1], found[2])
    text = _plain(page)
    for label, item in items.items():
        for chose, n in re.findall(_CHOSE.format(re.escape(label)), text):
            said = {"municipality": place, "group": TOTAL, "item": item, "measure": "Valgte 9 eller 10"}
            yield said | {"value": 100 * int(chose) / int(n), "n": int(n), "half": 0.0, "status": "vist"}


def _row(place: str, group: str, item: str, cell: str, n: str) -> Iterator[dict[str, Any]]:
    where = {"municipality": place, "group": group, "item": item, "measure": "Gennemsnit"}
    if not n.isdecimal():
        return
    if found := _ENDS.match(cell):
        yield where | {"bound": decimal(found[1]), "status": "groft", "n": int(n)}
    elif cell.rstrip("*").replace(",", "").isdecimal():
        yield where | {"value": decimal(cell.rstrip("*")), "n": int(n), "half": HALF, "status": "vist"}


def _plain(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\N{SOFT HYPHEN}", "").replace("\N{NO-BREAK SPACE}", " ").split())
