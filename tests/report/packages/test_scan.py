"""The last look: whose numbers stand there."""

from __future__ import annotations

import pandas as pd
import pytest

from blupkit.core import ALL, example_study
from blupkit.report.packages.scan import OTHERS, Scan, Secrets

NOTHING = pd.DataFrame(columns=["label", "value", "low", "high", "n", "highest"])


def found(name: str, page: str, *, file: str = "side.html") -> list[str]:
    """Search a page for the first municipality, where the other one is called as said."""
    study = example_study()
    own, other = study.municipalities
    other = other.model_copy(update={"name": f"{name} Kommune", "short": name})
    study = study.model_copy(update={"municipalities": (own, other)})
    scan = Scan(Secrets({}, {}, NOTHING, {ALL: NOTHING}), study)
    leaks = scan.leaks(file, f"<html><body><p>{page}</p></body></html>".encode(), own.slug)
    return [leak.what for leak in leaks]


@pytest.mark.parametrize("name", ["Vejen", "Greve", "Skive", "Odder", "Lejre"])
def test_a_municipality_that_is_called_as_an_everyday_word_is_told_by_its_capital(name: str) -> None:
    assert found(name, f"Sagen om {name.lower()} tog 12 timer.") == []
    for written in (name, f"{name}s", name.upper(), f"{name} Kommune", f"{name.lower()} kommune"):
        assert OTHERS in found(name, f"I {written} var der 12 timer.")
    assert OTHERS in found(name, "Alt er vel.", file=f"{name.lower()}_n = 12.html")


def test_any_other_name_is_found_however_it_is_written() -> None:
    for written in ("Nærlev", "NÆRLEV", "nærlev", "naerlev", "Nærlevs"):
        assert OTHERS in found("Nærlev", f"{written}: 3,4")
    assert found("Nærlev", "Nærlevhallen har 3 sale.") == []


def test_a_day_beside_another_municipality_s_name_is_no_result_and_a_number_beside_a_day_is() -> None:
    days = ("den 17. maj 2022", "9.-16. december 2022", "2. juni-12. august", "17.5.2022", "i 2022")
    for day in days:
        assert found("Nærlev", f"Workshop i Nærlev {day}.") == []
        assert OTHERS in found("Nærlev", f"Workshop i Nærlev {day}: 12 kom.")
    assert OTHERS in found("Nærlev", "I Nærlev kom 17.")
    assert OTHERS in found("Nærlev", "I Nærlev er gennemsnittet 17.5.")
    assert found("Nærlev", "Figur 1. Workshop i Nærlev.") == []
    assert OTHERS in found("Nærlev", "Figur 1. I Nærlev kom 12.")
