"""A new code written into the codebook while one codes: its row among its theme's, and the rest as the file had it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from blupkit.core import Fault, FileError, Study
from blupkit.core.errors import BlupkitError
from blupkit.core.files import decoded, encoded_as, read_bytes, write_whole
from blupkit.core.reading.delimited import Delimited, read_delimited, records
from blupkit.core.reading.workbook import WORKBOOKS
from blupkit.interviews.coding.codebook import Code, Codebook, read_codebook

#: What stands as the definition of a code that nobody has defined yet.
UNDEFINED: Final = "Endnu ikke beskrevet."
_COLUMNS: Final = {"kode": "code", "tema_nr": "theme", "tema": "theme_name", "navn": "name", "definition": "definition"}


def next_number(codebook: Codebook, theme: str) -> str:
    """Give the number that a theme's next code would have.

    Parameters
    ----------
    codebook : Codebook
        The codes that there are.
    theme : str
        The number of the theme; it need not have codes yet.

    Examples
    --------
    >>> import pandas as pd
    >>> codebook = Codebook(pd.DataFrame({"code": ["1.9", "1.10", "B-02"], "theme": ["1", "1", "B"]}))
    >>> next_number(codebook, "1"), next_number(codebook, "B"), next_number(codebook, "3")
    ('1.11', 'B-03', '3.1')
    """
    taken = set(codebook.theme_of)
    last = [code for code, its in codebook.theme_of.items() if its == theme]
    head, digits = re.fullmatch(r"(.*?)(\d*)", last[-1]).groups() if last else (f"{theme}.", "0")  # type: ignore[union-attr]
    number = int(digits or 0)
    while True:
        number += 1
        found = f"{head}{number:0{len(digits)}d}"
        if found not in taken:
            return found


def next_theme(codebook: Codebook) -> str:
    """Give the number that the next theme would have: one more than the largest that is a number."""
    numbers = [int(theme) for theme in codebook.theme_names if theme.isdecimal()]
    return str(max(numbers, default=0) + 1)


def add_code(study: Study, code: Code) -> tuple[Codebook, bytes, bytes]:
    """Write a code into the study's codebook, after the last code of its theme.

    Parameters
    ----------
    study : Study
        Its codebook keeps its encoding, separator, columns, order and line ends; only the one row comes to it.
    code : Code
        Number, theme, name and definition are written.

    Returns
    -------
    tuple of Codebook, bytes and bytes
        The codebook with it, the file as it was and as it is now.

    Raises
    ------
    FileError
        The codebook is a workbook, or its encoding lacks a letter of the code.
    DataError
        The codebook has faults. Nothing is changed then.
    OSError
        The file cannot be written.
    """
    name = study.interview_files.codebook
    path = study.path(name)
    if path.suffix.lower() in WORKBOOKS:
        action = "Skriv koden i den i Excel, gem den, og åbn koderen igen."
        raise FileError(Fault(name, "en projektmappe", "en tekstfil (.csv)", action, quotes=False))
    raw = read_bytes(path, name)
    written = encoded_as(_with_row(decoded(raw) or "", code, read_delimited(path, name)), raw)
    if written is None:
        action = "Gem den som UTF-8, eller brug andre bogstaver."
        raise FileError(Fault(name, code.name, "bogstaver, som filens tegnkodning har", action))
    write_whole(path, written)
    try:
        codebook = read_codebook(study)
    except BlupkitError:
        write_whole(path, raw)
        raise
    return codebook, raw, written


def take_out(study: Study, before: bytes, after: bytes) -> Codebook | None:
    """Take a new code out of the codebook again; None where the file has been changed since, and is left as it is.

    Parameters
    ----------
    study : Study
        Whose codebook it is.
    before, after : bytes
        What `add_code` gave.
    """
    path = study.path(study.interview_files.codebook)
    if path.read_bytes() != after:
        return None
    write_whole(path, before)
    return read_codebook(study)


def _with_row(text: str, code: Code, table: Delimited) -> str:
    rows = [(end, cells) for end, cells in _rows(text, table) if any(cell.strip() for cell in cells)]
    heads = [cell.strip() for cell in rows[0][1]]
    theme = heads.index("tema_nr")
    own = [end for end, cells in rows[1:] if [cell.strip() for cell in cells[theme : theme + 1]] == [code.theme]]
    place = own[-1] if own else rows[-1][0]
    cells = {head: getattr(code, field) for head, field in _COLUMNS.items()}
    row = _row([cells.get(head, "") for head in heads], table)
    line_end = next((end for end in ("\r\n", "\n", "\r") if end in text), "\n")
    above, below = text[:place], text[place:]
    if above.endswith(("\n", "\r")):
        return above + row + line_end + below
    return above + line_end + row + below  # the file's last line has no end, and gets none


def _row(cells: list[str], table: Delimited) -> str:
    if not table.quoted:  # quotation marks are letters there
        return table.separator.join(re.sub(rf"\s*[{table.separator}]\s*", " ", cell) for cell in cells)
    row = io.StringIO()
    csv.writer(row, delimiter=table.separator, lineterminator="").writerow(cells)
    return row.getvalue()


def _rows(text: str, table: Delimited) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows from the header on, each with where it ends in the text, its line end included."""
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for number, line in enumerate(re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$", text)):
            read += len(line)
            if number >= table.lines:
                yield line

    for cells, _ in records(lines(), table):
        yield read, cells
