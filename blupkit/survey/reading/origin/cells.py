"""Cells that repeat are changed once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd


def recoded(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    """Write what stands in a column otherwise, each different text once.

    Parameters
    ----------
    cells : pandas.Series
        Text, as categories or not.
    change : callable
        A text → what is to stand there.

    Returns
    -------
    pandas.Series
        As categories, on the same rows.

    Examples
    --------
    >>> recoded(pd.Series(["Ja", "nej", "Ja"]), str.upper).tolist()
    ['JA', 'NEJ', 'JA']
    """
    column = cells.astype("category").cat
    texts = [change(str(text)) for text in column.categories.tolist()]
    place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    number = np.array([place[text] for text in texts], dtype=np.intp)
    codes = number[column.codes.to_numpy()] if len(number) else np.zeros(len(cells), dtype=np.intp)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(list(place), dtype="str")), index=cells.index)


def filled_in(cells: pd.Series, where: npt.NDArray[np.bool_], text: str) -> pd.Series:
    """Write a text into the empty cells of some rows.

    Parameters
    ----------
    cells : pandas.Series
        Categories.
    where : numpy.ndarray
        True for the rows.
    text : str
        What is to stand there.

    Returns
    -------
    pandas.Series
        Categories.

    Examples
    --------
    >>> boxes = pd.Series(["1", "", ""], dtype="category")
    >>> filled_in(boxes, np.array([True, True, False]), "0").tolist()
    ['1', '0', '']
    """
    texts = [str(each) for each in cells.cat.categories]
    if "" not in texts:
        return cells
    texts += [] if text in texts else [text]
    codes = cells.cat.codes.to_numpy().astype(np.intp)
    codes[where & (codes == texts.index(""))] = texts.index(text)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str")), index=cells.index)
