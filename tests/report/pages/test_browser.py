"""A page in a real browser: narrow, silent and without asking anybody for anything."""

import shutil
from pathlib import Path

import pytest
from for_reader import plot_bars, table_measures
from nbformat.v4 import new_markdown_cell, new_notebook

from blupkit.core import Edition
from blupkit.disclosure import SafeTable
from blupkit.report import front
from blupkit.report.pages.page import page_html

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")


@pytest.fixture
def file(shares: SafeTable, slagelse: Edition, tmp_path: Path) -> Path:
    from nbformat.v4 import new_code_cell, new_output

    blocks = [
        front(slagelse, title="Behov", facts=[("Lokalrådsmedlemmer", "40")]),
        plot_bars(shares, slagelse, measure="Andel", caption="Andele. {sted}", finding="Aften er mest ønsket"),
        table_measures(shares, slagelse, columns=["Andel"], caption="Andele, {gruppe}"),
    ]
    cells = [
        new_code_cell(
            "x",
            execution_count=1,
            outputs=[new_output("execute_result", data={"text/html": block._repr_html_()}, execution_count=1)],
        )
        for block in blocks
    ]
    cells.insert(1, new_markdown_cell("## Ønsker"))
    path = tmp_path / "side.html"
    path.write_text(page_html(new_notebook(cells=cells), slagelse), "utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 400, 1280])
def test_a_page_fits_its_screen_asks_for_nothing_and_says_nothing(file: Path, width: int, scheme: str) -> None:
    requests, messages = [], []
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.goto(file.as_uri())
        broad = page.evaluate("document.documentElement.scrollWidth")
        broken = page.evaluate("[...document.images].filter(i => !i.naturalWidth).length")
        browser.close()
    assert broad <= width
    assert broken == 0
    assert messages == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
