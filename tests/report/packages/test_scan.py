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
