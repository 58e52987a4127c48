"""A Word file as python-docx, this suite's own reader and a screen reader meet it."""

import io
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as Shown
from lxml import etree

from blupkit.core.reading.documents.flow import Table as ReadTable
from blupkit.core.reading.documents.word import read_word
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, Run, words_of
from blupkit.report.office.word import word_document

BLOCKS: list[Block] = [
    Paragraph((Run("Syntetiske demodata", bold=True), Run(" – opdigtet")), Look.BANNER),
    Heading((Run("Behov & støtte"),), 1),
    Paragraph((Run("Slagelse Kommune"),), Look.LEAD),
    Heading((Run("Hvad skal I tale om?"),), 2),
    Item((Run("Svar"),), numbered=1),
    Item((Run("inden ti dage"),), level=1),
    Item((Run("Penge"),), numbered=1),
    Paragraph((Run("Så"),)),
    Item((Run("Forfra"),), numbered=2),
    Paragraph((Run("Tabel 1. Gab"),), Look.CAPTION),
    Grid("Gab", (("", "Gab", "Besvarelser"), ("Søge <fonde>", "1,7", "12"), ("Lytte", "•", "•"))),
    Grid("Til", (("", "Ja"), ("A", "1"))),
    Paragraph((Run("Vi lytter, "), Run("når", italic=True), Run(" der er tid."),), Look.QUOTE),
]  # fmt: skip


def written(blocks: list[Block] = BLOCKS) -> bytes:
    return word_document(blocks, title="Behov – Slagelse", publisher="Østhus & Søn", day=date(2022, 5, 2))


@pytest.fixture
def document() -> Opened:
    return Document(io.BytesIO(written()))


def test_it_is_read_in_the_order_of_its_blocks(document: Opened) -> None:
    shown = []
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            shown += ["\n".join("\t".join(cell.text for cell in row.cells) for row in part.rows)]
        elif isinstance(part, Shown) and part.text:
            shown += [part.text]
    assert shown == list(map(words_of, BLOCKS))


def test_the_suite_s_own_reader_finds_the_same() -> None:
    found = [block for block in read_word(written(), "a.docx").blocks if block]
    read = ["\n".join("\t".join(row) for row in each.rows) if isinstance(each, ReadTable) else each for each in found]
    assert read == list(map(words_of, BLOCKS))


def test_headings_and_lists_are_of_word_s_own_kinds(document: Opened) -> None:
    styles = [(shown.text, shown.style.name) for shown in document.paragraphs if shown.text and shown.style]
    assert ("Behov & støtte", "Heading 1") in styles
    assert ("Hvad skal I tale om?", "Heading 2") in styles
    assert [name for text, name in styles if text in {"Svar", "inden ti dage", "Forfra"}] == [
        "List Number", "List Bullet", "List Number",
    ]  # fmt: skip


def test_a_second_numbered_list_begins_at_one(document: Opened) -> None:
    """Each has a numbering of its own; "inden ti dage" is in the one with bullets."""
    lists = {
        shown.text: shown._p.pPr.numPr.numId.val
        for shown in document.paragraphs
        if shown._p.pPr is not None and shown._p.pPr.numPr is not None
    }
    assert lists == {"Svar": 2, "inden ti dage": 1, "Penge": 2, "Forfra": 3}
    numbering = document.part.numbering_part.element
    own = {number.numId: number.abstractNumId.val for number in numbering.findall(qn("w:num"))}
    assert len(set(own.values())) == len(own) == 3


def test_a_table_repeats_its_heads_keeps_its_rows_whole_and_says_what_it_is(document: Opened) -> None:
    [first, second] = document.tables
    properties = [row._tr.trPr for row in first.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in properties] == [True, False, False]
    assert all(row.find(qn("w:cantSplit")) is not None for row in properties)
    assert first._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Gab"
    # Without a paragraph between them they would be one.
    assert first._tbl.getnext().tag == qn("w:p")
    assert first._tbl.getnext().getnext() is second._tbl


def test_a_row_that_names_those_under_it_is_bold() -> None:
    grid = Grid("Behov", (("", "Jer"), ("Ansatte",), ("Lytte", "1,7")))
    [table] = Document(io.BytesIO(written([grid]))).tables
    assert [row.cells[0].paragraphs[0].runs[:1] and row.cells[0].paragraphs[0].runs[0].bold for row in table.rows] == [
        [], True, None,
    ]  # fmt: skip


def test_numbers_stand_to_the_right_and_names_to_the_left(document: Opened) -> None:
    sides = [[cell.paragraphs[0].alignment for cell in row.cells] for row in document.tables[0].rows]
    assert sides == [[None, 2, 2]] * 3


def test_it_is_danish_on_a4_and_says_who_made_it_and_when(document: Opened) -> None:
    told, [section] = document.core_properties, document.sections
    assert (told.title, told.author, told.last_modified_by, told.language) == (
        "Behov – Slagelse", "Østhus & Søn", "Østhus & Søn", "da-DK",
    )  # fmt: skip
    assert {told.created.date(), told.modified.date()} == {date(2022, 5, 2)}
    assert (section.page_width.mm, section.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    languages = document.styles.element.iter(qn("w:lang"))
    assert {lang.get(qn("w:val")) for lang in languages} == {"da-DK"}


def test_nothing_is_in_it_but_what_was_asked_for() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        entries = archive.infolist()
    assert {entry.filename for entry in entries} == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels",
        "word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/footer.xml",
    }  # fmt: skip
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_every_style_that_is_used_is_there(document: Opened) -> None:
    """A paragraph with an unknown style would be an ordinary one, and nobody is told."""
    known = {style.get(qn("w:styleId")) for style in document.styles.element.iter(qn("w:style"))}
    with zipfile.ZipFile(io.BytesIO(written())) as archive:
        parts = [etree.fromstring(archive.read(part)) for part in ("word/document.xml", "word/footer.xml")]
    used = {
        element.get(qn("w:val"))
        for part in parts
        for kind in ("w:pStyle", "w:tblStyle")
        for element in part.iter(qn(kind))
    }
    assert used - known == set()
    assert {look.value for look in Look} <= known


def test_two_processes_write_the_same_bytes() -> None:
    here = Path(__file__).parent
    code = (
        f"import sys; sys.path.insert(0, {str(here)!r}); import test_word; sys.stdout.buffer.write(test_word.written())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "TZ": zone}
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert [run.stdout == written() for run in runs] == [True, True]


def test_a_sign_that_xml_cannot_hold_is_shown_as_lost() -> None:
    document = Document(io.BytesIO(written([Paragraph((Run("a\x0bb"),))])))
    assert document.paragraphs[0].text == "a\ufffdb"


def test_what_is_ticked_has_a_box_and_what_is_filled_in_has_room() -> None:
    blocks: list[Block] = [
        Item((Run("Punkt"),)),
        Item((Run("Kryds"),), boxed=True),
        Item((Run("Eller her"),), boxed=True),
        Grid("Svar", (("Dit svar",), ("a",)), filled_in=True),
        Grid("Tal", (("", "1"), ("Søge fonde", ""), ("Niveau", "☐"))),
    ]
    document = Document(io.BytesIO(written(blocks)))
    lists = [paragraph._p.pPr.numPr.numId.val for paragraph in document.paragraphs if paragraph.text]
    numbering = document.part.numbering_part.element
    signs = {
        number.numId: numbering.xpath(
            f"./w:abstractNum[@w:abstractNumId='{number.abstractNumId.val}']//w:lvlText/@w:val"
        )
        for number in numbering.num_lst
    }
    assert [signs[number][0] for number in lists] == ["•", "☐", "☐"]
    shown = [paragraph for paragraph in document.paragraphs if paragraph.text]
    # What is chosen among stays together, and the last of it with nothing.
    assert [each.paragraph_format.keep_with_next for each in shown] == [None, True, None]
    filled, numbers = document.tables
    assert [row.height is not None for row in filled.rows] == [False, True]
    assert {row.height for row in numbers.rows} == {None}
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in numbers.rows]
    assert kept == [None, True, None]  # what names the lines under it stays with them
