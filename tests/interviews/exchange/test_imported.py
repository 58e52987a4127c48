"""What every reader of another program's file does: place, set aside, tell."""

from __future__ import annotations

import pytest
from interviews.exchange.exchange_support import turns_of

from blupkit.interviews.exchange.imported import Reading, Told
from blupkit.interviews.exchange.source_texts import Part

TURNS = turns_of("Vi søgte en pulje. En pulje til.", "Ja.")


@pytest.mark.parametrize("told", Told)
def test_what_is_told_has_its_number_and_is_a_sentence(told: Told) -> None:
    one, many = told.sentence(1), told.sentence(1250)
    assert one.startswith("1 ")
    assert many.startswith("1.250 ")
    assert one.endswith(".")
    assert one[2:] != many[6:]


def test_a_coding_over_two_turns_is_one_in_each_with_ids_of_their_own() -> None:
    reading = Reading("a.qdpx", TURNS)
    reading.tree.add("2.1", "Puljer", "2", "Økonomi")
    for _ in range(2):
        reading.place([Part(1, 19, 32), Part(2, 0, 3)], "A", "x", interview="fg1", code="2.1", memo="se her")
    codings = reading.imported([]).codings
    assert codings[["turn", "quote", "theme", "memo", "coder"]].values.tolist()[:2] == [
        [1, "En pulje til.", "2", "se her", "A"],
        [2, "Ja.", "2", "se her", "A"],
    ]
    # The same coding gets the same ids again, and only the first part keeps the one that it came with.
    assert codings["id"].tolist()[:2] == codings["id"].tolist()[2:]
    assert codings["id"][0] == "x" != codings["id"][1]


@pytest.mark.parametrize(
    ("words", "turn", "start", "found"),
    [
        ("en pulje", "1", "9", [Part(1, 9, 17)]),
        ("pulje", "1", "22", [Part(1, 22, 27)]),
        ("Vi", "1", "7", [Part(1, 0, 2)]),  # not there, but in one place only
        ("pulje", "1", "7", []),  # not there, and in two places
        ("Vi", "1", "x", [Part(1, 0, 2)]),
        ("Vi", "2", "0", []),
        ("Vi", "9", "0", []),
        ("", "1", "0", []),
    ],
)
def test_words_are_found_where_they_are_said_to_stand_or_in_one_place_only(
    words: str, turn: str, start: str, found: list[Part]
) -> None:
    assert Reading("a.csv", TURNS).as_written(words, "fg1", turn, start) == found


def test_what_is_set_aside_is_a_warning_with_its_row() -> None:
    reading = Reading("a.csv", TURNS)
    reading.set_aside("ordene", "ord, der står ét sted", "Kod stedet igen.", row=4)
    (fault,) = reading.imported([]).faults
    assert (str(fault.level), fault.row, fault.file) == ("advarsel", 4, "a.csv")
    assert reading.imported(reading.told(Told.PLACED, Told.LEFT)).notes == ["0 kodninger er placeret."]
