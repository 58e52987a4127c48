"""What there is to explore: a study's answers, interviews and open answers, each read when it is first asked for."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from blupkit.core import Study
from blupkit.interviews import Coded, answer_turns, read_coded
from blupkit.survey import Responses, read_responses


class Materials:
    """A study and what has been read of it.

    Parameters
    ----------
    study : Study
        The study.
    responses : Responses, optional
        Its answers, where they have been read already.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> materials = Materials(example_study())
    >>> len(materials.responses.respondents), list(materials.coded.themes)
    (20, ['1', '2'])
    """

    def __init__(self, study: Study, responses: Responses | None = None) -> None:
        self.study = study
        self._given = responses

    @cached_property
    def responses(self) -> Responses:
        """The answers that count."""
        return self._given or read_responses(self.study)

    @cached_property
    def coded(self) -> Coded:
        """The interviews with one coder's codings, or else suggestions."""
        return read_coded(self.study)

    @cached_property
    def open_answers(self) -> pd.DataFrame:
        """What was written in the open questions, laid out like turns; none in a study without a survey."""
        return answer_turns(self.responses.answers_to(self.responses.questionnaire.open_variables))
