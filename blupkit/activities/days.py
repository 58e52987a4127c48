"""Days when people are off: weekends, holidays, and the days that the study says are closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, Final

from blupkit.core.study import ALL

_WEEKEND: Final = {5: "en lørdag", 6: "en søndag"}


@cache
def _holidays(year: int) -> dict[date, str]:
    """Give the Danish holidays of a year, and the four days when most are off without there being one."""
    import holidays  # it takes its time to import, and most commands ask for no day

    # Unless told, the names are those of the machine's language.
    days = holidays.country_holidays("DK", years=year, language="da", categories=("public", "optional"))
    return dict(days)


def holiday(day: date) -> str:
    """Say which holiday a day is; also 1 May, Grundlovsdag, and 24 and 31 December.

    Parameters
    ----------
    day : datetime.date
        The day.

    Returns
    -------
    str
        "" where it is none.

    Examples
    --------
    >>> [holiday(date(2022, *day)) for day in ((5, 13), (6, 5), (12, 24), (9, 21))]
    ['Store bededag', 'Grundlovsdag; Pinsedag', 'Juleaftensdag', '']
    """
    return _holidays(day.year).get(day, "")


def closed_on(day: date, places: Collection[str], closed: Iterable[Mapping[str, Any]] = ()) -> Iterator[str]:
    """Say why people are off on a day.

    Parameters
    ----------
    day : datetime.date
        The day.
    places : collection of str
        The municipalities whose people are to come; "alle" for all of them.
    closed : iterable of mapping
        The rows of `lukkedage.csv`.

    Examples
    --------
    >>> list(closed_on(date(2022, 5, 14), ["nordby"])), list(closed_on(date(2022, 5, 13), ["nordby"]))
    (['en lørdag'], ['Store bededag'])
    >>> week = {"fra": date(2022, 10, 17), "til": date(2022, 10, 23), "anledning": "ferie", "kommuner": ("alle",)}
    >>> list(closed_on(date(2022, 10, 18), ["nordby"], [week]))
    ['ferie']
    """
    if day.weekday() in _WEEKEND:
        yield _WEEKEND[day.weekday()]
    if name := holiday(day):
        yield name
    for row in closed:
        said = set(row["kommuner"] or (ALL,))
        if (
            row["fra"]
            and row["fra"] <= day <= (row["til"] or row["fra"])
            and (ALL in said or ALL in places or said & set(places))
        ):
            yield str(row["anledning"])
