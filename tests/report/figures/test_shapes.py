"""What stands behind a figure: its order, its words, its numbers, and what must not be in it."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawn import drawings, words_of
from for_reader import plot_bars, plot_dumbbell, plot_intervals, plot_mirror, table_measures

from blupkit.core import Edition, Study, example_study, read_edition
from blupkit.disclosure import MeasureRow, SafeTable, measure_table
from blupkit.disclosure.safe_table import safe_table
from blupkit.display.tokens import GROUP_COLOURS, GROUP_MARKERS, INK, MUTED
from blupkit.report.figures.exhibits import Exhibits


def contrast(colour: str) -> float:
    """Contrast with white, as WCAG 2.1 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def rows(html: str) -> list[list[str]]:
    body = BeautifulSoup(html, "html.parser").find("tbody")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in body.find_all("tr")]


@pytest.fixture
def figures(hidden_sentinel: SafeTable, slagelse: Edition) -> Exhibits:
    return plot_dumbbell(
        hidden_sentinel,
        slagelse,
        start="Niveau",
        end="Vigtighed",
        order="Gab",
        caption="{gruppe}, {sted}",
        finding="Behovet er størst for at lytte.",
    )


def test_group_colours_and_text_can_be_seen_against_white() -> None:
    assert min(contrast(colour) for colour in GROUP_COLOURS) >= 3
    assert min(contrast(colour) for colour in (INK, MUTED)) >= 4.5
    assert len(set(GROUP_COLOURS)) == len(GROUP_COLOURS) == len(set(GROUP_MARKERS))


def test_a_dumbbell_is_one_figure_a_group_sorted_by_its_distance(figures: Exhibits) -> None:
    captions = sorted(figure.caption for figure in figures.items)
    assert captions == [
        "Byrådspolitikere, alle seks kommuner",
        "Kommunalt ansatte, Slagelse Kommune",
        "Lokalrådsmedlemmer, Slagelse Kommune",
    ]
    local = next(figure for figure in figures.items if figure.caption.startswith("Lokalråd"))
    # 4,5 - 2,5 = 2,0 and 4,0 - 3,0 = 1,0
    assert rows(local.table) == [["Lytte", "2,5", "4,5", "2,0", "40"], ["Skrive", "3,0", "4,0", "1,0", "40"]]
    assert local.finding == "Behovet er størst for at lytte"
    assert local.note == "n = 40. Skala 1-5, tegnet fra 2,5 til 4,5. »Ved ikke« og ubesvarede indgår ikke."


def test_a_hidden_item_is_last_and_only_a_dot(figures: Exhibits) -> None:
    staff = next(figure for figure in figures.items if figure.caption.startswith("Kommunalt"))
    assert rows(staff.table) == [["Skrive", "3,0", "4,0", "1,0", "12"], ["Lytte", "•", "•", "•", "•"]]
    assert "• Ikke vist" in staff.note
    assert staff.picture is not None
    assert "Lytte" not in staff.picture.title + staff.picture.desc


def test_a_hidden_value_is_nowhere_in_any_exhibit(
    figures: Exhibits, hidden_sentinel: SafeTable, slagelse: Edition
) -> None:
    shown = [
        figures,
        plot_intervals(hidden_sentinel, slagelse, measure="Vigtighed", caption="c", finding="f"),
        table_measures(hidden_sentinel, slagelse, columns=["Vigtighed"], caption="c"),
    ]
    for exhibit in shown:
        html = BeautifulSoup(exhibit._repr_html_(), "html.parser")
        words = html.get_text(" ")
        assert "3,8" not in words
        assert "3,77" not in words


def test_both_pictures_are_drawings_of_the_width_they_are_drawn_for(figures: Exhibits) -> None:
    for figure in figures.items:
        assert figure.picture is not None
        wide, narrow = drawings(figure._repr_html_())
        assert (wide.get("width"), narrow.get("width")) == ("720", "340")
        assert drawings(figure.picture.html())[0].get("viewBox") == wide.get("viewBox")


def test_a_drawing_s_own_words_tell_kind_content_and_top_values(figures: Exhibits) -> None:
    picture = next(f for f in figures.items if f.caption.startswith("Lokalråd")).picture
    assert picture.title == "Punktdiagram med to mærker pr. emne: niveau og vigtighed"
    assert picture.desc.startswith("Størst gab: Lytte (2,0)")
    for drawing in drawings(picture.html()):
        assert [drawing.findtext("title"), drawing.findtext("desc")] == [picture.title, picture.desc]


def test_what_is_as_large_as_the_last_that_is_named_is_counted_in_a_drawing_s_own_words() -> None:
    edition = read_edition(example_study(), "alle")

    def drawn(*gaps: float) -> str:
        found = [
            MeasureRow("alle", "L", f"k{place}", f"Emne {place}", measure, value, n=20, lowest=1, highest=5)
            for place, gap in enumerate(gaps)
            for measure, value in (("Niveau", 3.0), ("Vigtighed", 3 + gap), ("Gab", gap))
        ]
        table = SafeTable(measure_table(found).assign(status="vist"), min_n=5)
        shown = plot_dumbbell(
            table, edition, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="f"
        ).items[0]
        assert shown.picture is not None
        return shown.picture.desc

    # Printed with one digit, 1.04 and 0.96 are both 1,0.
    assert "Emne 1 (1,0); Emne 2 (1,0); 2 mere med samme tal." in drawn(1.5, 1.04, 1.0, 0.96, 1.0, 0.5)
    assert "mere med samme tal" not in drawn(1.5, 1.0, 0.9, 0.5)
    assert drawn(1.0, 1.0, 1.0, 1.0).startswith(
        "Størst gab: Emne 0 (1,0); Emne 1 (1,0); Emne 2 (1,0); 1 mere med samme tal."
    )


def test_a_share_of_few_is_told_as_a_count_too(shares: SafeTable, slagelse: Edition) -> None:
    [figure] = plot_bars(shares, slagelse, measure="Andel", caption="c", finding="f").items
    # half of 12 is 6, a quarter of 12 is 3
    staff = [row[-1] for row in rows(figure.table)]
    assert staff == ["50 pct. (6 af 12)", "25 pct. (3 af 12)"]


def test_the_highest_in_an_alternative_text_is_so_among_what_is_shown(
    hidden_sentinel: SafeTable, shares: SafeTable, slagelse: Edition
) -> None:
    [some] = plot_intervals(hidden_sentinel, slagelse, measure="Vigtighed", caption="c", finding="f").items
    [every] = plot_bars(shares, slagelse, measure="Andel", caption="c", finding="f").items
    assert some.picture is not None
    assert every.picture is not None
    assert some.picture.desc.startswith("Højest af dem, der vises, hos ")
    assert every.picture.desc.startswith("Højest hos ")


def test_a_mirror_shows_neither_side_when_one_is_hidden(hidden_sentinel: SafeTable, slagelse: Edition) -> None:
    frame = hidden_sentinel.frame
    two = SafeTable(frame[frame["group"].isin(["L", "A"]) & (frame["measure"] == "Vigtighed")], 5)
    [figure] = plot_mirror(two, slagelse, ends=("Helt uenig", "Helt enig"), caption="c", finding="f").items
    assert rows(figure.table)[0] == ["Lytte", "•", "•"]


def test_a_figure_leaves_its_table_alone(hidden_sentinel: SafeTable, slagelse: Edition) -> None:
    before = hidden_sentinel.frame.copy()
    plot_intervals(hidden_sentinel, slagelse, measure="Gab", caption="c", finding="f")
    assert before.equals(hidden_sentinel.frame)


def test_the_same_table_gives_the_same_bytes(hidden_sentinel: SafeTable, slagelse: Edition) -> None:
    one, two = (
        plot_intervals(hidden_sentinel, slagelse, measure="Gab", caption="c", finding="f")._repr_html_() for _ in "ab"
    )
    assert one == two


def test_text_from_a_study_cannot_become_markup(hidden_sentinel: SafeTable, slagelse: Edition) -> None:
    wicked = SafeTable(hidden_sentinel.frame.assign(label="<script>x</script>"), 5)
    html = table_measures(wicked, slagelse, columns=["Gab"], caption="c")._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.fixture
def bounded(study: Study) -> SafeTable:
    """Seven of Slagelse's employees find "lytte" important, near the end of the scale."""
    rows = [
        ("slagelse", "A", item, item.capitalize(), measure, value, value, value, n, low, high)
        for item, n, importance, level in (("lytte", 7, 4.57, 3.77), ("skrive", 7, 4.0, 3.0))
        for measure, value, low, high in (
            ("Vigtighed", importance, 1.0, 5.0),
            ("Niveau", level, 1.0, 5.0),
            ("Gab", importance - level, -4.0, 4.0),
        )
    ]
    names = ["municipality", "group", "item", "label", "measure", "value", "low", "high", "n", "lowest", "highest"]
    table = pd.DataFrame(rows, columns=names)
    bounds = pd.Series(4.5, table.index).where((table["item"] == "lytte") & (table["measure"] == "Vigtighed"))
    return safe_table(table, table["item"] == "lytte", study, bounds)


def test_a_bound_stands_in_the_table_the_drawing_and_its_words_and_is_no_value(
    bounded: SafeTable, slagelse: Edition
) -> None:
    [figure] = plot_dumbbell(
        bounded, slagelse, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="f"
    ).items
    assert rows(figure.table) == [
        ["Skrive", "3,0*", "4,0*", "1,0*", "7"],
        ["Lytte", "•", "4,5 eller højere", "•", "•"],
    ]
    assert figure.picture is not None
    for drawing in drawings(figure.picture.html()):
        assert "Vigtighed: 4,5 eller højere" in words_of(drawing)
    assert "Størst gab af dem, der vises: Skrive (1,0)." in figure.picture.desc
    assert "Kun en grænse vises for: Lytte, vigtighed (4,5 eller højere)." in figure.picture.desc
    assert "»Eller højere« og »eller lavere«: Af få besvarelser" in figure.note
    assert bounded.shown["item"].unique().tolist() == ["skrive"]
    for word in ("4,57", "4,6", "3,77", "3,8"):
        assert word not in figure._repr_html_()


def test_a_statement_with_a_bound_on_one_side_shows_it_and_not_the_other_side(
    bounded: SafeTable, slagelse: Edition
) -> None:
    one = bounded.frame[bounded.frame["measure"] == "Vigtighed"]
    other = one.assign(group="L", measure="Niveau", status="få", value=3.0, n=8)
    both = SafeTable(pd.concat([other, one], ignore_index=True), 5)
    [figure] = plot_mirror(both, slagelse, ends=("Uenig", "Enig"), caption="c", finding="f").items
    assert rows(figure.table)[0] == ["Lytte", "•", "4,5 eller højere"]


def test_a_table_of_measures_writes_a_bound(bounded: SafeTable, slagelse: Edition) -> None:
    [exhibit] = table_measures(bounded, slagelse, columns=["Vigtighed"], caption="c", intervals=["Vigtighed"]).items
    assert rows(exhibit.table)[0][:2] == ["Lytte", "4,5 eller højere"]


def test_a_label_that_reads_as_a_number_is_told_from_one_in_words(bounded: SafeTable, slagelse: Edition) -> None:
    frame = bounded.frame.assign(label=bounded.frame["label"].replace({"Skrive": "60+"}))
    table = SafeTable(frame, bounded.min_n)
    [figure] = plot_dumbbell(
        table, slagelse, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="f"
    ).items
    assert figure.picture is not None
    assert "Størst gab af dem, der vises: »60+« (1,0)." in figure.picture.desc
