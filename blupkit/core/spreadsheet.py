"""Tables that open in Danish Excel with a double click, and do nothing when they do."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.core.danish import rounded
from blupkit.core.errors import DataError, Fault
from blupkit.core.files import legible, write_whole

if TYPE_CHECKING:
    import pandas as pd

#: What a spreadsheet would take for a formula (the wide signs do so in East Asian settings), behind any number of our
#: own apostrophes: so a guarded text and one that begins with an apostrophe itself stay apart.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: What one cell of Excel holds.
_CELL: Final = 32_767

#: Column heads of the fault table as the coordinator reads them in Excel.
FAULT_HEADS = {
    "level": "alvor",
    "file": "fil",
    "row": "række",
    "respondent": "besvarelse",
    "column": "kolonne",
    "found": "her står",
    "expected": "forventet",
    "action": "gør dette",
}


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Parameters
    ----------
    text : str
        A cell; an apostrophe that stands before such a sign already gets another one, so that it comes back.

    Examples
    --------
    >>> guarded("=1+1"), guarded("Ja - nok"), guarded("'=1+1")
    ("'=1+1", 'Ja - nok', "''=1+1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put.

    Parameters
    ----------
    text : str
        A cell as it was read.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'nok'")
    ('=1+1', "'=1+1", "'nok'")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def excel_csv(rows: Iterable[Sequence[object]], decimals: int = 1) -> bytes:
    r"""Write rows as a CSV file for Danish Excel: semicolons, decimal comma, UTF-8 with a byte order mark.

    A text that Excel would take for a formula gets an apostrophe in front, so that nothing is computed or fetched.

    Parameters
    ----------
    rows : iterable of sequence
        Text, numbers, or None, NaN and pandas' NA for an empty cell; the first row is the heads.
    decimals : int
        Digits after the comma at most.

    Returns
    -------
    bytes
        The file.

    Examples
    --------
    >>> excel_csv([["Emne", "Værdi"], ["=2+3", 1234.56], ["a;b", None]]).decode("utf-8-sig")
    'Emne;Værdi\r\n\'=2+3;1234,6\r\n"a;b";\r\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_cell(value, decimals) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _cell(value: object, decimals: int) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, float) or not math.isfinite(value):
        return ""
    text = f"{rounded(value, decimals):.{decimals}f}"
    return text.rstrip("0").rstrip(".").replace(".", ",") if decimals else text


def write_table(path: Path, rows: Sequence[Sequence[str]], sheet: str = "tabel") -> None:
    r"""Write a table of text that somebody may work on in Excel and send back.

    What `unguarded` makes of the cells that `read_table` gives is the text that was written, but for line ends and
    accents that reading makes one of, and signs that a workbook cannot hold.

    Parameters
    ----------
    path : pathlib.Path
        `.csv` or `.xlsx`; its folder is made when missing.
    rows : sequence of sequence of str
        The first row is the heads.
    sheet : str
        What to call the sheet of a workbook.

    Raises
    ------
    DataError
        The suffix is another, or a cell holds more than a workbook takes: then nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.csv"
    >>> write_table(path, [["kode", "citat"], ["1.1", "=2+3"]])
    >>> path.read_text("utf-8-sig")
    "kode;citat\n1.1;'=2+3\n"
    """
    suffix = path.suffix.lower()
    if suffix not in {".csv", ".xlsx"}:
        found, action = f"endelsen »{path.suffix}«", "Giv filen endelsen .csv eller .xlsx."
        raise DataError(Fault(path.name, found, ".csv eller .xlsx", action))
    write_whole(path, excel_csv(rows) if suffix == ".csv" else _workbook(rows, sheet, path.name))


def _workbook(rows: Sequence[Sequence[str]], sheet: str, name: str) -> bytes:
    from openpyxl import Workbook  # slow to import, and most work needs no workbook

    safe = [[guarded(cell) for cell in cells] for cells in rows]
    long = [number for number, cells in enumerate(safe, start=1) if any(len(cell) > _CELL for cell in cells)]
    if long:
        expected, action = "højst 32.767 tegn i en celle", "Gem tabellen som .csv i stedet."
        raise DataError(Fault(name, "en celle, der er for lang til Excel", expected, action, row=long[0]))
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet)
    for cells in safe:
        page.append([legible(cell) for cell in cells])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def write_faults(table: pd.DataFrame, path: Path) -> None:
    """Write a fault table as a CSV that Danish Excel opens: semicolons, UTF-8 with a byte order mark, Danish heads.

    Parameters
    ----------
    table : pandas.DataFrame
        What `fault_table` returns; for a list that may be sent, what `without_words` made of it.
    path : pathlib.Path
        The file to write; its folder is made when missing.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import fault_table
    >>> path = Path(tempfile.mkdtemp()) / "fejl.csv"
    >>> write_faults(fault_table([Fault("a.csv", "6", "1-5", "Ret koden.", row=3)]), path)
    >>> path.read_text("utf-8-sig").splitlines()[1]
    'fejl;a.csv;3;;;6;1-5;Ret koden.'
    """
    cells = table[list(FAULT_HEADS)].astype(object)
    write_whole(path, excel_csv([list(FAULT_HEADS.values()), *cells.itertuples(index=False, name=None)]))
