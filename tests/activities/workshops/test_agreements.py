"""What was agreed: fulfilled of all, the unknown apart, and nobody reads what was not shared with them."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest
import readability

from blupkit.activities import (
    agreement_facts,
    attendance_title,
    followed_up,
    list_agreements,
    read_agreements,
    read_attendance,
    text_agreements,
    text_attendance,
    text_followed_up,
    text_parties,
    text_shared,
    written_after,
)
from blupkit.activities.workshops.agreements import Agreements, Attendance
from blupkit.core import DataError, Study, read_edition, read_study
from blupkit.core.tables import read_table

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


def of(demo: Study, place: str, today: str = "", *, internal: bool = False) -> Agreements:
    return read_agreements(read_edition(demo, place), today, internal=internal)


def test_of_the_demo_s_seventeen_five_are_fulfilled_and_three_are_not_known(demo: Study) -> None:
    found = of(demo, "alle")
    assert dict(found.states) == {"opfyldt": 5, "i gang": 6, "delvist": 2, "opgivet": 1, "ukendt": 3}
    assert (found.fulfilled, found.unknown, found.all) == (5, 3, 17)  # and not 5 of the 14 that are known
    assert agreement_facts(found)[1:] == [("I alt", "17 aftaler"), ("Opfyldt", "5 af 17")]
    # AF1, 4, 6, 10, 11, 12 · AF3, 5, 9, 13, 17 · AF2, 7, 14 · AF8, 15, 16
    assert dict(found.parties) == {"forvaltningen": 6, "lokalråd": 5, "politikere": 3, "fælles": 3}


def test_an_agreement_is_overdue_from_the_day_after_its_deadline(demo: Study) -> None:
    # On 21 December: AF3 and AF10 and AF6 from the autumn, and AF5, 7, 11, 12, 14, 17 of 1 December.
    assert of(demo, "alle").overdue == 9
    assert of(demo, "alle", "2022-12-01").overdue == 2  # AF3 of 1 November, AF6 of 1 September
    assert of(demo, "alle", "2022-11-01").overdue == 1
    assert of(demo, "alle", "2023-05-02").overdue == 11  # AF13 and AF16 too; what is given up never is
    with pytest.raises(DataError, match="en dato som 2022-12-21"):
        of(demo, "alle", "i morgen")


def test_a_municipality_reads_its_own_agreements_and_no_other_s(demo: Study) -> None:
    rows = read_table(DEMO / "aktiviteter" / "aftaler.csv", "aftaler.csv")
    held = read_table(DEMO / "aktiviteter" / "workshops.csv", "workshops.csv").set_index("id")["kommune"]
    for place in demo.municipalities:
        found = of(demo, place.slug)
        own = rows[rows["workshop"].map(held) == place.name]
        assert [each.text for each in found.made] == own.loc[own["deling"] != "nej", "aftale"].tolist()
        assert found.all == len(found.made)
    naestved = of(demo, "naestved")
    assert naestved.all == 3  # of four: AF8 is not shared
    assert "lukkede skole" not in str(naestved)


def test_all_read_what_is_shared_with_all_and_the_consultant_reads_everything(demo: Study) -> None:
    shared, whole = of(demo, "alle"), of(demo, "alle", internal=True)
    assert len(shared.made) == 6  # AF1, 4, 7, 11, 13, 15
    assert "lukkede skole" not in str(shared)
    assert len(whole.made) == 17
    assert text_shared(shared) == (
        "Her er de seks aftaler, som parterne har delt med alle. De øvrige er ikke delt med alle."
    )


def test_what_somebody_must_ask_about_stands_under_its_municipality(demo: Study) -> None:
    lines = list_agreements(of(demo, "alle", internal=True), demo, "ukendt").splitlines()
    assert [line for line in lines if line.startswith("* ")] == ["* **Næstved Kommune**", "* **Slagelse Kommune**"]
    assert lines[2:4] == [
        "* **Slagelse Kommune**",
        "    * Lokalrådene samler ønsker før budgetarbejdet: lokalråd, frist den 1. maj 2023, ikke oplyst, hvor langt.",
    ]
    late = list_agreements(of(demo, "alle", internal=True), demo, "overskredet").splitlines()
    assert sum(line.startswith("    * ") for line in late) == 9
    assert list_agreements(of(demo, "alle", "2022-05-18", internal=True), demo, "overskredet") == "Ingen."


def test_who_came_is_counted_over_all_workshops(demo: Study) -> None:
    found = read_attendance(demo)
    assert dict(found.came) == {"L": 58, "P": 16, "A": 32}  # 15+10+13+6+7+7, 4+3+3+2+2+2, 7+6+7+4+3+5
    assert (found.days[0], found.days[-1], len(found.days)) == (date(2022, 5, 17), date(2022, 9, 21), 6)
    said = text_attendance(found, read_edition(demo, "alle"))
    assert "106 deltog: 58 lokalrådsmedlemmer, 16 byrådspolitikere og 32 kommunalt ansatte." in said
    unknown = text_attendance(Attendance(found.days[:1], {"L": 9}, ("P",)), read_edition(demo, "alle"))
    assert unknown == (
        "Der er holdt én workshop, den 17. maj 2022. Mindst 9 deltog: 9 lokalrådsmedlemmer."
        " Hvor mange byrådspolitikere der deltog, er ikke oplyst fra alle workshopper."
    )


def test_what_is_answered_after_three_months_is_counted_as_it_stands_in_the_file(demo: Study) -> None:
    rows = read_table(DEMO / "aktiviteter" / "opfoelgning.csv", "opfoelgning.csv")
    found = followed_up(demo)
    assert found["Svar"].sum() == len(rows) == 55
    slagelse = found[found["Kommune"] == "Slagelse Kommune"].iloc[0]
    assert slagelse[["Svar", "ja", "delvist", "nej", "ved ikke"]].tolist() == [6, 3, 2, 1, 0]
    assert text_followed_up(found, read_attendance(demo)).startswith("55 har svaret af de 106, der deltog.")
    written = written_after(demo)
    helped = Counter(rows.loc[rows["hjalp"] != "", "hjalp"])
    told = written[written["Spørgsmål"] == "Hvad har hjulpet?"]
    assert dict(zip(told["Svar"], told["Antal"], strict=True)) == helped


def test_every_way_the_agreements_can_stand_is_said_well() -> None:
    wrong, said = [], set()
    for fulfilled, begun, given_up, unknown in product((0, 1, 2, 12), repeat=4):
        states = {"opfyldt": fulfilled, "i gang": begun, "opgivet": given_up, "ukendt": unknown}
        states = {state: n for state, n in states.items() if n}
        for late in {0, min(1, begun), begun + unknown}:
            found = Agreements(date(2022, 12, 21), (), states, {"lokalråd": sum(states.values())}, late)
            for text in (text_agreements(found), text_parties(found), text_shared(found)):
                said.add(text)
                wrong += readability.faults(text)
                wrong += re.findall(r"\b(?:en|ét) (?:af|er) |\bén aftaler|\b(?:to|12) aftale\b| nul ", text)
    assert wrong == []
    assert {"Den ene aftale er opfyldt.", "Der er endnu ingen aftaler."} <= said
    assert [attendance_title(Attendance((date(2022, 5, 17),) * n, {}, ())) for n in (1, 2)] == [
        "Én workshop",
        "To workshopper",
    ]
