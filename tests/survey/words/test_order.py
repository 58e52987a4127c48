"""The order of needs as a reader is told it: what stands first, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from survey.survey_support import FOUR, WEIGHTED_ROWS, MakeStudy, invited, rated, shown_needs

from blupkit.core import Study, read_edition
from blupkit.disclosure import MeasureRow, SafeTable, internal, measure_table, select_edition
from blupkit.survey import (
    needs,
    read_responses,
    text_orders,
    text_places,
    text_pooling,
    text_quadrants,
)
from blupkit.survey.measures.adjusting import pooled_needs, weighted_places
from blupkit.survey.measures.spread import settled
from blupkit.survey.words.order import text_sensitivity


def test_the_sentence_says_that_nothing_changes_and_for_whom_it_cannot_be_told(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=WEIGHTED_ROWS))
    shown = shown_needs(responses)
    edition = read_edition(responses.study, "alle")
    text = text_sensitivity(weighted_places(shown, invited(responses)), select_edition(shown, edition), edition)
    assert text == (
        "Hvis hver kommune vægtes efter, hvor mange der er inviteret dér, er de fem største udviklingsbehov de samme"
        " blandt kommunalt ansatte. For lokalrådsmedlemmer kan det ikke beregnes, fordi antallet af inviterede ikke er"
        " kendt i alle kommuner."
    )


def test_of_a_survey_without_pairs_nothing_is_said(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=WEIGHTED_ROWS, change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    shown = shown_needs(responses)
    assert (
        text_sensitivity(weighted_places(shown, invited(responses)), shown, read_edition(responses.study, "alle")) == ""
    )


def test_the_sentence_names_the_needs_that_change_places_and_no_hidden_one(make_study: MakeStudy) -> None:
    study = make_study(rows=WEIGHTED_ROWS)
    labels = ["Et", "To", "Tre", "Fire", "Fem", "Seks"]
    head = {"municipality": "alle", "group": "A", "measure": "Gab", "status": "vist"}
    frame = pd.DataFrame([{**head, "item": label, "label": label, "value": 6.0 - n} for n, label in enumerate(labels)])
    # The places by weighted gaps of 6, 5, 4, 3, 1 and 2.
    weighted = SafeTable(frame[["group", "item"]].assign(value=[1.0, 2, 3, 4, 6, 5], lacks=""), 5)
    edition = read_edition(study, "alle")
    told = text_sensitivity(weighted, SafeTable(frame, 5), edition)
    assert told == (
        "Hvis hver kommune vægtes efter, hvor mange der er inviteret dér, ændres de fem største udviklingsbehov."
        " Blandt kommunalt ansatte kommer »Seks« ind i stedet for »Fem«."
    )
    frame.loc[5, "status"] = "skjult"
    assert "Seks" not in text_sensitivity(weighted, SafeTable(frame, 5), edition)


def test_a_group_that_may_not_be_shown_is_not_told_of(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=WEIGHTED_ROWS))
    edition = read_edition(responses.study, "alle")
    hidden = shown_needs(responses, groups=("L", "A"))
    assert text_sensitivity(weighted_places(hidden, invited(responses)), select_edition(hidden, edition), edition) == ""


def orders(*rows: tuple[str, str, float, float, float]) -> SafeTable:
    frame = pd.DataFrame(rows, columns=["measure", "label", "value", "low", "high"])
    return SafeTable(frame.assign(municipality="slagelse", group="L", highest=22.0, status="vist"), 5)


def test_the_reader_is_told_where_the_three_orders_disagree(demo: Study) -> None:
    table = orders(
        ("Plads efter gab", "Søge fonde", 1, 1, 4),
        ("Plads efter MWDS", "Søge fonde", 1, 1, 3),
        ("Plads efter RDS", "Lede møder", 1, 1, 2),
    )
    assert text_orders(table, read_edition(demo, "slagelse")) == (
        "- **Lokalrådsmedlemmer:** Målene er ikke enige. Gabet og MWDS sætter »Søge fonde« øverst, mens RDS sætter"
        " »Lede møder«. Havde andre svaret, kunne »Søge fonde« efter gabet være nr. 2-4 i stedet."
    )


def test_where_some_are_hidden_the_order_is_said_to_be_of_the_others(demo: Study) -> None:
    table = orders(("Plads efter gab", "Søge fonde", 1, 1, 4), ("Plads efter gab", "Lytte", 2, 1, 4))
    table.frame.loc[1, "status"] = "skjult"
    edition = read_edition(demo, "slagelse")
    assert text_orders(table, edition) == (
        "- **Lokalrådsmedlemmer:** Efter gabet står »Søge fonde« øverst. Havde andre svaret, kunne »Søge fonde« efter"
        " gabet være nr. 2-4 i stedet. Kun de kompetencer, der kan vises, er med."
    )
    without = orders(("Plads efter gab", "Søge fonde", 1, 1, 4), ("Plads efter RDS", "Lytte", 1, 1, 4))
    without.frame.loc[1, "status"] = "skjult"  # nothing is told of that order, so nothing is missing from what is told
    assert text_orders(without, edition).endswith("være nr. 2-4 i stedet.")
    table.frame["highest"] = 1.0
    assert text_orders(table, edition) == (
        "- **Lokalrådsmedlemmer:** Kun én kompetence kan vises, så der er ingen rækkefølge."
    )


def test_three_different_first_places_are_told_in_one_sentence(demo: Study) -> None:
    table = orders(
        ("Plads efter gab", "Søge fonde", 1, 1, 4),
        ("Plads efter MWDS", "Lytte", 1, 1, 3),
        ("Plads efter RDS", "Lede møder", 1, 1, 2),
    )
    assert (
        "Målene er ikke enige. Gabet sætter »Søge fonde« øverst, mens MWDS sætter »Lytte«, og RDS sætter »Lede møder«."
        in text_orders(table, read_edition(demo, "slagelse"))
    )


def test_the_reader_is_told_when_they_agree_and_when_the_first_place_is_sure(demo: Study) -> None:
    names = ("Plads efter gab", "Plads efter MWDS", "Plads efter RDS")
    table = orders(*((name, "Søge fonde", 1, 1, 1) for name in names))
    assert text_orders(table, read_edition(demo, "slagelse")) == (
        "- **Lokalrådsmedlemmer:** Gabet, MWDS og RDS sætter alle »Søge fonde« øverst. Havde andre svaret, ville »Søge"
        " fonde« med stor sandsynlighed stadig stå øverst efter gabet."
    )


def test_the_reader_is_told_what_a_place_alone_means_and_only_where_one_stands_there(demo: Study) -> None:
    edition = read_edition(demo, "slagelse")
    ranges = "»1 (1-4)« betyder, at kompetencen står som nummer 1, men også kunne være mellem nummer 1 og nummer 4."
    alone = "Et nummer uden parentes blev det samme, næsten hver gang gennemsnittene blev trukket på ny."
    advice = "Læg derfor mere vægt på, hvad der ligger i toppen, end på den nøjagtige plads."
    nothing, name = float("nan"), "Plads efter gab"
    sure, unsure = (name, "Lytte", 1, 1, 1), (name, "Fonde", 2, 2, 3)
    unknown = ("Plads efter MWDS", "Lytte", 1, nothing, nothing)
    assert text_places(orders(sure), edition) == alone
    assert text_places(orders(unsure), edition) == f"{ranges} {advice}"
    assert text_places(orders(sure, unsure), edition) == f"{ranges} {alone} {advice}"
    few = "for få til at sige, hvor sikkert et nummer uden parentes er."
    assert text_places(orders(unknown), edition) == f"Blandt lokalrådsmedlemmer er svarene {few} {advice}"
    assert text_places(orders(sure, unknown), edition) == (
        f"{alone} Blandt lokalrådsmedlemmer er svarene dog {few} {advice}"
    )
    one = orders(sure)
    one.frame["highest"] = 1.0  # the only one that may be shown has no place among others
    assert text_places(one, edition) == ""


ROOT = Path(__file__).parents[3]


def test_the_reader_gets_the_most_important_first_with_the_cross_hair(demo: Study) -> None:
    assert text_quadrants(rated(*FOUR), read_edition(demo, "slagelse")) == (
        "- **Lokalrådsmedlemmer:** »Lytte«. Grænserne er en vigtighed over 4,0 og et niveau under 3,0."
    )


def test_where_some_are_hidden_the_reader_is_told(demo: Study) -> None:
    shown, hidden = rated(*FOUR), rated(("Nye", 5.0, 1.0), status="skjult")
    edition = read_edition(demo, "slagelse")
    both = SafeTable(pd.concat([shown.frame, hidden.frame], ignore_index=True), 5)
    assert text_quadrants(both, edition) == (
        "- **Lokalrådsmedlemmer:** »Lytte«. Grænserne er en vigtighed over 4,0 og et niveau under 3,0. Kun de"
        " kompetencer, der kan"
        " vises, er med."
    )
    # One competence is its own average: there is nothing to cut.
    one = SafeTable(pd.concat([rated(FOUR[0]).frame, hidden.frame], ignore_index=True), 5)
    assert text_quadrants(one, edition) == (
        "- **Lokalrådsmedlemmer:** Kun én kompetence kan vises, så der er ingen rækkefølge."
    )


def test_the_reader_is_told_what_pooling_does_and_where_municipalities_do_not_differ(demo: Study) -> None:
    responses = read_responses(demo)
    table = pooled_needs(settled(internal(needs(responses, draws=20), demo), (), 10))
    slagelse, alle = read_edition(demo, "slagelse"), read_edition(demo, "alle")
    said = text_pooling(select_edition(table, slagelse), slagelse)
    assert "mere jo færre besvarelser der er" in said
    assert "Blandt lokalrådsmedlemmer ligger »" in said
    assert "ingen tegn på, at kommunerne er forskellige" in said
    assert text_pooling(select_edition(table, alle), alle) == ""
    assert "kan vises" not in said


def test_the_largest_pooled_needs_are_said_to_be_among_the_shown_ones_where_one_is_hidden(demo: Study) -> None:
    edition = read_edition(demo, "slagelse")
    rows = [
        MeasureRow("slagelse", group, key, key, "Udjævnet gab", value, n=12)
        for group, values in {"L": (1.5, 1.0), "A": (1.25, float("nan"))}.items()
        for key, value in zip(("Lytte", "Lede"), values, strict=True)
    ]
    frame = measure_table(rows).assign(between=0.5)
    table = SafeTable(frame.assign(status=frame["value"].map(lambda value: "vist" if value > 0 else "skjult")), 5)
    assert text_pooling(table, edition).endswith(
        "Blandt lokalrådsmedlemmer ligger »Lytte« (1,5) og »Lede« (1,0) så øverst. Blandt kommunalt ansatte ligger"
        " »Lytte« (1,3) så øverst. Kun de kompetencer, der kan vises, er med."
    )
    # Shown here, but by too few municipalities for a pooled gap: that is something else.
    assert text_pooling(SafeTable(frame.assign(status="vist"), 5), edition).endswith(
        "Blandt kommunalt ansatte ligger »Lytte« (1,3) så øverst. Kompetencer med »–« i tabellen er ikke med, fordi"
        " for få kommuners tal kan bruges."
    )


def test_where_no_spread_may_be_used_the_reader_is_told_that_the_place_cannot_be_judged(demo: Study) -> None:
    nothing = float("nan")
    table = orders(("Plads efter gab", "Søge fonde", 1, nothing, nothing))
    assert text_orders(table, read_edition(demo, "slagelse")) == (
        "- **Lokalrådsmedlemmer:** Efter gabet står »Søge fonde« øverst. Svarene er for få til at sige, hvor sikker"
        " førstepladsen efter gabet er."
    )


def test_the_sentence_on_weights_says_where_a_municipality_may_not_show_its_needs(make_study: MakeStudy) -> None:
    study = make_study(rows=WEIGHTED_ROWS)
    head = {"municipality": "alle", "group": "A", "measure": "Gab", "status": "vist"}
    frame = pd.DataFrame([{**head, "item": label, "label": label, "value": 2.0} for label in ("Et", "To")])
    places = frame[["group", "item"]].assign(value=[1.0, float("nan")], lacks=["", "skjult"])
    edition = read_edition(study, "alle")
    assert text_sensitivity(SafeTable(places, 5), SafeTable(frame, 5), edition).endswith(
        "Kompetencer, som ikke kan vises i alle kommuner, er ikke med i den sammenligning."
    )
    none = SafeTable(places.assign(value=float("nan"), lacks="skjult"), 5)
    assert text_sensitivity(none, SafeTable(frame, 5), edition) == (
        "For kommunalt ansatte kan det ikke beregnes, fordi tallene ikke kan vises i alle kommuner."
    )
