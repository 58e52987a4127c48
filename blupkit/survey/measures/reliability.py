"""How well the items of a dimension belong together: Cronbach's alpha and McDonald's omega, and words for them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.disclosure import MeasureRow, SafeTable, Status, measure_table
from blupkit.disclosure.safe_table import NOT_SAID
from blupkit.survey.measures.internal_consistency import cronbach_alpha, feldt_interval, one_factor_omega
from blupkit.survey.measures.needs import GAP, ratings
from blupkit.survey.reading.responses import Responses

Numbers = npt.NDArray[np.float64]

ALPHA, OMEGA = "Alfa", "Omega"


def reliability(responses: Responses, needs: SafeTable, *, listwise: bool = False) -> SafeTable:
    """Measure how well the items of each dimension belong together, for each group in all municipalities together.

    * Alfa is Cronbach's (1951) alpha of the raw ratings. Its interval is Feldt's (1965), 95 per cent.
    * Omega is McDonald's (1999) total omega of one factor, fitted to the correlations by maximum likelihood. Unlike
      alpha it does not take all items to weigh the same.

    They are worked out only where every item of the dimension that the group was asked is shown in `needs` and rests on
    at least `varsomhed_n` answers.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What may be shown of `needs`; not changed.
    listwise : bool
        Use only those who rated every item of the dimension.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS`, `status` and `rating` ("Vigtighed", "Nuværende niveau" or "Gab"), for "alle" × group ×
        dimension with at least two items; `item` is the dimension. Omega is missing with fewer than three items: two
        have one correlation, and two loadings cannot be found from it. Both are missing where all gave an item the
        same rating. Missing data: pairs with "ved ikke" or without an answer are left out; a covariance rests on those
        who rated both items (pairwise), and n is the fewest behind any of them; with `listwise`, n is those who rated
        all.

    Examples
    --------
    By hand: two items with variances 1 and 1 and covariance 0.5. Alpha = 2/1 · (1 - (1 + 1) / (1 + 1 + 2 · 0.5)) = 2/3.

    >>> round(cronbach_alpha(np.array([[1.0, 0.5], [0.5, 1.0]])), 4)
    0.6667
    """
    dimensions, fewest = responses.questionnaire.dimensions, responses.study.thresholds.caution_n
    rows: list[MeasureRow] = []
    extra: list[tuple[str, Status]] = []
    for cell in responses.totals():
        answers, gaps = ratings(responses, cell.group), needs.total[needs.total["measure"] == GAP]
        pairs = responses.questionnaire.pairs(cell.group)
        shown = set(gaps.loc[(gaps["group"] == cell.group) & (gaps["n"] >= fewest), "item"])
        for dimension, label in dimensions[["dimension", "label"]].itertuples(index=False, name=None):
            items = pairs.loc[pairs["dimension"] == dimension, "item"].tolist()
            visible = shown.issuperset(items)
            for rating, table in answers.items() if len(items) > 1 else ():
                head = cell.municipality, cell.group, dimension, label
                rows += _rows(head, table[items].dropna() if listwise else table[items], visible=visible)
                extra += [(rating, Status.SHOWN if visible else Status.HIDDEN)] * 2
    frame = measure_table(rows).join(pd.DataFrame(extra, columns=["rating", "status"]))
    frame["n"] = frame["n"].astype("Int64").mask(frame["status"] == Status.HIDDEN)
    return SafeTable(frame, needs.min_n)


def _rows(head: tuple[str, str, str, str], answers: pd.DataFrame, *, visible: bool) -> list[MeasureRow]:
    # Alpha and omega have no lower end: items that contradict each other give a negative alpha.
    alpha, omega = (MeasureRow(*head, name, NOT_SAID, lowest=float("-inf"), highest=1.0) for name in (ALPHA, OMEGA))
    if not visible:
        return [alpha, omega]
    present = answers.notna().to_numpy(dtype=float)
    n = int((present.T @ present).min())
    value = cronbach_alpha(answers.cov().to_numpy())
    low, high = feldt_interval(value, n, answers.shape[1])
    common = one_factor_omega(answers.corr().to_numpy())
    return [alpha._replace(value=value, low=low, high=high, n=n), omega._replace(value=common, n=n)]
