"""Changing some rows of a table that somebody sent or keeps, and leaving every other byte as it was."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from blupkit.core.files import decoded, encoded_as, refuse
from blupkit.core.reading.delimited import Delimited, read_delimited, records
from blupkit.core.reading.workbook import WORKBOOKS, Book

#: The row's number and its cells → the cells as they shall be; None takes the row out.
ChangeRow = Callable[[int, list[str]], list[str] | None]


def changed_rows(path: Path, name: str, change: ChangeRow, sheets: Mapping[str, ChangeRow] | None = None) -> bytes:
    r"""Give a table with some of its rows changed, and every other byte of a text file as it was.

    Parameters
    ----------
    path : pathlib.Path
        What `read_table` reads; not changed.
    name : str
        What to call it in messages.
    change : callable
        Is given each row from the header on, numbered as `read_table` numbers them, with composed letters.
    sheets : mapping of str to callable, optional
        The sheets of a workbook → how each is changed; the first one, as `change` says, when omitted. A row that is
        taken out is emptied.

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
        return _changed_workbook(path, name, change, sheets or {})
    table = read_delimited(path, name)
    raw = path.read_bytes()
    lines = re.split(r"(?<=\n)", decoded(raw) or "")
    try:
        kept = [*lines[: table.lines], *_changed_lines(lines[table.lines :], table, change)]
    except csv.Error:
        refuse(name, "linjeskift af en gammel slags", "en tabel, der kan skrives igen", "Gem filen igen, og prøv.")
    content = encoded_as("".join(kept), raw)
    if content is None:
        action = "Gem filen som UTF-8, og prøv igen."
        refuse(name, "en tegnkodning, der ikke kan skrives igen", "en fil i UTF-8, UTF-16 eller Windows-1252", action)
    return content


def _changed_lines(lines: list[str], table: Delimited, change: ChangeRow) -> Iterator[str]:
    start = 0
    for row, (cells, end) in enumerate(records(iter(lines), table), start=table.above + 1):
        chunk, start = "".join(lines[start:end]), end
        composed = [unicodedata.normalize("NFC", cell) for cell in cells]
        changed = change(row, composed) if cells else composed
        if changed == composed:
            yield chunk
        elif changed is not None:
            ending = chunk[len(chunk.rstrip("\r\n")) :]
            buffer = io.StringIO()
            if table.quoted:
                csv.writer(buffer, delimiter=table.separator, lineterminator=ending).writerow(changed)
            else:
                buffer.write(table.separator.join(changed) + ending)
            yield buffer.getvalue()


def _changed_workbook(path: Path, name: str, change: ChangeRow, sheets: Mapping[str, ChangeRow]) -> bytes:
    from openpyxl import load_workbook  # slow to import, and most studies have no workbook

    book = Book(path, name)
    workbook: Any = load_workbook(path)
    computed = [
        page.title for page in workbook.worksheets for row in page.iter_rows() for cell in row if _computes(cell)
    ]
    if computed:
        found, action = "formler, hvis resultat ville gå tabt", "Ret rækken i Excel, gem filen, og prøv igen."
        refuse(name, found, "en projektmappe uden formler", action, quotes=False)
    with zipfile.ZipFile(path) as archive:
        pivots = any("pivotCache" in entry for entry in archive.namelist())
    if pivots:
        found, action = "en pivottabel, som gemmer en kopi af alle rækker", "Slet den i Excel, gem filen, og prøv igen."
        refuse(name, found, "en projektmappe uden pivottabeller", action, quotes=False)
    for sheet, alter in (sheets or {workbook.sheetnames[0]: change}).items():
        for number, cells in book.sheet(sheet).texts().items():
            changed = alter(number, cells)
            if changed != cells:
                _change_cells(workbook[sheet][number], cells, changed or [""] * len(cells))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _computes(cell: Any) -> bool:  # noqa: ANN401 - openpyxl has no types
    return bool(cell.data_type == "f")


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
