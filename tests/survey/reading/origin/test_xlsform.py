from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from blupkit.core import DataError, FileError
from blupkit.survey.reading.origin.outline import Outline
from blupkit.survey.reading.origin.xlsform import read_xlsform

HEAD = ["type", "name", "label::Dansk (da)", "label::English (en)", "relevant", "required", "appearance"]
SURVEY = [
    ["start", "start"],
    ["note", "n", "Velkommen", "Welcome"],
    ["begin_group", "vig", "Hvor vigtigt?", "How important?", "", "", "table-list"],
    ["select_one enig", "k1", "Søge fonde", "Funds", "", "yes"],
    ["select_one enig", "k2", "Lede møder", "Meetings"],
    ["end_group"],
    ["select_multiple form or_other", "form", "Hvilke?", "Which?"],
    ["text", "ord", "Hvorfor?", "Why?"],
    ["begin_repeat", "barn", "Børn", "Children"],
    ["integer", "alder", "Alder", "Age"],
    ["end_repeat"],
]
CHOICES = [
    ["list_name", "name", "label::Dansk (da)", "label::English (en)"],
    ["enig", "uenig", "Uenig", "Disagree"],
    ["enig", "enig", "Enig", "Agree"],
    ["form", "1", "Kursus", "Course"],
    ["form", "2", "Webinar", "Webinar"],
]


def read(
    folder: Path, survey: list[list[str]] | None = None, choices: list[list[str]] | None = None, head: list[str] = HEAD
) -> Outline:
    book = Workbook()
    page = book.active
    page.title = "survey"
    for row in [head, *(SURVEY if survey is None else survey)]:
        page.append(row)
    if choices != []:
        other = book.create_sheet("choices")
        for row in choices or CHOICES:
            other.append(row)
    book.save(folder / "skema.xlsx")
    book.close()
    return read_xlsform(folder / "skema.xlsx", "skema.xlsx")


def test_a_form_becomes_labels_and_structure(tmp_path: Path) -> None:
    outline = read(tmp_path)
    columns = ["questionName", "variableName", "subType", "questionText", "choiceText"]
    assert outline.structure[columns].to_numpy().tolist() == [
        ["k1", "k1", "Single", "Hvor vigtigt? - Søge fonde", ""],
        ["k2", "k2", "Single", "Hvor vigtigt? - Lede møder", ""],
        ["form", "form/1", "Multiple", "Hvilke?", "Kursus"],
        ["form", "form/2", "Multiple", "Hvilke?", "Webinar"],
        ["form", "form/other", "Multiple", "Hvilke?", "Andet"],
        ["form_other", "form_other", "", "Hvilke? (Andet)", ""],
        ["ord", "ord", "", "Hvorfor?", ""],
    ]
    assert outline.labels.to_numpy().tolist()[:2] == [["k1", "1", "Uenig"], ["k1", "2", "Enig"]]
    assert [(fault.found, fault.level) for fault in outline.faults] == [("alder", "advarsel")]


@pytest.mark.parametrize(
    ("row", "match"),
    [
        (["select_one enigg", "q", "Q"], r"række 2, kolonne »type«: Her står »select_one enigg«. Forventet: listen"),
        (["Select_one", "q", "Q"], r"Her står »Select_one«. Forventet: en type, som kan læses"),
        (["vælg_en enig", "q", "Q"], r"Her står »vælg_en enig«"),
        (["end_group"], r"Her står »end_group«. Forventet: en »begin_group« før den"),
        (["begin_group", "g", "G"], r"Her står »g«. Forventet: en »end_group« for hver gruppe"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(tmp_path: Path, row: list[str], match: str) -> None:
    with pytest.raises(DataError, match=match):
        read(tmp_path, [row, ["select_one enig", "k1", "A", "A"]])


@pytest.mark.parametrize(
    ("choice", "match"),
    [
        (["", "x", "X", "X"], r"række 6, kolonne »list_name«: Her står »ingenting«"),
        (["enig", "uenig", "Igen", "Again"], r"række 6, kolonne »name«: Her står »uenig«. Forventet: hvert navn kun"),
    ],
)
def test_a_choice_that_a_form_drops_or_mixes_up_is_refused(tmp_path: Path, choice: list[str], match: str) -> None:
    with pytest.raises(DataError, match=match):
        read(tmp_path, choices=[*CHOICES, choice])


@pytest.mark.parametrize(
    ("head", "row", "found"),
    [
        ([*HEAD[:4], "relevans"], ["text", "q", "Q", "Q", "1"], "kolonnen »relevans«"),
        (HEAD, ["text", "q", "Q", "Q", "", "ja"], "»ja«"),
        (HEAD, ["text", "q", "Q", ""], "tomme tekster i label::English (en)"),
    ],
)
def test_what_a_form_accepts_without_a_word_is_told(
    tmp_path: Path, head: list[str], row: list[str], found: str
) -> None:
    faults = read(tmp_path, [row], head=head).faults
    assert [(fault.found, fault.level) for fault in faults] == [(found, "advarsel")]


def test_a_condition_that_is_only_true_of_one_answer_alone_is_told(tmp_path: Path) -> None:
    rows = [["select_multiple form", "form", "F", "F"], ["text", "q", "Q", "Q", "${form}='1'"]]
    assert [fault.row for fault in read(tmp_path, rows).faults] == [3]


def test_a_name_that_is_used_in_two_groups_takes_its_group_with_it(tmp_path: Path) -> None:
    rows = [["begin_group", "a"], ["text", "q", "Q", "Q"], ["end_group"]]
    rows += [["begin_group", "b"], ["text", "q", "Q", "Q"], ["end_group"]]
    assert read(tmp_path, rows).structure["variableName"].tolist() == ["q", "b_q"]


def test_a_workbook_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"kolonnen »name« i arket survey"):
        read(tmp_path, [["text", "q"]], head=["type", "navn"])


def test_what_is_ranked_is_told_and_what_the_device_notes_is_no_question(tmp_path: Path) -> None:
    rows = [["rank enig", "orden", "O", "O"], ["uri:deviceid", "d"], ["phone number", "p"], ["text", "q", "Q", "Q"]]
    outline = read(tmp_path, rows)
    assert outline.structure["variableName"].tolist() == ["q"]
    assert [(fault.found, fault.level) for fault in outline.faults] == [("orden", "advarsel")]


@pytest.mark.parametrize(
    "kind",
    ["select_one enig", "select one enig", "Select_One enig", "select one from enig", "add select one from enig"],
)
def test_a_choice_is_asked_for_in_several_spellings(tmp_path: Path, kind: str) -> None:
    assert len(read(tmp_path, [[kind, "q", "Q", "Q"]]).labels) == 2


def test_a_cascade_lists_a_choice_more_than_once(tmp_path: Path) -> None:
    assert len(read(tmp_path, choices=[*CHOICES, ["enig", "enig", "Enig", "Agree"]]).labels) == 4
