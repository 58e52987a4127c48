"""A picture of each kind of figure beside one that was looked at: on a desktop, a telephone, in the dark, on paper.

`BLUPKIT_GODKEND=1 python -m pytest tests/report/figures/test_approved.py` takes them anew: look at each before it is
committed.
"""

from __future__ import annotations

import io
import os
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from drawn import FACES
from for_reader import plot_bars, plot_dumbbell, plot_intervals, plot_mirror
from PIL import Image
from playwright.sync_api import sync_playwright
from support import suppress

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, spoken
from blupkit.report import plot_matrix, plot_multiples
from blupkit.report.figures.exhibits import Exhibits
from blupkit.report.figures.style import page_style
from blupkit.report.pages.frame import without_style

APPROVED = Path(__file__).parent / "approved"
#: Pictures are compared by the mean colour of squares of so many pixels, in parts of all that a colour can differ.
SQUARE = 8
#: Between what another way of drawing letters makes (0.07 at most) and the least fault below (0.18).
BOUND = 0.12
LOOKS = {
    "bred": {"width": 760, "color_scheme": "light", "media": "screen"},
    "smal": {"width": 390, "color_scheme": "light", "media": "screen"},
    "moerk": {"width": 760, "color_scheme": "dark", "media": "screen"},
    "papir": {"width": 672, "color_scheme": "light", "media": "print"},
}
LABELS = (
    *("Søge fonde og puljer", "Kende vejen fra idé til beslutning", "Nå borgere, der sjældent deltager", "Lytte"),
    *("Rekruttere og fastholde frivillige", "Være bindeled til kommunen", "Holde møder", "Håndtere uenighed"),
    *("Gøre mit mandat tydeligt", "Evaluere og lære af erfaringer", "Facilitere større processer", "Følge op"),
)
GROUPS = {"L": 40, "P": 9, "A": 12}


def rows(study: Study, measures: dict[str, Callable[[int, int], float]], low: float, high: float) -> pd.DataFrame:
    """Numbers of every group and municipality, the same in each: a function of the item's place and the group's."""
    made = [
        (
            place,
            group,
            f"k{item:02}",
            label,
            measure,
            value(item, at),
            np.nan,
            np.nan,
            n * (6 if place == "alle" else 1),
        )
        for place in ["alle", *(one.slug for one in study.municipalities)]
        for at, (group, n) in enumerate(GROUPS.items())
        for item, label in enumerate(LABELS)
        for measure, value in measures.items()
    ]
    return pd.DataFrame([(*row, low, high) for row in made], columns=MEASURE_COLUMNS)


def needs(study: Study) -> pd.DataFrame:
    ends = {
        "Niveau": lambda item, at: 2.6 + item / 10 + at / 5,
        "Vigtighed": lambda item, at: 4.4 - item / 20 + at / 10,
    }
    gap = {"Gab": lambda item, at: ends["Vigtighed"](item, at) - ends["Niveau"](item, at)}
    return pd.concat([rows(study, ends, 1, 5), rows(study, gap, -4, 4)], ignore_index=True)


def beside(table: SafeTable) -> SafeTable:
    frame = table.frame[(table.frame["municipality"] == "alle") & (table.frame["group"] != "P")]
    return SafeTable(frame.assign(value=frame["value"] - 0.15), table.min_n)


def dumbbell(study: Study, edition: Edition) -> Exhibits:
    table = suppress(needs(study), study)
    how = {"start": "Niveau", "end": "Vigtighed", "order": "Gab", "beside": beside(table)}
    return plot_dumbbell(table, edition, caption="c", finding="f", **how)


def intervals(study: Study, edition: Edition) -> Exhibits:
    gaps = needs(study).query("measure == 'Gab' and item < 'k06'").copy()
    gaps["low"], gaps["high"] = gaps["value"] - 0.3, gaps["value"] + 0.4
    table = suppress(gaps, study)
    return plot_intervals(table, edition, measure="Gab", caption="c", finding="f", beside=beside(table))


def bars(study: Study, edition: Edition) -> Exhibits:
    shares = rows(study, {"Andel": lambda item, at: 75.0 - 12.5 * item + 25 * (at == 1)}, 0, 100).query("item < 'k05'")
    return plot_bars(suppress(shares, study), edition, measure="Andel", caption="c", finding="f")


def mirror(study: Study, edition: Edition) -> Exhibits:
    both = rows(study, {"Om hinanden": lambda item, at: 2.4 + item / 4 - at * (item - 3) / 4}, 1, 5)
    table = suppress(both.query("group != 'P' and item < 'k07'"), study)
    how = {"ends": ("Helt uenig", "Helt enig"), "beside": beside(table)}
    return plot_mirror(table, edition, caption="c", finding="f", **how)


def matrix(study: Study, edition: Edition) -> Exhibits:
    counted = [
        ("alle", group, label, label, "Ture", value, np.nan, np.nan, whole, 0.0, float(whole))
        for group, whole, values in (("L", 412, (68.0, 99.0, 5.0)), ("A", 290, (64.0, 57.0, 41.0)))
        for label, value in zip(LABELS, values, strict=False)
    ]
    table = spoken(pd.DataFrame(counted, columns=MEASURE_COLUMNS), study)
    return plot_matrix(table, edition, measure="Ture", caption="c", finding="f", source="s")


def multiples(study: Study, edition: Edition) -> Exhibits:
    table = needs(study).query("measure == 'Gab' and group == 'L' and item < 'k04'").copy()
    places = {one.slug: at / 10 for at, one in enumerate(study.municipalities)}
    table["value"] += table["municipality"].map(places).fillna(0.2)
    safe = replace(suppress(table, study), everybody=True)
    return plot_multiples(safe, read_edition(study, "alle"), measure="Gab", caption="c", finding="f")


KINDS = {made.__name__: made for made in (dumbbell, intervals, bars, mirror, matrix, multiples)}


@pytest.fixture(scope="module")
def launch() -> Iterator[Callable[..., Any]]:
    """Gives a tab of the browser that draws its letters in a way; each is begun once."""
    place = shutil.which("chromium")
    if place is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as engine:

        @cache
        def tab_of(*how: str) -> Any:
            return engine.chromium.launch(
                executable_path=place, args=["--no-sandbox", "--disable-gpu", *how]
            ).new_page()

        yield tab_of


@pytest.fixture(scope="module")
def tab(launch: Callable[..., Any]) -> Any:
    return launch()


def page_of(exhibits: Exhibits) -> str:
    """The first figure as a page shows it, in a typeface that is the same on every machine: matplotlib brings it."""
    faces = "".join(
        f"@font-face{{font-family:Prøve;font-weight:{weight};src:url(data:font/ttf;base64,"
        f"{b64encode((FACES / file).read_bytes()).decode()})}}"
        for weight, file in ((400, "DejaVuSans.ttf"), (700, "DejaVuSans-Bold.ttf"))
    )
    figure = without_style(exhibits.items[0]._repr_html_())
    return (
        f'<!DOCTYPE html><html lang="da"><meta charset="utf-8"><style>{page_style()}\n{faces}'
        f".chart{{font-family:Prøve}}body{{margin:8px}}</style>{figure}</html>"
    )


def taken(tab: Any, html: str, look: str) -> Image.Image:
    """The drawing that is shown, as a picture."""
    how = LOOKS[look]
    tab.set_viewport_size({"width": how["width"], "height": 900})
    tab.emulate_media(media=how["media"], color_scheme=how["color_scheme"])
    tab.set_content(html)
    tab.evaluate("document.fonts.ready.then(() => 0)")
    [shown] = [svg for svg in tab.query_selector_all("figure > svg") if svg.is_visible()]
    return Image.open(io.BytesIO(shown.screenshot())).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far the mean colours of the squares that differ most lie apart, from 0 to 1; another size is all there is."""
    if one.size != other.size:
        return 1.0
    small = (one.width // SQUARE, one.height // SQUARE)
    first, second = (np.asarray(image.resize(small, Image.Resampling.BOX), dtype=float) for image in (one, other))
    return float(np.abs(first - second).max() / 255)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_looks_as_the_one_that_was_approved(
    tab: Any, study: Study, slagelse: Edition, kind: str, look: str
) -> None:
    image = taken(tab, page_of(KINDS[kind](study, slagelse)), look)
    path = APPROVED / f"{kind}-{look}.png"
    if os.environ.get("BLUPKIT_GODKEND"):
        image.quantize(160).save(path, optimize=True)
    assert difference(image, Image.open(path).convert("RGB")) < BOUND


#: What is drawn wrong on purpose: what stands in the drawing, and what stands there instead. A digit that is another
#: one is too little for the eye, and is read in `test_shapes.py`.
FAULTS = {
    "a mark stands elsewhere": ('class="d g1"', 'class="d g1" transform="translate(12)"'),
    "a mark has another colour": ('class="d g1"', 'class="d g2"'),
    "a mark is not filled": ('class="d g1"', 'class="h g1"'),
    "a mark is missing": ('class="d m"', 'class="d m" visibility="hidden"'),
    "a label is missing": (">Være bindeled til kommunen<", "><"),
    "a number is missing": (">1,8<", "><"),
    "the line between two marks is missing": ('class="j k"', 'class="j k" visibility="hidden"'),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(tab: Any, study: Study, slagelse: Edition, fault: str) -> None:
    right = page_of(dumbbell(study, slagelse))
    wide, end, others = right.partition("</svg>")
    old, new = FAULTS[fault]
    before, found, after = wide.rpartition(old)  # the last one: the first stands in the legend
    assert found
    wrong = taken(tab, "".join((before, new, after, end, others)), "bred")
    assert difference(taken(tab, right, "bred"), wrong) > BOUND


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hinting", ["none", "full"])
def test_another_way_of_drawing_letters_is_no_fault(
    launch: Callable[..., Any], study: Study, slagelse: Edition, kind: str, hinting: str
) -> None:
    tab = launch(f"--font-render-hinting={hinting}", "--disable-lcd-text", "--disable-font-subpixel-positioning")
    image = taken(tab, page_of(KINDS[kind](study, slagelse)), "bred")
    assert difference(image, Image.open(APPROVED / f"{kind}-bred.png").convert("RGB")) < BOUND
