"""The start page where it is used: opened in JupyterLab by the program that `make lab` and `start.bat` run."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import WAIT, jupyterlab
from support import demo_pages_planned

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
ROOT = Path(__file__).parents[2]
#: What `tools/start.py` does last, on a copy of the project in a folder with a blank and a Danish letter.
OPEN = """import sys
from pathlib import Path
sys.path.insert(0, {tools!r})
import start
start.ROOT = Path({folder!r})
sys.exit(start.open_lab(Path(sys.executable), sys.argv[1:]))"""
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Opened(NamedTuple):
    """JupyterLab as it opened."""

    page: Any
    folder: Path
    url: str
    requests: list[str]

    def tab(self, name: str) -> Any:
        return self.page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text=name)

    def start_page(self) -> None:
        self.tab("00_start").first.click()

    @property
    def book(self) -> Any:
        """The notebook in front; those of the other tabs are there too."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook")

    def said(self) -> Any:
        return self.book.locator(".widget-output, .jupyter-widgets-output-area").first


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("start") / "Åses projekt"
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "data/demo", folder / "data/demo", ignore=shutil.ignore_patterns("generator"))
    (folder / "outputs").mkdir()
    opener = [sys.executable, "-c", OPEN.format(tools=str(ROOT / "tools"), folder=str(folder))]
    requests: list[str] = []
    with (
        jupyterlab(folder, tmp_path_factory.mktemp("home"), opener) as address,
        playwright.sync_playwright() as engine,
    ):
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address.door)
        opened = Opened(page, folder, address.url, requests)
        page.locator(".jp-MarkdownOutput a", has_text="06_kodning").wait_for(timeout=WAIT)
        yield opened
        browser.close()


def test_jupyterlab_opens_on_the_start_page(lab: Opened) -> None:
    assert lab.page.url.endswith("/lab/tree/notebooks/00_start.ipynb")
    assert lab.page.locator(".jp-MarkdownOutput h1").first.inner_text().startswith("Start")


def test_each_line_leads_to_its_notebook_and_the_last_to_the_guide(lab: Opened) -> None:
    links = lab.page.locator(".jp-MarkdownOutput a:not(.jp-InternalAnchorLink)")
    lead = {link.inner_text(): link.get_attribute("href") for link in links.all()}
    names = sorted(path.stem for path in (lab.folder / "notebooks").glob("*.ipynb"))
    assert sorted(lead) == [*names[1:], "vejledningen"]
    for name in lead:
        lab.start_page()
        links.filter(has_text=re.compile(f"^{name}$")).click()
        shown = "vejledning.md" if name == "vejledningen" else f"{name}.ipynb"
        playwright.expect(lab.tab(shown)).to_have_count(1, timeout=WAIT)
        playwright.expect(lab.tab(shown)).to_have_class(re.compile("lm-mod-current"), timeout=WAIT)
    playwright.expect(lab.page.locator(".jp-RenderedMarkdown h1", has_text="Vejledning")).to_be_visible(timeout=WAIT)
    lab.start_page()


def test_running_all_cells_makes_nothing_and_says_how_far_the_study_is(lab: Opened) -> None:
    lab.page.locator(".lm-MenuBar-itemLabel", has_text=re.compile("^Run$")).click()
    lab.page.get_by_text("Run All Cells", exact=True).click()
    lab.page.get_by_role("button", name="2. Lav siderne").wait_for(timeout=WAIT)
    table = lab.book.locator(".jp-OutputArea table").first
    rows = [row.inner_text().split("\t")[:2] for row in table.locator("tbody tr").all()]
    assert ["Sider", f"ingen af {len(demo_pages_planned())}"] in rows
    assert list((lab.folder / "outputs").rglob("*")) == []


def test_a_button_runs_the_command_and_shows_what_it_says(lab: Opened) -> None:
    buttons = lab.book.locator(".jupyter-button")
    assert buttons.all_inner_texts() == ["1. Kontrollér filerne", "2. Lav siderne", "3. Pak", "4. Se siderne"]
    buttons.nth(3).click()
    playwright.expect(lab.said()).to_contain_text("Der er ingen sider endnu")
    buttons.nth(0).click()
    playwright.expect(lab.said()).to_contain_text("blupkit check data/demo")
    playwright.expect(lab.said()).to_contain_text("Færdig.", timeout=WAIT)
    assert "I alt 0 fejl og" in lab.said().inner_text()
    assert "\x1b" not in lab.said().inner_text()
    assert (lab.folder / "outputs/demo/fejl.xlsx").is_file()


def test_the_keyboard_reaches_the_buttons_and_axe_finds_nothing(lab: Opened) -> None:
    lab.book.locator(".jupyter-button").first.focus()
    lab.page.keyboard.press("Tab")
    assert lab.page.evaluate("document.activeElement.innerText") == "2. Lav siderne"
    found = (
        Axe()
        .run(
            lab.page,
            context=".jp-Notebook .widget-vbox",
            options={"runOnly": AXE, "resultTypes": ["violations", "incomplete"]},
        )
        .response
    )
    assert any(rule["id"] == "button-name" for rule in found["passes"])
    assert [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]] == []


def test_the_commands_of_the_guide_are_found_from_jupyterlab(lab: Opened) -> None:
    cell = lab.book.locator(".jp-CodeCell").last
    cell.locator(".cm-content").click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("!blupkit --help")
    lab.page.keyboard.press("Shift+Enter")
    playwright.expect(cell.locator(".jp-OutputArea")).to_contain_text("Kommandoer:", timeout=WAIT)


def test_nothing_was_asked_of_anybody_else(lab: Opened) -> None:
    own = lab.url.split("//")[1]
    assert [url for url in lab.requests if own not in url and not url.startswith(("data:", "blob:"))] == []
