"""What is kept, made and left as evidence, also when a notebook does not come to its end."""

import shutil
from dataclasses import replace
from pathlib import Path

from support import OPENING, notebook, write_notebook

from blupkit.core import Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import Outcome, notebook_folder, plan_pages, render_pages, write_index
from blupkit.report.batch.render import inputs_mark


def test_only_a_page_that_reads_the_answers_is_made_again_when_one_changes(study: Study, tmp_path: Path) -> None:
    """The page about open answers quotes them; the needs analysis shows what was decided, and no more."""
    own = read_study(shutil.copytree(study.folder, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))
    (tmp_path / "intern" / "udgivelse").mkdir(parents=True)
    for name in ("alle", "kerteminde"):
        (tmp_path / "intern" / "udgivelse" / f"{name}.json").write_text("{}", encoding="utf-8")
    pages = plan_pages(own, notebook_folder(), Outputs(tmp_path), municipalities=["kerteminde", "alle"])
    before = {page.name: inputs_mark(page) for page in pages}
    with (own.folder / "spoergeskema" / "dataset.csv").open("ab") as file:
        file.write(b" ")
    changed = {page.name for page in pages if inputs_mark(page) != before[page.name]}
    assert changed & {"kerteminde/02_behovsanalyse", "faelles/02_behovsanalyse", "faelles/04_aabne_svar"} == {
        "faelles/04_aabne_svar"
    }


def test_that_something_was_sent_makes_no_page_an_old_one(study: Study, tmp_path: Path) -> None:
    """What is shown beside it is decided anew: a page is made again where that shows something else."""
    own = read_study(shutil.copytree(study.folder, tmp_path / "demo", ignore=shutil.ignore_patterns("generator")))
    pages = plan_pages(own, notebook_folder(), Outputs(tmp_path / "ud"))
    before = [inputs_mark(page) for page in pages]
    for name in ("sendt/2026-05-01_001.json", "sendt/modtagere.csv", "kvitteringer/2026-05-01_8F3A-21C7.txt"):
        own.path(name).parent.mkdir(exist_ok=True)
        own.path(name).write_text("{}", encoding="utf-8")
    assert [inputs_mark(page) for page in pages] == before
    own.path("interview/citater.csv").write_text("", encoding="utf-8")
    assert [inputs_mark(page) for page in pages] != before


def files_in(folder: Path) -> set[str]:
    """Give the pages and the evidence; the manifest is always there."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {"intern/sider.json"}


def test_a_notebook_without_a_front_fails_and_is_kept_as_evidence(study: Study, tmp_path: Path) -> None:
    pages = plan_pages(study, write_notebook(tmp_path / "nb", "a", "print('så langt')"))
    [outcome] = render_pages(pages, Outputs(tmp_path / "ud"))
    assert "Her står »ingen forside«" in outcome.problem
    assert outcome.path == tmp_path / "ud" / "fejl" / "faelles_a.ipynb"
    assert "så langt" in outcome.path.read_text("utf-8")
    assert files_in(tmp_path / "ud") == {"fejl/faelles_a.ipynb"}


def test_a_raw_table_stops_the_page_and_not_the_next(study: Study, tmp_path: Path) -> None:
    write_notebook(tmp_path / "nb", "a", OPENING, "import pandas as pd\npd.DataFrame({'svar': [1]})")
    pages = plan_pages(study, write_notebook(tmp_path / "nb", "b", OPENING))
    assert [bool(outcome.problem) for outcome in render_pages(pages, Outputs(tmp_path / "ud"))] == [True, False]
    assert files_in(tmp_path / "ud") == {"fejl/faelles_a.ipynb", "faelles/b.html"}


def test_blocked_material_fails_its_own_pages_only_and_leaves_the_old_one(study: Study, tmp_path: Path) -> None:
    old = tmp_path / "ud" / "faelles" / "i.html"
    old.parent.mkdir(parents=True)
    old.write_text("fra i går", encoding="utf-8")
    write_notebook(tmp_path / "nb", "i", OPENING, uses=("spoergeskema", "interview"))
    pages = plan_pages(study, write_notebook(tmp_path / "nb", "s", OPENING, uses=("spoergeskema",)))
    told: list[Outcome] = []
    blocked = {"interview": "udskrift.txt: tom fil"}
    outcomes = render_pages(pages, Outputs(tmp_path / "ud"), check=lambda: blocked, on_outcome=told.append)
    assert [outcome.problem for outcome in outcomes] == ["udskrift.txt: tom fil", ""]
    assert {outcome.page.name for outcome in told} == {"faelles/i", "faelles/s"}
    assert old.read_text("utf-8") == "fra i går"
    assert files_in(tmp_path / "ud") == {"faelles/i.html", "faelles/s.html"}


def test_an_internal_exhibit_in_a_municipality_s_notebook_does_not_make_a_page(study: Study, tmp_path: Path) -> None:
    secret = "import pandas as pd\nreport.table_internal(pd.DataFrame({'svar': [1]}), caption='Rå svar')"
    folder = write_notebook(tmp_path / "nb", "a", OPENING, secret, pages="kommune")
    [outcome] = render_pages(plan_pages(study, folder, municipalities=["slagelse"]), Outputs(tmp_path / "ud"))
    assert outcome.problem
    assert not (tmp_path / "ud" / "slagelse").exists()


def test_pages_go_on_past_those_that_stop_and_what_was_there_stays(study: Study, tmp_path: Path) -> None:
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
    index = write_index(study, Outputs(tmp_path / "ud")).read_text("utf-8")
    assert 'href="faelles/god.html"' in index
    assert index.count("– gik i stå") == 4


def test_a_page_whose_material_has_faults_is_not_run_at_all(study: Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "a", meta={"sider": "faelles", "bruger": ["spoergeskema"]})
    [outcome] = render_pages(
        plan_pages(study, folder), Outputs(tmp_path / "ud"), check=lambda: {"spoergeskema": "dataset.csv: en tom fil"}
    )
    assert outcome.problem == "dataset.csv: en tom fil"
    assert outcome.seconds == 0
    assert not (tmp_path / "ud").exists()


def test_a_page_that_shows_what_was_decided_stops_with_the_answers_fault(study: Study, tmp_path: Path) -> None:
    """A page of interviews beside what was decided said that a file of ours was missing, and to put it there."""
    meta = {"sider": "faelles", "bruger": ["interview"]}
    source = notebook(tmp_path / "nb", "a", meta=meta) / "a.ipynb"
    text = source.read_text("utf-8").replace('data/demo\\"', 'data/demo\\"\\nrelease_file = \\"\\"')
    source.write_text(text, encoding="utf-8")
    outputs = Outputs(tmp_path / "ud")
    pages = plan_pages(study, source.parent, outputs)
    assert [page.release_file for page in pages] == [outputs.part("alle").resolve()]
    [outcome] = render_pages(pages, outputs, decide=lambda: {"spoergeskema": "svar.csv: en tom fil"})
    assert outcome.problem == "svar.csv: en tom fil"
    # A study of interviews alone has no answers that could stop it.
    spoken = [replace(page, study=study.model_copy(update={"survey": None})) for page in pages]
    [made] = render_pages(spoken, outputs, decide=lambda: {"spoergeskema": "study.toml: intet spørgeskema"})
    assert made.problem == ""


def test_the_evidence_of_a_fault_goes_when_the_page_succeeds(study: Study, tmp_path: Path) -> None:
    output = tmp_path / "ud"
    render_pages(plan_pages(study, notebook(tmp_path / "nb1", "a", "1 / 0")), Outputs(output))
    assert (output / "fejl" / "faelles_a.ipynb").is_file()
    render_pages(plan_pages(study, notebook(tmp_path / "nb2", "a", "1")), Outputs(output))
    assert not (output / "fejl" / "faelles_a.ipynb").exists()
    assert (output / "faelles" / "a.html").is_file()
