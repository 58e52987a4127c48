"""Calendar files that are sent: unfolded first, since a line may be cut anywhere, in the middle of a letter too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import unquote

from blupkit.report.packages.passage import BAR, WHOLE, Kind, Passage

_FOLD: Final = re.compile(rb"\r?\n[ \t]|\r[ \t]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
#: What this program writes; any other line may hold or fetch what nobody looked for.
_LINES: Final = """
    BEGIN END VERSION PRODID CALSCALE METHOD NAME X-WR-CALNAME UID DTSTAMP DTSTART DTEND SEQUENCE SUMMARY DESCRIPTION
    LOCATION STATUS TRANSP CATEGORIES TZID TZNAME TZOFFSETFROM TZOFFSETTO RRULE X-LIC-LOCATION
"""
_WRITTEN: Final = frozenset(_LINES.split())
#: What is said of an event, without its days.
_WORDS: Final = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"})
_COMPONENTS: Final = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"})
#: The name of a line, with what ends it.
_NAME: Final = re.compile(r"\A([^:;]*)[:;]")
#: A day, which only looks like a telephone number.
_DAY: Final = re.compile(r"^((?:DTSTART|DTEND|DTSTAMP)[^:]*):((?:19|20)\d\d)(\d\d)(\d\d)((?:T\d{6}Z?)?)$")
_TAGS: Final = re.compile(r"<[^>]*>")


def calendar(content: bytes) -> Iterator[Passage]:
    r"""Read a calendar file.

    Parameters
    ----------
    content : bytes
        The file.

    Yields
    ------
    Passage
        Each line, as it reads and with what HTML and percent signs make of it; the words of each event as one; and the
        file as a whole. A line that this program does not write is foreign.

    Examples
    --------
    >>> file = b"BEGIN:VEVENT\r\nSUMMARY:M\xc3\r\n \xb8de\\, kl. 16\r\nATTACH:x\r\n"
    >>> [(str(one.kind), one.place, one.text) for one in calendar(file)][1:3]
    [('tekst', 'linje 2', 'SUMMARY Møde, kl. 16'), ('fremmed', 'linje 3', 'en linje, som programmet ikke skriver')]
    """
    try:
        text = _FOLD.sub(b"", content).decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        yield Passage(Kind.FOREIGN, "filen", "tegn, der ikke er tekst")
        return
    event: list[str] = []
    every: list[str] = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), start=1):
        place = f"linje {number}"
        if not _is_ours(line):
            yield Passage(Kind.FOREIGN, place, "en linje, som programmet ikke skriver")
        line = _DAY.sub(r"\1:\2-\3-\4 \5", line)
        said = _ESCAPED.sub(lambda sign: " " if sign[1] in "nN" else sign[1], _NAME.sub(r"\1 ", line))
        for words in dict.fromkeys((said, _TAGS.sub("", unescape(unquote(said))))):
            yield Passage(Kind.TEXT, place, words)
        event += [said] * (line.partition(":")[0] in _WORDS)
        every.append(said)
        if line.upper() == "END:VEVENT":
            yield Passage(Kind.FIGURE, place, BAR.join(event))
            event = []
    yield Passage(Kind.HIDDEN, WHOLE, BAR.join(every))


def _is_ours(line: str) -> bool:
    name, _, value = line.upper().partition(":")
    name = name.partition(";")[0]
    return name in _WRITTEN and (name not in ("BEGIN", "END") or value.strip() in _COMPONENTS)
