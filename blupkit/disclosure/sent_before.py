"""Releases that were sent before: late answers must not be read off as the difference between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from blupkit.disclosure.quantities import COUNT, SLACK, Flags, Numbers, Places, Published, Reason, rest


class Sent(NamedTuple):
    """A release that has been sent: its numbers, and which cells were hidden."""

    published: Published
    hidden: Flags


class Joint(NamedTuple):
    """A release beside earlier ones, in one system.

    Parameters
    ----------
    published : Published
        The joint system, in which the new release comes first.
    fixed : numpy.ndarray
        For each cell whether it must be hidden (1), may be chosen (0) or has been shown (-1).
    floor : numpy.ndarray
        For each quantity how much of it is known.
    told : numpy.ndarray
        Which quantities have been shown as they are now, with as many answers behind them.
    """

    published: Published
    fixed: Places
    floor: Numbers
    told: Flags


def with_earlier(published: Published, sent: Sequence[Sent], min_n: int) -> Joint:
    """Put a release beside those that were sent before it, in one system.

    Answers are only ever added, so a count, and a sum of distances from either end of a scale, is no less now than it
    was; the attacker knows that. Where it does not hold, because answers were taken out, it is not in the system.

    Parameters
    ----------
    published : Published
        The new release.
    sent : sequence of Sent
        The earlier ones.
    min_n : int
        A cell that grew by fewer answers than this may not be shown again: the difference would tell them.

    Returns
    -------
    Joint
        The system, and what is known of it.
    """
    cells = published.cells.copy()
    floor = np.zeros(len(published.value))
    same = np.zeros(len(published.value), dtype=bool)
    places = {name: place for place, name in enumerate(published.name)}
    joint = [published]
    links: list[tuple[int, int]] = []
    start = len(published.value)
    for one in sent:
        old = np.asarray([places.get(name, -1) for name in one.published.name], dtype=np.int64)
        known = np.flatnonzero(old >= 0)
        shown = known[~one.hidden[one.published.cell[known]]]
        was, now = one.published.value[shown], published.value[old[shown]]
        counts = published.kind[old[shown]] == COUNT
        floor[old[shown]] = np.maximum(floor[old[shown]], np.where(was <= now, was, 0))
        same[old[shown]] |= np.abs(now - was) < SLACK
        late = counts & (np.abs(now - was) > 0) & (np.abs(now - was) < min_n)
        grown = np.unique(published.cell[old[shown[late]]])
        cells.loc[grown, "reason"] = cells.loc[grown, "reason"].where(
            cells.loc[grown, "reason"] != "", Reason.LATE.value
        )
        links += [(start + int(place), int(old[place])) for place in known]
        start += len(one.published.value)
        joint.append(one.published)
    fixed = np.where(cells["reason"] != "", 1, 0)
    fixed = np.concatenate([fixed, *(np.where(one.hidden, 1, -1) for one in sent)])
    rest_of_them = np.zeros(start - len(published.value))
    told = np.append(same & same[published.count], rest_of_them > 0)
    return Joint(_joined(joint, cells, links), fixed.astype(np.int64), np.append(floor, rest_of_them), told)


def _joined(joint: list[Published], cells: pd.DataFrame, links: list[tuple[int, int]]) -> Published:
    cell_starts = np.cumsum([0, *(len(one.cells) for one in joint)])
    starts = np.cumsum([0, *(len(one.value) for one in joint)])
    tables = [cells]
    for one, at in zip(joint[1:], cell_starts[1:], strict=False):
        home = one.cells["population"]
        tables.append(one.cells.assign(earlier=True, population=home.where(home < 0, home + at)))
    whole = Published(
        pd.concat(tables, ignore_index=True),
        np.concatenate([one.name for one in joint]),
        np.concatenate([one.cell + at for one, at in zip(joint, cell_starts, strict=False)]),
        np.concatenate([one.value for one in joint]),
        np.concatenate([one.kind for one in joint]),
        np.concatenate([one.count + at for one, at in zip(joint, starts, strict=False)]),
        np.concatenate([one.span for one in joint]),
        np.concatenate([one.lowest for one in joint]),
        sparse.csr_array(sparse.block_diag([one.equal for one in joint])),
        sparse.csr_array(sparse.block_diag([one.below for one in joint])),
        joint[0].follows,
    )
    return replace(whole, below=sparse.csr_array(sparse.vstack([whole.below, _growth(whole, links)])))


def _growth(whole: Published, links: list[tuple[int, int]]) -> sparse.csr_array:
    """Nothing shrinks: old - new <= 0, for counts, for sums, and for their distances from the highest end."""
    triples: list[tuple[int, int, float]] = []
    row, left = 0, rest(whole)
    for old, new in links:
        if whole.value[old] <= whole.value[new]:
            triples += [(row, old, 1.0), (row, new, -1.0)]
            row += 1
        if whole.kind[new] != COUNT and left[old] <= left[new]:
            triples += [(row, old, -1.0), (row, int(whole.count[old]), whole.span[old])]
            triples += [(row, new, 1.0), (row, int(whole.count[new]), -whole.span[new])]
            row += 1
    rows, columns, values = zip(*triples, strict=True) if triples else ((), (), ())
    return sparse.csr_array((values, (rows, columns)), shape=(row, len(whole.value)), dtype=float)
