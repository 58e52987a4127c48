"""Krippendorff's alpha of labels that two or more have set; of labels alone."""

from __future__ import annotations

import pandas as pd


def alpha(labels: pd.DataFrame) -> float:
    """Compute Krippendorff's alpha for nominal labels.

    NLTK's `AnnotationTask` computes it; it is asked only where there is something to compute, since it gives 1 where
    nothing varies and stops where there is one coder.

    Parameters
    ----------
    labels : pandas.DataFrame
        Units × coders. Missing data: NaN where a coder did not label the unit; a unit with fewer than two labels does
        not count.

    Returns
    -------
    float
        1 is full agreement, 0 what chance gives; NaN (not defined) where all labels are equal or no unit has two.

    Notes
    -----
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. His example with two coders and
    ten units, whose coincidences are 10, 4, 4 and 2:

    Examples
    --------
    >>> first, second = "0100000000", "1110010010"
    >>> round(alpha(pd.DataFrame({"A": list(first), "B": list(second)})), 3)
    0.095
    """
    from nltk.metrics.agreement import AnnotationTask  # slow to import

    paired = labels[labels.notna().sum(axis=1) > 1].reset_index(drop=True)
    given = [(str(coder), unit, label) for coder, column in paired.items() for unit, label in column.dropna().items()]
    if len({label for *_, label in given}) < 2:
        return float("nan")
    return float(AnnotationTask(given).alpha())
