"""A file is what its content is, whatever it is called, and what is not read says how it is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from core.reading.documents.document_support import in_zip, odt_file, p, r, word_file

from blupkit.core import FileError
from blupkit.core.reading.documents.kinds import OPEN_TEXT, TEXT, WORD, Unread, kind_of
from blupkit.core.reading.documents.opening import open_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
OPENDOCUMENT = "application/vnd.oasis.opendocument."


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(64)


@pytest.mark.parametrize(
    "raw",
    [word_file(p(r("L1: Ja."))), odt_file("<text:p>L1: Ja.</text:p>"), rb"{\rtf1\ansi L1: Ja.\par}"],
    ids=["Word", "ODT", "RTF"],
)
@pytest.mark.parametrize("name", ["a.docx", "a.docm", "a.odt", "a.doc", "a.txt", "A.DOCX"])
def test_a_document_is_read_whatever_it_is_called(raw: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(raw)
    document = open_document(tmp_path / name, name)
    assert document is not None
    assert document.blocks == ("L1: Ja.",)


@pytest.mark.parametrize(
    ("raw", "name", "way"),
    [
        (b"%PDF-1.4\n", "en PDF", "Hent udskriften som .docx eller .vtt"),
        (stream("WordDocument"), "et Word-dokument af en ældre slags (.doc)", "vælg Gem som"),
        (OLE, "et Word-dokument af en ældre slags (.doc)", "vælg Gem som"),
        (stream("EncryptedPackage"), "et dokument med adgangskode", "fjern adgangskoden"),
        (stream("Workbook"), "en Excel-projektmappe af en ældre slags (.xls)", "Kopiér udskriften over i Word"),
        (b"<!DOCTYPE html>\n<html><body>L1: Ja.</body></html>", "en webside (HTML)", "gem den som Word-dokument"),
        ("\ufeff<html lang='da'>".encode("utf-16-le"), "en webside (HTML)", "gem den som Word-dokument"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related;", "en webside eller en mail i én fil", "Word"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">', "et Word-dokument som XML", "Gem som"),
        (in_zip({"mimetype": f"{OPENDOCUMENT}presentation"}), "en præsentation", "Kopiér udskriften"),
        (in_zip({"mimetype": f"{OPENDOCUMENT}spreadsheet"}), "et regneark", "Kopiér udskriften"),
        (in_zip({"mimetype": "application/epub+zip"}), "en e-bog (EPUB)", "Eksportér udskriften igen"),
        (in_zip({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "et regneark", "Kopiér udskriften"),
        (in_zip({"ppt/presentation.xml": "", "[Content_Types].xml": ""}), "en præsentation", "Kopiér udskriften"),
        (in_zip({"Index/Document.iwa": ""}), "et dokument fra Pages", "Eksporter til → Word"),
        (in_zip({"fg1.docx": ""}), "en zip-fil", "Pak den ud"),
        (b'{"url": "https://docs.google.com/open?id=1"}', "en genvej til Google Docs", "Download → Microsoft Word"),
        (b"\0\0\0\x20ftypM4A ", "lyd eller video", "skrives ud"),
        (b"ID3\x03\0\0", "lyd eller video", "skrives ud"),
        (b"\xff\xd8\xff\xe0", "et billede", "Skriv teksten af"),
        (b"SQLite format 3\0", "en database, som et program gemmer sit projekt i", "Eksportér udskriften igen"),
    ],
)
@pytest.mark.parametrize("called", ["a.docx", "a.txt"])
def test_what_is_not_read_is_refused_by_its_name_with_the_way_to_save_it(
    raw: bytes, name: str, way: str, called: str, tmp_path: Path
) -> None:
    (tmp_path / called).write_bytes(raw)
    with pytest.raises(FileError) as refused:
        open_document(tmp_path / called, called)
    (fault,) = refused.value.faults
    assert (fault.file, fault.found, fault.quotes) == (called, name, False)
    assert way in fault.action
    assert way in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["BM: Hej.", "PK: Hej.", "ID3: Hej.", "Rar! sagde han.", "<v Bo>Hej.", "{L1}: Hej.", "From: os.", "RIFF: Hej."],
)
def test_text_that_begins_like_something_else_is_text(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, "utf-8")
    assert open_document(tmp_path / "a.txt", "a.txt") is None


def test_only_the_name_tells_a_folder_of_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pages").mkdir()
    with pytest.raises(FileError, match="et dokument fra Pages"):
        open_document(tmp_path / "a.pages", "a.pages")


def test_kinds_are_told_without_their_names() -> None:
    nameless = Path("fil")
    kinds = [kind_of(raw, nameless) for raw in (word_file(p(r("Ja."))), odt_file(""), b"L1: Ja.")]
    assert kinds == [WORD, OPEN_TEXT, TEXT]
    assert isinstance(kind_of(b"PK\x03\x04 klippet over", Path("a.docx")), Unread)
