"""Workbooks: every row of a sheet, whatever the file says of itself, and the cells that hold no value."""

from __future__ import annotations

import datetime
import io
import unicodedata
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import refuse
from blupkit.core.reading.kinds import check_workbook
from blupkit.core.reading.marks import Marked, is_whole, marked_cells
from blupkit.core.spreadsheet import letters

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
#: What a spreadsheet shows where it could not compute, in English and in Danish.
_ENGLISH: Final = "#N/A #REF! #DIV/0! #VALUE! #NAME? #NUM! #NULL! #SPILL! #CALC! #FIELD! #BLOCKED! #GETTING_DATA"
_DANISH: Final = "#I/T #REFERENCE! #DIVISION/0! #VÆRDI! #NAVN? #NUL! #OVERLØB! #BEREGN!"
ERRORS: Final = frozenset(f"{_ENGLISH} {_DANISH}".split())
_SAVE: Final = "gem den igen som Excel-projektmappe (.xlsx)."
_MEND: Final = "Åbn filen i Excel, ret cellerne, hvis de også er forkerte dér, og"
#: How many cells are named in a fault.
_NAMED: Final = 10
#: From here on a number in a workbook stands for several: a spreadsheet keeps fifteen digits.
_EXACT: Final = 2.0**53
_CHUNK: Final = 1000


class Sheet(NamedTuple):
    """One sheet.

    Parameters
    ----------
    name : str
        As it is called.
    rows : list of list
        Each row's cells, from the first row and column of the sheet on; an error value is its text.
    """

    name: str
    rows: list[list[Any]]

    def texts(self) -> dict[int, list[str]]:
        """Give each row as text, numbered as the spreadsheet does."""
        return {number: list(map(cell_text, cells)) for number, cells in enumerate(self.rows, start=1)}


class Book:
    """A workbook that is open for reading.

    Parameters
    ----------
    path : pathlib.Path
        `.xlsx` or `.xlsm`.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        It is missing, damaged, locked with a password, or of another kind.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self._read: dict[str, list[list[Any]]] = {}
        check_workbook(path, name)
        try:
            from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

            self._book = CalamineWorkbook.from_path(str(path))
            sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            self.sheets = [sheet.name for sheet in sheets]
            self.visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        except BaseException as error:
            raise self._damaged(error) from None
        if not self.sheets:
            refuse(
                name,
                "en projektmappe uden ark med celler",
                "en tabel med mindst én række",
                "Hent filen igen.",
                quotes=False,
            )

    def _damaged(self, error: BaseException) -> BaseException:
        """Say that the file is damaged; the library below ends in a dozen ways, one of them no `Exception`."""
        if isinstance(error, FileError | KeyboardInterrupt | SystemExit | MemoryError):
            return error
        found = "en fil, der ikke kan åbnes som Excel-projektmappe"
        return FileError(Fault(self.name, found, "en gyldig .xlsx-fil", f"Åbn filen i Excel, og {_SAVE}", quotes=False))

    def sheet(self, wanted: str | None = None, *, errors: bool = True) -> Sheet:
        """Read a sheet whole; the first one when none is named, and with error values as text where these may be there.

        Raises
        ------
        FileError
            There is no such sheet, it is damaged, or it holds formulas that nobody has computed, or errors that may
            not be there: with the cells.
        """
        if wanted is not None and wanted not in self.sheets:
            expected, found = f"et ark med navnet »{wanted}«", ", ".join(self.sheets)
            refuse(self.name, found, expected, "Ret arkets navn i projektmappen eller i study.toml.")
        called = wanted or self.sheets[0]
        marked = self._marked(called)
        self._check(marked.bare, called, "formler uden resultat", "et resultat i hver celle med en formel")
        if not errors:
            self._check(list(marked.errors), called, "fejlværdier", "celler uden fejlværdier som #I/T")
        rows = self._rows(called)
        if marked.rows > sum(any(cell != "" for cell in cells) for cells in rows) and not is_whole(self.path, called):
            raise self._damaged(ValueError())
        if any(map(_has_long, rows)):
            marked = self._marked(called, digits=True)
        for (row, column), text in (marked.errors | marked.long).items():
            rows[row - 1][column - 1] = text
        return Sheet(called, rows)

    def _marked(self, sheet: str, *, digits: bool = False) -> Marked:
        try:
            return marked_cells(self.path, sheet, digits=digits)
        except BaseException as error:
            raise self._damaged(error) from None

    def _rows(self, sheet: str) -> list[list[Any]]:
        if sheet not in self._read:
            try:
                page = self._book.get_sheet_by_name(sheet)
                # It leaves out the columns that are empty up to the first that is not.
                before = [""] * page.start[1] if page.start else []
                rows = page.iter_rows() if page.start else ()
                self._read[sheet] = [before + cells for cells in rows] if before else list(rows)
            except BaseException as error:
                raise self._damaged(error) from None
        return self._read[sheet]

    def beginning(self, sheet: str, count: int) -> list[list[str]]:
        """Give the first rows of a sheet that hold anything, as text; none of one that cannot be read."""
        rows = self._rows(sheet)
        filled = (cells for cells in rows if any(cell != "" for cell in cells))
        return [list(map(cell_text, cells)) for cells in islice(filled, count)]

    def _check(self, cells: Sequence[tuple[int, int]], sheet: str, what: str, expected: str) -> None:
        if cells:
            shown = ", ".join(f"{letters(column)}{row}" for row, column in cells[:_NAMED])
            more = f" og {len(cells) - _NAMED} til" if len(cells) > _NAMED else ""
            found, action = f"{what} i arket »{sheet}«: {shown}{more}", f"{_MEND} {_SAVE}"
            refuse(self.name, found, expected, action, row=cells[0][0], quotes=False)


def rows_as_text(raw: bytes) -> str:
    """Write every row of every sheet of a workbook as a line, semicolons between the cells, to search in.

    Parameters
    ----------
    raw : bytes
        The file.

    Raises
    ------
    ValueError
        It cannot be read.
    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheets = [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        rows = (cells for name in sheets for cells in book.get_sheet_by_name(name).iter_rows())
        return "\n".join(";".join(map(cell_text, cells)) for cells in rows)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the library below ends in a dozen ways, one of them no `Exception`
        raise ValueError from error


def _has_long(cells: Sequence[Any]) -> bool:
    return any(cell.__class__ is float and not -_EXACT < cell < _EXACT for cell in cells)


def cell_text(value: object) -> str:
    r"""Write what stands in a cell of a workbook as text.

    Parameters
    ----------
    value : object
        Text, a number, yes or no, or a date, a time or a duration.

    Examples
    --------
    >>> [cell_text(value) for value in (4.0, 4.5, True, "a\r\nb", datetime.date(2027, 3, 1))]
    ['4', '4.5', 'True', 'a\nb', '2027-03-01 00:00:00']
    """
    if isinstance(value, str):
        if value.isascii() and "\r" not in value:
            return value
        return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # As a day has always been written: with its midnight.
    return f"{value} 00:00:00" if type(value) is datetime.date else str(value)


def columns_of(rows: Sequence[Sequence[Any]], width: int) -> list[pd.Categorical]:
    """Give the cells of a sheet column by column, as categories: what repeats is written as text once.

    Parameters
    ----------
    rows : sequence of sequence
        As `Sheet` has them, all equally long.
    width : int
        How many columns.
    """
    known: list[dict[Any, int]] = [{} for _ in range(width)]
    texts: list[dict[str, int]] = [{} for _ in range(width)]
    places: list[list[np.ndarray[Any, Any]]] = [[] for _ in range(width)]
    for start in range(0, len(rows), _CHUNK):
        for column, cells in zip(range(width), zip(*rows[start : start + _CHUNK], strict=True), strict=False):
            # To Python, True and 1.0 are one and the same.
            there = [str(cell) if cell.__class__ is bool else cell for cell in cells] if _has_truth(cells) else cells
            meaning = known[column]
            for value in set(there).difference(meaning):
                meaning[value] = texts[column].setdefault(cell_text(value), len(texts[column]))
            places[column].append(np.fromiter(map(meaning.__getitem__, there), np.int32, len(there)))
    return [
        pd.Categorical.from_codes(
            np.concatenate(parts or [np.zeros(0, np.int32)]), pd.Index(list(each), dtype="str"), validate=False
        )
        for parts, each in zip(places, texts, strict=True)
    ]


def _has_truth(cells: Sequence[Any]) -> bool:
    return bool in set(map(type, cells))
