"""Releases that were sent before: nobody's answer may be read off as the difference between two of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from blupkit.disclosure.quantities import (
    COUNT,
    KEY,
    SHARE,
    SLACK,
    Cell,
    Flags,
    Numbers,
    Persons,
    PersonsByCell,
    Places,
    Published,
    Reason,
    without_ends,
)

#: What stands between the marks of somebody who counts in several numbers of a cell.
APART: Final = "|"
#: What a mark begins with that is of what stands on a form, not of who filled it in: nobody knows whose it is.
NAMELESS: Final = "#"


class Sent(NamedTuple):
    """A release that has been sent.

    Parameters
    ----------
    published : Published
        Its numbers.
    hidden : numpy.ndarray
        Which of its cells were hidden.
    persons : mapping, optional
        Who stood in each cell. One without, as all are in releases that were sent before names were kept, counts as
        changed by one person when any of its numbers has changed.
    """

    published: Published
    hidden: Flags
    persons: PersonsByCell = MappingProxyType({})


class Joint(NamedTuple):
    """A release beside earlier ones, in one system.

    Parameters
    ----------
    published : Published
        The joint system, in which the new release comes first.
    fixed : numpy.ndarray
        For each cell whether it must be hidden (1), may be chosen (0) or has been shown (-1).
    floor : numpy.ndarray
        For each quantity how much of it is known.
    told : numpy.ndarray
        Which quantities have been shown as they are now, with as many answers behind them.
    """

    published: Published
    fixed: Places
    floor: Numbers
    told: Flags


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Quantities of an earlier release that the new one has too: their places, and the persons between them."""

    old: Places
    new: Places
    persons: Places


def with_earlier(
    published: Published,
    sent: Sequence[Sent],
    min_n: int,
    caution_n: int,
    persons: PersonsByCell = MappingProxyType({}),
) -> Joint:
    """Put a release beside those that were sent before it, in one system.

    The difference between a cell now and then is a cell of its own, of the persons who came, left or changed their
    answers, with the rules of every other cell: it may not be of too few persons, not share out the answers of few, and
    not lie at the end of its scale. It is between any two of all the releases, so chains may be of any length.

    Where a count, or a sum of distances from either end of a scale, is no less now than it was, the attacker is taken
    to know that; where it is less, because answers were taken out or changed, it is not in the system.

    Parameters
    ----------
    published : Published
        The new release.
    sent : sequence of Sent
        The earlier ones.
    min_n, caution_n : int
        The study's thresholds, which hold for persons between two releases as they do for those in one.
    persons : mapping, optional
        Who stands in each cell of the new one.

    Returns
    -------
    Joint
        The system, and what is known of it.
    """
    cells = published.cells.copy()
    floor = np.zeros(len(published.value))
    same = np.zeros(len(published.value), dtype=bool)
    joint: list[Published] = []
    links: list[tuple[int, int]] = []
    changes, told = [], []
    before: list[tuple[Sent, int]] = []
    ever = np.zeros(len(cells), dtype=bool)
    start = len(published.value)
    for one in sent:
        pairs = _pairs(published, one, persons)
        was, now = one.published.value[pairs.old], published.value[pairs.new]
        shown = ~one.hidden[one.published.cell[pairs.old]]
        np.maximum.at(floor, pairs.new[shown], np.where(was <= now, was, 0)[shown])
        same[pairs.new[shown & (pairs.persons == 0)]] = True
        few = _too_few(published, pairs, now - was, min_n, caution_n)
        grown = np.unique(published.cell[pairs.new[few & shown]])
        cells.loc[grown, "reason"] = cells.loc[grown, "reason"].where(
            cells.loc[grown, "reason"] != "", Reason.LATE.value
        )
        # Where nobody was, and nobody had been, that was told: if few have come, somebody is there.
        nobody, here = one.published.cells["empty"].to_numpy(dtype=bool)[one.published.cell[pairs.old]], pairs.new
        left = few & (pairs.persons < min_n) & ~(nobody & ~ever[published.cell[here]])
        cells.loc[np.unique(published.cell[here[left]]), "late"] = True
        ever[published.cell[here[~nobody]]] = True
        stirred = (pairs.persons > 0) & (pairs.persons < caution_n)
        cells.loc[np.unique(published.cell[pairs.new[stirred]]), "stirred"] = True
        cells.loc[np.unique(published.cell[pairs.new[few]]), "untold"] = True
        changes.append(
            pd.DataFrame({"new": pairs.new, "old": pairs.old + start, "persons": pairs.persons, "now": -1})[few]
        )
        mine = np.zeros(len(one.published.value), dtype=bool)
        for other, at in before:
            between = _pairs(one.published, other, one.persons)
            mine[between.new[~other.hidden[other.published.cell[between.old]] & (between.persons == 0)]] = True
            links += zip((between.old + at).tolist(), (between.new + start).tolist(), strict=True)
            changes.append(_sent_changes(one, other, between, pairs, min_n, caution_n).add([start, at, 0, 0]))
        before.append((one, start))
        told.append(mine & mine[one.published.count])
        links += zip((pairs.old + start).tolist(), pairs.new.tolist(), strict=True)
        start += len(one.published.value)
        joint.append(one.published)
    cells["empty"] &= ~_left_by_few(cells)
    # Beside what was sent a bound would tell of the few, so there is none.
    cells["reason"] = cells["reason"].mask(cells["untold"] & (cells["reason"] == Reason.AT_THE_END), Reason.LATE.value)
    joint.insert(0, without_ends(published, cells["untold"].to_numpy(dtype=bool)))
    fixed = np.where(cells["reason"] != "", 1, 0)
    fixed = np.concatenate([fixed, *(np.where(one.hidden, 1, -1) for one in sent)])
    floor = np.append(floor, np.zeros(start - len(published.value)))
    told.insert(0, same & same[published.count])
    whole = _joined(joint, cells, links)
    if changes:
        whole = replace(whole, changes=pd.concat(changes, ignore_index=True))
    return Joint(whole, fixed.astype(np.int64), floor, np.concatenate(told))


def _left_by_few(cells: pd.DataFrame) -> Flags:
    """Say where nobody is left of a few: that is not told, so those cells are of few persons, not empty.

    Where nobody is left in a group, nobody is left in anything about it.
    """
    late, home = cells["late"].to_numpy(dtype=bool), cells["population"].to_numpy()
    return np.asarray(late | ((home >= 0) & late[home]))


def _pairs(published: Published, one: Sent, persons: PersonsByCell) -> _Pairs:
    """Find the quantities of an earlier release in the new one, and count the persons between them."""
    known = are_the_same_persons(persons, one.persons)
    mine = with_totals(persons if known else {}, published)
    theirs = with_totals(one.persons if known else {}, one.published)
    places = {name: place for place, name in enumerate(published.name)}
    new = np.asarray([places.get(name, -1) for name in renamed(one.published, published, theirs, mine)], np.int64)
    old = np.flatnonzero(new >= 0)
    new = new[old]
    differs = np.abs(published.value[new] - one.published.value[old]) > SLACK
    cells = list(zip(one.published.cell[old].tolist(), published.cell[new].tolist(), strict=True))
    changed = {pair for pair, other in zip(cells, differs.tolist(), strict=True) if other}
    between = {
        (then, now): persons_between(theirs[then], mine[now], differs=(then, now) in changed)
        for then, now in set(cells)
    }
    return _Pairs(old, new, np.asarray([between[pair] for pair in cells], dtype=np.int64))


def _sent_changes(one: Sent, other: Sent, between: _Pairs, new: _Pairs, min_n: int, caution_n: int) -> pd.DataFrame:
    """Find what few persons changed between two releases that have been sent: the new one must not tell of it either.

    `new` says where the later one's quantities are in the new release.
    """
    grown = one.published.value[between.new] - other.published.value[between.old]
    now = np.full(len(one.published.value), -1)
    now[new.old] = new.new
    changes = {"new": between.new, "old": between.old, "persons": between.persons, "now": now[between.new]}
    return pd.DataFrame(changes)[_too_few(one.published, between, grown, min_n, caution_n)]


def _too_few(published: Published, pairs: _Pairs, grown: Numbers, min_n: int, caution_n: int) -> Flags:
    """Say between which quantities there are persons of whom too much would be told."""
    kind, span = published.kind[pairs.new], published.span[pairs.new]
    counted = pd.Series(published.count[pairs.new])
    came = counted.map(dict(zip(pairs.new.tolist(), grown.tolist(), strict=True))).to_numpy(dtype=float)
    # At the end: nobody is further from it than those who came, or came and left, could be.
    most = np.abs(came) * span
    at_an_end = (kind != COUNT) & ((np.abs(grown) < SLACK) | (np.abs(np.abs(grown) - most) < SLACK))
    spread = kind == SHARE
    few = (pairs.persons < min_n) | ((pairs.persons < caution_n) & (spread | at_an_end))
    return np.asarray(few & (pairs.persons > 0))


def _joined(joint: list[Published], cells: pd.DataFrame, links: list[tuple[int, int]]) -> Published:
    cell_starts = np.cumsum([0, *(len(one.cells) for one in joint)])
    starts = np.cumsum([0, *(len(one.value) for one in joint)])
    tables = [cells]
    for one, at in zip(joint[1:], cell_starts[1:], strict=False):
        home = one.cells["population"]
        tables.append(one.cells.assign(earlier=True, population=home.where(home < 0, home + at)))
    whole = Published(
        pd.concat(tables, ignore_index=True),
        np.concatenate([one.name for one in joint]),
        np.concatenate([one.cell + at for one, at in zip(joint, cell_starts, strict=False)]),
        np.concatenate([one.value for one in joint]),
        np.concatenate([one.kind for one in joint]),
        np.concatenate([one.count + at for one, at in zip(joint, starts, strict=False)]),
        np.concatenate([one.span for one in joint]),
        np.concatenate([one.lowest for one in joint]),
        np.concatenate([one.at_least for one in joint]),
        np.concatenate([one.at_most for one in joint]),
        sparse.csr_array(sparse.block_diag([one.equal for one in joint])),
        sparse.csr_array(sparse.block_diag([one.below for one in joint])),
        np.concatenate([one.limit for one in joint]),
        joint[0].follows,
    )
    growth = _growth(whole, links)
    limit = np.append(whole.limit, np.zeros(growth.shape[0]))
    return replace(whole, below=sparse.csr_array(sparse.vstack([whole.below, growth])), limit=limit)


def _growth(whole: Published, links: list[tuple[int, int]]) -> sparse.csr_array:
    """Nothing shrinks: old - new <= 0, for counts, for sums, and for their distances from the highest end."""
    triples: list[tuple[int, int, float]] = []
    row, left = 0, whole.rest
    for old, new in _without_shortcuts([pair for pair in links if whole.value[pair[0]] <= whole.value[pair[1]]]):
        triples += [(row, old, 1.0), (row, new, -1.0)]
        row += 1
    scales = [pair for pair in links if whole.kind[pair[1]] != COUNT and left[pair[0]] <= left[pair[1]]]
    for old, new in _without_shortcuts(scales):
        triples += [(row, old, -1.0), (row, int(whole.count[old]), whole.span[old])]
        triples += [(row, new, 1.0), (row, int(whole.count[new]), -whole.span[new])]
        row += 1
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return sparse.csr_array((values, (rows, columns)), shape=(row, len(whole.value)), dtype=float)


def _without_shortcuts(links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what follows: what is no less than the second release, which is no less than the first."""
    after: dict[int, set[int]] = {}
    for old, new in links:
        after.setdefault(old, set()).add(new)
    return [(old, new) for old, new in links if not any(new in after.get(between, ()) for between in after[old])]


def are_the_same_persons(now: PersonsByCell, then: PersonsByCell) -> bool:
    """Say whether a mark means the same person now as then: most of what those in both answered is as it was.

    Ids that a survey system gives anew, or another key, would otherwise look like everybody having left and come.
    """
    before = {
        (cell.table, cell.block, who): said for cell, found in then.items() for who, said in found.items() if said
    }
    both = [
        before[cell.table, cell.block, who] == said
        for cell, found in now.items()
        for who, said in found.items()
        if (cell.table, cell.block, who) in before
    ]
    return 2 * sum(both) > len(both)


def with_totals(persons: PersonsByCell, published: Published) -> list[Persons | None]:
    """Give the persons of every cell of a release, None where nobody kept them; a total has its parts' together."""
    parts: dict[Cell, dict[str, str]] = {}
    for cell, found in persons.items():
        for where in {cell, cell.in_all}:
            parts.setdefault(where, {}).update(found)
    return [parts.get(Cell(*key)) for key in published.cells[KEY].itertuples(index=False, name=None)]


def persons_between(then: Persons | None, now: Persons | None, *, differs: bool) -> int:
    """Count who came, who left and whose answer is another; what has changed without names is taken for one's doing.

    Where a cell has several numbers, each of other persons, it is the fewest that any number has changed by. A form
    without a name that was corrected looks like one that left and one that came, so of those the larger number counts:
    there may have been more persons, but never fewer.
    """
    if any(who.startswith(NAMELESS) for found in (then, now) for who in found or ()):
        before, after = (
            set(then or ()),
            set(now or ()),
        )  # forms are kept of every cell, so where there are none is nobody
        return max(len(before - after), len(after - before))
    if then is None or now is None:
        return int(differs)
    parts = max((said.count(APART) for found in (then, now) for said in found.values()), default=0) + 1
    changed = Counter(
        place
        for who in then.keys() | now.keys()
        for place, (before, after) in enumerate(
            zip(_marks(then.get(who), parts), _marks(now.get(who), parts), strict=True)
        )
        if before != after
    )
    return min(changed.values(), default=0)


def _marks(said: str | None, parts: int) -> list[str]:
    """Give somebody's mark in each number, "" where they do not count; who was taken out counted in all."""
    if said is None:
        return [""] * parts
    marks = said.split(APART) if said else ["gået"] * parts
    return marks + [""] * (parts - len(marks))


def renamed(
    one: Published, published: Published, theirs: Sequence[Persons | None], mine: Sequence[Persons | None]
) -> npt.NDArray[np.str_]:
    """Give the names of an earlier release's quantities with what its municipalities and groups are called now.

    A name that is gone is taken for the new name that most of its persons stand under.
    """
    then, now = _persons_by_place(one, theirs), _persons_by_place(published, mine)
    called = {}
    for place in then.keys() - now.keys():
        fresh = {other: len(then[place] & found) for other, found in now.items() if other not in then}
        best = max(fresh, key=lambda other: fresh[other], default=None)
        if best and 2 * fresh[best] > len(then[place]):
            called[place] = best
    if not called:
        return one.name
    parts = [name.split("\n") for name in one.name]
    return np.asarray(
        ["\n".join([part[0], *called.get((part[1], part[2]), part[1:3]), *part[3:]]) for part in parts], dtype=str
    )


def _persons_by_place(published: Published, persons: Sequence[Persons | None]) -> dict[tuple[str, str], set[str]]:
    """Give everybody in a municipality's group."""
    found: dict[tuple[str, str], set[str]] = {}
    for place, group, who in zip(published.cells["municipality"], published.cells["group"], persons, strict=True):
        found.setdefault((place, group), set()).update(who or ())
    return found
