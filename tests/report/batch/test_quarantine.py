"""What no longer belongs to a study is moved aside, never deleted, and nothing else is touched."""

import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from support import on_days, write_notebook

from blupkit.core import FileError, Study, example_study
from blupkit.core.outputs import Outputs
from blupkit.core.study import Contents
from blupkit.report import is_planned, set_aside
from blupkit.report.batch.manifest import read_manifest
from blupkit.report.batch.quarantine import Moved

TODAY = "2024-02-29"


@pytest.fixture(autouse=True)
def leap_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on_days(monkeypatch, date.fromisoformat(TODAY))


@pytest.fixture
def study() -> Study:
    return example_study()


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    write_notebook(tmp_path / "nb", "02_behov", pages="kommune", uses=("spoergeskema",))
    return write_notebook(tmp_path / "nb", "03_temaer")


@pytest.fixture
def outputs(tmp_path: Path) -> Outputs:
    return Outputs(tmp_path / "ud")


def aside(study: Study, notebooks: Path, outputs: Outputs) -> list[Moved]:
    """As the command line asks for it."""
    return set_aside(study, outputs, partial(is_planned, study, notebooks))


def make_page(outputs: Outputs, *names: str, notebooks: Path | None = None) -> None:
    """Pages as a run leaves them: the page, and its line in the manifest."""
    manifest = read_manifest(outputs)
    for name in names:
        outputs.write(outputs.page(name), f"<p>{name}</p>")
        source = str(notebooks / f"{name.split('/')[1]}.ipynb") if notebooks else ""
        manifest = manifest.with_page(name, "a", 1.0, notebook=source)
    manifest.with_run("r", list(manifest.pages)).write()


def make_package(outputs: Outputs, name: str, *members: str) -> Path:
    path = outputs.package(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return path


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


LETTER = ("foelgebrev.txt", "indhold.csv")


def test_all_that_was_made_for_one_that_is_taken_out_is_moved(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "vestby/02_behov", "nordby/02_behov", "faelles/02_behov")
    outputs.write(outputs.page("vestby/02_behov").with_suffix(".pdf"), "pdf")
    outputs.write(outputs.failed("vestby/02_behov"), "{}")
    for reader in ("vestby", "nordby", "alle"):
        outputs.write(outputs.part(reader), "{}")
    make_package(outputs, "vestby", "vestby/behov.html", "faelles/behov.html", *LETTER)
    make_package(outputs, "projektgruppe", "vestby/behov.html", "nordby/behov.html", *LETTER)
    make_package(outputs, "nordby", "nordby/behov.html", "faelles/behov.html", *LETTER)
    [moved] = aside(study, notebooks, outputs)
    assert moved.folder == outputs.folder / "karantaene" / f"{TODAY}_vestby"
    assert files(moved.folder) == {
        "vestby/02_behov.html",
        "vestby/02_behov.pdf",
        "fejl/vestby_02_behov.ipynb",
        "intern/udgivelse/vestby.json",
        "pakker/vestby.zip",
        "pakker/projektgruppe.zip",
    }
    assert moved.files == 6
    assert not (outputs.folder / "vestby").exists()
    assert files(outputs.folder) - {f"karantaene/{TODAY}_vestby/{name}" for name in files(moved.folder)} == {
        "nordby/02_behov.html",
        "faelles/02_behov.html",
        "intern/sider.json",
        "intern/udgivelse/nordby.json",
        "intern/udgivelse/alle.json",
        "pakker/nordby.zip",
    }
    assert set(read_manifest(outputs).pages) == {"nordby/02_behov", "faelles/02_behov"}


def test_the_consultants_page_of_one_that_is_taken_out_goes_with_it(
    study: Study, notebooks: Path, outputs: Outputs
) -> None:
    write_notebook(notebooks, "10_drejebog", pages="intern_kommune")
    make_page(outputs, "intern/nordby/10_drejebog", "intern/vestby/10_drejebog")
    [moved] = aside(study, notebooks, outputs)
    assert (moved.name, moved.files) == ("vestby", 1)
    assert (moved.folder / "intern/vestby/10_drejebog.html").is_file()
    assert outputs.page("intern/nordby/10_drejebog").is_file()


def test_it_is_said_in_words_with_its_place_and_what_to_do(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "vestby/02_behov")
    [moved] = aside(study, notebooks, outputs)
    assert str(moved) == (
        f"»vestby« får ikke længere sider i undersøgelsen. 1 fil fra før er flyttet til {moved.folder}, så ingen sender"
        " den ved en fejl. Se den igennem, og slet mappen, når den ikke skal bruges. Er en pakke med siderne sendt, så"
        " bed modtageren om at slette den."
    )


def test_what_is_moved_around_midnight_lies_under_one_day(
    study: Study, notebooks: Path, outputs: Outputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_page(outputs, "vestby/02_behov", "oestby/02_behov")
    on_days(monkeypatch, date(2026, 12, 31), date(2027, 1, 1))
    moved = [one.folder.name for one in aside(study, notebooks, outputs)]
    assert moved == ["2026-12-31_oestby", "2026-12-31_vestby"]


def test_twice_moves_nothing_more_and_a_second_time_writes_over_nothing(
    study: Study, notebooks: Path, outputs: Outputs
) -> None:
    make_page(outputs, "vestby/02_behov")
    aside(study, notebooks, outputs)
    assert aside(study, notebooks, outputs) == []
    outputs.write(outputs.page("vestby/02_behov"), "ny")
    make_page(outputs, "vestby/02_behov")
    [moved] = aside(study, notebooks, outputs)
    assert moved.folder.name == f"{TODAY}_vestby_2"
    assert (outputs.folder / "karantaene" / f"{TODAY}_vestby" / "vestby" / "02_behov.html").is_file()


def test_one_that_said_no_has_its_page_moved_and_keeps_its_part(
    study: Study, notebooks: Path, outputs: Outputs
) -> None:
    said_no = study.model_copy(update={"release": Contents(kommuner=("nordby",))})
    make_page(outputs, "sydby/02_behov", "nordby/02_behov")
    outputs.write(outputs.part("sydby"), "{}")
    [moved] = aside(said_no, notebooks, outputs)
    assert (moved.name, files(moved.folder)) == ("sydby", {"sydby/02_behov.html"})
    assert outputs.part("sydby").is_file()


def test_a_notebook_that_is_gone_has_its_pages_moved(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "nordby/09_gammel", "faelles/09_gammel", "faelles/03_temaer", notebooks=notebooks)
    [moved] = aside(study, notebooks, outputs)
    assert (moved.name, moved.is_reader) == ("09_gammel", False)
    assert files(moved.folder) == {"nordby/09_gammel.html", "faelles/09_gammel.html"}
    assert "Notesbogen »09_gammel« laver ikke længere disse sider. 2 filer fra før er flyttet til" in str(moved)
    assert "modtageren" not in str(moved)


def test_pages_of_notebooks_in_another_folder_stay_as_long_as_those_are_there(
    study: Study, notebooks: Path, outputs: Outputs, tmp_path: Path
) -> None:
    other = write_notebook(tmp_path / "andre", "07_egen")
    make_page(outputs, "faelles/07_egen", notebooks=other)
    assert aside(study, notebooks, outputs) == []
    (other / "07_egen.ipynb").unlink()
    assert [moved.name for moved in aside(study, notebooks, outputs)] == ["07_egen"]


def test_a_page_whose_notebook_cannot_be_read_stays(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "faelles/05_i_stykker")
    (notebooks / "05_i_stykker.ipynb").write_text("{", "utf-8")
    assert aside(study, notebooks, outputs) == []


def test_what_somebody_else_has_put_there_stays(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "vestby/02_behov")
    own = [outputs.folder / name for name in ("vestby/noter.txt", "vestby/egen.html", "intern/noter.json", "plan.html")]
    for path in own:
        outputs.write(path, "mine")
    packed = make_package(outputs, "fotos", "vestby/a.jpg")
    torn = outputs.write(outputs.package("i_stykker"), "PK")
    [moved] = aside(study, notebooks, outputs)
    assert files(moved.folder) == {"vestby/02_behov.html"}
    assert all(path.is_file() for path in (*own, packed, torn))


def test_without_a_manifest_nothing_is_known_to_be_a_page_of_ours(
    study: Study, notebooks: Path, outputs: Outputs
) -> None:
    outputs.write(outputs.page("vestby/02_behov"), "x")
    outputs.write(outputs.manifest, "i stykker")
    assert aside(study, notebooks, outputs) == []
    assert aside(study, notebooks, Outputs(outputs.folder / "findes-ikke")) == []


def test_a_file_stands_where_the_quarantine_should_be(study: Study, notebooks: Path, outputs: Outputs) -> None:
    make_page(outputs, "vestby/02_behov")
    outputs.write(outputs.folder / "karantaene", "en fil")
    with pytest.raises(FileError, match="en fil, der ikke kan flyttes"):
        aside(study, notebooks, outputs)
    assert outputs.page("vestby/02_behov").is_file()
    assert read_manifest(outputs).pages, "what was not moved is still known"
