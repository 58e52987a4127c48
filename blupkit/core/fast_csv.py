"""Tables of a hundred thousand rows: read by pandas' own parser, and given only where nothing can have been lost."""

from __future__ import annotations

import io
import warnings
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

#: A decimal column that stays below this cannot hide an exponent: "1e2" is as long as "100", "1e1" longer than "10".
_PLAIN_BELOW = 100
#: Cell → the number of its text, the texts, and how often each of them stands there.
_Column = tuple[npt.NDArray[np.integer[Any]], list[str], list[int]]


def read_regular(text: str, separator: str, path: Path | None = None) -> pd.DataFrame | None:
    r"""Read text with separators into columns of categories, or give it up.

    The parser guesses numbers, which is what makes it fast, and a guess loses what a person wrote ("007", "4,0", a row
    that is too short). So what was read is weighed: the cells written out again, with their separators, line ends and
    quotation marks, must be as long as the text. If they are not, nothing is given and the caller reads cell by cell.

    Parameters
    ----------
    text : str
        A header and rows, with line feeds.
    separator : str
        One character.
    path : pathlib.Path, optional
        Where exactly this text lies in ASCII: the parser is quicker with a file.

    Returns
    -------
    pandas.DataFrame or None
        Every cell as it was written, "" where it is empty; the columns are categories, since cells repeat. None where
        the text is not regular.

    Examples
    --------
    >>> table = read_regular("k;svar\n1;ja\n;\"nej; tak\"\n", ";")
    >>> table.astype(str).values.tolist()
    [['1', 'ja'], ['', 'nej; tak']]
    >>> read_regular("k;svar\n007;ja\n", ";") is None
    True
    """
    try:
        guessed = _parse(path or io.BytesIO(text.encode()), separator)
        with ThreadPoolExecutor() as pool:  # NumPy lets go of the interpreter while it counts
            columns = dict(zip(guessed, pool.map(_factorized, (guessed[name] for name in guessed)), strict=True))
        unsure = [name for name, column in columns.items() if column is None]
        if unsure:
            words = _parse(path or io.BytesIO(text.encode()), separator, unsure)
            columns |= {name: _factorized(words[name]) for name in unsure}
    except ValueError:  # as the parser's own faults are
        return None
    found = {str(name): column for name, column in columns.items() if column is not None}
    height = len(next(iter(found.values()))[0])
    lines = sum(len(name) + 1 for name in found) + height * len(found)
    unended = not text.endswith("\n")
    quotes = text.count('"') if '"' in text else 0  # looking for one is quicker than counting none
    if lines + sum(map(_written, found.values())) + quotes != len(text) + unended:
        return None
    return pd.DataFrame({name: _categories(column) for name, column in found.items()}, copy=False)


def _parse(source: Path | io.BytesIO, separator: str, texts: list[Hashable] | None = None) -> pd.DataFrame:
    """Read the columns that are named, as text; or all of them, guessing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)  # such a column is read again as text
        table: pd.DataFrame = pd.read_csv(
            source,
            sep=separator,
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            usecols=texts,
            dtype=None if texts is None else "str",
        )
    # A row that is too long is refused by the parser, but for the first, of which it makes row names.
    if not isinstance(table.index, pd.RangeIndex):
        raise pd.errors.ParserError
    return table


def _factorized(column: pd.Series) -> _Column | None:
    """Number what stands in a column; None where numbers can have been written in more ways than one of that length."""
    if column.dtype.kind in "if":
        codes = _codes(column.to_numpy())
        if codes is not None:
            return codes
    if column.dtype.kind != "i" and column.dtype != "str":
        return None
    place, different = pd.factorize(column, sort=True, use_na_sentinel=False)
    texts = different.fillna("").tolist() if column.dtype == "str" else list(map(str, different.tolist()))
    return place, texts, np.bincount(place).tolist()


def _codes(values: npt.NDArray[np.number[Any]]) -> _Column | None:
    """Number what stands in a column of small whole numbers, as the codes of answers are; None where it is no such."""
    empty = np.isnan(values)
    with np.errstate(invalid="ignore"):
        whole = values.astype(np.int8)
    if not ((whole == values) | empty).all() or (values < 0).any():
        return None
    np.copyto(whole, -1, where=empty)
    last = int(whole.max(initial=0))
    if last >= _PLAIN_BELOW:
        return None
    # A handful of codes is counted faster one by one than all at once; -1 is the empty cell, and the last of `place`.
    counts = {code: int(np.count_nonzero(whole == code)) for code in [*range(last + 1), -1]}
    present = [code for code, count in counts.items() if count]
    place = np.zeros(last + 2, dtype=np.int8)
    place[present] = range(len(present))
    texts = [str(code) if code >= 0 else "" for code in present]
    return np.take(place, whole), texts, [counts[code] for code in present]


def _written(column: _Column) -> int:
    """Give the length of a column's cells, a quotation mark inside one not counted: it stands twice in the file."""
    _, texts, counts = column
    lengths = np.fromiter((len(text) - text.count('"') for text in texts), dtype=np.int64, count=len(texts))
    return int(lengths @ np.asarray(counts, dtype=np.int64))


def _categories(column: _Column) -> pd.Categorical:
    place, texts, _ = column
    codes = place.astype(np.min_scalar_type(-len(texts) - 1), copy=False)
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"), validate=False)
