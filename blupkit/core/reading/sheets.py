"""Which sheet of a workbook holds the table, and where on it the table begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from blupkit.core.files import refuse
from blupkit.core.reading.heading import LOOKED_AT, find_heading, recognised
from blupkit.core.reading.workbook import Book, Sheet, cell_text

COMMENT: Final = "#"
#: How many of the headings that the best sheet has another one may have, and still be no sheet of answers.
_ALIKE: Final = 0.8
_COVER: Final = 2


class Titled(NamedTuple):
    """The rows of a sheet from the one that names the columns on, its number, and how many titles stand above it."""

    rows: list[list[Any]]
    number: int
    titles: int = 0

    def texts(self, place: int) -> list[str]:
        """Give a row as text."""
        return list(map(cell_text, self.rows[place]))


def titled(sheet: Sheet, known: Mapping[str, bool] | None) -> Titled:
    """Find the row of a sheet that names the columns.

    Parameters
    ----------
    sheet : Sheet
        As `Book.sheet` reads it.
    known : mapping of str to bool, optional
        The headings that are expected in what a system sent; see `core.read_table`. Without, the sheet is one that a
        person keeps: rows above it that begin with "#" are remarks.
    """
    rows: list[list[str]] = []
    places: list[int] = []
    for place, cells in enumerate(sheet.rows):
        texts = list(map(cell_text, cells))
        if not any(text.strip() for text in texts) or (known is None and not rows and texts[0].startswith(COMMENT)):
            continue
        rows.append(texts)
        places.append(place)
        if known is None or len(rows) == LOOKED_AT:
            break
    if not rows:
        return Titled([], 1)
    titles = 0 if known is None else find_heading(rows, known)
    return Titled(sheet.rows[places[titles] :], places[titles] + 1, titles)


def answers_on(book: Book, known: Mapping[str, bool]) -> Sheet:
    """Read the sheet with the answers: the one whose headings are known, behind a cover if there is one.

    Parameters
    ----------
    book : Book
        The workbook.
    known : mapping of str to bool
        The headings that are expected; see `core.read_table`.

    Raises
    ------
    FileError
        Several sheets have them: who stands on the others would be lost.
    """
    names = book.visible or book.sheets
    if len(names) == 1:
        return book.sheet(names[0])
    beginnings = {name: book.beginning(name, LOOKED_AT) for name in names}
    shown = {name: max((recognised(row, known) for row in rows), default=0) for name, rows in beginnings.items()}
    most = max(shown.values())
    if not most:
        wide = (name for name, rows in beginnings.items() if any(sum(map(bool, row)) > _COVER for row in rows))
        return book.sheet(next(wide, names[0]))
    alike = [name for name, count in shown.items() if count >= max(_COVER, _ALIKE * most) and len(beginnings[name]) > 1]
    if len(alike) > 1:
        found = " og ".join(f"»{name}«" for name in alike)
        action = 'Saml svarene på ét ark, eller skriv arket under ark i study.toml, for eksempel ark = { "Svar" = "" }.'
        refuse(book.name, f"svar på flere ark: {found}", "ét ark med svar", action, quotes=False)
    return book.sheet(max(names, key=lambda name: shown[name]))
