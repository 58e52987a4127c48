"""A passphrase that anybody would try first locks nothing."""

from __future__ import annotations

import pytest

from blupkit.core import DataError, example_study
from blupkit.report.packages.passphrase import check_passphrase

STUDY = example_study()
TOWN = STUDY.municipalities[0]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("kort", "4 tegn"),
        ("elleve tegn", "11 tegn"),
        ("aaaaaaaaaaaa", "kun 1 forskelligt tegn"),
        ("a a a a a a a a", "kun 1 forskelligt tegn"),
        ("aAaAaAaAaAaA", "kun 1 forskelligt tegn"),
        ("abababababab", "kun 2 forskellige tegn"),
        ("121212121212", "kun 2 forskellige tegn"),
        ("abcdabcdabcd", "kun 4 forskellige tegn"),
        ("sommerhest sommerhest", "det samme igen og igen"),
        ("hestehestehest", "kun 4 forskellige tegn"),
        ("giraf-giraf-gir", "det samme igen og igen"),
        ("abcdefghijklmn", "følger efter hinanden"),
        ("123456789012", "følger efter hinanden"),
        ("nmlkjihgfedcba", "følger efter hinanden"),
        ("qwertyuiopå12", "følger efter hinanden"),
        (f"{TOWN.short}{TOWN.short}", "igen og igen"),
        (f"{TOWN.name} 2026!", "kan gætte"),
        (f"{TOWN.short.upper()} {STUDY.municipalities[1].short}", "kan gætte"),
        (STUDY.organisation * 3, "det samme igen og igen"),
        ("adgangskode1234", "kan gætte"),
        ("Adgangskode 2026", "kan gætte"),
        ("password-kodeord", "kan gætte"),
    ],
)
def test_what_is_guessed_is_refused_and_never_repeated(given: str, found: str) -> None:
    with pytest.raises(DataError, match=found) as refused:
        check_passphrase(given, STUDY)
    assert given not in str(refused.value)
    assert "Vælg" in str(refused.value)


@pytest.mark.parametrize(
    "given",
    ["fire ord på række", "hest lampe tirsdag grus", f"{TOWN.short} lampe grus", "x7#Kq!29vPzR", "Blå cykler 7 gange"],
)
def test_what_nobody_guesses_is_taken(given: str) -> None:
    check_passphrase(given, STUDY)
