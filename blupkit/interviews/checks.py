"""Everything that is wrong with the interviews, in one table."""

from __future__ import annotations

import pandas as pd

from blupkit.core import Fault, Level, Study, fault_table
from blupkit.core.errors import BlupkitError
from blupkit.interviews.analysis.framework import load_summaries
from blupkit.interviews.analysis.joint_display import load_joint
from blupkit.interviews.analysis.open_answers import answer_turns, load_answer_codings
from blupkit.interviews.analysis.quotes import load_quotes
from blupkit.interviews.coding.codebook import Codebook, read_codebook
from blupkit.interviews.coding.codings import load_codings
from blupkit.interviews.privacy.candidates import read_decisions
from blupkit.interviews.transcripts.reading import load_turns


def check_interviews(study: Study, answers: pd.DataFrame | None = None) -> pd.DataFrame:
    """List all faults of transcripts, register, decisions, codebook, codings and quotes.

    Parameters
    ----------
    study : Study
        The study.
    answers : pandas.DataFrame, optional
        The survey's checked answers. Without them the codings of open answers are not checked, nor quotes from them
        found.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` returns; empty when all is well, or the study has no interviews. Never raises.
    """
    if study.interviews is None:
        return fault_table([])
    turns, faults = load_turns(study)
    try:
        codebook: Codebook | None = read_codebook(study)
    except BlupkitError as error:
        codebook, faults = None, [*faults, *error.faults]
    try:
        read_decisions(study)
    except BlupkitError as error:
        faults += error.faults
    # Without all transcripts each coding of the missing one would be a fault of its own.
    if codebook is not None and not any(fault.level == Level.SERIOUS for fault in faults):
        faults += _material_faults(study, turns, codebook, answers)
    return fault_table(dict.fromkeys(faults))


def _material_faults(
    study: Study, turns: pd.DataFrame, codebook: Codebook, answers: pd.DataFrame | None
) -> list[Fault]:
    faults = load_codings(study, turns, codebook)[1]
    faults += load_summaries(study, turns, codebook)[1] + load_joint(study, codebook)[1]
    if answers is None:
        return faults + load_quotes(study, turns, codebook)[1]
    written = answer_turns(answers)
    faults += load_answer_codings(study, written, codebook)[1]
    return faults + load_quotes(study, pd.concat([turns, written]), codebook)[1]
