"""Papermill runs every notebook on the demo: to pages by the batch, and by itself those that no page is made of."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from blupkit.core import read_study
from blupkit.report import plan_pages

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: Those that one works in, and what their last output says without a widget.
WORKED_IN = {"00_start": "Hvor langt er", "06_kodning": "CoderWidget", "07_udforsk": "Internt"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papermill") / "data" / "demo"
    shutil.copytree(ROOT / "data/demo", folder, ignore=shutil.ignore_patterns("generator"))
    (folder.parents[1] / "outputs").mkdir()
    return folder


def run(path: Path, study: Path) -> dict[str, Any]:
    """Run a notebook as the README says, in Jupyter's kernel and a project of its own, and give it as it came out."""
    project = study.parents[1]
    made = project / path.name
    done = subprocess.run(
        [sys.executable, "-m", "papermill", path, made, "--cwd", project, "-p", "study_folder", "data/demo"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(made.read_text("utf-8"))


def shown(book: dict[str, Any]) -> str:
    """What is read of a notebook where no widget is drawn."""
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", [])]
    data = [output.get("data", {}) for output in outputs]
    return "\n".join("".join(each.get("text/html", each.get("text/plain", ""))) for each in data)


@pytest.mark.parametrize("name", WORKED_IN)
def test_papermill_runs_what_one_works_in_to_the_end_and_it_makes_nothing(name: str, study: Path) -> None:
    book = run(ROOT / "notebooks" / f"{name}.ipynb", study)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code" and cell["source"]]
    assert all(cell["execution_count"] for cell in code)
    assert not [output for cell in code for output in cell["outputs"] if output["output_type"] == "error"]
    assert WORKED_IN[name] in shown(book)
    assert list((study.parents[1] / "outputs").rglob("*")) == []


def test_papermill_has_run_the_others_to_pages(demo_pages: Path) -> None:
    made = {path.name.split(".")[0] for path in demo_pages.rglob("*.html")} - {"index"}  # slides lie beside their page
    assert made | set(WORKED_IN) == {path.stem for path in NOTEBOOKS}


def test_no_page_is_planned_of_those_that_one_works_in() -> None:
    pages = plan_pages(read_study(ROOT / "data/demo"), ROOT / "notebooks")
    assert {page.notebook.stem for page in pages} == {path.stem for path in NOTEBOOKS} - set(WORKED_IN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_cell_shows_all_that_it_asks_for(path: Path) -> None:
    """Jupyter shows a cell's last line alone: a call before it whose value nobody takes would be lost."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            before = ast.parse("".join(cell["source"])).body[:-1]
            assert [ast.unparse(line) for line in before if isinstance(line, ast.Expr)] == []
