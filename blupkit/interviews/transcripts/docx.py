"""Word files: their paragraphs, and the transcripts that Teams writes in them."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Final

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.turn import ARROW, CLOCK, Said, extended, finished, seconds

_NAME_FIRST: Final = re.compile(
    rf"(?P<name>\S[^\n]*?)\s+(?P<start>{CLOCK})(?:\s*-->\s*(?P<end>{CLOCK}))?[ \t]*(?:\n(?P<text>.*))?", re.S
)
_TIME_FIRST: Final = re.compile(
    rf"(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})[ \t]*\n(?P<name>[^\n]+)(?:\n(?P<text>.*))?", re.S
)
_LONGEST_NAME: Final = 80


def read_paragraphs(path: Path, name: str) -> list[str]:
    """Read the paragraphs of a Word file; a line break inside a paragraph is a line feed.

    Parameters
    ----------
    path : pathlib.Path
        The .docx file.
    name : str
        What to call it in messages.

    Returns
    -------
    list of str
        Empty paragraphs are kept, so that the place in the list is the paragraph's number.

    Raises
    ------
    FileError
        The file is missing or no Word file, or it holds a table with text, whose order of reading is not known.
    """
    from docx import Document  # slow to import, and most studies have no Word file

    if not path.is_file():
        refuse(name, "ingen fil", "en fil med dette navn", "Læg filen i mappen, og kør igen.", quotes=False)
    try:
        document = Document(str(path))
    except Exception:  # python-docx and zipfile raise a dozen kinds for a damaged file
        found, action = "en fil, der ikke kan åbnes som Word-dokument", "Åbn filen i Word, og gem den igen som .docx."
        refuse(name, found, "en gyldig .docx-fil", action, quotes=False)
    if any(cell.text.strip() for table in document.tables for row in table.rows for cell in row.cells):
        action = "Marker tabellen i Word, og vælg »Konverter til tekst«."
        refuse(name, "en tabel", "udskriften som almindelige afsnit", action, quotes=False)
    return [paragraph.text for paragraph in document.paragraphs]


def is_timed(paragraphs: list[str]) -> bool:
    r"""Whether the paragraphs carry a name and a time each, as Teams writes them.

    Parameters
    ----------
    paragraphs : list of str
        What `read_paragraphs` returned.

    Examples
    --------
    >>> is_timed(["Møde", "Bo Ravn   0:0:5.1 --> 0:0:9.1\nJa."]), is_timed(["L1: Vi mødes 10:30"])
    (True, False)
    """
    return any(_head(paragraph) for paragraph in paragraphs)


def _head(paragraph: str) -> re.Match[str] | None:
    found = _TIME_FIRST.fullmatch(paragraph.strip()) or _NAME_FIRST.fullmatch(paragraph.strip())
    if found is None or len(found["name"]) > _LONGEST_NAME:
        return None
    # A start alone is a head only where no colon or full stop makes the line speech: "Vi mødes 10:30".
    plain = re.fullmatch(r"[A-ZÆØÅ][\w.'’() -]*", found["name"]) and found["text"] is not None
    return found if found["end"] or plain else None


def read_timed(paragraphs: list[str], name: str) -> tuple[list[Said], list[str]]:
    """Read the turns of a Word transcript from Teams: each head with name and time begins a turn.

    Parameters
    ----------
    paragraphs : list of str
        What `read_paragraphs` returned.
    name : str
        What to call the file in messages.

    Returns
    -------
    list of Said
        The turns; `row` is the paragraph's number.
    list of str
        What stands before the first turn, usually a title.

    Raises
    ------
    FileError
        A time could not be read: then none of the file is used.
    """
    turns: list[Said] = []
    before: list[str] = []
    for row, paragraph in enumerate(paragraphs, start=1):
        found = _head(paragraph)
        if found:
            end = seconds(found["end"]) if found["end"] else math.nan
            turns.append(Said(found["name"].strip(), found["text"] or "", seconds(found["start"]), end, row=row))
        elif ARROW in paragraph:
            action = "Ret afsnittet, eller hent udskriften igen."
            refuse(name, paragraph[:60], "navn og tid som »Navn 0:0:5.1 --> 0:0:9.1«", action, row=row)
        elif turns:
            extended(turns, paragraph)
        elif paragraph.strip():
            before.append(paragraph)
    return finished(turns), before
