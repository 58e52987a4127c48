"""What is the same on every page of a batch: worked out by one page, and given to those that come after it.

Outside a batch nothing is kept, since whoever works in a notebook changes files and reads them again.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

Made = TypeVar("Made")


@dataclass
class _Batch:
    running: bool = False
    given: dict[str, bytes] = field(default_factory=dict)
    found: dict[str, bytes] = field(default_factory=dict)


_BATCH: Final = _Batch()


def begin_page(given: Mapping[str, bytes]) -> dict[str, bytes]:
    """Begin a page of a batch in this process.

    Parameters
    ----------
    given : mapping of str to bytes
        What earlier pages of the batch have found, pickled by them.

    Returns
    -------
    dict of str to bytes
        Fills with what this page finds that was not given.
    """
    _BATCH.running, _BATCH.given, _BATCH.found = True, dict(given), {}
    return _BATCH.found


def once(name: str, folder: Path, make: Callable[[], Made]) -> Made:
    """Give what an earlier page of this batch made of the same files, or make it.

    Parameters
    ----------
    name : str
        What it is, with all that it depends on beside the files.
    folder : pathlib.Path
        It is made of files in this folder, and of no others. When one of them has changed it is made again.
    make : callable
        Makes it.

    Returns
    -------
    object
        What `make` gives, the caller's own to change.

    Examples
    --------
    >>> once("navnet", Path("."), lambda: "Slagelse")
    'Slagelse'
    """
    if not _BATCH.running:
        return make()
    found = sorted((str(path), path.stat()) for path in folder.rglob("*") if path.is_file())
    key = repr((name, [(path, stat.st_mtime_ns, stat.st_size) for path, stat in found]))
    if key not in _BATCH.given:
        _BATCH.given[key] = _BATCH.found[key] = pickle.dumps(make())
    made: Made = pickle.loads(_BATCH.given[key])
    return made
