"""A transcript written anew is read back as the same turns, in a file of the same kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from core.reading.documents.document_support import odt_file, p, r, word_file

from blupkit.core import FileError, read_study
from blupkit.interviews import read_turns
from blupkit.interviews.transcripts.reading import said_in
from blupkit.interviews.transcripts.rewriting import transcript_of

LINES = ["L1: Vi søgte {en} pulje & fik <intet>.", "A1: Nå \\ 🌻, så det var svaret?", "L1: Ja."]
TIMED = ["Bro, Lis   0:03", "Vi søgte.", "Bo Ravn Storm   0:09", "Nå?", "Bro, Lis   0:12", "Ja."]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def spaced(text: str) -> str:
    return escaped(text).replace("  ", " <text:s/>")


def rtf(lines: list[str]) -> bytes:
    body = "".join(
        "".join(f"\\u{ord(sign)}?" if 127 < ord(sign) < 0x8000 else sign for sign in line) + "\\par " for line in lines
    )
    return f"{{\\rtf1\\ansi {body}}}".encode("ascii", "ignore")


WRITERS = {
    "docx": lambda lines: word_file("".join(p(r(escaped(line))) for line in lines)),
    "odt": lambda lines: odt_file("".join(f"<text:p>{spaced(line)}</text:p>" for line in lines)),
    "rtf": lambda lines: rtf([line.replace("{", "\\{").replace("}", "\\}").replace(" \\ ", " ") for line in lines]),
}


@pytest.mark.parametrize("lines", [LINES, TIMED], ids=["typed", "timed"])
@pytest.mark.parametrize("kind", WRITERS)
def test_a_document_is_read_back_as_the_same_turns(kind: str, lines: list[str], make_transcript: Any) -> None:
    name = f"a.{kind}"
    study = make_transcript(name, WRITERS[kind](lines), speakers='L1 = "Bo Ravn Storm", A1 = "Ida Holm"')
    before, path = read_turns(study), study.folder / name
    assert len(before) == 3
    path.write_bytes(transcript_of(said_in(study, study.interview_files.transcripts[0]), path, name))
    after = read_turns(read_study(study.folder))
    assert after.fillna(-1).values.tolist() == before.fillna(-1).values.tolist()


def test_a_document_of_a_kind_that_is_not_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(WRITERS["docx"](LINES))
    with pytest.raises(FileError, match=r"Gem filen som [.]docx, ret navnet i study.toml"):
        transcript_of([], path, "a.docm")
