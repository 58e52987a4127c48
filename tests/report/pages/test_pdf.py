"""A page on paper: tagged, whole, and without asking anybody for anything."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path

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
