"""`blupkit new`: a folder that explains itself and never overwrites anything."""

from pathlib import Path

import pytest

from blupkit import core
from blupkit.app.new_study import write_study


def test_a_new_study_can_be_read_as_it_is(tmp_path: Path) -> None:
    written = write_study(tmp_path / "min-undersøgelse")
    assert {path.name for path in written} >= {"study.toml", "laesmig.txt", "spoergeskema.csv", "kodebog.csv"}
    study = core.read_study(tmp_path / "min-undersøgelse")
    assert study.slug == "min-undersoegelse"
    for path in written:
        if path.suffix == ".csv":
            assert core.read_table(path).empty


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("vigtigt", encoding="utf-8")
    with pytest.raises(core.FileError, match="intet er ændret"):
        write_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["svar.csv"]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(core.FileError, match="en mappe, du må skrive i"):
        write_study(tmp_path / "fil" / "ny")
