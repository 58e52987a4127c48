"""What a page must never do, however a notebook is written, and how figures stay the same on every page."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from drawn import drawings, marks
from for_reader import plot_bars, plot_intervals, plot_mirror
from lxml import etree
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from support import suppress, unbroken

from blupkit import report
from blupkit.core import DisclosureError, Edition, Study, read_edition
from blupkit.disclosure import SafeTable
from blupkit.report import front, plot_matrix
from blupkit.report.figures.exhibits import Exhibits
from blupkit.report.pages.page import page_html


def page_with(data: dict[str, str], edition: Edition) -> NotebookNode:
    shown = [{"text/html": front(edition, title="T", facts=[])._repr_html_()}, data]
    return new_notebook(
        cells=[
            new_code_cell("x", execution_count=1, outputs=[new_output("execute_result", data=d, execution_count=1)])
            for d in shown
        ]
    )


RAW = pd.DataFrame({"svar": [987654]})


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": RAW.to_html(classes="x", border=0).replace("dataframe ", "")},
        {"text/html": '<table id="T_1"><tr><td>987654</td></tr></table>'},
        {"text/markdown": "| svar |\n|---|\n| 987654 |"},
    ],
    ids=["to_html", "Styler", "Markdown"],
)
def test_a_raw_table_in_another_dress_is_refused_too(data: dict[str, str], slagelse: Edition) -> None:
    with pytest.raises(DisclosureError):
        page_html(page_with(data, slagelse), slagelse)


def test_a_script_in_an_output_does_not_reach_the_page(slagelse: Edition) -> None:
    html = page_html(page_with({"text/html": "<p>a</p><script>1</script>"}, slagelse), slagelse)
    assert "<script" not in html


def test_a_grid_with_hidden_counts_shows_a_dot(shares: SafeTable, slagelse: Edition) -> None:
    frame = shares.frame
    local = SafeTable(frame[(frame["municipality"] == "slagelse") & frame["group"].isin(["L", "P"])], 5)
    [figure] = plot_matrix(local, slagelse, measure="Andel", caption="c", finding="f", source="s").items
    assert "•" in figure.table


def test_two_items_with_one_label_stay_two(hidden_sentinel: SafeTable, study: Study) -> None:
    same = SafeTable(hidden_sentinel.frame.assign(label="Andet"), 5)
    [figure] = plot_intervals(same, read_edition(study, "alle"), measure="Gab", caption="c", finding="f").items
    assert figure.table.count('scope="row"') == 2


def test_groups_come_in_the_study_s_order(shares: SafeTable, slagelse: Edition) -> None:
    [figure] = plot_bars(shares, slagelse, measure="Andel", caption="c", finding="f").items
    heads = [
        unbroken(figure.table).index(name) for name in ("Lokalrådsmedlemmer", "Byrådspolitikere", "Kommunalt ansatte")
    ]
    assert heads == sorted(heads)


@pytest.fixture
def mirror(study: Study) -> list[etree._Element]:
    rows = [
        (place, group, item, f"Udsagn {item}", words, value, np.nan, np.nan, 40 * (6 if place == "alle" else 1), 1, 5)
        for place in ["alle", *[municipality.slug for municipality in study.municipalities]]
        for group, words, value in (("L", "om forvaltningen", 2.5), ("A", "om lokalrådene", 3.5))
        for item in ("a", "b", "c", "d", "e")
    ]
    columns = ["municipality", "group", "item", "label", "measure", "value", "low", "high", "n", "lowest", "highest"]
    table = suppress(pd.DataFrame(rows, columns=columns), study)
    edition = read_edition(study, "kerteminde")
    [figure] = plot_mirror(table, edition, ends=("Helt uenig", "Helt enig"), caption="c", finding="f").items
    assert figure.picture is not None
    return drawings(figure.picture.html())


def test_a_group_has_the_same_colour_in_every_picture(mirror: list[etree._Element]) -> None:
    for drawing in mirror:
        assert {mark.ink for mark in marks(drawing) if mark.kind == "d"} == {"group-1", "group-3"}


@pytest.mark.parametrize(
    "draw",
    [
        lambda table, edition: report.plot_bars(table, edition, measure="Gab", caption="c", finding="f"),
        lambda table, edition: report.plot_intervals(table, edition, measure="Gab", caption="c", finding="f"),
        lambda table, edition: report.plot_mirror(table, edition, ends=("a", "b"), caption="c", finding="f"),
        lambda table, edition: report.plot_matrix(table, edition, measure="Gab", caption="c", finding="f", source="s"),
        lambda table, edition: report.plot_dumbbell(
            table, edition, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="f"
        ),
        lambda table, edition: report.table_measures(table, edition, columns=["Gab"], caption="c"),
        lambda table, edition: report.table_groups(table, edition, measure="Gab", caption="c"),
    ],
    ids=["bars", "intervals", "mirror", "matrix", "dumbbell", "measures", "groups"],
)
@pytest.mark.parametrize("place", ["slagelse", "alle"])
def test_another_municipality_s_rows_reach_no_page(
    hidden_sentinel: SafeTable, study: Study, draw: Callable[[SafeTable, Edition], Exhibits], place: str
) -> None:
    with pytest.raises(DisclosureError, match="tal fra faaborg-midtfyn, kerteminde"):
        draw(hidden_sentinel, read_edition(study, place))
