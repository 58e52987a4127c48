"""A release before anything is hidden, and what ties its tables together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd
from scipy import sparse

from blupkit.disclosure.quantities import KEY, AtMost, Cell, Follows, PersonsByCell, Sum
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
    part : Number
        How many answers there are.
    among : tuple of Number
        The shares of the answers that each of them chose one of.
    """

    part: Number
    among: tuple[Number, ...]


@dataclass(frozen=True, eq=False)
class Draft:
    """A release before anything is hidden: what `suppress` decides over.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `MEASURE_COLUMNS`, each for all municipalities and the total, or for the total alone. Further columns: `block`
        (what is shown or hidden as one; the item where it is missing), `additive` (False for a measure that is no mean
        or share over answers, or that others give), `distribution` (True for shares of answers over choices) and `part`
        (True for the answers of a part of a group).
    population : str, optional
        The table, among these, that says how many answered at all, in its block "svar".
    sums, follows, ties, within : iterable
        What else adds up, what follows what, what parts add up to, and what is by no more persons than something else.
    limits : iterable of AtMost
        What everybody knows besides.
    margins : mapping of str to str
        A table with rows for all groups together ("alle") → the table with the rows of each group that they add up; it
        may be the same one.
    totals_only : collection of str
        Tables of which only the rows for all places together are released: the rest is there to tie margins together,
        and so that what can be worked out of it is protected. Nobody may be in a cell (a session for one group, a group
        that was not asked): that is known to everybody, and is in the system.
    places : mapping of str to tuple of str
        Tables whose rows are for other places than the municipalities, for example sessions: what stands in their
        column `municipality`, beside "alle".
    readers : mapping of (str, str) to collection of str
        Groups of tables that only some municipalities' pages show, and "alle": whose. Of the others nothing is
        released, whatever they answered; what of them is too few is protected.
    counts_known : bool
        Whether everybody knows how many answers are behind each number: they sat in the room, or saw who did. Then only
        what was answered is protected, against readers who know all these counts.
    persons : mapping, optional
        Who stands in each cell of a municipality (of "alle", for what is told of all of them only), each with a mark of
        what they answered there: what a later release is held against. Both are opaque; nobody is named. Totals over
        municipalities are their parts' together.

    Examples
    --------
    >>> from blupkit.disclosure.example import example_draft
    >>> draft = example_draft()
    >>> sorted(draft.tables), draft.population
    (['niveau'], None)
    """

    tables: Mapping[str, pd.DataFrame]
    population: str | None = None
    sums: Iterable[Sum] = ()
    follows: Iterable[Follows] = ()
    limits: Iterable[AtMost] = ()
    margins: Mapping[str, str] = field(default_factory=dict)
    totals_only: Collection[str] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    persons: PersonsByCell = field(default_factory=dict)
    sizes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    readers: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)
    ties: Iterable[Tie] = ()
    within: Iterable[Within] = ()
    counts_known: bool = False


def named(quantities: pd.DataFrame) -> dict[Number, int]:
    """Give the place of each quantity by what its row is called; of several counts of an item the first.

    Parameters
    ----------
    quantities : pandas.DataFrame
        One row a quantity: `KEY`, `item`, `label` and `measure`, which are empty for a count.
    """
    columns = [quantities[name].tolist() for name in [*KEY, "item", "label", "measure"]]
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
    known = [one for one in within if {one.part, *one.among} <= at.keys()]
    triples = [(row, at[one.part], 1.0) for row, one in enumerate(known)]
    triples += [(row, at[share], -1.0) for row, one in enumerate(known) for share in one.among]
    return rows_of(triples, len(known), len(quantities))
