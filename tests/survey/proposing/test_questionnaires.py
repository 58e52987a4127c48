"""A questionnaire in another file makes fewer guesses: XLSForm, LimeSurvey's structure, SPSS, a document."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from core.reading.documents.document_support import odt_file, p, r, w, word_file
from docx import Document

from blupkit.app.study_from_export import write_study_from
from blupkit.core import FileError, read_study
from blupkit.survey import read_responses
from blupkit.survey.proposing.guessing.known import Known
from blupkit.survey.proposing.guessing.proposal import Proposal
from blupkit.survey.proposing.questionnaires import read_known


def table(path: Path, columns: dict[str, list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([list(columns), *zip(*columns.values(), strict=True)])
    return path


def made(tmp_path: Path, columns: dict[str, list[str]], questionnaire: Path) -> Proposal:
    return write_study_from(tmp_path / "ny", table(tmp_path / "svar.csv", columns), questionnaire).made.proposal


KOBO = {
    "om/farve": ["1", "2"] * 10,
    "om/ting/hal": ["1", "0"] * 10,
    "om/ting/kro": ["1", "1"] * 10,
    "om/fri": [f"noget {n}" for n in range(20)],
    "_id": [str(n) for n in range(20)],
    "_uuid": [f"u{n}" for n in range(20)],
}


def xlsform(path: Path) -> Path:
    survey = [
        ["begin_group", "om", "Om dig"],
        ["select_one farver", "farve", "Hvilken farve?"],
        ["select_multiple steder", "ting", "Hvad har I?"],
        ["text", "fri", "Skriv selv"],
        ["end_group", "", ""],
    ]
    choices = [["farver", "1", "Rød"], ["farver", "2", "Blå"], ["farver", "3", "Grøn"], ["steder", "hal", "En hal"],
               ["steder", "kro", "En kro"]]  # fmt: skip
    with pd.ExcelWriter(path) as book:
        pd.DataFrame(survey, columns=["type", "name", "label::Dansk (da)"]).to_excel(
            book, sheet_name="survey", index=False
        )
        pd.DataFrame(choices, columns=["list_name", "name", "label::Dansk (da)"]).to_excel(
            book, sheet_name="choices", index=False
        )
    return path


def test_an_xlsform_gives_texts_and_choices_that_nobody_chose(tmp_path: Path) -> None:
    proposal = made(tmp_path, KOBO, xlsform(tmp_path / "skema.xlsx"))
    rows = {row.heading: row for row in proposal.rows}
    assert (rows["om/farve"].kind, rows["om/farve"].question) == ("enkelt", "Hvilken farve?")
    assert [text for _, text, _ in proposal.scales[rows["om/farve"].scale].rows] == ["Rød", "Blå", "Grøn"]
    assert [(row.kind, row.point) for row in proposal.rows if row.question == "Hvad har I?"] == [
        ("flere", "En hal"),
        ("flere", "En kro"),
    ]
    assert rows["om/fri"].kind == "aaben"
    assert read_responses(read_study(tmp_path / "ny")).values(["om_ting_hal"]).sum().item() == 10


LSS = """<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<questions><rows>
<row><qid>1</qid><parent_qid>0</parent_qid><type>F</type><title>vig</title></row>
<row><qid>4</qid><parent_qid>0</parent_qid><type>T</type><title>fri</title></row>
</rows></questions>
<subquestions><rows>
<row><qid>2</qid><parent_qid>1</parent_qid><type>F</type><title>a</title></row>
<row><qid>3</qid><parent_qid>1</parent_qid><type>F</type><title>b</title></row>
</rows></subquestions>
<question_l10ns><rows>
<row><qid>1</qid><question><![CDATA[<p>Hvor <b>vigtigt</b>?</p>]]></question></row>
<row><qid>2</qid><question>At lytte</question></row><row><qid>3</qid><question>At skrive</question></row>
<row><qid>4</qid><question>Andet?</question></row>
</rows></question_l10ns>
<answers><rows>
<row><aid>11</aid><qid>1</qid><code>1</code><sortorder>1</sortorder></row>
<row><aid>12</aid><qid>1</qid><code>2</code><sortorder>2</sortorder></row>
<row><aid>13</aid><qid>1</qid><code>3</code><sortorder>3</sortorder></row>
</rows></answers>
<answer_l10ns><rows>
<row><aid>11</aid><answer>Slet ikke vigtigt</answer></row><row><aid>12</aid><answer>Vigtigt</answer></row>
<row><aid>13</aid><answer>Meget vigtigt</answer></row>
</rows></answer_l10ns></document>"""


def test_limesurveys_structure_gives_texts_and_scales(tmp_path: Path) -> None:
    (tmp_path / "skema.lss").write_text(LSS, encoding="utf-8")
    columns = {
        "id": [str(n) for n in range(20)],
        "submitdate": ["2027-03-01"] * 20,
        "vig[a]": ["1", "2"] * 10,
        "vig[b]": ["2", "3"] * 10,
        "fri": [f"noget {n}" for n in range(20)],
    }
    proposal = made(tmp_path, columns, tmp_path / "skema.lss")
    assert [(row.question, row.point) for row in proposal.rows[:2]] == [
        ("Hvor vigtigt?", "At lytte"),
        ("Hvor vigtigt?", "At skrive"),
    ]
    assert proposal.scales["vigtighed"].rows[0] == ("1", "Slet ikke vigtigt", "svar")
    assert proposal.rows[2].kind == "aaben"


def test_a_document_gives_the_order_of_answers_and_those_that_nobody_chose(tmp_path: Path) -> None:
    document = Document()
    for line in ("Hvilken medalje fik I?", "☐ Bronze", "☐ Sølv", "☐ Guld", "☐ Platin", "Hvad ellers?"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "skema.docx"))
    columns = {"Hvilken medalje fik I?": ["Guld", "Sølv", "Bronze", "Guld"] * 5}
    [scale] = made(tmp_path, columns, tmp_path / "skema.docx").scales.values()
    assert [text for _, text, _ in scale.rows] == ["Bronze", "Sølv", "Guld", "Platin"]
    assert "svarene står i denne rækkefølge i skema.docx" in scale.reason


@pytest.mark.parametrize("name", ["skema.docx", "skema.odt", "skema.docm"])
def test_a_document_is_read_as_its_reader_sees_it_whatever_its_kind(tmp_path: Path, name: str) -> None:
    first, *others = (p(r(f"☐ {text}")) for text in ("Bronze", "Sølv", "Guld", "Platin"))
    word = (
        p(r("Hvilken medalje?")) + first + w("sdt", w("sdtContent", others[0] + p(w("ins", r("☐ Guld"))) + others[2]))
    )
    texts = ("Hvilken medalje?", "☐ Bronze", "☐ Sølv", "☐ Guld", "☐ Platin")
    odt = odt_file("".join(f"<text:p>{text}</text:p>" for text in texts))
    (tmp_path / name).write_bytes(odt if name.endswith("odt") else word_file(word))
    [scale] = made(tmp_path, {"Hvilken medalje?": ["Guld", "Sølv", "Bronze"] * 7}, tmp_path / name).scales.values()
    assert [text for _, text, _ in scale.rows] == ["Bronze", "Sølv", "Guld", "Platin"]


def test_a_table_of_a_document_gives_its_rows_and_columns(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(2, 4)
    for place, text in enumerate(("Medalje", "Bronze", "Sølv", "Guld", "Farve", "Rød", "Gul", "Blå")):
        table.cell(place // 4, place % 4).text = text
    document.save(str(tmp_path / "skema.docx"))
    lists = read_known(tmp_path / "skema.docx", Known()).lists
    assert ["Medalje", "Bronze", "Sølv", "Guld"] in lists
    assert ["Sølv", "Gul"] in lists


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"%PDF-1.7", "en PDF"),
        (b"{\\rtf1", "et RTF-dokument, der er klippet over"),
        (b"<html>", "en webside"),
        (b"tekst", "endelsen ».xyz«"),
    ],
)
def test_a_questionnaire_of_another_kind_is_refused_by_its_name(tmp_path: Path, raw: bytes, message: str) -> None:
    (tmp_path / "skema.xyz").write_bytes(raw)
    with pytest.raises(FileError, match=message):
        read_known(tmp_path / "skema.xyz", Known())


@pytest.mark.parametrize("name", ["skema.lss", "skema.docx", "skema.xlsx", "skema.sav"])
def test_a_questionnaire_that_cannot_be_read_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    with pytest.raises(FileError, match=name):
        made(tmp_path, {"q": ["1", "2"] * 5}, tmp_path / name)
    assert not (tmp_path / "ny").exists()


def test_a_workbook_that_is_no_xlsform_is_refused_by_its_sheets(tmp_path: Path) -> None:
    pd.DataFrame({"a": ["1"]}).to_excel(tmp_path / "andet.xlsx", sheet_name="Ark1", index=False)
    with pytest.raises(FileError, match="et ark med navnet »survey«"):
        read_known(tmp_path / "andet.xlsx", Known())
