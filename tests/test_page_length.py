"""How long a page of needs is, on a screen, a telephone and paper and in words; and that all its numbers are on it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from support import TOWNS, unbroken

from blupkit import app
from blupkit.core import read_edition, read_study
from blupkit.disclosure import is_shown
from blupkit.report.figures.numbers import Cell, cells
from blupkit.survey.tables import Table

ROOT: Final = Path(__file__).parents[1]
PLACES: Final = [*TOWNS, "faelles"]
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
#: Width, height and how many screens of it there may be.
SCREENS: Final = {"a screen": (1280, 800, 12), "a telephone": (390, 844, 18)}
WORDS, UNFOLDED, SHEETS = 1_800, 4_506, 10
#: The words of a page that a reader sees; with what is folded away, those outside tables. What a drawing says of itself
#: in words, and its labels, stand in the table beside it.
COUNT = """unfolded => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), words = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, up = node.parentElement;
    const folded = up.closest('details:not([open])') && !(up.closest('summary'));
    if (up.closest('svg') || (unfolded ? up.closest('table') : folded)) continue;
    words.push(...node.textContent.replace(/\\u00ad/g, '').split(/\\s+/).filter(word => /[\\p{L}\\p{N}]/u.test(word)));
  }
  return words.length;
}"""


def page_of(demo_pages: Path, place: str) -> Path:
    return demo_pages / place / "02_behovsanalyse.html"


@pytest.mark.parametrize("place", PLACES)
def test_a_page_has_so_many_screens_words_and_sheets_at_most(demo_pages: Path, place: str, chromium: Any) -> None:
    tab = chromium.new_page()
    tab.goto(page_of(demo_pages, place).as_uri())
    found = {}
    for name, (width, height, _) in SCREENS.items():
        tab.set_viewport_size({"width": width, "height": height})
        found[name] = tab.evaluate("document.documentElement.scrollHeight") / height
    words, unfolded = tab.evaluate(COUNT, False), tab.evaluate(COUNT, True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))
    tab.close()
    assert all(found[name] <= most for name, (_, _, most) in SCREENS.items()), found
    assert (words <= WORDS, unfolded <= UNFOLDED, sheets <= SHEETS) == (True, True, True), (words, unfolded, sheets)


@pytest.mark.skipif(shutil.which("pdftohtml") is None, reason="pdftohtml is not installed")
@pytest.mark.parametrize(
    "page", ["kerteminde/02_behovsanalyse", "faelles/03_tematisk_kodning", "faelles/14_projektplan"]
)
def test_nothing_on_paper_is_written_smaller_than_7_points(
    demo_pages: Path, page: str, chromium: Any, tmp_path: Path
) -> None:
    tab = chromium.new_page()
    tab.goto((demo_pages / f"{page}.html").as_uri())
    tab.pdf(path=str(tmp_path / "side.pdf"), prefer_css_page_size=True)
    tab.close()
    # Sizes are told as whole numbers: three times as large, 7 points are 21.
    told = ["pdftohtml", "-xml", "-i", "-zoom", "3", "-stdout", str(tmp_path / "side.pdf")]
    xml = subprocess.run(told, capture_output=True, check=True).stdout.decode()
    sizes = {number: int(size) for number, size in re.findall(r'<fontspec id="(\d+)" size="(\d+)"', xml)}
    texts = [(sizes[number], words) for number, words in re.findall(r'<text [^>]*font="(\d+)">(.*?)</text>', xml)]
    assert len(texts) > 100
    assert [words for size, words in texts if size < 3 * 7] == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_page_is_never_scrolled_sideways_even_when_all_is_unfolded(
    demo_pages: Path, width: int, chromium: Any
) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 844})
    for place in PLACES:
        tab.goto(page_of(demo_pages, place).as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert tab.evaluate("document.documentElement.scrollWidth") == width, place
    tab.close()


def test_a_table_is_no_wider_than_a_telephone_but_that_of_ten_measures(demo_pages: Path, chromium: Any) -> None:
    wider = """[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth + 1)
      .map(each => each.getAttribute('aria-label'))"""
    tab = chromium.new_page(viewport={"width": 390, "height": 844})
    found = set()
    for page in sorted(demo_pages.glob("*/*.html")):
        if page.parent.name in {"kerteminde", "faelles"} and "slides" not in page.name:
            tab.goto(page.as_uri())
            tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            found |= {(page.stem, caption.partition(".")[0]) for caption in tab.evaluate(wider)}
    tab.close()
    assert found == {("02_behovsanalyse", "Andre mål for udviklingsbehovet end gabet")}


def test_what_is_folded_on_a_screen_stands_open_on_paper(demo_pages: Path, chromium: Any) -> None:
    tab = chromium.new_page()
    tab.goto(page_of(demo_pages, "kerteminde").as_uri())
    # The rows that a figure folds away stand in the table of its numbers, which is open.
    folded = "[...document.querySelectorAll('details:not(.rest)')].map(part => part.lastElementChild)"
    seen = f"{folded}.map(part => part.checkVisibility({{contentVisibilityAuto: true}}) && part.offsetHeight > 0)"
    tab.emulate_media(media="screen")
    assert set(tab.evaluate(seen)) == {False}
    tab.emulate_media(media="print")
    # Chromium lays out what `content-visibility` had kept back in its next frame, not when the medium changes.
    tab.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert set(tab.evaluate(seen)) == {True}
    tab.close()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_said_twice(demo_pages: Path, place: str) -> None:
    soup = BeautifulSoup(page_of(demo_pages, place).read_text("utf-8"), "html.parser")
    for drawn in soup.select("svg, table, nav, style, title"):
        drawn.decompose()
    said: list[str] = []
    for part in soup.select("main p, main li:not(:has(li, p)), footer p"):
        text = " ".join(unbroken(part.get_text(" ")).split())
        said += [sentence for sentence in re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ»•*])", text) if len(sentence.split()) > 4]
    # What is missing in a figure is said under each, and what holds for each group is said of each.
    own = re.compile(r"ikke vist|viser vi ikke|kan vises|ingen rækkefølge|^Grænserne er")
    assert [sentence for sentence, times in Counter(said).items() if times > 1 and not own.search(sentence)] == []


@pytest.mark.parametrize("place", TOWNS)
def test_beside_each_number_of_its_own_in_a_figure_stands_that_of_all_six(demo_pages: Path, place: str) -> None:
    soup = BeautifulSoup(unbroken(page_of(demo_pages, place).read_text("utf-8")), "html.parser")
    figures = soup.select("figure[data-kind=figur]")
    heads = [[head.get_text() for head in figure.select("thead th")] for figure in figures]
    own = [each for each, figure in zip(heads, figures, strict=True) if "alle seks" not in figure.figcaption.get_text()]
    assert [each for each in own if not any(head.endswith(", alle seks") for head in each)] == []
    # Two groups' needs, the cooperation, the needs in common, the ways of learning and the areas.
    assert len(own) >= 6
    # Every column of what all are asked stands beside one of the municipality's own.
    twice = [head.removesuffix(", alle seks") for each in own for head in each if head.endswith(", alle seks")]
    assert set(twice) <= {head for each in own for head in each}


@pytest.mark.parametrize("place", PLACES)
def test_a_question_that_was_asked_is_not_said_not_to_be(demo_pages: Path, place: str) -> None:
    # Each group was asked of two competences or more in every area but one, and of one in that.
    soup = BeautifulSoup(page_of(demo_pages, place).read_text("utf-8"), "html.parser")
    assert "ikke stillet" not in soup.get_text().casefold()


def written(cell: Cell, decimals: int) -> set[str]:
    """How the number of a cell may stand in a table: alone, with its interval, as a share."""
    return {text.rstrip("*") for text in (cell.number(decimals), cell.number(0), cell.measured(0, intervals=True))}


@pytest.mark.parametrize("place", PLACES)
def test_every_number_of_the_release_that_a_page_shows_stands_on_it(demo_pages: Path, place: str) -> None:
    study = read_study(ROOT / "data" / "demo")
    edition = read_edition(study, "alle" if place == "faelles" else place)
    part = demo_pages / "intern" / "udgivelse" / f"{edition.key}.json"
    release = app.load_release(study, edition, str(part))
    soup = BeautifulSoup(page_of(demo_pages, place).read_text("utf-8"), "html.parser")
    rows: dict[str, set[str]] = {}
    for row in soup.select("tbody tr"):
        label, *numbers = [unbroken(cell.get_text()).replace(NO_BREAK, " ") for cell in row.select("th, td")]
        stands = {number.rstrip("*") for number in numbers} | {re.split(r"[ *]", number)[0] for number in numbers}
        rows.setdefault(label, set()).update(stands)
    told = [Table.NEEDS, Table.DIRECTIONS, Table.DIMENSIONS, Table.PLACES, Table.POOLED]
    tables = [release[name] for name in [*told, *vars(release.questions)] if name in release.tables]
    checked = 0
    for table in tables:
        for cell in cells(table.frame[is_shown(table.frame)]):
            assert written(cell, study.decimals) & rows.get(cell.label, set()), (place, cell)
            checked += 1
    # 22, 16 and 24 competences with eight measures and more, and ten questions: nothing is left out by accident.
    assert checked > 700
