"""Which numbers to hide: the smallest set that leaves nothing hidden to be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from blupkit.core.study import ALL
from blupkit.disclosure.attack import Audit, audit
from blupkit.disclosure.quantities import (
    COUNT,
    SHARE,
    SLACK,
    Flags,
    Numbers,
    Places,
    Published,
    components,
    rest,
    small_counts,
)

#: A total stands on every page, so it is the last to go.
TOTAL_COST: Final = 20.0
#: After so many rounds of attack and repair what is hidden stays hidden, so that it comes to an end.
PATIENCE: Final = 10
#: After so many everything around a leak is hidden.
ROUNDS: Final = 30
_SECONDS: Final = 60.0


@dataclass(frozen=True, eq=False)
class _Rules:
    """Inequalities over the cells: matrix @ hidden >= least."""

    matrix: sparse.csr_array
    least: Numbers

    @classmethod
    def joined(cls, *rules: _Rules) -> _Rules:
        """All of them together."""
        matrix = sparse.csr_array(sparse.vstack([rule.matrix for rule in rules]))
        return cls(matrix, np.concatenate([rule.least for rule in rules]))


def choose_hidden(
    published: Published,
    fixed: Places,
    *,
    min_n: int,
    caution_n: int,
    floor: Numbers | None = None,
    told: Flags | None = None,
) -> tuple[Flags, Audit]:
    """Choose which cells to hide beside those that must be, so that the audit finds no leak.

    A mixed-integer program finds the cheapest set in which every hidden count can be `min_n` wide given the equation it
    stands in. The audit attacks that set with the whole system; where it finds a leak, at least one of the shown
    numbers that prove it has to go too, and the program is solved again. Only equations with something hidden come into
    the program at all, and parts that have nothing to do with each other are solved apart.

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
    tuple of numpy.ndarray and Audit
        Which cells are hidden, and the audit of them. The audit has passed unless an earlier release leaks by itself.
    """
    floor = np.zeros(len(published.value)) if floor is None else floor
    forced = fixed == 1
    hidden = _closed(published, forced)
    rules = _following(published)
    tried: set[int] = set()
    for round_ in range(ROUNDS):
        if round_ >= PATIENCE:
            fixed = np.where(hidden, 1, fixed)
        before, hidden = hidden, _solve(published, fixed, rules, hidden, min_n, floor)
        result = audit(published, hidden, min_n=min_n, caution_n=caution_n, told=told)
        if result.passed:
            return hidden, result
        if round_ and (hidden == before).all():
            break  # what leaks rests on nothing that may be hidden
        first = (published.kind[result.leaks] != COUNT) & ~np.isin(result.leaks, list(tried))
        widths = _sum_rules(published, fixed, result.leaks[first], min_n, caution_n)
        rules = _Rules.joined(rules, widths, _leak_rules(published, fixed, result))
        tried.update(int(place) for place in result.leaks)
    repairs = _repairs(published, hidden, fixed, result.leaks)
    while repairs:
        hidden = hidden.copy()
        hidden[np.concatenate([around for _, around in repairs])] = True
        hidden = _closed(published, hidden)
        result = audit(published, hidden, min_n=min_n, caution_n=caution_n, told=told)
        repairs = _repairs(published, hidden, fixed, result.leaks)
    return hidden, result


def _closed(published: Published, hidden: Flags) -> Flags:
    """Hide what follows something hidden."""
    hidden = hidden.copy()
    changed = True
    while changed:
        more = [cell for cell, parts, _ in published.follows if not hidden[cell] and hidden[list(parts)].any()]
        hidden[more] = True
        changed = bool(more)
    return hidden


def _following(published: Published) -> _Rules:
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
    return _Rules(_rows(triples, row, len(published.cells)), np.zeros(row))


def _rows(triples: list[tuple[int, int, float]], height: int, width: int) -> sparse.csr_array:
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return sparse.csr_array((values, (rows, columns)), shape=(height, width), dtype=float)


def _solve(
    published: Published,
    fixed: Places,
    rules: _Rules,
    hidden: Flags,
    min_n: int,
    floor: Numbers,
) -> Flags:
    """Solve for the equations that hold something hidden, until no other equation does."""
    equations = _count_equations(published, min_n)
    active: set[int] = set()
    while True:
        active |= {row for row, small in enumerate(equations.small) if hidden[small].any()}
        widths = _width_rules(published, fixed, equations, sorted(active), min_n, floor)
        hidden = _cheapest(published, fixed, _Rules.joined(rules, widths))
        if all(row in active or not hidden[small].any() for row, small in enumerate(equations.small)):
            return hidden


@dataclass(frozen=True, eq=False)
class _Equations:
    """The equations between counts: for each its quantities, their cells and signs, and the cells of small counts."""

    quantities: list[Places]
    cells: list[Places]
    signs: list[Numbers]
    small: list[Places]


def _count_equations(published: Published, min_n: int) -> _Equations:
    counted = published.kind == COUNT
    small = small_counts(published, min_n)
    matrix = published.equal
    seen: set[bytes] = set()
    found = _Equations([], [], [], [])
    for row in range(matrix.shape[0]):
        part = slice(matrix.indptr[row], matrix.indptr[row + 1])
        quantities, signs = matrix.indices[part].astype(np.int64), matrix.data[part]
        cells = published.cell[quantities]
        if not counted[quantities].all() or published.cells["earlier"].to_numpy()[cells].any():
            continue
        alike = cells.tobytes() + published.value[quantities].tobytes()
        if alike not in seen:  # the choices of a question all rest on the same counts
            seen.add(alike)
            found.quantities.append(quantities)
            found.cells.append(cells)
            found.signs.append(signs)
            found.small.append(cells[small[quantities]])
    return found


def _width_rules(
    published: Published, fixed: Places, equations: _Equations, active: list[int], min_n: int, floor: Numbers
) -> _Rules:
    """Ask that the rest of an equation leaves each hidden count of it room: so much up and so much down."""
    top = _most(published, min_n)
    small = small_counts(published, min_n)
    home = published.cells["population"].to_numpy()
    found: list[_Room] = []
    for row in active:
        quantities, cells, signs = equations.quantities[row], equations.cells[row], equations.signs[row]
        down = np.minimum(published.value[quantities] - floor[quantities], min_n)
        up = np.minimum(top[quantities] - published.value[quantities], min_n)
        of_people = home[cells]
        known = (of_people >= 0) & (of_people != cells)
        for place in np.flatnonzero(small[quantities]):
            people = int(of_people[place])
            if known[place] and fixed[people] == 1:
                # The number of people is hidden too, so people can be moved to others whose number is.
                more = known & (of_people != people)
                rooms = _rooms(
                    int(place),
                    np.append(cells, of_people[more]),
                    np.append(signs, signs[more]),
                    np.append(down, np.zeros(more.sum())),
                    np.append(np.where(of_people == people, min_n, up), np.full(more.sum(), float(min_n))),
                    float(min_n),
                )
            else:
                rooms = _rooms(int(place), cells, signs, down, up, float(min_n))
                # Where the number of people comes to be hidden, its own equation sees to the room.
                rooms = [room.with_people(people) if known[place] else room for room in rooms]
            found += rooms
    return _room_rules(found, fixed)


def _sum_rules(published: Published, fixed: Places, leaking: Places, min_n: int, caution_n: int) -> _Rules:
    """Ask the same for sums that have been found to leak.

    How many chose an answer must not be known exactly: somebody else must be hidden who chose it, or so many that
    nobody's choosing it may be shown.
    """
    left = rest(published)
    columns = sparse.csc_array(published.equal)
    found: list[_Room] = []
    for quantity in leaking:
        for row in columns[:, [quantity]].indices:
            part = slice(published.equal.indptr[row], published.equal.indptr[row + 1])
            quantities, signs = published.equal.indices[part], published.equal.data[part]
            if not (published.kind[quantities] == published.kind[quantity]).all():
                continue
            need = 1.0 if published.kind[quantity] == SHARE else float(min_n)
            place = int(np.flatnonzero(quantities == quantity)[0])
            down, up = np.minimum(published.value[quantities], need), np.minimum(left[quantities], need)
            at_an_end = published.value[quantity] < SLACK or left[quantity] < SLACK
            answers = published.value[published.count[quantities]] * (need / caution_n if at_an_end else 0.0)
            found += _rooms(place, published.cell[quantities], signs, down, up, need, answers)
    return _room_rules(found, fixed)


class _Room(NamedTuple):
    """What one hidden cell needs of the others in an equation, if it is to have room in one direction."""

    cell: int
    cells: Places
    room: Numbers
    need: float

    def with_people(self, cell: int) -> _Room:
        """Let hiding the number of people do as well."""
        return self._replace(cells=np.append(self.cells, cell), room=np.append(self.room, self.need))


def _rooms(
    place: int,
    cells: Places,
    signs: Numbers,
    down: Numbers,
    up: Numbers,
    width: float,
    instead: Numbers | None = None,
) -> list[_Room]:
    """Split the width that a quantity needs into a way down and a way up, and say who can make room for each.

    What may stand instead of room, by cell, counts for the quantity's own cell too.
    """
    instead = np.zeros(len(cells)) if instead is None else instead
    need_down = min(float(down[place]), width)
    need_up = min(width - need_down, float(up[place]))
    same = signs == signs[place]
    others = cells != cells[place]
    return [
        _Room(int(cells[place]), cells[others], np.maximum(room, instead)[others], need - float(instead[place]))
        for need, room in ((need_up, np.where(same, down, up)), (need_down, np.where(same, up, down)))
        if need > instead[place]
    ]


def _room_rules(rooms: list[_Room], fixed: Places) -> _Rules:
    # What an equation cannot give even with everything hidden may come from elsewhere: the audit sees whether it does.
    rooms = [room for room in rooms if room.room[fixed[room.cells] != -1].sum() >= room.need]
    triples = [
        (row, int(cell), float(much))
        for row, room in enumerate(rooms)
        for cell, much in zip(room.cells, room.room, strict=True)
        if much > 0
    ]
    triples += [(row, room.cell, -room.need) for row, room in enumerate(rooms)]
    return _Rules(_rows(triples, len(rooms), len(fixed)), np.zeros(len(rooms)))


def _most(published: Published, min_n: int) -> Numbers:
    """Say how large each count can be: the people there are, with room to grow where their number may be hidden."""
    home = published.cells["population"].to_numpy()[published.cell]
    people = published.cells["most"].to_numpy(dtype=float)[np.maximum(home, 0)]
    itself = home == published.cell
    return np.asarray(np.where((home < 0) | itself, published.value + min_n, np.maximum(people, published.value)))


def _leak_rules(published: Published, fixed: Places, attacked: Audit) -> _Rules:
    """Ask for one more hidden cell among those that each leak rests on."""
    rooms = [
        _Room(int(published.cell[quantity]), may_go, np.ones(len(may_go)), 1.0)
        for quantity, cells in attacked.proofs
        if len(may_go := cells[fixed[cells] == 0])
    ]
    return _room_rules(rooms, fixed)


def _cheapest(published: Published, fixed: Places, rules: _Rules) -> Flags:
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
    """Count the cells, prefer the smaller of two, spare the totals; the last part only makes the answer unique."""
    n = published.cells["n"].to_numpy(dtype=float)
    total = (published.cells["municipality"] == ALL).to_numpy()
    order = np.arange(len(n)) / max(1, len(n))
    return np.asarray(np.where(total, TOTAL_COST, 1.0) + n / (n.max(initial=0.0) + 1) + 1e-4 * order)


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
