"""What else may point to a person is listed once, with what was decided."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from interviews.privacy.people import REGISTER, UNDECIDED

from blupkit.interviews import candidates


def found(text: str, **keywords: Any) -> list[tuple[str, str]]:
    table = candidates(pd.Series([text]), REGISTER, UNDECIDED, **keywords)
    return sorted(zip(table["candidate"], table["kind"], strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi tog til Odense. Der er I.", [("Odense", "navn?")]),
        ("I Nordfyns Kommune: Der var Kirsten.", [("Nordfyns Kommune", "navn?")]),
        ("Storm kom.", [("Storm", "navn?")]),
        ("Komme ud, sagde de, FINDE UD AF DET.", []),
        ("Ring 20 00 00 37 eller 20000037.", [("20 00 00 37", "otte cifre"), ("20000037", "otte cifre")]),
        ("010203-1234 og 0102031234", [("010203-1234", "CPR-lignende nummer"), ("0102031234", "CPR-lignende nummer")]),
        ("Siden 1981 har 2024 kostet 40000.", [("40000", "tal")]),
        ("Se www.tvaerhave.dk/nyt.", [("www.[sted].dk/nyt", "netadresse")]),
        ("Det er enig i. Og jeg gør I. Men nej 😊 Ansatte skal.", []),
    ],
)
def test_what_may_point_to_a_person_is_listed(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_the_first_word_counts_where_the_text_goes_on_from_before() -> None:
    assert found("Odense er stor.") == []
    assert found("Odense er stor.", continued=True) == [("Odense", "navn?")]


@pytest.mark.parametrize(
    "text", ["Gitte ringede.", "Så ringede gitte.", "GITTE ringede.", "Det er Gittes.", "gittes hus"]
)
def test_a_name_that_is_nothing_else_is_listed_in_any_case_and_place(text: str) -> None:
    [(word, kind)] = found(text)
    assert (word.lower().removesuffix("s"), kind) == ("gitte", "navn?")


@pytest.mark.parametrize("word", ["Liv", "Sten", "Vinter", "Glad", "Tage"])
def test_a_name_that_is_a_word_too_is_asked_about_by_its_capital_inside_a_sentence(word: str) -> None:
    assert found(f"Så kom {word} igen.") == [(word, "navn?")]
    assert found(f"{word} er der. Der er {word.lower()}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gørstrup er lukket.", [("Gørstrup", "navn?")]),
        ("Gørstrup Borgerforening er lukket.", [("Gørstrup Borgerforening", "navn?")]),
        ("Gørstrup-hallen er lukket.", [("Gørstrup-hallen", "navn?")]),
        ("Så kom de fra Gørstrup.", [("Gørstrup", "navn?")]),
        ("Vi gørstruppere er trætte.", [("gørstruppere", "navn?")]),
        ("Det siger Skolelederen.", [("Skolelederen", "navn?"), ("skolelederen", "funktion")]),
        ("Formanden for hallen kom.", [("formanden for hallen", "funktion")]),
        ("Så kom hun, og hun gik. Sagde hun.", [("kom hun", "køn")]),
        ("Kommunen er lukket, og mødet var godt.", []),
    ],
)
def test_a_quote_is_looked_at_closely(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, closely=True) == sorted(expected)


def test_what_tells_the_sex_is_settled_by_the_words_beside_it_or_by_itself() -> None:
    text = pd.Series(["Så kom hun hjem. Hun gik igen."])

    def decided(*rows: tuple[str, str]) -> list[list[str]]:
        decisions = pd.DataFrame([(*row, "", "") for row in rows], columns=UNDECIDED.columns)
        return candidates(text, REGISTER, decisions, closely=True)[["candidate", "decision"]].to_numpy().tolist()

    assert decided() == [["kom hun hjem", ""]]
    assert decided(("kom hun hjem", "behold")) == [["kom hun hjem", "behold"]]
    assert decided(("hun", "behold")) == [["hun", "behold"]]
    # What is replaced in one place still stands in the other.
    assert decided(("kom hun hjem", "erstat")) == [["Hun gik", ""]]


def test_candidates_are_counted_with_context_and_decision() -> None:
    decisions = pd.DataFrame([("Odense", "behold", "", "")], columns=UNDECIDED.columns)
    texts = pd.Series(["fra Odense", "til Odense og Fyn"])
    table = candidates(texts, REGISTER, decisions)
    assert table.values.tolist() == [
        ["Odense", "navn?", 2, "fra Odense", "behold"],
        ["Fyn", "navn?", 1, "til Odense og Fyn", ""],
    ]
    assert texts.tolist() == ["fra Odense", "til Odense og Fyn"]
