"""Tables with tabs between the cells and times in columns of their own: ELAN's tab-delimited text, Audacity's."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Final, NamedTuple

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.labels.cutting import joined
from blupkit.interviews.transcripts.labels.shape import split_label
from blupkit.interviews.transcripts.turn import NamesSpeaker, Said, clock, finished, seconds

#: How a program writes one moment, the best first: as a clock, in seconds, in thousandths of a second. The frames of a
#: film behind a clock's seconds are left out, for nobody says how many a second has.
_TIMES: Final = (
    re.compile(r"(\d{1,3}:\d\d:\d\d(?:[.,]\d{1,3})?)(?:[:;]\d\d)?"),
    re.compile(r"\d+[.,]\d+"),
    re.compile(r"\d+"),
)
_THOUSANDTHS: Final = 2


class _Row(NamedTuple):
    """A line's cells, and which of them are times of which kind, as places in `_TIMES`."""

    row: int
    cells: list[str]
    times: tuple[tuple[int, int], ...]


def is_tiers(text: str) -> bool:
    r"""Tell whether most lines have the same cells: at least two times, and what was said last.

    Examples
    --------
    >>> is_tiers("L1\t\t1.000\t2.500\tJa.\nA1\t\t2.000\t3.000\tNej."), is_tiers("L1\t0:03\tJa.")
    (True, False)
    """
    return "\t" in text and _layout(_rows(text)) is not None


def _rows(text: str) -> list[_Row]:
    lines = ((row, line.split("\t")) for row, line in enumerate(text.split("\n"), start=1) if line.strip())
    return [_Row(row, cells, _times(cells)) for row, cells in lines]


def _times(cells: list[str]) -> tuple[tuple[int, int], ...]:
    kinds = ((place, _kind(cell.strip())) for place, cell in enumerate(cells[:-1]))
    return tuple((place, kind) for place, kind in kinds if kind is not None)


def _kind(cell: str) -> int | None:
    return next((kind for kind, shape in enumerate(_TIMES) if shape.fullmatch(cell)), None)


def _layout(rows: list[_Row]) -> tuple[tuple[int, int], ...] | None:
    """Give the times that more than half of the lines have; None where those are no such table's."""
    found = Counter(row.times for row in rows).most_common(1)
    if not found or 2 * found[0][1] <= len(rows):
        return None
    layout = found[0][0]
    kinds = [kind for _, kind in layout]
    return layout if len(kinds) > 1 and kinds.count(min(kinds)) > 1 else None


def read_tiers(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    r"""Read the lines in the order in which they were said; ELAN writes them tier by tier.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Whether words name a speaker: asked of the columns before the times, tier and participant, of which the one
        with most speakers is taken; and where there are none, of what stands before a colon in the words.

    Returns
    -------
    Reading
        Lines of one speaker that follow each other are a turn. Lines without words are left out.

    Raises
    ------
    FileError
        A line has other cells than the others.

    Examples
    --------
    >>> table = "L1\t00:00:03.000\t00:00:04.000\tNej.\nA1\t00:00:01.000\t00:00:02.000\tJa."
    >>> [(turn.label, turn.start, turn.text) for turn in read_tiers(table, "a.txt", {"L1", "A1"}.__contains__).said]
    [('A1', 1.0, 'Ja.'), ('L1', 3.0, 'Nej.')]
    """
    rows = _rows(text)
    layout = _layout(rows) or ()
    if rows and rows[0].times != layout and not any(any(map(str.isdigit, cell)) for cell in rows[0].cells):
        rows = rows[1:]  # the headings
    width = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    for row in rows:
        if row.times != layout or len(row.cells) != width:
            expected = "samme celler som på de andre linjer, med tabulator imellem: tider, og til sidst det sagte"
            action = "Filen er sandsynligvis rettet. Ret linjen, eller hent filen igen."
            refuse(name, "\t".join(row.cells)[:60], expected, action, row=row.row)
    best = min(kind for _, kind in layout)
    start, end = [place for place, kind in layout if kind == best][:2]
    label = _label_column(rows, start, names_speaker)
    cues = [_said(row, (start, end), best, label, names_speaker) for row in rows if row.cells[-1].strip()]
    return Reading(finished(joined(sorted(cues, key=lambda cue: cue.start))))


def _label_column(rows: list[_Row], start: int, names_speaker: NamesSpeaker) -> int | None:
    """Choose between the columns before the times, ELAN's tier and participant; the first of two as good."""
    filled = [place for place in range(start) if any(row.cells[place].strip() for row in rows)]
    return max(filled, key=lambda place: sum(names_speaker(row.cells[place].strip()) for row in rows), default=None)


def _said(row: _Row, places: tuple[int, int], kind: int, label: int | None, names_speaker: NamesSpeaker) -> Said:
    start, end = (_moment(row.cells[place], kind) for place in places)
    words = row.cells[-1]
    if label is None:
        who, words = split_label(words.strip(), names_speaker) or ("", words)
    else:
        who = " ".join(row.cells[label].split())
    # A second time before the first is how long it lasted.
    return Said(who, words, start, end if end >= start else math.nan, row=row.row)


def _moment(cell: str, kind: int) -> float:
    clocked = _TIMES[0].fullmatch(cell.strip())
    return round(seconds(clocked[1] if clocked else cell) / (1000 if kind == _THOUSANDTHS else 1), 3)


def write_tiers(said: list[Said]) -> str:
    """Write turns as ELAN does with tier, beginning, end and words; `read_tiers` gives them back.

    Parameters
    ----------
    said : list of Said
        With times; one that is not known to end ends as it begins.
    """
    ends = (turn.start if math.isnan(turn.end) else turn.end for turn in said)
    pairs = zip(said, ends, strict=True)
    return "".join(f"{turn.label}\t{clock(turn.start)}\t{clock(end)}\t{turn.text}\n" for turn, end in pairs)
