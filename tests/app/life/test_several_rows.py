"""A respondent has several rows: REDCap's repeated instruments and events, Kobo's sheets of repeated groups."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from life_support import TODAY, make_study, texts_under, withdraw, write_answers
from openpyxl import load_workbook

from blupkit import survey
from blupkit.app import plan_respondent
from blupkit.core import FileError, Study, read_study
from blupkit.core.outputs import Outputs

ANSWERS = "spoergeskema/svar.csv"
GONE, OTHER = "NL3", "NL4"
NINE = {("Nordby", "L"): 9, ("Sydby", "L"): 14, ("Nordby", "A"): 12, ("Sydby", "A"): 13}


def answers(folder: Path) -> tuple[Study, pd.DataFrame]:
    study = make_study(folder)
    write_answers(study, NINE)
    return study, pd.read_csv(study.path(ANSWERS), sep=";", dtype=str, keep_default_na=False)


def told_of(study: Study, system: str, ident: str, file: str = "svar.csv") -> Study:
    toml = study.path("study.toml")
    text = toml.read_text("utf-8").replace('format = "tabel"', f'format = "{system}"').replace("svar.csv", file)
    toml.write_text(text.replace('besvarelse_id = "id"', f'besvarelse_id = "{ident}"'), encoding="utf-8")
    return read_study(study.folder)


def redcap(folder: Path) -> Study:
    """Two visits of two people below everybody's answers, and a person of whom nothing but a visit was exported."""
    study, table = answers(folder)
    table = table.rename(columns={"id": "record_id"})
    table.insert(1, "redcap_repeat_instrument", "")
    table = table.assign(skema_complete="2", besoeg_note="")
    more = [(GONE, "Kun NL3 var på besøg"), (GONE, "NL3 igen"), (OTHER, "Den anden"), ("NL77", "Kun et besøg")]
    visits = pd.DataFrame({"record_id": who, "redcap_repeat_instrument": "besoeg", "besoeg_note": note}
                          for who, note in more)  # fmt: skip
    pd.concat([table, visits]).fillna("").to_csv(study.path(ANSWERS), sep=";", index=False)
    return told_of(study, "redcap", "record_id")


def test_every_row_of_a_record_goes(tmp_path: Path, outputs: Outputs) -> None:
    study = redcap(tmp_path)
    before = survey.read_responses(study).answers
    was = study.path(ANSWERS).read_text("utf-8").splitlines()
    assert plan_respondent(study, outputs, GONE, TODAY, survey.check_responses).counts["rækker i filen med svar"] == 3
    withdraw(study, outputs, respondent=GONE)
    now = study.path(ANSWERS).read_text("utf-8").splitlines()
    changed = [number for number, (here, there) in enumerate(zip(now, was, strict=True)) if here != there]
    assert len(changed) == 3
    assert all(set(now[number]) == {";"} for number in changed)
    assert not any("NL3" in text for _, text in texts_under(study.folder))
    others = before[before["respondent"] != GONE].reset_index(drop=True)
    pd.testing.assert_frame_equal(survey.read_responses(study).answers, others)
    faults = survey.check_responses(study)["found"]
    assert faults.str.contains("2 rækker med det, der er udfyldt flere gange").sum() == 1
    assert not faults.str.contains("flere hændelser").any()


def test_a_record_may_have_no_row_but_a_visit(tmp_path: Path, outputs: Outputs) -> None:
    study = redcap(tmp_path)
    withdraw(study, outputs, respondent="NL77")
    assert not any("Kun et besøg" in text for _, text in texts_under(study.folder))
    assert "Den anden" in study.path(ANSWERS).read_text("utf-8")


@pytest.mark.parametrize("ident", ["record_id", "kode"])
def test_every_event_of_a_record_goes_whatever_column_is_the_id(tmp_path: Path, outputs: Outputs, ident: str) -> None:
    study, table = answers(tmp_path)
    table = table.rename(columns={"id": "kode"})
    table.insert(0, "record_id", [f"R{number}" for number in range(len(table))])
    table.insert(1, "redcap_event_name", "start_arm_1")
    own = next(record for record, kode in zip(table["record_id"], table["kode"], strict=True) if kode == GONE)
    later = pd.DataFrame({"record_id": [own, "R0"], "redcap_event_name": "slut_arm_1", "efter": ["Sagt senere", "x"]})
    pd.concat([table, later]).fillna("").to_csv(study.path(ANSWERS), sep=";", index=False)
    study = told_of(study, "redcap", ident)
    withdraw(study, outputs, respondent=GONE if ident == "kode" else own)
    left = study.path(ANSWERS).read_text("utf-8")
    assert "slut_arm_1" in left
    assert not [text for text in (GONE, "Sagt senere", f"{own};") if text in left]


def kobo(folder: Path, parents: list[str]) -> Study:
    """A sheet of households' members, and within it one of what they were at; the second is asked of the first."""
    study, table = answers(folder)
    table = table.rename(columns={"id": "_id"}).assign(_index=range(1, len(table) + 1))
    table["_uuid"] = [f"11112222-3333-4444-5555-6666{number:08}" for number in table["_index"]]
    number = dict(zip(table["_id"], table["_index"], strict=True))
    uuid = dict(zip(table["_id"], table["_uuid"], strict=True))
    who = [OTHER, GONE, GONE]
    members = pd.DataFrame({"note": ["Den anden", "Kun NL3", "NL3 igen"], "_index": [1, 2, 3]})
    members["_parent_table_name"], members["_parent_index"] = "Hele skemaet", [number[each] for each in who]
    members["_submission__id"], members["_submission__uuid"] = who, [uuid[each] for each in who]
    courses = pd.DataFrame({"kursus": ["Stort", "NL3s kursus"], "_index": [1, 2]})
    courses["_parent_table_name"], courses["_parent_index"] = "medlem", [1, 3]
    courses["_submission__id"] = [OTHER, GONE]
    with pd.ExcelWriter(study.path("spoergeskema/svar.xlsx")) as book:
        for name, sheet in {"Hele skemaet": table, "medlem": members, "kursus": courses}.items():
            sheet.drop(
                columns=[head for head in sheet if head not in parents and head.startswith(("_s", "_p"))]
            ).to_excel(book, sheet_name=name, index=False)
    study.path(ANSWERS).unlink()
    return told_of(study, "kobo", "_id", "svar.xlsx")


@pytest.mark.parametrize(
    "parents", [["_submission__uuid", "_submission__id"], ["_submission__id"], ["_parent_table_name", "_parent_index"]]
)
def test_the_rows_of_repeated_groups_go_too(tmp_path: Path, outputs: Outputs, parents: list[str]) -> None:
    study = kobo(tmp_path, parents)
    before = survey.read_responses(study).answers
    counts = plan_respondent(study, outputs, GONE, TODAY, survey.check_responses).counts
    assert counts["rækker i filen med svar"] == 1
    assert counts["rækker i andre ark, hvor personen har svaret flere gange"] == 3
    withdraw(study, outputs, respondent=GONE)
    assert not any("NL3" in text for _, text in texts_under(study.folder))
    book = load_workbook(study.path("spoergeskema/svar.xlsx"))
    assert [page["A2"].value for page in book.worksheets[1:]] == ["Den anden", "Stort"]
    others = before[before["respondent"] != GONE].reset_index(drop=True)
    pd.testing.assert_frame_equal(survey.read_responses(study).answers, others)


def test_a_sheet_that_says_nothing_of_whom_is_refused(tmp_path: Path, outputs: Outputs) -> None:
    study = kobo(tmp_path, ["_parent_index"])
    raw = study.path("spoergeskema/svar.xlsx").read_bytes()
    with pytest.raises(FileError, match="arket »medlem«, der ikke siger, hvem rækkerne hører til"):
        withdraw(study, outputs, respondent=GONE)
    assert study.path("spoergeskema/svar.xlsx").read_bytes() == raw


@pytest.mark.parametrize("name", ["medlem.csv", "medlem.xlsx"])
def test_a_group_that_was_saved_for_itself_is_pointed_at(tmp_path: Path, outputs: Outputs, name: str) -> None:
    study = kobo(tmp_path, ["_submission__uuid"])
    alone, copy = (
        study.path(name),
        pd.read_excel(study.path("spoergeskema/svar.xlsx"), sheet_name="medlem", engine="calamine"),
    )
    copy.to_csv(alone, index=False) if alone.suffix == ".csv" else copy.to_excel(alone, index=False)
    assert plan_respondent(study, outputs, GONE, TODAY, survey.check_responses).doubtful == (alone,)


def test_a_workbook_with_a_copy_of_the_answers_is_pointed_at(tmp_path: Path, outputs: Outputs) -> None:
    study, table = answers(tmp_path)
    copy = study.path("gammel.xlsx")
    table.to_excel(copy, index=False)
    assert plan_respondent(study, outputs, GONE, TODAY, survey.check_responses).doubtful == (copy,)


def test_another_sheet_of_the_same_workbook_is_pointed_at(tmp_path: Path, outputs: Outputs) -> None:
    study, table = answers(tmp_path)
    path = study.path("spoergeskema/svar.xlsx")
    with pd.ExcelWriter(path) as book:
        table.to_excel(book, sheet_name="Svar", index=False)
        table.to_excel(book, sheet_name="Kopi", index=False, header=[f"felt {n}" for n in range(len(table.columns))])
    study.path(ANSWERS).unlink()
    study = told_of(study, "tabel", "id", "svar.xlsx")
    assert plan_respondent(study, outputs, GONE, TODAY, survey.check_responses).doubtful == (path,)


def test_a_pivot_table_keeps_a_copy_of_everybody_and_is_refused(tmp_path: Path, outputs: Outputs) -> None:
    study, table = answers(tmp_path)
    table.to_excel(study.path("spoergeskema/svar.xlsx"), index=False)
    with zipfile.ZipFile(study.path("spoergeskema/svar.xlsx"), "a") as archive:
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords/>")
    study.path(ANSWERS).unlink()
    with pytest.raises(FileError, match="en pivottabel, som gemmer en kopi"):
        withdraw(told_of(study, "tabel", "id", "svar.xlsx"), outputs, respondent=GONE)
