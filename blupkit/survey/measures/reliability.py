"""How well the items of a dimension belong together: Cronbach's alpha and McDonald's omega, and words for them."""

from __future__ import annotations

from typing import NamedTuple

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


class Consistency(NamedTuple):
    """What is declared of one dimension in a group, beside the long shape.

    Parameters
    ----------
    rating : str
        "Vigtighed", "Nuværende niveau" or "Gab".
    items : tuple of str
        The items that it rests on.

    Examples
    --------
    >>> Consistency("Gab", ("k1", "k2")).items
    ('k1', 'k2')
    """

    rating: str
    items: tuple[str, ...]


def consistency(responses: Responses, *, listwise: bool = False) -> pd.DataFrame:
    """Measure how well the items of each dimension belong together, for each group in all municipalities together.

    * Alfa is Cronbach's (1951) alpha of the raw ratings. Its interval is Feldt's (1965), 95 per cent.
    * Omega is McDonald's (1999) total omega of one factor, fitted to the correlations by maximum likelihood. Unlike
      alpha it does not take all items to weigh the same.

    It is a declared quantity: `reliability` says what may be shown of it.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    listwise : bool
        Use only those who rated every item of the dimension.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS`, `rating` and `items`, for "alle" × group × dimension with at least two items; `item` is
        the dimension. Both are missing where an item rests on fewer than `varsomhed_n` answers, or all gave it the same
        rating; omega with fewer than three items: two have one correlation, and two loadings cannot be found from it.
        Missing data: pairs with "ved ikke" or without an answer are left out; a covariance rests on those who rated
        both items (pairwise), and n is the fewest behind any of them; with `listwise`, n is those who rated all.

    Examples
    --------
    By hand: two items with variances 1 and 1 and covariance 0.5. Alpha = 2/1 · (1 - (1 + 1) / (1 + 1 + 2 · 0.5)) = 2/3.

    >>> round(cronbach_alpha(np.array([[1.0, 0.5], [0.5, 1.0]])), 4)
    0.6667
    """
    dimensions, fewest = responses.questionnaire.dimensions, responses.study.thresholds.caution_n
    rows: list[MeasureRow] = []
    extra: list[Consistency] = []
    for cell in responses.totals():
        answers, pairs = ratings(responses, cell.group), responses.questionnaire.pairs(cell.group)
        for dimension, label in dimensions[["dimension", "label"]].itertuples(index=False, name=None):
            items = pairs.loc[pairs["dimension"] == dimension, "item"].tolist()
            enough = bool((answers[GAP][items].notna().sum() >= fewest).all())
            for rating, table in answers.items() if len(items) > 1 else ():
                head = cell.municipality, cell.group, dimension, label
                rows += _rows(head, table[items].dropna() if listwise else table[items], enough=enough)
                extra += [Consistency(rating, tuple(items))] * 2
    return measure_table(rows).join(pd.DataFrame(extra, columns=list(Consistency._fields)))


def reliability(declared: pd.DataFrame, needs: SafeTable) -> SafeTable:
    """Show how well the items of a dimension belong together where the spread of every one of them may be used.

    Alpha and omega are worked out of how the answers are spread in all municipalities together. So they follow the rule
    of spreads: each item is shown in `needs`, on at least `varsomhed_n` answers, and what the municipalities show does
    not leave the spread of a few.

    Parameters
    ----------
    declared : pandas.DataFrame
        What `consistency` measured; not changed.
    needs : SafeTable
        What may be shown of `needs`, with the spreads that `settled` let through; not changed.

    Returns
    -------
    SafeTable
        The same rows with `status`, without `items`.
    """
    total = needs.total
    usable = total[(total["measure"] == GAP) & total["own"].astype(bool)]
    own = set(zip(usable["group"], usable["item"], strict=True))
    pairs = zip(declared["group"], declared["items"], strict=True)
    visible = pd.Series([all((group, item) in own for item in items) for group, items in pairs], index=declared.index)
    frame = declared.drop(columns="items")
    frame["status"] = np.where(visible, Status.SHOWN, Status.HIDDEN)
    frame["n"] = frame["n"].astype("Int64").where(visible)
    numbers = ["value", "low", "high"]
    frame[numbers] = frame[numbers].where(visible)
    return SafeTable(frame, needs.min_n)


def gap_correlations(responses: Responses) -> dict[str, pd.DataFrame]:
    """Say how each group's gaps of two items go together, in all municipalities together.

    It is a declared quantity, of which `shared_correlations` publishes one number a group.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    dict of str to pandas.DataFrame
        By group: items × items. Missing data: a correlation rests on those who rated both items (pairwise); NaN where
        all gave one of them the same gap.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> gap_correlations(example_responses())["L"].shape
    (2, 2)
    """
    return {group: ratings(responses, group)[GAP].corr() for group in responses.study.group_keys}


def _rows(head: tuple[str, str, str, str], answers: pd.DataFrame, *, enough: bool) -> list[MeasureRow]:
    # Alpha and omega have no lower end: items that contradict each other give a negative alpha.
    alpha, omega = (MeasureRow(*head, name, NOT_SAID, lowest=float("-inf"), highest=1.0) for name in (ALPHA, OMEGA))
    if not enough:
        return [alpha, omega]
    present = answers.notna().to_numpy(dtype=float)
    n = int((present.T @ present).min())
    value = cronbach_alpha(answers.cov().to_numpy())
    low, high = feldt_interval(value, n, answers.shape[1])
    common = one_factor_omega(answers.corr().to_numpy())
    return [alpha._replace(value=value, low=low, high=high, n=n), omega._replace(value=common, n=n)]
