from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from survey.survey_support import MakeStudy, shown_needs, two_item_rows

from blupkit.disclosure import SafeTable
from blupkit.survey import Responses, read_responses
from blupkit.survey.measures.internal_consistency import cronbach_alpha, one_factor_omega
from blupkit.survey.measures.needs import ratings
from blupkit.survey.measures.reliability import consistency, reliability

#: 40 made-up answers to three items, with 8 = ved ikke; made by R with a seed, one factor and rounding to 1-5.
DATA = Path(__file__).parent / "data" / "reliability.csv"


THREE_ITEMS = {"spoergeskema.csv": (";A;fem;D2;", ";L A;fem;D1;")}


# R: d <- psych::bfi[, c("C1", "C2", "C3", "C4", "C5")]; d$C4 <- 7 - d$C4; d$C5 <- 7 - d$C5
# cov(d, use = "pairwise") and cov(na.omit(d)), rounded to 8 decimals.
PAIRWISE = [
    [1.54094125, 0.69971703, 0.49141939, 0.57995546, 0.50346031],
    [0.69971703, 1.73803762, 0.60369896, 0.68818838, 0.63997370],
    [0.49141939, 0.60369896, 1.66036577, 0.59687386, 0.71401592],
    [0.57995546, 0.68818838, 0.59687386, 1.89094981, 1.06752750],
    [0.50346031, 0.63997370, 0.71401592, 1.06752750, 2.65214862],
]


LISTWISE = [
    [1.53381736, 0.70111651, 0.50143356, 0.58671081, 0.50974343],
    [0.70111651, 1.74596697, 0.60555359, 0.70072840, 0.64554052],
    [0.50143356, 0.60555359, 1.66120711, 0.60664490, 0.71453946],
    [0.58671081, 0.70072840, 0.60664490, 1.88865963, 1.06578057],
    [0.50974343, 0.64554052, 0.71453946, 1.06578057, 2.64945908],
]


def correlation(covariance: list[list[float]]) -> np.ndarray:
    matrix = np.array(covariance)
    spread = np.sqrt(np.diag(matrix))
    return matrix / np.outer(spread, spread)


def three_items(make_study: MakeStudy) -> Responses:
    lines = DATA.read_text(encoding="utf-8").splitlines()[1:]
    rows = [f"{id_};430;1;{answers};;;;;;" for id_, answers in (line.split(",", 1) for line in lines)]
    return read_responses(make_study(rows=[row.replace(",", ";") for row in rows], change=THREE_ITEMS))


def row(table: SafeTable, measure: str, rating: str, group: str = "L") -> pd.Series:
    frame = table.frame
    return frame[(frame["measure"] == measure) & (frame["rating"] == rating) & (frame["group"] == group)].iloc[0]


def test_alpha_is_that_of_r() -> None:
    # R: psych::alpha(d)$total$raw_alpha = 0.72673497 and psych::alpha(na.omit(d))$total$raw_alpha = 0.7292772.
    assert cronbach_alpha(np.array(PAIRWISE)) == pytest.approx(0.72673497, abs=1e-7)
    assert cronbach_alpha(np.array(LISTWISE)) == pytest.approx(0.7292772, abs=1e-7)


def test_omega_is_that_of_one_factor_of_greatest_likelihood_in_r() -> None:
    # R: l <- psych::fa(na.omit(d), 1, fm = "ml")$loadings[, 1]; sum(l)^2 / (sum(l)^2 + sum(1 - l^2)) = 0.7337561
    # (with fm = "minres": 0.7337932).
    assert one_factor_omega(correlation(LISTWISE)) == pytest.approx(0.7337561, abs=1e-6)


def test_omega_finds_the_loadings_that_made_the_correlations() -> None:
    # By hand: 0.8, 0.6, 0.4 give correlations 0.48, 0.32, 0.24, and these loadings back.
    # S = 1.8, U = 0.36 + 0.64 + 0.84 = 1.84, omega = 3.24 / 5.08.
    loadings = np.array([0.8, 0.6, 0.4])
    exact = np.outer(loadings, loadings)
    np.fill_diagonal(exact, 1.0)
    assert one_factor_omega(exact) == pytest.approx(3.24 / 5.08, abs=1e-5)


# R, on the file: d[d == 8] <- NA; v <- d[, c("k1_v", "k2_v", "k3_v")]; c <- the same of _n, with NA where v has it.
# psych::alpha(x, check.keys = FALSE)$total$raw_alpha; psych::alpha.ci(alpha, n.obs = 26, n.var = 3, digits = 9);
# omega as above with fm = "ml". x = v, c, v - c. min(psych::pairwiseCount(x)) = 26, sum(complete.cases(x)) = 23.
FROM_R = [
    ("Vigtighed", 0.700158747, 0.424736498, 0.855756689, 0.707438439),
    ("Nuværende niveau", 0.402329918, -0.146666048, 0.712481485, 0.55410054),
    ("Gab", 0.64617609, 0.32116752, 0.82978749, 0.6420824),
]


@pytest.mark.parametrize(("rating", "alpha", "low", "high", "omega"), FROM_R)
def test_a_dimension_with_missing_answers_has_the_numbers_of_r(
    make_study: MakeStudy, rating: str, alpha: float, low: float, high: float, omega: float
) -> None:
    responses = three_items(make_study)
    table = reliability(consistency(responses), shown_needs(responses))
    found = row(table, "Alfa", rating)
    assert found[["value", "low", "high"]].tolist() == pytest.approx([alpha, low, high], abs=1e-6)
    assert row(table, "Omega", rating)["value"] == pytest.approx(omega, abs=1e-5)
    assert found["n"] == 26


# R: as above on na.omit(x).
@pytest.mark.parametrize(
    ("rating", "alpha", "omega"),
    [
        ("Vigtighed", 0.665158371, 0.671164705),
        ("Nuværende niveau", 0.287983425, 0.525085185),
        ("Gab", 0.591829957, 0.601266808),
    ],
)
def test_listwise_only_those_who_rated_all_items_count(
    make_study: MakeStudy, rating: str, alpha: float, omega: float
) -> None:
    responses = three_items(make_study)
    table = reliability(consistency(responses, listwise=True), shown_needs(responses))
    assert row(table, "Alfa", rating)["value"] == pytest.approx(alpha, abs=1e-6)
    assert row(table, "Omega", rating)["value"] == pytest.approx(omega, abs=1e-5)
    assert row(table, "Alfa", rating)["n"] == 23


def test_two_items_have_an_alpha_but_no_omega_and_one_item_has_neither(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=two_item_rows(12)))
    table = reliability(consistency(responses), shown_needs(responses))
    # Four each of (5, 5), (4, 4), (5, 3), by hand: variances 2.6667/11 and 8/11, covariance 0:
    # deviations 1/3, -2/3, 1/3 and 1, 0, -1: sum of products 4 · (1/3 + 0 - 1/3) = 0, so alpha = 0.
    assert row(table, "Alfa", "Vigtighed")["value"] == pytest.approx(0, abs=1e-12)
    assert np.isnan(row(table, "Omega", "Vigtighed")["value"])
    assert set(table.frame["item"]) == {"D1"}  # employees were asked one item in D2


def test_where_all_gave_the_same_rating_there_is_no_alpha(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=two_item_rows(12)))
    found = row(reliability(consistency(responses), shown_needs(responses)), "Alfa", "Nuværende niveau")
    assert np.isnan(found["value"])
    assert found["status"] == "vist"


def test_a_dimension_with_a_hidden_item_is_hidden(make_study: MakeStudy) -> None:
    responses = three_items(make_study)
    table = reliability(consistency(responses), shown_needs(responses, items=("k2",)))
    assert table.frame["status"].eq("skjult").all()
    assert table.frame[["value", "low", "high", "n"]].isna().all(axis=None)


def test_a_dimension_on_fewer_than_ten_answers_is_hidden(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=two_item_rows(9)))
    assert reliability(consistency(responses), shown_needs(responses)).frame["status"].eq("skjult").all()


def test_a_rating_counts_only_with_its_other_half(make_study: MakeStudy) -> None:
    # The second has 8 = ved ikke for the importance of k1, the third no level: neither has any rating of k1.
    rows = ["a;430;1;5;2;4;3;;;;;;;;", "b;430;1;8;2;4;3;;;;;;;;", "c;430;1;5;;4;3;;;;;;;;"]
    given = ratings(read_responses(make_study(rows=rows)), "L")
    assert {name: table["k1"].tolist()[:1] for name, table in given.items()} == {
        "Vigtighed": [5.0],
        "Nuværende niveau": [2.0],
        "Gab": [3.0],
    }
    assert all(table["k1"].isna().tolist() == [False, True, True] for table in given.values())


def test_a_survey_without_pairs_has_no_dimensions_to_hold_together(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    assert reliability(consistency(responses), shown_needs(responses)).frame.empty
