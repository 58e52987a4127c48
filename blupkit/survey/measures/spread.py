"""How answers are spread in a cell: what may be told of it, and the intervals that follow where it may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special  # its `stats` is four times as long to import

from blupkit.core import ALL
from blupkit.disclosure import Cell, MeasureRow, SafeTable, is_shown, measure_table

Numbers = npt.NDArray[np.float64]
#: The share of the t distribution below the upper end of an interval.
_UPPER: Final = 0.975
#: A total's spread is its own when the parts that do not show theirs lie in at least so many municipalities.
_LEAST_HIDDEN_PLACES: Final = 2


class Spread(NamedTuple):
    """What a draft declares of a cell's answers beside their mean.

    Parameters
    ----------
    variance : float
        Of the answers around their mean, divided by n - 1; missing with fewer than two.
    tally : str
        How often each was given, as `tally_of` writes it, where groups are compared by it; else empty.

    Examples
    --------
    >>> Spread(1.0, "1.0:2 3.0:1").variance
    1.0
    """

    variance: float
    tally: str = ""


def variances(values: Numbers) -> Numbers:
    """Give each column's variance over those who answered, divided by n - 1.

    Parameters
    ----------
    values : numpy.ndarray
        Respondents × columns; NaN is left out.

    Returns
    -------
    numpy.ndarray
        By column; NaN with fewer than two answers.

    Examples
    --------
    By hand: 1, 2, 3 have the mean 2 and squares 1 + 0 + 1, over 2.

    >>> variances(np.array([[1.0, 5.0], [2.0, np.nan], [3.0, np.nan]])).tolist()
    [1.0, nan]
    """
    present = ~np.isnan(values)
    n = present.sum(axis=0)
    mean = np.where(present, values, 0.0).sum(axis=0) / np.maximum(n, 1)
    squares = (np.where(present, values - mean, 0.0) ** 2).sum(axis=0)
    return np.where(n > 1, squares / np.maximum(n - 1, 1), np.nan)


def tally_of(values: Numbers) -> str:
    """Count how often each number was given; NaN is left out. It is written as a text, which a file keeps as it is.

    Examples
    --------
    >>> tally_of(np.array([1.0, 3.0, 1.0, np.nan]))
    '1.0:2 3.0:1'
    """
    given, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    return " ".join(f"{number}:{count}" for number, count in zip(given.tolist(), counts.tolist(), strict=True))


def counts_of(tally: str) -> dict[float, int]:
    """Read what `tally_of` wrote.

    Examples
    --------
    >>> counts_of("1.0:2 3.0:1")
    {1.0: 2, 3.0: 1}
    """
    pairs = (part.split(":") for part in tally.split())
    return {float(number): int(count) for number, count in pairs}


def spread_table(rows: Iterable[tuple[MeasureRow, Spread]]) -> pd.DataFrame:
    """Put the numbers of a measure into a table, with what is declared of their spread.

    Parameters
    ----------
    rows : iterable of tuple
        May be empty.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`, `variance`, `tally` and `empty` (nobody is in the cell, as everybody knows).

    Examples
    --------
    >>> row = MeasureRow("alle", "L", "1", "Lede møder", "Gab", 1.5, n=12)
    >>> spread_table([(row, Spread(1.0))])[["n", "variance", "empty"]].to_numpy().tolist()
    [[12, 1.0, False]]
    """
    found = list(rows)
    table = measure_table(row for row, _ in found)
    extra = pd.DataFrame([spread for _, spread in found], columns=list(Spread._fields)).astype({"variance": float})
    return table.join(extra).assign(empty=table["n"] == 0)


def settled(table: SafeTable, changed: Collection[Cell], caution_n: int) -> SafeTable:
    """Decide for each shown mean whether its own spread may be used, and give it the interval that follows.

    * From `varsomhed_n` answers on the distribution of a cell may be shown, and so may its spread: it keeps its own
      bootstrap interval.
    * Second moments add up over municipalities as sums do: a total less the parts that show theirs is the spread of
      the others. So a total keeps its own only when there are no others, or when they hold together at least
      `varsomhed_n` answers, in at least two municipalities.
    * A cell in which fewer than `varsomhed_n` persons have come, left or changed their answers since a release that
      was sent does not keep its own: the difference of two spreads would be theirs.
    * All others get the mean ± t · s / √n, cut at the ends of the scale, where s² is the variance pooled over the
      municipalities' cells of the same measure and group that keep their own, with the sum of their n - 1 as degrees of
      freedom. That is a function of what is shown. It is the t distribution, since s² is itself estimated. Where no
      cell keeps its own, there is no interval.

    Parameters
    ----------
    table : SafeTable
        What a release shows of means, with what `spread_table` declares; not changed.
    changed : collection of Cell
        Those that few have changed since they were sent; `table` in them is not looked at.
    caution_n : int
        The study's `varsomhed_n`.

    Returns
    -------
    SafeTable
        The same rows with `own` (whether `variance`, `low` and `high` are the cell's own); where they are not,
        `variance` is the pooled one, and `tally` is empty.

    Examples
    --------
    By hand: twelve answers with the variance 1 show their own; for nine in the next municipality s² is that 1, with 11
    degrees of freedom, and t is 2.201: 3 ± 2.201 / 3.

    >>> rows = [MeasureRow(place, "L", "1", "Tillid", "Enig", 3.0, 2.5, 3.5, n, 1.0, 5.0)
    ...         for place, n in (("nordby", 12), ("sydby", 9), ("alle", 21))]
    >>> frame = spread_table((row, Spread(1.0)) for row in rows).assign(status="vist")
    >>> settled(SafeTable(frame, 5), (), 10).frame[["own", "low", "high"]].round(2).to_numpy().tolist()
    [[True, 2.5, 3.5], [False, 2.27, 3.73], [False, 2.52, 3.48]]
    """
    frame = table.frame
    shown, own = is_shown(frame), _may_show_own(frame, changed, caution_n)
    pooled, freedom = _pooled(frame[own & (frame["municipality"] != ALL)], frame)
    other = shown & ~own
    n = frame["n"].where(other).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    reach = special.stdtrit(freedom, _UPPER) * np.sqrt(pooled / n)
    ends = {
        name: (frame["value"] + sign * reach).clip(frame["lowest"], frame["highest"])
        for name, sign in (("low", -1), ("high", 1))
    }
    numbers = {
        name: frame[name].where(own, found.where(other))
        for name, found in {**ends, "variance": pd.Series(pooled, index=frame.index)}.items()
    }
    return replace(table, frame=frame.assign(**numbers, tally=frame["tally"].where(own, ""), own=own))


def _may_show_own(frame: pd.DataFrame, changed: Collection[Cell], caution_n: int) -> pd.Series:
    keys = list(zip(*(frame[name].tolist() for name in ("municipality", "group", "item")), strict=True))
    stirred = {cell[1:] for cell in changed}
    local = frame["municipality"] != ALL
    n = frame["n"].astype("Int64").fillna(0).astype(int)
    fits = is_shown(frame) & (n >= caution_n) & ~pd.Series([key in stirred for key in keys], index=frame.index)
    parts = [frame["group"], frame["item"], frame["measure"]]
    told = n.where(local & fits, 0).groupby(parts).transform("sum")
    places = (local & ~fits & ~frame["empty"].astype(bool)).groupby(parts).transform("sum")
    whole = (places == 0) | ((places >= _LEAST_HIDDEN_PLACES) & (n - told >= caution_n))
    return fits & (local | whole)


def _pooled(own: pd.DataFrame, frame: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Give each row the variance pooled over its measure and group, and its degrees of freedom; NaN without any."""
    keys = ["group", "measure"]
    freedom = own["n"].astype(float) - 1
    sums = own[keys].assign(freedom=freedom, squares=freedom * own["variance"]).groupby(keys).sum()
    found = frame[keys].merge(sums, how="left", left_on=keys, right_index=True)
    return (found["squares"] / found["freedom"]).to_numpy(dtype=float), found["freedom"].to_numpy(dtype=float)
