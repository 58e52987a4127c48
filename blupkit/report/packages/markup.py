"""One part of a Word file or of slides: everything that its XML says, to a reader and to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from lxml import etree

from blupkit.core.reading.documents.package import attribute, first, local
from blupkit.report.packages.passage import ACTIVE, BAR, Kind, Passage, row_of

#: What sets words apart within a paragraph, and what only looks so.
_SIGNS: Final = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_TRACKED: Final = "en sporet ændring"
_CONCEALED: Final = "skjult tekst"
_CHANGES: Final = "del ins moveFrom moveTo delText delInstrText cellDel cellIns"
_FETCHING: Final = """
    altChunk subDoc object OLEObject oleObj control contentPart audioFile videoFile wavAudioFile quickTimeFile cmd
"""
#: Elements that must not be there at all → what they are.
_FOREIGN: Final = {
    **dict.fromkeys(_CHANGES.split(), _TRACKED),
    **dict.fromkeys(("vanish", "webHidden", "specVanish"), _CONCEALED),
    **dict.fromkeys(_FETCHING.split(), ACTIVE),
}
#: What is not seen where the words stand: it may part a word in two, or be put together of its own.
_UNSEEN: Final = frozenset(("del", "moveFrom", "delText", "instrText", "delInstrText"))
#: The only fields there are: those that count sheets and slides.
_FIELDS: Final = frozenset({"PAGE", "NUMPAGES"})
_FIELD_KIND: Final = re.compile(r"slidenum|datetime\w*")
#: Attributes that say where, how large and which, in numbers alone.
_NUMBERED: Final = "x y cx cy w h l t r b pos id idx ang dist marL indent sz spc lIns tIns rIns bIns type val spid"
_MEASURES: Final = frozenset(_NUMBERED.split())
_MEASURE: Final = re.compile(r"-?\d+(?:\.\d+)?%?|\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?")
#: Where a link may lead: to a place in the file, or to a person.
_LINKED: Final = re.compile(r"#|(?:mailto|tel):", re.IGNORECASE)


def markup(root: etree._Element, place: str) -> Iterator[Passage]:
    """Give everything that a part says.

    Parameters
    ----------
    root : lxml element
        Its root, with comments and instructions.
    place : str
        Which part it is, in Danish and without a word of it.

    Yields
    ------
    Passage
        Each paragraph with its runs joined: all of it, what is seen of it, and what is not; rows of tables and of
        charts; what stands in attributes, in comments and outside paragraphs; and what must not be there.

    Examples
    --------
    >>> xml = "<w><p><r><t>Bir</t></r><r><t>the</t></r></p><!-- x --></w>"
    >>> [(str(one.kind), one.place, one.text) for one in markup(etree.fromstring(xml), "teksten")]
    [('tekst', 'teksten, afsnit 1', 'Birthe'), ('fremmed', 'teksten', 'en kommentar'), ('skjult', 'teksten', ' x ')]
    """
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    swept = _Swept(place)
    swept.take(root, None)
    yield from swept.passages()
    yield from _rows(root, place)
    yield from _series(root, place)
    for element in [*beside, *root.iter()]:
        yield from _marks(element, place)
    values = {f"{name} {unquote(value)}" for element in root.iter(etree.Element) for name, value in _told(element)}
    yield from (Passage(Kind.HIDDEN, f"{place}, en egenskab", value) for value in sorted(values))


@dataclass
class _Pieces:
    """The words of a paragraph as they follow each other, each with whether it is seen."""

    kind: Kind
    said: list[tuple[str, bool]] = field(default_factory=list)

    def readings(self) -> Iterable[str]:
        every = "".join(text for text, _ in self.said)
        seen, unseen = ("".join(text for text, shown in self.said if shown == wanted) for wanted in (True, False))
        return dict.fromkeys(text for text in (every, seen, unseen) if text.strip())


@dataclass
class _Swept:
    """A part while it is read: what each paragraph says, and each element that stands in none."""

    place: str
    found: list[_Pieces] = field(default_factory=list)

    def take(self, element: etree._Element, within: _Pieces | None, *, seen: bool = True) -> None:
        name = local(element)
        if not name:
            return
        seen = seen and name not in _UNSEEN and not _is_concealed(element)
        if name == "p":
            within = _Pieces(Kind.TEXT)
            self.found.append(within)
        own = within
        if own is None and (element.text or "").strip():
            own = _Pieces(Kind.HIDDEN)
            self.found.append(own)
        if own is not None:
            own.said.append((_SIGNS.get(name, "") + (element.text or ""), seen))
        for child in element:
            self.take(child, within, seen=seen)
            if child.tail and child.tail.strip():
                (within or self._loose()).said.append((child.tail, seen))

    def _loose(self) -> _Pieces:
        self.found.append(_Pieces(Kind.HIDDEN))
        return self.found[-1]

    def passages(self) -> Iterator[Passage]:
        paragraph = 0
        for pieces in self.found:
            paragraph += pieces.kind == Kind.TEXT
            where = f"{self.place}, afsnit {paragraph}" if pieces.kind == Kind.TEXT else self.place
            yield from (Passage(pieces.kind, where, text) for text in pieces.readings())


def _is_concealed(element: etree._Element) -> bool:
    return local(element) == "r" and first(element, "rPr", "vanish") is not None


def _marks(element: etree._Element, place: str) -> Iterator[Passage]:
    """Tell of what must not be there at all."""
    if not isinstance(element.tag, str):
        yield Passage(Kind.FOREIGN, place, "en kommentar")
        yield Passage(Kind.HIDDEN, place, str(element.text or ""))
        return
    name = local(element)
    if name in _FOREIGN:
        yield Passage(Kind.FOREIGN, place, _FOREIGN[name])
    if name == "instrText" and (element.text or "").strip() not in _FIELDS:
        yield Passage(Kind.FOREIGN, place, ACTIVE)
    if name == "fldSimple" or (name == "fld" and not _FIELD_KIND.fullmatch(attribute(element, "type") or "")):
        yield Passage(Kind.FOREIGN, place, ACTIVE)
    if name == "sld" and attribute(element, "show") in ("0", "false"):
        yield Passage(Kind.FOREIGN, place, "et skjult dias")
    if name == "cNvPr" and attribute(element, "hidden") in ("1", "true"):
        yield Passage(Kind.FOREIGN, place, _CONCEALED)
    if name == "sym" and attribute(element, "char"):
        yield Passage(Kind.FOREIGN, place, "et tegn, der ikke kan gennemses")
    away = attribute(element, "Target") or "" if attribute(element, "TargetMode") == "External" else "#"
    if name == "Relationship" and not _LINKED.match(away):
        yield Passage(Kind.FOREIGN, place, "en henvisning ud af pakken")


def _told(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        bare = name.rpartition("}")[2]
        if not (bare in _MEASURES and _MEASURE.fullmatch(value)):
            yield bare, value


def _rows(root: etree._Element, place: str) -> Iterator[Passage]:
    tables = [element for element in root.iter(etree.Element) if local(element) == "tbl"]
    for number, table in enumerate(tables, start=1):
        rows = [element for element in table.iter(etree.Element) if local(element) == "tr"]
        for count, row in enumerate(rows, start=1):
            cells = [cell for cell in row.iter(etree.Element) if local(cell) == "tc"]
            readings = (tuple(_text(cell, seen=seen) for cell in cells) for seen in (False, True))
            yield from (row_of(f"{place}, tabel {number}, række {count}", read) for read in dict.fromkeys(readings))


def _text(cell: etree._Element, *, seen: bool) -> str:
    """Give all that a cell says, or what is seen of it."""
    swept = _Swept("")
    swept.take(cell, None)
    return " ".join("".join(text for text, shown in pieces.said if shown or not seen) for pieces in swept.found)


def _series(root: etree._Element, place: str) -> Iterator[Passage]:
    """Read what a chart draws as the rows of a table: a category, and each series' value in it."""
    series = [element for element in root.iter(etree.Element) if local(element) == "ser"]
    if not series:
        return
    names = [BAR.join(_points(first(each, "tx")).values()) for each in series]
    yield row_of(f"{place}, række 1", ("", *names))
    categories: dict[str, str] = {}
    for each in series:
        categories |= _points(first(each, "cat")) | _points(first(each, "xVal"))
    values = [_points(first(each, "val")) | _points(first(each, "yVal")) for each in series]
    for count, index in enumerate(dict.fromkeys([*categories, *(key for each in values for key in each)]), start=2):
        cells = (categories.get(index, ""), *(each.get(index, "").replace(".", ",") for each in values))
        yield row_of(f"{place}, række {count}", cells)


def _points(element: etree._Element | None) -> dict[str, str]:
    """Give the points of a chart's data by their number."""
    points = [] if element is None else [each for each in element.iter(etree.Element) if local(each) == "pt"]
    return {attribute(each, "idx") or "": "".join(str(part) for part in each.itertext()).strip() for each in points}
