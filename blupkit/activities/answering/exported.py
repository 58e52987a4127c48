"""Who reads what a survey system exported: another room, as `blupkit` itself says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

#: Takes a study, a file, what is asked (column → its words, and the words of each code; None where one writes), and
#: what is sought by its cells (column → whether a cell may stand in it). Gives the columns as text by the row that a
#: spreadsheet shows, with those it does not know, and the faults to tell; a `FileError` where it cannot be read.
ReadsForm = Callable[..., "tuple[pd.DataFrame, list[Any]]"]
_readers: list[ReadsForm] = []


def exports_with(reader: ReadsForm) -> None:
    """Say who reads exports.

    Parameters
    ----------
    reader : callable
        Takes the place of an earlier one.
    """
    _readers[:] = [reader]


def reads_form() -> ReadsForm:
    """Give the one who reads exports.

    Examples
    --------
    >>> callable(reads_form())
    True
    """
    [reader] = _readers
    return reader
