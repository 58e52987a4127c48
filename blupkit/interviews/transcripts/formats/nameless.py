"""Lines with times and no speaker: captions that Zoom saved without names, YouTube, whisper's own lines."""

from __future__ import annotations

import math
import re
from typing import Final

from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.labels.cutting import begins_anew
from blupkit.interviews.transcripts.labels.lines import label_lines
from blupkit.interviews.transcripts.turn import NamesSpeaker, Said, clock, extended, finished

_LED: Final = re.compile(r"[ \t*_\[({]*\d{1,3}:\d\d")
_COLUMN: Final = re.compile(r"^[^\t\n]*\d:\d\d[^\t\n]*\t[^\t\n]{1,40}\t", re.M)
#: Somebody who speaks says few sentences that begin like one with a label.
_LABELLED: Final = re.compile(r"[^:]{1,60}:(?:\s|\*|$)")
_FEWEST: Final = 3


def is_nameless(text: str) -> bool:
    r"""Tell whether most lines have a time, and hardly any a label.

    Examples
    --------
    >>> is_nameless("0:03\nVi søgte\n0:09\nen pulje.\n0:12\nJa.")
    True
    >>> is_nameless("[0:03] Bo: A.\n[0:09] Ida: B.\n[0:10] Bo: C.")
    False
    """
    led = sum(map(bool, map(_LED.match, text.split("\n"))))
    if led < _FEWEST or ("\t" in text and 2 * len(_COLUMN.findall(text)) > led):
        return False
    lines = label_lines(text)
    timed = [line for line in lines if not math.isnan(line.start)]
    labelled = sum(bool(_LABELLED.match(line.text)) for line in timed)
    return 2 * len(timed) > len(lines) and len(timed) >= _FEWEST and 3 * labelled < len(timed)


def read_nameless(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read the lines; a turn ends with a sentence, as in subtitles that name nobody.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked.

    Returns
    -------
    Reading
        Turns without a label.
    """
    turns: list[Said] = []
    before: list[str] = []
    for line in label_lines(text):
        cue = Said("", line.text, line.start, line.end, row=line.row)
        if turns and (math.isnan(cue.start) or not begins_anew(turns[-1], cue)):
            extended(turns, line.text, line.end)
        elif math.isnan(cue.start):
            before.append(line.whole)
        else:
            turns.append(cue)
    said = finished(turns)
    return Reading(said, before)


def write_nameless(said: list[Said]) -> str:
    """Write turns as lines with times; `read_nameless` gives them back.

    Parameters
    ----------
    said : list of Said
        With times.
    """
    return "".join(f"[{clock(turn.start)}] {turn.text}\n" for turn in said)
