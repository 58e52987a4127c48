"""Where things lie under `outputs/`: one class answers, and says what there is where something is missing."""

from pathlib import Path

import pytest

from blupkit.core import FileError
from blupkit.core.outputs import Folder, Outputs


def test_a_study_s_output_is_named_as_its_folder(tmp_path: Path) -> None:
    assert Outputs.of(Path("data/Min Prøve")).folder == Path("outputs/min-proeve")
    assert Outputs.of(Path("data/demo/"), tmp_path).folder == tmp_path / "demo"


def _study(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "study.toml").touch()
    return folder


def test_two_studies_whose_folders_bear_one_name_do_not_share_their_output(tmp_path: Path) -> None:
    first, second = _study(tmp_path / "2025" / "skema"), _study(tmp_path / "2026" / "skema")
    for study in (first, second):
        Outputs.of(study, tmp_path / "ud").make()
    assert Outputs.of(first, tmp_path / "ud").folder == tmp_path / "ud" / "skema"
    assert Outputs.of(second, tmp_path / "ud").folder == tmp_path / "ud" / "skema-2"


def test_a_study_that_was_moved_with_or_without_its_output_keeps_it(tmp_path: Path) -> None:
    study = _study(tmp_path / "her" / "data" / "skema")
    Outputs.of(study, tmp_path / "her" / "outputs").make()
    (tmp_path / "her").rename(tmp_path / "der")
    moved = tmp_path / "der" / "data" / "skema"
    assert Outputs.of(moved, tmp_path / "der" / "outputs").folder.name == "skema"
    moved = moved.rename(tmp_path / "skema")
    assert Outputs.of(moved, tmp_path / "der" / "outputs").folder.name == "skema"


def test_a_folder_without_a_letter_from_a_to_z_gives_one_that_is_its_own(tmp_path: Path) -> None:
    names = {Outputs.of(_study(tmp_path / name), tmp_path).folder.name for name in ("Ωδή", "Дача", "市町村")}
    assert len(names) == 3
    assert all(name.isascii() and name.startswith("navn-") for name in names)


def test_every_path_lies_where_it_always_did() -> None:
    outputs = Outputs(Path("ud"))
    assert {
        name: getattr(outputs, name).as_posix()
        for name in ("index", "faults", "fault_workbook", "faults_in_words", "packed", "manifest", "release", "basis")
    } == {
        "index": "ud/index.html",
        "faults": "ud/fejl.csv",
        "fault_workbook": "ud/fejl.xlsx",
        "faults_in_words": "ud/intern/fejl_med_ord.csv",
        "packed": "ud/intern/pakker.json",
        "manifest": "ud/intern/sider.json",
        "release": "ud/intern/udgivelse.json",
        "basis": "ud/intern/udgivelse_grundlag.json",
    }
    assert outputs.part("slagelse") == Path("ud/intern/udgivelse/slagelse.json")
    assert outputs.page("faelles/03_temaer") == Path("ud/faelles/03_temaer.html")
    assert outputs.failed("faelles/03_temaer") == Path("ud/fejl/faelles_03_temaer.ipynb")
    assert outputs.package("projektgruppe") == Path("ud/pakker/projektgruppe.zip")


def test_what_is_missing_is_told_with_what_lies_beside_it(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    for reader in ("alle", "slagelse"):
        outputs.write(outputs.part(reader), "{}")
    assert outputs.existing(outputs.part("alle"), "udgivelsen", "Lav den.") == outputs.part("alle")
    with pytest.raises(FileError, match=r"Her står »ingen fil; der ligger alle\.json og slagelse\.json«"):
        outputs.existing(outputs.part("odense"), "udgivelsen", "Lav den.")
    with pytest.raises(FileError, match=r"Her står »ingen fil«\. Forventet: pakken\. Pak den\."):
        outputs.existing(outputs.package("slagelse"), "pakken", "Pak den.")


def test_the_pages_of_a_folder_are_its_html_files(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path)
    outputs.write(outputs.page("faelles/03_temaer"), "")
    outputs.write(tmp_path / "faelles" / "03_temaer.pdf", b"")
    assert outputs.pages_in(Folder.COMMON) == {"03_temaer"}
    assert outputs.pages_in("slagelse") == set()


def test_one_holds_an_output_at_a_time(tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "ny")
    with outputs.hold(), pytest.raises(FileError, match="kun én kørsel ad gangen"):
        outputs.hold()
    outputs.hold().release()
