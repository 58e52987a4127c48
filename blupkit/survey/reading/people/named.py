"""Who must not be named in what is told of the open answers: another room reads the list, as `blupkit` itself says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blupkit.core import Study

#: Gives the words, in lower case, that name those who take part in the study or are mentioned.
ReadsNames = Callable[["Study"], frozenset[str]]
_readers: list[ReadsNames] = []


def names_with(reader: ReadsNames) -> None:
    """Say who reads the names.

    Parameters
    ----------
    reader : callable
        Takes the place of an earlier one.
    """
    _readers[:] = [reader]


def named_people(study: Study) -> frozenset[str] | None:
    """Give the words that name somebody in the study, everyday words too.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    frozenset of str
        In lower case; None where the list cannot be read, and any name may stand in it.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> sorted(named_people(example_study()))
    ['bo', 'holm', 'ida', 'storm']
    """
    from blupkit.core import BlupkitError

    [reader] = _readers
    try:
        return reader(study)
    except BlupkitError:
        return None
