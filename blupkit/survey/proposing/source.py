"""The export that a study is made from: recognised by its headings, and read as a study's own is."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.files import refuse
from blupkit.core.reading.delimited import read_delimited
from blupkit.core.reading.heading import LOOKED_AT, find_heading
from blupkit.core.reading.workbook import WORKBOOKS, Book
from blupkit.core.sections import SurveyFiles, System
from blupkit.core.study import Study
from blupkit.survey.reading.column_names import emptied, is_blank, plain
from blupkit.survey.reading.exports import Export, raw_table, read_export
from blupkit.survey.reading.origin.conventions import CODE_AND_TEXT, CONVENTIONS, recognise
from blupkit.survey.reading.origin.rows import answered_again

_SAV: Final = frozenset({".sav", ".zsav"})
#: What no column is called: a number, a date, a time.
_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b.*")
#: Sheets that share so many of their headings hold the same kind of rows; a few say nothing.
_ALIKE, _FEW = 0.8, 3
#: The column that names each answer, in the systems that always write one.
IDS: Final = ("id", "_id", "ID", "Respondent ID", "RespondentID", "respondent_id", "ResponseId", "ResponseID",
              "_recordId", "record_id", "Response ID", "Submission ID")  # fmt: skip


class Beside(NamedTuple):
    """SurveyXact's two other files, by their names in the study; "" where there is none."""

    labels: str = ""
    structure: str = ""


NOTHING: Final = Beside()


def recognised(path: Path, beside: Beside = NOTHING) -> tuple[System, dict[str, str], list[str]]:
    r"""Tell which system wrote a file, from its headings.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    beside : Beside
        A structure beside the file means SurveyXact.

    Returns
    -------
    tuple of System, dict of str to str, and list of str
        The system, `TABLE` where it is none that writes columns of its own; the sheets that stand side by side, with
        what they add to their columns' names; and the headings of the first, where they can be seen without reading it.

    Raises
    ------
    FileError
        It cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "svar.csv"
    >>> _ = path.write_text("id;submitdate;lastpage\n1;2027-01-01;5\n", encoding="utf-8")
    >>> recognised(path)
    (<System.LIMESURVEY: 'limesurvey'>, {}, ['id', 'submitdate', 'lastpage'])
    """
    if path.suffix.lower() in _SAV:
        return System.SPSS, {}, []
    sheets = _headings(path)
    names = {name.strip().casefold() for name in sheets}
    if beside.structure or (names & {"structure", "labels"} and any(name.startswith("dataset") for name in names)):
        return System.SURVEYXACT, {}, []
    pair = _pair_of_sheets(sheets)
    if not pair:
        _check_one_sheet(path, sheets)
    heads = next(iter(sheets.values()), [])
    return recognise(heads), pair, heads


def _headings(path: Path) -> dict[str, list[str]]:
    """Give the headings of each sheet, below titles and what tells the separator; a text has one sheet, called ""."""
    if path.suffix.lower() not in WORKBOOKS:
        rows = (cells for _, cells in read_delimited(path, path.name, {}).rows())
        return {"": next((cells for cells in rows if any(map(str.strip, cells))), [])}
    book = Book(path, path.name)
    beginnings = {sheet: book.beginning(sheet, LOOKED_AT) for sheet in book.sheets}
    return {sheet: rows[find_heading(rows, ())] if rows else [] for sheet, rows in beginnings.items()}


def _pair_of_sheets(sheets: dict[str, list[str]]) -> dict[str, str]:
    """Take two sheets with the same headings as importance and level, when their names say so."""
    first = {name: heads for name, heads in sheets.items() if any(heads)}
    ends = {name: "_v" if re.search(r"(?i)vigtig|importan", name) else "_n" for name in first}
    same = len(first) == 2 and len({tuple(heads) for heads in first.values()}) == 1
    return ends if same and len(set(ends.values())) == 2 else {}


class Source(NamedTuple):
    """An export that was read without a questionnaire.

    Parameters
    ----------
    export : Export
        What was read.
    files : SurveyFiles
        The settings with which it was.
    own : list of str
        The columns that the reading took for the system's own.
    again : list of str
        Those in which a respondent has several answers; they are not in the export.
    separator : str or None
        As `make_blocks` takes it.
    """

    export: Export
    files: SurveyFiles
    own: list[str]
    again: list[str]
    separator: str | None


def _check_one_sheet(path: Path, sheets: dict[str, list[str]]) -> None:
    """Refuse a workbook with the same headings on several sheets: who stands on the others would be lost."""
    widest = max(sheets.values(), key=len, default=[])
    alike = [
        name
        for name, heads in sheets.items()
        if len(set(heads) & set(widest)) >= _ALIKE * len(set(widest)) and len(widest) > _FEW
    ]
    if len(alike) > 1:
        found = "svar på flere ark: " + " og ".join(f"»{name}«" for name in alike)
        action = "Gem det ark, der skal bruges, som en fil for sig, eller saml svarene på ét ark."
        refuse(path.name, found, "ét ark med svar", action, quotes=False)


def read_source(folder: Path, name: str, beside: Beside = NOTHING) -> Source:
    """Read the export as it lies in a study's folder, without a questionnaire.

    Parameters
    ----------
    folder : pathlib.Path
        The study's folder.
    name : str
        The file, relative to it.
    beside : Beside
        SurveyXact's other files.

    Returns
    -------
    Source
        What was read.

    Raises
    ------
    FileError
        It cannot be read, or holds no answers.
    """
    system, sheets, heads = recognised(folder / name, beside)
    filled = [head.strip() for head in heads if head.strip()]
    if 3 * sum(bool(_NUMBER.fullmatch(head)) for head in filled) > len(filled):
        found, action = (
            "en første række, der ligner svar",
            "Hent eksporten igen med overskrifter, eller skriv dem øverst.",
        )
        refuse(name.split("/")[-1], found, "et navn til hver kolonne", action, row=1, quotes=False)
    # REDCap's first column is the record, whatever a project calls it.
    first = filled[0] if system == System.REDCAP else None
    files = SurveyFiles(
        format=system, data=name, labels=beside.labels or None, structure=beside.structure or None, sheets=sheets,
        respondent=None if system == System.TABLE else _id_among(heads) or first,
    )  # fmt: skip
    study = Study(folder=folder, name="ny", organisation="ny", period="ny", data_date=date(2000, 1, 1), survey=files)
    export = read_export(study)
    if export.data.empty or not len(export.data.columns):
        found = "overskrifter, men ingen svar" if len(export.data.columns) else "ingen kolonner med svar"
        refuse(name, found, "mindst én række med svar", "Hent eksporten igen, når der er svar i den.", quotes=False)
    there = [*map(str, export.data.columns), *export.dropped]
    own = [head.strip() for head in heads if not sheets and not _is_among(head.strip(), there)]
    again = answered_again(raw_table(study)[1], system) if system == System.REDCAP else []
    again = [head for head in again if head in export.data]
    convention = CONVENTIONS.get(files.format or System.TABLE)
    bare = replace(export, data=_without_blanks(export.data.drop(columns=again)))
    return Source(bare, files, own, again, convention.separator if convention else None)


def _without_blanks(data: pd.DataFrame) -> pd.DataFrame:
    """Empty the cells in which a program wrote that nothing is there; "N/A" may be one of the answers."""
    fresh = {}
    for name, column in data.items():
        if blank := [cell for cell in column.cat.categories if is_blank(cell) and plain(cell) != "n/a"]:
            fresh[str(name)] = emptied(column, blank)
    return data.assign(**fresh)


def _id_among(heads: list[str]) -> str | None:
    codes = [match[1] if (match := CODE_AND_TEXT.fullmatch(head.strip())) else head.strip() for head in heads]
    return next((code for code in codes if code in IDS), None)


def _is_among(head: str, there: list[str]) -> bool:
    """Whether a heading is one of those that were read, which may have its code alone, or the next row's words too."""
    code = CODE_AND_TEXT.fullmatch(head)
    joined = (f"{head} [", f"{head} - ", f"{head}. ", f"{head}: ")
    return not head or any(name == head or name.startswith(joined) or (code and code[1] == name) for name in there)
