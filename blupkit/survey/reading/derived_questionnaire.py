"""A questionnaire made from what the export itself says, for a study that has not written one."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import pandas as pd

from blupkit.survey.reading.exports import STATUS, Export
from blupkit.survey.reading.questionnaire import Kind, Meaning

Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
Answer = tuple[str, str, Meaning]  # code, text, meaning
VARIABLE_COLUMNS: Final = [
    "item",
    "variable",
    "kind",
    "question",
    "text",
    "label",
    "groups",
    "scale",
    "dimension",
    "about",
]
#: Danish, Norwegian, Swedish and English labels that say that somebody could not answer, or would not.
DONT_KNOW: Final = re.compile(r"\b(ved|vet) (ikke|inte|ej)\b|\bdo(n.?t| not) know\b", re.IGNORECASE)
UNDISCLOSED: Final = re.compile(r"(jeg )?(ønsker|vil) ikke\b|(ikke|u)\s?oplyst\b|prefer not\b", re.IGNORECASE)
_STRUCTURE: Final = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceText"]
SEPARATOR: Final = re.compile(r"(?:^|\s+)- ")


def structure_questionnaire(export: Export, groups: tuple[str, ...], apart: set[str]) -> Tables:
    """Make the questionnaire's three tables from the export's structure and labels.

    Parameters
    ----------
    export : Export
        With structure; a closed question without labels gets the numbers that are present as its scale.
    groups : tuple of str
        The groups, all of which are taken to have been asked everything.
    apart : set of str
        Variables that are no questions: respondent id, municipality, group.

    Returns
    -------
    tuple of pandas.DataFrame
        Variables, scales and (no) dimensions.
    """
    structure = export.structure
    known = ~structure["variableName"].isin(apart) & ~structure["variableName"].str.fullmatch(STATUS.pattern)
    structure = structure[known & (structure["variableName"] != "")].drop_duplicates("variableName")
    stems = _stems(structure.loc[structure["subType"] != "Multiple", "questionText"].tolist())
    labels = {str(name): part for name, part in export.labels.groupby("variable", sort=False)}
    rows, scales = [], _Scales()
    for line in structure[_STRUCTURE].itertuples(index=False, name=None):
        item, name, question_type, sub_type, text, choice = line
        question, point = stems.get(text, (text, ""))
        kind, scale = Kind.OPEN, ""
        if sub_type == "Multiple":
            kind, point = Kind.MULTIPLE, choice
        elif question_type != "Open":
            scale = scales.add(name, _answers(name, labels, export))
            kind = Kind.SINGLE if scale else Kind.OPEN
        item = item if kind == Kind.MULTIPLE else name
        rows.append([item, name, kind, question, point, point or question, groups, scale, "", ""])
    return pd.DataFrame(rows, columns=VARIABLE_COLUMNS), scales.table(), _no_dimensions()


def pair_questionnaire(export: Export, groups: tuple[str, ...], apart: set[str]) -> Tables:
    """Make the questionnaire's three tables from columns that come in pairs, `…_v` and `…_n`.

    Parameters
    ----------
    export : Export
        A plain table.
    groups : tuple of str
        The groups, all of which are taken to have been asked everything.
    apart : set of str
        Columns that are no questions.

    Returns
    -------
    tuple of pandas.DataFrame
        Variables, one scale that spans the whole numbers present, and (no) dimensions.
    """
    columns = [column for column in export.data.columns if column not in apart]
    items = [column[:-2] for column in columns if column.endswith("_v") and column[:-2] + "_n" in columns]
    rows = [
        [item, item + suffix, kind, "", item, item, groups, "skala", "", ""]
        for item in items
        for suffix, kind in (("_v", Kind.IMPORTANCE), ("_n", Kind.LEVEL))
    ]
    variables = pd.DataFrame(rows, columns=VARIABLE_COLUMNS)
    numbers = _whole_numbers(export.data[variables["variable"].tolist()].melt()["value"]) if items else []
    span = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    scales = _Scales()
    scales.add("skala", [(str(code), str(code), Meaning.ANSWER) for code in span])
    return variables, scales.table(), _no_dimensions()


class _Scales:
    """Scales by what they say, so that the rows of a grid share one."""

    def __init__(self) -> None:
        self._names: dict[tuple[Answer, ...], str] = {}

    def add(self, name: str, answers: list[Answer]) -> str:
        return self._names.setdefault(tuple(answers), name) if answers else ""

    def table(self) -> pd.DataFrame:
        rows = [
            [name, float(code.replace(",", ".")), text, meaning]
            for answers, name in self._names.items()
            for code, text, meaning in answers
        ]
        return pd.DataFrame(rows, columns=["scale", "code", "text", "meaning"])


def _answers(name: str, labels: dict[str, pd.DataFrame], export: Export) -> list[Answer]:
    pairs: list[tuple[str, str]] = []
    if name in labels:
        labelled = labels[name][["value", "label"]].itertuples(index=False, name=None)
        pairs = [(code, text) for code, text in labelled if re.fullmatch(r"-?\d+([.,]\d+)?", code)]
    elif name in export.data:
        filled = export.data.loc[export.data[name].str.strip() != "", name]
        all_numbers = bool(filled.str.strip().str.fullmatch(r"-?\d+").all())
        pairs = [(str(number), str(number)) for number in _whole_numbers(filled)] if all_numbers else []
    return [(code, text, _meaning(text, declared=(name, code) in export.missing)) for code, text in pairs]


def _whole_numbers(cells: pd.Series) -> list[int]:
    stripped = cells.str.strip()
    return sorted({int(cell) for cell in stripped[stripped.str.fullmatch(r"-?\d+")]})


def _meaning(text: str, *, declared: bool) -> Meaning:
    """Say what a code means; one that the export declares missing is no answer, whatever its label says."""
    if DONT_KNOW.search(text):
        return Meaning.DONT_KNOW
    return Meaning.UNDISCLOSED if declared or UNDISCLOSED.match(text) else Meaning.ANSWER


def _stems(texts: list[str]) -> dict[str, tuple[str, str]]:
    """Split "stem - item" at the separator before which most other texts read the same.

    A dash may stand in the stem and in the item as well, so what decides is how many variables share what is before it;
    of stems that are shared equally often, the longest.
    """
    cuts = {text: [match.span() for match in SEPARATOR.finditer(text)] for text in texts}
    shared = Counter(text[:start] for text in texts for start, _ in cuts[text])
    split = {}
    for text in texts:
        candidates = [(shared[text[:start]], start, end) for start, end in cuts[text] if shared[text[:start]] > 1]
        if candidates:
            _, start, end = max(candidates)
            split[text] = (text[:start].strip(), text[end:].strip())
    return split


def _no_dimensions() -> pd.DataFrame:
    return pd.DataFrame(columns=["dimension", "name", "label"], dtype="str")
