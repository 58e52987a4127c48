"""The tables of a release by name, and what is hidden in them."""

from __future__ import annotations

from blupkit.core import Study
from blupkit.disclosure import Release
from blupkit.survey import (
    decision_overview,
    read_responses,
    text_release,
)


def test_the_consultant_reads_what_is_hidden_and_why(demo: Study, whole: Release) -> None:
    table = decision_overview(whole, read_responses(demo))
    assert table["Antal"].sum() == len(whole.decisions)
    assert not table.isna().any(axis=None)
    assert "Hvem vil du helst lære sammen med?" in set(table["Tabel"])
    assert {"Færre end 5 besvarelser", "Gruppen vises kun for alle kommuner under ét"} <= set(table["Hvorfor"])
    assert "når ingen eller alle i en gruppe har valgt et svar." in text_release(whole)
