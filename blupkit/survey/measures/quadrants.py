"""Importance against level, cut in four: where a need is worth working on first."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from blupkit.disclosure import SafeTable
from blupkit.survey.measures.needs import IMPORTANCE, LEVEL

FIRST, KEEP, LATER, AMPLE = "Styrk først", "Bliv ved", "Kan vente", "Rigeligt"
Crosshair = Literal["gennemsnit", "median", "midte"] | tuple[float, float]


def quadrants(needs: SafeTable, crosshair: Crosshair = "gennemsnit") -> pd.DataFrame:
    """Cut importance × level in four (Martilla & James 1977).

    Where the cross-hair stands decides what comes out, so it is always told with the result: the means of the group's
    own shown items (most used, but then there is always something in each quarter), their medians, the middle of the
    scales, or fixed numbers.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, as the release shows it. Only what is shown comes in.
    crosshair : {"gennemsnit", "median", "midte"} or tuple of float
        Where importance and level are cut.

    Returns
    -------
    pandas.DataFrame
        `municipality`, `group`, `item`, `label`, `importance`, `level`, `cut_importance`, `cut_level` and `quadrant`:
        "Styrk først" (high importance, low level), "Bliv ved" (both high), "Kan vente" (both low) and "Rigeligt" (low
        importance, high level). What lies on the cross-hair counts as high.

    Examples
    --------
    >>> rows = [("alle", "L", item, item, measure, value, 1.0, 5.0, "vist") for item, i, c in [("a", 5, 2), ("b", 3, 4)]
    ...         for measure, value in (("Vigtighed", float(i)), ("Nuværende niveau", float(c)))]
    >>> names = ["municipality", "group", "item", "label", "measure", "value", "lowest", "highest", "status"]
    >>> quadrants(SafeTable(pd.DataFrame(rows, columns=names), 5))["quadrant"].tolist()
    ['Styrk først', 'Rigeligt']
    """
    shown = needs.shown[needs.shown["measure"].isin([IMPORTANCE, LEVEL])]
    keys = ["municipality", "group", "item", "label"]
    wide = shown.pivot_table(index=keys, columns="measure", values="value", sort=False).reset_index()
    table = wide.rename(columns={IMPORTANCE: "importance", LEVEL: "level"}).rename_axis(columns=None)
    for side, measure in (("importance", IMPORTANCE), ("level", LEVEL)):
        table[f"cut_{side}"] = _cut(table, side, shown[shown["measure"] == measure], crosshair)
    # Rounded, since three times 3.7 has the mean 3.7000000000000006 in floating point, and would lie below itself.
    important, able = ((table[side] - table[f"cut_{side}"]).round(9) >= 0 for side in ("importance", "level"))
    table["quadrant"] = AMPLE
    for quarter, where in ((FIRST, important & ~able), (KEEP, important & able), (LATER, ~important & ~able)):
        table.loc[where, "quadrant"] = quarter
    return table


def _cut(table: pd.DataFrame, side: str, rows: pd.DataFrame, crosshair: Crosshair) -> pd.Series | float:
    if isinstance(crosshair, tuple):
        return crosshair[0] if side == "importance" else crosshair[1]
    if crosshair == "midte":
        return float(rows["lowest"].min() + rows["highest"].max()) / 2
    cells = table.groupby(["municipality", "group"])[side]
    return cells.transform("median") if crosshair == "median" else cells.transform("mean")
