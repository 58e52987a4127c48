"""One municipality's workshop: what those who come may read of it, and what the facilitator reads besides."""

from __future__ import annotations

from pathlib import Path

import pytest
import readability

from blupkit.activities import (
    check_activities,
    list_minutes,
    list_practical,
    list_programme,
    list_questions,
    list_words,
    read_workshop,
    tables_seated,
    text_seating,
    workshop_facts,
    workshop_title,
)
from blupkit.activities.workshops.brief import Workshop, seated
from blupkit.core import Study, read_edition, read_study
from blupkit.report import plan_pages

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
gruppenavne = { L = "medlemmer af landsbyråd" }
[[kommune]]
kode = 2
navn = "Sydby Kommune"
kort_navn = "Sydby"
[aktiviteter]
[[rolle]]
noegle = "f"
navn = "facilitator"
"""
HEADS = "id;kommune;dato;start;slut;sted;moedetype;inviteret_L;inviteret_P;deltog_L;deltog_P;status"
TABLES = {
    "workshops": f"""{HEADS}
W1;Nordby;17.5.2022;16.30;20.00;skolen;dialog;24;1;7;1;afholdt
W2;Nordby;13.9.2022;16.30;20.00;;samskabelse;ukendt;12;;;planlagt
W3;Nordby;1.4.2022;16.30;20.00;;dialog;9;9;;;aflyst
W4;Sydby;2.6.2022;16.30;20.00;hallen;information;20;8;;;aflyst
""",
    "brief": """workshop;afsnit;nr;tekst;version
W2;formaal;1;Parterne aftaler noget.;deling
W2;spoergsmaal;2;Hvem svarer?;deling
W2;spoergsmaal;1;Hvornår?;deling
W2;spoergsmaal;3;Hvad må ingen høre?;intern
W2;opmaerksomhed;1;En gammel sag fylder.;intern
W1;formaal;1;Noget fra foråret.;deling
""",
    "drejebog": """workshop;kl;minutter;punkt;form;rolle;version
alle;17.00;60;Resultater;oplæg;f;deling
alle;16.30;30;Mad;;f;deling
alle;18.00;45;Rollebyt;øvelse;f;intern
W2;17.30;15;Egen leg;leg;f;deling
alle;18.45;75;Aftaler;borde;f;deling
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "aktiviteter").mkdir()
    (tmp_path / "study.toml").write_text(SETTINGS, "utf-8")
    for name, text in TABLES.items():
        (tmp_path / "aktiviteter" / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def workshop(folder: Path, place: str = "nordby", *, internal: bool = False) -> Workshop:
    return read_workshop(read_edition(read_study(folder), place), internal=internal)


def faults(folder: Path) -> list[list[str]]:
    rows = check_activities(read_study(folder))
    return rows[["row", "column", "found", "expected", "action", "level"]].astype(str).to_numpy().tolist()


def test_the_next_workshop_is_told_of_and_after_the_last_that_one(folder: Path) -> None:
    assert workshop(folder).id == "W2"
    path = folder / "aktiviteter" / "workshops.csv"
    path.write_text(path.read_text("utf-8").replace(";12;;;planlagt", ";12;5;3;afholdt"), "utf-8")
    assert workshop(folder).id == "W2"  # both are held: the later one
    path.write_text(path.read_text("utf-8").replace("12;5;3;afholdt", "12;5;3;aflyst"), "utf-8")
    assert workshop(folder).id == "W1"


def test_a_municipality_without_a_workshop_is_told_so(folder: Path) -> None:
    found = workshop(folder, "sydby")  # its only one is cancelled
    edition = read_edition(read_study(folder), "sydby")
    assert list_practical(found, edition) == "Der er ikke lagt en workshop i kalenderen for Sydby Kommune."
    assert workshop_facts(found) == [("Hvornår", "Er ikke aftalt endnu")]
    assert workshop_title(found) == "Samarbejdsworkshop"
    assert (list_programme(found), list_questions(found), found.words("formaal")) == ("", "", None)
    assert tables_seated(found, edition).empty


def test_whoever_comes_reads_nothing_that_is_for_the_facilitator(folder: Path) -> None:
    shared, internal = workshop(folder), workshop(folder, internal=True)
    assert [step.what for step in shared.programme] == ["Mad", "Egen leg", "", "Aftaler"]
    assert [step.what for step in internal.programme] == ["Mad", "Egen leg", "Rollebyt", "Aftaler"]
    assert shared.said["opmaerksomhed"] == ()
    assert list_words(internal, "opmaerksomhed") == "En gammel sag fylder."
    assert "Hvad må ingen høre?" not in str(shared)
    assert list_questions(shared).splitlines() == ["## To spørgsmål til bordene", "", "1. Hvornår?", "2. Hvem svarer?"]


def test_the_clock_of_the_programme_is_reckoned_from_the_minutes(folder: Path) -> None:
    assert list_programme(workshop(folder)).splitlines() == [
        "* **Kl. 16.30-17.00:** Mad",
        "* **Kl. 17.30-17.45:** Egen leg",  # in place of the 60 minutes from 17.00 that all others have
        "* **Kl. 18.00-18.45:** Det fortæller facilitator undervejs",
        "* **Kl. 18.45-20.00:** Aftaler",
    ]
    assert list_minutes(workshop(folder, internal=True)).splitlines()[::2] == [
        "* **Kl. 16.30-17.00:** Mad. 30 minutter. Ansvar: facilitator.",
        "* **Kl. 18.00-18.45:** Rollebyt. 45 minutter, øvelse. Ansvar: facilitator."
        " Det står ikke i deltagernes program.",
    ]


def test_who_is_invited_is_told_in_the_municipality_s_own_words(folder: Path) -> None:
    edition = read_edition(read_study(folder), "nordby")
    found = workshop(folder)
    assert workshop_facts(found) == [("Hvornår", "Tirsdag kl. 16.30-20.00")]
    told = "12 politikere er inviteret. Det er ikke oplyst, hvor mange medlemmer af landsbyråd der er inviteret."
    assert list_practical(found, edition).splitlines()[1] == f"* {told}"
    assert text_seating(found, edition) == (
        "12 politikere er inviteret. Det er to borde med hver seks. Kommer der færre, så behold blandingen, og lav"
        " færre borde. Antallet af medlemmer af landsbyråd er ikke oplyst, så de er ikke med i fordelingen."
    )


@pytest.mark.parametrize("counts", [(15, 4, 7), (6, 2, 4), (1, 0, 0), (3, 3, 40), (74, 31, 20)])
def test_at_no_table_is_there_much_more_of_anything_than_at_another(counts: tuple[int, ...]) -> None:
    tables = seated(dict(zip("LPA", counts, strict=True)))
    for party, whole in zip("LPA", counts, strict=True):
        at_each = [table[party] for table in tables]
        assert sum(at_each) == whole
        assert max(at_each) - min(at_each) <= 1
    sizes = [sum(table.values()) for table in tables]
    assert max(sizes) - min(sizes) <= 1
    assert len(tables) == max(1, round(sum(counts) / 6))


def test_a_study_without_workshops_has_no_page_about_them_and_no_fault(folder: Path) -> None:
    root = Path(__file__).parents[3]
    demo = read_study(root / "data" / "demo")
    about = {"09_workshopbrief", "10_drejebog", "11_workshopper", "15_opfoelgning", "19_aftaler"}

    def pages(study: Study) -> set[str]:
        return {page.notebook.stem for page in plan_pages(study, root / "notebooks")} & about

    assert demo.activities is not None
    assert pages(demo) == about
    assert pages(demo.model_copy(update={"activities": None})) == set()
    elsewhere = demo.activities.model_copy(update={"folder": "ingen_mappe"})
    assert pages(demo.model_copy(update={"activities": elsewhere})) == set()
    (folder / "aktiviteter" / "workshops.csv").unlink()
    for name in ("brief", "drejebog"):
        (folder / "aktiviteter" / f"{name}.csv").unlink()
    assert faults(folder) == []


def test_lines_at_the_same_time_are_a_fault_and_lines_outside_the_workshop_are_told(folder: Path) -> None:
    assert faults(folder) == []
    path = folder / "aktiviteter" / "drejebog.csv"
    path.write_text(path.read_text("utf-8").replace("18.00;45", "17.40;45"), "utf-8")
    assert faults(folder) == [
        ["4", "kl", "17.40", "18.00 eller senere, når række 2 er slut",
         "Ret klokkeslættet, eller gør rækken før kortere.", "fejl"],
    ]  # fmt: skip
    # Only W1 is told of: in W2 its own line stands in place of both.
    path.write_text(TABLES["drejebog"].replace("18.45;75", "18.45;80"), "utf-8")
    told = [fault for fault in faults(folder) if fault[2] == "18.45-20.05"]
    assert [fault[3:] for fault in told] == [
        [f"en tid mellem 16.30 og 20.00, hvor {name} holdes", f"Ret tiden, eller giv {name} sine egne rækker.",
         "advarsel"]
        for name in ("W1", "W2")
    ]  # fmt: skip


def test_the_demo_s_sentences_read_well(folder: Path) -> None:
    study = read_study(Path(__file__).parents[3] / "data" / "demo")
    wrong = []
    for place in study.places:
        edition = read_edition(study, place)
        found = read_workshop(edition, internal=True)
        said = [
            list_practical(found, edition),
            list_minutes(found),
            list_questions(found),
            text_seating(found, edition),
        ]
        said += [list_programme(read_workshop(edition)), *(list_words(found, part) for part in found.said)]
        wrong += [fault for text in said for fault in readability.faults(text)]
    assert wrong == []
