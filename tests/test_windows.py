"""What is otherwise on Windows, as far as it can be tried elsewhere: no fork, locked files, cp1252, and `start.bat`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
from small_study import write_small_study
from support import write_notebook

from blupkit.cli import main
from blupkit.core import DataError, read_study
from blupkit.core.outputs import Outputs
from blupkit.core.slugs import slug

ROOT = Path(__file__).parents[1]
BAT = (ROOT / "start.bat").read_bytes()
LINES = [line.strip() for line in BAT.decode("ascii").split("\r\n")]
CODE = [line for line in LINES if line and not line.startswith("rem ")]
#: What the batch does where the system has no forkserver, in a process of its own: with a guard and an importable main
#: module, which spawned processes import again.
SPAWNED = """
import multiprocessing
import sys

from blupkit.report.batch import pool
from blupkit.report.batch.engine import Engine

if __name__ == "__main__":
    pool.get_all_start_methods = lambda: ["spawn"]
    pool.DEFAULT_ENGINE = Engine(sys.argv.pop(1))
    assert pool.prepare([]).get_start_method() == "spawn"
    from blupkit.cli import main
    main()
"""


def run(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    own = os.environ | {"PYTHONPATH": path} | environment
    return subprocess.run([sys.executable, *command], cwd=folder, env=own, capture_output=True, check=False)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    folder = tmp_path / "Åses data" / "demo"
    shutil.copytree(ROOT / "data/demo", folder, ignore=shutil.ignore_patterns("generator"))
    return folder


@pytest.mark.parametrize("engine", ["kernel", "blupkit"])
def test_a_page_is_made_where_processes_cannot_be_forked(tmp_path: Path, engine: str) -> None:
    study = write_small_study(tmp_path / "Åses data" / "tre", places=("Bakkeby", "Ærøholm", "Fjordby"))
    program = study.parent / "spawned.py"
    program.write_text(SPAWNED, "utf-8")
    wanted = ("--notebook", "02_behovsanalyse", "--municipality", "aeroeholm", "--engine", engine)
    notebooks = ("--notebooks", str(ROOT / "notebooks"))
    done = run(str(program), engine, "render", "tre", *wanted, *notebooks, folder=study.parent)
    assert b"1 af 1 sider er lavet" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
    page = study.parent / "outputs/tre/aeroeholm/02_behovsanalyse.html"
    assert "Ærøholm" in page.read_text("utf-8")


def test_a_console_that_lacks_a_letter_shows_another_and_goes_on(tmp_path: Path) -> None:
    study = write_small_study(tmp_path / "Åses data" / "tre", places=("Bakkeby", "Ærøholm", "Fjordby"))
    text = (study / "study.toml").read_text("utf-8")
    assert 'navn = "Bakkeby Kommune"' in text
    text = text.replace("Bakkeby Kommune", "Bakkełby Kommune").replace("verificeret = true", "")
    (study / "study.toml").write_text(text, "utf-8")
    for encoding, shown in (("cp1252", "Ærø"), ("cp850", "Ærø"), ("ascii", ""), ("utf-8", "Bakkełby")):
        done = run("-m", "blupkit", "check", "tre", folder=study.parent, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        told = done.stdout.decode(encoding)
        assert "I alt " in told, told + done.stderr.decode(encoding)
        assert shown in told
        assert "Traceback" not in done.stderr.decode(encoding)


def test_help_and_a_wrong_command_are_told_on_a_cp1252_console(tmp_path: Path) -> None:
    for command, status in ((["--help"], 0), (["render", "findes/łkke"], 1), (["ukendt"], 2)):
        done = run("-m", "blupkit", *command, folder=tmp_path, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
        told = (done.stdout + done.stderr).decode("cp1252")
        assert done.returncode == status, told
        assert "Traceback" not in told


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a file refuse to be replaced, as one that is open in Excel or a browser does on Windows."""
    replace = Path.replace

    def lock(name: str) -> None:
        def refuse(self: Path, target: Any) -> Path:
            if Path(target).name == name:
                raise PermissionError(13, "Access is denied", str(self), 5, str(target))
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", refuse)

    return lock


def command(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["blupkit", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_a_list_that_is_open_in_excel_is_told_of_and_stays(
    demo: Path, monkeypatch: pytest.MonkeyPatch, locked: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(demo.parent)
    assert command(monkeypatch, "check", "demo") == 0
    workbook = Outputs.of(demo).fault_workbook
    before = workbook.read_bytes()
    locked("fejl.xlsx")
    assert command(monkeypatch, "check", "demo") == 1
    assert "er filen åben i Excel?" in capsys.readouterr().err
    assert workbook.read_bytes() == before
    assert list(workbook.parent.rglob("*.part")) == []


def test_a_page_that_is_open_is_told_of_and_the_others_are_made(
    demo: Path, monkeypatch: pytest.MonkeyPatch, locked: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(demo.parent)
    front = (
        "from blupkit import core, report\n"
        "edition = core.read_edition(core.read_study(study_folder), municipality)\n"
        "report.front(edition, title='Prøve', facts=[])"
    )
    for name in ("a", "b"):
        write_notebook(demo.parent / "notebooks", name, front, "report.text('## Svar')")
    locked("a.html")
    assert command(monkeypatch, "render", "demo", "--notebooks", "notebooks") == 1
    told = capsys.readouterr()
    assert "faelles/a blev ikke lavet" in told.err
    assert "1 af 2 sider er lavet" in told.out
    made = Outputs.of(demo)
    assert made.page("faelles/b").is_file()
    assert not made.page("faelles/a").exists()
    assert list(made.folder.rglob("*.part")) == []


def test_names_of_files_and_folders_never_differ_by_case_only(demo: Path) -> None:
    names = ["Slagelse", "SLAGELSE", "Faaborg-Midtfyn", "Ærø", "æRØ", "Sønderborg Kommune"]
    assert all(slug(name) == slug(name).casefold() for name in names)
    settings = demo / "study.toml"
    text = settings.read_text("utf-8")
    assert text.count('kort_navn = "Slagelse"') == 1
    settings.write_text(text.replace('kort_navn = "Slagelse"', 'kort_navn = "nÆSTVED"'), "utf-8")
    with pytest.raises(DataError, match="er brugt to gange: naestved"):
        read_study(demo)


def test_names_of_files_are_those_that_windows_takes(demo_pages: Path) -> None:
    reserved = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
    for path in demo_pages.rglob("*"):
        assert not re.search(r'[<>:"\\|?*\x00-\x1f]|[. ]$', path.name), path
        assert path.name.split(".")[0].casefold() not in reserved, path


def test_start_bat_is_what_cmd_reads() -> None:
    assert BAT.isascii()
    assert BAT.count(b"\n") == BAT.count(b"\r\n") == BAT.count(b"\r") > 20
    assert LINES[0] == "@echo off"
    # cmd.exe finds a label in a script again by reading it from the top: one that is not there ends it.
    labels = [line[1:] for line in CODE if line.startswith(":")]
    goals = re.findall(r"\bgoto (\w+)", "\n".join(CODE))
    assert sorted(labels) == sorted(set(goals)) == sorted(set(labels))
    listed = subprocess.run(["git", "check-attr", "text", "start.bat"], cwd=ROOT, capture_output=True, text=True)
    assert listed.returncode or "text: unset" in listed.stdout


def test_start_bat_takes_folders_with_blanks_and_asks_after_each_step() -> None:
    for line in CODE:
        # Without an echo, what names a file or a folder stands in quotes.
        bare = re.sub(r'"[^"]*"', "", line)
        if not line.startswith("echo "):
            assert not re.search(r"%~dp0|%%~D|\.venv|\.lock|\.yml|\.py|\\", bare.replace(">nul", "")), line
    steps = [at for at, line in enumerate(CODE) if re.match(r"(py|python|fc|pushd|call|\"\.venv)", line)]
    assert len(steps) == 11
    for at in steps:
        after = CODE[at + 1] if not CODE[at + 1].startswith(":") else CODE[at + 2]
        assert after.startswith(("if errorlevel 1", "if not errorlevel 1", "goto done")), CODE[at]
    ended = [at for at, line in enumerate(CODE) if line.startswith("exit /b 1")]
    assert all(CODE[at - 1] == "pause" for at in ended)  # else the window is gone before it is read
    assert len(ended) == 3


def test_what_start_bat_names_is_there() -> None:
    named = {name for name in re.findall(r'"([\w.\\-]+\.(?:py|lock|yml))"', BAT.decode()) if ".venv" not in name}
    assert named == {r"tools\start.py", "requirements.lock", "environment.yml"}
    assert all((ROOT / PureWindowsPath(name)).is_file() for name in named)
    assert 'py -3 "tools\\start.py" %*' in CODE
