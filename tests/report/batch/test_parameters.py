"""The cell of parameters: what papermill does with a mark in another place, and that such a notebook is refused."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import papermill
import pytest
from nbformat import NotebookNode, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from papermill.parameterize import parameterize_notebook

from blupkit.core import FileError, Study
from blupkit.report import plan_pages

DEFAULT, WANTED = "slagelse", "kerteminde"
SETTINGS = f'municipality = "{DEFAULT}"'


def tagged(cell: NotebookNode, *tags: str) -> NotebookNode:
    cell.metadata["tags"] = list(tags)
    return cell


def settings(*tags: str) -> NotebookNode:
    return tagged(new_code_cell(SETTINGS), *tags)


def earlier() -> NotebookNode:
    """A cell that papermill has written, in a notebook that was saved after a run."""
    return tagged(new_code_cell(f"# Parameters\n{SETTINGS}"), "injected-parameters")


def book(cells: Sequence[NotebookNode], pages: str = "kommune") -> NotebookNode:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "blupkit": {"sider": pages, "bruger": ["spoergeskema"]}}
    return new_notebook(cells=[*cells, new_code_cell("shown = municipality")], metadata=metadata)


def shown(cells: Sequence[NotebookNode]) -> str:
    """Whose page the notebook becomes when papermill is told the municipality: its cells, as papermill lays them."""
    laid = parameterize_notebook(papermill.iorw.load_notebook_node(save(cells)), {"municipality": WANTED})
    names: dict[str, str] = {}
    for cell in laid.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    return names["shown"]


def save(cells: Sequence[NotebookNode], folder: Path | None = None, pages: str = "kommune") -> str:
    path = (folder or Path(tempfile.mkdtemp())) / "a.ipynb"
    write(book(cells, pages), path)
    return str(path)


def heading(*tags: str) -> NotebookNode:
    return tagged(new_markdown_cell("# Behovsanalyse for én kommune\n\nSkriv kommunens navn herunder."), *tags)


WRONG = {
    "on a heading too": ([heading("parameters"), settings("parameters")], "celle 1 (tekst: »# Behov"),
    "on a heading only": ([heading("parameters"), settings()], "celle 1 (tekst: »# Behov"),
    "on two cells of code": (
        [tagged(new_code_cell("antal = 3"), "parameters"), settings("parameters")],
        "celle 1 (kode: »antal = 3«) og celle 2 (kode: »municipality = ",
    ),
    "on raw text": (
        [tagged(new_raw_cell("noter"), "parameters"), settings("parameters")],
        "celle 1 (rå tekst: »noter«)",
    ),
    "with a capital": ([settings("Parameters")], "celle 1 (kode: »municipality"),
    "with a space": ([settings("parameters ")], "celle 1 (kode: »municipality"),
    "before it, from an earlier run": ([earlier(), settings("parameters")], "celle 1 (kode: »# Parameters«)"),
    "twice after it, from earlier runs": (
        [settings("parameters"), earlier(), earlier()],
        "celle 2 (kode: »# Parameters«) og celle 3",
    ),
    "nowhere": ([settings()], "ingen parametercelle"),
}


@pytest.mark.parametrize(("cells", "said"), WRONG.values(), ids=WRONG)
def test_a_mark_where_papermill_would_show_the_default_municipality_is_refused_before_anything_is_run(
    study: Study, tmp_path: Path, cells: list[NotebookNode], said: str
) -> None:
    assert shown(cells) == DEFAULT, "papermill does as told here: this need not be refused"
    save(cells, tmp_path)
    with pytest.raises(FileError) as caught:
        plan_pages(study, tmp_path)
    assert str(caught.value).startswith("a.ipynb: Her står »")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "source",
    ['study_folder = "x"', f'study_folder, municipality = "x", "{DEFAULT}"', f'kommune = "{DEFAULT}"'],
    ids=["lacks it", "two on a line", "another name"],
)
def test_a_notebook_for_municipalities_must_have_a_line_that_sets_whose_page_it_is(
    study: Study, tmp_path: Path, source: str
) -> None:
    save([tagged(new_code_cell(source), "parameters")], tmp_path)
    with pytest.raises(FileError, match="uden municipality"):
        plan_pages(study, tmp_path)
    (tmp_path / "faelles").mkdir()
    save([tagged(new_code_cell(source), "parameters")], tmp_path / "faelles", pages="faelles")
    assert len(plan_pages(study, tmp_path / "faelles")) == 1


RIGHT = {
    "plain": [heading(), settings("parameters")],
    "with other marks": [heading("vejledning"), settings("vis", "parameters")],
    "one from an earlier run after it": [settings("parameters"), earlier()],
}


@pytest.mark.parametrize("cells", RIGHT.values(), ids=RIGHT)
def test_a_mark_that_papermill_heeds_is_taken(study: Study, tmp_path: Path, cells: list[NotebookNode]) -> None:
    assert shown(cells) == WANTED
    save(cells, tmp_path)
    assert {page.parameters["municipality"] for page in plan_pages(study, tmp_path)} == set(study.readers)


def test_another_notebook_s_mark_does_not_stop_the_one_that_is_asked_for(study: Study, tmp_path: Path) -> None:
    save(WRONG["on a heading too"][0], tmp_path)
    (tmp_path / "a.ipynb").rename(tmp_path / "b.ipynb")
    save(RIGHT["plain"], tmp_path)
    assert plan_pages(study, tmp_path, chosen=["a"])
    with pytest.raises(FileError, match=r"b\.ipynb"):
        plan_pages(study, tmp_path)


def test_a_whole_run_of_papermill_shows_the_default_municipality_when_a_heading_has_the_mark(tmp_path: Path) -> None:
    for cells, place in ((WRONG["on a heading too"][0], DEFAULT), (RIGHT["plain"], WANTED)):
        source = save([*cells, new_code_cell("print(municipality)")], tmp_path)
        done = papermill.execute_notebook(source, None, {"municipality": WANTED}, progress_bar=False)
        printed = "".join(output.text for cell in done.cells for output in cell.get("outputs", []))
        assert printed.strip() == place
