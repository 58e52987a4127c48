"""Partial pooling: what a municipality with few answers shows, drawn towards what all show together."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar

from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, is_shown
from blupkit.survey.measures.needs import GAP, ratings
from blupkit.survey.reading.responses import Responses

POOLED: Final = "Udjævnet gab"
#: With fewer municipalities nothing can be learnt of how much they differ.
LEAST_PLACES: Final = 3
_Z: Final = 1.959964
Numbers = npt.NDArray[np.float64]


class Pooled(NamedTuple):
    """What a random-intercept model says of some groups' means.

    Parameters
    ----------
    mean : float
        The mean of all, in which each group weighs by what is known of it.
    between, within : float
        The standard deviations between the groups and within them.
    means, errors : numpy.ndarray
        Each group's mean drawn towards `mean`, and its standard error.
    """

    mean: float
    between: float
    within: float
    means: Numbers
    errors: Numbers


def pool_means(values: Numbers, groups: Numbers) -> Pooled:
    """Fit a random-intercept model to unbalanced groups by restricted maximum likelihood (empirical Bayes).

    y = m + u(group) + e, with u and e normal. Only the ratio of the two variances has to be searched for; the rest
    follows from it. REML is used since the plain likelihood makes the variance between few groups too small.

    Parameters
    ----------
    values : numpy.ndarray
        The answers, without missing ones.
    groups : numpy.ndarray
        Which group each is of: 0, 1, 2 …, each with at least one answer.

    Returns
    -------
    Pooled
        Where the variance between groups is estimated as zero, each mean is that of all.

    References
    ----------
    Efron & Morris (1975); the estimates are those of `lme4::lmer(y ~ 1 + (1 | group))` in R.

    Examples
    --------
    Four answers with the mean 1 and four with the mean 3, alike within their groups, are hardly drawn at all:

    >>> pooled = pool_means(np.array([0.9, 1.1, 0.9, 1.1, 2.9, 3.1, 2.9, 3.1]), np.repeat([0, 1], 4))
    >>> pooled.means.round(2).tolist()
    [1.0, 3.0]
    """
    n = np.bincount(groups)
    means = np.bincount(groups, values) / n
    within = float(((values - means[groups]) ** 2).sum())

    def fitted(ratio: float) -> tuple[float, float, float]:
        weight = n / (1 + ratio * n)
        mean = float((weight * means).sum() / weight.sum())
        variance = (within + float((weight * (means - mean) ** 2).sum())) / (len(values) - 1)
        logs = np.log1p(ratio * n).sum() + np.log(weight.sum())
        return float((len(values) - 1) * np.log(max(variance, 1e-300)) + logs), mean, variance

    best = minimize_scalar(lambda root: fitted(root**2)[0], bounds=(0, 30), method="bounded", options={"xatol": 1e-9})
    ratio = float(best.x) ** 2 if best.fun < fitted(0.0)[0] - 1e-9 else 0.0
    _, mean, variance = fitted(ratio)
    kept = ratio * n / (1 + ratio * n)
    errors = np.sqrt(variance * (ratio / (1 + ratio * n) + (1 - kept) ** 2 / (n / (1 + ratio * n)).sum()))
    return Pooled(
        mean, float(np.sqrt(ratio * variance)), float(np.sqrt(variance)), mean + kept * (means - mean), errors
    )


def pooled_needs(responses: Responses, needs: SafeTable) -> SafeTable:
    """Draw each municipality's gaps towards those of all, the more the fewer answers it has.

    A municipality with nine answers can top a list by chance. How much it is drawn depends on its number of answers,
    and on how much municipalities differ at all, which is estimated from the answers, item by item. Only cells that are
    shown come into it, so it tells nothing of those that are not.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What `needs` measured, as the release shows it.

    Returns
    -------
    SafeTable
        The rows of the gap with the measure "Gab", and the same with "Udjævnet gab", for the municipalities; `between`
        is the standard deviation between municipalities, 0 where there is no sign that they differ. `low` and `high`
        are the 95 per cent interval of a normal around the pooled gap. Missing data: pairs with "ved ikke" or without
        an answer are left out. An item that fewer than three municipalities show has no pooled gap.
    """
    *local, _ = responses.study.readers
    raw = needs.frame[(needs.frame["measure"] == GAP) & needs.frame["municipality"].isin(local)]
    raw = raw[[*MEASURE_COLUMNS, "status"]].reset_index(drop=True)
    pooled = raw.assign(measure=POOLED, value=np.nan, low=np.nan, high=np.nan, between=np.nan)
    towns_of = responses.respondents.set_index("respondent")["municipality"]
    for group, part in raw[is_shown(raw)].groupby("group", sort=False):
        answers = ratings(responses, str(group))[GAP]
        for item, cells in part.groupby("item", sort=False):
            gaps = answers[item].dropna()
            towns = towns_of.reindex(gaps.index)
            places = cells["municipality"].tolist()
            inside = towns.isin(places)
            if len(places) >= LEAST_PLACES:
                which = towns[inside].map({place: at for at, place in enumerate(places)}).to_numpy(dtype=np.int64)
                fit = pool_means(gaps[inside].to_numpy(dtype=float), which)
                reach = _Z * fit.errors
                pooled.loc[cells.index, ["value", "low", "high"]] = np.stack(
                    [fit.means, fit.means - reach, fit.means + reach], axis=1
                )
                pooled.loc[cells.index, "between"] = fit.between
    both = pd.concat([raw.assign(between=np.nan), pooled], ignore_index=True)
    return SafeTable(both, needs.min_n)
