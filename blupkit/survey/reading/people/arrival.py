"""When each answer arrived, as far as the export says it beyond doubt."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from blupkit.survey.reading.column_names import plain

#: What the systems call the time an answer was sent or last touched; the first that is there is believed.
_HEADINGS: Final = (
    "submitdate",
    "_submission_time",
    "completion time",
    "fuldførelsestidspunkt",
    "afslutningstidspunkt",
    "tidsstempel",
    "timestamp",
    "recordeddate",
    "enddate",
    "end date",
    "date submitted",
    "submission date",
    "closetime",
    "datestamp",
    "end",
    "sluttidspunkt",
    "besvaret",
    "dato",
    "date",
)
_DAY: Final = (
    r"(?P<a>\d{1,4})(?P<mark>[-/.])(?P<b>\d{1,2})[-/.](?P<c>\d{1,4})"
    r"(?:[T ,]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}(?:[.,]\d+)?))?\s*(?P<half>[ap]m)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?)?"
)


def arrived(table: pd.DataFrame) -> pd.Series | None:
    """Tell when each row arrived, as numbers that rise with time.

    A date such as 03/04/2027 may be in March or April: it counts only where another date of the column shows which.

    Parameters
    ----------
    table : pandas.DataFrame
        The export as it was read, text only.

    Returns
    -------
    pandas.Series or None
        By row, NaN where nothing stands that can be read; None where the export has no such column.

    Examples
    --------
    >>> arrived(pd.DataFrame({"dato": ["3.4.2027 9.30", "13.2.2027"]})).tolist()
    [20270403093000.0, 20270213000000.0]
    >>> arrived(pd.DataFrame({"dato": ["3/4/2027", "5/2/2027"]})).tolist()
    [nan, nan]
    """
    columns = {plain(str(heading)): heading for heading in reversed(table.columns)}
    heading = next((columns[name] for name in _HEADINGS if name in columns), None)
    if heading is None:
        return None
    cells = table[heading].astype("str").str.strip()
    numbers = pd.to_numeric(cells.where(cells.str.fullmatch(r"\d+(\.\d+)?")), errors="coerce")
    return numbers if numbers.notna().any() else _moments(cells)


def _moments(cells: pd.Series) -> pd.Series:
    parts = cells.str.extract(f"^{_DAY}$", flags=re.IGNORECASE)
    a, b, c = (pd.to_numeric(parts[name], errors="coerce") for name in "abc")
    year_first = parts["a"].str.len() == 4
    day_first = ((a > 12) & ~year_first).any() or (parts["mark"] == ".").any()
    month_first = ((b > 12) & ~year_first).any()
    if day_first == month_first:  # nobody can say which is which, or both cannot be
        a, b = a.where(year_first), b.where(year_first)
    day, month = (a, b) if day_first else (b, a)
    year = a.where(year_first, c.where(c >= 100, c + 2000))
    month, day = b.where(year_first, month), c.where(year_first, day)
    hour = pd.to_numeric(parts["hour"], errors="coerce").fillna(0)
    half = parts["half"].str.lower()
    hour = hour.where(half.isna(), hour % 12 + 12 * (half == "pm"))
    minute, second = (
        pd.to_numeric(parts[name].str.replace(",", "."), errors="coerce") for name in ("minute", "second")
    )
    return ((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute.fillna(0)) * 100 + second.fillna(0)
