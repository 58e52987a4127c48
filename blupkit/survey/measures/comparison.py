"""The groups against each other: where they need different things, how clearly, and between whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from blupkit.core import ALL, Study
from blupkit.disclosure import MeasureRow, SafeTable, Status, is_shown, measure_table
from blupkit.disclosure.safe_table import NOT_SAID
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, percentile_interval, seeded
from blupkit.survey.measures.needs import GAP
from blupkit.survey.measures.rank_tests import holm, kruskal_wallis_h, ranks_of
from blupkit.survey.measures.spread import counts_of

EPSILON, DUNN = "Forskel mellem grupper (ε²)", "Forskel mellem to grupper (z)"
#: What a test's rows hold beside the long shape, as numbers.
TESTED: Final = ("h", "p", "p_ends", "p_holm")


class Difference(NamedTuple):
    """What a row of `compare_groups` holds beside the long shape."""

    groups: tuple[str, ...] = ()
    gaps: tuple[float, ...] = ()
    h: float = NOT_SAID
    p: float = NOT_SAID
    p_ends: float = NOT_SAID
    status: Status = Status.HIDDEN


class Pair(NamedTuple):
    """What a row of `dunn_pairs` holds beside the long shape."""

    first: str
    second: str
    p: float
    p_holm: float
    status: Status = Status.SHOWN


class Compared(NamedTuple):
    """One item in one municipality (or all): the groups that may be compared, and how their gaps are spread.

    `head` is what each of its rows begins with: municipality, "alle" for the groups, item and label. `counts` is
    draws × groups × gaps from small to large; the first draw is the answers themselves.
    """

    head: tuple[str, str, str, str]
    groups: tuple[str, ...]
    means: tuple[float, ...]
    counts: Numbers


def compare_groups(needs: SafeTable, study: Study, draws: int = DRAWS) -> SafeTable:
    """Measure how differently the groups see the need for each competence that all of them were asked.

    The gaps are ordinal and their spread differs, so ranks are compared: Kruskal and Wallis' (1952) H with correction
    for ties, and ε² = H / (n - 1), the share of the variation in ranks that lies between the groups (Tomczak & Tomczak
    2014); 0 = none, 1 = all. Only groups are compared whose gap is shown in `needs` and whose own spread may be used:
    how often each gap was given is declared for them, on at least `varsomhed_n` answers, and nothing else comes in.
    p says how often H would be as large if the answers were dealt out among the groups by chance; `p_holm` is
    corrected for the items of the municipality. Nobody was drawn at random, so p says nothing of those who did not
    answer.

    The interval is the 95 per cent percentile bootstrap over respondents within each group. ε² cannot be negative, so a
    small one is overrated: where the groups are alike, it is (groups - 1) / (n - 1) on average, and the interval lies
    above 0. So it is no test of a difference.

    Parameters
    ----------
    needs : SafeTable
        What may be shown of `needs`, with the spreads that `settled` let through; not changed.
    study : Study
        Its groups and municipalities.
    draws : int
        Bootstrap draws.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS` and `status`, for every municipality and "alle" × item, with `group` = "alle"; and
        `groups` and `gaps` (their keys and mean gaps, the largest first), `h`, `p`, `p_holm`, and `p_ends` (what
        `dunn_pairs` says of the first and the last of the groups). With fewer than two groups the row is hidden.
        Missing data: an answer counts when it has both importance and level; n is these in all the groups.

    Examples
    --------
    By hand: gaps 0, 1 against 2, 3 have the ranks 1, 2 and 3, 4: H = 12 / (4 · 5) · (3² / 2 + 7² / 2) - 3 · 5 = 2.4.

    >>> round(float(kruskal_wallis_h(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))), 4)
    2.4
    """
    rows = [_difference(compared) for compared in _compared(needs, study, draws)]
    frame = _laid_out(rows, Difference._fields)
    frame["n"] = frame["n"].mask(frame["status"] == Status.HIDDEN)
    frame["p_holm"] = frame.groupby("municipality")["p"].transform(lambda p: holm(p.to_numpy()))
    return SafeTable(frame, needs.min_n)


def dunn_pairs(needs: SafeTable, study: Study) -> SafeTable:
    """Compare the groups two by two where more than one difference may lie behind that of `compare_groups`.

    Dunn's (1964) test: the difference between two mean ranks, among the ranks of all the groups, over its standard
    error with correction for ties. p is two-sided; `p_holm` is corrected after Holm (1979) for the pairs of the item.

    Parameters
    ----------
    needs : SafeTable
        What may be shown of `needs`, with the spreads that `settled` let through; not changed.
    study : Study
        Its groups and municipalities.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS` and `status`, one row a pair with `group` = "alle"; and `first`, `second`, `p`, `p_holm`.
        `value` is z: positive where the first group's need is larger. Missing data as in `compare_groups`; n is the
        answers of the two groups. An item with fewer than two groups to compare has no row.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    rows = [row for compared in _compared(needs, study, draws=0) for row in _pairs(compared)]
    return SafeTable(_laid_out(rows, Pair._fields), needs.min_n)


def _laid_out(rows: Sequence[tuple[MeasureRow, tuple[object, ...]]], columns: tuple[str, ...]) -> pd.DataFrame:
    extra = pd.DataFrame([more for _, more in rows], columns=list(columns))
    numbers = extra.astype(dict.fromkeys(extra.columns.intersection(list(TESTED)), float))
    return measure_table(row for row, _ in rows).astype({"n": "Int64"}).join(numbers)


def _compared(needs: SafeTable, study: Study, draws: int) -> Iterator[Compared]:
    frame = needs.frame[needs.frame["measure"] == GAP]
    common = _common_items(frame, study)
    labels = dict(zip(frame["item"], frame["label"], strict=True))
    usable = frame[is_shown(frame) & frame["own"].astype(bool) & frame["item"].isin(common)]
    tallies = [counts_of(tally) for tally in usable["tally"]]
    spread = np.unique([gap for tally in tallies for gap in tally])
    keys = zip(usable["municipality"], usable["group"], usable["item"], strict=True)
    found = {
        key: (float(mean), _counts(tally, spread, draws, seed="\n".join(key)))
        for key, mean, tally in zip(keys, usable["value"], tallies, strict=True)
    }
    for municipality in study.readers:
        for item in common:
            groups = [group for group in study.group_keys if (municipality, group, item) in found]
            each = [found[municipality, group, item] for group in groups]
            counts = np.stack([drawn for _, drawn in each], axis=1) if each else np.zeros((1, 0, 0))
            head = (municipality, ALL, item, labels[item])
            yield Compared(head, tuple(groups), tuple(mean for mean, _ in each), counts)


def _common_items(frame: pd.DataFrame, study: Study) -> list[str]:
    """Give the items that every group was asked, in the order of the questionnaire."""
    asked = frame.groupby("item", sort=False)["group"].nunique()
    return asked.index[asked == len(study.groups)].tolist()


def _counts(tally: dict[float, int], spread: Numbers, draws: int, seed: str) -> Numbers:
    """Count how often each gap was given, in the answers and in each draw of as many among them: draws × gaps."""
    counts = np.array([tally.get(gap, 0) for gap in spread.tolist()])
    n = counts.sum()
    # The counts are declared, so what is drawn from them may be known to all.
    drawn = seeded(seed).multinomial(n, counts / n, size=draws)
    return np.vstack([counts, drawn]).astype(float)


def _difference(compared: Compared) -> tuple[MeasureRow, Difference]:
    if len(compared.groups) < 2:
        return MeasureRow(*compared.head, EPSILON, NOT_SAID, lowest=0.0, highest=1.0), Difference()
    h = kruskal_wallis_h(compared.counts)
    epsilon = h / (compared.counts.sum(axis=(1, 2)) - 1)
    (low,), (high,) = percentile_interval(epsilon[1:, None])
    ordered = sorted(zip(compared.means, compared.groups, strict=True), key=lambda pair: -pair[0])
    gaps, groups = zip(*ordered, strict=True)
    ends = {groups[0], groups[-1]}
    p_ends = next(pair.p_holm for _, pair in _pairs(compared) if {pair.first, pair.second} == ends)
    p = float(special.chdtrc(len(groups) - 1, h[0]))
    row = MeasureRow(*compared.head, EPSILON, epsilon[0], low, high, int(compared.counts[0].sum()), 0.0, 1.0)
    return row, Difference(groups, gaps, h[0], p, p_ends, Status.SHOWN)


def _pairs(compared: Compared) -> list[tuple[MeasureRow, Pair]]:
    if len(compared.groups) < 2:
        return []
    mean, size, ties = ranks_of(compared.counts[0])
    pairs = list(combinations(range(len(compared.groups)), 2))
    first, second = np.array(pairs).T
    n = size.sum()
    error = np.sqrt(n * (n + 1) / 12 * ties * (1 / size[first] + 1 / size[second]))
    with np.errstate(invalid="ignore"):
        # Where all gave the same gap, there is neither a difference nor an error.
        z = np.where(error == 0, 0.0, (mean[first] - mean[second]) / error)
    p = 2 * special.ndtr(-np.abs(z))
    return [
        (
            MeasureRow(*compared.head, DUNN, value, n=int(size[one] + size[other]), lowest=-np.inf, highest=np.inf),
            Pair(compared.groups[one], compared.groups[other], chance, corrected),
        )
        for (one, other), value, chance, corrected in zip(pairs, z, p, holm(p), strict=True)
    ]
