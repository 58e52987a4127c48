"""What a document says from its first line to its last, and what stands beside it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum


class Aside(StrEnum):
    """What is in a document and not part of what it says, as it is told of in Danish."""

    COMMENTS = "kommentarer"
    NOTES = "fodnoter eller slutnoter"
    MARGINS = "sidehoved eller sidefod"
    HIDDEN = "skjult tekst"
    DELETED = "det, der er slettet med sporede ændringer"
    PLACEHOLDERS = "felter, som ingen har udfyldt"


@dataclass(frozen=True)
class Table:
    """A table: the text of each cell of each row; a line break parts the paragraphs of a cell."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Document:
    """What a document says.

    Parameters
    ----------
    blocks : tuple of str and Table
        Paragraphs and tables as they follow each other; a line break inside a paragraph is a line feed.
    asides : dict of Aside to list of str
        What is not part of it, as it stands.
    """

    blocks: tuple[str | Table, ...]
    asides: dict[Aside, list[str]]


@dataclass
class Flow:
    r"""A document while it is read.

    Examples
    --------
    >>> flow = Flow()
    >>> flow.write("L1: ")
    >>> flow.write("Ja.")
    >>> flow.beside(["L2: I en boks."])
    >>> flow.end()
    >>> flow.blocks
    ['L1: Ja.', 'L2: I en boks.']
    """

    blocks: list[str | Table] = field(default_factory=list)
    asides: dict[Aside, list[str]] = field(default_factory=lambda: defaultdict(list))
    _pieces: list[str] = field(default_factory=list)
    _beside: list[str | Table] = field(default_factory=list)

    def inner(self) -> Flow:
        """Begin what stands within: a cell, or a box."""
        return Flow(asides=self.asides)

    def write(self, text: str) -> None:
        """Go on with the paragraph."""
        self._pieces.append(text)

    def beside(self, blocks: list[str | Table]) -> None:
        """Set what a box holds after the paragraph in which it stands."""
        self._beside += blocks

    def taken(self) -> str:
        """Take the words of a paragraph that belongs elsewhere, as in a cell."""
        text, self._pieces = "".join(self._pieces), []
        return text

    def end(self) -> None:
        """End the paragraph."""
        self.blocks.append("".join(self._pieces))
        self.blocks += self._beside
        self._pieces, self._beside = [], []

    def set_table(self, rows: list[list[str]]) -> None:
        """Set a table; a paragraph before it that was to go on ends here."""
        self.whole()
        self.blocks.append(Table(tuple(map(tuple, rows))))

    def whole(self) -> list[str | Table]:
        """Give everything; a paragraph that was to go on in one that is not there ends here."""
        if self._pieces or self._beside:
            self.end()
        return self.blocks

    def text(self) -> str:
        """Give everything as lines; the cells of a table in a cell follow each other."""
        return "\n".join(block if isinstance(block, str) else _flat(block) for block in self.whole())


def _flat(table: Table) -> str:
    return "\n".join("\t".join(row) for row in table.rows)
