"""The attack on made-up studies' tables as their pages get them: unrounded, which is harder than any page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from attack.fingerprints import believed, fingerprints, spread_of_the_rest
from attack.hunt import hunt, told_too_much
from attack.releases import chain, decided
from attack.studies import make_up
from attack.system import Edition

#: As many studies are kept for the attacks that look at several together.
KEPT = 22


@lru_cache(maxsize=KEPT)
def edition(seed: int) -> Edition:
    with TemporaryDirectory() as folder:
        return decided(make_up(Path(folder) / "s", seed, towns=(2, 12) if seed % 4 == 0 else (2, 5)).write())


def test_nothing_hidden_is_recovered(tables: int) -> None:
    leaks, _ = hunt(edition(tables))
    assert not leaks, "\n".join(map(str, leaks))


def test_a_mean_of_few_near_an_end_is_a_bound_only() -> None:
    told = [key for seed in range(KEPT) for key in told_too_much(edition(seed))]
    assert not told


def test_no_interval_is_a_fingerprint() -> None:
    assert not believed([one for seed in range(KEPT) for one in fingerprints(edition(seed), most=20)])


def test_no_spread_is_worked_out_of_a_total() -> None:
    assert not believed([one for seed in range(KEPT) for one in spread_of_the_rest(edition(seed))])


def test_nothing_hidden_is_recovered_from_three_releases(table_chain: int, tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", table_chain, towns=(2, 7) if table_chain else (2, 2))
    leaks, _ = hunt(*chain(study, table_chain))
    assert not leaks, "\n".join(map(str, leaks))


def test_a_third_release_tells_nothing_of_what_few_changed_between_the_first_two(tmp_path: Path) -> None:
    """Seed 10 is the first in which it did: one person's coming to a place was known within two, not three."""
    leaks, _ = hunt(*chain(make_up(tmp_path / "s", 10, towns=(2, 7)), 10))
    assert not leaks, "\n".join(map(str, leaks))


def test_only_whole_numbers_count_as_what_a_number_of_persons_could_be(tmp_path: Path) -> None:
    """Gaps of 5 and 1, of at most 4 each, in two municipalities with three persons below: that is two and one of them.

    Seed 225 is the first in which a linear program finds 1.25 to 2.75, which is wide enough and holds one number only.
    """
    shown = decided(make_up(tmp_path / "s", 225, towns=(2, 5)).write())
    leaks, _ = hunt(shown)
    assert not leaks, "\n".join(map(str, leaks))


def test_a_rate_that_is_not_known_tells_no_number_of_people(tmp_path: Path) -> None:
    """In seed 68 one person and ten are hidden with their total, and a rate without a value stood there on eleven."""
    leaks, _ = hunt(decided(make_up(tmp_path / "s", 68, towns=(2, 3)).write()))
    assert not leaks, "\n".join(map(str, leaks))


def test_who_comes_where_nobody_was_is_known_to_be_there(tmp_path: Path) -> None:
    """In seed 2 two came to a place that was told empty: beside two in the only other one, four in all was too few."""
    leaks, _ = hunt(*chain(make_up(tmp_path / "s", 2, towns=(2, 7)), 2))
    assert not leaks, "\n".join(map(str, leaks))


def test_new_answers_that_wait_tell_nothing_in_three_releases(tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", 3, towns=(2, 7))
    assert not study.counts_late
    leaks, tried = hunt(*chain(study, 3))
    assert tried
    assert not leaks, "\n".join(map(str, leaks))
