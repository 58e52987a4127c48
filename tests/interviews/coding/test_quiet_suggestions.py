"""Which suggestions are shown: one a turn, none on small talk, and only what a trial bears out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from blupkit.core import read_study
from blupkit.interviews import Codebook, Coded, read_coded
from blupkit.interviews.coding.passage import coding_frame
from blupkit.interviews.coding.quiet_suggestions import (
    RIGHT,
    UNTRIED,
    Trial,
    quiet_suggestions,
    text_trial,
    try_suggestions,
)

BOOK = Codebook(
    pd.DataFrame(
        {
            "code": ["1.1", "2.1"],
            "theme": ["1", "2"],
            "theme_name": ["Vej", "Penge"],
            "name": ["Sne", "Puljer"],
            "patterns": [("sne",), ("pulje",)],
        }
    )
)


def talk(name: str, *texts: str) -> pd.DataFrame:
    rows = {
        "interview": name,
        "turn": range(1, len(texts) + 1),
        "speaker": "L1",
        "role": "lokalråd",
        "group": "L",
        "text": texts,
    }
    return pd.DataFrame(rows)


def coded(turns: pd.DataFrame, *given: tuple[str, int, str]) -> Coded:
    empty = Coded(turns, BOOK, coding_frame([]))
    codings = empty.suggested([(name, turn, 0, 3, code) for name, turn, code in given])
    return replace(empty, codings=codings.assign(source="kodet", coder="A"))


SNOW = "Ingen rydder sneen på vejen til skolen om vinteren."
BOTH = "Sneen koster en pulje af kommunens penge hvert eneste år."
SHORT = "Ja, sneen, ja."


@pytest.fixture(scope="module")
def demo() -> Coded:
    return read_coded(read_study("data/demo"))


def test_a_turn_gets_one_suggestion_and_small_talk_gets_none() -> None:
    found = quiet_suggestions(coded(talk("a", SNOW, BOTH, SHORT)), "a", UNTRIED)
    assert found[["turn", "code"]].values.tolist() == [[1, "1.1"], [2, "1.1"]]


def test_a_code_whose_patterns_were_wrong_in_the_trial_is_not_suggested() -> None:
    turns = pd.concat([talk(name, *[SNOW] * 6, *[BOTH] * 6) for name in "abc"], ignore_index=True)
    # In a and b, whoever coded gave 2.1 wherever its pattern is found, and never 1.1.
    given = [(name, turn, "2.1") for name in "ab" for turn in range(7, 13)]
    known = coded(turns, *given)
    trial = try_suggestions(known)
    assert trial.codes["1.1"] < RIGHT <= trial.codes["2.1"]
    found = quiet_suggestions(known, "c", trial)
    assert set(found["code"]) == {"2.1"}
    assert found["turn"].tolist() == list(range(7, 13))


def test_turns_after_the_last_coded_one_say_nothing_of_what_is_right() -> None:
    turns = pd.concat([talk(name, *[BOTH] * 20) for name in "ab"], ignore_index=True)
    part_coded = coded(turns, *[(name, turn, "2.1") for name in "ab" for turn in range(1, 11)])
    assert try_suggestions(part_coded).codes["2.1"] > RIGHT


def test_on_the_demo_what_is_shown_was_right_two_times_of_three_where_it_was_held_out(demo: Coded) -> None:
    trial = try_suggestions(demo)
    assert trial == try_suggestions(demo)
    for right, tried in (trial.learned, trial.pattern):
        assert right / tried >= RIGHT
    for interview in ("fg1", "fg2"):
        assert quiet_suggestions(demo, interview, trial)["turn"].is_unique


def test_what_the_trial_allows_is_said_with_its_numbers() -> None:
    assert text_trial(Trial(4, 0.7, (27, 40), (90, 120), {})) == (
        "Der vises højst ét forslag i en tur, og kun den slags, hvor mindst to af tre var rigtige: I prøven på 4"
        " interview var 90 af 120 forslag fra søgemønstre rigtige, og 27 af 40 af dem, der er lært af din kodning."
    )
    only = text_trial(Trial(2, 0.7, (8, 12), (0, 0), {}))
    assert only.endswith("I prøven på 2 interview var 8 af 12 forslag, der er lært af din kodning, rigtige.")
