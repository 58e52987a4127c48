"""Sheets that are put side by side: whether their rows belong together."""

from __future__ import annotations

import pandas as pd

from blupkit.core import Fault, FileError


def names_the_row(column: str, tables: dict[str, pd.DataFrame]) -> bool:
    """Tell whether a column is the same in all sheets, and different in every row."""
    columns = [table[column].tolist() for table in tables.values()]
    unique = len(set(columns[0])) == len(columns[0]) > 1
    return unique and all(values == columns[0] for values in columns)


def check_heights(tables: dict[str, pd.DataFrame], name: str) -> None:
    """Refuse sheets of different height."""
    heights = {sheet: len(table) for sheet, table in tables.items()}
    if len(set(heights.values())) > 1:
        found = ", ".join(f"{height} rækker i arket »{sheet}«" for sheet, height in heights.items())
        action = "Rækkerne hører sammen efter placering. Ret arkene, så hver deltager har én række i dem alle."
        raise FileError(Fault(name, found, "lige mange rækker i alle ark", action, quotes=False))


def check_same_people(shared: list[str], tables: dict[str, pd.DataFrame], name: str) -> None:
    """Refuse sheets whose rows are not the same respondents in the same order."""
    (_, first), *others = tables.items()
    action = "Sortér arkene ens, så hver deltager står i samme række."
    faults = [
        Fault(name, f"{there} i arket »{sheet}«", f"»{here}« som i det første ark", action, row=int(row), column=column)
        for column in shared
        for sheet, table in others
        for row, here, there in zip(first.index, first[column], table[column], strict=True)
        if here != there
    ]
    if faults:
        raise FileError(faults)
