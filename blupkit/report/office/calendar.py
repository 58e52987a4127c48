"""The meetings of a page as a calendar file, `.ics`, that is the same each time and tells its own time zone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from blupkit.core.files import legible

ZONE: Final = "Europe/Copenhagen"
#: The rule since 1996: the last Sundays of March and October. Without it Outlook moves meetings by hours.
_ZONE: Final = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}",
    "BEGIN:DAYLIGHT", "DTSTART:19960331T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT",
    "BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD",
    "END:VTIMEZONE",
)  # fmt: skip
#: The longest line, in bytes.
_LINE: Final = 75
#: What has a meaning of its own in a text.
_SIGNS: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_SOFT: Final = dict.fromkeys(map(ord, "\u00ad\u200b"))
_CANCELLED: Final = re.compile(r" \(aflyst\)$")
#: From when changes are counted: a calendar takes the event with the highest count.
_FIRST: Final = date(2000, 1, 1)


def page_calendars(html: str, *, title: str, owner: str, day: date) -> dict[str, str]:
    """Make the calendars of a page: one of all rows that `report.list_events` made, and those that some rows name.

    Parameters
    ----------
    html : str
        The page.
    title : str
        What the calendar is called.
    owner : str
        Whose events they are, in letters and hyphens: with it each has a name that no other event has, and the same one
        in each edition, so that a calendar moves it instead of adding another.
    day : datetime.date
        When the plan was looked at: a later edition takes the place of an earlier one.

    Returns
    -------
    dict of str to str
        Ending → file, with the line ends that it must have: ".ics", and ".konsulent.ics" for rows with that mark. An
        event has one name in all of them, so that whoever opens two does not get it twice.

    Examples
    --------
    >>> days = 'data-from="2022-05-17" data-until="2022-05-17"'
    >>> row = f'<tr data-event="W1" {days} data-files="teknik"><th>Møde</th></tr>'
    >>> files = page_calendars(f"<table>{row}</table>", title="Plan", owner="blup", day=date(2022, 5, 2))
    >>> [line for line in files[".ics"].splitlines() if line.startswith(("UID", "DTSTART;", "DTEND"))]
    ['UID:W1-blup-blupkit', 'DTSTART;VALUE=DATE:20220517', 'DTEND;VALUE=DATE:20220518']
    >>> list(files)
    ['.ics', '.teknik.ics']
    """
    page = document_fromstring(html.encode(), parser=HTMLParser(huge_tree=True, encoding="utf-8"))
    rows = page.xpath("//tr[@data-event]")
    own = sorted({name for row in rows for name in row.get("data-files", "").split()})
    of_each = {name: [row for row in rows if name in row.get("data-files", "").split()] for name in own}
    files = {".ics": _calendar(rows, title, owner, day)}
    return files | {f".{name}.ics": _calendar(some, f"{title}: {name}", owner, day) for name, some in of_each.items()}


def _calendar(rows: Iterable[HtmlElement], title: str, owner: str, day: date) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//blupkit//da", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_text(title)}", *_ZONE]
    for row in rows:
        lines += _event(row, owner, day)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(row: HtmlElement, owner: str, day: date) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{_text(row.get('data-event'))}-{owner}-blupkit")
    # When it was written is when the plan was looked at, or the file would be another each time.
    yield from (f"DTSTAMP:{day:%Y%m%d}T000000Z", f"SEQUENCE:{(day - _FIRST).days}")
    start, until = row.get("data-from"), row.get("data-until")
    if "T" in start:
        yield from (
            f"{name};TZID={ZONE}:{datetime.fromisoformat(told):%Y%m%dT%H%M%S}"
            for name, told in (("DTSTART", start), ("DTEND", until))
        )
    else:
        # The end of a whole day is the day after.
        after = date.fromisoformat(until) + timedelta(days=1)
        yield from (f"DTSTART;VALUE=DATE:{date.fromisoformat(start):%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}")
        yield "TRANSP:TRANSPARENT"
    name = " ".join(row.find("th").text_content().translate(_SOFT).split())
    yield f"SUMMARY:{_text(_CANCELLED.sub('', name))}"
    if place := row.get("data-place"):
        yield f"LOCATION:{_text(place)}"
    if who := row.get("data-who"):
        yield f"CATEGORIES:{_text(who)}"
    yield f"STATUS:{'CANCELLED' if row.get('data-state') else 'CONFIRMED'}"
    yield "END:VEVENT"


def _text(words: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in legible(words).replace("\r", ""))


def _folded(line: str) -> str:
    """Cut a line where it is too long, never in the middle of a letter."""
    pieces = [""]
    for letter in line:
        # What goes on has a blank in front.
        room = _LINE - (len(pieces) > 1)
        if len((pieces[-1] + letter).encode()) > room:
            pieces.append("")
        pieces[-1] += letter
    return "\r\n ".join(pieces)
