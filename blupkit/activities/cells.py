"""What a cell of the tables about activities may hold, and what it then means."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from typing import Any, Final, NamedTuple

from blupkit.core.danish import MONTHS, WEEKDAYS
from blupkit.core.errors import did_you_mean, one_of

#: What stands where nobody knows a number.
UNKNOWN: Final = "ukendt"
_DAY: Final = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_CLOCK: Final = re.compile(r"(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})(?:[.:]00)?", re.IGNORECASE)
#: "onsdag den 19. maj 2027": what stands before the day, and a month in words.
_BEFORE: Final = re.compile(rf"(?:({'|'.join(WEEKDAYS)}),?\s+)?(?:(?:d\.|den)\s*)?(?=\d)", re.IGNORECASE)
_IN_WORDS: Final = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,})\.?\s+(\d{4})")


class Kind(NamedTuple):
    """One kind of cell.

    Parameters
    ----------
    expected : str
        What was expected, in Danish.
    read : callable
        Gives what a filled cell means; a `ValueError` where it is nothing of the kind.
    action : callable
        Says what to do about a cell that is not.
    empty : object
        What an empty cell means.
    """

    expected: str
    read: Callable[[str], Any]
    action: Callable[[str], str] = lambda cell: "Ret cellen."
    empty: Any = None


class Column(NamedTuple):
    """A column: its name, what it holds, which cells it takes, and whether each must be filled."""

    name: str
    holds: str
    kind: Kind
    needed: bool = True


def _text(cell: str) -> str:
    return cell


def _day(cell: str) -> date:
    before = _BEFORE.match(cell)
    day = _date(cell[before.end() :] if before else cell)
    if before and before[1] and WEEKDAYS[day.weekday()] != before[1].casefold():
        raise ValueError(cell)
    return day


def _date(cell: str) -> date:
    if worded := _IN_WORDS.fullmatch(cell):
        [month] = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(worded[2].casefold())]
        return date(int(worded[3]), month, int(worded[1]))
    found = _DAY.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    parts = [int(part) for part in found.groups() if part]
    return date(*parts) if found[4] else date(*reversed(parts))


def _clock(cell: str) -> time:
    found = _CLOCK.fullmatch(cell)
    if not found:
        raise ValueError(cell)
    return time(int(found[1]), int(found[2]))


def _whole(cell: str) -> int:
    if not re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", cell):
        raise ValueError(cell)
    return int(cell.replace(".", ""))


def _count(cell: str) -> int | str:
    return UNKNOWN if cell.casefold() == UNKNOWN else _whole(cell)


def _decimal(cell: str) -> float:
    if not re.fullmatch(r"\d+(,\d+)?", cell):
        raise ValueError(cell)
    return float(cell.replace(",", "."))


TEXT: Final = Kind("en tekst", _text)
DAY: Final = Kind("en dato, der findes, som 17.5.2027", _day)
CLOCK: Final = Kind("et klokkeslæt som 16.30", _clock)
WHOLE: Final = Kind("et helt tal", _whole)
COUNT: Final = Kind(f"et helt tal eller »{UNKNOWN}«", _count)
DECIMAL: Final = Kind("et tal som 1,5", _decimal)


def word(allowed: Collection[str] | Mapping[str, str]) -> Kind:
    """Make the kind of a cell that holds one of some words, whatever the case.

    Parameters
    ----------
    allowed : collection of str, or mapping of str to str
        The words; or each word → what it means.

    Examples
    --------
    >>> kind = word(["aftalt", "i gang"])
    >>> kind.read("I gang"), kind.action("afttalt")
    ('i gang', 'Mente du »aftalt«?')
    """
    meanings = allowed if isinstance(allowed, Mapping) else {one: one for one in allowed}
    told = {one.casefold(): meaning for one, meaning in meanings.items()}

    def read(cell: str) -> str:
        if cell.casefold() not in told:
            raise ValueError(cell)
        return told[cell.casefold()]

    return Kind(one_of(meanings) or "ingenting", read, lambda cell: did_you_mean(cell, meanings))


def several(kind: Kind) -> Kind:
    """Make the kind of a cell that holds any number of another kind, parted by commas.

    Parameters
    ----------
    kind : Kind
        What each of them is.

    Examples
    --------
    >>> several(word(["L", "P"])).read("L, p")
    ('L', 'P')
    """

    def read(cell: str) -> tuple[Any, ...]:
        return tuple(kind.read(part) for part in _parts(cell))

    def action(cell: str) -> str:
        return next((kind.action(part) for part in _parts(cell) if not _fits(kind, part)), kind.action(cell))

    return Kind(f"{kind.expected}; flere med komma imellem", read, action, empty=())


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _fits(kind: Kind, cell: str) -> bool:
    try:
        kind.read(cell)
    except ValueError:
        return False
    return True
