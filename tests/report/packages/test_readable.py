"""Each kind of file is read by its own reader; what has none cannot be sent."""

from __future__ import annotations

import pytest

from blupkit.report.packages.readable import READERS, Kind, passages


def test_a_text_is_read_by_lines_and_as_a_whole() -> None:
    read = [(str(one.kind), one.place, one.text) for one in passages("brev.txt", b"Hej\n\nTak")]
    assert read == [
        ("tekst", "linje 1", "Hej"),
        ("tekst", "linje 3", "Tak"),
        ("skjult", "filen som helhed", "Hej\n\nTak"),
    ]


def test_a_table_is_read_by_rows() -> None:
    first, *_ = passages("tabel.csv", "Emne;Gab\r\nMøder;3,1".encode("utf-8-sig"))
    assert (first.kind, first.cells) == (Kind.ROW, ("Emne", "Gab"))


def test_a_page_is_read_with_what_nobody_sees() -> None:
    html = b"<html><body><h2>Afsnit</h2><p title='Birthe'>Hej <b>du</b></p></body></html>"
    found = {(one.kind, one.place, one.text) for one in passages("side.html", html)}
    assert (Kind.TEXT, "afsnit 1 på siden", "Hej du") in found
    assert (Kind.HIDDEN, "afsnit 1 på siden, en attribut", "title Birthe") in found


@pytest.mark.parametrize("name", ["a.docx", "a.HTML", "a", ".html"])
def test_a_kind_of_file_without_a_reader_is_foreign(name: str) -> None:
    [only] = passages(name, b"Hej")
    assert (only.kind, only.text) == (Kind.FOREIGN, "en slags fil, der ikke kan gennemses")


@pytest.mark.parametrize("suffix", READERS)
def test_bytes_that_are_no_text_are_foreign_to_every_reader(suffix: str) -> None:
    [only] = passages(f"a{suffix}", b"\xff\xfe\x00\xd8")
    what = (
        "et regneark, der ikke kun rummer programmets egne tabeller" if suffix == ".xlsx" else "tegn, der ikke er tekst"
    )
    assert (only.kind, only.text) == (Kind.FOREIGN, what)
