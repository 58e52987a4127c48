"""What is asked in a process of its own is answered, whatever becomes of that process."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from blupkit.app.beside import beside
from blupkit.core.batch_memory import once


def _who(folder: Path) -> int:
    (folder / str(os.getpid())).touch()
    return os.getpid()


def _dies_elsewhere(here: int) -> str:
    if os.getpid() != here:
        os._exit(1)
    return "her"


def _refuses(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    raise ValueError("nej")


def test_it_is_asked_once_and_elsewhere(tmp_path: Path) -> None:
    asked = beside({}, _who, tmp_path)
    assert asked != os.getpid()
    assert [path.name for path in tmp_path.iterdir()] == [str(asked)]


def test_where_the_process_dies_it_is_asked_here() -> None:
    assert beside({}, _dies_elsewhere, os.getpid()) == "her"


def test_what_it_raises_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="nej"):
        beside({}, _refuses, tmp_path)
    assert str(os.getpid()) in {path.name for path in tmp_path.iterdir()}


def _made_by(folder: Path) -> int:
    return once("hvem", folder, os.getpid)


def test_what_is_found_there_is_given_to_whoever_is_asked_next(tmp_path: Path) -> None:
    shared: dict[str, bytes] = {}
    first = beside(shared, _made_by, tmp_path)
    assert [pickle.loads(made) for made in shared.values()] == [first]
    assert beside(shared, _made_by, tmp_path) == first != os.getpid()
