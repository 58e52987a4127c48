"""How activities fit needs: tables that can be checked by hand, and that nothing hidden has a say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.activities.learning.match import Match, match_activities
from blupkit.activities.reading import Activities
from blupkit.core import Study, example_study, read_edition
from blupkit.disclosure import MeasureRow, SafeTable, measure_table

STUDY = example_study()


def shown(
    gaps: Mapping[str, float], hidden: Mapping[str, float] | None = None, places: Mapping[str, tuple[int, int]] = {}
) -> SafeTable:
    every = {**gaps, **(hidden or {})}
    rows = [MeasureRow("nordby", "L", item, item, "Gab", gap, n=20) for item, gap in every.items()]
    rows += [
        MeasureRow("nordby", "L", item, item, "Plads efter gab", 1.0, *ends, n=20) for item, ends in places.items()
    ]
    table = measure_table(rows)
    return SafeTable(table.assign(status=["skjult" if item in (hidden or {}) else "vist" for item in table["item"]]), 5)


def matched(table: SafeTable, *items: str, study: Study = STUDY, place: str = "nordby") -> Match:
    found = Activities(study, {"katalog": [{"id": "A1", "maalgruppe": ("L",), "kompetencer": items}]})
    [match] = match_activities(found, table, table, read_edition(study, place))
    return match


def test_the_mean_and_the_part_that_is_covered_are_those_of_a_hand_table() -> None:
    match = matched(shown({"k1": 1.0, "k2": 0.5, "k3": -0.5, "k4": 0.0}), "k1", "k3")
    assert match.gap == 0.25  # (1,0 − 0,5) / 2
    assert match.covered == pytest.approx(1.0 / 1.5)  # a level above the importance is no need that is covered
    # The pairs' sums: 1,5 (12), 0,5 (13), 1,0 (14), 0,0 (23), 0,5 (24), -0,5 (34). Two are lower, two are tied.
    assert match.hit == pytest.approx(100 * (2 + 2 / 2) / 6)


def test_equal_gaps_are_a_random_choice() -> None:
    assert matched(shown(dict.fromkeys(("k1", "k2", "k3", "k4"), 0.7)), "k1", "k2", "k3").hit == 50


def test_all_items_are_a_random_choice_too() -> None:
    assert matched(shown({"k1": 2.0, "k2": 0.1}), "k1", "k2").hit == 50  # there is one such set: itself


def test_gaps_count_as_they_are_printed() -> None:
    # 0,94 and 0,86 are both printed 0,9: the pairs of either with k3 are tied.
    table = shown({"k1": 0.94, "k2": 0.86, "k3": 0.2})
    assert matched(table, "k1", "k3") == matched(table, "k2", "k3")._replace(items=("k1", "k3"))


def test_a_long_list_is_not_better_for_being_long() -> None:
    gaps = {"k1": 1.7, "k2": 1.7, "k3": 0.0, **{f"k{place}": 0.9 for place in range(4, 9)}}
    long = matched(shown(gaps), *(f"k{place}" for place in range(4, 9)))
    short = matched(shown(gaps), "k1", "k2", "k3")
    assert long.gap * 5 > short.gap * 3  # the sum of gaps would choose the long one: 4,5 against 3,4
    assert short.gap > long.gap
    assert short.hit > long.hit


def test_what_rests_on_one_item_or_on_less_than_half_of_them_is_not_computed() -> None:
    table = shown({"k1": 1.0, "k2": 0.5, "k3": 0.2}, hidden={"k4": 2.0, "k5": 2.0, "k6": 2.0})
    for items in (("k1",), ("k1", "k4"), ("k1", "k2", "k4", "k5", "k6")):
        match = matched(table, *items)
        assert all(math.isnan(number) for number in (match.gap, match.hit, match.covered))
    assert matched(table, "k1", "k2", "k4", "k5").gap == 0.75  # two of four


def test_places_are_sure_or_possible_by_their_ends() -> None:
    gaps = {"k1": 1.0, "k2": 0.5, "k3": 0.2}
    match = matched(shown(gaps, places={"k1": (1, 5), "k2": (4, 9), "k3": (6, 9)}), "k1", "k2", "k3")
    assert (match.sure, match.possible) == (1, 2)


def test_a_group_that_is_not_shown_locally_is_matched_by_the_numbers_of_all() -> None:
    common = STUDY.model_copy(
        update={"groups": tuple(group.model_copy(update={"shown_locally": False}) for group in STUDY.groups)}
    )
    table = shown({"k1": 1.0, "k2": 0.5, "k3": 0.2})
    everywhere = SafeTable(table.frame.assign(municipality="alle"), 5)
    assert math.isnan(matched(table, "k1", "k2", study=common).gap)
    assert matched(everywhere, "k1", "k2", study=common).gap == 0.75


@given(
    st.lists(st.integers(-20, 30), min_size=3, max_size=9),
    st.lists(st.integers(-20, 30), min_size=1, max_size=4),
    st.lists(st.integers(-20, 30), min_size=4, max_size=4),
    st.data(),
)
def test_no_hidden_gap_changes_a_match_and_a_hit_is_the_share_of_all_sets(
    tenths: list[int], secret: list[int], other: list[int], data: st.DataObject
) -> None:
    gaps = {f"k{place}": value / 10 for place, value in enumerate(tenths)}
    items = data.draw(st.lists(st.sampled_from(sorted(gaps)), min_size=2, unique=True))
    one, two = (
        matched(shown(gaps, {f"h{place}": value / 10 for place, value in enumerate(some[: len(secret)])}), *items)
        for some in (secret, other)
    )
    assert one == two
    sums = [sum(some) for some in combinations(tenths, len(items))]
    own = sum(tenths[int(item[1:])] for item in items)
    assert one.hit == pytest.approx(100 * fmean((total < own) + (total == own) / 2 for total in sums))


def test_a_match_of_98_municipalities_counts_sets_and_lists_none() -> None:
    gaps = {f"k{place}": place / 10 for place in range(26)}
    assert 0 < matched(shown(gaps), *(f"k{place}" for place in range(3, 16))).hit < 50  # of 10.400.600 sets
