from __future__ import annotations

import random
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blupkit.core import Study
from blupkit.survey import dimension_gaps, needs, read_responses
from blupkit.survey.measures.needs import gap_directions, pair_statistics

MakeStudy = Callable[..., Study]


def value(table: pd.DataFrame, measure: str, **where: str) -> float:
    for column, wanted in where.items():
        table = table[table[column] == wanted]
    return float(table.loc[table["measure"] == measure, "value"].iloc[0])


def pairs(*answers: str) -> list[str]:
    """One lokalråd member in Faaborg-Midtfyn for each "importance level" of k1; k2 is left alone."""
    return [f"r{n};430;1;{a.split()[0]};{a.split()[1]};;;;;;;;;;" for n, a in enumerate(answers)]


def test_the_worked_example_is_hit(make_study: MakeStudy) -> None:
    # I = 5, 4, 5 and C = 2, 3, 4: mean I = 14/3 = 4.6667, mean C = 3, gap = (3 + 1 + 1)/3 = 1.6667,
    # MWDS = 14/3 x 5/3 = 7.7778, RDS = 0 % above - 100 % below = -100.
    responses = read_responses(make_study(rows=pairs("5 2", "4 3", "5 4")))
    table = needs(responses, draws=50)
    here = {"municipality": "faaborg-midtfyn", "group": "L", "item": "k1"}
    assert value(table, "Vigtighed", **here) == pytest.approx(14 / 3)
    assert value(table, "Nuværende niveau", **here) == pytest.approx(3)
    assert value(table, "Gab", **here) == pytest.approx(5 / 3)
    assert value(table, "MWDS", **here) == pytest.approx(70 / 9)
    directions = gap_directions(responses, draws=50)
    assert value(directions, "RDS", **here) == -100
    assert value(directions, "Niveau under vigtighed", **here) == 100


def test_mwds_weights_with_the_mean_importance_and_not_with_each_persons_own(make_study: MakeStudy) -> None:
    # I = 5, 1 and C = 1, 1: gaps 4 and 0. Mean(I) x mean gap = 3 x 2 = 6; each one's own I would give (20 + 0)/2 = 10.
    table = needs(read_responses(make_study(rows=pairs("5 1", "1 1"))), draws=50)
    assert value(table, "MWDS", municipality="alle", group="L", item="k1") == pytest.approx(6)


def test_only_complete_pairs_count(make_study: MakeStudy) -> None:
    # The importance of 1 has no level beside it (8 = ved ikke), so the mean is that of 5 and 4.
    table = needs(read_responses(make_study(rows=pairs("5 2", "4 3", "1 8"))), draws=50)
    row = table[(table["municipality"] == "alle") & (table["group"] == "L") & (table["item"] == "k1")]
    assert row["n"].tolist() == [2] * 4
    assert row["value"].iloc[0] == pytest.approx(4.5)


def test_a_cell_without_answers_has_rows_but_no_value(make_study: MakeStudy) -> None:
    table = needs(read_responses(make_study(rows=pairs("5 2"))), draws=50)
    empty = table[(table["municipality"] == "naestved") & (table["group"] == "A")]
    assert set(empty["item"]) == {"k1", "k2", "k3"}
    assert (empty["n"] == 0).all()
    assert empty[["value", "low", "high"]].isna().all(axis=None)


def test_a_group_has_rows_only_for_what_it_was_asked(make_study: MakeStudy) -> None:
    table = needs(read_responses(make_study()), draws=50)
    assert set(table.loc[table["group"] == "L", "item"]) == {"k1", "k2"}


def test_each_measure_knows_the_ends_of_its_own_scale(make_study: MakeStudy) -> None:
    # On a scale 1-5: gap 1-5 … 5-1; MWDS = I(I - C): least at I = 2.5, C = 5 (-6.25), largest at I = 5, C = 1 (20).
    table = needs(read_responses(make_study()), draws=50).drop_duplicates("measure").set_index("measure")
    assert table[["lowest", "highest"]].to_numpy().tolist() == [[1, 5], [1, 5], [-4, 4], [-6.25, 20]]


def test_the_input_is_not_changed(make_study: MakeStudy) -> None:
    responses = read_responses(make_study())
    before = responses.answers.copy()
    needs(responses, draws=50)
    assert responses.answers.equals(before)


def test_the_interval_of_the_mean_of_ones_and_fives_is_that_of_the_binomial() -> None:
    # 20 answers, ten 1 and ten 5, level 1: mean gap = 4 x Bin(20, 0.5)/20. R: 4 * qbinom(c(.025, .975), 20, .5) / 20
    # gives 1.2 and 2.8.
    importance = np.array([[1.0]] * 10 + [[5.0]] * 10)
    rng = np.random.default_rng(1)
    weights = rng.multinomial(20, [1 / 20] * 20, size=20_000).astype(float)
    gap = pair_statistics(weights, importance, np.ones((20, 1)))[2, :, 0]
    assert np.percentile(gap, [2.5, 97.5]).tolist() == pytest.approx([1.2, 2.8])


answers = st.lists(st.tuples(st.sampled_from("12345 8"), st.sampled_from("12345 8")), min_size=2, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers, st.integers(0, 1000))
def test_row_order_does_not_matter(make_study: MakeStudy, drawn: list[tuple[str, str]], seed: int) -> None:
    rows = [f"r{n:02};430;1;{i.strip()};{c.strip()};3;4;;;;;;;;" for n, (i, c) in enumerate(drawn)]
    first = needs(read_responses(make_study(rows=rows)), draws=60)
    random.Random(seed).shuffle(rows)
    second = needs(read_responses(make_study(rows=rows)), draws=60)
    # Sums of the same numbers in another order differ in the last bit, hence not exactly equal.
    numbers = ["value", "low", "high", "n"]
    assert np.allclose(first[numbers], second[numbers], equal_nan=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers)
def test_pairs_are_never_more_than_answers_and_intervals_hold_the_value(
    make_study: MakeStudy, drawn: list[tuple[str, str]]
) -> None:
    rows = [f"r{n:02};430;1;{i.strip()};{c.strip()};3;4;;;;;;;;" for n, (i, c) in enumerate(drawn)]
    responses = read_responses(make_study(rows=rows))
    table = needs(responses, draws=200)
    own = table[(table["municipality"] == "alle") & (table["group"] == "L") & (table["item"] == "k1")]
    for variable in ("k1_v", "k1_n"):
        given_answers = responses.answers[(responses.answers["variable"] == variable)]
        assert (own["n"] <= (given_answers["state"] == "besvaret").sum()).all()
    shown = own[own["n"] > 0]
    assert ((shown["low"] <= shown["high"] + 1e-9) & shown["value"].between(shown["lowest"], shown["highest"])).all()


def test_the_seed_depends_on_the_study(make_study: MakeStudy) -> None:
    rows = pairs("5 2", "4 3", "5 4", "3 3", "2 4", "5 5", "1 2")
    first = needs(read_responses(make_study(rows=rows)), draws=40)
    again = needs(read_responses(make_study(rows=rows)), draws=40)
    other = needs(read_responses(make_study(rows=rows, change={"study.toml": ('"Prøven"', '"En anden"')})), draws=40)
    assert first.equals(again)
    assert not first.equals(other)


def test_a_dimension_takes_those_with_half_of_its_items(make_study: MakeStudy) -> None:
    # D1 holds k1 and k2. r0: gaps 3 and 1, mean 2. r1: gap 1 of k1 alone, half of the two, counts as 1. r2: none.
    rows = ["r0;430;1;5;2;4;3;;;;;;;;", "r1;430;1;4;3;8;3;;;;;;;;", "r2;430;1;4;;;3;;;;;;;;"]
    table = dimension_gaps(read_responses(make_study(rows=rows)), draws=50)
    own = table[(table["municipality"] == "alle") & (table["group"] == "L")]
    assert own["item"].tolist() == ["D1"]
    assert own["label"].tolist() == ["Projekter"]
    assert own["value"].tolist() == [1.5]
    assert own["n"].tolist() == [2]


def test_a_dimension_of_which_a_group_was_asked_one_item_is_left_out(make_study: MakeStudy) -> None:
    table = dimension_gaps(read_responses(make_study()), draws=50)
    assert set(table["item"]) == {"D1"}
    assert not re.search("D2", table.to_csv())
