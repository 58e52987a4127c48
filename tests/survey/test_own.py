"""Own tables: into which parts they split, and what an attacker learns of the parts that were joined."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from blupkit.core.sections import Thresholds
from blupkit.survey.own import joined


@pytest.mark.parametrize(("min_n", "caution_n", "parts"), [(3, 5, 3), (3, 5, 4), (5, 5, 3), (5, 10, 3), (4, 4, 3)])
def test_which_parts_were_joined_leaves_a_small_one_as_wide_as_any_hidden_count(
    min_n: int, caution_n: int, parts: int
) -> None:
    """Every set of counts is tried: those that show the same parts and sums are what a reader cannot tell apart."""
    limits = Thresholds(min_n=min_n, caution_n=caution_n)
    alike = defaultdict(list)
    most = 2 * caution_n + 4 if parts < 4 else 9
    for counts in product(range(most + 1), repeat=parts):
        told = joined(counts, limits)
        if len(told) > 1:
            alike[tuple((one, sum(counts[place] for place in one)) for one in told)].append(counts)
    tried = 0
    for shown, possible in alike.items():
        if any(total > most for _, total in shown):
            continue  # larger counts than were tried could give the same
        for place in (place for one, total in shown if len(one) > 1 for place in one if total):
            values = [counts[place] for counts in possible]
            if 0 < min(values) < min_n or any(0 < value < min_n for value in values):
                tried += 1
                assert max(values) - min(values) >= min_n, (shown, place, sorted(set(values)))
    assert tried > 20
