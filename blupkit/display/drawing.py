"""What a figure is drawn of: its shape, and one row a mark."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd


class Shape(StrEnum):
    """How `ResultTable.plot` draws a table."""

    NONE = "ingen figur"
    BARS = "søjler"
    POINTS = "punkter"
    #: Points of one row on one line, joined: what lies between them is what is to be seen.
    PAIRS = "par"


@dataclass(frozen=True, eq=False)
class Drawing:
    """What is drawn, worked out before anything is drawn: seaborn counts and averages nothing itself.

    Parameters
    ----------
    marks : pandas.DataFrame
        One row a mark: `label` (the row of the figure), `series` (whose colour it has; "" where there is one only),
        `value`; and where they are known `low` and `high` (the interval) and `n` (the answers behind it). Ordered
        categories are drawn in their own order, text in the order in which it stands. A missing value is left out.
    axis : str
        What the values are, in Danish: "Pct. af dem, der svarede".
    least : int
        With fewer answers behind a mark no interval is drawn: that of two people goes from one to the other.
    zero : bool
        Whether a line stands at 0, for differences.

    Examples
    --------
    >>> Drawing.of_table(pd.DataFrame({"Svar": ["Ja", "Nej"], "Antal": [3, 1]})).marks["value"].tolist()
    [3.0, 1.0]
    """

    marks: pd.DataFrame
    axis: str = ""
    least: int = 0
    zero: bool = False

    @classmethod
    def of_table(cls, frame: pd.DataFrame) -> Drawing:
        """Draw a table as it stands: its first column names the rows, each column of numbers is a series."""
        numbers = list(frame.iloc[:, 1:].select_dtypes("number"))
        names = frame.iloc[:, 0]
        parts = [
            pd.DataFrame({"label": names, "series": head if len(numbers) > 1 else "", "value": frame[head]})
            for head in numbers
        ]
        marks = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["label", "series", "value"])
        return cls(marks.astype({"value": float}), str(numbers[0]) if len(numbers) == 1 else "")
