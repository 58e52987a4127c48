"""A result as an Excel file: the table on one sheet, what it rests on upon the other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from blupkit.core.spreadsheet import excel_workbook


def workbook(title: str, frame: pd.DataFrame, notes: Sequence[str], call: str) -> bytes:
    """Write a result as a workbook.

    Parameters
    ----------
    title : str
        What it is.
    frame : pandas.DataFrame
        Numbers are written with all their digits and shown with two; a missing one is an empty cell.
    notes : sequence of str
        What it rests on.
    call : str
        The line that makes it; "" where there is none.

    Returns
    -------
    bytes
        The file: a sheet "tabel" and a sheet "om tabellen".

    Examples
    --------
    >>> import io
    >>> from openpyxl import load_workbook
    >>> book = load_workbook(io.BytesIO(workbook("T", pd.DataFrame({"a": ["4-8"], "b": [0.5]}), ["n"], "")))
    >>> [[cell.value for cell in row] for row in book["tabel"]], book.sheetnames
    ([['a', 'b'], ['4-8', 0.5]], ['tabel', 'om tabellen'])
    """
    rows: list[Sequence[object]] = [
        [str(head) for head in frame.columns],
        *([_cell(value) for value in row] for row in _rows(frame)),
    ]
    about: list[Sequence[object]] = [
        ["Tabel", title],
        *(["", note] for note in notes),
        *([["Kald", call]] if call else []),
    ]
    return excel_workbook({"tabel": rows, "om tabellen": about})


def _rows(frame: pd.DataFrame) -> list[list[object]]:
    return [list(row) for row in frame.astype(object).itertuples(index=False, name=None)]


def _cell(value: object) -> object:
    if value is None or value is pd.NA or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, int | np.integer):
        return int(value)
    return Decimal(repr(float(value))) if isinstance(value, float | np.floating) else str(value)
