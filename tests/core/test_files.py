"""Files as people send them: every encoding, every separator, whole or refused with the row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from blupkit import core

TEXT = "kommune;svar\nNæstved;ø\nSønderborg;å\n"


def said(path: Path) -> str:
    with pytest.raises(core.FileError) as caught:
        core.read_table(path)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert core.read_table(tmp_path / "a.csv").to_dict("list") == {
        "kommune": ["Næstved", "Sønderborg"],
        "svar": ["ø", "å"],
    }


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_semicolon_tab_and_comma_are_recognised(tmp_path: Path, separator: str) -> None:
    (tmp_path / "a.csv").write_text(TEXT.replace(";", separator), encoding="utf-8")
    assert list(core.read_table(tmp_path / "a.csv").columns) == ["kommune", "svar"]


def test_an_a_with_a_ring_of_its_own_becomes_one_letter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Fa\u030aborg", encoding="utf-8")
    assert core.read_text(tmp_path / "a.txt") == "Fåborg"


def test_the_index_is_the_row_of_the_spreadsheet_also_past_line_breaks_and_remarks(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('# forklaring, med; tegn\nid;svar\n1;"to\nlinjer"\n\n2;ja\n', encoding="utf-8")
    table = core.read_table(tmp_path / "a.csv")
    assert table.index.tolist() == [3, 5]  # a spreadsheet shows the two lines of a cell in one row
    assert table["svar"].tolist() == ["to\nlinjer", "ja"]


def test_a_stray_empty_last_column_is_dropped(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b;\n1;2;\n", encoding="utf-8")
    assert core.read_table(tmp_path / "a.csv").shape == (1, 2)


def test_a_workbook_reads_as_the_same_text(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["id", "svar"])
    book.active.append([1, 4.0])
    book.create_sheet("andet").append(["x"])
    book.save(tmp_path / "a.xlsx")
    assert core.read_table(tmp_path / "a.xlsx").to_dict("list") == {"id": ["1"], "svar": ["4"]}
    assert list(core.read_table(tmp_path / "a.xlsx", sheet="andet").columns) == ["x"]
    with pytest.raises(core.FileError, match="Forventet: et ark med navnet »mangler«"):
        core.read_table(tmp_path / "a.xlsx", sheet="mangler")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "Her står »ingen fil«" in said(tmp_path / "væk.csv")
    assert "Her står »ingen fil«" in said(tmp_path / "væk.xlsx")


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"  \n")
    assert "en tom fil" in said(tmp_path / "a.csv")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\x03\x04\x00\x00\x81")
    assert "tegn, der ikke er tekst" in said(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04\x00\x00\x81")
    assert "en zip-fil" in said(tmp_path / "a.csv")


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 halv")
    assert "Åbn filen i Excel, og gem den igen" in said(tmp_path / "a.xlsx")


def test_text_saved_in_the_wrong_encoding_is_told_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("kommune\nNæstved\n".encode().decode("cp1252").encode())
    assert said(tmp_path / "a.csv").startswith("a.csv, række 2: Her står »kommune\nNÃ¦stved«")


def test_a_file_cut_off_inside_a_quotation_is_told_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('id;svar\n1;"ja"\n2;"halv', encoding="utf-8")
    assert said(tmp_path / "a.csv").startswith("a.csv, række 3: Her står »et anførselstegn uden makker«")


def test_a_row_with_too_many_cells_is_told_with_its_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n1;2;3\n", encoding="utf-8")
    assert said(tmp_path / "a.csv").startswith("a.csv, række 3: Her står »3 celler«")


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;a\n1;2\n", encoding="utf-8")
    assert "kun brugt én gang" in said(tmp_path / "a.csv")


def test_a_missing_column_is_told_with_what_it_should_hold(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(core.FileError, match=r"også en kolonne med kommunens navn\. Tilføj kolonnen »kommune«"):
        core.check_columns(core.read_table(tmp_path / "a.csv"), {"kommune": "kommunens navn"}, "a.csv")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_fault(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(content)
    try:
        core.read_table(path)
    except core.FileError as refused:
        faults = refused.faults
    else:
        faults = (None,)
    assert faults
