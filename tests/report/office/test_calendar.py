"""A calendar file as two readers find it, and as the rules of such files (RFC 5545) say that it must be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pandas as pd
import pytest
import vobject

from blupkit import interviews
from blupkit.activities import plan_events
from blupkit.core import ALL, example_study, read_study
from blupkit.report import Scan, Secrets, list_events
from blupkit.report.office.calendar import page_calendars

DAY = date(2022, 12, 21)
DEMO = Path(__file__).parents[3] / "data" / "demo"


def event(ident: str, start: date, end: date, **more: Any) -> dict[str, Any]:
    return {"id": ident, "title": ident, "start": start, "end": end, "place": "", "who": "", "cancelled": False} | more


EVENTS = [
    # The clock goes back at three on the 30th of October.
    event("før", datetime(2022, 10, 29, 16, 30), datetime(2022, 10, 29, 20, 0), place="Kulturhus; sal 2", who="teknik"),
    event("efter", datetime(2022, 10, 30, 16, 30), datetime(2022, 10, 30, 20, 0)),
    event("over", datetime(2022, 10, 29, 22, 0), datetime(2022, 10, 30, 6, 0)),
    event("dage", date(2022, 10, 28), date(2022, 10, 31), title="Rådsmøder, æøå og »citat«: " + "læring " * 20),
    event("aflyst", date(2022, 11, 3), date(2022, 11, 3), cancelled=True),
]  # fmt: skip


@pytest.fixture(scope="module")
def content() -> str:
    table = list_events(EVENTS, caption="Møder.").table
    return page_calendars(f"<html><body>{table}</body></html>", title="Planen, for alle", owner="proeve", day=DAY)[
        ".ics"
    ]


def read(content: str) -> dict[str, Any]:
    icalendar.use_zoneinfo()
    calendar = icalendar.Calendar.from_ical(content)
    return {str(each["uid"]).partition("-")[0]: each for each in calendar.walk("VEVENT")}


def test_meetings_keep_their_hours_across_the_change_of_the_clock_in_both_readers(content: str) -> None:
    """16.30 is 14.30 in UTC on the 29th and 15.30 on the 30th; from 22 to 6 are nine hours that night."""
    found = read(content)
    other = {each.uid.value.partition("-")[0]: each for each in vobject.readOne(content).vevent_list}
    for start, end in (
        (found["før"].start, found["efter"].start),
        (other["før"].dtstart.value, other["efter"].dtstart.value),
    ):
        assert start.astimezone(UTC) == datetime(2022, 10, 29, 14, 30, tzinfo=UTC)
        assert end.astimezone(UTC) == datetime(2022, 10, 30, 15, 30, tzinfo=UTC)
        assert (start.hour, end.hour) == (16, 16)
    night = [(found["over"].start, found["over"].end), (other["over"].dtstart.value, other["over"].dtend.value)]
    assert [end.astimezone(UTC) - start.astimezone(UTC) for start, end in night] == [timedelta(hours=9)] * 2


def test_the_zone_is_told_in_the_file_and_is_what_python_s_own_tables_say(content: str) -> None:
    zone = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")[0].to_tz()
    from zoneinfo import ZoneInfo

    for month in range(1, 13):
        for day in (1, 15, 27, 28):
            when = datetime(2022, month, day, 12)
            assert zone.utcoffset(when) == when.replace(tzinfo=ZoneInfo("Europe/Copenhagen")).utcoffset(), when


def test_the_end_of_whole_days_is_the_day_after(content: str) -> None:
    days = read(content)["dage"]
    assert (days.start, days.end) == (date(2022, 10, 28), date(2022, 11, 1))


def test_words_come_back_as_they_were_with_commas_and_semicolons(content: str) -> None:
    found = read(content)
    assert str(found["før"]["location"]) == "Kulturhus; sal 2"
    assert str(found["dage"]["summary"]) == EVENTS[3]["title"].strip()
    assert vobject.readOne(content).vevent_list[3].summary.value == EVENTS[3]["title"].strip()
    assert found["før"]["categories"].cats == ["teknik"]
    assert (str(found["aflyst"]["status"]), str(found["aflyst"]["summary"])) == ("CANCELLED", "aflyst")


def test_no_line_is_longer_than_75_bytes_and_none_is_cut_in_a_letter(content: str) -> None:
    lines = content.encode().split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode("utf-8") is not None for line in lines)
    assert b"\n" not in b"".join(lines)


def test_an_event_has_the_same_name_in_each_edition_and_a_later_one_counts_more() -> None:
    page = f"<html><body>{list_events(EVENTS, caption='M').table}</body></html>"
    days = (DAY, DAY + timedelta(days=1))
    editions = [read(page_calendars(page, title="P", owner="proeve", day=day)[".ics"]) for day in days]
    assert editions[0].keys() == editions[1].keys() == {each["id"] for each in EVENTS}
    for ident, first in editions[0].items():
        second = editions[1][ident]
        assert first["uid"] == second["uid"]
        assert int(second["sequence"]) == int(first["sequence"]) + 1
        assert first["dtstamp"].dt == datetime(2022, 12, 21, tzinfo=UTC)


def test_who_has_a_calendar_of_their_own_finds_the_same_events_in_it_in_both_readers() -> None:
    """The technician is in one of five and the teacher in two; the whole has all of them under the same names."""
    rows = [
        {**one, "files": files}
        for one, files in zip(EVENTS, [("teknik", "Ny underviser"), ("Ny underviser",), (), (), ()], strict=True)
    ]
    table = list_events(rows, caption="Møder.").table
    files = page_calendars(f"<html><body>{table}</body></html>", title="Planen", owner="proeve", day=DAY)
    assert list(files) == [".ics", ".ny-underviser.ics", ".teknik.ics"]
    every, teacher = read(files[".ics"]), read(files[".ny-underviser.ics"])
    assert (set(teacher), set(read(files[".teknik.ics"]))) == ({"før", "efter"}, {"før"})
    for ident, one in teacher.items():
        assert (one["uid"], one["sequence"], one.start) == (
            every[ident]["uid"],
            every[ident]["sequence"],
            every[ident].start,
        )
    other = {each.uid.value: each.dtstart.value for each in vobject.readOne(files[".ny-underviser.ics"]).vevent_list}
    # The clock goes back between the two: 14.30 and 15.30 in UTC are 16.30 on the wall both days.
    assert [when.astimezone(UTC).hour for when in other.values()] == [14, 15]
    assert [when.hour for when in other.values()] == [16, 16]


def test_the_search_of_packages_knows_every_line_of_it(content: str) -> None:
    nothing = pd.DataFrame(columns=["label", "value", "low", "high", "n", "highest"])
    study = example_study()
    searches = interviews.spoken_secrets(study, None).searches  # a mail address, and a telephone, of anybody
    scan = Scan(Secrets(searches, {}, nothing, {ALL: nothing}), study)
    assert scan.leaks("a.ics", content.encode(), ALL) == []
    table = list_events([event("W1", date(2022, 9, 21), date(2022, 9, 21), title="Workshop i Nordby")], caption="M")
    for text in (table.table, "<p>Workshop i Nordby den 21. september 2022 kl. 16.30-20.00</p>"):
        assert scan.leaks("a.html", f"<html><body>{text}</body></html>".encode(), ALL) == []
    assert scan.leaks("a.html", b"<p>Nordby: 21,9</p>", ALL)
    assert scan.leaks("a.html", b"<p>Nordby: 21 svar i september</p>", ALL)


def test_the_plan_s_meetings_have_their_hours_and_long_lines_their_last_day() -> None:
    """W6 is held as `workshops.csv` says; P1 lasts from 24 January to 31 March 2022; P27 was cancelled."""
    events = {each["id"]: each for each in plan_events(read_study(DEMO))}
    assert (events["W6"]["start"], events["W6"]["end"]) == (datetime(2022, 9, 21, 16, 30), datetime(2022, 9, 21, 20))
    assert (events["P1"]["start"], events["P1"]["end"]) == (date(2022, 3, 31), date(2022, 3, 31))
    assert [ident for ident, each in events.items() if each["cancelled"]] == ["P27"]
    assert "P11" not in events  # the line of the plan that is W6
    # Who sees to it and who helps has it in their own calendar: P13 is the teacher's, with the coordinator.
    assert events["H1"]["files"] == ("underviser", "landdistriktskoordinator")
