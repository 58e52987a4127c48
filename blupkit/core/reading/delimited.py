"""Text with separators: which separator, where the table begins, and whether a quotation mark swallows anybody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import read_text, refuse
from blupkit.core.reading.fast_csv import inside_marks
from blupkit.core.reading.heading import LOOKED_AT, find_heading, recognised
from blupkit.core.reading.kinds import check_text

COMMENT: Final = "#"
_LINE: Final = ord("\n")
SEPARATORS: Final = ";\t,|"
#: It also stands inside headings ("Kryds | Mad | Ofte"), but never equally often in every row.
_ALSO_WRITTEN: Final = "|"
CUT: Final = "Filen er sandsynligvis klippet over. Hent den igen."
#: What Excel takes for a word on the separator, and not for a row.
_TOLD: Final = re.compile(r'"?sep=(.)"?[;\t, ]*\n', re.IGNORECASE)
#: Fewer columns than this can be so many by chance in each line of what somebody wrote.
_ENOUGH: Final = 3
#: How many lines are looked at to see what stands in a column.
_SAMPLE: Final = 500
_STRAY: Final = (
    "Et anførselstegn i et svar kan sluge de næste deltagere, så filen er ikke læst. Hent den igen som Excel (.xlsx),"
    " eller ret anførselstegnene i rækken i en teksteditor."
)
#: A cell may be longer than the csv module expects: an answer is as long as somebody wrote it.
csv.field_size_limit(2**31 - 1)


class Delimited(NamedTuple):
    """A table as text.

    Parameters
    ----------
    text : str
        From the first row on.
    lines : int
        How many lines stand above it.
    above : int
        How many of those a spreadsheet numbers.
    separator : str
        What stands between two cells.
    quoted : bool
        Whether quotation marks stand around cells; if not, they are what somebody wrote, and a line is a row.
    titles : int
        How many of the rows above are titles.
    """

    text: str
    lines: int
    above: int
    separator: str
    quoted: bool = True
    titles: int = 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Go through all rows, numbered as a spreadsheet does: a cell with line breaks is in one of them."""
        return enumerate((cells for cells, _ in records(io.StringIO(self.text), self)), start=self.above + 1)


def read_delimited(path: Path, name: str, known: Mapping[str, bool] | None = None) -> Delimited:
    """Read a table as text, from its header on, and make sure that no quotation mark swallows anybody.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        What to call it in messages.
    known : mapping of str to bool, optional
        The headings that are expected in what a system sent; see `core.read_table`.

    Raises
    ------
    FileError
        The file cannot be read, or a quotation mark may swallow rows.
    """
    check_text(path, name)
    table = find_table(read_text(path, name), remarks=known is None, known=known or {})
    return check_quotes(table if known is None else _below_titles(table, known), name, sent=known is not None)


def find_table(text: str, *, remarks: bool, known: Mapping[str, bool] = MappingProxyType({})) -> Delimited:
    r"""Find where a table begins, and what stands between its cells.

    Parameters
    ----------
    text : str
        What `core.read_text` gives.
    remarks : bool
        Whether lines above the table that begin with "#" are remarks: in what a person keeps, not in what was sent.
    known : mapping of str to bool
        Headings that are expected: of several separators the one is taken that shows the most of them.

    Returns
    -------
    Delimited
        Not yet looked through for quotation marks: see `check_quotes`.

    Examples
    --------
    >>> find_table("sep=,\nid,svar\n1,ja\n", remarks=False)[:4]
    ('id,svar\n1,ja\n', 1, 0, ',')
    """
    text = text.lstrip("\ufeff")
    told = _TOLD.match(text)
    # Excel does not show the line that tells the separator, so it numbers the rows without it.
    lines, above = int(told is not None), 0
    text = text[told.end() :] if told else text
    while remarks and text.startswith(COMMENT) and "\n" in text:
        text = text.partition("\n")[2]
        above += 1
    separator = told[1] if told and told[1] in SEPARATORS else _separator(text, known)
    return Delimited(text, lines + above, above, separator)


def _separator(text: str, known: Mapping[str, bool]) -> str:
    # Not inside quotes: a label may hold more commas than the line has separators.
    end = text.find("\n")
    first = re.sub(r'"[^"]*"', "", text if end < 0 else text[:end])
    beginning = list(islice(_lines(text), LOOKED_AT))
    widths = {len(cells) for cells in csv.reader(beginning, delimiter=_ALSO_WRITTEN) if cells}
    usual = max(SEPARATORS if len(widths) == 1 else SEPARATORS.replace(_ALSO_WRITTEN, ""), key=first.count)
    if not known:
        return usual

    def shown(separator: str) -> tuple[int, bool]:
        rows = csv.reader(beginning, delimiter=separator)
        return max((recognised(cells, known) for cells in rows), default=0), separator == usual

    return max(SEPARATORS, key=shown)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _below_titles(table: Delimited, known: Mapping[str, bool]) -> Delimited:
    """Leave out what stands above the header."""
    rows: list[list[str]] = []
    ends: list[tuple[int, int]] = [(0, 0)]
    for number, (cells, end) in enumerate(records(_lines(table.text), table), start=1):
        if any(cell.strip() for cell in cells):
            rows.append(cells)
            ends.append((number, end))
        if len(rows) == LOOKED_AT:
            break
    place = find_heading(rows, known) if rows else 0
    if not place:
        return table
    above, lines = ends[place]
    text = "".join(islice(_lines(table.text), lines, None))
    return table._replace(text=text, lines=table.lines + lines, above=table.above + above, titles=place)


def records(lines: Iterable[str], table: Delimited) -> Iterator[tuple[list[str], int]]:
    """Take lines apart: the cells of each row, and how many lines were read so far.

    Parameters
    ----------
    lines : iterable of str
        With their line ends.
    table : Delimited
        Says how.
    """
    if table.quoted:
        reader = csv.reader(lines, delimiter=table.separator)
        for cells in reader:
            yield cells, reader.line_num
    else:
        for number, line in enumerate(lines, start=1):
            bare = line.rstrip("\r\n")
            yield bare.split(table.separator) if bare else [], number


def check_quotes(table: Delimited, name: str, *, sent: bool = True) -> Delimited:
    r"""Make sure that no quotation mark that somebody wrote swallows rows: rows are counted a second way.

    A program that writes quotation marks around cells doubles those inside, so each has its place. Where one has not,
    the file is read line by line, if every line then has as many cells as the heading; else it is refused. And where a
    cell in quotation marks holds a line that is itself a row of the table, nobody can say which it is.

    Parameters
    ----------
    table : Delimited
        What `find_table` gives.
    name : str
        What to call the file in messages.
    sent : bool
        Whether a system sent it: what a person keeps was written by a program that doubles quotation marks, unless
        one of them shows that it was not.

    Returns
    -------
    Delimited
        The same, or with quotation marks taken as written.

    Raises
    ------
    FileError
        Rows may be swallowed: with the line where it begins.

    Examples
    --------
    >>> table = find_table('id;k;svar\n1;4;"ja, sagde han\n2;5;"nej\n', remarks=False)
    >>> list(check_quotes(table, "svar.csv").rows())[1:]
    [(2, ['1', '4', '"ja, sagde han']), (3, ['2', '5', '"nej'])]
    """
    if '"' not in table.text:
        return table
    raw = np.frombuffer(table.text.encode(), dtype=np.uint8)
    inside = inside_marks(raw, table.separator)
    if inside is not None:
        if sent:
            _check_lines(table, (np.flatnonzero(inside[raw == _LINE]) + 1).tolist(), name)
        return table
    stray = _stray(table)
    if stray is None:
        ends = [end for _, end in records(io.StringIO(table.text), table)]
        begin = zip([0, *ends], ends, strict=False)
        _check_lines(table, [line for start, end in begin for line in range(start + 1, end)], name)
        return table
    if _is_line_by_line(table):
        return table._replace(quoted=False)
    at = table.lines + table.text.count("\n", 0, stray) + 1
    found, expected, action = "et anførselstegn midt i et svar", "anførselstegn i par omkring en hel celle", _STRAY
    if '"' not in table.text[stray + 1 :].replace('""', ""):
        found, expected, action = "et anførselstegn uden makker", "anførselstegn i par omkring celler med tekst", CUT
    raise FileError(Fault(name, found, expected, action, row=at, quotes=False))


def _stray(table: Delimited) -> int | None:
    """Find where a cell begins with a quotation mark that does not end it; in the middle of a cell one is harmless."""
    mark = re.escape(table.separator)
    opening = re.compile(rf'(?:(?<=[{mark}\n])|\A)"')
    whole = re.compile(rf'"[^"]*(?:""[^"]*)*"(?=[{mark}\n]|\Z)')
    place = 0
    while found := opening.search(table.text, place):
        cell = whole.match(table.text, found.start())
        if cell is None:
            return found.start()
        place = cell.end()
    return None


def _is_line_by_line(table: Delimited) -> bool:
    """Tell whether each line is a row with as many cells as the heading, whatever quotation marks stand in it."""
    lines = [line for line in table.text.split("\n") if line.strip()]
    width = lines[0].count(table.separator)
    if width + 1 < _ENOUGH or any(line.count(table.separator) != width for line in lines):
        return False
    cells = [cell for line in lines for cell in line.split(table.separator) if cell.startswith('"')]
    whole = any(len(cell) > 1 and cell.endswith('"') for cell in cells)
    # A file that was cut off inside quotation marks ends within them, and lacks one.
    cut = bool(table.text.count('"') % 2) and lines[-1].split(table.separator)[-1].startswith('"')
    return not whole and not cut


def _check_lines(table: Delimited, continuing: list[int], name: str) -> None:
    """Refuse a row that goes on over several lines, of which one is a row by itself."""
    if not continuing:
        return
    lines = table.text.split("\n")
    looks, known = _row_test(lines, table), set(continuing)
    swallowed = next((line for line in continuing if looks(lines[line])), None)
    if swallowed is not None:
        first = next(line for line in range(swallowed, -1, -1) if line not in known)
        last = next(line for line in range(swallowed, len(lines) + 1) if line + 1 not in known)
        at = table.lines + first + 1
        found = f"et anførselstegn, der samler linje {at}-{table.lines + last + 1} til én række"
        refuse(name, found, "én række for hver besvarelse", _STRAY, row=at, quotes=False)


def _row_test(lines: Sequence[str], table: Delimited) -> Callable[[str], bool]:
    """Give a test for a line that is a row: as many cells as the heading, and numbers where the rows have numbers."""
    mark = table.separator
    # The headings themselves may take several lines.
    width = len(next(records(iter(lines[:_SAMPLE]), table))[0])
    whole = (line for line in lines[1:] if line.count(mark) + 1 == width and line.count('"') % 2 == 0)
    seen = [_bare(line, mark) for line, _ in zip(whole, range(_SAMPLE), strict=False)]
    numbers = [place for place in range(width) if _all_numbers([cells[place] for cells in seen])]

    def looks(line: str) -> bool:
        if line.count(mark) + 1 != width:
            return False
        cells = _bare(line, mark)
        return _all_numbers([cells[place] for place in numbers]) if numbers else width >= _ENOUGH

    return looks


def _bare(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(separator)]


def _all_numbers(cells: Sequence[str]) -> bool:
    """Tell whether something stands in some cells, and nothing but digits."""
    return any(cells) and all(not cell or cell.isdigit() for cell in cells)


def refuse_hidden(table: Delimited, name: str) -> None:
    """Refuse a row that lacks cells because quotation marks in it, which somebody wrote, took separators along.

    Parameters
    ----------
    table : Delimited
        From its header on.
    name : str
        What to call the file in messages.

    Raises
    ------
    FileError
        Without its quotation marks the row is as long as the header: nobody can say which it is.
    """
    if not table.quoted or '"' not in table.text:
        return
    lines, start, width = table.text.split("\n"), 0, 0
    for cells, end in records(io.StringIO(table.text), table):
        width = width or len(cells)
        line = lines[start]
        if end == start + 1 and 0 < len(cells) < width and '"' in line and line.count(table.separator) + 1 == width:
            at = table.lines + end
            found, expected = f"anførselstegn, der samler celler, så der kun er {len(cells)}", f"{width} celler"
            refuse(name, found, f"{expected} som i overskriften", _STRAY, row=at, quotes=False)
        start = end
