"""A transcript's file as text: that of a document as its reader sees it, with what in it was not said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from blupkit.core import Fault, FileError, read_text
from blupkit.core.danish import many
from blupkit.core.language import word_count
from blupkit.core.reading.documents.flow import Aside, Document
from blupkit.core.reading.documents.opening import open_document
from blupkit.interviews.transcripts.documents.columns import lines_of
from blupkit.interviews.transcripts.turn import ARROW, CLOCK, warning

_Given = TypeVar("_Given")
#: A title above each page says nothing that anybody said; more words than a title has may.
_TITLE_WORDS: Final = 12
#: An older Teams sets the time above the name, in one paragraph.
_TIME_ABOVE: Final = re.compile(rf"\A\s*({CLOCK}\s*{ARROW}\s*{CLOCK})[ \t]*\n([^\n]+)(\n.*)?", re.S)
#: A paragraph that may begin a turn.
_LABELLED: Final = re.compile(rf"\s*(?:[^\s:][^:\n]{{0,59}}:(?:\s|$)|[^\n]{{1,80}}\s{CLOCK}\s*(?:\n|$)|[\[(]?{CLOCK})")
_WRITE_IN: Final = "Det er ikke læst. Er det sagt i samtalen, så skriv det ind i teksten."
_SHOW: Final = "Det er ikke læst. Gør teksten synlig i Word, eller slet den."
_REJECT: Final = (
    "Det er ikke læst; det, der er sat ind, er. Afvis ændringerne i Word under Gennemse, hvis det er forkert."
)
_ACTIONS: Final = {Aside.HIDDEN: _SHOW, Aside.DELETED: _REJECT}


@dataclass(frozen=True)
class Source:
    """What a transcript's file holds.

    Parameters
    ----------
    text : str
        The text as it stands; of a document each paragraph begins a line.
    paragraphs : list of int, optional
        For each line the number of its paragraph; None where the file is a text.
    faults : list of Fault
        Warnings of what was left out.
    """

    text: str
    paragraphs: list[int] | None = None
    faults: tuple[Fault, ...] = ()

    def read(self, reader: Callable[[], _Given]) -> _Given:
        """Read it, with the paragraph for the line where it is refused."""
        try:
            return reader()
        except FileError as error:
            raise FileError([replace(fault, row=self.place(fault.row)) for fault in error.faults]) from error

    def place(self, row: int | None) -> int | None:
        """Give the number of the paragraph that a line is in, or the line of a text."""
        return row if row is None or self.paragraphs is None else self.paragraphs[row - 1]


def read_source(path: Path, name: str) -> Source:
    """Read a transcript's file, whatever it is called.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        It cannot be read, with what to do for a file of its kind.
    """
    document = open_document(path, name, pages=True)
    if document is None:
        return Source(read_text(path, name))
    lines: list[str] = []
    paragraphs: list[int] = []
    labelled = (isinstance(block, str) and bool(_LABELLED.match(block)) for block in document.blocks)
    said_from = next((number for number, is_said in enumerate(labelled, start=1) if is_said), 0)
    for number, block in enumerate(document.blocks, start=1):
        if isinstance(block, str):
            text = _TIME_ABOVE.sub(r"\2   \1\3", block)
        else:
            text = lines_of(block, name, number, above=number < said_from)
        parts = text.split("\n")
        lines += parts
        paragraphs += [number] * len(parts)
    return Source("\n".join(lines), paragraphs, tuple(_left_out(document, name)))


def _left_out(document: Document, name: str) -> list[Fault]:
    """Warn of words that stand in the document and are not read."""
    faults = []
    for aside, texts in document.asides.items():
        words = sum(word_count(text) for text in texts if aside is not Aside.MARGINS or says_more(text))
        if words:
            found = f"{many(words, 'ord', 'ord')} i {aside}"
            action = _ACTIONS.get(aside, _WRITE_IN)
            faults.append(warning(name, found, "alt, der er sagt, i selve teksten", action, quotes=False))
    return faults


def says_more(margin: str) -> bool:
    """Whether a line above the talk, or above each page, is more than a title: somebody may have said it."""
    return word_count(margin) > _TITLE_WORDS or margin.rstrip().endswith((".", "?", "!"))
