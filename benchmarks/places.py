"""How often do the intervals of places hold the true place? Made-up studies, against the bootstrap over respondents.

    nice python benchmarks/places.py [STUDIES]

In each study four municipalities answer twenty items on a scale from 1 to 5. A person rates all items a little higher
or lower, and feels all needs a little more or less, so answers go together. The true places are those of the 4,000
inhabitants from whom respondents are drawn. Printed by the number of answers: the share of items whose true place lies
in the interval, and how many places it spans, by

* what pages show: `need_ranks`, from means, spreads and one correlation (pooled spreads below ten answers);
* the same as if answers did not go together;
* the bootstrap over respondents, which needs the answers.
"""

from __future__ import annotations

import sys

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import ALL
from blupkit.disclosure import MeasureRow, SafeTable
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.survey.measures.bootstrap import bootstrap_weights, percentile_interval, weighted_means
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL
from blupkit.survey.measures.priorities import need_ranks
from blupkit.survey.measures.spread import Spread, settled, spread_table, variances

Numbers = npt.NDArray[np.float64]
SIZES, ITEMS, INHABITANTS, DRAWS, CAUTION = (6, 12, 25, 50), 20, 4000, 1000, 10


def population(random: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Give a municipality's ratings: municipalities × inhabitants × items, of importance and of level."""
    shape = len(SIZES), INHABITANTS, ITEMS
    wish = random.normal(3.8, 0.5, ITEMS) + random.normal(0, 0.2, (len(SIZES), 1, ITEMS))
    able = random.normal(2.9, 0.5, ITEMS) + random.normal(0, 0.2, (len(SIZES), 1, ITEMS))
    person, need = random.normal(0, 0.5, (*shape[:2], 1)), random.normal(0, random.uniform(0, 0.8), (*shape[:2], 1))
    rated = [
        np.clip(np.rint(mean + person + sign * need / 2 + random.normal(0, 0.8, shape)), 1, 5)
        for mean, sign in ((wish, 1), (able, -1))
    ]
    return rated[0], rated[1]


def places(means: Numbers) -> Numbers:
    """Rank along the last axis, the largest first."""
    return np.asarray(np.argsort(np.argsort(-means, axis=-1, kind="stable"), axis=-1) + 1, dtype=float)


def cells_of(answers: dict[str, tuple[Numbers, Numbers]]) -> SafeTable:
    """Lay the means out as a release shows them, with the spreads that may be used."""
    rows = [
        (
            MeasureRow(place, "L", f"{item:02}", f"{item:02}", name, mean, mean, mean, len(rated), *ends),
            Spread(variance),
        )
        for place, (wish, able) in answers.items()
        for name, rated, ends in (
            (IMPORTANCE, wish, (1.0, 5.0)),
            (LEVEL, able, (1.0, 5.0)),
            (GAP, wish - able, (-4.0, 4.0)),
        )
        for item, (mean, variance) in enumerate(zip(rated.mean(axis=0), variances(rated), strict=True))
    ]
    frame = spread_table(rows).assign(status="vist")
    return settled(SafeTable(frame.astype({"n": "Int64"}), 5), (), CAUTION)


def study(seed: int) -> list[tuple[int, str, float, float]]:
    """Give for each municipality and way: answers, way, share of true places that are held, and places spanned."""
    random = np.random.default_rng(seed)
    wish, able = population(random)
    drawn = {
        str(n): (wish[place][who], able[place][who])
        for place, n in enumerate(SIZES)
        for who in [random.choice(INHABITANTS, n, replace=False)]
    }
    both = [np.concatenate(parts) for parts in zip(*drawn.values(), strict=True)]
    together = np.corrcoef((both[0] - both[1]).T)
    correlation = float(together[np.triu_indices(ITEMS, 1)].mean())
    needs = cells_of({**drawn, ALL: (both[0], both[1])})
    found = []
    for name, shared in (("vist", correlation), ("uafhængig", 0.0)):
        ranked = need_ranks(needs, NO_TABLE, {"L": shared}, DRAWS).frame
        for place, part in ranked[ranked["municipality"] != ALL].groupby("municipality"):
            ends = part.sort_values("item")[["low", "high"]].to_numpy()
            found.append((int(str(place)), name, ends))
    for place, (first, second) in drawn.items():
        ordered, weights = bootstrap_weights(first - second, DRAWS, f"{seed}\n{place}")
        low, high = percentile_interval(places(weighted_means(weights, ordered)))
        found.append((int(place), "bootstrap", np.c_[np.floor(low), np.ceil(high)]))
    true = dict(zip(SIZES, places((wish - able).mean(axis=1)), strict=True))
    return [
        (n, name, float(((ends[:, 0] <= true[n]) & (true[n] <= ends[:, 1])).mean()), float(np.ptp(ends, axis=1).mean()))
        for n, name, ends in found
    ]


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rows = [row for seed in range(count) for row in study(seed)]
    table = pd.DataFrame(rows, columns=["n", "intervals", "holds the true place", "places spanned"])
    print(f"{count} studies, {DRAWS} draws")
    print((table.groupby(["n", "intervals"], sort=False).mean()).round(3).to_string())


if __name__ == "__main__":
    main()
