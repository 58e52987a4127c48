"""Times that stand in the text of a transcript: they say when a turn begins and ends, and are no words."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Final, NamedTuple

from blupkit.interviews.transcripts.turn import clock, seconds, spaced

_PART: Final = r"(?:[.,]\d{1,3}|-\d(?![\d:]))?"
_FULL: Final = rf"\d{{1,3}}:\d{{2}}:\d{{2}}{_PART}"
_CLOCK: Final = rf"(?:{_FULL}|\d{{1,2}}:\d{{2}}(?![\d:]){_PART})"
_TO: Final = r"\s*(?:[-–—]{1,2}>|[-–—→])\s*"
_SPAN: Final = rf"(?:{_CLOCK}(?:{_TO}{_CLOCK})?|-->\s*{_CLOCK})"
#: f4 and easytranscript put a number sign around a time, with tenths behind a dash.
_F4: Final = re.compile(rf"#({_FULL})#")
#: Scripts around whisper write seconds alone.
_SECONDS: Final = re.compile(r"[\[(](\d{1,5}(?:\.\d{1,3})?) ?s[\])]")
_MARKED: Final = rf"(?:\[\s*{_SPAN}\s*\]|\(\s*{_SPAN}\s*\)|{{\s*{_SPAN}\s*}})"
_CLOCKS: Final = re.compile(_CLOCK)
_TENTHS: Final = re.compile(r"-(?=\d$)")
_BLANKS: Final = re.compile(r"[^\S\t]+")
_INSIDE: Final = re.compile(_MARKED)
_AT_END: Final = re.compile(rf"\s*({_MARKED})(?P<point>\s*[.]?)$")
_ALONE: Final = re.compile(rf"(?:#{{1,6}}\s+)?[\s*_\[({{]*{_SPAN}[\s*_\])}}]*:?")
#: "01.10 Bo: Ja.", "Kl. 10.01 Bo: Ja.": a point instead of the colon, where most lines have such a time.
_POINTED: Final = re.compile(r"(?:kl\.?\s*)?(?P<time>\d{1,2}[.:]\d{2}(?:[.:]\d{2})?)\s+(?=[^\W\d_][^:]{0,40}:)", re.I)
_FEWEST: Final = 3
#: Two times with marks around them are shorter.
_WIDEST: Final = 50
_SHORT: Final = re.compile(r"\d{1,2}:\d{2}")
#: A time with marks or in full is none of the words before which it stands, also with no blank between.
_LEAD: Final = re.compile(rf"({_MARKED}|{_FULL}(?:{_TO}{_CLOCK})?)(?:\s*[-–|]\s+|\s+|(?=[^\W\d]|[*\[?+]))")
#: One of minutes and seconds alone may be said; it is a time before a label.
_BARE: Final = re.compile(rf"({_CLOCK}(?:{_TO}{_CLOCK})?)(?:\s*[-–|]\s+|\s+)")
_BEHIND: Final = re.compile(
    rf"(?P<label>[^:\n]{{1,60}}?)(?P<colon>\s*:[\s*]*|\s*)(?P<time>{_MARKED}|{_FULL})(?P<rest>.*)"
)
_ANY: Final = re.compile(r"\d:\d\d")
#: "(12:41)" inside a line may be what somebody said; it is a time where the file has such times before or after lines.
_ASIDE: Final = re.compile(r"\(\s*\d{1,2}:\d{2}\s*\)")
_OUTSIDE: Final = re.compile(rf"{_ASIDE.pattern}.*|[^:]{{1,60}}{_ASIDE.pattern}\s*:.*|.*{_ASIDE.pattern}\s*[.]?")
#: "Bo [00:03] Ja.": a name with no colon, where nearly all lines are so.
_NAMED: Final = re.compile(
    rf"(?P<name>(?:[^\W\d_]|[?+])[^:\[\]\n]{{0,40}}?)[ \t]+(?P<time>\[{_SPAN}\])[ \t]+(?P<rest>[^:\s].*)"
)
_LABELLED: Final = re.compile(r"[^:]{1,40}:(?:\s|\*|$)")


class Line(NamedTuple):
    """A line in which a label may stand, without its times.

    Parameters
    ----------
    row : int
        Its number in the file.
    text : str
        What is left where a label comes first.
    whole : str
        What is left where none does: minutes and seconds without marks may have been said.
    start, end : float
        Seconds; NaN where the line has no such time.
    leads : bool
        Whether the time tells that a label follows.
    """

    row: int
    text: str
    whole: str = ""
    start: float = math.nan
    end: float = math.nan
    leads: bool = False


def timed_lines(text: str) -> list[Line]:
    r"""Take the times out of a text: alone on a line, before or behind a label, inside what is said, at its end.

    Parameters
    ----------
    text : str
        What a person typed, or a program wrote for people to read.

    Examples
    --------
    >>> [(line.text, line.start, line.end) for line in timed_lines("I: Hej. #00:00:03-5#\n[00:31:12] L1: Kl. 12:41.")]
    [('I: Hej.', nan, 3.5), ('L1: Kl. 12:41.', 1872.0, nan)]
    >>> [(line.text, line.start) for line in timed_lines("[00:09]\nBo: Ja [01:00] og nej.\n\nIda [00:19]: Jo.")]
    [('Bo: Ja og nej.', 9.0), ('', nan), ('Ida: Jo.', 19.0)]
    """
    lines = [line.strip() for line in _SECONDS.sub(_in_full, _F4.sub(r"[\1]", text)).split("\n")]
    lines = _without_points(_with_colons(lines))
    is_usual = sum(bool(_SHORT.fullmatch(line)) for line in lines) > 1
    with_aside = sum("(" in line and bool(_OUTSIDE.fullmatch(line)) for line in lines) > 1
    found: list[Line] = []
    above: Line | None = None
    under: list[int] = []
    numbered: list[int] = []
    for row, line in enumerate(lines, start=1):
        if len(line) < _WIDEST and _ALONE.fullmatch(line) and (is_usual or not _SHORT.fullmatch(line)):
            above = Line(row, "", "", *_span(line))
            if found and found[-1].whole.isdecimal() and found[-1].row == row - 1:
                numbered.append(len(found) - 1)
            continue
        one = _taken(row, line, asides=with_aside)
        if one.whole and above:
            start, end = (above.start if math.isnan(one.start) else one.start), above.end
            one, above = one._replace(start=start, end=end if math.isnan(one.end) else one.end), None
            under.append(len(found))
        found.append(one)
    if 2 * sum(bool(_LABELLED.match(found[place].text)) for place in under) > len(under):
        for place in under:
            found[place] = found[place]._replace(leads=True)
    if "-->" in text or _in_order([int(found[place].whole) for place in numbered]):
        found = [line for place, line in enumerate(found) if place not in set(numbered)]
    return found


def _in_order(numbers: list[int]) -> bool:
    """Whether they are those of subtitles, and not what somebody said before a time."""
    following = sum(one + 1 == after for one, after in pairwise(numbers))
    return bool(following) and 2 * following >= len(numbers) - 1


def _with_colons(lines: list[str]) -> list[str]:
    """Put a colon behind the name where most lines are a name, a time and what was said."""
    found = {row: match for row, line in enumerate(lines) if "[" in line and (match := _NAMED.fullmatch(line))}
    if len(found) < _FEWEST or 5 * len(found) < 4 * sum(map(bool, lines)):
        return lines
    named = {row: f"{match['name']}: {match['time']} {match['rest']}" for row, match in found.items()}
    return [named.get(row, line) for row, line in enumerate(lines)]


def _without_points(lines: list[str]) -> list[str]:
    """Write times with points, or with "kl.", as others have them, where most lines begin with one before a name."""
    found = {
        row: match for row, line in enumerate(lines) if line[:1] in "kK0123456789" and (match := _POINTED.match(line))
    }
    unusual = any("." in match["time"] or match[0][0] in "kK" for match in found.values())
    if not unusual or len(found) < _FEWEST or 2 * len(found) < sum(map(bool, lines)):
        return lines
    timed = {row: f"[{match['time'].replace('.', ':')}] {lines[row][match.end() :]}" for row, match in found.items()}
    return [timed.get(row, line) for row, line in enumerate(lines)]


def _taken(row: int, line: str, *, asides: bool) -> Line:
    if not _has_time(line):
        return Line(row, line, line)
    start = end = math.nan
    whole = line
    if before := _LEAD.match(line) or _BARE.match(line):
        start, end = _span(before[1])
        line = line[before.end() :]
        whole = whole if before.re is _BARE else line
    elif (behind := _BEHIND.match(line)) and (":" in behind["colon"] or behind["rest"].startswith(":")):
        before = behind
        start, end = _span(behind["time"])
        line = whole = behind["label"] + behind["colon"].rstrip(" ") + _joint(behind["colon"], behind["rest"])
    last = _AT_END.search(line) if line.rstrip(". ").endswith((")", "]", "}")) else None
    if last and (asides or not _ASIDE.fullmatch(last[1])):
        end = _span(last[1])[0]
        line, whole = (_AT_END.sub(r"\g<point>", each) for each in (line, whole))
    if _has_time(whole):
        line, whole = (_INSIDE.sub(" " if asides else _kept, each) for each in (line, whole))
    left = _spaced(line)
    return Line(row, left, left if line == whole else _spaced(whole), start, end, leads=bool(before))


def _has_time(line: str) -> bool:
    """Look around each colon: lines have few, and letters many."""
    place = line.find(":", 1)
    while place > 0:
        if _ANY.match(line, place - 1):
            return True
        place = line.find(":", place + 1)
    return False


def _spaced(line: str) -> str:
    # A tab may end a label.
    return _BLANKS.sub(" ", line).strip() if "\t" in line else spaced(line)


def _kept(found: re.Match[str]) -> str:
    return found[0] if _ASIDE.fullmatch(found[0]) else " "


def _in_full(found: re.Match[str]) -> str:
    return f"[{clock(float(found[1]))}]"


def _joint(colon: str, rest: str) -> str:
    return rest if rest.startswith(":") or not colon.strip() else f" {rest}"


def _span(text: str) -> tuple[float, float]:
    """Read a time, or two with a dash or an arrow between them; NaN for the one that is not there."""
    found = _CLOCKS.findall(text)
    times = [seconds(_TENTHS.sub(".", each) if "-" in each else each) for each in found]
    if "-->" in text and text.strip("[({# ").startswith("-->"):
        return math.nan, times[0]
    return times[0], times[1] if len(times) > 1 else math.nan
