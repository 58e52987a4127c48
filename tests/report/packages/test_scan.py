"""The last look: whose numbers stand there."""

from __future__ import annotations

import pandas as pd
import pytest

from blupkit.core import ALL, example_study
from blupkit.report.packages.scan import HIDDEN, OTHERS, Scan, Secrets

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


def test_a_day_and_its_hours_beside_a_group_are_no_hidden_number_of_it_and_the_number_itself_is() -> None:
    """By chance an end of an interval is 20.30: then no package was made, for a meeting from 19.00 to 20.30."""
    hidden = pd.DataFrame([["Lokalrådsmedlemmer", 25.0, 19.0, 20.3, 28, 100.0]], columns=NOTHING.columns)
    scan = Scan(Secrets({}, {}, hidden, {ALL: NOTHING}), example_study())

    def said(when: str) -> list[str]:
        head = "<tr><th>Hvad</th><th>Hvornår</th><th>Hvem</th></tr>"
        row = f"<tr><th>Et kursus</th><td>{when}</td><td>Lokalrådsmedlemmer</td></tr>"
        page = f"<html><body><table>{head}{row}</table></body></html>"
        return [leak.what for leak in scan.leaks("side.html", page.encode(), "nordby")]

    for when in (
        "den 28. september 2022 kl. 19.00-20.30",
        "28.9.2022, kl. 19.00",
        "28. september",
        "28 timer",
        "28 minutter",
        "28½ time",
        "plads til 28",
        "aften, plads til 28.",
    ):
        assert said(when) == []
    for when in (
        "20,30",
        "20.30",
        "19,00",
        "28",
        "den 28. september: 20,30",
        "kl. 19.00: 28",
        "28 timer: 28",
        "plads til 28: 28",
        "plads til 20,30",
    ):
        assert HIDDEN in said(when)
