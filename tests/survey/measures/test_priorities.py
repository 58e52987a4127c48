"""Places in the order of needs, how sure they are, and what the reader is told of three orders that disagree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from survey.survey_support import FOUR, rated

from blupkit.core import Study, read_study
from blupkit.disclosure import SafeTable, internal
from blupkit.survey import needs, quadrants, read_responses
from blupkit.survey.measures.needs import gap_directions
from blupkit.survey.measures.priorities import _places, need_ranks
from blupkit.survey.measures.spread import settled

MakeStudy = Callable[..., Study]


#: k1 with gaps of 3 and 1 in turn, k2 with a gap of 1 throughout and a little less important.
ROWS = [f"r{n};430;1;5;{2 if n % 2 else 4};4;3;;;;;;;;" for n in range(12)]


def ranked(study: Study, draws: int = 400) -> pd.DataFrame:
    responses = read_responses(study)
    table, directions = (internal(measure(responses, draws=20), study) for measure in (needs, gap_directions))
    return need_ranks(settled(table, (), 10), directions, {"L": 0.0}, draws=draws).frame


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


def test_what_is_exactly_alike_may_have_each_other_s_places(make_study: MakeStudy) -> None:
    # All are below in both: the RDS is -100 twice, no drawing moves either, and nothing but importance parts them.
    own = of_l(ranked(make_study(rows=ROWS)))
    by_rds = own[own["measure"] == "Plads efter RDS"].set_index("item")
    assert by_rds[["value", "low", "high", "shared"]].to_numpy().tolist() == [[1, 1, 2, 1], [2, 1, 2, 1]]


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
    own = of_l(need_ranks(settled(SafeTable(frame, 5), (), 10), directions, {}, draws=50).frame)
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


ROOT = Path(__file__).parents[3]


WORKBOOK = ROOT.parent / "shared" / "real" / "importance-performance" / "questionnaire.xlsx"


def test_each_quarter_has_its_name() -> None:
    # Means by hand: importance (5 + 5 + 3 + 3) / 4 = 4, level (2 + 4 + 2 + 4) / 4 = 3.
    found = quadrants(rated(*FOUR)).set_index("item")
    assert found["quadrant"].to_dict() == {
        "lytte": "Styrk først", "skrive": "Bliv ved", "regne": "Kan vente", "synge": "Rigeligt",
    }  # fmt: skip
    assert found[["cut_importance", "cut_level"]].drop_duplicates().to_numpy().tolist() == [[4, 3]]


def test_what_lies_on_the_cross_hair_counts_as_high() -> None:
    assert quadrants(rated(("lytte", 4.0, 3.5)), (4.0, 3.5))["quadrant"].tolist() == ["Bliv ved"]


def test_a_mean_that_the_computer_rounds_up_still_lies_on_the_cross_hair() -> None:
    # By hand: the mean of 3.7, 3.7 and 3.7 is 3.7; added up and divided in floating point it is 3.7000000000000006.
    alike = rated(*((item, 3.7, 3.7) for item in ("lytte", "skrive", "regne")))
    assert quadrants(alike)["quadrant"].tolist() == ["Bliv ved"] * 3


def test_a_hidden_item_does_not_move_the_cross_hair() -> None:
    hidden = rated(("sove", 1.0, 1.0), status="skjult")
    both = SafeTable(pd.concat([rated(*FOUR).frame, hidden.frame], ignore_index=True), 5)
    pd.testing.assert_frame_equal(quadrants(both), quadrants(rated(*FOUR)))


@pytest.mark.parametrize(("crosshair", "first"), [("gennemsnit", 7), ("median", 4), ("midte", 0)])
def test_the_published_workbook_has_as_many_to_work_on_first(tmp_path: Path, crosshair: str, first: int) -> None:
    """Counts for the real 30 × 24 pairs, computed independently: 7 with grand means, 4 with medians, 0 with middles."""
    if not WORKBOOK.is_file():
        pytest.skip("../shared/real is not beside this checkout")
    (tmp_path / "q.xlsx").symlink_to(WORKBOOK)
    (tmp_path / "study.toml").write_text(
        'navn = "IPA"\nudgiver = "U"\nperiode = "2020"\ndata_dato = 2020-01-01\n[spoergeskema]\nformat = "tabel"\n'
        'data = "q.xlsx"\nbehold_dubletter = true\nark = { importance = "_v", performance = "_n" }\n',
        encoding="utf-8",
    )
    study = read_study(tmp_path)
    safe = internal(needs(read_responses(study), draws=20), study)
    assert (quadrants(safe, crosshair)["quadrant"] == "Styrk først").sum() == first  # type: ignore[arg-type]


def test_where_nothing_is_shown_there_are_no_quarters() -> None:
    names = ["municipality", "group", "item", "label", "measure", "value", "lowest", "highest", "status"]
    hidden = [
        ("alle", "L", "a", "A", measure, float("nan"), 1.0, 5.0, "skjult")
        for measure in ("Vigtighed", "Nuværende niveau")
    ]
    table = quadrants(SafeTable(pd.DataFrame(hidden, columns=names), 5))
    assert table.empty
    assert {"importance", "level", "quadrant"} <= set(table)
