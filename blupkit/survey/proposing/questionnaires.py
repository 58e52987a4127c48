"""A questionnaire in another file than the export: XLSForm, LimeSurvey's structure, SPSS, or a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core.files import read_bytes, read_text, refuse
from blupkit.core.tables import read_table
from blupkit.survey.proposing.guessing.known import Known, clean, known_of_export
from blupkit.survey.reading.exports import LABEL_COLUMNS, STRUCTURE_COLUMNS
from blupkit.survey.reading.spss import read_sav

_EXPECTED: Final = (
    "et spørgeskema: XLSForm (.xlsx), LimeSurvey (.lss), structure.csv, SPSS (.sav), Word (.docx) eller tekst"
)
#: What stands before a choice in a document.
_BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪□☐○◯o]\s+|\(?\d{1,2}[.)]\s+|\[\s?\]\s*|[a-z][.)]\s+)+")
_LONGEST_CHOICE: Final = 120
#: LimeSurvey's types of question: with several choices, in words, and with choices of its own.
_SEVERAL, _WRITTEN = frozenset("MP"), frozenset("STUNDQK|*X")
_FIXED: Final = {
    "Y": [("Y", "Ja"), ("N", "Nej")],
    "C": [("Y", "Ja"), ("U", "Usikker"), ("N", "Nej")],
    "5": [(str(number), "") for number in range(1, 6)],
    "A": [(str(number), "") for number in range(1, 6)],
    "B": [(str(number), "") for number in range(1, 11)],
}


def read_known(path: Path, known: Known) -> Known:
    """Read what a questionnaire says of the columns of an export.

    Parameters
    ----------
    path : pathlib.Path
        The questionnaire.
    known : Known
        What the export says itself; the questionnaire goes before it.

    Returns
    -------
    Known
        Both together.

    Raises
    ------
    FileError
        It is of another kind, or cannot be read.
    """
    readers: dict[str, Callable[[Path], Known]] = {
        ".xlsx": _xlsform, ".xlsm": _xlsform, ".lss": _limesurvey, ".sav": _spss, ".zsav": _spss,
        ".docx": _document, ".txt": _document, ".md": _document, ".csv": _document,
    }  # fmt: skip
    if path.suffix.lower() not in readers:
        refuse(path.name, f"endelsen »{path.suffix}«", _EXPECTED, "Gem spørgeskemaet som et af dem.", quotes=False)
    asked = readers[path.suffix.lower()](path)
    asked.texts, asked.choices = known.texts | asked.texts, known.choices | asked.choices
    asked.ticks, asked.written, asked.missing = known.ticks | asked.ticks, known.written | asked.written, known.missing
    asked.source = path.name
    return asked


def _xlsform(path: Path) -> Known:
    """Read the sheets `survey` and `choices`; groups are part of a column's name, and a matrix is a group."""
    survey = read_table(path, path.name, sheet=_sheet(path, "survey"))
    choices = read_table(path, path.name, sheet=_sheet(path, "choices"))
    for table, column in ((survey, "type"), (survey, "name"), (choices, "name")):
        if column not in table:
            refuse(
                path.name, "et ark uden den kolonne", f"kolonnen »{column}«", "Gem XLSForm igen.", row=1, quotes=False
            )
    label, listed = _label(survey), next((name for name in choices if str(name).replace("_", " ") == "list name"), "")
    lists: dict[str, list[tuple[str, str]]] = {}
    for _, line in choices.iterrows():
        lists.setdefault(line.get(listed, "").strip(), []).append((line["name"].strip(), clean(line[_label(choices)])))
    known, groups = Known(), list[tuple[str, str]]()
    for _, line in survey.iterrows():
        kind, name = " ".join(line["type"].split()), line["name"].strip()
        if re.match(r"(begin)[ _](group|repeat)", kind):
            groups.append((name, clean(line[label]) if "list" in line.get("appearance", "") else ""))
        elif re.match(r"(end)[ _](group|repeat)", kind):
            del groups[-1:]
        elif name and kind not in {"note", "start", "end", "calculate", "deviceid"}:
            _xlsform_row(known, kind, name, clean(line[label]), groups, lists)
    return known


def _xlsform_row(
    known: Known,
    kind: str,
    name: str,
    text: str,
    groups: list[tuple[str, str]],
    lists: dict[str, list[tuple[str, str]]],
) -> None:
    whole = "/".join([*(group for group, _ in groups), name])
    stem = groups[-1][1] if groups and kind.startswith("select_one") else ""
    choices = lists.get(kind.split(" ")[1], []) if kind.startswith("select_") and " " in kind else []
    for spelling in {whole, name}:
        key = known.add(spelling, stem or text, text if stem else "")
        if kind.startswith("select_multiple"):
            for choice, label in choices:
                known.ticks.add(known.add(f"{spelling}/{choice}", text, label))
        elif choices:
            known.choices[key] = choices
        else:
            known.written.update({key} if kind == "text" else ())


def _label(table: pd.DataFrame) -> str:
    """Choose the column of texts: Danish where there are several languages."""
    labels = [str(name) for name in table.columns if str(name).strip().casefold().startswith("label")]
    danish = [name for name in labels if re.search(r"(?i)dansk|danish|\(da\)", name)]
    return (danish or labels or ["name"])[0]


def _sheet(path: Path, name: str) -> str:
    from openpyxl import load_workbook  # slow to import

    read_table(path, path.name)  # says in Danish what is wrong with a file that is missing or damaged
    sheets = load_workbook(path, read_only=True).sheetnames
    found = next((sheet for sheet in sheets if sheet.strip().casefold() == name), "")
    return found or refuse(
        path.name, ", ".join(sheets), f"et ark med navnet »{name}« (XLSForm)", _EXPECTED, quotes=False
    )


def _limesurvey(path: Path) -> Known:
    """Read LimeSurvey's structure, older (texts beside the question) and newer (texts by language)."""
    from lxml import etree  # slow to import

    raw = read_bytes(path, path.name)
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        action = "Hent strukturen igen i LimeSurvey (Eksportér → Undersøgelsens struktur)."
        refuse(path.name, "en fil, der ikke kan læses til ende", "en .lss-fil", action, quotes=False)
    texts = {(line["qid"]): line.get("question", "") for line in _lines(root, "question_l10ns")}
    answers = {line["aid"]: line.get("answer", "") for line in _lines(root, "answer_l10ns") if "aid" in line}
    questions = {line["qid"]: line for line in [*_lines(root, "questions"), *_lines(root, "subquestions")]}
    if not questions:
        refuse(path.name, "ingen spørgsmål", "en .lss-fil fra LimeSurvey", "Hent strukturen igen.", quotes=False)
    choices: dict[str, list[tuple[str, str]]] = {}
    ordered = sorted(_lines(root, "answers"), key=lambda line: int(line.get("sortorder", "0") or 0))
    for line in ordered:
        pair = (line.get("code", ""), clean(answers.get(line.get("aid", ""), line.get("answer", ""))))
        if pair not in choices.setdefault(line["qid"], []):
            choices[line["qid"]].append(pair)
    known = Known()
    for qid, line in questions.items():
        above = questions.get(line.get("parent_qid", "0"))
        text = texts.get(qid, line.get("question", ""))
        whole = texts.get(above["qid"], above.get("question", "")) if above else text
        name = f"{above['title']}[{line['title']}]" if above else line["title"]
        key = known.add(name, whole, text if above else "")
        kind = (above or line).get("type", "")
        if above and kind in _SEVERAL:
            known.ticks.add(key)
        elif kind in _WRITTEN:
            known.written.add(key)
        else:
            known.choices[key] = choices.get((above or line)["qid"], _FIXED.get(kind, []))
    known.choices = {key: listed for key, listed in known.choices.items() if any(text for _, text in listed)}
    return known


def _lines(root: Any, section: str) -> list[dict[str, str]]:  # noqa: ANN401 - lxml has no types
    return [{cell.tag: cell.text or "" for cell in row} for row in root.findall(f"./{section}/rows/row")]


def _spss(path: Path) -> Known:
    sav = read_sav(path, path.name)
    labels = [(name, value, text) for name, texts in sav.labels.items() for value, text in texts.items()]
    structure = [[name, name, "Closed", "Single", text or name, "", ""] for name, text in sav.texts.items()]
    return known_of_export(
        pd.DataFrame(labels, columns=LABEL_COLUMNS, dtype="str"),
        pd.DataFrame(structure, columns=list(STRUCTURE_COLUMNS), dtype="str"),
        sav.missing,
    )


def _document(path: Path) -> Known:
    """Find the lists of a document: lines with bullets or short lines that follow each other, and a table's cells."""
    if path.suffix.lower() != ".docx":
        return Known(lists=_runs(read_text(path, path.name).split("\n")))
    from docx import Document  # slow to import

    read_bytes(path, path.name)
    try:
        document = Document(str(path))
    except Exception:  # python-docx and zipfile raise several kinds for a damaged file
        action = "Åbn filen i Word, og gem den igen som .docx."
        refuse(path.name, "en fil, der ikke kan åbnes som Word-dokument", "et .docx-dokument", action, quotes=False)
    lists = _runs([paragraph.text for paragraph in document.paragraphs])
    for table in document.tables:
        rows = [[_unbulleted(cell.text) for cell in row.cells] for row in table.rows]
        lists += [[cell for cell in row if cell] for row in rows]
        lists += [[cell for cell in column if cell] for column in zip(*rows, strict=False)]
        lists += [line for row in table.rows for cell in row.cells for line in _runs(cell.text.split("\n"))]
    return Known(lists=[each for each in lists if len(each) > 1])


def _unbulleted(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split())


def _runs(lines: list[str]) -> list[list[str]]:
    """Give every stretch of short lines that follow each other, alike in whether they have a bullet."""
    runs: list[list[str]] = [[]]
    before = False
    for line in lines:
        text, bullet = _unbulleted(line), bool(_BULLET.match(line))
        ends = not text or len(text) > _LONGEST_CHOICE or text.endswith(("?", ":"))
        if ends or bullet != before:
            runs.append([])
        if not ends:
            runs[-1].append(text)
        before = bullet
    return [run for run in runs if len(run) > 1]
