"""Who takes part, how much each said, and who never speaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from interviews.interview_support import TURNS, coded_by

from blupkit.interviews import (
    participants,
    read_coded,
    read_turns,
    text_silent,
    text_speaking,
)
from blupkit.interviews.transcripts.people import speaker_labels


def test_participants_are_numbered_by_role_as_they_first_speak() -> None:
    table = participants(TURNS)
    assert table[["label", "turns", "words"]].values.tolist() == [["Ansat 1", 2, 20], ["Lokalråd 1", 1, 10]]
    assert text_speaking(coded_by()).replace("\N{NO-BREAK SPACE}", " ") == (
        "Den, der sagde mest, stod for 67 pct. af deltagernes ord i sit interview, og den, der sagde mindst, for 33"
        " pct. De, der ledede samtalen, sagde 25 pct. af alle ord."
    )


def test_who_never_speaks_is_named_for_the_consultant(make_study: Any) -> None:
    study = make_study()
    turns = read_turns(study)
    everybody = read_coded(study)
    assert text_silent(study, everybody) == ""
    without = turns[turns["speaker"] != "Lise Kjeldsen"]
    assert text_silent(study, replace(everybody, turns=without)).endswith("ingen ture:\n\n- Lise Kjeldsen i fg2")


def test_a_speaker_has_the_same_number_in_the_table_of_participants_and_for_other_programs() -> None:
    turns = pd.DataFrame(
        {
            "interview": ["fg1", "fg1", "fg1", "fg1", "fg2"],
            "turn": [1, 2, 3, 4, 1],
            "speaker": ["M", "Ida", "Bo", "Ida", "Bo"],
            "role": ["moderator", "ansat", "ansat", "ansat", "ansat: ny"],
            "group": ["", "A", "A", "A", "A"],
            "words": 1,
        }
    )
    labels = speaker_labels(turns)
    assert list(labels.values()) == ["Moderator 1", "Ansat 1", "Ansat 2", "Ansat  ny 1"]
    people = participants(turns)
    assert people["label"].tolist() == [labels[tuple(each)] for each in people[["interview", "speaker"]].to_numpy()]
    assert speaker_labels(turns.assign(role=""))[("fg1", "Bo")] == "Taler 3"
