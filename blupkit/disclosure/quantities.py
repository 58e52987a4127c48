"""What a release tells: every count and sum on its pages, and how they add up.

Whoever holds all pages can work with them: totals minus what is shown gives what is hidden. So the release is laid out
as one system of equations over quantities, and both the choice of what to hide (`suppression`) and the attack on that
choice (`audit`) work on it. The attacker is taken to know every shown number exactly. Rounding on the page can only
make the attack weaker.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

KEY: Final = ["table", "municipality", "group", "block"]
COUNT, SCALE, SHARE = "antal", "skala", "andel"
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
    #: All gave the same answer, and they are few.
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


@dataclass(frozen=True, eq=False)
class Published:
    """A release, or several, as one homogeneous system over the quantities on its pages.

    Parameters
    ----------
    cells : pandas.DataFrame
        One row a cell: `KEY`, `n` (the fewest answers behind any of its numbers), `reason` (why it may not be shown by
        itself, "" when it may), `most`, `empty` (nobody is in it, as everybody knows), `population` (the place of the
        cell that says how many there are in all, or -1), `earlier` (whether it is of an earlier release) and `late`
        (whether fewer persons than may be told of have come, left or changed their answers since an earlier one).
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
    equal : scipy.sparse.csr_array
        Equations × quantities; equal @ value = 0.
    below : scipy.sparse.csr_array
        Inequalities × quantities; below @ value <= 0.
    follows : list of tuple
        (place, places, only) as in `Follows`.
    changes : pandas.DataFrame
        What can be read off two releases: `new` and `old` (places of a quantity now and earlier) and `persons` (how
        many came, left or changed their answers between them), where there are some but few.
    """

    cells: pd.DataFrame
    name: npt.NDArray[np.str_]
    cell: Places
    value: Numbers
    kind: npt.NDArray[np.str_]
    count: Places
    span: Numbers
    lowest: Numbers
    equal: sparse.csr_array
    below: sparse.csr_array
    follows: list[tuple[int, tuple[int, ...], bool]]
    changes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["new", "old", "persons"], dtype="int64")
    )


def small_counts(published: Published, min_n: int) -> Flags:
    """Say which counts may not be known: those of too few answers, but not of nobody, and those that few have changed.

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
    open_ = (cells["empty"] | (cells["reason"] == Reason.NOT_RELEASED)).to_numpy()[published.cell]
    late = cells["late"].to_numpy(dtype=bool)[published.cell]
    return np.asarray((published.kind == COUNT) & ((published.value < min_n) | late) & ~open_)


def rest(published: Published) -> Numbers:
    """Give how far each sum lies from the highest end of its scale; 0 for a count.

    Parameters
    ----------
    published : Published
        The release.

    Returns
    -------
    numpy.ndarray
        By quantity, >= 0.
    """
    return published.span * published.value[published.count] - np.where(published.kind == COUNT, 0.0, published.value)


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
