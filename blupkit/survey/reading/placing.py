"""Where each respondent belongs: id, municipality and group, from the columns that the study names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, STUDY_FILE, Fault, Study, one_of
from blupkit.survey.reading.exports import Export

#: A whole number that a program wrote with decimals.
_ZEROS: Final = re.compile(r"^(\d+)[.,]0+$")


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
    codes = _group_codes(study)
    group = _matched(export, files.group, "gruppe", study.group_keys, lambda cell: codes.get(cell.casefold()), faults)
    return pd.DataFrame({"respondent": ids, "municipality": municipality, "group": group}), faults


def _respondent_ids(export: Export, column: str | None, faults: list[Fault]) -> pd.Series:
    rows = export.data.index
    if column is None or column not in export.data:
        faults += [] if column is None else [_missing_column(export, column, "besvarelse_id")]
        return pd.Series(rows.astype(str), index=rows, dtype="str")
    cells = export.data[column].cat
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


def _group_codes(study: Study) -> dict[str, str]:
    return {
        spelling.casefold(): group.key
        for group in study.groups
        for spelling in (group.key, group.name, group.singular, *group.codes)
    }


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
    cells = export.data[column].cat
    found = [_match(_ZEROS.sub(r"\1", cell.strip()), by_code, match) for cell in cells.categories]
    number, names = pd.factorize(np.array(found, dtype=object))
    return pd.Series(pd.Categorical.from_codes(number[cells.codes], pd.Index(names, dtype="str")), export.data.index)


def _match(cell: str, by_code: Mapping[str, str], match: Callable[[str], str | None]) -> str:
    return (match(cell) or match(by_code.get(cell, "")) or "") if cell else ""


def placing_faults(study: Study, export: Export, people: pd.DataFrame) -> list[Fault]:
    """List the respondents without a known municipality or group; they are set aside.

    Parameters
    ----------
    study : Study
        Its municipalities, to suggest the one that was probably meant.
    export : Export
        What stands in the cells.
    people : pandas.DataFrame
        What `place_respondents` returned, without the empty answers.

    Returns
    -------
    list of Fault
        All are "advarsel".
    """
    files = study.survey_files
    faults = []
    names = [municipality.name for municipality in study.municipalities]
    codes = [f"{code} ({group.name})" for group in study.groups for code in group.codes[-1:] or (group.key,)]
    for column, key, words in ((files.municipality, "municipality", names), (files.group, "group", codes)):
        if column is None or column not in export.data:
            continue
        cells = export.data[column].to_dict() if (people[key] == "").any() else {}
        for row, respondent in people.loc[people[key] == "", "respondent"].items():
            cell = str(cells[row]).strip()
            action = _placing_action(study, cell, key)
            place = int(str(row)), column, respondent
            faults.append(export.warning(cell or "ingenting", one_of(words), action, *place, quotes=bool(cell)))
    return faults


def _placing_action(study: Study, cell: str, key: str) -> str:
    what = "kommunen" if key == "municipality" else "gruppen"
    if not cell:
        return f"Udfyld {what} i spørgeskemasystemet, hvis den kendes, og hent filen igen. Besvarelsen er sat til side."
    if key == "group":
        return f"Ret {what}, eller tilføj koden under koder i {STUDY_FILE}. Besvarelsen er sat til side."
    meant = study.suggest_municipality(cell)
    question = f"Mente du {meant}? " if meant else ""
    return f"{question}Tilføj stavemåden under stavemaader i {STUDY_FILE}. Besvarelsen er sat til side."
