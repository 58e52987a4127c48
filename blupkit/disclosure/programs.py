"""The linear programs of the attack: how far a hidden number can lie, and what stops it there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import highspy
import numpy as np
from scipy import sparse

from blupkit.disclosure.quantities import SLACK, Flags, Numbers, Places, components, pattern

#: How many rounds of witnesses are tried before a number is attacked by itself.
ROUNDS: Final = 12


#: How many quantities go into one linear program at least, when there are as many.
BATCH: Final = 4000


#: How far around a number it is attacked first: through so many equations.
STEPS: Final = 2


@dataclass(frozen=True, eq=False)
class Rows:
    """Equations or inequalities between what is hidden: what they add up to (at most), and their places in all."""

    matrix: sparse.csr_array
    to: Numbers
    place: Places

    @classmethod
    def left(cls, matrix: sparse.csr_array, value: Numbers, free: Places, to: Numbers | None = None) -> Rows:
        """Move what is shown to the right-hand side (else zero), and drop the rows in which nothing is hidden."""
        shown = value.copy()
        shown[free] = 0.0
        part = sparse.csr_array(matrix[:, free])
        touched = np.flatnonzero(np.diff(part.indptr))
        rest = -(matrix @ shown) if to is None else to - matrix @ shown
        return cls(sparse.csr_array(part[touched]), rest[touched], touched)

    def beside(self, columns: Flags, held: Numbers) -> Rows:
        """Those that have some of the columns, with the others held at their numbers."""
        some = np.flatnonzero(pattern(self.matrix) @ columns)
        rows = self.matrix[some]
        return Rows(
            sparse.csr_array(rows[:, columns]), (self.to[some] - rows[:, ~columns] @ held[~columns]), self.place[some]
        )

    def only(self, columns: Flags) -> Rows:
        """Those that have nothing but some columns."""
        some = np.flatnonzero(pattern(self.matrix) @ ~columns == 0)
        return Rows(sparse.csr_array(self.matrix[some][:, columns]), self.to[some], self.place[some])


#: Two programs' solutions: by row of all equations, and of all inequalities, how much the answer moves with it.
Multipliers = list[tuple[Places, Numbers, Places, Numbers]]


@dataclass(frozen=True, eq=False)
class Programs:
    """The linear programs on what is hidden: equal @ x = to, below @ x <= to, x >= least.

    Of forms that are whole numbers (`whole`) only the whole numbers between two solutions count.
    """

    equal: Rows
    below: Rows
    truth: Numbers
    least: Numbers
    forms: sparse.csr_array
    whole: Flags
    near: Places

    def widths(self, need: Numbers, *, first: bool = False) -> tuple[Numbers, dict[int, Multipliers]]:
        """Find how far apart two solutions can lie, for each form; it stops where that is enough.

        Where it is not, the multipliers of the two programs say why. With `first` it stops altogether at the first of
        those: the widths of the others are then no more than what has been seen so far.
        """
        width = self._among_neighbours(need)
        why: dict[int, Multipliers] = {}
        part = components(sparse.csr_array(sparse.vstack([self.equal.matrix, self.below.matrix, self.forms])))
        home = part[self.forms.indices[self.forms.indptr[:-1]]]
        batch = _batches(part)
        for which in range(int(batch.max()) + 1):
            mine = np.flatnonzero((batch[home] == which) & (width < need - SLACK))
            if len(mine) > ROUNDS:  # fewer are attacked one by one with no more programs
                width[mine] = self._only(batch[part] == which, mine)._witnesses(need[mine])
        whole: dict[int, Programs] = {}
        for place in np.flatnonzero(width < need - SLACK).tolist():
            if width[place] < need[place] - SLACK:
                # What leaks in a few of the equations leaks in all of them, and is found out much sooner.
                mine = np.asarray([place])
                wide, why[place] = self._only(self._near(place), mine)._extremes(0)
                if wide[0] >= need[place] - SLACK:
                    mine = np.flatnonzero(home == home[place])
                    if home[place] not in whole:
                        whole[home[place]] = self._only(part == home[place], mine)
                    alone = whole[home[place]]
                    wide, why[place] = alone._extremes(int(np.flatnonzero(mine == place)[0]))
                width[mine] = np.maximum(width[mine], wide)
                if first and width[place] < need[place] - SLACK:
                    break
        return width, why

    def _among_neighbours(self, need: Numbers) -> Numbers:
        """Move numbers among few places only, and hold all others: what is found so is a solution of the whole.

        One program over many places takes much longer than many over few.
        """
        width = np.zeros(len(need))
        outside = [pattern(self.forms) @ (self.near != which) for which in range(int(self.near.max(initial=-1)) + 1)]
        for which, others in enumerate(outside):
            mine, columns = np.flatnonzero(others == 0), self.near == which
            if len(mine):
                few = Programs(
                    self.equal.beside(columns, self.truth),
                    self.below.beside(columns, self.truth),
                    self.truth[columns],
                    self.least[columns],
                    sparse.csr_array(self.forms[mine][:, columns]),
                    self.whole[mine],
                    self.near[columns],
                )
                width[mine] = few._witnesses(need[mine])
        return width

    def _near(self, place: int) -> Flags:
        """Find the quantities that stand in an equation with those of a form, or with one that does."""
        near = self.forms[[place]].toarray()[0] != 0
        for _ in range(STEPS):
            for rows in (self.equal, self.below):
                together = pattern(rows.matrix)
                near = near | ((together @ near) @ together > 0)
        return np.asarray(near)

    def _only(self, columns: Flags, forms: Places) -> Programs:
        return Programs(
            self.equal.only(columns),
            self.below.only(columns),
            self.truth[columns],
            self.least[columns],
            sparse.csr_array(self.forms[forms][:, columns]),
            self.whole[forms],
            self.near[columns],
        )

    def _witnesses(self, need: Numbers) -> Numbers:
        low = high = self.forms @ self.truth
        random = np.random.default_rng(0)
        before = len(need) + 1
        for _ in range(ROUNDS):
            open_ = self._between(low, high) < need - SLACK
            if not 0 < open_.sum() < before:
                break
            before = int(open_.sum())
            sign = np.where(open_, random.choice([-1.0, 1.0], len(need)) / need, 0.0)
            for direction in (sign, -sign):
                at = self.forms @ self._furthest(self.forms.T @ direction)[0]
                low, high = np.minimum(low, at), np.maximum(high, at)
        return self._between(low, high)

    def _between(self, low: Numbers, high: Numbers) -> Numbers:
        """Say how far apart two ends are: of 1.25 and 2.75 of what is counted, only 2 is possible."""
        return np.where(self.whole, np.floor(high + SLACK) - np.ceil(low - SLACK), high - low)

    def _extremes(self, place: int) -> tuple[Numbers, Multipliers]:
        form = self.forms[[place]].toarray()[0]
        (low, why_low), (high, why_high) = (self._furthest(direction) for direction in (-form, form))
        one, other = self.forms @ low, self.forms @ high
        return self._between(np.minimum(one, other), np.maximum(one, other)), [*why_low, *why_high]

    def _furthest(self, direction: Numbers) -> tuple[Numbers, Multipliers]:
        """Find a solution that goes as far in a direction as the system lets it, and what stops it there."""
        solver, equations = self._solver, len(self.equal.to)
        solver.changeColsCost(len(direction), np.arange(len(direction), dtype=np.int32), -direction)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            # The truth is a solution; where rounding makes the solver doubt that, it proves nothing.
            solver.clearSolver()
            return self.truth, []
        found = solver.getSolution()
        stops = np.asarray(found.row_dual)
        return np.asarray(found.col_value), [(self.equal.place, stops[:equations], self.below.place, stops[equations:])]

    @cached_property
    def _solver(self) -> highspy.Highs:
        """Lay the system out once: each direction starts from the solution of the last, which is much faster."""
        # Whatever is not bounded by the system needs some bound; a solution within it is still a proof.
        ceiling = 10 * max(1.0, float(self.truth.max(initial=0.0)), float(np.abs(self.equal.to).max(initial=0.0)))
        matrix = sparse.csc_array(sparse.vstack([self.equal.matrix, self.below.matrix]))
        system = highspy.HighsLp()
        system.num_row_, system.num_col_ = matrix.shape
        system.col_cost_ = np.zeros(len(self.least))
        system.col_lower_, system.col_upper_ = self.least, np.full(len(self.least), ceiling)
        system.row_lower_ = np.append(self.equal.to, np.full(len(self.below.to), -highspy.kHighsInf))
        system.row_upper_ = np.append(self.equal.to, self.below.to)
        system.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        system.a_matrix_.start_, system.a_matrix_.index_, system.a_matrix_.value_ = (
            matrix.indptr,
            matrix.indices,
            matrix.data,
        )
        solver = highspy.Highs()
        solver.silent()
        # The last solution is one of the system's, whatever the direction: only the primal simplex can start from it.
        solver.setOptionValue(
            "simplex_strategy", highspy.simplex_constants.SimplexStrategy.kSimplexStrategyPrimal.value
        )
        solver.setOptionValue("presolve", "off")
        solver.passModel(system)
        return solver


def _batches(part: Places) -> Places:
    """Give each part its batch: small ones are put together, so that one program does for many of them."""
    return np.asarray(np.cumsum(np.bincount(part)) // BATCH, dtype=np.int64)
