"""The survey's open answers, for a room that does not know the survey: `blupkit` itself says who reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study

#: Gives what was written in the open questions: `respondent`, `municipality`, `group`, `variable`, `kind`, `state`,
#: `text`, and `question` (what is said of the question in a table). A study without a survey gives no rows.
ReadsAnswers = Callable[["Study"], "pd.DataFrame"]
_readers: list[ReadsAnswers] = []


def read_with(reader: ReadsAnswers) -> None:
    """Say who reads the open answers.

    Parameters
    ----------
    reader : callable
        Takes the place of an earlier one.
    """
    _readers[:] = [reader]


def open_answers(study: Study) -> pd.DataFrame:
    """Read what was written in the open questions of the study's survey.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        As `ReadsAnswers` says: one row an answer. Missing data: unanswered and not asked have no row.

    Raises
    ------
    FileError, DataError
        The survey cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> open_answers(example_study())[["variable", "group"]].drop_duplicates().values.tolist()
    [['ord', 'L'], ['ord', 'A']]
    """
    [reader] = _readers
    return reader(study)
