"""Turns, speakers and groups of each theme, counted by hand in a small study."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.interviews import (
    Coded,
    direction_counts,
    finding_themes,
    read_codebook,
    read_codings,
    read_turns,
    spread,
    suggest_codes,
    theme_counts,
)


def read_all(study: Any) -> Coded:
    turns, codebook = read_turns(study), read_codebook(study)
    return Coded(turns, codebook, read_codings(study, turns, codebook))


def test_themes_are_counted_in_turns_speakers_and_groups(make_study: Any) -> None:
    coded = read_all(make_study())
    before = coded.codings.copy(), coded.turns.copy()
    counts = theme_counts(coded)
    assert counts.columns.tolist() == MEASURE_COLUMNS
    # L and A have a turn in each group. Theme 1: one turn of L and one of A in fg1. Theme 2: a turn of L in both.
    assert counts[["group", "item", "measure", "value", "n", "lowest", "highest"]].values.tolist() == [
        ["L", "1", "Ture", 1.0, 2, 0.0, 2.0],
        ["L", "1", "Deltagere", 1.0, 2, 0.0, 2.0],
        ["L", "1", "Grupper", 1.0, 2, 0.0, 2.0],
        ["L", "2", "Ture", 2.0, 2, 0.0, 2.0],
        ["L", "2", "Deltagere", 2.0, 2, 0.0, 2.0],
        ["L", "2", "Grupper", 2.0, 2, 0.0, 2.0],
        ["A", "1", "Ture", 1.0, 2, 0.0, 2.0],
        ["A", "1", "Deltagere", 1.0, 2, 0.0, 2.0],
        ["A", "1", "Grupper", 1.0, 2, 0.0, 2.0],
        ["A", "2", "Ture", 0.0, 2, 0.0, 2.0],
        ["A", "2", "Deltagere", 0.0, 2, 0.0, 2.0],
        ["A", "2", "Grupper", 0.0, 2, 0.0, 2.0],
    ]
    pd.testing.assert_frame_equal(before[0], coded.codings)
    pd.testing.assert_frame_equal(before[1], coded.turns)


def test_counts_can_be_by_interview_or_role_and_by_code(make_study: Any) -> None:
    coded = read_all(make_study())
    by_interview = theme_counts(coded, by="interview", level="code")
    turns_only = by_interview[by_interview["measure"] == "Ture"]
    assert turns_only[["group", "item", "label", "value", "n"]].values.tolist() == [
        ["fg1", "1.1", "Mandat", 2.0, 2],
        ["fg1", "2.1", "Puljer", 1.0, 2],
        ["fg2", "1.1", "Mandat", 0.0, 2],
        ["fg2", "2.1", "Puljer", 1.0, 2],
    ]
    assert theme_counts(coded, by="role")["group"].unique().tolist() == ["lokalråd", "ansat"]
    assert set(theme_counts(coded)["municipality"]) == {"alle"}


def test_spread_says_in_how_many_groups_and_by_how_many(make_study: Any) -> None:
    coded = read_all(make_study())
    table = spread(coded)
    assert table["text"].tolist() == ["i 1 af 2 grupper, af 2 af 4 deltagere", "i 2 af 2 grupper, af 2 af 4 deltagere"]
    nothing = spread(replace(coded, codings=coded.codings.head(0)))
    assert nothing["text"].tolist() == ["ikke nævnt i nogen af de to grupper"] * 2
    assert finding_themes(nothing) == "Ingen af kodebogens temaer er fundet i interviewene."
    assert finding_themes(table) == (
        "Ét af de to temaer går igen i begge grupper: »Økonomi«. Lige mange deltagere taler om hvert tema"
        " (2 af 4 deltagere)."
    )


def test_an_interview_that_is_not_coded_yet_does_not_count_as_silent(make_study: Any) -> None:
    coded = read_all(make_study())
    first = replace(coded, codings=coded.codings[coded.codings["interview"] == "fg1"])
    assert spread(first)["text"].tolist() == [
        "i 1 af 1 gruppe, af 2 af 2 deltagere",
        "i 1 af 1 gruppe, af 1 af 2 deltagere",
    ]
    counts = theme_counts(first, by="interview")
    assert counts["group"].unique().tolist() == ["fg1"]
    suggested = suggest_codes(coded.only("fg1"))
    assert spread(replace(coded, codings=suggested))["all_groups"].tolist() == [2, 2]


def test_directions_are_counted_in_turns(make_study: Any) -> None:
    coded = read_all(make_study())
    table = direction_counts(coded)
    assert table[["group", "item", "value", "n"]].values.tolist() == [
        ["barriere", "1", 1.0, 2],
        ["barriere", "2", 1.0, 2],
        ["fremmer", "1", 0.0, 2],
        ["fremmer", "2", 1.0, 2],
        ["forslag", "1", 0.0, 2],
        ["forslag", "2", 0.0, 2],
        ["neutral", "1", 1.0, 2],
        ["neutral", "2", 0.0, 2],
    ]
