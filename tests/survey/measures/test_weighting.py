from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from survey.survey_support import MakeStudy, shown_needs

from blupkit.survey import read_responses
from blupkit.survey.measures.adjusting import stratified_mean, weighted_needs, weighted_places

#: Employees' importance and level of k1, so gaps 0, 1, 3, 2 of 10 invited in Faaborg-Midtfyn and 1, -1, 2 of 8 in
#: Næstved. One lokalråd member answers in Faaborg-Midtfyn, and one in Næstved, where the number invited is unknown.
EMPLOYEES = ("430 4 4", "430 5 4", "430 5 2", "430 4 2", "Næstved 5 4", "Næstved 3 4", "Næstved 4 2")


ROWS = [
    *(f"a{n};{a.split()[0]};3;{a.split()[1]};{a.split()[2]};;;;;;;;;;" for n, a in enumerate(EMPLOYEES)),
    "l1;430;1;5;2;4;3;;;;;;;;",
    "l2;Næstved;1;5;4;4;4;;;;;;;;",
]


def with_moments(n: int, mean: float, variance: float) -> np.ndarray:
    """Give n values with exactly that mean and variance."""
    ramp = np.arange(n) - (n - 1) / 2
    return mean + ramp * np.sqrt(variance / ramp.var(ddof=1))


def test_mean_and_error_of_a_stratified_sample_are_those_of_r() -> None:
    # R: library(survey); data(api)
    # d <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat, fpc = ~fpc)
    # svymean(~api00, d): 662.28736, SE 9.408940803; confint(): 643.8461781-680.7285483;
    # confint(df = degf(d)), degf = 197: 643.7321883-680.842538. They depend on the answers through n, mean and variance
    # alone: aggregate(api00 ~ stype, apistrat, function(x) c(length(x), mean(x), var(x))); fpc 4421, 755 and 1018.
    parts = {"E": (100, 674.43, 15687.41929), "H": (50, 625.82, 11947.08939), "M": (50, 636.6, 13824.85714)}
    values = pd.Series(np.concatenate([with_moments(*part) for part in parts.values()]))
    strata = pd.Series(np.repeat(list(parts), [part[0] for part in parts.values()]))
    mean, error, freedom = stratified_mean(values, strata, pd.Series({"E": 4421, "H": 755, "M": 1018}))
    assert (mean, error) == pytest.approx((662.28736, 9.408940803), abs=1e-5)
    assert freedom == 197


def test_the_gaps_of_a_group_are_weighted_as_in_r(make_study: MakeStudy) -> None:
    # R: w <- data.frame(m = c(1,1,1,1,2,2,2), gap = c(0,1,3,2,1,-1,2), N = c(10,10,10,10,8,8,8))
    # w$w <- w$N / c(4,3)[w$m]
    # s <- svydesign(id = ~1, strata = ~m, weights = ~w, data = w, fpc = ~N); e <- svymean(~gap, s): 1.12963,
    # SE 0.416151945; confint(e): 0.313986804-1.94527245; confint(e, df = degf(s)): 0.0598769978-2.19938226.
    table = weighted_needs(read_responses(make_study(rows=ROWS)))
    row = table[(table["group"] == "A") & (table["item"] == "k1")].iloc[0]
    assert row["value"] == pytest.approx(1.5 * 10 / 18 + 2 / 3 * 8 / 18)
    assert row["se"] == pytest.approx(0.416151945, abs=1e-8)
    assert row[["low", "high"]].tolist() == pytest.approx([0.313986804, 1.94527245], abs=1e-7)
    assert row[["low_t", "high_t"]].tolist() == pytest.approx([0.0598769978, 2.19938226], abs=1e-7)
    assert row["n"] == 7
    assert row[["lowest", "highest"]].tolist() == [-4, 4]


def test_a_group_is_weighted_only_where_the_number_invited_is_known_in_all_its_municipalities(
    make_study: MakeStudy,
) -> None:
    # For lokalråd it is unknown in Næstved; without the answer from there, it is known wherever anyone answered.
    assert set(weighted_needs(read_responses(make_study(rows=ROWS)))["group"]) == {"A"}
    assert set(weighted_needs(read_responses(make_study(rows=ROWS[:-1])))["group"]) == {"L", "A"}


def test_an_item_without_a_pair_in_a_municipality_has_no_value_and_one_with_a_single_pair_no_interval(
    make_study: MakeStudy,
) -> None:
    # k2 has no pair in Næstved; k1 has a single one there.
    rows = ["a;430;3;5;2;5;4;;;;;;;;", "b;430;3;4;3;5;3;;;;;;;;", "c;Næstved;3;3;3;;;;;;;;;;"]
    table = weighted_needs(read_responses(make_study(rows=rows))).set_index("item")
    assert np.isnan(table.loc["k2", "value"])
    assert table.loc["k1", "value"] == pytest.approx(2 * 10 / 18)
    assert table.loc["k1", ["low", "high", "se"]].isna().all()


def test_where_all_invited_have_answered_nothing_is_unknown() -> None:
    mean, error, _ = stratified_mean(pd.Series([1.0, 4.0]), pd.Series(["a", "a"]), pd.Series({"a": 2}))
    assert (mean, error) == (2.5, 0)


def test_a_survey_without_pairs_has_nothing_to_weight(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS, change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    assert weighted_needs(responses).empty
    shown = shown_needs(responses)
    assert weighted_places(responses, shown).frame.empty


def test_the_places_say_the_order_and_no_weighted_gap(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS))
    table = weighted_places(responses, shown_needs(responses)).frame
    gaps = weighted_needs(responses).set_index(["group", "item"])["value"]
    own = table[table["group"] == "A"].set_index("item")["value"]
    assert own.sort_values().index.tolist() == gaps["A"].dropna().sort_values(ascending=False).index.tolist()
    assert set(own.dropna()) == set(range(1, own.notna().sum() + 1))
    assert table[["low", "high"]].isna().all(axis=None)
