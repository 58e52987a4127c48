"""All municipalities in one picture: their order, the line for all of them, and what is hidden."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from drawn import boxes, drawings, marks, words_of
from support import suppress, unbroken

from blupkit.core import DisclosureError, Edition, Study, read_edition
from blupkit.core.sections import Municipality
from blupkit.disclosure import MEASURE_COLUMNS, MeasureRow, SafeTable, measure_table
from blupkit.display.tokens import GROUP_COLOURS, MUTED, NARROW, WIDE, Layout
from blupkit.report import plot_multiples
from blupkit.report.figures.charts import Entry
from blupkit.report.figures.exhibits import Exhibit
from blupkit.report.figures.multiples import Panel, Panels, draw_panels

#: A number that nothing else in the table can be.
SECRET = 3.77777
#: The gap of each municipality, in the study's order: the third's is the largest.
GAPS = (1.0, 0.5, 2.0, 1.5, 1.2, 0.8)


def gaps(study: Study, n: tuple[int, ...] = (20,) * 6) -> pd.DataFrame:
    places = [one.slug for one in study.municipalities]
    rows = [
        (place, "A", item, label, "Gab", value + more, np.nan, np.nan, count, -4.0, 4.0)
        for item, label, more in (("k1", "Lytte", 0.0), ("k2", "Søge fonde", 0.2))
        for place, value, count in zip([*places, "alle"], [*GAPS, 1.2], [*n, sum(n)], strict=True)
    ]
    return pd.DataFrame(rows, columns=MEASURE_COLUMNS)


@pytest.fixture
def alle(study: Study) -> Edition:
    return read_edition(study, "alle")


def drawn(table: SafeTable, edition: Edition, *, agreed: bool = True) -> Exhibit:
    table = replace(table, everybody=agreed, internal=not agreed)
    [figure] = plot_multiples(table, edition, measure="Gab", caption="Gab. {gruppe}.", finding="Fund").items
    return figure


def test_municipalities_stand_in_the_study_s_order_whatever_their_numbers(study: Study, alle: Edition) -> None:
    figure = drawn(suppress(gaps(study).iloc[::-1], study), alle)
    names = [one.short for one in study.municipalities]
    for drawing in drawings(figure.picture.html()):
        assert [words for words in words_of(drawing) if words in names][: len(names)] == names
    rows = [row.split("</th>")[0].split(">")[-1] for row in unbroken(figure.table).split('<th scope="row"')[1:]]
    assert rows == [*names, "Alle seks"]
    assert figure.caption == "Gab. Kommunalt ansatte."


def test_what_holds_for_all_is_a_line_in_each_panel_and_stands_in_words(study: Study, alle: Edition) -> None:
    figure = drawn(suppress(gaps(study), study), alle)
    for drawing in drawings(figure.picture.html()):
        assert len([mark for mark in marks(drawing) if mark.kind == "z"]) == 2
        assert [words for words in words_of(drawing) if words.startswith("Alle seks:")] == [
            "Alle seks: 1,2",
            "Alle seks: 1,4",  # 1,2 + 0,2
        ]
    # From the least to the most, and no municipality is named as first or last: 0,5 and 2,0; 0,2 more of the other.
    assert figure.picture.desc.startswith("Lytte: 0,5 til 2,0 (alle seks: 1,2). Søge fonde: 0,7 til 2,2")
    assert not any(one.short in figure.picture.desc for one in study.municipalities)


def test_a_hidden_number_is_a_dot_and_nowhere_else(study: Study, alle: Edition) -> None:
    table = gaps(study, n=(20, 20, 20, 20, 20, 3))
    last = table["municipality"] == study.municipalities[-1].slug
    figure = drawn(suppress(table.assign(value=table["value"].mask(last, SECRET)), study), alle)
    html = figure._repr_html_()
    assert not any(told in html for told in ("3,77", "3.77", "3,78", "3,8"))
    for drawing in drawings(html):
        assert words_of(drawing).count("•") == 2
        # Five municipalities in each of two panels, and the mark of the legend.
        assert len([mark for mark in marks(drawing) if mark.ink == "group-3"]) == 2 * 5 + 1
    assert "• Ikke vist af hensyn til deltagernes fortrolighed" in figure.note


def test_where_nothing_may_be_shown_there_is_no_picture(study: Study, alle: Edition) -> None:
    hidden = suppress(gaps(study, n=(0,) * 6), study)
    figure = drawn(hidden, alle)
    assert (figure.picture, figure.table) == (None, "")
    assert figure.finding == "Figuren kan ikke vises af hensyn til deltagernes fortrolighed"


def test_it_is_the_consultant_s_own_until_the_study_says_that_partners_may_see_it(study: Study, alle: Edition) -> None:
    table = suppress(gaps(study), study)
    assert "data-internal" in drawn(table, alle, agreed=False)._repr_html_()
    assert "data-internal" not in drawn(table, alle)._repr_html_()
    # A table that says neither is of one reader's page, and is not set out for another.
    with pytest.raises(DisclosureError, match="tal fra faaborg-midtfyn"):
        plot_multiples(table, alle, measure="Gab", caption="Gab", finding="Fund")


def test_a_group_that_no_municipality_shows_has_no_figure(study: Study, alle: Edition) -> None:
    table = pd.concat([gaps(study), gaps(study, n=(3,) * 6).assign(group="P")], ignore_index=True)
    figures = plot_multiples(
        replace(suppress(table, study), everybody=True), alle, caption="{gruppe}", finding="{gruppe}: behov"
    ).items
    # Of the politicians 18 answered in all, and that may be shown; but there is nothing to set side by side.
    assert [(one.caption, one.finding) for one in figures] == [("Kommunalt ansatte", "Kommunalt ansatte: behov")]


def test_many_municipalities_are_parted_into_figures_on_one_axis_each_with_what_holds_for_all(study: Study) -> None:
    towns = tuple(Municipality(code=at, name=f"By {at}", short=f"By {at}") for at in range(45))
    many = study.model_copy(update={"municipalities": towns})
    rows = [
        MeasureRow(place, "A", "k1", "Lytte", "Gab", value, n=20, lowest=-4, highest=4)
        for place, value in [*((one.slug, at / 20) for at, one in enumerate(towns)), ("alle", 1.2)]
    ]
    table = replace(suppress(measure_table(rows), many), everybody=True)
    figures = plot_multiples(table, read_edition(many, "alle"), caption="Gab. {gruppe}.", finding="Fund").items
    assert [one.caption for one in figures] == [
        f"Gab. Kommunalt ansatte. Kommune {first}-{last} af 45." for first, last in ((1, 20), (21, 40), (41, 45))
    ]
    drawn_in = [drawings(figure.picture.html())[0] for figure in figures]
    assert [len([mark for mark in marks(one) if mark.kind == "z"]) for one in drawn_in] == [1, 1, 1]
    ticks = [{words for words in words_of(one) if words in {"0", "1", "2"}} for one in drawn_in]
    assert ticks[0] == ticks[1] == ticks[2] != set()
    said = [row.split("</th>")[0].split(">")[-1] for one in figures for row in one.table.split('<th scope="row"')[1:]]
    assert [name for name in said if name.startswith("By")] == [one.short for one in towns]


@pytest.mark.parametrize("layout", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("many", [1, 6, 98])
def test_no_text_of_small_panels_is_cut_or_runs_into_another(layout: Layout, many: int) -> None:
    places = ["Faaborg-Midtfyn", "Ringkøbing-Skjern", "Ishøj", "Lyngby-Taarbæk"] * 25
    panel = Panel(
        "At samarbejde med forvaltningen om udviklingsplaner",
        [(4.0, "100*"), (0.0, "0"), (float("nan"), "•"), (2.0, "50")] * 25,
        2.0,
        "Alle otteoghalvfems: 47 pct.",
    )
    panels = [panel._replace(marks=panel.marks[:many])] * 5
    legend = [Entry("Lokalrådsmedlemmer", GROUP_COLOURS[0], "o"), Entry("Alle seks", MUTED, "|")]
    what = Panels(places[:many], panels, (0.0, 4.0), (GROUP_COLOURS[0], "o"), " pct.", legend)
    [drawing] = drawings(draw_panels(what, layout).svg())
    found = list(boxes(drawing))
    assert [words for words, box in found if box.x0 < -1 or box.x1 > layout.width + 1] == []
    assert max(box.y1 for _, box in found) <= float(drawing.get("height"))
    rows: dict[int, list[tuple[float, float, str]]] = {}
    for words, box in found:
        rows.setdefault(round(box.y1), []).append((box.x0, box.x1, words))
    for row in rows.values():
        row.sort()
        for (_, end, one), (start, _, other) in pairwise(row):
            assert end - start <= 1, (one, other)
