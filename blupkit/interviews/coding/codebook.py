"""The codebook: themes and codes with definitions, and the patterns that suggestions are made from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import many
from blupkit.interviews.transcripts.sheet import Sheet, read_sheet

#: Columns of the file in the order of `Code`: those that must be filled in, with what they hold, and the others.
_WANTED: Final = {
    "kode": "kodens nummer",
    "tema_nr": "temaets nummer",
    "tema": "temaets navn",
    "navn": "kodens navn",
    "definition": "kodens definition",
}
_MORE: Final = ("medtages", "medtages_ikke", "eksempel", "soegemoenster")
_WORD: Final = re.compile(r"\*?[\w§-]+\*?")


class Code(NamedTuple):
    """One code of the codebook; `patterns` is what suggestions are made from."""

    code: str
    theme: str
    theme_name: str
    name: str
    definition: str
    include: str
    exclude: str
    example: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Codebook:
    """The study's codes.

    Parameters
    ----------
    codes : pandas.DataFrame
        One row a code with the columns of `Code`, all text but for the patterns; the index is the row in the file.
    parties : tuple of str
        Whom a passage can be about; without them any word will do.

    Examples
    --------
    >>> codes = {"code": ["1.1", "1.2"], "theme": "1", "theme_name": "Roller", "name": ["Mandat", "Ansvar"]}
    >>> codebook = Codebook(pd.DataFrame(codes))
    >>> codebook
    Kodebog: 1 tema og 2 koder. Prøv .theme_names eller .names; .codes er hele bogen.
    >>> codebook.names["1.2"], codebook.theme_of["1.2"], codebook.theme_names
    ('Ansvar', '1', {'1': 'Roller'})
    """

    codes: pd.DataFrame
    parties: tuple[str, ...] = ()

    def __repr__(self) -> str:
        themes, codes = many(len(self.theme_names), "tema", "temaer"), many(len(self.rows), "kode", "koder")
        return f"Kodebog: {themes} og {codes}. Prøv .theme_names eller .names; .codes er hele bogen."

    def __dir__(self) -> list[str]:
        return ["codes", "names", "parties", "theme_names", "theme_of"]

    @cached_property
    def rows(self) -> list[Code]:
        """The codes in the codebook's order; what it does not say of them is empty."""
        cells = self.codes.reindex(columns=list(Code._fields), fill_value="")
        return [Code._make(row) for row in cells.itertuples(index=False, name=None)]

    @property
    def names(self) -> dict[str, str]:
        """Code → its name."""
        return {code.code: code.name for code in self.rows}

    @cached_property
    def theme_of(self) -> dict[str, str]:
        """Code → the number of its theme."""
        return {code.code: code.theme for code in self.rows}

    @property
    def theme_names(self) -> dict[str, str]:
        """Theme → its name, in the codebook's order."""
        return {code.theme: code.theme_name for code in self.rows}


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

    Examples
    --------
    >>> from blupkit import core
    >>> read_codebook(core.example_study()).rows[0].patterns
    ('mandat*', 'love noget')
    """
    files = study.interview_files
    sheet = read_sheet(study, files.codebook, _WANTED, _MORE)
    codes = sheet.table.set_axis(list(Code._fields), axis="columns")
    patterns = codes.pop("patterns")
    codes["patterns"] = [tuple(part.strip() for part in text.split("|") if part.strip()) for text in patterns]
    codebook = Codebook(codes, files.parties)
    _judged(sheet, codebook).checked()
    return codebook


def _judged(sheet: Sheet, codebook: Codebook) -> Sheet:
    """Give the sheet with all that is wrong in it."""
    faults = [] if codebook.rows else [sheet.fault(None, "", "ingen koder", "mindst én kode", "Skriv koderne i filen.")]
    names: dict[str, str] = {}
    seen: set[str] = set()
    for place, row in zip(codebook.codes.index.tolist(), codebook.rows, strict=True):
        faults += [sheet.fault(place, *says) for says in _wrong_cells(row, seen)]
        seen.add(row.code)
        known = names.setdefault(row.theme, row.theme_name)
        if row.theme and known != row.theme_name:
            expected = f"»{known}« som i rækken med temaets første kode"
            faults.append(sheet.fault(place, "tema", row.theme_name, expected, "Ret temaets navn eller nummer."))
    return sheet.wrong(faults)


#: Column, what stands there, what was expected, what to do.
_Says = tuple[str, str, str, str]


def _wrong_cells(row: Code, earlier: set[str]) -> list[_Says]:
    filled = zip(_WANTED.items(), row, strict=False)
    wrong = [(column, "", what, "Udfyld cellen.") for (column, what), cell in filled if not cell]
    if row.code and row.code in earlier:
        wrong.append(("kode", row.code, "et nummer, der kun er brugt én gang", "Giv koden sit eget nummer."))
    for pattern in row.patterns:
        if not all(_WORD.fullmatch(word) for word in pattern.split()):
            expected = "ord adskilt af mellemrum, eventuelt med * først eller sidst i ordet, og | mellem mønstrene"
            wrong.append(("soegemoenster", pattern, expected, "Ret søgemønstret."))
    return wrong
