"""Whether the last interview still brought something new: new codes over every order of the interviews."""

from __future__ import annotations

from itertools import permutations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.danish import count, number
from blupkit.interviews.coding.coded import Coded

#: With more interviews there are too many orders to try all: so many are drawn.
ALL_ORDERS_UP_TO, DRAWN = 7, 2000
#: Guest, Namey and Chen (2020): interviews in the base, and in the run that is held against it.
BASE, RUN = 2, 1
SATURATION_COLUMNS: Final = ["place", "fewest", "mean", "most", "reached", "orders"]


def saturation(coded: Coded) -> pd.DataFrame:
    """Count the codes that are new in the first, second … interview, over every order in which they could have come.

    Parameters
    ----------
    coded : Coded
        One coder's codings; suggestions do not count.

    Returns
    -------
    pandas.DataFrame
        `place` (1, 2 …), `fewest`, `mean` and `most` new codes at that place, `reached` (mean share of all codes used
        so far, 0-1), `orders` (how many were tried). No rows where nothing is coded.

    Notes
    -----
    Guest, G., Namey, E. & Chen, M. (2020), PLoS ONE 15(5). The order in which the groups met is one of many: a curve of
    that one order alone says more than is known. Up to seven interviews every order is tried, beyond that 2,000 drawn.

    Examples
    --------
    Two interviews with the codes a, b and b: first 2 and then 0, or first 1 and then 1.

    >>> from blupkit.interviews import Codebook
    >>> codings = pd.DataFrame({"interview": ["x", "x", "y"], "code": ["a", "b", "b"], "source": "kodet"})
    >>> coded = Coded(pd.DataFrame(), Codebook(pd.DataFrame()), codings)
    >>> saturation(coded).values.tolist()
    [[1.0, 1.0, 1.5, 2.0, 0.75, 2.0], [2.0, 0.0, 0.5, 1.0, 1.0, 2.0]]
    """
    fresh = _new_codes(coded)
    if not fresh.size:
        return pd.DataFrame(columns=SATURATION_COLUMNS, dtype=float)
    orders, interviews = fresh.shape
    reached = fresh.cumsum(axis=1).mean(axis=0) / fresh[0].sum()
    columns = (range(1, interviews + 1), fresh.min(axis=0), fresh.mean(axis=0), fresh.max(axis=0), reached, orders)
    return pd.DataFrame(dict(zip(SATURATION_COLUMNS, columns, strict=True)))


def new_information(coded: Coded) -> tuple[float, float]:
    """Give the least and the largest share of new information in the run after the base, over every order.

    Parameters
    ----------
    coded : Coded
        As in `saturation`.

    Returns
    -------
    tuple of float
        New codes in the third interview per code used in the first two, in per cent; NaN with fewer than three.
    """
    fresh = _new_codes(coded)
    if fresh.shape[1] < BASE + RUN:
        return float("nan"), float("nan")
    shares = 100 * fresh[:, BASE : BASE + RUN].sum(axis=1) / fresh[:, :BASE].sum(axis=1)
    return float(shares.min()), float(shares.max())


def _new_codes(coded: Coded) -> npt.NDArray[np.int64]:
    """Give orders × places: how many codes the interview at that place of that order uses first."""
    given = pd.crosstab(coded.by_hand["interview"], coded.by_hand["code"])
    used = given.reindex(coded.by_hand["interview"].unique()).to_numpy() > 0
    known = np.logical_or.accumulate(used[_orders(len(used))], axis=1)
    fresh: npt.NDArray[np.int64] = np.diff(known.sum(axis=2), prepend=0)
    return fresh


def _orders(interviews: int) -> npt.NDArray[np.int64]:
    random = np.random.default_rng(0)
    every = interviews <= ALL_ORDERS_UP_TO
    orders = permutations(range(interviews)) if every else (random.permutation(interviews) for _ in range(DRAWN))
    return np.array(list(orders), dtype=np.int64)


def text_saturation(coded: Coded) -> str:
    """Say how much the last interview added, and how little so few interviews can tell.

    Parameters
    ----------
    coded : Coded
        As in `saturation`.

    Returns
    -------
    str
        Danish prose; "" where fewer than two interviews are coded.

    Examples
    --------
    With one interview there is no other to bring anything new.

    >>> from blupkit import core, interviews
    >>> text_saturation(interviews.read_coded(core.example_study()))
    ''
    """
    table = saturation(coded)
    if len(table) < BASE:
        return ""
    last, every, whole = table.iloc[-1], coded.by_hand["code"].nunique(), len(coded.codebook.rows)
    sentences = [
        f"{f'{number(every, 0)} af' if every < whole else 'Alle'} kodebogens {number(whole, 0)} koder er brugt.",
        f"Uanset i hvilken rækkefølge interviewene tælles, bragte det sidste {_new(last['fewest'], last['most'])}.",
    ]
    low, high = new_information(coded)
    if not np.isnan(low):
        share = "intet nyt" if high == 0 else f"{number(low, 0)}-{number(high, 0)} pct. nyt"
        sentences.append(f"Målt som hos Guest m.fl. 2020 bragte det tredje {share} i forhold til de to første.")
    sentences.append(
        f"Men {count(len(table))} interview kan ikke vise, at alt er sagt: Andre deltagere kunne have talt om andet."
    )
    return " ".join(sentences)


def _new(fewest: float, most: float) -> str:
    """Write how many codes were new."""
    if most == 0:
        return "ingen nye koder"
    codes = f"{count(int(most))} {'ny kode' if most == 1 else 'nye koder'}"
    if fewest == most:
        return "én ny kode" if most == 1 else codes
    return f"mellem {count(int(fewest))} og {codes}" if fewest else f"højst {codes}"
