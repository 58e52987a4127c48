"""Kobo's groups that are filled in several times: sheets of their own, which hold no respondents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from blupkit.core import Fault, FileError, Level, read_table
from blupkit.survey.reading.column_names import plain

#: What Kobo writes in the sheet of a repeated group, and nowhere else.
_PARENT: Final = {"_parent_index", "_parent_table_name", "_submission__id", "_submission__uuid"}


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
