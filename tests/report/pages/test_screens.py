"""A dumbbell and a wide table in a real browser, on a telephone's screen and on a desktop's."""

from pathlib import Path
from typing import Any

import pytest
from for_reader import plot_dumbbell
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from blupkit.core import Edition
from blupkit.disclosure import SafeTable
from blupkit.report import front
from blupkit.report.figures.exhibits import Exhibit
from blupkit.report.figures.numbers import html_table
from blupkit.report.figures.style import page_style
from blupkit.report.pages.page import page_html

WIDE_ROW = ["Kommunalbestyrelsesmedlemmer", *["1.234,5 (n = 1.234)"] * 11]


@pytest.fixture
def file(hidden_sentinel: SafeTable, slagelse: Edition, tmp_path: Path) -> Path:
    local = SafeTable(hidden_sentinel.frame[hidden_sentinel.frame["group"] == "L"], 5)
    heads = ["", *[f"Målepunkt {index}" for index in range(11)]]
    blocks = [
        front(slagelse, title="Behov", facts=[("Lokalrådsmedlemmer", "40")]),
        plot_dumbbell(local, slagelse, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="Fund"),
        Exhibit("tabel", "Bred", html_table(heads, [WIDE_ROW], "Bred")),
    ]
    outputs = [new_output("display_data", data={"text/html": block._repr_html_()}) for block in blocks]
    cells = [new_code_cell("x", execution_count=1, outputs=[output]) for output in outputs]
    path = tmp_path / "side.html"
    book = new_notebook(cells=[cells[0], new_markdown_cell("## Landdistriktsudviklingsplaner"), *cells[1:]])
    path.write_text(page_html(book, slagelse), encoding="utf-8")
    return path


def seen_at(chromium: Any, file: Path, width: int) -> dict[str, Any]:
    """Open the file at a width; give what the page measures, asked for and said."""
    asked: list[str] = []
    said: list[str] = []
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(file.as_uri())
    measured = tab.evaluate(
        """() => ({
            page: document.documentElement.scrollWidth,
            pixels: [...document.querySelectorAll('svg')].filter(svg => svg.checkVisibility())
                .map(svg => svg.viewBox.baseVal.width),
            table: document.querySelector('[data-kind="tabel"] .scroll').scrollWidth,
            region: document.querySelector('[data-kind="tabel"] .scroll').clientWidth,
        })"""
    )
    tab.close()
    return {**measured, "asked": [url for url in asked if not url.startswith("data:")], "said": said}


def test_at_320_pixels_only_the_wide_table_scrolls(chromium: Any, file: Path) -> None:
    seen = seen_at(chromium, file, 320)
    assert seen["page"] == 320
    assert seen["table"] > seen["region"]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_says_nothing_and_asks_for_itself_only(chromium: Any, file: Path, width: int) -> None:
    seen = seen_at(chromium, file, width)
    assert seen["said"] == []
    assert seen["asked"] == [file.as_uri()]


@pytest.mark.parametrize(("width", "pixels"), [(360, 340), (600, 340), (601, 720), (1280, 720)])
def test_the_drawing_is_the_one_for_the_screen(chromium: Any, file: Path, width: int, pixels: int) -> None:
    seen = seen_at(chromium, file, width)
    assert set(seen["pixels"]) == {pixels}


#: Gives every word of a row's name or a head that goes on in the next line without a hyphen.
CUT = """() => [...document.querySelectorAll('th')].flatMap(head => {
    const text = head.firstChild, cut = []
    for (const word of text.data.matchAll(/[^\\s-]+/g)) {
        let above = null
        for (let at = word.index; at < word.index + word[0].length; at++) {
            const letter = document.createRange()
            letter.setStart(text, at)
            letter.setEnd(text, at + 1)
            const boxes = [...letter.getClientRects()].filter(box => box.width > 0)
            if (!boxes.length) continue
            const top = boxes.at(-1).top
            if (above !== null && top > above + 3 && text.data[at - 1] != '\u00ad') cut.push(word[0])
            above = top
        }
    }
    return cut
})"""
NAMES = (
    "Facilitere større processer",
    "Koble ønsker til kommunens planer",
    "Forvaltningsmedarbejdere",
    "Mobilisering og repræsentativitet",
    "Samarbejdsworkshop med alle tre parter",
    "Lang sagsbehandlingstid",
    "Landdistriktskoordinatorer",
)


@pytest.mark.parametrize("width", [320, 390])
def test_a_name_on_a_telephone_is_cut_with_a_hyphen_only(chromium: Any, tmp_path: Path, width: int) -> None:
    heads = ["", "Lokalrådsmedlemmer", "Forvaltningsmedarbejdere", "Byrådspolitikere", "Besvarelser"]
    table = html_table(heads, [[name, *["1.234"] * 4] for name in NAMES], "c")
    path = tmp_path / "tabel.html"
    path.write_text(f'<meta charset="utf-8"><style>{page_style()}</style><div class="page">{table}</div>', "utf-8")
    tab = chromium.new_page(viewport={"width": width, "height": 800})
    tab.goto(path.as_uri())
    assert tab.evaluate(CUT) == []
    assert tab.evaluate("document.querySelector('tbody th').offsetWidth") < 150  # the names had to give way
    tab.close()
