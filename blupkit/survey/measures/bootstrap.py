"""Bootstrap: how much a number depends on who happened to answer."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
DRAWS: Final = 2000
INTERVAL: Final = (2.5, 97.5)


def seeded(seed: str) -> np.random.Generator:
    """Give chance that depends on nothing but a name.

    Examples
    --------
    >>> float(seeded("a").random()) == float(seeded("a").random())
    True
    """
    return np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))


def bootstrap_weights(matrix: Numbers, draws: int, seed: str) -> tuple[Numbers, Numbers]:
    """Draw respondents with replacement: how often each of them is in each draw.

    The rows are first put in an order that depends on nothing but their content, and the seed is a name (`Cell.seed`),
    so that the same answers give the same interval whatever the order of the export. What chance draws is a
    fingerprint of the answers for whoever can draw it again: where answers are behind it, the seed holds a secret.

    Parameters
    ----------
    matrix : numpy.ndarray
        Respondents × items, NaN where an item has no answer; not changed.
    draws : int
        How many.
    seed : str
        What the draws depend on, besides the answers.

    Returns
    -------
    tuple of numpy.ndarray
        The matrix with sorted rows, and draws × respondents: each draw adds up to the number of respondents.

    Examples
    --------
    >>> ordered, weights = bootstrap_weights(np.array([[2.0], [1.0]]), draws=3, seed="a")
    >>> ordered.tolist(), weights.sum(axis=1).tolist()
    ([[1.0], [2.0]], [2.0, 2.0, 2.0])
    """
    ordered = matrix[np.lexsort(np.nan_to_num(matrix, nan=-1e9).T[::-1])] if matrix.size else matrix
    size = len(matrix)
    if not size:
        return ordered, np.zeros((draws, 0))
    # Counting drawn respondents gives the multinomial distribution, at a tenth of the time that NumPy's own takes.
    drawn = seeded(seed).integers(0, size, size=(draws, size)) + size * np.arange(draws)[:, None]
    return ordered, np.bincount(drawn.ravel(), minlength=draws * size).reshape(draws, size).astype(float)


def percentile_interval(draws: Numbers) -> tuple[Numbers, Numbers]:
    """Give the 2.5 and 97.5 percentiles of the draws: Efron's percentile interval.

    Parameters
    ----------
    draws : numpy.ndarray
        Draws × …, NaN in a draw without an answer to the item, which is left out.

    Returns
    -------
    tuple of numpy.ndarray
        The lower and the upper ends; NaN where no draw has an answer.

    Examples
    --------
    Of 0, 1 … 40 the percentiles are 0.025 · 40 and 0.975 · 40.

    >>> [float(end) for end in percentile_interval(np.arange(41.0))]
    [1.0, 39.0]
    """
    # Each item's draws side by side: looking for two places among them is quicker than across a table.
    apart = np.moveaxis(draws, 0, -1).copy()
    low, high = np.percentile(apart, INTERVAL, axis=-1, overwrite_input=True)
    lacking = np.isnan(low)
    if lacking.any():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # an item that nobody answered is NaN and stays so
            low[lacking], high[lacking] = np.nanpercentile(draws[:, lacking], INTERVAL, axis=0)
    return low, high


def with_interval(
    statistic: Callable[[Numbers, Numbers], Numbers], matrix: Numbers, draws: int, seed: str
) -> tuple[Numbers, Numbers, Numbers]:
    """Give a number of the answers with the 95 per cent percentile bootstrap over respondents.

    Parameters
    ----------
    statistic : callable
        Of draws × respondents (how often each counts) and respondents × items: draws × what is computed.
    matrix : numpy.ndarray
        Respondents × items.
    draws : int
        Bootstrap draws.
    seed : str
        As in `bootstrap_weights`.

    Returns
    -------
    tuple of numpy.ndarray
        The number itself, and the ends of its interval.

    Examples
    --------
    >>> [ends.tolist() for ends in with_interval(weighted_means, np.array([[2.0], [2.0]]), 10, "a")]
    [[2.0], [2.0], [2.0]]
    """
    ordered, weights = bootstrap_weights(matrix, draws, seed)
    return statistic(np.ones((1, len(matrix))), matrix)[0], *percentile_interval(statistic(weights, ordered))


def weighted_means(weights: Numbers, matrix: Numbers) -> Numbers:
    """Give the mean over the respondents of each draw that have an answer.

    Parameters
    ----------
    weights : numpy.ndarray
        Draws × respondents: how often each counts.
    matrix : numpy.ndarray
        Respondents × items, NaN where an item has no answer.

    Returns
    -------
    numpy.ndarray
        Draws × items; NaN where nobody in the draw has an answer.

    Examples
    --------
    >>> weighted_means(np.array([[1.0, 1.0], [2.0, 0.0]]), np.array([[1.0, np.nan], [3.0, 5.0]])).tolist()
    [[2.0, 5.0], [1.0, nan]]
    """
    present = ~np.isnan(matrix)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((weights @ np.where(present, matrix, 0.0)) / (weights @ present.astype(float)))
