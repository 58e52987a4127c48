"""How well each learning activity fits what a group wants to strengthen, computed from numbers that are shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

from blupkit.core.danish import rounded
from blupkit.core.study import ALL
from blupkit.disclosure.safe_table import Status, is_shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from blupkit.activities.reading import Activities, Row
    from blupkit.core.study import Edition
    from blupkit.disclosure import SafeTable

#: The measures that are read, as the release names them.
GAP, PLACE = "Gab", "Plads efter gab"
#: A place among the first so many is what a group would rather strengthen.
TOP: Final = 5
#: An activity is matched by at least so many of its items, and by half of them.
FEWEST: Final = 2

#: Municipality and group → item → two numbers of it.
Shown: TypeAlias = dict[tuple[str, str], dict[str, tuple[Any, Any]]]
#: Of all sets of one size: the smallest sum that there could be, and what it hits, one more, and so on.
Hits: TypeAlias = "tuple[int, NDArray[np.float64]]"


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
    sure, possible : int or None
        How many of them are surely, and perhaps, among the first five; None where no places are shown.
    few : bool
        Whether any of the gaps rests on few answers.
    """

    activity: str
    group: str
    items: tuple[str, ...]
    gap: float
    hit: float
    covered: float
    sure: int | None
    possible: int | None
    few: bool = False

    @property
    def known(self) -> bool:
        """Whether it can be computed from what is shown."""
        return not np.isnan(self.gap)


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
    >>> from blupkit.activities import Activities
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
    gaps, ranked = _shown(needs, GAP, ("value", "status")), _shown(places, PLACE, ("low", "high"))
    matches = []
    for group in edition.study.group_keys:
        of_whom = place_of(group, edition), group
        seen, ends = gaps[of_whom], ranked[of_whom]
        printed = {item: round(rounded(gap, decimals) * 10**decimals) for item, (gap, _) in seen.items()}
        few = frozenset(item for item, (_, status) in seen.items() if status == Status.FEW)
        sure = frozenset(item for item, (_, last) in ends.items() if last <= TOP)
        possible = frozenset(item for item, (first, _) in ends.items() if first <= TOP)
        rows = [row for row in found["katalog"] if group in row["maalgruppe"]]
        hits = _hits([*printed.values()], max((len(row["kompetencer"]) for row in rows), default=0))
        positive = sum(gap for gap in printed.values() if gap > 0)
        group_needs = _Needs(group, printed, few, (sure, possible) if ends else None, positive, hits)
        matches += [_match(row, group_needs, 10**decimals) for row in rows]
    order = {row["id"]: place for place, row in enumerate(found["katalog"])}
    return sorted(matches, key=lambda match: order[match.activity])


def place_of(group: str, edition: Edition) -> str:
    """Give whose numbers of a group a reader sees: its own municipality's, or those of all.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> place_of("L", read_edition(example_study(), "nordby"))
    'nordby'
    """
    return ALL if group in edition.common_groups else edition.key


class _Needs(NamedTuple):
    """What is shown of a group: its gaps in whole steps of what is printed, and what follows from all of them."""

    group: str
    gaps: Mapping[str, int]
    few: frozenset[str]
    first: tuple[frozenset[str], frozenset[str]] | None
    positive: int
    hits: Sequence[Hits]


def _match(row: Row, needs: _Needs, unit: int) -> Match:
    gaps = needs.gaps
    items = tuple(item for item in row["kompetencer"] if item in gaps)
    mean = hit = covered = np.nan
    sure = possible = None
    if len(items) >= FEWEST and 2 * len(items) >= len(row["kompetencer"]):
        own = [gaps[item] for item in items]
        least, hits = needs.hits[len(items)]
        mean, hit = sum(own) / len(own) / unit, float(hits[sum(own) - least])
        if needs.positive:
            covered = sum(gap for gap in own if gap > 0) / needs.positive
    if needs.first:
        sure, possible = (sum(item in which for item in items) for which in needs.first)
    few = not needs.few.isdisjoint(items)
    return Match(row["id"], needs.group, items, mean, hit, covered, sure, possible, few)


def _hits(gaps: Sequence[int], most: int) -> list[Hits]:
    """Give for every size of set up to the largest what each sum hits: all sets are counted, and none is listed.

    A gap is counted from the smallest, so that no sum is below zero.
    """
    least = min(gaps, default=0)
    above = [gap - least for gap in gaps]
    most = min(most, len(gaps))
    counted = np.zeros((most + 1, sum(sorted(above)[len(gaps) - most :]) + 1))
    counted[0, 0] = 1
    for place, gap in enumerate(above):
        last, end = min(place + 1, most), counted.shape[1] - gap
        # What is added is copied before anything is changed: a gap is in each set once.
        counted[1 : last + 1, gap:] += counted[:last, :end].copy()
    below = counted.cumsum(axis=1) - counted / 2
    shares = 100 * below / counted.sum(axis=1, keepdims=True)
    return [(size * least, row) for size, row in enumerate(shares)]


def _shown(table: SafeTable, measure: str, columns: Sequence[str]) -> Shown:
    """Give by municipality and group what is shown of a measure: item → two columns."""
    names = ("municipality", "group", "item", "measure", *columns)
    rows = zip(is_shown(table.frame), *(table.frame[name].tolist() for name in names), strict=True)
    found: Shown = defaultdict(dict)
    for seen, place, group, item, name, first, second in rows:
        if seen and name == measure:
            found[place, group][item] = (first, second)
    return found
