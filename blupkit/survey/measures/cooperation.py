"""How the parties rate their cooperation with each other."""

from __future__ import annotations

import pandas as pd

from blupkit.disclosure import MeasureRow, measure_table
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
