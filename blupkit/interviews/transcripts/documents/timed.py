"""Transcripts whose turns begin with a line of name and time: those of Teams, and of Word's own "Transcribe"."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import Final, NamedTuple

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.labels.system_lines import broken_heads, is_system_line
from blupkit.interviews.transcripts.turn import (
    ARROW,
    CLOCK,
    NamesSpeaker,
    Said,
    clock,
    extended,
    finished,
    seconds,
)

_LONGEST_NAME: Final = 80
_LONGEST: Final = _LONGEST_NAME + 40
#: A program sets the time well apart from the name, or writes when the turn ends; a person may do neither.
_CLEAR: Final = re.compile(rf"(?P<name>\S.*?)(?:[ \t]{{2,}}|\t)(?P<start>{CLOCK})(?:\s*{ARROW}\s*(?P<end>{CLOCK}))?")
_ARROWED: Final = re.compile(rf"(?P<name>\S.*?)\s+(?P<start>{CLOCK})\s*{ARROW}\s*(?P<end>{CLOCK})")
_LOOSE: Final = re.compile(rf"(?P<name>[^\W\d_a-zæøå][\w.'’() -]*)[ ](?P<start>{CLOCK})(?P<end>(?!))?")
#: "00:00:03 Taler 1", as Word's "Transcribe" has it, with or without the time.
_SPEAKER: Final = r"(?:Taler|Speaker|Talare|Høyttaler|Sprecher(?:in)?|Person|Deltager)\s+\d{1,2}"
_TIME_FIRST: Final = re.compile(rf"(?P<start>{CLOCK})[ \t]+(?P<name>{_SPEAKER}|[^\W\d_][^.?!:]*)(?P<end>(?!))?", re.I)
#: The same before whatever may be a name, where the times of the lines around it leave room for it.
_TIME_BEFORE: Final = re.compile(rf"(?P<start>{CLOCK})[ \t]+(?P<name>\S+(?: \S+){{0,4}})(?P<end>(?!))?")
_UNTIMED: Final = re.compile(rf"(?P<name>{_SPEAKER})(?P<start>(?!))?(?P<end>(?!))?", re.I)
_HEADING: Final = re.compile(r"Trans(?:s?kription|cript|kripsjon|kript|skript)", re.I)
#: A line of speech in a transcript that names its speakers before a colon.
_COLON: Final = re.compile(r"\S[^:\n]{0,39}:\s")
_PROGRAM: Final = (_CLEAR, _ARROWED)


class _Head(NamedTuple):
    """A line that begins a turn."""

    name: str
    start: float
    end: float


def is_timed(text: str) -> bool:
    r"""Whether turns begin with a line of name and time, as Teams writes them, or of time and speaker, as Word does.

    Parameters
    ----------
    text : str
        The whole file; of a document each paragraph begins a line.

    Examples
    --------
    >>> is_timed("Møde\nBo Ravn   0:0:5.1 --> 0:0:9.1\nJa."), is_timed("L1: Vi mødes\nFredag 10:30\nL2: Ja.")
    (True, False)
    >>> is_timed("Transskription\n00:00:03 Taler 1\nJa.\n00:00:05 Taler 2\nNej.")
    True
    """
    return bool(_heads(text))


def read_timed(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read the turns: each line with name and time begins one, whatever the name looks like.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked: the times say where a turn begins.

    Returns
    -------
    Reading
        Lines of the system, such as who stopped the transcription, are no speech.

    Raises
    ------
    FileError
        A time could not be read: then none of the file is used.
    """
    turns: list[Said] = []
    before: list[str] = []
    lines = text.split("\n")
    heads = _heads(text)
    for row, line in enumerate(lines, start=1):
        head = heads.get(row - 1)
        if head:
            turns.append(Said(head.name, "", head.start, head.end, row=row))
        elif ARROW in line:
            action = "Ret afsnittet, eller hent udskriften igen."
            refuse(name, line[:60], "navn og tid som »Navn 0:0:5.1 --> 0:0:9.1«", action, row=row)
        elif is_system_line(line):
            continue
        elif turns:
            extended(turns, line)
        elif line.strip():
            before.append(line)
    return Reading(finished(turns), before, broken_heads(name, text, {turn.row: turn.label for turn in turns}))


def write_timed(said: list[Said]) -> str:
    """Write turns as Teams does, so that `read_timed` gives them back.

    Parameters
    ----------
    said : list of Said
        Not changed.
    """
    ends = ("" if math.isnan(turn.end) else f" {ARROW} {clock(turn.end)}" for turn in said)
    times = (
        "" if math.isnan(turn.start) else f"   {clock(turn.start)}{end}" for turn, end in zip(said, ends, strict=True)
    )
    return "\n".join(f"{turn.label}{time}\n{turn.text}" for turn, time in zip(said, times, strict=True))


@lru_cache(maxsize=1)  # whether there are any is asked first
def _heads(text: str) -> dict[int, _Head]:
    """Find the lines that begin a turn, by the surest mark that the file has."""
    stripped = [line.strip() for line in text.split("\n")]
    # A line that begins a turn is short, and a number begins or ends it: few others need a closer look.
    short = {row: line for row, line in enumerate(stripped) if len(line) <= _LONGEST and _is_numbered(line)}
    if not short:
        return {}
    colons = sum(bool(_COLON.match(line)) for line in stripped)
    clear = _matching(short, *_PROGRAM)
    spoken = sum(_is_above(row, clear, stripped) for row in clear)
    if spoken > 1 or any(not math.isnan(head.end) for head in clear.values()) or (spoken and not colons):
        return clear
    before = _believed(_matching(short, _TIME_FIRST), stripped)
    for heads in (
        _with_others(before, _matching(short, _TIME_BEFORE), stripped),
        _believed(_matching(short, _LOOSE), stripped),
    ):
        # "Fokusgruppe 4. maj kl. 10:00" stands once, above lines that name their speakers themselves.
        if heads and (len(heads) > 1 or not colons) and len(heads) >= colons:
            return heads
    untimed = _matching(short, _UNTIMED)
    return untimed if any(map(_HEADING.fullmatch, stripped)) else {}


def _is_numbered(line: str) -> bool:
    return line[-1:].isdecimal() or line[:1].isdecimal()


def _matching(lines: dict[int, str], *patterns: re.Pattern[str]) -> dict[int, _Head]:
    heads = {}
    for row, line in lines.items():
        found = next(filter(None, (pattern.fullmatch(line) for pattern in patterns)), None)
        if found and len(found["name"]) <= _LONGEST_NAME:
            start, end = (seconds(time) if time else math.nan for time in (found["start"], found["end"]))
            heads[row] = _Head(found["name"].strip(), start, end)
    return heads


def _believed(heads: dict[int, _Head], lines: list[str]) -> dict[int, _Head]:
    """Keep those that are no speech ("Vi mødes 10:30"): a name that comes again, or one with words below it."""
    names = Counter(head.name for head in heads.values())
    starts = [head.start for head in heads.values()]
    if starts != sorted(starts):
        return {}
    return {row: head for row, head in heads.items() if names[head.name] > 1 or _is_above(row, heads, lines)}


def _with_others(heads: dict[int, _Head], others: dict[int, _Head], lines: list[str]) -> dict[int, _Head]:
    """Add whom a program calls as no name looks, "00:00:41 S. Bak", in a file that has such lines above each turn."""
    for row, head in others.items():
        before = [known.start for at, known in heads.items() if at < row]
        after = [known.start for at, known in heads.items() if at > row]
        fits = max(before, default=math.inf) <= head.start <= min(after, default=math.inf)
        if row not in heads and fits and _is_above(row, heads, lines):
            heads = heads | {row: head}
    return dict(sorted(heads.items()))


def _is_above(row: int, heads: dict[int, _Head], lines: list[str]) -> bool:
    """Whether something is said below a line, before the next that begins a turn."""
    following = next((below for below in range(row + 1, len(lines)) if lines[below]), len(lines))
    return following < len(lines) and following not in heads
