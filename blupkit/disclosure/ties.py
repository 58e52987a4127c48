"""What ties tables together: numbers of parts of the same persons add up to the number of them all elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd
from scipy import sparse

from blupkit.disclosure.quantities import KEY, Cell
from blupkit.disclosure.rooms import rows_of


class Number(NamedTuple):
    """One number of a cell, as its row names it; without a label it is the count of the answers to an item."""

    cell: Cell
    item: str
    label: str = ""
    measure: str = ""


class Tie(NamedTuple):
    """Numbers of parts of the same persons, which add up to the number of them all in another table.

    Parameters
    ----------
    whole : Number
        A mean or share of everybody who answered.
    parts : tuple of Number
        The same of the parts that they have been split into: sums add up, and so do the answers behind them.
    """

    whole: Number
    parts: tuple[Number, ...]


class Within(NamedTuple):
    """Answers of which everybody knows that they are by no more persons than chose some answers in another table.

    Parameters
    ----------
    count : Number
        How many answers there are.
    among : tuple of Number
        The shares of the answers that each of them chose one of.
    """

    count: Number
    among: tuple[Number, ...]


def named(quantities: pd.DataFrame) -> dict[Number, int]:
    """Give the place of each quantity by what its row is called; of several counts of an item the first.

    Parameters
    ----------
    quantities : pandas.DataFrame
        One row a quantity: `KEY`, `item`, `label` and `measure`, which are empty for a count.
    """
    columns = [quantities[name] for name in [*KEY, "item", "label", "measure"]]
    rows = reversed(list(enumerate(zip(*columns, strict=True))))
    return {Number(Cell(*row[: len(KEY)]), *row[len(KEY) :]): place for place, row in rows}


def tie_rows(quantities: pd.DataFrame, ties: Iterable[Tie], at: Mapping[Number, int]) -> sparse.csr_array:
    """Add up over the parts of the same persons: parts - whole = 0, for the sums and for the answers behind them.

    Parameters
    ----------
    quantities : pandas.DataFrame
        With `count`: the place of the count of the answers behind each.
    ties : iterable of Tie
        Those of which a number is not there are left out.
    at : mapping of Number to int
        What `named` gave.
    """
    count = quantities["count"].to_numpy()
    triples: list[tuple[int, int, float]] = []
    known = [tie for tie in ties if {tie.whole, *tie.parts} <= at.keys()]
    for row, tie in enumerate(known):
        whole, parts = at[tie.whole], [at[part] for part in tie.parts]
        triples += [(2 * row, whole, -1.0), *((2 * row, part, 1.0) for part in parts)]
        triples += [(2 * row + 1, count[whole], -1.0), *((2 * row + 1, count[part], 1.0) for part in parts)]
    return rows_of(triples, 2 * len(known), len(quantities))


def within_rows(quantities: pd.DataFrame, within: Iterable[Within], at: Mapping[Number, int]) -> sparse.csr_array:
    """Say which answers are by no more persons than chose others: count - sum of those <= 0.

    Parameters
    ----------
    quantities : pandas.DataFrame
        One row a quantity.
    within : iterable of Within
        Those that name what is not there are left out.
    at : mapping of Number to int
        What `named` gave.
    """
    known = [one for one in within if {one.count, *one.among} <= at.keys()]
    triples = [(row, at[one.count], 1.0) for row, one in enumerate(known)]
    triples += [(row, at[share], -1.0) for row, one in enumerate(known) for share in one.among]
    return rows_of(triples, len(known), len(quantities))
