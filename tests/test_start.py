"""From an unpacked folder to JupyterLab: what is set up, when, and what is said when it cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import start

ROOT = Path(__file__).parents[1]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a lock that asks for nothing, in a folder with a blank and a Danish letter."""
    folder = tmp_path / "Åses projekt"
    folder.mkdir()
    (folder / "requirements.lock").write_text("# intet\n", "utf-8")
    for name, place in {
        "ROOT": folder, "VENV": folder / ".venv", "LOCK": folder / "requirements.lock",
        "MADE_FROM": folder / ".venv" / "made_from.lock",
    }.items():  # fmt: skip
        monkeypatch.setattr(start, name, place)
    return folder


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What was run, without running it; a step whose words hold `fails` does not succeed."""
    steps: list[list[str]] = []

    def run(words: list[str], *, check: bool, **_: Any) -> SimpleNamespace:
        steps.append(words)
        if check and "--require-hashes" in words and "fails" in os.environ:
            raise subprocess.CalledProcessError(1, words)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(start.subprocess, "run", run)
    return steps


def ready(project: Path) -> bool:
    return start.is_set_up(project / ".venv", project / "requirements.lock")


def test_an_environment_is_made_for_real_once_for_each_lock(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, steps = subprocess.run, []

    def run(words: list[str], **options: Any) -> Any:
        steps.append(words)
        return None if "--editable" in words else real(words, **options)  # that needs what builds packages

    monkeypatch.setattr(start.subprocess, "run", run)
    assert not ready(project)
    start.set_up()
    assert ready(project)
    assert [words[0] for words in steps] == [sys.executable, *[str(start.venv_python(project / ".venv"))] * 2]
    (project / "requirements.lock").write_text("# noget andet\n", "utf-8")
    assert not ready(project)


def test_an_environment_that_was_cut_off_is_not_taken_for_whole(project: Path) -> None:
    python = start.venv_python(project / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    assert not ready(project)
    (project / ".venv" / "made_from.lock").write_text("# intet\n", "utf-8")
    assert ready(project)


def test_what_make_has_set_up_is_taken_until_the_lock_is_newer(project: Path) -> None:
    python = start.venv_python(project / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    (project / ".venv" / ".installed").touch()
    assert ready(project)
    os.utime(project / "requirements.lock", (2_000_000_000, 2_000_000_000))
    assert not ready(project)


def test_another_python_sets_up_and_the_own_one_opens_at_once(
    project: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / ".venv").mkdir()
    monkeypatch.setattr(start, "is_own", lambda: False)
    assert start.main(["--no-browser"]) == 0
    own = str(start.venv_python(project / ".venv"))
    assert [words[0] for words in ran] == [sys.executable, own, own, own, own, own]
    assert ran[1][-3:] == ["--require-hashes", "-r", str(project / "requirements.lock")]
    lab = ran[-1]
    assert lab[1:3] == ["-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={project}" in lab
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb" in lab
    assert lab[-1] == "--no-browser"
    ran.clear()
    monkeypatch.setattr(start, "is_own", lambda: True)
    assert start.main([]) == 0
    assert {words[0] for words in ran} == {sys.executable}
    assert len(ran) == 3


def test_what_could_not_be_fetched_is_said_in_danish_and_nothing_is_opened(
    project: Path, ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "is_own", lambda: False)
    monkeypatch.setenv("fails", "1")
    assert start.main([]) == 1
    assert "Pakkerne blev ikke hentet." in capsys.readouterr().err
    assert len(ran) == 2
    assert not ready(project)


def test_a_python_that_is_too_old_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(start.sys, "version_info", (3, 9, 1))
    assert start.main([]) == 1
    assert "Python 3.11 eller nyere mangler" in capsys.readouterr().err


def test_the_python_of_another_project_is_not_the_own_one(tmp_path: Path) -> None:
    other = tmp_path / "blupkit"
    other.mkdir()
    (other / "__init__.py").touch()
    code = "import start; print(start.is_own())"
    for place, own in ((ROOT, "True"), (tmp_path, "False")):
        path = os.pathsep.join([str(place), str(ROOT / "tools")])
        said = subprocess.run(
            [sys.executable, "-c", code],
            cwd=other,
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.strip() == own


def test_make_and_start_bat_end_in_the_same_program() -> None:
    lab = (ROOT / "Makefile").read_text("utf-8").split("\nlab: ")[1].split("\n\n")[0]
    assert "tools/start.py" in lab
    assert "jupyter" not in lab
    assert r"tools\start.py" in (ROOT / "start.bat").read_text("ascii")
