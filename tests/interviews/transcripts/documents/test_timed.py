"""A line of name and time over each turn: every turn is that speaker's, whatever the name looks like."""

from __future__ import annotations

import math

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.core import FileError
from blupkit.interviews.transcripts.documents.timed import is_timed, read_timed, write_timed
from blupkit.interviews.transcripts.turn import Said

TITLE = "Fokusgruppe-20270504_100000-Mødeudskrift\n4. maj 2027, 10.00\n52m 10s\nLis Bro startede transskription\n"


def turns(text: str) -> list[tuple[str, str]]:
    assert is_timed(text)
    return said(read_timed(text, "a.docx", named).said)


@pytest.mark.parametrize(
    "name",
    [
        "Bro, Lis", "Lis Bro | Nordby", "lisb@nordby.example", "lis", "Éva Bro", "[Gæst] Lis", "+45 20 00 00 14",
        "Lis 🌻", "LIS BRO", "Bro/Lis", "Lis Bro (ekstern)", "Mødelokale 3: Skærm", "Ø",
    ],
)  # fmt: skip
def test_a_name_of_any_shape_begins_its_own_turn(name: str) -> None:
    text = (
        f"{TITLE}Bo Dal   0:03\nHej.\n{name}   0:09\nJa: Det er det.\nBo Dal   0:12\nTak.\n{name}   0:15\nSelv tak.\n"
    )
    assert turns(text) == [("Bo Dal", "Hej."), (name, "Ja: Det er det."), ("Bo Dal", "Tak."), (name, "Selv tak.")]


@pytest.mark.parametrize(
    "line",
    [
        "Lis Bro stoppede transskription", "Lis Bro stopped transcription", "Lis Bro stoppet transkripsjon",
        "Lis Bro avslutade transkription", "Lis Bro hat die Transkription beendet",
        "lisb@nordby.example started transcription", "Lis Bro afsluttede transskriptionen   12:04",
    ],
)  # fmt: skip
def test_lines_of_the_system_are_no_speech(line: str) -> None:
    assert turns(f"{TITLE}Bo Dal   0:03\nHej.\nLis Bro   0:09\nFarvel.\n{line}") == [
        ("Bo Dal", "Hej."),
        ("Lis Bro", "Farvel."),
    ]


@pytest.mark.parametrize("line", ["Så stoppede transskriptionen", "Hvem stoppede transskription på det møde?"])
def test_speech_about_the_transcription_is_speech(line: str) -> None:
    assert turns(f"Bo Dal   0:03\n{line}\nLis Bro   0:09\nJa.")[0] == ("Bo Dal", line)


def test_name_and_words_may_be_apart_and_the_time_may_stand_first() -> None:
    assert turns("Bo Dal   0:03\n\nHej.\nOg goddag.\n\nLis Bro   0:09\n\nJa.") == [
        ("Bo Dal", "Hej. Og goddag."),
        ("Lis Bro", "Ja."),
    ]
    word = (
        "Lydfil\noptagelse.m4a\n\nTransskription\n00:00:03 Taler 1\nHej.\n00:00:09 Taler 2\nJa.\n00:00:12 Bo Dal\nNej."
    )
    assert turns(word) == [("Taler 1", "Hej."), ("Taler 2", "Ja."), ("Bo Dal", "Nej.")]
    assert turns("Audio file\na.m4a\nTranscript\nSpeaker 1\nHej.\nSpeaker 2\nJa.") == [
        ("Speaker 1", "Hej."),
        ("Speaker 2", "Ja."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Fokusgruppe 4. maj kl. 10:00\nBrugsen i Nordby\nL1: Ja.\nA1: Nej.\nL1: Jo.",
        "Interview   10:00\nL1: Ja.\nA1: Nej.",
        "L1: Vi mødes\nFredag 10:30\nA1: Ja.\nL1: Nej.",
        "Vi mødes 10:30",
        "Velkomst   10:00\nOplæg   10:15\nFrokost   12:00\nL1: Ja.\nA1: Nej.",
        "Bo 10:30\nIda 9:15\nDe kom i den orden.",
        "Transskription\nL1: Ja.",
    ],
)
def test_a_typed_file_with_a_time_in_it_stays_one(text: str) -> None:
    assert not is_timed(text)


def test_times_are_read_and_a_broken_one_is_refused_with_its_line() -> None:
    reading = read_timed("Bo Dal   0:0:5.1 --> 0:1:9.1\nHej.\nLis Bro   1:00:03\nJa.", "a.docx", named)
    assert [(turn.start, turn.row) for turn in reading.said] == [(5.1, 1), (3603.0, 3)]
    assert reading.said[0].end == 69.1
    assert math.isnan(reading.said[1].end)
    with pytest.raises(FileError, match=r"a[.]docx, række 3"):
        read_timed("Bo Dal   0:0:5.1 --> 0:1:9.1\nHej.\nLis Bro   0:x --> 1\nJa.", "a.docx", named)


def test_what_is_written_is_read_back() -> None:
    written = [Said("Bro, Lis", "Ja: Nej.", 5.1, 9.0), Said("Bo Dal", "Udgået.", 12.0), Said("Bro, Lis", "Ja.", 15.5)]
    assert turns(write_timed(written)) == said(written)


def test_words_in_are_words_out() -> None:
    names = ("Bo Dal", "lis", "Bro, Ib")
    heads = [f"{names[number % 3]}   {number // 60}:{number % 60:02}" for number in range(300)]
    lines = [line for number, head in enumerate(heads) for line in (head, f"Ord {number} er sagt: her.", "Og mere.")]
    spoken = sum(len(line.split()) for number, line in enumerate(lines) if number % 3)
    found = turns("\n".join(lines))
    assert len(found) == 300
    assert sum(len(text.split()) for _, text in found) == spoken


@pytest.mark.parametrize("name", ["S. Bak", "bo.ravn@by.example", "+45 20 00 00 14", "?"])
def test_whom_word_calls_as_no_name_looks_has_a_turn_of_his_own(name: str) -> None:
    """Until now name, time and words were the last of the turn before, unsaid."""
    text = (
        f"00:00:03 Bo Ravn\nJa, 10 gange.\n\n00:00:09 Ida Holm\nNej.\n\n00:00:12 {name}\nJo.\n\n00:00:15 Bo Ravn\nNå.\n"
    )
    reading = read_timed(text, "a.docx", never)
    assert [(turn.label, turn.text, turn.start) for turn in reading.said][2:] == [
        (name, "Jo.", 12.0),
        ("Bo Ravn", "Nå.", 15.0),
    ]


def test_a_time_that_somebody_names_first_is_no_speaker_where_it_does_not_fit_among_the_others() -> None:
    text = "00:00:03 Bo Ravn\nVi ses.\n10:30 passer fint.\nSå det gør vi.\n\n00:00:09 Ida Holm\nNej.\n"
    assert said(read_timed(text, "a.docx", never).said) == [
        ("Bo Ravn", "Vi ses. 10:30 passer fint. Så det gør vi."),
        ("Ida Holm", "Nej."),
    ]


def never(label: str) -> bool:
    return False
