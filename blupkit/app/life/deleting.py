"""Deleting whole materials that are past their date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from blupkit import survey
from blupkit.app.life.materials import ACTIVITIES, INTERVIEW, SURVEY, Holding, holdings
from blupkit.app.life.trial import check_faults, tried
from blupkit.app.life.withdrawing import Around, FaultsOf, Plan, plan_of
from blupkit.core import STUDY_FILE
from blupkit.core.reading.changed import changed_by_column

if TYPE_CHECKING:
    from pathlib import Path

    from blupkit.core import Study
    from blupkit.core.outputs import Outputs

_SECTION: Final = re.compile(r"\s*\[+\s*([\w-]+)")
#: The setting in `[interview]` that names the codings of the survey's open answers.
_ANSWERS: Final = re.compile(r"\s*kodninger_aabne\s*=")


def plan_overdue(study: Study, outputs: Outputs, today: date, faults_of: FaultsOf, around: Around = ()) -> Plan | None:
    """Plan how the materials that are past their date are deleted.

    Of the survey the answers go, and the marks of persons in what was sent: its cells stand as they were sent from then
    on. In study.toml the material's section is made a remark, so that nothing is missed.

    Parameters
    ----------
    study, outputs, today, faults_of, around
        As in `withdrawing.plan_participant`.

    Returns
    -------
    Plan or None
        None where nothing is overdue.

    Raises
    ------
    DataError
        There are packages of which nobody has noted whether they were sent.
    """
    overdue = [each for each in holdings(study) if each.is_overdue(today)]
    if not overdue:
        return None
    names = {each.name for each in overdue}
    # The plan and the agreements of the activities stay, and what was evaluated is not missed where it is not there.
    sections = names - {ACTIVITIES}
    changed = {STUDY_FILE: without_sections(study.path(STUDY_FILE).read_text("utf-8-sig"), sections).encode()}
    if SURVEY in names:
        changed |= survey.sent_without(study)
        changed |= _quotes_without_answers(study, names)
    with tried(study, changed) as trial:
        check_faults(study, trial, faults_of)
    files: dict[Path, bytes] = {study.path(name): content for name, content in changed.items()}
    going = [path for each in overdue for path in each.files]
    if INTERVIEW in names and study.interviews and study.interviews.answer_codings:
        going.append(study.path(study.interviews.answer_codings))  # nobody would know of it any more
    gone = tuple(path for path in dict.fromkeys(going) if path not in files)
    counts = {f"filer i materialet »{each.title}«": len(each.files) for each in overdue}
    begun = Plan(study.folder, _done(overdue), counts, files, gone)
    return plan_of(study, outputs, begun, today, around, lambda text: False)


def _done(overdue: list[Holding]) -> str:
    return f"Slettet, fordi datoen i {STUDY_FILE} var passeret: {', '.join(each.title for each in overdue)}."


def _quotes_without_answers(study: Study, names: set[str]) -> dict[str, bytes]:
    """Take the quotes of open answers out of the list, where the interviews stay: each names a respondent."""
    name = study.interviews.quotes if study.interviews and INTERVIEW not in names else None
    if name is None or not study.path(name).is_file():
        return {}
    spoken = set(study.interview_titles)
    content, _ = changed_by_column(study.path(name), name, lambda row: row if row.get("interview") in spoken else None)
    return {name: content}


def without_sections(toml: str, names: set[str]) -> str:
    r"""Take the sections of some materials out of study.toml: those of the interviews name who took part.

    Parameters
    ----------
    toml : str
        What it holds.
    names : set of str
        The materials; one that has no section changes nothing.

    Returns
    -------
    str
        The rest of it, with a remark where the first section of a material was.

    Examples
    --------
    >>> print(without_sections('navn = "S"\n[spoergeskema]\ndata = "a.csv"\n[interview]', {"spoergeskema"}))
    navn = "S"
    # [spoergeskema] er slettet.
    [interview]
    """
    lines: list[str] = []
    section = ""
    for line in toml.split("\n"):
        if head := _SECTION.match(line):
            section = head[1]
        goes = section in names or (SURVEY in names and _ANSWERS.match(line))
        remark = f"# [{section}] er slettet."
        if not goes:
            lines.append(line)
        elif head and remark not in lines:
            lines.append(remark)
    return "\n".join(lines)
