"""What the index tells is right after each command, whatever is missing or damaged of what it is read from."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from small_study import write_small_study
from support import blupkit, on_days

from blupkit import app, report
from blupkit.core import Fault, Level, Study, fault_table, read_study
from blupkit.core.outputs import Outputs
from blupkit.disclosure import read_release
from blupkit.report.packages.package import Enclosure

TODAY = "29.2.2024"
COMMON = "Fælles for alle"


@pytest.fixture(autouse=True)
def leap_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on_days(monkeypatch, date(2024, 2, 29))


def told(index: Path) -> dict[str, dict[str, str]]:
    """Municipality → head → what stands there."""
    soup = BeautifulSoup(index.read_text("utf-8"), "html.parser")
    return {
        row.th.get_text(): {cell["data-head"]: cell.get_text() for cell in row.find_all("td")}
        for row in soup.select(".standings tbody tr")
    }


def above(index: Path) -> str:
    return BeautifulSoup(index.read_text("utf-8"), "html.parser").select_one(".about-all").get_text(" ")


def pack(study: Study, outputs: Outputs, name: str, *pages: str, said: str = "Hej") -> str:
    """Pack pages as `blupkit package` does; gives the file's checksum."""
    lie = {page: outputs.page(page).read_bytes() for page in pages}
    files = [
        Enclosure(f"{page}.html", b"med andre henvisninger", name, page, page=hashlib.sha256(raw).hexdigest())
        for page, raw in lie.items()
    ]
    package = report.Package(name, (Enclosure("brev.txt", said.encode(), name, "Brev"), *files))
    path = report.write_package(package, study, outputs)
    report.note_packed(name, package.mark, outputs, decided=outputs.basis.is_file(), pages=package.pages)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_index_is_right_after_each_command(tmp_path: Path) -> None:
    folder = write_small_study(tmp_path / "lille", places=("Bakkeby", "Egeby", "Fjordby"))
    given = folder, "-o", tmp_path / "ud"
    index = tmp_path / "ud" / "lille" / "index.html"
    assert blupkit("render", *given, "-n", "02_behovsanalyse").returncode == 0
    assert list(told(index)) == ["Bakkeby", "Egeby", "Fjordby", COMMON]
    row = {"Sider": "Behovsanalyse, Bakkeby Kommune", "Skjult": "0", "Pakke": "ikke lavet"}
    assert {key: told(index)["Bakkeby"][key] for key in row} == row
    assert "ikke noteret, hvornår filerne er kontrolleret" in above(index)

    blupkit("check", *given)
    assert "ingen fejl og ingen advarsler" in above(index)
    assert blupkit("package", *given, "-n", "02_behovsanalyse", "-m", "egeby").returncode == 0
    assert [row["Pakke"] for row in told(index).values()] == [
        "ikke lavet",
        f"lavet {TODAY}",
        "ikke lavet",
        "ikke lavet",
    ]
    assert blupkit("sent", *given, "--to", "Egeby: koordinatoren").returncode == 0
    assert told(index)["Egeby"]["Sendt til"] == f"koordinatoren, {TODAY}"
    assert told(index)["Egeby"]["Siden sidst sendt"] == "intet"

    answers = (folder / "svar.csv").read_text("utf-8").splitlines()
    gone = [line for line in answers if ";Egeby;L;" in line][:12]  # twelve of sixteen are taken out again
    (folder / "svar.csv").write_text("\n".join(line for line in answers if line not in gone) + "\n", "utf-8")
    blupkit("render", *given, "-n", "02_behovsanalyse")
    assert told(index)["Egeby"]["Pakke"] == "for gammel: pak igen"
    assert told(index)["Egeby"]["Siden sidst sendt"].startswith("1 af 1 side ændret; tal: ")

    (folder / "spoergeskema.csv").write_text("emne;variabel\n", "utf-8")
    assert blupkit("check", *given).returncode == 1
    faults = (tmp_path / "ud" / "lille" / "fejl.csv").read_text("utf-8-sig").splitlines()[1:]
    assert f"{len(faults)} fejl." in above(index)


def test_the_numbers_of_hidden_are_those_of_the_release(study: Study, outputs: Outputs) -> None:
    app.decide(study, outputs, print)
    decisions = read_release(outputs.release).decisions
    why = Counter(decisions.loc[decisions["municipality"] == "sydby", "reason"])
    # Too few, shares over few and means near an end are "få svar"; the rest guards them.
    few = why["få"] + why["fordeling"] + why["enden"]
    guards = why["udregnes"] + why["følger"]
    row = told(app.write_index(study, outputs))["Sydby"]
    parts = [f"{n} {words}" for n, words in ((few, "få svar"), (guards, "til beskyttelse")) if n]
    assert few + guards == why.total() > 0
    assert row["Skjult"] == (f"{few + guards}: {', '.join(parts)}" if len(parts) > 1 else parts[0])


def test_numbers_that_were_sent_and_are_others_now_are_counted(study: Study, outputs: Outputs) -> None:
    app.decide(study, outputs, print)
    for name in ("nordby", "projektgruppe"):
        pack(study, outputs, name)
    app.note_sent(study, outputs)
    index = app.write_index(study, outputs)
    assert [row["Siden sidst sendt"] for row in told(index).values()] == ["intet", "–", "intet"]
    basis = json.loads(outputs.basis.read_text("utf-8"))
    heads, rows, hidden = basis["rows"]["columns"], basis["rows"]["data"], basis["hidden"]
    at = [heads.index(name) for name in ("table", "municipality", "group", "block")]
    north = [row for row in rows if row[at[1]] == "nordby" and [row[place] for place in at] not in hidden]
    first, last = ([row[place] for place in at] for row in (north[0], north[-1]))
    assert first != last
    north[0][heads.index("value")] += 1
    hidden.append(last)
    gone = sum([row[place] for place in at] == last for row in rows)
    outputs.write(outputs.basis, json.dumps(basis))
    told_now = [row["Siden sidst sendt"] for row in told(app.write_index(study, outputs)).values()]
    assert told_now == [f"tal: 1 ændrede, {gone} væk", "–", "intet"]


def test_a_page_that_was_made_after_its_package_makes_the_package_old(study: Study, outputs: Outputs) -> None:
    outputs.write(outputs.page("nordby/a"), "<p>Før</p>")
    outputs.write(outputs.page("faelles/b"), "<p>Fælles</p>")
    pack(study, outputs, "nordby", "nordby/a", "faelles/b")
    assert told(app.write_index(study, outputs))["Nordby"]["Pakke"] == f"lavet {TODAY}"
    outputs.write(outputs.page("faelles/b"), "<p>Fælles, siden</p>")
    assert told(app.write_index(study, outputs))["Nordby"]["Pakke"] == "for gammel: pak igen"
    outputs.write(outputs.package("nordby"), b"en anden")
    assert told(app.write_index(study, outputs))["Nordby"]["Pakke"] == "ændret: pak igen"


def test_a_package_made_after_the_one_that_was_sent_is_told_of(study: Study, outputs: Outputs) -> None:
    pack(study, outputs, "nordby")
    assert told(app.write_index(study, outputs))["Nordby"]["Sendt til"] == "ikke noteret"
    app.note_sent(study, outputs, ["Nordby: A", "Nordby: B"])
    assert told(app.write_index(study, outputs))["Nordby"]["Sendt til"] == f"A og B, {TODAY}"
    pack(study, outputs, "nordby", said="Hej igen")
    assert told(app.write_index(study, outputs))["Nordby"]["Sendt til"] == f"A og B, {TODAY}; ny pakke ikke noteret"


def test_what_the_check_found_of_a_municipality_stands_in_its_row(study: Study, outputs: Outputs) -> None:
    warning = Fault("study.toml", "Sydby Kommune", "verificeret = true", "Se efter.", level=Level.WARNING)
    faults = fault_table([warning, Fault("svar.csv", "6", "1-5", "Ret koden.", row=3)])
    outputs.write(outputs.checked, app.check_note(study, faults))
    index = app.write_index(study, outputs)
    assert [row["Kontrol"] for row in told(index).values()] == ["–", "1 advarsel", "–"]
    assert "1 fejl og 1 advarsel." in above(index)


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b"\xff\xfe\x00", b'{"naar": 1, "fundet": 2, "nu": 3}'])
def test_a_damaged_file_is_told_of_and_stops_nothing(study: Study, outputs: Outputs, damage: bytes) -> None:
    app.decide(study, outputs, print)
    pack(study, outputs, "nordby")
    app.note_sent(study, outputs)
    outputs.write(outputs.checked, app.check_note(study, fault_table([])))
    whole = {path: path.read_bytes() for path in (
        outputs.release, outputs.basis, outputs.packed, outputs.checked, outputs.manifest,
        *study.path("sendt").iterdir(),
    ) if path.is_file()}  # fmt: skip
    assert len(whole) > 5
    for path, content in whole.items():
        path.write_bytes(damage)
        assert list(told(app.write_index(study, outputs))) == ["Nordby", "Sydby", COMMON], path
        path.write_bytes(content)
    outputs.release.write_bytes(damage)
    assert told(app.write_index(study, outputs))["Nordby"]["Skjult"] == "kan ikke læses"


def test_an_index_is_written_anew_only_where_there_is_one(study: Study, outputs: Outputs) -> None:
    app.refresh_index(study, outputs)
    assert not outputs.index.exists()
    outputs.write(outputs.index, "fra før")
    app.refresh_index(study, outputs)
    assert list(told(outputs.index)) == ["Nordby", "Sydby", COMMON]


def test_the_index_is_in_no_package(demo_packages: Path) -> None:
    packages = list((demo_packages / "pakker").glob("*.zip"))
    names = [Path(name).name for path in packages for name in zipfile.ZipFile(path).namelist()]
    assert len(packages) == 7
    assert "index.html" not in names


def with_plan(study: Study, lines: str) -> Study:
    """The example study with a plan, made up on 20 May 2022."""
    (study.folder / "aktiviteter").mkdir()
    head = "id;aktivitet;fase;start;slut;ansvarlig;kommune;status\n"
    (study.folder / "aktiviteter" / "plan.csv").write_text(head + lines, "utf-8")
    with (study.folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write('\n[aktiviteter]\nopgjort = 2022-05-20\n[[rolle]]\nnoegle = "konsulent"\nnavn = "konsulent"\n')
    return read_study(study.folder)


def test_the_plans_next_dates_stand_on_top_and_what_is_late_first_in_its_own_colour(
    study: Study, outputs: Outputs
) -> None:
    assert "Planen" not in above(app.write_index(study, outputs))
    planned = with_plan(
        study,
        "P1;Udskrifter;kodning;2.5.2022;18.5.2022;konsulent;alle;i gang\n"
        "P2;Kodning;kodning;9.5.2022;24.6.2022;konsulent;alle;i gang\n"
        "P3;Workshop i Nordby;workshop;17.6.2022;17.6.2022;konsulent;Nordby;planlagt\n"  # 28 days ahead
        "P4;Workshop i Sydby;workshop;20.6.2022;20.6.2022;konsulent;Sydby;planlagt\n"
        "P5;Brevet;kodning;2.5.2022;3.5.2022;konsulent;alle;afsluttet\n",
    )
    index = app.write_index(planned, outputs)
    line = BeautifulSoup(index.read_text("utf-8"), "html.parser").select(".about-all li")[-1]
    assert line.get_text() == (
        "Planen, gjort op 20.5.2022, og fire uger frem · forsinket siden 18.5.: Udskrifter · til 24.6.: Kodning"
        " · 17.6.: Workshop i Nordby"
    )
    assert [each.get_text() for each in line.select("b")] == ["forsinket siden 18.5.: Udskrifter"]


def test_a_long_plan_takes_one_line_and_one_that_cannot_be_read_stops_nothing(study: Study, outputs: Outputs) -> None:
    many = "".join(f"P{n};Møde {n};møder;2{n}.5.2022;2{n}.5.2022;konsulent;alle;planlagt\n" for n in range(1, 10))
    planned = with_plan(study, many)
    assert above(app.write_index(planned, outputs)).endswith("26.5.: Møde 6 · og 3 mere")
    (planned.folder / "aktiviteter" / "plan.csv").write_text("id;aktivitet\nP1;Møde\n", "utf-8")
    assert "Planen kan ikke læses: Kør »blupkit check«." in above(app.write_index(planned, outputs))
