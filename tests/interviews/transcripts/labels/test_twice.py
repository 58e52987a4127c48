"""A part of a transcript that was pasted in twice is told of; what is said twice, with other times, is not."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.interviews import check_interviews

LONG = "Vi har i mange år bedt om en cykelsti langs kysten, men hver gang er der kommet noget andet i vejen for den."
TALK = ["M: Hvad mangler I herude?", f"L1: {LONG}", "M: Og så?", "L1: Så har vi holdt et møde mere om det hele."]


def told(study: Any) -> list[list[Any]]:
    faults = check_interviews(study)
    return faults.loc[faults["expected"] == "hver tur én gang", ["row", "found", "level"]].values.tolist()


def test_a_block_that_stands_twice_is_told_with_both_places_and_its_words(make_transcript: Any) -> None:
    lines = ["M: Velkommen.", *TALK, "L1: Tak.", *TALK, "M: Farvel."]
    words = sum(len(line.split()) - 1 for line in TALK)
    found = f"tur 7 til 10 ({words} ord) er de samme som tur 2 til 5"
    assert told(make_transcript("a.txt", "\n".join(lines))) == [[7, found, "advarsel"]]


def test_a_whole_file_that_stands_twice_is_one_block(make_transcript: Any) -> None:
    [[_, found, _]] = told(make_transcript("a.txt", "\n".join(TALK * 2)))
    assert found.endswith("er de samme som tur 1 til 4")


@pytest.mark.parametrize(
    "again",
    [
        ["L1: Ja.", "M: Nej.", "L1: Ja.", "M: Nej."] * 2,
        [f"A1: {LONG}", "M: Og så?"],
        [f"L1: {LONG[:60]}", "M: Ja.", f"L1: {LONG[60:]}"],
    ],
    ids=["short turns", "another speaker", "other words"],
)
def test_what_is_merely_alike_is_not_told(make_transcript: Any, again: list[str]) -> None:
    assert told(make_transcript("a.txt", "\n".join([*TALK, *again]))) == []


def test_a_refrain_at_other_times_was_said_and_not_pasted(make_transcript: Any) -> None:
    text = "\n".join(f"[00:0{minute}:{10 * n:02}] {line}" for minute in (1, 5) for n, line in enumerate(TALK))
    assert told(make_transcript("a.txt", text)) == []
    pasted = text.replace("[00:05:", "[00:01:")
    [[_, found, _]] = told(make_transcript("a.txt", pasted))
    assert found.startswith("tur 5 til 8")
