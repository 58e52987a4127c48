"""The plan as it stands on a day: what is done, late and next, who does what, and what stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from blupkit.activities import finding_plan, list_late, list_next, list_roles, read_plan, text_plan
from blupkit.activities.plan import Plan
from blupkit.core import DataError, read_study
from blupkit.report import plot_plan

SETTINGS = """navn = "Prøve"
udgiver = "Os"
periode = "2022"
data_dato = 2022-05-01
[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
[[gruppe]]
noegle = "P"
navn = "politikere"
ental = "Politiker"
[[kommune]]
kode = 1
navn = "Nordby Kommune"
kort_navn = "Nordby"
[aktiviteter]
[[rolle]]
noegle = "k"
navn = "konsulent"
[[rolle]]
noegle = "f"
navn = "facilitator"
"""
HEADS = "id;aktivitet;fase;start;slut;ansvarlig;medvirker;kommune;status;efter;leverance;afholdes"
TABLES = {
    "plan": f"""{HEADS}
P1;Skema sendes ud;analyse;3.1.2022;31.1.2022;k;;alle;afsluttet;;;
P2;Svar bearbejdes;analyse;1.2.2022;30.4.2022;k;f;alle;i gang;P1;;
P3;Workshop;møder;;;f;k;Nordby;planlagt;P2;;W1
P4;Netværk;møder;1.6.2022;30.6.2022;k;;alle;planlagt;;;
P5;Bustur;møder;1.5.2022;1.5.2022;f;;alle;aflyst;;;
P6;Rapport;slut;20.5.2022;3.6.2022;k;;alle;planlagt;P4;;
""",
    "workshops": """id;kommune;dato;start;slut;moedetype;deltog_L;deltog_P;status
W1;Nordby;13.5.2022;16.30;20.00;dialog;;;planlagt
""",
    "lukkedage": """fra;til;anledning;kommuner;grupper
9.5.2022;15.5.2022;budget;alle;P
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "aktiviteter").mkdir()
    (tmp_path / "study.toml").write_text(SETTINGS, "utf-8")
    for name, text in TABLES.items():
        (tmp_path / "aktiviteter" / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def plan(folder: Path, today: str = "2022-05-10") -> Plan:
    return read_plan(read_study(folder), today)


def test_each_line_stands_as_its_days_and_its_state_say(folder: Path) -> None:
    assert [(line.id, line.standing) for line in plan(folder).lines] == [
        ("P1", "afsluttet"),
        ("P2", "forsinket"),  # its last day was 30 April
        ("P3", "planlagt"),
        ("P4", "planlagt"),
        ("P5", "aflyst"),
        ("P6", "planlagt"),
    ]
    # On 21 May the report should have been begun, and so should the workshop.
    assert [line.id for line in plan(folder, "2022-05-21").standing("forsinket")] == ["P2", "P3", "P6"]


def test_a_line_that_is_a_workshop_has_its_day(folder: Path) -> None:
    workshop = plan(folder).lines[2]
    assert (str(workshop.start), str(workshop.end)) == ("2022-05-13", "2022-05-13")


def test_what_stands_in_the_way_is_told_of_what_is_still_open(folder: Path) -> None:
    assert {line.id: line.remarks for line in plan(folder).lines if line.remarks} == {
        "P3": ("ligger på Store bededag", "ligger på budget"),  # P2 ends before it
        "P6": ("begynder, før »Netværk« er slut",),  # 20 May is before 30 June
    }


def test_where_the_plan_stands_is_said_in_words(folder: Path) -> None:
    # Six lines, one of them cancelled; P3 ends within two weeks of 10 May, P4 and P6 do not.
    assert text_plan(plan(folder)) == (
        "Den 10. maj 2022 er en af fem aktiviteter afsluttet; tre er ikke begyndt, og én er forsinket. Én aktivitet er"
        " aflyst og ikke talt med. Inden for to uger skal »Workshop« være færdig."
    )
    assert finding_plan(plan(folder)) == "Planen slutter den 30. juni 2022; »Svar bearbejdes« er forsinket"


def test_the_next_four_weeks_have_what_is_open_and_begins_in_them(folder: Path) -> None:
    # To 7 June: P4 begins on 1 June. On 3 May the four weeks end on 31 May.
    lines = ["Svar bearbejdes", "Workshop", "Rapport", "Netværk"]
    told = list_next(plan(folder)).splitlines()
    assert [line.split(":** ")[1].split(" (")[0] for line in told] == lines
    assert told[0] == "* **1. februar-30. april 2022:** Svar bearbejdes (konsulent), forsinket"
    assert "Netværk" not in list_next(plan(folder, "2022-05-03"))


def test_what_is_late_and_what_collides_is_listed(folder: Path) -> None:
    assert list_late(plan(folder)).splitlines() == [
        "* **»Svar bearbejdes«** skulle være færdig den 30. april 2022 (konsulent).",
        "* **»Workshop«** ligger på Store bededag (facilitator).",
        "* **»Workshop«** ligger på budget (facilitator).",
        "* **»Rapport«** begynder, før »Netværk« er slut (konsulent).",
    ]


def test_each_role_has_what_it_does_and_a_whole_phase_is_named_as_one(folder: Path) -> None:
    assert list_roles(plan(folder)).splitlines() == [
        "* **Konsulent:** ansvarlig for »Skema sendes ud«, »Svar bearbejdes«, »Netværk« og »Rapport«;"
        " medvirker i »Workshop«.",
        "* **Facilitator:** ansvarlig for »Workshop«; medvirker i »Svar bearbejdes«.",
    ]
    path = folder / "aktiviteter" / "plan.csv"
    path.write_text(path.read_text("utf-8") + "P7;Mail;analyse;3.1.2022;3.1.2022;k;;alle;afsluttet;;;\n", "utf-8")
    assert list_roles(plan(folder)).startswith(
        "* **Konsulent:** ansvarlig for alle tre aktiviteter i fasen analyse, »Netværk«"
    )


def test_without_a_plan_the_page_says_so(folder: Path) -> None:
    (folder / "aktiviteter" / "plan.csv").unlink()
    empty = plan(folder)
    assert text_plan(empty) == finding_plan(empty) == "Der er endnu ingen linjer i planen."
    assert plot_plan(empty.frame, today=empty.today, caption="c").picture is None


def test_the_day_is_the_one_the_study_names_or_that_of_its_data(folder: Path) -> None:
    assert str(plan(folder, "").today) == "2022-05-01"
    toml = folder / "study.toml"
    toml.write_text(toml.read_text("utf-8").replace("[aktiviteter]", "[aktiviteter]\nopgjort = 2022-12-21"), "utf-8")
    assert str(plan(folder, "").today) == "2022-12-21"
    with pytest.raises(DataError, match="en dato som 2022-12-21"):
        plan(folder, "i dag")
