"""Places in the order of needs, how sure they are, and what the reader is told of three orders that disagree."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blupkit.core import Study
from blupkit.disclosure import SafeTable, internal
from blupkit.survey import needs, read_responses
from blupkit.survey.measures.needs import gap_directions
from blupkit.survey.measures.priorities import _places, need_ranks

MakeStudy = Callable[..., Study]


#: k1 with gaps of 3 and 1 in turn, k2 with a gap of 1 throughout and a little less important.
ROWS = [f"r{n};430;1;5;{2 if n % 2 else 4};4;3;;;;;;;;" for n in range(12)]


def ranked(study: Study, draws: int = 400) -> pd.DataFrame:
    responses = read_responses(study)
    tables = (internal(measure(responses, draws=20), study) for measure in (needs, gap_directions))
    return need_ranks(responses, *tables, draws=draws).frame


def of_l(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["municipality"] == "faaborg-midtfyn") & (frame["group"] == "L")]


def test_the_largest_gap_has_the_first_place(make_study: MakeStudy) -> None:
    # Gaps by hand: k1 (3 + 1) / 2 = 2, k2 4 - 3 = 1. Level is below importance in all pairs of both: RDS is -100 twice,
    # and of two alike the more important one, k1, comes first.
    own = of_l(ranked(make_study(rows=ROWS)))
    places = own.set_index(["measure", "item"])["value"].to_dict()
    for measure in ("Plads efter gab", "Plads efter MWDS", "Plads efter RDS"):
        assert (places[measure, "k1"], places[measure, "k2"]) == (1, 2)
    assert set(own["highest"]) == {2.0}
    assert own["item"].tolist()[:1] == ["k1"]


def test_an_item_that_nobody_rated_twice_takes_no_place(make_study: MakeStudy) -> None:
    # All say "ved ikke" (8) to the importance of k2, so it has no pair: k1 is number 1 of 1.
    rows = [f"r{n};430;1;5;{2 if n % 2 else 4};8;3;;;;;;;;" for n in range(12)]
    own = of_l(ranked(make_study(rows=rows))).set_index("item")
    assert own.loc["k1", ["value", "highest"]].to_numpy().tolist() == [[1, 1]] * 3
    assert own.loc["k2", ["value", "low", "high", "highest"]].isna().all(axis=None)


def test_importance_decides_between_equal_needs_only() -> None:
    # A millionth more gap goes before any importance; of two with the same gap the more important is first.
    assert _places(np.array([[2.000001, 2.0, 2.0]]), np.array([[2.0, 3.0, 5.0]])).tolist() == [[1, 3, 2]]


def test_a_place_that_no_drawing_changes_is_certain(make_study: MakeStudy) -> None:
    # Every gap of k1 is 1 or 3, every gap of k2 is 1: no sample puts k2 first, since k1 wins a tie.
    own = of_l(ranked(make_study(rows=ROWS)))
    by_gap = own[own["measure"] == "Plads efter gab"].set_index("item")
    assert by_gap.loc["k1", ["low", "high"]].tolist() == [1, 1]


def test_an_uncertain_place_has_an_interval(make_study: MakeStudy) -> None:
    # Twelve respondents whose gaps of k1 and k2 are 2 and 0 in turn: with the same mean either can come first.
    rows = [f"r{n};430;1;5;{3 if n % 2 else 5};4;{4 if n % 2 else 2};;;;;;;;" for n in range(12)]
    by_gap = of_l(ranked(make_study(rows=rows)))
    by_gap = by_gap[by_gap["measure"] == "Plads efter gab"].set_index("item")
    assert by_gap.loc["k1", ["low", "high"]].tolist() == [1, 2]
    assert by_gap.loc["k2", ["low", "high"]].tolist() == [1, 2]


def test_a_hidden_item_takes_no_place(make_study: MakeStudy) -> None:
    study = make_study(rows=ROWS)
    responses = read_responses(study)
    table, directions = (internal(measure(responses, draws=20), study) for measure in (needs, gap_directions))
    hidden = table.frame["item"] == "k1"
    frame = table.frame.assign(status=table.frame["status"].mask(hidden, "skjult"))
    own = of_l(need_ranks(responses, SafeTable(frame, 5), directions, draws=50).frame)
    by_gap = own[own["measure"] == "Plads efter gab"].set_index("item")
    assert by_gap.loc["k2", ["value", "highest"]].tolist() == [1, 1]
    assert by_gap.loc["k1", ["value", "low", "high"]].isna().all()
    # The directions of k1 are shown here, so there it has its place.
    assert own[own["measure"] == "Plads efter RDS"]["highest"].tolist() == [2, 2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(st.randoms())
def test_the_order_of_the_rows_does_not_matter(make_study: MakeStudy, random: object) -> None:
    rows = [f"r{n:02d};430;1;5;{1 + n % 5};4;{1 + n * 3 % 5};;;;;;;;" for n in range(15)]
    first = ranked(make_study(rows=rows), draws=60)
    random.shuffle(rows)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(first, ranked(make_study(rows=rows), draws=60))
