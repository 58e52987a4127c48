"""`blupkit new --from`, as she meets it: what is told, and a page of what was made."""

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from survey_exports import google

from blupkit import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["blupkit", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        printed = capsys.readouterr()
        return int(stopped.value.code or 0), printed.out, printed.err

    return call


def test_from_an_export_to_a_page(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("new", "data/ny", "--from", google(tmp_path))
    assert status == 0
    assert "48 besvarelser" in out
    assert "10 rækker i spørgeskemaet: 3 vigtighed, 3 niveau, 3 flere og 1 aaben" in out
    assert "1 kolonne er systemets egen: Tidsstempel" in out
    assert "3 kommuner: " in out
    assert "Fladby Kommune (16)" in out
    assert "gæt på rækker og skalaer venter på dit ja" in out
    status, out, _ = run("check", "data/ny")
    assert status == 0
    assert "gæt: vigtighed og niveau: 3 punkter går igen" in out.replace("\n", " ")
    status, out, err = run("render", "data/ny", "--notebook", "02_behovsanalyse", "--municipality", "alle")
    assert status == 0, out + err
    [page] = Path("outputs/ny").rglob("02_behovsanalyse.html")
    assert "skrive referat" in page.read_text("utf-8")


def test_what_cannot_be_read_is_said_in_danish_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "billede.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    status, out, err = run("new", "data/ny", "--from", "billede.csv")
    assert status == 1
    assert "billede.csv: Her står »tegn, der ikke er tekst«" in out + err
    assert not (tmp_path / "data").exists()
    assert run("new", "data/ny", "--questionnaire", "billede.csv")[0] == 1
    assert not (tmp_path / "data").exists()


def test_a_file_whose_first_row_is_somebodys_answers_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text("1,2027-05-01 10:00,A1,4,Ja\n2,2027-05-02 11:30,A2,5,Nej\n", encoding="utf-8")
    status, out, err = run("new", "data/ny", "--from", "svar.csv")
    assert status == 1
    assert "svar.csv, række 1: Her står »en første række, der ligner svar«" in out + err
    assert not (tmp_path / "data").exists()


def test_a_workbook_with_answers_on_two_sheets_is_refused(run: Run, tmp_path: Path) -> None:
    table = pd.DataFrame({"id": ["1", "2"], "kommune": ["A", "B"], "enig": ["Ja", "Nej"], "hvorfor": ["x", "y"]})
    with pd.ExcelWriter(tmp_path / "svar.xlsx") as book:
        pd.DataFrame({"Om filen": ["rå", "rettet"]}).to_excel(book, sheet_name="Forside", index=False)
        table.to_excel(book, sheet_name="Rå", index=False)
        table.iloc[:1].assign(note="").to_excel(book, sheet_name="Rettet", index=False)
    status, out, err = run("new", "data/ny", "--from", "svar.xlsx")
    assert status == 1
    assert "Her står »svar på flere ark: »Rå« og »Rettet««" in " ".join((out + err).split())
    assert not (tmp_path / "data").exists()
