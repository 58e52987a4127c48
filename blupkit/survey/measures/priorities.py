"""Which needs come first: their places and how sure those are, and importance against level cut in four."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, is_shown
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, percentile_interval, seeded
from blupkit.survey.measures.needs import ABOVE, BELOW, GAP, IMPORTANCE, LEVEL, MWDS, RDS

FIRST, KEEP, LATER, AMPLE = "Styrk først", "Bliv ved", "Kan vente", "Rigeligt"
Crosshair = Literal["gennemsnit", "median", "midte"] | tuple[float, float]
#: Needs nearer to each other than this are the same: what is between them is how a computer adds.
_EXACT: Final = 1e-9
RANK: Final = {GAP: "Plads efter gab", MWDS: "Plads efter MWDS", RDS: "Plads efter RDS"}


def shared_correlations(needs: SafeTable, correlations: Mapping[str, pd.DataFrame]) -> dict[str, float]:
    """Give one number a group for how much its members' gaps go together: the mean correlation of two items.

    It is published: places rest on it. Items count whose spread for all municipalities together may be used.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, as the release shows it, with the spreads that `settled` let through.
    correlations : mapping of str to pandas.DataFrame
        What `gap_correlations` declared.

    Returns
    -------
    dict of str to float
        By group; a group with fewer than two such items has none.

    Examples
    --------
    >>> rows = [("alle", "L", item, "Gab", 1.0, "vist", True) for item in ("a", "b")]
    >>> names = ["municipality", "group", "item", "measure", "value", "status", "own"]
    >>> table = pd.DataFrame([[1.0, 0.3], [0.3, 1.0]], index=["a", "b"], columns=["a", "b"])
    >>> shared_correlations(SafeTable(pd.DataFrame(rows, columns=names), 5), {"L": table})
    {'L': 0.3}
    """
    total = needs.total
    usable = total[(total["measure"] == GAP) & total["own"].astype(bool)]
    found = {}
    for group, part in usable.groupby("group", sort=False):
        items = part["item"].tolist()
        table = correlations[str(group)].loc[items, items].to_numpy(dtype=float)
        apart = table[np.triu_indices(len(items), 1)]
        if (~np.isnan(apart)).any():
            found[str(group)] = float(np.nanmean(apart))
    return found


def need_ranks(
    needs: SafeTable, directions: SafeTable, correlations: Mapping[str, float], draws: int = DRAWS
) -> SafeTable:
    """Rank the needs of each group by gap, by MWDS and by RDS, with 95 per cent intervals for the places.

    With thirty answers the order of needs is far from sure. So each place is given with the places it takes when other
    respondents might have answered: "nr. 1-4". The means of a cell are drawn around those that are shown, from a normal
    distribution with the variances that may be used over n, and ranked anew. One person answers all items, so two items
    are drawn with the group's one published correlation. Only items that are shown are ranked, against each other;
    equal needs are ordered by their mean importance. It all rests on what is shown, so the draws need no secret.

    Parameters
    ----------
    needs, directions : SafeTable
        What `needs` and `gap_directions` measured, as the release shows it, with the spreads that `settled` let
        through.
    correlations : mapping of str to float
        What `shared_correlations` gave. A group that has none is drawn as if its items were independent, and so is one
        in which they contradict each other.
    draws : int
        How many.

    Returns
    -------
    SafeTable
        A row for each row of a gap, an MWDS and an RDS, sorted by the place after the gap within municipality × group;
        `value` is the place, 1 = largest need, `low` and `high` its interval, which holds all places of what is exactly
        alike, `lowest` 1 and `highest` the number of
        items that are ranked, `shared` the first place of all that are exactly alike, `correlation` the group's.
        Missing data: as in `needs`. What is hidden there is hidden here, an item without a pair has no place, and where
        no spread may be used, no interval.

    Examples
    --------
    Two items with gaps of 2 and 1: the first has place 1.

    >>> _places(np.array([[2.0, 1.0]]), np.array([[4.0, 4.0]])).tolist()
    [[1.0, 2.0]]
    """
    frame = pd.concat(
        [needs.frame[needs.frame["measure"].isin([GAP, MWDS])], directions.frame[directions.frame["measure"] == RDS]],
        ignore_index=True,
    )
    shown = pd.concat([needs.shown, directions.shown], ignore_index=True)
    nothing = dict.fromkeys([IMPORTANCE, LEVEL, GAP, BELOW, ABOVE], shown.head(0).set_index("item"))
    cells = {
        key: nothing | {str(measure): part.set_index("item") for measure, part in cell.groupby("measure", sort=False)}
        for key, cell in shown.groupby(["municipality", "group"], sort=False)
    }
    ranked = frame[is_shown(frame)].groupby(["municipality", "group", "measure"], sort=False)
    frame = frame[[*MEASURE_COLUMNS, "status"]].assign(
        value=np.nan, low=np.nan, high=np.nan, shared=np.nan, lowest=1.0, highest=np.nan,
        correlation=frame["group"].map(correlations).astype(float),
    )  # fmt: skip
    for key, part in ranked:
        municipality, group, measure = map(str, key)
        chance = _chance(len(part), max(correlations.get(group, 0.0), 0.0), draws, seed=f"{group}\n{measure}")
        ranks = _ranks(cells[municipality, group], measure, part["item"], chance)
        frame.loc[part.index, ["value", "low", "high", "shared"]] = ranks.T
        frame.loc[part.index, "highest"] = float(len(part))
    order = frame.groupby(["municipality", "group"], sort=False).ngroup()
    by_gap = frame.assign(value=frame["value"].where(frame["measure"] == GAP))
    first = by_gap.groupby(["municipality", "group", "item"])["value"].transform("first")
    frame = frame.assign(order=order, first=first)
    frame = frame.sort_values(["order", "first"], kind="stable", ignore_index=True)
    frame["measure"] = frame["measure"].map(RANK)
    return SafeTable(frame.drop(columns=["order", "first"]), needs.min_n)


def _ranks(cell: Mapping[str, pd.DataFrame], measure: str, items: pd.Series, chance: Numbers) -> Numbers:
    """Give place, low, high and shared place of each item: the shown needs ranked, and ranked anew in each draw."""
    wide = {
        name: cell[name].reindex(items)
        for name in (IMPORTANCE, LEVEL, GAP, *((BELOW, ABOVE) if measure == RDS else ()))
    }
    value = {name: part["value"].to_numpy(dtype=float) for name, part in wide.items()}
    n = wide[BELOW if measure == RDS else GAP]["n"].to_numpy(dtype=float, na_value=np.nan)
    if measure == RDS:
        importance = np.nan_to_num(value[IMPORTANCE])
        below, above = value[BELOW] / 100, value[ABOVE] / 100
        need, error = below - above, np.sqrt(np.maximum(below + above - (below - above) ** 2, 0.0) / n)
        drawn, drawn_importance = need + error * chance[..., 0], importance + 0 * chance[..., 0]
    else:
        importance, gap = value[IMPORTANCE], value[GAP]
        variances = np.stack([wide[name]["variance"].to_numpy(dtype=float) for name in (IMPORTANCE, LEVEL, GAP)])
        first, second = _errors(variances / n, chance)
        drawn_importance, drawn = importance + first, gap + first - second
        need = importance * gap if measure == MWDS else gap
        drawn = drawn_importance * drawn if measure == MWDS else drawn
    place = _places(need[None], importance[None])[0]
    shared, last = _shared(place, need)
    if np.isnan(drawn).any():
        return np.stack([place, *np.full((2, len(items)), np.nan), shared])
    low, high = percentile_interval(_places(drawn, drawn_importance))
    # A percentile between two places is no place: the interval reaches to the outer one.
    return np.stack([place, np.minimum(np.floor(low), shared), np.maximum(np.ceil(high), last), shared])


def _shared(place: Numbers, need: Numbers) -> tuple[Numbers, Numbers]:
    """Give the first and the last place of needs that are exactly alike: nothing decides between them."""
    alike = np.abs(need[:, None] - need[None]) < _EXACT
    first, last = (np.where(alike, place[None], other) for other in (np.inf, -np.inf))
    return np.asarray(first.min(axis=1)), np.asarray(last.max(axis=1))


@lru_cache(maxsize=16)  # the municipalities of a group are drawn alike
def _chance(items: int, correlation: float, draws: int, seed: str) -> Numbers:
    """Draw two standard normals an item: draws × items × 2, those of two items with the correlation given."""
    generator = seeded(seed)
    common = generator.standard_normal((draws, 1, 2))
    return np.asarray(
        np.sqrt(correlation) * common + np.sqrt(1 - correlation) * generator.standard_normal((draws, items, 2))
    )


def _errors(variances: Numbers, chance: Numbers) -> tuple[Numbers, Numbers]:
    """Scale what chance drew to the errors of two means, whose variances and that of their difference are given."""
    importance, level, gap = variances
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where(importance > 0, (importance + level - gap) / 2 / importance, 0 * importance)
    alone = np.sqrt(np.maximum(level - slope**2 * importance, 0.0))
    first = chance[..., 0] * np.sqrt(importance)
    return first, slope * first + chance[..., 1] * alone


def _places(values: Numbers, importance: Numbers) -> Numbers:
    """Rank each row, the largest first and of equals the more important; without an answer in a draw, last in it."""
    order = np.lexsort((-importance, -np.round(values, 9)), axis=1)
    return np.asarray(np.argsort(order, axis=1) + 1, dtype=float)


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
    wide = shown.pivot_table(index=keys, columns="measure", values="value", sort=False)
    table = (
        wide.reindex(columns=[IMPORTANCE, LEVEL])
        .reset_index()
        .rename(columns={IMPORTANCE: "importance", LEVEL: "level"})
        .rename_axis(columns=None)
    )
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
