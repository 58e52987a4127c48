"""Kobo's groups that are filled in several times: sheets of their own, which hold no respondents."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import Fault, FileError, Level, read_table
from blupkit.survey.reading.column_names import plain

#: What Kobo writes in the sheet of a repeated group, and nowhere else.
_INDEX, _TABLE = "_parent_index", "_parent_table_name"
#: The same in the sheet of a repeated group as in that of the respondents.
_SAME: Final = {"_submission__uuid": "_uuid", "_submission__id": "_id"}
_PARENT: Final = {_INDEX, _TABLE, *_SAME}
#: What a workbook makes of a sheet's name that is too long, or there already.
_CUT: Final = re.compile(r"(\.\.\.|…)?( ?\(\d+\))?$")
_SHORT: Final = 20


def repeated_sheets(path: Path, name: str, sheets: Sequence[str], asked: Collection[str]) -> list[Fault]:
    """Tell of the sheets with answers that one person gave several times; none of them is read.

    Parameters
    ----------
    path : pathlib.Path
        Kobo's workbook.
    name : str
        What to call it in messages.
    sheets : sequence of str
        Its sheets; the first one holds the respondents.
    asked : collection of str
        Variables of the study that the respondents' sheet does not have.

    Returns
    -------
    list of Fault
        One "advarsel" a sheet, with its rows.

    Raises
    ------
    FileError
        The study asks for what stands in such a sheet.

    Examples
    --------
    >>> repeated_sheets(Path("svar.xlsx"), "svar.xlsx", ["svar"], set())
    []
    """
    told, wrong = [], []
    for sheet in sheets[1:]:
        table = read_table(path, name, sheet=sheet)
        if not _PARENT & set(table.columns):
            continue
        own = {plain(str(head).rsplit("/", 1)[-1]): str(head) for head in table.columns}
        both = [variable for variable in asked if plain(variable) in own]
        expected = "ét svar fra hver deltager"
        found = f"arket »{sheet}« med {len(table)} rækker, der hører til en gruppe, som udfyldes flere gange"
        if both:
            action = "Tag spørgsmålet ud af spørgeskemaet, eller gem arket for sig, og lav en undersøgelse af det."
            wrong += [Fault(name, found, expected, action, column=variable, quotes=False) for variable in both]
        action = "Arket er ikke læst. Skal det med, så gem det for sig, og lav en undersøgelse af det."
        told.append(Fault(name, found, expected, action, level=Level.WARNING, quotes=False))
    if wrong:
        raise FileError(wrong)
    return told


def rows_in_repeats(
    path: Path, name: str, sheets: Sequence[str], table: pd.DataFrame, rows: Collection[int]
) -> dict[str, list[int]]:
    """Find what a respondent answered several times: the rows of the other sheets that belong to some rows.

    Parameters
    ----------
    path, name, sheets
        As in `repeated_sheets`.
    table : pandas.DataFrame
        The respondents' sheet.
    rows : collection of int
        The respondent's rows in it.

    Returns
    -------
    dict of str to list of int
        Sheet → its rows, as a spreadsheet numbers them, those of groups within groups too.

    Raises
    ------
    FileError
        A sheet does not say to whom its rows belong.

    Examples
    --------
    >>> rows_in_repeats(Path("svar.xlsx"), "svar.xlsx", ["svar"], pd.DataFrame({"_id": ["1"]}), [0])
    {}
    """
    mine = table.loc[list(rows)].astype("str")
    who = {there: set(mine[here]) - {""} for there, here in _SAME.items() if here in mine}
    numbers = {sheets[0]: set(mine["_index"])} if "_index" in mine else {}
    found: dict[str, list[int]] = {}
    for sheet in sheets[1:]:
        inner = read_table(path, name, sheet=sheet).astype("str")
        if not _PARENT & set(inner.columns):
            continue
        key = next((key for key in who if key in inner and (inner[key] != "").all()), None)
        theirs = inner[key].isin(who[key]) if key else _by_parent(inner, numbers)
        if theirs is None:
            what = f"arket »{sheet}«, der ikke siger, hvem rækkerne hører til"
            expected = "kolonnen _submission__id eller _submission__uuid"
            action = "Hent eksporten igen fra Kobo med alle kolonner, eller slet arket, hvis det ikke skal bruges."
            raise FileError(Fault(name, what, expected, action, quotes=False))
        numbers[sheet] = set(inner.loc[theirs, "_index"]) if "_index" in inner else set()
        found |= {sheet: [int(str(row)) for row in inner.index[theirs]]} if theirs.any() else {}
    return found


def _by_parent(inner: pd.DataFrame, numbers: dict[str, set[str]]) -> pd.Series | None:
    """Tell which rows belong to some rows of the sheets above; None where nobody can."""
    if not {_INDEX, _TABLE} <= set(inner.columns):
        return None
    above = {
        parent: next((found for sheet, found in numbers.items() if _is_called(sheet, parent)), None)
        for parent in inner[_TABLE].unique()
    }
    if None in above.values():
        return None
    belongs = [index in (above[parent] or ()) for parent, index in zip(inner[_TABLE], inner[_INDEX], strict=True)]
    return pd.Series(belongs, index=inner.index, dtype=bool)


def _is_called(sheet: str, parent: str) -> bool:
    return sheet == parent or (len(sheet) > _SHORT and parent.startswith(_CUT.sub("", sheet)))
