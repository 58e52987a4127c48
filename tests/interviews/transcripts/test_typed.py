"""What was typed by hand, and the printed record of a debate."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from interviews.transcripts.transcript_support import said

from blupkit.core import read_text
from blupkit.interviews.transcripts.typed import read_debate, read_typed, write_typed

DEBATE = Path(__file__).parents[4] / "shared" / "real" / "folketinget" / "2023-01-26.txt"
needs_debate = pytest.mark.skipif(not DEBATE.is_file(), reason="the real debate (../shared/real) is not here")
RECORD = """                      18. møde
                                                                Kl. 10:00
Meddelelser fra formanden

Formanden (Søren Gade):Mødet er åbnet.
Justitsministeren (Peter Holm):

Lovforslag nr. L 29.
                                                                Kl. 10:01
12
(Ordfører for forslagsstillerne)
Bo Ravn (DF):
Tak. Jeg siger: Ja. (Ida
Holm (S):Nej!) Det gør jeg.
                                                                Kl. 10:03Ida Holm (S):
(Kort bemærkning).
Tak for det.                                                    Kl. 10:04

(Ordfører)Per Bak (V):
Ja.
"""


def test_typed_text_takes_many_kinds_of_labels_and_no_colons_in_speech() -> None:
    text = (
        "[T001] Participant 1: Hej.\n**Interviewer**\nHvad nu: skal vi?\nI: Ja.\nIP: Nej, kl. 12: derfor.\n"
        "Ansatte: ringe\n[31:05] L1: Sidst.\nEn linje mere: den hører med.\n"
    )
    labels = {"Participant 1", "I", "IP"}
    turns, before = read_typed(text, lambda label: label in labels)
    assert said(turns) == [
        ("Participant 1", "Hej."),
        ("Interviewer", "Hvad nu: skal vi?"),
        ("I", "Ja."),
        ("IP", "Nej, kl. 12: derfor. Ansatte: ringe"),
        ("L1", "Sidst. En linje mere: den hører med."),
    ]
    assert turns[-1].start == 1865.0
    assert before == []


def test_a_line_of_somebody_else_who_is_not_named_is_nobody_s_and_stays_so() -> None:
    text = "L1: Vi søgte\nen pulje.\n>> Nej.\n>> A1: Jo.\n"
    turns, _ = read_typed(text, {"L1", "A1"}.__contains__)
    expected = [("L1", "Vi søgte en pulje."), ("", "Nej."), ("A1", "Jo.")]
    assert [(turn.label, turn.text) for turn in turns] == expected
    again, _ = read_typed(write_typed(turns), {"L1", "A1"}.__contains__)
    assert [(turn.label, turn.text) for turn in again] == expected


def test_a_debate_is_read_into_turns_with_speaker_and_party() -> None:
    turns = read_debate(RECORD)
    assert [(turn.start, turn.label, turn.role, turn.text) for turn in turns] == [
        (0.0, "Søren Gade", "formand", "Mødet er åbnet. Justitsministeren (Peter Holm): Lovforslag nr. L 29."),
        (60.0, "Bo Ravn", "DF", "Tak. Jeg siger: Ja. (Ida Holm (S):Nej!) Det gør jeg."),
        (180.0, "Ida Holm", "S", "Tak for det."),
        (240.0, "Per Bak", "V", "Ja."),
    ]


@needs_debate
def test_the_real_debate_loses_no_word_of_speech() -> None:
    text = read_text(DEBATE)
    turns = read_debate(text)
    # Counted by hand in the file: the lines that begin with a name and a party, and those of the chair.
    parties = Counter(turn.role for turn in turns)
    assert (len(turns), parties["formand"], parties["DF"], parties["ALT"]) == (135, 69, 13, 1)
    assert ("Leif Lahn Jensen", "S") in {(turn.label, turn.role) for turn in turns}
    assert ("Leif Lahn Jensen", "formand") in {(turn.label, turn.role) for turn in turns}
    body = re.sub(r"\s{2,}Kl\. \d\d:\d\d", "\n", text[text.index("Formanden (Søren Gade):") :])
    spoken = Counter(word for turn in turns for word in re.findall(r"\w+", turn.text))
    labels = Counter(word for turn in turns for word in re.findall(r"\w+", turn.label))
    left = Counter(re.findall(r"\w+", body)) - spoken - labels - Counter(turn.role for turn in turns)
    headings = {"Formanden", "Første", "næstformand", "Ordfører", "Privatist", "for", "forslagsstillerne"}
    assert set(left) <= headings | {"Begrundelse", "Forhandling", "Meddelelser", "fra", "formanden"}
    assert not spoken - Counter(re.findall(r"\w+", body))
    called = next(turn for turn in turns if "Du har da lige hørt dem!" in turn.text)
    assert called.label == "Leif Lahn Jensen"
    assert next(turn for turn in turns if turn.row == 358).text.startswith("Det er, fordi det her er Christiansborg.")
