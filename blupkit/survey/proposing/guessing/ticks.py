"""Several choices of one question: a column each, or joined in one cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from blupkit.survey.proposing.guessing.columns import Column
from blupkit.survey.reading.column_names import plain
from blupkit.survey.reading.systems import NOT_SHOWN, NOT_TICKED, TICKED

_YES, _NO = frozenset(TICKED | {"1"}), frozenset(NOT_TICKED | NOT_SHOWN | {"0"})
#: Words that are as well an answer of their own as a tick.
_ANSWERS: Final = {"ja", "nej", "yes", "no", "y", "n"}
#: In a column of joined choices so much of what stands there was chosen by several.
_REPEATED: Final = 0.85
_MOST: Final = 40
_LONGEST: Final = 200


def are_ticks(columns: Sequence[Column], points: Sequence[str]) -> bool:
    """Tell whether columns are the choices of one question: each holds a tick or none.

    Parameters
    ----------
    columns : sequence of Column
        Those that share a question.
    points : sequence of str
        What each of them is about: some systems write that for a tick.

    Examples
    --------
    >>> import pandas as pd
    >>> boxes = [Column(name, pd.Series(["1", "0"], dtype="category")) for name in ("a", "b")]
    >>> are_ticks(boxes, ["a", "b"])
    True
    """
    filled = [(column, plain(point)) for column, point in zip(columns, points, strict=True) if column.filled]
    # A point that bears a tick's name ("Ja") is an answer and no choice of several.
    return len(columns) > 1 and bool(filled) and all(column.words <= _YES | _NO | {point} for column, point in filled)


def may_be_answers(columns: Sequence[Column]) -> bool:
    """Tell whether ticks may as well be questions answered with yes or no: then both words stand in them."""
    words = frozenset().union(*(column.words for column in columns))
    return bool(words & _ANSWERS & _YES) and bool(words & _ANSWERS & _NO)


def joined_choices(column: Column, separator: str) -> list[str]:
    """Find the choices that a column holds joined; none where it holds something else.

    Parameters
    ----------
    column : Column
        Cells such as "Webinar;Studietur;".
    separator : str
        What stands between two choices; with nothing, no column is joined.

    Returns
    -------
    list of str
        The choices, the most frequent first. What only one person wrote is none of them.

    Examples
    --------
    >>> import pandas as pd
    >>> cells = ["Webinar;", "Webinar;Studietur;", "Webinar;", "Studietur;", "Studietur;Webinar;"]
    >>> joined_choices(Column("form", pd.Series(cells, dtype="category")), ";")
    ['Webinar', 'Studietur']
    """
    if not separator or not any(separator in text.rstrip(separator) for text in column.answers):
        return []
    cells = [
        ([part for part in map(str.strip, text.split(separator)) if part], n) for text, n in column.answers.items()
    ]
    parts = _counted(cells)
    if 2 * sum(count > 1 for count in parts.values()) < len(parts):
        return []  # what people wrote themselves, with commas in it
    cells = _merged(cells, separator)
    counts = _counted(cells)
    several = {part: count for part, count in counts.most_common() if count > 1}
    repeated = sum(several.values()) >= _REPEATED * sum(counts.values())
    fewer = len(several) <= min(_MOST, max(2, len(column.answers) - 1))
    short = max(map(len, several), default=0) < _LONGEST
    joined = any(len(parts) > 1 for parts, _ in cells)
    return list(several) if repeated and fewer and short and joined else []


def _counted(cells: list[tuple[list[str], int]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for parts, count in cells:
        for part in parts:
            counts[part] += count
    return counts


def _merged(cells: list[tuple[list[str], int]], separator: str) -> list[tuple[list[str], int]]:
    """Put together what a separator inside a choice took apart: "Kort kursus, aften" is always written together."""
    for _ in range(_MOST):
        pair = _inseparable(cells)
        if pair is None:
            break
        cells = [(_put_together(parts, *pair, separator), count) for parts, count in cells]
    return cells


def _inseparable(cells: list[tuple[list[str], int]]) -> tuple[str, str] | None:
    alone = _counted(cells)
    together: Counter[tuple[str, str]] = Counter()
    for parts, count in cells:
        for pair in pairwise(parts):
            together[pair] += count
    fitting = (
        pair for pair, count in together.items() if count > 1 and pair[1][:1].islower() and count == alone[pair[1]]
    )
    return next(fitting, None)


def _put_together(parts: list[str], first: str, second: str, separator: str) -> list[str]:
    merged: list[str] = []
    for part in parts:
        if merged and merged[-1] == first and part == second:
            merged[-1] = f"{first}{separator}{second}"
        else:
            merged.append(part)
    return merged
