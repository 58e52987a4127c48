"""The cells of a workbook that a reader of values does not tell of: errors, formulas without result, long numbers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

#: How much of a sheet is looked at at a time.
_PIECE: Final = 1 << 22
_ADDRESS: Final = re.compile(r"([A-Z]+)([0-9]+)")
_ATTRIBUTE: Final = re.compile(rb"""\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LONG: Final = re.compile(r"-?\d{16,}(?:\.\d*)?")
Place = tuple[int, int]


class Marked(NamedTuple):
    """Cells of a sheet, by row and column from 1.

    Parameters
    ----------
    errors : dict
        Those with an error value: what stands there, such as "#N/A".
    bare : list
        Those with a formula that nobody has computed.
    long : dict
        Numbers with more digits than a spreadsheet keeps, as they are written.
    rows : int
        How many rows hold a cell with a value, an empty text counted in: a second count, and never less than there are.
    """

    errors: dict[Place, str]
    bare: list[Place]
    long: dict[Place, str]
    rows: int = 0


class OddError(Exception):
    """A sheet is written in a way that only a parser understands."""


def marked_cells(path: Path, sheet: str, *, digits: bool = False) -> Marked:
    """Find the cells of a sheet that must not be taken for empty or for exact.

    The bytes are searched rather than parsed, which takes a tenth of the time; a parser reads what is written oddly.

    Parameters
    ----------
    path : pathlib.Path
        `.xlsx` or `.xlsm`.
    sheet : str
        A sheet that it has.
    digits : bool
        Whether long numbers are looked for too.

    Raises
    ------
    KeyError, ValueError, OSError, zipfile.BadZipFile, and others
        The file is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        part, unsaved = _part(archive, sheet)
        try:
            with archive.open(part) as stream:
                return searched(stream, unsaved=unsaved, digits=digits)
        except OddError:
            with archive.open(part) as stream:
                return parsed(stream, unsaved=unsaved, digits=digits)


def is_whole(path: Path, sheet: str) -> bool:
    """Tell whether a sheet is well formed, and each of its rows and cells has a place of its own.

    Parameters
    ----------
    path : pathlib.Path
        `.xlsx` or `.xlsm`.
    sheet : str
        A sheet that it has.
    """
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_part(archive, sheet)[0]) as stream:
            parsed(stream, unsaved=False, digits=False, strict=True)
    except (ValueError, OddError, expat.ExpatError):
        return False
    return True


def _part(archive: zipfile.ZipFile, sheet: str) -> tuple[str, bool]:
    """Find a sheet's file, and whether no spreadsheet has saved the workbook since a program wrote it."""
    members = {name.replace("\\", "/").lstrip("/").casefold(): name for name in archive.namelist()}

    def read(name: str) -> ElementTree.Element:
        raw = archive.read(members[name.casefold()])
        if b"<!" in raw:  # such a file needs no document type, and attacks are made with one
            raise ValueError(name)
        return ElementTree.fromstring(raw)

    book = next(
        (one.get("Target", "") for one in read("_rels/.rels") if one.get("Type", "").endswith("/officeDocument")),
        "xl/workbook.xml",
    ).lstrip("/")
    place = PurePosixPath(book)
    root, targets = read(book), read(str(place.parent / "_rels" / f"{place.name}.rels"))
    number = next(
        value
        for one in root.iter()
        if _local(one.tag) == "sheet" and one.get("name") == sheet
        for key, value in one.items()
        if _local(key) == "id" and key != "id"
    )
    target = next(one.get("Target", "") for one in targets if one.get("Id") == number)
    inside = PurePosixPath(target.lstrip("/")) if target.startswith("/") else place.parent / target
    unsaved = any(
        _local(one.tag) == "calcPr" and one.get("fullCalcOnLoad", "0") in {"1", "true"} for one in root.iter()
    )
    return members[_resolved(inside).casefold()], unsaved


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class _Found:
    """What has been found so far."""

    def __init__(self, *, unsaved: bool, digits: bool) -> None:
        self.marked, self._unsaved, self._digits = Marked({}, [], {}), unsaved, digits

    def cell(self, place: Place, kind: str, value: str | None, *, formula: bool) -> None:
        """Look at one cell: its type, what stands in it (None where there is no place for a value)."""
        value = None if value is None else value.strip()
        if kind == "e":
            self.marked.errors[place] = value or "#N/A"
        elif formula and (value is None or (value == "" and kind != "str")):
            self.marked.bare.append(place)
        elif formula and self._unsaved and value == "0" and kind in {"", "n"}:
            # Programs that do not compute write 0, and ask the spreadsheet to do it.
            self.marked.bare.append(place)
        elif self._digits and kind in {"", "n"} and _LONG.fullmatch(value or ""):
            self.marked.long[place] = (value or "").partition(".")[0]


def _place(address: str) -> Place:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise OddError(address)
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match[2]), column


def searched(stream: IO[bytes], *, unsaved: bool, digits: bool) -> Marked:
    """Search a sheet's bytes.

    Raises
    ------
    OddError
        It is written in a way that only `parsed` understands.
    """
    found = _Found(unsaved=unsaved, digits=digits)
    rest = stream.read(_PIECE)
    root = re.search(rb"<((?:[\w.-]+:)?)worksheet[\s>]", rest)
    if root is None or b"\0" in rest[:200]:
        raise OddError
    name = root[1]
    end = b"</" + name + b"c>"
    marks = _patterns(re.escape(name), unsaved=unsaved, digits=digits)
    start = rest.find(b"?>") + 2 if rest.startswith((b"<?", b"\xef\xbb\xbf<?")) else 0
    rest, rows, within = rest[start:], 0, False
    while True:
        more = stream.read(_PIECE)
        cut = rest.rfind(end) + len(end) if more else len(rest)
        if cut >= len(end):
            _search(rest[:cut], name, marks, found)
            # The first of them goes on with the row that the last piece ended in.
            filled = [
                b"<" + name + b"v" in row or b"<" + name + b"is" in row
                for row in rest[:cut].split(b"<" + name + b"row")
            ]
            rows += sum(filled) - (filled[0] and within)
            within = filled[-1] or (len(filled) == 1 and within)
            rest = rest[cut:]
        if not more:
            return found.marked._replace(rows=rows)
        rest += more


def _patterns(name: bytes, *, unsaved: bool, digits: bool) -> list[tuple[bytes, re.Pattern[bytes]]]:
    """Give what may lie in a cell that must be looked at, each with bytes that it cannot be without."""
    full = rb"\s*<%sv(?:\s[^<>]*)?>\s*[^<\s]" % name
    whole = [b"</" + name + b"f", b"<" + name + b"f"]
    patterns = [
        (b'"e"', re.compile(rb'"e"')),
        (b"'e'", re.compile(rb"'e'")),
        (whole[0], re.compile(rb"</%sf\s*>(?!%s)" % (name, full))),
        (whole[1], re.compile(rb"<%sf(?:\s[^<>]*)?/>(?!%s)" % (name, full))),
    ]
    if unsaved:
        patterns.append((whole[0], re.compile(rb"</%sf\s*>\s*<%sv>\s*0\s*<" % (name, name))))
        patterns.append((whole[1], re.compile(rb"<%sf(?:\s[^<>]*)?/>\s*<%sv>\s*0\s*<" % (name, name))))
    if digits:
        patterns.append((b"<", re.compile(rb"<%sv>\s*-?\d{16}" % name)))
    return [(mark.replace(b"\\", b""), pattern) for mark, pattern in patterns]


def _search(piece: bytes, name: bytes, marks: list[tuple[bytes, re.Pattern[bytes]]], found: _Found) -> None:
    if b"<!" in piece or b"<?" in piece:
        raise OddError
    seen = {
        _cell_before(piece, hit.end() - 1, name)
        for mark, pattern in marks
        if mark in piece
        for hit in pattern.finditer(piece)
    }
    for start in sorted(seen - {-1}):
        tag_end = piece.index(b">", start)
        tag = {
            key.decode(): (double or single).decode()
            for key, double, single in _ATTRIBUTE.findall(piece[start:tag_end])
        }
        inside = b"" if piece[tag_end - 1 : tag_end] == b"/" else piece[tag_end + 1 : _cell_end(piece, tag_end, name)]
        value = re.search(rb"<%sv(?:\s[^<>]*)?(?:/>|>([^<]*))" % re.escape(name), inside)
        formula = re.search(rb"<%sf[\s/>]" % re.escape(name), inside) is not None
        if "r" not in tag:
            raise OddError
        text = None if value is None else (value[1] or b"").decode()
        text = "" if text is None and b"<" + name + b"is" in inside and tag.get("t") == "inlineStr" else text
        found.cell(_place(tag["r"]), "str" if tag.get("t") == "inlineStr" else tag.get("t", ""), text, formula=formula)


def _cell_end(piece: bytes, start: int, name: bytes) -> int:
    end = piece.find(b"</" + name + b"c>", start)
    return len(piece) if end < 0 else end


def _cell_before(piece: bytes, hit: int, name: bytes) -> int:
    """Find where the cell begins that something was found in; -1 where it is no cell's."""
    tag, start = b"<" + name + b"c", hit
    while (start := piece.rfind(tag, 0, start)) >= 0:
        after = piece[start + len(tag) : start + len(tag) + 1]
        if after.isspace() or after == b">":
            return start if _cell_end(piece, start, name) >= hit else -1
    return -1


def parsed(stream: IO[bytes], *, unsaved: bool, digits: bool, strict: bool = False) -> Marked:
    """Read a sheet with a parser, and count the cells that do not say where they are.

    Raises
    ------
    ValueError
        It has a document type, which no such file needs and which attacks are made with. Or, where that is not to be,
        two rows or cells are in one place.
    xml.parsers.expat.ExpatError
        It is damaged.
    """
    found = _Found(unsaved=unsaved, digits=digits)
    cells = _Cells(found, strict=strict)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = cells.begin, cells.end
    parser.CharacterDataHandler = cells.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for piece in _pieces(stream):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found.marked._replace(rows=cells.rows)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_PIECE):
        yield piece


def _refuse_doctype(*_: Any) -> None:  # noqa: ANN401 - as the parser calls it
    raise ValueError


class _Cells:
    """What a parser tells of, put together into cells."""

    def __init__(self, found: _Found, *, strict: bool) -> None:
        self._found, self._strict = found, strict
        self.rows, self._counted = 0, False
        self._row = self._column = 0
        self._kind, self._formula = "", False
        self._value: list[str] | None = None
        self._inside: str = ""

    def begin(self, name: str, about: dict[str, str]) -> None:
        self._inside = _local(name)
        row, column = self._row, self._column
        if self._inside == "row":
            self._row, self._column, self._counted = int(about.get("r", self._row + 1)), 0, False
            self._check(in_order=self._row > row)
        elif self._inside == "c":
            self._row, self._column = _place(about["r"]) if "r" in about else (self._row, self._column + 1)
            self._check(in_order=self._row == row and self._column > column)
            self._kind, self._formula, self._value = about.get("t", ""), False, None
        elif self._inside in {"v", "is"}:
            if self._inside == "v" or self._kind == "inlineStr":
                self._value = []
            self.rows += not self._counted
            self._counted = True
        self._formula = self._formula or self._inside == "f"

    def _check(self, *, in_order: bool) -> None:
        if self._strict and not in_order:
            raise ValueError(self._row, self._column)

    def text(self, text: str) -> None:
        if self._inside == "v" and self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        self._inside = ""
        if _local(name) == "c":
            kind = "str" if self._kind == "inlineStr" else self._kind
            value = None if self._value is None else "".join(self._value)
            self._found.cell((self._row, self._column), kind, value, formula=self._formula)
