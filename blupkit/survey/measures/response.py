"""The frame of the survey: who was asked, who answered, and what is missing."""

from __future__ import annotations

import pandas as pd

from blupkit.core import ALL
from blupkit.core.danish import first_upper
from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.survey.measures.bootstrap import measure_table, release_cells
from blupkit.survey.reading.cell_values import ANSWERED, DONT_KNOW, NOT_ASKED, STATES, UNANSWERED
from blupkit.survey.reading.responses import Responses
from blupkit.survey.reading.screening import RULES

ANSWERS, INVITED, RATE = "Besvarelser", "Inviteret", "Svarprocent"
SCREENING = "Antal"
#: The block of the number of people, which everything else about them follows; and that of the total's rate.
PEOPLE, RATES = "svar", "svarprocent"
#: The block of what the rules set aside: together with the rows received it tells how many answers are left.
SET_ASIDE = "regler"


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
    """
    rows: list[dict[str, object]] = []
    people, invited = responses.respondents, responses.invited
    for cell in release_cells(responses):
        here = invited[invited["group"] == cell.group]
        if cell.municipality != ALL:
            here = here[here["municipality"] == cell.municipality]
        known = here[here["known"]]
        of_group = people[people["group"] == cell.group]
        counted = int(of_group["municipality"].isin(known["municipality"]).sum())
        total = len(cell.respondents)
        is_known = not known.empty
        number = float(known["invited"].sum()) if is_known else float("nan")
        rate = 100 * counted / number if number else float("nan")
        extra = {"known": is_known, "left_out": len(here) - len(known)}
        for measure, value, highest in (
            (ANSWERS, total, float("inf")),
            (INVITED, number, float("inf")),
            (RATE, rate, 100),
        ):
            rows.append(
                {
                    **dict.fromkeys(MEASURE_COLUMNS),
                    "municipality": cell.municipality,
                    "group": cell.group,
                    "item": "svar",
                    "label": "Besvarelser",
                    "measure": measure,
                    "value": value,
                    "n": counted if measure != ANSWERS and cell.municipality == ALL and is_known else total,
                    "lowest": 0,
                    "highest": highest,
                    "block": RATES if measure != ANSWERS and cell.municipality == ALL else PEOPLE,
                    **(extra if measure != ANSWERS else {"known": True, "left_out": 0}),
                }
            )
    table = measure_table(rows)
    return table.join(pd.DataFrame(rows)[["block", "known", "left_out"]]).assign(additive=False)


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
    """
    rates = response_rates(responses)
    keys = ["municipality", "group"]
    wide = rates.pivot_table(index=keys, columns="measure", values="value", sort=False, dropna=False).dropna(how="all")
    study = responses.study
    names = {ALL: "I alt", **{municipality.slug: municipality.name for municipality in study.municipalities}}
    wide = wide.reset_index()
    return pd.DataFrame(
        {
            "Kommune": wide["municipality"].map(names),
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
    counts = dict(zip(RULES, responses.set_aside["n"], strict=True))
    return measure_table(
        [
            {
                **dict.fromkeys(MEASURE_COLUMNS),
                "municipality": ALL,
                "group": ALL,
                "item": rule,
                "label": first_upper(name),
                "measure": SCREENING,
                "value": counts[rule],
                "n": responses.received,
                # A count of rows has no end of a scale that would tell what anybody answered.
                "lowest": float("-inf"),
                "highest": float("inf"),
            }
            for rule, (name, _) in RULES.items()
        ]
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
    if answers.empty:
        return pd.DataFrame(columns=["item", "variable", "group", "state", "n"])
    order = pd.MultiIndex.from_product(
        [list(dict.fromkeys(answers["variable"])), sorted(answers["group"].unique()), list(STATES)],
        names=["variable", "group", "state"],
    )
    counts = answers.groupby(["variable", "group", "state"]).size().reindex(order, fill_value=0)
    table = counts.rename("n").reset_index()
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
    """
    counts = missing_states(responses)
    wide = counts.pivot_table(index=["variable", "group"], columns="state", values="n", sort=False)
    wide = wide[wide[[ANSWERED, DONT_KNOW, UNANSWERED]].sum(axis=1) > 0].reset_index()
    labels = responses.questionnaire.variables.drop_duplicates("variable").set_index("variable")["label"]
    wide = wide.assign(
        label=wide["variable"].map(labels),
        share=100 * wide[DONT_KNOW] / (wide[ANSWERED] + wide[DONT_KNOW]),
    )
    columns = ["variable", "label", "group", ANSWERED, DONT_KNOW, UNANSWERED, "share"]
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
    """
    answers = responses.answers_to(responses.open_variables)
    return answers.loc[answers["state"] == ANSWERED, ["item", "group", "text"]].sort_values(
        "item", kind="stable", ignore_index=True
    )


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
    answers = responses.answers[(responses.answers["kind"] != "aaben") & (responses.answers["state"] != NOT_ASKED)]
    counts = answers[answers["text"] != ""].groupby(["variable", "group", "text"]).size()
    answered = answers[answers["state"] == ANSWERED].groupby(["variable", "group"]).size()
    ticked = answers[(answers["kind"] == "flere") & (answers["value"] == 1)].groupby(["variable", "group"]).size()
    found, base, ticks = counts.to_dict(), answered.to_dict(), ticked.to_dict()
    scales = dict(list(responses.questionnaire.scales.groupby("scale", sort=False)))
    rows = []
    for line in responses.questionnaire.asked.to_dict("records"):
        key = (line["variable"], line["group"])
        head = [line["item"], line["variable"], line["question"], line["label"]]
        if line["kind"] == "flere":
            rows.append(
                [*head, line["text"], line["group"], ticks.get(key, 0), _share(ticks.get(key, 0), base.get(key, 0))]
            )
        for answer in (
            scales[line["scale"]].to_dict("records") if line["scale"] in scales and line["kind"] != "flere" else []
        ):
            n = found.get((*key, answer["text"]), 0)
            share = _share(n, base.get(key, 0)) if answer["meaning"] == "svar" else float("nan")
            rows.append([*head, answer["text"], line["group"], n, share])
    columns = ["item", "variable", "question", "label", "answer", "group", "n", "share"]
    return pd.DataFrame(rows, columns=columns).astype({"share": float})


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
    return 100 * n / of if of else float("nan")
