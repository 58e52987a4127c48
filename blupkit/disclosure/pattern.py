"""What is hidden may tell nothing by which cells it is: further cells are chosen in a fixed way, whatever the answers.

The choice of further cells is open, so a reader can try it on every set of answers that the pages allow, and rule out
those that would have hidden other cells. If each small cell took the cheapest partner, two hidden counts could be left
with {4, 7}. So partners are fixed before anybody has answered. For each total the parts in which somebody is are put in
order of their declared sizes and cut into blocks of two or three, and the blocks are joined two and two into a tree.

* A cell that must be hidden hides its block.
* What is hidden in a block or a larger part of the tree is enough when its sum, which every reader can work out, leaves
  room for more than `min_n` (`_enough`); where it is not, the part that it is joined with is hidden too, and so on; at
  the root the total goes.
* Beside a printed bound each hidden count without one must be left `min_n` wide by the most that the bounded ones can
  be, and a hidden sum over a scale needs two cells without a bound.
* Where a count is small among people whose number is shown, another part of the block must be able to be small too,
  as far as a reader can tell; where it is not, the total goes.

**Why a reader learns nothing more.** Let v be a part of the tree that is hidden while what it is joined with is
shown. Its sum s is known, and so is that it is enough: it has k cells with at least one answer each, and s >= k +
min_n. One of its two halves was not enough, but nobody knows which. Take a cell of one half. With one answer in every
other cell the other half is not enough, so the same is hidden, and the cell has s - k + 1. With one answer in every
cell of its own half that half is not enough, so the same is hidden, and the cell has 1. Both can be, and they lie s -
k >= min_n apart. Where the root is not enough, s is hidden with the total and known to be k + min_n at most: the cell
has 1 to min_n + 1.

What this cannot show: cells that the attack on the whole system hides beyond these, as beside releases that have been
sent, and cells that two totals with other parts hold (`crossing`), as where tables over places and over groups cross.
They are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from blupkit.disclosure.quantities import (
    COUNT,
    KEY,
    SHARE,
    SLACK,
    SOLE,
    Flags,
    Numbers,
    Places,
    Published,
    Reason,
    least,
)

#: So many cells without a bound must be hidden beside one that has one.
_EACH_OTHER = 2
#: Reasons that hide a cell whatever was answered in it, or that hold between two releases: they ask for no company.
_UNASKED = (Reason.NOT_LOCALLY, Reason.NOT_RELEASED, Reason.SAID_NO, Reason.LATE)


@dataclass(frozen=True, eq=False)
class Family:
    """A total and its parts in the order of their declared sizes: cells, and by row the quantities that add up."""

    total: int
    parts: Places
    rows: list[Places]


def families(published: Published) -> list[Family]:
    """Find what adds up over municipalities, or over groups, with the parts in the order of their declared sizes.

    Parameters
    ----------
    published : Published
        The release.

    Returns
    -------
    list of Family
        With the parts in which somebody is.
    """
    cells, equal, cell = published.cells, published.equal, published.cell
    size = cells["size"].to_numpy(dtype=float)
    left_out = (cells["empty"] | cells["earlier"]).to_numpy(dtype=bool)
    home = cells.groupby(["municipality", "group"]).ngroup().to_numpy()
    rows: dict[tuple[int, ...], list[Places]] = {}
    sums: set[int] = set()
    for start, end in zip(equal.indptr[:-1], equal.indptr[1:], strict=True):
        places, signs = equal.indices[start:end].astype(np.int64), equal.data[start:end]
        if (signs < 0).sum() != 1 or (published.kind[places] != published.kind[places[0]]).any():
            continue
        total, parts = int(places[signs < 0][0]), places[signs > 0]
        parts = parts[~left_out[cell[parts]]]
        if left_out[cell[total]] or not len(parts) or (home[cell[parts]] == home[cell[total]]).any():
            continue
        parts = parts[np.lexsort((cell[parts], size[cell[parts]]))]
        rows.setdefault((int(cell[total]), *cell[parts].tolist()), []).append(parts)
        if published.name[total].split("\n")[len(KEY)].startswith(SOLE):
            sums.add(int(cell[total]))
    totals = {key[0] for key in rows}
    return [
        Family(key[0], np.asarray(key[1:], dtype=np.int64), found)
        for key, found in rows.items()
        # A sum of totals goes before any of them: hiding a total would only hide more of its parts.
        if not (key[0] in sums and totals.issuperset(key[1:]))
    ]


def crossing(of: list[Family], cells: int) -> Flags:
    """Say which cells stand in totals of different parts: what holds for one of them alone is not proven of both.

    Parameters
    ----------
    of : list of Family
        What `families` found.
    cells : int
        How many cells there are.

    Returns
    -------
    numpy.ndarray
        By cell.
    """
    parts: list[set[tuple[int, ...]]] = [set() for _ in range(cells)]
    for family in of:
        together = tuple(sorted(family.parts.tolist()))
        for cell in together:
            parts[cell].add(together)
    return np.asarray([len(some) > 1 for some in parts], dtype=bool)


def with_company(
    published: Published, of: list[Family], hidden: Flags, fixed: Places, min_n: int, caution_n: int
) -> Flags:
    """Hide the fixed partners of what is hidden, and the totals that would tell too much of them.

    Parameters
    ----------
    published : Published
        The release.
    of : list of Family
        What `families` found.
    hidden : numpy.ndarray
        Which cells are hidden; not changed.
    fixed : numpy.ndarray
        For each cell: 1 = must be hidden, 0 = may be chosen, -1 = is known already.
    min_n, caution_n : int
        The study's thresholds.

    Returns
    -------
    numpy.ndarray
        Which cells are hidden with their company.
    """
    hidden = hidden.copy()
    asks = ~published.cells["reason"].isin(_UNASKED).to_numpy() & (fixed != -1)
    home = published.cells["population"].to_numpy()
    limits = _Limits(published, home, _known_least(published, home), min_n, caution_n, np.asarray(asks))
    for family in of:
        if (hidden & asks)[family.parts].any() and (fixed[family.parts] != -1).all():
            _Tree(family, limits, hidden).grow()
    return hidden


def _known_least(published: Published, home: Places) -> Numbers:
    """Give how little each count can be: a bound is of `min_n` answers at least, and so of as many people."""
    counts = published.kind == COUNT
    known = np.where(counts, np.maximum(least(published), published.at_least), 0.0)
    people = home[published.cell]
    of_people = np.zeros(len(home))
    np.maximum.at(of_people, people[counts & (people >= 0)], known[counts & (people >= 0)])
    return np.where(counts & (people == published.cell), np.maximum(known, of_people[published.cell]), known)


@dataclass(frozen=True, eq=False)
class _Limits:
    published: Published
    home: Places
    least: Numbers
    min_n: int
    caution_n: int
    asks: Flags


@dataclass(frozen=True, eq=False)
class _Tree:
    """The tree over a family's parts; what it hides is set in `hidden`."""

    family: Family
    limits: _Limits
    hidden: Flags

    def grow(self) -> None:
        """Hide what must be: blocks, what they are joined with, and the total."""
        of_people = (self.limits.home[self.family.parts] >= 0).any()
        blocks = _blocks(len(self.family.parts), smallest=2 if of_people else 1)
        alone = [self._hide_block(block) for block in blocks]
        if any(alone) or (not self.hidden[self.family.total] and self._needs_more(blocks)):
            self.hidden[self.family.total] = True

    def _told(self, parts: Places) -> Flags:
        """Say which cells lie among people whose number is shown."""
        home = self.limits.home[parts]
        return np.asarray((home >= 0) & (home != parts) & ~self.hidden[home])

    def _hide_block(self, block: Places) -> bool:
        """Hide a block in which something is hidden; say whether its total would tell which count is the small one."""
        parts = self.family.parts[block]
        if not self._asked(parts):
            return False
        self.hidden[parts] = True
        return any(self._small_one_is_told(row[block]) for row in self.family.rows)

    def _needs_more(self, blocks: list[Places]) -> bool:
        """Hide a part of the tree where one of its halves is not enough; say whether it is not enough itself."""
        leaves = np.concatenate(blocks)
        parts = self.family.parts[leaves]
        if len(blocks) > 1:
            half = len(blocks) // 2
            needs = [self._needs_more(part) for part in (blocks[:half], blocks[half:])]
            if any(needs):
                self.hidden[parts] = True
        if not self._asked(parts) or not self.hidden[parts].all():
            return False
        return not all(self._enough(row[leaves], len(leaves) == len(row)) for row in self.family.rows)

    def _asked(self, parts: Places) -> bool:
        return bool((self.hidden & self.limits.asks)[parts].any())

    def _enough(self, quantities: Places, whole: bool) -> bool:
        """Say whether the sum of some hidden quantities leaves room to each; everybody can work it out."""
        published, min_n = self.limits.published, self.limits.min_n
        together = float(published.value[quantities].sum())
        answers = float(published.value[published.count[quantities]].sum())
        if published.kind[quantities[0]] == COUNT:
            lowest = self.limits.least[quantities]
            # A total that is hidden tells that it was not enough; so does a half, where none can be few in the other.
            told = whole or not lowest.all()
            enough = len(quantities) > 1 and together >= float(lowest.sum()) + min_n + told
            return enough and self._bounds_leave_room(quantities, together, lowest)
        left = float((published.span[quantities] * published.value[published.count[quantities]]).sum()) - together
        if min(together, left) < SLACK:
            return answers >= self.limits.caution_n
        if published.kind[quantities[0]] == SHARE:
            return True
        # Who is told to lie near an end makes little room: two others must be able to make it for each other.
        bounded = np.isfinite(published.at_most[published.count[quantities]])
        return min(together, left) >= min_n and not (bounded.any() and (~bounded).sum() < _EACH_OTHER)

    def _bounds_leave_room(self, quantities: Places, together: float, lowest: Numbers) -> bool:
        """Say whether no count is told by the bounds on others, which are of fewer than `varsomhed_n` answers."""
        most = self.limits.published.at_most[quantities]
        free = np.isinf(most)
        if free.all():
            return True
        high = together - (lowest.sum() - lowest)
        low = np.where(free.sum() > 1, lowest, np.maximum(lowest, together - most[~free].sum()))
        return bool((high - low >= self.limits.min_n)[free].all())

    def _small_one_is_told(self, quantities: Places) -> bool:
        """Say whether only one count of a block can be the small one, as far as everybody can work out."""
        published, min_n = self.limits.published, self.limits.min_n
        cells = published.cell[quantities]
        told, count = self._told(cells), published.value[quantities]
        if published.kind[quantities[0]] != COUNT or not told.any():
            return False
        people = published.cells["most"].to_numpy(dtype=float)[self.limits.home[cells]]
        bounded = np.isfinite(published.at_most[quantities])
        if bounded.any():  # it is known not to be the small one: the total goes where another could be, few or not
            most = np.where(bounded, published.at_most[quantities], np.where(told, people, np.inf))
            free = np.flatnonzero(~bounded).tolist()
            return any(count.sum() - np.delete(most, at).sum() < min_n for at in free)
        if not (count < min_n).any():
            return False
        people = np.sort(people)
        missing = float(people.sum() - count.sum())
        several = len(people) > 1 and told.all() and missing > max(min_n, people[1] - min_n + 1)
        return not (several and count.sum() > min_n)


def _blocks(size: int, smallest: int) -> list[Places]:
    """Cut the places of a row into blocks of two; the one that is left is a block or in the last one."""
    starts = list(range(0, max(size - smallest + 1, 1), 2))
    return [np.arange(start, end) for start, end in zip(starts, [*starts[1:], size], strict=True)]
