"""The attack on a release: what can be worked out about a hidden number from everything that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from blupkit.core.published import COUNT, NOT_RELEASED, SHARE, Flags, Numbers, Places, Published, rest, small_counts

#: How many rounds of witnesses are tried before a number is attacked by itself.
ROUNDS: Final = 12
#: How many quantities go into one linear program at least, when there are as many.
BATCH: Final = 4000
_SLACK: Final = 1e-6


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
    """

    targets: int
    leaks: Places
    narrowest: float

    @property
    def passed(self) -> bool:
        """Whether no hidden number can be worked out."""
        return not len(self.leaks)


@dataclass(frozen=True, eq=False)
class _Targets:
    """Linear functions of the quantities, each with the width that must be left to it."""

    forms: sparse.csr_array
    need: Numbers
    quantity: Places

    def of(self, quantities: Places) -> _Targets:
        """Those of some quantities."""
        mine = np.flatnonzero(np.isin(self.quantity, quantities))
        return _Targets(sparse.csr_array(self.forms[mine]), self.need[mine], self.quantity[mine])


def audit(published: Published, hidden: Flags, *, min_n: int, caution_n: int, only: Places | None = None) -> Audit:
    """Attack every hidden count and sum with everything that is shown.

    The attacker knows each shown number exactly, how the tables add up, the ends of the scales, and which cells are
    empty; also how many answers there are behind a hidden number, unless they are so few that their number may not be
    known, or would give such a number away. A count of so few, and a hidden sum over a scale, must be left at least
    `min_n` wide; a count of more is no secret by itself. How far a sum lies from either end of its scale, and so how
    many chose an answer, must not be known exactly. It may be when it is nothing at all and at least `caution_n`
    answers are hidden together: that everybody among so many gave the same answer may be shown.

    A linear program finds how low and how high a number can be. Since any two solutions of the system prove the
    distance between them, one solution serves all numbers at once; only those that are not yet proven safe are attacked
    one by one. What is said to be safe is therefore proven, and what is said to leak is exact.

    Parameters
    ----------
    published : Published
        The release, with the true values.
    hidden : numpy.ndarray
        Which of its cells are hidden.
    min_n, caution_n : int
        The study's thresholds.
    only : numpy.ndarray, optional
        Attack these quantities and no others.

    Returns
    -------
    Audit
        All leaks.
    """
    free = _free(published, hidden, min_n)
    targets = _targets(published, hidden, free, min_n, caution_n)
    if only is not None:
        targets = targets.of(only)
    if not len(targets.need):
        return Audit(0, np.empty(0, dtype=np.int64), float("inf"))
    equal, equal_to = _restricted(published.equal, published.value, free)
    below, below_to = _restricted(published.below, published.value, free)
    attack = _Attack(equal, equal_to, below, below_to, published.value[free], sparse.csr_array(targets.forms[:, free]))
    width = attack.widths(targets.need)
    left = width / targets.need
    leaking = np.unique(targets.quantity[left < 1 - _SLACK])
    return Audit(len(targets.need), leaking, float(left.min()))


def _free(published: Published, hidden: Flags, min_n: int) -> Places:
    """Find the quantities that the attacker does not know."""
    covered = hidden[published.cell] & ~published.cells["empty"].to_numpy()[published.cell]
    counts = published.kind == COUNT
    unknown = covered & small_counts(published, min_n)
    rows = sparse.csr_array(sparse.vstack([published.equal, published.below]))
    pattern = sparse.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
    size = -1
    while size != int(unknown.sum()):  # whatever stands in an equation with an unknown count is unknown with it
        size = int(unknown.sum())
        unknown |= covered & counts & (pattern.T @ (pattern @ unknown.astype(float)) > 0)
    return np.flatnonzero((covered & ~counts) | unknown)


def _targets(published: Published, hidden: Flags, free: Places, min_n: int, caution_n: int) -> _Targets:
    free = free[(published.cells["reason"] != NOT_RELEASED).to_numpy()[published.cell[free]]]
    counts = free[small_counts(published, min_n)[free]]
    sums = free[published.kind[free] != COUNT]
    together = _hidden_together(published, hidden)
    at_an_end = (published.value[sums] < _SLACK) | (rest(published)[sums] < _SLACK)
    sums = sums[~(at_an_end & (together[sums] >= caution_n))]
    scales = sums[published.kind[sums] != SHARE]
    forms = [
        _forms(counts, np.ones(len(counts)), np.zeros(len(counts)), published),
        _forms(scales, np.ones(len(scales)), published.lowest[scales], published),
        _forms(sums, np.ones(len(sums)), np.zeros(len(sums)), published),
        _forms(sums, -np.ones(len(sums)), published.span[sums], published),
    ]
    need = [float(min_n)] * (len(counts) + len(scales)) + [1.0] * (2 * len(sums))
    return _Targets(
        sparse.csr_array(sparse.vstack(forms)), np.asarray(need), np.concatenate([counts, scales, sums, sums])
    )


def _forms(quantities: Places, factor: Numbers, of_count: Numbers, published: Published) -> sparse.coo_array:
    """Give factor * quantity + of_count * its count, one row each."""
    row = np.arange(len(quantities))
    columns = np.concatenate([quantities, published.count[quantities]])
    values = np.concatenate([factor, of_count])
    return sparse.coo_array(
        (values, (np.concatenate([row, row]), columns)), shape=(len(quantities), len(published.value))
    )


def _hidden_together(published: Published, hidden: Flags) -> Numbers:
    """Give the answers behind what is hidden beneath the same total; the whole of it where the total is hidden too."""
    rows = published.equal.tocoo()
    free = hidden[published.cell[rows.col]]
    answers = np.where(free, published.value[published.count[rows.col]], 0.0)
    of_row = np.bincount(rows.row, weights=answers, minlength=published.equal.shape[0])
    together = np.zeros(len(published.value))
    np.maximum.at(together, rows.col, of_row[rows.row])
    return together


def _restricted(matrix: sparse.csr_array, value: Numbers, free: Places) -> tuple[sparse.csr_array, Numbers]:
    """Move what is shown to the right-hand side, and drop the rows in which nothing is hidden."""
    shown = value.copy()
    shown[free] = 0.0
    part = sparse.csr_array(matrix[:, free])
    touched = np.diff(part.indptr) > 0
    return sparse.csr_array(part[touched]), -(matrix @ shown)[touched]


@dataclass(frozen=True, eq=False)
class _Attack:
    """The linear programs on what is hidden: equal @ x = equal_to, below @ x <= below_to, x >= 0."""

    equal: sparse.csr_array
    equal_to: Numbers
    below: sparse.csr_array
    below_to: Numbers
    truth: Numbers
    forms: sparse.csr_array

    def widths(self, need: Numbers) -> Numbers:
        """Find how far apart two solutions can lie, for each form; it stops where that is enough."""
        width = np.zeros(len(need))
        part = self._parts()
        home = part[self.forms.indices[self.forms.indptr[:-1]]]
        batch = _batches(part)
        for which in range(int(batch.max()) + 1):
            mine = np.flatnonzero(batch[home] == which)
            if len(mine) > ROUNDS:  # fewer are attacked one by one with no more programs
                width[mine] = self._only(batch == which, mine)._witnesses(need[mine])
        for place in np.flatnonzero(width < need - _SLACK):
            if width[place] < need[place] - _SLACK:
                mine = np.flatnonzero(home == home[place])
                alone = self._only(part == home[place], mine)
                width[mine] = np.maximum(width[mine], alone._extremes(int(np.flatnonzero(mine == place)[0])))
        return width

    def _parts(self) -> Places:
        """Split the hidden quantities into parts that have nothing to do with each other."""
        rows = sparse.csr_array(sparse.vstack([self.equal, self.below, self.forms]))
        pattern = sparse.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)
        return np.asarray(connected_components(pattern.T @ pattern, directed=False)[1], dtype=np.int64)

    def _only(self, columns: Flags, forms: Places) -> _Attack:
        equal, below = _touching(self.equal, columns), _touching(self.below, columns)
        return _Attack(
            sparse.csr_array(self.equal[equal][:, columns]),
            self.equal_to[equal],
            sparse.csr_array(self.below[below][:, columns]),
            self.below_to[below],
            self.truth[columns],
            sparse.csr_array(self.forms[forms][:, columns]),
        )

    def _witnesses(self, need: Numbers) -> Numbers:
        low = high = self.forms @ self.truth
        random = np.random.default_rng(0)
        for _ in range(ROUNDS):
            open_ = high - low < need - _SLACK
            if not open_.any():
                break
            sign = np.where(open_, random.choice([-1.0, 1.0], len(need)) / need, 0.0)
            for direction in (sign, -sign):
                at = self.forms @ self._furthest(self.forms.T @ direction)
                low, high = np.minimum(low, at), np.maximum(high, at)
        return np.asarray(high - low)

    def _extremes(self, place: int) -> Numbers:
        form = self.forms[[place]].toarray()[0]
        low, high = (self.forms @ self._furthest(direction) for direction in (-form, form))
        return np.asarray(np.abs(high - low))

    def _furthest(self, direction: npt.NDArray[np.float64]) -> Numbers:
        """Find a solution that goes as far in a direction as the system lets it."""
        # Whatever is not bounded by the system needs some bound; a solution within it is still a proof.
        ceiling = 10 * max(1.0, float(self.truth.max(initial=0.0)), float(np.abs(self.equal_to).max(initial=0.0)))
        found = linprog(
            -direction,
            A_ub=self.below if self.below.shape[0] else None,
            b_ub=self.below_to if self.below.shape[0] else None,
            A_eq=self.equal if self.equal.shape[0] else None,
            b_eq=self.equal_to if self.equal.shape[0] else None,
            bounds=(0, ceiling),
            method="highs",
        )
        # The truth is a solution, so there is one; where rounding makes the solver doubt that, it proves nothing.
        return np.asarray(found.x) if found.x is not None else self.truth


def _batches(part: Places) -> Places:
    """Put small parts together, so that one program does for many of them."""
    sizes = np.bincount(part)
    return np.asarray((np.cumsum(sizes) // BATCH)[part], dtype=np.int64)


def _touching(matrix: sparse.csr_array, columns: Flags) -> Flags:
    """Find the rows of some columns; a row never has columns of two parts."""
    return columns[matrix.indices[matrix.indptr[:-1]]] if matrix.shape[0] else np.empty(0, dtype=bool)
