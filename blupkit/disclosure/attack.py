"""The attack on a release: what can be worked out about a hidden number from everything that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from blupkit.disclosure.quantities import (
    COUNT,
    SHARE,
    SLACK,
    Flags,
    Numbers,
    Places,
    Published,
    Reason,
    components,
    pattern,
    rest,
    small_counts,
)

#: How many rounds of witnesses are tried before a number is attacked by itself.
ROUNDS: Final = 12
#: How many quantities go into one linear program at least, when there are as many.
BATCH: Final = 4000
#: How far around a number it is attacked first: through so many equations.
STEPS: Final = 2


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
    """Linear functions of the quantities, each with the width that must be left to it."""

    forms: sparse.csr_array
    need: Numbers
    quantity: Places


def audit(published: Published, hidden: Flags, *, min_n: int, caution_n: int, told: Flags | None = None) -> Audit:
    """Attack every hidden count and sum with everything that is shown.

    The attacker knows each shown number exactly, how the tables add up, the ends of the scales, and which cells are
    empty; also how many answers there are behind a hidden number, unless they are so few that their number may not be
    known, or would give such a number away. A count of so few, and a hidden sum over a scale, must be left at least
    `min_n` wide; a count of more is no secret by itself. How far a sum lies from either end of its scale, and so how
    many chose an answer, must not be known exactly. It may be when it is nothing at all and at least `caution_n`
    answers are hidden together: that everybody among so many gave the same answer may be shown. What an earlier release
    has told, with the same answers behind it, is no secret any more.

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
    free = _free(published, hidden, min_n)
    secret = free if told is None else free[~told[free]]
    targets = _targets(published, hidden, secret, min_n, caution_n)
    if not len(targets.need):
        return Audit(0, np.empty(0, dtype=np.int64), float("inf"), [])
    equal, below = (_Rows.left(matrix, published.value, free) for matrix in (published.equal, published.below))
    attack = _Attack(equal, below, published.value[free], sparse.csr_array(targets.forms[:, free]))
    width, multipliers = attack.widths(targets.need)
    left = width / targets.need
    leaking = np.flatnonzero(left < 1 - SLACK)
    proofs = [(int(targets.quantity[at]), _rests_on(published, hidden, multipliers[at])) for at in leaking.tolist()]
    return Audit(len(targets.need), np.unique(targets.quantity[leaking]), float(left.min()), proofs)


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


def _targets(published: Published, hidden: Flags, secret: Places, min_n: int, caution_n: int) -> _Targets:
    secret = secret[(published.cells["reason"] != Reason.NOT_RELEASED).to_numpy()[published.cell[secret]]]
    counts = secret[small_counts(published, min_n)[secret]]
    sums = secret[published.kind[secret] != COUNT]
    together = _hidden_together(published, hidden)
    at_an_end = (published.value[sums] < SLACK) | (rest(published)[sums] < SLACK)
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


@dataclass(frozen=True, eq=False)
class _Rows:
    """Equations or inequalities between what is hidden: what they add up to (at most), and their places in all."""

    matrix: sparse.csr_array
    to: Numbers
    place: Places

    @classmethod
    def left(cls, matrix: sparse.csr_array, value: Numbers, free: Places) -> _Rows:
        """Move what is shown to the right-hand side, and drop the rows in which nothing is hidden."""
        shown = value.copy()
        shown[free] = 0.0
        part = sparse.csr_array(matrix[:, free])
        touched = np.flatnonzero(np.diff(part.indptr))
        return cls(sparse.csr_array(part[touched]), -(matrix @ shown)[touched], touched)

    def only(self, columns: Flags) -> _Rows:
        """Those that have nothing but some columns."""
        some = np.flatnonzero(pattern(self.matrix) @ ~columns == 0)
        return _Rows(sparse.csr_array(self.matrix[some][:, columns]), self.to[some], self.place[some])


#: Two programs' solutions: by row of all equations, and of all inequalities, how much the answer moves with it.
_Multipliers = list[tuple[Places, Numbers, Places, Numbers]]


def _rests_on(published: Published, hidden: Flags, multipliers: _Multipliers) -> Places:
    """Find the shown cells of which a program made use."""
    used = np.zeros(len(published.value), dtype=bool)
    for equal, of_equal, below, of_below in multipliers:
        cost = published.equal[equal].T @ of_equal + published.below[below].T @ of_below
        used |= np.abs(cost) > SLACK
    cells = np.unique(published.cell[used])
    return np.asarray(cells[~hidden[cells]], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _Attack:
    """The linear programs on what is hidden: equal @ x = to, below @ x <= to, x >= 0."""

    equal: _Rows
    below: _Rows
    truth: Numbers
    forms: sparse.csr_array

    def widths(self, need: Numbers) -> tuple[Numbers, dict[int, _Multipliers]]:
        """Find how far apart two solutions can lie, for each form; it stops where that is enough.

        Where it is not, the multipliers of the two programs say why.
        """
        width = np.zeros(len(need))
        why: dict[int, _Multipliers] = {}
        part = components(sparse.csr_array(sparse.vstack([self.equal.matrix, self.below.matrix, self.forms])))
        home = part[self.forms.indices[self.forms.indptr[:-1]]]
        batch = _batches(part)
        for which in range(int(batch.max()) + 1):
            mine = np.flatnonzero(batch[home] == which)
            if len(mine) > ROUNDS:  # fewer are attacked one by one with no more programs
                width[mine] = self._only(batch[part] == which, mine)._witnesses(need[mine])
        for place in np.flatnonzero(width < need - SLACK).tolist():
            if width[place] < need[place] - SLACK:
                # What leaks in a few of the equations leaks in all of them, and is found out much sooner.
                mine = np.asarray([place])
                wide, why[place] = self._only(self._near(place), mine)._extremes(0)
                if wide[0] >= need[place] - SLACK:
                    mine = np.flatnonzero(home == home[place])
                    alone = self._only(part == home[place], mine)
                    wide, why[place] = alone._extremes(int(np.flatnonzero(mine == place)[0]))
                width[mine] = np.maximum(width[mine], wide)
        return width, why

    def _near(self, place: int) -> Flags:
        """Find the quantities that stand in an equation with those of a form, or with one that does."""
        near = self.forms[[place]].toarray()[0] != 0
        for _ in range(STEPS):
            for rows in (self.equal, self.below):
                together = pattern(rows.matrix)
                near = near | ((together @ near) @ together > 0)
        return np.asarray(near)

    def _only(self, columns: Flags, forms: Places) -> _Attack:
        return _Attack(
            self.equal.only(columns),
            self.below.only(columns),
            self.truth[columns],
            sparse.csr_array(self.forms[forms][:, columns]),
        )

    def _witnesses(self, need: Numbers) -> Numbers:
        low = high = self.forms @ self.truth
        random = np.random.default_rng(0)
        before = len(need) + 1
        for _ in range(ROUNDS):
            open_ = high - low < need - SLACK
            if not 0 < open_.sum() < before:
                break
            before = int(open_.sum())
            sign = np.where(open_, random.choice([-1.0, 1.0], len(need)) / need, 0.0)
            for direction in (sign, -sign):
                at = self.forms @ self._furthest(self.forms.T @ direction)[0]
                low, high = np.minimum(low, at), np.maximum(high, at)
        return np.asarray(high - low)

    def _extremes(self, place: int) -> tuple[Numbers, _Multipliers]:
        form = self.forms[[place]].toarray()[0]
        (low, why_low), (high, why_high) = (self._furthest(direction) for direction in (-form, form))
        return np.abs(self.forms @ high - self.forms @ low), [*why_low, *why_high]

    def _furthest(self, direction: Numbers) -> tuple[Numbers, _Multipliers]:
        """Find a solution that goes as far in a direction as the system lets it, and what stops it there."""
        # Whatever is not bounded by the system needs some bound; a solution within it is still a proof.
        ceiling = 10 * max(1.0, float(self.truth.max(initial=0.0)), float(np.abs(self.equal.to).max(initial=0.0)))
        found = linprog(
            -direction,
            A_ub=self.below.matrix if len(self.below.to) else None,
            b_ub=self.below.to if len(self.below.to) else None,
            A_eq=self.equal.matrix if len(self.equal.to) else None,
            b_eq=self.equal.to if len(self.equal.to) else None,
            bounds=(0, ceiling),
            method="highs",
        )
        if found.x is None:  # the truth is a solution; where rounding makes the solver doubt that, it proves nothing
            return self.truth, []
        stops = (self.equal.place, found.eqlin.marginals, self.below.place, found.ineqlin.marginals)
        return np.asarray(found.x), [stops]


def _batches(part: Places) -> Places:
    """Give each part its batch: small ones are put together, so that one program does for many of them."""
    return np.asarray(np.cumsum(np.bincount(part)) // BATCH, dtype=np.int64)
