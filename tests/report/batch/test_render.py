"""Notebook × municipality: which pages are made, and what happens when a notebook does not come to its end."""

from pathlib import Path

import pytest
from nbformat import write
from nbformat.v4 import new_notebook
from support import notebook

from blupkit import core
from blupkit.core.outputs import Outputs
from blupkit.report import plan_pages, render_pages, write_index

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def study() -> core.Study:
    return core.read_study(DEMO)


def test_a_municipality_s_notebook_makes_a_page_for_each_and_one_for_all(study: core.Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "a", meta={"sider": "kommune", "bruger": ["spoergeskema"]})
    pages = plan_pages(study, folder)
    assert [page.folder for page in pages] == [*(m.slug for m in study.municipalities), "faelles"]
    assert [page.folder for page in plan_pages(study, folder, municipalities=["slagelse", "alle"])] == [
        "slagelse",
        "faelles",
    ]


def test_a_notebook_whose_material_the_study_lacks_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('navn="x"\nudgiver="y"\nperiode="z"\ndata_dato=2026-01-01\n', "utf-8")
    folder = notebook(tmp_path / "nb", "a", meta={"sider": "faelles", "bruger": ["interview"]})
    assert plan_pages(core.read_study(tmp_path), folder) == []


@pytest.mark.parametrize(
    ("meta", "said"),
    [({}, "Forventet: kommune, faelles eller intern"), ({"sider": "alle"}, "Her står »alle«")],
)
def test_a_notebook_that_does_not_say_what_its_pages_are_for_is_told(
    study: core.Study, tmp_path: Path, meta: dict[str, object], said: str
) -> None:
    with pytest.raises(core.FileError, match=said):
        plan_pages(study, notebook(tmp_path / "nb", "a", meta=meta))


def test_a_file_that_is_no_notebook_is_told(study: core.Study, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{halv", encoding="utf-8")
    with pytest.raises(core.FileError, match=r"a\.ipynb: Her står »en fil, der ikke er en notesbog«"):
        plan_pages(study, tmp_path)


def test_a_notebook_without_parameters_is_told(study: core.Study, tmp_path: Path) -> None:
    write(new_notebook(metadata={"blupkit": {"sider": "faelles", "bruger": []}}), tmp_path / "a.ipynb")
    with pytest.raises(core.FileError, match="ingen parametercelle"):
        plan_pages(study, tmp_path)


def test_pages_go_on_past_those_that_stop_and_what_was_there_stays(study: core.Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "god", "1 + 1")
    notebook(folder, "deler", "1 / 0", "2")
    notebook(folder, "forlader", "import sys; sys.exit(0)", "2")
    notebook(folder, "dræber", "import os; os._exit(1)", "2")
    notebook(folder, "vores", "core.read_edition(core.read_study(study_folder), 'odense')")
    old = tmp_path / "ud" / "faelles" / "deler.html"
    old.parent.mkdir(parents=True)
    old.write_text("fra i går", encoding="utf-8")
    told: list[str] = []
    outcomes = {
        outcome.page.notebook.stem: outcome
        for outcome in render_pages(
            plan_pages(study, folder), Outputs(tmp_path / "ud"), on_outcome=lambda one: told.append(one.page.name)
        )
    }
    assert len(told) == 5
    assert outcomes["god"].problem == ""
    assert outcomes["deler"].problem == "Cellen »1 / 0« stoppede med ZeroDivisionError: division by zero"
    assert "SystemExit" in outcomes["forlader"].problem
    assert outcomes["dræber"].problem.startswith("Cellen »import os; os._exit(1)« afsluttede programmet")
    assert "Her står »odense«. Forventet: faaborg-midtfyn" in outcomes["vores"].problem
    assert old.read_text("utf-8") == "fra i går"
    made = {str(path.relative_to(tmp_path / "ud")) for path in (tmp_path / "ud").rglob("*") if path.is_file()}
    assert {"faelles/god.html", "faelles/deler.html", "fejl/faelles_deler.ipynb", "fejl/faelles_vores.ipynb"} <= made
    assert not [name for name in made if name.endswith(".part") or "dræber.html" in name or "forlader.html" in name]
    index = write_index(study, list(outcomes.values()), Outputs(tmp_path / "ud")).read_text("utf-8")
    assert 'href="faelles/god.html"' in index
    assert index.count("den seneste kørsel gik i stå") == 4


def test_a_page_whose_material_has_faults_is_not_run_at_all(study: core.Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "a", meta={"sider": "faelles", "bruger": ["spoergeskema"]})
    [outcome] = render_pages(
        plan_pages(study, folder), Outputs(tmp_path / "ud"), blocked={"spoergeskema": "dataset.csv: en tom fil"}
    )
    assert outcome.problem == "dataset.csv: en tom fil"
    assert outcome.seconds == 0
    assert not (tmp_path / "ud").exists()


def test_the_evidence_of_a_fault_goes_when_the_page_succeeds(study: core.Study, tmp_path: Path) -> None:
    output = tmp_path / "ud"
    render_pages(plan_pages(study, notebook(tmp_path / "nb1", "a", "1 / 0")), Outputs(output))
    assert (output / "fejl" / "faelles_a.ipynb").is_file()
    render_pages(plan_pages(study, notebook(tmp_path / "nb2", "a", "1")), Outputs(output))
    assert not (output / "fejl" / "faelles_a.ipynb").exists()
    assert (output / "faelles" / "a.html").is_file()
