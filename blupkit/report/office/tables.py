"""The tables of a page as a workbook for Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from blupkit.core.spreadsheet import excel_workbook, sheet_names
from blupkit.report.office.blocks import Block, Grid

CONTENTS: Final = "Indhold"
#: A number as pages print it: with a comma, a point between thousands, and a true minus.
_NUMBER: Final = re.compile(r"[-\N{MINUS SIGN}]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
_SIGNS: Final = str.maketrans({".": None, ",": ".", "\N{MINUS SIGN}": "-"})


def tables_workbook(blocks: Iterable[Block]) -> bytes:
    """Write the tables of a page as a workbook, each on a sheet of its own behind one that says what they are.

    Parameters
    ----------
    blocks : iterable of Block
        What `page_blocks` made.

    Returns
    -------
    bytes
        The file. What is printed as a number is one, with the digits that are printed; all else is text. Where the page
        has no table, the first sheet has its heads alone.

    Examples
    --------
    >>> import io
    >>> from openpyxl import load_workbook
    >>> book = load_workbook(io.BytesIO(tables_workbook([Grid("Hvem kom", (("Part", "Antal"), ("Ansatte", "1.204")))])))
    >>> book.sheetnames, [cell.value for cell in book["Hvem kom"][2]]
    (['Indhold', 'Hvem kom'], ['Ansatte', 1204])
    """
    grids = [block for block in blocks if isinstance(block, Grid)]
    captions = [block.caption.rstrip(".") or f"Tabel {number}" for number, block in enumerate(grids, start=1)]
    names = sheet_names(captions, taken=CONTENTS)
    sheets: dict[str, Sequence[Sequence[object]]] = {
        CONTENTS: [("Ark", "Hvad det er"), *zip(names, captions, strict=True)]
    }
    for name, grid in zip(names, grids, strict=True):
        sheets[name] = [[_cell(cell) for cell in row] for row in grid.rows]
    return excel_workbook(sheets)


def _cell(printed: str) -> str | int | Decimal:
    if not _NUMBER.fullmatch(printed):
        return printed
    number = Decimal(printed.translate(_SIGNS))
    return int(number) if "," not in printed else number
