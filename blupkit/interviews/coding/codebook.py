"""The codebook: themes and codes with definitions, and the patterns that suggestions are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from blupkit.core import DataError, Fault, Study, check_columns, read_table
from blupkit.interviews.transcripts.reading import interview_files

_HEADS: Final = {
    "kode": "code",
    "tema_nr": "theme",
    "tema": "theme_name",
    "navn": "name",
    "definition": "definition",
    "medtages": "include",
    "medtages_ikke": "exclude",
    "eksempel": "example",
    "soegemoenster": "patterns",
}
_WANTED: Final = {
    "kode": "kodens nummer",
    "tema_nr": "temaets nummer",
    "tema": "temaets navn",
    "navn": "kodens navn",
    "definition": "kodens definition",
}
_WORD: Final = re.compile(r"\*?[\w§-]+\*?")


@dataclass(frozen=True)
class Codebook:
    """The study's codes.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row a code: code, theme, theme_name, name, definition, include, exclude, example (all text), patterns (tuple
        of str); the index is the row in the file.
    """

    codes: pd.DataFrame

    @property
    def themes(self) -> pd.DataFrame:
        """One row a theme in the codebook's order: theme, theme_name."""
        return self.codes[["theme", "theme_name"]].drop_duplicates("theme").reset_index(drop=True)


def read_codebook(study: Study) -> Codebook:
    """Read the study's codebook.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Codebook
        Frozen.

    Raises
    ------
    FileError
        The file cannot be read, or lacks a column.
    DataError
        All rows with a code used twice, a theme without number or with two names, no name, no definition, or a pattern
        that cannot be used, at once.
    """
    name = interview_files(study).codebook
    table = read_table(study.path(name), name)
    check_columns(table, _WANTED, name)
    codes = table.reindex(columns=list(_HEADS), fill_value="").rename(columns=_HEADS)
    for column in codes:
        codes[column] = codes[column].str.strip()
    patterns = codes.pop("patterns")
    codes["patterns"] = [tuple(part.strip() for part in text.split("|") if part.strip()) for text in patterns]
    faults = _faults(codes, name)
    if faults:
        raise DataError(faults)
    return Codebook(codes)


def _faults(codes: pd.DataFrame, name: str) -> list[Fault]:
    faults: list[Fault] = []
    names: dict[str, str] = {}
    if codes.empty:
        faults.append(Fault(name, "ingen koder", "mindst én kode", "Skriv koderne i filen."))
    for place, row in zip(codes.index, codes.to_dict("records"), strict=True):
        earlier = codes.loc[: place - 1, "code"].tolist()
        faults += [_fault(name, place, *wrong) for wrong in _wrong(row, earlier)]
        known = names.setdefault(row["theme"], row["theme_name"])
        if row["theme"] and known != row["theme_name"]:
            expected = f"»{known}« som i rækken med temaets første kode"
            faults.append(_fault(name, place, "tema", row["theme_name"], expected, "Ret temaets navn eller nummer."))
    return faults


def _wrong(row: dict[Any, Any], earlier: list[str]) -> list[tuple[str, str, str, str]]:
    wrong = []
    for column, what in _WANTED.items():
        if not row[_HEADS[column]]:
            wrong.append((column, "en tom celle", what, "Udfyld cellen."))
    if row["code"] and row["code"] in earlier:
        wrong.append(("kode", str(row["code"]), "et nummer, der kun er brugt én gang", "Giv koden sit eget nummer."))
    patterns = row["patterns"]
    for pattern in patterns if isinstance(patterns, tuple) else ():
        if not all(_WORD.fullmatch(word) for word in pattern.split()):
            expected = "ord adskilt af mellemrum, eventuelt med * først eller sidst i ordet, og | mellem mønstrene"
            wrong.append(("soegemoenster", pattern, expected, "Ret søgemønstret."))
    return wrong


def _fault(name: str, row: int, column: str, found: str, expected: str, action: str) -> Fault:
    return Fault(name, found or "en tom celle", expected, action, row=int(row), column=column)
