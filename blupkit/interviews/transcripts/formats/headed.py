"""Transcripts in which a line with a name and a time, and marks around them, stands above what was said.

Zoom's captions, Happy Scribe, Rev, Riverside, Descript and Trint write such lines, each with marks of its own. Where
only blanks part name and time, as in Teams and Otter, `documents.timed` reads them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.labels.cutting import joined
from blupkit.interviews.transcripts.labels.system_lines import broken_heads, is_system_line
from blupkit.interviews.transcripts.turn import (
    CLOCK,
    NamesSpeaker,
    Said,
    clock,
    extended,
    finished,
    from_first,
    seconds,
)

_MARKS: Final = r"[\s\[\](){}|·•,;:@–—*_-]"
_TIMES: Final = rf"(?<![\d:.,])(?P<start>{CLOCK})(?:\s*(?:-->|[-–—]|to|til)\s*(?P<end>{CLOCK}))?(?![\d:])"
_NAME: Final = r"(?P<name>[^\s\[\](){}|·•,;:@–—*_-](?:[^:\n]{0,78}?[^\s:*\[({|-])?)"
_NAME_FIRST: Final = re.compile(rf"(?P<a>[*_\[]*){_NAME}(?P<b>{_MARKS}+){_TIMES}(?P<c>{_MARKS}*)")
_TIME_FIRST: Final = re.compile(rf"(?P<a>{_MARKS}*){_TIMES}(?P<b>{_MARKS}+){_NAME}(?P<c>[\s:*_\]]*)")
_LONGEST: Final = 140
#: Something else than blanks between or around name and time.
_MARKED: Final = re.compile(r"[^NT\s]")
_OPENS: Final = {")": "(", "]": "["}
#: What stands between a name and a time that was said: "Ida Storm<tab>kl. 10:30".
_SPOKEN: Final = re.compile(r"\t|\bkl(?:\.|okken)?$", re.IGNORECASE)
#: What stands for a name where nobody knows it, and who has called in.
_NAMELESS: Final = re.compile(r"\?{1,3}|\+?\d[\d ]{5,19}")
#: Zoom's captions have the time of day.
_TIME_OF_DAY: Final = "[N] T"


class _Head(NamedTuple):
    """A line with a name and a time, and the marks that it has around them."""

    row: int
    style: str
    name: str
    start: float
    end: float


def is_headed(text: str) -> bool:
    r"""Tell whether lines with a name and a time, always with the same marks, stand above what is said.

    Examples
    --------
    >>> is_headed("Bo Ravn (0:03)\nJa.\n\nIda (1:05)\nNej.\n"), is_headed("Bo: Vi ses kl. 10:30\nIda: Kl. 10:45")
    (True, False)
    """
    return bool(_heads(text))


def read_headed(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read the turns: each line with a name and a time begins one.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked: the lines say themselves who speaks.

    Returns
    -------
    Reading
        In Zoom's captions, where the time is that of day, `start` counts from the first; captions of one speaker that
        follow each other are one turn.
    """
    heads = _heads(text)
    turns: list[Said] = []
    before: list[str] = []
    for row, line in enumerate(text.split("\n"), start=1):
        if row in heads:
            head = heads[row]
            turns.append(Said(head.name, "", head.start, head.end, row=row))
        elif is_system_line(line):
            continue
        elif turns:
            extended(turns, line)
        elif line.strip():
            before.append(line)
    said = finished(turns)
    by_day = any(head.style == _TIME_OF_DAY for head in heads.values())
    faults = broken_heads(name, text, {turn.row: turn.label for turn in turns})
    return Reading(joined(from_first(said)) if by_day else said, before, faults)


def write_headed(said: list[Said]) -> str:
    """Write turns with a line of time and name above each; `read_headed` gives them back.

    Parameters
    ----------
    said : list of Said
        With times and labels.
    """
    return "\n".join(f"[{_span(turn)}] - {turn.label}\n{turn.text}\n" for turn in said)


def _span(turn: Said) -> str:
    return clock(turn.start) + ("" if math.isnan(turn.end) else f" --> {clock(turn.end)}")


def _heads(text: str) -> dict[int, _Head]:
    """Find the lines, by their number: those of the style that most have, where there are enough."""
    lines = [line.strip() for line in text.split("\n")]
    found = {head.row: head for head in _candidates(lines)}
    above = (head.style for head in found.values() if _is_above(lines, head, found) and _MARKED.search(head.style))
    style, often = next(iter(Counter(above).most_common(1)), ("", 0))
    heads = {row: head for row, head in found.items() if head.style == style}
    sure = often > 1 and 2 * often >= len(heads) and all(map(_is_name, heads.values()))
    return heads if sure else {}


def _candidates(lines: list[str]) -> Iterator[_Head]:
    for row, line in enumerate(lines, start=1):
        if len(line) > _LONGEST or ":" not in line or ": " in line:
            continue
        is_first = _NAME_FIRST.fullmatch(line)
        found = is_first or _TIME_FIRST.fullmatch(line)
        if found:
            name, between = _closed(found["name"], found["b"])
            style = f"{found['a']}N{between}T{found['c']}" if is_first else f"{found['a']}T{between}N{found['c']}"
            end = seconds(found["end"]) if found["end"] else math.nan
            yield _Head(row, style, name.strip(), seconds(found["start"]), end)


def _closed(name: str, between: str) -> tuple[str, str]:
    """Give a name the bracket that closes it: "Ida (VK)"."""
    last = between[0]
    return (name + last, between[1:]) if name.count(_OPENS.get(last, "\n")) > name.count(last) else (name, between)


def _is_above(lines: list[str], head: _Head, found: Mapping[int, _Head]) -> bool:
    """Whether something is said right below a line."""
    below = found.get(head.row + 1)
    return head.row < len(lines) and bool(lines[head.row]) and (below is None or below.style != head.style)


def _is_name(head: _Head) -> bool:
    words = head.name.split()
    ends = head.name[-1] not in ".?!…" or len(words[-1]) <= 3
    if _NAMELESS.fullmatch(head.name):
        return True
    return any(map(str.isalpha, head.name)) and len(words) <= 10 and ends and not _SPOKEN.search(head.name)
