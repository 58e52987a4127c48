"""Ranks of counted answers, the statistic of Kruskal and Wallis, and Holm's adjustment; of numbers alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def ranks_of(counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Rank all answers together, equal ones by the middle of their ranks.

    Parameters
    ----------
    counts : numpy.ndarray
        … × groups × values, the values from small to large: how often each group gave each value.

    Returns
    -------
    tuple of numpy.ndarray
        … × groups: the mean rank (NaN where a group has no answers) and the number of answers. And … : what is left of
        the ranks' variance with the ties, 1 - sum of (t³ - t) / (n³ - n); 0 where all gave the same value.

    Examples
    --------
    One group gave 1 and 2, the other 2 and 2. The ranks are 1, and 3 for each 2; 1 - (3³ - 3) / (4³ - 4) = 0.6.

    >>> [found.tolist() for found in ranks_of(np.array([[1.0, 1.0], [0.0, 2.0]]))]
    [[2.0, 3.0], [2.0, 2.0], 0.6]
    """
    total = counts.sum(axis=-2)
    n = total.sum(axis=-1)
    middle = np.cumsum(total, axis=-1) - (total - 1) / 2
    size = counts.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (counts * middle[..., None, :]).sum(axis=-1) / size
        return mean, size, 1 - (total**3 - total).sum(axis=-1) / (n**3 - n)


def kruskal_wallis_h(counts: Numbers) -> Numbers:
    """Compute Kruskal and Wallis' H, corrected for ties, from how often each group gave each value.

    Parameters
    ----------
    counts : numpy.ndarray
        … × groups × values, the values from small to large.

    Returns
    -------
    numpy.ndarray
        H for each table of counts; 0 where all gave the same value. NaN where a group has no answers.

    Examples
    --------
    >>> kruskal_wallis_h(np.array([[0.0, 3.0], [0.0, 4.0]])).tolist()
    0.0
    """
    mean, size, ties = ranks_of(counts)
    n = size.sum(axis=-1)
    h = 12 / (n * (n + 1)) * (size * mean**2).sum(axis=-1) - 3 * (n + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(ties == 0, 0.0, h / ties))


def holm(p: Numbers) -> Numbers:
    """Correct p values for their number, after Holm (1979).

    The smallest is multiplied by their number, the next by one less, and so on; none comes below the one before.

    Parameters
    ----------
    p : numpy.ndarray
        One for each test; NaN where it could not be made, which counts as no test and stays.

    Returns
    -------
    numpy.ndarray
        In the same order, at most 1.

    Examples
    --------
    0.01 · 3, 0.03 · 2, and 0.04 · 1, which is raised to the one before.

    >>> holm(np.array([0.04, np.nan, 0.01, 0.03])).tolist()
    [0.06, nan, 0.03, 0.06]
    """
    order = np.argsort(p)  # a missing p comes last
    corrected = np.empty_like(p)
    factors = np.arange(np.isfinite(p).sum(), np.isfinite(p).sum() - len(p), -1)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1)
    return corrected
