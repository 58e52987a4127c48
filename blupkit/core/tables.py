"""Reading the tables that people send, as text: always whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.errors import Fault, FileError, Level
from blupkit.core.files import refuse
from blupkit.core.reading.delimited import CUT, Delimited, read_delimited, refuse_hidden
from blupkit.core.reading.fast_csv import read_regular
from blupkit.core.reading.heading import seen, told_apart
from blupkit.core.reading.sheets import Titled, answers_on, titled
from blupkit.core.reading.workbook import WORKBOOKS, Book, columns_of

_EMPTY = "Hent filen igen."


def read_table(
    path: Path,
    name: str | None = None,
    *,
    header: bool = True,
    sheet: str | None = None,
    complete: bool = False,
    repeated: bool = False,
    known: Mapping[str, bool] | None = None,
) -> pd.DataFrame:
    r"""Read a CSV, TSV or XLSX file as text, one row a record, nothing guessed and nothing lost.

    Every cell is a string and an empty cell is "": what is a number, a code or missing is for the caller to say. The
    index is the row number that a spreadsheet shows, so that a fault can point at it. Rows are counted a second way: a
    quotation mark that somebody wrote never swallows the next person, and every row of a sheet is read, whatever the
    file says of its own size. Lines above the header that begin with "#" are remarks and are skipped: that is how the
    files of a new study explain themselves.

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
    known : mapping of str to bool, optional
        For what a system sent, and no person keeps: the headings that are expected, as `reading.heading.spelt` gives
        them → whether one means one column only; may be empty. Then the header is found below titles, and on the sheet
        behind a cover; equal headings are told apart by their place ("Andet", "Andet2"); no row is a remark; and an
        error value of a workbook stays as its text.

    Returns
    -------
    pandas.DataFrame
        Strings only; trailing columns without name and content are dropped. `attrs["told"]` has a `Fault` of level
        "advarsel" for titles that were skipped.

    Raises
    ------
    FileError
        The file cannot be read, two columns share a name, or a row has more cells than the header: then the row's
        number is given, since a stray separator would shift its values. Or a cell of a workbook holds a formula without
        a result, and, in what a person keeps, an error value.

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
        book = Book(path, name)
        found = book.sheet(sheet, errors=known is not None) if known is None or sheet else answers_on(book, known)
        return _of_sheet(titled(found, known), name, header=header, repeated=repeated, known=known)
    text = read_delimited(path, name, known)
    table = _regular(text, known) if header and repeated else None
    if table is None:
        table = _of_text(text, name, header=header, complete=complete, known=known)
        table = table.astype("category") if repeated else table
    return _telling(table, name, text.titles)


def _of_sheet(
    found: Titled, name: str, *, header: bool, repeated: bool, known: Mapping[str, bool] | None
) -> pd.DataFrame:
    rows, number = found.rows, found.number
    if not rows:
        refuse(name, "ingen rækker", "en tabel med mindst én række", _EMPTY, quotes=False)
    heads: list[str] | range = range(max(map(filled_cells, rows)) if not header else 0)
    if header:
        heads = _heads(found.texts(0), name, number, known)
        rows, number = rows[1:], number + 1
        if rows and len(rows[0]) > len(heads):
            wide = {number + place: filled_cells(cells) for place, cells in enumerate(rows)}
            _check_width(wide, len(heads), name)
    table = pd.DataFrame(dict(enumerate(columns_of(rows, len(heads)))), copy=False)
    table.index = pd.RangeIndex(number, number + len(table))
    table = _without_blank(table.set_axis(heads, axis=1))
    return _telling(table if repeated else table.astype("str"), name, found.titles)


def _telling(table: pd.DataFrame, name: str, titles: int) -> pd.DataFrame:
    """Put the telling of skipped titles with the table."""
    if titles:
        found = "1 række over overskrifterne" if titles == 1 else f"{titles} rækker over overskrifterne"
        action = "Den er sprunget over som titel." if titles == 1 else "De er sprunget over som titler."
        told = Fault(name, found, "overskrifterne øverst", action, level=Level.WARNING, quotes=False)
        table.attrs["told"] = (told,)
    return table


def _regular(text: Delimited, known: Mapping[str, bool] | None) -> pd.DataFrame | None:
    """Read a text the quick way; None where something must be told, or mended, cell by cell."""
    table = read_regular(text.text, text.separator)
    if table is None:
        return None
    heads = [seen(head).strip() for head in table.columns]
    heads = heads[: filled_cells(heads)]
    heads = heads if known is None else told_apart(heads, known)
    beyond = table.iloc[:, len(heads) :]
    if len(set(heads)) < len(heads) or any(cells.str.strip().any() for _, cells in beyond.items()):
        return None
    table = table.iloc[:, : len(heads)].set_axis(heads, axis=1)
    table.index = pd.RangeIndex(text.above + 2, text.above + 2 + len(table))
    return _without_blank(table)


def _without_blank(table: pd.DataFrame) -> pd.DataFrame:
    filled = _filled(table)
    return table if filled.all() else table[filled]


def _filled(table: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which rows hold anything but blanks."""
    filled = np.zeros(len(table), dtype=bool)
    # The columns that hold few different cells first: they are quickest, and a few of them usually settle it.
    for cells in sorted((cells.cat for _, cells in table.items()), key=lambda cells: len(cells.categories)):
        filled |= np.array([bool(text.strip()) for text in cells.categories.tolist()], dtype=bool)[cells.codes]
        if filled.all():
            break
    return filled


def _of_text(
    text: Delimited, name: str, *, header: bool, complete: bool, known: Mapping[str, bool] | None
) -> pd.DataFrame:
    found = {number: cells for number, cells in text.rows() if filled_cells(cells)}
    rows = dict(found)
    if not rows:
        refuse(name, "ingen rækker", "en tabel med mindst én række", _EMPTY, quotes=False)
    heads: list[str] | range = range(max(map(filled_cells, rows.values())))
    if header:
        first = next(iter(rows))
        heads = _heads(rows.pop(first), name, first, known)
        _check_width({number: filled_cells(cells) for number, cells in rows.items()}, len(heads), name)
        if known is not None:
            refuse_hidden(text, name)
        if complete:
            _check_last_row(rows, len(heads), name)
    data = [(cells + [""] * len(heads))[: len(heads)] for cells in rows.values()]
    return pd.DataFrame(data, index=list(rows), columns=heads, dtype="str")


def filled_cells(cells: Sequence[Any]) -> int:
    """Give the number of cells up to the last one that holds anything."""
    return next((number for number in range(len(cells), 0, -1) if str(cells[number - 1]).strip()), 0)


def _heads(cells: list[str], name: str, row: int, known: Mapping[str, bool] | None) -> list[str]:
    heads = [seen(cell).strip() for cell in cells[: filled_cells(cells)]]
    heads = heads if known is None else told_apart(heads, known)
    repeated = sorted({head for head in heads if heads.count(head) > 1})
    if repeated:
        found = ", ".join(head or "(intet navn)" for head in repeated)
        action = "Giv kolonnerne hver sit navn. Mangler overskrifterne i filen, så hent den igen med dem."
        refuse(name, found, "et navn til hver kolonne, kun brugt én gang", action, row=row)
    return heads


def _check_width(filled: Mapping[int, int], width: int, name: str) -> None:
    expected = f"højst {width} celler som i overskriften"
    action = "Se efter et overflødigt skilletegn i rækken, eller hent filen igen."
    faults = [
        Fault(name, f"{cells} celler", expected, action, row=row, quotes=False)
        for row, cells in filled.items()
        if cells > width
    ]
    if faults:
        raise FileError(faults)


def _check_last_row(rows: dict[int, list[str]], width: int, name: str) -> None:
    row, cells = next(reversed(rows.items()), (0, [""] * width))
    if len(cells) < width:
        found, expected = f"{len(cells)} celler i filens sidste række", f"{width} celler som i overskriften"
        refuse(name, found, expected, CUT, row=row, quotes=False)


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


def as_spelt(cells: pd.Series, known: Iterable[str]) -> pd.Series:
    """Give each name in a column as it is spelt where it is made: Excel makes the first letter of a cell a capital.

    Parameters
    ----------
    cells : pandas.Series of str
        What people have written; "" where nothing is.
    known : iterable of str
        The names, as they are spelt.

    Returns
    -------
    pandas.Series of str
        With the same index. What is none of the names whatever its case stays, for the caller to refuse.

    Examples
    --------
    >>> as_spelt(pd.Series(["Lokalråd", "Borger", ""]), ["lokalråd", "ansat"]).tolist()
    ['lokalråd', 'Borger', '']
    """
    spelt = {name.casefold(): name for name in known}
    return cells.map(lambda cell: spelt.get(cell.casefold(), cell)).astype("str")
