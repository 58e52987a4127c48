"""What is the same on every page of a batch is made once; outside a batch, each time."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from blupkit.core import batch_memory
from blupkit.core.batch_memory import begin_page, once


@pytest.fixture(autouse=True)
def outside_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_memory, "_BATCH", batch_memory._Batch())


@pytest.fixture
def counted() -> Iterator[str]:
    return iter("abcdef")


def test_outside_a_batch_it_is_made_each_time(tmp_path: Path, counted: Iterator[str]) -> None:
    assert [once("navn", tmp_path, lambda: next(counted)) for _ in range(2)] == ["a", "b"]


def test_a_page_takes_what_an_earlier_one_found_and_tells_only_what_is_new(
    tmp_path: Path, counted: Iterator[str]
) -> None:
    first = begin_page({})
    assert [once("navn", tmp_path, lambda: next(counted)) for _ in range(2)] == ["a", "a"]
    second = begin_page(first)
    assert once("navn", tmp_path, lambda: next(counted)) == "a"
    assert once("andet", tmp_path, lambda: next(counted)) == "b"
    told = [[pickle.loads(made) for made in found.values()] for found in (first, second)]
    assert told == [["a"], ["b"]]


def test_what_a_page_changes_in_it_no_other_one_sees(tmp_path: Path) -> None:
    begin_page({})
    once("rækker", tmp_path, lambda: [1]).append(2)
    assert once("rækker", tmp_path, lambda: [9]) == [1]


def test_when_a_file_has_changed_or_come_it_is_made_again(tmp_path: Path, counted: Iterator[str]) -> None:
    file = tmp_path / "mappe" / "fil.txt"
    file.parent.mkdir()
    file.write_text("før", encoding="utf-8")
    found = begin_page({})
    once("navn", tmp_path, lambda: next(counted))
    file.write_text("nu ", encoding="utf-8")  # as long as before
    os.utime(file, ns=(0, 0))
    begin_page(found)
    assert once("navn", tmp_path, lambda: next(counted)) == "b"
    (tmp_path / "ny.txt").touch()
    assert once("navn", tmp_path, lambda: next(counted)) == "c"
