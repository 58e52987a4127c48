"""Each kind of file is read by its own reader; what has none cannot be sent."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.core import ALL, example_study
from blupkit.core.spreadsheet import excel_workbook
from blupkit.report.packages.lines import Lines
from blupkit.report.packages.readable import READERS, Kind, Passage, passages
from blupkit.report.packages.scan import Leak, Scan, Secrets


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


def test_the_words_of_a_drawing_are_read_as_a_drawing_and_not_as_running_text() -> None:
    words = '<text x="4" y="9">Møder <tspan x="4">og mad</tspan></text>'
    svg = f"<svg><title>Gitter</title><desc>Flest: møder</desc>{words}</svg>"
    found = passages("side.html", f"<html><body><details><summary>Vis</summary>{svg}</details></body></html>".encode())
    assert [one.text for one in found if one.kind == Kind.TEXT] == ["Vis"]
    drawing = "billede 1 på siden, i tegningen"
    [drawn] = [one for one in found if one.kind == Kind.FIGURE]
    assert (drawn.place, drawn.cells, drawn.columns) == (drawing, ("Møder og mad",), ("4",))
    assert {"Gitter", "Flest: møder"} <= {one.text for one in found if (one.kind, one.place) == (Kind.HIDDEN, drawing)}


@pytest.mark.parametrize("name", ["a.doc", "a.HTML", "a", ".html"])
def test_a_kind_of_file_without_a_reader_is_foreign(name: str) -> None:
    [only] = passages(name, b"Hej")
    assert (only.kind, only.text) == (Kind.FOREIGN, "en slags fil, der ikke kan gennemses")


@pytest.mark.parametrize("suffix", READERS)
def test_bytes_that_are_no_text_are_foreign_to_every_reader(suffix: str) -> None:
    [only] = passages(f"a{suffix}", b"\xff\xfe\x00\xd8")
    zipped = dict.fromkeys((".docx", ".pptx"), "en beskadiget fil")
    zipped[".xlsx"] = "et regneark, der ikke kun rummer programmets egne tabeller"
    assert (only.kind, only.text) == (Kind.FOREIGN, zipped.get(suffix, "tegn, der ikke er tekst"))


BOOK = excel_workbook({"tid": [["Emne", "Andel"], ["1-3", Decimal("37.0")], ["a & b", None, 7]], "andet": [["Birthe"]]})
SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_is_read_by_sheets_and_rows_and_as_a_whole() -> None:
    read = [(one.kind, one.place, one.cells or one.text) for one in passages("tabeller.xlsx", BOOK)]
    assert read == [
        (Kind.TEXT, "ark 1, dets navn", "tid"),
        (Kind.ROW, "ark 1, række 1", ("Emne", "Andel")),
        (Kind.ROW, "ark 1, række 2", ("1-3", "37,0")),
        (Kind.ROW, "ark 1, række 3", ("a & b", "", "7")),
        (Kind.TEXT, "ark 2, dets navn", "andet"),
        (Kind.ROW, "ark 2, række 1", ("Birthe",)),
        (Kind.HIDDEN, "filen som helhed", "tid\nEmne | Andel\n1-3 | 37,0\na & b |  | 7\nandet\nBirthe"),
    ]


@given(rows=st.lists(st.lists(st.text(max_size=8) | st.integers(0, 99) | st.none(), max_size=4), max_size=4))
def test_whatever_the_program_writes_is_read_again(rows: list[list[object]]) -> None:
    read = passages("a.xlsx", excel_workbook({"a": rows}))
    assert Kind.FOREIGN not in {one.kind for one in read}


def changed(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """The workbook with something else in one of its parts, as the same kind of zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            assert entry.filename != part or old in content
            target.writestr(entry, content.replace(old, new) if entry.filename == part else content)
    return buffer.getvalue()


def more(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO(BOOK)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


CELL = b'<c r="B2" s="4"><v>37.0</v></c>'
FOREIGN_BOOKS = {
    "a formula": changed(CELL, b'<c r="B2" s="4"><f>SUM(A1)</f><v>37.0</v></c>'),
    "digits that are not shown": changed(CELL, b'<c r="B2" s="4"><v>37.04</v></c>'),
    "another way of showing": changed(CELL, b'<c r="B2" s="3"><v>37.0</v></c>'),
    "a comment in the XML": changed(CELL, CELL + b"<!-- Birthe -->"),
    "a hidden sheet": changed(b'sheetId="2"', b'sheetId="2" state="hidden"', "xl/workbook.xml"),
    "a hidden row": changed(b'<row r="2">', b'<row r="2" hidden="1">'),
    "a link": changed(b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1" display="Birthe"/></hyperlinks>'),
    "a name for a cell": changed(b"</sheets>", b"</sheets><definedNames/>", "xl/workbook.xml"),
    "words with a format of their own": changed(b"<is><t", b"<is><r><t>Birthe</t></r><t"),
    "an entity": changed(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "Birthe">]><worksheet'),
    "properties": more("docProps/core.xml", b"<creator>Birthe</creator>"),
    "another file": more("xl/comments1.xml", b"<comments/>"),
    "something behind it": BOOK + b"Birthe",
    "something before it": b"Birthe" + BOOK,
    "half of it": BOOK[: len(BOOK) // 2],
    "another zip": more("a.txt", b"a"),
    "nothing": b"",
}


@pytest.mark.parametrize("content", FOREIGN_BOOKS.values(), ids=FOREIGN_BOOKS)
def test_a_workbook_with_anything_else_in_it_is_foreign(content: bytes) -> None:
    [only] = passages("tabeller.xlsx", content)
    assert (only.kind, only.text) == (Kind.FOREIGN, "et regneark, der ikke kun rummer programmets egne tabeller")


def test_a_secret_in_a_workbook_is_found_where_it_stands() -> None:
    columns = ["label", "value", "low", "high", "n", "highest"]
    rows = [("søge fonde", 3.1, None, None, 7, 4.0), ("søge fonde", 0.9, None, None, 5, 4.0)]
    every = pd.DataFrame(rows, columns=columns)
    secrets = Secrets({"et navn": lambda text: "Birthe" in text}, {}, every, {ALL: every[:1]})
    scan = Scan(secrets, example_study())
    heads = ["Emne", "Gab"]
    shown = excel_workbook({"Indhold": [["Ark"], ["behov"]], "behov": [heads, ["Søge fonde", Decimal("3.1")]]})
    assert scan.leaks("tabeller.xlsx", shown, ALL) == []
    hidden = excel_workbook({"Indhold": [["Ark"], ["behov"]], "behov": [heads, ["Søge fonde", Decimal("0.9")]]})
    assert scan.leaks("tabeller.xlsx", hidden, ALL) == [Leak("ark 2, række 2", "et tal, som denne læser ikke må se")]
    named = excel_workbook({"Birthe": [["Emne"]], "behov": [heads, ["Birthe", Decimal("3.1")]]})
    assert scan.leaks("tabeller.xlsx", named, ALL) == [
        Leak("ark 1, dets navn", "et navn"),
        Leak("ark 2, række 2", "et navn"),
    ]


def test_what_a_number_is_called_is_no_number() -> None:
    columns = ["label", "value", "low", "high", "n", "highest"]
    every = pd.DataFrame(
        [("kursus", 60.0, None, None, 20, 100.0), ("kursus", 45.0, None, None, 20, 100.0)], columns=columns
    )
    scan, deaf = (
        Scan(Secrets({}, {}, every, {ALL: every[:1]}, measures=frozenset(measures)), example_study())
        for measures in ({"Andel, 45-59"}, ())
    )
    shown, hidden = (f"Kursus;Andel, 45-59;{value};20".encode() for value in ("60,0", "45"))
    assert scan.leaks("tabel.csv", shown, ALL) == []
    assert deaf.leaks("tabel.csv", shown, ALL)
    assert [leak.what for leak in scan.leaks("tabel.csv", hidden, ALL)] == ["et tal, som denne læser ikke må se"]


def test_an_answer_in_the_legend_of_a_drawing_names_no_line() -> None:
    words, columns = ("Dag", "0 pct.", "50 pct.", "Kursus", "45"), ("26", "80", "148", "4", "144")
    drawing = Passage(Kind.FIGURE, "billede 1", "", words, columns)
    split = Lines(["dag", "kursus"], [], ["andel, dag", "dag"])
    assert list(split.of(drawing, "")) == [(["kursus"], "45")]
    plain = Passage(Kind.FIGURE, "billede 1", "", ("0 pct.", "50 pct.", "Dag", "45"), ("80", "148", "4", "144"))
    assert list(split.of(plain, "")) == [(["dag"], "45")]


def test_a_drawing_inside_a_fold_is_read_as_a_drawing_and_not_as_running_text() -> None:
    drawing = "<svg><text>Lytte</text><text>Niveau: 4,5 eller højere</text><text>Lede</text></svg>"
    page = f"<figure><details><summary>Vis de øvrige</summary>{drawing}</details></figure>"
    found = list(passages("side.html", page.encode()))
    assert [passage.text for passage in found if passage.kind == Kind.TEXT] == ["Vis de øvrige"]
    words = ("Lytte", "Niveau: 4,5 eller højere", "Lede")
    assert words in [passage.cells for passage in found if passage.kind == Kind.FIGURE]
