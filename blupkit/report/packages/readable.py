"""Everything that can be read in a file that is sent: its text, and what lies under the text.

A new kind of file is one function that takes its bytes and gives its passages, and one line of `READERS`. A kind with a
format of its own, such as `.docx`, has a module beside this one. What is not named there cannot be sent.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from html import unescape
from pathlib import PurePath
from typing import Final
from urllib.parse import unquote

from lxml import html

from blupkit.core.excerpts import plain
from blupkit.report.figures.style import page_style, slides_style
from blupkit.report.packages.calendar import calendar
from blupkit.report.packages.office import office
from blupkit.report.packages.passage import ACTIVE, BAR, WHOLE, Kind, Passage, row_of
from blupkit.report.packages.workbook import workbook

_BLOCKS: Final = """
    address article aside blockquote body caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6
    header html li main nav ol p pre section summary table tbody td tfoot th thead title tr ul
"""
BLOCKS: Final = frozenset(_BLOCKS.split())
APART: Final = BLOCKS | {"br", "style", "script", "svg"}
#: What is read by itself, or by nobody.
UNREAD: Final = BLOCKS | {"style", "script", "svg"}
_ACTIVE: Final = "script noscript iframe object embed link base form template audio video"
FOREIGN: Final = {
    **dict.fromkeys(("code", "pre", "samp", "kbd"), "kode"),
    **dict.fromkeys(_ACTIVE.split(), ACTIVE),
    **dict.fromkeys(("img", "picture", "source", "canvas"), "et billede, der ikke kan gennemses"),
}
#: Where an element is, in what has been met up to it.
PLACES: Final = {
    **dict.fromkeys(("tr", "td", "th"), "tabel {table} på siden, række {tr}"),
    **dict.fromkeys(("table", "caption"), "tabel {table} på siden"),
    "svg": "billede {svg} på siden",
}
#: What a drawing of ours is made of, and its words for those who do not see it.
DRAWN: Final = frozenset(("svg", "path", "circle", "text", "tspan", "title", "desc"))
_LETTERS: Final = re.compile(r"[^\W\d_]{3}|@")
#: Attributes of a drawing that say where and how large, in numbers.
_PLACED: Final = frozenset(("x", "y", "dy", "cx", "cy", "r", "width", "height", "viewbox", "d", "font-size"))
_IN_NUMBERS: Final = re.compile(rf"\s(?:{'|'.join(sorted(_PLACED))})=\"[-\d. MHVmlvz]*\"", re.IGNORECASE)
_TAG: Final = re.compile(r"(?:<[^>]*>\s*)+")
#: Where a link may lead: elsewhere on the page, to another shared page of the package, to a person.
_LINKED: Final = re.compile(
    r"#|(?:mailto|tel):|(?!.*\bintern/)(?:\.\./)?[\w-]+(?:/[\w-]+)?\.html(?:#.*)?$", re.IGNORECASE
)
#: What else a browser fetches by, and how an address is written where none should be.
_FETCHING: Final = frozenset(
    ("action", "background", "cite", "data", "formaction", "manifest", "ping", "poster", "xlink:href")
)
_AWAY: Final = re.compile(r"url\(|(?:^|[\s'\"=,;])(?:(?:https?|ftp|file|javascript|vbscript):|//)", re.IGNORECASE)
#: What papermill, Jupyter and nbconvert write into a page or a notebook.
_MACHINERY: Final = re.compile(
    r"kernelspec|language_info|papermill|nbconvert|jp-(?:Cell|Input|Output)|Traceback \(most|\b(?:In|Out) ?\[\d*\]"
    r"|\.ipynb\b|\bimport (?:pandas|numpy|blupkit)\b|\bpd\.\w+\(|\b\w+(?:Error|Warning): | object at 0x"
)


def passages(name: str, content: bytes) -> list[Passage]:
    """Give everything that can be read in a file.

    Parameters
    ----------
    name : str
        Its name; the suffix says what it is: `.html`, `.csv`, `.xlsx`, `.docx`, `.pptx`, `.ics` or `.txt`.
    content : bytes
        What is in it.

    Returns
    -------
    list of Passage
        Blocks of text, rows, captions with their tables, attributes and their names, comments, the words in figures;
        and the file as a whole, for what a reader of HTML would pass over.

    Examples
    --------
    >>> [(str(passage.kind), passage.place, passage.cells) for passage in passages("a.csv", b"Emne;Gab")]
    [('række', 'række 1', ('Emne', 'Gab')), ('skjult', 'filen som helhed', ())]
    >>> [passage.text for passage in passages("a.exe", b"MZ")]
    ['en slags fil, der ikke kan gennemses']
    """
    read = READERS.get(PurePath(name).suffix)
    if read is None:
        return [Passage(Kind.FOREIGN, "filen", "en slags fil, der ikke kan gennemses")]
    return list(read(content))


def _decoded(read: Callable[[str], Iterable[Passage]], content: bytes) -> Iterable[Passage]:
    """Read a file that is text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    return [Passage(Kind.FOREIGN, "filen", "tegn, der ikke er tekst")] if "\0" in text else read(text)


def _lines(text: str) -> Iterator[Passage]:
    lines = enumerate(text.splitlines(), 1)
    yield from (Passage(Kind.TEXT, f"linje {place}", line) for place, line in lines if line.strip())
    yield Passage(Kind.HIDDEN, WHOLE, text)


def _table(text: str) -> Iterator[Passage]:
    for place, cells in enumerate(csv.reader(io.StringIO(text), delimiter=";"), start=1):
        yield row_of(f"række {place}", tuple(cells))
    yield Passage(Kind.HIDDEN, WHOLE, text)


def _page(text: str) -> Iterator[Passage]:
    whole = _IN_NUMBERS.sub("", text.replace(slides_style(), " ").replace(page_style(), " "))
    # Tags first: what an entity writes as "<" is text.
    yield Passage(Kind.HIDDEN, WHOLE, unquote(unescape(whole)))
    yield Passage(Kind.HIDDEN, WHOLE, unescape(_TAG.sub(BAR, whole)))
    if _MACHINERY.search(whole):
        yield Passage(Kind.FOREIGN, WHOLE, "notesbogens egne oplysninger eller kode")
    if "<!--" in whole:
        yield Passage(Kind.FOREIGN, WHOLE, "en kommentar")
    met = Counter[str]()
    drawn: set[html.HtmlElement] = set()
    for element in html.document_fromstring(text).iter():
        if element in drawn:
            continue
        if not isinstance(element.tag, str):
            yield Passage(Kind.HIDDEN, "en kommentar", str(element.text or ""))
            continue
        met[element.tag] += "narrow" not in element.get("class", "").split()  # the same picture for another screen
        if element.tag == "table":
            met["tr"] = 0
        place = _place(element, met)
        if element.tag == "svg":
            drawn.update(element.iterdescendants())
            yield from _drawing(element, f"{place}, i tegningen")
        yield from _element(element, place)
        yield from _attributes(element, place)


def _place(element: html.HtmlElement, met: Counter[str]) -> str:
    """Tell a place without the page's words: by how many sections, tables, images and rows have been met."""
    elsewhere = "afsnit {h2} på siden" if met["h2"] else "sidens top"
    return PLACES.get(element.tag, elsewhere).format_map(met)


def _element(element: html.HtmlElement, place: str) -> Iterator[Passage]:
    tag = element.tag
    if tag in FOREIGN:
        yield Passage(Kind.FOREIGN, place, FOREIGN[tag])
    if tag == "style" and plain(str(element.text or "")) not in ("", *map(plain, (page_style(), slides_style()))):
        yield Passage(Kind.FOREIGN, place, "en stil, der ikke er sidernes")
    if tag == "tr":
        yield row_of(place, tuple(plain(_text(cell)) for cell in element.iterfind("./*")))
    elif tag == "dd" and (head := element.getprevious()) is not None:
        yield row_of(place, (plain(_text(head)), plain(_text(element))))
    elif tag in {"figure", "table"}:
        yield Passage(Kind.FIGURE, place, plain(BAR.join(element.itertext())))
    elif tag in BLOCKS and (text := _text(element, own=True)):
        yield Passage(Kind.TEXT, place, text)


def _text(element: html.HtmlElement, *, own: bool = False) -> str:
    """Join an element's words, or only those in no block inside it; a line break or a block sets them apart."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            apart = " " * (child.tag in APART)
            parts += [apart, "" if own and child.tag in UNREAD else _text(child), apart]
        parts.append(child.tail or "")
    return plain("".join(parts)) if own else "".join(parts)


def _attributes(element: html.HtmlElement, of: str) -> Iterator[Passage]:
    for name, written in element.attrib.items():
        value, place = written.strip(), f"{of}, en attribut"
        if name.startswith("on") or name in _FETCHING or (name == "http-equiv" and value.casefold() == "refresh"):
            yield Passage(Kind.FOREIGN, place, ACTIVE)
        if name == "data-audience" and value != "deling":
            yield Passage(Kind.FOREIGN, "siden", "en side, der kun er til konsulenten")
        if name == "data-internal":
            yield Passage(Kind.FOREIGN, place, "en tabel, der kun er til konsulenten")
        if name in {"src", "srcset"} or (not _LINKED.match(value) if name == "href" else _AWAY.search(value)):
            yield Passage(Kind.FOREIGN, place, "en henvisning ud af pakken")
        yield Passage(Kind.HIDDEN, place, f"{name} {unquote(value)}")


def _drawing(drawing: html.HtmlElement, place: str) -> Iterator[Passage]:
    """Read what is drawn: its words in their order, what it says to those who do not see it, and whatever else it has.

    Where and how large something is, in numbers, is no word, and is taken out of it.
    """
    nodes = list(drawing.iterdescendants())
    texts = [node for node in nodes if node.tag == "text"]
    columns = tuple(node.get("x", "") for node in texts)
    for node in (drawing, *nodes):
        for name in set(node.attrib) & _PLACED:
            if not _LETTERS.search(node.attrib[name]):
                del node.attrib[name]
    if any(node.tag not in DRAWN for node in nodes):
        yield Passage(Kind.FOREIGN, place, "noget, der ikke er tegnet af programmet")
    words = [plain("".join(node.itertext())) for node in texts]
    yield Passage(Kind.FIGURE, place, BAR.join(words), tuple(words), columns)
    around = [drawing.text, *(piece for node in nodes for piece in (node.text, node.tail))]
    pieces = [str(piece) for piece in around if piece and piece.strip()]
    yield from (Passage(Kind.HIDDEN, place, piece) for piece in sorted({*words, *pieces}))
    yield from (passage for node in nodes for passage in _attributes(node, place))


#: What reads which kind of file.
READERS: Final[dict[str, Callable[[bytes], Iterable[Passage]]]] = {
    ".html": partial(_decoded, _page),
    ".csv": partial(_decoded, _table),
    ".txt": partial(_decoded, _lines),
    ".xlsx": workbook,
    ".docx": office,
    ".pptx": office,
    ".ics": calendar,
}
