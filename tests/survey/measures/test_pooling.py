"""Partial pooling against lme4, and what a reader is told of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from support import suppress

from blupkit.core import Study, read_edition
from blupkit.disclosure import internal, select_edition
from blupkit.survey import needs, read_responses, text_pooling
from blupkit.survey.measures.adjusting import POOLED, pool_means, pooled_needs

MakeStudy = Callable[..., Study]


def up_to(*sizes: int) -> np.ndarray:
    return np.concatenate([np.arange(1, size + 1) for size in sizes])


def test_strongly_unbalanced_groups_are_pooled_as_lme4_pools_them() -> None:
    # R 4.2.2, lme4: n <- c(3, 5, 9, 20, 60); g <- factor(rep(1:5, n)); i <- unlist(lapply(n, seq_len))
    # y <- (i * 7) %% 5 - 2 + rep(c(2, -1, .5, 1, 0), n)
    # m <- lmer(y ~ 1 + (1 | g), REML = TRUE); fixef(m); VarCorr(m); coef(m)
    sizes = (3, 5, 9, 20, 60)
    values = up_to(*sizes) * 7 % 5 - 2 + np.repeat([2, -1, 0.5, 1, 0], sizes)
    pooled = pool_means(values, np.repeat(np.arange(5), sizes))
    assert (pooled.mean, pooled.between, pooled.within) == pytest.approx((0.533681, 0.888423, 1.443871), abs=2e-6)
    assert pooled.means == pytest.approx([1.490723, -0.469867, 0.679444, 0.945600, 0.022503], abs=2e-6)
    # By Henderson's equations: v <- as.data.frame(VarCorr(m))$vcov; L <- cbind(1, diag(5))
    # C <- crossprod(cbind(1, model.matrix(~ 0 + g))) + diag(c(0, rep(v[2] / v[1], 5)))
    # sqrt(diag(L %*% (v[2] * solve(C)) %*% t(L)))
    assert pooled.errors == pytest.approx([0.644269, 0.545567, 0.435632, 0.308065, 0.183440], abs=2e-6)


def test_without_a_difference_between_groups_each_is_the_mean_of_all() -> None:
    # R: n <- c(6, 8, 10, 12); y <- i %% 2 * 2 - 1; lmer says "boundary (singular) fit": between 0, within 1.014185
    sizes = (6, 8, 10, 12)
    pooled = pool_means((up_to(*sizes) % 2 * 2 - 1).astype(float), np.repeat(np.arange(4), sizes))
    assert pooled.between == 0
    assert pooled.within == pytest.approx(1.014185, abs=2e-6)
    assert pooled.means == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_balanced_groups_are_pooled_as_lme4_pools_them() -> None:
    # R: g <- factor(rep(1:6, each = 8)); i <- rep(1:8, 6); y <- (i * 3) %% 4 + rep(c(0, .5, 1, 1.5, 2, 2.5), each = 8)
    values = np.tile(np.arange(1, 9), 6) * 3 % 4 + np.repeat([0, 0.5, 1, 1.5, 2, 2.5], 8)
    pooled = pool_means(values, np.repeat(np.arange(6), 8))
    assert (pooled.mean, pooled.between, pooled.within) == pytest.approx((2.75, 0.834523, 1.195229), abs=2e-6)
    assert pooled.means == pytest.approx([1.755102, 2.153061, 2.551020, 2.948980, 3.346939, 3.744898], abs=2e-6)


def test_the_scale_does_not_matter() -> None:
    values, groups = np.array([1.0, 2, 3, 7, 8, 9, 4, 6]), np.array([0, 0, 0, 1, 1, 1, 2, 2])
    one, thousand = pool_means(values, groups), pool_means(1000 * values + 5, groups)
    assert thousand.means == pytest.approx(1000 * one.means + 5, rel=1e-6)


def test_a_hidden_municipality_is_not_in_what_the_others_are_drawn_towards(demo: Study) -> None:
    responses = read_responses(demo)
    everything = internal(needs(responses, draws=20), demo)
    some = suppress(needs(responses, draws=20), demo)
    hidden = some.frame[(some.frame["status"] == "skjult") & (some.frame["group"] == "P")]
    assert set(hidden["municipality"]) >= {"slagelse", "kerteminde"}
    table = pooled_needs(responses, some).frame
    assert table.loc[(table["group"] == "P") & (table["measure"] == POOLED), "value"].isna().all()
    assert pooled_needs(responses, everything).frame["value"].notna().any()


def test_pooled_gaps_lie_between_the_municipality_s_own_and_all_and_the_input_is_untouched(demo: Study) -> None:
    responses = read_responses(demo)
    table = internal(needs(responses, draws=20), demo)
    before = table.frame.copy()
    frame = pooled_needs(responses, table).frame
    assert table.frame.equals(before)
    wide = frame[frame["group"] == "L"].pivot_table(index="municipality", columns=["item", "measure"], values="value")
    for item in ("k10", "k15"):
        own, pooled = wide[item, "Gab"], wide[item, POOLED]
        assert (pooled.max() - pooled.min()) <= (own.max() - own.min())


def test_a_municipality_where_nobody_answered_is_not_pooled_and_does_not_stop_the_others(demo: Study) -> None:
    responses = read_responses(demo)
    gone = responses.respondents["municipality"] == "slagelse"
    left = replace(responses, respondents=responses.respondents[~gone])
    frame = pooled_needs(left, internal(needs(left, draws=20), demo)).frame
    pooled = frame[(frame["measure"] == POOLED) & (frame["group"] == "L")]
    assert pooled.loc[pooled["municipality"] == "slagelse", "value"].isna().all()
    assert pooled.loc[pooled["municipality"] != "slagelse", "value"].notna().all()


def test_fewer_than_three_municipalities_are_not_pooled(make_study: MakeStudy) -> None:
    rows = [f"{town}{n};{town};1;5;{1 + n % 4};;;;;;;;;;" for town in (430, 370) for n in range(12)]
    study = make_study(rows=rows)
    responses = read_responses(study)
    table = pooled_needs(responses, internal(needs(responses, draws=20), study))
    assert table.frame.loc[table.frame["measure"] == POOLED, "value"].isna().all()
    edition = read_edition(study, "naestved")
    assert text_pooling(select_edition(table, edition), edition) == ""
