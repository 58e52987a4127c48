"""Needs with few answers drawn towards those of all, and what it would change if all municipalities counted alike."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special
from scipy.optimize import minimize_scalar

from blupkit.core import ALL
from blupkit.disclosure import MEASURE_COLUMNS, MeasureRow, SafeTable, is_shown, measure_table
from blupkit.survey.measures.needs import GAP, item_pairs, ratings
from blupkit.survey.measures.response import INVITED
from blupkit.survey.reading.responses import Responses

POOLED: Final = "Udjævnet gab"
WEIGHTED: Final = "Gab, vægtet"
PLACES: Final = "Plads, vægtet"
#: Why an item has no weighted place.
UNKNOWN_INVITED, HIDDEN_PART = "inviterede", "skjult"
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


def pool_means(means: Numbers, n: Numbers, variances: Numbers) -> Pooled:
    """Fit a random-intercept model to unbalanced groups by restricted maximum likelihood (empirical Bayes).

    y = m + u(group) + e, with u and e normal. How many answers each group has, their mean and their variance say all
    that the likelihood asks for. Only the ratio of the two variances has to be searched for; the rest follows from it.
    REML is used since the plain likelihood makes the variance between few groups too small.

    Parameters
    ----------
    means : numpy.ndarray
        Each group's mean.
    n : numpy.ndarray
        How many answers it rests on, at least one.
    variances : numpy.ndarray
        Their variance within the group, divided by n - 1; of a group with one answer it is not looked at.

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

    >>> pooled = pool_means(np.array([1.0, 3.0]), np.array([4, 4]), np.array([0.04 / 3, 0.04 / 3]))
    >>> pooled.means.round(2).tolist()
    [1.0, 3.0]
    """
    within, freedom = float(((n - 1) * np.where(n > 1, variances, 0.0)).sum()), int(n.sum()) - 1

    def fitted(ratio: float) -> tuple[float, float, float]:
        weight = n / (1 + ratio * n)
        mean = float((weight * means).sum() / weight.sum())
        variance = (within + float((weight * (means - mean) ** 2).sum())) / freedom
        logs = np.log1p(ratio * n).sum() + np.log(weight.sum())
        return float(freedom * np.log(max(variance, 1e-300)) + logs), mean, variance

    best = minimize_scalar(lambda root: fitted(root**2)[0], bounds=(0, 30), method="bounded", options={"xatol": 1e-9})
    ratio = float(best.x) ** 2 if best.fun < fitted(0.0)[0] - 1e-9 else 0.0
    _, mean, variance = fitted(ratio)
    kept = ratio * n / (1 + ratio * n)
    errors = np.sqrt(variance * (ratio / (1 + ratio * n) + (1 - kept) ** 2 / (n / (1 + ratio * n)).sum()))
    return Pooled(
        mean, float(np.sqrt(ratio * variance)), float(np.sqrt(variance)), mean + kept * (means - mean), errors
    )


def pooled_needs(needs: SafeTable) -> SafeTable:
    """Draw each municipality's gaps towards those of all, the more the fewer answers it has.

    A municipality with nine answers can top a list by chance. How much it is drawn depends on its number of answers,
    and on how much municipalities differ at all, which is estimated item by item. All of it is worked out from the
    means, numbers and spreads of cells that are shown, so it tells nothing more.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, as the release shows it, with the spreads that `settled` let through.

    Returns
    -------
    SafeTable
        The rows of the gap with the measure "Gab", and the same with "Udjævnet gab", for the municipalities; `between`
        is the standard deviation between municipalities, 0 where there is no sign that they differ. `low` and `high`
        are the 95 per cent interval of a normal around the pooled gap. Missing data: pairs with "ved ikke" or without
        an answer are left out. An item that fewer than three municipalities show has no pooled gap, nor has one where
        no spread may be used.
    """
    raw = needs.frame[(needs.frame["measure"] == GAP) & (needs.frame["municipality"] != ALL)]
    variances = raw["variance"].to_numpy(dtype=float)
    raw = raw[[*MEASURE_COLUMNS, "status"]].reset_index(drop=True)
    pooled = raw.assign(measure=POOLED, value=np.nan, low=np.nan, high=np.nan, between=np.nan)
    for _, cells in raw[is_shown(raw)].groupby(["group", "item"], sort=False):
        n, spread = cells["n"].to_numpy(dtype=float), variances[cells.index]
        if len(cells) < LEAST_PLACES or np.isnan(spread[n > 1]).any():
            continue
        found = pool_means(cells["value"].to_numpy(dtype=float), n, spread)
        pooled.loc[cells.index, ["value", "between"]] = np.c_[found.means, np.full(len(cells), found.between)]
        pooled.loc[cells.index, "low"] = found.means - _Z * found.errors
        pooled.loc[cells.index, "high"] = found.means + _Z * found.errors
    return SafeTable(pd.concat([raw, pooled], ignore_index=True), needs.min_n)


def weighted_needs(responses: Responses) -> pd.DataFrame:
    """Weight each group's gaps so that every municipality counts by the number invited there.

    With N invited and n pairs in a municipality, each pair weighs N / n, so that the gap is the sum of N · mean gap
    over the sum of N. As in a stratified sample (Cochran 1977), its variance is the sum of
    (N / ΣN)² · (1 - n / N) · s² / n. Here 1 - n / N is the finite population correction: the more of those invited have
    answered, the less is unknown. It takes those who answered for a random choice of those invited, which they are not;
    so it shows what the weights change, and nothing else.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` for "alle" × group × item, where the number invited is known in every municipality from
        which the group has answers; other groups have no rows. `low` and `high` are the 95 per cent interval by the
        normal distribution; also `se`, and `low_t` and `high_t` by the t distribution with n less the number of
        municipalities as degrees of freedom. For the consultant's eyes: together with the plain mean it may give a
        hidden municipality away. Missing data: incomplete pairs are left out, and those left stand for all invited in
        the municipality; the value is missing where a municipality has no pair, and the interval where it has one.

    Examples
    --------
    By hand: gaps 1, 3 of 4 invited and 0, 0, 3 of 6: (4 · 2 + 6 · 1) / 10 = 1.4.

    >>> gaps = pd.Series([1.0, 3, 0, 0, 3])
    >>> places = pd.Series(["a", "a", "b", "b", "b"])
    >>> round(stratified_mean(gaps, places, pd.Series({"a": 4, "b": 6}))[0], 4)
    1.4
    """
    rows, extra = [], []
    places = responses.respondents.set_index("respondent")["municipality"]
    for cell in responses.totals():
        invited, gaps = _invited(responses, cell.group), ratings(responses, cell.group)[GAP]
        pairs = item_pairs(responses, cell.group)
        for item, label, ends in zip(pairs["item"], pairs["label"], pairs["ends"], strict=True):
            if len(invited):
                value, error, freedom = stratified_mean(gaps[item], places.reindex(gaps.index), invited)
                normal = special.ndtri(0.975) * error
                student = special.stdtrit(freedom, 0.975) * error if freedom > 0 else float("nan")
                head = cell.municipality, cell.group, item, label, WEIGHTED
                n = int(gaps[item].notna().sum())
                rows.append(MeasureRow(*head, value, value - normal, value + normal, n, *ends[GAP]))
                extra.append((error, value - student, value + student))
    return measure_table(rows).join(pd.DataFrame(extra, columns=["se", "low_t", "high_t"], dtype=float))


def _invited(responses: Responses, group: str) -> pd.Series:
    """Give how many were invited by municipality with answers from the group; empty where any of them is unknown."""
    people = responses.respondents
    answered = people.loc[people["group"] == group, "municipality"].unique()
    invited = responses.invited
    here = invited[(invited["group"] == group) & invited["municipality"].isin(answered)]
    numbers = here.set_index("municipality")["invited"]
    return numbers.astype(float) if here["known"].all() else numbers.iloc[:0].astype(float)


def stratified_mean(values: pd.Series, strata: pd.Series, sizes: pd.Series) -> tuple[float, float, int]:
    """Compute the mean of a stratified sample and its standard error with finite population correction.

    Parameters
    ----------
    values : pandas.Series
        NaN is left out.
    strata : pandas.Series
        The stratum of each value.
    sizes : pandas.Series
        How many there are in each stratum in all.

    Returns
    -------
    tuple of float, float and int
        The mean, its standard error, and the degrees of freedom: values less strata. The mean is NaN where a stratum
        has no value, and the error where one has a single value, unless that is all there is in it.

    Examples
    --------
    By hand: strata of 4 with 1, 3 (s² = 2) and of 6 with 0, 0, 3 (s² = 3):
    0.4² · (1 - 2/4) · 2/2 + 0.6² · (1 - 3/6) · 3/3 = 0.26.

    >>> values, strata = pd.Series([1.0, 3, 0, 0, 3]), pd.Series(list("aabbb"))
    >>> mean, error, freedom = stratified_mean(values, strata, pd.Series({"a": 4, "b": 6}))
    >>> round(mean, 4), round(error**2, 4), freedom
    (1.4, 0.26, 3)
    """
    by_stratum = values.groupby(strata).agg(["count", "mean", "var"]).reindex(sizes.index)
    n, share = by_stratum["count"].to_numpy(dtype=float), (sizes / sizes.sum()).to_numpy(dtype=float)
    left = 1 - n / sizes.to_numpy(dtype=float)
    variance = np.where(left == 0, 0.0, left * by_stratum["var"].to_numpy(dtype=float) / n)
    mean = float((share * by_stratum["mean"].to_numpy(dtype=float)).sum())
    return mean, float(np.sqrt((share**2 * variance).sum())), int(np.nansum(n)) - len(sizes)


def weighted_places(needs: SafeTable, response: SafeTable) -> SafeTable:
    """Rank the needs of all municipalities by the weighted gap, among those that are shown in every municipality.

    The weighted gap is worked out from the municipalities' gaps that are shown, and from the numbers invited. Where a
    municipality's gap is hidden, the item has no place: its place would tell of what is hidden.

    Parameters
    ----------
    needs : SafeTable
        What `needs` measured, as the release shows it.
    response : SafeTable
        What `response_rates` counted, as the release shows it: the numbers invited.

    Returns
    -------
    SafeTable
        The shown rows of the gap for "alle", with the measure "Plads, vægtet" and the place as `value`, 1 = largest
        need; missing where weights are not known, or a municipality's gap is hidden. `lacks` says which of the two.
    """
    total = needs.total[needs.total["measure"] == GAP]
    asked = response.shown[(response.shown["measure"] == INVITED) & (response.shown["municipality"] != ALL)]
    invited = asked.set_index(["municipality", "group"])["value"]
    local = needs.frame[(needs.frame["measure"] == GAP) & (needs.frame["municipality"] != ALL)]
    parts = dict(list(local.groupby(["group", "item"], sort=False)))
    found = [
        _weighted_gap(parts.get(key, local.iloc[:0]), invited)
        for key in zip(total["group"], total["item"], strict=True)
    ]
    gaps = pd.DataFrame(found, columns=["value", "lacks"], index=total.index).astype({"value": float})
    # Of equal gaps the one whose label comes first stands first, as in the plain order.
    ordered = total.assign(value=gaps["value"].round(9)).sort_values("label", kind="stable")
    places = ordered.groupby("group")["value"].rank(method="first", ascending=False)
    return SafeTable(
        total[[*MEASURE_COLUMNS, "status"]].assign(
            measure=PLACES,
            value=places.reindex(total.index),
            low=np.nan,
            high=np.nan,
            lowest=1.0,
            highest=np.inf,
            lacks=gaps["lacks"],
        ),
        needs.min_n,
    )


def _weighted_gap(cells: pd.DataFrame, invited: pd.Series) -> tuple[float, str]:
    """Weigh the municipalities' gaps by the numbers invited; where that cannot be done, say what is lacking."""
    there = cells[~cells["empty"].astype(bool)]
    if not is_shown(there).all():
        return float("nan"), HIDDEN_PART
    weights = invited.reindex(list(zip(there["municipality"], there["group"], strict=True))).to_numpy(dtype=float)
    if not len(weights) or np.isnan(weights).any():
        return float("nan"), UNKNOWN_INVITED
    return float((weights * there["value"]).sum() / weights.sum()), ""
