"""What goes out for the demo, opened again: every question and every answer is there, and nothing is made up."""

from __future__ import annotations

import csv
import io
import re
import shutil
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from support import ROOT, TOWNS, blupkit

from blupkit.app import send_out
from blupkit.app.fieldwork.writing import SentOut
from blupkit.core import DataError, read_study
from blupkit.core.outputs import Outputs

DEMO = ROOT / "data" / "demo"
Rows = list[dict[str, str]]


def table(path: Path) -> Rows:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))


QUESTIONS = table(DEMO / "spoergeskema" / "spoergeskema.csv")
SCALES = table(DEMO / "spoergeskema" / "skalaer.csv")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("udsend")


@pytest.fixture(scope="module")
def made(place: Path) -> SentOut:
    return send_out(read_study(DEMO), Outputs.of(DEMO, place))


def words(path: Path) -> str:
    if path.suffix == ".txt":
        return path.read_text("utf-8-sig")
    document = Document(str(path))
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def texts(made: SentOut) -> dict[str, str]:
    return {path.name: words(path) for path in made.files if path.suffix in {".docx", ".txt"}}


def test_each_municipality_and_group_gets_its_own_and_the_focus_groups_theirs(made: SentOut) -> None:
    folders = {path.parent.name: sum(other.parent == path.parent for other in made.files) for path in made.files}
    # For a group three Word files and two mails; for a municipality the coordinator's mail and what is told of data.
    # For its workshop the invitation, as Word and as a mail, and the form.
    assert folders == {**dict.fromkeys(TOWNS, 3 * 5 + 2 + 3), "faelles": 1, "fokusgrupper": 3 + 4 * 2 * 2}
    assert made.kept == made.notes == []


def test_the_same_study_gives_the_same_bytes_and_what_a_person_changed_stays(made: SentOut, tmp_path: Path) -> None:
    again = send_out(read_study(DEMO), Outputs.of(DEMO, tmp_path))
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in made.files]
    letter, other = again.files[0], again.files[1]
    letter.write_bytes(b"hendes egen")
    other.unlink()
    third = send_out(read_study(DEMO), Outputs.of(DEMO, tmp_path))
    assert (third.kept, letter.read_bytes(), other.is_file()) == ([letter], b"hendes egen", True)


def document(made: SentOut, name: str) -> Opened:
    return Document(str(next(path for path in made.files if path.as_posix().endswith(f"{name}.docx"))))


@pytest.mark.parametrize("group", "LPA")
def test_every_question_and_every_answer_stands_on_paper_with_a_box(made: SentOut, group: str) -> None:
    opened = document(made, f"soenderborg/spoergeskema_{group}")
    asked = [row for row in QUESTIONS if group in row["grupper"].split()]
    paragraphs = [paragraph.text for paragraph in opened.paragraphs]
    whole = "\n".join([*paragraphs, *(cell.text for each in opened.tables for row in each.rows for cell in row.cells)])
    for row in asked:
        assert row["spoergsmaal"] in whole, row["variabel"]
        assert row["punkt"] in whole, row["variabel"]
    scale = {name: [answer["tekst"] for answer in rows] for name, rows in groupby(SCALES, lambda row: row["skala"])}
    for name in {row["skala"] for row in asked} - {""}:
        assert [text for text in scale[name] if text not in whole] == []
    # A box for each answer of each scale and each choice; in lists they are Word's own, in tables a sign.
    boxes = sum(len(scale.get(row["skala"], "x")) for row in asked if row["type"] != "aaben")
    listed = sum('w:val="9999"' in paragraph._p.xml for paragraph in opened.paragraphs)
    ticked = sum(cell.text == "☐" for each in opened.tables for row in each.rows for cell in row.cells)
    assert listed + ticked == boxes
    written = [each for each in opened.tables if each.cell(0, 0).text == "Dit svar"]
    assert len(written) == sum(row["type"] == "aaben" for row in asked)


def test_the_questionnaire_has_the_municipality_s_own_words_and_the_group_s_own_wording(made: SentOut) -> None:
    lead = "Spørgeskema til medlemmer af landsbylaug i Sønderborg Kommune"
    assert lead in words_of(document(made, "soenderborg/spoergeskema_L"))
    assert "»lokalrådsmedlemmer« er her medlemmer af landsbylaug" in words_of(
        document(made, "soenderborg/spoergeskema_A")
    )
    sure, judge = "sikre bred lokal opbakning", "vurdere, hvor bred lokal opbakning"
    for group, one, other in (("L", sure, judge), ("A", judge, sure)):
        said = words_of(document(made, f"slagelse/spoergeskema_{group}"))
        assert (one in said, other in said) == (True, False)


def words_of(opened: Opened) -> str:
    cells = [cell.text for each in opened.tables for row in each.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def test_every_document_has_a_title_its_language_and_heads_of_its_tables(made: SentOut) -> None:
    for path in made.files:
        if path.suffix != ".docx":
            continue
        opened = Document(str(path))
        headings = [paragraph for paragraph in opened.paragraphs if paragraph.style.name == "Heading 1"]
        assert len(headings) == 1, path
        assert opened.core_properties.title, path
        assert opened.core_properties.language == "da-DK", path
        assert opened.paragraphs[0].text == "Syntetiske demodata", path
        for each in opened.tables:
            assert each.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None, path


def test_what_nobody_said_is_marked_and_told_and_nothing_else_is(made: SentOut) -> None:
    marked = {mark for said in texts(made).values() for mark in re.findall(r"\[UDFYLD: ([^\]]+)\]", said)}
    assert marked == {line.partition(":")[0] for line in made.gaps}
    assert "hvem der er dataansvarlig: study.toml, [opbevaring] dataansvarlig" in made.gaps
    assert not {"fristen", "linket til skemaet", "hvem der sender"} & marked  # the demo says those
    assert not re.search(r"(?i)anonym|TODO|\{|None|nan\b", " ".join(texts(made).values()))


def test_the_letters_say_when_from_whom_and_until_when(made: SentOut) -> None:
    sent = {row["gruppe"]: row for row in table(DEMO / "udsendelse.csv") if row["kommune"] == "Kerteminde Kommune"}
    assert (sent["L"]["dato"], sent["L"]["frist"], sent["P"]["paamindelse"]) == ("1.2.2022", "28.2.2022", "")
    mail = {path.stem: words(path) for path in made.files if path.parent.name == "kerteminde" and path.suffix == ".txt"}
    assert mail["invitation_L"].startswith("Emne: Hvad har I brug for, når I skal udvikle lokalsamfund sammen?\n")
    for said in (
        "Til medlemmer af landsbyråd og lokaludvalg i Kerteminde Kommune",
        "den 28. februar 2022",
        "https://skema.example/440/L",
        "11 minutter",
        "mindst fem",
        "Landdistriktskoordinatoren i Kerteminde",
    ):
        assert said in mail["invitation_L"]
    assert "vises kun for alle kommuner under ét" in mail["invitation_P"]
    assert "vises kun for alle kommuner under ét" not in mail["invitation_L"]
    assert "Den 1. februar 2022 blev du inviteret" in mail["paamindelse_A"]
    assert "»paamindelse_L.txt« den 14. februar 2022" in mail["koordinator"]
    assert "paamindelse_P" not in mail["koordinator"]  # no day is noted for it


def test_what_the_study_says_of_its_data_stands_there(tmp_path: Path) -> None:
    study = shutil.copytree(DEMO, tmp_path / "s")
    with (study / "study.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[opbevaring]\ndataansvarlig = "Nordby Højskole"\nmodtagere = ["kommunerne får kun tal"]\n'
            '[[opbevaring.materiale]]\nnavn = "spoergeskema"\nslettes = 2031-12-31\ngrundlag = "Samtykke, artikel 6"\n'
        )
    made = send_out(read_study(study), Outputs.of(study, tmp_path))
    told = next(words(path) for path in made.files if path.as_posix().endswith("naestved/databeskyttelse.docx"))
    for said in (
        "Dataansvarlig: Nordby Højskole.",
        "Retsgrundlaget er samtykke, artikel 6.",
        "Modtagere: kommunerne får kun tal.",
        "Oplysningerne slettes senest den 31. december 2031.",
        "Datatilsynet",
    ):
        assert said in told
    assert not any(line.startswith("hvem der er dataansvarlig") for line in made.gaps)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("udsendelse.csv", "24.1.2022;4.2.2022;18.2.2022", "31.6.2022;;18.2.2022",
         "udsendelse.csv, række 2, kolonne »dato«: Her står »31.6.2022«. Forventet: en dato, der findes"),
        ("udsendelse.csv", "24.1.2022;4.2.2022;18.2.2022", "24.1.2022;4.2.2022;3.2.2022",
         "udsendelse.csv, række 2, kolonne »frist«: Her står »3.2.2022«. Forventet: 4.2.2022 (paamindelse)"),
        ("udsendelse.csv", "Kommune;L;150", "Kommune;Q;150",
         "udsendelse.csv, række 2, kolonne »gruppe«: Her står »Q«. Forventet: L, P eller A"),
        ("udsendelse.csv", "Slagelse Kommune;A", "Slagels Kommune;A", "Mente du »Slagelse Kommune«?"),
        ("aktiviteter/samtaleguide.csv", ";sig;", ";siig;",
         "aktiviteter/samtaleguide.csv, række 2, kolonne »art«: Her står »siig«."),
        ("aktiviteter/fokusgrupper.csv", "10.5.2022;16.30;17.45", "10.5.2022;16.30;15.45",
         "aktiviteter/fokusgrupper.csv, række 2, kolonne »slut«: Her står »15.45«. Forventet: 16.30 eller senere"),
        ("aktiviteter/fokusgrupper.csv", ";3.5.2022;", ";13.5.2022;",
         "aktiviteter/fokusgrupper.csv, række 2, kolonne »dato«: Her står »10.5.2022«. Forventet: 13.5.2022"),
    ],
)  # fmt: skip
def test_a_fault_in_a_table_is_told_with_its_place_and_nothing_is_written(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    study = shutil.copytree(DEMO, tmp_path / "s")
    text = (study / file).read_text("utf-8-sig")
    assert old in text
    (study / file).write_text(text.replace(old, new, 1), "utf-8-sig")
    run = blupkit("udsend", study, "-o", tmp_path / "ud")
    assert run.returncode == 1
    assert told in run.stderr
    assert "Traceback" not in run.stderr
    assert not list((tmp_path / "ud").rglob("*.docx"))


def test_an_empty_guide_is_a_fault_and_none_at_all_is_told(tmp_path: Path) -> None:
    study = shutil.copytree(DEMO, tmp_path / "s")
    guide = study / "aktiviteter" / "samtaleguide.csv"
    guide.write_text("nr;del;minutter;art;tekst\n", "utf-8")
    with pytest.raises(DataError, match=r"samtaleguide\.csv.*mindst ét spørgsmål"):
        send_out(read_study(study), Outputs.of(study, tmp_path))
    guide.unlink()
    made = send_out(read_study(study), Outputs.of(study, tmp_path))
    assert made.notes == ["Der er ingen samtaleguide: Skriv aktiviteter/samtaleguide.csv."]
    assert "samtaleguide.docx" not in {path.name for path in made.files}


def test_a_row_without_a_sender_is_marked_and_told_with_its_row(tmp_path: Path) -> None:
    study = shutil.copytree(DEMO, tmp_path / "s")
    path = study / "udsendelse.csv"
    sender = "Landdistriktskoordinatoren i Næstved Kommune"
    path.write_text(path.read_text("utf-8-sig").replace(sender, "", 1), "utf-8-sig")
    run = blupkit("udsend", study, "-o", tmp_path / "ud")
    assert run.returncode == 0
    assert "hvem der sender: udsendelse.csv, række 11, kolonne afsender" in run.stdout
    [letter] = (tmp_path / "ud").rglob("naestved/invitation_L.txt")
    assert letter.read_text("utf-8-sig").endswith("Venlig hilsen\n\n[UDFYLD: hvem der sender]\n")


def test_the_guide_adds_its_minutes_up_and_the_consent_asks_for_each_thing_by_itself(made: SentOut) -> None:
    guide = document(made, "fokusgrupper/samtaleguide")
    course = [[cell.text for cell in row.cells] for row in guide.tables[0].rows]
    # 8 + 7 + 15 + 15 + 15 + 10 + 5 minutes, as `samtaleguide.csv` has them.
    assert [row[1:] for row in course[1:]] == [
        ["0", "8"], ["8", "15"], ["15", "30"], ["30", "45"], ["45", "60"], ["60", "70"], ["70", "75"]
    ]  # fmt: skip
    lines = table(DEMO / "aktiviteter" / "samtaleguide.csv")
    said = words_of(guide)
    assert [line["tekst"] for line in lines if line["tekst"] not in said] == []
    consent = document(made, "fokusgrupper/samtykke")
    assert sum('w:val="9999"' in paragraph._p.xml for paragraph in consent.paragraphs) == 2
    assert [row.cells[0].text for row in consent.tables[0].rows][1:] == ["Navn", "Dato", "Underskrift"]
