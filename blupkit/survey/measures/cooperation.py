"""How the parties rate their cooperation with each other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from blupkit.core import Study
from blupkit.disclosure import SafeTable
from blupkit.survey.measures.bootstrap import DRAWS, measure_table, release_cells
from blupkit.survey.measures.needs import mean_rows
from blupkit.survey.reading.responses import Responses


def about(study: Study, key: str) -> str:
    """Name the measure for ratings of one group, for example "Om forvaltningen".

    Parameters
    ----------
    study : Study
        Its group has `omtales_som`; without it, the group's name is used.
    key : str
        The group that is rated.

    Returns
    -------
    str
        The display name.
    """
    group = study.group(key)
    return f"Om {group.counterpart or group.name}"


def cooperation(responses: Responses, draws: int = DRAWS) -> pd.DataFrame:
    """Give the mean of each statement about the cooperation, for each rating group × rated group.

    A statement may be worded a little differently from side to side; its label is the one that stands first in the
    questionnaire, so that the sides can be laid beside each other.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    draws : int
        Bootstrap draws for the interval.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS`; `group` is who rates, `measure` says whom ("Om forvaltningen"). Missing data: "ved ikke"
        and unanswered are left out.
    """
    asked = responses.questionnaire.asked
    asked = asked[(asked["kind"] == "udsagn") & (asked["about"] != "")]
    asked = asked.assign(label=asked["item"].map(asked.drop_duplicates("item").set_index("item")["label"]))
    wide = responses.values(list(dict.fromkeys(asked["variable"])))
    rows: list[dict[str, object]] = []
    for cell in release_cells(responses):
        own = asked[asked["group"] == cell.group]
        for rated, part in own.groupby("about", sort=False):
            names = part[["item", "label"]]
            matrix = wide.loc[cell.respondents, part["variable"].tolist()].set_axis(names["item"].tolist(), axis=1)
            ends = {
                item: responses.questionnaire.ends_of(scale)
                for item, scale in zip(part["item"], part["scale"], strict=True)
            }
            rows += mean_rows(responses, cell, matrix, names, about(responses.study, str(rated)), ends, draws)
    return measure_table(rows)


def mirror(table: SafeTable, study: Study, first: str = "L", second: str = "A") -> SafeTable:
    """Set two groups' ratings of each other side by side.

    Parameters
    ----------
    table : SafeTable
        What `cooperation` measured; not changed.
    study : Study
        Its groups.
    first, second : str
        Keys of the two groups.

    Returns
    -------
    SafeTable
        Two rows a statement that both were asked: what the first group says of the second, and the second of the first.
        Nothing is pooled; each has its own n. Empty when the questionnaire has no such statements.
    """
    frame = table.frame
    if not {first, second} <= {group.key for group in study.groups}:
        return replace(table, frame=frame.iloc[0:0])
    one_way = (frame["group"] == first) & (frame["measure"] == about(study, second))
    other_way = (frame["group"] == second) & (frame["measure"] == about(study, first))
    both = set(frame.loc[one_way, "item"]) & set(frame.loc[other_way, "item"])
    rows = frame[(one_way | other_way) & frame["item"].isin(both)]
    return replace(table, frame=rows.reset_index(drop=True))
