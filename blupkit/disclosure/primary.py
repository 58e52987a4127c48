"""What may not be shown by itself, whatever else is shown, and what is told of it instead."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from blupkit.core.study import ALL, Study
from blupkit.disclosure.quantities import SLACK, Reason
from blupkit.disclosure.safe_table import may_tell

#: How far from an end of its scale a mean of few answers is told, as a part of the scale: 0.5 on one from 1 to 5.
PART_TOLD: Final = 1 / 8
#: A mean of few answers that is not told to lie near an end is known to lie beyond it, by no less than a rounding.
_BEYOND: Final = 1e-3
#: A mean on a scale that is shorter tells how many gave each of its two answers, as a share does.
SHORT: Final = 2.0


def primary_reasons(table: pd.DataFrame, study: Study) -> pd.Series:
    """Say for each row why it may not be shown, whatever else is shown.

    A row may not be shown when it rests on fewer than `min_n` answers, or on fewer than `varsomhed_n` where it shares
    answers out over choices (`share_out`), or is of a part of a group; when it rests on fewer than `varsomhed_n`
    answers and lies near an end of its scale, so that much of everybody's answer would be known (`known_ends`); and
    when its group is not shown locally. That nobody is in a part of a group may be told.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`, `distribution` where answers are shared out, `additive`, and `part` for the rows of a part of
        a group; not changed.
    study : Study
        Thresholds and groups.

    Returns
    -------
    pandas.Series
        The reason by row, "" where there is none.
    """
    limits = study.thresholds
    part = _flags(table, "part", missing=False)
    spread, nobody = share_out(table) | part, part & (table["n"] == 0)
    ends = (table["value"] <= table["lowest"]) | (table["value"] >= table["highest"])
    ends |= known_ends(table, limits.min_n, limits.caution_n)["bound"].notna()
    common_only = {group.key for group in study.groups if not group.shown_locally}
    reasons = pd.Series("", index=table.index, dtype="str")
    for reason, hit in (
        (Reason.AT_THE_END, ends & (table["n"] < limits.caution_n)),
        (Reason.NOT_LOCALLY, (table["municipality"] != ALL) & table["group"].isin(common_only)),
        # It may hold any number of persons, also nobody.
        (Reason.SPREAD_OVER_FEW, spread & ~nobody & ~may_tell(0 * table["n"], table["n"], study)),
        (Reason.TOO_FEW, ~nobody & (table["n"] < limits.min_n)),
    ):
        reasons = reasons.mask(hit, reason.value)
    return reasons


def _flags(table: pd.DataFrame, name: str, *, missing: bool) -> pd.Series:
    return table[name].astype(bool) if name in table else pd.Series(missing, index=table.index)


def share_out(table: pd.DataFrame) -> pd.Series:
    """Say which rows share answers out over choices: those that say so, and means of answers on a scale of two.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`, and `additive` and `distribution` where it has them; not changed.

    Returns
    -------
    pandas.Series
        By row.

    Examples
    --------
    >>> share_out(pd.DataFrame({"lowest": [0.0, 1.0], "highest": [1.0, 5.0]})).tolist()
    [True, False]
    """
    short = (table["highest"] - table["lowest"]) < SHORT
    return _flags(table, "distribution", missing=False) | (_flags(table, "additive", missing=True) & short)


def known_ends(table: pd.DataFrame, min_n: int, caution_n: int) -> pd.DataFrame:
    """Say between which ends the mean of few answers is known to lie, even where it is hidden.

    Near an end of its scale it is hidden, and a bound printed instead. Where none is printed, that tells that it does
    not lie there. Near is an eighth of the scale's length, to the next half point: half a point from 1 to 5. Of three
    or more answers on a scale of whole numbers that leaves at least two sums, and so two answers to each person.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`, and `additive` and `distribution` where it has them; not changed.
    min_n, caution_n : int
        The study's thresholds: it is of means of at least the one and fewer than the other.

    Returns
    -------
    pandas.DataFrame
        By row `at_least` and `at_most`, missing where nothing is told; and `bound`, what is printed, with `fewest` and
        `most`, the numbers of answers that a bound is printed for, all missing where it does not lie near an end.

    Examples
    --------
    >>> means = {"value": [4.5, 3.0, 1.2], "n": [6, 6, 12], "lowest": 1.0, "highest": 5.0}
    >>> known_ends(pd.DataFrame(means), 5, 10).to_numpy().tolist()
    [[4.5, 5.0, 4.5, 5.0, 9.0], [1.501, 4.499, nan, nan, nan], [nan, nan, nan, nan, nan]]
    """
    low, high, value = (table[name].astype(float) for name in ("lowest", "highest", "value"))
    near = np.ceil(2 * PART_TOLD * (high - low)) / 2
    few = _flags(table, "additive", missing=True) & ~share_out(table) & np.isfinite(near)
    few &= (table["n"] >= min_n) & (table["n"] < caution_n)
    top, bottom = few & (value >= high - near - SLACK), few & (value <= low + near + SLACK)
    bound = (high - near).where(top, (low + near).where(bottom))
    return pd.DataFrame(
        {
            "at_least": low.where(bottom, (high - near).where(top, value.clip(upper=low + near + _BEYOND))).where(few),
            "at_most": high.where(top, (low + near).where(bottom, value.clip(lower=high - near - _BEYOND))).where(few),
            "bound": bound,
            "fewest": pd.Series(float(min_n), table.index).where(bound.notna()),
            "most": pd.Series(float(caution_n - 1), table.index).where(bound.notna()),
        }
    )
