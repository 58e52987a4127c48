"""Municipalities side by side: the numbers of the release, and which differences may be pointed at."""

import numpy as np
import pandas as pd
import pytest
from survey.survey_support import MakeStudy, rows_of

from blupkit import survey
from blupkit.core import DataError, Study
from blupkit.survey import Responses, compare, needs, read_responses
from blupkit.survey.exploring.compare import FEW, LARGER, SMALLER, welch
from blupkit.survey.measures.rank_tests import holm


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


def two_towns(make_study: MakeStudy, first: str, second: str) -> Responses:
    """Local members who all rate k1 5 and themselves as the digits say; k2 has no gap."""
    rows = [
        f"{town[0]}{n};{town};L;5;{level};4;4;;;;;;;;"
        for town, levels in (("430", first), ("370", second))
        for n, level in enumerate(levels)
    ]
    return read_responses(make_study(rows=rows))


def test_level_gap_and_intervals_are_those_of_needs(responses: Responses) -> None:
    frame = compare(responses, ["slagelse", "naestved"], group="L").frame.set_index("Kompetence")
    table = needs(responses)
    table = table[(table["municipality"] == "slagelse") & (table["group"] == "L")]
    for measure, head in (("Nuværende niveau", "niveau"), ("Gab", "gab")):
        own = table[table["measure"] == measure].set_index("label").loc[frame.index]
        for column, value in (
            (f"Slagelse, {head}", "value"),
            (f"Slagelse, {head} fra", "low"),
            (f"Slagelse, {head} til", "high"),
        ):
            np.testing.assert_allclose(frame[column].astype(float), own[value].astype(float), atol=1e-9)
        assert (frame["Slagelse, svar"].to_numpy() == own["n"].to_numpy()).all()


def test_holm_by_hand() -> None:
    # R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02: 0.005 · 4, 0.01 · 3, 0.03 · 2, and
    # 0.04 · 1 may not be below the one before.
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).round(6).tolist() == [0.03, 0.06, 0.06, 0.02]


def test_a_difference_is_pointed_at_when_it_is_large_for_how_many_are_looked_at(make_study: MakeStudy) -> None:
    clear = compare(two_towns(make_study, "1122112211", "4455445544"), ["430", "370"], group="L").frame
    assert clear["Kompetence"].tolist() == ["Søge fonde", "Lede møder"]
    # The mean levels are 1.5 and 4.5 and the importance is 5: gaps of 3.5 and 0.5.
    assert clear["Forskel i gab"].tolist() == [3, 0]
    # All gave k2 the same gap: nothing speaks of a difference.
    assert clear["Forskellen er"].tolist() == [LARGER, SMALLER]


def test_where_all_of_each_place_agree_the_difference_is_told_from_how_seldom_that_happens(
    make_study: MakeStudy,
) -> None:
    # Five and five can be dealt out in 252 ways, of which two set them apart: 2 / 252 = 0.0079; with Holm for two
    # differences 0.0159. Four and five would be too few for a judgement.
    agreed = compare(two_towns(make_study, "11111", "55555"), ["430", "370"], group="L").frame
    assert agreed["Forskel i gab"].tolist() == [4, 0]
    assert agreed["Forskellen er"].tolist() == [LARGER, SMALLER]
    nothing = np.array([0.0])
    five = np.array([5.0])
    assert welch(np.array([4.0]), (nothing, nothing), (five, five)).round(4).tolist() == [0.0079]
    assert welch(nothing, (nothing, nothing), (five, five)).tolist() == [1]


def test_what_few_answers_easily_give_is_not_pointed_at(make_study: MakeStudy) -> None:
    table = compare(two_towns(make_study, "1234512345", "2234523345"), ["430", "370"], group="L")
    assert set(table.frame["Forskellen er"]) == {SMALLER}
    assert "*" not in str(table.plot().axes[0].get_yticklabels())


def test_too_few_answers_have_neither_interval_nor_judgement(make_study: MakeStudy) -> None:
    table = compare(two_towns(make_study, "1111", "5555555555"), ["430", "370"], group="L")
    row = table.frame[table.frame["Kompetence"] == "Søge fonde"].iloc[0]
    assert row["Forskellen er"] == FEW
    assert row["Forskel i gab"] == 4
    assert row.filter(regex="Faaborg.*(fra|til)$").isna().all()
    assert np.isnan(row["Forskel, fra"])


def test_a_difference_that_is_alone_among_many_must_be_larger(responses: Responses) -> None:
    # In the demo one interval leaves out 0, but with 22 differences to look at that is no wonder.
    frame = compare(responses, ["slagelse", "naestved"], group="L").frame
    outside = (frame["Forskel, fra"] > 0) | (frame["Forskel, til"] < 0)
    assert outside.sum() == 1
    assert set(frame["Forskellen er"]) == {SMALLER}


def test_it_never_speaks_of_significance_in_a_population(responses: Responses) -> None:
    table = compare(responses, ["slagelse", "naestved", "kerteminde"])
    said = " ".join([table.title, *table.notes, *table.frame.columns, *table.frame["Forskellen er"]]).lower()
    assert "signifikan" not in said
    assert "ikke en tilfældig stikprøve" in said


def test_the_largest_difference_stands_first(responses: Responses) -> None:
    sizes = (
        compare(responses, ["slagelse", "naestved", "kerteminde", "nordfyns"], group="A").frame["Forskel i gab"].abs()
    )
    assert sizes.dropna().is_monotonic_decreasing


def test_of_more_than_two_the_pair_is_named(responses: Responses) -> None:
    frame = compare(responses, ["slagelse", "naestved", "kerteminde"], group="L").frame
    row = frame.iloc[0]
    one, other = row["Forskel mellem"].split(" og ")
    assert row["Forskel i gab"] == pytest.approx(row[f"{one}, gab"] - row[f"{other}, gab"])
    assert "Forskel mellem" not in compare(responses, ["slagelse", "naestved"], group="L").frame


def test_each_pair_of_ratings_is_counted_in_and_out(responses: Responses) -> None:
    table = compare(responses, ["slagelse", "naestved"], group="P")
    assert table.notes[1] == (
        "Slagelse: 4 besvarelser gange 16 kompetencer giver 59 svar på begge dele, 2 med ved ikke, 3 uden svar og 0,"
        " der ikke er blevet spurgt."
    )
    assert 4 * 16 == 59 + 2 + 3
    assert table.frame["Slagelse, svar"].sum() == 59


def test_all_groups_together_are_told_to_be_a_mixture(responses: Responses) -> None:
    assert any("Grupperne er lagt sammen" in note for note in compare(responses, ["slagelse", "naestved"]).notes)


@pytest.mark.parametrize(
    "towns",
    [
        ["slagelse"],
        [],
        ["slagelse", "Slagelse Kommune"],
        ["slagelse", "naestved", "kerteminde", "nordfyns", "soenderborg"],
    ],
)
def test_two_to_four_municipalities_are_compared(responses: Responses, towns: list[str]) -> None:
    with pytest.raises(DataError, match="to til fire forskellige kommuner"):
        compare(responses, towns)


def test_an_unknown_municipality_is_told_with_the_nearest(responses: Responses) -> None:
    with pytest.raises(DataError, match="Mente du »Næstved Kommune«"):
        compare(responses, ["slagelse", "næstvd"])


def test_the_call_makes_the_same_table(responses: Responses) -> None:
    table = compare(responses, ["Slagelse", "Næstved"], group="A")
    again = eval(table.call, {"survey": survey, "responses": responses})
    pd.testing.assert_frame_equal(again.frame, table.frame)


def test_groups_of_one_level_are_the_study_s_own(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=rows_of({"L": "1122", "A": "3344"})))
    with pytest.raises(DataError, match="to til fire"):
        compare(responses, ["Faaborg-Midtfyn"])
