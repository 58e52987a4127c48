"""Shares: what was chosen among formats, barriers and times, and how many could not answer."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from blupkit.core import DataError, Fault, Study
from blupkit.core.danish import listing
from blupkit.core.study import STUDY_FILE
from blupkit.survey.measures.bootstrap import Cell, measure_table, release_cells
from blupkit.survey.measures.cooperation import about
from blupkit.survey.reading.cell_values import ANSWERED, DONT_KNOW
from blupkit.survey.reading.questionnaire import Questionnaire
from blupkit.survey.reading.responses import Responses

SHARE, DONT_KNOW_SHARE = "Andel", "Ved ikke"
CHOICE_KINDS: Final = ("enkelt", "flere")


def choice_shares(responses: Responses, question: str, *, optional: bool = False) -> pd.DataFrame:
    """Give the percentage of each group that chose each answer to a question.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    question : str
        The question's id (`emne`), or a variable of it.
    optional : bool
        Give no rows where the study has no such question, instead of stopping.

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
    """
    variables = responses.questionnaire.variables
    variables = variables[variables["kind"].isin(CHOICE_KINDS)]
    chosen = variables[(variables["item"] == question) | (variables["variable"] == question)]
    single = chosen["kind"].isin(["enkelt"]).any()
    if chosen.empty and optional:
        return measure_table([]).assign(block="", distribution=True)
    if chosen.empty or (single and len(set(chosen["variable"])) > 1):
        raise DataError(_no_question(question, chosen if len(chosen) else variables))
    item = chosen["item"].iloc[0]
    if not single:
        chosen = variables[variables["item"] == item]
    marks = responses.values(dict.fromkeys(chosen["variable"]))
    if not single:
        chosen, marks = _who_know(chosen, marks)
    rows: list[dict[str, object]] = []
    for cell in release_cells(responses):
        asked = chosen[[cell.group in groups for groups in chosen["groups"]]]
        here = marks.loc[cell.respondents]
        rows += _single_rows(responses, cell, asked, here) if single else _multiple_rows(cell, asked, here)
    return measure_table(rows).assign(block=item, distribution=True)


def choice_questions(questionnaire: Questionnaire) -> list[str]:
    """Name the questions that `choice_shares` takes.

    Parameters
    ----------
    questionnaire : Questionnaire
        The questions.

    Returns
    -------
    list of str
        In the order of the questionnaire: the question's id, or its variable where several single choices share one.
    """
    variables = questionnaire.variables
    chosen = variables[variables["kind"].isin(CHOICE_KINDS)]
    several = chosen[chosen["kind"] == "enkelt"].groupby("item")["variable"].transform("nunique") > 1
    return list(
        dict.fromkeys(chosen["item"].where(~several.reindex(chosen.index, fill_value=False), chosen["variable"]))
    )


def _no_question(question: str, known: pd.DataFrame) -> Fault:
    column = "variable" if len(set(known["item"])) == 1 else "item"
    allowed = listing(dict.fromkeys(known[column]), "eller")
    return Fault(STUDY_FILE, question, allowed, "Vælg et af spørgsmålene.", column="question")


def _who_know(chosen: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out a choice that says "ved ikke", and those who ticked it: they are in no denominator."""
    unknown = chosen["text"].str.strip().str.casefold() == DONT_KNOW_SHARE.casefold()
    ticked = (marks[chosen.loc[unknown, "variable"]] == 1).any(axis=1)
    return chosen[~unknown], marks.mask(ticked, axis=0)


def _single_rows(responses: Responses, cell: Cell, asked: pd.DataFrame, here: pd.DataFrame) -> list[dict[str, object]]:
    return [
        _share_row(cell, item, str(text), here[variable] == code, here[variable].notna())
        for item, variable, scale in zip(asked["item"], asked["variable"], asked["scale"], strict=True)
        for code, text in responses.questionnaire.answers_of(scale)[["code", "text"]].itertuples(index=False, name=None)
    ]


def _multiple_rows(cell: Cell, asked: pd.DataFrame, here: pd.DataFrame) -> list[dict[str, object]]:
    return [
        _share_row(cell, variable, label, here[variable] == 1, here[variable].notna())
        for variable, label in zip(asked["variable"], asked["label"], strict=True)
    ]


def _share_row(
    cell: Cell, item: str, label: str, hits: pd.Series, answered: pd.Series, measure: str = SHARE
) -> dict[str, object]:
    """Give the share of those who answered that hit; both are yes or no, one a respondent."""
    n = int(answered.sum())
    return {
        "municipality": cell.municipality,
        "group": cell.group,
        "item": item,
        "label": label,
        "measure": measure,
        "value": 100 * (int(hits.sum()) / n) if n else float("nan"),
        "low": float("nan"),
        "high": float("nan"),
        "n": n,
        "lowest": 0.0,
        "highest": 100.0,
    }


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
    scales = set(questionnaire.scales.loc[questionnaire.scales["meaning"] == DONT_KNOW, "scale"])
    asked = questionnaire.asked
    asked = asked[asked["scale"].isin(scales)]
    answers = responses.answers_to(asked["variable"])
    answers = answers[answers["state"].isin([ANSWERED, DONT_KNOW])]
    rows = []
    for cell in release_cells(responses):
        here = answers[answers["respondent"].isin(cell.respondents)]
        states = dict(list(here.groupby("variable")["state"]))
        for line in asked[asked["group"] == cell.group].to_dict("records"):
            said = states.get(line["variable"], here["state"].iloc[0:0])
            measure = _dont_know_measure(responses.study, line)
            hits = said == DONT_KNOW
            rows.append(_share_row(cell, str(line["item"]), str(line["label"]), hits, said.notna(), measure))
    return measure_table(rows).assign(distribution=True)


def _dont_know_measure(study: Study, line: Mapping[Hashable, Any]) -> str:
    kind = str(line["kind"])
    if kind in {"vigtighed", "niveau"}:
        return f"{DONT_KNOW_SHARE} ({kind})"
    if line["about"]:
        return f"{DONT_KNOW_SHARE} ({about(study, str(line['about'])).lower()})"
    return DONT_KNOW_SHARE
