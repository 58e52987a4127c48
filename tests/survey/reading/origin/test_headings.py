from __future__ import annotations

from pathlib import Path

import pytest

from blupkit.core import FileError
from blupkit.survey.reading.origin.headings import read_headed


def read(folder: Path, text: str) -> dict[str, list[str]]:
    (folder / "svar.csv").write_text(text, encoding="utf-8")
    table = read_headed(folder / "svar.csv", "svar.csv", {})
    return {name: table[name].astype("str").tolist() for name in table}


def test_a_question_goes_with_each_of_its_choices(tmp_path: Path) -> None:
    found = read(tmp_path, "id;Hvilke?;;Hvorfor?;\n;Kursus;Andet (skriv);Response;Bilag\n7;Kursus;;Fordi;x\n")
    assert found == {
        "id": ["7"],
        "Hvilke? [Kursus]": ["Kursus"],
        "Hvilke? [Andet (skriv)]": [""],
        "Hvorfor?": ["Fordi"],
        "Hvorfor? [Bilag]": ["x"],
    }


def test_two_headings_without_a_question_over_several_columns_are_known_by_their_words(tmp_path: Path) -> None:
    assert read(tmp_path, "id;Er du enig?\n;Open-Ended Response\n7;Ja\n") == {"id": ["7"], "Er du enig?": ["Ja"]}


def test_a_first_respondent_without_an_id_is_no_heading(tmp_path: Path) -> None:
    found = read(tmp_path, "id;Er du enig?\n;Ja\n7;Nej\n")
    assert found == {"id": ["", "7"], "Er du enig?": ["Ja", "Nej"]}


@pytest.mark.parametrize("second", ["3;Kursus;;x", ";Kursus;;x"])
def test_a_heading_that_was_forgotten_makes_no_second_heading(tmp_path: Path, second: str) -> None:
    # With an id, or with nothing below the heading that is not there, the second row is a respondent.
    assert len(read(tmp_path, f"id;Hvilke?;;Hvorfor?\n{second}\n7;Kursus;a;y\n")["id"]) == 2


@pytest.mark.parametrize("second", ["3;Kursus;;;x", ";Kursus;;;x"])
def test_two_forgotten_headings_are_still_refused(tmp_path: Path, second: str) -> None:
    with pytest.raises(FileError):
        read(tmp_path, f"id;Hvilke?;;;Hvorfor?\n{second}\n7;Kursus;a;;y\n")


def test_equal_questions_are_numbered_as_excel_does(tmp_path: Path) -> None:
    found = read(tmp_path, "id,Andet,,Andet,\n,A,B,A,B\n7,1,2,3,4\n")
    assert list(found) == ["id", "Andet [A]", "Andet [B]", "Andet [A]2", "Andet [B]2"]


QUALTRICS = "ResponseId,Q1,Q2_4_TEXT,DistributionChannel\n"
TEXTS = "Svar-id,Er du <b>enig</b>?,Hvilke? - Andet - Text,Kanal\n"
IDS = '"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""c""}"\n'


@pytest.mark.parametrize("rows", [QUALTRICS + TEXTS + IDS, QUALTRICS + IDS, QUALTRICS + TEXTS, QUALTRICS])
def test_qualtrics_has_three_headings_or_fewer(tmp_path: Path, rows: str) -> None:
    found = read(tmp_path, f"{rows}R_1x,Ja,,anonymous\n")
    assert [head.split(".")[0] for head in found] == ["ResponseId", "Q1", "Q2_4_TEXT", "DistributionChannel"]
    assert list(found.values()) == [["R_1x"], ["Ja"], [""], ["anonymous"]]
    assert ("Q1. Er du enig?" in found) is (TEXTS in rows)


def test_the_rows_keep_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    (tmp_path / "svar.csv").write_text(f"{QUALTRICS}{TEXTS}{IDS}R_1,Ja,,x\n", encoding="utf-8")
    assert read_headed(tmp_path / "svar.csv", "svar.csv", {}).index.tolist() == [4]


def test_the_older_headings_of_qualtrics_are_in_its_second_row(tmp_path: Path) -> None:
    found = read(tmp_path, "V1,V2,Q1\nResponseID,Status,Er du enig?\nR_1,0,Ja\n")
    assert list(found) == ["ResponseID", "Status", "Q1. Er du enig?"]
