"""The frame of the survey: who was asked, who answered, and what is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from blupkit.core import ALL
from blupkit.core.danish import first_upper
from blupkit.disclosure import MeasureRow, measure_table
from blupkit.disclosure.safe_table import NOT_SAID
from blupkit.survey.reading.questionnaire import Kind, Meaning, State
from blupkit.survey.reading.responses import Responses

ANSWERS, INVITED, RATE = "Besvarelser", "Inviteret", "Svarprocent"
SCREENING = "Antal"
#: The block of the number of people, which everything else about them follows; and that of the total's rate.
PEOPLE, RATES = "svar", "svarprocent"
#: The block of what the rules set aside: together with the rows received it tells how many answers are left.
SET_ASIDE = "regler"
#: The states of a question that somebody was asked.
SAID = [State.ANSWERED, State.DONT_KNOW, State.UNANSWERED]


def response_rates(responses: Responses) -> pd.DataFrame:
    """Give how many answered, how many were invited, and the response rate where that is known.

    The rate of all municipalities rests on those with a known number only; `left_out` says how many municipalities are
    not in it, and n is the answers of the others.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` with the measures "Besvarelser", "Inviteret" and "Svarprocent" (0-100), and `known` and
        `left_out`. n is the number of answers. Missing data: an unknown number gives no value and known = False.
        `block` sets the total's rate apart from its number of answers, and `additive` is False: n says it all.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> response_rates(example_responses())[["measure", "value"]].to_numpy().tolist()[:3]
    [['Besvarelser', 5.0], ['Inviteret', 10.0], ['Svarprocent', 50.0]]
    """
    rows: list[MeasureRow] = []
    known: list[tuple[bool, int]] = []
    people, invited = responses.respondents, responses.invited
    for cell in responses.cells():
        inside = cell.is_total | (invited["municipality"] == cell.municipality)
        here = invited[inside & (invited["group"] == cell.group)]
        told = here[here["known"]]
        counted = int((people["group"].eq(cell.group) & people["municipality"].isin(told["municipality"])).sum())
        total = len(cell.respondents)
        number = float(told["invited"].sum()) if len(told) else NOT_SAID
        n = counted if cell.is_total and len(told) else total
        head, ends = (cell.municipality, cell.group, "svar", ANSWERS), (0.0, float("inf"))
        row = MeasureRow(*head, ANSWERS, float(total), NOT_SAID, NOT_SAID, total, *ends)
        rate = 100 * counted / number if number else NOT_SAID
        asked = row._replace(measure=INVITED, value=number, n=n)
        rows += [row, asked, asked._replace(measure=RATE, value=rate, highest=100.0)]
        known += [(True, 0), *[(not told.empty, len(here) - len(told))] * 2]
    table = measure_table(rows).join(pd.DataFrame(known, columns=["known", "left_out"]))
    # A rate that is not known rests on all of the people: it is hidden with their number.
    apart = (table["municipality"] == ALL) & (table["measure"] != ANSWERS) & table["known"].astype(bool)
    table = table.assign(block=np.where(apart, RATES, PEOPLE))
    return table.assign(additive=False)


def response_overview(responses: Responses) -> pd.DataFrame:
    """Set answers, invited and response rate out by municipality and group, for the consultant's eyes.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `Kommune`, `Gruppe`, `Besvarelser`, `Inviteret`, `Svarprocent`; missing where the number invited is unknown.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> response_overview(example_responses())["Svarprocent"].tolist()[:2]  # 5 of 10 and 5 of 8
    [50.0, 62.5]
    """
    rates = response_rates(responses)
    keys = ["municipality", "group"]
    wide = rates.pivot_table(index=keys, columns="measure", values="value", sort=False, dropna=False).dropna(how="all")
    study, wide = responses.study, wide.reset_index()
    return pd.DataFrame(
        {
            "Kommune": wide["municipality"].map(study.place_names("I alt")),
            "Gruppe": [study.group(str(key)).name for key in wide["group"]],
            **{measure: wide[measure] for measure in (ANSWERS, INVITED, RATE)},
        }
    )


def screening_counts(responses: Responses) -> pd.DataFrame:
    """Give how much each rule set aside or noted in the whole survey.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` with the measure "Antal": `item` is the rule, and n the rows received. It is counted for
        "alle" only, since a row without a municipality belongs to none. `additive` is False, and all rules are one
        `block`: together they tell how many are left.
    """
    # A count of rows has no end of a scale that would tell what anybody answered.
    ends = float("-inf"), float("inf")
    counted = responses.set_aside[["rule", "n"]].itertuples(name=None)
    return measure_table(
        MeasureRow(ALL, ALL, rule, called, SCREENING, float(n), NOT_SAID, NOT_SAID, responses.received, *ends)
        for rule, called, n in counted
    ).assign(block=SET_ASIDE, additive=False)


def missing_states(responses: Responses) -> pd.DataFrame:
    """Count the four states of every question by group, for the consultant's own pages.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `item`, `variable`, `group`, `state`, `n`: one row each, also where n is 0, in the questionnaire's order.
    """
    answers = responses.answers
    order = pd.MultiIndex.from_product(
        [list(dict.fromkeys(answers["variable"])), sorted(answers["group"].unique()), list(State)],
        names=["variable", "group", "state"],
    )
    counts = answers.groupby(["variable", "group", "state"]).size()
    table = counts.reindex(order, fill_value=0).rename("n").reset_index()
    items = answers.drop_duplicates("variable").set_index("variable")["item"]
    table.insert(0, "item", table["variable"].map(items))
    return table


def missing_overview(responses: Responses) -> pd.DataFrame:
    """Set the states of every question out by group, those with the largest share of "ved ikke" first.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `variable`, `label`, `group`, one column a state ("ikke_stillet" left out), and `share`: "ved ikke" in per cent
        of those who answered or said so. Questions that a group was not asked have no row.

    Examples
    --------
    One employee of ten said "ved ikke" to the level of k2.

    >>> from blupkit.survey.example import example_responses
    >>> missing_overview(example_responses())[["variable", "group"]].iloc[0].tolist()
    ['k2_n', 'A']
    """
    counts = missing_states(responses)
    wide = counts.pivot_table(index=["variable", "group"], columns="state", values="n", sort=False)
    wide = wide[wide[SAID].sum(axis=1) > 0].reset_index()
    labels = responses.questionnaire.by_variable["label"]
    wide = wide.assign(
        label=wide["variable"].map(labels),
        share=100 * wide[State.DONT_KNOW] / (wide[State.ANSWERED] + wide[State.DONT_KNOW]),
    )
    columns = ["variable", "label", "group", *SAID, "share"]
    return wide[columns].sort_values("share", ascending=False, kind="stable", ignore_index=True)


def open_answers(responses: Responses) -> pd.DataFrame:
    """Give what was written in the open questions, for the consultant's eyes: it may name people and places.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `item`, `group`, `text`, in the order of the questionnaire; unanswered questions are left out.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> open_answers(example_responses())["text"].tolist()
    ['Mere tid til møder', 'Flere møder med lokalrådene']
    """
    return responses.written()[["item", "group", "text"]].sort_values("item", kind="stable", ignore_index=True)


def answer_distribution(responses: Responses) -> pd.DataFrame:
    """Count every answer to every closed question by group, for the consultant's own pages.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `item`, `variable`, `question`, `label`, `answer`, `group`, `n`, `share` (0-100). Answers stand in the order of
        their scale, also those that nobody chose. Missing data: "ved ikke" and "ønsker ikke at oplyse" are counted but
        have no share, and the share's denominator is those who answered. A group that was not asked is not there.
    """
    closed, scales = responses.questionnaire.asked, responses.questionnaire.scales
    closed = closed[closed["kind"] != Kind.OPEN]
    answers = responses.answers_to(closed["variable"])
    answers = answers[answers["state"] != State.NOT_ASKED]
    answered = answers["state"] == State.ANSWERED
    keys = ["variable", "group"]
    counts = answers[answers["text"] != ""].groupby([*keys, "text"]).size().to_dict()
    base = answers[answered].groupby(keys).size().to_dict()
    ticks = answers[answered & (answers["value"] == 1)].groupby(keys).size().to_dict()
    rows = []
    columns = ["item", "variable", "question", "label", "group", "kind", "text", "scale"]
    for *head, group, kind, text, scale in closed[columns].itertuples(index=False, name=None):
        key = (head[1], group)
        of = base.get(key, 0)
        if kind == Kind.MULTIPLE:
            rows.append([*head, text, group, ticks.get(key, 0), _share(ticks.get(key, 0), of)])
            continue
        for answer, meaning in scales.loc[scales["scale"] == scale, ["text", "meaning"]].itertuples(index=False):
            n = counts.get((*key, answer), 0)
            rows.append([*head, answer, group, n, _share(n, of) if meaning == Meaning.ANSWER else NOT_SAID])
    names = ["item", "variable", "question", "label", "answer", "group", "n", "share"]
    return pd.DataFrame(rows, columns=names).astype({"share": float})


def answer_overview(responses: Responses) -> pd.DataFrame:
    """Set every answer to every closed question out with the groups side by side, for the consultant's eyes.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `Spørgsmål`, `Emne`, `Svar`, and for each group of the study its number of answers and its per cent, as
        `answer_distribution` counts them; missing where the group was not asked.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> answer_overview(example_responses())["Lokalrådsmedlemmer, pct."].tolist()[3]  # seven of ten: "I høj grad"
    70.0
    """
    keys = ["variable", "question", "label", "answer"]
    table = answer_distribution(responses).groupby([*keys, "group"], sort=False)[["n", "share"]].sum(min_count=1)
    wide = table.reset_index().pivot_table(index=keys, columns="group", values=["n", "share"], sort=False)
    numbers = {
        f"{first_upper(responses.study.group(str(key)).name)}, {head}": wide[what, key]
        for key in wide["n"].columns
        for what, head in (("n", "antal"), ("share", "pct."))
    }
    heads = {"question": "Spørgsmål", "label": "Emne", "answer": "Svar"}
    return pd.DataFrame(numbers).reset_index().drop(columns="variable").rename(columns=heads)


def _share(n: int, of: int) -> float:
    return 100 * n / of if of else NOT_SAID
