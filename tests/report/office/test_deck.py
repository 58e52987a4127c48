"""An editable deck as python-pptx, the scan and a screen reader meet it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation
from pptx.util import Emu

from blupkit.core import ALL, DataError, example_study
from blupkit.report import Scan, Secrets
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, Run
from blupkit.report.office.deck import deck
from blupkit.report.office.slides import Slide, chart_of, page_slides

FIGURE = Grid(
    "Gab i hver gruppe",
    (("", "Ansatte", "Råd", "Besvarelser"), ("Søge fonde", "1,7*", "0,9 (0,5-1,3)", "12"), ("Lytte", "•", "•", "•")),
    drawn=True,
)
TABLE = Grid("Hvem svarede", (("", "Svar"), ("Ansatte", "14"), ("Råd", "–")))
BLOCKS: list[Block] = [
    Paragraph((Run("Syntetiske demodata", bold=True),), Look.BANNER),
    Heading((Run("Behov & støtte"),), 1),
    Paragraph((Run("Alle to kommuner"),), Look.LEAD),
    Heading((Run("Det korte svar"),), 2),
    Item((Run("Tre "), Run("fund", bold=True))),
    Item((Run("dybere"),), level=1),
    Heading((Run("Hvor er behovet?"),), 2),
    FIGURE,
    Paragraph((Run("Anm.: n = 12."),), Look.NOTE),
    Heading((Run("Hvor er behovet?"),), 2),
    Heading((Run("Flest ansatte svarede"),), 3),
    TABLE,
]
SLIDES = page_slides(BLOCKS)


def written(template: bytes | None = None) -> bytes:
    return deck(SLIDES, title="Behov – alle", publisher="Østhus & Søn", day=date(2022, 5, 2), template=template)


@pytest.fixture(scope="module")
def content() -> bytes:
    return written()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_section_a_figure_and_a_table_is_a_slide_each_with_a_title_of_its_own(content: bytes) -> None:
    titles = [slide.shapes.title.text for slide in Presentation(io.BytesIO(content)).slides]
    assert titles == ["Behov & støtte", "Det korte svar", "Hvor er behovet?", "Flest ansatte svarede"]
    assert [slide.title for slide in page_slides([*BLOCKS, Heading((Run("Det korte svar"),), 2)])][
        -1
    ] == "Det korte svar (2)"


def test_the_first_slide_says_that_data_are_made_up_and_of_whom_it_tells(content: bytes) -> None:
    first = Presentation(io.BytesIO(content)).slides[0]
    assert [shape.text_frame.text for shape in first.shapes] == [
        "Behov & støtte",
        "Syntetiske demodata\nAlle to kommuner",
    ]


def test_shapes_are_read_with_the_title_first_and_no_place_is_empty(content: bytes) -> None:
    for slide in Presentation(io.BytesIO(content)).slides:
        assert slide.shapes[0] == slide.shapes.title
        assert all(place.text_frame.text for place in slide.placeholders)
        assert not slide.has_notes_slide
    words = Presentation(io.BytesIO(content)).slides[1].placeholders[1].text_frame
    assert [(paragraph.text, paragraph.level) for paragraph in words.paragraphs] == [("Tre fund", 0), ("dybere", 1)]
    assert [run.font.bold for run in words.paragraphs[0].runs] == [None, True]


def test_a_chart_can_be_edited_and_holds_what_is_printed_and_nothing_more(content: bytes) -> None:
    """Of "1,7*" and "0,9 (0,5-1,3)" the numbers; what is hidden is absent, and how many answered is not drawn."""
    slide = Presentation(io.BytesIO(content)).slides[2]
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == ["Søge fonde"]
    assert [(series.name, list(series.values)) for series in chart.plots[0].series] == [
        ("Ansatte", [1.7]),
        ("Råd", [0.9]),
    ]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [[cell.value for cell in row] for row in book["Sheet1"]] == [
        [None, "Ansatte", "Råd"],
        ["Søge fonde", 1.7, 0.9],
    ]
    assert book.properties.creator in (None, "openpyxl")
    note = slide.shapes[-1].text_frame.text
    assert note.startswith("Lytte er ikke vist af hensyn til deltagernes fortrolighed")
    assert note.endswith("Anm.: n = 12.")


def test_a_table_stays_a_table(content: bytes) -> None:
    slide = Presentation(io.BytesIO(content)).slides[3]
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [list(row) for row in TABLE.rows]
    assert table.first_row


def test_a_table_of_long_words_has_the_lines_that_there_is_room_for_and_says_how_many_more_there_are() -> None:
    words = "Læringsworkshop for lokalråd og forvaltning, holdt over to gange i efteråret"
    rows = (("Forløb", "Form"), *((f"Nummer {number}", words) for number in range(12)))
    slides = [Slide("Om"), Slide("Hvad vi udbyder", grid=Grid("Udbud", rows)), Slide("Kort", grid=TABLE)]
    _, long, short = Presentation(io.BytesIO(deck(slides, title="T", publisher="P", day=date(2022, 5, 2)))).slides
    tables = [next(shape for shape in slide.shapes if shape.has_table).table for slide in (long, short)]
    shown = len(tables[0].rows) - 1
    # The words have 6.6 million units (60 per cent of 90 of a slide's width), of which a letter of 14 points takes half
    # its height (89,000): 76 letters are two lines. Of nine such rows there is no room for all in half a slide.
    assert 3 <= shown < 8
    assert f"De øvrige {12 - shown} linjer står på siden." in [
        shape.text_frame.text for shape in long.shapes if shape.has_text_frame
    ]
    assert len(tables[1].rows) == len(TABLE.rows)


def test_charts_and_tables_have_an_alternative_text_and_no_shape_an_english_name(content: bytes) -> None:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            told = shape._element.xpath(".//p:cNvPr/@descr")
            assert bool(told) == (shape.has_chart or shape.has_table)
            assert re.fullmatch(r"Titel|Indhold \d+", shape.name)
    [said] = Presentation(io.BytesIO(content)).slides[2].shapes[1]._element.xpath(".//p:cNvPr/@descr")
    assert said == "Søjlediagram. Gab i hver gruppe Ansatte, Råd. Søge fonde: 1,7, 0,9."


def test_it_is_wide_danish_and_says_who_made_it_and_when(content: bytes) -> None:
    show = Presentation(io.BytesIO(content))
    assert (show.slide_width, show.slide_height) == (Emu(12192000), Emu(6858000))
    told = show.core_properties
    assert (told.title, told.author, told.last_modified_by, told.language) == (
        "Behov – alle",
        "Østhus & Søn",
        "Østhus & Søn",
        "da-DK",
    )
    assert {told.created.date(), told.modified.date()} == {date(2022, 5, 2)}
    languages = {lang for raw in parts_of(content).values() for lang in re.findall(rb'\blang="([^"]*)"', raw)}
    assert languages == {b"da-DK"}


def test_nothing_of_the_library_s_own_is_in_it(content: bytes) -> None:
    names = set(parts_of(content))
    assert not [name for name in names if re.search(r"thumbnail|printerSettings|app\.xml|notes|viewProps", name)]
    assert b"Canny" not in b"".join(parts_of(content).values())


def test_two_processes_write_the_same_bytes(content: bytes) -> None:
    code = "import sys; sys.path.insert(0, {!r}); import test_deck; sys.stdout.buffer.write(test_deck.written())"
    run = [sys.executable, "-c", code.format(str(Path(__file__).parent))]
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        made = subprocess.run(run, capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "TZ": zone})
        assert made.stdout == content


def test_the_search_of_packages_finds_nothing_foreign_in_it(content: bytes) -> None:
    nothing = pd.DataFrame(columns=["label", "value", "low", "high", "n", "highest"])
    scan = Scan(Secrets({}, {}, nothing, {ALL: nothing}), example_study())
    assert scan.leaks("a.pptx", content, ALL) == []


def test_a_chart_takes_no_lines_of_which_nothing_may_be_shown_and_no_distance() -> None:
    grid = Grid(
        "", (("", "Niveau", "Vigtighed", "Gab"), ("a", "2,0", "3,5", "1,5"), ("b", "•", "•", "•"), ("c", "–", "4", "•"))
    )
    chart = chart_of(grid)
    assert chart is not None
    assert chart.names == ("Niveau", "Vigtighed")
    assert chart.rows == (("a", (Decimal("2.0"), Decimal("3.5"))), ("c", (None, Decimal(4))))
    assert chart.missing == ("b",)


def test_shares_say_in_the_chart_that_they_are_per_cent() -> None:
    shares = Grid("Svar", (("", "Råd"), ("Ja", "72 pct. (33 af 46)"), ("Nej", "15 af 24")), drawn=True)
    content = deck([Slide("A"), Slide("B", grid=shares)], title="A", publisher="B", day=date(2022, 5, 2))
    [chart] = [shape.chart for shape in Presentation(io.BytesIO(content)).slides[1].shapes if shape.has_chart]
    assert list(chart.plots[0].categories) == ["Ja"]  # counts are no shares, and stand on the page
    assert chart.plots[0].data_labels.number_format == '0" pct."'
    # "72.0" would be more exact than what was printed, and a package that holds it is refused.
    values = chart._chartSpace.xpath("//c:val//c:v/text()")
    assert values == ["72"]


def test_words_that_do_not_fit_go_on_and_a_quote_keeps_who_said_it() -> None:
    quote = Paragraph((Run("»" + "x" * 150 + "«"),), Look.QUOTE)
    who = Paragraph((Run("Kommunalt ansat"),))
    _, *slides = page_slides([Heading((Run("T"),), 1), Heading((Run("Stemmer"),), 2), *[quote, who] * 3])
    assert [(slide.title, len(slide.words)) for slide in slides] == [("Stemmer", 4), ("Stemmer (2)", 2)]


# The look of whoever shows the slides.


def template(*, titled: bool = True) -> bytes:
    """What a municipality may send: 4:3, in another order, with slides, notes, and somebody's name."""
    show = Presentation()
    show.core_properties.author = "Birthe Bækmark"
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = "Birthes gamle dias"
    slide.notes_slide.notes_text_frame.text = "Birthes noter"
    if not titled:
        for layout in show.slide_layouts:
            for place in list(layout.placeholders):
                place.element.getparent().remove(place.element)
    buffer = io.BytesIO()
    show.save(buffer)
    return buffer.getvalue()


def test_a_template_gives_its_look_and_none_of_its_words() -> None:
    content = written(template())
    show = Presentation(io.BytesIO(content))
    assert [slide.shapes.title.text for slide in show.slides] == [slide.title for slide in SLIDES]
    assert show.slide_width == Emu(9144000)
    assert b"Birthe" not in b"".join(parts_of(content).values())
    assert not [name for name in parts_of(content) if "notes" in name]


def test_a_template_s_layouts_are_chosen_by_what_they_have_whatever_they_are_called() -> None:
    """The template of a Danish PowerPoint: its layouts have Danish names, and stand in another order."""
    show = Presentation()
    danish = ("Titeldias", "Titel og indhold", "Afsnitsoverskrift", "To indholdsobjekter", "Sammenligning", "Kun titel")
    for layout, name in zip(show.slide_layouts, danish, strict=False):
        layout.name = name
    listed = show.slide_master._element.sldLayoutIdLst
    for entry in list(listed)[::-1]:
        listed.append(entry)
    buffer = io.BytesIO()
    show.save(buffer)
    made = Presentation(io.BytesIO(written(buffer.getvalue())))
    assert [slide.slide_layout.name for slide in made.slides] == [
        "Titeldias", "Titel og indhold", "Kun titel", "Kun titel",
    ]  # fmt: skip
    assert [slide.shapes.title.text for slide in made.slides] == [slide.title for slide in SLIDES]
    assert made.slides[1].placeholders[1].text_frame.paragraphs[0].text == "Tre fund"


def test_names_that_look_like_dates_times_numbers_and_formulas_stay_what_they_are() -> None:
    """Categories that are dates lose their hour in python-pptx, and "=1+1" would be a formula in the workbook."""
    names = ["9.30", "14:00", "1-3", "04.03.2026", "=1+1"]
    lines = [*((name, "1,5", "2,5") for name in names[:4]), (names[4], "–", "2,5")]
    grid = Grid("Svar", (("", "Råd", "Ansatte"), *lines), drawn=True)
    content = deck([Slide("A"), Slide("B", grid=grid)], title="A", publisher="B", day=date(2022, 5, 2))
    [chart] = [shape.chart for shape in Presentation(io.BytesIO(content)).slides[1].shapes if shape.has_chart]
    assert chart._chartSpace.xpath("//c:ser[1]/c:cat//c:v/text()") == names
    assert chart._chartSpace.xpath("//c:cat/c:numRef") == []
    assert list(chart.plots[0].series[0].values) == [1.5, 1.5, 1.5, 1.5, None]  # what is not known is a gap
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))["Sheet1"]
    assert [(cell.value.removeprefix("'"), cell.data_type) for cell in book["A"][1:]] == [(n, "s") for n in names]


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"Hej", "en fil, der ikke kan åbnes som PowerPoint"),
        (template(titled=False), "en skabelon, hvor intet layout har en titel"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_in_danish(raw: bytes, found: str) -> None:
    with pytest.raises(DataError, match=found):
        written(raw)


def test_a_slide_may_be_a_title_alone() -> None:
    content = deck([Slide("A"), Slide("B")], title="A", publisher="B", day=date(2022, 5, 2))
    assert [len(slide.shapes) for slide in Presentation(io.BytesIO(content)).slides] == [1, 1]
