"""All equations that a stranger would write down about one family, in one release or in several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from attack.families import TOTAL, Family, Truth
from attack.programs import Programs
from attack.seen import Key, Number, Seen, behind_rate, people

_SLACK = 1e-4


class Leak(NamedTuple):
    """Something hidden that has been worked out."""

    family: str
    group: str
    place: str
    what: str
    width: float
    need: float

    def __str__(self) -> str:
        where = f"»{self.family}« ({self.group}, {self.place})"
        return f"{self.what} of {where} is known within {self.width:g}, not {self.need:g}"


@dataclass
class Edition:
    """One release: what is seen of it, and what is true of it."""

    seen: Seen
    truth: Truth
    #: What its own tables are made of, and what is said of those that are not in it.
    splits: Sequence[Any] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Unknowns:
    """Where the numbers of one family in one release stand in the program: counts by place, sums by part and place."""

    #: How many people of the group there are, whatever they answered.
    people: dict[str, int] = field(default_factory=dict)
    count: dict[str, int] = field(default_factory=dict)
    sums: dict[tuple[int, str], int] = field(default_factory=dict)


class Known(NamedTuple):
    """Where it is known that nobody of a group is there, and where that somebody is."""

    nobody: list[str]
    somebody: list[str]


def known_people(editions: Sequence[Edition], group: str) -> list[Known]:
    """Say of each release what its readers know: that nobody is there is no secret, unless somebody has been."""
    people = [edition.truth.people_of(group) for edition in editions]
    places = [*editions[-1].truth.places, TOTAL]
    nobody = [place for place in places if not any(counts[place] for counts in people)]
    # It stands there where nobody has been; so somebody is in each of the others.
    found = []
    for at, edition in enumerate(editions):
        new = [place for place in edition.truth.places if not any(counts[place] for counts in people[:at])]
        found.append(Known(nobody, [place for place in new if people[at][place]]))
    return found


def unknowns(programs: Programs, edition: Edition, family: Family, known: Known) -> Unknowns:
    """Write down what one release says of a family."""
    truth, seen = edition.truth, edition.seen
    places = [*truth.places, TOTAL]
    mine = Unknowns()
    mine.people = home = _people(programs, edition, family.group, known)
    for place in places:
        mine.count[place] = count = programs.unknown()
        programs.between({count: 1, home[place]: -1}, -np.inf, 0)
        for number, part in enumerate(family.parts):
            at = programs.unknown(low=-np.inf, whole=part.whole)
            mine.sums[number, place] = at
            programs.between({at: 1, count: -part.low}, 0, np.inf)
            programs.between({at: 1, count: -part.high}, -np.inf, 0)
        _within(programs, family, mine, place)
        _printed(programs, seen, family, mine, place)
        _bounded(programs, edition, family, mine, place)
    totals = [
        mine.count,
        *({place: mine.sums[number, place] for place in places} for number in range(len(family.parts))),
    ]
    for of in totals:
        programs.equal({**{of[place]: 1.0 for place in truth.places}, of[TOTAL]: -1.0})
    return mine


def _people(programs: Programs, edition: Edition, group: str, known: Known) -> dict[str, int]:
    """How many of the group there are in each place: told, or at least as many as answered anything."""
    truth, seen = edition.truth, edition.seen
    home = {place: programs.unknown() for place in [*truth.places, TOTAL]}
    for place, at in home.items():
        if (told := people(seen, group, place)) is not None:
            programs.narrow(at, told, told)
        else:
            some = [number.n or 0 for key, number in seen.items() if (key.group, key.place) == (group, place)]
            programs.narrow(at, max(some, default=0), np.inf)
        if place in known.nobody:
            programs.narrow(at, 0, 0)
        elif place in known.somebody:
            programs.narrow(at, 1, np.inf)
    programs.equal({**{home[place]: 1.0 for place in truth.places}, home[TOTAL]: -1.0})
    # Behind the rate of all are those of the places where it is known how many were invited; where it is nowhere, all.
    if (counted := behind_rate(seen, group)) is not None:
        invited = [place for place in truth.places if (place, group) in truth.invited]
        programs.equal({home[place]: 1.0 for place in invited or truth.places}, counted)
    return home


def _within(programs: Programs, family: Family, mine: Unknowns, place: str) -> None:
    """What holds in every place, whatever the answers."""
    count = mine.count[place]
    if family.whole:
        programs.equal({**{mine.sums[part, place]: 1.0 for part in family.whole}, count: -1.0})
    if family.some:
        programs.between({**{mine.sums[part, place]: 1.0 for part in family.some}, count: -1.0}, 0, np.inf)
    if family.gap:
        first, second, below, above = (mine.sums[part, place] for part in family.gap)
        length = family.parts[family.gap[0]].high - family.parts[family.gap[1]].low
        # Each below is a gap of 1 at least and `length` at most, each above the other way.
        programs.between({first: 1, second: -1, below: -1.0, above: length}, 0, np.inf)
        programs.between({first: 1, second: -1, below: -length, above: 1.0}, -np.inf, 0)


def _printed(programs: Programs, seen: Seen, family: Family, mine: Unknowns, place: str) -> None:
    """What is printed of a family in one place."""
    count = mine.count[place]
    for number, part in enumerate(family.parts):
        told = seen.get(Key(part.table, place, family.group, part.item, part.measure))
        if told is None or told.n is None:
            continue
        programs.narrow(count, told.n, told.n)
        if not told.n:
            continue
        programs.narrow(mine.sums[number, place], *_sum_of(told, share=part.share, whole=part.whole))
    for table, measure, form in _derived(family, mine, place):
        part = family.parts[0]
        told = seen.get(Key(table, place, family.group, part.item, measure))
        if told is not None and told.n is not None:
            programs.narrow(count, told.n, told.n)
        if told is not None and told.n:
            programs.between(form, *_sum_of(told, share=table == "retninger", whole=part.whole))


def _bounded(programs: Programs, edition: Edition, family: Family, mine: Unknowns, place: str) -> None:
    """A bound that stands in place of a mean tells of the sum, and that it is of few answers but not of too few."""
    truth, count = edition.truth, mine.count[place]
    for number, part in enumerate(family.parts):
        told = edition.seen.get(Key(part.table, place, family.group, part.item, part.measure))
        if told is None or told.n is not None:
            continue
        programs.narrow(count, truth.min_n, truth.caution_n - 1)
        at = mine.sums[number, place]
        if np.isfinite(told.low):
            programs.between({at: 1, count: -told.low}, 0, np.inf)
        if np.isfinite(told.high):
            programs.between({at: 1, count: -told.high}, -np.inf, 0)


def _sum_of(told: Number, *, share: bool, whole: bool) -> tuple[float, float]:
    """Between which ends the sum behind a printed mean or share lies; a sum of whole numbers is one itself."""
    assert told.n
    low, high = (told.n * end / (100.0 if share else 1.0) for end in (told.low, told.high))
    if not whole:
        return low - _SLACK, high + _SLACK
    return (np.ceil(low - _SLACK) if np.isfinite(low) else low), (
        np.floor(high + _SLACK) if np.isfinite(high) else high
    )


def _derived(family: Family, mine: Unknowns, place: str) -> list[tuple[str, str, dict[int, float]]]:
    """Numbers that are the difference of two others."""
    if not family.gap:
        return []
    first, second, below, above = (mine.sums[part, place] for part in family.gap)
    return [("behov", "Gab", {first: 1.0, second: -1.0}), ("retninger", "RDS", {above: 1.0, below: -1.0})]
