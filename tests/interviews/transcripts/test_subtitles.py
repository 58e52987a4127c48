"""WebVTT and subtitles: every turn as it was said, or the file refused with the line."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from interviews.transcripts.transcript_support import named, said

from blupkit.core import BlupkitError
from blupkit.interviews import check_interviews, read_turns
from blupkit.interviews.transcripts.subtitles import read_srt, read_vtt
from blupkit.interviews.transcripts.typed import read_typed

ONE, TWO, THREE = "00:01.000 --> 00:02.000", "00:02.000 --> 00:03.000", "00:09.000 --> 00:10.000"
words = st.lists(st.sampled_from(["ja", "nej", "æble", "kl.", "a:b", "…"]), min_size=1, max_size=5).map(" ".join)


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def test_two_voices_in_one_cue_are_two_turns_and_entities_are_decoded() -> None:
    text = vtt(f"{ONE}\n<v Bo>Hej &amp; hej</v>\n<v Ida>Nej &lt;3</v>")
    assert said(read_vtt(text, "a.vtt", named)) == [("Bo", "Hej & hej"), ("Ida", "Nej <3")]


def test_the_first_part_of_the_id_keeps_turns_of_one_speaker_apart() -> None:
    one, other = "474b9f0d-ef51", "d837914a-03c2"
    text = vtt(
        f"{one}/2-0\n{ONE}\n<v Bo>Vi</v>",
        f"{other}/5-0\n{ONE}\n<v Ida>Ja</v>",
        f"{one}/2-1\n{TWO}\n<v Bo>søgte.</v>",
        f"{other}/6-0\n{THREE}\n<v Bo>Og igen.</v>",
        f"{one}/9-0\n{THREE}\n<v Bo>Slut.</v>",
    )
    # The second cue of 2 goes on across the interruption; a new first part is a new turn, though the speaker is one.
    expected = [("Bo", "Vi søgte."), ("Ida", "Ja"), ("Bo", "Og igen."), ("Bo", "Slut.")]
    assert said(read_vtt(text, "a.vtt", named)) == expected


def test_voices_without_ids_go_on_until_somebody_else_speaks() -> None:
    text = vtt(f"{ONE}\n<v Bo>Vi</v>", f"{TWO}\n<v Bo>søgte.</v>", f"{THREE}\n<v Ida>Ja.</v>")
    assert said(read_vtt(text, "a.vtt", named)) == [("Bo", "Vi søgte."), ("Ida", "Ja.")]


def test_a_cue_without_a_voice_among_others_with_one_is_nobody_s_and_told(make_transcript: Any) -> None:
    text = vtt(f"{ONE}\n<v Bo>Vi</v>", f"{TWO}\n<v >søgte.", f"{THREE}\nuden mærke", f"{THREE}\n(griner) <v Bo>Ja.</v>")
    turns = [("Bo", "Vi"), ("", "søgte."), ("", "uden mærke"), ("", "(griner)"), ("Bo", "Ja.")]
    assert said(read_vtt(text, "a.vtt", named)) == turns
    faults = check_interviews(make_transcript("a.vtt", text))
    assert "3 af 5 ture uden taler (4 ord, under et minut)" in faults["found"].tolist()


def test_a_zoom_cue_with_a_name_starts_a_turn_unless_the_program_cut_one_utterance() -> None:
    text = vtt(f"{ONE}\nBo: Vi", f"{TWO}\nBo: søgte.", f"{THREE}\nBo: Igen.", f"{THREE}\nuden navn: bare ord")
    assert said(read_vtt(text, "a.vtt", named)) == [("Bo", "Vi søgte."), ("Bo", "Igen. uden navn: bare ord")]


def test_a_change_of_speaker_inside_a_zoom_cue_is_a_turn() -> None:
    text = vtt(f"{ONE}\nBo (Kragelykke): Jeg vil sige: Nej\nIda: Jo kl. 14:30")
    assert said(read_vtt(text, "a.vtt", named)) == [("Bo (Kragelykke)", "Jeg vil sige: Nej"), ("Ida", "Jo kl. 14:30")]


def test_a_suffix_after_the_display_name_is_looked_up(make_transcript: Any) -> None:
    text = vtt(f"{ONE}\nBo (Tværhave): Hej.", f"{TWO}\nIda Holm (kommunen): Ja.", f"{THREE}\nGæst (nr. 2): Nej.")
    study = make_transcript("a.vtt", text, speakers='"Gæst (nr. 2)" = "Moderator"')
    assert read_turns(study)["speaker"].tolist() == ["Bo Ravn Storm", "Ida Holm", "Moderator"]


@pytest.mark.parametrize(
    ("text", "found", "row"),
    [
        ("WEBVTT\n", "ingen replikker", None),
        ("Hej\n", "Hej", 1),
        (f"WEBVTT\n{ONE}\nBo: Hej\n", ONE, 2),
        (vtt("00:00:01,000 --> 00:00:02,000\nBo: Hej"), "00:00:01,000 --> 00:00:02,000", 3),
        (vtt(f"{ONE}\nBo: Hej", "resten af det, Bo sagde"), "resten af det, Bo sagde", 6),
        (vtt(f"{ONE}\nBo: Hej", f"2\n{TWO}"), TWO, 7),
        (vtt(f"{ONE}\nBo: Hej", "00:00:04"), "00:00:04", 6),
        (vtt(f"{ONE}\n<v Bo>Hej</v>", f"{TWO}\n<v Ida>Og så"), "<v Ida>Og så", 7),
    ],
)
def test_a_vtt_file_is_read_whole_or_refused_with_the_line(text: str, found: str, row: int | None) -> None:
    with pytest.raises(BlupkitError) as caught:
        read_vtt(text, "a.vtt", named)
    fault = caught.value.faults[0]
    assert (fault.file, fault.found, fault.row) == ("a.vtt", found, row)


def test_the_messages_of_refused_files_tell_what_to_do() -> None:
    with pytest.raises(BlupkitError, match=re.escape("Filen er sandsynligvis klippet over. Hent udskriften igen.")):
        read_vtt(vtt(f"{ONE}\nBo: Hej", f"2\n{TWO}"), "a.vtt", named)
    with pytest.raises(BlupkitError, match=re.escape("Forventet: en tid som 00:00:05.100 --> 00:00:09.100")):
        read_vtt(vtt("00:00:01,000 --> 00:00:02,000\nBo: Hej"), "a.vtt", named)
    with pytest.raises(BlupkitError, match="Slet den tomme linje over teksten"):
        read_vtt(vtt(f"{ONE}\nBo: Hej", "resten"), "a.vtt", named)
    with pytest.raises(BlupkitError, match="Indsæt en tom linje under WEBVTT"):
        read_vtt(f"WEBVTT\n{ONE}\nBo: Hej\n", "a.vtt", named)
    with pytest.raises(BlupkitError, match="en tid som 00:00:05,100"):
        read_srt("1\nHej\n", "a.srt", named)


@given(st.lists(st.tuples(st.sampled_from(["Bo", "Ida"]), words), min_size=1, max_size=12))
def test_as_many_turns_come_out_as_went_in(turns: list[tuple[str, str]]) -> None:
    codes = [uuid.uuid5(uuid.NAMESPACE_OID, str(number)) for number in range(len(turns))]
    cues = [f"{code}/7-0\n{ONE}\n<v {who}>{text}</v>" for code, (who, text) in zip(codes, turns, strict=True)]
    assert said(read_vtt(vtt(*cues), "a.vtt", named)) == turns
    typed = "\n".join(f"[00:00:{n:02}] {who}: {text}" for n, (who, text) in enumerate(turns))
    assert said(read_typed(typed, named)[0]) == turns


def test_subtitles_without_speakers_are_read_with_a_warning(make_transcript: Any) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,500\nHej\nmed jer.\n\n2\n00:00:03,000 --> 00:00:04,000\nJa.\n"
    study = make_transcript("a.srt", text)
    turns = read_turns(study)
    assert turns[["start", "end", "speaker", "text"]].values.tolist() == [
        [1.0, 2.5, "", "Hej med jer."],
        [3.0, 4.0, "", "Ja."],
    ]
    faults = check_interviews(study)
    assert faults[["found", "level"]].values.tolist() == [["undertekster uden talere", "advarsel"]]


def srt(*cues: str) -> str:
    return "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{cue}\n\n" for n, cue in enumerate(cues, start=1))


def test_named_subtitles_go_on_until_somebody_else_is_named() -> None:
    text = srt("Bo: Vi", "søgte kl. 9:30.", "Bo: Sådan: ja.", "Ida: Nej.\nBo: Jo.")
    turns = read_srt(text, "a.srt", named)
    assert said(turns) == [("Bo", "Vi søgte kl. 9:30. Sådan: ja."), ("Ida", "Nej."), ("Bo", "Jo.")]
    assert [(turn.start, turn.end) for turn in turns] == [(1.0, 3.9), (4.0, 4.9), (4.0, 4.9)]


def test_colours_and_places_are_no_words_of_a_subtitle(make_transcript: Any) -> None:
    text = srt('<font color="#ffffff">Bo: Vi</font>', "{\\an8}søgte {det}.", "{\\a6}<s>Ida:</s> Nej.")
    turns = [("Bo", "Vi søgte {det}."), ("Ida", "Nej.")]
    assert said(read_srt(text, "a.srt", named)) == turns
    assert read_turns(make_transcript("a.srt", text))["text"].tolist() == [words for _, words in turns]


def test_where_speakers_stand_in_brackets_a_cue_without_one_is_nobody_s(make_transcript: Any) -> None:
    text = srt("[SPEAKER_00]: Vi", "[SPEAKER_00]: søgte.", "Ja.", "[SPEAKER_00]: Igen.", "[latter] Nej.")
    turns = read_srt(text, "a.srt", named)
    assert said(turns) == [("SPEAKER_00", "Vi søgte."), ("", "Ja."), ("SPEAKER_00", "Igen."), ("", "[latter] Nej.")]
    faults = check_interviews(make_transcript("a.srt", text))
    assert "2 af 4 ture uden taler (3 ord, under et minut)" in faults["found"].tolist()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (srt("Bo: Vi", "Ida: Ja.\n\nog nej."), 9),
        (srt("Bo: Vi", "Ida: Ja.").replace("00:00:02,000", "00:00:02.x"), 6),
        (srt("Bo: Vi", "Ida: Ja.").rpartition("Ida")[0], 6),
        (srt("Bo: Vi", "Ida: Ja.").replace("00:00:02,000 --> 00:00:02,900\n", ""), 5),
    ],
)
def test_a_damaged_subtitle_file_is_refused_with_the_line(text: str, row: int) -> None:
    with pytest.raises(BlupkitError) as caught:
        read_srt(text, "a.srt", named)
    assert caught.value.faults[0].row == row


def test_subtitles_that_overlap_or_lack_numbers_are_whole() -> None:
    text = "00:00:01,5 --> 00:00:09,000\nBo: Vi søgte.\n\n3\n0:00:02.000 --> 00:00:03.000\nIda: Ja.\n"
    turns = read_srt(text, "a.srt", named)
    assert [(turn.label, turn.text, turn.start, turn.end) for turn in turns] == [
        ("Bo", "Vi søgte.", 1.5, 9.0),
        ("Ida", "Ja.", 2.0, 3.0),
    ]


@pytest.mark.parametrize("sign", ["- ", "-", "– ", ">> ", ">>"])
def test_the_sign_that_somebody_else_speaks_is_no_part_of_a_name(sign: str) -> None:
    lines = f"{sign}Bo: Vi søgte.\n{sign}Ida: Ja – og fik."
    expected = [("Bo", "Vi søgte."), ("Ida", "Ja – og fik.")]
    assert said(read_srt(f"1\n00:00:01,000 --> 00:00:02,000\n{lines}\n", "a.srt", named)) == expected
    assert said(read_vtt(vtt(f"{ONE}\n{lines.replace('>', '&gt;')}"), "a.vtt", named)) == expected


@pytest.mark.parametrize("lines", [">> Nej.\n>> Jo.", "- Nej.\n- Jo.", "og fik. >> Nej. >> Jo."])
def test_words_of_somebody_who_is_not_named_are_nobody_s(lines: str) -> None:
    before = [("Bo", "Vi søgte og fik.") if lines.startswith("og") else ("Bo", "Vi søgte")]
    cues = [f"{ONE}\nBo: Vi søgte", f"{TWO}\n{lines}"]
    assert said(read_vtt(vtt(*cues), "a.vtt", named)) == [*before, ("", "Nej."), ("", "Jo.")]
    srt = "\n\n".join(cue.replace("00:0", "00:00:0") for cue in cues)
    assert said(read_srt(srt, "a.srt", named)) == [*before, ("", "Nej."), ("", "Jo.")]


def test_one_dash_may_begin_a_line_that_goes_on() -> None:
    cues = [f"{ONE}\nBo: Vi søgte.", f"{TWO}\n- og fik.", f"{THREE}\n-5 grader."]
    assert said(read_vtt(vtt(*cues), "a.vtt", named)) == [("Bo", "Vi søgte. - og fik. -5 grader.")]
