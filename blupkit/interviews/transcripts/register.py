"""The register: everybody who takes part or is mentioned, and every place that points to them."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import DataError, Fault, Study, check_columns, read_table

REGISTER_COLUMNS: Final = ["interview", "name", "role", "municipality", "age", "aliases"]
_HEADS: Final = {"interview": "interview", "navn": "name", "rolle": "role", "kommune": "municipality", "alder": "age"}
_WANTED: Final = {
    "interview": "interviewets id",
    "navn": "navnet, som det skal erstattes",
    "rolle": "personens rolle",
    "aliasser": "andre navne, adskilt af semikolon",
}
#: Roles that every study may use, besides those that it maps to groups itself.
COMMON_ROLES: Final = ("moderator", "teknik", "omtalt", "sted")


def read_register(study: Study) -> pd.DataFrame:
    """Read the list of those who take part or are mentioned.

    Parameters
    ----------
    study : Study
        The study. Without a `deltagere` file the register is empty.

    Returns
    -------
    pandas.DataFrame
        interview, name, role, municipality, age (all text), aliases (tuple of str); the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    DataError
        All rows with an unknown interview, an unknown role, or no name, at once.
    """
    files = study.interviews
    if files is None or files.participants is None:
        return pd.DataFrame(columns=REGISTER_COLUMNS, dtype="str")
    name = files.participants
    table = read_table(study.path(name), name)
    check_columns(table, _WANTED, name)
    faults = _faults(table, study, name)
    if faults:
        raise DataError(faults)
    table = table.reindex(columns=[*_HEADS, "aliasser"], fill_value="").rename(columns=_HEADS)
    for column in _HEADS.values():
        table[column] = table[column].str.strip()
    aliases = table.pop("aliasser")
    table["aliases"] = [tuple(alias.strip() for alias in text.split(";") if alias.strip()) for text in aliases]
    return table


def _faults(table: pd.DataFrame, study: Study, name: str) -> list[Fault]:
    files = study.interviews
    roles = (*(files.roles if files else ()), *COMMON_ROLES)
    interviews = [transcript.id for transcript in files.transcripts] if files else []
    faults = []
    for row, cells in table.iterrows():
        if not cells["navn"].strip():
            faults.append(_fault(name, row, "navn", "en tom celle", "et navn eller et sted", "Skriv navnet."))
        if cells["interview"].strip() not in interviews:
            expected = "et af " + ", ".join(interviews)
            faults.append(_fault(name, row, "interview", cells["interview"], expected, "Ret interviewets id."))
        if cells["rolle"].strip() not in roles:
            action = "Ret rollen, eller tilføj den under »roller« i study.toml."
            faults.append(_fault(name, row, "rolle", cells["rolle"], "en af " + ", ".join(roles), action))
    return faults


def _fault(name: str, row: object, column: str, found: str, expected: str, action: str) -> Fault:
    return Fault(name, found or "en tom celle", expected, action, row=int(str(row)), column=column)
