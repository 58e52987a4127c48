"""What a release tells: every count and sum on its pages, and how they add up.

Whoever holds all pages can work with them: totals minus what is shown gives what is hidden. So the release is laid out
as one system of equations over quantities, and both the choice of what to hide (`suppression`) and the attack on that
choice (`audit`) work on it. The attacker is taken to know every shown number exactly. Rounding on the page can only
make the attack weaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from blupkit.core.study import ALL

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

KEY: Final = ["table", "municipality", "group", "block"]
#: The reason of a cell that could be shown, but is not in the release: it needs no protection.
NOT_RELEASED: Final = "ikke_med"
#: The reason of a cell that grew by too few answers since it was last sent.
LATE: Final = "tidligere"
COUNT, SCALE, SHARE = "antal", "skala", "andel"
_QUANTITY: Final = [*KEY, "item", "label", "measure", "base", "kind", "value", "count", "span", "lowest"]
_SOLE: Final = "\N{MIDDLE DOT}"
_EXACT: Final = 1e-6


class Cell(NamedTuple):
    """What is shown or hidden as one: the numbers of one block of one table, for one group in one municipality."""

    table: str
    municipality: str
    group: str
    block: str


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
        cell that says how many there are in all, or -1) and `earlier` (whether it is of an earlier release).
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


def lay_out(
    rows: pd.DataFrame,
    *,
    population: str | None = None,
    sums: Iterable[Sum] = (),
    follows: Iterable[Follows] = (),
) -> Published:
    """Lay a release out as equations over its quantities.

    Parameters
    ----------
    rows : pandas.DataFrame
        All tables under one another: `core.MEASURE_COLUMNS`, `table`, `block`, `additive`, `distribution`, `reason`;
        not changed. A total is the row of "alle", and adds up over municipalities for each group.
    population : str, optional
        The table whose counts say how many there are of each group in each municipality.
    sums, follows : iterable
        Further sums, and cells that follow others; those that name a cell which is not there are left out.

    Returns
    -------
    Published
        The system.

    Raises
    ------
    ValueError
        A total is not the sum of its parts: the table is not of one and the same answers.
    """
    rows = rows.sort_values([*KEY, "item", "label", "measure"], ignore_index=True)
    cells = _cells(rows)
    places = {Cell(*key): place for place, key in enumerate(cells[KEY].itertuples(index=False, name=None))}
    cells["population"] = _population_places(cells, places, population)
    counts, rows = _counts(rows)
    quantities = pd.concat([counts, _sums_of(rows, len(counts))], ignore_index=True)
    quantities["cell"] = [places[Cell(*key)] for key in quantities[KEY].itertuples(index=False, name=None)]
    known = [total for total in sums if {total.cell, *total.parts} <= places.keys()]
    follows = [one for one in follows if one.cell in places and set(one.parts) & places.keys()]
    quantities = _with_further_sums(quantities, known, places)
    equal = sparse.vstack(
        [
            _total_rows(quantities),
            _further_rows(quantities, known, places),
            _share_rows(quantities),
            _alike_rows(quantities, follows, places),
        ]
    )
    below = sparse.vstack([_scale_rows(quantities), _population_rows(quantities, cells)])
    published = Published(
        cells,
        _names(quantities),
        quantities["cell"].to_numpy(dtype=np.int64),
        quantities["value"].to_numpy(dtype=float),
        quantities["kind"].to_numpy(dtype=str),
        quantities["count"].to_numpy(dtype=np.int64),
        quantities["span"].to_numpy(dtype=float),
        quantities["lowest"].to_numpy(dtype=float),
        sparse.csr_array(equal),
        sparse.csr_array(below),
        [(places[one.cell], tuple(places[part] for part in one.parts if part in places), one.only) for one in follows],
    )
    _check(published, quantities)
    cells["empty"] = _empty(published)
    cells["earlier"] = False
    return published


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    return (
        rows.assign(rank=rows["reason"].map(lambda reason: reason == ""))
        .sort_values("rank", kind="stable")
        .groupby(KEY, sort=True)
        .agg(n=("n", "min"), most=("n", "max"), reason=("reason", "first"))
        .reset_index()
    )


def _population_places(cells: pd.DataFrame, places: Mapping[Cell, int], table: str | None) -> list[int]:
    if table is None:
        return [-1] * len(cells)
    blocks = {
        (municipality, group): places[Cell(name, municipality, group, block)]
        for name, municipality, group, block in cells[KEY].itertuples(index=False, name=None)
        if name == table and block == "svar"
    }
    return [blocks.get((row.municipality, row.group), -1) for row in cells.itertuples()]


def _counts(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give one count a cell and item, or one a measure in tables where the measures rest on different answers."""
    item = [*KEY, "item"]
    differ = rows.groupby(item)["n"].transform("nunique").gt(1).groupby(rows["table"]).transform("any")
    rows = rows.assign(base=rows["measure"].where(differ, _SOLE))
    counts = rows.drop_duplicates([*item, "base"], ignore_index=True)
    keys = pd.MultiIndex.from_frame(counts[[*item, "base"]])
    rows["count"] = keys.get_indexer(pd.MultiIndex.from_frame(rows[[*item, "base"]]))
    counts = counts.assign(kind=COUNT, value=counts["n"].astype(float), count=range(len(counts)))
    return counts.assign(span=0.0, lowest=0.0, label="", measure="")[_QUANTITY], rows


def _sums_of(rows: pd.DataFrame, start: int) -> pd.DataFrame:
    """Turn each mean and share that adds up into its sum: the distances from the lowest end of the scale."""
    sums = rows[rows["additive"]]
    span = (sums["highest"] - sums["lowest"]).to_numpy(dtype=float)
    share = sums["distribution"].to_numpy(dtype=bool)
    value: pd.Series = ((sums["value"] - sums["lowest"]) * sums["n"] / np.where(share, span, 1.0)).fillna(0.0)
    whole = value.round()
    sums = sums.assign(
        kind=np.where(share, SHARE, SCALE),
        value=value.where((value - whole).abs() > _EXACT, whole),
        span=np.where(share, 1.0, span),
        lowest=np.where(share, 0.0, sums["lowest"]),
    )
    return sums[_QUANTITY].set_axis(range(start, start + len(sums)), axis=0)


def _with_further_sums(quantities: pd.DataFrame, sums: list[Sum], places: Mapping[Cell, int]) -> pd.DataFrame:
    start = len(quantities)
    further = pd.DataFrame(
        [
            {
                **total.cell._asdict(),
                "item": f"{_SOLE}{place}",
                "label": "",
                "measure": "",
                "base": _SOLE,
                "kind": COUNT,
                "value": float(total.value),
                "count": start + place,
                "span": 0.0,
                "lowest": 0.0,
                "cell": places[total.cell],
            }
            for place, total in enumerate(sums)
        ],
        columns=quantities.columns,
    )
    return pd.concat([quantities, further.astype(quantities.dtypes)], ignore_index=True)


def _total_rows(quantities: pd.DataFrame) -> sparse.coo_array:
    """Add up over municipalities: parts - total = 0, for each quantity that has both."""
    key = ["table", "group", "block", "item", "label", "measure", "base", "kind"]
    total = quantities["municipality"] == ALL
    family = quantities.groupby(key, sort=False).ngroup()
    both = (total.groupby(family).transform("any")) & ((~total).groupby(family).transform("any"))
    return _matrix(family[both], np.flatnonzero(both), np.where(total[both], -1.0, 1.0), len(quantities))


def _further_rows(quantities: pd.DataFrame, sums: list[Sum], places: Mapping[Cell, int]) -> sparse.coo_array:
    first = _first_counts(quantities)
    start = len(quantities) - len(sums)
    triples = [(row, start + row, -1.0) for row in range(len(sums))]
    triples += [(row, first[places[part]], 1.0) for row, total in enumerate(sums) for part in total.parts]
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return _matrix(rows, columns, values, len(quantities))


def _first_counts(quantities: pd.DataFrame) -> dict[int, int]:
    """Give the place of the first count of each cell."""
    counts = quantities[(quantities["kind"] == COUNT) & ~quantities["item"].str.startswith(_SOLE)]
    return dict(zip(counts["cell"].drop_duplicates(), counts.drop_duplicates("cell").index, strict=True))


def _alike_rows(quantities: pd.DataFrame, follows: list[Follows], places: Mapping[Cell, int]) -> sparse.coo_array:
    """Two cells that rest on the same answers have the same count."""
    first = _first_counts(quantities)
    pairs = [(first[places[one.cell]], first[places[one.parts[0]]]) for one in follows if one.alike]
    row = np.arange(len(pairs))
    left, right = (np.asarray([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    ones = np.ones(len(pairs))
    return _matrix([*row, *row], [*left, *right], [*ones, *-ones], len(quantities))


def _share_rows(quantities: pd.DataFrame) -> sparse.coo_array:
    """Add up over answers: where the shares of a cell always make up the whole, they do so in hidden cells too."""
    shares = quantities[quantities["kind"] == SHARE]
    counted = shares["count"].to_numpy()
    whole = shares["value"].groupby(counted).transform("sum").to_numpy()
    of = quantities["value"].to_numpy()[counted]
    family = [*KEY[:1], *KEY[2:], "item", "base"]
    adds_up = pd.Series(np.abs(whole - of) < _EXACT, index=shares.index).groupby([shares[c] for c in family])
    several = shares["value"].groupby(counted).transform("size").to_numpy() > 1
    chosen = shares[adds_up.transform("all").to_numpy() & several]
    row = pd.factorize(chosen["count"])[0]
    unique = chosen["count"].unique()
    return _matrix(
        [*row, *range(len(unique))],
        [*chosen.index, *unique],
        [*np.ones(len(chosen)), *-np.ones(len(unique))],
        len(quantities),
    )


def _scale_rows(quantities: pd.DataFrame) -> sparse.coo_array:
    """No sum is more than its scale's length for each answer: sum - span * count <= 0."""
    sums = quantities[quantities["kind"] != COUNT]
    row = np.arange(len(sums))
    return _matrix([*row, *row], [*sums.index, *sums["count"]], [*np.ones(len(sums)), *-sums["span"]], len(quantities))


def _population_rows(quantities: pd.DataFrame, cells: pd.DataFrame) -> sparse.coo_array:
    """No question has more answers than there are people: count - population <= 0."""
    counts = quantities[quantities["kind"] == COUNT]
    first = _first_counts(quantities)
    home = cells["population"].to_numpy()[counts["cell"]]
    inside = (home >= 0) & (home != counts["cell"].to_numpy()) & ~counts["item"].str.startswith(_SOLE).to_numpy()
    part = counts.index.to_numpy()[inside]
    row = np.arange(len(part))
    return _matrix(
        [*row, *row], [*part, *(first[place] for place in home[inside])], [*np.ones(len(part)), *-np.ones(len(part))],
        len(quantities),
    )  # fmt: skip


def _names(quantities: pd.DataFrame) -> npt.NDArray[np.str_]:
    parts = [quantities[column].astype(str) for column in [*KEY, "item", "label", "measure", "base", "kind"]]
    return np.asarray(["\n".join(name) for name in zip(*parts, strict=True)], dtype=str)


def _matrix(rows: Iterable[int], columns: Iterable[int], values: Iterable[float], width: int) -> sparse.coo_array:
    place = pd.factorize(np.asarray(list(rows), dtype=np.int64))[0]
    height = int(place.max()) + 1 if len(place) else 0
    return sparse.coo_array(
        (np.asarray(list(values), dtype=float), (place, np.asarray(list(columns), dtype=np.int64))),
        shape=(height, width),
    )


def small_counts(published: Published, min_n: int) -> Flags:
    """Say which counts may not be known: those of too few answers, but not of nobody, and those that grew by too few.

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
    open_ = (cells["empty"] | (cells["reason"] == NOT_RELEASED)).to_numpy()[published.cell]
    late = (cells["reason"] == LATE).to_numpy()[published.cell]
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


def _check(published: Published, quantities: pd.DataFrame) -> None:
    off = np.abs(published.equal @ published.value) > _EXACT * max(1.0, float(published.value.max(initial=0.0)))
    if off.any():
        place = published.equal[[int(off.argmax())]].indices[0]
        name = quantities.loc[place, [*KEY, "item", "label", "measure"]].tolist()
        raise ValueError(f"the total of {name} is not the sum of its parts")


def _empty(published: Published) -> Flags:
    """Cells in which there is nobody: the population where it is told, otherwise the count itself."""
    most = published.cells["most"].to_numpy()
    home = published.cells["population"].to_numpy()
    return np.asarray(np.where(home >= 0, most[np.maximum(home, 0)], most) == 0)
