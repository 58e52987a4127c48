"""`blupkit new`: a folder that explains itself and never overwrites anything."""

from pathlib import Path

import pytest

from blupkit import core
from blupkit.app.new_study import write_study
from blupkit.survey import check_responses


def test_a_new_study_can_be_read_as_it_is(tmp_path: Path) -> None:
    written = write_study(tmp_path / "min-undersøgelse")
    assert {path.name for path in written} >= {"study.toml", "laesmig.txt", "spoergeskema.csv", "kodebog.csv"}
    study = core.read_study(tmp_path / "min-undersøgelse")
    assert study.slug == "min-undersoegelse"
    for path in written:
        if path.suffix == ".csv":
            assert len(core.read_table(path)) >= 1


def test_the_example_rows_are_a_questionnaire_and_fit_the_settings(tmp_path: Path) -> None:
    """What is wrong with a new study is that its answers are missing, and that nobody has verified a municipality."""
    write_study(tmp_path / "ny")
    study = core.read_study(tmp_path / "ny")
    asked = core.read_table(study.path("spoergeskema/spoergeskema.csv"))
    heads = ["kommune", "gruppe", *asked["variabel"]]
    cells = ["101", "1", "5", "3", *[""] * (len(heads) - 4)]
    study.path("spoergeskema/dataset.csv").write_text(f"{';'.join(heads)}\n{';'.join(cells)}\n", "utf-8")
    for name in ("labels", "structure"):
        columns = "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText"
        study.path(f"spoergeskema/{name}.csv").write_text(f"{columns}\nk01;k01_v;Closed;Single;?;;\n", "utf-8")
    faults = check_responses(study)
    assert faults[faults["level"] == core.Level.SERIOUS]["found"].tolist() == []
    assert set(asked["type"]) == {"vigtighed", "niveau", "udsagn", "enkelt", "flere", "aaben"}


def test_a_new_study_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def stop(place: Path) -> None:
        (place / "halv.txt").write_text("halv", "utf-8")
        raise OSError

    with pytest.raises(core.FileError, match="en mappe, du må skrive i"):
        write_study(tmp_path / "a" / "ny", stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("vigtigt", encoding="utf-8")
    with pytest.raises(core.FileError, match="intet er ændret"):
        write_study(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["svar.csv"]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x", encoding="utf-8")
    with pytest.raises(core.FileError, match="en mappe, du må skrive i"):
        write_study(tmp_path / "fil" / "ny")
