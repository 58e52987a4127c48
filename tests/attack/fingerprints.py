"""The interval as a fingerprint: which answers of few persons give the mean and the interval that are printed?

The source is open, so the attacker knows that an interval may be the percentile bootstrap of a cell's own answers, and
tries all answers that so few can have given. That is believed only where it explains what is printed everywhere: if in
some cells no answers fit at all, the intervals are made in another way, and a fit is chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np
from attack.families import TOTAL, Family, Part
from attack.seen import Key, Number
from attack.system import Edition

FEW = 9
_DRAWS, _TIMES = 2000, 6
#: At least so much of the cells must be explained before a fit is believed.
_EXPLAINED = 0.9


class Print(NamedTuple):
    """The answers of a cell that fit what is printed of it; `true` if they are the only ones, and the true ones."""

    where: Key
    fit: int
    true: bool


def fingerprints(edition: Edition, most: int = 400) -> list[Print]:
    """Try all answers in each cell of few, and say what fits."""
    return [_try(edition, *cell) for cell in _cells(edition, most)]


def believed(tried: Sequence[Print]) -> list[Print]:
    """The cells that have been recovered, where nearly all that was tried is explained; else nothing is believed."""
    explained = sum(one.fit > 0 for one in tried)
    return [one for one in tried if one.true] if explained >= _EXPLAINED * len(tried) else []


def _cells(edition: Edition, most: int) -> Iterator[tuple[Family, int, Part, str, Number]]:
    number = 0
    for family in edition.truth.families:
        for place in edition.truth.places:
            for at, part in enumerate(family.parts):
                told = edition.seen.get(Key(part.table, place, family.group, part.item, part.measure))
                few = told is not None and told.n is not None and told.n <= min(FEW, edition.truth.caution_n - 1)
                if few and told and told.interval and part.whole and not part.share and number < most:
                    number += 1
                    yield family, at, part, place, told


def _try(edition: Edition, family: Family, at: int, part: Part, place: str, told: Number) -> Print:
    people = edition.truth.people_of(family.group)[place]
    assert told.n
    assert told.interval
    truth = tuple(sorted(family.by_place[place][at]))
    every = combinations_with_replacement(np.arange(part.low, part.high + 1), told.n)
    fit = [
        tuple(map(float, answers))
        for answers in every
        if told.low - 1e-6 <= sum(answers) / told.n <= told.high + 1e-6 and _fits(answers, people, told)
    ]
    where = Key(part.table, place, family.group, part.item, part.measure)
    return Print(where, len(fit), len(fit) == 1 and fit[0] == truth)


def _fits(answers: tuple[float, ...], people: int, told: Number) -> bool:
    ends = simulated(answers, people)
    assert told.interval
    slack = max(told.half, 0.02)
    return all(ends[:, side].min() - slack <= told.interval[side] <= ends[:, side].max() + slack for side in (0, 1))


@lru_cache(maxsize=50_000)
def simulated(answers: tuple[float, ...], people: int) -> np.ndarray:
    """Draw the percentile bootstrap of some answers among so many people, as anybody can, a few times."""
    dice = np.random.default_rng(len(answers) * 1000 + people)
    given = np.array(answers + (np.nan,) * (people - len(answers)))
    ends = []
    for _ in range(_TIMES):
        drawn = given[dice.integers(0, people, size=(_DRAWS, people))]
        there = ~np.isnan(drawn)
        means = np.where(there, drawn, 0).sum(axis=1) / np.where(there.any(axis=1), there.sum(axis=1), np.nan)
        ends.append(np.nanpercentile(means, (2.5, 97.5)))
    return np.array(ends)


def spread_of_the_rest(edition: Edition) -> list[Print]:
    """Second moments add up as sums do: a total's spread minus those shown is the spread of the one that is not.

    Tried where exactly one place has few answers; its sum of squares is recovered when only one fits, and it is true.
    """
    return [
        found
        for family in edition.truth.families
        for at, part in enumerate(family.parts)
        if not part.share and part.whole and (found := _rest(edition, family, at, part))
    ]


def _rest(edition: Edition, family: Family, at: int, part: Part) -> Print | None:
    places = edition.truth.places
    keys = {place: Key(part.table, place, family.group, part.item, part.measure) for place in [*places, TOTAL]}
    told = {place: edition.seen[key] for place, key in keys.items() if key in edition.seen and edition.seen[key].n}
    few = [place for place, one in told.items() if (one.n or 0) < edition.truth.caution_n]
    some = {place for place in places if family.count(place)}
    if len(few) != 1 or some - set(told) or TOTAL not in told or few == [TOTAL] or len(some) < 2:
        return None
    moments = {place: _moment(one) for place, one in told.items() if place not in few}
    known = [one for one in moments.values() if one]
    total = moments[TOTAL]
    if total is None or len(known) < len(moments):
        return None
    rest = 2 * total[0] - sum(squares for squares, _ in known)
    slack = sum(error for _, error in known)
    fit = _squares(told[few[0]], part, rest - slack, rest + slack)
    true = float((family.by_place[few[0]][at] ** 2).sum())
    return Print(keys[few[0]], len(fit), len(fit) == 1 and abs(next(iter(fit)) - true) < 1e-6)


def _moment(one: Number) -> tuple[float, float] | None:
    """The sum of squares behind a mean and its interval, and how far chance may have moved it."""
    if one.interval is None or not one.n:
        return None
    mean, half = (one.low + one.high) / 2, (one.interval[1] - one.interval[0]) / 2 / 1.96
    spread = one.n**2 * half**2
    return one.n * mean**2 + spread, 0.05 * spread + 0.05


def _squares(one: Number, part: Part, low: float, high: float) -> set[float]:
    assert one.n
    total = round((one.low + one.high) / 2 * one.n)
    every = combinations_with_replacement(np.arange(part.low, part.high + 1), one.n)
    moments = {float(np.square(answers).sum()) for answers in every if round(sum(answers)) == total}
    return {moment for moment in moments if low <= moment <= high}
