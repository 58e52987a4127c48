"""The questionnaire as a study has it: read from its files, or derived from the export."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

from blupkit.core import (
    STUDY_FILE,
    DataError,
    Fault,
    Level,
    Study,
    cell_faults,
    check_columns,
    one_of,
    raise_serious,
    read_table,
)
from blupkit.core.tables import as_spelt
from blupkit.survey.reading.column_names import NUMBER
from blupkit.survey.reading.exports import STATUS, Export
from blupkit.survey.reading.origin.outlined import read_outline
from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire
from blupkit.survey.reading.scales.checking import ORDERED, scale_faults, turned, with_versions
from blupkit.survey.reading.scales.words import DONT_KNOW, meanings

#: The words of the files' own columns → what they are called in the code, and what a column holds, for the message when
#: it is missing.
COLUMNS: Final = {
    "emne": ("item", "spørgsmålets id"),
    "variabel": ("variable", "variablens navn i eksporten"),
    "type": ("kind", "spørgsmålets type"),
    "spoergsmaal": ("question", "spørgsmålets tekst"),
    "punkt": ("text", "punktets tekst"),
    "kort": ("label", "en kort tekst"),
    "grupper": ("groups", "de grupper, der er spurgt"),
    "skala": ("scale", "skalaens navn"),
    "dimension": ("dimension", "dimensionens id"),
    "om": ("about", "den gruppe, der vurderes"),
}
SCALE_COLUMNS: Final = {
    "skala": COLUMNS["skala"],
    "kode": ("code", "svarets kode"),
    "tekst": ("text", "svarets tekst"),
    "betydning": ("meaning", "svarets betydning"),
}
DIMENSION_COLUMNS: Final = {
    "dimension": COLUMNS["dimension"],
    "navn": ("name", "dimensionens navn"),
    "kort": COLUMNS["kort"],
}
Columns = Mapping[str, tuple[str, str]]
Answer = tuple[str, str, Meaning]  # code, text, meaning
_STRUCTURE: Final = ["questionName", "variableName", "questionType", "subType", "questionText", "choiceText"]
SEPARATOR: Final = re.compile(r"(?:^|\s+)- ")


def read_questionnaire(study: Study, export: Export) -> Questionnaire:
    """Read the questionnaire file, or derive it from the export where the study has none.

    From SurveyXact's structure and labels every variable becomes a choice question: multiple answers by their sub-type,
    grids by the stem that their variables share, and labels such as "ved ikke" as no answer. A plain table with two
    sheets suffixed `_v` and `_n` becomes pairs of importance and level, on the scale that spans the values present.

    Parameters
    ----------
    study : Study
        Its section `[spoergeskema]` names the files.
    export : Export
        What `read_export` returned.

    Returns
    -------
    Questionnaire
        Checked.

    Raises
    ------
    FileError
        A file is missing or lacks a column.
    DataError
        All that is wrong in the questionnaire's own files, at once; or there is nothing to derive it from.
    """
    files = study.survey_files
    if files.questionnaire is not None and not export.outlined:
        return _read_files(study)
    apart = {name for name in (files.respondent, files.municipality, files.group) if name}
    if not export.structure.empty:
        return structure_questionnaire(export, study.group_keys, apart)
    if {"_v", "_n"} <= set(files.sheets.values()):
        return pair_questionnaire(export, study.group_keys, apart)
    found = "intet spørgeskema, som kolonnerne kan læses efter"
    action = "Tilføj filen med spørgsmålene under [spoergeskema]."
    expected = 'spoergeskema = "…", filen struktur fra SurveyXact, eller to ark med endelserne »_v« og »_n«'
    raise DataError(Fault(STUDY_FILE, found, expected, action, column="spoergeskema"))


def questionnaire_as_sent(study: Study) -> Questionnaire | None:
    """Read the questionnaire as it goes out, before anybody has answered.

    Parameters
    ----------
    study : Study
        Its section `[spoergeskema]` names the tables.

    Returns
    -------
    Questionnaire or None
        None where the study has no table of questions of its own: it is then in the survey system alone.

    Raises
    ------
    FileError
        A file is missing or lacks a column.
    DataError
        All that is wrong in the files, at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(questionnaire_as_sent(example_study()).by_variable)
    9
    """
    name = study.survey.questionnaire if study.survey else None
    return _read_files(study) if name and read_outline(study.path(name), name) is None else None


def _read_files(study: Study) -> Questionnaire:
    files = study.survey_files
    name = files.questionnaire or ""
    table = _read_columns(study, name, COLUMNS)
    scales = with_versions(_read_columns(study, files.scales, SCALE_COLUMNS))
    dimensions = _read_columns(study, files.dimensions, DIMENSION_COLUMNS)
    # As with names, Excel's capital makes no other word of one.
    table["kind"] = table["kind"].str.casefold().replace("åben", Kind.OPEN)
    table["scale"] = as_spelt(table["scale"], scales["scale"])
    scales["meaning"] = scales["meaning"].str.casefold().str.replace(" ", "_")
    table["groups"] = [tuple(cell.replace(",", " ").split()) or study.group_keys for cell in table["groups"]]
    table["label"] = table["label"].where(table["label"] != "", table["text"])
    ordered = set(table.loc[table["kind"].isin(ORDERED), "scale"])
    faults = [
        *scale_faults(scales, files.scales or "", ordered),
        *_word_faults(table, name),
        *_reference_faults(table, name, study, scales, dimensions),
        *_repetition_faults(table, name),
        *_lone_faults(table, name),
    ]
    if all(fault.level != Level.SERIOUS or fault.file != files.scales for fault in faults):
        scales["code"] = scales["code"].str.replace(",", ".").astype(float)
        scales, run_faults = turned(scales, ordered, files.directions, files.scales or "")
        faults += run_faults
    raise_serious(faults)
    table, scales, dimensions = (each.reset_index(drop=True) for each in (table, scales, dimensions))
    return Questionnaire(table, scales, dimensions, tuple(faults))


def _read_columns(study: Study, name: str | None, columns: Columns) -> pd.DataFrame:
    if name is None:
        return pd.DataFrame(columns=_names(columns), dtype="str")
    table = read_table(study.path(name), name)
    check_columns(table, {column: holds for column, (_, holds) in columns.items()}, name)
    cells = {english: table[column].str.strip() for column, (english, _) in columns.items()}
    return pd.DataFrame(cells, index=table.index)


def _names(columns: Columns) -> list[str]:
    return [english for english, _ in columns.values()]


def _word_faults(table: pd.DataFrame, name: str) -> list[Fault]:
    faults = cell_faults(name, table["kind"][~table["kind"].isin(list(Kind))], one_of(Kind), "Ret typen.", "type")
    for column, head in (("item", "emne"), ("variable", "variabel")):
        empty = table[column][table[column] == ""]
        faults += cell_faults(name, empty, "et navn", "Udfyld cellen, eller slet rækken.", head)
    return faults


def _reference_faults(
    table: pd.DataFrame, name: str, study: Study, scales: pd.DataFrame, dimensions: pd.DataFrame
) -> list[Fault]:
    """List the names of something that there is not; a word may be missing, but not where a question has a scale."""
    scaled = ~table["kind"].isin([Kind.MULTIPLE, Kind.OPEN])
    groups = table["groups"].explode()
    faults: list[Fault] = []
    for cells, head, known in (
        (groups, "grupper", study.group_keys),
        (table["about"][table["about"] != ""], "om", study.group_keys),
        (table["scale"][scaled], "skala", dict.fromkeys(scales["scale"])),
        (table["dimension"][table["dimension"] != ""], "dimension", dimensions["dimension"].tolist()),
    ):
        expected = one_of(known) or "en skala, der findes"
        faults += cell_faults(name, cells[~cells.isin(list(known))], expected, "Ret navnet.", head)
    return sorted(faults, key=lambda fault: fault.row or 0)


def _repetition_faults(table: pd.DataFrame, name: str) -> list[Fault]:
    action = "Slet den ene række, eller del grupperne mellem dem."
    long = table.explode("groups")
    repeated = long[long.duplicated(["variable", "groups"])]["variable"].groupby(level=0).first()
    faults = cell_faults(name, repeated, "hver variabel kun én gang for hver gruppe", action, "variabel")
    first = table.drop_duplicates("variable").set_index("variable")
    for column, head in (("kind", "type"), ("scale", "skala"), ("item", "emne")):
        expected = table["variable"].map(first[column])
        faults += [
            Fault(name, found, f"{wanted} som i variablens første række", "Ret rækken.", row=int(str(row)), column=head)
            for (row, found), wanted in zip(table[column].items(), expected, strict=True)
            if found != wanted
        ]
    return faults


def _lone_faults(table: pd.DataFrame, name: str) -> list[Fault]:
    """Tell of what was rated as important or as a level, and not as both, in a questionnaire of pairs."""
    asked = {kind: table[table["kind"] == kind].drop_duplicates("item") for kind in (Kind.IMPORTANCE, Kind.LEVEL)}
    if any(rows.empty for rows in asked.values()):
        return []
    faults = []
    for kind, other in ((Kind.IMPORTANCE, Kind.LEVEL), (Kind.LEVEL, Kind.IMPORTANCE)):
        alone = asked[kind]["item"][~asked[kind]["item"].isin(asked[other]["item"])]
        expected = f"også {other.value} med samme emne"
        action = f"Uden {other.value} er der intet gab. Giv de to rækker om samme punkt samme emne."
        faults += cell_faults(name, alone, expected, action, "emne", Level.WARNING)
    return faults


def structure_questionnaire(export: Export, groups: tuple[str, ...], apart: set[str]) -> Questionnaire:
    """Make a questionnaire from the export's structure and labels.

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
    Questionnaire
        Without dimensions. The rows of a grid share a scale.
    """
    structure = export.structure
    known = ~structure["variableName"].isin(apart) & ~structure["variableName"].str.fullmatch(STATUS.pattern)
    structure = structure[known & (structure["variableName"] != "")].drop_duplicates("variableName")
    stems = _stems(structure.loc[structure["subType"] != "Multiple", "questionText"].tolist())
    labels = {str(name): part for name, part in export.labels.groupby("variable", sort=False)}
    rows: list[list[object]] = []
    scales: dict[tuple[Answer, ...], str] = {}
    for line in structure[_STRUCTURE].itertuples(index=False, name=None):
        item, name, question_type, sub_type, text, choice = line
        question, point = stems.get(text, (text, ""))
        kind, scale = Kind.OPEN, ""
        if sub_type == "Multiple":
            kind, point = Kind.MULTIPLE, choice
        elif question_type != "Open":
            answers = tuple(_answers(name, labels, export))
            kind = Kind.SINGLE if answers else Kind.OPEN
            scale = scales.setdefault(answers, name) if answers else ""
        item = item if kind == Kind.MULTIPLE else name
        rows.append([item, name, kind, question, point, point or question, groups, scale, "", ""])
    return _derived(rows, scales)


def pair_questionnaire(export: Export, groups: tuple[str, ...], apart: set[str]) -> Questionnaire:
    """Make a questionnaire from columns that come in pairs, `…_v` and `…_n`.

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
    Questionnaire
        With one scale that spans the whole numbers present, and without dimensions.
    """
    columns = [column for column in export.data.columns if column not in apart]
    items = [column[:-2] for column in columns if column.endswith("_v") and column[:-2] + "_n" in columns]
    rows: list[list[object]] = [
        [item, item + suffix, kind, "", item, item, groups, "skala", "", ""]
        for item in items
        for suffix, kind in (("_v", Kind.IMPORTANCE), ("_n", Kind.LEVEL))
    ]
    numbers = _whole_numbers(export.data[[str(row[1]) for row in rows]].melt()["value"]) if rows else []
    span = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
    return _derived(rows, {tuple((str(code), str(code), Meaning.ANSWER) for code in span): "skala"})


def _derived(rows: list[list[object]], scales: Mapping[tuple[Answer, ...], str]) -> Questionnaire:
    codes = [
        [name, float(code.replace(",", ".")), text, meaning]
        for answers, name in scales.items()
        for code, text, meaning in answers
    ]
    return Questionnaire(
        pd.DataFrame(rows, columns=_names(COLUMNS)),
        pd.DataFrame(codes, columns=_names(SCALE_COLUMNS)),
        pd.DataFrame(columns=_names(DIMENSION_COLUMNS), dtype="str"),
    )


def _answers(name: str, labels: dict[str, pd.DataFrame], export: Export) -> list[Answer]:
    pairs: list[tuple[str, str]] = []
    if name in labels:
        labelled = labels[name][["value", "label"]].itertuples(index=False, name=None)
        pairs = [(code, text) for code, text in labelled if NUMBER.fullmatch(code)]
    elif name in export.data:
        filled = export.data.loc[export.data[name].str.strip() != "", name]
        all_numbers = bool(filled.str.strip().str.fullmatch(r"-?\d+").all())
        pairs = [(str(number), str(number)) for number in _whole_numbers(filled)] if all_numbers else []
    said = meanings([text for _, text in pairs])
    declared = [(name, code) in export.missing for code, _ in pairs]
    return [
        (code, text, Meaning.UNDISCLOSED if no_answer and not DONT_KNOW.search(text) else meant)
        for (code, text), meant, no_answer in zip(pairs, said, declared, strict=True)
    ]


def _whole_numbers(cells: pd.Series) -> list[int]:
    stripped = cells.str.strip()
    return sorted({int(cell) for cell in stripped[stripped.str.fullmatch(r"-?\d+")]})


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
