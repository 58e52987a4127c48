"""Where each competence stands in the order of needs, and how sure that place is."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, is_shown
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, bootstrap_weights, percentile_interval
from blupkit.survey.measures.needs import GAP, MEASURES, MWDS, RDS, pair_statistics
from blupkit.survey.reading.responses import Cell, Responses

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
    by_gap = frame[frame["measure"] == GAP].set_index(["municipality", "group", "item"])["value"].to_dict()
    places = zip(frame["municipality"], frame["group"], frame["item"], strict=True)
    order = frame.groupby(["municipality", "group"], sort=False).ngroup()
    frame = frame.assign(order=order, first=[by_gap.get(place, np.nan) for place in places])
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
    ordered, weights = bootstrap_weights(answers, draws, cell.seed)
    width = len(items)
    exact = pair_statistics(np.ones((1, len(answers))), answers[:, :width], answers[:, width:])
    drawn = pair_statistics(weights, ordered[:, :width], ordered[:, width:])
    ranks = {}
    for measure, members in present.items():
        columns = [items.index(item) for item in members]
        place, places = (_measure_places(statistics, measure, columns) for statistics in (exact, drawn))
        low, high = percentile_interval(places)
        # A percentile between two places is no place: the interval reaches to the outer one.
        ranks[measure] = np.stack([place[0], np.floor(low), np.ceil(high)])
    return ranks


def _measure_places(statistics: Numbers, measure: str, columns: list[int]) -> Numbers:
    values = statistics[MEASURES.index(measure)][:, columns] * (-1 if measure == RDS else 1)
    return _places(values, statistics[0][:, columns])


def _places(values: Numbers, importance: Numbers) -> Numbers:
    """Rank each row, the largest first and of equals the more important; without an answer in a draw, last in it."""
    order = np.lexsort((-importance, -np.round(values, 9)), axis=1)
    return np.asarray(np.argsort(order, axis=1) + 1, dtype=float)
