"""Some words of a file that is sent, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """How the words of a passage belong together."""

    #: Running text.
    TEXT = "tekst"
    #: A row of a table.
    ROW = "række"
    #: The words of a figure, or of a table with its caption.
    FIGURE = "figur"
    #: What nobody sees.
    HIDDEN = "skjult"
    #: What must not be there at all, whatever it says.
    FOREIGN = "fremmed"


#: The place of what is found by reading a file from end to end.
WHOLE: Final = "filen som helhed"
#: What sets cells and pieces of text apart, so that no number is read from one into the next.
BAR: Final = " | "
#: What is foreign where it could do something by itself.
ACTIVE: Final = "noget, der kan hente eller køre andet"


@dataclass(frozen=True)
class Passage:
    """Some words of a file, and where they stand.

    Parameters
    ----------
    kind : Kind
        How its words belong together.
    place : str
        Where it is, in numbers and never in the file's own words: they may be the secret.
    text : str
        The words; of what is foreign, what it is. Cells, and pieces of text, stand on either side of a `BAR`.
    cells : tuple of str
        The cells of a row; the pieces of text in a drawing, in the order in which they were drawn.
    columns : tuple of str
        In which column each cell stands; how far to the right each piece of a drawing begins.
    """

    kind: Kind
    place: str
    text: str
    cells: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def row_of(place: str, cells: tuple[str, ...]) -> Passage:
    """Give a row of a table.

    Examples
    --------
    >>> row_of("række 1", ("Emne", "Gab")).text
    'Emne | Gab'
    """
    return Passage(Kind.ROW, place, BAR.join(cells), cells, tuple(map(str, range(len(cells)))))
