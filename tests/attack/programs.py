"""Integer programs over what is printed: how low and how high can a number be that is not?

Nothing of the product is used here. HiGHS solves one small program for each end; a solution that was found for one
question says something about all others, so most are answered without one of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

Form = dict[int, float]
_UNBOUNDED = 1e5


class Programs:
    """Unknown numbers with their bounds, and equations between them."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.whole: list[int] = []
        self.rows: list[tuple[Form, float, float]] = []
        self._found: list[np.ndarray] = []
        self._laid: tuple[LinearConstraint, Bounds] | None = None

    def unknown(self, low: float = 0.0, high: float = _UNBOUNDED, *, whole: bool = True) -> int:
        """Add an unknown number, and give its place."""
        self.low.append(max(low, -_UNBOUNDED))
        self.high.append(min(high, _UNBOUNDED))
        self.whole.append(int(whole))
        return len(self.low) - 1

    def between(self, form: Form, low: float, high: float) -> None:
        """Say that a sum lies between two numbers."""
        self.rows.append((form, low, high))

    def equal(self, form: Form, value: float = 0.0) -> None:
        self.between(form, value, value)

    def narrow(self, place: int, low: float, high: float) -> None:
        """Say that an unknown number is between two numbers."""
        self.low[place], self.high[place] = max(self.low[place], low), min(self.high[place], high)

    def width(self, form: Form, enough: float) -> float:
        """Give how wide the sum can be known; what is wider than `enough` may be given as that."""
        cost = np.zeros(len(self.low))
        for place, factor in form.items():
            cost[place] = factor
        known = [float(cost @ one) for one in self._found]
        # HiGHS' presolve has called 2 the most that a sum can be where it was 10: what is narrow is solved without it.
        for presolve, sign in product((True, False), (1.0, -1.0)):
            if known and max(known) - min(known) >= enough - 1e-6:
                break
            known.append(float(cost @ self._solve(sign * cost, presolve=presolve)))
        return max(known) - min(known)

    def _solve(self, cost: np.ndarray, *, presolve: bool = True) -> np.ndarray:
        if self._laid is None:
            self._laid = _matrix(self.rows, len(self.low)), Bounds(np.array(self.low), np.array(self.high))
        constraints, bounds = self._laid
        options = {"presolve": presolve}
        result = milp(cost, integrality=np.array(self.whole), bounds=bounds, constraints=constraints, options=options)
        if result.x is None and presolve:  # it has called a program impossible that it solves without
            return self._solve(cost, presolve=False)
        if result.x is None:
            raise ImpossibleError(result.message)
        self._found.append(result.x)
        return np.asarray(result.x)


class ImpossibleError(AssertionError):
    """The printed numbers contradict what the attacker takes for granted."""


def _matrix(rows: Iterable[tuple[Form, float, float]], width: int) -> LinearConstraint:
    at, columns, values, lows, highs = [], [], [], [], []
    for number, (form, low, high) in enumerate(rows):
        at += [number] * len(form)
        columns += form.keys()
        values += form.values()
        lows.append(low)
        highs.append(high)
    matrix = sparse.csr_array((values, (at, columns)), shape=(len(lows), width), dtype=float)
    return LinearConstraint(sparse.csc_array(matrix), np.array(lows), np.array(highs))
