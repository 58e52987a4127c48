"""Documents, typed or from Teams: every turn as it was said, what was left out told, or the file refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from core.reading.documents.document_support import odt_file, p, r, w, word_file
from docx import Document
from interviews.transcripts.transcript_support import saved

from blupkit.core import BlupkitError
from blupkit.interviews import check_interviews, read_turns


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
    table = document.add_table(2, 3)
    for place, text in enumerate(("Penge", "Der mangler penge.", "x", "Tid", "Der mangler tid.", "y")):
        table.cell(place // 3, place % 3).text = text
    return saved(document)


TRACKED = (
    p(r("M: Hvad er svært?"))
    + p(r("L1: Det er ") + w("ins", r("slet ikke ")) + w("del", "<w:r><w:delText>meget </w:delText></w:r>") + r("let."))
    + w("sdt", w("sdtContent", p(w("ins", r("A1: Vi svarer altid.")))))
    + p(r("L1: Tak.") + r(" (Optaget på kontoret.)", "<w:vanish/>"))
)


def test_a_word_file_is_read_as_it_is_seen_and_what_is_not_read_is_told(make_transcript: Any) -> None:
    speakers = 'L1 = "Bo Ravn Storm", A1 = "Ida Holm", M = "Moderator"'
    raw = word_file(TRACKED, comments=w("comment", p(r("Spørg igen."))), header1=p(r("Interview 1")))
    study = make_transcript("a.docx", raw, speakers=speakers)
    turns = read_turns(study)
    assert turns["text"].tolist() == ["Hvad er svært?", "Det er slet ikke let.", "Vi svarer altid.", "Tak."]
    faults = check_interviews(study)
    assert set(faults["level"]) == {"advarsel"}
    assert faults["found"].tolist() == [
        "1 ord i det, der er slettet med sporede ændringer",
        "3 ord i skjult tekst",
        "2 ord i kommentarer",
    ]
    assert faults["action"].str.startswith("Det er ikke læst").all()


@pytest.mark.parametrize("shape", ["docx", "odt"])
def test_every_word_and_paragraph_of_a_document_is_in_a_turn(shape: str, make_transcript: Any) -> None:
    lines = [f"{'L1' if number % 2 else 'A1'}: Sætning {number} om noget." for number in range(1, 200)]
    word = "".join(p(r(line[:9]) + w("ins", r(line[9:]))) for line in lines)
    text = "".join(f"<text:p>{line[:9]}<text:span>{line[9:]}</text:span></text:p>" for line in lines)
    raw = word_file(word) if shape == "docx" else odt_file(text)
    turns = read_turns(make_transcript(f"a.{shape}", raw, speakers='L1 = "Bo Ravn Storm", A1 = "Ida Holm"'))
    spoken = [line.partition(": ")[2] for line in lines]
    assert turns["text"].tolist() == spoken
    assert turns["words"].sum() == sum(len(line.split()) for line in spoken)


def test_a_table_with_a_column_for_the_speaker_is_read_by_its_rows(make_transcript: Any) -> None:
    document = Document()
    table = document.add_table(4, 3)
    cells = ["Tid", "Taler", "Tekst", "00:05", "L1", "Ja.", "00:09", "A1", "Nej.", "00:12", "L1", "Jo."]
    for place, text in enumerate(cells):
        table.cell(place // 3, place % 3).text = text
    speakers = 'L1 = "Bo Ravn Storm", A1 = "Ida Holm"'
    turns = read_turns(make_transcript("a.docx", saved(document), speakers=speakers))
    assert turns[["start", "speaker", "text"]].values.tolist() == [
        [5.0, "Bo Ravn Storm", "Ja."],
        [9.0, "Ida Holm", "Nej."],
        [12.0, "Bo Ravn Storm", "Jo."],
    ]


def test_a_table_of_who_took_part_stands_above_what_is_said(make_transcript: Any) -> None:
    document = Document()
    document.add_paragraph("Fokusgruppe 1")
    table = document.add_table(2, 3)
    for place, text in enumerate(["Bo Ravn Storm", "60 år", "lokalråd", "Ida Holm", "40 år", "ansat"]):
        table.cell(place // 3, place % 3).text = text
    raw = saved(document)
    with pytest.raises(BlupkitError, match="en tabel med 3 kolonner"):
        read_turns(make_transcript("a.docx", raw))
    for line in ("L1: Ja.", "A1: Nej."):
        document.add_paragraph(line)
    study = make_transcript("a.docx", saved(document), speakers='L1 = "Bo Ravn Storm", A1 = "Ida Holm"')
    assert read_turns(study)["text"].tolist() == ["Ja.", "Nej."]
    assert check_interviews(study).empty


def test_letters_in_two_parts_and_signs_that_nobody_sees_are_read_as_they_look(make_transcript: Any) -> None:
    ring = "\N{COMBINING RING ABOVE}"
    text = f"L1: A{ring}se fra Ravn\N{SOFT HYPHEN}holm si\N{ZERO WIDTH SPACE}ger ja.\nA1: Na{ring}."
    for name, raw in (("a.txt", text.encode()), ("a.docx", word_file("".join(map(p, map(r, text.split("\n"))))))):
        study = make_transcript(name, raw, speakers='L1 = "Bo Ravn Storm", A1 = "Ida Holm"')
        assert read_turns(study)["text"].tolist() == ["Åse fra Ravnholm siger ja.", "Nå."]


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
        ("a.txt", "Vi talte bare.\n", "Skriv foran hver tur, hvem der taler, for eksempel »L1: «."),
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


def test_letters_that_a_format_writes_in_its_own_way_are_read_as_they_look(make_transcript: Any) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v A&#778;se Bro>Ravn&shy;holm er A&#778;bro.</v>\n"
    turns = read_turns(make_transcript("a.vtt", vtt))
    assert turns[["speaker", "text"]].values.tolist() == [["Åse Bro", "Ravnholm er Åbro."]]
    assert turns["written"].tolist() == ["Ravn\N{SOFT HYPHEN}holm er A\N{COMBINING RING ABOVE}bro."]
    text = '{"segments": [{"start": 0, "end": 2, "speaker": "Bo", "text": "A\\u030ase er her."}]}'
    assert read_turns(make_transcript("a.json", text))["text"].tolist() == ["Åse er her."]
