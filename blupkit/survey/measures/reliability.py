"""How well the items of a dimension belong together: Cronbach's alpha and McDonald's omega, and words for them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, stats

from blupkit.disclosure import MeasureRow, SafeTable, Status, measure_table
from blupkit.disclosure.safe_table import NOT_SAID
from blupkit.survey.measures.needs import GAP, ratings
from blupkit.survey.reading.responses import Responses

Numbers = npt.NDArray[np.float64]

ALPHA, OMEGA = "Alfa", "Omega"
#: One factor has as many loadings as items; with two items there is but one correlation to find them from.
FEWEST_FOR_OMEGA: Final = 3
#: No loading may explain all of an item: its own share of the variance is at least 0.005, as in R's psych.
LARGEST_LOADING: Final = 0.995**0.5


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
    low, high = _feldt(value, n, answers.shape[1])
    common = one_factor_omega(answers.corr().to_numpy())
    return [alpha._replace(value=value, low=low, high=high, n=n), omega._replace(value=common, n=n)]


def cronbach_alpha(covariance: Numbers) -> float:
    """Compute Cronbach's alpha from the covariances of the items: k / (k - 1) · (1 - sum of variances / sum of all).

    Parameters
    ----------
    covariance : numpy.ndarray
        Items × items.

    Returns
    -------
    float
        At most 1; NaN where a covariance is missing or nothing varies.

    Examples
    --------
    >>> round(cronbach_alpha(np.array([[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])), 4)
    0.75
    """
    size, total = len(covariance), float(covariance.sum())
    if np.isnan(total) or total <= 0 or (np.diag(covariance) == 0).any():
        return float("nan")
    return size / (size - 1) * (1 - float(np.trace(covariance)) / total)


def _feldt(alpha: float, n: int, size: int) -> tuple[float, float]:
    """Give Feldt's interval: (1 - alpha) / (1 - estimate) follows an F distribution."""
    first, second = n - 1, (n - 1) * (size - 1)
    low, high = (1 - (1 - alpha) * stats.f.ppf(level, first, second) for level in (0.975, 0.025))
    return float(low), float(high)


def one_factor_omega(correlation: Numbers) -> float:
    """Compute McDonald's omega of one factor from the correlations of the items.

    The loadings are those of greatest likelihood, as `psych::fa(fm = "ml")` finds them. Omega = S² / (S² + U), where S
    is the sum of the loadings, and U the sum of what the factor leaves of each item, 1 - loading².

    Parameters
    ----------
    correlation : numpy.ndarray
        Items × items.

    Returns
    -------
    float
        0-1; NaN with fewer than three items or where a correlation is missing.

    Examples
    --------
    By hand: every correlation is 0.25, so every loading is 0.5: S = 1.5 and U = 3 · 0.75, 2.25 / (2.25 + 2.25) = 0.5.

    >>> round(one_factor_omega(np.array([[1.0, 0.25, 0.25], [0.25, 1.0, 0.25], [0.25, 0.25, 1.0]])), 4)
    0.5
    """
    if len(correlation) < FEWEST_FOR_OMEGA or np.isnan(correlation).any():
        return float("nan")

    def misfit(loadings: Numbers) -> tuple[float, Numbers]:
        """Give minus twice the log likelihood by respondent, but for a constant, and its slope in each loading."""
        implied = np.outer(loadings, loadings)
        np.fill_diagonal(implied, 1.0)
        inverse = np.linalg.inv(implied)
        slope = inverse - inverse @ correlation @ inverse
        np.fill_diagonal(slope, 0.0)
        fit = np.linalg.slogdet(implied).logabsdet + np.trace(inverse @ correlation)
        return float(fit), 2 * slope @ loadings

    bounds = [(-LARGEST_LOADING, LARGEST_LOADING)] * len(correlation)
    options = {"ftol": 1e-14, "gtol": 1e-9}
    # With few items there may be several peaks, each near one item: climb from all of them, and keep the highest.
    tries = [
        optimize.minimize(misfit, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        for start in 0.9 * correlation
    ]
    loadings = min(tries, key=lambda found: float(found.fun)).x
    common, own = float(loadings.sum()) ** 2, float((1 - loadings**2).sum())
    return common / (common + own)
