from __future__ import annotations

import pytest

from blupkit.survey.reading.personal.contents import content_kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["20 30 40 50", "21314151", ""], "telefonnumre"),
        (["+45 20304050"], "telefonnumre"),
        (["22334455", "71829304", "40506070"], "telefonnumre"),
        (["ja: a@b.dk", "c.d@eksempel.dk", "nej"], "mailadresser"),
        (["010190-1234"], "CPR-numre"),
        (["0101901234", "2412851111", "3011700004"], "CPR-numre"),
        (["192.0.2.17", "198.51.100.4"], "IP-adresser"),
        (["55.4038 10.4024 0 4.5"], "positioner"),
        (["Torvegade 12, 5000 Odense", "Skolevej 3"], "adresser"),
    ],
)
def test_what_a_column_holds_shows_in_its_cells(cells: list[str], kind: str) -> None:
    assert content_kind(cells) == kind


@pytest.mark.parametrize(
    "cells",
    [
        ["", " "],
        ["1", "0", "Ja"],
        ["20220401", "20220402", "01042022"],  # dates
        ["10000001", "10000002", "10000003"],  # one after the other
        ["5379192392", "2658722536", "9123456789"],  # ids of ten digits, of which few begin with a date
        ["01-02-2022", "13.05.2022 10:11"],
        ["2022-04-01 09:30:00"],
        ["4,5", "312.41", "0.25"],
        ["Flere møder", "Skriv til kommunen på kommunen@eksempel.dk", "Tid", "Penge"],
        ["Vi mødes på Torvegade hver uge", "Mere tid"],
        ["1.2.3", "2.0.1"],
    ],
)
def test_other_columns_hold_no_personal_data(cells: list[str]) -> None:
    assert content_kind(cells) == ""


def test_a_long_column_is_judged_by_a_part_of_it() -> None:
    assert content_kind([f"navn{number}@eksempel.dk" for number in range(5000)]) == "mailadresser"
