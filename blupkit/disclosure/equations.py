"""From tables to equations: every count and sum of a release, and how they add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from blupkit.core.errors import DisclosureError, Fault
from blupkit.disclosure.draft import Tie, Within, named, tie_rows, within_rows
from blupkit.disclosure.quantities import (
    COUNT,
    KEY,
    SCALE,
    SHARE,
    SOLE,
    AtMost,
    Cell,
    Flags,
    Follows,
    Published,
    Reason,
    Sum,
    are_of_everybody,
    are_totals,
    end_rows,
)

_ENDS: Final = ["at_least", "at_most"]
_QUANTITY: Final = [*KEY, "item", "label", "measure", "base", "kind", "value", "count", "span", "lowest", *_ENDS]
_EXACT: Final = 1e-6


def lay_out(
    rows: pd.DataFrame,
    *,
    population: str | None = None,
    sums: Iterable[Sum] = (),
    follows: Iterable[Follows] = (),
    margins: Mapping[str, str] = MappingProxyType({}),
    limits: Iterable[AtMost] = (),
    ties: Iterable[Tie] = (),
    within: Iterable[Within] = (),
    counts_known: bool = False,
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
    margins : mapping of str to str
        A table with rows for all groups together → the table with the rows of each group that they add up.
    limits : iterable of AtMost
        What else everybody knows; those that name what is not there are left out.
    ties : iterable of Tie
        Numbers of parts of the same persons; those of which a number is not there, or is no sum, are left out.
    within : iterable of Within
        Answers by no more persons than others; those that name what is not there are left out.
    counts_known : bool
        Whether everybody knows all counts, so that only sums are protected.

    Returns
    -------
    Published
        The system.

    Raises
    ------
    DisclosureError
        A total is not the sum of its parts: the table is not of one and the same answers.
    """
    rows = rows.sort_values([*KEY, "item", "label", "measure"], ignore_index=True)
    cells = _cells(rows)
    places = {cell: place for place, cell in enumerate(_keys(cells))}
    cells["population"] = _population_places(cells, places, population)
    counts, rows = _counts(rows)
    quantities = pd.concat([counts, _sums_of(rows, len(counts))], ignore_index=True)
    quantities["cell"] = [places[cell] for cell in _keys(quantities)]
    known = [total for total in sums if {total.cell, *total.parts} <= places.keys()]
    follows = [one for one in follows if one.cell in places and set(one.parts) & places.keys()]
    quantities = _with_further_sums(quantities, known, places)
    at = named(quantities)
    equal = sparse.vstack(
        [
            _total_rows(quantities),
            _group_rows(quantities, margins),
            _further_rows(quantities, known, places),
            _share_rows(quantities),
            _alike_rows(quantities, follows, places),
            tie_rows(quantities, ties, at),
        ]
    )
    kind, count = quantities["kind"].to_numpy(dtype=str), quantities["count"].to_numpy(dtype=np.int64)
    at_least, at_most = (quantities[end].to_numpy(dtype=float) for end in _ENDS)
    ends, limit = end_rows(kind, count, at_least, at_most)
    below = sparse.csr_array(
        sparse.vstack(
            [
                ends,
                _population_rows(quantities, cells),
                _limit_rows(quantities, limits, places),
                within_rows(quantities, within, at),
            ]
        )
    )
    published = Published(
        cells,
        _names(quantities),
        quantities["cell"].to_numpy(dtype=np.int64),
        quantities["value"].to_numpy(dtype=float),
        kind,
        count,
        quantities["span"].to_numpy(dtype=float),
        quantities["lowest"].to_numpy(dtype=float),
        at_least,
        at_most,
        sparse.csr_array(equal),
        below,
        np.append(limit, np.zeros(below.shape[0] - len(limit))),
        [(places[one.cell], tuple(places[part] for part in one.parts if part in places), one.only) for one in follows],
    )
    _check(published, quantities)
    cells["empty"] = _empty(published)
    cells[["earlier", "late", "stirred", "untold"]] = False
    cells["size"], cells["counted"] = 0.0, counts_known
    return published


def _keys(rows: pd.DataFrame) -> list[Cell]:
    """Name the cell of each row; lists are gone through in a tenth of the time of the columns themselves."""
    return [Cell(*key) for key in zip(*(rows[name].tolist() for name in KEY), strict=True)]


def _cells(rows: pd.DataFrame) -> pd.DataFrame:
    # One row that may not be told is enough, also where the others could be and are only not in the release.
    last = {Reason.NOT_RELEASED.value: 1, "": 2}
    return (
        rows.assign(rank=[last.get(reason, 0) for reason in rows["reason"]])
        .sort_values("rank", kind="stable")
        .groupby(KEY, sort=True)
        .agg(n=("n", "min"), most=("n", "max"), reason=("reason", "first"))
        .reset_index()
    )


def _population_places(cells: pd.DataFrame, places: Mapping[Cell, int], table: str | None) -> list[int]:
    if table is None:
        return [-1] * len(cells)
    blocks = {
        (cell.municipality, cell.group): places[cell]
        for cell in _keys(cells)
        if cell.table == table and cell.block == "svar"
    }
    return [blocks.get((cell.municipality, cell.group), -1) for cell in _keys(cells)]


def _counts(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give one count a cell and item, or one a measure in tables where the measures rest on different answers."""
    item = [*KEY, "item"]
    differ = rows.groupby(item)["n"].transform("nunique").gt(1).groupby(rows["table"]).transform("any")
    rows = rows.assign(base=rows["measure"].where(differ, SOLE))
    counts = rows.drop_duplicates([*item, "base"], ignore_index=True)
    keys = pd.MultiIndex.from_frame(counts[[*item, "base"]])
    rows["count"] = keys.get_indexer(pd.MultiIndex.from_frame(rows[[*item, "base"]]))
    counts = counts.assign(kind=COUNT, value=counts["n"].astype(float), count=range(len(counts)))
    # A bound on any of a count's means tells that it is one of few answers, but not of too few.
    told = {"at_least": ("fewest", "max", 0.0), "at_most": ("most", "min", np.inf)}
    ends = {end: _of_count(rows, name, how).fillna(none) for end, (name, how, none) in told.items()}
    return counts.assign(span=0.0, lowest=0.0, **ends, label="", measure="")[_QUANTITY], rows


def _of_count(rows: pd.DataFrame, name: str, how: str) -> pd.Series:
    """Give a column of each count's rows; a release that was sent before bounds were printed has none."""
    column = rows[name] if name in rows else pd.Series(np.nan, rows.index)
    return column.groupby(rows["count"]).agg(how)


def _sums_of(rows: pd.DataFrame, start: int) -> pd.DataFrame:
    """Turn each mean and share that adds up into its sum: the distances from the lowest end of the scale."""
    sums = rows[rows["additive"]]
    span = (sums["highest"] - sums["lowest"]).to_numpy(dtype=float)
    share = sums["distribution"].to_numpy(dtype=bool)
    value: pd.Series = ((sums["value"] - sums["lowest"]) * sums["n"] / np.where(share, span, 1.0)).fillna(0.0)
    whole = value.round()
    least, most = (pd.Series(sums.get(end, np.nan), sums.index) - sums["lowest"] for end in _ENDS)
    sums = sums.assign(
        kind=np.where(share, SHARE, SCALE),
        value=value.where((value - whole).abs() > _EXACT, whole),
        span=np.where(share, 1.0, span),
        lowest=np.where(share, 0.0, sums["lowest"]),
        at_least=least.where(~share).fillna(0.0),
        at_most=most.where(~share).fillna(pd.Series(np.where(share, 1.0, span), sums.index)),
    )
    return sums[_QUANTITY].set_axis(range(start, start + len(sums)), axis=0)


def _with_further_sums(quantities: pd.DataFrame, sums: list[Sum], places: Mapping[Cell, int]) -> pd.DataFrame:
    start = len(quantities)
    further = pd.DataFrame(
        [
            {
                **total.cell._asdict(),
                "item": f"{SOLE}{place}",
                "label": "",
                "measure": "",
                "base": SOLE,
                "kind": COUNT,
                "value": float(total.value),
                "count": start + place,
                "span": 0.0,
                "lowest": 0.0,
                "at_least": 0.0,
                "at_most": np.inf,
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
    total = are_totals(quantities)
    family = quantities.groupby(key, sort=False).ngroup()
    both = (total.groupby(family).transform("any")) & ((~total).groupby(family).transform("any"))
    return _matrix(family[both], np.flatnonzero(both), np.where(total[both], -1.0, 1.0), len(quantities))


def _group_rows(quantities: pd.DataFrame, margins: Mapping[str, str]) -> sparse.coo_array:
    """Add up over groups: parts - total = 0, for each quantity of a table that is declared to be such a margin."""
    key = ["municipality", "block", "item", "label", "measure", "base", "kind"]
    everybody = are_of_everybody(quantities)
    triples: list[tuple[int, int, float]] = []
    row = 0
    for total, parts in margins.items():
        each = quantities[(quantities["table"] == parts) & ~everybody].groupby(key).groups
        whole = quantities[(quantities["table"] == total) & everybody]
        for place, name in zip(whole.index, whole[key].itertuples(index=False, name=None), strict=True):
            if name in each:  # what no group is told of by itself is nobody's sum
                triples += [(row, place, -1.0), *((row, part, 1.0) for part in each[name])]
                row += 1
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return _matrix(rows, columns, values, len(quantities))


def _further_rows(quantities: pd.DataFrame, sums: list[Sum], places: Mapping[Cell, int]) -> sparse.coo_array:
    first = _first_counts(quantities)
    start = len(quantities) - len(sums)
    triples = [(row, start + row, -1.0) for row in range(len(sums))]
    triples += [(row, first[places[part]], 1.0) for row, total in enumerate(sums) for part in total.parts]
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return _matrix(rows, columns, values, len(quantities))


def _first_counts(quantities: pd.DataFrame) -> dict[int, int]:
    """Give the place of the first count of each cell."""
    counts = quantities[(quantities["kind"] == COUNT) & ~quantities["item"].str.startswith(SOLE)]
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


def _population_rows(quantities: pd.DataFrame, cells: pd.DataFrame) -> sparse.coo_array:
    """No question has more answers than there are people: count - population <= 0."""
    counts = quantities[quantities["kind"] == COUNT]
    first = _first_counts(quantities)
    home = cells["population"].to_numpy()[counts["cell"]]
    inside = (home >= 0) & (home != counts["cell"].to_numpy()) & ~counts["item"].str.startswith(SOLE).to_numpy()
    part = counts.index.to_numpy()[inside]
    row = np.arange(len(part))
    return _matrix(
        [*row, *row], [*part, *(first[place] for place in home[inside])], [*np.ones(len(part)), *-np.ones(len(part))],
        len(quantities),
    )  # fmt: skip


def _limit_rows(quantities: pd.DataFrame, limits: Iterable[AtMost], places: Mapping[Cell, int]) -> sparse.coo_array:
    named = zip(quantities["cell"].tolist(), quantities["measure"].tolist(), strict=True)
    at = {key: place for place, key in reversed(list(enumerate(named)))}
    terms = [[(at.get((places.get(cell, -1), measure)), factor) for cell, measure, factor in one] for (one,) in limits]
    known = [one for one in terms if all(place is not None for place, _ in one)]
    triples = [(row, place, factor) for row, one in enumerate(known) for place, factor in one]
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return _matrix(rows, columns, values, len(quantities))


def _names(quantities: pd.DataFrame) -> npt.NDArray[np.str_]:
    parts = [quantities[column].astype(str).tolist() for column in [*KEY, "item", "label", "measure", "base", "kind"]]
    return np.asarray(["\n".join(name) for name in zip(*parts, strict=True)], dtype=str)


def _matrix(rows: Iterable[int], columns: Iterable[int], values: Iterable[float], width: int) -> sparse.coo_array:
    place = pd.factorize(np.asarray(list(rows), dtype=np.int64))[0]
    height = int(place.max()) + 1 if len(place) else 0
    return sparse.coo_array(
        (np.asarray(list(values), dtype=float), (place, np.asarray(list(columns), dtype=np.int64))),
        shape=(height, width),
    )


def _check(published: Published, quantities: pd.DataFrame) -> None:
    off = np.abs(published.equal @ published.value) > _EXACT * max(1.0, float(published.value.max(initial=0.0)))
    if off.any():
        cells = quantities.loc[published.equal[[int(off.argmax())]].indices, KEY]
        table, _, group, block = cells.iloc[0]
        parts = "grupperne" if len(set(cells["group"])) > 1 else "kommunerne"
        found = f"et samlet tal for »{block}« i gruppen {group}, der ikke er summen af {parts}"
        action = "Tabellen skal bygge på de samme svar i alle sine rækker."
        raise DisclosureError(Fault(f"tabellen »{table}«", found, "en sum, der passer", action))


def _empty(published: Published) -> Flags:
    """Cells in which there is nobody: the population where it is told, otherwise the count itself."""
    most = published.cells["most"].to_numpy()
    home = published.cells["population"].to_numpy()
    return np.asarray(np.where(home >= 0, most[np.maximum(home, 0)], most) == 0)
