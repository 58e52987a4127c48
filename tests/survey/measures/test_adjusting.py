"""Partial pooling against lme4, weighted needs by hand, and what a reader is told of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support import suppress
from survey.survey_support import WEIGHTED_ROWS, MakeStudy, invited, shown_needs

from blupkit.core import Study, read_edition
from blupkit.disclosure import internal, select_edition
from blupkit.survey import needs, read_responses, text_pooling
from blupkit.survey.measures.adjusting import (
    POOLED,
    pool_means,
    pooled_needs,
    stratified_mean,
    weighted_needs,
    weighted_places,
)
from blupkit.survey.measures.spread import settled


def up_to(*sizes: int) -> np.ndarray:
    return np.concatenate([np.arange(1, size + 1) for size in sizes])


def moments(values: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give each group's mean, number and variance: all that the model asks for."""
    parts = [values[groups == group] for group in np.unique(groups)]
    variances = [part.var(ddof=1) if len(part) > 1 else np.nan for part in parts]
    return np.array([part.mean() for part in parts]), np.array([len(part) for part in parts]), np.array(variances)


def test_strongly_unbalanced_groups_are_pooled_as_lme4_pools_them() -> None:
    # R 4.2.2, lme4: n <- c(3, 5, 9, 20, 60); g <- factor(rep(1:5, n)); i <- unlist(lapply(n, seq_len))
    # y <- (i * 7) %% 5 - 2 + rep(c(2, -1, .5, 1, 0), n)
    # m <- lmer(y ~ 1 + (1 | g), REML = TRUE); fixef(m); VarCorr(m); coef(m)
    sizes = (3, 5, 9, 20, 60)
    values = up_to(*sizes) * 7 % 5 - 2 + np.repeat([2, -1, 0.5, 1, 0], sizes)
    pooled = pool_means(*moments(values, np.repeat(np.arange(5), sizes)))
    assert (pooled.mean, pooled.between, pooled.within) == pytest.approx((0.533681, 0.888423, 1.443871), abs=2e-6)
    assert pooled.means == pytest.approx([1.490723, -0.469867, 0.679444, 0.945600, 0.022503], abs=2e-6)
    # By Henderson's equations: v <- as.data.frame(VarCorr(m))$vcov; L <- cbind(1, diag(5))
    # C <- crossprod(cbind(1, model.matrix(~ 0 + g))) + diag(c(0, rep(v[2] / v[1], 5)))
    # sqrt(diag(L %*% (v[2] * solve(C)) %*% t(L)))
    assert pooled.errors == pytest.approx([0.644269, 0.545567, 0.435632, 0.308065, 0.183440], abs=2e-6)


def test_without_a_difference_between_groups_each_is_the_mean_of_all() -> None:
    # R: n <- c(6, 8, 10, 12); y <- i %% 2 * 2 - 1; lmer says "boundary (singular) fit": between 0, within 1.014185
    sizes = (6, 8, 10, 12)
    pooled = pool_means(*moments((up_to(*sizes) % 2 * 2 - 1).astype(float), np.repeat(np.arange(4), sizes)))
    assert pooled.between == 0
    assert pooled.within == pytest.approx(1.014185, abs=2e-6)
    assert pooled.means == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_balanced_groups_are_pooled_as_lme4_pools_them() -> None:
    # R: g <- factor(rep(1:6, each = 8)); i <- rep(1:8, 6); y <- (i * 3) %% 4 + rep(c(0, .5, 1, 1.5, 2, 2.5), each = 8)
    values = np.tile(np.arange(1, 9), 6) * 3 % 4 + np.repeat([0, 0.5, 1, 1.5, 2, 2.5], 8)
    pooled = pool_means(*moments(values, np.repeat(np.arange(6), 8)))
    assert (pooled.mean, pooled.between, pooled.within) == pytest.approx((2.75, 0.834523, 1.195229), abs=2e-6)
    assert pooled.means == pytest.approx([1.755102, 2.153061, 2.551020, 2.948980, 3.346939, 3.744898], abs=2e-6)


def test_the_scale_does_not_matter() -> None:
    values, groups = np.array([1.0, 2, 3, 7, 8, 9, 4, 6]), np.array([0, 0, 0, 1, 1, 1, 2, 2])
    one, thousand = (pool_means(*moments(factor * values + 5, groups)) for factor in (1, 1000))
    assert thousand.means == pytest.approx(1000 * (one.means - 5) + 5, rel=1e-6)


def test_a_hidden_municipality_is_not_in_what_the_others_are_drawn_towards(demo: Study) -> None:
    responses = read_responses(demo)
    everything = settled(internal(needs(responses, draws=20), demo), (), 10)
    some = settled(suppress(needs(responses, draws=20), demo), (), 10)
    hidden = some.frame[(some.frame["status"] == "skjult") & (some.frame["group"] == "P")]
    assert set(hidden["municipality"]) >= {"slagelse", "kerteminde"}
    table = pooled_needs(some).frame
    assert table.loc[(table["group"] == "P") & (table["measure"] == POOLED), "value"].isna().all()
    assert pooled_needs(everything).frame["value"].notna().any()


def test_pooled_gaps_lie_between_the_municipality_s_own_and_all_and_the_input_is_untouched(demo: Study) -> None:
    responses = read_responses(demo)
    table = settled(internal(needs(responses, draws=20), demo), (), 10)
    before = table.frame.copy()
    frame = pooled_needs(table).frame
    assert table.frame.equals(before)
    wide = frame[frame["group"] == "L"].pivot_table(index="municipality", columns=["item", "measure"], values="value")
    for item in ("k10", "k15"):
        own, pooled = wide[item, "Gab"], wide[item, POOLED]
        assert (pooled.max() - pooled.min()) <= (own.max() - own.min())


def test_a_municipality_where_nobody_answered_is_not_pooled_and_does_not_stop_the_others(demo: Study) -> None:
    responses = read_responses(demo)
    gone = responses.respondents["municipality"] == "slagelse"
    left = replace(responses, respondents=responses.respondents[~gone])
    frame = pooled_needs(settled(internal(needs(left, draws=20), demo), (), 10)).frame
    pooled = frame[(frame["measure"] == POOLED) & (frame["group"] == "L")]
    assert pooled.loc[pooled["municipality"] == "slagelse", "value"].isna().all()
    assert pooled.loc[pooled["municipality"] != "slagelse", "value"].notna().all()


def test_fewer_than_three_municipalities_are_not_pooled(make_study: MakeStudy) -> None:
    rows = [f"{town}{n};{town};1;5;{1 + n % 4};;;;;;;;;;" for town in (430, 370) for n in range(12)]
    study = make_study(rows=rows)
    responses = read_responses(study)
    table = pooled_needs(settled(internal(needs(responses, draws=20), study), (), 10))
    assert table.frame.loc[table.frame["measure"] == POOLED, "value"].isna().all()
    edition = read_edition(study, "naestved")
    assert text_pooling(select_edition(table, edition), edition) == ""


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
    table = weighted_needs(read_responses(make_study(rows=WEIGHTED_ROWS)))
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
    assert set(weighted_needs(read_responses(make_study(rows=WEIGHTED_ROWS)))["group"]) == {"A"}
    assert set(weighted_needs(read_responses(make_study(rows=WEIGHTED_ROWS[:-1])))["group"]) == {"L", "A"}


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
    responses = read_responses(make_study(rows=WEIGHTED_ROWS, change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    assert weighted_needs(responses).empty
    shown = shown_needs(responses)
    assert weighted_places(shown, invited(responses)).frame.empty


def test_the_places_say_the_order_and_no_weighted_gap(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=WEIGHTED_ROWS))
    table = weighted_places(shown_needs(responses), invited(responses)).frame
    gaps = weighted_needs(responses).set_index(["group", "item"])["value"]
    own = table[table["group"] == "A"].set_index("item")["value"]
    assert own.sort_values().index.tolist() == gaps["A"].dropna().sort_values(ascending=False).index.tolist()
    assert set(own.dropna()) == set(range(1, own.notna().sum() + 1))
    assert table[["low", "high"]].isna().all(axis=None)
