"""Which numbers to hide: the smallest set that leaves nothing hidden to be worked out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from blupkit.disclosure.attack import Audit, audit
from blupkit.disclosure.pattern import Family, crossing, families, with_company
from blupkit.disclosure.quantities import (
    COUNT,
    Flags,
    Numbers,
    Places,
    Published,
    Reason,
    are_totals,
    components,
    least,
    without_ends,
)
from blupkit.disclosure.rooms import Rules, count_equations, leak_rules, rows_of, sum_rules, width_rules

#: A total stands on every page, so it is the last to go.
TOTAL_COST: Final = 20.0
#: After so many rounds of attack and repair what is hidden stays hidden, so that it comes to an end.
PATIENCE: Final = 10
#: After so many everything around a leak is hidden.
ROUNDS: Final = 30
_SECONDS: Final = 60.0


class Choice(NamedTuple):
    """What is hidden, the audit of it, and of how many hidden cells it is not proven that the choice tells nothing."""

    hidden: Flags
    audit: Audit
    unproven: int


def choose_hidden(
    published: Published,
    fixed: Places,
    *,
    min_n: int,
    caution_n: int,
    floor: Numbers | None = None,
    told: Flags | None = None,
) -> Choice:
    """Choose which cells to hide beside those that must be, so that the audit finds no leak.

    First goes what a fixed way of choosing asks for, whatever the answers (`pattern`). A mixed-integer program then
    finds the cheapest set in which every hidden count can be `min_n` wide given the equation it stands in; mostly there
    is nothing more to hide. The audit attacks that set with the whole system; where it finds a leak, at least one of
    the shown numbers that prove it has to go too, and the program is solved again. Only equations with something hidden
    come into the program at all, and parts that have nothing to do with each other are solved apart.

    Parameters
    ----------
    published : Published
        The release, with earlier ones if there are any.
    fixed : numpy.ndarray
        For each cell: 1 = must be hidden, 0 = may be chosen, -1 = is known already (shown in an earlier release).
    min_n, caution_n : int
        The study's thresholds.
    floor : numpy.ndarray, optional
        For each quantity how much of it is known from earlier releases.
    told : numpy.ndarray, optional
        Which quantities have been told as they are now.

    Returns
    -------
    Choice
        The audit has passed unless an earlier release leaks by itself.
    """
    least_of_all = least(published)
    floor = least_of_all if floor is None else np.maximum(floor, least_of_all)
    of = families(published)
    people = _of_people(published, of)

    def together(hidden: Flags, fixed: Places) -> Flags:
        for some in (people, of):  # the number of people first: what is told of it counts for the others
            hidden = _settled(published, some, hidden, fixed, min_n, caution_n)
        return hidden

    def attacked(hidden: Flags) -> Audit:
        return audit(published, hidden, min_n=min_n, caution_n=caution_n, told=told)

    def chosen(hidden: Flags, result: Audit) -> Choice:
        return Choice(hidden, result, int((hidden & (crossing(of, len(hidden)) | ~asked)).sum()))

    asked = hidden = together(fixed == 1, fixed)
    fixed = np.where(asked, 1, fixed)
    rules = _following(published)
    tried: set[int] = set()
    for round_ in range(ROUNDS):
        if round_ >= PATIENCE:
            fixed = np.where(hidden, 1, fixed)
        before = hidden
        hidden = together(_solve(published, fixed, rules, hidden, min_n, floor), fixed)
        result = attacked(hidden)
        if result.passed:
            return chosen(hidden, result)
        if round_ and (hidden == before).all():
            break  # what leaks rests on nothing that may be hidden
        first = (published.kind[result.leaks] != COUNT) & ~np.isin(result.leaks, list(tried))
        widths = sum_rules(published, fixed, result.leaks[first], min_n, caution_n)
        rules = Rules.joined(rules, widths, leak_rules(published, fixed, result.proofs))
        tried.update(int(place) for place in result.leaks)
    repairs = _repairs(published, hidden, fixed, result.leaks)
    while repairs:
        hidden = hidden.copy()
        hidden[np.concatenate([around for _, around in repairs])] = True
        hidden = together(hidden, fixed)
        result = attacked(hidden)
        repairs = _repairs(published, hidden, fixed, result.leaks)
    return chosen(hidden, result)


def _of_people(published: Published, of: list[Family]) -> list[Family]:
    """Choose those that count the people of a group."""
    home = published.cells["population"].to_numpy()
    return [family for family in of if (home[family.parts] == family.parts).all()]


def people_hidden(published: Published, fixed: Places, *, min_n: int, caution_n: int) -> Flags:
    """Say for each cell whether the number of people of its group is hidden, whatever is told of the ends of scales.

    Parameters
    ----------
    published : Published
        The release, with earlier ones if there are any.
    fixed : numpy.ndarray
        As for `choose_hidden`.
    min_n, caution_n : int
        The study's thresholds.

    Returns
    -------
    numpy.ndarray
        By cell.
    """
    silent = without_ends(published, np.ones(len(fixed), dtype=bool))
    home, of = published.cells["population"].to_numpy(), families(silent)
    hidden = _settled(silent, _of_people(silent, of), fixed == 1, fixed, min_n, caution_n)
    # Where nobody counts people, those who answered are all that there are.
    uncounted = [
        replace(family, rows=[row for row in family.rows if silent.kind[row[0]] == COUNT])
        for family in of
        if (home[family.parts] < 0).all()
    ]
    few = (fixed == 1) & (published.cells["reason"] != Reason.AT_THE_END).to_numpy()
    few = _settled(silent, uncounted, few, fixed, min_n, caution_n)
    return np.where(home < 0, few, hidden[home])


def mixed_totals(published: Published) -> Flags:
    """Say which totals a bound would be printed for, though a part of them has none.

    Such a part is hidden, and what its total is near to narrows how many it can have: with more of them the total
    would lie elsewhere, or the other parts so near the end that no bound could be printed for them.

    Parameters
    ----------
    published : Published
        The release.

    Returns
    -------
    numpy.ndarray
        By cell.
    """
    bounded = published.with_bound
    mixed = np.zeros(len(bounded), dtype=bool)
    mixed[[family.total for family in families(published) if not bounded[family.parts].all()]] = True
    return mixed & bounded


def _settled(published: Published, of: list[Family], hidden: Flags, fixed: Places, min_n: int, caution_n: int) -> Flags:
    """Hide what follows and what goes with what is hidden, until that hides nothing more."""
    while True:
        before = hidden
        hidden = with_company(published, of, _closed(published, hidden), fixed, min_n, caution_n)
        if (before == hidden).all():
            return hidden


def _closed(published: Published, hidden: Flags) -> Flags:
    """Hide what follows something hidden."""
    hidden = hidden.copy()
    changed = True
    while changed:
        more = [cell for cell, parts, _ in published.follows if not hidden[cell] and hidden[list(parts)].any()]
        hidden[more] = True
        changed = bool(more)
    return hidden


def _following(published: Published) -> Rules:
    """Write the cells that follow others as inequalities: cell >= part; where only they tell, cell <= all parts."""
    triples: list[tuple[int, int, float]] = []
    row = 0
    for cell, parts, only in published.follows:
        for part in parts:
            triples += [(row, cell, 1.0), (row, part, -1.0)]
            row += 1
        if only:
            triples += [(row, cell, -1.0), *((row, part, 1.0) for part in parts)]
            row += 1
    return Rules(rows_of(triples, row, len(published.cells)), np.zeros(row))


def _solve(
    published: Published,
    fixed: Places,
    rules: Rules,
    hidden: Flags,
    min_n: int,
    floor: Numbers,
) -> Flags:
    """Solve for the equations that hold something hidden, until no other equation does."""
    equations = count_equations(published, min_n)
    active: set[int] = set()
    while True:
        active |= {row for row, small in enumerate(equations.small) if hidden[small].any()}
        widths = width_rules(published, fixed, equations, sorted(active), min_n, floor)
        hidden = _cheapest(published, fixed, Rules.joined(rules, widths))
        if all(row in active or not hidden[small].any() for row, small in enumerate(equations.small)):
            return hidden


def _cheapest(published: Published, fixed: Places, rules: Rules) -> Flags:
    matrix, least = rules.matrix, rules.least
    cost = _costs(published)
    hidden: Flags = fixed == 1
    part = components(matrix)
    in_part = part[matrix.indices[matrix.indptr[:-1]]] if matrix.shape[0] else np.empty(0, dtype=np.int64)
    for which in np.unique(part[hidden]):
        cells, rows = np.flatnonzero(part == which), np.flatnonzero(in_part == which)
        if len(cells) > 1 and len(rows):
            hidden[cells] = _program(cost[cells], fixed[cells], matrix[rows][:, cells], least[rows])
    return hidden


def _costs(published: Published) -> Numbers:
    """Count the cells, prefer the smaller of two, spare the totals; the last part only makes the answer unique.

    How large a cell is, is what was declared: nothing here may depend on what was answered.
    """
    size = published.cells["size"].to_numpy(dtype=float)
    total = are_totals(published.cells).to_numpy()
    order = np.arange(len(size)) / max(1, len(size))
    return np.asarray(np.where(total, TOTAL_COST, 1.0) + size / (size.max(initial=0.0) + 1) + 1e-4 * order)


def _program(cost: Numbers, fixed: Places, matrix: sparse.csr_array, least: Numbers) -> Flags:
    low, high = (fixed == 1).astype(float), (fixed != -1).astype(float)
    found = milp(
        cost,
        integrality=np.ones(len(cost)),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(matrix, least, np.inf),
        options={"mip_rel_gap": 1e-3, "time_limit": _SECONDS},
    )
    # Without one in time the audit goes on from what must be hidden; in the end everything around a leak is hidden.
    return np.asarray(found.x > 0.5 if found.x is not None else fixed == 1)


def _repairs(published: Published, hidden: Flags, fixed: Places, leaks: Places) -> list[tuple[int, Places]]:
    """For each leaking cell the shown cells that the leak can rest on; at least one of them has to be hidden."""
    rows = sparse.csr_array(sparse.vstack([published.equal, published.below]))
    columns = sparse.csc_array(rows)
    found: dict[int, set[int]] = {}
    for quantity in leaks:
        around = _shown_around(published, rows, columns, hidden, fixed, int(quantity))
        found.setdefault(int(published.cell[quantity]), set()).update(around)
    return [(cell, np.asarray(sorted(around), dtype=np.int64)) for cell, around in found.items() if around]


def _shown_around(
    published: Published,
    rows: sparse.csr_array,
    columns: sparse.csc_array,
    hidden: Flags,
    fixed: Places,
    quantity: int,
) -> set[int]:
    """Go on from a quantity through everything hidden to whatever is shown around it."""
    free = hidden[published.cell]
    seen, border = {quantity}, [quantity]
    around: set[int] = set()
    while border:
        near = rows[np.unique(columns[:, border].indices)].indices
        around |= {int(cell) for cell in published.cell[near] if not hidden[cell] and fixed[cell] == 0}
        border = [int(place) for place in np.unique(near) if free[place] and int(place) not in seen]
        seen.update(border)
    return around
