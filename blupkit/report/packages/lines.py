"""Which words name a line of a table or a drawing, and which words its numbers stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from math import inf
from typing import Final

from blupkit.core.excerpts import plain
from blupkit.core.language import sentences
from blupkit.report.packages.passage import Kind, Passage

#: The names of lines, and the words in which their numbers stand.
Line = tuple[list[str], str]
#: What a label may be written with and mean the same line: a number in front, "at", a mark or brackets behind.
_EDGES: Final = re.compile(r"^(?:\d+[.)]\s+|at\s)|(?<=[^\W\d_])(?:[\s*:¹²³\d]+|\s*\([^()]*\))$", re.IGNORECASE)
#: A label that reads as a number: "0", "1-3", "09:30", "50 pct.".
_BARE: Final = re.compile(r"[\W\d_]*(?:(?:pct|procent|kr|point)\b[\W\d_]*)?")
_ONE_NUMBER: Final = re.compile(r"\W*\d+(?:[.,]\d+)?\s*(?:pct\.?|%)?")
#: Stands before a bare label that is known to name a line; no page has it.
_NAMED: Final = "\n"
#: Into how many pieces a drawing cuts a name at most.
_PIECES: Final = 6
_NOTHING: Final = "(?!)"


class Lines:
    """Finds the lines of what is sent by their names.

    A label that reads as a number names no line by itself: any cell may say "0". It does so in quotation marks, and in
    the column of a table or a drawing in which the other labels stand.

    Parameters
    ----------
    labels : iterable of str
        All names, in lower case.
    groups : iterable of str
        Those of them that are groups of people: in a drawing they stand in its legend, and no result follows them.
    measures : iterable of str
        What numbers are called, in lower case: "andel, 45-59 år" in a cell by itself, or "45-59 år" in a legend, holds
        no result.

    Examples
    --------
    >>> lines = Lines(["ingen", "0", "1-3"], [])
    >>> rows = [Passage(Kind.ROW, f"række {n}", "", row, ("0", "1")) for n, row in enumerate([("", "Alle"), ("0", "12"),
    ...     ("1-3", "0")], start=1)]
    >>> [list(lines.of(row, lines.columns(rows)[table_of(row)])) for row in rows]
    [[], [(['0'], '12')], [(['1-3'], '0')]]
    """

    def __init__(self, labels: Iterable[str], groups: Iterable[str], measures: Iterable[str] = ()) -> None:
        self._known = frozenset(filter(None, labels))
        self._groups = frozenset(groups)
        # One that reads as a single number could hide a number that must not be there.
        self._called = frozenset(name for name in measures if not _ONE_NUMBER.fullmatch(name))
        self._measures = self._called - self._known
        self._bare = frozenset(filter(_BARE.fullmatch, self._known))
        # In running text a single word, such as "økonomi", names a line only in quotation marks or before a colon.
        every = sorted(self._known, key=len, reverse=True)
        worded = [label for label in every if label not in self._bare]
        several = [label for label in worded if " " in label]
        quoted, alone, within = ("|".join(map(re.escape, part)) or _NOTHING for part in (every, worded, several))
        self._labels = re.compile(
            rf"(?<=[»”“\"'])(?:{quoted})(?=[«”“\"'])|(?<!\w)(?:{alone})(?=: )|(?<!\w)(?:{within})(?!\w)"
        )

    def columns(self, found: Iterable[Passage]) -> dict[str, str]:
        """Find in each table of a file the column in which the names of its lines stand.

        Parameters
        ----------
        found : iterable of Passage
            What `passages` gave.

        Returns
        -------
        dict of str to str
            The table, as `table_of` names it → its column; without those that have none.
        """
        tables: dict[str, list[Passage]] = defaultdict(list)
        if self._bare:
            for passage in found:
                if passage.kind == Kind.ROW:
                    tables[table_of(passage)].append(passage)
        columns = {table: self._column(rows[1:], rows=len(rows) - 1) for table, rows in tables.items()}
        return {table: column for table, column in columns.items() if column}

    def of(self, passage: Passage, column: str) -> Iterator[Line]:
        """Give the lines that a passage names, wherever it stands.

        Parameters
        ----------
        passage : Passage
            One of a file.
        column : str
            What `columns` gave for the table that it is a row of; "" where it gave none.

        Yields
        ------
        tuple of list of str and str
            The lines' names, and the words that their numbers stand in.
        """
        if passage.kind == Kind.ROW:
            yield from self._row(passage, column)
        elif passage.kind == Kind.FIGURE:
            yield from self._drawn(passage)
        elif self._known:
            text = plain(passage.text)
            # Most texts name no line in any of their sentences, which then need not be found.
            for start, end in sentences(text) if self._labels.search(text.casefold()) else ():
                said = text[start:end].casefold()
                if names := self._labels.findall(said):
                    yield self._telling(names), self._labels.sub(" ", said)

    def _row(self, passage: Passage, column: str) -> Iterator[Line]:
        names, others = [], []
        for cell, place in zip(map(plain, passage.cells), passage.columns, strict=True):
            name = cell.casefold() if cell.casefold() in self._known else _EDGES.sub("", cell).casefold()
            if name in self._known and (name not in self._bare or place == column):
                names.append(name)
            elif cell.casefold() not in self._measures:
                others.append(cell)
        if names:
            yield self._telling(names), " ".join(others)

    def _drawn(self, passage: Passage) -> Iterator[Line]:
        column = self._column([passage]) if self._bare else ""
        # A drawing begins with its legend: an answer that it is split by names no line there, though it does elsewhere.
        legend = 0
        while legend < len(passage.cells) and passage.cells[legend].casefold() in self._called:
            legend += 1
        words = [
            _NAMED + word if place == column and word.casefold() in self._bare else word
            for word, place in zip(passage.cells[legend:], passage.columns[legend:], strict=True)
            if word.casefold() not in self._measures
        ]
        known = self._known - self._groups - self._bare
        for names, part in _drawn_lines(words, known | {_NAMED + name for name in self._bare}):
            yield [name.removeprefix(_NAMED) for name in names], part

    def _telling(self, names: list[str]) -> list[str]:
        """Name the lines; the groups only where no line is named, and then all, since one number may be of any."""
        return [name for name in names if name not in self._groups] or sorted(self._groups)

    def _column(self, passages: Sequence[Passage], rows: float = inf) -> str:
        """Find the column of the labels: the first that holds one with words, or else holds bare labels only.

        What stands to the left of bare labels does not tell the rows apart by itself: where it does, they are numbers.
        """
        cells: dict[str, list[str]] = defaultdict(list)
        for passage in passages:
            for cell, column in zip(passage.cells, passage.columns, strict=True):
                cells[column].append(plain(cell).casefold())
        ordered = sorted(cells, key=_from_left)
        worded = self._known - self._groups - self._bare
        for column in ordered:
            if worded.intersection(cells[column]):
                return column
        for column in ordered:
            numbers = {cell for cell in cells[column] if cell and _BARE.fullmatch(cell)}
            if len(numbers) > 1 and numbers <= self._bare:
                return column
            if len(set(cells[column])) >= rows:
                return ""
        return ""


def table_of(passage: Passage) -> str:
    """Name the table that a row stands in.

    Parameters
    ----------
    passage : Passage
        A row.

    Returns
    -------
    str
        "" for the only one of a file.

    Examples
    --------
    >>> table_of(Passage(Kind.ROW, "tabel 2 på siden, række 3", ""))
    'tabel 2 på siden, '
    """
    return passage.place.rpartition("række ")[0]


def _from_left(column: str) -> float:
    try:
        return float(column)
    except ValueError:
        return inf


def _drawn_lines(words: list[str], known: Container[str]) -> list[tuple[list[str], str]]:
    """Find the lines of a drawing: a name in one or several pieces, and then its numbers."""
    place, ended = 0, ""
    lines: list[tuple[list[str], list[str]]] = []
    while place < len(words):
        # "økonomi" after "politik, indflydelse og" is the end of a longer name.
        goes_on = place > 0 and words[place - 1][-1:].isalpha() and words[place - 1] != ended
        length, found = max(
            (
                (length, name)
                for length in range(1, min(_PIECES, len(words) - place) + 1)
                for name in _joined(words[place : place + length])
                if name in known and not (goes_on and " " not in name and _NAMED not in name)
            ),
            default=(1, ""),
        )
        if found:
            lines.append(([found], []))
            ended = words[place + length - 1]
        elif lines:
            lines[-1][1].append(words[place])
        place += length
    return [(names, " ".join(numbers)) for names, numbers in lines]


def _joined(pieces: list[str]) -> set[str]:
    """Join a name that was cut to fit; a hyphen at the end of a piece is its own or the cut's."""
    whole = " ".join(pieces).casefold()
    return {whole, whole.replace("- ", "")}
