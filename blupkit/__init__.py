"""Needs analysis and thematic coding for BLUP Akademiet: from a study folder to pages that partners can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blupkit.activities.answering.exported import exports_with
from blupkit.interviews.exploring.answers import read_with
from blupkit.survey.reading.people.named import names_with

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study

__version__ = "0.2.0"


def _written(study: Study) -> pd.DataFrame:
    """Give the open answers of a study's survey, with what each question is called."""
    from blupkit import survey

    responses = survey.read_responses(study)
    written, labels = responses.written(), responses.questionnaire.by_variable["label"]
    return written.assign(question=written["variable"].map(labels))


def _named(study: Study) -> frozenset[str]:
    """Give the words that name those who take part in a study's interviews or are mentioned."""
    from blupkit.interviews.privacy.secrets import people_words

    return people_words(study)


def _form(*about: Any) -> tuple[pd.DataFrame, list[Any]]:  # noqa: ANN401  as `ReadsForm` says
    """Read a form about an activity that a survey system exported."""
    from blupkit.app.year.sent_forms import read_form

    return read_form(*about)


# Rooms on one line do not know each other, and ask each other: who answers is said here.
read_with(_written)
names_with(_named)
exports_with(_form)
