"""The codebook: its themes and patterns, and everything that can be wrong in it."""

from __future__ import annotations

from typing import Any

import pytest

from blupkit.core import BlupkitError
from blupkit.interviews import (
    check_interviews,
    read_codebook,
)

BOOK = "kode;tema_nr;tema;navn;definition;medtages;medtages_ikke;eksempel;soegemoenster\n"


def test_the_codebook_has_its_themes_and_patterns(make_study: Any) -> None:
    codebook = read_codebook(make_study())
    assert list(codebook.theme_names.items()) == [("1", "Roller"), ("2", "Økonomi")]
    assert codebook.codes["patterns"].tolist() == [("mandat*", "love noget"), ("pulje", "fond")]


def test_all_faults_of_the_codebook_are_told_with_their_row(make_study: Any) -> None:
    rows = "1.1;1;Roller;Mandat;Hvad;;;;mandat*\n1.1;1;Rolle;;;;;;\n2.1;;Økonomi;Puljer;Penge;;;;pul(je | fond, pulje\n"
    study = make_study({"kodebog.csv": BOOK + rows})
    with pytest.raises(BlupkitError) as caught:
        read_codebook(study)
    pattern = "ord adskilt af mellemrum, eventuelt med * først eller sidst i ordet, og | mellem mønstrene"
    assert [(f.row, f.column, f.found, f.expected, f.action) for f in caught.value.faults] == [
        (3, "navn", "en tom celle", "kodens navn", "Udfyld cellen."),
        (3, "definition", "en tom celle", "kodens definition", "Udfyld cellen."),
        (3, "kode", "1.1", "et nummer, der kun er brugt én gang", "Giv koden sit eget nummer."),
        (3, "tema", "Rolle", "»Roller« som i rækken med temaets første kode", "Ret temaets navn eller nummer."),
        (4, "tema_nr", "en tom celle", "temaets nummer", "Udfyld cellen."),
        (4, "soegemoenster", "pul(je", pattern, "Ret søgemønstret."),
        (4, "soegemoenster", "fond, pulje", pattern, "Ret søgemønstret."),
    ]
    assert len(check_interviews(study)) == 7


def test_an_empty_codebook_is_a_fault(make_study: Any) -> None:
    with pytest.raises(BlupkitError, match="Skriv koderne i filen"):
        read_codebook(make_study({"kodebog.csv": BOOK}))
