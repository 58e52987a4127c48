"""The tables that a person keeps for the study, such as the codebook: read whole, with what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from blupkit.core import Fault, Level, Study, check_columns, raise_serious, read_table
from blupkit.core.errors import BlupkitError
from blupkit.core.letters import composed
from blupkit.core.tables import as_spelt


@dataclass(frozen=True)
class Sheet:
    """A table of the study, and what was found wrong in it.

    Parameters
    ----------
    name : str
        The file, as study.toml names it.
    table : pandas.DataFrame
        Its cells as text, composed and without blanks around them; the index is the row in the file.
    faults : tuple of Fault
        What is wrong.
    given : frozenset of str
        The columns that the file itself has.

    Examples
    --------
    >>> sheet = Sheet("kodebog.csv", pd.DataFrame({"kode": [""]}, index=[2]))
    >>> print(sheet.fault(2, "kode", "", "kodens nummer", "Udfyld cellen."))
    kodebog.csv, række 2, kolonne »kode«: Her står »en tom celle«. Forventet: kodens nummer. Udfyld cellen.
    """

    name: str
    table: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    given: frozenset[str] = frozenset()

    def fault(self, row: int | None, column: str, found: str, expected: str, action: str) -> Fault:
        """Say what is wrong in one cell, or in the whole table without a row; an empty one is called so."""
        return Fault(self.name, found or "en tom celle", expected, action, row, column, quotes=bool(found))

    def warning(self, row: int | None, column: str, found: str, expected: str, action: str) -> Fault:
        """Say it as a warning: the rest can be used."""
        return replace(self.fault(row, column, found, expected, action), level=Level.WARNING)

    def wrong(self, faults: Iterable[Fault], table: pd.DataFrame | None = None) -> Sheet:
        """The same sheet with more that is wrong, and another table where it was made into something else."""
        return replace(self, faults=(*self.faults, *faults), table=self.table if table is None else table)

    def as_spelt(self, known: Mapping[str, Iterable[str]]) -> Sheet:
        """The same sheet with the names in some columns as they are spelt where they are made, whatever their case."""
        cells = {column: as_spelt(self.table[column], names) for column, names in known.items()}
        return replace(self, table=self.table.assign(**cells))

    def checked(self) -> pd.DataFrame:
        """The table.

        Raises
        ------
        DataError
            All that is seriously wrong, at once.
        """
        raise_serious(self.faults)
        return self.table


def read_sheet(study: Study, name: str, columns: dict[str, str], more: Iterable[str] = ()) -> Sheet:
    """Read a table of the study.

    Parameters
    ----------
    study : Study
        The study.
    name : str
        The file.
    columns : dict of str to str
        The columns that it must have, with what each holds.
    more : iterable of str
        Columns that it may have; empty where it has not.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    """
    table = read_table(study.path(name), name)
    check_columns(table, columns, name)
    given = frozenset(table.columns)
    table = table.reindex(columns=[*columns, *more], fill_value="")
    return Sheet(name, table.apply(lambda cells: cells.map(composed).str.strip()), given=given)


def load_sheet(study: Study, name: str | None, columns: dict[str, str]) -> Sheet:
    """Read what can be read of a table of the study: nothing where it has none, or where it cannot be used.

    Parameters
    ----------
    study, columns
        As in `read_sheet`.
    name : str, optional
        The file.
    """
    empty = pd.DataFrame(columns=list(columns), dtype="str")
    if name is None:
        return Sheet("", empty)
    try:
        return read_sheet(study, name, columns)
    except BlupkitError as error:
        return Sheet(name, empty, error.faults)
