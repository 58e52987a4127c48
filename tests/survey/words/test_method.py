"""How the numbers were made and how far they can be trusted, as a reader is told it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from support import suppress
from survey.survey_support import (
    EMPLOYEES,
    MEMBERS,
    MakeStudy,
    short,
    shown_needs,
    study_rows,
    two_item_rows,
    written_rows,
)

from blupkit.core import Study, read_edition
from blupkit.disclosure import Draft, Release, SafeTable, release_for
from blupkit.disclosure import suppress as decide
from blupkit.survey import (
    Responses,
    read_responses,
    text_dont_know,
    text_keywords,
    text_method,
    text_reliability,
    text_sensitivity,
)
from blupkit.survey.measures.keyness import keyword_counts, keywords
from blupkit.survey.measures.reliability import consistency, reliability
from blupkit.survey.measures.response import screening_counts


def test_the_method_section_gives_the_spans_and_says_where_the_gaps_hold_badly_together(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;5;2;4;3;;;;;;;;"])
    head = {"municipality": "alle", "group": "L", "label": "Projekter", "measure": "Alfa", "status": "vist"}
    frame = pd.DataFrame(
        [
            {**head, "item": "D1", "rating": "Vigtighed", "value": 0.812},
            {**head, "item": "D1", "rating": "Gab", "value": 0.748},
            {**head, "item": "D2", "rating": "Gab", "value": 0.551},
            {**head, "item": "D1", "rating": "Gab", "value": 0.79, "measure": "Omega"},
        ]
    )
    text = text_reliability(SafeTable(frame, 5), read_edition(study, "alle"))
    assert "I svarene fra begge kommuner er alfa i grupper og områder 0,81 for vigtigheden" in text
    assert "0,55-0,75 for gabet" in text
    assert "McDonalds omega er 0,79. Den kræver mindst tre kompetencer" in text
    assert "For gabet er alfa under 0,7 i ét af to tilfælde." in text


def test_without_anything_to_show_the_method_section_says_so(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=two_item_rows(9)))
    table = reliability(consistency(responses), shown_needs(responses))
    assert text_reliability(table, read_edition(responses.study, "alle")) == (
        "For få svar kan vises til at afgøre, hvor godt kompetencerne i hvert område hænger sammen."
    )


@pytest.fixture
def responses(make_study: Any) -> Responses:
    return read_responses(make_study(written_rows({"1": MEMBERS, "3": EMPLOYEES})))


def released(responses: Responses) -> SafeTable:
    return decide(Draft({"ord": keyword_counts(keywords(responses))}), responses.study)["ord"]


def test_keywords_of_a_group_of_fewer_than_ten_writers_are_hidden_on_pages(responses: Responses) -> None:
    table = released(responses)
    assert table.frame["municipality"].tolist() == ["alle"] * 3
    assert table.frame["status"].tolist() == ["skjult"] * 3
    text = text_keywords(table, read_edition(responses.study, "alle"))
    assert text == (
        "Af hensyn til deltagernes fortrolighed viser vi ikke de særlige ord blandt lokalrådsmedlemmer og kommunalt"
        " ansatte. Et ord er kun nævnt, når mindst fem personer i gruppen har brugt det."
    )


def test_keywords_are_told_with_the_number_of_people_behind_them(make_study: Any) -> None:
    # 12 members and 6 employees: "pulje" 12 of 44 words against 0 of 24, "bro" from 8 people.
    many = read_responses(make_study(written_rows({"1": MEMBERS * 2, "3": EMPLOYEES})))
    table = released(many)
    assert table.shown[["group", "label", "value", "n"]].values.tolist() == [
        ["L", "bro", 8.0, 12],
        ["L", "puljen", 12.0, 12],
    ]
    assert text_keywords(table, read_edition(many.study, "alle")) == (
        "Hos lokalrådsmedlemmer (12 har skrevet noget) fylder ordene »bro« (8 personer) og »puljen« (12) mere end hos"
        " de andre. Af hensyn til deltagernes fortrolighed viser vi ikke de særlige ord blandt kommunalt ansatte. Et"
        " ord er kun nævnt, når mindst fem personer i gruppen har brugt det."
    )


def shares(*rows: tuple[str, str, str, float]) -> SafeTable:
    frame = pd.DataFrame(rows, columns=["group", "label", "measure", "value"])
    return SafeTable(frame.assign(municipality="alle", status="vist"), 5)


def test_a_municipality_s_page_leaves_what_is_told_of_all_to_the_common_page(demo: Study, whole: Release) -> None:
    for place in ("slagelse", "kerteminde"):
        edition = read_edition(demo, place)
        part = release_for(whole, edition)
        rows = pd.concat([table.frame for table in part.tables.values()])
        assert set(rows.loc[rows["group"] != "P", "municipality"]) == {place}
        assert set(rows.loc[rows["group"] == "P", "municipality"]) == {"alle"}  # the study shows them for all only
        assert set(part.decisions["municipality"]) <= {place, "alle"}
        said = [text_dont_know(whole["ved_ikke"], edition), text_reliability(whole["sammenhaeng"], edition),
                text_sensitivity(whole["vaegtet"], whole["behov"], edition)]  # fmt: skip
        assert said == ["", "", ""]
        method = text_method(whole["regler"], edition, whole["behov"])
        assert method == text_method(part["regler"], edition, part["behov"])
        assert "Den fælles side viser for alle kommuner under ét" in method
        assert "fælles behovsanalyse" in text_keywords(whole["ord"], edition)
    assert release_for(whole, read_edition(demo, "alle"))["behov"].frame["municipality"].unique().tolist() == ["alle"]


def test_questions_that_many_cannot_answer_are_told_with_the_largest_share_first(demo: Study) -> None:
    table = shares(
        ("A", "Tillid", "Ved ikke (om lokalrådene)", 15.0),
        ("L", "Søge fonde", "Ved ikke (niveau)", 16.4),
        ("L", "Lede møder", "Ved ikke (vigtighed)", 20.2),
        ("P", "Tillid", "Ved ikke (om lokalrådene)", 31.0),
    )
    said = text_dont_know(table, read_edition(demo, "alle")).replace("\N{NO-BREAK SPACE}", " ")
    assert said == (
        "Lokalrådsmedlemmer svarer ofte »ved ikke«: 20 pct. til vigtigheden af »Lede møder« og"
        " 16 pct. til niveauet for »Søge fonde«. Byrådspolitikere svarer ofte »ved ikke«: 31 pct. til"
        " »Tillid« om lokalrådene."
    )


def test_it_says_so_when_there_is_no_question_that_many_cannot_answer(demo: Study) -> None:
    said = text_dont_know(shares(("L", "Tillid", "Ved ikke", 3.0)), read_edition(demo, "alle"))
    assert said.startswith("Der er ingen spørgsmål, hvor mere end 15")


def test_the_method_lists_the_rules_that_hit_something(make_study: MakeStudy) -> None:
    edition, tables = short(make_study, 3, 4)
    text = text_method(tables["screening"], read_edition(edition.study, "alle"), tables["needs"], draws=100)
    assert text.startswith("Filen fra spørgeskemaet har 31 rækker.")
    assert "skala fra 1 til 5" in text
    assert "»Ved ikke« og ubesvarede spørgsmål indgår ikke i gennemsnittene." in text
    assert "ved 100 gange at trække et nyt udvalg" in text
    assert edition.study.frame not in text  # the page says openly whom the answers stand for
    assert "signifikant" not in text


def test_the_method_says_one_besvarelse_and_two_besvarelser(make_study: MakeStudy) -> None:
    rows = [*study_rows(6, 6), "x;;1;5;2;;;;;;;;;;", "y;430;1;6;2;;;;;;;;;;"]
    study = make_study(rows=rows)
    table = suppress(screening_counts(read_responses(study)), study)
    text = text_method(table, read_edition(study, "alle"))
    assert "- Kommune mangler eller kendes ikke: 1 besvarelse sat til side" in text
    assert "- Koder uden for skalaen: 1 svar sat til side" in text
    assert "skala fra" not in text


def test_the_method_says_so_when_nothing_was_set_aside(make_study: MakeStudy) -> None:
    rows = [f"l{n};430;1;5;{1 + n % 3};4;{2 + n % 3};;;{2 + n % 3};;1;1;1;tekst {n}" for n in range(6)]
    study = make_study(rows=rows)
    table = suppress(screening_counts(read_responses(study)), study)
    assert "har 6 rækker. Ingen af dem er sat til side." in text_method(table, read_edition(study, "alle"))


def test_the_method_section_tells_what_the_places_rest_on(make_study: MakeStudy) -> None:
    study = make_study(rows=study_rows(12, 12))
    edition, screening = read_edition(study, "alle"), suppress(screening_counts(read_responses(study)), study)
    head = {"municipality": "alle", "item": "k1", "label": "Søge fonde", "measure": "Plads efter gab", "status": "vist"}
    frame = pd.DataFrame([{**head, "group": group, "value": 1.0, "low": 1.0} for group in ("L", "A")])
    text = text_method(screening, edition, places=SafeTable(frame.assign(correlation=[0.204, float("nan")]), 5))
    assert "er korrelationen mellem gabene for to kompetencer i gennemsnit 0,20 blandt lokalrådsmedlemmer." in text
    assert "For kommunalt ansatte er der regnet med, at svarene på to kompetencer ikke følges ad." in text
    assert "Bygger et gennemsnit på færre end ti besvarelser, kunne sådan et interval røbe svarene." in text
    # Without an interval there is nothing to tell.
    assert "plads i rækkefølgen" not in text_method(screening, edition, places=SafeTable(frame.assign(low=None), 5))
