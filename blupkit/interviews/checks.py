"""Everything that is wrong with the interviews, in one table."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from blupkit.core import Fault, Study, fault_table
from blupkit.core.errors import BlupkitError
from blupkit.interviews.analysis.framework import load_summaries
from blupkit.interviews.analysis.joint_display import load_joint
from blupkit.interviews.analysis.quotes import load_quotes
from blupkit.interviews.coding.coded import answer_turns, load_codable
from blupkit.interviews.coding.codings import load_answer_codings, load_codings
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.privacy.candidates import read_decisions


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
    codable, faults = load_codable(study)
    try:
        read_decisions(study)
    except BlupkitError as error:
        faults += error.faults
    # Without all transcripts each coding of the missing one would be a fault of its own.
    if codable is not None:
        faults += _material_faults(study, codable, answers)
    return fault_table(dict.fromkeys(faults))


def _material_faults(study: Study, codable: Codable, answers: pd.DataFrame | None) -> list[Fault]:
    faults = load_codings(study, codable)[1]
    faults += load_summaries(study, codable)[1] + load_joint(study, codable.codebook)[1]
    if answers is None:
        return faults + load_quotes(study, codable)[1]
    written = replace(codable, turns=answer_turns(answers))
    faults += load_answer_codings(study, written)[1]
    both = replace(codable, turns=pd.concat([codable.turns, written.turns]))
    return faults + load_quotes(study, both)[1]
