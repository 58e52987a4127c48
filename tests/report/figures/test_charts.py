"""The numbers that a chart is drawn from: order, marks, what stands for a hidden number, and every group's look."""

import re
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from drawn import drawings, words_of
from for_reader import plot_bars, plot_dumbbell, plot_intervals, plot_mirror
from support import suppress, unbroken

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, spoken
from blupkit.display.tokens import GROUP_COLOURS, GROUP_MARKERS, LIGHT, MUTED, WIDE, Layout
from blupkit.report import plot_matrix
from blupkit.report.figures.charts import RowChart
from blupkit.report.figures.exhibits import Exhibits
from blupkit.report.figures.svg import Sheet

#: A number that nothing else in a table can be.
SECRET = 3.77777
#: group, item, label, measure, value, answers in each municipality, lowest, highest
Row = tuple[str, str, str, str, float, int, float, float]

NEEDS: list[Row] = [
    (group, item, label, measure, value, n, low, high)
    for group, n in (("L", 40), ("P", 7), ("A", 12))
    for item, label, importance, level in (
        ("k1", "Lytte", 4.0, 3.5),  # gab 0,5
        ("k2", "Søge fonde", 4.5, 2.5),  # gab 2,0
        ("k3", "Holde møder", 4.2, 3.0),  # gab 1,2
    )
    for measure, value, low, high in (
        ("Niveau", level, 1.0, 5.0),
        ("Vigtighed", importance, 1.0, 5.0),
        ("Gab", round(importance - level, 1), -4.0, 4.0),
    )
]
GAPS = [row for row in NEEDS if row[3] == "Gab"]
SHARES: list[Row] = [
    ("L", "s1", "Aften", "Andel", 25.0, 40, 0.0, 100.0),
    ("L", "s2", "Online", "Andel", 50.0, 40, 0.0, 100.0),
    ("P", "s1", "Aften", "Andel", 25.0, 8, 0.0, 100.0),
    ("P", "s2", "Online", "Andel", 75.0, 8, 0.0, 100.0),
    ("A", "s1", "Aften", "Andel", 58.3333, 12, 0.0, 100.0),
]
STATEMENTS = ("Er åbne", "Er grundige", "Lytter")
MIRROR: list[Row] = [
    (group, f"u{index}", STATEMENTS[index], measure, value, 20, 1.0, 5.0)
    for group, measure, values in (("L", "Om forvaltningen", (2.5, 3.1, 4.0)), ("A", "Om lokalrådene", (3.5, 3.3, 2.4)))
    for index, value in enumerate(values)
]


def everywhere(study: Study, rows: Sequence[Row]) -> pd.DataFrame:
    """Say the same of every municipality, and six times as many answers of all of them."""
    places = ["alle", *[municipality.slug for municipality in study.municipalities]]
    return pd.DataFrame(
        [
            (
                place,
                group,
                item,
                label,
                measure,
                value,
                value - 0.2,
                value + 0.2,
                n * (6 if place == "alle" else 1),
                *ends,
            )
            for place in places
            for group, item, label, measure, value, n, *ends in rows
        ],
        columns=MEASURE_COLUMNS,
    )


def with_secret(table: pd.DataFrame, group: str, item: str) -> pd.DataFrame:
    """Let three people in Slagelse give the secret number to one item."""
    here = (table["municipality"] == "slagelse") & (table["group"] == group) & (table["item"] == item)
    return table.assign(n=table["n"].mask(here, 3), value=table["value"].mask(here, SECRET))


@pytest.fixture
def charts(monkeypatch: pytest.MonkeyPatch) -> list[RowChart]:
    """What the row charts were drawn from, each of them once."""
    seen: list[RowChart] = []

    def draw(chart: RowChart, layout: Layout) -> Sheet:
        if chart not in seen:
            seen.append(chart)
        return Sheet(layout, 100)

    for shape in ("rows", "mirror"):
        monkeypatch.setattr(f"blupkit.report.figures.{shape}.draw_rows", draw)
    return seen


def dumbbell(table: SafeTable, edition: Edition) -> Exhibits:
    return plot_dumbbell(
        table, edition, start="Niveau", end="Vigtighed", order="Gab", caption="Behov, {gruppe}, {sted}", finding="Fund"
    )


def intervals(table: SafeTable, edition: Edition) -> Exhibits:
    return plot_intervals(table, edition, measure="Gab", caption="{sted}: gab{gruppe}", finding="Fund")


def bars(table: SafeTable, edition: Edition) -> Exhibits:
    return plot_bars(table, edition, measure="Andel", caption="c", finding="Fund")


def mirror(table: SafeTable, edition: Edition) -> Exhibits:
    return plot_mirror(table, edition, ends=("Helt uenig", "Helt enig"), caption="c", finding="Fund")


#: What is plotted, which cell of it is hidden, and how.
PLOTS: dict[str, tuple[list[Row], str, str, Callable[[SafeTable, Edition], Exhibits]]] = {
    "dumbbell": (NEEDS, "A", "k2", dumbbell),
    "intervals": (GAPS, "A", "k2", intervals),
    "bars": (SHARES, "L", "s1", bars),
    "mirror": (MIRROR, "A", "u0", mirror),
}


def test_a_dumbbell_is_drawn_with_the_largest_distance_first(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    dumbbell(suppress(everywhere(study, NEEDS), study), slagelse)
    local = charts[0]
    assert local.labels == ["Søge fonde", "Holde møder", "Lytte"]
    assert local.right == ["2,0", "1,2", "0,5"]
    assert [(mark.row, mark.value, mark.hollow) for mark in local.marks] == [
        (0, 2.5, True),
        (0, 4.5, False),
        (1, 3.0, True),
        (1, 4.2, False),
        (2, 3.5, True),
        (2, 4.0, False),
    ]
    # The axis begins at the least that is drawn, 2,5, and ends at the most, 4,5; it is the same for all groups.
    assert {chart.scale for chart in charts} == {(2.5, 4.5)}
    assert (local.linked, local.right_head) == (True, "Gab")


def test_an_item_that_is_hidden_comes_last_as_a_dot_without_a_mark(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    dumbbell(suppress(with_secret(everywhere(study, NEEDS), "A", "k2"), study), slagelse)
    staff = charts[2]
    assert staff.labels == ["Holde møder", "Lytte", "Søge fonde"]
    assert staff.right == ["1,2", "0,5", "•"]
    assert {mark.row for mark in staff.marks} == {0, 1}


def test_a_number_of_few_answers_has_a_star_and_its_note(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    # A little from the end of the scale, where a bound would stand.
    few = [(*row[:4], row[4] - 0.1 * (row[3] != "Gab"), 7, *row[6:]) for row in NEEDS if row[0] == "L"]
    [exhibit] = dumbbell(suppress(everywhere(study, few), study), slagelse).items
    assert charts[0].right == ["2,0*", "1,2*", "0,5*"]
    assert ">2,0*</td>" in exhibit.table
    assert exhibit.note.endswith("* Kun få har svaret, så tallet er usikkert.")


@pytest.mark.parametrize("place", ["slagelse", "kerteminde", "alle"])
def test_a_group_has_one_colour_and_one_marker_in_every_edition(
    study: Study, charts: list[RowChart], place: str
) -> None:
    dumbbell(suppress(everywhere(study, NEEDS), study), read_edition(study, place))
    looks = [{(mark.colour, mark.marker) for mark in chart.marks} for chart in charts]
    assert looks == [{(GROUP_COLOURS[index], GROUP_MARKERS[index])} for index in range(3)]


def test_a_group_keeps_its_look_where_the_others_are_missing(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    dumbbell(suppress(everywhere(study, [row for row in NEEDS if row[0] == "A"]), study), slagelse)
    assert {(mark.colour, mark.marker) for mark in charts[0].marks} == {(GROUP_COLOURS[2], GROUP_MARKERS[2])}


def test_bars_tell_shares_with_their_counts_and_who_was_not_asked(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    [exhibit] = bars(suppress(everywhere(study, SHARES), study), slagelse).items
    [chart] = charts
    # Online: (50 + 75) / 2 = 62,5; Aften: (25 + 25 + 58,3333) / 3 = 36,1
    assert chart.labels == ["Online", "Aften"]
    assert (chart.bars, chart.unit, chart.scale) == (
        True,
        " pct.",
        (0.0, 75.0),
    )  # from 0, to the quarter that holds the largest
    # 58,3333 pct. of 12 is 7; of P all 48 are counted: 25 pct. is 12
    assert "58 pct. (7 af 12)" in exhibit.table
    assert "25 pct. (12 af 48)" in exhibit.table
    assert exhibit.table.count("ikke stillet") == 1
    assert {mark.text for mark in chart.marks if mark.row == 0} == {"50", "75"}


def test_a_bar_that_is_hidden_is_a_dot_without_a_marker(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    [exhibit] = bars(suppress(with_secret(everywhere(study, SHARES), "L", "s1"), study), slagelse).items
    [dot] = [mark for mark in charts[0].marks if mark.text == "•"]
    assert (dot.marker, dot.value, charts[0].labels[dot.row], dot.lane) == ("", 0.0, "Aften", 0)
    assert "<td>•</td>" in exhibit.table


def test_a_group_that_shows_nothing_is_named_in_the_note_and_not_drawn(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    [exhibit] = bars(suppress(with_secret(everywhere(study, SHARES), "A", "s1"), study), slagelse).items
    assert {mark.lanes for mark in charts[0].marks} == {2}
    assert [entry[0] for entry in charts[0].legend] == ["Lokalrådsmedlemmer", "Byrådspolitikere i alle seks kommuner"]
    assert "•" not in exhibit._repr_html_()
    assert all(abs(mark.value - SECRET) > 0.01 for mark in charts[0].marks)
    assert not re.search(r"3[.,]7|3[.,]8", exhibit._repr_html_())
    assert exhibit.note.endswith(
        "Kommunalt ansatte er ikke vist af hensyn til deltagernes fortrolighed: Svarene er for få, eller tallet kunne"
        " røbe,"
        " hvad nogen har svaret."
    )


def test_intervals_are_drawn_on_an_axis_that_holds_them(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    table = everywhere(study, GAPS)
    table["low"] = table["value"] - 0.8  # the least is 0,5 - 0,8 = -0,3: the axis begins at -0,5
    intervals(suppress(table, study), slagelse)
    [chart] = charts
    assert chart.scale == (-0.5, 2.5)  # the highest is 2,0 + 0,2 = 2,2
    assert chart.zero
    assert all(mark.low < mark.value < mark.high for mark in chart.marks)


def test_a_mirror_hides_both_sides_when_one_is_hidden(study: Study, slagelse: Edition, charts: list[RowChart]) -> None:
    [exhibit] = mirror(suppress(with_secret(everywhere(study, MIRROR), "A", "u0"), study), slagelse).items
    [chart] = charts
    assert chart.labels == list(STATEMENTS)  # the questionnaire's order
    assert chart.right == ["•", "0,2", "1,6"]  # 3,3 - 3,1 and 4,0 - 2,4
    assert {mark.row for mark in chart.marks} == {1, 2}
    assert [entry[0] for entry in chart.legend] == [
        "Lokalrådsmedlemmer om forvaltningen",
        "Kommunalt ansatte om lokalrådene",
    ]
    assert exhibit.table.count("<td>•</td>") == 2
    assert "2,5" not in exhibit.table  # the other side of the hidden one
    assert exhibit.picture is not None
    assert "Størst forskel af dem, der vises: Lytter (1,6)." in exhibit.picture.desc


@pytest.mark.parametrize("name", PLOTS)
def test_a_hidden_number_is_nowhere_in_the_figure_s_html_or_drawing(
    study: Study, slagelse: Edition, charts: list[RowChart], name: str
) -> None:
    rows, group, item, plot = PLOTS[name]
    html = plot(suppress(with_secret(everywhere(study, rows), group, item), study), slagelse)._repr_html_()
    drawn = [number for chart in charts for mark in chart.marks for number in (mark.value, mark.low, mark.high)]
    texts = " ".join(text for chart in charts for text in (*chart.right, *(mark.text for mark in chart.marks)))
    assert np.nanmin(np.abs(np.array(drawn) - SECRET)) > 0.01
    for written in ("3,77", "3.77", "3,78", "3.78", "3,8", "3.8"):
        assert written not in html + texts, written
    assert "•" in html
    assert "• Ikke vist af hensyn til deltagernes fortrolighed" in html


@pytest.mark.parametrize("name", PLOTS)
def test_where_nothing_may_be_shown_there_is_no_picture_but_words(
    study: Study, slagelse: Edition, charts: list[RowChart], name: str
) -> None:
    rows, _, _, plot = PLOTS[name]
    nobody = suppress(everywhere(study, [(*row[:5], 0, *row[6:]) for row in rows]), study)
    exhibits = plot(nobody, slagelse).items
    assert len(exhibits) == (3 if name == "dumbbell" else 1)
    for exhibit in exhibits:
        assert (exhibit.picture, exhibit.table) == (None, "")
        assert exhibit.finding == "Figuren kan ikke vises af hensyn til deltagernes fortrolighed"
        assert exhibit.note.endswith("eller tallet kunne røbe, hvad nogen har svaret.")
        assert "n = " not in exhibit.note
        assert "<svg" not in exhibit._repr_html_()
    assert charts == []


@pytest.mark.parametrize("name", PLOTS)
def test_what_was_not_asked_is_said_in_words(study: Study, slagelse: Edition, name: str) -> None:
    exhibits = PLOTS[name][3](suppress(everywhere(study, []), study), slagelse)
    assert exhibits._repr_html_() == '<p class="none">Det er ikke en del af denne undersøgelse.</p>'


def test_captions_name_the_group_and_the_place_that_the_numbers_are_from(study: Study) -> None:
    table = suppress(everywhere(study, NEEDS), study)
    edition = read_edition(study, "faaborg-midtfyn")
    assert [exhibit.caption for exhibit in dumbbell(table, edition).items] == [
        "Behov, Lokalrådsmedlemmer, Faaborg-Midtfyn Kommune",
        "Behov, Byrådspolitikere, alle seks kommuner",  # not shown locally, so the common word
        "Behov, Kommunalt ansatte, Faaborg-Midtfyn Kommune",
    ]
    assert [one.caption for one in intervals(table, edition).items] == ["Faaborg-Midtfyn Kommune: gab"]
    assert [one.caption for one in intervals(table, read_edition(study, "alle")).items] == ["Alle seks kommuner: gab"]


def test_numbers_from_all_municipalities_say_so_in_the_heads(study: Study, slagelse: Edition) -> None:
    [exhibit] = intervals(suppress(everywhere(study, NEEDS), study), slagelse).items
    assert '<th scope="col">Byrådspolitikere i alle seks kommuner</th>' in unbroken(exhibit.table)
    assert '<th scope="col">Lokalrådsmedlemmer</th>' in unbroken(exhibit.table)


def test_a_finding_may_be_written_from_the_group_s_own_rows(study: Study, slagelse: Edition) -> None:
    def finding(table: SafeTable, edition: Edition) -> str:
        return f"{edition.place}: {'/'.join(table.frame['group'].unique())}."

    table = suppress(everywhere(study, NEEDS), study)
    exhibits = plot_dumbbell(
        table, slagelse, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding=finding
    )
    assert [exhibit.finding for exhibit in exhibits.items] == [f"Slagelse Kommune: {key}" for key in "LPA"]


def counted(values: dict[tuple[str, str], float], whole: int = 4) -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("alle", group, theme, f"Tema {theme}", "Ture", value, np.nan, np.nan, whole, 0.0, whole)
            for (theme, group), value in values.items()
        ],
        columns=MEASURE_COLUMNS,
    )


def test_a_grid_is_drawn_with_the_counts_that_its_table_tells(
    study: Study, slagelse: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[object, ...]] = []
    grid = "blupkit.report.figures.matrix.draw_grid"
    monkeypatch.setattr(grid, lambda *parts, **_: (seen.append(parts[:4]), Sheet(WIDE, 10))[1])
    table = spoken(counted({("1", "L"): 1200.0, ("1", "I2"): 0.0, ("2", "L"): 3.0, ("2", "I2"): 7.0}, 2000), study)
    [exhibit] = plot_matrix(
        table,
        slagelse,
        measure="Ture",
        caption="Temaer",
        finding="f",
        source="Interview",
        names={"I2": "Interview to"},
        note="Se **bilag**.",
    ).items
    labels, columns, counts, colours = seen[0]
    assert (labels, columns) == (["Tema 1", "Tema 2"], ["Lokalrådsmedlemmer", "Interview to"])
    assert counts == [[1200.0, 0.0], [3.0, 7.0]]
    assert colours == [GROUP_COLOURS[0], LIGHT["accent"]]  # what is no group has the page's own colour
    assert '<th scope="row">Tema 1</th><td>1.200</td><td>0</td>' in exhibit.table
    assert '<th scope="col">Lokalrådsmedlemmer (af 2.000)</th>' in unbroken(exhibit.table)
    assert exhibit.note == "n = 2.000 ture i alt. Se bilag."
    assert exhibit.source == "Interview"
    assert exhibit.picture is not None
    assert "Flest: Tema 1, Lokalrådsmedlemmer (1.200)." in exhibit.picture.desc


def test_a_grid_says_of_how_many_where_that_is_true(study: Study, slagelse: Edition) -> None:
    def written(*n: int) -> tuple[list[str], list[str]]:
        frame = counted({("1", "L"): 2.0, ("1", "A"): 1.0, ("2", "L"): 3.0, ("2", "A"): 4.0}).assign(n=n)
        [exhibit] = plot_matrix(
            spoken(frame, study), slagelse, measure="Ture", caption="c", finding="f", source="s"
        ).items
        table = BeautifulSoup(unbroken(exhibit.table), "html.parser")
        return [head.text for head in table.select("thead th, thead td")][1:], [
            cell.text for cell in table.select("tbody tr:first-child td")
        ]

    groups = ["Lokalrådsmedlemmer", "Kommunalt ansatte"]
    by_column = [f"{groups[0]} (af 9)", f"{groups[1]} (af 5)"]
    assert written(9, 5, 9, 5) == (by_column, ["2", "1"])
    assert written(9, 9, 5, 5) == ([*groups, "Ture i alt"], ["2", "1", "9"])  # each row has a total of its own
    assert written(9, 8, 7, 6) == (groups, ["2", "1"])


def test_of_columns_of_different_size_a_grid_draws_and_tells_shares(study: Study, slagelse: Edition) -> None:
    def drawn(l_of: int, a_of: int) -> tuple[list[float], list[str], str]:
        frame = counted({("1", "L"): 68.0, ("1", "A"): 64.0}).assign(n=[l_of, a_of])
        [exhibit] = plot_matrix(
            spoken(frame, study), slagelse, measure="Ture", caption="c", finding="f", source="s"
        ).items
        wide, _ = drawings(exhibit.picture.html())
        return [float(disc.get("r")) for disc in wide.iter("circle")], words_of(wide)[-4:], exhibit.table

    # 68 of 412 is 16,5 per cent and 64 of 290 is 22,1: the second disc is larger, though its count is not.
    (first, second), words, table = drawn(412, 290)
    assert (first / second) ** 2 == pytest.approx(16.5 / 22.1, abs=0.02)
    assert words == ["68", "17 pct.", "64", "22 pct."]
    assert "<td>68 (17 pct.)</td><td>64 (22 pct.)</td>" in table
    # Of the same whole the counts are compared, and stand alone.
    (first, second), words, table = drawn(412, 412)
    assert (first / second) ** 2 == pytest.approx(68 / 64, abs=0.02)
    assert words[-2:] == ["68", "64"]
    assert "<td>68</td><td>64</td>" in table


def test_a_grid_tells_the_share_of_few_as_a_count(study: Study, slagelse: Edition) -> None:
    # 7 of 16 in per cent would say more than sixteen answers do, also beside a column of many.
    frame = counted({("1", "L"): 7.0, ("1", "A"): 20.0}).assign(n=[16, 60])
    [exhibit] = plot_matrix(spoken(frame, study), slagelse, measure="Ture", caption="c", finding="f", source="s").items
    wide, _ = drawings(exhibit.picture.html())
    assert words_of(wide)[-4:] == ["7", "7 af 16", "20", "20 af 60"]
    assert "pct." not in exhibit._repr_html_()


def test_a_grid_that_may_show_nothing_has_no_picture(study: Study, slagelse: Edition) -> None:
    hidden = suppress(everywhere(study, [("L", "1", "Tema", "Ture", 2.0, 0, 0.0, 4.0)]), study)
    only = SafeTable(hidden.frame[hidden.frame["municipality"] == "alle"], hidden.min_n)
    [exhibit] = plot_matrix(only, slagelse, measure="Ture", caption="c", finding="f", source="s").items
    assert exhibit.picture is None
    assert "kan ikke vises" in exhibit.finding


def test_a_grid_tells_what_is_not_there_from_what_is_hidden(study: Study, slagelse: Edition) -> None:
    table = spoken(counted({("1", "L"): 2.0, ("1", "A"): 1.0, ("2", "L"): 3.0}), study)
    [exhibit] = plot_matrix(table, slagelse, measure="Ture", caption="c", finding="f", source="s").items
    assert "•" not in exhibit.table  # nothing is hidden, and no note would explain the dot


def many(study: Study, items: int) -> SafeTable:
    rows: list[Row] = [
        ("A", f"k{item:02}", f"Emne {item:02}", measure, value, 20, low, high)
        for item in range(items)
        for measure, value, low, high in (
            ("Niveau", 2.0, 1.0, 5.0),
            ("Vigtighed", 4.0 - item / 100, 1.0, 5.0),
            ("Gab", 2.0 - item / 100, -4.0, 4.0),
        )
    ]
    return suppress(everywhere(study, rows), study)


def test_of_many_rows_the_eight_largest_are_shown_and_the_others_folded_on_the_same_axis(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    [figure] = dumbbell(many(study, 22), slagelse).items
    first, rest = charts
    assert [*first.labels, *rest.labels] == [f"Emne {item:02}" for item in range(22)]
    assert (len(first.labels), len(first.right), len(rest.labels), len(rest.right)) == (8, 8, 14, 14)
    assert {mark.row for mark in first.marks} == set(range(8))
    assert {mark.row for mark in rest.marks} == set(range(14))
    assert first.scale == rest.scale
    soup = BeautifulSoup(figure._repr_html_(), "html.parser")
    fold, numbers = soup.select("details")
    assert (fold["class"], fold.summary.text, len(fold.select("svg"))) == (["rest"], "Vis de øvrige 14", 2)
    assert len(numbers.select("tbody tr")) == 22  # the table has all of them


def test_a_few_rows_more_than_eight_are_not_folded(study: Study, slagelse: Edition, charts: list[RowChart]) -> None:
    [figure] = dumbbell(many(study, 10), slagelse).items
    assert [len(chart.labels) for chart in charts] == [10]
    assert figure.rest is None


def of_all(study: Study, rows: list[Row], more: float) -> SafeTable:
    """The same numbers of all municipalities, a little larger, for the groups that are shown locally."""
    table = suppress(everywhere(study, rows), study)
    frame = table.frame[(table.frame["municipality"] == "alle") & (table.frame["group"] != "P")]
    return SafeTable(frame.assign(value=frame["value"] + more), table.min_n)


def test_a_quiet_mark_of_all_municipalities_stands_beside_the_reader_s_own(
    study: Study, slagelse: Edition, charts: list[RowChart]
) -> None:
    figures = plot_dumbbell(
        suppress(everywhere(study, NEEDS), study),
        slagelse,
        start="Niveau",
        end="Vigtighed",
        order="Gab",
        caption="c",
        finding="f",
        beside=of_all(study, NEEDS, 0.1),
    ).items
    local, common, _ = charts
    # "Søge fonde": 2,5 and 4,5 here, 2,6 and 4,6 of all six; the small marks are drawn first, and so under the others.
    assert [(mark.value, mark.quiet) for mark in local.marks if mark.row == 0] == [
        *[(pytest.approx(2.6), True), (2.5, False)],
        *[(pytest.approx(4.6), True), (4.5, False)],
    ]
    assert local.legend[-1][:2] == ("Alle seks", MUTED)
    heads = [head.text for head in BeautifulSoup(unbroken(figures[0].table), "html.parser").select("th[scope=col]")]
    of_six = ["Niveau, alle seks", "Vigtighed, alle seks", "Gab, alle seks"]
    assert heads == ["Niveau", of_six[0], "Vigtighed", of_six[1], "Gab", of_six[2], "Besvarelser"]
    # 2,5, 4,5 and 2,0 here; 2,6, 4,6 and 2,1 of all six
    row = "<td>2,5</td><td>2,6</td><td>4,5</td><td>4,6</td><td>2,0</td><td>2,1</td><td>40</td>"
    assert row in figures[0].table
    # The politicians' numbers are those of all six already.
    assert not any(mark.quiet for mark in common.marks)
    assert "alle seks</th>" not in unbroken(figures[1].table)


@pytest.mark.parametrize("name", ["intervals", "bars", "mirror"])
def test_every_shape_compares_what_both_show_and_nothing_else(
    study: Study, slagelse: Edition, charts: list[RowChart], name: str
) -> None:
    rows, group, item, _ = PLOTS[name]
    plots: dict[str, Callable[..., Exhibits]] = {
        "intervals": partial(plot_intervals, measure="Gab"),
        "bars": partial(plot_bars, measure="Andel"),
        "mirror": partial(plot_mirror, ends=("Uenig", "Enig")),
    }
    table = suppress(with_secret(everywhere(study, rows), group, item), study)
    [figure] = plots[name](table, slagelse, caption="c", finding="f", beside=of_all(study, rows, 0.3)).items
    own = [mark for mark in charts[0].marks if mark.marker and not mark.quiet]
    quiet = [mark for mark in charts[0].marks if mark.quiet]
    place = {(mark.row, mark.lane): mark.value for mark in own}
    common = sum(row[0] == "P" for row in rows)
    assert len(quiet) == len(own) - common > 0
    if name != "mirror":  # two of its marks share a row and a lane
        assert {round(mark.value - place[mark.row, mark.lane], 4) for mark in quiet} == {0.3}
    heads = [head.text for head in BeautifulSoup(unbroken(figure.table), "html.parser").select("th[scope=col]")]
    local = [head for head in heads if not head.endswith((", alle seks", "i alle seks kommuner"))]
    assert [head for head in heads if head.endswith(", alle seks")] == [f"{head}, alle seks" for head in local]
    for written in ("3,77", "3,78", "3,8"):
        assert written not in figure._repr_html_()
