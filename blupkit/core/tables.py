"""Reading the tables that people send, as text: always whole or not at all."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.errors import Fault, FileError
from blupkit.core.fast_csv import read_regular
from blupkit.core.files import decoded, encoded_as, read_text, refuse

COMMENT = "#"
WORKBOOKS = {".xlsx", ".xlsm"}
_CUT = "Filen er sandsynligvis klippet over. Hent den igen."


def read_table(
    path: Path,
    name: str | None = None,
    *,
    header: bool = True,
    sheet: str | None = None,
    complete: bool = False,
    repeated: bool = False,
) -> pd.DataFrame:
    r"""Read a CSV, TSV or XLSX file as text, one row a record, nothing guessed and nothing lost.

    Every cell is a string and an empty cell is "": what is a number, a code or missing is for the caller to say. The
    index is the row number that a spreadsheet shows, so that a fault can point at it. Lines above the header that begin
    with "#" are remarks and are skipped: that is how the files of a new study explain themselves.

    Parameters
    ----------
    path : pathlib.Path
        `.xlsx`, or text separated by semicolon, tab or comma.
    name : str, optional
        What to call it in messages.
    header : bool
        Whether the first row names the columns; if not, they are 0, 1, 2 ….
    sheet : str, optional
        The sheet of a workbook; the first one when omitted.
    complete : bool
        Refuse a text file whose last row has fewer cells than the header: an export that was cut off on its way.
    repeated : bool
        Give the columns as categories, which take a byte a cell where cells repeat, as answers do.

    Returns
    -------
    pandas.DataFrame
        Strings only; trailing columns without name and content are dropped.

    Raises
    ------
    FileError
        The file cannot be read, two columns share a name, or a row has more cells than the header: then the row's
        number is given, since a stray separator would shift its values.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text('kode;tekst\n1;"ja; måske"\n', encoding="utf-8")
    >>> read_table(path)
      kode      tekst
    2    1  ja; måske
    """
    name = name or path.name
    if path.suffix.lower() in WORKBOOKS:
        rows = _workbook_rows(path, name, sheet)
    else:
        text, remarks, separator = _checked_text(path, name)
        regular = read_regular(text, separator, _same_file(path, text)) if header and repeated else None
        # A name that is used twice, or that has blanks around it, is for the slow way to tell or to mend.
        if regular is not None and list(regular.columns) == [
            head.strip() for head in _first_line(text).split(separator)
        ]:
            regular.index = pd.RangeIndex(remarks + 2, remarks + 2 + len(regular))
            filled = _filled(regular)
            return regular if filled.all() else regular[filled]
        # Numbered as a spreadsheet does: a cell with line breaks is in one row.
        rows = dict(enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=remarks + 1))
    rows = {number: cells for number, cells in rows.items() if _width(cells)}
    if not rows:
        refuse(name, "ingen rækker", "en tabel med mindst én række", "Hent filen igen.", quotes=False)
    heads: list[str] | range = range(max(map(_width, rows.values())))
    if header:
        first = next(iter(rows))
        cells = rows.pop(first)
        heads = [cell.strip() for cell in cells[: _width(cells)]]
        _check_heads(heads, name, first)
        _check_width(rows, len(heads), name)
        if complete and path.suffix.lower() not in WORKBOOKS:
            _check_last_row(rows, len(heads), name)
    data = [(cells + [""] * len(heads))[: len(heads)] for cells in rows.values()]
    return pd.DataFrame(data, index=list(rows), columns=heads, dtype="category" if repeated else "str")


def _same_file(path: Path, text: str) -> Path | None:
    """Give the path of a file that holds exactly this text."""
    return path if text.isascii() and len(text) == path.stat().st_size else None


def _filled(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows hold anything but blanks."""
    filled = np.zeros(len(table), dtype=bool)
    # The columns that hold few different cells first: they are quickest, and a few of them usually settle it.
    for cells in sorted((table[name].cat for name in table.columns), key=lambda cells: len(cells.categories)):
        filled |= np.array([bool(text.strip()) for text in cells.categories.tolist()], dtype=bool)[cells.codes]
        if filled.all():
            break
    return filled


def _checked_text(path: Path, name: str) -> tuple[str, int, str]:
    """Read the text from its header on, with the number of remarks above it and its separator."""
    text = read_text(path, name)
    if '"' in text and text.count('"') % 2:
        line = text.count("\n", 0, text.rindex('"')) + 1
        found, expected = "et anførselstegn uden makker", "anførselstegn i par omkring celler med tekst"
        refuse(name, found, expected, _CUT, row=line, quotes=False)
    remarks = 0
    while text.startswith(COMMENT) and "\n" in text:
        text = text.partition("\n")[2]
        remarks += 1
    # Not inside quotes: a label may hold more commas than the line has separators.
    heads = re.sub(r'"[^"]*"', "", _first_line(text))
    return text, remarks, max(";\t,", key=heads.count)


def _first_line(text: str) -> str:
    end = text.find("\n")
    return text if end < 0 else text[:end]


def _workbook_rows(path: Path, name: str, sheet: str | None) -> dict[int, list[str]]:
    from openpyxl import load_workbook  # slow to import, and most studies have no workbook

    if not path.is_file():
        refuse(name, "ingen fil", "en fil med dette navn", "Læg filen i mappen, og kør igen.", quotes=False)
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        if sheet is not None and sheet not in workbook.sheetnames:
            expected, found = f"et ark med navnet »{sheet}«", ", ".join(workbook.sheetnames)
            refuse(name, found, expected, "Ret arkets navn i projektmappen eller i study.toml.")
        page = workbook[sheet] if sheet else workbook.worksheets[0]
        return {
            number: [_cell_text(value) for value in cells]
            for number, cells in enumerate(page.iter_rows(values_only=True), start=1)
            if not _cell_text(cells[0] if cells else "").startswith(COMMENT)
        }
    except FileError:
        raise
    except Exception:  # openpyxl and zipfile raise a dozen kinds for a damaged workbook
        action = "Åbn filen i Excel, og gem den igen som Excel-projektmappe (.xlsx)."
        found = "en fil, der ikke kan åbnes som Excel-projektmappe"
        refuse(name, found, "en gyldig .xlsx-fil", action, quotes=False)


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", str(value))


def _width(cells: list[str]) -> int:
    """Give the number of cells up to the last one that holds anything."""
    return next((number for number in range(len(cells), 0, -1) if cells[number - 1].strip()), 0)


def _check_heads(heads: list[str], name: str, row: int) -> None:
    repeated = sorted({head for head in heads if heads.count(head) > 1})
    if repeated:
        found = ", ".join(head or "(intet navn)" for head in repeated)
        action = "Giv kolonnerne hver sit navn."
        refuse(name, found, "et navn til hver kolonne, kun brugt én gang", action, row=row)


def _check_width(rows: dict[int, list[str]], width: int, name: str) -> None:
    wide = {number: cells for number, cells in rows.items() if _width(cells) > width}
    expected = f"højst {width} celler som i overskriften"
    action = "Se efter et overflødigt skilletegn i rækken, eller hent filen igen."
    faults = [
        Fault(name, f"{_width(cells)} celler", expected, action, row=row, quotes=False) for row, cells in wide.items()
    ]
    if faults:
        raise FileError(faults)


def _check_last_row(rows: dict[int, list[str]], width: int, name: str) -> None:
    row, cells = next(reversed(rows.items()), (0, [""] * width))
    if len(cells) < width:
        found, expected = f"{len(cells)} celler i filens sidste række", f"{width} celler som i overskriften"
        refuse(name, found, expected, _CUT, row=row, quotes=False)


def check_columns(table: pd.DataFrame, wanted: dict[str, str], name: str) -> None:
    """Stop when a table lacks a column that is needed.

    Parameters
    ----------
    table : pandas.DataFrame
        What `read_table` returned.
    wanted : dict of str to str
        Column name → what it holds, in Danish.
    name : str
        The file's name in messages.

    Raises
    ------
    FileError
        One fault for each column that is missing.

    Examples
    --------
    >>> check_columns(pd.DataFrame({"id": ["1"]}), {"kode": "svarets kode"}, "svar.csv")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.FileError: svar.csv, række 1, kolonne »kode«: Her står »id«. Forventet: også ...
    """
    present = ", ".join(str(column) for column in table.columns)
    faults = [
        Fault(name, present, f"også en kolonne med {content}", f"Tilføj kolonnen »{column}«.", row=1, column=column)
        for column, content in wanted.items()
        if column not in table.columns
    ]
    if faults:
        raise FileError(faults)


#: The row's number and its cells → the cells as they shall be; None takes the row out.
ChangeRow = Callable[[int, list[str]], list[str] | None]


def changed_rows(path: Path, name: str, change: ChangeRow, sheets: Sequence[str] = ()) -> bytes:
    r"""Give a table with some of its rows changed, and every other byte of a text file as it was.

    Parameters
    ----------
    path : pathlib.Path
        What `read_table` reads; not changed.
    name : str
        What to call it in messages.
    change : callable
        Is given each row from the header on, numbered as `read_table` numbers them, with composed letters.
    sheets : sequence of str
        The sheets of a workbook, all changed alike; the first one when omitted. A row that is taken out is emptied.

    Returns
    -------
    bytes
        What the file is to hold.

    Raises
    ------
    FileError
        The file cannot be read, or written again in its own encoding.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_bytes("id;svar\r\n1;\"ja; må\"\r\n2;nej\r\n".encode("cp1252"))
    >>> changed_rows(path, "a.csv", lambda row, cells: None if cells[0] == "2" else cells).decode("cp1252")
    'id;svar\r\n1;"ja; må"\r\n'
    """
    if path.suffix.lower() in WORKBOOKS:
        return _changed_workbook(path, name, change, sheets)
    _, remarks, separator = _checked_text(path, name)
    raw = path.read_bytes()
    lines = re.split(r"(?<=\n)", decoded(raw) or "")
    try:
        kept = [*lines[:remarks], *_changed_lines(lines[remarks:], remarks, separator, change)]
    except csv.Error:
        refuse(name, "linjeskift af en gammel slags", "en tabel, der kan skrives igen", "Gem filen igen, og prøv.")
    content = encoded_as("".join(kept), raw)
    if content is None:
        action = "Gem filen som UTF-8, og prøv igen."
        refuse(name, "en tegnkodning, der ikke kan skrives igen", "en fil i UTF-8, UTF-16 eller Windows-1252", action)
    return content


def _changed_lines(lines: list[str], remarks: int, separator: str, change: ChangeRow) -> Iterator[str]:
    reader = csv.reader(iter(lines), delimiter=separator)
    start = 0
    for row, cells in enumerate(reader, start=remarks + 1):
        chunk, start = "".join(lines[start : reader.line_num]), reader.line_num
        composed = [unicodedata.normalize("NFC", cell) for cell in cells]
        changed = change(row, composed) if cells else composed
        if changed == composed:
            yield chunk
        elif changed is not None:
            ending = chunk[len(chunk.rstrip("\r\n")) :]
            buffer = io.StringIO()
            csv.writer(buffer, delimiter=separator, lineterminator=ending).writerow(changed)
            yield buffer.getvalue()


def _changed_workbook(path: Path, name: str, change: ChangeRow, sheets: Sequence[str]) -> bytes:
    from openpyxl import load_workbook  # slow to import, and most studies have no workbook

    workbook: Any = load_workbook(path)
    for sheet in sheets or workbook.sheetnames[:1]:
        for number, cells in _workbook_rows(path, name, sheet).items():
            changed = change(number, cells)
            if changed != cells:
                _change_cells(workbook[sheet][number], cells, changed or [""] * len(cells))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _change_cells(row: Any, cells: list[str], changed: list[str]) -> None:  # noqa: ANN401 - openpyxl has no types
    for cell, was, now in zip(row, cells, changed, strict=False):
        cell.comment = None
        if was != now:
            cell.value = now or None


#: A row by its heads → the row as it shall be; None takes it out.
ChangeCells = Callable[[dict[str, str]], dict[str, str] | None]


def changed_by_column(path: Path, name: str, change: ChangeCells) -> tuple[bytes, int]:
    """Change the rows of a table by the names of its columns; see `changed_rows`.

    Parameters
    ----------
    path : pathlib.Path
        What `read_table` reads; not changed.
    name : str
        What to call it in messages.
    change : callable
        Is given each row as head → cell.

    Returns
    -------
    tuple of bytes and int
        What the file is to hold, and how many rows went.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> changed_by_column(example_study().path("interview/citater.csv"), "citater.csv", lambda row: None)[1]
    1
    """
    heads: list[str] = []
    gone = 0

    def changed(_: int, cells: list[str]) -> list[str] | None:
        nonlocal gone
        if not heads:
            heads.extend(cell.strip() for cell in cells)
            return cells
        row = dict(zip(heads, cells, strict=False))
        now = change(row)
        gone += now is None
        return None if now is None else cells if now == row else [*now.values(), *cells[len(heads) :]]

    return changed_rows(path, name, changed), gone
