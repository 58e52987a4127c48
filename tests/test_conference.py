"""The conference, the whole way: the demo's `konference.csv` as a page, in a browser, and as an editable deck."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from lab import until
from lxml.html import HtmlElement, document_fromstring
from pptx import Presentation
from test_pages import AXE

from blupkit.core import read_study
from blupkit.core.tables import read_table

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "data" / "demo"


@pytest.fixture(scope="module")
def folder(demo_pages: Path) -> Path:
    """The page with what lies beside it."""
    return demo_pages / "faelles"


@pytest.fixture(scope="module")
def page(folder: Path) -> HtmlElement:
    return document_fromstring((folder / "13_konference.html").read_bytes())


@pytest.fixture(scope="module")
def show(folder: Path) -> Any:
    return Presentation(folder / "13_konference.pptx")


@pytest.fixture(scope="module")
def headings() -> list[str]:
    """What the consultant has written, in her order."""
    rows = read_table(DEMO / "aktiviteter" / "konference.csv", "konference.csv").sort_values(
        "nr", key=lambda n: n.astype(int)
    )
    return rows["overskrift"].tolist()


def test_page_and_slides_have_the_consultant_s_headings_in_her_order(
    page: HtmlElement, folder: Path, show: Any, headings: list[str]
) -> None:
    assert [page.findtext(".//h1"), *(each.text_content() for each in page.findall(".//main//h2"))] == headings
    browser = document_fromstring((folder / "13_konference.slides.html").read_bytes())
    assert [each.text_content() for each in browser.xpath("//h1 | //h2")] == [*headings, "Om tallene"]
    titles = [slide.shapes.title.text for slide in show.slides]
    assert [title for title in titles if title in {*headings, "Om tallene"}] == [*headings, "Om tallene"]
    # What goes on, and a table under points of one's own, has a slide that says what it belongs to.
    more = [(before, title) for before, title in pairwise(titles) if title not in {*headings, "Om tallene"}]
    assert len(more) >= 3
    assert [pair for pair in more if not re.match(rf"{re.escape(pair[0])}: |[^()]+ \(\d+\)$", pair[1])] == []


def test_what_was_said_afterwards_and_what_is_offered_have_slides_with_numbers_and_their_own_source(
    page: HtmlElement, show: Any
) -> None:
    drawn = {slide.shapes.title.text: slide for slide in show.slides}
    said = drawn["Seks workshopper: hvad deltagerne svarede."]
    chart = next(shape.chart for shape in said.shapes if shape.has_chart)
    assert [series.name for series in chart.plots[0].series] == [
        "Lokalrådsmedlemmer", "Byrådspolitikere", "Kommunalt ansatte"
    ]  # fmt: skip
    notes = [shape.text_frame.text for shape in said.shapes if shape.has_text_frame]
    assert any("Evalueringerne fra workshopperne" in note for note in notes)
    offered = next(s.table for s in drawn["Hvad vi udbyder nu: det står i kataloget."].shapes if s.has_table)
    catalogue = read_table(DEMO / "aktiviteter" / "katalog.csv", "katalog.csv")
    titles = catalogue["titel"].tolist()
    assert [offered.cell(place, 0).text for place in range(1, 4)] == titles[:3]
    rows = page.xpath("//table[@class='words']//tbody//th")
    assert [row.text_content().replace("\xad", "") for row in rows] == titles


def test_page_deck_and_slides_have_the_consultant_s_own_points(folder: Path, page: HtmlElement, show: Any) -> None:
    rows = read_table(DEMO / "aktiviteter" / "konference.csv", "konference.csv")
    points = [point.strip() for text in rows["tekst"] for point in text.split("|") if point.strip()]
    browser = document_fromstring((folder / "13_konference.slides.html").read_bytes())
    for where in (page.find(".//main"), browser):
        said = [each.text_content() for each in where.iter("li", "p")]
        assert [point for point in points if said.count(point) != 1] == []
    frames = [shape.text_frame for slide in show.slides for shape in slide.shapes if shape.has_text_frame]
    assert set(points) <= {paragraph.text for frame in frames for paragraph in frame.paragraphs}
    assert len(points) > 20


def test_no_chart_says_more_than_the_page(page: HtmlElement, show: Any) -> None:
    printed = {cell.text_content() for cell in page.iter("td", "th")}
    numbers = {number for text in printed for number in re.findall(r"\d+(?:,\d+)?", text)}
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) >= 3
    for chart in charts:
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
        held = [cell.value for row in book.iter_rows(min_row=2, min_col=2) for cell in row if cell.value is not None]
        drawn = [value for series in chart.plots[0].series for value in series.values if value is not None]
        assert sorted(held) == pytest.approx(sorted(drawn))
        assert {f"{value:g}".replace(".", ",") for value in drawn} <= {number.removesuffix(",0") for number in numbers}


def test_no_municipality_is_named_in_page_deck_slides_or_handout(folder: Path, show: Any) -> None:
    """So none stands beside a number; in every part of the files, charts' workbooks and alternative texts too."""
    names = re.compile("|".join(rf"\b{place.short}\b" for place in read_study(DEMO).municipalities))
    texts = {file: (folder / file).read_text("utf-8") for file in ("13_konference.html", "13_konference.slides.html")}
    for file in ("13_konference.pptx", "13_konference.docx"):
        texts |= {f"{file}/{name}": raw.decode("utf-8") for name, raw in zip_parts((folder / file).read_bytes())}
    assert {name for name in texts if "chart" in name}
    assert any(name.endswith("sharedStrings.xml") or "sheet" in name for name in texts)
    shown = {name: document_fromstring(text.encode()).text_content() for name, text in texts.items()}
    assert [name for name, text in texts.items() if names.search(text) or names.search(shown[name])] == []


def zip_parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of a file, and of the files in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            raw = archive.read(name)
            if raw.startswith(b"PK"):
                yield from ((f"{name}/{inner}", part) for inner, part in zip_parts(raw))
            else:
                yield name, raw


def test_the_handout_is_two_sheets_with_all_that_the_consultant_wrote(
    folder: Path, headings: list[str], tmp_path: Path
) -> None:
    document = Document(str(folder / "13_konference.docx"))
    said = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert [heading for heading in headings if heading not in said] == []
    assert {len(table.rows) for table in document.tables} == {6}
    if (office := shutil.which("soffice")) is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice is not installed")
    own = shutil.copy2(folder / "13_konference.docx", tmp_path)  # the office programme writes a lock beside it
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, own]
    subprocess.run(command, check=True, capture_output=True)
    told = subprocess.run(["pdfinfo", Path(own).with_suffix(".pdf")], check=True, capture_output=True, text=True).stdout
    assert re.search(r"Pages: +2\n", told)


def test_slides_have_titles_of_their_own_and_are_read_from_the_title_down(show: Any) -> None:
    titles = [slide.shapes.title.text for slide in show.slides]
    assert len(set(titles)) == len(titles)
    assert all(titles)
    for slide in show.slides:
        first, *rest = slide.shapes  # a screen reader takes them in the order in which they stand in the file
        assert first.shape_id == slide.shapes.title.shape_id
        assert [shape.top for shape in rest] == sorted(shape.top for shape in rest)
        assert {"da-DK"} == set(slide._element.xpath("//a:rPr/@lang | //a:endParaRPr/@lang"))
        for shape in rest:
            assert bool(shape._element.xpath(".//p:cNvPr/@descr")) == (shape.has_chart or shape.has_table)


def test_what_the_speaker_says_is_in_no_shared_file(folder: Path, show: Any) -> None:
    notes = read_table(DEMO / "aktiviteter" / "konference.csv", "konference.csv")["talernote"]
    told = [note for note in notes if len(note) > 10]
    parts = b"".join(part.blob for part in show.part.package.iter_parts()).decode("utf-8", "ignore")
    texts = [parts, *((folder / f"13_konference{end}").read_text("utf-8") for end in (".html", ".slides.html"))]
    assert told
    assert not [note for note in told for text in texts if note in text]


def test_the_speaker_s_notes_are_an_internal_word_file(demo_pages: Path, headings: list[str]) -> None:
    document = Document(str(demo_pages / "intern" / "17_talernoter.docx"))
    assert document.paragraphs[0].text.startswith("Syntetiske demodata")
    assert any(shown.text.startswith("INTERN") for shown in document.paragraphs)
    [table] = document.tables
    assert [row.cells[1].text for row in table.rows][1:] == headings
    assert table.rows[6].cells[2].text == "Peg på de tre øverste. Sig ikke »dårligst«."


def test_slides_in_a_browser_load_nothing_and_go_on_by_the_page_keys(folder: Path, chromium: Any) -> None:
    tab = chromium.new_page(viewport={"width": 1280, "height": 720})
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((folder / "13_konference.slides.html").as_uri())
    assert [url for url in asked if not url.startswith("file:")] == []
    assert len(asked) == 1
    tops = tab.evaluate("[...document.querySelectorAll('.slide')].slice(0, 3).map(s => Math.round(s.offsetTop))")
    assert tops == [0, 720, 1440]
    tab.keyboard.press("PageDown")
    until(tab, lambda: tab.evaluate("Math.round(scrollY)") == 720)
    assert tab.evaluate("document.documentElement.scrollWidth") == 1280
    tab.close()


def test_axe_finds_nothing_on_the_slides(folder: Path, chromium: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    for width in (1280, 390):
        tab = chromium.new_page(viewport={"width": width, "height": 720})
        tab.goto((folder / "13_konference.slides.html").as_uri())
        found = axe.run(tab, options=AXE).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:90]) for each in found] == []
        tab.close()


def test_each_slide_is_a_sheet_of_its_own_on_paper(folder: Path, chromium: Any) -> None:
    tab = chromium.new_page()
    tab.goto((folder / "13_konference.slides.html").as_uri())
    sheets = tab.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert sheets == tab.locator(".slide").count()
    tab.close()
