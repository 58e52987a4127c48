"""A page on paper: tagged, whole, and without asking anybody for anything."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import notebook

from blupkit.core import FileError, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import plan_pages, render_pages
from blupkit.report.pages.pdf import find_browser, print_pdf

DEMO = Path(__file__).parents[3] / "data" / "demo"
needs_browser = pytest.mark.skipif(find_browser() is None, reason="no browser is installed")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    study = read_study(DEMO)
    [outcome] = render_pages(plan_pages(study, notebook(tmp_path / "nb", "a", "1")), Outputs(tmp_path / "ud"))
    return outcome.path


@needs_browser
def test_a_page_is_printed_with_tags_title_and_language(page: Path) -> None:
    browser = find_browser()
    assert browser is not None
    target = print_pdf(page, browser)
    content = target.read_bytes()
    assert target == page.with_suffix(".pdf")
    assert b"/MarkInfo" in content
    assert re.search(rb"/Marked true", content)
    assert re.search(rb"/Lang \((da|\xfe\xff\x00d\x00a)\)", content)
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, check=True).stdout.decode()
        assert "Prøve" in text
        assert "Om tilgængelighed" in text
    assert list(page.parent.glob("*.part")) == []


FAILS = "#!/bin/sh\nexit 1\n"
UNTAGGED = "#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) echo '%PDF-1.4' > ${a#--print-to-pdf=};; esac; done\n"


@pytest.mark.parametrize("program", [FAILS, UNTAGGED], ids=["fails", "untagged"])
def test_a_browser_that_makes_no_tagged_pdf_leaves_the_one_from_before(
    page: Path, tmp_path: Path, program: str
) -> None:
    browser = tmp_path / "browser"
    browser.write_text(program)
    browser.chmod(browser.stat().st_mode | stat.S_IEXEC)
    page.with_suffix(".pdf").write_bytes(b"fra i gaar")
    with pytest.raises(FileError, match=r"Forventet: en PDF med mærker"):
        print_pdf(page, browser)
    assert page.with_suffix(".pdf").read_bytes() == b"fra i gaar"


def test_without_a_browser_none_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blupkit.report.pages.pdf.shutil.which", lambda name: None)
    monkeypatch.setattr("blupkit.report.pages.pdf._ELSEWHERE", ())
    assert find_browser() is None


#: Gives each figure's heading, and the first and the last text of its drawing for paper, a mark of its own.
MARK = """() => [...document.querySelectorAll('figure.exhibit')].flatMap((figure, place) => {
  const drawing = [...figure.querySelectorAll('svg')].find(svg => svg.checkVisibility());
  const heading = figure.querySelector('h3, .caption');
  if (!drawing || drawing.closest('table') || !heading) return [];
  const texts = [...drawing.querySelectorAll('text')].sort((one, other) =>
    one.getBoundingClientRect().bottom - other.getBoundingClientRect().bottom);
  const marks = ['h', 'a', 'z'].map(end => `Q${place}${end}`);
  heading.append(` ${marks[0]}`);
  texts[0].textContent = marks[1];
  texts.at(-1).textContent = marks[2];
  return [marks];
})"""
#: A page of each kind with figures, and how many figures it has at least.
DRAWN = {
    "kerteminde/02_behovsanalyse": 7,
    "faelles/03_tematisk_kodning": 5,
    "faelles/04_aabne_svar": 1,
    "faelles/13_konference": 4,
    "faelles/14_projektplan": 1,
    "intern/16_projektgruppen": 6,
}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_printed_whole_under_its_heading(
    demo_pages: Path, tmp_path: Path, name: str, chromium: Any
) -> None:
    tab = chromium.new_page()
    tab.emulate_media(media="print")
    tab.goto((demo_pages / f"{name}.html").as_uri())
    marks = tab.evaluate(MARK)
    (tmp_path / "side.pdf").write_bytes(tab.pdf(prefer_css_page_size=True))
    tab.close()
    text = subprocess.run(["pdftotext", str(tmp_path / "side.pdf"), "-"], capture_output=True, check=True).stdout
    sheets = [set(sheet.split()) for sheet in text.decode().split("\f")]
    assert len(marks) >= DRAWN[name]
    assert [of_one for of_one in marks if not any(set(of_one) <= sheet for sheet in sheets)] == []
