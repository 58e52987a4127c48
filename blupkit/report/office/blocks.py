"""What a document is made of: blocks that follow each other, as a screen reader reads them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Run(NamedTuple):
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


Words = tuple[Run, ...]


class Look(StrEnum):
    """What a paragraph is, by the style that a document gives it."""

    BODY = "Normal"
    LEAD = "Lead"
    CAPTION = "Caption"
    NOTE = "Note"
    QUOTE = "Quote"
    BANNER = "Banner"


@dataclass(frozen=True)
class Heading:
    """A heading; the document's own title is the only one of level 1."""

    words: Words
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    words: Words
    look: Look = Look.BODY


@dataclass(frozen=True)
class Item:
    """An item of a list.

    Parameters
    ----------
    words : tuple of Run
        What it says.
    level : int
        How deep its list stands in others, from 0.
    numbered : int
        Which of the document's numbered lists it belongs to, from 1; 0 for one with bullets.
    boxed : bool
        Whether it is to be ticked: it then has a box in place of its bullet or number.
    """

    words: Words
    level: int = 0
    numbered: int = 0
    boxed: bool = False


@dataclass(frozen=True)
class Grid:
    """A table; its first row is the heads, and the first cell of each other row names it.

    Parameters
    ----------
    caption : str
        What it is of.
    rows : tuple of tuple of str
        The cells as they are printed.
    drawn : bool
        Whether it has the numbers of a figure.
    filled_in : bool
        Whether people write in its rows, which are then high enough for a hand.
    """

    caption: str
    rows: tuple[tuple[str, ...], ...]
    drawn: bool = False
    filled_in: bool = False


@dataclass(frozen=True)
class Columns:
    """From here on, what follows stands in so many columns beside each other."""

    number: int


Block = Heading | Paragraph | Item | Grid
Laid = Block | Columns


def words_of(block: Block) -> str:
    r"""Give what a block says, the cells of a table apart from each other.

    Examples
    --------
    >>> words_of(Paragraph((Run("Tre "), Run("fund", bold=True)))), words_of(Grid("", (("", "n"), ("Ansatte", "12"))))
    ('Tre fund', '\tn\nAnsatte\t12')
    """
    if isinstance(block, Grid):
        return "\n".join("\t".join(row) for row in block.rows)
    return "".join(run.text for run in block.words)
