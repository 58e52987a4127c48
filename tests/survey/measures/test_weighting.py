from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from blupkit.core import Study, read_edition
from blupkit.disclosure import SafeTable
from blupkit.survey import Responses, needs, read_responses
from blupkit.survey.measures.weighting import stratified_mean, text_sensitivity, weighted_needs, weighted_places

MakeStudy = Callable[..., Study]
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


def shown_needs(responses: Responses, hide: tuple[str, ...] = ()) -> SafeTable:
    """Everything may be shown but the groups that are named."""
    frame = needs(responses, draws=20)
    hidden = frame["group"].isin(hide)
    return SafeTable(
        frame.assign(status=np.where(hidden, "skjult", "vist"), value=frame["value"].mask(hidden)), min_n=5
    )


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


def test_the_sentence_says_that_nothing_changes_and_for_whom_it_cannot_be_told(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS))
    shown = shown_needs(responses)
    text = text_sensitivity(weighted_places(responses, shown), shown, read_edition(responses.study, "alle"))
    assert text == (
        "Hvis hver kommune vægtes efter, hvor mange der er inviteret dér, er de fem største udviklingsbehov de samme"
        " blandt kommunalt ansatte. For lokalrådsmedlemmer kan det ikke beregnes, fordi antallet af inviterede ikke er"
        " kendt i alle kommuner."
    )


def test_the_sentence_names_the_needs_that_change_places_and_no_hidden_one(make_study: MakeStudy) -> None:
    study = make_study(rows=ROWS)
    labels = ["Et", "To", "Tre", "Fire", "Fem", "Seks"]
    head = {"municipality": "alle", "group": "A", "measure": "Gab", "status": "vist"}
    frame = pd.DataFrame([{**head, "item": label, "label": label, "value": 6.0 - n} for n, label in enumerate(labels)])
    # The places by weighted gaps of 6, 5, 4, 3, 1 and 2.
    weighted = SafeTable(frame[["group", "item"]].assign(value=[1.0, 2, 3, 4, 6, 5]), 5)
    edition = read_edition(study, "alle")
    told = text_sensitivity(weighted, SafeTable(frame, 5), edition)
    assert told == (
        "Hvis hver kommune vægtes efter, hvor mange der er inviteret dér, ændres de fem største udviklingsbehov."
        " Blandt kommunalt ansatte kommer »Seks« ind i stedet for »Fem«."
    )
    frame.loc[5, "status"] = "skjult"
    assert "Seks" not in text_sensitivity(weighted, SafeTable(frame, 5), edition)


def test_a_group_that_may_not_be_shown_is_not_told_of(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS))
    edition = read_edition(responses.study, "alle")
    hidden = shown_needs(responses, hide=("L", "A"))
    assert text_sensitivity(weighted_places(responses, hidden), hidden, edition) == ""


def test_a_survey_without_pairs_has_nothing_to_weight(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS, change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    assert weighted_needs(responses).empty
    shown = shown_needs(responses)
    assert text_sensitivity(weighted_places(responses, shown), shown, read_edition(responses.study, "alle")) == ""


def test_the_places_say_the_order_and_no_weighted_gap(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=ROWS))
    table = weighted_places(responses, shown_needs(responses)).frame
    gaps = weighted_needs(responses).set_index(["group", "item"])["value"]
    own = table[table["group"] == "A"].set_index("item")["value"]
    assert own.sort_values().index.tolist() == gaps["A"].dropna().sort_values(ascending=False).index.tolist()
    assert set(own.dropna()) == set(range(1, own.notna().sum() + 1))
    assert table[["low", "high"]].isna().all(axis=None)
