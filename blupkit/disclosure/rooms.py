"""What a hidden number needs of the others in its equations: room, as inequalities over what to hide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from blupkit.disclosure.quantities import (
    COUNT,
    SHARE,
    SLACK,
    Numbers,
    Places,
    Published,
    small_counts,
)


@dataclass(frozen=True, eq=False)
class Rules:
    """Inequalities over the cells: matrix @ hidden >= least."""

    matrix: sparse.csr_array
    least: Numbers

    @classmethod
    def joined(cls, *rules: Rules) -> Rules:
        """All of them together."""
        matrix = sparse.csr_array(sparse.vstack([rule.matrix for rule in rules]))
        return cls(matrix, np.concatenate([rule.least for rule in rules]))


def rows_of(triples: list[tuple[int, int, float]], height: int, width: int) -> sparse.csr_array:
    """Write inequalities as a matrix, of row, cell and factor."""
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return sparse.csr_array((values, (rows, columns)), shape=(height, width), dtype=float)


@dataclass(frozen=True, eq=False)
class Equations:
    """The equations between counts: for each its quantities, their cells and signs, and the cells of small counts."""

    quantities: list[Places]
    cells: list[Places]
    signs: list[Numbers]
    small: list[Places]


def count_equations(published: Published, min_n: int) -> Equations:
    """Find the equations of the release itself that hold nothing but counts, each once."""
    counted = published.kind == COUNT
    small = small_counts(published, min_n)
    matrix = published.equal
    seen: set[bytes] = set()
    found = Equations([], [], [], [])
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


def width_rules(
    published: Published, fixed: Places, equations: Equations, active: list[int], min_n: int, floor: Numbers
) -> Rules:
    """Ask that the rest of an equation leaves each hidden count of it room: so much up and so much down."""
    top, (lower, higher) = _most(published, min_n), _rooms_of(published)
    small = small_counts(published, min_n)
    home = published.cells["population"].to_numpy()
    found: list[_Room] = []
    for row in active:
        quantities, cells, signs = equations.quantities[row], equations.cells[row], equations.signs[row]
        down = np.minimum(np.minimum(published.value - floor, lower)[quantities], min_n)
        up = np.minimum(np.minimum(top - published.value, higher)[quantities], min_n)
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


def sum_rules(published: Published, fixed: Places, leaking: Places, min_n: int, caution_n: int) -> Rules:
    """Ask the same for sums that have been found to leak.

    How many chose an answer must not be known exactly: somebody else must be hidden who chose it, or so many that
    nobody's choosing it may be shown.
    """
    left, wide, (lower, higher) = published.rest, published.told_width, _rooms_of(published)
    columns = sparse.csc_array(published.equal)
    found: list[_Room] = []
    for quantity in leaking:
        for row in columns[:, [quantity]].indices:
            part = slice(published.equal.indptr[row], published.equal.indptr[row + 1])
            quantities, signs = published.equal.indices[part], published.equal.data[part]
            if not (published.kind[quantities] == published.kind[quantity]).all():
                continue
            need = 1.0 if published.kind[quantity] == SHARE else min(float(min_n), float(wide[quantity]))
            place = int(np.flatnonzero(quantities == quantity)[0])
            down, up = np.minimum(lower[quantities], need), np.minimum(higher[quantities], need)
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


def _room_rules(rooms: list[_Room], fixed: Places) -> Rules:
    # What an equation cannot give even with everything hidden may come from elsewhere: the audit sees whether it does.
    rooms = [room for room in rooms if room.room[fixed[room.cells] != -1].sum() >= room.need]
    triples = [
        (row, int(cell), float(much))
        for row, room in enumerate(rooms)
        for cell, much in zip(room.cells, room.room, strict=True)
        if much > 0
    ]
    triples += [(row, room.cell, -room.need) for row, room in enumerate(rooms)]
    return Rules(rows_of(triples, len(rooms), len(fixed)), np.zeros(len(rooms)))


def _most(published: Published, min_n: int) -> Numbers:
    """Say how large each count can be: the people there are, with room to grow where their number may be hidden."""
    home = published.cells["population"].to_numpy()[published.cell]
    people = published.cells["most"].to_numpy(dtype=float)[np.maximum(home, 0)]
    itself = home == published.cell
    return np.asarray(np.where((home < 0) | itself, published.value + min_n, np.maximum(people, published.value)))


def leak_rules(published: Published, fixed: Places, proofs: Iterable[tuple[int, Places]]) -> Rules:
    """Ask for one more hidden cell among those that each leak rests on."""
    rooms = [
        _Room(int(published.cell[quantity]), may_go, np.ones(len(may_go)), 1.0)
        for quantity, cells in proofs
        if len(may_go := cells[fixed[cells] == 0])
    ]
    return _room_rules(rooms, fixed)


def _rooms_of(published: Published) -> tuple[Numbers, Numbers]:
    """Give how much lower, and how much higher, each quantity could be by itself, for what is told of it.

    Infinite for a count of which no most is told.
    """
    answers = np.where(published.kind == COUNT, 1.0, published.value[published.count])
    endless = np.isinf(published.at_most)
    most = np.where(endless, np.inf, np.where(endless, 0.0, published.at_most) * answers)
    return published.value - published.at_least * answers, most - published.value
