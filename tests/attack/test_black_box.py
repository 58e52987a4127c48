"""Whether what is hidden can be told from which cells are hidden."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from attack.black_box import recovered
from attack.studies import make_up


@pytest.mark.parametrize("sizes", [(4, 5, 7), (4, 7, 7), (4, 6, 6), (3, 3, 9), (1, 8, 9, 12)])
def test_the_pattern_tells_no_count(sizes: tuple[int, ...], tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", 3, towns=(len(sizes), len(sizes)))
    study.min_n, study.caution_n = 5, 10
    assert not list(recovered(study.write(), sizes))


def test_the_pattern_of_made_up_sizes_tells_no_count(tmp_path: Path) -> None:
    dice, found = random.Random(18), []
    for number in range(4):
        study = make_up(tmp_path / str(number), number, towns=(3, 4))
        study.min_n, study.caution_n = dice.choice([3, 4, 5]), 10
        sizes = tuple(dice.choice([0, 1, 2, 3, 4, 5, 6, 7, 9, 12]) for _ in range(study.towns))
        found += [(sizes, study.min_n, *leak) for leak in recovered(study.write(), sizes)]
    assert not found
