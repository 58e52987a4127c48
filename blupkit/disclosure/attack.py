"""The attack on a release: what can be worked out about a hidden number from everything that is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from blupkit.disclosure.programs import Multipliers, Programs, Rows
from blupkit.disclosure.quantities import (
    COUNT,
    SHARE,
    SLACK,
    Flags,
    Numbers,
    Places,
    Published,
    Reason,
    are_totals,
    least,
    pattern,
    small_counts,
)

#: Among so many municipalities numbers are moved first.
DOZEN: Final = 12


@dataclass(frozen=True, eq=False)
class Audit:
    """What came of the attack.

    Parameters
    ----------
    targets : int
        How many hidden counts, sums and distances from the ends of a scale were attacked.
    leaks : numpy.ndarray
        The places of the quantities that can be worked out more narrowly than the limit.
    narrowest : float
        The least width left, as a multiple of what was needed; at least 1 when nothing leaks, infinite without targets.
    proofs : list of tuple
        For each leak its quantity, and the places of the shown cells from which it can be worked out: as long as all of
        them are shown, it leaks.
    """

    targets: int
    leaks: Places
    narrowest: float
    proofs: list[tuple[int, Places]]

    @property
    def passed(self) -> bool:
        """Whether no hidden number can be worked out."""
        return not len(self.leaks)


@dataclass(frozen=True, eq=False)
class _Targets:
    """Linear functions of the quantities: the width that must be left to each, and which are whole numbers."""

    forms: sparse.csr_array
    need: Numbers
    quantity: Places
    whole: Flags


def audit(published: Published, hidden: Flags, *, min_n: int, caution_n: int, told: Flags | None = None) -> Audit:
    """Attack every hidden count and sum with everything that is shown.

    The attacker knows each shown number exactly, how the tables add up, the ends of the scales and the bounds that are
    printed, and which cells are empty, and so that at least one answer is behind each of the others; also how many
    answers there are behind a hidden number, unless they are so few that their number may not be known, or would give
    such a number away. A count of so few, and a hidden sum over a scale, must be left at least `min_n` wide, or as wide
    as the bound that is printed; a count of more is no secret by itself. How far a sum lies from either end of its
    scale, and so how many chose an answer, must not be known exactly. It may be when it is nothing at all and at least
    `caution_n` answers are hidden together, all of them at that end: that everybody among so many gave the same answer
    may be shown. What an
    earlier release has told, with the same answers behind it, is no secret any more.

    A linear program finds how low and how high a number can be. Since any two solutions of the system prove the
    distance between them, one solution serves all numbers at once; only those that are not yet proven safe are attacked
    one by one. What is said to be safe is therefore proven, and what is said to leak is exact. The multipliers of
    such a program say what the leak rests on: the shown numbers whose reduced cost is not zero. (This is the cut of
    Fischetti and Salazar-González, 2000, without its weights.)

    Parameters
    ----------
    published : Published
        The release, with the true values.
    hidden : numpy.ndarray
        Which of its cells are hidden.
    min_n, caution_n : int
        The study's thresholds.
    told : numpy.ndarray, optional
        Which quantities an earlier release has told as they are now.

    Returns
    -------
    Audit
        All leaks.
    """
    return _audit(published, hidden, min_n, caution_n, told)


def _audit(
    published: Published, hidden: Flags, min_n: int, caution_n: int, told: Flags | None, *, first: bool = False
) -> Audit:
    """Attack all numbers, or (`first`) no more when the first leak is found."""
    free = _free(published, hidden, min_n)
    secret = free if told is None else free[~told[free]]
    targets = _targets(published, hidden, secret, free, min_n, caution_n)
    if not len(targets.need):
        return Audit(0, np.empty(0, dtype=np.int64), float("inf"), [])
    equal = Rows.left(published.equal, published.value, free)
    below = Rows.left(published.below, published.value, free, published.limit)
    attack = Programs(
        equal,
        below,
        published.value[free],
        least(published)[free],
        sparse.csr_array(targets.forms[:, free]),
        targets.whole,
        _neighbours(published)[free],
    )
    width, multipliers = attack.widths(targets.need, first=first)
    left = width / targets.need
    leaking = np.flatnonzero(left < 1 - SLACK)
    leaking = leaking[np.isin(leaking, list(multipliers))]
    proofs = [(int(targets.quantity[at]), _rests_on(published, hidden, multipliers[at])) for at in leaking.tolist()]
    return Audit(len(targets.need), np.unique(targets.quantity[leaking]), float(left.min()), proofs)


def telling_bounds(
    published: Published, fixed: Places, told: Flags, hidden_people: Flags, *, min_n: int, caution_n: int
) -> Flags:
    """Find where bounds cannot be printed: they alone would tell too much, whatever else is hidden.

    A bound says that there are at least `min_n` answers and fewer than `caution_n`. Beside others in the same total
    that may say how many too few there are.

    Parameters
    ----------
    published : Published
        The release, with earlier ones if there are any.
    fixed, told : numpy.ndarray
        As for `choose_hidden`.
    hidden_people : numpy.ndarray
        What `people_hidden` gave. Rather than further numbers of people a bound goes.
    min_n, caution_n : int
        The study's thresholds.

    Returns
    -------
    numpy.ndarray
        By cell: those of each block, in all places, of which no bound can be printed.
    """
    cells = published.cells
    own = ~cells["earlier"].to_numpy(dtype=bool)
    # What changed since an earlier release is hidden by rules of its own, whatever is told of the ends.
    published = replace(published, changes=published.changes.iloc[:0])
    block = cells.groupby(["table", "group", "block", "earlier"]).ngroup().to_numpy()
    home, known = cells["population"].to_numpy(), told | ~own[published.cell]

    def leaks(blocks: Places) -> bool:
        around = np.isin(block, blocks) & own
        people = home[around & (home >= 0)]
        around[people[hidden_people[people]]] = True
        hidden = (around & (fixed != -1)) | (~own & (fixed == 1))
        # What an earlier release tells is told already; attacking its numbers too takes many times as long.
        return not _audit(published, hidden, min_n, caution_n, known, first=True).passed

    blocks = np.unique(block[published.with_bound & own])
    telling = [one for one in blocks if leaks(np.asarray([one]))] if len(blocks) and leaks(blocks) else []
    return np.isin(block, telling)


def _neighbours(published: Published) -> Places:
    """Number each group's municipalities in dozens, in the order of their declared sizes; -1 where there are few."""
    cells = published.cells
    dozen = np.full(len(cells), -1)
    start = 0
    for _, part in cells[~are_totals(cells) & ~cells["earlier"].astype(bool)].groupby("group"):
        order = part.groupby("municipality")["size"].first().sort_values(kind="stable").index
        if len(order) > 2 * DOZEN:
            rank = part["municipality"].map({place: at // DOZEN for at, place in enumerate(order)})
            dozen[part.index] = start + rank
            start += int(rank.max()) + 1
    return np.asarray(dozen[published.cell], dtype=np.int64)


def _free(published: Published, hidden: Flags, min_n: int) -> Places:
    """Find the quantities that the attacker does not know."""
    covered = hidden[published.cell] & ~published.cells["empty"].to_numpy()[published.cell]
    counts = published.kind == COUNT
    unknown = covered & small_counts(published, min_n)
    together = pattern(sparse.csr_array(sparse.vstack([published.equal, published.below])))
    size = -1
    while size != int(unknown.sum()):  # whatever stands in an equation with an unknown count is unknown with it
        size = int(unknown.sum())
        unknown |= covered & counts & (together.T @ (together @ unknown.astype(float)) > 0)
    return np.flatnonzero((covered & ~counts) | unknown)


def _targets(published: Published, hidden: Flags, secret: Places, free: Places, min_n: int, caution_n: int) -> _Targets:
    secret = secret[(published.cells["reason"] != Reason.NOT_RELEASED).to_numpy()[published.cell[secret]]]
    counts = secret[small_counts(published, min_n)[secret]]
    sums = secret[published.kind[secret] != COUNT]
    together = _alike_together(published, hidden)
    sums = sums[together[sums] < caution_n]
    alone = _left_by_one(published, hidden)
    sums = sums[alone[sums] > SLACK]
    scales = sums[published.kind[sums] != SHARE]
    forms = [
        _forms(counts, np.ones(len(counts)), np.zeros(len(counts)), published),
        _forms(scales, np.ones(len(scales)), published.lowest[scales], published),
        _forms(sums, np.ones(len(sums)), np.zeros(len(sums)), published),
        _forms(sums, -np.ones(len(sums)), published.span[sums], published),
    ]
    # Where a bound is printed, no more can be left than it leaves; of one person whom all know of, all of the scale.
    known = np.minimum(published.told_width, published.known_width)
    late = published.changes.astype("int64")
    told = late[~hidden[published.cell[late["old"].to_numpy()]]]
    np.minimum.at(known, told["new"].to_numpy(), _known_change(published, told))
    of_scales = np.minimum(np.minimum(known, alone)[scales], min_n)
    of_ends = np.minimum(alone[sums], 1.0)
    need = np.concatenate([np.full(len(counts), float(min_n)), of_scales, of_ends, of_ends])
    changes = _changes(published, free, min_n, caution_n, together)
    quantity = np.concatenate([counts, scales, sums, sums, changes.quantity])
    return _Targets(
        sparse.csr_array(sparse.vstack([*forms, changes.forms])),
        np.concatenate([need, changes.need]),
        quantity,
        np.isin(published.kind[quantity], [COUNT, SHARE]),
    )


def _changes(published: Published, free: Places, min_n: int, caution_n: int, together: Numbers) -> _Targets:
    """Attack what few persons have changed between two releases: the difference of a quantity now and then.

    Where both are shown, the choice has been told so before, and hides the new one. Of two that have both been sent the
    new one may tell what it tells of at least `caution_n` persons, whom those are among: that all chose the same.
    """
    changes = published.changes
    changes = changes[changes["new"].isin(free) | changes["old"].isin(free)]
    new, old, now = (changes[column].to_numpy(dtype=np.int64) for column in ("new", "old", "now"))
    need = np.where((published.kind[new] == SHARE) | (changes["persons"] >= min_n), 1.0, float(min_n))
    need = np.minimum(need, _known_change(published, changes))
    at_an_end = (published.value[now] < SLACK) | (published.rest[now] < SLACK)
    many = np.where(np.isin(now, free), together[now], published.value[published.count[now]]) >= caution_n
    kept = (now < 0) | (need > 1) | ~(at_an_end & many)
    new, old, need = new[kept], old[kept], need[kept]
    row, one = np.arange(len(new)), np.ones(len(new))
    values, columns = np.concatenate([one, -one]), np.concatenate([new, old])
    forms = sparse.csr_array((values, (np.concatenate([row, row]), columns)), shape=(len(new), len(published.value)))
    return _Targets(forms, need, new, np.isin(published.kind[new], [COUNT, SHARE]))


def _left_by_one(published: Published, hidden: Flags) -> Numbers:
    """Say how wide a sum is left by any one total that is shown, where everybody knows the counts; else infinite.

    Each such total may be told by itself, and limits all its parts: that nearly everybody gave the highest answer. What
    is asked of a part is that two totals together, of its place and of its group, tell no more.
    """
    left = np.full(len(published.value), np.inf)
    if not published.cells["counted"].any():
        return left
    equal, most = published.equal, published.span * published.value[published.count]
    for start, end in zip(equal.indptr[:-1], equal.indptr[1:], strict=True):
        places, total = equal.indices[start:end], equal.indices[start:end][equal.data[start:end] < 0]
        if len(total) != 1 or published.kind[total[0]] == COUNT or hidden[published.cell[total[0]]]:
            continue
        parts, value = places[places != total[0]], published.value[total[0]]
        high = np.minimum(most[parts], value)
        left[parts] = np.minimum(left[parts], high - np.maximum(0.0, value - (most[total[0]] - most[parts])))
    return left


def _known_change(published: Published, changes: pd.DataFrame) -> Numbers:
    """Say how wide a sum's change can be at most, where everybody knows how many came, left or changed answers."""
    new, old = (changes[column].to_numpy(dtype=np.int64) for column in ("new", "old"))
    came = np.abs(published.value[published.count[new]] - published.value[published.count[old]])
    persons = np.maximum(came, changes["persons"].to_numpy(dtype=float))
    counted = published.cells["counted"].to_numpy(dtype=bool)[published.cell[new]] & (published.kind[new] != COUNT)
    return np.where(counted, np.maximum(published.span[new] * persons, 1.0), np.inf)


def _forms(quantities: Places, factor: Numbers, of_count: Numbers, published: Published) -> sparse.coo_array:
    """Give factor * quantity + of_count * its count, one row each."""
    row = np.arange(len(quantities))
    columns = np.concatenate([quantities, published.count[quantities]])
    values = np.concatenate([factor, of_count])
    return sparse.coo_array(
        (values, (np.concatenate([row, row]), columns)), shape=(len(quantities), len(published.value))
    )


def _alike_together(published: Published, hidden: Flags) -> Numbers:
    """Give the answers behind what is hidden beneath the same total, where all of them are the same: at an end.

    The whole of the total where that is hidden too. Persons are counted once each. So only equations that add up over
    municipalities, groups or parts of a group (two tables) put them together: those within a cell, as that shares make
    a whole, hold the same persons once a choice. And a total that is hidden holds the persons of its parts. Of a few
    who gave the same answer, among others who did not, it says nothing.
    """
    rows = _over_persons(published).tocoo()
    free = hidden[published.cell[rows.col]]
    answers = np.where(free, published.value[published.count[rows.col]], 0.0)
    together = np.zeros(len(published.value))
    for away in (published.value, published.rest):
        of_row = np.zeros(rows.shape[0])
        for side in (rows.data > 0, rows.data < 0):
            there = np.bincount(rows.row, weights=np.where(side, answers, 0.0), minlength=rows.shape[0])
            other = np.bincount(rows.row, weights=np.where(side & free, away[rows.col], 0.0), minlength=rows.shape[0])
            of_row = np.maximum(of_row, np.where(other < SLACK, there, 0.0))
        mine = away[rows.col] < SLACK
        np.maximum.at(together, rows.col[mine], of_row[rows.row[mine]])
    return together


def _over_persons(published: Published) -> sparse.csr_array:
    """Choose the equations between several municipalities, groups or tables."""
    equal = published.equal
    home = published.cells.groupby(["table", "municipality", "group"]).ngroup().to_numpy()
    home = home[published.cell[equal.indices]]
    row = np.repeat(np.arange(equal.shape[0]), np.diff(equal.indptr))
    return sparse.csr_array(equal[np.unique(row[home != home[equal.indptr[row]]])])


def _rests_on(published: Published, hidden: Flags, multipliers: Multipliers) -> Places:
    """Find the shown cells of which a program made use."""
    used = np.zeros(len(published.value), dtype=bool)
    for equal, of_equal, below, of_below in multipliers:
        cost = published.equal[equal].T @ of_equal + published.below[below].T @ of_below
        used |= np.abs(cost) > SLACK
    cells = np.unique(published.cell[used])
    return np.asarray(cells[~hidden[cells]], dtype=np.int64)
