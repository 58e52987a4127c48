"""Needs analysis and thematic coding for BLUP Akademiet: from a study folder to pages that partners can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blupkit.interviews.exploring.answers import read_with

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study

__version__ = "0.1.0"


def _written(study: Study) -> pd.DataFrame:
    """Give the open answers of a study's survey, with what each question is called."""
    from blupkit import survey

    responses = survey.read_responses(study)
    written, labels = responses.written(), responses.questionnaire.by_variable["label"]
    return written.assign(question=written["variable"].map(labels))


# The interviews do not know the survey, and are asked about both: who reads the open answers is said here.
read_with(_written)
