"""What a release tells: every count and sum on its pages, and how they add up.

Whoever holds all pages can work with them: totals minus what is shown gives what is hidden. So the release is laid out
as one system of equations over quantities, and both the choice of what to hide (`suppression`) and the attack on that
choice (`audit`) work on it. The attacker is taken to know every shown number exactly. Rounding on the page can only
make the attack weaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from blupkit.core.study import ALL

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

KEY: Final = ["table", "municipality", "group", "block"]
COUNT, SCALE, SHARE = "antal", "skala", "andel"
#: Stands for the item or the measure of a count that has none of its own.
SOLE: Final = "\N{MIDDLE DOT}"
#: Sums that differ by less are the same: they come out of means, of a solver, or of a file.
SLACK: Final = 1e-6


class Reason(StrEnum):
    """Why a cell is hidden.

    Examples
    --------
    >>> Reason("lokalt").name
    'NOT_LOCALLY'
    """

    TOO_FEW = "få"
    #: It shares answers out, and they are few.
    SPREAD_OVER_FEW = "fordeling"
    #: It lies so near an end of its scale that much is known of what each of few answered: a bound stands instead.
    AT_THE_END = "enden"
    NOT_LOCALLY = "lokalt"
    #: It could be shown, but is not in the release: it needs no protection.
    NOT_RELEASED = "ikke_med"
    #: The municipality said no to a page of its own: the others and the total must not give it either.
    SAID_NO = "sagde_nej"
    #: It was sent, and too few persons have come, left or changed their answers since.
    LATE = "tidligere"
    #: It could be worked out, or would help to work another one out.
    WORKED_OUT = "udregnes"
    FOLLOWS = "følger"


class Cell(NamedTuple):
    """What is shown or hidden as one: the numbers of one block of one table, for one group in one municipality.

    Examples
    --------
    >>> Cell("behov", "nordby", "L", "k1").municipality
    'nordby'
    """

    table: str
    municipality: str
    group: str
    block: str

    @property
    def in_all(self) -> Cell:
        """The same for all municipalities together."""
        return self._replace(municipality=ALL)


def are_totals(cells: pd.DataFrame) -> pd.Series:
    """Say which rows are of all municipalities together."""
    return cells["municipality"] == ALL


def are_of_everybody(cells: pd.DataFrame) -> pd.Series:
    """Say which rows are of all groups together."""
    return cells["group"] == ALL


#: Who stands in a cell → a mark of what they answered there. Both are opaque: nobody is named.
Persons = Mapping[str, str]
#: The persons of each cell for one municipality; those of totals are theirs together.
PersonsByCell = Mapping[Cell, Persons]


class Sum(NamedTuple):
    """A count on a page that is the sum of the answers behind other cells.

    Parameters
    ----------
    cell : Cell
        Where the sum can be read.
    value : int
        The sum.
    parts : tuple of Cell
        The cells whose counts add up to it.

    Examples
    --------
    >>> places = ("nordby", "sydby")
    >>> Sum(Cell("svar", "alle", "L", "i alt"), 10, tuple(Cell("svar", place, "L", "svar") for place in places)).value
    10
    """

    cell: Cell
    value: int
    parts: tuple[Cell, ...]


class Follows(NamedTuple):
    """A cell that must be hidden when any of others is.

    Parameters
    ----------
    cell : Cell
        For example the gap of a dimension.
    parts : tuple of Cell
        For example the gaps of its items.
    only : bool
        Whether the cell can be worked out from the parts, so that hiding it alone would hide nothing.
    alike : bool
        Whether it rests on the same answers as its one part, and so has the same count.

    Examples
    --------
    >>> Follows(Cell("omraader", "nordby", "L", "D1"), (Cell("behov", "nordby", "L", "k1"),), only=True).alike
    False
    """

    cell: Cell
    parts: tuple[Cell, ...]
    only: bool = False
    alike: bool = False


class AtMost(NamedTuple):
    """What everybody knows to be nothing at most: some quantities, each times a factor, added up.

    Parameters
    ----------
    terms : tuple of (Cell, str, float)
        A cell, the measure whose sum it is ("" for the count of the answers), and the factor.

    Examples
    --------
    No more chose an answer than answered:

    >>> cell = Cell("tid", "nordby", "L", "tid")
    >>> len(AtMost(((cell, "Andel", 1.0), (cell, "", -1.0))).terms)
    2
    """

    terms: tuple[tuple[Cell, str, float], ...]


@dataclass(frozen=True, eq=False)
class Published:
    """A release, or several, as one homogeneous system over the quantities on its pages.

    Parameters
    ----------
    cells : pandas.DataFrame
        One row a cell: `KEY`, `n` (the fewest answers behind any of its numbers), `reason` (why it may not be shown by
        itself, "" when it may), `most`, `empty` (nobody is in it, as everybody knows), `population` (the place of the
        cell that says how many there are in all, or -1), `size` (what is declared of how many there could be; the same
        where nothing is), `earlier` (whether it is of an earlier release), `late` (whether fewer persons than may be
        told of have come, left or changed their answers since an earlier one), `stirred` (whether so few have that
        their spread may not be told), `untold` (whether no bound is printed for it, because of them) and `counted`
        (whether everybody knows how many answers are behind it).
    name : numpy.ndarray
        What each quantity is, to find it again in another release.
    cell : numpy.ndarray
        Quantity → place of its cell.
    value : numpy.ndarray
        The true quantities, all >= 0: counts of answers, and sums of distances from the lowest end of a scale.
    kind : numpy.ndarray
        "antal", "skala" or "andel".
    count : numpy.ndarray
        Quantity → place of the count of the answers it sums; a count has its own place.
    span, lowest : numpy.ndarray
        The length and the lowest end of the scale of a sum; for a share they are 1 and 0.
    at_least, at_most : numpy.ndarray
        How far from the lowest end the mean of a sum is known to lie, as `known_ends` says, 0 and the length of the
        scale where nothing is told; and how large a count is known to be, 0 and infinite where nothing is.
    equal : scipy.sparse.csr_array
        Equations × quantities; equal @ value = 0.
    below : scipy.sparse.csr_array
        Inequalities × quantities; below @ value <= limit. Those of the ends (`end_rows`) come first.
    limit : numpy.ndarray
        By inequality.
    follows : list of tuple
        (place, places, only) as in `Follows`.
    changes : pandas.DataFrame
        What can be read off two releases: `new` and `old` (places of a quantity now and earlier) and `persons` (how
        many came, left or changed their answers between them), where there are some but few. Of two that have both been
        sent, `now` is the quantity's place in the new release; else, and where it has none, -1.
    """

    cells: pd.DataFrame
    name: npt.NDArray[np.str_]
    cell: Places
    value: Numbers
    kind: npt.NDArray[np.str_]
    count: Places
    span: Numbers
    lowest: Numbers
    at_least: Numbers
    at_most: Numbers
    equal: sparse.csr_array
    below: sparse.csr_array
    limit: Numbers
    follows: list[tuple[int, tuple[int, ...], bool]]
    changes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["new", "old", "persons", "now"], dtype="int64")
    )

    @property
    def rest(self) -> Numbers:
        """By quantity how far a sum lies from the highest end of its scale, known bounds apart; 0 for a count."""
        return self.span * self.value[self.count] - np.where(self.kind == COUNT, 0.0, self.value)

    @property
    def known_width(self) -> Numbers:
        """By quantity how wide a sum can be at most where its count is known; infinite where it is not."""
        counted = self.cells["counted"].to_numpy(dtype=bool)[self.cell] & (self.kind != COUNT)
        return np.where(counted, self.span * np.where(counted, self.value[self.count], 0.0), np.inf)

    @property
    def with_bound(self) -> Flags:
        """Which cells a bound is printed for: it tells that their answers are few."""
        bounded = np.zeros(len(self.cells), dtype=bool)
        bounded[self.cell[(self.kind == COUNT) & np.isfinite(self.at_most)]] = True
        return bounded

    @property
    def told_width(self) -> Numbers:
        """By quantity how wide a sum is told to lie by its bound; infinite where there is none, and for a count."""
        told = self.at_most - self.at_least
        bounded = (self.kind != COUNT) & (told < self.span - SLACK)
        return np.where(bounded, np.where(bounded, told, 0.0) * self.value[self.count], np.inf)


def small_counts(published: Published, min_n: int) -> Flags:
    """Say which counts may not be known: those of too few answers, but not of nobody, and those that few have changed.

    Where everybody knows how many answered, there is none.

    Parameters
    ----------
    published : Published
        The release.
    min_n : int
        The study's threshold.

    Returns
    -------
    numpy.ndarray
        By quantity.
    """
    cells = published.cells
    open_ = (cells["empty"] | cells["counted"] | (cells["reason"] == Reason.NOT_RELEASED)).to_numpy()[published.cell]
    late = cells["late"].to_numpy(dtype=bool)[published.cell]
    return np.asarray((published.kind == COUNT) & ((published.value < min_n) | late) & ~open_)


def end_rows(
    kind: npt.NDArray[np.str_], count: Places, at_least: Numbers, at_most: Numbers
) -> tuple[sparse.csr_array, Numbers]:
    """Say how much each quantity is at least and at most: a count as it stands, a sum for each answer.

    Parameters
    ----------
    kind, count, at_least, at_most : numpy.ndarray
        As in `Published`.

    Returns
    -------
    tuple of scipy.sparse.csr_array and numpy.ndarray
        Inequalities × quantities, and what each comes to at most.
    """
    high, low = np.flatnonzero(np.isfinite(at_most)), np.flatnonzero(at_least > 0)
    places, row = np.concatenate([high, low]), np.arange(len(high) + len(low))
    sign = np.repeat([1.0, -1.0], [len(high), len(low)])
    ends = sign * np.concatenate([at_most[high], at_least[low]])
    of_sum = kind[places] != COUNT
    columns = np.concatenate([places, count[places][of_sum]])
    factors = np.concatenate([sign, -ends[of_sum]])
    matrix = sparse.csr_array((factors, (np.append(row, row[of_sum]), columns)), shape=(len(places), len(kind)))
    return matrix, np.where(of_sum, 0.0, ends)


def without_ends(published: Published, cells: Flags) -> Published:
    """Take back what is told of the ends in some cells of a release: nothing is printed there.

    Parameters
    ----------
    published : Published
        As `lay_out` gave it; not changed.
    cells : numpy.ndarray
        Which cells.

    Returns
    -------
    Published
        With no more than the ends of the scales known there.
    """
    silent = cells[published.cell]
    at_least = np.where(silent, 0.0, published.at_least)
    at_most = np.where(silent, np.where(published.kind == COUNT, np.inf, published.span), published.at_most)
    before = end_rows(published.kind, published.count, published.at_least, published.at_most)[0].shape[0]
    rows, limit = end_rows(published.kind, published.count, at_least, at_most)
    return replace(
        published,
        at_least=at_least,
        at_most=at_most,
        below=sparse.csr_array(sparse.vstack([rows, published.below[before:]])),
        limit=np.append(limit, published.limit[before:]),
    )


def least(published: Published) -> Numbers:
    """Give how little each quantity can be: everybody knows in which cells nobody is, so in the others somebody is.

    Parameters
    ----------
    published : Published
        The release.

    Returns
    -------
    numpy.ndarray
        By quantity: 1 for the count of a cell that is told empty by nothing else, else 0. Few among people whose number
        is told can be none, and so can one of several counts in a cell.
    """
    cells, counts = published.cells, published.kind == COUNT
    home = cells["population"].to_numpy()
    single = np.bincount(published.cell[counts], minlength=len(cells)) == 1
    by_itself = (home < 0) | (home == np.arange(len(cells)))
    somebody = single & by_itself & ~(cells["empty"] | cells["late"]).to_numpy(dtype=bool)
    return np.where(counts & somebody[published.cell], 1.0, 0.0)


def pattern(rows: sparse.csr_array) -> sparse.csr_array:
    """Say what stands in each row of a system, whatever its factor.

    Parameters
    ----------
    rows : scipy.sparse.csr_array
        Rows × columns.

    Returns
    -------
    scipy.sparse.csr_array
        The same, with 1 for every factor.
    """
    return sparse.csr_array((np.ones(rows.nnz), rows.indices, rows.indptr), shape=rows.shape)


def components(rows: sparse.csr_array) -> Places:
    """Split a system into parts that have nothing to do with each other.

    Parameters
    ----------
    rows : scipy.sparse.csr_array
        Rows × columns.

    Returns
    -------
    numpy.ndarray
        By column the number of its part. Columns that stand in a row together have the same.

    Examples
    --------
    >>> components(sparse.csr_array([[1, -1, 0], [0, 0, 2]])).tolist()
    [0, 0, 1]
    """
    found = pattern(rows)
    return np.asarray(connected_components(found.T @ found, directed=False)[1], dtype=np.int64)
