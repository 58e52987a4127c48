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


def test_candidates_are_counted_with_context_and_decision() -> None:
    decisions = pd.DataFrame([("Odense", "behold", "", "")], columns=UNDECIDED.columns)
    texts = pd.Series(["fra Odense", "til Odense og Fyn"])
    table = candidates(texts, REGISTER, decisions)
    assert table.values.tolist() == [
        ["Odense", "navn?", 2, "fra Odense", "behold"],
        ["Fyn", "navn?", 1, "til Odense og Fyn", ""],
    ]
    assert texts.tolist() == ["fra Odense", "til Odense og Fyn"]
