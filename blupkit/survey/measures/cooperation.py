"""How the parties rate their cooperation, and which rows of theirs can be laid beside each other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from blupkit.core import Study
from blupkit.disclosure import MeasureRow, SafeTable, measure_table, select
from blupkit.survey.measures.bootstrap import DRAWS
from blupkit.survey.measures.needs import mean_rows
from blupkit.survey.reading.responses import Responses


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

    Examples
    --------
    Nordby's five local members gave 3, 2, 3, 3 and 4.

    >>> from blupkit.survey.example import example_responses
    >>> cooperation(example_responses(), draws=10)[["measure", "value", "n"]].to_numpy().tolist()[0]
    ['Om forvaltningen', 3.0, 5]
    """
    asked = responses.questionnaire.statements
    wide = responses.values(list(dict.fromkeys(asked["variable"])))
    rows: list[MeasureRow] = []
    for cell in responses.cells():
        own = asked[asked["group"] == cell.group]
        for rated, part in own.groupby("about", sort=False):
            names = part[["item", "label"]]
            matrix = wide.loc[cell.respondents, part["variable"].tolist()].set_axis(names["item"].tolist(), axis=1)
            ends = {
                item: responses.questionnaire.ends_of(scale)
                for item, scale in zip(part["item"], part["scale"], strict=True)
            }
            rows += mean_rows(cell, matrix, names, responses.study.group(str(rated)).about, ends, draws)
    return measure_table(rows)


def mirror(table: SafeTable, study: Study, first: str = "", second: str = "") -> SafeTable:
    """Set two groups' ratings of each other side by side.

    Parameters
    ----------
    table : SafeTable
        What `cooperation` measured; not changed.
    study : Study
        Its groups.
    first, second : str
        Keys of the two groups; the first two of which municipalities' pages show their own answers when omitted.

    Returns
    -------
    SafeTable
        Two rows a statement that both were asked: what the first group says of the second, and the second of the first.
        Nothing is pooled; each has its own n. Empty when the questionnaire has no such statements.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> mirror(release.cooperation, edition.study).frame[["group", "value"]].to_numpy().tolist()
    [['L', 3.0], ['A', 4.0]]
    """
    frame = table.frame
    sides = [group.key for group in study.groups if group.shown_locally]
    one, other = first or next(iter(sides), ""), second or next(iter(sides[1:]), "")
    if not {one, other} <= {group.key for group in study.groups}:
        return replace(table, frame=frame.iloc[0:0])
    one_way = (frame["group"] == one) & (frame["measure"] == study.group(other).about)
    other_way = (frame["group"] == other) & (frame["measure"] == study.group(one).about)
    both = set(frame.loc[one_way, "item"]) & set(frame.loc[other_way, "item"])
    rows = frame[(one_way | other_way) & frame["item"].isin(both)]
    return replace(table, frame=rows.reset_index(drop=True))


def common_items(table: SafeTable, study: Study) -> SafeTable:
    """Keep the items that every group was asked: only they can be laid beside each other.

    Parameters
    ----------
    table : SafeTable
        What `needs` measured; not changed.
    study : Study
        Its groups.

    Returns
    -------
    SafeTable
        Their rows; none where the groups have no item in common.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> set(common_items(release.needs, edition.study).frame["item"]) == {"k1", "k2"}
    True
    """
    asked = table.frame.groupby("item")["group"].nunique()
    return select(table, item=set(asked.index[asked == len(study.groups)]))
