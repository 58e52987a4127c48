"""The lines of a file in which a speaker's label may stand, whatever its format."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from blupkit.interviews.transcripts.labels.system_lines import is_signature
from blupkit.interviews.transcripts.labels.times import Line, timed_lines
from blupkit.interviews.transcripts.turn import ARROW, CLOCK

#: What may stand before a label: the number of a turn, or the sign that ATLAS.ti knows speakers by.
_NUMBER: Final = re.compile(r"\[[A-ZÆØÅ]?\d+\]\s+|@(?=[^\W\d_][^:\n]{0,60}:)")
#: The number of a line, as transcripts for the analysis of talk have it.
_LINE_NUMBER: Final = re.compile(r"(\d{1,4})[.)]?\s+(?=\S)")
#: So many lines, and so large a share of all, must follow each other by number before the numbers are no words.
_FEWEST, _NEARLY_ALL = 4, 0.9
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]+)*\s+[^>]*>")
#: Those of WebVTT, and what subtitles have besides: a colour, and where on the picture the words stand.
_TAG: Final = re.compile(r"</?(?:v|c|i|b|u|s|ruby|rt|lang|font)\b[^>]*>|<\d[\d:.]*>|\{\\an?\d{1,2}\}")
_FIGURES: Final = frozenset("0123456789 \t")
_TIMING: Final = re.compile(rf"\s*{CLOCK}\s*(?:{ARROW}|,\d{{1,2}}:\d{{2}}:\d{{2}}\.)")


def label_lines(text: str, *, typed: bool = True) -> list[Line]:
    r"""Give the lines in which a label may stand: those that hold something, and are no remark and no program's.

    Parameters
    ----------
    text : str
        The whole file.
    typed : bool
        Whether it is one for people to read. Of cues, what is said counts, without tags; where tags name the voices, a
        cue's other lines are how the program broke the sentence, and only the first is given.

    Examples
    --------
    >>> [(line.row, line.start, line.text) for line in label_lines("# L1: lokalråd\n[01:05] [T001] L1: Ja.\n\nNej.")]
    [(2, 65.0, 'L1: Ja.'), (4, nan, 'Nej.')]
    >>> [line.text for line in label_lines("@Bo: Ja.\n@alle er enige.")]
    ['Bo: Ja.', '@alle er enige.']
    >>> cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Bo>Ja &amp;\nnej.\n"
    >>> [(line.row, line.text) for line in label_lines(cues, typed=False)]
    [(4, 'Ja &')]
    """
    return _typed_lines(text) if typed else _cue_lines(text)


@lru_cache(maxsize=1)  # the labels of a text are looked for first, and then it is read
def _typed_lines(text: str) -> list[Line]:
    timed = (line for line in timed_lines(text) if not (_is_remark(line) or is_signature(line.whole)))
    return _without_line_numbers([_unnumbered(line) for line in timed if line.whole])


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """Take the numbers of lines off, where nearly all lines have one and each is one more than the last."""
    found = [_LINE_NUMBER.match(line.text) for line in lines]
    numbers = [int(each[1]) if each else None for each in found]
    following = sum(one is not None and one + 1 == after for one, after in pairwise(numbers))
    if following < max(_FEWEST - 1, _NEARLY_ALL * (len(lines) - 1)):
        return lines
    pairs = zip(lines, found, strict=True)
    return [_cut(line, each.end()) if each else line for line, each in pairs]


def _cut(line: Line, place: int) -> Line:
    text = line.text[place:]
    return line._replace(text=text, whole=text if line.whole == line.text else line.whole)


def _cue_lines(text: str) -> list[Line]:
    lines: list[Line] = []
    voiced = _VOICE.search(text)
    # What stands between the time of a cue and the next empty line is said.
    said = False
    for row, raw in enumerate(text.split("\n"), start=1):
        if not raw or raw.isspace():
            said = False
        elif raw[0] in _FIGURES and _TIMING.match(raw):
            said = True
        elif said:
            lines.append(Line(row, plain(raw).strip()))
            said = not voiced
    return lines


def _unnumbered(line: Line) -> Line:
    found = _NUMBER.match(line.text)
    return line._replace(text=line.text[found.end() :]) if found else line


def remarks_in(text: str) -> list[str]:
    r"""Give the lines of a typed transcript that are remarks, and no speech.

    Examples
    --------
    >>> remarks_in("# L1: lokalråd\n#00:00:03-0# L1: Ja.")
    ['# L1: lokalråd']
    """
    return [line.whole for line in timed_lines(text) if _is_remark(line)]


def _is_remark(line: Line) -> bool:
    """A remark begins with #; so does a time that f4 has put first, but that is taken off."""
    return line.whole.startswith("#")


def plain(text: str) -> str:
    r"""Leave out the tags of WebVTT and of subtitles, and decode their entities.

    Examples
    --------
    >>> plain("<v Bo>Ja &amp; <i>nej</i></v>"), plain(r'{\an8}<font color="#fff">Bo: Ja.</font>')
    ('Ja & nej', 'Bo: Ja.')
    """
    return html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text or "{" in text else text
