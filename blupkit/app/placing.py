"""Codings whose text was edited, placed anew wherever they lie: in the interviews, and in the survey's open answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from blupkit.app.checking import answers_of
from blupkit.interviews import answer_turns, place_anew

if TYPE_CHECKING:
    from blupkit.core import Study
    from blupkit.display import ResultTable


def place_everywhere(study: Study, coder: str = "") -> ResultTable:
    """Place all codings anew that `check` says are set aside, as `interviews.place_anew` does.

    Parameters
    ----------
    study : Study
        The study.
    coder : str
        Only this coder's interviews; everybody's, and the open answers, without it.

    Returns
    -------
    ResultTable
        That of the interviews, with the rows and notes of the open answers at its end.

    Raises
    ------
    FileError, DataError
        As `interviews.place_anew`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(place_everywhere(example_study()).frame)
    0
    """
    said = place_anew(study, coder or None)
    if coder or not study.interview_files.answer_codings:
        return said
    answers = answers_of(study)
    if answers is None:
        unread = "De åbne svar er ikke set efter, for spørgeskemaet kan ikke læses. Se hvorfor med »blupkit check«."
        return replace(said, notes=(*said.notes, unread))
    written = place_anew(study, turns=answer_turns(answers))
    frame = pd.concat([said.frame, written.frame], ignore_index=True)
    return replace(said, frame=frame, notes=(*said.notes, *written.notes))
