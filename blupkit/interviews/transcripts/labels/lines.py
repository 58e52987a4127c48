"""The lines of a file in which a speaker's label may stand, whatever its format."""

from __future__ import annotations

import html
import re
from typing import Final, NamedTuple

from blupkit.interviews.transcripts.turn import ARROW, CLOCK

_LEAD: Final = re.compile(
    r"(?:[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d+)?)[\])]?\s+)?(?:\[[A-ZÆØÅ]?\d+\]\s+)?"
)
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]+)*\s+[^>]*>")
_TAG: Final = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang)\b[^>]*>|<\d[\d:.]*>")
_TIMING: Final = re.compile(rf"\s*{CLOCK}\s*{ARROW}")


class Line(NamedTuple):
    """A line in which a label may stand.

    Parameters
    ----------
    row : int
        Its number in the file.
    text : str
        Without what leads it in, such as a time.
    time : str
        The time that leads it in; "" where none does.
    whole : str
        All of the line.
    """

    row: int
    text: str
    time: str = ""
    whole: str = ""


def label_lines(text: str) -> list[Line]:
    r"""Give the lines in which a label may stand: those that hold something and are no remark, without what leads in.

    Parameters
    ----------
    text : str
        The whole file. Of cues, what is said counts, without tags; where tags name the voices, a cue's other lines are
        how the program broke the sentence, and only the first is given.

    Examples
    --------
    >>> [(line.row, line.time, line.text) for line in label_lines("# L1: lokalråd\n[01:05] [T001] L1: Ja.\n\nNej.")]
    [(2, '01:05', 'L1: Ja.'), (4, '', 'Nej.')]
    >>> [(line.row, line.text) for line in label_lines("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>Ja &amp;\nnej.\n")]
    [(4, 'Ja &')]
    """
    rows = enumerate(text.split("\n"), start=1)
    if not any(_TIMING.match(line) for line in text.split("\n")):
        return [line for row, raw in rows if (line := label_line(row, raw))]
    lines: list[Line] = []
    voiced = _VOICE.search(text)
    # What stands between the time of a cue and the next empty line is said.
    said = False
    for row, raw in rows:
        if _TIMING.match(raw) or not raw.strip():
            said = bool(raw.strip())
        elif said:
            lines.append(Line(row, plain(raw).strip()))
            said = not voiced
    return lines


def label_line(row: int, raw: str) -> Line | None:
    """Take off what leads a line in; None for an empty one and a remark, which begins with #.

    Examples
    --------
    >>> label_line(1, "[00:01:05] [T001] L1: Ja.")
    Line(row=1, text='L1: Ja.', time='00:01:05', whole='[00:01:05] [T001] L1: Ja.')
    """
    line = raw.strip()
    if not line or line.startswith("#"):
        return None
    lead = _LEAD.match(line)
    return Line(row, line[lead.end() :], lead["time"] or "", line) if lead else Line(row, line, "", line)


def plain(text: str) -> str:
    """Leave out the tags of WebVTT, and decode its entities.

    Examples
    --------
    >>> plain("<v Bo>Ja &amp; <i>nej</i></v>")
    'Ja & nej'
    """
    return html.unescape(_TAG.sub("", text))
