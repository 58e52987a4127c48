"""Which pages a study gets, what is kept when one fails, and the index that leads to them all."""

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import read, write
from nbformat.v4 import new_code_cell, new_notebook

from blupkit.core import DataError, FileError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import Outcome, Page, notebook_folder, plan_pages, render_pages, write_index
from blupkit.report.batch.render import inputs_mark

OPENING = (
    "from blupkit import core, report\n"
    "edition = core.read_edition(core.read_study(study_folder), municipality)\n"
    "report.front(edition, title='Prøve', facts=[])"
)


def write_notebook(
    folder: Path, name: str, *cells: str, pages: str = "faelles", uses: tuple[str, ...] = (), title: str = ""
) -> Path:
    """Write a small notebook with parameters, and give its folder."""
    folder.mkdir(exist_ok=True)
    settings = new_code_cell('study_folder = "x"\nmunicipality = "alle"\nantal = 3', metadata={"tags": ["parameters"]})
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "blupkit": {"sider": pages, "bruger": list(uses)} | ({"titel": title} if title else {}),
    }
    write(new_notebook(cells=[settings, *map(new_code_cell, cells)], metadata=metadata), folder / f"{name}.ipynb")
    return folder


def names(pages: list[Page]) -> list[str]:
    return [page.name for page in pages]


def test_pages_come_in_the_order_of_notebooks_then_municipalities(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path, "b_behov", pages="kommune")
    write_notebook(tmp_path, "a_faelles")
    write_notebook(tmp_path, "c_kontrol", pages="intern")
    pages = plan_pages(study, folder, municipalities=["slagelse", "alle"])
    assert names(pages) == ["faelles/a_faelles", "slagelse/b_behov", "faelles/b_behov", "intern/c_kontrol"]
    assert [page.municipality for page in pages] == ["alle", "slagelse", "alle", "alle"]


def test_common_and_internal_pages_are_left_out_when_only_a_municipality_is_asked_for(
    study: Study, tmp_path: Path
) -> None:
    folder = write_notebook(tmp_path, "a", pages="kommune")
    write_notebook(tmp_path, "b")
    write_notebook(tmp_path, "c", pages="intern")
    assert names(plan_pages(study, folder, municipalities=["kerteminde"])) == ["kerteminde/a"]


@pytest.mark.parametrize("chosen", ["b", "b.ipynb"])
def test_a_notebook_is_chosen_with_or_without_its_ending(study: Study, tmp_path: Path, chosen: str) -> None:
    write_notebook(tmp_path, "a")
    assert names(plan_pages(study, write_notebook(tmp_path, "b"), chosen=[chosen])) == ["faelles/b"]


def test_a_page_has_the_notebook_s_own_title_and_parameters(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path, "a", title="Behov for læring")
    [page] = plan_pages(study, folder, parameters={"antal": "5"})
    assert page.title == "Behov for læring"
    assert page.parameters == {"study_folder": str(study.folder), "municipality": "alle", "antal": "5"}


def test_a_notebook_gets_no_parameter_that_it_does_not_have(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path, "a")
    book = read(folder / "a.ipynb", as_version=4)
    book.cells[0].source = 'study_folder = "x"'
    write(book, folder / "b.ipynb")
    first, second = plan_pages(study, folder, parameters={"antal": "5"})
    assert set(first.parameters) == {"study_folder", "municipality", "antal"}
    assert set(second.parameters) == {"study_folder"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"municipalities": ["slagelze"]}, "Mente du »slagelse«?"),
        ({"chosen": ["c"]}, "Her står »c«. Forventet: a eller b"),
        ({"parameters": {"antall": "5"}}, "Her står »antall«. Forventet: antal, municipality eller study_folder"),
    ],
)
def test_a_name_that_does_not_exist_is_told_with_those_that_do(
    study: Study, tmp_path: Path, wrong: dict[str, object], said: str
) -> None:
    write_notebook(tmp_path, "a")
    with pytest.raises(DataError) as caught:
        plan_pages(study, write_notebook(tmp_path, "b"), **wrong)
    assert said in str(caught.value)


def test_a_folder_without_notebooks_is_told(study: Study, tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        plan_pages(study, tmp_path)
    assert "Her står »ingen notesbøger«. Forventet: en mappe med .ipynb-filer" in str(caught.value)
    assert "--notebooks" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", b"\xff\xfe\x00\xd8"], ids=repr)
def test_a_file_that_is_no_notebook_is_told_whatever_is_in_it(study: Study, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.ipynb").write_bytes(content)
    with pytest.raises(FileError) as caught:
        plan_pages(study, tmp_path)
    assert "a.ipynb" in str(caught.value)
    assert "Forventet: en Jupyter-notesbog" in str(caught.value)
    assert "Hent filen igen." in str(caught.value)


def test_a_notebook_without_purpose_is_told_what_to_write(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path, "a", pages="")
    with pytest.raises(FileError) as caught:
        plan_pages(study, folder)
    assert "Forventet: kommune, faelles eller intern" in str(caught.value)
    assert '"blupkit": {"sider": "kommune", "bruger": ["spoergeskema"]}' in str(caught.value)


def test_a_study_without_municipalities_gets_the_common_page(study: Study, tmp_path: Path) -> None:
    alone = study.model_copy(update={"municipalities": ()})
    folder = write_notebook(tmp_path, "a", pages="kommune")
    assert names(plan_pages(alone, folder)) == ["faelles/a"]


@pytest.mark.parametrize(("missing", "left"), [("interviews", ["s"]), ("survey", ["i"])])
def test_a_notebook_needs_all_of_its_materials(study: Study, tmp_path: Path, missing: str, left: list[str]) -> None:
    write_notebook(tmp_path, "s", uses=("spoergeskema",))
    write_notebook(tmp_path, "i", uses=("interview",))
    folder = write_notebook(tmp_path, "si", uses=("spoergeskema", "interview"))
    pages = plan_pages(study.model_copy(update={missing: None}), folder)
    assert [page.notebook.stem for page in pages] == left


def test_the_project_s_own_notebooks_can_all_be_planned(study: Study) -> None:
    pages = plan_pages(study, notebook_folder())
    worked_in = {"06_kodning.ipynb"}  # has no page
    assert {page.notebook.name for page in pages} == {p.name for p in notebook_folder().glob("*.ipynb")} - worked_in
    assert all(page.title != page.notebook.stem for page in pages)


def test_the_consultant_s_page_reads_every_decision_and_a_shared_page_its_reader_s(
    study: Study, tmp_path: Path
) -> None:
    outputs = Outputs(tmp_path)
    pages = plan_pages(study, notebook_folder(), outputs, municipalities=["kerteminde", "alle"])
    read = {page.name: page.parameters["release_file"] for page in pages if "release_file" in page.parameters}
    assert read["intern/01_datagrundlag"] == str(tmp_path / "intern" / "udgivelse.json")
    assert read["kerteminde/02_behovsanalyse"] == str(tmp_path / "intern" / "udgivelse" / "kerteminde.json")
    assert read["faelles/02_behovsanalyse"] == str(tmp_path / "intern" / "udgivelse" / "alle.json")


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
    outcomes = render_pages(pages, Outputs(tmp_path / "ud"), blocked=blocked, on_outcome=told.append)
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


def outcome_of(study: Study, folder: str, stem: str, title: str, problem: str = "") -> Outcome:
    return Outcome(Page(study, Path(f"{stem}.ipynb"), title, "alle", folder, {}, ()), Path("x"), 1.0, problem)


def test_the_index_leads_to_every_page_by_place_and_marks_those_that_stopped(study: Study, tmp_path: Path) -> None:
    for name in ("slagelse/01_behov.html", "faelles/01_behov.html", "intern/00_kontrol.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    outcomes = [
        outcome_of(study, "faelles", "01_behov", "Behov & ønsker", "gik galt"),
        outcome_of(study, "kerteminde", "01_behov", "Behov & ønsker", "gik galt"),
    ]
    path = write_index(study, outcomes, Outputs(tmp_path))
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    assert path == tmp_path / "index.html"
    assert [heading.get_text() for heading in soup.main.find_all("h2")] == [
        "Fælles for alle",
        "Kerteminde Kommune",
        "Slagelse Kommune",
        "Kun til konsulenten – må ikke deles",
    ]
    assert [(link["href"], link.get_text()) for link in soup.find_all("a")] == [
        ("faelles/01_behov.html", "Behov & ønsker"),
        ("slagelse/01_behov.html", "Behov & ønsker, Slagelse Kommune"),
        ("intern/00_kontrol.html", "Kontrol"),  # not run this time, so its name is made from the file's
    ]
    assert all((tmp_path / link["href"]).is_file() for link in soup.find_all("a"))
    lines = [item.get_text() for item in soup.find_all("li") if item.select_one(".failed")]
    stopped = "Behov & ønsker – den seneste kørsel gik i stå; se mappen fejl"
    assert lines == [
        stopped,
        stopped.replace(" –", ", Kerteminde Kommune –", 1),
    ]  # the old common page is still there; Kerteminde has none


def test_the_index_is_a_page_of_its_own_for_the_consultant(study: Study, tmp_path: Path) -> None:
    soup = BeautifulSoup(write_index(study, [], Outputs(tmp_path)).read_text("utf-8"), "html.parser")
    assert (soup.html["lang"], soup.body["data-audience"]) == ("da", "intern")
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["BLUP Akademiet – alle sider"]
    assert soup.title.get_text() == "BLUP Akademiet – alle sider"
    assert soup.select_one(".banner.demo") is not None
    real = study.model_copy(update={"synthetic": False})
    assert "demodata" not in write_index(real, [], Outputs(tmp_path)).read_text("utf-8")
