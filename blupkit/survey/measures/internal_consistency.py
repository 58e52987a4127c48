"""How well items go together: alpha with its interval, and the omega of one factor; of numbers alone."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

Numbers = npt.NDArray[np.float64]
#: One factor has as many loadings as items; with two items there is but one correlation to find them from.
FEWEST_FOR_OMEGA: Final = 3
#: No loading may explain all of an item: its own share of the variance is at least 0.005, as in R's psych.
LARGEST_LOADING: Final = 0.995**0.5


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


def feldt_interval(alpha: float, n: int, size: int) -> tuple[float, float]:
    """Give the 95 per cent interval of Cronbach's alpha, after Feldt (1965).

    (1 - alpha) / (1 - estimate) follows an F distribution with n - 1 and (n - 1)(k - 1) degrees of freedom.

    Parameters
    ----------
    alpha : float
        The estimate.
    n : int
        Respondents that it is computed from.
    size : int
        Its items, k.

    Returns
    -------
    tuple of float
        The lower and the upper end.

    Examples
    --------
    A table has F = 2.77 on 10 and 20 degrees of freedom, and 3.42 on 20 and 10: 1 - 0.25 · 2.77 and 1 - 0.25 / 3.42.

    >>> [round(end, 2) for end in feldt_interval(0.75, n=11, size=3)]
    [0.31, 0.93]
    """
    first, second = n - 1, (n - 1) * (size - 1)
    low, high = (1 - (1 - alpha) * special.fdtri(first, second, level) for level in (0.975, 0.025))
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
