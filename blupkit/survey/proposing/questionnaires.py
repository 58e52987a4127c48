"""A questionnaire in another file than the export: XLSForm, LimeSurvey's structure, SPSS, or a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from blupkit.core import raise_serious
from blupkit.core.files import read_text, refuse
from blupkit.core.reading.documents.flow import Table
from blupkit.core.reading.documents.opening import open_document
from blupkit.core.reading.workbook import Book
from blupkit.survey.proposing.guessing.known import Known, key_of, known_of_export
from blupkit.survey.reading.exports import said_of_itself
from blupkit.survey.reading.origin.outlined import read_outline
from blupkit.survey.reading.origin.xlsform import SURVEY
from blupkit.survey.reading.spss import read_sav

_EXPECTED: Final = (
    "et spørgeskema: XLSForm (.xlsx), LimeSurvey (.lss), structure.csv, SPSS (.sav), Word (.docx), OpenDocument (.odt)"
    " eller tekst"
)
#: What stands before a choice in a document.
_BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪□☐○◯o]\s+|\(?\d{1,2}[.)]\s+|\[\s?\]\s*|[a-z][.)]\s+)+")
_LONGEST_CHOICE: Final = 120


def read_known(path: Path, known: Known) -> Known:
    """Read what a questionnaire says of the columns of an export.

    Parameters
    ----------
    path : pathlib.Path
        The questionnaire.
    known : Known
        What the export says itself; the questionnaire goes before it.

    Returns
    -------
    Known
        Both together.

    Raises
    ------
    FileError
        It is of another kind, or cannot be read.
    """
    readers: dict[str, Callable[[Path], Known]] = {
        ".xlsx": _of_program, ".xlsm": _of_program, ".lss": _of_program, ".sav": _spss, ".zsav": _spss,
        ".txt": _document, ".md": _document, ".csv": _document,
    }  # fmt: skip
    read = readers.get(path.suffix.lower(), _document)
    if path.suffix.lower() not in readers and open_document(path, path.name) is None:
        refuse(path.name, f"endelsen »{path.suffix}«", _EXPECTED, "Gem spørgeskemaet som et af dem.", quotes=False)
    asked = read(path)
    asked.texts, asked.choices = known.texts | asked.texts, known.choices | asked.choices
    asked.ticks, asked.written, asked.missing = known.ticks | asked.ticks, known.written | asked.written, known.missing
    asked.source = path.name
    return asked


def _of_program(path: Path) -> Known:
    """Read a questionnaire of Kobo or LimeSurvey, as a study does that names it as its own."""
    outline = read_outline(path, path.name)
    if outline is None:
        sheets = ", ".join(Book(path, path.name).sheets)
        refuse(path.name, sheets, f"et ark med navnet »{SURVEY}« (XLSForm)", _EXPECTED, quotes=False)
    raise_serious(outline.faults)
    known = known_of_export(outline.labels, outline.structure, frozenset())
    for variable, numbers in outline.written_codes.items():
        codes = {number: code for code, number in numbers.items()}
        key = key_of(variable)
        known.choices[key] = [(codes.get(number, number), label) for number, label in known.choices[key]]
    return known


def _spss(path: Path) -> Known:
    return known_of_export(*said_of_itself(read_sav(path, path.name)))


def _document(path: Path) -> Known:
    """Find the lists of a document: lines with bullets or short lines that follow each other, and a table's cells."""
    document = open_document(path, path.name)
    if document is None:
        return Known(lists=_runs(read_text(path, path.name).split("\n")))
    lists = _runs([line for block in document.blocks if isinstance(block, str) for line in block.split("\n")])
    for table in (block for block in document.blocks if isinstance(block, Table)):
        rows = [list(map(_unbulleted, row)) for row in table.rows]
        lists += [[cell for cell in row if cell] for row in rows]
        lists += [[cell for cell in column if cell] for column in zip(*rows, strict=False)]
        lists += [line for row in table.rows for cell in row for line in _runs(cell.split("\n"))]
    return Known(lists=[each for each in lists if len(each) > 1])


def _unbulleted(line: str) -> str:
    return " ".join(_BULLET.sub("", line).split())


def _runs(lines: list[str]) -> list[list[str]]:
    """Give every stretch of short lines that follow each other, alike in whether they have a bullet."""
    runs: list[list[str]] = [[]]
    before = False
    for line in lines:
        text, bullet = _unbulleted(line), bool(_BULLET.match(line))
        ends = not text or len(text) > _LONGEST_CHOICE or text.endswith(("?", ":"))
        if ends or bullet != before:
            runs.append([])
        if not ends:
            runs[-1].append(text)
        before = bullet
    return [run for run in runs if len(run) > 1]
