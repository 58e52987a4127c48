"""Lines with a name and a time above what was said: told from speech with a time in it."""

from __future__ import annotations

import pytest
from interviews.transcripts.transcript_support import named, said

from blupkit.interviews.transcripts.formats.headed import is_headed, read_headed
from blupkit.interviews.transcripts.formats.table import format_of

REV = "Bo Ravn (0:03):\nVi mødes (10:30)\n\nog så igen 10:45.\n\nIda (1:05):\nJa.\n"


def test_speech_with_a_time_in_it_stays_speech() -> None:
    assert said(read_headed(REV, "a.txt", named).said) == [
        ("Bo Ravn", "Vi mødes (10:30) og så igen 10:45."),
        ("Ida", "Ja."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Bo: Vi mødes kl. 10:30\nog igen 10:45\nIda: Ja.\n",
        "Program\n\nVelkomst 10:00\nOplæg 10:15\nFrokost 12:00\n\nM: Velkommen.\n",
        "M: Hvornår?\n\nVi mødes 10:30\nog snakker\n\nVi slutter 9:45\nog går hjem\n",
        "[00:03] Vi søgte en pulje.\n[00:09] Og så skete der ikke noget.\n",
        "[00:00.000 --> 00:06.000]  Vi søgte en pulje\n[00:06.000 --> 00:09.000]  og fik den\n",
        "Bo Ravn (0:03)\nJa.\n",
        "[00:03] L1: Ja.\nog nej\n[00:09] A1: Nej.\nog jo\n[00:12] L1: Vi søgte\n",
    ],
)
def test_what_only_resembles_it_is_not_taken_for_it(text: str) -> None:
    assert not is_headed(text)


def test_any_display_name_is_the_speaker() -> None:
    labels = [
        "Krog, Ida (Vesterby Kommune)",
        "bo@lokal.example",
        "Bo | Søby",
        "ida 🌻",
        "Anne-Marie O'Hara",
        "Louise H.",
    ]
    text = "".join(f"{label} ({n}:05)\nTur {n}\n\n" for n, label in enumerate(labels))
    assert [turn.label for turn in read_headed(text, "a.txt", named).said] == labels


def test_a_span_gives_start_and_end() -> None:
    text = "Ida (00:00:01,500 – 00:00:05,200)\nJa.\n\nBo (00:00:06,000 – 00:00:09,800)\nNej.\n"
    assert [(turn.label, turn.start, turn.end) for turn in read_headed(text, "a.txt", named).said] == [
        ("Ida", 1.5, 5.2),
        ("Bo", 6.0, 9.8),
    ]


def test_captions_of_one_speaker_are_one_turn_and_midnight_is_no_leap_back() -> None:
    text = "[Bo] 23:59:50\nVi\n\n[Bo] 23:59:55\nsøgte.\n\n[Ida] 00:00:10\nJa.\n"
    assert [(turn.text, turn.start) for turn in read_headed(text, "a.txt", named).said] == [
        ("Vi søgte.", 0.0),
        ("Ja.", 20.0),
    ]


def test_what_stands_above_the_first_is_told_of() -> None:
    reading = read_headed(f"Fokusgruppe 1\n\nVi begyndte før tid.\n\n{REV}", "a.txt", named)
    assert reading.before == ["Fokusgruppe 1", "Vi begyndte før tid."]
    assert [turn.row for turn in reading.said] == [5, 10]


def test_a_name_whose_time_is_damaged_is_told_of_with_its_line() -> None:
    text = "Bo (0:03)\nJa.\n\nIda (0:09)\nNej.\n\nBo (0::12)\nJo.\n\nIda (0:15)\nSpørg Bo.\n"
    reading = read_headed(text, "a.txt", named)
    assert [(fault.row, fault.found) for fault in reading.faults] == [(7, "Bo (0::12)")]
    otter = text.replace(" (", "  ").replace(")", "")
    faults = format_of(otter, ".txt").read(otter, "a.txt", named).faults
    assert [(fault.row, fault.found) for fault in faults] == [(7, "Bo  0::12")]


@pytest.mark.parametrize("name", ["?", "???", "+45 20 00 00 14"])
@pytest.mark.parametrize("head", ["{} (00:0{}:03):", "[00:0{1}:03] - {0}"])
def test_somebody_whom_nobody_knows_and_a_telephone_are_speakers(name: str, head: str) -> None:
    people = ["Bo Ravn", "Ida Holm", name, "Bo Ravn"]
    text = "\n".join(f"{head.format(who, n)}\nJa.\n" for n, who in enumerate(people))
    assert [turn.label for turn in read_headed(text, "a.txt", lambda label: False).said] == people
