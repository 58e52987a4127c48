"""Ranks of counted answers, the statistic of Kruskal and Wallis, and Holm's adjustment; of numbers alone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


def ranks_of(counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Give the mean rank and the size of each group, and the correction for ties; counts end in groups × values."""
    total = counts.sum(axis=-2)
    n = total.sum(axis=-1)
    middle = np.cumsum(total, axis=-1) - (total - 1) / 2
    size = counts.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (counts * middle[..., None, :]).sum(axis=-1) / size
        return mean, size, 1 - (total**3 - total).sum(axis=-1) / (n**3 - n)


def rank_statistic(counts: Numbers) -> Numbers:
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
    >>> rank_statistic(np.array([[0.0, 3.0], [0.0, 4.0]])).tolist()
    0.0
    """
    mean, size, ties = ranks_of(counts)
    n = size.sum(axis=-1)
    h = 12 / (n * (n + 1)) * (size * mean**2).sum(axis=-1) - 3 * (n + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(ties == 0, 0.0, h / ties))


def holm(p: Numbers) -> Numbers:
    """Multiply the smallest p by their number, the next by one less, and so on; never below the one before."""
    order = np.argsort(p)  # a missing p comes last
    corrected = np.empty_like(p)
    factors = np.arange(np.isfinite(p).sum(), np.isfinite(p).sum() - len(p), -1)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1)
    return corrected
