"""Take the guide's pictures of JupyterLab anew: `python tests/guide_pictures.py`, with the project on the path.

They show the demo as it opens here; each is looked at before it is committed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lab import WAIT, jupyterlab
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PANEL = ".blup-explore"
OPEN = """import sys
from pathlib import Path
sys.path.insert(0, {tools!r})
import start
start.ROOT = Path({folder!r})
sys.exit(start.open_lab(Path(sys.executable), sys.argv[1:]))"""


def take(page: Any, name: str) -> None:
    """Save what is on the screen, with a palette: a picture of a screen has few colours."""
    page.wait_for_timeout(1500)
    place = ROOT / "docs" / name
    page.screenshot(path=place)
    Image.open(place).convert("RGB").quantize(128).save(place, optimize=True)
    print(f"{place.name}: {place.stat().st_size // 1024} KB")


def run_all(page: Any) -> None:
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").first.click()
    page.get_by_text("Run All Cells", exact=True).click()


def in_front(page: Any) -> Any:
    return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def choose(page: Any, label: str, option: str) -> None:
    page.locator(PANEL).get_by_label(label, exact=True).select_option(label=option)


def start(page: Any) -> None:
    page.locator(".jp-MarkdownOutput a", has_text="07_udforsk").wait_for(timeout=WAIT)
    take(page, "start.png")


def questions(page: Any) -> None:
    page.locator(".jp-MarkdownOutput a", has_text="07_udforsk").click()
    in_front(page).locator(".jp-MarkdownOutput h1", has_text="Udforsk").wait_for(timeout=WAIT)
    page.wait_for_timeout(3000)
    page.keyboard.press("Control+b")  # the list of files takes a third of the screen
    run_all(page)
    page.locator(f"{PANEL} .table table").first.wait_for(timeout=WAIT)
    choose(page, "Spørgsmål", "Tid til læring")
    choose(page, "Fordelt på", "Alder")
    page.locator(f"{PANEL} h2", has_text="fordelt på alder").wait_for(state="attached", timeout=WAIT)
    page.locator(PANEL).evaluate("node => node.scrollIntoView({block: 'start'})")
    take(page, "udforsk_spoergeskema.png")


def words(page: Any) -> None:
    page.locator(PANEL).get_by_role("tab", name="Interview og åbne svar").click()
    field = page.locator(PANEL).get_by_label("Søg i alt, der er sagt og skrevet")
    field.fill("ansøgning")
    field.press("Enter")
    page.locator(f"{PANEL} mark").first.wait_for(timeout=WAIT)
    page.locator(PANEL).evaluate("node => node.scrollIntoView({block: 'start'})")
    take(page, "udforsk_interview.png")


def coding(page: Any) -> None:
    page.locator(".lm-TabBar-tabLabel", has_text="00_start").first.click()
    in_front(page).locator(".jp-MarkdownOutput a", has_text="06_kodning").first.click()
    in_front(page).locator(".jp-MarkdownOutput h1", has_text="Kod et interview").wait_for(timeout=WAIT)
    page.wait_for_timeout(3000)
    run_all(page)
    in_front(page).locator(".blup-coder .turn").first.wait_for(timeout=WAIT)
    page.locator(".blup-coder select.interview").select_option("fg2")  # one that coder B has coded
    page.locator(".blup-coder .turn[data-turn='3']").wait_for(timeout=WAIT)
    page.locator(".blup-coder").evaluate("node => node.scrollIntoView({block: 'start'})")
    page.locator(".blup-coder .turn:has(.chip:not(.dashed))").nth(3).focus()
    page.keyboard.press("s")
    page.keyboard.press("c")
    page.keyboard.type("til")
    take(page, "koder.png")


SCENES: tuple[Callable[[Any], None], ...] = (start, questions, words, coding)


def main() -> None:
    """Open JupyterLab on a copy of the project, as a consultant does, and take each picture."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "blupkit"
        shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
        shutil.copytree(ROOT / "data/demo", folder / "data/demo", ignore=shutil.ignore_patterns("generator"))
        (folder / "outputs").mkdir()
        opener = [sys.executable, "-c", OPEN.format(tools=str(ROOT / "tools"), folder=str(folder))]
        with jupyterlab(folder, Path(place) / "home", opener) as address, sync_playwright() as engine:
            browser = engine.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1100, "height": 860})
            page.goto(address.door)
            for scene in SCENES:
                scene(page)
            browser.close()


if __name__ == "__main__":
    main()
