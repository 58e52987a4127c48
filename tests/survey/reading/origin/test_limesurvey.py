from __future__ import annotations

from pathlib import Path

import pytest

from blupkit.core import DataError, FileError
from blupkit.survey.reading.origin.limesurvey import read_lss
from blupkit.survey.reading.origin.outline import Outline

Rows = list[dict[str, str]]
QUESTIONS: Rows = [
    {"qid": "1", "parent_qid": "0", "type": "L", "title": "tid", "question_order": "2", "other": "Y"},
    {"qid": "2", "parent_qid": "0", "type": "F", "title": "vig", "question_order": "1", "other": "N"},
    {"qid": "3", "parent_qid": "2", "type": "T", "title": "k2", "question_order": "2"},
    {"qid": "4", "parent_qid": "2", "type": "T", "title": "k1", "question_order": "1"},
    {"qid": "5", "parent_qid": "0", "type": "M", "title": "form", "question_order": "3"},
    {"qid": "6", "parent_qid": "5", "type": "T", "title": "SQ1", "question_order": "1"},
    {"qid": "7", "parent_qid": "0", "type": "T", "title": "ord", "question_order": "4"},
    {"qid": "8", "parent_qid": "0", "type": "R", "title": "rang", "question_order": "5"},
    {"qid": "9", "parent_qid": "0", "type": "X", "title": "velkomst", "question_order": "0"},
    {"qid": "10", "parent_qid": "0", "type": "Y", "title": "jn", "question_order": "6"},
]
TEXTS = {
    "1": "Hvornår?",
    "2": "<p>Hvor <b>vigtigt</b> er det <i>ikke</i>?</p>",
    "3": "lede møder",
    "4": "søge fonde",
    "5": "Hvilke?",
    "6": "Kursus",
    "7": "Hvorfor?",
    "10": "Enig?",
}
ANSWERS: Rows = [
    {"aid": "1", "qid": "1", "code": "A2", "sortorder": "2"},
    {"aid": "2", "qid": "1", "code": "A1", "sortorder": "1"},
    {"aid": "3", "qid": "2", "code": "1", "sortorder": "1"},
    {"aid": "4", "qid": "2", "code": "2", "sortorder": "2"},
]
WORDS = {"1": "Aften", "2": "Dag", "3": "Lidt", "4": "Meget"}


def section(name: str, rows: Rows) -> str:
    cells = ("".join(f"<{key}><![CDATA[{text}]]></{key}>" for key, text in row.items()) for row in rows)
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def write(path: Path, *, newer: bool) -> Outline:
    """The same survey as older versions write it, with each language's text in the row, and as newer ones do."""
    if newer:
        texts = [{"qid": qid, "question": text, "language": "da"} for qid, text in TEXTS.items()]
        english = [{"qid": qid, "question": "English", "language": "en"} for qid in TEXTS]
        words = [{"aid": aid, "answer": text, "language": "da"} for aid, text in WORDS.items()]
        parts = [section("questions", [row for row in QUESTIONS if row["parent_qid"] == "0"])]
        parts += [section("subquestions", [row for row in QUESTIONS if row["parent_qid"] != "0"])]
        parts += [section("answers", ANSWERS), section("question_l10ns", english + texts)]
        parts += [
            section("answer_l10ns", [{"aid": aid, "answer": "English", "language": "en"} for aid in WORDS] + words)
        ]
    else:
        rows = [
            row | {"question": text, "language": language}
            for row in QUESTIONS
            for language, text in (("en", "English"), ("da", TEXTS.get(row["qid"], "")))
        ]
        answers = [
            {key: text for key, text in row.items() if key != "aid"} | {"answer": answer, "language": language}
            for row in ANSWERS
            for language, answer in (("en", "English"), ("da", WORDS[row["aid"]]))
        ]
        parts = [section("questions", rows), section("answers", answers)]
    path.write_text(f"<document>{''.join(parts)}</document>", encoding="utf-8")
    return read_lss(path, "skema.lss")


@pytest.mark.parametrize("newer", [True, False])
def test_questions_parts_and_answers_are_read_in_their_order_and_in_danish(tmp_path: Path, *, newer: bool) -> None:
    outline = write(tmp_path / "s.lss", newer=newer)
    columns = ["variableName", "questionType", "subType", "questionText", "choiceText"]
    assert outline.structure[columns].to_numpy().tolist() == [
        ["vig_k1", "Closed", "Single", "Hvor vigtigt er det ikke? - søge fonde", ""],
        ["vig_k2", "Closed", "Single", "Hvor vigtigt er det ikke? - lede møder", ""],
        ["tid", "Closed", "Single", "Hvornår?", ""],
        ["tid_other", "Open", "", "Hvornår? (Andet)", ""],
        ["form_SQ1", "Closed", "Multiple", "Hvilke?", "Kursus"],
        ["ord", "Open", "", "Hvorfor?", ""],
        ["jn", "Closed", "Single", "Enig?", ""],
    ]
    labels = outline.labels.groupby("variable")[["value", "label"]].apply(lambda part: part.to_numpy().tolist())
    # The codes A1 and A2 are numbered in the order of the answers; those that are numbers stay.
    assert labels["tid"] == [["1", "Dag"], ["2", "Aften"], ["3", "Andet"]]
    assert labels["vig_k2"] == [["1", "Lidt"], ["2", "Meget"]]
    assert labels["jn"] == [["1", "Ja"], ["2", "Nej"]]
    assert [(fault.found, fault.level) for fault in outline.faults] == [("rang", "advarsel")]


def test_a_file_that_was_cut_off_is_refused_in_danish(tmp_path: Path) -> None:
    write(tmp_path / "s.lss", newer=True)
    text = (tmp_path / "s.lss").read_text("utf-8")
    (tmp_path / "s.lss").write_text(text[:-40], encoding="utf-8")
    with pytest.raises(FileError, match=r"skema.lss.*: Her står »XML, der ikke kan læses«"):
        read_lss(tmp_path / "s.lss", "skema.lss")


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    rows = [row | {"title": "tid"} if row["qid"] == "7" else row for row in QUESTIONS]
    (tmp_path / "s.lss").write_text(f"<document>{section('questions', rows)}</document>", encoding="utf-8")
    with pytest.raises(DataError, match=r"Her står »tid«. Forventet: et navn til hver kolonne"):
        read_lss(tmp_path / "s.lss", "skema.lss")
