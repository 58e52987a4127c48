"""Which numbers belong to which line of a table: told apart by the line's name and the digits that are printed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

#: Digits after the comma, as numbers are printed on pages and in tables.
PRINTED: Final = (0, 1, 2, 3)
#: A number with as many digits after the comma was not printed by a page; it is found wherever it stands.
PRECISE: Final = 4
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<danish>\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\.?\d)|\d+,\d+)(?![\w])|(?<![\w.,])(?P<other>\d+(?:\.\d+)?)(?![\w])"
)
#: What makes a whole number a result in running text, and not the number of a section.
_COUNTED: Final = re.compile(
    r"\s*(?:pct|procent|%|(?:ud )?af \d|besvarelser|svar\b|personer\b|deltagere\b|respondenter\b)", re.IGNORECASE
)
_COUNT_BEFORE: Final = re.compile(r"(?:\bn\s*[=:]|\d (?:ud )?af)\s*$", re.IGNORECASE)
#: What makes a number a bound, that stands in place of one that is not told.
_BOUND: Final = re.compile(r"[\s|]*eller (?:højere|lavere)\b")
#: "nr. 1-4 af 16" counts places, not people.
_PLACE_BEFORE: Final = re.compile(r"\bnr\. ?[\d-]*(?: af )?$", re.IGNORECASE)
#: The name of no line: its numbers may stand in any.
ANYWHERE: Final = ""


class Number(NamedTuple):
    """A number as it was printed.

    Parameters
    ----------
    value : float
        Without its sign.
    decimals : int
        Digits after the comma.
    counted : bool
        Whether the words around it say that it is a result.
    bound : bool
        Whether the words behind it say that it is only what a result is not below, or not above.
    """

    value: float
    decimals: int
    counted: bool
    bound: bool = False


def numbers_in(text: str) -> Iterator[Number]:
    """Read the numbers of a text, in Danish or in a computer's way of writing.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Number
        In their order; a sign is left out, since it may be a dash.

    Examples
    --------
    >>> [(number.value, number.decimals, number.counted) for number in numbers_in("afsnit 3: 1.234,5 og 52 pct.")]
    [(3.0, 0, False), (1234.5, 1, True), (52.0, 0, True)]
    >>> [number.bound for number in numbers_in("4,5 eller højere, 4,5")]
    [True, False]
    """
    for match in _NUMBER.finditer(text):
        digits = (match["danish"] or "").replace(".", "").replace(",", ".") or match["other"]
        decimals = len(digits.partition(".")[2])
        head = text[max(0, match.start() - 12) : match.start()]
        people = _COUNTED.match(text, match.end()) or _COUNT_BEFORE.search(head)
        result = bool(decimals or (people and not _PLACE_BEFORE.search(head)))
        yield Number(float(digits), decimals, result, bool(_BOUND.match(text, match.end())))
        if match["danish"] and match["danish"].count(".") == 1 and "," not in match["danish"]:
            yield Number(float(match["danish"]), 3, True)  # "2.625" may also be a computer's way of writing 2,625


@dataclass(frozen=True, eq=False)
class Known:
    """The numbers of some rows of a release.

    Parameters
    ----------
    by_label : dict of str to set
        The line's name, in lower case → (digits after the comma, the number without its comma, whether it is a bound).
    precise : list of float
        All values, sorted.
    """

    by_label: dict[str, set[tuple[int, int, bool]]]
    precise: list[float]

    def holds(self, labels: Iterable[str], number: Number) -> bool:
        """Tell whether a number is printed in a line of one of these names."""
        key = (number.decimals, round(number.value * 10**number.decimals), number.bound)
        return any(key in self.by_label.get(label, ()) for label in (*labels, ANYWHERE))

    def tells(self, labels: Iterable[str], number: Number) -> bool:
        """Tell the same of a number that may be told: words behind it do not make a bound of one that is none."""
        return self.holds(labels, number) or self.holds(labels, number._replace(bound=False))

    def holds_precisely(self, number: Number) -> bool:
        """Tell whether a number with all its digits, or most of them, is among the values."""
        close = 0.5001 * 10.0**-number.decimals
        place = bisect_left(self.precise, number.value - close)
        return place < len(self.precise) and self.precise[place] <= number.value + close


def known_numbers(rows: pd.DataFrame) -> Known:
    """Collect the numbers of rows as they may be printed.

    Parameters
    ----------
    rows : pandas.DataFrame
        `label` ("" for a number that may stand in any line), `value`, `low`, `high`, `n` and `highest`, and `bound`
        where bounds are told; missing numbers count for nothing. Not changed.

    Returns
    -------
    Known
        With shares also as the counts that they are printed as for few answers.
    """
    labels = rows["label"].astype("str").str.casefold()
    shares = (rows["value"] * rows["n"].astype("float64") / 100).where(rows["highest"] == 100).round()
    measured = _long(labels, [rows[name] for name in ("value", "low", "high")])
    counted = _long(labels, [rows["n"], shares])
    bounds = _long(labels, [rows["bound"]] if "bound" in rows else [])
    by_label: dict[str, set[tuple[int, int, bool]]] = {}
    for decimals in PRINTED:
        for told, bound in ((measured if decimals else pd.concat([measured, counted]), False), (bounds, True)):
            # Half away from zero, as `core.danish.number` prints.
            printed = np.floor(told["value"] * 10**decimals + 0.5 + 1e-9).astype("int64")
            for label, number in zip(told["label"], printed, strict=True):
                by_label.setdefault(label, set()).add((decimals, int(number), bound))
    return Known(by_label, sorted(set(measured["value"])))


def _long(labels: pd.Series, columns: Iterable[pd.Series]) -> pd.DataFrame:
    nothing = pd.DataFrame({"label": labels[:0], "value": pd.Series(dtype="float64")})
    parts = [pd.DataFrame({"label": labels, "value": column.astype("float64").abs()}) for column in columns]
    long = pd.concat([nothing, *parts]).dropna()
    finite: pd.DataFrame = long[np.isfinite(long["value"])]
    return finite.drop_duplicates()
