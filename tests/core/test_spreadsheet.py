"""Tables for Excel: nothing in them is computed, and what is read back is what was written."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from blupkit.core import DataError, fault_table, read_table
from blupkit.core.errors import Fault
from blupkit.core.spreadsheet import excel_csv, excel_workbook, guarded, unguarded, write_faults, write_table

FORMULA = set("=+-@\t\r\n＝＋－＠")
#: Signs that begin a formula, our own apostrophe, what parts cells and rows, and letters of two and four bytes.
CELLS = st.text(st.sampled_from("'=+-@\t\r\n＝a ø;\"🙂1,"), max_size=8)
#: What reading does not make one of: line ends, and cells of a row that are all blank.
KEPT = st.text(st.sampled_from("'=+-@\t\n＝a ø;\"🙂1,"), max_size=8)


@given(text=CELLS)
def test_the_guard_against_formulas_is_taken_away_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in FORMULA or not text


@pytest.mark.parametrize("text", ["\n=1", "'=1", "''\t=1", "-2", "@a", "\r\n+1", "＝1+1"])
def test_every_beginning_of_a_formula_gets_one_more_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "'", "'a", "a=1", "1-2", " =1", "Ja - nok"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_csv_table_is_read_back_as_the_same_text(rows: list[tuple[str, str]]) -> None:
    text = excel_csv([("a", "b"), *rows]).decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))[1:]
    assert [tuple(unguarded(cell) for cell in row) for row in cells] == rows
    assert not [cell for row in cells for cell in row if cell[:1] in FORMULA]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@given(rows=st.lists(st.tuples(KEPT, KEPT), min_size=1, max_size=4))
def test_a_file_is_read_back_as_the_same_text(
    suffix: str, rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("t") / f"a{suffix}"
    write_table(path, [("nr", "a", "b"), *((f"r{number}", *row) for number, row in enumerate(rows))])
    table = read_table(path)
    assert table[["a", "b"]].map(unguarded).values.tolist() == [list(row) for row in rows]
    assert not [cell for cell in table[["a", "b"]].to_numpy().ravel() if cell[:1] in FORMULA]


def test_a_workbook_holds_text_only_and_no_sign_that_it_cannot(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", [["kode", "citat"], ["1.1", "=SUM(A1)"], ["2", "a\x0bb"]], "kodninger")
    page = load_workbook(tmp_path / "a.xlsx")["kodninger"]
    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[2:]] == ["1.1", "'=SUM(A1)", "2", "a�b"]


def test_a_table_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"endelsen »\.txt«"):
        write_table(tmp_path / "a.txt", [["a"]])
    with pytest.raises(DataError, match="for lang til Excel"):
        write_table(tmp_path / "a.xlsx", [["a"], ["x" * 33_000]])
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_faults_opens_in_danish_excel_and_computes_nothing(tmp_path: Path) -> None:
    faults = [Fault("a.csv", "3", "1-5", "Ret koden.", row=3, column="k01_v", respondent="r3")]
    faults.append(Fault("a.csv", "=1+1", "1-5", "Ret koden."))
    write_faults(fault_table(faults), tmp_path / "ny" / "fejl.csv")
    content = (tmp_path / "ny" / "fejl.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "alvor;fil;række;besvarelse;kolonne;her står;forventet;gør dette",
        "fejl;a.csv;3;r3;k01_v;3;1-5;Ret koden.",
        "fejl;a.csv;;;;'=1+1;1-5;Ret koden.",
    ]


#: What a Danish Excel or LibreOffice makes something else of, when a file does not say that it is text.
LOOKS_LIKE = ["1-3", "4-8", "9-12", "09:30", "1.5", "3/4", "1e5", "0012", "1,5", "12", "TRUE", "SAND", "1. maj", "=1+1"]
TEXTS = st.text(st.sampled_from("1-/.:,e'=+@ \t\nx_0DF<>&\"æ🙂a"), max_size=10)
NUMBERS = st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, allow_nan=False, places=1)


def test_every_text_stays_the_text_that_it_is(tmp_path: Path) -> None:
    content = excel_workbook({"tid": [["Emne", "Andel", "n"], *([text, Decimal("37.0"), 29] for text in LOOKS_LIKE)]})
    (tmp_path / "a.xlsx").write_bytes(content)
    sheet = load_workbook(tmp_path / "a.xlsx")["tid"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == LOOKS_LIKE
    assert {(row[0].data_type, row[0].number_format) for row in sheet.iter_rows(min_row=2)} == {("s", "@")}
    assert {(row[1].data_type, row[1].value, row[1].number_format) for row in sheet.iter_rows(min_row=2)} == {
        ("n", 37.0, "0.0")
    }
    assert {(row[2].value, row[2].number_format) for row in sheet.iter_rows(min_row=2)} == {(29, "0")}
    assert sheet.freeze_panes == "A2"
    table = pd.read_excel(tmp_path / "a.xlsx", na_filter=False, engine="openpyxl")
    assert table["Emne"].tolist() == LOOKS_LIKE


@given(rows=st.lists(st.lists(TEXTS | NUMBERS | st.none(), max_size=4), max_size=5))
def test_a_workbook_holds_what_was_written_and_the_same_bytes_each_time(rows: list[list[object]]) -> None:
    content = excel_workbook({"a": rows, "et & to": [["b"]]})
    assert content == excel_workbook({"a": rows, "et & to": [["b"]]})
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["a", "et & to"]
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            read = book["a"].cell(number, place)
            if isinstance(cell, str) and cell:
                # openpyxl shows Excel's way of writing a sign that it cannot hold as it is written.
                assert read.value.replace("_x005F_", "_") == cell
                assert read.data_type == "s"
            else:
                assert read.value == (
                    float(cell) if isinstance(cell, Decimal) else cell or (cell if cell == 0 else None)
                )


def test_a_workbook_tells_nothing_of_who_wrote_it_and_when() -> None:
    with zipfile.ZipFile(io.BytesIO(excel_workbook({"a": [["b"]]}))) as archive:
        assert not [name for name in archive.namelist() if "docProps" in name]
        assert {
            (entry.date_time, entry.create_system, entry.external_attr, entry.extra) for entry in archive.infolist()
        } == {((1980, 1, 1, 0, 0, 0), 0, 0o644 << 16, b"")}


def test_the_list_of_faults_keeps_ids_and_scales_in_a_workbook(tmp_path: Path) -> None:
    faults = [
        Fault("a.csv", "0012", "1-5", "Ret koden.", row=3, respondent="0012"),
        Fault("a.csv", "=1+1", "3/4", "Ret."),
    ]
    write_faults(fault_table(faults), tmp_path / "fejl.xlsx")
    rows = list(load_workbook(tmp_path / "fejl.xlsx")["fejl"].iter_rows(values_only=True))
    assert rows[1:] == [
        ("fejl", "a.csv", 3, "0012", None, "0012", "1-5", "Ret koden."),
        ("fejl", "a.csv", None, None, None, "=1+1", "3/4", "Ret."),
    ]
