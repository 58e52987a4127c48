"""The panel as a notebook keeps it: ordinary output beside the widget, and nothing of it in git."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import papermill
import pytest
from clean_notebook import clean

from blupkit import app
from blupkit.core import Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report.batch.plan import is_planned, plan_pages

ROOT = Path(__file__).parents[3]
NOTEBOOK = ROOT / "notebooks" / "07_udforsk.ipynb"
VIEW, STATE = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(ROOT / "data" / "demo")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    folder = tmp_path_factory.mktemp("koert")
    shutil.copytree(ROOT / "data" / "demo", folder / "demo", ignore=shutil.ignore_patterns("generator"))
    done = folder / "ud.ipynb"
    papermill.execute_notebook(
        str(NOTEBOOK), str(done), {"study_folder": str(folder / "demo")}, cwd=str(folder), progress_bar=False
    )
    return nbformat.read(done, as_version=4)


def test_what_it_shows_first_is_ordinary_output_too(run: nbformat.NotebookNode) -> None:
    [shown] = [output for cell in run.cells for output in cell.get("outputs", []) if VIEW in output.get("data", {})]
    html = shown["data"]["text/html"]
    assert "<table" in html
    assert "Slagelse Kommune" in html
    assert "Internt" in html
    assert shown["data"]["text/plain"].startswith("Panelet til at udforske")


def test_git_takes_neither_what_it_showed_nor_its_state(run: nbformat.NotebookNode) -> None:
    run.metadata.widgets = {STATE: {"state": {"a": {"state": {"shown": "Kirsten sagde"}}}}}
    cleaned = json.loads(clean(nbformat.writes(run)))
    assert set(cleaned["metadata"]) == {"blupkit", "kernelspec", "language_info"}
    assert not any(cell.get("outputs") for cell in cleaned["cells"])
    assert "Internt" not in json.dumps([cell.get("outputs", []) for cell in cleaned["cells"]])


def test_the_widget_itself_carries_no_answer(study: Study) -> None:
    panel = app.explore(study)
    state = {name: value for name, value in panel.get_state().items() if name not in ("_esm", "_css")}
    assert "Slagelse" in panel._repr_mimebundle_()[0]["text/html"]  # which git does not take
    assert set(state) >= {"own_id", "_view_name"}
    assert "Slagelse" not in json.dumps(state, default=str)


def test_no_page_is_made_of_it(study: Study, tmp_path: Path) -> None:
    pages = plan_pages(study, ROOT / "notebooks", Outputs(tmp_path))
    assert pages
    assert not [page.name for page in pages if page.notebook == NOTEBOOK]
    assert not is_planned(study, ROOT / "notebooks", "intern/07_udforsk")


def test_what_is_typed_without_jupyterlab_is_one_line(study: Study) -> None:
    assert (
        repr(app.explore(study)) == "Panelet til at udforske. Det vises i JupyterLab, når det er det sidste i en celle."
    )
