"""Everything that is wrong with a study's files, found at once and told by kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from blupkit.activities import check_activities
from blupkit.app.life.guarding import check_life
from blupkit.core import ALL, BlupkitError, DataError, Fault, Level, check_study, fault_table
from blupkit.interviews import check_interviews, people_search
from blupkit.report.office.beside import template_faults
from blupkit.survey import Checked, check_own, checked_responses, read_responses, table_titles
from blupkit.survey.proposing.guesses import check_guesses

if TYPE_CHECKING:
    from blupkit.core import Study


def all_faults(study: Study, today: date | None = None) -> pd.DataFrame:
    """List everything that is wrong with a study, the serious faults first.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date, optional
        The day that dates of deletion are held against; the day that it is when omitted. Two lists that are compared
        are of the same day, also at midnight.

    Returns
    -------
    pandas.DataFrame
        As `core.fault_table` lays it out.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"delete_by": date(2023, 1, 1)})
    >>> all_faults(study, date(2023, 1, 2))[["level", "found"]].to_numpy().tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['fejl', 'Spørgeskemaet skulle være slettet den 2023-01-01'],
     ['fejl', 'Interviewene skulle være slettet den 2023-01-01']]
    """
    survey = checked_survey(study)
    rooms = [survey.faults, _interview_faults(study), _activity_faults(study, survey)]
    rooms.append(fault_table(template_faults(study)))
    tables = [check_study(study), check_life(study, today or date.today()), check_guesses(study), *rooms]
    every = pd.concat(tables, ignore_index=True)
    return every.sort_values("level", key=lambda level: level != Level.SERIOUS, kind="stable")


def check_note(study: Study, faults: pd.DataFrame) -> str:
    """Write when a study was checked, and how much was found: of all of it, and of each municipality.

    Parameters
    ----------
    study : Study
        The study.
    faults : pandas.DataFrame
        What `all_faults` found.

    Returns
    -------
    str
        JSON, for `Outputs.checked`: municipality, or "alle" for what is about none of them → faults and warnings.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> check_note(example_study(), fault_table([Fault("a.csv", "6", "1-5", "Ret koden.")])).split(", ", 1)[1]
    '"fundet": {"alle": [1, 0]}}'
    """
    found: dict[str, list[int]] = {}
    for what, level in zip(faults["found"], faults["level"], strict=True):
        counts = found.setdefault(study.match_municipality(str(what)) or ALL, [0, 0])
        counts[level != Level.SERIOUS] += 1
    return json.dumps({"naar": datetime.now().isoformat(timespec="minutes"), "fundet": found}, ensure_ascii=False)


def checked_survey(study: Study) -> Checked:
    """Read and check the survey, own tables too.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    survey.Checked
        Its answers, None where they cannot be used or there is no survey, and all that is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> checked_survey(example_study()).faults.empty
    True
    """
    if not study.survey:
        return Checked(None, fault_table([]))
    found = checked_responses(study)
    return found._replace(faults=pd.concat([found.faults, _own_table_faults(found)], ignore_index=True))


def blocked_by_survey(study: Study, folder: Path, checked: Checked | None = None) -> dict[str, str]:
    """Say why the survey cannot be used at all: asked once, so that a fault is said once.

    Parameters
    ----------
    study : Study
        The study.
    folder : pathlib.Path
        Its folder, as it was named.
    checked : survey.Checked, optional
        What `checked_survey` gave, where it has been read already.

    Returns
    -------
    dict of str to str
        "spoergeskema" → what is wrong with it, in Danish; empty where it can be used, or there is none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> blocked_by_survey(study, study.folder)
    {}
    >>> files = study.survey.model_copy(update={"data": "andre.csv"})
    >>> list(blocked_by_survey(study.model_copy(update={"survey": files}), study.folder))
    ['spoergeskema']
    """
    return _blocked("spoergeskema", (checked or checked_survey(study)).faults, folder)


def blocked_without_survey(study: Study, folder: Path) -> dict[str, str]:
    """Say why interviews and activities cannot be used at all, while nobody knows the survey yet.

    Parameters
    ----------
    study : Study
        The study.
    folder : pathlib.Path
        Its folder, as it was named.

    Returns
    -------
    dict of str to str
        "interview" and "aktiviteter" → what is wrong with them, in Danish; empty where they can be used, or there are
        none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> blocked_without_survey(study, study.folder)
    {}
    """
    unknown = Checked(None, fault_table([]))
    return {**_blocked("interview", _interview_faults(study), folder), **blocked_by_activities(study, folder, unknown)}


def blocked_by_activities(study: Study, folder: Path, checked: Checked) -> dict[str, str]:
    """Say why the activities cannot be used at all, with what they name of the survey.

    Parameters
    ----------
    study : Study
        The study.
    folder : pathlib.Path
        Its folder, as it was named.
    checked : survey.Checked
        What `checked_survey` gave.

    Returns
    -------
    dict of str to str
        "aktiviteter" → what is wrong with them, in Danish; empty where they can be used, or there are none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> blocked_by_activities(study, study.folder, checked_survey(study))
    {}
    """
    return _blocked("aktiviteter", _activity_faults(study, checked), folder)


def _blocked(material: str, faults: pd.DataFrame, folder: Path) -> dict[str, str]:
    serious = faults[faults["level"] == Level.SERIOUS]
    whole = f"Se hele listen med: blupkit check {folder}"
    return {material: f"{say_faults(serious)}\n{whole}"} if len(serious) else {}


def say_faults(table: pd.DataFrame) -> str:
    """Say faults as they are said where they stop something.

    Parameters
    ----------
    table : pandas.DataFrame
        Rows of what `core.fault_table` gives.

    Returns
    -------
    str
        A line a fault; the first ten.

    Examples
    --------
    >>> from blupkit.core import fault_table
    >>> say_faults(fault_table([Fault("a.csv", "6", "1-5", "Ret koden.", row=3)]))
    'a.csv, række 3: Her står »6«. Forventet: 1-5. Ret koden.'
    """
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False, name=None)
    return str(DataError(Fault(*row) for row in rows))


def _interview_faults(study: Study) -> pd.DataFrame:
    return check_interviews(study, answers_of(study)) if study.interviews else fault_table([])


def _activity_faults(study: Study, checked: Checked) -> pd.DataFrame:
    """List what is wrong with the activities; what they name of the survey is asked of it where it can be read."""
    if study.activities is None or checked.responses is None:
        return check_activities(study, named=_named(study))
    questionnaire = checked.responses.questionnaire
    rated = questionnaire.asked[questionnaire.asked["kind"] == "vigtighed"]
    asked = {str(item): set(groups) for item, groups in rated.groupby("item", sort=False)["group"]}
    return check_activities(study, asked, table_titles(questionnaire, study), _named(study))


def _named(study: Study) -> Callable[[str], bool] | None:
    """Give the search for who took part in the interviews; None where there are none, or they cannot be read."""
    with suppress(BlupkitError):  # the check of the interviews tells of it
        return people_search(study) if study.interviews and study.activities else None
    return None


def _own_table_faults(checked: Checked) -> pd.DataFrame:
    """List what is wrong with the own tables, where the answers can be read at all."""
    try:
        if checked.responses and checked.responses.study.release.own:
            check_own(checked.responses)
    except BlupkitError as error:
        return fault_table(fault for fault in error.faults if fault.column.startswith("udgivelse.egen"))
    return fault_table([])


def answers_of(study: Study) -> pd.DataFrame | None:
    """Give the survey's answers, for what was coded in them.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame, optional
        The checked answers; None where nothing is coded in them, or they cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> answers_of(example_study()) is None
    True
    """
    with suppress(BlupkitError):
        if study.survey and study.interviews and study.interviews.answer_codings:
            return read_responses(study).answers
    return None
