"""A page on two sheets: all that is said, the first lines of each table, and no third sheet."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_SECTION

from blupkit.activities.checks import MOST_WORDS
from blupkit.report.office.blocks import Block, Columns, Grid, Heading, Item, Look, Paragraph, Run, words_of
from blupkit.report.office.handout import handout_blocks
from blupkit.report.office.word import word_document

GROUPS = ("", "Lokalrådsmedlemmer", "Byrådspolitikere", "Kommunalt ansatte")
#: A competence, with as much in each cell as a table of shares has.
LINE = ("Håndtere uenighed og konflikter", "47 pct. (83 af 175)", "73 pct. (33 af 45)", "64 pct. (52 af 81)")


def conference(words: int, tables: int, rows: int = 12) -> list[Block]:
    """A page as the conference's: a front, tables, sections of three points, and what is said of the numbers."""
    front: list[Block] = [Heading((Run("Lokal udvikling, der holder"),), 1), Paragraph((Run("Alle seks kommuner"),))]
    shown = [
        block
        for number in range(tables)
        for block in (Heading((Run(f"Fund nummer {number}"),), 2), Grid("Andel.", (GROUPS, *[LINE] * rows)))
    ]
    points = [Item((Run("Svar inden ti hverdage, også når svaret er et nej"),))] * (words // 12)
    said = [
        block
        for place in range(0, len(points), 3)
        for block in (Heading((Run("Tre anbefalinger"),), 2), *points[place : place + 3])
    ]
    foot = [Heading((Run("Om tallene"),), 2), Paragraph((Run("Vi viser ikke tal for færre end fem. " * 26),))]
    return [*front, *shown, *said, *foot]


def sheets(blocks: list[Block], folder: Path) -> int:
    """Count the sheets that LibreOffice makes of it; it has no Calibri here, so that letters are wider than in Word."""
    if (office := shutil.which("soffice")) is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice is not installed")
    content = word_document(handout_blocks(blocks), title="T", publisher="P", day=date(2022, 5, 2), close=True)
    (folder / "ark.docx").write_bytes(content)
    command = [office, f"-env:UserInstallation=file://{folder}/profil", "--headless", "--convert-to", "pdf", "ark.docx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", "ark.pdf"], cwd=folder, check=True, capture_output=True, text=True).stdout
    return int(told.split("Pages:")[1].split()[0])


def test_nothing_that_is_said_is_left_out_and_tables_say_how_many_lines_are() -> None:
    page = conference(120, 2)
    short = handout_blocks(page)
    said = [words_of(block) for block in page if not isinstance(block, Grid)]
    kept = [words_of(block) for block in short if not isinstance(block, Grid | Columns)]
    assert [words for words in kept if not words.startswith("De første")] == said
    assert kept.count("De første 5 af 12 linjer; resten står på siden.") == 2
    assert [len(block.rows) for block in short if isinstance(block, Grid)] == [6, 6]


def test_where_points_say_what_a_table_shows_it_stands_on_the_page_alone() -> None:
    note = Paragraph((Run("Kilde: evalueringerne."),), Look.NOTE)
    section: list[Block] = [Heading((Run("Seks workshopper"),), 2), Item((Run("Én i hver kommune"),))]
    page = conference(60, 1)
    short = handout_blocks([*page[:4], *section, Grid("Svar.", (GROUPS, LINE)), note, *page[4:]])
    assert [words_of(block) for block in short if isinstance(block, Item)].count("Én i hver kommune") == 1
    assert len([block for block in short if isinstance(block, Grid)]) == 1
    said = [words_of(block) for block in short if isinstance(block, Paragraph)]
    assert "Resten står på siden." in said
    assert words_of(note) not in said


def test_a_table_that_is_short_stays_whole() -> None:
    page = conference(60, 1, rows=5)
    assert [block for block in handout_blocks(page) if isinstance(block, Grid)] == [page[3]]


def test_the_more_there_is_to_say_the_fewer_lines_a_table_has() -> None:
    lines = [
        {len(block.rows) - 1 for block in handout_blocks(conference(words, tables)) if isinstance(block, Grid)}
        for words, tables in ((100, 4), (MOST_WORDS, 6), (MOST_WORDS, 8))
    ]
    assert lines == [{5}, {3}, {2}]


def test_columns_are_sections_that_go_on_on_the_same_sheet() -> None:
    content = word_document(handout_blocks(conference(120, 1)), title="T", publisher="P", day=date(2022, 5, 2))
    tables, points = Document(io.BytesIO(content)).sections
    assert points.start_type == WD_SECTION.CONTINUOUS
    assert [section._sectPr.xpath("./w:cols/@w:num") for section in (tables, points)] == [[], ["2"]]


@pytest.mark.parametrize(("words", "tables"), [(MOST_WORDS, 8), (120, 4), (120, 9)])
def test_the_most_that_check_lets_through_is_two_sheets(words: int, tables: int, tmp_path: Path) -> None:
    assert sheets(conference(words, tables), tmp_path) == 2
