"""The one judgement of a passage: each thing that can be wrong, alone and together."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pandas as pd
import pytest

from blupkit.interviews import Codebook, Passage
from blupkit.interviews.coding.passage import Codable, Source, Wrong, coding_frame, passages

TURNS = pd.DataFrame(
    {"interview": "fg1", "turn": [1, 2], "role": ["moderator", "ansat"], "text": ["Hvad er svært?", "Puljerne er små."]}
)
HERE = Codable(TURNS, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]}), ("ansatte", "samspil")))
RIGHT = Passage("fg1", 2, 0, 8, "2.1", direction="barriere", about="samspil", quote="Puljerne")


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({}, []),
        ({"turn": "2", "start": "0", "end": "8"}, []),
        ({"quote": None}, []),
        ({"direction": "", "about": ""}, []),
        ({"turn": 3}, [Wrong.NO_TURN]),
        ({"interview": "fg2"}, [Wrong.NO_TURN]),
        ({"start": 8}, [Wrong.NO_SPAN]),
        ({"start": -1}, [Wrong.NO_SPAN]),
        ({"end": "otte"}, [Wrong.NO_SPAN]),
        ({"code": "2.2"}, [Wrong.NO_CODE]),
        ({"direction": "op"}, [Wrong.NO_DIRECTION]),
        ({"about": "vi"}, [Wrong.NO_PARTY]),
        ({"end": 17}, [Wrong.TOO_LONG]),
        ({"quote": "Puljen"}, [Wrong.OTHER_WORDS]),
        ({"turn": 1, "quote": "Hvad er "}, [Wrong.HOST]),
        ({"turn": 1, "code": "X", "quote": "Hvem"}, [Wrong.NO_CODE, Wrong.OTHER_WORDS, Wrong.HOST]),
    ],
)
def test_a_passage_is_judged_in_one_place(change: dict[str, object], wrong: list[Wrong]) -> None:
    assert HERE.faults_of(replace(RIGHT, **change)) == wrong  # type: ignore[arg-type]


def test_without_parties_in_the_study_any_word_will_do() -> None:
    free = replace(HERE, codebook=replace(HERE.codebook, parties=()))
    assert free.faults_of(replace(RIGHT, about="vi")) == []
    assert HERE.choices(Wrong.NO_PARTY) == "ansatte eller samspil"


def test_a_row_of_codings_has_the_turns_own_number_and_words_and_gives_the_passage_back() -> None:
    row = HERE.coding_of(replace(RIGHT, turn="2", start="0", end="8", quote=None), "A", Source.CODED, "id")
    assert row == ("A", "fg1", 2, 0, 8, "2.1", "2", "barriere", "samspil", "Puljerne", "kodet", "id", "")
    assert passages(coding_frame([row])) == [RIGHT]


ODD = "Vi  byg\N{SOFT HYPHEN}gede en A\N{COMBINING RING ABOVE}bro, og vi byggede en til."
SEEN = "Vi byggede en Åbro, og vi byggede en til."


@pytest.mark.parametrize(
    "words", ["byg\N{SOFT HYPHEN}gede", "en A\N{COMBINING RING ABOVE}bro", "og vi byggede en til", "til."]
)
def test_a_coding_that_counts_signs_nobody_sees_stands_on_its_words(words: str) -> None:
    written = " ".join(ODD.split())
    turns = TURNS.iloc[[1]].assign(text=SEEN, written=written)
    start = written.index(words)
    old = replace(RIGHT, start=start, end=start + len(words), quote=words)
    here = replace(HERE, turns=turns)
    read = here.as_read(old)
    assert here.faults_of(read) == []
    assert here.words_of(read) == read.quote == unicodedata.normalize("NFC", words.replace("\N{SOFT HYPHEN}", ""))
    assert here.as_read(read) == read
    assert here.as_read(replace(old, quote=None)).span == read.span


@pytest.mark.parametrize("written", ["", float("nan"), "Noget helt andet er sagt."])
def test_a_coding_that_stands_in_neither_text_is_not_moved(written: object) -> None:
    here = replace(HERE, turns=TURNS.assign(written=written))
    for passage in (RIGHT, replace(RIGHT, quote="Puljer"), replace(RIGHT, start=4, end=9)):
        assert here.as_read(passage) == passage
