"""The raw export of a survey system, read as it was sent: one table of text, its labels and its structure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, Study, cell_faults, check_columns, read_table
from blupkit.core.files import LEGIBLE, MOJIBAKE
from blupkit.core.reading.heading import seen
from blupkit.core.reading.sheets import answers_on
from blupkit.core.reading.workbook import ERRORS, Book
from blupkit.core.sections import SurveyFiles, System
from blupkit.survey.reading.origin.conventions import recognise
from blupkit.survey.reading.origin.expected import Asked, called_as_expected, expected_headings, read_asked, stripped
from blupkit.survey.reading.origin.headings import read_headed
from blupkit.survey.reading.origin.outlined import read_outline
from blupkit.survey.reading.origin.repeats import repeated_sheets
from blupkit.survey.reading.origin.sheets import check_heights, check_same_people, names_the_row
from blupkit.survey.reading.people.arrival import arrived
from blupkit.survey.reading.personal.leaving import without_persons
from blupkit.survey.reading.spss import Sav, read_sav
from blupkit.survey.reading.systems import unpack, without_own

LABEL_COLUMNS: Final = ["variable", "value", "label"]
STRUCTURE_COLUMNS: Final = {
    "questionName": "spørgsmålets navn",
    "variableName": "variablens navn",
    "questionType": "spørgsmålets type",
    "subType": "undertypen",
    "questionText": "spørgsmålets tekst",
    "choiceValue": "valgets kode",
    "choiceText": "valgets tekst",
}
WORKBOOK: Final = {".xlsx", ".xlsm"}
SPSS: Final = {".sav", ".zsav"}
_DATASET: Final = re.compile(r"dataset\s*(?:\((\d+)\))?", re.IGNORECASE)
#: SurveyXact's own columns for how far an answer came (and that for one that came to the end), and `else_column`'s.
STATUS: Final = re.compile(r"stato_\d+|.* \[»noget andet«\]")
FINISHED: Final = "stato_4"


@dataclass(frozen=True, eq=False)
class Export:
    """What the survey system sent, before anything in it is understood.

    Parameters
    ----------
    data : pandas.DataFrame
        Text only, one column a variable, as categories, since answers repeat; the index is the row that a spreadsheet
        shows.
    labels : pandas.DataFrame
        `variable`, `value`, `label`; empty when the export has none.
    structure : pandas.DataFrame
        The columns of SurveyXact's structure file; empty when the export has none.
    dropped : tuple of str
        Columns that tell who somebody is; they were left out on reading.
    name : str
        The data file as `study.toml` calls it, for messages.
    finished : pandas.Series or None
        Whether the survey system says that the respondent came to the end, by row; None when it says nothing.
    missing : frozenset of tuple of str
        Variable and code, where the export declares a code to be no answer.
    faults : tuple of Fault
        What was not understood on reading: "fejl" where no choice in a column is known, else "advarsel".
    arrived : pandas.Series or None
        When each row arrived, as `people.arrival` has it; None when the export does not say.
    outlined : bool
        Whether labels and structure are those of a questionnaire that another program made.
    """

    data: pd.DataFrame
    labels: pd.DataFrame
    structure: pd.DataFrame
    dropped: tuple[str, ...]
    name: str
    finished: pd.Series | None = None
    missing: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[Fault, ...] = ()
    arrived: pd.Series | None = None
    outlined: bool = False

    @cached_property
    def cells(self) -> dict[str, pd.Categorical]:
        """Column → its cells: to ask the table for each column, many times over, costs more than to read them."""
        return {str(name): column.array for name, column in self.data.items()}

    def warning(
        self,
        found: str,
        expected: str,
        action: str,
        row: int | None = None,
        column: str = "",
        respondent: str = "",
        *,
        quotes: bool = True,
    ) -> Fault:
        """Tell of something in the file that stops nothing."""
        return Fault(self.name, found, expected, action, row, column, respondent, level=Level.WARNING, quotes=quotes)


def read_export(study: Study, asked: Asked | None = None) -> Export:
    """Read the export that `study.toml` names, in the format it names, without touching an answer.

    What a system writes in its own way (joined choices, headings in words, "Y" for a tick) becomes one column a
    variable; see `systems` and `spss`. Columns that tell who somebody is (e-mail, name, IP address, telephone) are
    dropped here, so that nothing after this step can show them. Missing data: an empty cell stays an empty text.

    Parameters
    ----------
    study : Study
        Its section `[spoergeskema]` gives format and files.
    asked : Asked, optional
        Its questions, where they do not stand in the study's questionnaire.

    Returns
    -------
    Export
        Data, labels and structure.

    Raises
    ------
    FileError
        A file is missing, truncated, in a wrong encoding or of another format, or its sheets do not fit together.
    DataError
        The study has no survey, or its respondent id is a column that tells who somebody is.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_export(example_study()).data["k1_v"].tolist()[:3]
    ['5', '5', '4']
    """
    files, asked = study.survey_files, asked or read_asked(study)
    if _is_spss(files):
        files = files.model_copy(update={"format": System.SPSS})
        export = _read_spss(study, files)
    else:
        files, data = raw_table(study, asked)
        data = called_as_expected(data, study, asked)
        labels, structure = _read_labels(study, files), _read_structure(study, files)
        told = tuple(data.attrs.get("told", ()))
        export = Export(data, labels, structure, (), files.data, faults=told, arrived=arrived(data))
    outline = read_outline(study.path(files.questionnaire), files.questionnaire) if files.questionnaire else None
    worded = asked.worded
    if files.format not in (System.SURVEYXACT, System.SPSS):
        export = _unpacked(export, study, files, worded)
    if files.format == System.SPSS:
        kept = {*worded["variable"], files.respondent, files.municipality, files.group} - {None}
        found = without_own(export.data, {str(name) for name in kept}, files.data)
        there = export.structure["variableName"].isin(found.table.columns)
        export = replace(export, data=found.table, structure=export.structure[there])
        export = replace(export, finished=found.finished, faults=found.faults)
    if outline:
        export = replace(
            export,
            data=outline.with_numbers(export.data),
            labels=outline.labels,
            structure=outline.structure,
            faults=(*export.faults, *outline.faults),
            outlined=True,
        )
    if Path(files.data).suffix.lower() in WORKBOOK or _is_spss(files):
        _check_letters(export)
    if export.finished is None and FINISHED in export.data:
        export = replace(export, finished=export.data[FINISHED].str.strip() == "1")
    left = without_persons(export.data, export.labels, export.structure, worded, files)
    faults = (*export.faults, *left.faults)
    repeated = all(isinstance(dtype, pd.CategoricalDtype) for dtype in left.data.dtypes)
    data = left.data if repeated else left.data.astype("category")
    export = replace(export, data=data, structure=left.structure, dropped=left.dropped, faults=faults)
    return _tidied(export, files.respondent)


def _is_spss(files: SurveyFiles) -> bool:
    return files.format == System.SPSS or (files.format is None and Path(files.data).suffix.lower() in SPSS)


def _unpacked(export: Export, study: Study, files: SurveyFiles, worded: pd.DataFrame) -> Export:
    named = [column for column in (files.respondent, files.municipality, files.group) if column]
    system = files.format or System.TABLE
    data, finished, faults = unpack(export.data, system, worded, named, files.data)
    if system == System.KOBO and Path(files.data).suffix.lower() in WORKBOOK:
        missing, path = set(worded["variable"]) - set(data.columns), study.path(files.data)
        faults = (*faults, *repeated_sheets(path, files.data, Book(path, files.data).sheets, missing))
    return replace(export, data=data, finished=finished, faults=(*export.faults, *faults))


def _tidied(export: Export, respondent: str | None) -> Export:
    """Take signs that nobody sees out of the cells, and what Excel could not compute out of the respondents' ids."""
    data, faults = export.data, list(export.faults)
    for name in data.columns:
        texts = data[name].cat.categories.tolist()
        plainly = texts if "".join(texts).isascii() else list(map(seen, texts))
        if name == respondent and not ERRORS.isdisjoint(map(str.strip, texts)):
            faults += _told_errors(export, name)
            plainly = ["" if text.strip() in ERRORS else text for text in plainly]
        if plainly != texts:
            data = data.assign(**{name: data[name].map(dict(zip(texts, plainly, strict=True))).astype("category")})
    return replace(export, data=data, faults=tuple(faults))


def _told_errors(export: Export, column: str) -> list[Fault]:
    cells = export.data[column].astype("str").str.strip()
    action = "Besvarelsen er regnet med under sit rækkenummer."
    return [
        export.warning(f"fejlværdien {cell}", "besvarelsens id", action, int(str(row)), column, quotes=False)
        for row, cell in cells[cells.isin(ERRORS)].items()
    ]


def said_of_itself(sav: Sav) -> tuple[pd.DataFrame, pd.DataFrame, frozenset[tuple[str, str]]]:
    """Make labels and structure of what an SPSS file says; a variable without codes turns out to be an open one.

    Parameters
    ----------
    sav : Sav
        What `spss.read_sav` read.

    Returns
    -------
    tuple of pandas.DataFrame, pandas.DataFrame, and frozenset
        Labels, structure, and the codes that are declared missing, as `Export` has them.
    """
    labels = [(name, value, text) for name, texts in sav.labels.items() for value, text in texts.items()]
    structure = [[name, name, "Closed", "Single", text or name, "", ""] for name, text in sav.texts.items()]
    return (
        pd.DataFrame(labels, columns=LABEL_COLUMNS, dtype="str"),
        pd.DataFrame(structure, columns=list(STRUCTURE_COLUMNS), dtype="str"),
        sav.missing,
    )


def _read_spss(study: Study, files: SurveyFiles) -> Export:
    sav = read_sav(study.path(files.data), files.data)
    labels, structure, missing = said_of_itself(sav)
    return Export(sav.data, labels, structure, (), files.data, missing=missing, arrived=arrived(sav.data))


def _check_letters(export: Export) -> None:
    """Refuse cells such as "KÃ¸benhavn", as `core.read_text` does for a text file."""
    faults = [
        fault
        for name, cells in export.data.items()
        for fault in cell_faults(export.name, cells[cells.str.contains(MOJIBAKE)], *LEGIBLE, str(name))
    ]
    if faults:
        raise FileError(faults)


def raw_table(study: Study, asked: Asked | None = None) -> tuple[SurveyFiles, pd.DataFrame]:
    """Read every row and column of the export, and say which system it comes from where the study does not.

    Parameters
    ----------
    study : Study
        Its section `[spoergeskema]` gives format and files.
    asked : Asked, optional
        Its questions, where they have been read already.

    Returns
    -------
    tuple of SurveyFiles and pandas.DataFrame
        The section with its format, and the table as it was sent, by the row that a spreadsheet shows.

    Raises
    ------
    FileError
        As `read_export`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> files, table = raw_table(example_study())
    >>> files.format, table.index[0]
    (<System.TABLE: 'tabel'>, 2)
    """
    files = study.survey_files
    if _is_spss(files):  # a system may have written it, in its own way
        table = read_sav(study.path(files.data), files.data).data
        return files.model_copy(update={"format": recognise(map(str, table.columns))}), table
    path, known = study.path(files.data), expected_headings(study, asked or read_asked(study))
    if path.suffix.lower() in WORKBOOK:
        if files.sheets:
            return files, _suffixed_sheets(path, files)
        if files.format == System.SURVEYXACT or (files.format is None and _is_split(path, files.data)):
            return files.model_copy(update={"format": System.SURVEYXACT}), _numbered_sheets(path, files)
    if files.format == System.SURVEYXACT:
        return files, read_table(path, files.data, complete=True, repeated=True, known=known)
    sheets = Book(path, files.data).sheets if path.suffix.lower() in WORKBOOK else ()
    table = read_headed(path, files.data, known, sheets)
    described = files.labels is not None or files.structure is not None
    system = System.SURVEYXACT if described else recognise(str(column) for column in table.columns)
    return files if files.format else files.model_copy(update={"format": system}), table


def _is_split(path: Path, name: str) -> bool:
    return any(_DATASET.fullmatch(sheet.strip()) for sheet in Book(path, name).sheets)


def data_sheets(study: Study) -> list[str]:
    """Name the sheets of a workbook that hold answers.

    Parameters
    ----------
    study : Study
        Its export is a workbook.
    """
    files = study.survey_files
    book = Book(study.path(files.data), files.data)
    numbered = [name for name in book.sheets if _DATASET.fullmatch(name.strip())]
    return list(files.sheets) or numbered or [answers_on(book, expected_headings(study, read_asked(study))).name]


def _numbered_sheets(path: Path, files: SurveyFiles) -> pd.DataFrame:
    """Put `Dataset(1)`, `Dataset(2)` … side by side; SurveyXact splits a wide survey that way."""
    found = {name: _DATASET.fullmatch(name.strip()) for name in Book(path, files.data).sheets}
    numbers = {name: int(match[1] or 0) for name, match in found.items() if match}
    if not numbers:
        action = "Hent eksporten igen som Excel med arkene Dataset, Labels og Structure."
        raise FileError(Fault(files.data, ", ".join(found), "et ark med navnet »Dataset«", action))
    in_order = sorted(numbers, key=numbers.__getitem__)
    tables = {sheet: read_table(path, files.data, sheet=sheet, repeated=True, known={}) for sheet in in_order}
    check_heights(tables, files.data)
    whole = pd.concat(tables.values(), axis=1)
    return whole.loc[:, ~whole.columns.duplicated()]


def _suffixed_sheets(path: Path, files: SurveyFiles) -> pd.DataFrame:
    """Put the sheets of `ark` side by side, each with its suffix; what names the row is taken once."""
    tables = {sheet: read_table(path, files.data, sheet=sheet, repeated=True, known={}) for sheet in files.sheets}
    check_heights(tables, files.data)
    first = next(iter(tables.values()))
    named = {files.respondent, files.municipality, files.group}
    shared = [
        column
        for column in first.columns
        if all(column in table for table in tables.values()) and (column in named or names_the_row(column, tables))
    ]
    check_same_people(shared, tables, files.data)
    parts = [first[shared]]
    for sheet, suffix in files.sheets.items():
        parts.append(tables[sheet].drop(columns=shared).add_suffix(suffix).set_axis(first.index))
    return pd.concat(parts, axis=1)


def _read_labels(study: Study, files: SurveyFiles) -> pd.DataFrame:
    table = _side_table(study, files, files.labels, "Labels", LABEL_COLUMNS)
    if len(table.columns) < len(LABEL_COLUMNS):
        action = "Hent etiketfilen igen fra SurveyXact."
        found, expected = f"{len(table.columns)} kolonner", "tre kolonner: variabel, kode og tekst"
        raise FileError(Fault(files.labels or files.data, found, expected, action))
    table = table.iloc[:, :3].set_axis(LABEL_COLUMNS, axis=1)
    headed = table["variable"].str.casefold().isin({"variable", "variablename", "variabel"})
    return stripped(table[~headed])


def _read_structure(study: Study, files: SurveyFiles) -> pd.DataFrame:
    table = _side_table(study, files, files.structure, "Structure", list(STRUCTURE_COLUMNS))
    check_columns(table, STRUCTURE_COLUMNS, files.structure or files.data)
    return stripped(table)


def _side_table(study: Study, files: SurveyFiles, name: str | None, sheet: str, columns: list[str]) -> pd.DataFrame:
    """Read labels or structure from their own file, or their sheet of the export's workbook; empty where neither is."""
    header = columns != LABEL_COLUMNS  # that of labels has no heading that can be relied on
    if name is not None:
        return read_table(study.path(name), name, header=header)
    path = study.path(files.data)
    if files.format == System.SURVEYXACT and path.suffix.lower() in WORKBOOK:
        sheets = {found.strip().casefold(): found for found in Book(path, files.data).sheets}
        if sheet.casefold() in sheets:
            return read_table(path, files.data, header=header, sheet=sheets[sheet.casefold()])
    return pd.DataFrame(columns=columns, dtype="str")
