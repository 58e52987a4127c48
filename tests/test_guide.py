"""What the consultant's guide tells her to run and to fill in is there, by the same names."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from blupkit.activities.layout import FORMS, shapes
from blupkit.cli.commands import program
from blupkit.core import read_study

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "vejledning.md").read_text("utf-8")
#: Every line that is to be typed in a terminal.
TYPED = sorted({line for block in re.findall(r"(?s)```sh\n(.*?)```", GUIDE) for line in block.splitlines() if line})
RUN = [line for line in TYPED if line.startswith("blupkit ")]
YEAR = GUIDE[GUIDE.index("\n## Hele året\n") : GUIDE.index("\n## Åbne svar\n")]


def test_the_guide_has_commands_to_run_and_a_chapter_of_the_year() -> None:
    assert {line.split()[1] for line in RUN} >= {"new", "udsend", "check", "render", "package", "sent"}
    months = re.findall(r"\*\*(Januar|Februar|Maj|Juni|August|September|December)\b", YEAR)
    assert months == ["Januar", "Februar", "Maj", "Juni", "August", "September", "December"]


@pytest.mark.parametrize("line", RUN)
def test_a_command_of_the_guide_is_understood(line: str) -> None:
    """As it stands there, but for the names of folders and files, which are the reader's own."""
    _, name, *words = shlex.split(line.partition("#")[0])
    command = get_command(program).commands[name]
    given = [str(ROOT / "data" / "demo") if word.startswith("data/") else word for word in words]
    assert command.make_context(name, given, resilient_parsing=False).args == []


def test_the_notebooks_that_it_names_are_there() -> None:
    named = set(re.findall(r"\b(\d\d_[a-z_]+[a-z])\b", GUIDE))
    assert named - {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")} == set()


def test_the_tables_of_the_year_that_it_names_are_those_that_are_read() -> None:
    study = read_study(ROOT / "data" / "demo")
    named = set(re.findall(r"`(?:aktiviteter/)?([a-z_]+)\.csv`", YEAR))
    assert named - {*shapes(study), *FORMS} == set()
    assert {"plan", "workshops", "aftaler", "katalog", "afholdelser", "konference", *FORMS} <= named
