"""Which other counts lie so close to the largest that a few more could have turned the order, and how that is said."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from blupkit.core.danish import listing


def close_to(most: float, others: pd.Series) -> int:
    """Count the others that lie closer to the largest count than chance often moves them.

    The difference of two counts is as uncertain as the root of their sum.

    Parameters
    ----------
    most : float
        The largest count.
    others : pandas.Series
        The smaller ones; not changed. Missing ones are not close.

    Examples
    --------
    >>> close_to(15, pd.Series([13, 11, 4]))
    2
    """
    return int(((most - others) ** 2 < most + others).sum())


def text_close(close: Mapping[str, int], one: str, several: str) -> str:
    """End a sentence without full stop with the groups in which other things lie close to the top.

    Parameters
    ----------
    close : mapping of str to int
        Each group that the sentence tells of, and how many other things lie close; those to be named last, last.
    one, several : str
        The things: one of them, and more.

    Examples
    --------
    >>> text_close({"ansatte": 2, "politikere": 0}, "et andet svar", "andre svar")
    '. Hos ansatte ligger andre svar tæt på'
    >>> text_close({"ansatte": 1}, "et andet svar", "andre svar")
    ', men et andet svar ligger tæt på'
    """
    whom = [who for who, many in close.items() if many]
    if not whom:
        return ""
    what = one if max(close.values()) == 1 else several
    if len(close) == 1:
        return f", men {what} ligger tæt på"
    some = listing(whom) if len(whom) < len(close) else "begge" if len(close) == 2 else "dem alle"
    return f". Hos {some} ligger {what} tæt på"
