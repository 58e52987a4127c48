"""The door to the text coder: an interview, or the answers to an open question, to be coded in JupyterLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from blupkit.core import Study
from blupkit.interviews.coding.coded import load_coded_by
from blupkit.interviews.coding.log_changes import log_of
from blupkit.interviews.desk.desk import Desk

if TYPE_CHECKING:
    from blupkit.interviews.desk.widget import CoderWidget


def coder(
    study: Study, interview: str = "", coder: str | None = None, turns: pd.DataFrame | None = None
) -> CoderWidget:
    """Open an interview, or the answers to an open question, to be coded in JupyterLab.

    Every action is written to the coder's log before it is shown as saved. Suggestions come from the codebook's
    patterns and from what the coder has coded so far, one a turn at most; they count only when the coder accepts them.

    Parameters
    ----------
    study : Study
        Its codebook, and the coder's log under `kodninger` (or `kodninger_aabne`).
    interview : str
        The interview's id; for open answers the question's variable. Another can be chosen in the coder; without one it
        opens where the coder coded last.
    coder : str, optional
        Who codes; `hovedkoder` or the first coder of study.toml when omitted.
    turns : pandas.DataFrame, optional
        What `answer_turns` returned, to code open answers; not changed.

    Returns
    -------
    CoderWidget
        Shows itself as a cell's last value.

    Raises
    ------
    FileError, DataError
        Transcript, codebook or log cannot be used; the interview or the coder does not exist; or the coder's file is a
        table, which `start_log` makes a log of.

    Examples
    --------
    >>> from blupkit import core
    >>> coder(core.example_study(), "fg1")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    blupkit.core.errors.DataError: ... Kør interviews.start_log(study, "A"), og gør, som den siger.
    """
    from blupkit.interviews.desk.widget import CoderWidget  # slow to import, and the command line has no use for it

    name, file = log_of(study, coder, of_answers=turns is not None)
    coded, _ = load_coded_by(study, name, file, turns)
    return CoderWidget(Desk(study, coded, file, name, interview))
