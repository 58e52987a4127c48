"""A table to hold: what it says of itself, and where it puts its Excel file."""

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from openpyxl import load_workbook

from blupkit.core import DataError, FileError
from blupkit.display import INTERNAL, ResultTable, Shape


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ResultTable:
    monkeypatch.chdir(tmp_path)
    frame = pd.DataFrame({"Svar": ["4-8", "=1+1"], "Antal": [3, 1], "Pct.": [75.0, float("nan")]})
    return ResultTable(
        "Tid: L & A", frame, ("4 svarede.",), Shape.BARS, 'survey.cross(responses, "tid")', study=Path("d/Prøve")
    )


def test_it_says_what_it_is_and_what_to_try_and_no_number(table: ResultTable) -> None:
    assert repr(table) == (
        "Tid: L & A: 2 rækker, 3 kolonner. Prøv .plot(), .to_excel() eller .sortable(). Tallene står i .frame."
    )


def test_the_excel_file_lies_among_what_is_internal_and_its_owner_s_alone(
    table: ResultTable, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = table.to_excel()
    assert place == Path("outputs/proeve/intern/udforsk/tid-l-a.xlsx")
    assert f"Tabellen ligger i {place}. Den er intern." in capsys.readouterr().out
    assert (tmp_path / place).stat().st_mode & 0o077 == 0
    assert (tmp_path / "outputs/proeve/.gitignore").read_text("utf-8").endswith("*\n")


def test_text_stays_text_numbers_stay_numbers_and_nothing_is_computed(table: ResultTable) -> None:
    book = load_workbook(table.to_excel("tid.xlsx"))
    assert [[cell.value for cell in row] for row in book["tabel"]] == [
        ["Svar", "Antal", "Pct."], ["4-8", 3, 75], ["=1+1", 1, None],
    ]  # fmt: skip
    assert [cell.data_type for cell in book["tabel"]["A"]] == ["inlineStr"] * 3 or book["tabel"]["A3"].data_type != "f"
    said = [row[1].value for row in book["om tabellen"]]
    assert said == [table.title, INTERNAL, "4 svarede.", table.call]


def test_a_saved_table_is_never_written_over(table: ResultTable) -> None:
    assert [table.to_excel().name for _ in range(3)] == ["tid-l-a.xlsx", "tid-l-a-2.xlsx", "tid-l-a-3.xlsx"]


def test_in_a_notebook_s_folder_the_output_of_the_project_above_is_found(
    table: ResultTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "outputs").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert table.to_excel() == tmp_path / "outputs/proeve/intern/udforsk/tid-l-a.xlsx"


def test_another_suffix_and_a_place_that_cannot_be_written_are_told_in_danish(
    table: ResultTable, tmp_path: Path
) -> None:
    with pytest.raises(FileError, match="Kald filen noget, der ender på"):
        table.to_excel("tid.csv")
    (tmp_path / "fil").write_text("")
    with pytest.raises(FileError, match="vælg et andet sted"):
        table.to_excel(tmp_path / "fil" / "tid.xlsx")


def test_a_figure_is_no_business_of_pyplot(table: ResultTable) -> None:
    figure = table.plot()
    assert plt.get_fignums() == []
    assert figure._repr_png_()[:8] == b"\x89PNG\r\n\x1a\n"  # type: ignore[attr-defined]


def test_a_table_without_a_figure_says_so() -> None:
    with pytest.raises(DataError, match="en tabel uden figur"):
        ResultTable("Ord", pd.DataFrame({"Ord": ["a"]})).plot()
    with pytest.raises(DataError, match="en tabel uden tal"):
        ResultTable("Tid", pd.DataFrame({"Svar": ["Ja"], "Pct.": [float("nan")]}), shape=Shape.BARS).plot()
