"""How well each learning activity fits what a group wants to strengthen, computed from numbers that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from blupkit.activities.reading import Activities, Row
from blupkit.core.danish import rounded
from blupkit.core.study import ALL

if TYPE_CHECKING:
    from blupkit.core.study import Edition
    from blupkit.disclosure import SafeTable

#: The measures that are read, as the release names them.
GAP, PLACE = "Gab", "Plads efter gab"
#: A place among the first so many is what a group would rather strengthen.
TOP: Final = 5
#: An activity is matched by at least so many of its items, and by half of them.
FEWEST: Final = 2


class Match(NamedTuple):
    """How an activity fits one group.

    Parameters
    ----------
    activity, group : str
        The activity's id and the group's key.
    items : tuple of str
        Its competences that are shown for the group.
    gap : float
        Their mean gap; NaN, as the next two, where it cannot be computed from what is shown.
    hit : float
        Of all sets of as many items, the share (0-100) that has a lower mean, ties counted half: 50 is a random choice.
    covered : float
        Their part (0-1) of all positive gaps that are shown.
    sure, possible : int
        How many of them are surely, and perhaps, among the first five.
    """

    activity: str
    group: str
    items: tuple[str, ...]
    gap: float
    hit: float
    covered: float
    sure: int
    possible: int


def match_activities(found: Activities, needs: SafeTable, places: SafeTable, edition: Edition) -> list[Match]:
    """Match every activity of the catalogue with the needs of each group that it is for.

    Parameters
    ----------
    found : Activities
        What `read_activities` gave.
    needs : SafeTable
        The needs of the release: only what is shown is used, as it is printed, so that nothing hidden can change a
        match.
    places : SafeTable
        The places of the needs, each with the first and the last that it may be.
    edition : Edition
        The reader: a group that is not shown locally is matched by the numbers of all municipalities.

    Returns
    -------
    list of Match
        By activity and group, in the order of the catalogue. Never sum them over groups.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, SafeTable, measure_table
    >>> study = example_study()
    >>> gaps = {"k1": 2.0, "k2": 1.0, "k3": 0.5, "k4": 0.0}
    >>> rows = [MeasureRow("nordby", "L", item, item, "Gab", gap, n=20) for item, gap in gaps.items()]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> found = Activities(study, {"katalog": [{"id": "A1", "maalgruppe": ("L",), "kompetencer": ("k1", "k2")}]})
    >>> [match] = match_activities(found, table, table, read_edition(study, "nordby"))
    >>> match.gap, round(match.hit, 1), round(match.covered, 2)  # five of six pairs are lower, and it ties with itself
    (1.5, 91.7, 0.86)
    """
    decimals = edition.study.decimals
    matches = []
    for group in edition.study.group_keys:
        place = ALL if group in edition.common_groups else edition.key
        gaps = {item: round(rounded(gap, decimals) * 10**decimals) for item, gap in _shown(needs, GAP, place, group)}
        ranked = {item: ends for item, ends in _places(places, place, group).items() if item in gaps}
        counted = _sums([*gaps.values()])
        matches += [
            _match(row, group, gaps, ranked, counted, 10**decimals)
            for row in found["katalog"]
            if group in row["maalgruppe"]
        ]
    order = [row["id"] for row in found["katalog"]]
    return sorted(matches, key=lambda match: order.index(match.activity))


def _match(
    row: Row,
    group: str,
    gaps: Mapping[str, int],
    ranked: Mapping[str, tuple[float, float]],
    counted: Sequence[Mapping[int, int]],
    unit: int,
) -> Match:
    items = tuple(item for item in row["kompetencer"] if item in gaps)
    sure = sum(item in ranked and ranked[item][1] <= TOP for item in items)
    possible = sum(item in ranked and ranked[item][0] <= TOP for item in items)
    if len(items) < FEWEST or 2 * len(items) < len(row["kompetencer"]):
        return Match(row["id"], group, items, np.nan, np.nan, np.nan, sure, possible)
    total = sum(gaps[item] for item in items)
    sets = counted[len(items)]
    below = sum(many for one, many in sets.items() if one < total) + sets[total] / 2
    positive = sum(max(gap, 0) for gap in gaps.values())
    covered = sum(max(gaps[item], 0) for item in items) / positive if positive else np.nan
    mean, hit = total / len(items) / unit, 100 * below / sum(sets.values())
    return Match(row["id"], group, items, mean, hit, covered, sure, possible)


def _sums(gaps: Sequence[int]) -> list[dict[int, int]]:
    """Count for every size of set how many sets of the gaps have each sum: all of them, without listing one."""
    counted: list[dict[int, int]] = [{0: 1}, *({} for _ in gaps)]
    for place, gap in enumerate(gaps):
        for size in range(place, -1, -1):
            for total, many in counted[size].items():
                counted[size + 1][total + gap] = counted[size + 1].get(total + gap, 0) + many
    return counted


def _shown(table: SafeTable, measure: str, place: str, group: str) -> list[tuple[str, float]]:
    rows = table.shown
    chosen = rows[(rows["measure"] == measure) & (rows["municipality"] == place) & (rows["group"] == group)]
    return list(chosen[["item", "value"]].itertuples(index=False, name=None))


def _places(table: SafeTable, place: str, group: str) -> dict[str, tuple[float, float]]:
    rows = table.shown
    chosen = rows[(rows["measure"] == PLACE) & (rows["municipality"] == place) & (rows["group"] == group)]
    return {item: (low, high) for item, low, high in chosen[["item", "low", "high"]].itertuples(index=False, name=None)}
