"""The pattern as a message: the decision is open, so an attacker runs it on every study that the pages allow.

The only part of the attack that calls the product's decision. Everybody answers the same in the middle of the scale, so
that nothing but the pattern of what is hidden tells one study from another.
"""

from __future__ import annotations

from collections.abc import Iterator

from blupkit.core import Study
from blupkit.disclosure import Draft, MeasureRow, measure_table, suppress

Sizes = tuple[int, ...]
Pattern = tuple[tuple[str, str, str, int | None], ...]


def pattern(study: Study, sizes: Sizes) -> Pattern:
    """What a reader of all pages sees where so many have answered in each municipality."""
    places = [town.slug for town in study.municipalities]
    counted = [*zip(places, sizes, strict=True), ("alle", sum(sizes))]
    rows = [
        MeasureRow(
            place,
            study.groups[0].key,
            item,
            item,
            "Gennemsnit",
            3.0 if n else float("nan"),
            n=n,
            lowest=1.0,
            highest=5.0,
        )
        for place, n in counted
        for item in ("w1", "w2")
    ]
    release = suppress(Draft({"evaluering": measure_table(rows)}), study)
    assert release.passed
    frame = release["evaluering"].frame
    told = frame["n"].astype(object).where(frame["n"].notna(), None)
    seen = zip(frame["municipality"], frame["item"], frame["status"].map(str), told, strict=True)
    return tuple((place, item, status, None if n is None else int(n)) for place, item, status, n in seen)


def recovered(study: Study, sizes: Sizes) -> Iterator[tuple[int, int, list[int]]]:
    """Give each hidden count of too few that the pattern narrows: its place, itself, and what it can be."""
    told = pattern(study, sizes)
    status = {place: n for place, _, _, n in told}
    places = [town.slug for town in study.municipalities]
    hidden = [at for at, place in enumerate(places) if status[place] is None and sizes[at]]
    if status["alle"] is None or not hidden:
        return
    fit = []
    for split in _splits(sum(sizes[at] for at in hidden), len(hidden)):
        other = list(sizes)
        for at, n in zip(hidden, split, strict=True):
            other[at] = n
        if pattern(study, tuple(other)) == told:
            fit.append(split)
    for number, at in enumerate(hidden):
        possible = sorted({split[number] for split in fit})
        if sizes[at] < study.thresholds.min_n and possible[-1] - possible[0] < study.thresholds.min_n:
            yield at, sizes[at], possible


def _splits(total: int, parts: int) -> Iterator[Sizes]:
    """All ways to share persons out, with somebody in each: that nobody is in a place is no secret."""
    if parts == 1:
        yield (total,)
        return
    for first in range(1, total - parts + 2):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)
