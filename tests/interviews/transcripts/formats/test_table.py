"""Every format is recognised by what it holds, comes out as it was said, and is written again without loss."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.transcripts.formats.format_support import AT_END, FROM_FIRST, SUBTITLES, TALK, WRITERS

from blupkit.core import BlupkitError
from blupkit.interviews import check_interviews, read_turns
from blupkit.interviews.transcripts.formats.table import FORMATS, format_of
from blupkit.interviews.transcripts.reading import said_in
from blupkit.interviews.transcripts.rewriting import transcript_of
from blupkit.interviews.withdrawal import check_others, without_participant


@pytest.mark.parametrize("name", WRITERS)
def test_every_turn_and_every_word_comes_out_of_every_format(name: str, make_transcript: Any) -> None:
    study = make_transcript(name, WRITERS[name](TALK))
    turns = read_turns(study)
    assert list(zip(turns["speaker"], turns["text"], strict=True)) == [(who, text) for _, who, text in TALK]
    # Counted here by the blanks between them.
    assert sum(len(text.split()) for text in turns["text"]) == sum(len(text.split()) for _, _, text in TALK)
    first = TALK[0][0] if name in FROM_FIRST else -0.1 if name in SUBTITLES else 0
    column = "end" if name in AT_END else "start"
    assert turns[column].tolist() == [start - first for start, _, _ in TALK]
    assert set(turns["group"]) == {"L", "A", ""}
    assert set(check_interviews(study)["found"]) <= {"en chat fra Zoom"}


@pytest.mark.parametrize(
    "name", [name for name in WRITERS if name.endswith((".json", ".tsv", ".vtt", ".srt", ".html"))]
)
def test_the_suffix_does_not_decide(name: str, make_transcript: Any) -> None:
    turns = read_turns(make_transcript("a.txt", WRITERS[name](TALK)))
    assert turns["text"].tolist() == [text for _, _, text in TALK]


@pytest.mark.parametrize("name", WRITERS)
def test_who_is_taken_out_is_gone_from_every_format_and_the_others_are_as_they_were(
    name: str, make_transcript: Any
) -> None:
    study = make_transcript(name, WRITERS[name](TALK))
    before = read_turns(study)
    removal = without_participant(study, "Bo Ravn Storm")
    raw = removal.files[name].decode()
    assert not [word for word in ("Bo", "Storm", "12:41", "tirsdag", "ingen svarer") if word in raw]
    for file, content in removal.files.items():
        study.path(file).write_bytes(content)
    after = read_turns(study)
    assert after["speaker"].tolist() == ["Moderator", "Udgået 1", "Ida Holm", "Udgået 1", "Moderator"]
    assert after["text"].tolist() == [
        TALK[0][2],
        "[…]",
        "Nej & jo <3, for __ ringede 10 gange 🙂 på Ærø.",
        "[…]",
        TALK[4][2],
    ]
    assert after[["turn", "start", "end"]].equals(before[["turn", "start", "end"]])
    check_others(study, study)


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_again_is_read_as_the_same(name: str, make_transcript: Any) -> None:
    study = make_transcript(name, WRITERS[name](TALK))
    [transcript] = study.interview_files.transcripts
    said = said_in(study, transcript)
    study.path(name).write_bytes(transcript_of(said, study.path(name), name))
    again = said_in(study, transcript)
    assert [(turn.label, turn.text, str(turn.start), str(turn.end)) for turn in again] == [
        (turn.label, turn.text, str(turn.start), str(turn.end)) for turn in said
    ]


@pytest.mark.parametrize("label", ["SPEAKER_00", "Speaker 1", "S01", "Unknown Speaker"])
def test_whom_a_program_has_only_numbered_is_asked_about(label: str, make_transcript: Any) -> None:
    talk = [(start, label if who == "Bo Ravn Storm" else who, text) for start, who, text in TALK]
    faults = check_interviews(make_transcript("a.json", WRITERS["whisperx.json"](talk)))
    asked = faults[faults["expected"].str.startswith("navnet på den, der taler")].iloc[0]
    assert asked["found"] == f"{label} (2 ture, første gang 00:00:34)"
    assert asked["action"].endswith(f'skriv det under »talere« i study.toml: "{label}" = "…".')
    known = make_transcript("a.json", WRITERS["whisperx.json"](talk), speakers=f'"{label}" = "Bo Ravn Storm"')
    assert set(read_turns(known)["group"]) == {"L", "A", ""}
    assert check_interviews(known).empty


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.json", '{"segments": [{"text": "Vi"}, {"text": "gik."}]}', "undertekster uden talere"),
        ("a.txt", "0:03\nVi søgte\n0:09\nen pulje.\n0:12\nJa.", "undertekster uden talere"),
        ("a.json", '[{"text": "Vi", "speaker": "Ida Holm"}, {"text": "gik."}]', "1 af 2 ture uden taler (1 ord)"),
    ],
)
def test_what_nobody_is_named_for_is_told_of(name: str, text: str, found: str, make_transcript: Any) -> None:
    assert found in check_interviews(make_transcript(name, text))["found"].tolist()


def test_a_file_in_no_known_format_is_refused_with_those_that_are(make_transcript: Any) -> None:
    with pytest.raises(BlupkitError) as caught:
        read_turns(make_transcript("a.txt", "Vi søgte en pulje, og så skete der ikke mere."))
    action = caught.value.faults[0].action
    assert all(each.title in action for each in FORMATS)


def test_a_debate_with_the_time_of_day_in_its_margin_is_no_meeting_s_transcript() -> None:
    said = "".join(f"Ida Holm (S):\nVi søgte.\n\nMødet {n}\n  Kl. 10:0{n}\n\nTak.\n" for n in range(5))
    assert "debat" in format_of(f"  Kl. 10:00\nFormanden (Per Bak):\nMødet er åbnet.\n{said}", ".txt").title


def test_a_page_of_another_program_is_refused_by_name(make_transcript: Any, tmp_path: Path) -> None:
    study = make_transcript("a.html", "<!DOCTYPE html><html><body><p>Bo: Ja.</p></body></html>")
    with pytest.raises(BlupkitError, match="en webside, der ikke er fra noScribe"):
        read_turns(study)


WOUND = st.tuples(
    st.floats(0, 1), st.integers(0, 60), st.sampled_from(["", "\n", "\t", "-->", "{", "[", '"', ":", "//"])
)


@given(st.sampled_from(sorted(WRITERS)), st.lists(WOUND, min_size=1, max_size=3))
def test_what_is_damaged_is_read_or_refused_in_words(name: str, wounds: list[tuple[float, int, str]]) -> None:
    text = WRITERS[name](TALK)
    for share, size, put in wounds:
        place = int(share * len(text))
        text = text[:place] + put + text[place + size :]
    with suppress(BlupkitError):  # its message is tested elsewhere; any other error fails here
        format_of(text, Path(name).suffix).read(text, name, {who for _, who, _ in TALK}.__contains__)
