"""The questionnaire as a study has it: read from its files, or derived from the export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Study, cell_faults, check_columns, one_of, read_table
from blupkit.survey.reading.derived_questionnaire import pair_questionnaire, structure_questionnaire
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire

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
    if files.questionnaire is not None:
        return _read_files(study)
    apart = {name for name in (files.respondent, files.municipality, files.group) if name}
    if not export.structure.empty:
        return Questionnaire(*structure_questionnaire(export, study.group_keys, apart))
    if {"_v", "_n"} <= set(files.sheets.values()):
        return Questionnaire(*pair_questionnaire(export, study.group_keys, apart))
    found, action = (
        "intet spørgeskema, som kolonnerne kan læses efter",
        "Tilføj filen med spørgsmålene under [spoergeskema].",
    )
    expected = 'spoergeskema = "…", filen struktur fra SurveyXact, eller to ark med endelserne »_v« og »_n«'
    raise DataError(Fault(STUDY_FILE, found, expected, action, column="spoergeskema"))


def _read_files(study: Study) -> Questionnaire:
    files = study.survey_files
    name = files.questionnaire or ""
    table = _read_columns(study, name, COLUMNS)
    scales = _read_columns(study, files.scales, SCALE_COLUMNS)
    dimensions = _read_columns(study, files.dimensions, DIMENSION_COLUMNS)
    table["groups"] = [tuple(cell.replace(",", " ").split()) or study.group_keys for cell in table["groups"]]
    table["label"] = table["label"].where(table["label"] != "", table["text"])
    faults = [
        *_scale_faults(scales, files.scales or ""),
        *_word_faults(table, name),
        *_reference_faults(table, name, study, scales, dimensions),
        *_repetition_faults(table, name),
    ]
    if faults:
        raise DataError(faults)
    scales["code"] = scales["code"].str.replace(",", ".").astype(float)
    return Questionnaire(table.reset_index(drop=True), scales.reset_index(drop=True), dimensions.reset_index(drop=True))


def _read_columns(study: Study, name: str | None, columns: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    names = {column: english for column, (english, _) in columns.items()}
    if name is None:
        return pd.DataFrame(columns=list(names.values()), dtype="str")
    table = read_table(study.path(name), name)
    check_columns(table, {column: holds for column, (_, holds) in columns.items()}, name)
    return pd.DataFrame({english: table[column].str.strip() for column, english in names.items()}, index=table.index)


def _scale_faults(scales: pd.DataFrame, name: str) -> list[Fault]:
    code, meaning = scales["code"], scales["meaning"]
    no_number = code[~code.str.fullmatch(r"-?\d+([.,]\d+)?")]
    repeated = code[scales.duplicated(["scale", "code"])]
    unknown = meaning[~meaning.isin(list(Meaning))]
    return [
        *cell_faults(name, no_number, "et tal", "Skriv svarets kode, som den står i eksporten.", "kode"),
        *cell_faults(name, unknown, one_of(Meaning), "Ret ordet.", "betydning"),
        *cell_faults(name, repeated, "hver kode kun én gang i en skala", "Fjern den ene række.", "kode"),
    ]


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
    scaled = ~table["kind"].isin([kind for kind in Kind if not kind.has_scale])
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
