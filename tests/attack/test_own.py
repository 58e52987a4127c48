"""The attack on own tables: of made-up studies that declare some, in one release and in three in a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from attack.hunt import hunt
from attack.releases import chain, decided, packaged
from attack.splits import hunt_splits, read_splits
from attack.studies import add_own, make_up

from blupkit.survey import own_release, read_responses


def test_an_own_table_gives_nothing_away(own: int, tmp_path: Path) -> None:
    study = make_up(tmp_path / "s", own, towns=(2, 5))
    add_own(study, own)
    edition = decided(study.write())
    leaks, tried, shown = hunt_splits([edition], [edition.splits])
    print(f"own {own}: {tried} attacked, {shown} shown, {len(edition.notes)} refused")
    leaks += hunt(edition)[0]
    assert not leaks, "\n".join(map(str, leaks))


def test_a_part_of_few_is_protected_where_the_municipality_is_not_in_the_release(tmp_path: Path) -> None:
    """Nordby has 17 of one part and 8 of the other, and no page: all minus Sydby's told the 8 (seed 174)."""
    study = make_up(tmp_path / "s", 174, towns=(2, 5))
    add_own(study, 174)
    edition = decided(study.write())
    leaks, tried, _ = hunt_splits([edition], [edition.splits])
    assert tried
    assert not leaks, "\n".join(map(str, leaks))


def test_an_own_table_gives_nothing_away_in_three_releases(own_chain: int, tmp_path: Path) -> None:
    seed = own_chain + 4  # the first in which an own table is shown in two releases that follow each other
    study = make_up(tmp_path / "s", seed, towns=(2, 4))
    add_own(study, seed)
    editions = list(chain(study, seed))
    leaks, tried, shown = hunt_splits(editions, [edition.splits for edition in editions])
    print(f"chain {seed}: {tried} attacked, {shown} shown")
    assert not leaks, "\n".join(map(str, leaks))
    assert shown or own_chain, "nothing of an own table was to be seen"


def test_an_own_table_gives_nothing_away_in_finished_packages(own_zip: int, tmp_path: Path) -> None:
    """The first is one whose parts are called "45-59": a part's name is no number of the line that it stands in."""
    study = make_up(tmp_path / "studie", own_zip + 2, towns=(2, 5))
    add_own(study, own_zip + 2)
    written = study.write()
    _, edition = packaged(written, tmp_path / "ud")
    leaks, tried, shown = hunt_splits([edition], [read_splits(read_responses(written))])
    print(f"packages {own_zip + 2}: {tried} attacked, {shown} shown")
    leaks += hunt(edition)[0]
    assert not leaks, "\n".join(map(str, leaks))
    assert shown or own_zip, "nothing of an own table was to be seen"


def test_parts_that_are_not_tied_to_the_whole_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product is broken on purpose: it forgets that the parts add up to what the other tables show."""
    study = make_up(tmp_path / "s", 1, towns=(2, 5))
    add_own(study, 1)
    whole = decided(study.write())
    assert not hunt_splits([whole], [whole.splits])[0]
    worked_out = own_release.further
    monkeypatch.setattr(own_release, "further", lambda *given: replace(worked_out(*given), ties=[], within=[]))
    broken = decided(study.write())
    leaks, tried, _ = hunt_splits([broken], [broken.splits])
    assert tried > 50
    assert leaks
