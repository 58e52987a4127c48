"""What reaches a page from a notebook and what does not, whatever shape an output comes in."""

import re
from itertools import pairwise

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from for_reader import plot_bars, plot_dumbbell, table_measures
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from blupkit.core import DataError, DisclosureError, Edition, Study, read_edition
from blupkit.disclosure import SafeTable, internal
from blupkit.report import front, table_internal, text
from blupkit.report.pages.page import page_html

RAW = pd.DataFrame({"svar": [987654]})


def show(kind: str = "execute_result", **mimes: str) -> NotebookNode:
    """Make one output; the words of its MIME types stand for the slash."""
    data = {name.replace("_", "/"): value for name, value in mimes.items()}
    more = {"execution_count": 1} if kind == "execute_result" else {}
    return new_output(kind, data=data, **more)


def cell(*outputs: NotebookNode, source: str = "x", tags: tuple[str, ...] = ()) -> NotebookNode:
    return new_code_cell(source, execution_count=1, outputs=list(outputs), metadata={"tags": list(tags)})


def block(shown: object, kind: str = "execute_result") -> NotebookNode:
    return cell(show(kind, text_html=shown._repr_html_(), text_plain="Objekt(skjult=1)"))


def page(edition: Edition, *cells: NotebookNode, opening: bool = True, **metadata: object) -> str:
    first = [block(front(edition, title="Behov", facts=[]))] if opening else []
    return page_html(new_notebook(cells=[*first, *cells], metadata=metadata), edition)


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def main_of(html: str) -> str:
    return soup_of(html).main.get_text(" ", strip=True)


def test_html_and_markdown_of_both_kinds_of_output_reach_the_page(slagelse: Edition) -> None:
    cells = [
        cell(show("execute_result", text_html="<p>et</p>")),
        cell(show("display_data", text_html="<p>to</p>")),
        cell(show("execute_result", text_markdown="**tre**")),
        cell(show("display_data", text_markdown=text("- fire")._repr_markdown_())),
        cell(show("display_data", text_html="<p>fem</p>"), show("execute_result", text_html="<p>seks</p>")),
    ]
    html = page(slagelse, *cells)
    assert main_of(html).split() == ["et", "to", "tre", "fire", "fem", "seks"]
    assert "<strong>tre</strong>" in html
    assert "<li>fire</li>" in html


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", name="stdout", text="udskrift-987"),
        new_output("stream", name="stderr", text="udskrift-987"),
        show("execute_result", text_plain="udskrift-987"),
        show("display_data", application_javascript="udskrift-987"),
        show("display_data", text_latex="udskrift-987"),
    ],
    ids=["stdout", "stderr", "text", "javascript", "latex"],
)
def test_an_output_that_is_not_for_a_reader_does_not_reach_the_page(output: NotebookNode, slagelse: Edition) -> None:
    html = page(slagelse, cell(output), cell(show(text_html="<p>til læseren</p>")))
    assert "udskrift-987" not in html
    assert "til læseren" in html


def test_code_parameters_kernel_and_metadata_do_not_reach_the_page(slagelse: Edition) -> None:
    html = page(
        slagelse,
        cell(source='hemmelig_sti = "C:/hemmelig"', tags=("parameters",)),
        cell(show(text_html="<p>ok</p>"), source='hemmelig_sti = "X"', tags=("injected-parameters",)),
        new_raw_cell("hemmelig rå"),
        kernelspec={"name": "hemmelig-kerne", "display_name": "Hemmelig kerne", "language": "python"},
        language_info={"name": "python", "version": "hemmelig"},
        papermill={"input_path": "hemmelig/sti.ipynb"},
        blupkit={"sider": "hemmelig"},
    )
    assert "hemmelig" not in html.casefold()
    assert not re.search(r"(In|Out)\s*\[", html)
    assert "No description has been provided" not in html
    assert "jp-" not in html


def test_guide_cells_are_for_the_one_who_runs_the_notebook(slagelse: Edition) -> None:
    guide = new_markdown_cell("## Sådan kører du\n\ntryk her", metadata={"tags": ["vejledning"]})
    output = cell(show(text_html="<p>støtte-987</p>"), tags=("vejledning",))
    html = page(slagelse, guide, new_markdown_cell("## Fund"), output)
    assert "Sådan kører du" not in html
    assert "tryk her" not in html
    assert "støtte-987" not in html
    assert [link.get_text() for link in soup_of(html).nav.find_all("a")] == ["Fund"]


def test_a_page_holds_as_many_tables_and_pictures_as_its_cells_showed(
    shares: SafeTable, hidden_sentinel: SafeTable, slagelse: Edition
) -> None:
    shown = [
        plot_bars(shares, slagelse, measure="Andel", caption="c", finding="f"),  # 1 picture, 1 table
        plot_dumbbell(
            hidden_sentinel, slagelse, start="Niveau", end="Vigtighed", order="Gab", caption="c", finding="f"
        ),  # 3 and 3
        table_measures(shares, slagelse, columns=["Andel"], caption="c"),  # 3 tables
    ]
    soup = soup_of(page(slagelse, *map(block, shown)))
    assert len(soup.select("svg.wide")) == len(soup.select("svg.narrow")) == 4
    assert len(soup.find_all("table")) == 7
    assert [number.get_text() for number in soup.select(".number")] == [
        *[f"Figur {index}. " for index in (1, 2, 3, 4)],
        *[f"Tabel {index}. " for index in (1, 2, 3)],
    ]
    for drawing in soup.find_all("svg"):
        assert drawing["role"] == "img"
        assert drawing.find("desc").get_text().endswith("Tallene står i tabellen under figuren.")
    # The drawings' style is the page's own, and stands there once.
    assert len(soup.find_all("style")) == 1


def test_figures_and_tables_are_numbered_where_they_stand(shares: SafeTable, slagelse: Edition) -> None:
    figure = plot_bars(shares, slagelse, measure="Andel", caption="Søjler", finding="f")
    table = table_internal(RAW, caption="Liste")
    soup = soup_of(page(slagelse, *map(block, (table, figure, table, figure))))
    captions = [caption.get_text() for caption in soup.select("figcaption")]
    assert captions == ["Tabel 1. Liste", "Figur 1. Søjler", "Tabel 2. Liste", "Figur 2. Søjler"]


def test_contents_list_the_sections_and_nothing_smaller(slagelse: Edition) -> None:
    text = "## Det <vigtigste> & resten\n\n### Et mindre afsnit\n\n## Det vigtigste\n\n## Det vigtigste"
    soup = soup_of(page(slagelse, new_markdown_cell(text)))
    links = soup.nav.find_all("a")
    assert [link.get_text() for link in links][1:] == ["Det vigtigste", "Det vigtigste"]
    targets = [soup.find(id=link["href"][1:]) for link in links]
    assert [target.name for target in targets] == ["h2"] * 3
    assert len({id(target) for target in targets}) == 3
    assert len({tag["id"] for tag in soup.find_all(id=True)}) == len(soup.find_all(id=True))


def test_a_page_without_sections_has_an_empty_list_of_contents(slagelse: Edition) -> None:
    soup = soup_of(page(slagelse, cell(show(text_html="<p>kort</p>"))))
    assert soup.nav.find_all("a") == []


def test_a_page_is_a_danish_document_with_a_skip_link_and_a_policy(slagelse: Edition) -> None:
    html = page(slagelse, new_markdown_cell("## Fund\n\n### Mindre"))
    soup = soup_of(html)
    assert html.startswith("<!DOCTYPE html>")
    assert soup.html["lang"] == "da"
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["Behov"]
    assert soup.title.get_text() == "Behov – Slagelse Kommune – BLUP Akademiet"
    skip = soup.find("a")
    assert skip.get_text() == "Gå til indholdet"
    assert soup.find(id=skip["href"][1:]) is soup.main
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert soup.find("meta", attrs={"name": "viewport"})
    levels = [int(tag.name[1]) for tag in soup.find_all(re.compile("^h[1-6]$"))]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert soup.find(attrs={"data-slot": True}) is None


def test_the_front_stands_before_the_contents_wherever_its_cell_is(slagelse: Edition) -> None:
    opening = block(front(slagelse, title="Behov", facts=[]), "display_data")
    soup = soup_of(page(slagelse, new_markdown_cell("## Fund"), opening, opening=False))
    order = [tag.name for tag in soup.select("header.front, nav.contents, main, footer.about")]
    assert order == ["header", "nav", "main", "footer"]
    assert soup.main.find("h1") is None


def test_a_raw_dataframe_on_a_page_for_sharing_is_refused_in_danish(slagelse: Edition) -> None:
    with pytest.raises(DisclosureError) as caught:
        page(slagelse, cell(show(text_html=RAW._repr_html_(), text_plain=str(RAW))))
    assert "Her står »en tabel, der ikke er kontrolleret«" in str(caught.value)
    assert "report.table_measures()" in str(caught.value)
    assert "987654" not in str(caught.value)


def test_a_figure_that_a_notebook_draws_itself_is_refused_on_a_shared_page_and_shown_on_an_internal_one(
    slagelse: Edition,
) -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    output = show("display_data", image_png=pixel)
    output.metadata["image/png"] = {"alt": "Et punkt & mere"}
    with pytest.raises(DisclosureError, match="en figur, der ikke er kontrolleret"):
        page(slagelse, cell(output))
    inside = soup_of(page(slagelse, block(table_internal(RAW, caption="Til konsulenten")), cell(output)))
    assert inside.select_one("img.raw")["alt"] == "Et punkt & mere"
    assert inside.select_one("img.raw")["src"] == f"data:image/png;base64,{pixel}"


def test_a_raw_dataframe_is_allowed_beside_an_internal_exhibit(slagelse: Edition) -> None:
    raw = cell(show(text_html=RAW._repr_html_()))
    html = page(slagelse, block(table_internal(RAW, caption="Til konsulenten")), raw)
    assert soup_of(html).body["data-audience"] == "intern"
    assert html.count("987654") == 2


@pytest.mark.parametrize("hidden", [True, False], ids=["suppressed", "internal"])
def test_the_audience_is_set_by_what_the_page_shows(
    study: Study, slagelse: Edition, shares: SafeTable, hidden: bool
) -> None:
    table = shares if hidden else internal(shares.frame.drop(columns="status").fillna({"value": 50.0, "n": 3}), study)
    html = page(slagelse, block(plot_bars(table, slagelse, measure="Andel", caption="c", finding="f")))
    assert soup_of(html).body["data-audience"] == ("deling" if hidden else "intern")


def test_words_about_the_mark_do_not_make_a_page_internal(slagelse: Edition) -> None:
    raw = cell(show(text_html=f"<p>Om mærket data-internal.</p>{RAW._repr_html_()}"))
    with pytest.raises(DisclosureError):
        page(slagelse, raw)


@pytest.mark.parametrize("invented", [True, False])
def test_invented_data_are_named_on_the_page_and_only_those(study: Study, shares: SafeTable, invented: bool) -> None:
    edition = read_edition(study.model_copy(update={"synthetic": invented}), "slagelse")
    html = page(edition, block(plot_bars(shares, edition, measure="Andel", caption="c", finding="f")))
    soup = soup_of(html)
    assert len(soup.select(".banner.demo")) == invented
    assert html.count("Syntetiske demodata") == (3 if invented else 0)  # the banner, the source, Om tallene


def test_about_the_numbers_tells_this_study_s_limits(study: Study) -> None:
    limits = study.thresholds.model_copy(update={"min_n": 4, "caution_n": 12})
    edition = read_edition(study.model_copy(update={"thresholds": limits, "contact": "Bo <bo@x.dk>"}), "alle")
    about = soup_of(page(edition)).select_one("footer.about").get_text(" ")
    assert "Vi viser ikke tal for en gruppe, når færre end fire i den har svaret på spørgsmålet." in about
    assert "kun for mindst 12 besvarelser" in about
    assert "betyder, at kun 4-11 har svaret, så tallet er usikkert." in about
    assert "Skriv til Bo <bo@x.dk>, hvis noget ikke kan læses." in about


def test_who_answered_is_said_once_on_the_front(slagelse: Edition) -> None:
    facts = [("Svarperiode", "maj 2026"), ("Byrådspolitikere", "31 besvarelser")]
    soup = soup_of(page(slagelse, block(front(slagelse, title="Behov", facts=facts)), opening=False))
    assert "31 besvarelser" in " ".join(soup.select_one("header.front").get_text(" ").split())
    assert "31 besvarelser" not in " ".join(soup.select_one("footer.about").get_text(" ").split())


def test_what_all_figures_have_in_common_is_said_once_on_the_page(slagelse: Edition, shares: SafeTable) -> None:
    tables = [table_measures(shares, slagelse, columns=["Andel"], caption=each, note="Skala 0-100.") for each in "ab"]
    soup = soup_of(page(slagelse, *map(block, tables)))
    figures = soup.select("main figure.exhibit")
    assert len(figures) == 2 * len(tables[0].items)
    assert soup.get_text().count("Skala 0-100.") == 1
    assert [source.get_text() for source in soup.select(".source")] == [f"Kilde: {slagelse.source}"]
    # It stands beside how the numbers are made, and a figure by itself, as JupyterLab shows it, has all of it.
    assert soup.select_one("footer.about .source") is not None
    assert all("Kilde:" in table.items[0]._repr_html_() for table in tables)


def test_a_source_of_its_own_stays_with_its_exhibit(slagelse: Edition, shares: SafeTable) -> None:
    plain = table_measures(shares, slagelse, columns=["Andel"], caption="a")
    other = table_measures(shares, slagelse, columns=["Andel"], caption="b", source="Regnskab.")
    soup = soup_of(page(slagelse, *map(block, [plain, plain, other])))
    assert {source.get_text() for source in soup.select("main .source")} == {"Kilde: Regnskab."}
    assert soup.select_one("footer .source").get_text() == f"Kilde, hvor intet andet er nævnt: {slagelse.source}"


def test_a_marked_section_is_folded_to_its_heading_and_the_next_is_not(slagelse: Edition) -> None:
    marked = new_markdown_cell("## Regn efter\n\nOrd.", metadata={"tags": ["foldes"]})
    soup = soup_of(page(slagelse, marked, new_markdown_cell("Mere."), new_markdown_cell("## Sidst")))
    fold = soup.select_one("main details.fold")
    assert fold.find("summary").get_text() == fold.find("h2").get_text() == "Regn efter"
    assert "Ord." in fold.get_text()
    assert "Mere." in fold.get_text()
    assert "Sidst" not in fold.get_text()
    # "Indhold" leads to a folded section as to any other.
    assert [link.get_text() for link in soup.select("nav.contents a")][-2:] == ["Regn efter", "Sidst"]
    assert soup.find(id=soup.select("nav.contents a")[-2]["href"][1:]).name == "h2"


def test_a_study_without_purpose_and_contact_gets_no_empty_sentences(study: Study) -> None:
    edition = read_edition(study.model_copy(update={"purpose": "", "contact": ""}), "alle")
    about = soup_of(page(edition)).select_one("footer.about").get_text(" ")
    assert "Formålet" not in about
    assert "Skriv til" not in about


def test_an_error_stops_the_page_with_its_own_words(slagelse: Edition) -> None:
    failed = cell(new_output("error", ename="KeyError", evalue="'k99'", traceback=["hemmelig linje"]))
    with pytest.raises(DataError) as caught:
        page(slagelse, failed)
    assert "Her står »KeyError: 'k99'«. Forventet: alle celler kørt uden fejl" in str(caught.value)
    assert "Kør notesbogen igen." in str(caught.value)
    assert "hemmelig" not in str(caught.value)


def test_an_error_in_a_guide_cell_stops_the_page_too(slagelse: Edition) -> None:
    failed = cell(new_output("error", ename="KeyError", evalue="x", traceback=[]), tags=("vejledning",))
    with pytest.raises(DataError, match="KeyError"):
        page(slagelse, failed)


def test_cells_that_were_not_run_stop_the_page_and_are_counted(slagelse: Edition) -> None:
    idle = [new_code_cell("a = 1"), new_code_cell("b = 2")]
    with pytest.raises(DataError, match="Her står »2 celler, der ikke er kørt«"):
        page(slagelse, *idle)


def test_an_empty_code_cell_need_not_have_been_run(slagelse: Edition) -> None:
    assert "til læseren" in page(slagelse, new_code_cell("  \n"), cell(show(text_html="<p>til læseren</p>")))


def test_a_page_without_a_front_is_told_how_to_get_one(slagelse: Edition) -> None:
    with pytest.raises(DataError) as caught:
        page(slagelse, new_markdown_cell("# Min egen overskrift"), opening=False)
    assert "Her står »ingen forside«. Forventet: en celle med report.front(…)" in str(caught.value)
    assert "Tilføj cellen øverst i notesbogen." in str(caught.value)


def test_a_heading_of_the_first_level_in_a_text_does_not_give_a_page_two(slagelse: Edition) -> None:
    soup = soup_of(page(slagelse, new_markdown_cell("# Endnu en titel")))
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["Behov"]


@pytest.mark.parametrize(
    "active",
    [
        "<script>1</script>",
        '<link rel="stylesheet" href="https://x.dk/a.css">',
        '<iframe src="https://x.dk"></iframe>',
        '<object data="https://x.dk"></object>',
        '<embed src="https://x.dk">',
    ],
)
def test_nothing_active_or_foreign_reaches_the_page(slagelse: Edition, active: str) -> None:
    html = page(slagelse, cell(show(text_html=f"<p>før</p>{active}<p>efter</p>")))
    assert main_of(html).split() == ["før", "efter"]
    assert "x.dk" not in html
