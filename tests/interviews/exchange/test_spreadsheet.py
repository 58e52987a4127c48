"""Codings as a table: out to Excel and back, and what Taguette exports."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from interviews.exchange.exchange_support import PLACE, coded_of, turns_of
from openpyxl import Workbook, load_workbook

from blupkit.core import DataError, FileError, read_study
from blupkit.interviews import (
    Codebook,
    read_codebook,
    read_codings,
    read_codings_table,
    read_turns,
    write_codings_table,
)

DEMO = Path(__file__).parents[3] / "data" / "demo"
CODEBOOK = Codebook(
    pd.DataFrame(
        [("1.1", "1", "Roller", "Mandat"), ("2.1", "2", "Økonomi", "Puljer; fonde")],
        columns=["code", "theme", "theme_name", "name"],
    )
)
TURNS = pd.concat(
    [
        turns_of("Hvad er svært?", "Puljerne er små. Ja.", "Ja, vi har intet\nmandat. Ja.", interview="fg1"),
        turns_of("Og her?", "=SUM(A1) sagde han. Puljerne er små.", interview="fg2"),
    ],
    ignore_index=True,
)


def coding(interview: str, turn: int, quote: str, **other: object) -> dict[str, object]:
    text = TURNS[(TURNS["interview"] == interview) & (TURNS["turn"] == turn)]["text"].iloc[0]
    start = text.index(quote)
    place = {"interview": interview, "turn": turn, "start": start, "end": start + len(quote), "quote": quote}
    return (
        dict.fromkeys(PLACE, "") | {"id": f"id-{interview}-{turn}-{start}", "coder": "A", "code": "1.1"} | place | other
    )


CODINGS = pd.DataFrame(
    [
        coding("fg1", 2, "Puljerne er små", code="2.1", direction="barriere", about="samspil"),
        coding("fg1", 3, "vi har intet\nmandat", memo='Hun siger "intet"; og mener det', coder="Søren Ø"),
        coding("fg2", 2, "=SUM(A1) sagde han", memo="@alle\n-tegn"),
        coding("fg2", 2, "sagde", memo="'=1"),
    ]
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_comes_back_as_it_went_out(tmp_path: Path, suffix: str) -> None:
    before = TURNS.copy(), CODINGS.copy()
    write_codings_table(tmp_path / f"a{suffix}", coded_of(TURNS, CODINGS, CODEBOOK))
    read = read_codings_table(tmp_path / f"a{suffix}", TURNS)
    columns = ["id", *PLACE]
    assert read.codings[columns].values.tolist() == CODINGS[columns].values.tolist()
    assert read.codings["theme"].tolist() == ["2", "1", "1", "1"]
    assert read.codes[["code", "theme", "theme_name", "name"]].values.tolist() == [
        ["2.1", "2", "Økonomi", "Puljer; fonde"],
        ["1.1", "1", "Roller", "Mandat"],
    ]
    assert (read.notes, read.faults) == (["4 kodninger er placeret."], [])
    pd.testing.assert_frame_equal(TURNS, before[0])
    pd.testing.assert_frame_equal(CODINGS, before[1])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_demo_studys_codings_come_back(tmp_path: Path, suffix: str) -> None:
    study = read_study(DEMO)
    turns, codebook = read_turns(study), read_codebook(study)
    codings = read_codings(study, turns, codebook)
    write_codings_table(tmp_path / f"a{suffix}", coded_of(turns, codings, codebook))
    read = read_codings_table(tmp_path / f"a{suffix}", turns).codings
    assert read[[*PLACE, "theme"]].values.tolist() == codings[[*PLACE, "theme"]].values.tolist()


def test_danish_excel_opens_the_csv_and_takes_nothing_for_a_formula(tmp_path: Path) -> None:
    write_codings_table(tmp_path / "a.csv", coded_of(TURNS, CODINGS, CODEBOOK))
    raw = (tmp_path / "a.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfinterview;tur;rolle;")
    cells = [cell for row in csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";") for cell in row]
    assert "'=SUM(A1) sagde han" in cells
    assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n")]


def test_a_workbook_holds_text_only(tmp_path: Path) -> None:
    write_codings_table(tmp_path / "a.xlsx", coded_of(TURNS, CODINGS, CODEBOOK))
    page = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert page["F2"].value == "2.1"


def test_a_coding_whose_words_moved_is_found_only_where_they_stand_once(tmp_path: Path) -> None:
    moved = CODINGS.iloc[:2].assign(start=[3, 0], end=[18, 18])
    moved.loc[2] = CODINGS.iloc[0].to_dict() | {"quote": "Ja", "turn": 9, "start": 0, "end": 2}
    moved.loc[3] = CODINGS.iloc[0].to_dict() | {"quote": "det er der ikke", "turn": 1, "start": 0, "end": 15}
    moved.loc[4] = CODINGS.iloc[0].to_dict() | {"code": ""}
    write_codings_table(tmp_path / "a.csv", coded_of(TURNS, moved, CODEBOOK))
    read = read_codings_table(tmp_path / "a.csv", TURNS)
    assert read.codings[["turn", "start", "end", "quote"]].values.tolist() == [
        [2, 0, 15, "Puljerne er små"],
        [3, 4, 23, "vi har intet\nmandat"],
    ]
    assert [(fault.row, fault.level) for fault in read.faults] == [(4, "advarsel"), (5, "advarsel"), (6, "advarsel")]
    assert "ordene står flere steder" in read.faults[0].found
    assert "ordene står ikke i udskriften" in read.faults[1].found
    assert "stedet har ingen kode" in read.faults[2].found
    assert read.notes[-1] == "3 rækker er udeladt og står i listen over fejl."


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_taguettes_highlights_are_found_by_their_words(tmp_path: Path, suffix: str) -> None:
    rows = [
        ("id", "document", "tag", "content"),
        ("1", "FG1 udskrift.docx", "2.1 Puljer", "Puljerne er små"),
        ("1", "FG1 udskrift.docx", "Tillid", "Puljerne er små"),
        ("2", "fg1.txt", "Tillid", "vi har intet mandat"),
        ("3", "fg1.txt", "Tillid", "Ja"),
        ("4", "fg1.txt", "", "Puljerne"),
        ("5", "fg9.txt", "Tillid", "Puljerne"),
        ("6", "fg2.txt", "Tillid", "noget andet"),
    ]
    path = tmp_path / f"a{suffix}"
    if suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        workbook = Workbook()
        for row in rows:
            workbook.worksheets[0].append(row)
        workbook.save(path)
    read = read_codings_table(path, TURNS)
    assert read.codings[["interview", "turn", "code", "quote", "coder"]].values.tolist() == [
        ["fg1", 2, "2.1", "Puljerne er små", ""],
        ["fg1", 2, "Tillid", "Puljerne er små", ""],
        ["fg1", 3, "Tillid", "vi har intet\nmandat", ""],
    ]
    assert read.codings["id"].nunique() == 3
    assert read.codes[["code", "name"]].values.tolist() == [["2.1", "Puljer"], ["Tillid", "Tillid"]]
    why = ["flere steder", "ingen kode", "interviewet findes ikke", "ikke i udskriften"]
    assert [reason in fault.found for reason, fault in zip(why, read.faults, strict=True)] == [True] * 4
    assert [fault.row for fault in read.faults] == [5, 6, 7, 8]


def test_a_highlight_over_two_turns_is_divided(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'id,document,tag,content\n1,fg1,Tillid,"er små. Ja.\nAnsat 1: Ja, vi har"\n', "utf-8"
    )
    turns = TURNS.assign(role=TURNS["role"].replace({"ansat": "lokalråd"}))
    assert read_codings_table(tmp_path / "a.csv", turns).codings.empty
    read = read_codings_table(tmp_path / "a.csv", TURNS.assign(role=["x", "y", "ansat", "x", "y"]))
    assert read.codings[["turn", "quote"]].values.tolist() == [[2, "er små. Ja."], [3, "Ja, vi har"]]
    assert "1 sted går over flere ture og er delt i en kodning pr. tur." in read.notes


def test_tables_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"endelsen »\.txt«"):
        write_codings_table(tmp_path / "a.txt", coded_of(TURNS, CODINGS, CODEBOOK))
    long = CODINGS.assign(memo="x" * 33_000)
    with pytest.raises(DataError, match="for lang til Excel"):
        write_codings_table(tmp_path / "a.xlsx", coded_of(TURNS, long, CODEBOOK))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "b.csv").write_text("emne;tekst\na;b\n", "utf-8")
    with pytest.raises(FileError, match="Tilføj kolonnen »kode«"):
        read_codings_table(tmp_path / "b.csv", TURNS)
