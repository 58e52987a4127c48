"""One invented survey in the shapes of several systems: who, importance and level of three points, ticks, words."""

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd

PLACES = ("Fladby Kommune", "Skovsø Kommune", "Ådum Kommune")
GROUPS = ("Frivillig", "Ansat")
POINTS = ("holde oplæg", "skrive referat", "finde lokaler")
IMPORTANCE = ("Slet ikke vigtigt", "Mindre vigtigt", "Vigtigt", "Meget vigtigt")
LEVEL = ("Meget lavt", "Lavt", "Højt", "Meget højt")
CHOICES = ("Kaffemøde", "Kursus", "Brev")
ASKED_I, ASKED_C = "Hvor vigtigt er det at kunne?", "Hvad er dit nuværende niveau?"
ASKED_T, ASKED_W = "Hvad vil du deltage i? (Sæt gerne flere kryds)", "Hvad mangler der?"
PEOPLE = 48
Person = dict[str, str | list[str]]


def people(seed: int = 1) -> list[Person]:
    """The third point is asked of the employees alone; everybody answers in their own words."""
    chance = random.Random(seed)
    found: list[Person] = []
    for number in range(1, PEOPLE + 1):
        person: Person = {"id": str(number), "kommune": PLACES[number % 3], "gruppe": GROUPS[number % 2]}
        for point in POINTS if number % 2 else POINTS[:2]:
            person[f"v {point}"] = "Ved ikke" if number % 16 == 1 else chance.choice(IMPORTANCE)
            person[f"n {point}"] = chance.choice(LEVEL)
        person["valg"] = [choice for choice in CHOICES if chance.random() < 0.6] or [CHOICES[0]]
        person["ord"] = f"Der mangler noget, som er nummer {number} på listen"
        found.append(person)
    return found


def _ratings(person: Person) -> list[str]:
    return [str(person.get(f"{end} {point}", "")) for end in "vn" for point in POINTS]


def _csv(path: Path, heads: list[str], rows: list[list[str]], separator: str = ",") -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([heads, *rows])
    return path


def google(folder: Path) -> Path:
    """Grids in brackets, choices joined by commas, and no id."""
    grid = [f"{asked} [{point}]" for asked in (ASKED_I, ASKED_C) for point in POINTS]
    heads = ["Tidsstempel", "Kommune", "Hvilken rolle svarer du i?", *grid, ASKED_T, ASKED_W]
    rows = [
        ["2027-03-01 10.00", str(p["kommune"]), str(p["gruppe"]), *_ratings(p), ", ".join(p["valg"]), str(p["ord"])]
        for p in people()
    ]
    return _csv(folder / "google.csv", heads, rows)


def forms(folder: Path) -> Path:
    """A workbook; each point its own heading, so the second grid's are numbered; choices joined by semicolons."""
    points = [*POINTS, *(f"{point}2" for point in POINTS)]
    heads = ["ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Kommune", "Gruppe", *points, ASKED_T, ASKED_W]
    rows = [
        [str(p["id"]), "", "", "a@b.dk", str(p["kommune"]), str(p["gruppe"]), *_ratings(p), ";".join(p["valg"]) + ";",
         str(p["ord"])]
        for p in people()
    ]  # fmt: skip
    path = folder / "forms.xlsx"
    pd.DataFrame(rows, columns=heads).to_excel(path, index=False)
    return path


def limesurvey(folder: Path) -> Path:
    """Codes with their texts, "Y" for a tick, and the system's own columns."""
    grid = [f"{code}[SQ{n}]. {asked} [{point}]" for code, asked in (("vig", ASKED_I), ("niv", ASKED_C))
            for n, point in enumerate(POINTS, start=1)]  # fmt: skip
    ticks = [f"del[SQ{n}]. {ASKED_T} [{choice}]" for n, choice in enumerate(CHOICES, start=1)]
    heads = ["id. Svar-id", "submitdate. Sendt", "startlanguage. Sprog", "komm. Kommune", "grp. Gruppe", *grid, *ticks,
             f"fri. {ASKED_W}"]  # fmt: skip
    rows = [
        [str(p["id"]), "2027-03-01 10:00:00", "da", str(p["kommune"]), str(p["gruppe"]), *_ratings(p),
         *("Y" if choice in p["valg"] else "" for choice in CHOICES), str(p["ord"])]
        for p in people()
    ]  # fmt: skip
    return _csv(folder / "results-survey.csv", heads, rows)


def kobo(folder: Path) -> Path:
    """Names with their groups, a column of 0 and 1 a choice beside one of them all."""
    grid = [f"{end}/{point.replace(' ', '_')}" for end in ("vigtighed", "niveau") for point in POINTS]
    heads = ["kommune", "gruppe", *grid, "del", *(f"del/{choice}" for choice in CHOICES), "fri", "_id", "_uuid",
             "_submission_time"]  # fmt: skip
    rows = [
        [str(p["kommune"]), str(p["gruppe"]), *_ratings(p), " ".join(p["valg"]),
         *(str(int(choice in p["valg"])) for choice in CHOICES), str(p["ord"]), str(p["id"]),
         f"u{p['id']}", "2027-03-01"]
        for p in people()
    ]  # fmt: skip
    return _csv(folder / "kobo.csv", heads, rows, ";")


def surveyxact(folder: Path) -> Path:
    """Codes, and two more files that say what they are."""
    codes = {
        text: str(code) for texts in (PLACES, GROUPS, IMPORTANCE, LEVEL) for code, text in enumerate(texts, start=1)
    }
    codes["Ved ikke"] = "8"
    names = [f"k{n}_{end}" for end in "vn" for n in range(1, 4)]
    heads = ["kommune", "gruppe", *names, *(f"del_{n}" for n in range(1, 4)), "fri", "stato_4"]
    rows = [
        [codes[str(p["kommune"])], codes[str(p["gruppe"])], *(codes.get(cell, "") for cell in _ratings(p)),
         *(str(int(choice in p["valg"])) for choice in CHOICES), str(p["ord"]), "1"]
        for p in people()
    ]  # fmt: skip
    labels = [["kommune", codes[text], text] for text in PLACES] + [["gruppe", codes[text], text] for text in GROUPS]
    for name in names:
        scale = IMPORTANCE if name.endswith("v") else LEVEL
        labels += [[name, codes[text], text] for text in (*scale, "Ved ikke")]
    structure = [["kommune", "kommune", "Closed", "Single", "Hvilken kommune?", "", ""],
                 ["gruppe", "gruppe", "Closed", "Single", "Hvilken gruppe?", "", ""]]  # fmt: skip
    for name in names:
        asked = ASKED_I if name.endswith("v") else ASKED_C
        structure.append([name, name, "Closed", "Single", f"{asked} - {POINTS[int(name[1]) - 1]}", "", ""])
    structure += [["del", f"del_{n}", "Closed", "Multiple", ASKED_T, str(n), choice]
                  for n, choice in enumerate(CHOICES, start=1)]  # fmt: skip
    structure.append(["fri", "fri", "Open", "Text", ASKED_W, "", ""])
    _csv(folder / "labels.csv", labels[0], labels[1:], ";")
    columns = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"]
    _csv(folder / "structure.csv", columns, structure, ";")
    return _csv(folder / "dataset.csv", heads, rows, ";")


def spss(folder: Path) -> Path:
    """A `.sav` with labels, and "ved ikke" declared missing."""
    import pyreadstat

    codes = {text: code for texts in (PLACES, GROUPS, IMPORTANCE, LEVEL) for code, text in enumerate(texts, start=1)}
    codes["Ved ikke"] = 8
    names = [f"q{n}_{end}" for end in "vn" for n in range(1, 4)]
    table = pd.DataFrame(
        [[codes[str(p["kommune"])], codes[str(p["gruppe"])], *(codes.get(cell) for cell in _ratings(p)),
          *(float(choice in p["valg"]) for choice in CHOICES), str(p["ord"])] for p in people()],
        columns=["kommune", "gruppe", *names, *(f"del_{n}" for n in range(1, 4)), "fri"],
    )  # fmt: skip
    asked = {name: ASKED_I if name.endswith("v") else ASKED_C for name in names}
    scales = {name: IMPORTANCE if name.endswith("v") else LEVEL for name in names}
    labels = {name: {codes[text]: text for text in (*scale, "Ved ikke")} for name, scale in scales.items()}
    labels |= {"kommune": {codes[text]: text for text in PLACES}, "gruppe": {codes[text]: text for text in GROUPS}}
    texts = {name: f"{asked[name]} - {POINTS[int(name[1]) - 1]}" for name in names}
    texts |= {f"del_{n}": f"{ASKED_T} - {choice}" for n, choice in enumerate(CHOICES, start=1)}
    path = folder / "svar.sav"
    pyreadstat.write_sav(
        table, str(path), column_labels=texts, variable_value_labels=labels, missing_ranges={n: [8] for n in names}
    )
    return path


def plain(folder: Path) -> Path:
    """A plain table with names and codes, and nothing that says what they are."""
    codes = {text: str(code) for texts in (IMPORTANCE, LEVEL) for code, text in enumerate(texts, start=1)}
    names = [f"k{n}_{end}" for end in "vn" for n in range(1, 4)]
    heads = ["id", "kommune", "gruppe", *names, *(f"del_{n}" for n in range(1, 4)), "fri"]
    rows = [
        [str(p["id"]), str(p["kommune"]), str(p["gruppe"]), *(codes.get(cell, "") for cell in _ratings(p)),
         *(str(int(choice in p["valg"])) for choice in CHOICES), str(p["ord"])]
        for p in people()
    ]  # fmt: skip
    return _csv(folder / "tabel.csv", heads, rows, ";")


SYSTEMS: dict[str, Callable[[Path], Path]] = {
    "google": google,
    "forms": forms,
    "limesurvey": limesurvey,
    "kobo": kobo,
    "surveyxact": surveyxact,
    "spss": spss,
    "tabel": plain,
}
