"""What cannot be read is refused by what it is, whatever it is called, with what to do about it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from blupkit.core import FileError, read_table

SYNTAX = "*Version 3.\nSET UNICODE=ON.\n\nGET DATA\n /TYPE=TXT\n /FILE='svar.dat'\n /VARIABLES=\n id F4\n.\n"
ANSWERS = "'1','2027-03-01 09:00:00','da',4,5,'Ja, tak'\n'2','2027-03-01 09:30:00','da',2,2,''\n"


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for name in names:
            book.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "raw", "found", "action"),
    [
        ("svar.sps", SYNTAX.encode(), "en SPSS-syntaksfil", "gem som .sav"),
        ("svar.txt", SYNTAX.encode("utf-8-sig"), "en SPSS-syntaksfil", "gem som .sav"),
        ("svar.dat", ANSWERS.encode(), "en datafil .* uden overskrifter", "åbn syntaksfilen"),
        ("svar.dat", b"1\t4\tJa\n2\t5\tNej\n", "en datafil .* uden overskrifter", "åbn syntaksfilen"),
        ("svar.csv", b"$FL2@(#) SPSS DATA FILE", "en SPSS-datafil", "endelsen .sav"),
        ("svar.csv", b"%PDF-1.7 ...", "en PDF-fil", "Hent eksporten igen"),
        ("svar.dta", b"<stata_dta><header>", "en Stata-fil", "CSV i Stata"),
        ("svar.rds", b"\x1f\x8b\x08\x00", "en fil fra R", "Hent eksporten igen"),
        ("svar.csv", archive("svar.csv"), "en zip-fil", "Pak filen ud"),
        ("svar.csv", archive("[Content_Types].xml", "word/document.xml"), "et Word-dokument", "Hent eksporten igen"),
        ("svar.csv", archive("[Content_Types].xml", "xl/workbook.xml"), "en Excel-projektmappe", "endelsen .xlsx"),
        # As LibreOffice and openpyxl write it: the list of parts comes last, behind more than is looked at first.
        ("svar.csv", archive(*map(str, range(99)), "[Content_Types].xml"), "en Excel-projektmappe", "endelsen .xlsx"),
        ("svar.xlsx", b"id;kommune\n1;430\n", "tekst med skilletegn, der kun hedder Excel", "endelsen .csv"),
    ],
)
def test_what_it_is_and_what_to_do(tmp_path: Path, name: str, raw: bytes, found: str, action: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(FileError, match=f"{found}.*{action}"):
        read_table(tmp_path / name, name, known={})


@pytest.mark.parametrize("text", ["id\tsvar\n1\t4\n", "q1;q2_2027\n1;2\n", "id,Hvor mange, 1-3?\n7,8,9\n"])
def test_a_dat_file_with_headings_is_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "svar.dat").write_text(text, encoding="utf-8")
    assert len(read_table(tmp_path / "svar.dat", "svar.dat", known={})) == 1


def test_a_text_that_speaks_of_data_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id;svar\n1;get data\n2;Vi vil GET DATA\n", encoding="utf-8")
    assert len(read_table(tmp_path / "a.csv", "a.csv")) == 2
