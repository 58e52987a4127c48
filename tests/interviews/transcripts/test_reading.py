"""Transcripts come out of every shape as they were said, or are refused with the line."""

from __future__ import annotations

import io
import re
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from blupkit.core import BlupkitError, read_study, read_text
from blupkit.interviews import check_interviews, read_turns
from blupkit.interviews.transcripts.subtitles import read_srt, read_vtt
from blupkit.interviews.transcripts.turn import Said
from blupkit.interviews.transcripts.typed import read_debate, read_typed

Turns = list[dict[str, str]]
GROUPS = ["fg1", "fg2", "fg3", "fg4"]
DEBATE = Path(__file__).parents[4] / "shared" / "real" / "folketinget" / "2023-01-26.txt"
needs_debate = pytest.mark.skipif(not DEBATE.is_file(), reason="the real debate (../shared/real) is not here")


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


def saved(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


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


def vtt(*cues: str) -> str:
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def said(turns: list[Said]) -> list[tuple[str, str]]:
    return [(turn.label, turn.text) for turn in turns]


def named(label: str) -> bool:
    return label in {"Bo", "Ida", "Bo (Kragelykke)"}


ONE, TWO, THREE = "00:01.000 --> 00:02.000", "00:02.000 --> 00:03.000", "00:09.000 --> 00:10.000"


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
        read_srt("1\nHej\n", "a.srt")


words = st.lists(st.sampled_from(["ja", "nej", "æble", "kl.", "a:b", "…"]), min_size=1, max_size=5).map(" ".join)


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


def test_typed_word_files_are_read_like_text(make_transcript: Any) -> None:
    document = Document()
    for line in ("Fokusgruppe 1", "M: Hvad er svært?", "L1: Jeg vil sige: Alt.", "Og mere endnu.", "A1: Ja."):
        document.add_paragraph(line)
    speakers = 'L1 = "Bo Ravn Storm", A1 = "Ida Holm", M = "Moderator"'
    study = make_transcript("a.docx", saved(document), speakers=speakers)
    turns = read_turns(study)
    assert turns["text"].tolist() == ["Hvad er svært?", "Jeg vil sige: Alt. Og mere endnu.", "Ja."]
    assert check_interviews(study).empty


def test_a_teams_word_file_may_have_time_first_or_text_in_the_next_paragraph(make_transcript: Any) -> None:
    document = Document()
    document.add_paragraph("0:0:0.0 --> 0:0:5.100\nBo Ravn Storm\nHej med\njer.")
    document.add_paragraph("Ida Holm   0:0:5.100 --> 0:1:9.1")
    document.add_paragraph("Ja tak.")
    turns = read_turns(make_transcript("a.docx", saved(document)))
    assert turns[["start", "end", "speaker", "text"]].values.tolist() == [
        [0.0, 5.1, "Bo Ravn Storm", "Hej med jer."],
        [5.1, 69.1, "Ida Holm", "Ja tak."],
    ]


def table_document() -> bytes:
    document = Document()
    document.add_table(1, 1).cell(0, 0).text = "Bo: Hej"
    return saved(document)


def broken_time() -> bytes:
    document = Document()
    document.add_paragraph("Bo Ravn Storm   0:0:0.0 --> 0:0:5.100\nHej.")
    document.add_paragraph("Ida Holm   0:0:x --> 0:0:9.100\nJa.")
    return saved(document)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.docx", b"PK nej", "en fil, der ikke kan åbnes som Word-dokument"),
        ("a.docx", table_document(), "Marker tabellen i Word, og vælg »Konverter til tekst«."),
        ("a.docx", broken_time(), "a.docx, række 2: Her står »Ida Holm   0:0:x --> 0:0:9.100"),
        ("a.txt", "Vi talte bare.\n", "Skriv hvem der taler foran hver tur, for eksempel »L1: «."),
    ],
)
def test_files_that_cannot_be_read_are_refused_in_danish(
    name: str, content: bytes, message: str, make_transcript: Any
) -> None:
    with pytest.raises(BlupkitError, match=re.escape(message)):
        read_turns(make_transcript(name, content))


def test_a_missing_word_file_is_told_of(make_transcript: Any) -> None:
    study = make_transcript("a.docx", table_document())
    (study.folder / "a.docx").unlink()
    with pytest.raises(BlupkitError, match="Læg filen i mappen, og kør igen"):
        read_turns(study)


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
    assert room["found"] == "»Mødelokale 3« har 2 af 2 ture"
    assert room["action"].startswith("Flere personer har sandsynligvis siddet ved samme konto.")


def test_a_study_without_interviews_is_told_so(tmp_path: Path) -> None:
    head = 'navn = "P"\nudgiver = "U"\nperiode = "2022"\ndata_dato = 2022-05-02\n'
    (tmp_path / "study.toml").write_text(head, encoding="utf-8")
    study = read_study(tmp_path)
    assert check_interviews(study).empty
    with pytest.raises(BlupkitError, match=re.escape("intet afsnit [interview]")):
        read_turns(study)


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
