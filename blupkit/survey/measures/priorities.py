"""Which needs come first: their places and how sure those are, and importance against level cut in four."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd

from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, is_shown
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, with_interval
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL, MEASURES, MWDS, RDS, pair_statistics
from blupkit.survey.reading.responses import Cell, Responses

FIRST, KEEP, LATER, AMPLE = "Styrk først", "Bliv ved", "Kan vente", "Rigeligt"
Crosshair = Literal["gennemsnit", "median", "midte"] | tuple[float, float]
RANK: Final = {GAP: "Plads efter gab", MWDS: "Plads efter MWDS", RDS: "Plads efter RDS"}


def need_ranks(responses: Responses, needs: SafeTable, directions: SafeTable, draws: int = DRAWS) -> SafeTable:
    """Rank the needs of each group by gap, by MWDS and by RDS, with 95 per cent intervals for the places.

    With thirty answers the order of needs is far from sure. So each place is given with the places it takes when the
    respondents are drawn anew (percentile bootstrap, one resampling for all items of a cell): "nr. 1-4". Only items
    that are shown are ranked, against each other; equal needs are ordered by their mean importance.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs, directions : SafeTable
        What `needs` and `gap_directions` measured, as the release shows it. They say which items are ranked.
    draws : int
        Bootstrap draws.

    Returns
    -------
    SafeTable
        A row for each row of a gap, an MWDS and an RDS, sorted by the place after the gap within municipality × group;
        `value` is the place, 1 = largest need, `low` and `high` its interval, `lowest` 1 and `highest` the number of
        items that are ranked. Missing data: as in `needs`. What is hidden there is hidden here,
        and an item without a pair has no place.

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
    keys = ["municipality", "group", "measure"]
    parts = {tuple(part[keys].iloc[0]): part for _, part in frame[is_shown(frame)].groupby(keys, sort=False)}
    frame = frame[[*MEASURE_COLUMNS, "status"]].assign(
        value=np.nan, low=np.nan, high=np.nan, lowest=1.0, highest=np.nan
    )
    wide = responses.values(responses.questionnaire.rated_variables)
    for cell in responses.cells():
        for measure, ranks in _cell_ranks(responses, cell, wide, parts, draws).items():
            part = parts[cell.municipality, cell.group, measure]
            frame.loc[part.index, ["value", "low", "high"]] = ranks.T
            frame.loc[part.index, "highest"] = float(len(part))
    order = frame.groupby(["municipality", "group"], sort=False).ngroup()
    by_gap = frame.assign(value=frame["value"].where(frame["measure"] == GAP))
    first = by_gap.groupby(["municipality", "group", "item"])["value"].transform("first")
    frame = frame.assign(order=order, first=first)
    frame = frame.sort_values(["order", "first"], kind="stable", ignore_index=True)
    frame["measure"] = frame["measure"].map(RANK)
    return SafeTable(frame.drop(columns=["order", "first"]), needs.min_n)


def _cell_ranks(
    responses: Responses, cell: Cell, wide: pd.DataFrame, parts: dict[tuple[str, ...], pd.DataFrame], draws: int
) -> dict[str, Numbers]:
    """Give place, low and high of each measure's items, in the order of its part."""
    wanted = {measure: parts.get((cell.municipality, cell.group, measure)) for measure in RANK}
    present = {measure: part["item"].tolist() for measure, part in wanted.items() if part is not None}
    if not present:
        return {}
    pairs = responses.questionnaire.pairs(cell.group).set_index("item")
    items = list(dict.fromkeys(item for names in present.values() for item in names))
    names = [pairs.loc[items, side].tolist() for side in ("importance", "level")]
    answers = wide.loc[cell.respondents, [*names[0], *names[1]]].to_numpy(dtype=float)
    width = len(items)
    columns = {measure: [items.index(item) for item in members] for measure, members in present.items()}

    def all_places(weights: Numbers, rated: Numbers) -> Numbers:
        statistics = pair_statistics(weights, rated[:, :width], rated[:, width:])
        return np.hstack([_measure_places(statistics, *part) for part in columns.items()])

    place, low, high = with_interval(all_places, answers, draws, cell.seed)
    # A percentile between two places is no place: the interval reaches to the outer one.
    ranks = np.stack([place, np.floor(low), np.ceil(high)])
    ends = np.cumsum([len(part) for part in columns.values()])
    return dict(zip(columns, np.split(ranks, ends[:-1], axis=1), strict=True))


def _measure_places(statistics: Numbers, measure: str, columns: list[int]) -> Numbers:
    values = statistics[MEASURES.index(measure)][:, columns] * (-1 if measure == RDS else 1)
    return _places(values, statistics[0][:, columns])


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
