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


def closed_on(
    day: date, places: Collection[str], groups: Collection[str], closed: Iterable[Mapping[str, Any]] = ()
) -> Iterator[str]:
    """Say why people are off on a day.

    Parameters
    ----------
    day : datetime.date
        The day.
    places : collection of str
        The municipalities whose people are to come; "alle" for all of them.
    groups : collection of str
        The groups that are to come.
    closed : iterable of mapping
        The rows of `lukkedage.csv`.

    Examples
    --------
    >>> list(closed_on(date(2022, 5, 14), ["nordby"], "L")), list(closed_on(date(2022, 5, 13), ["nordby"], "L"))
    (['en lørdag'], ['Store bededag'])
    >>> autumn = {"fra": date(2022, 8, 15), "til": date(2022, 10, 15), "anledning": "budget", "kommuner": ("alle",)}
    >>> [list(closed_on(date(2022, 9, 21), ["nordby"], who, [autumn | {"grupper": ("P",)}])) for who in ("LPA", "L")]
    [['budget'], []]
    """
    if day.weekday() in _WEEKEND:
        yield _WEEKEND[day.weekday()]
    if name := holiday(day):
        yield name
    for row in closed:
        if not row["fra"] or not row["fra"] <= day <= (row["til"] or row["fra"]):
            continue
        said, whom = set(row["kommuner"] or (ALL,)), set(row["grupper"])
        if ({ALL} & {*said, *places} or said & set(places)) and (not whom or whom & set(groups)):
            yield str(row["anledning"])
