"""Turns, speakers and groups of each theme, counted by hand in a small study."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from interviews.interview_support import read_all

from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, spoken
from blupkit.interviews import (
    Codebook,
    Coded,
    direction_counts,
    finding_themes,
    spread,
    suggest_codes,
    theme_counts,
)
from blupkit.interviews.analysis.findings import text_themes


def test_themes_are_counted_in_turns_speakers_and_groups(make_study: Any) -> None:
    coded = read_all(make_study())
    before = coded.codings.copy(), coded.turns.copy()
    counts = theme_counts(coded)
    assert counts.columns.tolist() == [*MEASURE_COLUMNS, "among"]
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
    pd.testing.assert_frame_equal(coded.turns, before[1])


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
    assert table["text"].tolist() == ["to af fire deltagere i en af to grupper", "to af fire deltagere i begge grupper"]
    nothing = spread(replace(coded, codings=coded.codings.head(0)))
    assert nothing["text"].tolist() == ["ingen deltagere"] * 2
    assert text_themes(nothing) == "Ingen af kodebogens temaer er fundet i interviewene."
    assert finding_themes(nothing) == text_themes(nothing).rstrip(".")
    through = "Ét af de to temaer går igen i begge grupper: »Økonomi«"
    assert finding_themes(table) == through
    assert text_themes(table) == f"{through}. Lige mange deltagere, to af fire, taler om hvert tema."


def test_an_interview_that_is_not_coded_yet_does_not_count_as_silent(make_study: Any) -> None:
    coded = read_all(make_study())
    first = replace(coded, codings=coded.codings[coded.codings["interview"] == "fg1"])
    assert spread(first)["text"].tolist() == [
        "begge deltagere",
        "en af to deltagere",
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


def talks(people: int, *, silent: int) -> Coded:
    """Groups of four, each person with seven turns: all speak of theme 1, all but the silent ones of theme 2."""
    rows = [
        (f"fg{person // 4}", turn, f"p{person}", "ansat", "A" if person % 2 else "L")
        for person in range(people)
        for turn in range(7 * person, 7 * person + 7)
    ]
    turns = pd.DataFrame(rows, columns=["interview", "turn", "speaker", "role", "group"])
    first = turns.assign(theme="1")
    second = turns[~turns["speaker"].isin([f"p{2 * one + 1}" for one in range(silent)])].assign(theme="2")
    codes = Codebook(pd.DataFrame({"code": ["1.1", "2.1"], "theme": ["1", "2"], "theme_name": ["Roller", "Tillid"]}))
    codings = pd.concat([first, second])[["interview", "turn", "theme"]].assign(source="kodet", direction="barriere")
    return Coded(turns, codes, codings)


def told(table: SafeTable, measure: str) -> dict[tuple[str, str], float | None]:
    rows = table.frame[table.frame["measure"] == measure]
    values = [None if pd.isna(value) else value for value in rows["value"]]
    return dict(zip(zip(rows["group"], rows["item"], strict=True), values, strict=True))


def test_few_participants_behind_a_theme_are_told_of_at_least_ten_only(make_study: Any) -> None:
    study = make_study()
    # Eight of each: four employees speak of theme 2, so neither they nor, beside the whole, the members are told.
    some = spoken(theme_counts(talks(16, silent=4)), study)
    assert told(some, "Deltagere") == {("L", "1"): 8.0, ("A", "1"): 8.0, ("L", "2"): None, ("A", "2"): None}
    assert told(some, "Ture") == {("L", "1"): 56.0, ("A", "1"): 56.0, ("L", "2"): 56.0, ("A", "2"): 28.0}
    # Ten of each: any number may stand, one too.
    many = spoken(theme_counts(talks(20, silent=9)), study)
    assert told(many, "Deltagere")["A", "2"] == 1.0
    # Of four in a group, four at most are behind anything.
    by_group = spoken(theme_counts(talks(16, silent=4), by="interview"), study)
    assert set(told(by_group, "Deltagere").values()) == {None}


def test_a_theme_s_reach_is_told_in_groups_alone_where_too_few_took_part(make_study: Any) -> None:
    study, few = make_study(), talks(8, silent=4)
    assert spread(few, study)["text"].tolist() == ["alle otte deltagere", "begge grupper"]
    assert spread(few)["text"].tolist()[1] == "fire af otte deltagere i begge grupper"  # for the consultant
    assert spread(talks(16, silent=7), study)["text"].tolist()[1] == "9 af 16 deltagere i alle fire grupper"
    hidden = spoken(direction_counts(talks(4, silent=2)), study).frame
    assert hidden.loc[hidden["group"] == "fremmer", "value"].isna().all()
