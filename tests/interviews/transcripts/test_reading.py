"""Transcripts come out of every shape as they were said, with who spoke."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from interviews.transcripts.transcript_support import saved

from blupkit.core import BlupkitError, read_study
from blupkit.interviews import check_interviews, read_turns

Turns = list[dict[str, str]]
GROUPS = ["fg1", "fg2", "fg3", "fg4"]


def clock(value: str) -> str:
    thousandths = round(float(value) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def loose(value: str) -> str:
    """Write a time as Teams does in Word: nothing padded."""
    return f"0:{int(float(value) // 60)}:{round(float(value) % 60, 3)}"


def halves(text: str) -> list[str]:
    words = text.split(" ")
    return [text] if len(words) < 8 else [" ".join(words[:5]), " ".join(words[5:])]


def teams_vtt(turns: Turns) -> bytes:
    lines = ["WEBVTT", ""]
    for number, turn in enumerate(turns):
        for part, text in enumerate(halves(turn["text"])):
            safe = text.replace("&", "&amp;")
            voice = f"<v {turn['speaker']}>" + safe.replace(" ", "\r\n", 1) + "</v>"
            code = f"{uuid.uuid5(uuid.NAMESPACE_OID, str(number))}/{number * 3}-{part}"
            lines += [code, f"{clock(turn['start'])} --> {clock(turn['end'])}", voice, ""]
    return "\r\n".join(lines).encode()


def zoom_vtt(turns: Turns) -> bytes:
    lines = ["WEBVTT", ""]
    for number, turn in enumerate(turns):
        first, *rest = halves(turn["text"])
        times = f"{clock(turn['start'])} --> {clock(turn['end'])}"
        lines += [str(number), times, f"{turn['speaker']}: {first}", ""]
        lines += [line for text in rest for line in (f"{number}b", times, text, "")]
    return "\n".join(lines).encode()


def teams_docx(turns: Turns) -> bytes:
    document = Document()
    document.add_heading("Fokusgruppe (syntetiske demodata)")
    for turn in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(turn["speaker"]).bold = True
        paragraph.add_run(f"   {loose(turn['start'])} --> {loose(turn['end'])}").add_break()
        paragraph.add_run(turn["text"])
    return saved(document)


def typed_txt(turns: Turns) -> bytes:
    lines = [f"[{clock(turn['start'])[:8]}] {turn['speaker']}: {turn['text']}" for turn in turns]
    return "\n".join(["# Legende: L1: en deltager", "", *lines]).encode("utf-8-sig")


def bare_txt(turns: Turns) -> bytes:
    return "\n\n".join(f"**{turn['speaker']}**: {turn['text']}" for turn in turns).encode("utf-16")


SHAPES = {
    "teams.vtt": teams_vtt,
    "zoom.vtt": zoom_vtt,
    "teams.docx": teams_docx,
    "typed.txt": typed_txt,
    "bare.txt": bare_txt,
}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_turn_of_the_focus_groups_comes_out_of_every_shape(
    shape: str, group: str, make_transcript: Any, focus_group: Any, register_of: Any
) -> None:
    written = focus_group(group)
    study = make_transcript(shape, SHAPES[shape](written), register=register_of(group))
    turns = read_turns(study)
    assert list(zip(turns["speaker"], turns["text"], strict=True)) == [(t["speaker"], t["text"]) for t in written]
    assert turns["turn"].tolist() == list(range(1, len(written) + 1))
    assert set(turns["group"]) == {"L", "A", ""}
    assert check_interviews(study).empty


def test_a_table_of_turns_has_roles_groups_times_and_words(make_study: Any) -> None:
    turns = read_turns(make_study())
    assert turns[["interview", "turn", "start", "speaker", "role", "group", "words"]].values.tolist() == [
        ["fg1", 1, 1.0, "Moderator", "moderator", "", 3],
        ["fg1", 2, 5.0, "Bo Ravn Storm", "lokalråd", "L", 8],
        ["fg1", 3, 20.0, "Ida Holm", "ansat", "A", 9],
        ["fg2", 1, 1.0, "Moderator", "moderator", "", 2],
        ["fg2", 2, 65.0, "Per Mathiesen", "lokalråd", "L", 4],
        ["fg2", 3, 120.0, "Lise Kjeldsen", "ansat", "A", 1],
    ]
    assert turns["end"].isna().all()


def test_an_unknown_speaker_a_silent_participant_and_stray_text_are_warned_of(make_transcript: Any) -> None:
    text = "Det her stykke er talt af nogen.\n[00:01] Ida Holm: Ja.\n[00:02] Egon Frost: Nej.\n"
    faults = check_interviews(make_transcript("a.txt", text))
    assert set(faults["level"]) == {"advarsel"}
    assert faults["found"].tolist() == [
        "Det her stykke er talt af nogen.",
        "Egon Frost (tur 2)",
        "ingen ture fra Bo Ravn Storm",
    ]
    assert faults["action"].tolist() == [
        "Sæt en taler foran teksten, eller sæt # foran linjen, hvis den er en bemærkning.",
        "Tilføj personen i deltagere.csv, eller ret »talere« i study.toml.",
        "Se efter, om en anden har brugt navnet i mødet, og ret »talere« i study.toml.",
    ]


def test_one_account_for_a_whole_room_is_warned_of(make_transcript: Any) -> None:
    text = "[00:01] Mødelokale 3: Ja.\n[00:02] Mødelokale 3: Nej.\n"
    faults = check_interviews(make_transcript("a.txt", text))
    room = faults[faults["expected"] == "én taler pr. person"].iloc[0]
    assert room["found"] == "»Mødelokale 3« har 2 af 2 ture (2 ord, under et minut)"
    assert room["action"].startswith("Flere personer har sandsynligvis siddet ved samme konto.")


def test_a_study_without_interviews_is_told_so(tmp_path: Path) -> None:
    head = 'navn = "P"\nudgiver = "U"\nperiode = "2022"\ndata_dato = 2022-05-02\n'
    (tmp_path / "study.toml").write_text(head, encoding="utf-8")
    study = read_study(tmp_path)
    assert check_interviews(study).empty
    with pytest.raises(BlupkitError, match=re.escape("intet afsnit [interview]")):
        read_turns(study)
