"""The raw export of a survey system, read as it was sent: one table of text, its labels and its structure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, FileError, Level, Study, cell_faults, check_columns, read_table
from blupkit.core.files import MOJIBAKE
from blupkit.core.sections import SurveyFiles, System
from blupkit.survey.reading.spss import read_sav
from blupkit.survey.reading.systems import CONVENTIONS, unpack

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
_DATASET: Final = re.compile(r"dataset\s*(?:\((\d+)\))?", re.IGNORECASE)
#: Columns that tell who somebody is, by a word in their name. They never get past the reading.
IDENTIFYING: Final = re.compile(
    r"(?<![^\W_])((e[\W_]?)?(mail|post)(adresse)?|(ip)?(address|adresse)|ip(addr)?"
    r"|(for|efter|fulde|mellem|bruger)?navn|(first|last|full|user)?name"
    r"|(telefon|tlf|mobil|phone|cpr)(nr|nummer|number)?"
    r"|token|refurl|deviceid|subscriberid|simserial|submitted_by|geolocation)(?![^\W_])",
    re.IGNORECASE,
)
#: SurveyXact's own columns for how far an answer came, and that for one that came to the end.
STATUS: Final = re.compile(r"stato_\d+")
FINISHED: Final = "stato_4"
#: The columns of the questionnaire's file that say what a heading may look like, and the one that says it outright.
HEADING: Final = "kolonne"
WORDED: Final = {"emne": "item", "variabel": "variable", "type": "kind", "spoergsmaal": "question", "punkt": "text"}


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
        What was not understood on reading; all are "advarsel".
    """

    data: pd.DataFrame
    labels: pd.DataFrame
    structure: pd.DataFrame
    dropped: tuple[str, ...]
    name: str
    finished: pd.Series | None = None
    missing: frozenset[tuple[str, str]] = frozenset()
    faults: tuple[Fault, ...] = ()

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


def read_export(study: Study) -> Export:
    """Read the export that `study.toml` names, in the format it names, without touching an answer.

    What a system writes in its own way (joined choices, headings in words, "Y" for a tick) becomes one column a
    variable; see `systems` and `spss`. Columns that tell who somebody is (e-mail, name, IP address, telephone) are
    dropped here, so that nothing after this step can show them. Missing data: an empty cell stays an empty text.

    Parameters
    ----------
    study : Study
        Its section `[spoergeskema]` gives format and files.

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
    files = study.survey_files
    if files.format == System.SPSS:
        export = _read_spss(study, files)
    elif files.format in CONVENTIONS:
        export = _read_system(study, files)
    else:
        data = _read_data(study, files)
        data.columns = [str(column) for column in data.columns]
        data = _with_own_headings(data, study, files)
        export = Export(data, _read_labels(study, files), _read_structure(study, files), (), files.data)
    if Path(files.data).suffix.lower() in WORKBOOK or files.format == System.SPSS:
        _check_letters(export)
    if export.finished is None and FINISHED in export.data:
        export = replace(export, finished=export.data[FINISHED].str.strip() == "1")
    return _without_identities(export, files)


def _read_system(study: Study, files: SurveyFiles) -> Export:
    named = [column for column in (files.respondent, files.municipality, files.group) if column]
    table, worded = _read_data(study, files).astype("str"), _read_worded(study, files)
    table = _with_own_headings(table, study, files)
    data, finished, faults = unpack(table, files.format, worded, named, files.data)
    labels, structure = _read_labels(study, files), _read_structure(study, files)
    return Export(data, labels, structure, (), files.data, finished=finished, faults=faults)


def _read_worded(study: Study, files: SurveyFiles) -> pd.DataFrame:
    """Read what the questionnaire's file calls its questions: one row a variable × wording, as `unpack` takes it.

    Only as far as a heading needs it: `read_questionnaire`, which needs the export first, says what is wrong with it.
    """
    if files.questionnaire is None:
        return pd.DataFrame(columns=list(WORDED.values()), dtype="str")
    table = read_table(study.path(files.questionnaire), files.questionnaire)
    return _stripped(table.reindex(columns=list(WORDED), fill_value="").rename(columns=WORDED))


def _with_own_headings(table: pd.DataFrame, study: Study, files: SurveyFiles) -> pd.DataFrame:
    """Call a column what the questionnaire's file calls it, where that names the heading: its texts may be changed."""
    if files.questionnaire is None:
        return table
    asked = read_table(study.path(files.questionnaire), files.questionnaire)
    if not {HEADING, "variabel", "emne"} <= set(asked.columns):
        return table
    asked = _stripped(asked[asked[HEADING].str.strip() != ""])
    # The choices that a system joins in one cell are several variables of one column, which then bears their item.
    several = asked.groupby(HEADING)["variabel"].transform("nunique") > 1
    names = dict(zip(asked[HEADING], asked["variabel"].mask(several, asked["emne"]), strict=True))
    return table.rename(columns={name: names[str(name).strip()] for name in table if str(name).strip() in names})


def _read_spss(study: Study, files: SurveyFiles) -> Export:
    """Make labels and structure of what the file says itself; a variable without codes turns out to be an open one."""
    sav = read_sav(study.path(files.data), files.data)
    labels = [(name, value, text) for name, texts in sav.labels.items() for value, text in texts.items()]
    structure = [[name, name, "Closed", "Single", text or name, "", ""] for name, text in sav.texts.items()]
    return Export(
        sav.data,
        pd.DataFrame(labels, columns=LABEL_COLUMNS, dtype="str"),
        pd.DataFrame(structure, columns=list(STRUCTURE_COLUMNS), dtype="str"),
        (),
        files.data,
        missing=sav.missing,
    )


def _check_letters(export: Export) -> None:
    """Refuse cells such as "KÃ¸benhavn", as `core.read_text` does for a text file."""
    action = "Filen er gemt i en forkert tegnkodning. Hent den igen, og gem den som UTF-8."
    expected = "læsbare danske bogstaver (æ, ø, å)"
    faults = [
        fault
        for name, cells in export.data.items()
        for fault in cell_faults(export.name, cells[cells.str.contains(MOJIBAKE)], expected, action, str(name))
    ]
    if faults:
        raise FileError(faults)


def _without_identities(export: Export, files: SurveyFiles) -> Export:
    dropped = tuple(
        column
        for column in export.data.columns
        if IDENTIFYING.search(column) and column not in {files.municipality, files.group}
    )
    if files.respondent in dropped:
        expected = "en kolonne, der ikke fortæller, hvem der har svaret"
        action = "Vælg en anden kolonne som besvarelse_id, eller fjern indstillingen."
        raise DataError(Fault(STUDY_FILE, str(files.respondent), expected, action, column="besvarelse_id"))
    return replace(export, data=export.data.drop(columns=list(dropped)).astype("category"), dropped=dropped)


def _read_data(study: Study, files: SurveyFiles) -> pd.DataFrame:
    path = study.path(files.data)
    if path.suffix.lower() not in WORKBOOK:
        return read_table(path, files.data, complete=True, repeated=True)
    if files.sheets:
        return _suffixed_sheets(path, files)
    if files.format != System.SURVEYXACT:
        return read_table(path, files.data)
    return _numbered_sheets(path, files)


def data_sheets(study: Study) -> list[str]:
    """Name the sheets of a workbook that hold answers; none for the first one alone.

    Parameters
    ----------
    study : Study
        Its export is a workbook.
    """
    files = study.survey_files
    names = _sheet_names(study.path(files.data), files.data)
    return list(files.sheets) or [name for name in names if _DATASET.fullmatch(name.strip())]


def _sheet_names(path: Path, name: str) -> list[str]:
    from openpyxl import load_workbook  # slow to import, and most exports are text

    read_table(path, name)  # says in Danish what is wrong with a file that is missing or damaged
    return list(load_workbook(path, read_only=True).sheetnames)


def _numbered_sheets(path: Path, files: SurveyFiles) -> pd.DataFrame:
    """Put `Dataset(1)`, `Dataset(2)` … side by side; SurveyXact splits a wide survey that way."""
    found = {name: _DATASET.fullmatch(name.strip()) for name in _sheet_names(path, files.data)}
    numbers = {name: int(match[1] or 0) for name, match in found.items() if match}
    if not numbers:
        action = "Hent eksporten igen som Excel med arkene Dataset, Labels og Structure."
        raise FileError(Fault(files.data, ", ".join(found), "et ark med navnet »Dataset«", action))
    tables = {sheet: read_table(path, files.data, sheet=sheet) for sheet in sorted(numbers, key=numbers.__getitem__)}
    _check_heights(tables, files.data)
    whole = pd.concat(tables.values(), axis=1)
    return whole.loc[:, ~whole.columns.duplicated()]


def _suffixed_sheets(path: Path, files: SurveyFiles) -> pd.DataFrame:
    """Put the sheets of `ark` side by side, each with its suffix; what names the row is taken once."""
    tables = {sheet: read_table(path, files.data, sheet=sheet) for sheet in files.sheets}
    _check_heights(tables, files.data)
    first = next(iter(tables.values()))
    named = {files.respondent, files.municipality, files.group}
    shared = [
        column
        for column in first.columns
        if all(column in table for table in tables.values()) and (column in named or _names_the_row(column, tables))
    ]
    _check_same_people(shared, tables, files.data)
    parts = [first[shared]]
    for sheet, suffix in files.sheets.items():
        parts.append(tables[sheet].drop(columns=shared).add_suffix(suffix).set_axis(first.index))
    return pd.concat(parts, axis=1)


def _names_the_row(column: str, tables: dict[str, pd.DataFrame]) -> bool:
    columns = [table[column].tolist() for table in tables.values()]
    unique = len(set(columns[0])) == len(columns[0]) > 1
    return unique and all(values == columns[0] for values in columns)


def _check_heights(tables: dict[str, pd.DataFrame], name: str) -> None:
    heights = {sheet: len(table) for sheet, table in tables.items()}
    if len(set(heights.values())) > 1:
        found = ", ".join(f"{height} rækker i arket »{sheet}«" for sheet, height in heights.items())
        action = "Rækkerne hører sammen efter placering. Ret arkene, så hver deltager har én række i dem alle."
        raise FileError(Fault(name, found, "lige mange rækker i alle ark", action, quotes=False))


def _check_same_people(shared: list[str], tables: dict[str, pd.DataFrame], name: str) -> None:
    (_, first), *others = tables.items()
    action = "Sortér arkene ens, så hver deltager står i samme række."
    faults = [
        Fault(name, f"{there} i arket »{sheet}«", f"»{here}« som i det første ark", action, row=int(row), column=column)
        for column in shared
        for sheet, table in others
        for row, here, there in zip(first.index, first[column], table[column], strict=True)
        if here != there
    ]
    if faults:
        raise FileError(faults)


def _read_labels(study: Study, files: SurveyFiles) -> pd.DataFrame:
    table = _side_table(study, files, files.labels, "Labels", LABEL_COLUMNS)
    if len(table.columns) < len(LABEL_COLUMNS):
        action = "Hent etiketfilen igen fra SurveyXact."
        found, expected = f"{len(table.columns)} kolonner", "tre kolonner: variabel, kode og tekst"
        raise FileError(Fault(files.labels or files.data, found, expected, action))
    table = table.iloc[:, :3].set_axis(LABEL_COLUMNS, axis=1)
    headed = table["variable"].str.casefold().isin({"variable", "variablename", "variabel"})
    return _stripped(table[~headed])


def _read_structure(study: Study, files: SurveyFiles) -> pd.DataFrame:
    table = _side_table(study, files, files.structure, "Structure", list(STRUCTURE_COLUMNS))
    check_columns(table, STRUCTURE_COLUMNS, files.structure or files.data)
    return _stripped(table)


def _side_table(study: Study, files: SurveyFiles, name: str | None, sheet: str, columns: list[str]) -> pd.DataFrame:
    """Read labels or structure from their own file, or their sheet of the export's workbook; empty where neither is."""
    header = columns != LABEL_COLUMNS  # that of labels has no heading that can be relied on
    if name is not None:
        return read_table(study.path(name), name, header=header)
    path = study.path(files.data)
    if files.format == System.SURVEYXACT and path.suffix.lower() in WORKBOOK:
        sheets = {found.strip().casefold(): found for found in _sheet_names(path, files.data)}
        if sheet.casefold() in sheets:
            return read_table(path, files.data, header=header, sheet=sheets[sheet.casefold()])
    return pd.DataFrame(columns=columns, dtype="str")


def _stripped(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({column: table[column].str.strip() for column in table.columns}, index=table.index)
