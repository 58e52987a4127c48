"""Shares: what was chosen among formats, barriers and times, and how many could not answer."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.disclosure import MeasureRow, measure_table
from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire, State, no_question
from blupkit.survey.reading.responses import Cell, Responses

Flags = npt.NDArray[np.bool_]
SHARE: Final = "Andel"
DONT_KNOW_SHARE: Final = "Ved ikke"


def choice_shares(responses: Responses, question: str) -> pd.DataFrame:
    """Give the percentage of each group that chose each answer to a question.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    question : str
        The question's id (`emne`), or a variable of it.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` with the measure "Andel", 0-100. For a multiple choice, `item` is the choice's variable
        and n those of the group who ticked at least one choice of the question. For a single choice, n is those who
        answered, and `item` is the same for all answers. `block` is the question, whose answers are shown or hidden
        together, and `distribution` says that answers are shared out over choices.
        Missing data: "ved ikke" (in a multiple choice the choice of that name) and unanswered are in neither numerator
        nor denominator.

    Raises
    ------
    DataError
        There is no such question; the message lists those that there are.

    Examples
    --------
    In Nordby four of five local members ticked the webinar, and two the study trip.

    >>> from blupkit.survey.example import example_responses
    >>> choice_shares(example_responses(), "form")["value"].tolist()[:2]
    [80.0, 40.0]
    """
    variables = responses.questionnaire.with_choices
    chosen = variables[variables.index.isin(responses.questionnaire.about(question).index)]
    single = bool((chosen["kind"] != Kind.MULTIPLE).any())
    if chosen.empty or (single and len(set(chosen["variable"])) > 1):
        known = chosen if len(chosen) else variables
        raise no_question(question, known["variable" if len(set(known["item"])) == 1 else "item"])
    item = chosen["item"].iloc[0]
    if not single:
        chosen = variables[variables["item"] == item]
    marks = responses.values(dict.fromkeys(chosen["variable"]))
    if not single:
        chosen, marks = _who_know(chosen, marks)
    answers = _answers(chosen, responses.questionnaire, single=single)
    given = {variable: marks[variable].to_numpy() for variable in marks}
    rows: list[MeasureRow] = []
    for cell in responses.cells():
        here = marks.index.get_indexer(cell.respondents)
        rows += [
            _share_row(cell, name, text, given[variable][here] == code, ~np.isnan(given[variable][here]))
            for groups, name, variable, text, code in answers
            if cell.group in groups
        ]
    return measure_table(rows).assign(block=item, distribution=True)


def is_dont_know(chosen: pd.DataFrame) -> pd.Series:
    """Tell which choices of a multiple choice say "ved ikke": rows of `Questionnaire.variables` → yes or no."""
    return chosen["text"].str.strip().str.casefold() == DONT_KNOW_SHARE.casefold()


def _who_know(chosen: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out a choice that says "ved ikke", and those who ticked it: they are in no denominator."""
    unknown = is_dont_know(chosen)
    ticked = (marks[chosen.loc[unknown, "variable"]] == 1).any(axis=1)
    return chosen[~unknown], marks.mask(ticked, axis=0)


def _answers(
    chosen: pd.DataFrame, questionnaire: Questionnaire, *, single: bool
) -> list[tuple[tuple[str, ...], str, str, str, float]]:
    """List the answers to choose: the groups asked, item, variable, text, and the code that says that it was chosen."""
    columns = chosen[["groups", "item", "variable", "scale", "label"]].itertuples(index=False, name=None)
    if not single:
        return [(groups, variable, variable, label, 1.0) for groups, _, variable, _, label in columns]
    return [
        (groups, item, variable, str(text), code)
        for groups, item, variable, scale, _ in columns
        for code, text in questionnaire.answer_names(scale).items()
    ]


def _share_row(cell: Cell, item: str, label: str, hits: Flags, answered: Flags, measure: str = SHARE) -> MeasureRow:
    """Give the share of those who answered that hit; both are yes or no, one a respondent."""
    n = int(answered.sum())
    share = 100 * (int(hits.sum()) / n) if n else float("nan")
    return MeasureRow(cell.municipality, cell.group, item, label, measure, share, n=n, lowest=0.0, highest=100.0)


def dont_know_shares(responses: Responses) -> pd.DataFrame:
    """Give the percentage that answered "ved ikke" to each question.

    A large share is a finding in itself: people cannot judge.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS`; the measure is "Ved ikke", with what was asked in brackets where an item has several
        variables. n is those who were asked and either answered or said "ved ikke". Missing data: unanswered is left
        out. Only questions whose scale has a "ved ikke" are there. `distribution` says that it shares answers out.
    """
    questionnaire = responses.questionnaire
    scales = set(questionnaire.scales.loc[questionnaire.scales["meaning"] == Meaning.DONT_KNOW, "scale"])
    asked = questionnaire.asked
    asked = asked[asked["scale"].isin(scales)]
    people = responses.respondents
    states = responses.coded.table(
        "state", [name for name in dict.fromkeys(asked["variable"]) if name in responses.coded.columns]
    )
    states = states.loc[people["row"]]
    unsure = {name: (states[name] == State.DONT_KNOW).to_numpy() for name in states}
    told = {name: unsure[name] | (states[name] == State.ANSWERED).to_numpy() for name in states}
    nobody = np.zeros(len(people), dtype=bool)
    places = pd.Index(people["respondent"])
    rows = []
    for cell in responses.cells():
        here = places.get_indexer(cell.respondents)
        own = asked[asked["group"] == cell.group]
        columns = (own[name] for name in ("variable", "item", "label", "kind", "about"))
        for variable, item, label, kind, about in zip(*columns, strict=True):
            of = kind if Kind(kind).rating_of else responses.study.group(about).about.lower() if about else ""
            measure = f"{DONT_KNOW_SHARE} ({of})" if of else DONT_KNOW_SHARE
            hits, counted = (found.get(variable, nobody)[here] for found in (unsure, told))
            rows.append(_share_row(cell, item, label, hits, counted, measure))
    return measure_table(rows).assign(distribution=True)


def dont_know_of(measure: str) -> tuple[str, str]:
    """Say what a measure of `dont_know_shares` is of.

    Parameters
    ----------
    measure : str
        Its name.

    Returns
    -------
    tuple of str and str
        What of the item is rated, "" where nothing is; and what stands in brackets.

    Examples
    --------
    >>> dont_know_of("Ved ikke (niveau)"), dont_know_of("Ved ikke (om lokalrådene)"), dont_know_of("Ved ikke")
    (('niveauet for', 'niveau'), ('', 'om lokalrådene'), ('', ''))
    """
    what = measure.removeprefix(DONT_KNOW_SHARE).strip(" ()")
    return Kind(what).rating_of if what in list(Kind) else "", what
