"""The survey's open answers, read with the interviews' codebook: an answer is treated as a turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.slugs import themes_table
from blupkit.interviews.analysis.counts import SPEAKERS, theme_counts
from blupkit.interviews.coding.coded import Coded, read_coded_answers

PEOPLE: Final = "Personer"
#: The block of a group's themes, which are shown or hidden together.
THEMES: Final = "temaer"


def open_answer_counts(coded: Coded, question: str | None = None) -> pd.DataFrame:
    """Count the persons of each group who touch on each theme in what they write themselves.

    A person counts once for a theme, however many answers or passages it is in. A question in which nothing is coded
    has not been read by a coder, and those who answered nothing else count nowhere. Suggestions are never counted.

    Parameters
    ----------
    coded : Coded
        What `read_coded_answers` returned.
    question : str, optional
        The variable of one question, where another asks for a theme itself; all of them together without it.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS` with the measure "Personer": municipality "alle", item = number of the theme; n and highest =
        those of the group who wrote anything in the coded questions. `distribution` is True, so that nothing is shown
        of fewer than `varsomhed_n`; `block` makes a group's themes one; `additive` is False. No row where nothing is
        coded.

    Raises
    ------
    DataError
        Nobody has answered such a question.

    Examples
    --------
    Ida writes of theme 1 in both questions, and counts once; Bo writes of something else.

    >>> from blupkit.interviews import Codebook
    >>> turns = pd.DataFrame({"interview": ["q1", "q2", "q1"], "turn": ["ida", "ida", "bo"],
    ...     "speaker": ["ida", "ida", "bo"], "role": "", "group": "L"})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"], "name": ["Mandat"]}))
    >>> codings = pd.DataFrame({"interview": ["q1", "q2"], "turn": "ida", "theme": "1", "source": "kodet"})
    >>> open_answer_counts(Coded(turns, codes, codings))[["group", "item", "measure", "value", "n"]].values.tolist()
    [['L', '1', 'Personer', 1.0, 2]]
    """
    asked = coded if question is None else coded.only(question, "question")
    read = replace(asked, codings=asked.by_hand)
    if read.codings.empty:
        read = replace(read, turns=read.turns.head(0))
    # Under one name for all questions a "speaker" is a person, not a person in each question.
    together = replace(read, turns=read.spoken.assign(interview=""), codings=read.codings.assign(interview=""))
    counts = theme_counts(together)
    people = counts[counts["measure"] == SPEAKERS].reset_index(drop=True)
    return people.drop(columns="among").assign(measure=PEOPLE, block=THEMES, additive=False, distribution=True)


def open_answer_tables(study: Study, answers: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Count the persons who touch on each theme, question by question, for the release that pages show.

    They are decided on together with the survey's tables, and held against what was sent before: when few more have
    written than last time, the difference would tell what they wrote of.

    Parameters
    ----------
    study : Study
        Its codebook and the codings of open answers.
    answers : pandas.DataFrame
        As for `answer_turns`; not changed.

    Returns
    -------
    dict of str to pandas.DataFrame
        `core.names.themes_table` of the question → what `open_answer_counts` gives of it. A question in which nothing
        is coded has no table.

    Raises
    ------
    FileError, DataError
        The codebook or the codings cannot be read.

    Examples
    --------
    Nothing is coded in the open answers of the example.

    >>> from blupkit import core, survey
    >>> study = core.example_study()
    >>> open_answer_tables(study, survey.read_responses(study).answers)
    {}
    """
    coded = read_coded_answers(study, answers)
    questions = sorted(coded.codings["interview"].unique())
    return {themes_table(question): open_answer_counts(coded, question) for question in questions}
