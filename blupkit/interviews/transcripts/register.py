"""The register: who takes part or is mentioned, and what points to them; and what was decided of other words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

import pandas as pd

from blupkit.core import Fault, Study
from blupkit.core.sections import InterviewFiles
from blupkit.interviews.transcripts.sheet import Sheet, read_sheet

REGISTER_COLUMNS: Final = ["interview", "name", "role", "municipality", "age", "aliases", "replacement", "quotable"]
DECISION_COLUMNS: Final = ["candidate", "decision", "replacement", "note"]
_HEADS: Final = {"interview": "interview", "navn": "name", "rolle": "role", "kommune": "municipality", "alder": "age"}
_WANTED: Final = {
    "interview": "interviewets id",
    "navn": "navnet, som det skal erstattes",
    "rolle": "personens rolle",
    "aliasser": "andre navne, adskilt af semikolon",
}
_ASKED: Final = {
    "kandidat": "det fundne ord",
    "afgoerelse": "behold eller erstat",
    "erstatning": "det, der skal stå",
}
#: Columns that the list may have: when a participant consented, and to what.
CONSENT, COVERS = "samtykke", "omfatter"
#: How what covers quotes begins.
QUOTES: Final = "citat"
#: Roles that every study may use, besides those that it maps to groups itself.
COMMON_ROLES: Final = ("moderator", "teknik", "omtalt", "sted")
#: What a role is called where a name stood, unless the study's `rolleord` says something else.
_USUAL_WORDS: Final = {
    "moderator": "moderator",
    "teknik": "vært",
    "sted": "sted",
    "ansat": "medarbejder",
    "politiker": "politiker",
}
#: What stands instead of a name when no word for the role is known.
OMITTED: Final = "[navn udeladt]"


class Decision(StrEnum):
    """What a person has decided about a word that may point to somebody."""

    KEEP = "behold"
    REPLACE = "erstat"


def read_register(study: Study) -> pd.DataFrame:
    """Read the list of those who take part or are mentioned.

    Parameters
    ----------
    study : Study
        The study. Without a `deltagere` file the register is empty.

    Returns
    -------
    pandas.DataFrame
        interview, name, role, municipality, age (all text), aliases (tuple of str), replacement (what stands instead of
        the name: the study's word for the role, else the usual one, else the singular of the role's group), quotable
        (whether the consent covers quotes; where the file has no column `samtykke`, nobody has asked for that here);
        the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    DataError
        All rows with an unknown interview, an unknown role, or no name, at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_register(example_study())[["name", "role", "replacement"]].values.tolist()[1:]
    [['Bo Storm', 'lokalråd', '[lokalrådsmedlem]'], ['Ida Holm', 'ansat', '[medarbejder]']]
    """
    files = study.interviews
    if files is None or files.participants is None:
        return pd.DataFrame(columns=REGISTER_COLUMNS, dtype="str")
    sheet = _register_sheet(study, files.participants)
    table = sheet.wrong(_people_faults(sheet, files)).checked()
    lacking = {fault.row for fault in _consent_faults(sheet, files)}
    words = role_words(study)
    register = table[list(_HEADS)].rename(columns=_HEADS)
    register["aliases"] = [tuple(filter(None, map(str.strip, text.split(";")))) for text in table["aliasser"]]
    register["replacement"] = [words.get(role, OMITTED) for role in register["role"]]
    register["quotable"] = ~register.index.isin(lacking)
    return register


def _register_sheet(study: Study, name: str) -> Sheet:
    sheet, files = read_sheet(study, name, _WANTED, more=("kommune", "alder", CONSENT, COVERS)), study.interview_files
    known = {"interview": [each.id for each in files.transcripts], "rolle": [*files.roles, *COMMON_ROLES]}
    return sheet.as_spelt(known)


def consent_faults(study: Study) -> list[Fault]:
    """List the participants whose consent is not in the register, or does not cover quotes.

    Parameters
    ----------
    study : Study
        The study. Nothing is asked for where its list of participants has no column `samtykke`.

    Returns
    -------
    list of Fault
        A warning a row. They name rows and never persons.

    Raises
    ------
    FileError
        The list cannot be read, or lacks a column.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> consent_faults(example_study())
    []
    """
    files = study.interviews
    if files is None or files.participants is None:
        return []
    return list(_consent_faults(_register_sheet(study, files.participants), files))


def consents_told(study: Study) -> str:
    """Say how many of those who take part have consented, for the record of what is kept.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    str
        "" where the list of participants does not say.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> consents_told(example_study())
    ''
    """
    files = study.interviews
    if files is None or files.participants is None:
        return ""
    sheet = _register_sheet(study, files.participants)
    if CONSENT not in sheet.given:
        return ""
    asked = sheet.table[sheet.table["rolle"].isin(list(files.roles))]
    lacking = Counter(fault.column for fault in _consent_faults(sheet, files))
    dated = len(asked) - lacking[CONSENT]
    told = f"{dated} af {len(asked)} deltagere har en dato for samtykke"
    return f"{told}; {dated - lacking[COVERS]} af dem omfatter citater" if COVERS in sheet.given else told


def _consent_faults(sheet: Sheet, files: InterviewFiles) -> Iterator[Fault]:
    if CONSENT not in sheet.given:
        return
    table = sheet.table[sheet.table["rolle"].isin(list(files.roles))]
    for row, day, covers in table[[CONSENT, COVERS]].itertuples(name=None):
        if not _is_date(day):
            expected = "datoen for deltagerens samtykke, som 2027-05-03"
            yield sheet.warning(
                row, CONSENT, day, expected, "Skriv datoen. Indtil da vises ingen citater af deltageren."
            )
        elif COVERS in sheet.given and not any(part.strip().startswith(QUOTES) for part in covers.split(";")):
            expected = "»citater«, hvis samtykket omfatter dem"
            yield sheet.warning(row, COVERS, covers, expected, "Citater af deltageren vises ikke.")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def role_words(study: Study) -> dict[str, str]:
    """Give what stands instead of the name of somebody with a role, in brackets.

    Parameters
    ----------
    study : Study
        Its `rolleord` come first, then the usual words, then the singular of the role's group.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> words = role_words(example_study())
    >>> words["lokalråd"], words["politiker"], words.get("omtalt")
    ('[lokalrådsmedlem]', '[politiker]', None)
    """
    files = study.interviews
    groups = {group.key: group.singular.lower() for group in study.groups}
    of_groups = {role: groups[key] for role, key in files.roles.items() if key in groups} if files else {}
    words = of_groups | _USUAL_WORDS | (files.role_words if files else {})
    return {role: f"[{word.strip('[ ]')}]" for role, word in words.items()}


def read_decisions(study: Study) -> pd.DataFrame:
    """Read what the consultant has decided about candidates.

    Parameters
    ----------
    study : Study
        The study. Without an `afgoerelser` file nothing is decided.

    Returns
    -------
    pandas.DataFrame
        candidate, decision (a `Decision`), replacement, note; the index is the row in the file.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    DataError
        All rows with an unknown decision, or with the same candidate twice, at once.

    Examples
    --------
    The study of the examples has no such file:

    >>> from blupkit.core import example_study
    >>> read_decisions(example_study()).empty
    True
    """
    name = study.interviews.decisions if study.interviews else None
    if name is None:
        return pd.DataFrame(columns=DECISION_COLUMNS, dtype="str")
    sheet = read_sheet(study, name, _ASKED, more=("note",))
    return sheet.wrong(_decision_faults(sheet)).checked().set_axis(DECISION_COLUMNS, axis=1)


def _people_faults(sheet: Sheet, files: InterviewFiles) -> Iterator[Fault]:
    roles, interviews = (*files.roles, *COMMON_ROLES), [transcript.id for transcript in files.transcripts]
    for row, interview, name, role in sheet.table[["interview", "navn", "rolle"]].itertuples(name=None):
        if not name:
            yield sheet.fault(row, "navn", "", "et navn eller et sted", "Skriv navnet.")
        if interview not in interviews:
            expected = "et af " + ", ".join(interviews)
            yield sheet.fault(row, "interview", interview, expected, "Ret interviewets id.")
        if role not in roles:
            action = "Ret rollen, eller tilføj den under »roller« i study.toml."
            yield sheet.fault(row, "rolle", role, "en af " + ", ".join(roles), action)


def _decision_faults(sheet: Sheet) -> Iterator[Fault]:
    seen: set[str] = set()
    for row, candidate, decision in sheet.table[["kandidat", "afgoerelse"]].itertuples(name=None):
        if decision not in [*Decision]:
            yield sheet.fault(row, "afgoerelse", decision, " eller ".join(Decision), "Ret afgørelsen.")
        if not candidate:
            yield sheet.fault(row, "kandidat", "", "et ord", "Skriv ordet, eller slet rækken.")
        elif candidate in seen:
            yield sheet.fault(row, "kandidat", candidate, "hvert ord én gang", "Behold én af rækkerne.")
        seen.add(candidate)
