"""Tables that open in Danish Excel with a double click, and do nothing when they do."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Final

from blupkit.core.danish import rounded

#: What makes Excel take a cell for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


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
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, float) or not math.isfinite(value):
        return ""
    return (
        f"{rounded(value, decimals):.{decimals}f}".rstrip("0").rstrip(".").replace(".", ",")
        if decimals
        else f"{rounded(value, 0):.0f}"
    )
