"""A table in a notebook: as Danes write it, whole or told to be cut, and never run."""

import pandas as pd
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from blupkit.core import example_study, read_edition
from blupkit.display.markup import SHOWN_ROWS, table_html
from blupkit.report.figures.tables import front
from blupkit.report.pages.page import page_html

EVIL = "<script>alert(1)</script>"


def test_whatever_stands_in_a_table_is_shown_as_it_is() -> None:
    page = table_html(EVIL, pd.DataFrame({EVIL: [EVIL], "b": ['"><img src=x>']}), [EVIL], EVIL)
    tree = html.fromstring(page)
    assert tree.xpath("//script | //img") == []
    assert tree.text_content().count(EVIL) == 5


def test_numbers_have_a_comma_and_round_half_up_and_the_missing_are_blank() -> None:
    frame = pd.DataFrame({"Svar": ["a", "b"], "Antal": [1234, 1], "Pct.": [12.25, float("nan")], "Gab": [0.005, 1.0]})
    cells = [row.xpath("./*/text()") for row in html.fromstring(table_html("T", frame, [], "I")).xpath("//tbody/tr")]
    assert cells == [["a", "1.234", "12,3", "0,01"], ["b", "1", "1,00"]]  # an empty cell has no text


def test_each_row_and_column_has_a_head_that_a_screen_reader_finds() -> None:
    tree = html.fromstring(table_html("T", pd.DataFrame({"Svar": ["a"], "Antal": [1]}), [], "I"))
    assert [head.get("scope") for head in tree.xpath("//th")] == ["col", "col", "row"]
    assert tree.xpath("//strong/text() | //table/@aria-label") == ["T", "T"]
    assert tree.get("lang") == "da"


def test_a_long_table_says_how_much_of_it_is_there() -> None:
    tree = html.fromstring(table_html("T", pd.DataFrame({"Nr.": range(1234)}), [], "I"))
    assert len(tree.xpath("//tbody/tr")) == SHOWN_ROWS
    assert "Her vises 200 af 1.234 rækker" in tree.text_content()


def test_an_empty_table_has_its_heads() -> None:
    tree = html.fromstring(table_html("T", pd.DataFrame({"Svar": pd.Series(dtype="str"), "Antal": []}), [], "I"))
    assert tree.xpath("//th/text()") == ["Svar", "Antal"]


def test_a_page_with_it_is_the_consultant_s_own() -> None:
    edition = read_edition(example_study(), "nordby")
    table = table_html("T", pd.DataFrame({"Svar": ["a"]}), [], "I")
    shown = [front(edition, title="Prøve", facts=[])._repr_html_(), table]
    outputs = [new_output("display_data", data={"text/html": html}) for html in shown]
    cells = [new_code_cell("x", execution_count=1, outputs=[output]) for output in outputs]
    page = page_html(new_notebook(cells=[cells[0], new_markdown_cell("## Et afsnit"), cells[1]]), edition)
    assert '<body data-audience="intern">' in page
