"""Two questions against each other: counts, per cent with their base, and the three states beside both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.danish import listing, number
from blupkit.display import Drawing, ResultTable, Shape
from blupkit.survey.exploring.questions import (
    STATES,
    TOTAL,
    Question,
    Where,
    asked_of,
    call_line,
    choose,
    find_question,
    refusal,
    unlike,
)
from blupkit.survey.reading.responses import Responses

Numbers = npt.NDArray[np.float64]
Lines = npt.NDArray[np.floating]
Percent = Literal["column", "row", "total"]
COUNT, SHARE = "antal", "pct."
_OF: Final = {
    "column": "Pct. er af dem i kolonnen, der har svaret på »{row}«.",
    "row": "Pct. er af dem i rækken, der har svaret på »{column}«.",
    "total": "Pct. er af alle, der har svaret på begge spørgsmål.",
}
SEVERAL: Final = "Der kunne vælges flere svar på »{}«, så tallene kan lægges sammen til mere end alle."
_UNEVEN: Final = "Ikke alle er blevet tilbudt hvert svar på »{}«; hver andel er af dem, der er."
_FEW: Final = "Færre end {} svar bag pct. i {}: Der skal lidt til, før tallene ser anderledes ud."


def cross(
    responses: Responses,
    row: str,
    column: str = "",
    *,
    group: str = "",
    municipality: str = "",
    where: Where | None = None,
    percent: Percent = "column",
) -> ResultTable:
    """Kryds to spørgsmål: hvor mange og hvor stor en andel, der har svaret hvad.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    row, column : str
        A question by its variable or subject, "gruppe" or "kommune"; without a column the row alone.
    group, municipality : str
        Only these; "" for all.
    where : mapping, optional
        Only those who gave these answers: `{"alder": "Under 30 år"}`, or a list of answers.
    percent : {"column", "row", "total"}
        What 100 per cent is: those in the column, in the row, or all, always without those who gave no answer.

    Returns
    -------
    ResultTable
        One row an answer in the order of the scale, also those that nobody gave; then "I alt" (those who answered) and
        the three states. For each answer of the column its count and per cent (0-100), then "I alt", and the states of
        the column where anybody is in one. All counts of a table with one answer each add up to the respondents.
        Missing data: no per cent has anybody in its base who did not answer; where the base is 0 it is blank.

    Raises
    ------
    DataError
        Something has no such name (with the nearest match), nobody is left, or nobody left was asked.

    Examples
    --------
    By hand, from the ten local members' answers: one says "I nogen grad" … "I meget høj grad" 3 of 10.

    >>> from blupkit.survey.example import example_responses
    >>> table = cross(example_responses(), "k1_v", "gruppe", percent="column")
    >>> table.frame.set_index("Vigtighed: Søge fonde")["lokalrådsmedlemmer, pct."].dropna().tolist()
    [0.0, 0.0, 0.0, 70.0, 30.0, 100.0]
    """
    if percent not in _OF:
        raise refusal(str(percent), listing(_OF, "eller"), "Vælg, hvad 100 pct. er.", "percent")
    chosen = choose(responses, group, municipality, where)
    questions = [find_question(responses, name).kept(chosen.who) for name in (row, column) if name]
    for question in questions:
        asked_of(question, chosen, responses)
    down, across = questions[0], questions[1] if len(questions) > 1 else None
    counts, shares, bases = counted(down, across, percent if across else "column")
    frame, marks = (
        _laid_out(down, across, counts, shares),
        share_marks(down, across.answers if across else [""], shares),
    )
    notes = [chosen.note, *_notes(down, across, percent, bases, responses.study.thresholds.caution_n)]
    title = chosen.titled(down.title, across)
    asked = {**chosen.asked, "percent": percent if percent != "column" else ""}
    call = call_line("cross", *(question.name for question in questions), **asked)
    axis = "Pct. af dem, der har svaret"
    return ResultTable(
        title,
        frame,
        tuple(notes),
        Shape.BARS,
        call,
        Drawing(marks, axis, responses.study.thresholds.min_n),
        responses.study.folder,
    )


def _lines(question: Question | None, size: int) -> tuple[Lines, Lines]:
    """Give who is in each line of one side of the table, answers then total then states; and in the base of each.

    Lines × respondents, as small numbers: their products are exact up to 16 million respondents.
    """
    if question is None:
        everybody = np.ones((1, size), dtype=np.float32)
        return everybody, everybody
    total = question.answered[None]
    given = np.concatenate([question.given.T, total, question.missing.T], dtype=np.float32, casting="unsafe")
    known = total[:0] if question.known is None else question.known.T
    base = np.concatenate([known, total], dtype=np.float32, casting="unsafe")
    return given, base


def _whole(bases: Numbers, question: Question | None) -> Numbers:
    """Repeat the base of a question with one answer, which is the same for all; a state is a share of nothing."""
    if question is None:
        return bases
    missing = np.zeros((len(STATES), bases.shape[1]))
    answers = bases[:-1] if question.several else np.repeat(bases, len(question.answers), axis=0)
    return np.concatenate([answers, bases[-1:], missing])


def counted(down: Question, across: Question | None, percent: str) -> tuple[Numbers, Numbers, Numbers]:
    """Count the cells of a table, with the total and the states on both sides.

    Parameters
    ----------
    down, across : Question
        What is in the rows, and in the columns: without the latter there is one column.
    percent : {"column", "row", "total"}
        As in `cross`.

    Returns
    -------
    tuple of numpy.ndarray
        Counts, their per cent, and what these rest on.
    """
    (rows, row_base), (columns, column_base) = (_lines(question, len(down.missing)) for question in (down, across))
    counts = (rows @ columns.T).astype(float)
    if percent == "column":
        bases = _whole((row_base @ columns.T).astype(float), down)
    elif percent == "row":
        bases = _whole((column_base @ rows.T).astype(float), across).T
    else:
        bases = _whole(_whole((row_base @ column_base.T).astype(float), down).T, across).T
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(bases > 0, 100 * counts / bases, np.nan)
    # What is no answer has no share.
    shares[len(down.answers) + 1 :] = np.nan
    if across is not None:
        shares[:, len(across.answers) + 1 :] = np.nan
    if down.several and percent != "row":
        shares[len(down.answers)] = np.nan
    return counts, shares, bases


def _laid_out(down: Question, across: Question | None, counts: Numbers, shares: Numbers) -> pd.DataFrame:
    columns: dict[str, object] = {down.title: ordered([*down.answers, TOTAL, *STATES])}
    heads = unlike([*across.answers, TOTAL, *STATES]) if across else [""]
    answers = len(across.answers) if across else 1
    for place, head in enumerate(heads):
        if place <= answers or counts[:, place].any():
            columns[f"{head}, {COUNT}" if head else COUNT.capitalize()] = counts[:, place].astype(int)
        if place <= answers:
            columns[f"{head}, {SHARE}" if head else SHARE.capitalize()] = shares[:, place]
    return pd.DataFrame(columns)


def ordered(names: Sequence[str]) -> pd.Categorical[str]:
    """Give names as an ordered category in which each stands once, in the order given."""
    once = unlike(names)
    return pd.Categorical.from_codes(range(len(once)), pd.Index(once), ordered=True)


def share_marks(down: Question, series: Sequence[str], shares: Numbers) -> pd.DataFrame:
    """Give the marks of a figure of shares: answers × series, of which the first are those named."""
    answers = len(down.answers)
    return pd.DataFrame(
        {
            "label": ordered(down.answers).repeat(len(series)),
            "series": list(series) * answers,
            "value": shares[:answers, : len(series)].ravel(),
        }
    )


def _notes(down: Question, across: Question | None, percent: Percent, bases: Numbers, few: int) -> list[str]:
    questions = [down, across] if across else [down]
    notes = [_OF[percent].format(row=down.title, column=across.title) if across else "Pct. er af dem, der har svaret."]
    notes += [question.note for question in questions]
    notes += [SEVERAL.format(question.title) for question in questions if question.several]
    notes += [_UNEVEN.format(one.title) for one in questions if _is_uneven(one)]
    thin = _thin(down, across, percent, bases, few)
    return [*notes, _FEW.format(number(few, 0), listing([f"»{name}«" for name in thin]))] if thin else notes


def _is_uneven(question: Question) -> bool:
    return question.known is not None and len(set(question.known.sum(axis=0).tolist())) > 1


def _thin(down: Question, across: Question | None, percent: Percent, bases: Numbers, few: int) -> Sequence[str]:
    """Name the columns (or rows) of answers whose per cent rest on few; not those that rest on nobody."""
    body = bases[: len(down.answers), : len(across.answers) if across else 1]
    if percent == "total" or across is None:
        return ["tabellen"] if 0 < body.max() < few else []
    smallest, names = (body.max(axis=0), across.answers) if percent == "column" else (body.max(axis=1), down.answers)
    return [name for name, base in zip(names, smallest, strict=True) if 0 < base < few]
