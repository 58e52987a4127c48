"""One small study, written by hand in the form of every survey system, must give the same answers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook, load_workbook

from blupkit.core import DataError, FileError, Study, read_study
from blupkit.survey import check_responses, read_responses
from blupkit.survey.reading.exports import read_export
from blupkit.survey.reading.questionnaire_file import read_questionnaire

TOML = """
navn = "Prøven"
udgiver = "Udgiver"
periode = "maj 2022"
data_dato = 2022-05-02
[[gruppe]]
noegle = "L"
navn = "lokalrådsmedlemmer"
ental = "Lokalrådsmedlem"
koder = ["1"]
[[gruppe]]
noegle = "A"
navn = "kommunalt ansatte"
ental = "Kommunalt ansat"
koder = ["3"]
[[kommune]]
kode = 430
navn = "Faaborg-Midtfyn Kommune"
kort_navn = "Faaborg-Midtfyn"
[[kommune]]
kode = 370
navn = "Næstved Kommune"
kort_navn = "Næstved"
[spoergeskema]
"""
FILES = 'spoergeskema = "spoergeskema.csv"\nskalaer = "skalaer.csv"\n'
QUESTIONS = """emne;variabel;type;spoergsmaal;punkt;kort;grupper;skala;dimension;om
k1;vig_k1;vigtighed;Hvor vigtigt er det?;søge fonde;;L A;fem;;
k2;vig_k2;vigtighed;Hvor vigtigt er det?;lede møder, så alle taler;;L A;fem;;
k1;niv_k1;niveau;Hvor godt gør du det?;søge fonde;;L A;fem;;
k2;niv_k2;niveau;Hvor godt gør du det?;lede møder, så alle taler;;L A;fem;;
form;form_1;flere;Hvilke former?;Kort kursus, aften;;L A;;;
form;form_2;flere;Hvilke former?;Webinar;;L A;;;
form;form_3;flere;Hvilke former?;Studietur;;L A;;;
tid;tid;enkelt;Hvornår på dagen?;;;L A;tid;;
ord;ord;aaben;Hvad mangler?;;;L A;;;
"""
SCALES = """skala;kode;tekst;betydning
fem;1;Slet ikke;svar
fem;2;Lidt;svar
fem;3;Noget;svar
fem;4;Meget;svar
fem;5;Helt enig;svar
fem;8;Ved ikke;ved_ikke
tid;1;Dag;svar
tid;2;Aften;svar
tid;9;Ønsker ikke at oplyse;uoplyst
"""
FIVE = {"1": "Slet ikke", "2": "Lidt", "3": "Noget", "4": "Meget", "5": "Helt enig", "8": "Ved ikke"}
TIME = {"1": "Dag", "2": "Aften", "9": "Ønsker ikke at oplyse"}
PLACES = {"430": "Faaborg-Midtfyn Kommune", "370": "Næstved Kommune"}
ROLES = {"1": "Lokalrådsmedlem", "3": "Kommunalt ansat"}
CHOICES = {"form_1": "Kort kursus, aften", "form_2": "Webinar", "form_3": "Studietur"}
VARIABLES = ["vig_k1", "vig_k2", "niv_k1", "niv_k2", "form_1", "form_2", "form_3", "tid", "ord"]
TEXTS = {**dict.fromkeys(VARIABLES[:4], FIVE), "tid": TIME, "kommune": PLACES, "gruppe": ROLES}
#: The study itself: what SurveyXact's data file would hold. The sixth answered everything and never pressed "Afslut".
PEOPLE = pd.DataFrame(
    [
        ["1", "430", "1", "5", "4", "2", "8", "1", "1", "0", "1", 'Et bord, "og" kaffe; måske'],
        ["2", "430", "3", "4", "", "1", "3", "0", "0", "1", "2", ""],
        ["3", "370", "1", "3", "5", "8", "4", "", "", "", "9", "Ærlig snak på Ærø"],
        ["4", "370", "3", "2", "2", "", "", "", "", "", "", ""],
        ["5", "430", "1", "1", "8", "5", "5", "1", "0", "0", "2", "Tid"],
        ["6", "370", "3", "5", "5", "3", "2", "0", "1", "1", "1", "Å"],
    ],
    columns=["id", "kommune", "gruppe", *VARIABLES],
    dtype="str",
)
FINISHED = ["1", "1", "1", "0", "1", "0"]
STAMP = "2022-04-01 09:30:00"


def in_words(name: str) -> list[str]:
    """A column as a system writes it that exports the text of an answer."""
    return [TEXTS.get(name, {}).get(cell, cell) for cell in PEOPLE[name]]


def joined(separator: str, end: str = "") -> list[str]:
    """The choices of each person in one cell."""
    rows = PEOPLE[list(CHOICES)].to_dict("records")
    ticked = [[text for name, text in CHOICES.items() if row[name] == "1"] for row in rows]
    return [separator.join(texts) + (end if texts else "") for texts in ticked]


def as_csv(columns: dict[str, list[str]], separator: str, *, quoted: bool = False, line_end: str = "\n") -> str:
    buffer = io.StringIO()
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(buffer, delimiter=separator, quoting=quoting, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return buffer.getvalue()


def write_workbook(path: Path, columns: dict[str, list[str]]) -> None:
    book = Workbook()
    page = book.active
    page.append(list(columns))
    for row in zip(*columns.values(), strict=True):
        page.append([int(cell) if cell.isdigit() else (cell or None) for cell in row])
    book.save(path)
    book.close()


def tick_headings(folder: Path) -> Study:
    """Each choice under its own text alone, a tick as "Ja"."""
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE if name not in CHOICES}
    columns |= tick_columns(str.upper, lambda _: "Ja", "Nej")
    (folder / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    return write_study(folder, settings_for("tabel", "svar.csv"))


def write_study(folder: Path, settings: str, *, questionnaire: bool = True) -> Study:
    (folder / "study.toml").write_text(TOML + settings + (FILES if questionnaire else ""), encoding="utf-8")
    (folder / "spoergeskema.csv").write_text(QUESTIONS, encoding="utf-8")
    (folder / "skalaer.csv").write_text(SCALES, encoding="utf-8")
    return read_study(folder)


def settings_for(system: str, file: str, ident: str = "id", place: str = "kommune", role: str = "gruppe") -> str:
    columns = f'besvarelse_id = "{ident}"\nkommune = "{place}"\ngruppe = "{role}"\n'
    return f'format = "{system}"\ndata = "{file}"\n{columns}'


def surveyxact(folder: Path) -> Study:
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE}
    columns["stato_3"] = ["1" if cell == "0" else "0" for cell in FINISHED]
    columns["stato_4"] = FINISHED
    (folder / "dataset.csv").write_bytes(as_csv(columns, ";").encode("cp1252"))
    return write_study(folder, settings_for("surveyxact", "dataset.csv"))


def plain_table(folder: Path) -> Study:
    text = as_csv({name: PEOPLE[name].tolist() for name in PEOPLE}, "\t", line_end="\r\n")
    (folder / "svar.csv").write_bytes(text.encode("utf-16"))
    return write_study(folder, settings_for("tabel", "svar.csv"))


def limesurvey_columns() -> dict[str, list[str]]:
    """Headings as codes, answers as codes, a tick as "Y" and no tick as nothing."""
    stamps = [STAMP if cell == "1" else "" for cell in FINISHED]
    same = [STAMP] * 6
    columns = {"id": PEOPLE["id"].tolist(), "submitdate": stamps, "lastpage": ["4"] * 6, "startlanguage": ["da"] * 6}
    columns |= {"seed": ["1790353581"] * 6, "token": [f"kX9{n}" for n in range(6)], "startdate": same}
    columns |= {"datestamp": same, "ipaddr": ["192.0.2.17"] * 6, "refurl": ["https://eksempel.dk/?token=kX9"] * 6}
    columns |= {"kommune": PEOPLE["kommune"].tolist(), "gruppe": PEOPLE["gruppe"].tolist()}
    for name in VARIABLES:
        cells = PEOPLE[name].tolist()
        if name in CHOICES:
            cells = ["Y" if cell == "1" else "" for cell in cells]
        columns[name.replace("_", "[", 1) + "]" if "_" in name else name] = cells
    return columns | {"interviewtime": ["312.41"] * 6, "groupTime7": ["80.2"] * 6, "tidTime": ["9.1"] * 6}


def limesurvey(folder: Path) -> Study:
    (folder / "results.csv").write_bytes(as_csv(limesurvey_columns(), ",", quoted=True).encode("utf-8-sig"))
    return write_study(folder, settings_for("limesurvey", "results.csv"))


def limesurvey_in_words(folder: Path) -> Study:
    """Headings as "code. text [row]", answers in full, a tick as "Ja" and no tick as "Nej"."""
    columns = {}
    for heading, cells in limesurvey_columns().items():
        name = heading.replace("[", "_").removesuffix("]")
        said = in_words(name) if name in PEOPLE else cells
        if name in CHOICES:
            said = [{"1": "Ja", "0": "Nej"}.get(cell, cell) for cell in PEOPLE[name]]
        columns[f"{heading}. Spørgsmålets tekst [punktet]"] = said
    (folder / "results.csv").write_bytes(as_csv(columns, ";", quoted=True).encode("utf-8-sig"))
    return write_study(folder, settings_for("limesurvey", "results.csv"))


def kobo_columns() -> dict[str, list[str]]:
    columns = {"start": [STAMP] * 6, "end": [STAMP] * 6, "kommune": PEOPLE["kommune"].tolist()}
    columns["gruppe"] = PEOPLE["gruppe"].tolist()
    for name in VARIABLES[:4]:
        columns[name.replace("_", "/", 1)] = PEOPLE[name].tolist()
    columns["baggrund/form"] = [cell.replace("form_", "") for cell in joined(" ")]
    columns |= {f"baggrund/form/{name[-1]}": PEOPLE[name].tolist() for name in CHOICES}
    columns |= {"tid": in_words("tid"), "ord": PEOPLE["ord"].tolist(), "_id": PEOPLE["id"].tolist()}
    columns |= {"_uuid": [f"u-{n}" for n in range(6)], "_submission_time": [STAMP] * 6}
    return columns | {"_submitted_by": ["hanne"] * 6, "_status": ["submitted_via_web"] * 6, "_index": list("123456")}


def kobo(folder: Path) -> Study:
    tags = {name: ["#adm2" if name == "kommune" else "", *cells] for name, cells in kobo_columns().items()}
    (folder / "kobo.csv").write_text(as_csv(tags, ";", quoted=True, line_end="\r\n"), encoding="utf-8", newline="")
    return write_study(folder, settings_for("kobo", "kobo.csv", "_id"))


def forms_columns() -> dict[str, list[str]]:
    """The text of the row alone as heading; Excel numbers the second of two."""
    columns = {"ID": PEOPLE["id"].tolist(), "Start time": [STAMP] * 6, "Completion time": [STAMP] * 6}
    columns |= {"Email": ["anonymous"] * 6, "Name": ["Hanne"] * 6, "Last modified time": [""] * 6}
    columns |= {"Hvilken kommune svarer du for?": in_words("kommune"), "Hvilken rolle har du?\xa0": in_words("gruppe")}
    columns |= {"søge fonde": in_words("vig_k1"), "lede møder, så alle taler": in_words("vig_k2")}
    columns |= {"søge fonde2": in_words("niv_k1"), "lede møder, så alle taler2": in_words("niv_k2")}
    columns |= {"Hvilke former?": joined(";", ";"), "Hvornår på dagen?": in_words("tid")}
    return columns | {"Hvad mangler?": PEOPLE["ord"].tolist()}


def forms(folder: Path) -> Study:
    write_workbook(folder / "forms.xlsx", forms_columns())
    named = ("ID", "Hvilken kommune svarer du for?", "Hvilken rolle har du?")
    return write_study(folder, settings_for("forms", "forms.xlsx", *named))


def google_columns() -> dict[str, list[str]]:
    columns = {"Tidsstempel": ["01/04/2022 9.30.00"] * 6, "Mailadresse": ["hanne@eksempel.dk"] * 6}
    columns |= {"Nummer": PEOPLE["id"].tolist(), "Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    for question, prefix in (("Hvor vigtigt er det?", "vig"), ("Hvor godt gør du det?", "niv")):
        columns[f"{question} [søge fonde]"] = in_words(f"{prefix}_k1")
        columns[f"{question} [lede møder, så alle taler]"] = in_words(f"{prefix}_k2")
    columns |= {"Hvilke former?": joined(", "), "Hvornår på dagen?": in_words("tid")}
    return columns | {"Hvad mangler?": PEOPLE["ord"].tolist()}


def google(folder: Path) -> Study:
    (folder / "google.csv").write_text(as_csv(google_columns(), ","), encoding="utf-8")
    return write_study(folder, settings_for("google", "google.csv", "Nummer", "Kommune", "Rolle"))


def google_workbook(folder: Path) -> Study:
    write_workbook(folder / "google.xlsx", google_columns())
    return write_study(folder, settings_for("google", "google.xlsx", "Nummer", "Kommune", "Rolle"))


def mentimeter(folder: Path) -> Study:
    """As its workbook is: who answered in one sheet, two notes above it, and the sums of each session in the others."""
    book = Workbook()
    page = book.active
    page.title = "Voters"
    columns = {"Date (UTC)": ["2022-04-01"] * 6, "Session": ["1"] * 6, "Voter": PEOPLE["id"].tolist()}
    columns |= {"Velkommen:": [""] * 6, "Kommune:": in_words("kommune"), "Rolle:": in_words("gruppe")}
    for question, prefix in (("Hvor vigtigt er det?", "vig"), ("Hvor godt gør du det?", "niv")):
        columns[f"{question}: søge fonde"] = in_words(f"{prefix}_k1")
        columns[f"{question}: lede møder, så alle taler"] = in_words(f"{prefix}_k2")
    columns |= {"Hvilke former?:": joined(", "), "Hvornår på dagen?: Name": ["Hanne"] * 6}
    columns |= {"Hvornår på dagen?: Answer": in_words("tid"), "Hvornår på dagen?: Score": ["0"] * 6}
    columns |= {"Hvad mangler?:": PEOPLE["ord"].tolist()}
    for row in (["Note: there are more sheets"], ["Each session has its own"], list(columns)):
        page.append(row)
    for line in zip(*columns.values(), strict=True):
        page.append([int(cell) if cell.isdigit() else (cell or None) for cell in line])
    sums = book.create_sheet("Session 1")
    for row in (["Session 1"], ["Hvornår på dagen?", "Hvad mangler?", "Hvilke former?"], ["Dag", 2], ["Aften", 2]):
        sums.append(row)
    book.save(folder / "menti.xlsx")
    return write_study(folder, settings_for("mentimeter", "menti.xlsx", "Voter", "Kommune", "Rolle"))


def slido(folder: Path) -> Study:
    """As its polls per participant are: the kind of each poll under its question, and each answer in another sheet."""
    book = Workbook()
    page = book.active
    page.title = "Pivot All"
    names = [f"{'35c47c54' * 5}{number}"[-40:] for number in PEOPLE["id"]]
    columns = {"Participant ID": names, "Participant Name": ["Anonymous"] * 6, "Participant Email": ["Anonymous"] * 6}
    columns |= {"Participant Company": ["Anonymous"] * 6, "Total Correct Answers": ["0"] * 6}
    columns |= {"Nummer": PEOPLE["id"].tolist(), "Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    for question, prefix in (("Hvor vigtigt er det?", "vig"), ("Hvor godt gør du det?", "niv")):
        columns[f"{question} - søge fonde"] = in_words(f"{prefix}_k1")
        columns[f"{question} - lede møder, så alle taler"] = in_words(f"{prefix}_k2")
    columns |= {"Hvilke former?": joined("; "), "Hvornår på dagen?": in_words("tid")}
    columns |= {"Hvad mangler?": PEOPLE["ord"].tolist()}
    page.append(list(columns))
    page.append([None] * 5 + ["Survey"] * (len(columns) - 5))
    for line in zip(*columns.values(), strict=True):
        page.append([cell or None for cell in line])
    every = book.create_sheet("Export All")
    every.append(["Participant ID", "Poll ID", "Poll Type", "Poll Question", "Poll Option"])
    every.append([names[0], 565, "Survey", "Hvornår på dagen?", "Dag"])
    book.save(folder / "slido.xlsx")
    return write_study(folder, settings_for("slido", "slido.xlsx", "Nummer", "Kommune", "Rolle"))


def enalyzer(folder: Path, dates: list[str] | None = None) -> Study:
    columns = {"id": PEOPLE["id"].tolist(), "indkaldt": dates or ["03-04-2022"] * 6}
    columns |= {name: PEOPLE[name].tolist() for name in ("kommune", "gruppe", *VARIABLES)}
    (folder / "enalyzer.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    return write_study(folder, settings_for("enalyzer", "enalyzer.csv"))


def spss(folder: Path, *, questionnaire: bool = True) -> Study:
    closed = [name for name in PEOPLE if name not in {"id", "ord"}]
    table = PEOPLE.assign(**{name: pd.to_numeric(PEOPLE[name]) for name in closed})
    pyreadstat.write_sav(
        table,
        str(folder / "svar.sav"),
        column_labels={"vig_k1": "Hvor vigtigt er det? - søge fonde", "vig_k2": "Hvor vigtigt er det? - lede møder"},
        variable_value_labels={
            name: {int(code): text for code, text in texts.items()} for name, texts in TEXTS.items()
        },
        missing_ranges={**{name: [8] for name in VARIABLES[:4]}, "tid": [{"lo": 9, "hi": 99}]},
    )
    return write_study(folder, settings_for("spss", "svar.sav"), questionnaire=questionnaire)


GRIDS = {"Hvor vigtigt er det?": "vig", "Hvor godt gør du det?": "niv"}


def grid_columns(heading: Callable[[str, str], str]) -> dict[str, list[str]]:
    """The four ratings in words, under what a system makes of question and point."""
    points = {"k1": "søge fonde", "k2": "lede møder, så alle taler"}
    return {
        heading(question, text): in_words(f"{prefix}_{item}")
        for question, prefix in GRIDS.items()
        for item, text in points.items()
    }


def tick_columns(heading: Callable[[str], str], ticked: Callable[[str], str], empty: str = "") -> dict[str, list[str]]:
    return {
        heading(text): [{"1": ticked(text), "0": empty}.get(cell, "") for cell in PEOPLE[name]]
        for name, text in CHOICES.items()
    }


def table_in_words(folder: Path) -> Study:
    """Headings in words, a tick as the choice's own text."""
    columns = {"Nr": PEOPLE["id"].tolist(), "Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    columns |= grid_columns(lambda question, text: f"{question} - {text}")
    columns |= tick_columns(lambda text: f"Hvilke former? - {text}", lambda text: text)
    columns |= {"HVORNÅR  på dagen?": in_words("tid"), "Hvad mangler?": PEOPLE["ord"].tolist()}
    (folder / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    return write_study(folder, settings_for("tabel", "svar.csv", "nr", "kommune", "rolle"))


def table_of_boxes(folder: Path) -> Study:
    """Variables' names, a tick as "x"; no tick as nothing."""
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE} | tick_columns(
        lambda text: {text: name for name, text in CHOICES.items()}[text], lambda _: "x"
    )
    (folder / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    return write_study(folder, settings_for("tabel", "svar.csv"))


def joined_table(separator: str) -> Callable[[Path], Study]:
    def write(folder: Path) -> Study:
        columns = {name: PEOPLE[name].tolist() for name in PEOPLE if name not in CHOICES}
        columns["Hvilke former?"] = joined(separator)
        (folder / "svar.csv").write_text(as_csv(columns, "\t"), encoding="utf-8")
        return write_study(folder, settings_for("tabel", "svar.csv"))

    write.__name__ = f"joined_by_{separator!r}"
    return write


def two_rows(*, numbers: bool = False, sub: str = "Response", answer: str = "Open-Ended Response") -> list[list[str]]:
    """SurveyMonkey: the question over its first column only, the choices and points below; a tick is its own text."""
    own = ["Respondent ID", "Collector ID", "Start Date", "IP Address", "Email Address", "First Name"]
    upper, lower = [*own, "Kommune", "Rolle"], [*[""] * len(own), sub, sub]
    columns = [PEOPLE["id"].tolist(), ["9"] * 6, [STAMP] * 6, ["192.0.2.17"] * 6, ["hanne@eksempel.dk"] * 6]
    columns += [["Hanne"] * 6, in_words("kommune"), in_words("gruppe")]
    for question, prefix in GRIDS.items():
        upper += [f"<strong>{question}</strong>", ""]
        lower += ["søge fonde", "lede møder, så alle taler"]
        columns += [in_words(f"{prefix}_k1"), in_words(f"{prefix}_k2")]
    upper += ["Hvilke former?", "", "", "Hvornår på dagen?", "Hvad mangler?"]
    lower += [*CHOICES.values(), sub, answer]
    ticks = tick_columns(str, lambda text: str(1 + list(CHOICES.values()).index(text)) if numbers else text)
    columns += [*ticks.values(), in_words("tid"), PEOPLE["ord"].tolist()]
    return [upper, lower, *map(list, zip(*columns, strict=True))]


def in_rows(rows: list[list[str]], separator: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def surveymonkey(folder: Path) -> Study:
    (folder / "monkey.csv").write_text(in_rows(two_rows()), encoding="utf-8")
    return write_study(folder, settings_for("surveymonkey", "monkey.csv", "Respondent ID", "Kommune", "Rolle"))


def surveymonkey_workbook(folder: Path) -> Study:
    """A tick as the number of the choice; the heads of the questions in one cell over several columns."""
    book = Workbook()
    page = book.active
    for row in two_rows(numbers=True):
        page.append([int(cell) if cell.isdigit() else (cell or None) for cell in row])
    page.merge_cells(start_row=1, start_column=9, end_row=1, end_column=10)
    book.save(folder / "monkey.xlsx")
    book.close()
    return write_study(folder, settings_for("surveymonkey", "monkey.xlsx", "Respondent ID", "Kommune", "Rolle"))


def two_row_table(folder: Path) -> Study:
    (folder / "svar.csv").write_text(in_rows(two_rows(sub="Svar", answer="Tekst"), ";"), encoding="utf-8")
    return write_study(folder, settings_for("tabel", "svar.csv", "Respondent ID", "Kommune", "Rolle"))


def qualtrics_rows(*, codes: bool = False) -> list[list[str]]:
    """Three headings; several choices in one cell, a comma between them; a preview and a spam among the rows."""
    own = ["StartDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished", "ResponseId"]
    own += ["RecipientLastName", "RecipientEmail", "LocationLatitude", "DistributionChannel", "UserLanguage"]
    questions = {"Q1": ("Kommune", "kommune"), "Q2": ("Rolle", "gruppe")}
    questions |= {
        f"Q3_{number}": (f"{question} - {text}", f"{prefix}_{item}")
        for number, (question, prefix, item, text) in enumerate(
            (question, prefix, item, text)
            for question, prefix in GRIDS.items()
            for item, text in (("k1", "søge fonde"), ("k2", "lede møder, så alle taler"))
        )
    }
    questions |= {"form": ("Hvilke former? - Selected Choice", ""), "Q5": ("Hvornår på dagen?", "tid")}
    questions |= {"Q6": ("Hvad mangler?", "ord")}
    heads = [[*own, *questions], [*own, *(text for text, _ in questions.values())]]
    heads.append([f'{{"ImportId":"{name}"}}' for name in (*own, *questions)])
    chosen = [text.replace("form_", "") for text in joined_codes()] if codes else joined(",")
    rows = []
    for number, ident in enumerate(PEOPLE["id"]):
        said = [chosen[number] if not name else in_words(name)[number] for _, name in questions.values()]
        finished = "True" if FINISHED[number] == "1" else "False"
        rows.append([STAMP, "IP Address", "192.0.2.17", "100", "61", finished, f"R_{ident}", "Holm", "h@eksempel.dk"])
        rows[-1] += ["55.1", "anonymous", "DA", *said]
    for status in ("Survey Preview", "Spam"):
        rows.insert(2, [STAMP, status, *rows[0][2:6], f"R_{status[:2]}", *rows[0][7:]])
    return [*heads, *rows]


def joined_codes() -> list[str]:
    return [",".join(name for name in CHOICES if row[name] == "1") for row in PEOPLE.to_dict("records")]


def qualtrics(folder: Path, *, codes: bool = False) -> Study:
    (folder / "q.csv").write_text(in_rows(qualtrics_rows(codes=codes)), encoding="utf-8-sig")
    return write_study(folder, settings_for("qualtrics", "q.csv", "ResponseId", "Q1", "Rolle"))


def qualtrics_in_codes(folder: Path) -> Study:
    return qualtrics(folder, codes=True)


def redcap_columns() -> dict[str, list[str]]:
    columns = {"record_id": PEOPLE["id"].tolist(), "redcap_repeat_instrument": [""] * 6}
    columns |= {"redcap_repeat_instance": [""] * 6, "redcap_survey_identifier": ["hanne@eksempel.dk"] * 6}
    columns |= {"skema_timestamp": [STAMP] * 6}
    for name in ("kommune", "gruppe", *VARIABLES):
        columns[name.replace("form_", "form___")] = PEOPLE[name].tolist()
    return columns | {"skema_complete": ["2" if cell == "1" else "0" for cell in FINISHED]}


def redcap(folder: Path) -> Study:
    """As codes; a visit that was filled in twice by one person has rows of its own."""
    columns = {name: [*cells, "", ""] for name, cells in redcap_columns().items()}
    columns["record_id"][6:] = ["3", "3"]
    columns["redcap_repeat_instrument"][6:] = ["besog", "besog"]
    columns["dato"] = [*[""] * 6, "2022-04-01", "2022-05-01"]
    columns["besog_complete"] = [*[""] * 6, "2", "2"]
    (folder / "redcap.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    return write_study(folder, settings_for("redcap", "redcap.csv", "record_id"))


def redcap_in_words(folder: Path) -> Study:
    columns = {"Record ID": PEOPLE["id"].tolist(), "Survey Timestamp": [STAMP] * 6}
    columns |= {"Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    columns |= grid_columns(lambda question, text: f"{question} - {text}")
    columns |= tick_columns(lambda text: f"Hvilke former? (choice={text})", lambda _: "Checked", "Unchecked")
    columns |= {"Hvornår på dagen?": in_words("tid"), "Hvad mangler?": PEOPLE["ord"].tolist()}
    columns |= {"Complete?": ["Complete" if cell == "1" else "Incomplete" for cell in FINISHED]}
    (folder / "redcap.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    return write_study(folder, settings_for("redcap", "redcap.csv", "Record ID", "Kommune", "Rolle"))


def alchemer(folder: Path) -> Study:
    columns = {"Response ID": PEOPLE["id"].tolist(), "Time Started": [STAMP] * 6, "Date Submitted": [STAMP] * 6}
    columns |= {"Status": ["Complete" if cell == "1" else "Partial" for cell in FINISHED]}
    columns |= {"IP Address": ["192.0.2.17"] * 6, "Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    columns |= grid_columns(lambda question, text: f"{text}:{question}")
    columns |= tick_columns(lambda text: f"{text}:Hvilke former?", lambda text: text)
    columns |= {"Hvornår på dagen?": in_words("tid"), "Hvad mangler?": PEOPLE["ord"].tolist()}
    (folder / "a.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    return write_study(folder, settings_for("alchemer", "a.csv", "Response ID", "Kommune", "Rolle"))


def jotform(folder: Path) -> Study:
    columns = {"Submission Date": [STAMP] * 6, "Kommune": in_words("kommune"), "Rolle": in_words("gruppe")}
    columns |= grid_columns(lambda question, text: f"{question} >> {text}") | {"Hvilke former?": joined("\n")}
    columns |= {"Hvornår på dagen?": in_words("tid"), "Hvad mangler?": PEOPLE["ord"].tolist()}
    columns |= {"Submission IP": ["192.0.2.17"] * 6, "Submission ID": PEOPLE["id"].tolist()}
    (folder / "j.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    return write_study(folder, settings_for("jotform", "j.csv", "Submission ID", "Kommune", "Rolle"))


def kobo_in_one_column(folder: Path) -> Study:
    """The names of the choices in one cell, blanks between them."""
    columns = {name: cells for name, cells in kobo_columns().items() if not name.startswith("baggrund/form/")}
    columns["baggrund/form"] = [cell.replace("form_", "").replace(",", " ") for cell in joined_codes()]
    (folder / "kobo.csv").write_text(as_csv(columns, ";", quoted=True), encoding="utf-8")
    return write_study(folder, settings_for("kobo", "kobo.csv", "_id"))


WRITERS = [plain_table, limesurvey, limesurvey_in_words, kobo, forms, google, google_workbook, enalyzer, spss]
WRITERS += [
    table_in_words,
    table_of_boxes,
    tick_headings,
    *map(joined_table, (";", ", ", " | ", "\n")),
    two_row_table,
    surveymonkey,
]
WRITERS += [surveymonkey_workbook, qualtrics, qualtrics_in_codes, redcap, redcap_in_words, alchemer, jotform]
WRITERS += [kobo_in_one_column, mentimeter, slido]
#: Those that are known by their own headings.
RECOGNISED = [limesurvey, limesurvey_in_words, kobo, forms, google, surveymonkey, surveymonkey_workbook, qualtrics]
RECOGNISED += [redcap, redcap_in_words, alchemer, jotform, spss, surveyxact, mentimeter, slido]


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
def test_every_format_gives_the_same_answers_as_surveyxact(tmp_path: Path, write: Callable[[Path], Study]) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").mkdir()
    expected, found = read_responses(surveyxact(tmp_path / "x")), read_responses(write(tmp_path / "y"))
    same = found.answers.assign(respondent=found.answers["respondent"].str.removeprefix("R_"))
    pd.testing.assert_frame_equal(same, expected.answers)
    # Counted in PEOPLE, person by person. Answered: 8 + 7 + 4 + 2 + 8 + 9, choices declined beside a tick included.
    # Unanswered: 0 + 2 + 4 + 7 + 0 + 0, the 9 "Ønsker ikke at oplyse" of person 3 included. "Ved ikke": 1, 3 and 5.
    states = found.answers["state"].value_counts().to_dict()
    assert states == {"besvaret": 38, "ubesvaret": 13, "ved_ikke": 3}


@pytest.mark.parametrize("write", RECOGNISED, ids=lambda write: write.__name__)
def test_a_format_is_recognised_by_the_file_itself(tmp_path: Path, write: Callable[[Path], Study]) -> None:
    expected = read_responses(write(tmp_path))
    text = (tmp_path / "study.toml").read_text("utf-8")
    (tmp_path / "study.toml").write_text("".join(re.split(r"(?m)^format = .*\n", text)), encoding="utf-8")
    found = read_responses(read_study(tmp_path))
    assert found.study.survey_files.format is None
    pd.testing.assert_frame_equal(found.answers, expected.answers)
    pd.testing.assert_frame_equal(found.faults, expected.faults)


ENDED = [surveyxact, limesurvey, limesurvey_in_words, qualtrics, redcap, redcap_in_words, alchemer]


@pytest.mark.parametrize("write", ENDED, ids=lambda write: write.__name__)
def test_who_did_not_come_to_the_end_is_broken_off(tmp_path: Path, write: Callable[[Path], Study]) -> None:
    people = read_responses(write(tmp_path)).respondents.set_index("respondent")["completed"]
    assert people.rename(lambda name: name.removeprefix("R_")).to_dict() == {
        "1": True,
        "2": True,
        "3": True,
        "4": False,
        "5": True,
        "6": False,
    }


@pytest.mark.parametrize(
    ("write", "dropped"),
    [
        (limesurvey, ("token", "ipaddr", "refurl")),
        (kobo, ("_submitted_by",)),
        (forms, ("Email", "Name")),
        (google, ("Mailadresse",)),
        (surveymonkey, ("IP Address", "Email Address", "First Name")),
        (qualtrics, ("IPAddress", "RecipientLastName", "RecipientEmail", "LocationLatitude")),
        (redcap, ("redcap_survey_identifier",)),
        (alchemer, ("IP Address",)),
        (jotform, ("Submission IP",)),
        (slido, ("Participant Name", "Participant Email")),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_tells_who_somebody_is_is_dropped_and_said(
    tmp_path: Path, write: Callable[[Path], Study], dropped: tuple[str, ...]
) -> None:
    study = write(tmp_path)
    export, responses = read_export(study), read_responses(study)
    assert export.dropped == dropped
    assert sum(", ".join(dropped) in found for found in responses.faults["found"]) == 1
    everything = export.data.to_csv() + responses.faults.to_csv() + responses.answers.to_csv()
    assert not any(secret in everything for secret in ("anne", "kX9", "192.0.2.17", "Holm", "@eksempel"))


KNOWN = [*(write for write in RECOGNISED[:-2] if write != redcap), table_in_words, kobo_in_one_column]


@pytest.mark.parametrize("write", KNOWN, ids=lambda write: write.__name__)
def test_nothing_is_left_that_the_questionnaire_does_not_know(tmp_path: Path, write: Callable[[Path], Study]) -> None:
    faults = read_responses(write(tmp_path)).faults
    assert faults[faults["expected"] == "kun kolonner, som spørgeskemaet kender"].empty
    assert faults[faults["expected"] == "et af de valg, der står i spørgeskemaet"].empty


def filled_in_above(rows: list[list[str]]) -> list[list[str]]:
    """The question above each of its choices, as somebody fills it in."""
    upper: list[str] = []
    for cell in rows[0]:
        upper.append(cell or upper[-1])
    return [upper, *rows[1:]]


def below_a_title(rows: list[list[str]]) -> list[list[str]]:
    return [["Svar fra foråret", *[""] * (len(rows[0]) - 1)], *rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("changed", [filled_in_above, below_a_title])
def test_two_rows_of_headings_are_read_below_a_title_and_with_each_question_repeated(
    tmp_path: Path, changed: Callable[[list[list[str]]], list[list[str]]], ending: str
) -> None:
    rows = changed(two_rows())
    if ending == "csv":
        (tmp_path / "monkey.csv").write_text(in_rows(rows), encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append([cell or None for cell in row])
        book.save(tmp_path / "monkey.xlsx")
    study = write_study(tmp_path, settings_for("surveymonkey", f"monkey.{ending}", "Respondent ID", "Kommune", "Rolle"))
    (tmp_path / "x").mkdir()
    found = read_responses(study)
    pd.testing.assert_frame_equal(found.answers, read_responses(surveyxact(tmp_path / "x")).answers)
    told = found.faults["found"].tolist()
    assert ("1 række over overskrifterne" in told) == (changed is below_a_title)


def test_a_question_that_a_system_column_resembles_is_kept(tmp_path: Path) -> None:
    study = kobo(tmp_path)
    text = QUESTIONS.replace("tid;tid;", "start;start;").replace("Hvornår på dagen?", "Hvornår?")
    (tmp_path / "spoergeskema.csv").write_text(text, encoding="utf-8")
    assert "start" in read_export(study).data
    assert "end" not in read_export(study).data


def test_a_choice_in_forms_that_the_questionnaire_does_not_know_is_said_with_its_row(tmp_path: Path) -> None:
    columns = forms_columns()
    columns["Hvilke former?"][1] = "Studietur;Egen idé;"
    study = forms(tmp_path)
    write_workbook(tmp_path / "forms.xlsx", columns)
    responses = read_responses(study)
    ticks = responses.answers[(responses.answers["respondent"] == "2") & (responses.answers["item"] == "form")]
    assert ticks["value"].tolist() == [0, 0, 1]
    said = responses.faults[responses.faults["found"] == "Egen idé"]
    assert said[["row", "column"]].to_numpy().tolist() == [[3, "Hvilke former?"]]


def test_a_choice_in_google_may_hold_the_separator_and_case_and_blanks_do_not_matter(tmp_path: Path) -> None:
    columns = google_columns()
    columns["Hvilke former?"][1] = "kort  kursus, aften, Podcast, STUDIETUR"
    columns["hvilke  FORMER?"] = columns.pop("Hvilke former?")
    study = google(tmp_path)
    (tmp_path / "google.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    responses = read_responses(study)
    ticks = responses.answers[(responses.answers["respondent"] == "2") & (responses.answers["item"] == "form")]
    assert ticks["value"].tolist() == [1, 0, 1]
    assert "Podcast" in responses.faults["found"].tolist()


@pytest.mark.parametrize("heading", ["1. {}", "1) {}", "2.1 {}", "Spørgsmål 3: {}", "Q12 - {}", "{} *"])
def test_a_question_s_number_and_the_star_of_one_that_must_be_answered_are_none_of_its_words(
    tmp_path: Path, heading: str
) -> None:
    columns = google_columns()
    columns[heading.format("Hvilke former?")] = columns.pop("Hvilke former?")
    expected = read_responses(google(tmp_path)).answers
    (tmp_path / "google.csv").write_text(as_csv(columns, ","), encoding="utf-8")
    pd.testing.assert_frame_equal(read_responses(read_study(tmp_path)).answers, expected)


HEADINGS = [
    "{} – {}",
    "{} — {}",
    "{}: {}",
    "{} / {}",
    "{} | {}",
    "{} ({})",
    "{} … {}",
    "{}\n{}",
    "<p>{}</p> {}",
    "»{}« {}",
    "(3) {} - {}",
    "Q3 {} - {}",
    "3 {} – {}",
    "3a) {} - {}",
    "[3] {} [{}]",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_words_of_a_heading_decide_and_not_the_signs_between_them(tmp_path: Path, heading: str) -> None:
    """Until now a long dash, a bracket or a question mark left out hid the question."""
    columns = {name: PEOPLE[name].tolist() for name in ("id", "kommune", "gruppe")}
    columns |= grid_columns(lambda question, text: heading.format(question.removesuffix("?"), text))
    columns |= tick_columns(lambda text: heading.format("Hvilke former", text), lambda text: text)
    columns |= {"hvornår, på dagen": in_words("tid"), "Hvad mangler: *": PEOPLE["ord"].tolist()}
    (tmp_path / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    (tmp_path / "x").mkdir()
    found = read_responses(write_study(tmp_path, settings_for("tabel", "svar.csv", "Id:", "kommune?", "Gruppe *")))
    pd.testing.assert_frame_equal(found.answers, read_responses(surveyxact(tmp_path / "x")).answers)


def test_a_heading_whose_words_may_mean_two_questions_is_not_guessed(tmp_path: Path) -> None:
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE}
    for wanted, heading in (("vig_k1", "søge fonde!"), ("niv_k1", "Hvor godt gør du det – søge fonde")):
        columns[heading] = columns.pop(wanted)
    (tmp_path / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_responses(write_study(tmp_path, settings_for("tabel", "svar.csv")))
    assert [fault.column for fault in caught.value.faults] == ["vig_k1"]


@pytest.mark.parametrize("separator", [";#", "/", " + ", " & ", " og ", " – ", "•"])
def test_choices_in_one_cell_are_parted_by_whatever_sign_parts_them(tmp_path: Path, separator: str) -> None:
    (tmp_path / "x").mkdir()
    found = read_responses(joined_table(separator)(tmp_path)).answers
    pd.testing.assert_frame_equal(found, read_responses(surveyxact(tmp_path / "x")).answers)


def test_a_column_of_choices_none_of_which_is_known_is_refused(tmp_path: Path) -> None:
    """Until now all who answered counted as having declined every choice: 0 per cent, with a warning a cell."""
    study = joined_table(";")(tmp_path)
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE if name not in CHOICES}
    columns["Hvilke former?"] = [f'["{cell}"]' for cell in joined(";")]
    (tmp_path / "svar.csv").write_text(as_csv(columns, "\t"), encoding="utf-8")
    faults = check_responses(study).query("level == 'fejl'")
    assert faults[["column", "found"]].values.tolist() == [
        ["Hvilke former?", "6 svar, og ingen af dem er et valg i spørgeskemaet"]
    ]


@pytest.mark.parametrize(
    ("ticked", "empty"), [("x", "-"), ("Markeret", "Ikke markeret"), ("●", ""), ("Quoted", "Not quoted"), ("on", "off")]
)
def test_a_tick_is_known_by_many_words_and_signs(tmp_path: Path, ticked: str, empty: str) -> None:
    columns = {name: PEOPLE[name].tolist() for name in PEOPLE}
    columns |= {name: [{"1": ticked, "0": empty}.get(cell, "") for cell in PEOPLE[name]] for name in CHOICES}
    (tmp_path / "svar.csv").write_text(as_csv(columns, ";"), encoding="utf-8")
    (tmp_path / "x").mkdir()
    found = read_responses(write_study(tmp_path, settings_for("tabel", "svar.csv"))).answers
    pd.testing.assert_frame_equal(found, read_responses(surveyxact(tmp_path / "x")).answers)


def test_numbered_headings_are_not_guessed_when_one_of_them_is_missing(tmp_path: Path) -> None:
    columns = forms_columns()
    del columns["søge fonde2"]
    study = forms(tmp_path)
    write_workbook(tmp_path / "forms.xlsx", columns)
    with pytest.raises(DataError) as caught:
        read_responses(study)
    assert sorted(fault.column for fault in caught.value.faults) == ["niv_k1", "vig_k1"]


def test_an_empty_cell_is_no_answer_on_a_scale_with_words_at_its_ends_only(tmp_path: Path) -> None:
    study = google(tmp_path)
    (tmp_path / "skalaer.csv").write_text(SCALES.replace("fem;3;Noget", "fem;3;"), encoding="utf-8")
    answers = read_responses(study).answers.set_index(["respondent", "variable"])
    assert answers.loc[("2", "vig_k2"), "state"] == "ubesvaret"
    assert answers.loc[("3", "vig_k1"), "state"] == "ubesvaret"  # "Noget" is no longer a word of the scale


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_survive_every_encoding(tmp_path: Path, encoding: str, form: str) -> None:
    text = as_csv(google_columns(), ",")
    if form == "NFD" and encoding != "cp1252":  # cp1252 has no ring of its own
        text = unicodedata.normalize("NFD", text)
        assert "a\u030a" in text
    study = google(tmp_path)
    (tmp_path / "google.csv").write_bytes(text.encode(encoding))
    answers = read_responses(study).answers
    said = answers[(answers["variable"] == "ord") & (answers["state"] == "besvaret")]
    assert said["text"].tolist() == ['Et bord, "og" kaffe; måske', "Ærlig snak på Ærø", "Tid", "Å"]


def test_nfd_in_an_spss_file_is_composed(tmp_path: Path) -> None:
    spss(tmp_path)
    table = pd.DataFrame({"ord": [unicodedata.normalize("NFD", "måske på Ærø")]})
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"))
    assert read_export(read_study(tmp_path)).data["ord"].tolist() == ["måske på Ærø"]


def test_mojibake_is_refused_with_its_row(tmp_path: Path) -> None:
    study = limesurvey(tmp_path)
    (tmp_path / "results.csv").write_text(
        as_csv(limesurvey_columns(), ",").replace("Ærlig snak", "Ã¦rlig snak"), encoding="utf-8"
    )
    with pytest.raises(FileError, match=r"results.csv, række 4: .*læsbare danske bogstaver"):
        read_export(study)


def test_mojibake_in_a_workbook_is_refused_with_row_and_column(tmp_path: Path) -> None:
    columns = forms_columns()
    columns["Hvad mangler?"][2] = "KÃ¸benhavn"
    study = forms(tmp_path)
    write_workbook(tmp_path / "forms.xlsx", columns)
    with pytest.raises(FileError, match=r"forms.xlsx, række 4, kolonne »ord«: Her står »KÃ¸benhavn«"):
        read_export(study)


def test_a_stray_empty_last_column_and_a_decimal_comma_are_read(tmp_path: Path) -> None:
    text = as_csv(kobo_columns(), ";", quoted=True).replace("\n", ";\n").replace('"5"', '"5,0"')
    study = kobo(tmp_path)
    (tmp_path / "kobo.csv").write_text(text, encoding="utf-8")
    values = read_responses(study).answers.set_index(["respondent", "variable"])["value"]
    assert values["1", "vig_k1"] == 5
    assert "" not in read_export(study).data


def test_kobos_row_of_tags_is_no_respondent_and_rows_keep_their_number(tmp_path: Path) -> None:
    export = read_export(kobo(tmp_path))
    assert export.data.index.tolist() == [3, 4, 5, 6, 7, 8]
    assert "baggrund/form" not in export.data


def test_an_answer_that_begins_with_a_hash_is_no_row_of_tags(tmp_path: Path) -> None:
    columns = kobo_columns()
    columns["ord"][0] = "#sammenhold"
    study = kobo(tmp_path)
    (tmp_path / "kobo.csv").write_text(as_csv(columns, ";", quoted=True), encoding="utf-8")
    assert read_export(study).data["ord"].tolist()[0] == "#sammenhold"


def test_enalyzers_dates_have_the_month_first(tmp_path: Path) -> None:
    assert read_export(enalyzer(tmp_path)).data["indkaldt"].tolist() == ["2022-03-04"] * 6


@pytest.mark.parametrize("written", ["25-12-2022", "25.12.2022", "5.3.2022"])
def test_a_date_with_the_day_first_is_never_turned_round(tmp_path: Path, written: str) -> None:
    export = read_export(enalyzer(tmp_path, [written, "", "", "", "", ""]))
    assert export.data["indkaldt"].tolist() == [written, "", "", "", "", ""]
    said = [(fault.row, fault.column, fault.level) for fault in export.faults]
    assert said == ([(2, "indkaldt", "advarsel")] if written == "25-12-2022" else [])


def test_user_missing_in_spss_is_not_blank(tmp_path: Path) -> None:
    data = read_export(spss(tmp_path)).data
    assert data["vig_k2"].tolist() == ["4", "", "5", "2", "8", "5"]
    assert data["niv_k2"].tolist() == ["8", "3", "4", "", "5", "2"]


def test_an_spss_file_needs_no_questionnaire(tmp_path: Path) -> None:
    study = spss(tmp_path, questionnaire=False)
    export = read_export(study)
    questionnaire = read_questionnaire(study, export)
    kinds = questionnaire.variables.set_index("variable")["kind"].to_dict()
    assert kinds == {**{name: "enkelt" for name in VARIABLES if name != "ord"}, "ord": "aaben"}
    grid = questionnaire.variables.set_index("variable").loc["vig_k2"]
    assert (grid["question"], grid["label"]) == ("Hvor vigtigt er det?", "lede møder")
    meanings = questionnaire.scales.set_index(["scale", "text"])["meaning"]
    assert meanings["vig_k1", "Ved ikke"] == "ved_ikke"
    assert meanings["tid", "Ønsker ikke at oplyse"] == "uoplyst"
    states = read_responses(study).answers.groupby("variable")["state"].agg(list)
    assert states["niv_k2"] == ["ved_ikke", "besvaret", "besvaret", "ubesvaret", "besvaret", "besvaret"]


def test_a_code_that_spss_declares_missing_is_no_answer_whatever_it_is_called(tmp_path: Path) -> None:
    study = spss(tmp_path, questionnaire=False)
    table = pd.DataFrame(
        {"id": ["1", "2"], "kommune": [430, 370], "gruppe": [1, 3], "tid": [1.5, 7], "ord": ["a", "b"]}
    )
    labels = {"tid": {1.5: "Halvanden time", 7: "Ikke relevant"}}
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), variable_value_labels=labels, missing_ranges={"tid": [7]})
    answers = read_responses(study).answers
    hours = answers[answers["variable"] == "tid"]
    assert hours["state"].tolist() == ["besvaret", "ubesvaret"]
    assert hours["value"].tolist()[0] == 1.5


@pytest.mark.parametrize("span", [99, {"lo": 90, "hi": 99}])
def test_a_code_that_spss_declares_missing_and_nobody_labelled_is_no_answer_and_told(
    tmp_path: Path, span: object
) -> None:
    """Until now it was off the scale, and where many had it the file was refused."""
    study, names = spss(tmp_path), VARIABLES[:4]
    closed = [name for name in PEOPLE if name not in {"id", "ord"}]
    table = PEOPLE.assign(**{name: pd.to_numeric(PEOPLE[name]) for name in closed})
    table = table.assign(**{name: table[name].fillna(99) for name in names})
    expected = read_responses(study).answers
    missing = {name: [8, span] for name in names}
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), missing_ranges=missing)
    responses = read_responses(study)
    pd.testing.assert_frame_equal(responses.answers, expected)
    # Empty in PEOPLE: vig_k2 of the second, niv_k1 and niv_k2 of the fourth.
    assert responses.faults["found"].tolist()[0] == "»99« i 3 celler"


def test_what_spss_declares_missing_was_not_written_in_an_open_question(tmp_path: Path) -> None:
    """Until now it counted as words that somebody had written."""
    study = spss(tmp_path, questionnaire=False)
    table = pd.DataFrame(
        {"id": ["1", "2"], "kommune": [430, 370], "gruppe": [1, 3], "tid": [1, 2], "ord": ["Tid", "-99"]}
    )
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), missing_ranges={"ord": ["-99"]})
    answers = read_responses(study).answers
    words = answers[answers["variable"] == "ord"]
    assert words[["respondent", "state", "text"]].values.tolist() == [["1", "besvaret", "Tid"], ["2", "ubesvaret", ""]]


def test_dates_in_spss_are_written_year_first(tmp_path: Path) -> None:
    study = spss(tmp_path)
    table = pd.DataFrame({"dag": [datetime(2022, 3, 4).date(), None]})
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"))
    assert read_export(study).data["dag"].tolist() == ["2022-03-04", ""]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_truncated_spss_file_is_refused(tmp_path: Path, share: float) -> None:
    study = spss(tmp_path)
    whole = (tmp_path / "svar.sav").read_bytes()
    (tmp_path / "svar.sav").write_bytes(whole[: int(len(whole) * share)])
    faults = check_responses(study)
    assert faults["found"].tolist() == ["en SPSS-fil, der ikke kan læses til ende"]


def test_a_text_file_called_spss_is_refused(tmp_path: Path) -> None:
    study = spss(tmp_path)
    (tmp_path / "svar.sav").write_text("id;kommune\n1;430\n", encoding="utf-8")
    assert check_responses(study)["found"].tolist() == ["en fil, der ikke er fra SPSS"]


def test_a_missing_spss_file_is_said(tmp_path: Path) -> None:
    study = spss(tmp_path)
    (tmp_path / "svar.sav").unlink()
    assert check_responses(study)["found"].tolist() == ["ingen fil"]


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        ("limesurvey", "kolonnen »submitdate«, som LimeSurvey altid skriver"),
        ("kobo", "kolonnen »_id« eller »_uuid«, som KoboToolbox altid skriver"),
        ("forms", "kolonnen »ID«, som Microsoft Forms altid skriver"),
        ("google", "kolonnen »Tidsstempel« eller »Timestamp«, som Google Forms altid skriver"),
        ("spss", "en .sav-fil"),
    ],
)
def test_a_file_of_another_format_is_refused(tmp_path: Path, system: str, expected: str) -> None:
    surveyxact(tmp_path)
    study = write_study(tmp_path, settings_for(system, "dataset.csv"))
    faults = check_responses(study)
    assert faults["expected"].tolist() == [expected]
    assert "Ret format" in faults["action"][0]


def test_an_spss_file_with_the_format_of_another_system_is_refused_in_danish(tmp_path: Path) -> None:
    spss(tmp_path)
    study = write_study(tmp_path, settings_for("limesurvey", "svar.sav"))
    assert check_responses(study)["found"].tolist() == ["en SPSS-datafil"]


def test_a_system_in_words_without_a_questionnaire_says_what_is_missing(tmp_path: Path) -> None:
    google(tmp_path)
    study = write_study(
        tmp_path, settings_for("google", "google.csv", "Nummer", "Kommune", "Rolle"), questionnaire=False
    )
    assert check_responses(study)["found"].tolist() == ["intet spørgeskema, som kolonnerne kan læses efter"]


def test_an_unknown_format_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    surveyxact(tmp_path)
    with pytest.raises(DataError, match=r"'alchemer' eller 'jotform'"):
        write_study(tmp_path, settings_for("typeform", "dataset.csv"))


def as_form(folder: Path) -> None:
    """The study's questionnaire as the form that Kobo was made of; codes are words."""
    rows = [["type", "name", "label", "appearance"]]
    for question, prefix in GRIDS.items():
        rows += [["begin_group", prefix, question, "table-list"]]
        rows += [["select_one fem", "k1", "søge fonde"], ["select_one fem", "k2", "lede møder, så alle taler"]]
        rows += [["end_group"]]
    rows += [["begin_group", "baggrund"], ["select_multiple form", "form", "Hvilke former?"], ["end_group"]]
    rows += [["select_one tid", "tid", "Hvornår på dagen?"], ["text", "ord", "Hvad mangler?"]]
    choices = [["list_name", "name", "label"]]
    choices += [["fem", f"svar_{code}", text] for code, text in FIVE.items()]
    choices += [["tid", f"t{code}", text] for code, text in TIME.items()]
    choices += [["form", name[-1], text] for name, text in CHOICES.items()]
    book = Workbook()
    book.active.title = "survey"
    for page, lines in ((book.active, rows), (book.create_sheet("choices"), choices)):
        for line in lines:
            page.append(line)
    book.save(folder / "skema.xlsx")
    book.close()


def test_a_form_is_the_questionnaire_of_the_answers_that_were_given_to_it(tmp_path: Path) -> None:
    columns = kobo_columns() | {
        f"{prefix}/{item}": [f"svar_{cell}" if cell else "" for cell in PEOPLE[f"{prefix}_{item}"]]
        for prefix in GRIDS.values()
        for item in ("k1", "k2")
    }
    columns["tid"] = [f"t{cell}" if cell else "" for cell in PEOPLE["tid"]]
    (tmp_path / "kobo.csv").write_text(as_csv(columns, ";", quoted=True), encoding="utf-8")
    as_form(tmp_path)
    settings = settings_for("kobo", "kobo.csv", "_id") + 'spoergeskema = "skema.xlsx"\n'
    found = read_responses(write_study(tmp_path, settings, questionnaire=False)).answers
    (tmp_path / "x").mkdir()
    expected = read_responses(surveyxact(tmp_path / "x")).answers
    # The form gives "1 Slet ikke … 6 Ved ikke" where the study's own scale says 8: the words are the same.
    assert found[["respondent", "state", "text"]].equals(expected[["respondent", "state", "text"]])
    assert found["variable"].unique().tolist()[:5] == ["k1", "k2", "niv_k1", "niv_k2", "form/1"]


def test_the_sheet_of_a_group_that_is_filled_in_several_times_is_told_and_refused_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    study = kobo(tmp_path)
    text = (tmp_path / "study.toml").read_text("utf-8").replace("kobo.csv", "kobo.xlsx")
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    write_workbook(tmp_path / "kobo.xlsx", kobo_columns())
    book = load_workbook(tmp_path / "kobo.xlsx")
    page = book.create_sheet("familie")
    for row in (["barn", "_index", "_parent_table_name", "_parent_index"], ["x", 1, "svar", 1], ["y", 2, "svar", 1]):
        page.append(row)
    book.save(tmp_path / "kobo.xlsx")
    book.close()
    faults = read_responses(read_study(study.folder)).faults
    assert faults["found"].str.contains("arket »familie« med 2 rækker").any()
    (tmp_path / "spoergeskema.csv").write_text(QUESTIONS + "barn;barn;aaben;Hvem?;;;L A;;;\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"kolonne »barn«: Her står »arket »familie« med 2 rækker"):
        read_responses(read_study(study.folder))


def test_what_limesurvey_adds_to_its_spss_file_is_no_question_and_says_who_came_to_the_end(tmp_path: Path) -> None:
    study = spss(tmp_path, questionnaire=False)
    table = pd.DataFrame({"id": ["1", "2"], "submitdate": [STAMP, ""], "lastpage": [4.0, 2.0], "tid": [1.0, 2.0]})
    table = table.assign(kommune=[430.0, 370.0], gruppe=[1.0, 3.0], interviewtime=[312.4, 20.0])
    labels = {"tid": {1: "Dag", 2: "Aften"}}
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), variable_value_labels=labels)
    responses = read_responses(study)
    assert responses.variables == ["tid"]
    assert responses.respondents["completed"].tolist() == [True, False]


def test_previews_in_an_spss_file_of_qualtrics_are_left_out_and_told(tmp_path: Path) -> None:
    study = spss(tmp_path, questionnaire=False)
    text = (tmp_path / "study.toml").read_text("utf-8").replace('"id"', '"ResponseId"')
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    table = pd.DataFrame({"ResponseId": ["R_1", "R_2"], "Status": [0.0, 1.0], "Finished": [1.0, 1.0]})
    table = table.assign(kommune=[430.0, 370.0], gruppe=[1.0, 3.0], tid=[1.0, 2.0])
    pyreadstat.write_sav(table, str(tmp_path / "svar.sav"), variable_value_labels={"tid": {1: "Dag", 2: "Aften"}})
    responses = read_responses(read_study(study.folder))
    assert responses.respondents["respondent"].tolist() == ["R_1"]
    assert "1 række med prøver eller spam (3)" in responses.faults["found"].tolist()
