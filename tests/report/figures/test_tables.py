"""Tables, quotes and the front block: what a cell says, and that nothing from a study becomes markup."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from for_reader import table_groups, table_measures
from support import unbroken

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, internal
from blupkit.report import front, list_quotes, table_internal, text
from blupkit.report.figures.exhibits import Exhibit, Text
from blupkit.report.figures.hyphenation import SOFT_HYPHEN
from blupkit.report.figures.numbers import html_table


def cells(html: str) -> list[list[str]]:
    body = BeautifulSoup(unbroken(html), "html.parser").find("tbody")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in body.find_all("tr")]


def heads(html: str) -> list[str]:
    return [head.get_text() for head in BeautifulSoup(unbroken(html), "html.parser").select("thead > tr > *")]


def safe(*rows: tuple[object, ...]) -> SafeTable:
    """Slagelse's rows with their status: group, item, label, measure, value, n, highest, status."""
    frame = pd.DataFrame(
        [
            ("slagelse", group, item, label, measure, value, np.nan, np.nan, n, 0.0, highest, status)
            for group, item, label, measure, value, n, highest, status in rows
        ],
        columns=[*MEASURE_COLUMNS, "status"],
    )
    return SafeTable(frame.astype({"n": "Int64"}), 5)


@pytest.fixture
def mixed() -> SafeTable:
    return safe(
        ("A", "k1", "Lytte", "Gab", 1.25, 12, 4.0, "vist"),
        ("A", "k2", "Møder", "Gab", np.nan, None, 4.0, "skjult"),
        ("L", "k1", "Lytte", "Gab", 2.0, 7, 4.0, "få"),
        ("L", "k1", "Lytte", "RDS", np.nan, 7, 4.0, "få"),
        ("L", "k2", "Møder", "Gab", -0.5, 40, 4.0, "vist"),
    )


def test_measures_are_one_table_a_group_in_the_study_s_order(mixed: SafeTable, slagelse: Edition) -> None:
    exhibits = table_measures(mixed, slagelse, columns=["Gab"], caption="Gab, {gruppe}, {sted}").items
    assert [exhibit.caption for exhibit in exhibits] == [
        "Gab, Lokalrådsmedlemmer, Slagelse Kommune",
        "Gab, Kommunalt ansatte, Slagelse Kommune",
    ]
    assert [heads(exhibit.table) for exhibit in exhibits] == [["", "Gab", "Besvarelser"]] * 2
    assert cells(exhibits[0].table) == [["Lytte", "2,0*", "7"], ["Møder", "−0,5", "40"]]
    # 1,25 is rounded half away from zero
    assert cells(exhibits[1].table) == [["Lytte", "1,3", "12"], ["Møder", "•", "•"]]


def test_each_table_has_the_note_that_its_own_cells_need(mixed: SafeTable, slagelse: Edition) -> None:
    local, staff = table_measures(mixed, slagelse, columns=["Gab"], caption="c").items
    assert local.note == "* Kun få har svaret, så tallet er usikkert."
    assert staff.note.startswith("• Ikke vist")
    assert "varsomhed" not in staff.note


def test_a_number_that_does_not_exist_is_a_dash_and_no_dot(mixed: SafeTable, slagelse: Edition) -> None:
    local, staff = table_measures(mixed, slagelse, columns=["RDS", "MWDS", "Gab"], caption="c").items[:2]
    # Of nobody is there a MWDS, so there is no column of dashes for it.
    assert heads(local.table) == ["", "RDS", "Gab", "Besvarelser"]
    assert cells(local.table)[1] == ["Møder", "–", "−0,5", "40"]
    assert cells(staff.table)[0] == ["Lytte", "–", "1,3", "12"]


def test_a_missing_value_of_few_answers_is_a_dash(mixed: SafeTable, slagelse: Edition) -> None:
    local = table_measures(mixed, slagelse, columns=["RDS"], caption="c").items[0]
    # there is one item only, so the row is the group's
    assert cells(local.table) == [["Lokalrådsmedlemmer", "–*", "7"]]


def test_one_item_is_one_table_with_a_row_for_each_group(slagelse: Edition) -> None:
    table = safe(
        ("L", "svar", "Besvarelser", "Inviteret", 1200.0, 40, float("inf"), "vist"),
        ("L", "svar", "Besvarelser", "Svarprocent", 62.5, 40, 100.0, "vist"),
        ("A", "svar", "Besvarelser", "Inviteret", 15.0, 12, float("inf"), "vist"),
        ("A", "svar", "Besvarelser", "Svarprocent", 80.0, 12, 100.0, "vist"),
    )
    [exhibit] = table_measures(table, slagelse, columns=["Inviteret", "Svarprocent"], caption="{sted}: svar").items
    assert exhibit.caption == "Slagelse Kommune: svar"
    assert heads(exhibit.table) == ["", "Inviteret", "Svarprocent", "n"]
    # a count has no decimals, a share has the study's one
    assert cells(exhibit.table) == [
        ["Lokalrådsmedlemmer", "1.200", "62,5", "40"],
        ["Kommunalt ansatte", "15", "80,0", "12"],
    ]


@pytest.mark.parametrize(("decimals", "written"), [(0, "1"), (2, "1,25")])
def test_decimals_are_the_study_s_own(study: Study, mixed: SafeTable, decimals: int, written: str) -> None:
    edition = read_edition(study.model_copy(update={"decimals": decimals}), "slagelse")
    staff = table_measures(mixed, edition, columns=["Gab"], caption="c").items[1]
    assert cells(staff.table)[0][1] == written


def test_what_a_measure_counts_already_is_not_counted_again(slagelse: Edition) -> None:
    answers = safe(
        ("L", "svar", "Svar", "Besvarelser", 40.0, 40, np.inf, "vist"),
        ("L", "svar", "Svar", "Svarprocent", 25.0, 40, 100.0, "vist"),
    )
    columns = ["Besvarelser", "Svarprocent"]
    (exhibit,) = table_measures(answers, slagelse, columns=columns, caption="c", note="Kun de kendte.").items
    assert heads(exhibit.table) == ["", *columns]
    assert cells(exhibit.table) == [["Lokalrådsmedlemmer", "40", "25,0"]]
    assert exhibit.note == "Kun de kendte."


def test_decimals_can_be_chosen_for_one_table(mixed: SafeTable, slagelse: Edition) -> None:
    staff = table_measures(mixed, slagelse, columns=["Gab"], caption="c", decimals=3).items[1]
    assert cells(staff.table)[0][1] == "1,250"


def test_an_internal_table_of_measures_marks_its_exhibits(study: Study, slagelse: Edition, mixed: SafeTable) -> None:
    open_table = internal(mixed.frame.drop(columns="status").fillna({"n": 3, "value": 3.5}), study)
    shared = table_measures(mixed, slagelse, columns=["Gab"], caption="c")._repr_html_()
    marked = table_measures(open_table, slagelse, columns=["Gab"], caption="c")._repr_html_()
    assert " data-internal" not in shared
    assert marked.count('<figure class="exhibit" data-kind="tabel" data-internal>') == 2


def test_the_numbers_of_a_column_have_as_many_decimals_as_each_other() -> None:
    frame = pd.DataFrame({"a": [30.7, 44.0, float("nan")], "b": [2.0, 3.0, 4.0], "c": ["x", 1, None]})
    shown = cells(table_internal(frame, caption="c").table)
    assert shown == [["30,7", "2", "x"], ["44,0", "3", "1"], ["–", "4", "–"]]


def test_an_internal_table_sets_any_frame_out_as_it_is_read() -> None:
    frame = pd.DataFrame(
        {
            "navn": ["Åse", None],
            "andel": [0.25, np.nan],
            "antal": [1200.0, float("inf")],
            "ja": [True, False],
            "ukendt": [pd.NA, "x"],
        }
    )
    before = frame.copy()
    exhibit = table_internal(frame, caption="Kontrol")
    assert heads(exhibit.table) == ["Navn", "Andel", "Antal", "Ja", "Ukendt"]
    assert [row[1:] for row in cells(exhibit.table)] == [["0,3", "1.200", "ja", "–"], ["–", "–", "nej", "x"]]
    assert " data-internal" in exhibit._repr_html_()
    pd.testing.assert_frame_equal(frame, before)


def test_an_internal_table_shows_the_columns_and_rows_that_were_asked_for() -> None:
    frame = pd.DataFrame({"a": range(3), "b": list("xyz")})
    exhibit = table_internal(frame, caption="c", heads={"b": "Bogstav"}, limit=2)
    assert heads(exhibit.table) == ["Bogstav"]
    assert cells(exhibit.table) == [["x"], ["y"]]
    assert exhibit.note == "De første 2 af 3 rækker."


def test_an_internal_table_without_rows_says_so() -> None:
    exhibit = table_internal(pd.DataFrame({"a": []}), caption="c")
    assert exhibit.note == "Ingen rækker."
    assert cells(exhibit.table) == []


@pytest.mark.parametrize(("rows", "folded"), [(30, False), (31, True)])
def test_a_long_internal_table_is_folded(rows: int, folded: bool) -> None:
    html = table_internal(pd.DataFrame({"a": range(rows)}), caption="c")._repr_html_()
    assert ("<summary>Vis alle 31 rækker</summary>" in html) == folded


def test_quotes_stand_by_theme_with_the_role_only() -> None:
    frame = pd.DataFrame(
        {
            "theme_name": ["Tillid & tal", "Roller", "Tillid & tal"],
            "code_name": ["Åben", "Rolle", "<Lukket>"],
            "attribution": ["Kommunalt ansat", "Lokalrådsmedlem", "Lokalrådsmedlem"],
            "text": ["vi <b>lytter</b>", "det er svært", "jo & nej"],
            "speaker": ["Bodil Hansen", "Per Olsen", "Per Olsen"],
        }
    )
    html = list_quotes(frame, caption="Citater", source="Interview")._repr_html_()
    soup = BeautifulSoup(html, "html.parser")
    assert [head.get_text() for head in soup.find_all("h3")] == ["Tillid & tal", "Roller"]
    assert [quote.p.get_text() for quote in soup.find_all("blockquote")] == [
        "»Vi <b>lytter</b>«",
        "»Jo & nej«",
        "»Det er svært«",
    ]
    assert [foot.get_text() for foot in soup.find_all("footer")] == [
        "Kommunalt ansat · Åben",
        "Lokalrådsmedlem · <Lukket>",
        "Lokalrådsmedlem · Rolle",
    ]
    assert soup.find("b", string="lytter") is None
    assert "Bodil" not in html
    assert "Olsen" not in html


def test_no_quotes_is_said_politely() -> None:
    html = list_quotes(pd.DataFrame({"theme_name": []}), caption="Citater", source="s")._repr_html_()
    assert "Der er endnu ingen citater, der er godkendt til deling." in html
    assert "<blockquote>" not in html


def test_a_table_has_scopes_a_caption_and_a_region_that_scrolls() -> None:
    soup = BeautifulSoup(html_table(["Emne", "n"], [["Lytte", "12"]], 'Tal om "tillid"'), "html.parser")
    region = soup.find("div")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", 'Tal om "tillid"')
    assert region["class"] == ["scroll"]
    assert [head["scope"] for head in soup.find_all("th")] == ["col", "col", "row"]
    assert soup.caption.get_text() == 'Tal om "tillid"'
    assert [cell.get_text() for cell in soup.find_all("td")] == ["12"]


def test_markup_in_heads_cells_and_caption_is_escaped() -> None:
    html = html_table(["<i>a</i>"], [["<i>b</i>", "<i>c</i>"]], "<i>d</i>")
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 5  # the caption stands twice: once as the region's name


def test_markup_in_an_exhibit_s_words_is_escaped() -> None:
    html = Exhibit("tabel", "<i>a", "", note="<i>b", source="<i>c", finding="<i>d")._repr_html_()
    assert "<i>" not in html
    assert html.count("&lt;i&gt;") == 4


def test_an_exhibit_leaves_out_what_is_empty() -> None:
    html = Exhibit("tabel", "Titel", "")._repr_html_()
    assert "Anm.:" not in html
    assert "Kilde:" not in html
    assert "<h3>" not in html


def test_running_text_is_shown_as_markdown() -> None:
    assert text("Et **fund**.") == Text("Et **fund**.")
    assert text("Et **fund**.")._repr_markdown_() == "Et **fund**."


@pytest.mark.parametrize("invented", [True, False])
def test_the_front_names_invented_data_and_only_those(study: Study, invented: bool) -> None:
    edition = read_edition(study.model_copy(update={"synthetic": invented}), "alle")
    soup = BeautifulSoup(front(edition, title="<Behov>", facts=[("Svar <", "40 & 2")]).html, "html.parser")
    assert bool(soup.select_one(".banner.demo")) == invented
    assert soup.select_one(".banner.intern") is None
    assert soup.h1.get_text() == "<Behov>"
    assert soup.select_one(".place").get_text() == "Alle seks kommuner"
    assert [part.get_text() for part in soup.select("dt, dd")] == ["Svar <", "40 & 2"]


def test_the_front_of_an_internal_page_says_that_it_must_not_be_shared(slagelse: Edition) -> None:
    html = front(slagelse, title="Kontrol", facts=[], internal=True).html
    assert "<b>INTERN</b> – siden må ikke deles." in html


def test_groups_stand_side_by_side_and_few_answers_are_written_as_many_are(slagelse: Edition) -> None:
    table = safe(
        ("A", "tid", "Dag", "Andel", 58.33, 12, 100.0, "vist"),
        ("A", "tid", "Aften", "Andel", 41.67, 12, 100.0, "vist"),
        ("L", "tid", "Dag", "Andel", 12.5, 40, 100.0, "vist"),
        ("L", "tid", "Lørdag", "Andel", 87.5, 40, 100.0, "vist"),
    )
    [exhibit] = table_groups(table, slagelse, measure="Andel", caption="Tid. {sted}.", finding="Fund").items
    assert heads(exhibit.table) == ["", "Lokalrådsmedlemmer", "Kommunalt ansatte"]
    # Of 12 employees 58.33 per cent are 7; a group that was not given an answer to choose has a dash.
    assert cells(exhibit.table) == [
        ["Dag", "13\N{NO-BREAK SPACE}pct. (5)", "58\N{NO-BREAK SPACE}pct. (7)"],
        ["Aften", "–", "42\N{NO-BREAK SPACE}pct. (5)"],
        ["Lørdag", "88\N{NO-BREAK SPACE}pct. (35)", "–"],
        ["Besvarelser", "40", "12"],
    ]
    assert (exhibit.caption, exhibit.finding) == ("Tid. Slagelse Kommune.", "Fund")


def test_an_internal_table_names_groups_when_it_knows_the_study(slagelse: Edition) -> None:
    frame = pd.DataFrame({"group": ["L", "alle"], "n": [1, 2]})
    exhibit = table_internal(frame, caption="c", heads={"n": "Antal", "group": "Gruppe"}, study=slagelse.study)
    assert cells(exhibit.table) == [["1", "lokalrådsmedlemmer"], ["2", "alle"]]


def test_a_group_that_shows_nothing_is_named_once_and_has_no_column(slagelse: Edition) -> None:
    table = safe(
        ("A", "tid", "Dag", "Andel", np.nan, None, 100.0, "skjult"),
        ("L", "tid", "Dag", "Andel", 12.5, 40, 100.0, "vist"),
    )
    [exhibit] = table_groups(table, slagelse, measure="Andel", caption="c").items
    assert cells(exhibit.table) == [["Dag", "13\N{NO-BREAK SPACE}pct. (5)"], ["Besvarelser", "40"]]
    assert exhibit.note.startswith("Kommunalt ansatte er ikke vist af hensyn til deltagernes fortrolighed")


def test_where_no_group_shows_anything_there_is_no_table_but_words(slagelse: Edition) -> None:
    table = safe(("A", "tid", "Dag", "Andel", np.nan, None, 100.0, "skjult"))
    [exhibit] = table_groups(table, slagelse, measure="Andel", caption="c", finding="Der er for få.").items
    assert (exhibit.finding, exhibit.table) == ("Der er for få", "")
    assert exhibit.note.startswith("Kommunalt ansatte er ikke vist")


def test_a_span_of_hours_in_a_heading_stays_on_one_line(slagelse: Edition) -> None:
    table = safe(("L", "tid", "4-8 timer", "Andel", 12.5, 40, 100.0, "vist"))
    [exhibit] = table_groups(table, slagelse, measure="Andel", caption="c", finding="De vil helst »4-8 timer«").items
    assert '»<span class="whole">4-8 timer</span>«' in exhibit._repr_html_()


def test_a_question_that_was_not_asked_gives_no_table(slagelse: Edition) -> None:
    nothing = SafeTable(pd.DataFrame(columns=[*MEASURE_COLUMNS, "status"]), 5)
    assert (
        "ikke en del af denne undersøgelse"
        in table_groups(nothing, slagelse, measure="Andel", caption="c")._repr_html_()
    )


@pytest.mark.parametrize(
    ("folded", "said"), [(False, '<p class="none">Det er ikke en del af denne undersøgelse.</p>'), (True, "")]
)
def test_measures_without_rows_give_no_empty_table(slagelse: Edition, folded: bool, said: str) -> None:
    nothing = SafeTable(pd.DataFrame(columns=[*MEASURE_COLUMNS, "status"]), 5)
    exhibits = table_measures(nothing, slagelse, columns=["Gab"], caption="Gab. {gruppe}.", folded=folded)
    assert exhibits.items == []
    assert exhibits._repr_html_() == said


def test_a_long_table_can_be_folded_away(mixed: SafeTable, slagelse: Edition) -> None:
    exhibits = table_measures(mixed, slagelse, columns=["Gab"], caption="c", folded=True).items
    for exhibit in exhibits:
        html = exhibit._repr_html_()
        folded = BeautifulSoup(html, "html.parser").select_one("figure > details")
        assert folded.find("summary").get_text() == "Vis tabellen"
        assert len(cells(str(folded))) == 2
        # Note and source are folded away with it; the title stays.
        assert (folded.select_one(".source") is not None, html.count("<figcaption")) == (True, 1)


def test_a_number_can_be_followed_by_its_interval(slagelse: Edition) -> None:
    table = safe(
        ("L", "k1", "Lytte", "Plads", 1.0, 40, 22.0, "vist"),
        ("L", "k2", "Møder", "Plads", np.nan, None, 22.0, "skjult"),
        ("L", "k3", "Fonde", "Plads", 3.0, 7, 22.0, "få"),
    )
    table.frame[["low", "high"]] = [[1.0, 4.0], [np.nan, np.nan], [-1.0, 5.0]]
    [exhibit] = table_measures(table, slagelse, columns=["Plads"], caption="c", decimals=0, intervals=["Plads"]).items
    # A minus beside a dash would be hard to read.
    assert [row[1] for row in cells(exhibit.table)] == ["1 (1-4)", "•", "3 (−1 til 5)*"]


def test_a_long_head_may_be_broken_on_a_telephone() -> None:
    html = html_table(["", "Lokalrådsmedlemmer", "Kommunalt ansatte"], [["Dag", "1", "2"]], "c")
    assert f"Lokalråds{SOFT_HYPHEN}medlemmer" in html
    assert "Kommunalt ansatte" in html


def test_a_long_head_with_an_ampersand_is_softened_before_it_is_escaped() -> None:
    made = html_table(["", "Kulturråd&fritidsområde"], [["Lytte", "12"]], "Antal")
    (head,) = BeautifulSoup(made, "html.parser").select("thead th")
    assert head.text.replace(SOFT_HYPHEN, "") == "Kulturråd&fritidsområde"
    assert SOFT_HYPHEN in head.text
