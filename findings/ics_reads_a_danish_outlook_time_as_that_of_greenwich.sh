#!/usr/bin/env bash
# ics 0.7.3 reads the time of a Danish Outlook's meeting as UTC, and saves it so: it moves by one hour, or two in summer.
#
# Guess: a time zone that the calendar file defines itself is used, whatever it is called; or the name is refused.
# Seen (Python 3.11): Outlook calls Denmark's time "Romance Standard Time" and writes its rules into the file. The rules are
# passed over, and since the name is in no list of the world's zones, 10:00 becomes 10:00 UTC, which is noon in Copenhagen.
# Saved again it is "DTSTART:20270616T100000Z", so that the next reader cannot see it. "Europe/Copenhagen" is read right.
# icalendar 7.3.2 and vobject 0.9.9 use the rules.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 vobject==0.9.9 tzdata
"$place/venv/bin/python" - > "$place/seen.txt" <<'PYTHON'
import icalendar
import ics
import vobject

RULES = """BEGIN:VTIMEZONE
TZID:{zone}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""
FILE = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//DA\n" + RULES + "BEGIN:VEVENT\nUID:1\nDTSTAMP:20270101T000000Z\n"
    "DTSTART;TZID={zone}:20270616T100000\nDTEND;TZID={zone}:20270616T120000\nSUMMARY:Workshop\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)


def hours(moment):
    return f"{moment:%H:%M} {moment.utcoffset().total_seconds() / 3600:+.0f}"


for zone in ("Europe/Copenhagen", "Romance Standard Time"):
    text = FILE.format(zone=zone).replace("\n", "\r\n")
    calendar = ics.Calendar(text)
    [event] = calendar.events
    print(zone, "| ics", hours(event.begin.datetime))
    [line] = [line for line in calendar.serialize().splitlines() if line.startswith("DTSTART") and "2027" in line]
    print(zone, "| ics saved", line)
    [event] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    print(zone, "| icalendar", hours(event.start))
    print(zone, "| vobject", hours(vobject.readOne(text).vevent.dtstart.value))
PYTHON
cat "$place/seen.txt"
{
    echo "Europe/Copenhagen | ics 10:00 +2"
    echo "Europe/Copenhagen | ics saved DTSTART:20270616T080000Z"
    echo "Europe/Copenhagen | icalendar 10:00 +2"
    echo "Europe/Copenhagen | vobject 10:00 +2"
    echo "Romance Standard Time | ics 10:00 +0"
    echo "Romance Standard Time | ics saved DTSTART:20270616T100000Z"
    echo "Romance Standard Time | icalendar 10:00 +2"
    echo "Romance Standard Time | vobject 10:00 +2"
} | diff - "$place/seen.txt" || { echo "changed"; exit 1; }
