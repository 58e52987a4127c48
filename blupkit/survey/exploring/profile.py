"""One question by group: counts, per cent, mean and spread; a competence with its gap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from blupkit.display import Drawing, ResultTable, Shape
from blupkit.survey.exploring.cross import COUNT, SEVERAL, SHARE, counted, ordered, share_marks
from blupkit.survey.exploring.questions import (
    STATES,
    TOTAL,
    Chosen,
    Flags,
    Question,
    Where,
    asked_of,
    call_line,
    choose,
    find_pair,
    find_question,
    unlike,
)
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, weighted_means, with_interval
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL
from blupkit.survey.reading.responses import Responses

ANSWERED, MEAN, SPREAD = "Har svaret", "Gennemsnit", "Standardafvigelse"
_GAP_NOTE = (
    "Gab er vigtighed minus nuværende niveau hos dem, der har svaret på begge dele; et positivt gab er et behov."
)


def profile(
    responses: Responses,
    variable: str,
    *,
    by: str = "gruppe",
    group: str = "",
    municipality: str = "",
    where: Where | None = None,
) -> ResultTable:
    """Se ét spørgsmål gruppe for gruppe: antal, pct., gennemsnit og gab.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    variable : str
        A question by its variable or subject; or a competence ("k01", "Søge fonde"): its importance, level and gap.
    by : str
        The question that splits the respondents; the group unless another is named.
    group, municipality, where : optional
        As in `cross`.

    Returns
    -------
    ResultTable
        One row a group, and "I alt". Of a question: how many answered, each answer's count and per cent (0-100) of
        them, the three states; mean and standard deviation (n - 1) of a rating or a statement; and the gap of an
        importance or a level. Of a competence: the means of those who rated both, the gap with its 95 per cent
        bootstrap interval and its standard deviation. Missing data: in no base; blank where nobody answered, and below
        `min_n` answers there is no interval.

    Raises
    ------
    DataError
        As in `cross`.

    Examples
    --------
    Nordby's local members rated k1 5, 5, 4, 4, 4 and 3, 2, 3, 3, 1: a gap of (2 + 3 + 1 + 1 + 3) / 5 = 2.

    >>> from blupkit.survey.example import example_responses
    >>> profile(example_responses(), "k1", group="L", municipality="Nordby").frame["Gab"].tolist()
    [2.0, nan, 2.0]
    """
    chosen = choose(responses, group, municipality, where)
    split = find_question(responses, by).kept(chosen.who)
    pair = find_pair(responses, variable)
    question = None if pair else find_question(responses, variable).kept(chosen.who)
    # Of a competence, whoever was asked one half was asked the other.
    asked = question or find_question(responses, pair[IMPORTANCE]).kept(chosen.who)
    asked_of(asked, chosen, responses)
    item, label = (
        map(str, responses.questionnaire.by_variable.loc[pair[IMPORTANCE], ["item", "label"]]) if pair else ("", "")
    )
    subject, name = (question.title, question.name) if question else (label, item)
    title = chosen.titled(f"Profil af »{subject}«", split)
    call = call_line("profile", name, by=by if by != "gruppe" else "", **chosen.asked)
    if question:
        return _of_question(responses, question, split, chosen, title, call)
    return _of_pair(responses, pair, split, chosen, title, call)


def _parts(split: Question) -> tuple[list[str], list[Flags]]:
    """Give each group's name and members, those of whom it is not known, and all."""
    unknown = ~split.answered
    names, members = list(split.answers), list(split.given.T)
    if unknown.any():
        names, members = [*names, "Uden svar"], [*members, unknown]
    return unlike([*names, TOTAL]), [*members, np.ones_like(unknown)]


def _of_question(
    responses: Responses, question: Question, split: Question, chosen: Chosen, title: str, call: str
) -> ResultTable:
    names, members = _parts(split)
    everybody = Question(split.name, split.title, tuple(names), np.array(members).T, split.missing)
    counts, shares, _ = counted(question, everybody, "column")
    answers, size = len(question.answers), len(names)
    columns: dict[str, object] = {
        split.title: ordered(names),
        ANSWERED: counts[answers, :size].astype(int),
    }
    for place, answer in enumerate(unlike([*question.answers, ANSWERED])[:answers]):
        columns[f"{answer}, {COUNT}"] = counts[place, :size].astype(int)
        columns[f"{answer}, {SHARE}"] = shares[place, :size]
    if question.numeric is not None:
        columns[MEAN], columns[SPREAD] = _moments(question.numeric, members)
    pair = find_pair(responses, str(responses.questionnaire.by_variable["item"].get(question.name, "")))
    notes = [chosen.note, "Pct. er af dem, der har svaret.", question.note, split.note]
    if question.name in pair.values():
        gaps = _ratings(responses, pair)[GAP][chosen.who]
        columns[GAP], _ = _moments(gaps, members)
        columns[f"{GAP}, {COUNT}"] = [int(np.isfinite(gaps[member]).sum()) for member in members]
        notes.append(_GAP_NOTE)
    for at, state in enumerate(STATES):
        columns[state] = counts[answers + 1 + at, :size].astype(int)
    if question.several:
        notes.append(SEVERAL.format(question.title))
    drawing = Drawing(share_marks(question, names[:-1], shares), "Pct. af dem, der har svaret")
    return ResultTable(title, pd.DataFrame(columns), tuple(notes), Shape.BARS, call, drawing, responses.study.folder)


def _moments(values: Numbers, members: list[Flags]) -> tuple[list[float], list[float]]:
    """Give mean and standard deviation of each part; NaN where there are too few for them."""
    parts = [pd.Series(values[member]) for member in members]
    return [float(part.mean()) for part in parts], [float(part.std()) for part in parts]


def _ratings(responses: Responses, pair: dict[str, str]) -> dict[str, Numbers]:
    """Give importance, level and gap of a competence, one a respondent, of complete pairs only."""
    values = responses.values(pair.values()).to_numpy()
    # Rounded, since 0.3 - 0.1 and 0.2 must be the same gap on a scale with decimals.
    gap = (values[:, 0] - values[:, 1]).round(9)
    whole = np.where(np.isnan(gap)[:, None], np.nan, values)
    return {IMPORTANCE: whole[:, 0], LEVEL: whole[:, 1], GAP: gap}


def _of_pair(
    responses: Responses, pair: dict[str, str], split: Question, chosen: Chosen, title: str, call: str
) -> ResultTable:
    names, members = _parts(split)
    rated = {measure: values[chosen.who] for measure, values in _ratings(responses, pair).items()}
    means = {measure: _moments(values, members) for measure, values in rated.items()}
    n = [int(np.isfinite(rated[GAP][member]).sum()) for member in members]
    least = responses.study.thresholds.min_n
    low, high = np.transpose(
        [
            _interval(
                rated[GAP][member], "\n".join([responses.secret, responses.study.name, *pair.values(), name]), least
            )
            for name, member in zip(names, members, strict=True)
        ]
    )
    columns = {
        split.title: ordered(names),
        "Har svaret på begge": n,
        IMPORTANCE: means[IMPORTANCE][0],
        LEVEL: means[LEVEL][0],
        GAP: means[GAP][0],
        f"{GAP}, fra": low,
        f"{GAP}, til": high,
        f"{GAP}, {SPREAD.lower()}": means[GAP][1],
    }
    halves = [find_question(responses, variable).kept(chosen.who).note for variable in pair.values()]
    interval = f"Fra og til er et 95 pct.-interval (bootstrap); der er intet ved færre end {least} svar."
    marks = [
        pd.DataFrame({"label": columns[split.title], "series": measure, "value": means[measure][0]})
        for measure in (IMPORTANCE, LEVEL)
    ]
    drawing = Drawing(pd.concat(marks, ignore_index=True), "Gennemsnit")
    notes = (chosen.note, _GAP_NOTE, *halves, split.note, interval)
    return ResultTable(title, pd.DataFrame(columns), notes, Shape.PAIRS, call, drawing, responses.study.folder)


def _interval(gaps: Numbers, seed: str, least: int) -> tuple[float, float]:
    known = gaps[np.isfinite(gaps)]
    if len(known) < least:
        return float("nan"), float("nan")
    _, low, high = with_interval(weighted_means, known[:, None], DRAWS, seed)
    return float(low[0]), float(high[0])
