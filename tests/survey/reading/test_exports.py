from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support import write_workbook

from blupkit.core import DataError, FileError, Study, read_study
from blupkit.survey import read_responses
from blupkit.survey.reading.exports import read_export

START = 'navn="R"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n[spoergeskema]\n'

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_every_usual_encoding_and_separator_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    lines = {"d.csv": ["a", "b"], "l.csv": ["a", "1", " Næ "]}
    (tmp_path / "d.csv").write_bytes(
        f"{separator.join(lines['d.csv'])}{separator}\n1{separator}ø{separator}\n".encode(encoding)
    )
    (tmp_path / "l.csv").write_bytes(f"{separator.join(lines['l.csv'])}\n".encode(encoding))
    (tmp_path / "study.toml").write_text(
        START + 'format="surveyxact"\ndata="d.csv"\netiketter="l.csv"\n', encoding="utf-8"
    )
    export = read_export(read_study(tmp_path))
    assert export.data.to_dict("records") == [{"a": "1", "b": "ø"}]
    assert export.labels.to_dict("records") == [{"variable": "a", "value": "1", "label": "Næ"}]


def test_a_workbook_with_split_dataset_sheets_is_joined(tmp_path: Path) -> None:
    structure = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"]
    write_workbook(
        tmp_path / "e.xlsx",
        {
            "Dataset(2)": [["id", "y"], ["p", 2]],
            "Dataset(1)": [["id", "x"], ["p", 1]],
            "Labels": [["x", 1, "Ja "]],
            "Structure": [structure, ["x", "x", "Closed", "Single", "Er det?", None, None]],
        },
    )
    (tmp_path / "study.toml").write_text(START + 'format="surveyxact"\ndata="e.xlsx"\n', encoding="utf-8")
    export = read_export(read_study(tmp_path))
    assert export.data.to_dict("records") == [{"id": "p", "x": "1", "y": "2"}]
    assert export.labels["label"].tolist() == ["Ja"]
    assert export.structure["questionText"].tolist() == ["Er det?"]


def test_a_workbook_without_dataset_is_refused(tmp_path: Path) -> None:
    write_workbook(tmp_path / "e.xlsx", {"Ark1": [["a"], [1]]})
    (tmp_path / "study.toml").write_text(START + 'format="surveyxact"\ndata="e.xlsx"\n', encoding="utf-8")
    with pytest.raises(FileError, match=r"Her står »Ark1«. Forventet: et ark med navnet »Dataset«"):
        read_export(read_study(tmp_path))


def sheets_study(folder: Path, first: list[list[object]], second: list[list[object]], more: str = "") -> Path:
    write_workbook(folder / "e.xlsx", {"importance": first, "performance": second})
    settings = 'format="tabel"\ndata="e.xlsx"\nark={importance="_v",performance="_n"}\n' + more
    (folder / "study.toml").write_text(START + settings, encoding="utf-8")
    return folder


def test_sheets_side_by_side_get_their_suffix_and_the_row_number_is_taken_once(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Nr", "Q1"], [1, 5], [2, 4]]
    export = read_export(read_study(sheets_study(tmp_path, rows, [["Nr", "Q1"], [1, 2], [2, 3]])))
    assert export.data.to_dict("list") == {"Nr": ["1", "2"], "Q1_v": ["5", "4"], "Q1_n": ["2", "3"]}


def test_sheets_of_different_height_are_refused(tmp_path: Path) -> None:
    study = read_study(sheets_study(tmp_path, [["Q1"], [5], [4]], [["Q1"], [2]]))
    with pytest.raises(FileError, match=r"2 rækker i arket »importance«, 1 rækker i arket »performance«"):
        read_export(study)


def test_sheets_in_different_order_are_refused_with_the_row(tmp_path: Path) -> None:
    more = 'besvarelse_id="Nr"\n'
    study = read_study(sheets_study(tmp_path, [["Nr", "Q1"], [1, 5], [2, 4]], [["Nr", "Q1"], [2, 3], [1, 2]], more))
    with pytest.raises(FileError, match=r"række 2, kolonne »Nr«: Her står »2 i arket »performance««") as caught:
        read_export(study)
    assert len(caught.value.faults) == 2


def test_a_truncated_file_is_refused_with_its_last_row(make_study: MakeStudy) -> None:
    with pytest.raises(FileError) as caught:
        read_export(make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;", "b;430;1;4"]))
    assert str(caught.value) == (
        "svar.csv, række 3: Her står »4 celler i filens sidste række«. Forventet: 15 celler som i overskriften."
        " Filen er sandsynligvis klippet over. Hent den igen."
    )


def test_short_rows_before_the_last_are_filled_up(make_study: MakeStudy) -> None:
    export = read_export(make_study(rows=["a;430;1;5", "b;430;1;4;4;;;;;;;;;;"]))
    assert export.data["ord"].tolist() == ["", ""]


def test_identifying_columns_are_dropped_on_reading_and_reported(make_study: MakeStudy) -> None:
    rows = [row + ";hanne@eksempel.dk" for row in ("a;430;1;5;2;4;4;;;3;;1;0;1;",)]
    study = make_study(
        rows=rows, head="id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;E-mail"
    )
    export = read_export(study)
    assert export.dropped == ("E-mail",)
    assert "E-mail" not in export.data
    responses = read_responses(study)
    everything = responses.answers.to_csv() + responses.faults.to_csv() + responses.respondents.to_csv()
    assert "hanne" not in everything
    assert "E-mail" in responses.faults["found"].tolist()


def test_an_identifying_column_cannot_be_the_id(make_study: MakeStudy) -> None:
    study = make_study(
        head="mail;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord",
        change={"study.toml": ('"id"', '"mail"')},
    )
    with pytest.raises(
        DataError, match=r"Her står »mail«. Forventet: en kolonne, der ikke fortæller, hvem der har svaret"
    ):
        read_export(study)


def test_a_study_without_a_survey_says_so(make_study: MakeStudy, tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('navn="R"\nudgiver="u"\nperiode="p"\ndata_dato=2022-01-01\n', encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_responses(read_study(tmp_path))
    assert str(caught.value) == (
        "study.toml: Her står »intet spørgeskema«. Forventet: et afsnit [spoergeskema]."
        " Tilføj afsnittet, eller udelad de sider, der bygger på spørgeskemaet."
    )


def test_labels_with_too_few_columns_are_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "l.csv").write_text("a;1\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(
        START + 'format="surveyxact"\ndata="d.csv"\netiketter="l.csv"\n', encoding="utf-8"
    )
    with pytest.raises(FileError, match=r"Her står »2 kolonner«. Forventet: tre kolonner: variabel, kode og tekst"):
        read_export(read_study(tmp_path))


HEAD = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord"


def test_the_columns_that_the_study_names_are_known_whatever_their_case_and_blanks(make_study: MakeStudy) -> None:
    rows = ["a;430;1;5;2;4;4;;;3;;1;0;1;"]
    study = make_study(rows=rows, head=HEAD.replace("id;kommune", "\u200bId;Kommune\u00a0").replace("k1_v", "K1_V"))
    responses = read_responses(study)
    assert responses.respondents[["respondent", "municipality"]].to_numpy().tolist() == [["a", "faaborg-midtfyn"]]
    assert responses.values(["k1_v"]).to_numpy().tolist() == [[5.0]]


def test_signs_that_nobody_sees_are_no_part_of_an_answer(make_study: MakeStudy) -> None:
    rows = ["a;430\u200b;1;\u00a05;2;Vigtig\u200b;4;;;3;;1;0;1;Tid\u00a0til\ufeff møder"]
    responses = read_responses(make_study(rows=rows))
    assert responses.values(["k1_v", "k2_v"]).to_numpy().tolist() == [[5.0, 4.0]]
    assert responses.answers.set_index("variable")["text"]["ord"] == "Tid til møder"
    assert responses.faults.empty


def test_titles_above_the_headings_are_told_of(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;"], head=f"Rapport fra Prøven\n{HEAD}")
    responses = read_responses(study)
    assert len(responses.respondents) == 1
    assert responses.faults["found"].tolist() == ["1 række over overskrifterne"]


def test_equal_headings_that_no_question_asks_for_are_told_apart(make_study: MakeStudy) -> None:
    study = make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;;x;y"], head=f"{HEAD};Uddyb;Uddyb")
    assert read_responses(study).faults["found"].tolist() == ["Uddyb, Uddyb2"]


def test_what_excel_could_not_compute_is_told_of_and_is_no_answer(make_study: MakeStudy) -> None:
    rows = ["#N/A;430;1;5;#I/T;4;4;;;3;;1;0;1;#DIV/0!", "#N/A;430;1;4;3;4;5;;;2;;1;1;2;Lys"]
    responses = read_responses(make_study(rows=rows))
    assert responses.respondents["respondent"].tolist() == ["række 2", "række 3"]
    given = responses.answers.set_index(["respondent", "variable"])
    for variable in ("k1_n", "ord"):
        assert given.loc[("række 2", variable), ["state", "text"]].tolist() == ["ubesvaret", ""]
    told = responses.faults[["row", "column", "found"]].to_numpy().tolist()
    assert sorted(told) == [
        [2, "id", "fejlværdien #N/A"],
        [2, "k1_n", "#I/T"],
        [2, "ord", "#DIV/0!"],
        [3, "id", "fejlværdien #N/A"],
    ]
    assert set(responses.faults["action"]) >= {"Besvarelsen er regnet med under sit rækkenummer."}


def test_people_whom_a_quotation_mark_would_swallow_stay_in_the_survey(make_study: MakeStudy) -> None:
    rows = [f"r{n};430;1;{1 + n % 5};2;4;4;;;3;;1;0;1;{said}" for n, said in enumerate(['"vi', "ja", '"I', "nej"])]
    responses = read_responses(make_study(rows=rows))
    assert responses.received == 4
    assert responses.answers_to(["ord"])["text"].tolist() == ['"vi', "ja", '"I', "nej"]
