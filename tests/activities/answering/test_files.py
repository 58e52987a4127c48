"""Evaluations as the survey systems export them: the same answers are the same decision and numbers as our own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
from evaluations import KEY, write_evaluated
from openpyxl import Workbook, load_workbook

from blupkit.activities import check_activities, decide_evaluations, read_activities
from blupkit.app.life.materials import holdings
from blupkit.core import Study, read_study

#: What `write_evaluated` asks, in the order of its own table.
ASKED = {"w1": "formålet var klart", "w10": "vil anbefale", "wa1": "wa1"}
WORDS = {1: "Slet ikke", 2: "I mindre grad", 3: "I nogen grad", 4: "I høj grad", 5: "I meget høj grad", 8: "Ved ikke"}
GROUPS = {"L": "gruppe L", "P": "gruppe P", "A": "gruppe A"}
#: What only a system's own columns say.
WHO = "kirsten@eksempel.dk"


def filled(*answers: tuple[object, object, object]) -> list[dict[str, object]]:
    return [dict(zip(ASKED, each, strict=True)) for each in answers]


#: 6 and 7 of two groups in one workshop, 5 and 6 in the other, and no politicians in the second: some is hidden.
FORMS = {
    ("Alby", "L"): filled(*[(w1, 9, "") for w1 in (4, 5, 3, 4, 8)], (5, 10, "At de andre også venter; længe")),
    ("Alby", "A"): filled(*[(w1, 7, "") for w1 in (2, 4, 4, 5, 3, 4)], ("", 8, "Ærlig snak på Ærø")),
    ("Alby", "P"): filled((5, 9, "")),
    ("Byby", "L"): filled(*[(w1, 10, "") for w1 in (1, 2, 4, 4, 3)]),
    ("Byby", "A"): filled(*[(w1, "", "") for w1 in (3, 3, 4, 5, 5)], (4, 6, "Ja")),
}
Row = dict[str, str]
Writes = Callable[[Path, Sequence[Row]], Path]


def in_words(row: Row) -> Row:
    """A row as most systems write it: the words of what was chosen."""
    return {**row, "gruppe": GROUPS[row["gruppe"]], "w1": WORDS[int(row["w1"])] if row["w1"] else ""}


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append([int(cell) if str(cell).isdigit() else (cell or None) for cell in row])
    book.save(path)
    return path


def text(path: Path, rows: Sequence[Sequence[object]], separator: str = ",") -> Path:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    path.write_text(buffer.getvalue(), "utf-8")
    return path


def with_head(columns: Mapping[str, Sequence[str]]) -> list[list[str]]:
    return [list(columns), *map(list, zip(*columns.values(), strict=True))]


def forms_columns(rows: Sequence[Row], own: Sequence[str]) -> list[list[str]]:
    """Microsoft Forms: its own columns first, questions by their words, and a semicolon after each choice."""
    said, count = list(map(in_words, rows)), len(rows)
    columns = dict(
        zip(own, ([str(n) for n in range(1, count + 1)], *[["2022-05-17 20:01:00"] * count] * 2), strict=False)
    )
    columns |= {own[3]: [WHO] * count, own[4]: ["Kirsten Holm"] * count, own[5]: [""] * count}
    columns |= {"Hvem deltager du som?\xa0": [f"{row['gruppe']};" for row in said]}
    columns |= {"Formålet var klart": [row["w1"] for row in said], "Vil anbefale": [row["w10"] for row in said]}
    return with_head(columns | {"wa1": [row["wa1"] for row in said]})


DANISH = ("ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn", "Tidspunkt for seneste ændring")
ENGLISH = ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time")


def forms(path: Path, rows: Sequence[Row]) -> Path:
    return workbook(path.with_suffix(".xlsx"), {"Ark1": forms_columns(rows, DANISH)})


def forms_in_english(path: Path, rows: Sequence[Row]) -> Path:
    return workbook(path.with_suffix(".xlsx"), {"Sheet1": forms_columns(rows, ENGLISH)})


def forms_as_text(path: Path, rows: Sequence[Row]) -> Path:
    return text(path.with_suffix(".csv"), forms_columns(rows, DANISH))


def surveyxact_files(rows: Sequence[Row]) -> tuple[list[list[str]], list[list[str]], list[list[str]]]:
    """SurveyXact: codes under variables of its own, highest answer first, and the words of both in two other files."""
    codes = {"I meget høj grad": "1", "I høj grad": "2", "I nogen grad": "3", "I mindre grad": "4", "Slet ikke": "5"}
    codes |= {"Ved ikke": "6", "": ""}
    roles = {group: str(number) for number, group in enumerate(GROUPS, start=1)}
    said = list(map(in_words, rows))
    columns = {
        "respondent": [str(n) for n in range(900, 900 + len(rows))],
        "s_1": [roles[row["gruppe"]] for row in rows],
        "s_2_1": [codes[row["w1"]] for row in said],
        "s_3": [row["w10"] for row in rows],
        "s_4": [row["wa1"] for row in rows],
        "email": [WHO] * len(rows),
        "stato_4": ["1"] * len(rows),
    }
    labels = [["s_1", code, GROUPS[group]] for group, code in roles.items()]
    labels += [["s_2_1", code, word] for word, code in codes.items() if word]
    structure = [
        ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"]
    ]
    for variable, asked, kind in (
        ("s_1", "Hvem deltager du som?", "Closed"), ("s_2_1", "I hvilken grad … formålet var klart", "Closed"),
        ("s_3", "Vil anbefale?", "Number"), ("s_4", "wa1", "Open"),
    ):  # fmt: skip
        structure.append([variable, variable, kind, "Single", asked, "", ""])
    return with_head(columns), labels, structure


def surveyxact(path: Path, rows: Sequence[Row]) -> Path:
    data, labels, structure = surveyxact_files(rows)
    return workbook(path.with_suffix(".xlsx"), {"Dataset": data, "Labels": labels, "Structure": structure})


def surveyxact_as_text(path: Path, rows: Sequence[Row]) -> Path:
    data, labels, structure = surveyxact_files(rows)
    text(path.with_name(f"{path.name}_labels.csv"), labels, ";")
    text(path.with_name(f"{path.name}_structure.csv"), structure, ";")
    return text(path.with_suffix(".csv"), data, ";")


def mentimeter(path: Path, rows: Sequence[Row]) -> Path:
    """Mentimeter: a row a voter below two notes; a scale's statement after the slide's title; sums in other sheets."""
    said = list(map(in_words, rows))
    columns = {
        "Date (UTC)": ["2022-05-17"] * len(rows),
        "Session": ["1"] * len(rows),
        "Voter": [str(n) for n in range(1, len(rows) + 1)],
        "Velkommen:": ["Thumbs up"] * len(rows),
        "Hvem er du?:": [row["gruppe"] for row in said],
        "I hvilken grad …: Formålet var klart": [row["w1"] if row["w1"] != "8" else "Ved ikke" for row in rows],
        "Vil anbefale:": [row["w10"] for row in rows],
        "wa1:": [row["wa1"] for row in rows],
    }
    notes = [["Note: there are more sheets in this document"], ["Each session is found on its own sheet below."]]
    sums = [["Session 1"], ["Vil anbefale", "wa1"], ["9", "Ja"]]
    return workbook(path.with_suffix(".xlsx"), {"Voters": [*notes, *with_head(columns)], "Session 1": sums})


def slido_columns(rows: Sequence[Row]) -> list[list[str]]:
    """Slido: polls per participant, with the kind of each poll under its question."""
    said, anonymous = list(map(in_words, rows)), ["Anonymous"] * len(rows)
    columns = {
        "Participant ID": [f"{number:040x}" for number in range(1, len(rows) + 1)],
        "Participant Name": anonymous,
        "Participant Email": anonymous,
        "Participant Company": anonymous,
        "Total Correct Answers": ["0"] * len(rows),
        "Hvem er du?": [row["gruppe"] for row in said],
        "Formålet var klart?": [row["w1"] for row in said],
        "Vil anbefale": [row["w10"] for row in rows],
        "wa1": [row["wa1"] for row in rows],
    }
    head, *lines = with_head(columns)
    return [head, [*[""] * 5, *["Survey"] * 4], *lines]


def slido(path: Path, rows: Sequence[Row]) -> Path:
    every = [
        ["Participant ID", "Poll ID", "Poll Type", "Poll Question", "Poll Option"],
        ["1", "7", "Survey", "wa1", "Ja"],
    ]
    return workbook(path.with_suffix(".xlsx"), {"Pivot All": slido_columns(rows), "Export All": every})


def slido_as_text(path: Path, rows: Sequence[Row]) -> Path:
    return text(path.with_suffix(".csv"), slido_columns(rows))


WRITERS = [forms, forms_in_english, forms_as_text, surveyxact, surveyxact_as_text, mentimeter, slido, slido_as_text]


def own_rows(folder: Path) -> list[Row]:
    lines = (folder / "aktiviteter" / "evaluering_workshop.csv").read_text("utf-8").splitlines()
    with_quotes = csv.DictReader(lines, delimiter=";", restkey="more")
    rows = [{key: str(cell or "") for key, cell in row.items() if key != "more"} for row in with_quotes]
    assert len(rows) == sum(map(len, FORMS.values())) == 25
    return rows


@pytest.fixture
def own(tmp_path: Path) -> Study:
    """The study with our own table."""
    forms = {
        key: [{name: str(cell).replace(";", ",") for name, cell in form.items()} for form in some]
        for key, some in FORMS.items()
    }
    return write_evaluated(tmp_path / "egen", forms, places=("Alby", "Byby"))


def exported(own: Study, write: Writes) -> Study:
    """The same study with an export for each workshop in place of the table."""
    folder = own.folder.with_name(write.__name__)
    rows = own_rows(own.folder)
    own.folder.rename(folder)
    (folder / "aktiviteter" / "evaluering_workshop.csv").unlink()
    for town in ("Alby", "Byby"):
        write(
            folder / "aktiviteter" / f"evaluering_workshop_{town.lower()}", [r for r in rows if r["workshop"] == town]
        )
    return read_study(folder)


def told(study: Study) -> list[list[str]]:
    """File, row, column, level, what stands there, what was expected, what to do."""
    rows = check_activities(study)[["file", "row", "column", "level", "found", "expected", "action"]]
    lines = rows.astype(object).fillna("").to_numpy().tolist()
    return [[str(cell).removeprefix("aktiviteter/") for cell in row] for row in lines]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_an_export_gives_the_same_decision_and_the_same_tables_as_our_own_table(own: Study, write: Writes) -> None:
    parts, release = decide_evaluations(own, KEY, {})
    sent = exported(own, write)
    parts_sent, release_sent = decide_evaluations(sent, KEY, {})
    assert parts_sent == parts
    assert parts["evaluering_workshop"]["hidden"]
    pd.testing.assert_frame_equal(release_sent.decisions, release.decisions)
    for name, table in release.tables.items():
        pd.testing.assert_frame_equal(release_sent[name].frame, table.frame)
    serious = [line for line in told(sent) if line[3] == "fejl"]
    assert serious == []
    assert WHO not in str(read_activities(sent).tables)


def one_file(own: Study, rows: Sequence[Row], name: str = "evaluering_workshop_alby", **more: str) -> Study:
    """The study with one export of Microsoft Forms in place of our own table, and a column that it says more in."""
    (own.folder / "aktiviteter" / "evaluering_workshop.csv").unlink(missing_ok=True)
    lines = forms_columns(rows, DANISH)
    lines[0] += list(more)
    for line in lines[1:]:
        line += list(more.values())
    workbook(own.folder / "aktiviteter" / f"{name}.xlsx", {"Ark1": lines})
    return read_study(own.folder)


@pytest.fixture
def rows(own: Study) -> list[Row]:
    """What was answered in the first workshop: rows 2 to 15 of an export."""
    return [row for row in own_rows(own.folder) if row["workshop"] == "Alby"]


#: What is told of each export: two columns, that nobody may know.
NAMED = [
    *("evaluering_workshop_alby.xlsx", "1", "", "advarsel", "Mail, Navn"),
    *("ingen oplysninger om, hvem der har svaret", "Kolonnerne er udeladt ved indlæsningen. Slet dem også i filen."),
]


def test_who_answered_is_left_out_of_an_export_and_told(own: Study, rows: list[Row]) -> None:
    study = one_file(own, rows)
    assert told(study) == [NAMED]
    found = read_activities(study)["evaluering_workshop"]
    assert [row["række"] for row in found] == list(range(2, 16))
    assert list(found[0]) == ["række", "workshop", "gruppe", "w1", "w10", "wa1"]
    assert [found[0][name] for name in ("workshop", "gruppe", "w1", "w10")] == ["Alby", "L", 4, 9]


def test_one_export_of_all_workshops_says_in_a_column_which_each_is(own: Study, rows: list[Row]) -> None:
    parts, _ = decide_evaluations(own, KEY, {})
    every = own_rows(own.folder)
    places = [f"{row['workshop']} Kommune" for row in every]
    lines = forms_columns(every, ENGLISH)
    lines = [[*line, more] for line, more in zip(lines, ["Hvor var du med?", *places], strict=True)]
    (own.folder / "aktiviteter" / "evaluering_workshop.csv").unlink()
    text(own.folder / "aktiviteter" / "evaluering_workshop.csv", lines)
    assert decide_evaluations(read_study(own.folder), KEY, {})[0] == parts


def test_a_misspelt_group_is_told_by_its_row_with_the_nearest(own: Study, rows: list[Row]) -> None:
    study = one_file(own, rows)
    path = own.folder / "aktiviteter" / "evaluering_workshop_alby.xlsx"
    lines = forms_columns(rows, DANISH)
    lines[3][6], lines[4][6] = "grupe L", "noget andet"
    workbook(path, {"Ark1": lines})
    known = "gruppe L (L), gruppe P (P) eller gruppe A (A)"
    assert told(study)[1:] == [
        [path.name, "4", "gruppe", "fejl", "grupe L", known, "Mente du »gruppe L«?"],
        [path.name, "5", "gruppe", "fejl", "noget andet", known,
         "Ret cellen, eller skriv svaret under koder ved gruppen i study.toml."],
    ]  # fmt: skip


def test_a_question_that_nobody_knows_is_told_and_so_is_one_without_a_column(own: Study, rows: list[Row]) -> None:
    study = one_file(own, rows, **{"Formålet var klar?": "Nej", "Hvad spiste du?": "Suppe"})
    path = own.folder / "aktiviteter" / "evaluering_workshop_alby.xlsx"
    assert told(study)[1:] == [
        [path.name, "1", "", "advarsel", "Formålet var klar?", "et spørgsmål fra skemaer.csv",
         "Mente du »formålet var klart«?"],
        [path.name, "1", "", "advarsel", "Hvad spiste du?", "et spørgsmål fra skemaer.csv",
         "Kolonnen er ikke læst. Skriv spørgsmålet i skemaer.csv, hvis det skal med."],
    ]  # fmt: skip
    lines = [line[:-1] for line in forms_columns(rows, DANISH)]
    workbook(path, {"Ark1": lines})
    assert told(study)[1:] == [
        [path.name, "1", "", "advarsel", "ingen kolonne med svar på wa1", "alle spørgsmål fra skemaer.csv",
         "De står uden svar. Ret ordlyden i skemaer.csv, hvis de er stillet."],
    ]  # fmt: skip


def test_a_value_beyond_the_scale_and_words_of_another_are_told_by_their_rows(own: Study, rows: list[Row]) -> None:
    study = one_file(own, rows)
    path = own.folder / "aktiviteter" / "evaluering_workshop_alby.xlsx"
    lines = forms_columns(rows, DANISH)
    lines[1][7], lines[2][7], lines[3][8] = "6", "Meget enig", "11"
    workbook(path, {"Ark1": lines})
    words = "slet ikke, i mindre grad, i nogen grad, i høj grad, i meget høj grad"
    assert told(study)[1:] == [
        [path.name, "2", "w1", "fejl", "6", "1-5 eller 8 (ved ikke)", "Ret cellen."],
        [path.name, "3", "w1", "fejl", "Meget enig", "1-5 eller 8 (ved ikke)",
         f"Ret cellen, eller skriv skalaens ord i skemaer.csv under svar, som 1-5: {words}."],
        [path.name, "4", "w10", "fejl", "11", "0-10", "Ret cellen."],
    ]  # fmt: skip


def test_a_study_has_its_own_words_for_a_scale_and_numbers_beside_them_are_read(own: Study, rows: list[Row]) -> None:
    asked = own.folder / "aktiviteter" / "skemaer.csv"
    words = "Helt uenig, Uenig, Hverken eller, Enig, Helt enig"
    asked.write_text(asked.read_text("utf-8").replace("klart;1-5", f"klart;1-5: {words}"), "utf-8")
    study = one_file(own, rows)
    path = own.folder / "aktiviteter" / "evaluering_workshop_alby.xlsx"
    lines = forms_columns(rows, DANISH)
    for line, cell in zip(
        lines[1:], ["Helt uenig", "Uenig", "hverken eller", "4 - Enig", "5", "Ved ikke"], strict=False
    ):
        line[7] = cell
    for line in lines[7:]:
        line[7] = ""
    workbook(path, {"Ark1": lines})
    assert [row["w1"] for row in read_activities(study)["evaluering_workshop"]] == [1, 2, 3, 4, 5, 8, *[None] * 8]
    asked.write_text(asked.read_text("utf-8").replace(", Enig", ""), "utf-8")
    assert told(study)[0][:5] == [
        "skemaer.csv",
        "2",
        "svar",
        "fejl",
        "1-5: Helt uenig, Uenig, Hverken eller, Helt enig",
    ]


def test_one_workshops_forms_in_two_files_are_refused(own: Study, rows: list[Row]) -> None:
    workbook(own.folder / "aktiviteter" / "evaluering_workshop_Alby.xlsx", {"Ark1": forms_columns(rows, DANISH)})
    twice = [
        "evaluering_workshop_Alby.xlsx", "", "", "fejl", "Alby som i aktiviteter/evaluering_workshop.csv",
        "skemaer, der ikke også står i en anden fil", "Slet den fil, der ikke gælder, eller saml rækkerne i én.",
    ]  # fmt: skip
    assert twice in told(own)


def test_an_export_without_answers_without_its_workshop_or_without_a_group_is_refused(
    own: Study, rows: list[Row]
) -> None:
    folder = own.folder / "aktiviteter"
    study = one_file(own, [])
    assert told(study) == [
        ["evaluering_workshop_alby.xlsx", "", "", "fejl", "ingen svar", "mindst ét udfyldt skema",
         "Hent filen igen, eller slet den, hvis ingen har svaret."],
    ]  # fmt: skip
    (folder / "evaluering_workshop_alby.xlsx").unlink()
    assert [line for line in told(one_file(own, rows, "evaluering_workshop")) if line[3] == "fejl"] == [
        ["evaluering_workshop.xlsx", "1", "workshop", "fejl", "ingen kolonne med workshop",
         "en kolonne, der besvares med Alby eller Byby eller en kommune",
         "Er alle svar fra samme workshop, så giv filen et navn som evaluering_workshop_Alby. Ellers tilføj kolonnen."],
    ]  # fmt: skip
    (folder / "evaluering_workshop.xlsx").unlink()
    lines = [line[:6] + line[7:] for line in forms_columns(rows, DANISH)]
    workbook(folder / "evaluering_workshop_alby.xlsx", {"Ark1": lines})
    assert told(study)[1:] == [
        ["evaluering_workshop_alby.xlsx", "1", "gruppe", "fejl", "ingen kolonne med gruppe",
         "et spørgsmål, der besvares med gruppe L (L), gruppe P (P) eller gruppe A (A)",
         "Hent eksporten med det spørgsmål, eller tilføj kolonnen »gruppe« i filen."],
    ]  # fmt: skip
    (folder / "evaluering_workshop_alby.xlsx").rename(folder / "evaluering_workshop_alaby.xlsx")
    assert told(study) == [
        ["evaluering_workshop_alaby.xlsx", "", "", "fejl", "alaby",
         "Alby eller Byby eller en kommune efter »evaluering_workshop_«", "Mente du »Alby«?"],
    ]  # fmt: skip


def test_a_row_that_answers_nothing_is_no_form_and_is_counted(own: Study, rows: list[Row]) -> None:
    nobody = {"gruppe": "L", "w1": "", "w10": "", "wa1": ""}
    study = one_file(own, [*rows, nobody, nobody])
    assert told(study)[1:] == [
        ["evaluering_workshop_alby.xlsx", "16", "", "advarsel", "2 rækker uden svar på spørgsmålene (16, 17)",
         "svar på mindst ét spørgsmål", "De er ikke talt med. Skemaer, der er læst: 14."],
    ]  # fmt: skip
    assert len(read_activities(study)["evaluering_workshop"]) == 14


def test_several_times_that_one_presentation_was_shown_are_refused_where_nothing_says_which(
    own: Study, rows: list[Row]
) -> None:
    (own.folder / "aktiviteter" / "evaluering_workshop.csv").unlink()
    path = mentimeter(own.folder / "aktiviteter" / "evaluering_workshop_alby", rows)
    book = load_workbook(path)
    book["Voters"]["B6"] = 2
    book.save(path)
    assert told(own) == [
        [path.name, "", "", "fejl", "svar fra session 1 og 2", "svar fra én gang, præsentationen er vist",
         "Gem en fil for hver, med dens egne rækker."],
    ]  # fmt: skip


def test_what_is_kept_of_evaluations_is_all_files_of_them(own: Study, rows: list[Row]) -> None:
    study = one_file(own, rows)
    held = {each.name: [path.name for path in each.files] for each in holdings(study)}
    assert held["aktiviteter"] == ["evaluering_workshop_alby.xlsx"]
    assert "aktiviteter/evaluering_workshop_alby.xlsx" in study.activities.evaluated(study.folder)


def test_answers_on_two_sheets_are_refused_with_what_can_be_done_here(own: Study, rows: list[Row]) -> None:
    (own.folder / "aktiviteter" / "evaluering_workshop.csv").unlink()
    columns = slido_columns(rows)
    path = workbook(
        own.folder / "aktiviteter" / "evaluering_workshop_alby.xlsx", {"Min": columns, "Pivot All": columns}
    )
    assert told(own) == [
        [path.name, "", "", "fejl", "svar på flere ark: »Min« og »Pivot All«", "ét ark med svar",
         "Slet de ark i filen, som systemet ikke selv har lavet."],
    ]  # fmt: skip


def test_a_competence_before_and_now_is_known_by_how_it_is_asked(tmp_path: Path) -> None:
    """What each of six said before and now, of two sessions: the same as in our own table."""
    rated = [{"u1": 4, "k1_foer": before, "k1_nu": before + 1} for before in (1, 2, 3, 2, 1, 4)]
    own = write_evaluated(tmp_path / "egen", {}, {("a1", "L"): rated, ("a2", "A"): rated}, places=("Alby",))
    ours = decide_evaluations(own, KEY, {})[1]["evaluering_laering"]
    folder = own.folder / "aktiviteter"
    lines = (folder / "evaluering_laering.csv").read_text("utf-8").splitlines()[1:]
    (folder / "evaluering_laering.csv").unlink()
    asked = folder / "skemaer.csv"
    more = "laering;k1_foer;Hvor god var du før?;;1-5\nlaering;k1_nu;Hvor god er du nu?;;1-5\n"
    asked.write_text(asked.read_text("utf-8") + more, "utf-8")
    head = [
        "ID",
        "Start time",
        "Completion time",
        "Hvem er du?",
        "Relevant",
        "Hvor god er du nu?",
        "Hvor god var du før?",
    ]
    for session in ("a1", "a2"):
        cells = [line.split(";") for line in lines if line.startswith(session)]
        said = [["1", "", "", GROUPS[who], WORDS[int(u1)], now, before] for _, who, u1, before, now in cells]
        text(folder / f"evaluering_laering_{session}.csv", [head, *said])
    sent = read_study(own.folder)
    assert [line for line in told(sent) if line[3] == "fejl"] == []
    pd.testing.assert_frame_equal(decide_evaluations(sent, KEY, {})[1]["evaluering_laering"].frame, ours.frame)
    assert {"Før", "Nu", "Ændring"} <= set(ours.shown["measure"])
