"""The attack: every hidden count and sum of every family, in one release and between several.

What is hidden is known here (the answers are), and so is what the rules openly allow: docs/disclosure.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from attack.families import TOTAL, Family, Part, Truth
from attack.programs import Form, Programs
from attack.seen import Key, Seen, people
from attack.system import Edition, Leak, Unknowns, known_people, unknowns

_SAME = 1e-6


class Target(NamedTuple):
    """Something that must stay unknown: a sum of unknown numbers, and how wide it must be left."""

    what: str
    place: str
    form: Form
    need: float


def hunt(*editions: Edition) -> tuple[list[Leak], int]:
    """Attack one release, or several that were sent one after the other; give what was found, and what was tried."""
    leaks, tried = [], 0
    for family in editions[-1].truth.families:
        found, number = _attack(editions, family)
        leaks += found
        tried += number
    return leaks, tried


def told_too_much(edition: Edition) -> Iterator[Key]:
    """Find the means of few answers that are told though they lie near an end of their scale."""
    for family in edition.truth.families:
        for part in family.parts:
            if part.share or not near_the_end(part):
                continue
            for place in [*edition.truth.places, TOTAL]:
                key = Key(part.table, place, family.group, part.item, part.measure)
                told = edition.seen.get(key)
                if told and told.n and told.n < edition.truth.caution_n:
                    near = near_the_end(part)
                    if told.high <= part.low + near + _SAME or told.low >= part.high - near - _SAME:
                        yield key


def _attack(editions: Sequence[Edition], family: Family) -> tuple[list[Leak], int]:
    programs = Programs()
    same = [_family(edition.truth, family) for edition in editions]
    pairs = [(edition, mine) for edition, mine in zip(editions, same, strict=True) if mine]
    known = known_people([edition for edition, _ in pairs], family.group)
    laid = [unknowns(programs, edition, mine, each) for (edition, mine), each in zip(pairs, known, strict=True)]
    targets: list[Target] = []
    for (edition, mine), numbers in zip(pairs, laid, strict=True):
        targets += [one for one in hidden_in(edition, mine, numbers) if not is_told(one, pairs, mine)]
    for then in range(len(pairs)):
        for now in range(then + 1, len(pairs)):
            grown(programs, [pairs[at][1] for at in (then, now)], [laid[at] for at in (then, now)])
            told = [pairs[at] for at in range(now + 1, len(pairs))]
            targets += between([pairs[at] for at in (then, now)], [laid[at] for at in (then, now)], told)
    leaks = []
    for target in targets:
        width = programs.width(target.form, target.need)
        if width < target.need - _SAME:
            leaks.append(Leak(family.name, family.group, target.place, target.what, round(width, 3), target.need))
    return leaks, len(targets)


def _family(truth: Truth, family: Family) -> Family | None:
    return next((one for one in truth.families if (one.group, one.name) == (family.group, family.name)), None)


def _is_shown(seen: Seen, family: Family, part: int, place: str) -> bool:
    one = family.parts[part]
    told = seen.get(Key(one.table, place, family.group, one.item, one.measure))
    return told is not None and told.n is not None


def hidden_in(edition: Edition, family: Family, mine: Unknowns) -> Iterator[Target]:
    """What must stay unknown in one release."""
    truth, seen = edition.truth, edition.seen
    counted = range(len(family.parts))
    places = [*truth.places, TOTAL]
    for place, number in truth.people_of(family.group).items():
        if 0 < number < truth.min_n and people(seen, family.group, place) is None:
            yield Target(f"the number of people {number}", place, {mine.people[place]: 1.0}, truth.min_n)
    for place in places:
        n = family.count(place)
        hidden = [part for part in counted if not _is_shown(seen, family, part, place)]
        if not n or not hidden:
            continue
        if n < truth.min_n and len(hidden) == len(family.parts):
            yield Target(f"the count {n}", place, {mine.count[place]: 1.0}, truth.min_n)
        for part in hidden:
            yield from _sums(edition, family, mine, part, place, _together(truth, seen, family, part))


def near_the_end(part: Part) -> float:
    """How near an end of its scale a mean of few answers is told as a bound only: half a point from 1 to 5."""
    return np.ceil((part.high - part.low) / 4) / 2 if part.high - part.low >= 2 else 0.0


def _sums(edition: Edition, family: Family, mine: Unknowns, part: int, place: str, together: int) -> Iterator[Target]:
    truth, seen = edition.truth, edition.seen
    one, n, total = family.parts[part], family.count(place), family.sum(part, place)
    below, above = total - one.low * n, one.high * n - total
    at_an_end = min(below, above) < _SAME
    near = near_the_end(one)
    few = n < truth.min_n or (not family.local and place != TOTAL)
    if not (few or (n < truth.caution_n and (one.share or min(below, above) <= near * n + _SAME))):
        return  # hidden for the sake of another: it may be known
    if at_an_end and together >= truth.caution_n:
        return
    at, count = mine.sums[part, place], mine.count[place]
    what = f"the sum {total:g} of {one.measure} {one.item} (n = {n})"
    if not one.share:
        told = Key(one.table, place, family.group, one.item, one.measure) in seen
        width = near * n // 1 if one.whole else near * n  # five from 4.5 up to 5: the sums 23, 24 and 25
        yield Target(what, place, {at: 1.0}, min(truth.min_n, width) if told else truth.min_n)
    yield Target(f"how far from the lowest end is {what}", place, {at: 1.0, count: -one.low}, 1.0)
    yield Target(f"how far from the highest end is {what}", place, {at: -1.0, count: one.high}, 1.0)


def _together(truth: Truth, seen: Seen, family: Family, part: int) -> int:
    """How many persons are hidden beneath the same total, where all gave the same answer: each is counted once."""
    hidden = [TOTAL]
    if _is_shown(seen, family, part, TOTAL):
        hidden = [place for place in truth.places if not _is_shown(seen, family, part, place)]
    one, n = family.parts[part], sum(map(family.count, hidden))
    total = sum(family.sum(part, place) for place in hidden if family.count(place))
    return n if min(total - one.low * n, one.high * n - total) < _SAME else 0


def is_told(target: Target, pairs: Sequence[tuple[Edition, Family]], family: Family) -> bool:
    """Whether another release has shown the very same answers: then they are no secret."""
    own = family.by_place.get(target.place)
    for edition, other in pairs:
        theirs = other.by_place.get(target.place)
        shown = any(_is_shown(edition.seen, other, part, target.place) for part in range(len(other.parts)))
        if other is not family and shown and own is not None and theirs is not None and own.equals(theirs):
            return True
    return False


def grown(programs: Programs, families: Sequence[Family], laid: Sequence[Unknowns]) -> None:
    """Where nobody left or changed an answer, the attacker is taken to know that counts and sums only grew."""
    then, now = families
    for place in laid[0].count.keys() & laid[1].count.keys():
        old, new = (one.by_place.get(place) for one in families)
        if old is not None and (new is None or not old.equals(new.reindex(old.index))):
            continue
        counts = [one.count[place] for one in laid]
        if then.count(place) <= now.count(place):
            programs.between({counts[0]: 1.0, counts[1]: -1.0}, -np.inf, 0)
        for part, scale in enumerate(now.parts[: len(then.parts)]):
            for sign, end in ((1.0, scale.low), (-1.0, scale.high)):
                rest = [sign * (one.sum(part, place) - end * one.count(place)) for one in families]
                if rest[0] <= rest[1] + _SAME:
                    sums = [one.sums[part, place] for one in laid]
                    form = {sums[0]: sign, counts[0]: -sign * end, sums[1]: -sign, counts[1]: sign * end}
                    programs.between(form, -np.inf, 0)


def between(
    pairs: Sequence[tuple[Edition, Family]], laid: Sequence[Unknowns], later: Sequence[tuple[Edition, Family]]
) -> Iterator[Target]:
    """What must stay unknown of the persons who came, left or changed their answers between two releases.

    A later one may tell that everybody among enough persons, with these among them, gave the same answer.
    """
    (_, then), (edition, now) = pairs
    truth = edition.truth
    for place in [*truth.places, TOTAL]:
        persons = _persons(then, now, place)
        if not persons or persons >= truth.caution_n:
            continue
        counts = [one.count.get(place) for one in laid]
        if None in counts:
            continue
        came = now.count(place) - then.count(place)
        name = f"{persons} persons between two releases"
        if persons < truth.min_n and came:
            yield Target(f"the count of {name}", place, {counts[1]: 1.0, counts[0]: -1.0}, truth.min_n)
        for part, scale in enumerate(now.parts[: len(then.parts)]):
            grown = now.sum(part, place) - then.sum(part, place)
            if abs(grown) < _SAME and not came:
                continue
            rests = [abs(grown - end * came) for end in (scale.low, scale.high)]
            sums = {laid[1].sums[part, place]: 1.0, laid[0].sums[part, place]: -1.0}
            what = f"the sum {grown:g} of {scale.measure} {scale.item} of {name}"
            if persons < truth.min_n and not scale.share:
                yield Target(what, place, sums, truth.min_n)
            elif (scale.share or min(rests) < _SAME) and not any(_all_alike(*one, part, place) for one in later):
                yield Target(what, place, sums, 1.0)


def _all_alike(edition: Edition, family: Family, part: int, place: str) -> bool:
    """Whether a release may tell that nobody, or everybody, among enough persons gave an answer."""
    one, n, total = family.parts[part], family.count(place), family.sum(part, place)
    shown = _is_shown(edition.seen, family, part, place)
    enough = n if shown else _together(edition.truth, edition.seen, family, part)
    return enough >= edition.truth.caution_n and min(total - one.low * n, one.high * n - total) < _SAME


def _persons(then: Family, now: Family, place: str) -> int:
    """How many have come, left or changed what they answered."""
    old, new = (one.by_place.get(place) for one in (then, now))
    if old is None or new is None:
        return len(new if old is None else old) if not (old is None and new is None) else 0
    both = old.index.intersection(new.index)
    columns = [column for column in new.columns if column in old.columns]
    changed = (old.loc[both, columns] != new.loc[both, columns]).any(axis=1).sum()
    return int(changed) + len(old.index.symmetric_difference(new.index))
