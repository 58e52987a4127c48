"""How far a study has come, told from what lies there; the commands that have buttons."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import demo_pages_planned

from blupkit import app
from blupkit.app import starting
from blupkit.app.starting import COMMANDS, open_index, run_command
from blupkit.core import Study, read_study

ROOT = Path(__file__).parents[2]
PAGES = len(demo_pages_planned())


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo in a project of its own; the working directory is its folder of notebooks, as in JupyterLab."""
    folder = tmp_path / "data" / "demo"
    shutil.copytree(ROOT / "data/demo", folder, ignore=shutil.ignore_patterns("generator"))
    for name in ("outputs", "notebooks"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return folder


def steps(study: Study) -> dict[str, tuple[str, str]]:
    rows = app.status(study).frame.itertuples(index=False, name=None)
    return {step: (now, following) for step, now, following in rows}


def test_a_study_that_nothing_was_made_of_yet(demo: Path) -> None:
    told = steps(read_study(demo))
    assert told == {
        "Spørgeskema": ("svarene ligger i spoergeskema/dataset.csv", ""),
        "Interview": ("4 interview, kodet", ""),
        "Fejl i filerne": (
            "ingen liste: ikke kontrolleret, eller ingen fejl", "Kontrollér filerne, hvis de er ændret.",
        ),
        "Sider": (f"ingen af {PAGES}", "Lav siderne."),
        "Pakker": ("ingen", "Læs siderne igennem, og pak dem."),
        "Sendt": (
            "intet noteret", "Skriv »blupkit sent data/demo --to …« i en terminal, når pakkerne er sendt.",
        ),
    }  # fmt: skip


def test_pages_packages_and_what_was_sent_are_counted(demo: Path, demo_packages: Path) -> None:
    shutil.copytree(demo_packages, demo.parents[1] / "outputs" / "demo")
    (demo / "sendt").mkdir()
    (demo / "sendt" / "2026-11-29_001.json").write_text("{}", "utf-8")
    told = steps(read_study(demo))
    assert told["Sider"][0].startswith(f"{PAGES} af {PAGES}, de nyeste fra ")
    assert told["Pakker"][0].startswith("7 pakker, de nyeste fra ")
    assert told["Sendt"][0].startswith("noteret 1 gang, sidst ")
    assert {told[name][1] for name in ("Sider", "Pakker", "Sendt")} == {""}
    (demo.parents[1] / "outputs/demo/slagelse/02_behovsanalyse.html").unlink()
    assert steps(read_study(demo))["Sider"] == (
        told["Sider"][0].replace(f"{PAGES} af", f"{PAGES - 1} af", 1),
        "1 side mangler: Lav siderne.",
    )


def test_faults_are_counted_from_the_list_that_lies_there(demo: Path) -> None:
    settings = demo / "study.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('fil = "interview/fg1.vtt"', 'fil = "interview/væk.vtt"'), "utf-8")
    said = "".join(run_command("check", demo))
    assert said.startswith("blupkit check data/demo\n")
    assert said.endswith("Det blev ikke gjort færdigt: Se ovenfor, hvad der skal rettes.\n")
    told = steps(read_study(demo))
    assert told["Fejl i filerne"][0].startswith("1 fejl og 31 advarsler, fundet ")
    assert told["Fejl i filerne"][1] == "Ret dem efter listen fejl.xlsx, og kontrollér igen."
    assert told["Interview"] == ("4 interview; de kan ikke læses", "Kontrollér filerne.")


def test_a_file_with_answers_that_is_not_there_and_materials_that_the_study_has_not(demo: Path) -> None:
    study = read_study(demo)
    assert study.survey
    gone = study.model_copy(update={"survey": study.survey.model_copy(update={"data": "svar.csv"})})
    assert steps(gone)["Spørgeskema"] == ("filen svar.csv er der ikke", "Læg filen med svar i mappen.")
    without = study.model_copy(update={"survey": None, "interviews": None})
    assert {steps(without)[name][0] for name in ("Spørgeskema", "Interview")} == {"ikke med i undersøgelsen"}


def test_an_interview_that_nobody_has_coded_is_named(demo: Path) -> None:
    for name in ("kodninger_A.jsonl", "kodninger_B.jsonl"):
        log = demo / "interview" / name
        kept = [line for line in log.read_text("utf-8").splitlines() if '"fg3"' not in line]
        log.write_text("\n".join(kept) + "\n", "utf-8")
    assert steps(read_study(demo))["Interview"] == ("4 interview, 3 af dem kodet", "Kod fg3 i 06_kodning.")


def test_a_command_is_shown_as_it_is_written_and_asks_nothing(demo: Path) -> None:
    lines = list(run_command("package", demo))
    assert lines[0] == "blupkit package data/demo\n\n"
    assert any("Kør blupkit render" in line or "blupkit render" in line for line in lines)
    assert {command.words for command in COMMANDS} == {"check", "render", "package"}


def test_the_index_is_opened_as_a_double_click_does(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = read_study(demo)
    opened: list[str] = []
    monkeypatch.setattr(starting.webbrowser, "open", lambda address: bool(opened.append(address)) or len(opened) == 1)
    assert list(open_index(study)) == ["Der er ingen sider endnu: Lav dem først.\n"]
    index = demo.parents[1] / "outputs/demo/index.html"
    index.parent.mkdir()
    index.touch()
    assert list(open_index(study)) == [f"Åbnede {index}\n"]
    assert opened == [index.as_uri()]
    assert list(open_index(study)) == [f"Der er ingen browser at åbne den med her. Åbn selv filen {index}\n"]
