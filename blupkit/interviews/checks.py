"""Everything that is wrong with the interviews, in one table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from blupkit.core import BlupkitError, Study, fault_table
from blupkit.interviews.analysis.framework import load_summaries
from blupkit.interviews.analysis.joint_display import load_joint
from blupkit.interviews.analysis.quotes import load_quotes
from blupkit.interviews.coding.coded import load_coded, load_coded_answers
from blupkit.interviews.transcripts.register import consent_faults, read_decisions


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

    Examples
    --------
    >>> from blupkit import core
    >>> check_interviews(core.example_study()).empty
    True
    """
    if study.interviews is None:
        return fault_table([])
    coded, faults = load_coded(study)
    try:
        read_decisions(study)
        faults += consent_faults(study)
    except BlupkitError as error:
        faults += error.faults
    # Without all transcripts each coding of the missing one would be a fault of its own.
    if coded is not None:
        faults += load_summaries(study, coded).faults + load_joint(study, coded.themes).faults
        if answers is not None:
            written, wrong = load_coded_answers(study, coded.codebook, answers)
            coded = replace(coded, turns=pd.concat([coded.turns, written.turns]))
            faults += wrong
        faults += load_quotes(study, coded).faults
    return fault_table(dict.fromkeys(faults))
