"""The attack on own tables: of made-up studies that declare some, in one release and in three in a row."""

from __future__ import annotations

from pathlib import Path

from attack.hunt import hunt
from attack.releases import chain, decided
from attack.splits import hunt_splits
from attack.studies import add_own, make_up


def test_an_own_table_gives_nothing_away(own: int, tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", own, towns=(2, 5))
    add_own(study, own)
    edition = decided(study.write())
    leaks, tried, shown = hunt_splits([edition], [edition.splits])
    print(f"own {own}: {tried} attacked, {shown} shown, {len(edition.notes)} refused")
    leaks += hunt(edition)[0]
    assert not leaks, "\n".join(map(str, leaks))


def test_an_own_table_gives_nothing_away_in_three_releases(own_chain: int, tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", own_chain, towns=(2, 4))
    add_own(study, own_chain)
    editions = list(chain(study, own_chain))
    leaks, tried, shown = hunt_splits(editions, [edition.splits for edition in editions])
    print(f"chain {own_chain}: {tried} attacked, {shown} shown")
    assert not leaks, "\n".join(map(str, leaks))
