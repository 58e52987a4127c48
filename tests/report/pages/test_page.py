"""From an executed notebook to a page."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from for_reader import plot_bars, table_measures
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from blupkit.core import DataError, DisclosureError, Edition
from blupkit.disclosure import SafeTable
from blupkit.report import front, leave_out, list_quotes, table_internal
from blupkit.report.pages.material import title_in
from blupkit.report.pages.page import page_html


def ran(shown: object, source: str = "hemmelig_kode()") -> NotebookNode:
    """Make a code cell that was run and shows one thing."""
    data = {"text/html": shown._repr_html_(), "text/plain": "<objekt C:/hemmelig/sti>"}
    output = new_output("execute_result", data=data, execution_count=1)
    return new_code_cell(source, execution_count=1, outputs=[output])


@pytest.fixture
def notebook(shares: SafeTable, slagelse: Edition) -> NotebookNode:
    cells = [
        ran(front(slagelse, title="Behov", facts=[("Lokalrådsmedlemmer", "40")])),
        new_markdown_cell("## Hvad ønsker de?\n\nBrødtekst."),
        ran(plot_bars(shares, slagelse, measure="Andel", caption="Andele. {sted}", finding="Aften er mest ønsket")),
        new_markdown_cell("## Tallene"),
        ran(table_measures(shares, slagelse, columns=["Andel"], caption="Andele, {gruppe}")),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "hemmelig kerne"}})


@pytest.fixture
def page(notebook: NotebookNode, slagelse: Edition) -> BeautifulSoup:
    return BeautifulSoup(page_html(notebook, slagelse), "html.parser")


def test_a_page_has_its_landmarks_and_headings_in_order(page: BeautifulSoup) -> None:
    assert page.html["lang"] == "da"
    assert page.title.get_text() == "Behov – Slagelse Kommune – BLUP Akademiet"
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(page.find(name) for name in ("header", "nav", "main", "footer"))
    assert page.find("a", class_="skip")["href"] == f"#{page.main['id']}"


@pytest.mark.parametrize(("needs", "title"), [(pd.DataFrame(), "Svar & ønsker"), (pd.DataFrame({"value": [1.0]}), "")])
def test_a_page_says_what_it_is_called_where_the_study_has_no_needs(
    notebook: NotebookNode, slagelse: Edition, needs: pd.DataFrame, title: str
) -> None:
    mark = leave_out(behov=SafeTable(needs, 5))
    notebook.cells += [ran(mark)] if mark else []
    notebook.metadata["blupkit"] = {"titel": "Behov", "titel-uden-behov": "Svar & ønsker"}
    html = page_html(notebook, slagelse)
    assert title_in(html) == title
    assert title or 'name="titel"' not in html


@pytest.mark.parametrize(
    ("words", "address", "after"),
    [
        ("Flest valgte »https://eksempel.dk/læs/b« (12).", "https://eksempel.dk/læs/b", "« (12)."),
        ("Se “https://eksempel.dk/a?b=%20c”.", "https://eksempel.dk/a?b=%20c", "”."),
        ("Se »https://eksempel.dk«-siden", "https://eksempel.dk", "«-siden"),
        ("Se https://eksempel.dk!", "https://eksempel.dk", "!"),
        ("Se https://eksempel.dk/a_(b) nu", "https://eksempel.dk/a_(b", ") nu"),
    ],
)
def test_an_address_in_a_sentence_is_a_link_that_ends_where_it_ends(
    notebook: NotebookNode, slagelse: Edition, words: str, address: str, after: str
) -> None:
    notebook.cells.append(new_markdown_cell(words))
    [link] = BeautifulSoup(page_html(notebook, slagelse), "html.parser").select('main a[href^="https"]')
    assert link.get_text() == address
    assert unquote(link["href"]) == unquote(address)
    assert str(link.next_sibling) == after


def test_contents_lead_to_each_section(page: BeautifulSoup) -> None:
    links = page.nav.find_all("a")
    assert [link.get_text() for link in links] == ["Hvad ønsker de?", "Tallene"]
    assert all(page.find(id=link["href"][1:]) for link in links)


def test_figures_and_tables_are_numbered_each_in_their_own_row(page: BeautifulSoup) -> None:
    numbers = [tag.get_text().strip() for tag in page.select(".number")]
    assert numbers == ["Figur 1.", "Tabel 1.", "Tabel 2.", "Tabel 3."]


def test_every_table_can_be_read_and_scrolled_by_keyboard(page: BeautifulSoup) -> None:
    for table in page.find_all("table"):
        assert table.caption.get_text()
        assert {head["scope"] for head in table.find_all("th")} == {"col", "row"}
        region = table.parent
        assert (region["role"], region["tabindex"]) == ("region", "0")
        assert region["aria-label"]


def test_nothing_of_the_machine_or_the_code_is_on_the_page(page: BeautifulSoup) -> None:
    for word in ("hemmelig", "C:/", "python3", "execution_count", "In [", "No description"):
        assert word not in str(page), word
    assert not page.find_all(["script", "link", "iframe"])


def test_invented_data_are_named_at_the_top_at_each_source_and_at_the_end(page: BeautifulSoup) -> None:
    assert "Syntetiske demodata" in page.select_one(".banner.demo").get_text()
    assert all("(Syntetiske demodata)" in source.get_text() for source in page.select(".source"))
    assert "Syntetiske demodata" in page.footer.get_text() or "Syntetiske demodata" in str(page.select(".about"))


def test_the_page_tells_of_its_numbers_and_its_accessibility(page: BeautifulSoup) -> None:
    text = page.select_one("footer.about").get_text(" ")
    for words in (
        "Om tallene",
        "den 2. maj 2022",
        "når færre end fem i den har svaret på spørgsmålet",
        "Om tilgængelighed",
        "WCAG 2.1",
        "projektgruppen",
    ):
        assert words in text, words
    assert "Tilgængelighedserklæring" not in str(page)


def test_a_tag_without_an_end_gets_none_and_takes_nothing_along(notebook: NotebookNode, slagelse: Edition) -> None:
    output = new_output("execute_result", data={"text/html": "<p>Land<wbr>distrikts<b>koordinator</b></p>"})
    notebook.cells.append(new_code_cell("1", execution_count=1, outputs=[output]))
    html = page_html(notebook, slagelse)
    assert "<p>Land<wbr>distrikts<b>koordinator</b></p>" in html
    assert not re.search("</(source|img|wbr|meta)>", html)


def test_a_text_that_says_nothing_does_not_part_a_heading_from_what_follows(
    notebook: NotebookNode, slagelse: Edition
) -> None:
    before = BeautifulSoup(page_html(notebook, slagelse), "html.parser").select(".text")
    nothing = new_output("execute_result", {"text/markdown": ""}, execution_count=9)
    notebook.cells += [new_code_cell("x", execution_count=9, outputs=[nothing])]
    assert BeautifulSoup(page_html(notebook, slagelse), "html.parser").select(".text") == before


def test_a_long_text_is_not_cut_off(notebook: NotebookNode, slagelse: Edition) -> None:
    long = "æ" * 11_000_000  # more than the parser takes unless it is told to
    notebook.cells.append(new_markdown_cell(f"## Et langt svar\n\n{long} slut."))
    assert "æ slut." in page_html(notebook, slagelse)


def test_half_a_letter_stops_the_page_instead_of_cutting_it_off(notebook: NotebookNode, slagelse: Edition) -> None:
    notebook.cells.append(new_markdown_cell("## Et svar\n\nMed en halv smiley: \ud83d og mere."))
    with pytest.raises(UnicodeEncodeError):
        page_html(notebook, slagelse)


def test_a_notebook_keeps_a_drawing_once(shares: SafeTable, slagelse: Edition) -> None:
    shown = plot_bars(shares, slagelse, measure="Andel", caption="Andele. {sted}", finding="Aften er mest ønsket")
    assert repr(shown) == "Figur: Andele. Slagelse Kommune"


def test_what_a_cell_printed_is_left_out(notebook: NotebookNode, slagelse: Edition) -> None:
    notebook.cells[1:1] = [
        new_code_cell("1", execution_count=1, outputs=[new_output("stream", name=name, text="udskrevet")])
        for name in ("stdout", "stderr")
    ]
    assert "udskrevet" not in page_html(notebook, slagelse)


def test_an_error_in_the_notebook_stops_the_page(notebook: NotebookNode, slagelse: Edition) -> None:
    notebook.cells[2].outputs = [new_output("error", ename="ValueError", evalue="gik galt", traceback=[])]
    with pytest.raises(DataError, match="ValueError: gik galt"):
        page_html(notebook, slagelse)


def test_a_cell_that_was_not_run_stops_the_page(notebook: NotebookNode, slagelse: Edition) -> None:
    notebook.cells[2].execution_count = None
    with pytest.raises(DataError, match="én celle, der ikke er kørt"):
        page_html(notebook, slagelse)


def test_a_notebook_without_a_front_stops_the_page(notebook: NotebookNode, slagelse: Edition) -> None:
    with pytest.raises(DataError, match="ingen forside"):
        page_html(new_notebook(cells=notebook.cells[1:]), slagelse)


def test_a_raw_table_is_refused_on_a_page_that_is_shared(notebook: NotebookNode, slagelse: Edition) -> None:
    raw = pd.DataFrame({"svar": [1]})
    notebook.cells.append(ran(raw))
    with pytest.raises(DisclosureError, match="en tabel, der ikke er kontrolleret"):
        page_html(notebook, slagelse)


def test_a_raw_table_is_allowed_on_an_internal_page(notebook: NotebookNode, slagelse: Edition) -> None:
    raw = pd.DataFrame({"svar": [1]})
    notebook.cells += [ran(raw), ran(table_internal(raw, caption="Til konsulenten"))]
    soup = BeautifulSoup(page_html(notebook, slagelse), "html.parser")
    assert soup.body["data-audience"] == "intern"


def test_the_notebook_itself_is_not_changed(notebook: NotebookNode, slagelse: Edition) -> None:
    before = str(notebook)
    page_html(notebook, slagelse)
    assert str(notebook) == before


def test_quotes_stand_with_their_role_and_are_escaped() -> None:
    frame = pd.DataFrame(
        {
            "theme_name": ["Tillid"],
            "code_name": ["Åbenhed"],
            "attribution": ["Kommunalt ansat"],
            "text": ["Vi <b>lytter</b> […]"],
        }
    )
    html = list_quotes(frame, caption="Citater", source="s")._repr_html_()
    assert "<blockquote>" in html
    assert "Kommunalt ansat" in html
    assert "<b>lytter" not in html
    assert "ingen citater" in list_quotes(frame.head(0), caption="Citater", source="s")._repr_html_()
