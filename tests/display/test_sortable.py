"""A table that sorts on the page: the library's own script in a real browser, on what it would sort wrong by itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import itables.widget
import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from blupkit.display.sortable import SHOWN_ROWS, sortable

SCRIPT = Path(itables.widget.__file__).parent / "static"
#: What the page asks of a widget's other half in the kernel.
PAGE = """<!DOCTYPE html><html lang="da"><link rel="stylesheet" href="widget.css"><body><div id="here"></div>
<script type="module">
import widget from "./widget.js";
const state = {state};
const model = {{ get: name => state[name], set: (name, value) => {{ state[name] = value; }}, on: () => 0, off: () => 0,
                save_changes: () => 0 }};
const made = typeof widget === "function" ? await widget() : widget;
await made.render({{ model, el: document.getElementById("here") }});
document.body.dataset.ready = "1";
</script></body></html>"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    place = shutil.which("chromium")
    if place is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as engine:
        flags = ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--lang=en-US"]
        browser = engine.chromium.launch(executable_path=place, args=flags)
        yield browser
        browser.close()


class Shown:
    """A table on a page."""

    def __init__(self, chromium: Any, folder: Path, frame: pd.DataFrame) -> None:
        import json

        self.above, table, self.below = sortable("Prøven", frame, ["En note <b>"], "Internt").children
        [shutil.copy(SCRIPT / name, folder) for name in ("widget.js", "widget.css")]
        state = {name: getattr(table, name) for name in ("caption", "classes", "selected_rows", "_style", "_dt_args")}
        (folder / "side.html").write_text(PAGE.format(state=json.dumps(state)), "utf-8")
        self.asked: list[str] = []
        self.tab = chromium.new_page()
        self.tab.on("request", lambda request: self.asked.append(request.url))
        self.tab.goto((folder / "side.html").as_uri())
        self.tab.wait_for_selector("body[data-ready] tbody tr")

    def sorted_by(self, head: str) -> list[str]:
        """Click a head, and read the first column when the table says that it is sorted by that head."""
        self.tab.locator("thead th", has_text=head).first.click()
        self.tab.locator("thead th[aria-sort=ascending]", has_text=head).first.wait_for()
        return self.column(0)

    def column(self, place: int) -> list[str]:
        """Read a column at once: rows that are read one by one may be of two drawings."""
        cells = self.tab.locator(f"tbody tr td:nth-child({place + 1})")
        return list(cells.evaluate_all("cells => cells.map(cell => cell.innerText)"))

    @property
    def text(self) -> str:
        return str(self.tab.inner_text("body"))


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    pages: list[Shown] = []

    def make(frame: pd.DataFrame) -> Shown:
        pages.append(Shown(chromium, tmp_path, frame))
        return pages[-1]

    yield make
    for page in pages:
        page.tab.close()


def test_whole_numbers_with_a_missing_one_sort_as_numbers(show: Any) -> None:
    # Int64 with a missing value goes to the page as text by itself, and sorts 1, 10, 100, 2.
    frame = pd.DataFrame({"Hvem": ["a", "b", "c", "d", "e"], "Antal": pd.array([10, 2, None, 100, 1], dtype="Int64")})
    page = show(frame)
    assert [name for name in page.sorted_by("Antal") if name != "c"] == ["e", "b", "a", "d"]
    assert "NA" not in page.text
    assert "NaN" not in page.text


def test_shares_have_a_comma_and_sort_as_numbers(show: Any) -> None:
    page = show(pd.DataFrame({"Hvem": ["a", "b", "c"], "Pct.": [8.5, 100.0, 12.25]}))
    assert page.sorted_by("Pct.") == ["a", "c", "b"]
    assert page.column(1) == ["8,5", "12,3", "100,0"]


def test_answers_sort_in_the_order_of_their_scale(show: Any) -> None:
    scale = ["Ingen", "Op til 3", "4-8", "9-16", "Mere end 16"]
    page = show(pd.DataFrame({"Tid": pd.Categorical(sorted(scale), scale, ordered=True), "Antal": range(5)}))
    assert page.sorted_by("Tid") == scale


def test_text_sorts_as_danes_do_whatever_the_reader_s_browser_speaks(show: Any) -> None:
    towns = ["Zealand", "Ærø", "Aabenraa", "Øster", "Åbyhøj", "albue"]
    assert show(pd.DataFrame({"By": towns})).sorted_by("By") == [
        "albue",
        "Zealand",
        "Ærø",
        "Øster",
        "Aabenraa",
        "Åbyhøj",
    ]


def test_a_long_text_is_there_in_full_and_nothing_in_it_runs(show: Any) -> None:
    said = "Det, der skal til, er " + "mere tid til at mødes, " * 20 + "<img src=x onerror=alert(1)>"
    page = show(pd.DataFrame({"Sagt": [said]}))
    assert page.column(0) == [said]
    assert page.tab.locator("tbody img").count() == 0


def test_title_notes_and_that_it_is_internal_stand_around_it(show: Any) -> None:
    # By itself the library draws the table over its caption: the page has none.
    page = show(pd.DataFrame({"a": [1]}))
    assert page.above.value == "<strong>Prøven</strong>"
    assert page.below.value == "<p>En note &lt;b&gt;</p><p>Internt</p>"


def test_nothing_is_fetched_and_the_page_speaks_danish(show: Any) -> None:
    page = show(pd.DataFrame({"Nr.": range(50)}))
    assert [url for url in page.asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert "Række 1 til 10 af 50" in page.text
    heard = page.tab.locator("[aria-label]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert not {"search:", "entries", "showing", "activate", "next", "first"} & set(
        f"{page.text} {heard}".lower().split()
    )


def test_a_large_table_is_whole_up_to_its_limit_and_says_in_danish_where_it_is_cut(show: Any) -> None:
    # The library itself cuts at 64 KB and says so in English.
    frame = pd.DataFrame({f"k{place}": range(SHOWN_ROWS) for place in range(10)})
    assert len(sortable("T", frame, [], "").children[1]._dt_args["data_json"].split("],")) == SHOWN_ROWS
    page = show(pd.concat([frame, frame.head(1)], ignore_index=True))
    assert "Her vises 2.000 af 2.001 rækker; alle er i .frame og i Excel." in page.below.value
    assert "downsampled" not in page.text
