"""LimeSurvey's structure of a survey, `.lss`: questions, their parts and their answers, in every age of the file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from blupkit.core import FileError, raise_serious
from blupkit.core.danish import listing
from blupkit.core.files import read_bytes
from blupkit.survey.reading.origin.outline import OTHER, Outline, seen_text

Row = dict[str, str]
Answers = list[tuple[str, str]]

#: Types with one answer of their own list; those whose parts each have one; with several; and in words or numbers.
_SINGLE, _GRID, _SEVERAL = frozenset("L!O"), frozenset("FH1"), frozenset("MP")
_WRITTEN, _WRITTEN_PARTS = frozenset("STUND"), frozenset("QK")
TWO_SCALES: Final = "1"
COMMENTED: Final = "P"
_NO_QUESTION: Final = frozenset("X*I|")
_YES, _NO, _UNSURE = ("Y", "Ja"), ("N", "Nej"), ("U", "Usikker")
#: What can be answered where the type says it.
_FIXED: Final[dict[str, Answers]] = {
    "Y": [_YES, _NO],
    "G": [("F", "Kvinde"), ("M", "Mand")],
    "C": [_YES, _UNSURE, _NO],
    "E": [("I", "Flere"), ("S", "Samme"), ("D", "Færre")],
    "5": [(str(number), str(number)) for number in range(1, 6)],
    "A": [(str(number), str(number)) for number in range(1, 6)],
    "B": [(str(number), str(number)) for number in range(1, 11)],
}
_GRIDS: Final = frozenset("CEAB")
#: What LimeSurvey writes where the answer is not in the list.
_ELSE: Final = "-oth-"


def read_lss(path: Path, name: str) -> Outline:
    """Read the structure of a survey.

    Parameters
    ----------
    path : pathlib.Path
        `.lss`, as "Eksportér → Undersøgelsens struktur" gives it.
    name : str
        What to call it in messages.

    Returns
    -------
    Outline
        `code[part]` is `code_part`. Danish texts where there are several languages, else those of the survey's first.

    Raises
    ------
    FileError
        It is no such file, or was cut off.
    DataError
        Two columns would bear one name.
    """
    rows = _rows(path, name)
    outline = Outline(name)
    language = _language(rows)
    texts = _texts(rows, language)
    answers = _answers(rows, language)
    parts: dict[str, list[Row]] = {}
    for part in _unique([*rows["questions"], *rows["subquestions"]], "qid"):
        parts.setdefault(part.get("parent_qid", "0") or "0", []).append(part)
    unread: list[str] = []
    groups = {row["gid"]: _place(row, "group_order") for row in rows["groups"]}
    asked = sorted(parts.get("0", []), key=lambda row: (groups.get(row.get("gid", ""), 0), _place(row)))
    for question in asked:
        below = sorted(parts.get(question["qid"], []), key=_place)
        if not _add(outline, question, below, texts, answers.get(question["qid"], {})):
            unread.append(question["title"])
    if unread:
        action = "De er ikke læst. Er de vigtige, så skriv dem i spoergeskema.csv."
        outline.told(
            listing(unread), "spørgsmål af en slags, der kan læses (ikke rangordning og matricer af tal)", action
        )
    repeated = sorted({row for row in outline.variables if list(outline.structure["variableName"]).count(row) > 1})
    for variable in repeated:
        outline.wrong(variable, "et navn til hver kolonne", "Giv spørgsmålet en anden kode i LimeSurvey.")
    raise_serious(outline.faults)
    return outline


#: How to get a whole file.
_AGAIN: Final = "Hent strukturen igen i LimeSurvey: Vis/eksportér → Undersøgelsens struktur (.lss)."


def _rows(path: Path, name: str) -> dict[str, list[Row]]:
    from blupkit.core.reading.documents.package import parse_xml  # slow to import, and few studies have such a file

    root = parse_xml(read_bytes(path, name), name, _AGAIN)
    wanted = (
        "groups",
        "questions",
        "subquestions",
        "answers",
        "question_l10ns",
        "answer_l10ns",
        "surveys",
        "languages",
    )
    found = {section: _section(root, section) for section in wanted}
    if not found["questions"]:
        raise FileError(_refused(name, "ingen spørgsmål"))
    return found


def _refused(name: str, found: str) -> Any:  # noqa: ANN401 - one fault
    outline = Outline(name)
    outline.wrong(found, "en .lss-fil fra LimeSurvey", _AGAIN)
    return outline.faults


def _section(root: Any, section: str) -> list[Row]:  # noqa: ANN401 - lxml has no types
    return [{str(cell.tag): "".join(cell.itertext()) for cell in row} for row in root.findall(f"./{section}/rows/row")]


def _language(rows: dict[str, list[Row]]) -> str:
    known = {row.get("language", "") for section in ("questions", "question_l10ns") for row in rows[section]} - {""}
    if "da" in known:
        return "da"
    first = next((row.get("language", "") for row in rows["surveys"]), "")
    return first if first in known or not known else sorted(known)[0]


def _texts(rows: dict[str, list[Row]], language: str) -> dict[str, str]:
    """Give question → text in the language; older files hold it beside the question, newer ones by themselves."""
    texts: dict[str, str] = {}
    for row in (*rows["questions"], *rows["subquestions"], *rows["question_l10ns"]):
        if row.get("question") and (row["qid"] not in texts or row.get("language") == language):
            texts[row["qid"]] = seen_text(row["question"])
    return texts


def _answers(rows: dict[str, list[Row]], language: str) -> dict[str, dict[str, Answers]]:
    """Give question → scale → codes with their texts, in order; a code has one text in each language."""
    words: dict[str, str] = {}
    for row in rows["answer_l10ns"]:
        if row.get("answer") and (row.get("aid", "") not in words or row.get("language") == language):
            words[row.get("aid", "")] = row["answer"]
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in sorted(rows["answers"], key=lambda row: _place(row, "sortorder")):
        codes = found.setdefault(row.get("qid", ""), {}).setdefault(row.get("scale_id", "0") or "0", {})
        text = seen_text(words.get(row.get("aid", ""), row.get("answer", "")))
        if row["code"] not in codes or row.get("language") == language:
            codes[row["code"]] = text or row["code"]
    return {qid: {scale: list(codes.items()) for scale, codes in scales.items()} for qid, scales in found.items()}


def _unique(rows: Iterable[Row], key: str) -> list[Row]:
    return list({row[key]: row for row in reversed(list(rows))}.values())[::-1]


def _place(row: Row, order: str = "question_order") -> int:
    text = row.get(order, "0") or "0"
    return int(text) if text.lstrip("-").isdigit() else 0


def _add(outline: Outline, question: Row, parts: list[Row], texts: dict[str, str], answers: dict[str, Answers]) -> bool:
    """Add the columns of a question; False where its kind cannot be read."""
    kind, code = question.get("type", ""), question["title"]
    text, has_other = texts.get(question["qid"], code), question.get("other") == "Y"
    points = [(part["title"], texts.get(part["qid"], part["title"])) for part in parts]
    if kind in _NO_QUESTION:
        return True
    if kind in _SINGLE or kind in set(_FIXED) - _GRIDS:
        choices = _FIXED.get(kind) or answers.get("0", [])
        outline.single(code, text, [*choices, *([(_ELSE, OTHER)] if has_other else [])])
        if kind == "O":
            outline.written(f"{code}_comment", text)
    elif not points or not _add_parts(outline, kind, code, text, points, answers):
        if kind not in _WRITTEN:
            return False
        outline.written(code, text)
    if has_other:
        outline.written(f"{code}_other", f"{text} ({OTHER})")
    return True


def _add_parts(outline: Outline, kind: str, code: str, text: str, points: Answers, answers: dict[str, Answers]) -> bool:
    """Add a column for each part of a question; False where its kind has none, or none that can be read."""
    if kind in _GRID | _GRIDS:
        scales = sorted(answers.items()) if kind == TWO_SCALES else [("", _FIXED.get(kind) or answers.get("0", []))]
        for scale, choices in scales:
            ending = f"_{int(scale) + 1}" if scale else ""
            for point, words in points:
                outline.single(f"{code}_{point}{ending}", f"{text} - {words}", choices)
    elif kind in _SEVERAL:
        outline.several(code, text, points)
        for point, words in points if kind == COMMENTED else []:
            outline.written(f"{code}_{point}comment", f"{text} - {words}")
    elif kind in _WRITTEN_PARTS:
        for point, words in points:
            outline.written(f"{code}_{point}", f"{text} - {words}")
    else:
        return False
    return True
