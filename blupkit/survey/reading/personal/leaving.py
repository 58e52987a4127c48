"""Columns that tell who somebody is are left out of an export, and each is told with the line that keeps it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import STUDY_FILE, DataError, Fault, Level
from blupkit.core.sections import SurveyFiles
from blupkit.survey.reading.personal.columns import Personal, keep_line, personal_columns

OPEN: Final = "aaben"
#: What is expected of an export, where a column tells it.
NOBODY: Final = "ingen oplysninger om, hvem der har svaret"


class Left(NamedTuple):
    """An export without the columns that tell who somebody is, which they were, and what is to be said of them."""

    data: pd.DataFrame
    structure: pd.DataFrame
    dropped: tuple[str, ...]
    faults: tuple[Fault, ...]


def without_persons(
    data: pd.DataFrame, labels: pd.DataFrame, structure: pd.DataFrame, worded: pd.DataFrame, files: SurveyFiles
) -> Left:
    """Leave out what tells who somebody is.

    Parameters
    ----------
    data, labels, structure : pandas.DataFrame
        As `Export` has them.
    worded : pandas.DataFrame
        What the questionnaire calls its questions: `variable`, `kind`, `question`, `text`.
    files : SurveyFiles
        The columns that the study names, and what it says of personal data.

    Returns
    -------
    Left
        Faults are all "advarsel": one for what only looks like it, what shows by its cells, or what the study keeps,
        each, and one for all others.

    Raises
    ------
    DataError
        The respondents' id is such a column, or the study decides on a column that there is not.

    Examples
    --------
    >>> import pandas as pd
    >>> labels = pd.DataFrame({"variable": []})
    >>> structure = pd.DataFrame({name: [] for name in ("variableName", "questionText", "subType")})
    >>> worded = pd.DataFrame([["q", "aaben", "Hvorfor?", ""]], columns=["variable", "kind", "question", "text"])
    >>> data = pd.DataFrame({"q": ["Fordi"], "Mailadresse": ["x@eksempel.dk"]})
    >>> without_persons(data, labels, structure, worded, SurveyFiles(data="svar.csv")).dropped
    ('Mailadresse',)
    """
    texts: dict[str, set[str]] = {}
    for name, *said in worded[["variable", "question", "text"]].itertuples(index=False, name=None):
        texts.setdefault(str(name), set()).update(said)
    texts |= {name: {text} for name, text in zip(structure["variableName"], structure["questionText"], strict=True)}
    ticks = structure.loc[structure["subType"] == "Multiple", "variableName"]
    closed = {*worded.loc[worded["kind"] != OPEN, "variable"], *labels["variable"], *ticks}
    found = personal_columns(data, texts, closed, files.personal, {files.municipality, files.group})
    gone = tuple(one.column for one in found if not one.kept)
    if files.respondent in gone:
        expected = "en kolonne, der ikke fortæller, hvem der har svaret"
        action = (
            "Vælg en anden kolonne som besvarelse_id, eller fjern indstillingen. Er den kun et nummer, så skriv:"
            f" {keep_line(str(files.respondent))}"
        )
        raise DataError(Fault(STUDY_FILE, str(files.respondent), expected, action, column="besvarelse_id"))
    known = {*texts, *(name for name in (files.respondent, *files.personal) if name)}
    told = [_fault(files.data, one, known) for one in found if not _is_plain(one)]
    if plainly := [one.column for one in found if _is_plain(one)]:
        told.append(_told_together(files.data, plainly))
    left = structure[~structure["variableName"].isin(gone)]
    return Left(data.drop(columns=list(gone)), left, gone, tuple(told))


def _is_plain(one: Personal) -> bool:
    """Whether its name says it all."""
    return one.sure and not one.kind


def _told_together(name: str, columns: Collection[str]) -> Fault:
    action = (
        "Kolonnerne er udeladt ved indlæsningen. Slet dem også i filen. Skal en af dem med, så skriv under"
        f" [spoergeskema] i {STUDY_FILE}: {keep_line('kolonnens navn')}"
    )
    # A file without headings has somebody's answers there: their names are for the consultant's own list.
    return Fault(name, ", ".join(columns), NOBODY, action, 1, level=Level.WARNING)


def _fault(name: str, one: Personal, known: Collection[str]) -> Fault:
    # A file without headings has somebody's answers there: what nobody knows is for the consultant's own list.
    heading = one.column if one.column in known else ""
    if one.kept:
        found, action = one.kind, f"Kolonnen er beholdt, fordi {STUDY_FILE} siger nej. Den må ikke sendes videre."
    else:
        found = one.kind or "en kolonne, der måske fortæller, hvem der har svaret"
        kept = keep_line(heading or "kolonnens navn")
        action = (
            f"Kolonnen er udeladt. Skal den med, så skriv under [spoergeskema] i {STUDY_FILE}: {kept}"
            ' ("ja", hvis den skal blive ude).'
        )
    found = found if heading else f"{one.column}: {found}"
    return Fault(name, found, NOBODY, action, 1, heading, level=Level.WARNING, quotes=not heading)
