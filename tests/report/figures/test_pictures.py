"""The drawings themselves: their size, their weight, and that no text is cut or runs into another."""

from pathlib import Path
from typing import Any

import pytest
from drawn import Box, boxes, drawings, marks, unreadable, unreadable_at
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from blupkit.display.tokens import GROUP_COLOURS, NARROW, WIDE, Layout
from blupkit.report.figures.charts import Mark, RowChart, draw_rows
from blupkit.report.figures.hyphenation import LETTER, wrap
from blupkit.report.figures.matrix import draw_grid
from blupkit.report.figures.svg import Sheet, draw_both

#: Labels as long as those of a real questionnaire.
LABELS = [
    "At søge midler fra fonde og puljer",
    "At inddrage borgerne i lokalsamfundet",
    "At samarbejde med forvaltningen om udviklingsplaner",
    "At rekruttere frivillige",
    "At kommunikere, så også de unge hører det",
    "At lede møder og samle op på beslutninger",
]
WORDS = [
    *["at", "og", "i", "på", "med", "om", "til", "en", "illegal", "Ærøskøbing"],
    *["lokalsamfund", "kommunalbestyrelse", "udviklingsplan", "mødeledelse", "frivillige", "Landdistriktspolitik"],
    *["brugerundersøgelse", "medborgerskab", "hjemmeside", "økonomi"],
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
BOTH = pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])


def dumbbells(labels: list[str], **more: Any) -> RowChart:
    blue = GROUP_COLOURS[0]
    return RowChart(
        labels=labels,
        marks=[
            Mark(row, value, blue, "o", hollow=hollow)
            for row in range(len(labels))
            for value, hollow in ((1.0 + row / 10, True), (4.5, False))
        ],
        scale=(1.0, 5.0),
        legend=[("Nuværende niveau", blue, "o", True), ("Vigtighed", blue, "o", False)],
        linked=True,
        right=["2,0*"] * len(labels),
        right_head="Gab",
        **more,
    )


def drawn(sheet: Sheet) -> etree._Element:
    return etree.fromstring(sheet.svg())


def extents(sheet: Sheet) -> list[tuple[str, Box]]:
    return list(boxes(drawn(sheet)))


def test_both_widths_are_drawn_at_their_own_width() -> None:
    picture = draw_both(lambda layout: draw_rows(dumbbells(LABELS), layout), "Behov", "Størst: møder")
    wide, narrow = drawings(picture.html())
    assert (wide.get("width"), wide.get("viewBox")) == ("720", f"0 0 720 {wide.get('height')}")
    assert (narrow.get("width"), narrow.get("viewBox")) == ("340", f"0 0 340 {narrow.get('height')}")
    assert [drawing.get("class") for drawing in (wide, narrow)] == ["chart wide", "chart narrow"]


def test_a_drawing_says_what_it_is_and_what_it_shows_first() -> None:
    picture = draw_both(lambda layout: draw_rows(dumbbells(LABELS), layout), "Behov & mere", "Størst: <møder>")
    for drawing in drawings(picture.html()):
        assert drawing.get("role") == "img"
        assert [(part.tag, part.text) for part in drawing[:2]] == [
            ("title", "Behov & mere"),
            ("desc", "Størst: <møder>"),
        ]


@BOTH
def test_a_figure_of_24_items_weighs_less_than_8_kilobytes_and_loads_nothing(layout: Layout) -> None:
    svg = draw_rows(dumbbells(LABELS * 4), layout).svg()
    assert 4_000 < len(svg) < 8_000
    assert "href" not in svg
    assert "url(" not in svg


def test_the_same_drawing_gives_the_same_text() -> None:
    first, second = (draw_rows(dumbbells(LABELS), WIDE).svg() for _ in range(2))
    assert first == second


def test_what_is_written_in_a_label_is_text_and_nothing_else() -> None:
    drawing = drawn(draw_rows(dumbbells(["<script>alert(1)</script> & »mere«"]), WIDE))
    assert {part.tag for part in drawing.iter()} <= {"svg", "title", "desc", "text", "tspan", "path", "circle"}
    assert "<script>" in " ".join(drawing.itertext())


@BOTH
def test_no_text_of_a_dumbbell_is_cut_or_runs_into_another(layout: Layout) -> None:
    sheet = draw_rows(dumbbells([f"{label} og meget mere, som er svært" for label in LABELS]), layout)
    assert len(extents(sheet)) > len(LABELS) * 2
    assert unreadable(sheet) == []


@BOTH
def test_the_ends_of_a_mirror_s_scale_stand_free(layout: Layout) -> None:
    chart = dumbbells(LABELS, ends=("← Helt uenig", "Helt enig →"))._replace(right_head="Forskel", scale=(2.5, 4.5))
    sheet = draw_rows(chart, layout)
    assert {"← Helt uenig", "Helt enig →", "4,5", "Forskel"} <= {words for words, _ in extents(sheet)}
    assert unreadable(sheet) == []


@BOTH
def test_full_bars_keep_their_numbers_inside_the_picture(layout: Layout) -> None:
    names = ("Lokalrådsmedlemmer", "Kommunalbestyrelsesmedlemmer i alle seks kommuner", "Kommunalt ansatte")
    chart = RowChart(
        labels=LABELS[:3],
        marks=[
            Mark(row, value, GROUP_COLOURS[lane], "o", text=f"{value:.0f}*", lane=lane, lanes=3)
            for row in range(3)
            for lane, value in enumerate((100.0, 0.0, 55.0))
        ],
        scale=(0.0, 100.0),
        legend=[(name, GROUP_COLOURS[lane], "o", False) for lane, name in enumerate(names)],
        bars=True,
        unit=" pct.",
    )
    sheet = draw_rows(chart, layout)
    assert [words for words, _ in extents(sheet)].count("100*") == 3
    assert unreadable(sheet) == []


@BOTH
@pytest.mark.parametrize("columns", [["Indsatsen", "Ønsker", "Barrierer"], ["Fokusgruppe 1", "Fokusgruppe 2"]])
def test_no_text_of_a_grid_is_cut_or_runs_into_another(layout: Layout, columns: list[str]) -> None:
    counts = [[0.0, 3.0, 1234.0][: len(columns)], [float("nan"), 40.0, 7.0][: len(columns)]]
    sheet = draw_grid(LABELS[:2], columns, counts, [GROUP_COLOURS[0]] * len(columns), layout)
    assert {"•", "3"} <= {words for words, _ in extents(sheet)}
    assert unreadable(sheet) == []


@BOTH
def test_large_numbers_of_many_columns_stay_inside_a_grid_and_off_its_discs(layout: Layout) -> None:
    # Six themes beside each other, all at their most: the last number used to reach over a telephone's edge.
    columns = [f"Tema {number}" for number in range(1, 7)]
    sheet = draw_grid(LABELS[:1], columns, [[131.0] * 6], [GROUP_COLOURS[0]] * 6, layout)
    assert unreadable(sheet) == []
    discs = [float(disc.get("cx")) - float(disc.get("r")) for disc in drawn(sheet).iterfind("circle")]
    numbers = [box for words, box in extents(sheet) if words == "131"]
    assert len(discs) == len(numbers) == 6
    assert all(box.x1 < left for box, left in zip(numbers, discs[1:], strict=False))


@BOTH
def test_the_groups_names_stand_apart_over_a_grid(layout: Layout) -> None:
    names = ["Lokalrådsmedlemmer", "Kommunalbestyrelsesmedlemmer", "Kommunalt ansatte"]
    sheet = draw_grid(LABELS[:1], names, [[1.0, 2.0, 3.0]], list(GROUP_COLOURS[:3]), layout)
    assert unreadable(sheet) == []


@given(text=SENTENCES, pixels=st.integers(60, 340), size=st.sampled_from([12, 14]))
def test_wrapping_keeps_every_word_whole_and_fills_no_line_with_more_letters_than_fit(
    text: str, pixels: int, size: int
) -> None:
    lines = wrap(text, pixels, size)
    room = max(8, int(pixels / (size * LETTER)))
    assert " ".join(lines) == text
    assert all(len(line) <= room for line in lines if " " in line)


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 100, 14) == [""]


@pytest.mark.parametrize(
    "layout",
    [
        WIDE,
        NARROW,
    ],
    ids=["wide", "narrow"],
)
@settings(max_examples=25, deadline=None)
@given(labels=st.lists(SENTENCES, min_size=1, max_size=3))
@example(labels=["med med kommunalbestyrelse økonomi"])
def test_no_label_reaches_the_marks_or_the_edge(layout: Layout, labels: list[str]) -> None:
    sheet = draw_rows(dumbbells(labels), layout)
    # A label column's marks begin 12 pixels to its right; a label over its row may use the whole width.
    edge = layout.label + 12 - 4 if layout.label else layout.width
    column = [(words, box) for words, box in extents(sheet) if set(words.split()) <= set(WORDS)]
    assert " ".join(words for words, _ in column) == " ".join(labels)
    assert [(words, box.x1) for words, box in column if box.x1 > edge] == []


def test_a_star_of_few_answers_is_drawn_where_there_is_no_interval() -> None:
    chart = RowChart(["Lytte"], [Mark(0, 2.0, GROUP_COLOURS[0], "o", text="*")], (0.0, 4.0))
    assert "*" in {words for words, _ in extents(draw_rows(chart, WIDE))}


def test_no_text_of_the_demo_s_drawings_is_cut(demo_pages: Path) -> None:
    found = [drawing for page in sorted(demo_pages.glob("*/*.html")) for drawing in drawings(page.read_text("utf-8"))]
    assert len(found) > 100
    cut = [
        words
        for drawing in found
        for words, box in boxes(drawing)
        if box.x0 < -2 or box.x1 > float(drawing.get("width")) + 1
    ]
    assert cut == []


def test_no_text_of_the_demo_s_drawings_is_cut_or_runs_into_another_on_paper(demo_pages: Path) -> None:
    pages = sorted(demo_pages.rglob("*.html"))
    wide = [
        drawing for page in pages for drawing in drawings(page.read_text("utf-8")) if "wide" in drawing.get("class")
    ]
    assert len(wide) > 100
    # A head that does not fit is written smaller, and would be too small on paper.
    assert [text.text for drawing in wide for text in drawing.iterfind(".//*[@font-size]")] == []
    assert [said for drawing in wide for said in unreadable_at(drawing, WIDE.printed)] == []


@BOTH
def test_a_compound_that_no_line_holds_is_cut_where_danish_allows_it(layout: Layout) -> None:
    long = ["landdistriktsudviklingskoordinatornetværksmøder", "kommunalbestyrelsesmedlemmer", "At søge"]
    sheet = draw_rows(dumbbells(long), layout)
    assert unreadable(sheet) == []
    words = [words for words, _ in extents(sheet)]
    assert "koordinatornetværksmøder" in words or "koordinator-" in words


def test_a_number_stands_clear_of_the_quiet_mark_of_all_municipalities(demo_pages: Path) -> None:
    pages = sorted(demo_pages.glob("*/02_behovsanalyse.html"))
    near, quiet = [], 0
    for drawing in (drawing for page in pages for drawing in drawings(page.read_text("utf-8"))):
        small = [mark for mark in marks(drawing) if (mark.kind, mark.ink) == ("d", "muted")]
        quiet += len(small)
        numbers = [(words, box) for words, box in boxes(drawing) if words.replace(",", "").isdigit()]
        near += [
            (words, mark)
            for words, box in numbers
            for mark in small
            if box.x0 - 4 < mark.x[0] < box.x1 + 4 and box.y0 - 5 < mark.y < box.y1 + 5
        ]
    assert quiet > 100
    assert near == []


def test_a_stroke_tells_no_more_than_the_number_that_is_printed() -> None:
    def placed(value: float, low: float, high: float) -> str:
        mark = Mark(0, value, GROUP_COLOURS[0], "o", low=low, high=high)
        return draw_rows(RowChart(["Lytte"], [mark], (1.0, 5.0), decimals=1), WIDE).svg()

    assert placed(2.625, 2.04, 3.26) == placed(2.6, 2.0, 3.3)
    assert placed(2.7, 2.0, 3.3) != placed(2.6, 2.0, 3.3)
