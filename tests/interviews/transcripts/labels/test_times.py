"""Times in a text become times, and what somebody said of the time stays words."""

from __future__ import annotations

import math

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.interviews.transcripts.typed import read_typed, write_typed

NAN = math.nan


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Bo: Ja. #00:00:03-5#\n\nIda: Nej. #00:01:05-0#", [(NAN, 3.5), (3.5, 65.0)]),
        ("#00:00:03-0# Bo: Ja.\n#00:01:05-2# Ida: Nej.", [(3.0, NAN), (65.2, NAN)]),
        ("#00:00:03-0#\nBo: Ja.\n\n#00:01:05-2#\nIda: Nej.", [(3.0, NAN), (65.2, NAN)]),
        ("[00:00:03]\nBo: Ja.\n\n[00:01:05]\nIda: Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("0:03\nBo: Ja.\n\n1:05\nIda: Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("(00:03)\n\nBo: Ja.\n\n(01:05)\n\nIda: Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("**00:00:03**\n**Bo:** Ja.\n\n### 00:01:05\n**Ida:** Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("Bo: [00:00:03] Ja.\nIda: [00:01:05] Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("**Bo:** [00:03] Ja.\n**Ida:** [01:05] Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("Bo [00:03]: Ja.\nIda (01:05): Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("Bo 00:00:03: Ja.\nIda 00:01:05: Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("00:00:03.0Bo: Ja.\n00:01:05.2Ida: Nej.", [(3.0, NAN), (65.2, NAN)]),
        ("[00:00:03]Bo: Ja.\n[00:01:05]Ida: Nej.", [(3.0, NAN), (65.0, NAN)]),
        ("[00:00:03,100 --> 00:00:09] Bo: Ja.\n00:05 - 00:09 Ida: Nej.", [(3.1, 9.0), (5.0, 9.0)]),
        (
            "Møde\n\n1\n00:00:05,100 --> 00:00:09,000\nBo: Ja.\n\n2\n00:00:10 --> 00:00:11\nIda: Nej.",
            [(5.1, 9.0), (10, 11)],
        ),
        ("Bo: Ja. [00:03]\nIda: Nej. [01:05]", [(NAN, 3.0), (3.0, 65.0)]),
    ],
)
def test_every_way_to_write_a_time_is_read(text: str, times: list[tuple[float, float]]) -> None:
    turns, _ = read_typed(text, named)
    assert said(turns) == [("Bo", "Ja."), ("Ida", "Nej.")]
    assert all(same(turn.start, start) and same(turn.end, end) for turn, (start, end) in zip(turns, times, strict=True))
    again, _ = read_typed(write_typed(turns), named)
    assert [(t.label, t.text, str(t.start), str(t.end)) for t in again] == [
        (t.label, t.text, str(t.start), str(t.end)) for t in turns
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Vi mødes kl. 12:41 i morgen.",
        "12:41 kom han: sådan.",
        "Det var 10:30. Eller 10:45.",
        "Klokken (kl. 12:41) er mange.",
        "Mødet (10:30) var kort.",
        "Det er 1:1 hver gang.",
        "Se Es 12:41 og 3:16, og http://a.example:8080/00:10",
        "Uforståeligt 00:12:41 på båndet.",
        "[griner] Ja [uf.]",
        "12:41",
    ],
)
def test_a_time_that_somebody_said_stays_words(words: str) -> None:
    turns, _ = read_typed(f"Bo: Ja.\n{words}\nIda: Nej: {words}", named)
    assert said(turns) == [("Bo", f"Ja. {words}"), ("Ida", f"Nej: {words}")]


def test_times_inside_speech_are_no_words_and_cut_nothing() -> None:
    text = "Bo: Vi [00:01:00] søgte\nog {00:02:00} fik (03:00) den.\n(03:05)\n[00:03:10] Vi sagde: nej.\n"
    text += "Ida: Nå (04:00) ja.\n(04:05)\n"
    turns, _ = read_typed(text, named)
    assert said(turns) == [("Bo", "Vi søgte og fik den. Vi sagde: nej."), ("Ida", "Nå ja.")]
    assert all(math.isnan(turn.start) for turn in turns)


def test_a_time_above_words_that_are_no_label_begins_no_turn() -> None:
    text = "[00:00:03]\nBo: Ja.\n\n[00:01:00]\nDet er sådan: nej.\n\n[00:02:00]\nIda: Nå.\n\n[00:09:00]\n"
    turns, _ = read_typed(text, named)
    assert [(turn.text, turn.start) for turn in turns] == [("Ja. Det er sådan: nej.", 3.0), ("Nå.", 120.0)]


def test_a_name_that_occurs_once_is_a_speaker_where_times_stand_above_labels() -> None:
    text = "[00:00:03]\nGunhild: Ja.\n\n[00:01:00]\nTorsten: Nej.\n"
    turns, _ = read_typed(text, lambda label: False)
    assert said(turns) == [("Gunhild", "Ja."), ("Torsten", "Nej.")]


def test_what_programs_write_about_themselves_is_not_said() -> None:
    notes = [
        "Transcription ended after 00:30:30",
        "*This editable transcript was computer generated and might contain errors. People can also change it.*",
        "(Transcribed by Sonix.ai - Remove this message)",
        "Transcribed with noScribe vers. 0.7",
    ]
    turns, before = read_typed("\n".join([*notes, "Bo: Ja.", *notes, "Ida: Nej.", *notes]), named)
    assert (said(turns), before) == ([("Bo", "Ja."), ("Ida", "Nej.")], [])


def test_a_time_behind_the_first_words_of_a_line_makes_them_no_name() -> None:
    text = "Bo: Vi var\nder og så [00:01:00] gik vi\nhjem igen [00:02:00] og sov\nog så [00:03:00] da.\nIda: Nå."
    turns, _ = read_typed(text, named)
    assert said(turns) == [("Bo", "Vi var der og så gik vi hjem igen og sov og så da."), ("Ida", "Nå.")]


BLOCKS = "1\n{}\nBo: Ja.\n\n2\n{}\nIda: Vi er\n12\n\n3\n{}\nBo: Nå.\n"


@pytest.mark.parametrize("time", ["00:00:0{}", "00:00:0{},500", "00:00:0{} -> 00:00:09", "00:00:0{},0 → 00:00:09,0"])
def test_the_numbers_of_subtitles_without_their_arrows_are_no_words(time: str) -> None:
    """Until now each number was the last word of the turn before, and with another arrow so was the time."""
    turns, before = read_typed(BLOCKS.format(*map(time.format, (1, 2, 3))), named)
    assert said(turns) == [("Bo", "Ja."), ("Ida", "Vi er 12"), ("Bo", "Nå.")]
    assert [int(turn.start) for turn in turns] == [1, 2, 3]
    assert before == []


def test_a_number_that_was_said_before_a_time_stays() -> None:
    turns, _ = read_typed("Bo: Vi er\n12\n[00:01:00]\nIda: Nej, vi er\n7\n[00:02:00]\nBo: Nå.\n", named)
    assert said(turns) == [("Bo", "Vi er 12"), ("Ida", "Nej, vi er 7"), ("Bo", "Nå.")]


@pytest.mark.parametrize("time", ["01.{} ", "Kl. 10.{} ", "kl 10:{} ", "00.01.{} ", "({}s) "])
def test_times_with_points_and_seconds_in_brackets_are_times(time: str) -> None:
    """Until now they were the last words of the turn before, where lines were parted at their labels."""
    text = "\n".join(f"{time.format(20 + n)}{who}: {words}" for n, (who, words) in enumerate(WORDS))
    turns, _ = read_typed(text, named)
    assert said(turns) == WORDS
    assert not any(math.isnan(turn.start) for turn in turns)


WORDS = [("Bo", "Vi mødes kl. 10.30 i dag."), ("Ida", "Ja."), ("Bo", "Nå.")]
