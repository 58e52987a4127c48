"""Everything that is wrong with the interviews, in one table."""

from __future__ import annotations

import pandas as pd

from blupkit.core import Fault, Study, fault_table
from blupkit.core.errors import BlupkitError
from blupkit.interviews.candidates import read_decisions
from blupkit.interviews.codebook import Codebook, read_codebook
from blupkit.interviews.coding import load_codings
from blupkit.interviews.quotes import load_quotes
from blupkit.interviews.transcripts import load_turns


def check_interviews(study: Study) -> pd.DataFrame:
    """List all faults of transcripts, register, decisions, codebook, codings and quotes.

    Parameters
    ----------
    study : Study
        The study.

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
    if codebook is not None and not any(fault.level == "fejl" for fault in faults):
        faults += _material_faults(study, turns, codebook)
    return fault_table(dict.fromkeys(faults))


def _material_faults(study: Study, turns: pd.DataFrame, codebook: Codebook) -> list[Fault]:
    return load_codings(study, turns, codebook)[1] + load_quotes(study, turns, codebook)[1]
