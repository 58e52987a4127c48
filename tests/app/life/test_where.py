"""What lies where, until when, and who may look: as an officer asks for it."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from life_support import make_study

from blupkit import core
from blupkit.app.life.guarding import check_life, synchroniser
from blupkit.app.life.inventory_page import EMPTY, write_inventory
from blupkit.app.new_study import write_study
from blupkit.core.files import write_whole
from blupkit.core.outputs import Outputs
from blupkit.interviews.coding.log import Action, append_events, new_event
from blupkit.interviews.coding.passage import Passage

KEEPING = """
[opbevaring]
dataansvarlig = "Landsbyhøjskolen"
databehandlere = ["SurveyXact"]

[[opbevaring.materiale]]
navn = "spoergeskema"
slettes = 2027-03-31
grundlag = "artikel 6, stk. 1, litra e"

[[opbevaring.materiale]]
navn = "optagelser"
slettes = 2026-11-01
filer = ["optagelser/*"]
"""
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such rights")


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_dates_are_counted_down_to_and_what_is_overdue_is_a_fault_while_it_lies_there(tmp_path: Path) -> None:
    study = make_study(tmp_path, KEEPING)
    recording = study.folder / "optagelser" / "fg1.mp4"
    recording.parent.mkdir()
    recording.write_bytes(b"x")
    told = check_life(study, date(2027, 3, 1))
    assert told[["level", "found"]].to_numpy().tolist() == [
        ["advarsel", "Spørgeskemaet slettes om 30 dage"],
        ["fejl", "Optagelser skulle være slettet den 2026-11-01"],
    ]
    recording.unlink()
    assert check_life(study, date(2027, 2, 28)).empty  # 31 days before, and nothing lies there that is overdue


def test_the_record_has_the_fields_of_article_30_and_names_nobody(tmp_path: Path) -> None:
    study = make_study(tmp_path, KEEPING)
    sent = study.path("sendt/modtagere.csv")
    write_whole(sent, "dato;pakke;sha256;modtager;udgivelse\n2026-11-20;nordby.zip;ab;Nordby: koordinatoren;1.json\n")
    text = write_inventory(study, Outputs(tmp_path / "ud"), date(2026, 11, 29)).read_text("utf-8")
    for said in ("Landsbyhøjskolen", "SurveyXact", "litra e", "31. marts 2027", "Nordby: koordinatoren", "svar.csv"):
        assert said in text
    for field in ("Dataansvarlig", "Formål", "Databehandlere", "Overførsel til lande uden for EU/EØS", "Retsgrundlag"):
        assert f"<dt>{field}</dt>" in text
    assert f'<dt>Overførsel til lande uden for EU/EØS</dt><dd><span class="failed">{EMPTY}</span>' in text
    assert "ikke juridisk rådgivning" in text
    assert not any(name in text for name in ("Bo Storm", "Ida Holm", "puljer"))
    assert "<script" not in text
    assert "http" not in text.replace("http-equiv", "")


@pytest.mark.parametrize(
    ("place", "program"),
    [
        ("OneDrive - Nordby Kommune", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Library/Mobile Documents", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive", "Google Drev"),
        ("GoogleDrive-ida@example.dk", "Google Drev"),
        ("G/Mit drev", "Google Drev"),
        ("G/My Drive", "Google Drev"),
        ("Drev", ""),
    ],
)
def test_a_folder_that_is_copied_elsewhere_is_warned_of(tmp_path: Path, place: str, program: str) -> None:
    study = make_study(tmp_path / place)
    assert synchroniser(study.folder) == program
    assert [program in found for found in check_life(study, date(2026, 1, 1))["found"]] == [True] * bool(program)


@posix
def test_raw_files_that_others_can_read_are_warned_of_with_how_to_close_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = make_study(tmp_path).model_copy(update={"synthetic": False})
    monkeypatch.setattr("blupkit.app.life.guarding._can_be_reached", lambda folder: True)  # pytest's folder is closed
    (told,) = check_life(study, date(2026, 1, 1)).to_dict("records")
    assert "spoergeskema/svar.csv og 4 til" in told["found"]
    assert "chmod -R go-rwx" in told["action"]
    subprocess.run(["chmod", "-R", "go-rwx", str(study.folder)], check=True)
    assert check_life(study, date(2026, 1, 1)).empty


@posix
def test_what_is_written_of_raw_data_is_the_owner_s_alone(tmp_path: Path) -> None:
    for place in ("intern/udgivelse_grundlag.json", "intern/udgivelse/alle.json", "sendt/a.json", "fejl/a.ipynb"):
        write_whole(tmp_path / place, "x")
        assert (mode(tmp_path / place), mode(tmp_path / place.split("/")[0])) == ("0o600", "0o700")
    log = tmp_path / "kodninger_A.jsonl"
    append_events(log, [new_event("A", Action.CODED, Passage("fg1", 1, 0, 2))])
    assert mode(log) == "0o600"
    (new,) = {mode(path) for path in write_study(tmp_path / "ny")}
    assert (new, mode(tmp_path / "ny"), mode(tmp_path / "ny" / "interview")) == ("0o600", "0o700", "0o700")


@posix
def test_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    write_whole(path, "x")
    path.chmod(0o640)
    write_whole(path, "y")
    assert (path.read_text(), mode(path)) == ("y", "0o640")


def test_where_says_where_the_page_lies(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    code = "import sys; from blupkit.cli import main; sys.argv[0] = 'blupkit'; main()"
    words = [sys.executable, "-c", code, "where", str(study.folder), "--output", str(tmp_path / "ud")]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "fortegnelse.html" in done.stdout
    assert core.read_study(study.folder).name == "Eksemplet"
