"""What weights would change: each municipality counting by how many were invited there, where that is known."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from blupkit.disclosure import MEASURE_COLUMNS, MeasureRow, SafeTable, measure_table
from blupkit.survey.measures.needs import GAP, item_pairs, ratings
from blupkit.survey.reading.responses import Responses

WEIGHTED: Final = "Gab, vægtet"
PLACES: Final = "Plads, vægtet"


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
                normal = stats.norm.ppf(0.975) * error
                student = stats.t.ppf(0.975, freedom) * error if freedom > 0 else float("nan")
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


def weighted_places(responses: Responses, needs: SafeTable) -> SafeTable:
    """Rank the needs of all municipalities by the weighted gap, among those that are shown.

    The weighted gaps themselves may not stand on a page beside the plain ones; which need comes before which may.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What `needs` measured, as the release shows it.

    Returns
    -------
    SafeTable
        The shown rows of the gap for "alle", with the measure "Plads, vægtet" and the place as `value`, 1 = largest
        need; missing where weights are not known.
    """
    shown = needs.total[needs.total["measure"] == GAP]
    gaps = shown[["group", "item"]].merge(weighted_needs(responses)[["group", "item", "value"]], how="left")
    # Of equal gaps the one whose label comes first stands first, as in the plain order.
    ordered = shown.assign(value=gaps["value"].to_numpy()).sort_values("label", kind="stable")
    places = ordered.groupby("group")["value"].rank(method="first", ascending=False)
    return SafeTable(
        shown[[*MEASURE_COLUMNS, "status"]].assign(
            measure=PLACES, value=places.reindex(shown.index), low=np.nan, high=np.nan, lowest=1.0, highest=np.inf
        ),
        needs.min_n,
    )
