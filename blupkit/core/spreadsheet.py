"""Tables that open in Danish Excel with a double click, and do nothing when they do."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.core.danish import rounded
from blupkit.core.errors import DataError, Fault
from blupkit.core.files import legible, write_whole, zipped

if TYPE_CHECKING:
    import pandas as pd

#: What a spreadsheet would take for a formula (the wide signs do so in East Asian settings), behind any number of our
#: own apostrophes: so a guarded text and one that begins with an apostrophe itself stay apart.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
#: What one cell of Excel holds.
_CELL: Final = 32_767

#: What the name of a sheet cannot hold, and how many signs it has at most.
_NOT_IN_SHEETS: Final = re.compile(r"[\\/?*:\[\]']")
_SHEET_NAME: Final = 31

#: How wide a column is at most, in letters.
_WIDEST: Final = 60
#: What Excel writes for a sign that it cannot hold; a text that looks like it is written so that it comes back.
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_QUOTE: Final = {'"': "&quot;"}
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPE: Final = f'<Override PartName="/xl/{{}}.xml" ContentType="{_SPREADSHEET}.{{}}+xml"/>'
_TYPES: Final = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f"{_TYPE.format('workbook', 'sheet.main')}{_TYPE.format('styles', 'styles')}{{}}</Types>"
)
_RELATION: Final = f'<Relationship Id="rId{{}}" Type="{_OFFICE}/{{}}" Target="{{}}"/>'
_RELATIONS: Final = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{{}}</Relationships>'
_BOOK: Final = (
    f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    "<bookViews><workbookView/></bookViews><sheets>{}</sheets></workbook>"
)
#: How a cell is written: text, a head, a whole number, one or two digits after the comma. "@" keeps a text a text when
#: somebody types it anew.
_TEXT, _BOLD, _WHOLE = 1, 2, 3
_FORMATS: Final = (0, 49, 49, 1, 164, 2)
_STYLES: Final = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{int(place == _BOLD)}" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1" applyFont="1"/>'
        for place, number in enumerate(_FORMATS)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_VIEW: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    ' state="frozen"/></sheetView></sheetViews>'
)
#: Excel marks a text that looks like a number with a green corner, unless it is told not to.
_NO_MARKS: Final = (
    '<ignoredErrors><ignoredError sqref="A1:{}" numberStoredAsText="1" twoDigitTextYear="1"/></ignoredErrors>'
)

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
    value = float(value) if isinstance(value, Decimal) else value
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
    safe = [[guarded(cell) for cell in cells] for cells in rows]
    long = [number for number, cells in enumerate(safe, start=1) if any(len(cell) > _CELL for cell in cells)]
    if long:
        expected, action = "højst 32.767 tegn i en celle", "Gem tabellen som .csv i stedet."
        raise DataError(Fault(name, "en celle, der er for lang til Excel", expected, action, row=long[0]))
    return excel_workbook({sheet: safe})


def excel_workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write tables as a workbook in which every text stays the text that it is, and every number is a number.

    A CSV file says of no cell what it is: "4-8" becomes a date there, "0012" loses its noughts. A workbook says so. It
    computes nothing, and holds neither names nor times of whoever wrote it: the same tables give the same bytes.

    Parameters
    ----------
    sheets : mapping of str to sequence of sequence
        Name of each sheet → its rows, of which the first is the heads. Text, whole numbers, decimal numbers (shown with
        the digits that they have), or None for an empty cell. The sheets must have different names of 1 to 31 signs.

    Returns
    -------
    bytes
        The file, `.xlsx`.

    Examples
    --------
    >>> from openpyxl import load_workbook
    >>> content = excel_workbook({"tid": [["Svar", "Andel"], ["4-8", Decimal("37.0")], ["=1+1", None]]})
    >>> [[(cell.value, cell.number_format) for cell in row] for row in load_workbook(io.BytesIO(content))["tid"]][1]
    [('4-8', '@'), (37.0, '0.0')]
    """
    from xml.sax.saxutils import escape  # few commands write a workbook

    names = list(sheets)
    numbered = range(1, len(names) + 1)
    parts = {
        "[Content_Types].xml": _TYPES.format(
            "".join(_TYPE.format(f"worksheets/sheet{number}", "worksheet") for number in numbered)
        ),
        "_rels/.rels": _RELATIONS.format(_RELATION.format(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _BOOK.format(
            "".join(
                f'<sheet name="{escape(_written(name), _QUOTE)}" sheetId="{number}" r:id="rId{number}"/>'
                for number, name in enumerate(names, start=1)
            )
        ),
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(
            "".join(_RELATION.format(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbered)
            + _RELATION.format(len(names) + 1, "styles", "styles.xml")
        ),
        "xl/styles.xml": _STYLES,
        **{
            f"xl/worksheets/sheet{number}.xml": _sheet(sheets[name])
            for number, name in zip(numbered, names, strict=True)
        },
    }
    return zipped(parts)


def sheet_names(tables: Iterable[str], taken: str = "") -> list[str]:
    """Name a sheet for each table: short enough for Excel, which takes "Tid" and "tid" for one.

    Parameters
    ----------
    tables : iterable of str
        What the tables are called.
    taken : str
        A sheet's name that another table has.

    Examples
    --------
    >>> sheet_names(["tid", "Tid", "hvem/hvad"], taken="Tid")
    ['tid_2', 'Tid_3', 'hvem_hvad']
    """
    names: list[str] = []
    gone = {taken.casefold(), "history"}
    for table in tables:
        whole = _NOT_IN_SHEETS.sub("_", table) or "_"
        ends = chain([""], (f"_{number}" for number in count(2)))
        name = next(name for end in ends if (name := whole[: _SHEET_NAME - len(end)] + end).casefold() not in gone)
        gone.add(name.casefold())
        names.append(name)
    return names


def _sheet(table: Sequence[Sequence[object]]) -> str:
    # Empty cells at the end of a row are not there at all.
    rows = [
        row[: max((place for place, cell in enumerate(row, 1) if cell not in (None, "")), default=0)] for row in table
    ]
    wide = max((len(row) for row in rows), default=0)
    longest = [
        max((len(line) for row in rows for line in _shown(row, place).split("\n")), default=0) for place in range(wide)
    ]
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{min(max(length, 8), _WIDEST) + 2}" customWidth="1"/>'
        for place, length in enumerate(longest, start=1)
    )
    written = "".join(
        f'<row r="{number}">{"".join(_written_cells(row, number, head=number == 1))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    about = f"<cols>{columns}</cols>" if columns else ""
    unmarked = _NO_MARKS.format(f"{letters(wide)}{len(rows)}") if columns else ""
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}">{_VIEW}<sheetFormatPr defaultRowHeight="15"/>{about}'
        f"<sheetData>{written}</sheetData>{unmarked}</worksheet>"
    )


def _shown(row: Sequence[object], place: int) -> str:
    return "" if place >= len(row) or row[place] is None else str(row[place])


def _written_cells(row: Sequence[object], number: int, *, head: bool) -> Iterator[str]:
    from xml.sax.saxutils import escape  # few commands write a workbook

    for place, value in enumerate(row, start=1):
        where = f"{letters(place)}{number}"
        if isinstance(value, str) and value:
            text = escape(_written(value))
            style = _BOLD if head else _TEXT
            yield f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        elif isinstance(value, int | Decimal):
            digits = min(max(-int(Decimal(value).as_tuple().exponent), 0), 2)
            yield f'<c r="{where}" s="{_WHOLE + digits}"><v>{value}</v></c>'
        elif value not in (None, ""):
            raise TypeError(type(value).__name__)


def _written(text: str) -> str:
    """Give a text as a workbook can hold it, which knows one kind of line end."""
    return _ESCAPED.sub("_x005F_", legible(text.replace("\r\n", "\n").replace("\r", "\n")))


def letters(column: int) -> str:
    """Name a column as a spreadsheet does.

    Parameters
    ----------
    column : int
        Its number, from 1.

    Examples
    --------
    >>> letters(2), letters(28)
    ('B', 'AB')
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def write_faults(table: pd.DataFrame, path: Path) -> None:
    """Write a fault table with Danish heads: as a CSV that Danish Excel opens, or as a workbook, where ids stay ids.

    Parameters
    ----------
    table : pandas.DataFrame
        What `fault_table` returns; for a list that may be sent, what `without_words` made of it.
    path : pathlib.Path
        The file to write, `.csv` or `.xlsx`; its folder is made when missing.

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
    told = [[cell if isinstance(cell, str | int) else None for cell in row] for row in cells.to_numpy().tolist()]
    rows: list[Sequence[object]] = [list(FAULT_HEADS.values()), *told]
    write_whole(path, excel_workbook({"fejl": rows}) if path.suffix == ".xlsx" else excel_csv(rows))
