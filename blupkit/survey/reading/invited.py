"""How many the survey was sent to, where the coordinator reported it."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from blupkit.core import STUDY_FILE, Fault, Level, Study, check_columns, one_of, read_table

INVITED_COLUMNS: Final = {
    "kommune": "kommunens navn eller kode",
    "gruppe": "gruppens nøgle",
    "antal_inviteret": "antal inviterede eller »ukendt«",
}
UNKNOWN: Final = "ukendt"


def read_invited(study: Study, respondents: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Read how many were invited in each municipality and group.

    Parameters
    ----------
    study : Study
        Its setting `udsendelse` names the file; without one, every number is unknown.
    respondents : pandas.DataFrame
        Those that count, with `municipality` and `group`, to see that no more answered than were invited.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        `municipality`, `group`, `invited` (missing where unknown) and `known` for every cell; and what is wrong, all of
        it "advarsel", since an unknown number only leaves a response rate out.

    Raises
    ------
    FileError
        The file is missing or lacks a column.
    """
    cells = pd.MultiIndex.from_product([study.places, study.group_keys], names=["municipality", "group"])
    name = study.survey_files.invited
    faults: list[Fault] = []
    reported = _reported(study, name, faults) if name else {}
    table = pd.DataFrame({"invited": [reported.get(cell) for cell in cells]}, index=cells).astype("Int64")
    answered = respondents.groupby(["municipality", "group"]).size().reindex(cells, fill_value=0)
    for cell in cells[(table["invited"] < answered).fillna(value=False)]:
        action = "Kontrollér tallet hos koordinatoren. Svarprocenten opgøres ikke."
        found = f"{table['invited'][cell]} inviterede i {cell[0]}, gruppe {cell[1]}"
        expected = f"mindst de {answered[cell]}, der har svaret"
        faults.append(Fault(name or "", found, expected, action, column="antal_inviteret", level=Level.WARNING))
        table.loc[cell, "invited"] = pd.NA
    return table.assign(known=table["invited"].notna()).reset_index(), faults


def _reported(study: Study, name: str, faults: list[Fault]) -> dict[tuple[str, str], int | None]:
    table = read_table(study.path(name), name)
    alone = {"kommune": len(study.municipalities) < 2, "gruppe": len(study.groups) < 2}
    check_columns(table, {head: holds for head, holds in INVITED_COLUMNS.items() if not alone.get(head)}, name)
    reported: dict[tuple[str, str], int | None] = {}
    for row, line in table.iterrows():
        place = (
            study.places[0] if alone["kommune"] else _municipality(study, line, name, faults),
            study.group_keys[0] if alone["gruppe"] else _group(study, line, name, faults),
        )
        count = _count(line, name, faults)
        if not all(place):
            continue
        if place in reported:
            expected, action = "én række for hver kommune og gruppe", "Tallene er lagt sammen. Saml dem i én række."
            found = f"en række mere for {place[0]}, gruppe {place[1]}"
            faults.append(Fault(name, found, expected, action, row=int(str(row)), level=Level.WARNING))
            earlier = reported[place]
            count = None if earlier is None or count is None else earlier + count
        reported[place] = count
    return reported


def _municipality(study: Study, line: pd.Series, name: str, faults: list[Fault]) -> str:
    cell = str(line["kommune"]).strip()
    found = study.match_municipality(cell)
    if found is None:
        meant = study.suggest_municipality(cell)
        action = f"{f'Mente du {meant}? ' if meant else ''}Tilføj stavemåden under stavemaader i {STUDY_FILE}."
        expected = one_of(municipality.name for municipality in study.municipalities)
        faults.append(_row_warning(name, line, cell, expected, action, "kommune"))
    return found or ""


def _group(study: Study, line: pd.Series, name: str, faults: list[Fault]) -> str:
    cell = str(line["gruppe"]).strip()
    if cell in study.group_keys:
        return cell
    action = "Skriv gruppens nøgle. Rækken er ikke brugt."
    faults.append(_row_warning(name, line, cell, one_of(study.group_keys), action, "gruppe"))
    return ""


def _count(line: pd.Series, name: str, faults: list[Fault]) -> int | None:
    cell = str(line["antal_inviteret"]).strip()
    if re.fullmatch(r"\d+|\d{1,3}(\.\d{3})+", cell):
        return int(cell.replace(".", ""))
    if cell.casefold() != UNKNOWN:
        action = "Ret tallet. Indtil da opgøres svarprocenten ikke."
        faults.append(_row_warning(name, line, cell, f"et helt tal eller »{UNKNOWN}«", action, "antal_inviteret"))
    return None


def _row_warning(name: str, line: pd.Series, found: str, expected: str, action: str, column: str) -> Fault:
    return Fault(name, found or "ingenting", expected, action, int(str(line.name)), column, level=Level.WARNING)
