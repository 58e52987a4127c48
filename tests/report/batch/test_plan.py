"""Which pages a study gets: notebook × municipality, and what is told before anything is run."""

import shutil
from pathlib import Path

import pytest
from nbformat import read, write
from nbformat.v4 import new_notebook
from support import ROOT, TOWNS, notebook, write_notebook

from blupkit.core import DataError, FileError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import Page, is_planned, notebook_folder, plan_pages


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
    assert "Forventet: kommune, kommuner, faelles, intern, intern_kommune eller sammenligning" in str(caught.value)
    assert '"blupkit": {"sider": "kommune", "bruger": ["spoergeskema"]}' in str(caught.value)


@pytest.mark.parametrize(
    ("kind", "folders"), [("kommuner", [*TOWNS]), ("intern_kommune", [f"intern/{town}" for town in TOWNS])]
)
def test_a_page_that_each_municipality_has_is_made_for_no_other(
    study: Study, tmp_path: Path, kind: str, folders: list[str]
) -> None:
    folder, outputs = write_notebook(tmp_path / "nb", "a", pages=kind, uses=("spoergeskema",)), Outputs(tmp_path / "ud")
    source = folder / "a.ipynb"
    source.write_text(source.read_text("utf-8").replace("antal = 3", "release_file = ''"), encoding="utf-8")
    pages = plan_pages(study, folder, outputs)
    assert [page.folder for page in pages] == folders
    assert [page.is_shared for page in pages] == [kind == "kommuner"] * len(TOWNS)
    # The consultant's page of a municipality shows what that municipality may see, and no more.
    assert [page.release_file for page in pages] == [outputs.part(town).resolve() for town in TOWNS]
    assert names(plan_pages(study, folder, outputs, municipalities=["slagelse"])) == [f"{folders[-1]}/a"]
    assert plan_pages(study, folder, outputs, municipalities=["alle"]) == []
    planned = [name for name in (*folders, "faelles", "intern", "vestby") if is_planned(study, folder, f"{name}/a")]
    assert planned == folders


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_page_on_a_table_of_activities_waits_for_that_table(tmp_path: Path, ending: str) -> None:
    head = 'navn="x"\nudgiver="y"\nperiode="z"\ndata_dato=2026-01-01\n[aktiviteter]\n'
    (tmp_path / "study.toml").write_text(head, "utf-8")
    (tmp_path / "aktiviteter").mkdir()
    folder = write_notebook(tmp_path / "nb", "13_konference", uses=("aktiviteter", "konference"))
    assert plan_pages(read_study(tmp_path), folder) == []
    (tmp_path / "aktiviteter" / f"konference.{ending}").touch()
    assert names(plan_pages(read_study(tmp_path), folder)) == ["faelles/13_konference"]


def test_a_table_of_activities_with_nothing_but_its_heading_makes_no_page(tmp_path: Path) -> None:
    head = 'navn="x"\nudgiver="y"\nperiode="z"\ndata_dato=2026-01-01\n[aktiviteter]\n'
    (tmp_path / "study.toml").write_text(head, "utf-8")
    (tmp_path / "aktiviteter").mkdir()
    folder = write_notebook(tmp_path / "nb", "11_workshopper", uses=("aktiviteter", "workshopper"))
    table = tmp_path / "aktiviteter" / "workshops.csv"
    table.write_text("# Skriv jeres egne.\nid;kommune\n;\n", "utf-8")
    assert plan_pages(read_study(tmp_path), folder) == []
    table.write_text("# Skriv jeres egne.\nid;kommune\nW1;x\n", "utf-8")
    assert names(plan_pages(read_study(tmp_path), folder)) == ["faelles/11_workshopper"]


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
    worked_in = {"00_start.ipynb", "06_kodning.ipynb", "07_udforsk.ipynb"}  # they have no page
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


def test_what_sets_municipalities_side_by_side_is_shared_only_where_the_study_says_so(
    study: Study, tmp_path: Path
) -> None:
    folder = write_notebook(tmp_path / "nb", "a", pages="sammenligning", uses=("spoergeskema",))
    outputs = Outputs(tmp_path / "ud")
    [internal] = plan_pages(study, folder, outputs)
    assert (internal.name, internal.is_shared, internal.uses[-1]) == ("intern/a", False, "sammenligning")
    agreed = study.model_copy(update={"release": study.release.model_copy(update={"compares": True})})
    [common] = plan_pages(agreed, folder, outputs)
    assert (common.name, common.is_shared, common.uses[-1]) == ("faelles/a", True, "sammenligning")
    # What was made as a shared page has no place any more when the study says no again.
    assert [is_planned(each, folder, "faelles/a") for each in (agreed, study)] == [True, False]


def test_one_municipality_is_not_set_beside_itself(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path, "a", pages="sammenligning", uses=("spoergeskema",))
    alone = study.model_copy(update={"municipalities": study.municipalities[:1]})
    only_one_has_pages = study.release.model_copy(update={"municipalities": ("slagelse",)})
    for one in (alone, study.model_copy(update={"release": only_one_has_pages})):
        assert plan_pages(one, folder) == []


def test_a_municipality_s_notebook_makes_a_page_for_each_and_one_for_all(study: Study, tmp_path: Path) -> None:
    folder = write_notebook(tmp_path / "nb", "a", pages="kommune", uses=("spoergeskema",))
    pages = plan_pages(study, folder)
    assert [page.folder for page in pages] == [*(m.slug for m in study.municipalities), "faelles"]
    assert [page.folder for page in plan_pages(study, folder, municipalities=["slagelse", "alle"])] == [
        "slagelse",
        "faelles",
    ]


def test_a_notebook_whose_material_the_study_lacks_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('navn="x"\nudgiver="y"\nperiode="z"\ndata_dato=2026-01-01\n', "utf-8")
    folder = notebook(tmp_path / "nb", "a", meta={"sider": "faelles", "bruger": ["interview"]})
    assert plan_pages(read_study(tmp_path), folder) == []


def test_a_study_with_activities_and_no_catalogue_of_learning_has_no_page_of_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "demo", tmp_path / "uden", ignore=shutil.ignore_patterns("generator", "interview"))
    (tmp_path / "uden" / "aktiviteter" / "katalog.csv").unlink()
    for folder, pages in ((ROOT / "data" / "demo", 7), (tmp_path / "uden", 0)):
        planned = plan_pages(read_study(folder), ROOT / "notebooks")
        assert [page.notebook.stem for page in planned].count("12_laering") == pages
        assert any(page.notebook.stem == "14_projektplan" for page in planned)


@pytest.mark.parametrize(
    ("meta", "said"),
    [
        ({}, "Forventet: kommune, kommuner, faelles, intern, intern_kommune eller sammenligning"),
        ({"sider": "alle"}, "Her står »alle«"),
    ],
)
def test_a_notebook_that_does_not_say_what_its_pages_are_for_is_told(
    study: Study, tmp_path: Path, meta: dict[str, object], said: str
) -> None:
    with pytest.raises(FileError, match=said):
        plan_pages(study, notebook(tmp_path / "nb", "a", meta=meta))


def test_a_file_that_is_no_notebook_is_told(study: Study, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text("{halv", encoding="utf-8")
    with pytest.raises(FileError, match=r"a\.ipynb: Her står »en fil, der ikke er en notesbog«"):
        plan_pages(study, tmp_path)


def test_a_notebook_without_parameters_is_told(study: Study, tmp_path: Path) -> None:
    write(new_notebook(metadata={"blupkit": {"sider": "faelles", "bruger": []}}), tmp_path / "a.ipynb")
    with pytest.raises(FileError, match="ingen parametercelle"):
        plan_pages(study, tmp_path)
