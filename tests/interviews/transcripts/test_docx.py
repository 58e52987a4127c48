"""Word files, typed or from Teams: every turn as it was said, or the file refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
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
