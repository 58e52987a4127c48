"""The cells of a workbook that is sent; one that holds anything else is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lxml import etree

from blupkit.core.spreadsheet import excel_workbook
from blupkit.report.packages.passage import BAR, WHOLE, Kind, Passage, row_of

#: A sign that a workbook writes in another way.
_ESCAPED: Final = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
#: How much a file of ours may unpack into, in all.
LARGEST: Final = 200_000_000
#: What is raised on reading a workbook that is damaged, locked or another's.
_DAMAGED: Final = (
    *(ValueError, LookupError, ArithmeticError, TypeError, OSError, RuntimeError),
    *(etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error),
)


def workbook(content: bytes) -> Iterator[Passage]:
    """Read a workbook of the tables: written anew from what was read in it, it must be the same file to the last byte.

    So nothing is in it but sheets, their names and cells: no formula, comment, hidden sheet, property or picture.
    """
    try:
        sheets = _sheets(content)
        ours = excel_workbook(sheets) == content
    except _DAMAGED:
        sheets, ours = {}, False
    if not ours:
        yield Passage(Kind.FOREIGN, "filen", "et regneark, der ikke kun rummer programmets egne tabeller")
        return
    lines = []
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        yield Passage(Kind.TEXT, f"ark {number}, dets navn", name)
        lines.append(name)
        for place, row in enumerate(rows, start=1):
            cells = tuple(
                cell if isinstance(cell, str) else ("" if cell is None else str(cell)).replace(".", ",") for cell in row
            )
            yield row_of(f"ark {number}, række {place}", cells)
            lines.append(BAR.join(cells))
    yield Passage(Kind.HIDDEN, WHOLE, "\n".join(lines))


def _sheets(content: bytes) -> dict[str, list[list[object]]]:
    """Give the cells of a workbook as `excel_workbook` took them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise ValueError("a workbook that unpacks into more than ours do")
        book = etree.fromstring(archive.read("xl/workbook.xml"), _parser())
        names = [str(sheet.get("name")) for sheet in book.iterfind(".//{*}sheet")]
        parts = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(names) + 1)]
        roots = [etree.fromstring(archive.read(part), _parser()) for part in parts]
    return {
        name: [_cells(row) for row in root.iterfind("{*}sheetData/{*}row")]
        for name, root in zip(names, roots, strict=True)
    }


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _cells(row: etree._Element) -> list[object]:
    cells: list[object] = []
    for cell in row:
        letters = str(cell.get("r")).rstrip("0123456789")
        place = sum((ord(letter) - ord("A") + 1) * 26**power for power, letter in enumerate(reversed(letters)))
        cells += [None] * (place - 1 - len(cells))
        words = cell.findtext("{*}is/{*}t")
        cells.append(Decimal(str(cell.findtext("{*}v"))) if words is None else _ESCAPED.sub("_", words))
    return cells
