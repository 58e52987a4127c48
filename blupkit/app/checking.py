"""Everything that is wrong with a study's files, found at once and told by kind."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from blupkit.app.life.guarding import check_life
from blupkit.core import BlupkitError, DataError, Fault, Level, check_study, fault_table
from blupkit.interviews import check_interviews
from blupkit.survey import check_own, check_responses, read_responses
from blupkit.survey.proposing.guesses import check_guesses

if TYPE_CHECKING:
    from blupkit.core import Study


def all_faults(study: Study) -> pd.DataFrame:
    """List everything that is wrong with a study, the serious faults first.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        As `core.fault_table` lays it out.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"delete_by": date(2023, 1, 1)})
    >>> all_faults(study)[["level", "found"]].to_numpy().tolist()  # doctest: +NORMALIZE_WHITESPACE
    [['fejl', 'Spørgeskemaet skulle være slettet den 2023-01-01'],
     ['fejl', 'Interviewene skulle være slettet den 2023-01-01']]
    """
    tables = [check_study(study), check_life(study, date.today()), check_guesses(study), *_faults_of(study).values()]
    every = pd.concat(tables, ignore_index=True)
    return every.sort_values("level", key=lambda level: level != Level.SERIOUS, kind="stable")


def blocked_materials(study: Study, folder: Path) -> dict[str, str]:
    """Say which materials cannot be used at all, and why: asked once, so that a fault is said once.

    Parameters
    ----------
    study : Study
        The study.
    folder : pathlib.Path
        Its folder, as it was named.

    Returns
    -------
    dict of str to str
        Material ("spoergeskema", "interview") → what is wrong with it, in Danish.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> blocked_materials(study, study.folder)
    {}
    >>> files = study.survey.model_copy(update={"data": "andre.csv"})
    >>> list(blocked_materials(study.model_copy(update={"survey": files}), study.folder))
    ['spoergeskema']
    """
    serious = {name: faults[faults["level"] == Level.SERIOUS] for name, faults in _faults_of(study).items()}
    whole = f"Se hele listen med: blupkit check {folder}"
    return {name: f"{say_faults(faults)}\n{whole}" for name, faults in serious.items() if len(faults)}


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


def _faults_of(study: Study) -> dict[str, pd.DataFrame]:
    """List the faults of each material that the study has."""
    faults = {}
    if study.survey:
        faults["spoergeskema"] = pd.concat([check_responses(study), _own_table_faults(study)], ignore_index=True)
    if study.interviews:
        faults["interview"] = check_interviews(study, _answers(study))
    return faults


def _own_table_faults(study: Study) -> pd.DataFrame:
    """List what is wrong with the own tables, where the answers can be read at all."""
    try:
        if study.release.own:
            check_own(read_responses(study))
    except BlupkitError as error:
        return fault_table(fault for fault in error.faults if fault.column.startswith("udgivelse.egen"))
    return fault_table([])


def _answers(study: Study) -> pd.DataFrame | None:
    """Give the survey's answers, for what was coded in them; nothing where they cannot be read."""
    with suppress(BlupkitError):
        if study.survey and study.interviews and study.interviews.answer_codings:
            return read_responses(study).answers
    return None
