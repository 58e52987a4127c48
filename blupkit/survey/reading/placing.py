"""Where each respondent belongs: id, municipality and group, from the columns that the study names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, STUDY_FILE, Fault, Level, Study, one_of
from blupkit.core.errors import did_you_mean
from blupkit.survey.reading.exports import Export

#: A whole number that a program wrote with decimals.
_ZEROS: Final = re.compile(r"^(\d+)[.,]0+$")
#: A code beside its name: "370 - Næstved", "Næstved (370)", "1. Lokalråd".
_BOTH: Final = re.compile(
    r"(?P<code>\d{1,4})\s*[-–=:.)]?\s+(?P<name>\D.*)|(?P<text>.*\D)\s*[(\[]\s*(?P<number>\d{1,4})\s*[)\]]"
)
#: Empty cells are told one by one as long as they are few, and of many rows the first are named.
_ONE_BY_ONE: Final = 5
_ROWS_SHOWN: Final = 6
#: Fewer than this are no share of anything.
_FEW: Final = 5


def place_respondents(study: Study, export: Export) -> tuple[pd.DataFrame, list[Fault]]:
    """Find id, municipality and group of each row.

    Parameters
    ----------
    study : Study
        Its municipalities and groups, and the columns that hold them. With one of a kind or none, no column is needed.
    export : Export
        The data; labels of the two columns are looked up when the cell itself is not known.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        `respondent`, and `municipality` and `group` (categories), by row, "" where it is not known; and what is wrong.
        A missing column is a "fejl", an unknown cell an "advarsel".
    """
    files = study.survey_files
    faults: list[Fault] = []
    ids = _respondent_ids(export, files.respondent, faults)
    municipality = _matched(export, files.municipality, "kommune", study.places, study.match_municipality, faults)
    codes = {spelling: group.key for group in study.groups for spelling in group.known_as}
    group = _matched(export, files.group, "gruppe", study.group_keys, lambda cell: codes.get(cell.casefold()), faults)
    return pd.DataFrame({"respondent": ids, "municipality": municipality, "group": group}), faults


def _respondent_ids(export: Export, column: str | None, faults: list[Fault]) -> pd.Series:
    rows = export.data.index
    if column is None or column not in export.data:
        faults += [] if column is None else [_missing_column(export, column, "besvarelse_id")]
        return pd.Series(rows.astype(str), index=rows, dtype="str")
    cells = export.cells[column]
    texts = np.array([text.strip() for text in cells.categories.tolist()], dtype=object)
    ids = pd.Series(texts[cells.codes], index=rows, dtype="str")
    unnamed = rows[ids == ""] if "" in texts else rows[:0]
    ids[unnamed] = [f"række {row}" for row in unnamed]
    return ids


def _missing_column(export: Export, column: str | None, setting: str) -> Fault:
    if column is None:
        expected = f"navnet på den kolonne, der rummer {setting}"
        action = f'Skriv {setting} = "…" under [spoergeskema].'
        return Fault(STUDY_FILE, "ingenting", expected, action, column=f"spoergeskema.{setting}")
    present = ", ".join(export.data.columns[:10]) + (" …" if len(export.data.columns) > 10 else "")
    action = f"Ret indstillingen {setting} under [spoergeskema] i {STUDY_FILE}, eller hent eksporten igen."
    return Fault(export.name, present, f"også kolonnen »{column}«", action, row=1, column=column)


def _matched(
    export: Export,
    column: str | None,
    setting: str,
    allowed: tuple[str, ...],
    match: Callable[[str], str | None],
    faults: list[Fault],
) -> pd.Series:
    """Match each cell of a column, or the label of its code, to one of the keys allowed; "" where it is neither."""
    absent = column is None or column not in export.data
    if allowed == (ALL,) or (absent and len(allowed) == 1):
        return pd.Series(allowed[0], index=export.data.index, dtype="str")
    if column is None or absent:
        faults.append(_missing_column(export, column, setting))
        return pd.Series("", index=export.data.index, dtype="str")
    labels = export.labels[export.labels["variable"] == column]
    by_code = dict(zip(labels["value"], labels["label"], strict=True))
    cells = export.cells[column]
    texts = [_ZEROS.sub(r"\1", cell.strip()) for cell in cells.categories]
    faults += _torn(export, column, [text for text in texts if text], by_code, match)
    found = [_match(text, by_code, match) for text in texts]
    number, names = pd.factorize(np.array(found, dtype=object))
    return pd.Series(pd.Categorical.from_codes(number[cells.codes], pd.Index(names, dtype="str")), export.data.index)


def _match(cell: str, by_code: Mapping[str, str], match: Callable[[str], str | None]) -> str:
    if not cell:
        return ""
    return match(cell) or match(by_code.get(cell, "")) or _beside(cell.strip(" .,;:"), match)


def _beside(cell: str, match: Callable[[str], str | None]) -> str:
    """Match what is left without the sign at its end, a name with its own code beside it, or a code with zeros."""
    if both := _BOTH.fullmatch(cell):
        name, code = both["name"] or both["text"].strip(), both["code"] or both["number"]
        found, told = match(name), match(str(int(code)))
        return found if found and told in (None, found) else ""
    return match(cell.lstrip("0") if cell.isdigit() else cell) or ""


def _torn(
    export: Export, column: str, texts: list[str], by_code: Mapping[str, str], match: Callable[[str], str | None]
) -> list[Fault]:
    """Refuse a cell that the study knows as one, and the export's own label as another."""
    faults = []
    for text in texts:
        label = by_code.get(text, "")
        known, labelled = match(text), match(label) if label else None
        if known and labelled and known != labelled:
            row = int(str(export.data.index[export.data[column].astype("str").str.strip() == text][0]))
            expected = f"en kode, der betyder det samme i eksporten (»{label}«) og i {STUDY_FILE} (»{known}«)"
            action = f"Ret koden i {STUDY_FILE}, så den ikke er den, eksporten bruger til en anden."
            faults.append(Fault(export.name, text, expected, action, row, column))
    return faults


def placing_faults(study: Study, export: Export, people: pd.DataFrame, unsure: int) -> list[Fault]:
    """List what stands in place of a municipality or group, one line a spelling; who wrote it is set aside.

    Parameters
    ----------
    study : Study
        Its municipalities, to suggest the one that was probably meant; and how large a share may be set aside.
    export : Export
        What stands in the cells.
    people : pandas.DataFrame
        What `place_respondents` returned, without the empty answers.
    unsure : int
        How many are set aside for another reason that nobody could decide.

    Returns
    -------
    list of Fault
        All are "advarsel", or all "fejl" where so many are set aside that what is left tells of somebody else.
    """
    files = study.survey_files
    names = [municipality.name for municipality in study.municipalities]
    codes = [f"{code} ({group.name})" for group in study.groups for code in group.codes[-1:] or (group.key,)]
    faults = []
    for column, key, words in ((files.municipality, "municipality", names), (files.group, "group", codes)):
        lost = people[people[key] == ""]
        if column is None or column not in export.data or lost.empty:
            continue
        cells = export.data.loc[lost.index, column].astype("str").str.strip()
        for cell, rows in cells.groupby(cells, sort=False).groups.items():
            one_by_one = [[row] for row in rows] if len(rows) <= _ONE_BY_ONE and not cell else [list(rows)]
            for some in one_by_one:
                action = f"{_placing_action(study, str(cell), key)} {_aside(some)}"
                who = str(people["respondent"][some[0]]) if len(some) == 1 else ""
                place = int(str(some[0])), column, who
                # A spelling that so many share tells of nobody, and she needs it to mend it.
                own_words = bool(cell) and len(some) < study.thresholds.min_n
                faults.append(export.warning(str(cell) or "ingenting", one_of(words), action, *place, quotes=own_words))
    lost_of_all = int(((people["municipality"] == "") | (people["group"] == "")).sum()) + unsure
    too_many = _too_many(study, export, lost_of_all, len(people))
    if too_many:
        return [*too_many, *(replace(fault, level=Level.SERIOUS) for fault in faults)]
    return faults


def _too_many(study: Study, export: Export, lost: int, everybody: int) -> list[Fault]:
    """Refuse an export of which so much is set aside that what is left would tell of somebody else."""
    limit = study.thresholds.set_aside
    if lost < everybody and (lost < _FEW or lost <= limit * everybody):
        return []
    if not everybody:
        found, action = f"{len(export.data)} rækker uden et eneste svar", "Hent eksporten igen med alle svar."
        nobody = Fault(export.name, found, "besvarelser med svar", action, quotes=False)
        return [nobody] if len(export.data) else []
    found = f"{lost} af {everybody} besvarelser, som er sat til side"
    expected = f"højst {100 * limit:.0f} pct. sat til side, fordi kommune, gruppe eller id ikke kan læses"
    action = "Ret stavemaader, koder eller besvarelse_id; de andre linjer siger, hvad der står."
    if lost < everybody:
        action += (
            f" Er det rigtigt, at så mange ikke tæller, så skriv sat_til_side_andel i {STUDY_FILE} under [taerskler]."
        )
    return [Fault(export.name, found, expected, action, quotes=False)]


def _aside(rows: Sequence[object]) -> str:
    if len(rows) == 1:
        return "Besvarelsen er sat til side."
    shown = ", ".join(map(str, rows[:_ROWS_SHOWN])) + (" …" if len(rows) > _ROWS_SHOWN else "")
    return f"{len(rows)} besvarelser er sat til side (række {shown})."


def _placing_action(study: Study, cell: str, key: str) -> str:
    what = "kommunen" if key == "municipality" else "gruppen"
    if not cell:
        return f"Udfyld {what} i spørgeskemasystemet, hvis den kendes, og hent filen igen."
    if key == "group":
        known = {spelling: group.name for group in study.groups for spelling in group.known_as if len(spelling) > 1}
        meant = did_you_mean(cell, known, "", cutoff=0.7)
        return f"{meant} Ret {what}, eller tilføj koden under koder i {STUDY_FILE}.".strip()
    meant = study.suggest_municipality(cell)
    question = f"Mente du {meant}? " if meant else ""
    return f"{question}Tilføj stavemåden under stavemaader i {STUDY_FILE}."
