"""What a page shows of how answers are spread, and an attacker who tries every answer that fits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations_with_replacement

import numpy as np
import pandas as pd
import pytest

from blupkit.core import ALL
from blupkit.disclosure import Cell, MeasureRow, SafeTable, Status
from blupkit.survey.measures.bootstrap import weighted_means, with_interval
from blupkit.survey.measures.spread import Spread, settled, spread_table, variances

CAUTION = 10


def made_up(cells: dict[str, list[int]], hidden: Iterable[str] = (), secret: str = "hemmelig") -> SafeTable:
    """One statement on a scale from 1 to 5, with each municipality's answers and all together."""
    every = {**cells, ALL: [answer for answers in cells.values() for answer in answers]}
    rows = []
    for place, answers in every.items():
        numbers = np.array(answers, dtype=float)[:, None]
        value, low, high = with_interval(weighted_means, numbers, 2000, f"{secret}\n{place}")
        row = MeasureRow(place, "L", "s1", "Tillid", "Enig", value[0], low[0], high[0], len(answers), 1.0, 5.0)
        rows.append((row, Spread(float(variances(numbers)[0]))))
    frame = spread_table(rows)
    gone = frame["municipality"].isin(list(hidden)) | frame["empty"]
    numbers = ["value", "low", "high", "variance"]
    frame = frame.assign(status=Status.SHOWN, n=frame["n"].astype("Int64").mask(gone))
    frame[numbers] = frame[numbers].mask(gone)
    return SafeTable(frame.assign(status=frame["status"].mask(gone, Status.HIDDEN)), 5)


def decided(
    cells: dict[str, list[int]], hidden: Iterable[str] = (), changed: Iterable[str] = (), secret: str = "hemmelig"
) -> pd.DataFrame:
    cells_changed = {Cell("samarbejde", place, "L", "s1") for place in changed}
    return settled(made_up(cells, hidden, secret), cells_changed, CAUTION).frame.set_index("municipality")


def own(cells: dict[str, list[int]], hidden: Iterable[str] = (), changed: Iterable[str] = ()) -> set[str]:
    table = decided(cells, hidden, changed)
    return set(table.index[table["own"]])


MANY, EIGHT, SIX = [1, 2, 3, 4, 5, 3, 3, 2, 4, 5, 1, 3], [2, 3, 3, 4, 4, 5, 1, 2], [2, 3, 3, 4, 5, 1]


def test_from_ten_answers_on_a_cell_has_its_own_interval_and_below_that_the_pooled_one() -> None:
    cells = {"a": MANY, "b": EIGHT, "c": [*MANY, 5, 5]}
    raw, table = made_up(cells).frame.set_index("municipality"), decided(cells)
    assert table.loc[["a", "c"], ["low", "high"]].equals(raw.loc[["a", "c"], ["low", "high"]])
    # s² = (11 · var(a) + 13 · var(c)) / 24. R: qt(0.975, 24) = 2.063899. By hand: 3 ± 2.063899 · sqrt(s² / 8).
    pooled = (11 * np.var(cells["a"], ddof=1) + 13 * np.var(cells["c"], ddof=1)) / 24
    reach = 2.063899 * np.sqrt(pooled / 8)
    assert table.loc["b", ["low", "high"]].tolist() == pytest.approx([3 - reach, 3 + reach], abs=1e-6)
    assert table.loc["b", "variance"] == pytest.approx(pooled)


def test_an_interval_is_cut_at_the_ends_of_the_scale() -> None:
    table = decided({"a": [1, 5] * 6, "b": [5, 5, 4, 5, 5], "c": [1, 1, 2, 1, 1]})
    assert table.loc["b", "high"] == 5
    assert table.loc["c", "low"] == 1


def test_where_no_municipality_shows_its_own_there_is_no_interval_not_even_from_the_total() -> None:
    table = decided({"a": SIX, "b": SIX, "c": SIX})
    # 18 answers in three municipalities: the total shows its own, and is in nobody's pool.
    assert table["own"].tolist() == [False, False, False, True]
    assert table.loc[["a", "b", "c"], ["low", "high", "variance"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("cells", "hidden", "whole"),
    [
        ({"a": MANY, "b": MANY}, (), True),  # there are no others
        ({"a": MANY, "b": EIGHT}, (), False),  # the case on paper: the total less a is b
        ({"a": MANY, "b": SIX, "c": SIX}, (), True),  # twelve in two municipalities
        ({"a": MANY, "b": SIX, "c": [3, 4, 3]}, (), False),  # nine in two
        ({"a": MANY, "b": MANY}, ("b",), False),  # twelve, in one that is hidden
        ({"a": MANY, "b": MANY, "c": EIGHT}, ("b",), True),
        ({"a": MANY, "b": MANY, "c": []}, ("b",), False),  # nobody is in c, as everybody knows
        ({"a": MANY, "b": []}, (), True),
        ({"a": MANY, "b": MANY, "c": MANY}, ("a", "b", "c"), True),  # a group that is shown for all together only
    ],
)
def test_a_total_shows_its_own_spread_only_when_that_of_few_is_not_left(
    cells: dict[str, list[int]], hidden: tuple[str, ...], whole: bool
) -> None:
    assert (ALL in own(cells, hidden)) is whole


def test_a_cell_that_few_have_changed_does_not_show_its_own_anew_and_is_a_part_that_is_left() -> None:
    cells = {"a": MANY, "b": MANY, "c": MANY}
    assert own(cells) == {"a", "b", "c", ALL}
    assert own(cells, changed=("a", ALL)) == {"b", "c"}
    assert own(cells, changed=("a",)) == {"b", "c"}  # the total less b and c would be a


def test_with_another_secret_chance_draws_another_interval_and_without_it_nobody_can_draw_it_again() -> None:
    cells = {"a": list(np.random.default_rng(1).integers(1, 6, 41)), "b": EIGHT}
    one, same, other = (decided(cells, secret=secret) for secret in ("x", "x", "y"))
    assert one.equals(same)
    assert one.loc["a", ["low", "high"]].tolist() != other.loc["a", ["low", "high"]].tolist()
    assert made_up(cells, secret="x").frame["value"].equals(made_up(cells, secret="y").frame["value"])


def printed(table: pd.DataFrame) -> list[list[float]]:
    return table[["value", "low", "high"]].astype(float).round(2).to_numpy().tolist()


def spreads_that_fit(cells: dict[str, list[int]], target: str, hidden: Iterable[str] = ()) -> set[float]:
    """Try every set of answers of a municipality that has its shown mean: which spreads lead to the same numbers?"""
    seen, n = printed(decided(cells, hidden)), len(cells[target])
    tries = [list(one) for one in combinations_with_replacement(range(1, 6), n) if sum(one) == sum(cells[target])]
    # Those with a spread like another's tell nothing more, so one of each is tried.
    of_each = {round(float(np.var(one)), 9): one for one in tries}
    return {
        spread for spread, one in of_each.items() if printed(decided({**cells, target: one}, hidden)) == seen
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_on_paper_twelve_and_a_total_of_twenty_do_not_give_away_how_the_other_eight_are_spread(seed: int) -> None:
    random = np.random.default_rng(seed)
    cells = {place: random.integers(2, 5, n).tolist() for place, n in (("a", 12), ("b", 8))}
    found = spreads_that_fit(cells, "b")
    assert round(float(np.var(cells["b"])), 9) in found
    assert len(found) > 1


def test_the_attack_finds_the_spread_where_a_total_shows_its_own_beside_one_small_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The product is broken on purpose: a total that may always show its own leaves the spread of the eight alone."""
    cells = {"a": MANY, "b": EIGHT}
    assert len(spreads_that_fit(cells, "b")) > 1
    monkeypatch.setattr(
        "blupkit.survey.measures.spread._may_show_own", lambda frame, *_: frame["n"].fillna(0) >= CAUTION
    )
    # What the attacker takes from the total's interval is its variance; here it is shown as it is.
    table = decided(cells)
    squares = {
        place: (n - 1) * variance + n * mean**2
        for place, n, variance, mean in table[["n", "variance", "value"]].itertuples(name=None)
    }
    assert squares[ALL] - squares["a"] == pytest.approx(sum(answer**2 for answer in EIGHT))


def joint_tables(n: int) -> Counter[tuple[int, int]]:
    """Count the tables of n pairs (importance, level) on 1-5, by the two sums."""
    # One kind of pair after another: how many ways are there to have so many pairs with these sums?
    ways: Counter[tuple[int, int, int]] = Counter({(0, 0, 0): 1})
    for importance in range(1, 6):
        for level in range(1, 6):
            more: Counter[tuple[int, int, int]] = Counter()
            for (size, first, second), count in ways.items():
                for times in range(n - size + 1):
                    more[size + times, first + times * importance, second + times * level] += count
            ways = more
    return Counter({(first, second): count for (size, first, second), count in ways.items() if size == n})


@pytest.mark.parametrize("n", range(3, CAUTION))
def test_the_joint_table_of_few_answers_is_never_unique_where_its_means_are_printed(n: int) -> None:
    # Below ten answers a cell's interval is a function of its mean and of others' answers, so that the two means and n
    # are all that is shown of it. Means within half a point of an end are not printed as they are.
    inner = {sums: count for sums, count in joint_tables(n).items() if all(1.5 * n < total < 4.5 * n for total in sums)}
    assert sum(inner.values()) > 1000
    assert min(inner.values()) > 1


#: Three standard errors of how many of 2,000 draws lie below the 2.5 percentile.
NOISE = 3 * (0.025 * 0.975 / 2000) ** 0.5


def interval(answers: np.ndarray, noise: float = 0.0) -> list[tuple[int, int]]:
    """Give the exact percentiles of the bootstrap of a sum of whole numbers: from and to where chance may put them."""
    shares = np.bincount(answers - answers.min()) / len(answers)
    whole = np.ones(1)
    for _ in answers:
        whole = np.convolve(whole, shares)
    least = int(len(answers) * answers.min())
    below = np.cumsum(whole)
    return [
        (int(np.searchsorted(below, share - noise)) + least, int(np.searchsorted(below, share + noise)) + least)
        for share in (0.025, 0.975)
    ]


def may_be(answers: np.ndarray, seen: list[tuple[int, int]]) -> bool:
    """Whether these answers could have led to an interval, for an attacker who does not know what was drawn."""
    return all(low <= end <= high for (low, high), (end, _) in zip(interval(answers, NOISE), seen, strict=True))


def moved(pairs: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Give other pairs with the same two sums: some people one step up, and as many one step down."""
    pairs = pairs.copy()
    for _ in range(random.integers(1, 5)):
        (up, down), side = random.choice(len(pairs), 2, replace=False), random.integers(2)
        if pairs[up, side] < 5 and pairs[down, side] > 1:
            pairs[up, side] += 1
            pairs[down, side] -= 1
    return pairs


@pytest.mark.parametrize("seed", range(12))
def test_the_joint_table_of_ten_is_not_unique_by_its_own_intervals_when_chance_is_secret(seed: int) -> None:
    random = np.random.default_rng(seed)
    pairs = random.integers(1, 6, (10, 2))

    def parts(some: np.ndarray) -> tuple[np.ndarray, ...]:
        return some[:, 0] - some[:, 1], some[:, 0], some[:, 1]

    def shares(some: np.ndarray) -> list[int]:
        return [int((np.sign(parts(some)[0]) == sign).sum()) for sign in (-1, 0, 1)]

    # Beside the two means three intervals are shown, and where the level lies against the importance.
    seen = [interval(part) for part in parts(pairs)]
    others = (moved(pairs, random) for _ in range(5_000))
    assert any(
        shares(other) == shares(pairs) and all(map(may_be, parts(other), seen))
        for other in others
        if sorted(other.tolist()) != sorted(pairs.tolist())
    )
