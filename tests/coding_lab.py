"""The text coder in a real JupyterLab, for the tests: its study, its page, and what a hand does there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from lab import AXE, WAIT, run_cell, until, write_notebook
from playwright.sync_api import expect, sync_playwright

from blupkit.interviews.coding.log import current, read_log

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
CELL = 'from blupkit import core, interviews\ninterviews.coder(core.read_study("demo"), "fg1")'
#: Busy until the test has seen what it came for.
BUSY = "import pathlib, time\nwhile not pathlib.Path('nok').exists():\n    time.sleep(0.05)"
#: A code that was given, and no suggestion.
GIVEN = ".chip:not(.dashed)"


class Lab(NamedTuple):
    """A running JupyterLab and the study it codes."""

    page: Any
    folder: Path
    url: str
    requests: list[str]

    @property
    def log(self) -> Path:
        return self.folder / "demo" / "interview" / "kodninger_A.jsonl"

    def coded(self) -> list[dict[str, Any]]:
        return [asdict(event.passage) | {"coder": event.coder} for _, event in current(read_log(self.log)[0]).values()]

    def run(self, notebook: str = "kodning") -> None:
        """Open the notebook, run its cell, and wait for the coder."""
        run_cell(self.page, self.url, notebook)
        self.page.locator(".blup-coder .turn").first.wait_for(timeout=WAIT)
        self.page.wait_for_function("document.querySelector('.blup-coder .count').textContent")

    def turn(self, number: int) -> Any:
        return self.page.locator(f".blup-coder .turn[data-turn='{number}']")

    def saved(self) -> None:
        self.page.locator(".blup-coder .status.saved").wait_for()

    def faults(self) -> list[str]:
        """What axe finds in the coder as it stands."""
        options = {"runOnly": AXE, "resultTypes": ["violations"]}
        found = Axe().run(self.page, context=".blup-coder", options=options).response
        assert any(rule["id"] == "color-contrast" for rule in found["passes"])  # it has looked at the colours
        return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


def study_folder(folder: Path, *, of_both: bool = False) -> None:
    """Write the demo without its survey and without codings of A, and of B's only if asked for.

    One turn has letters beyond the first plane.
    """
    shutil.copytree(ROOT / "data/demo", folder / "demo", ignore=shutil.ignore_patterns("spoergeskema", "generator"))
    settings = folder / "demo" / "study.toml"
    text = settings.read_text(encoding="utf-8")
    if not of_both:
        text = text.replace(', B = "interview/kodninger_B.jsonl"', "")
    start = text.index("[spoergeskema]")
    end = text.index("\n[", start + 1)
    settings.write_text(
        (text[:start] + text[end + 1 :]).replace('kodninger_aabne = "spoergeskema/kodninger_aabne.tsv"\n', ""),
        encoding="utf-8",
    )
    (folder / "demo" / "interview" / "kodninger_A.jsonl").unlink()
    talk = folder / "demo" / "interview" / "fg1.vtt"
    said = talk.read_text(encoding="utf-8")
    faces = "\N{GRINNING FACE}\N{GRINNING FACE}"
    talk.write_text(said.replace("Kan I høre mig?", f"{faces} Kan I høre mig?", 1), encoding="utf-8")
    write_notebook(folder / "kodning.ipynb", CELL, BUSY)


@contextmanager
def opened(folder: Path, url: str, door: str, **viewport: int) -> Iterator[Lab]:
    """Open a browser on a running JupyterLab, and run the coder's cell there."""
    requests: list[str] = []
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000} | viewport)
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(door)
        here = Lab(page, folder, url, requests)
        here.run()
        yield here
        browser.close()


def drag(lab: Lab, number: int, words: str) -> None:
    """Drag the mouse over words of a turn, as a hand does; again, if JupyterLab has scrolled under the mouse."""
    quote = lab.page.locator(".blup-coder .panel .quote")
    for _ in range(6):
        drag_once(lab, number, words)
        with suppress(AssertionError):
            expect(quote).to_have_text(f"»{words}«", timeout=5000, use_inner_text=True)
            return
    raise AssertionError(f"the words {words} of turn {number} cannot be marked")


def drag_once(lab: Lab, number: int, words: str) -> None:
    lab.turn(number).scroll_into_view_if_needed()
    box = lab.page.evaluate(
        """([turn, words]) => {
            const text = document.querySelector(`.blup-coder .turn[data-turn="${turn}"] .text`);
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode());) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                const rects = [...range.getClientRects()];
                const [first, last] = [rects[0], rects[rects.length - 1]];
                return [first.left + 1, first.top + first.height / 2, last.right - 1, last.top + last.height / 2];
            }
        }""",
        [number, words],
    )
    lab.page.mouse.move(box[0], box[1])
    lab.page.mouse.down()
    lab.page.mouse.move((box[0] + box[2]) / 2, box[3], steps=4)
    lab.page.mouse.move(box[2], box[3], steps=4)
    lab.page.mouse.up()


def give(lab: Lab, code: str) -> None:
    """Give the marked words a code, and wait until it is in the log."""
    before = len(read_log(lab.log)[0])
    lab.page.locator(".blup-coder [role=combobox]").fill(code)
    lab.page.keyboard.press("Enter")
    until(lab.page, lambda: len(read_log(lab.log)[0]) > before)
    expect(lab.page.locator(".blup-coder .panel textarea")).to_be_visible()
    assert len(read_log(lab.log)[0]) == before + 1


def quotes(lab: Lab, number: int) -> list[tuple[str, str]]:
    return [(event["code"], event["quote"]) for event in lab.coded() if event["turn"] == number]
