"""From a file to the files of a study: read, proposed, written, so that the reading finds every column again."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.danish import long_date
from blupkit.core.sections import SurveyFiles, System
from blupkit.survey.proposing.guessing.known import key_of, known_of_export
from blupkit.survey.proposing.guessing.proposal import Proposal
from blupkit.survey.proposing.guessing.propose import propose
from blupkit.survey.proposing.guessing.wording import is_name
from blupkit.survey.proposing.questionnaires import read_known
from blupkit.survey.proposing.settings import study_toml
from blupkit.survey.proposing.source import Beside, Source, read_source
from blupkit.survey.proposing.written import invited_table, question_table, scale_table
from blupkit.survey.reading.column_names import name_columns
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.origin.expected import WORDED

_FOLDER: Final = "spoergeskema"
#: How REDCap calls a box, by names and by words.
_BOX: Final = re.compile(r"\w___\w|\(choice=.*\)$")
_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NO_DIMENSIONS: Final = (
    "\ufeff# Én række pr. dimension, som kompetencerne er samlet i."
    " Skriv dens id i kolonnen »dimension« i spørgeskemaet.\n"
    "dimension;navn;kort\n"
)


class Made(NamedTuple):
    """What was made: the proposal, and how the export was read.

    `export` is what reading the study gives, where that is known without reading it again; None where it is not.
    """

    proposal: Proposal
    files: SurveyFiles
    export: Export | None


def make_files(place: Path, export: Path, questionnaire: Path | None, title: str) -> Made:
    """Write a study's files into a folder.

    Parameters
    ----------
    place : pathlib.Path
        An empty folder.
    export : pathlib.Path
        The file of answers; it is copied.
    questionnaire : pathlib.Path or None
        What was asked, where another file says it.
    title : str
        What to call the study.

    Returns
    -------
    Made
        What is in the files.

    Raises
    ------
    FileError
        A file cannot be read, or holds no answers.
    """
    folder = place / _FOLDER
    folder.mkdir()
    name = _copied(export, folder)
    beside = _beside(export, questionnaire, folder)
    source = read_source(place, name, beside)
    read, files = source.export, source.files
    known = known_of_export(read.labels, read.structure, read.missing)
    if questionnaire is not None and not _is_structure(questionnaire):
        known = read_known(questionnaire, known)
    if files.format == System.REDCAP:
        known.ticks |= {key_of(head) for head in map(str, read.data.columns) if _BOX.search(head)}
    proposal = propose(read.data, known, source.separator, files.respondent or "")
    proposal.personal, proposal.again = list(read.dropped), source.again
    proposal.left = [*source.own, *proposal.left]
    _keep_readable(proposal, source)
    period = _period(read.data)
    (folder / "spoergeskema.xlsx").write_bytes(question_table(proposal))
    (folder / "skalaer.xlsx").write_bytes(scale_table(proposal))
    (folder / "dimensioner.csv").write_text(_NO_DIMENSIONS, encoding="utf-8")
    (place / "udsendelse.xlsx").write_bytes(invited_table(proposal))
    fetched = date.fromtimestamp(export.stat().st_mtime)
    (place / "study.toml").write_text(study_toml(proposal, files, title, period, fetched), encoding="utf-8")
    return Made(proposal, files, _as_read(read, proposal) if source.separator is None else None)


def _copied(path: Path, folder: Path) -> str:
    # The names of our own tables are taken.
    name = path.name if path.stem.casefold() not in {"spoergeskema", "skalaer", "dimensioner"} else f"svar_{path.name}"
    shutil.copyfile(path, folder / name)
    return f"{_FOLDER}/{name}"


def _is_structure(path: Path) -> bool:
    """Whether a questionnaire is SurveyXact's structure, which is read with the export."""
    return path.suffix.lower() == ".csv" and path.stem.casefold().startswith("structure")


def _beside(export: Path, questionnaire: Path | None, folder: Path) -> Beside:
    """Take along SurveyXact's other two files: those that are named, or lie beside a dataset."""
    near = questionnaire if questionnaire and _is_structure(questionnaire) else None
    if near is None and export.stem.casefold().startswith("dataset"):
        near = export.with_name(f"structure{export.stem[len('dataset') :]}{export.suffix}")
    if near is None or not near.is_file():
        return Beside()
    labels = next((path for path in near.parent.glob(f"[Ll]abels*{near.suffix}")), None)
    return Beside(_copied(labels, folder) if labels else "", _copied(near, folder))


def _keep_readable(proposal: Proposal, source: Source) -> None:
    """Say which column a variable has, wherever its name does not: then every text may be changed in Excel."""
    named = [name for name in (proposal.respondent, proposal.places.heading, proposal.groups.heading) if name]
    worded = pd.DataFrame(
        [[row.item, row.variable, row.kind, "", ""] for row in proposal.rows], columns=list(WORDED.values())
    )
    headings = [str(name) for name in source.export.data.columns]
    found = {} if source.separator is None else name_columns(headings, worded, named)
    for row in proposal.rows:
        if not is_name(row.heading) or found.get(row.heading, row.heading) != row.variable:
            row.column = row.heading


def _as_read(read: Export, proposal: Proposal) -> Export:
    """Give the export as the study reads it, where a column is only called by another name."""
    names = {row.column: row.variable for row in proposal.rows if row.column}
    return replace(read, data=read.data.rename(columns=names))


def _period(data: pd.DataFrame) -> str:
    """Say when the answers were given, where a column of the system's holds dates that cannot be read two ways."""
    for name in data.columns:
        if re.search(r"(?i)date|dato|time|tid|stamp", str(name)):
            days = [match.groups() for text in data[name].cat.categories if (match := _DATE.match(str(text)))]
            try:
                dates = sorted(date(*map(int, day)) for day in days)
            except ValueError:
                continue
            if dates and dates[0].year > 1990:
                first, last = long_date(dates[0]), long_date(dates[-1])
                return first if first == last else f"{first} - {last}"
    return ""
