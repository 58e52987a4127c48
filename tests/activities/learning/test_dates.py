"""What a municipality has in the calendar: as two readers of calendar files find it, across the change of the clock."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import icalendar
import pytest
import vobject

from blupkit.activities import read_catalogue, reader_events
from blupkit.core import Study, read_edition, read_study
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.report import list_events
from blupkit.report.office.calendar import page_calendars

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


def calendars(demo: Study, place: str) -> dict[str, str]:
    """The files beside one reader's page; the dates need nothing of the release."""
    tables = dict.fromkeys(("needs", "places", "form", "times"), NO_TABLE)
    table = list_events(
        reader_events(read_catalogue(demo, read_edition(demo, place), **tables)), caption="Datoer."
    ).table
    return page_calendars(f"<table>{table}</table>", title="Læring", owner="proeve", day=demo.data_date)


def ids(file: str) -> list[str]:
    return [str(event["uid"]).partition("-")[0] for event in icalendar.Calendar.from_ical(file).walk("VEVENT")]


def test_a_municipality_has_its_own_sessions_and_workshop_and_what_all_meet_for(demo: Study) -> None:
    """H5 is for three municipalities, Kerteminde among them; P23 is the conference, P27 the trip that was cancelled."""
    common = ["P27", "H1", "H2", "H3", "H9", "H4", "H10", "H11", "H6", "H7", "H12", "H8", "P23"]
    assert sorted(ids(calendars(demo, "slagelse")[".ics"])) == sorted([*common, "W6"])
    assert sorted(ids(calendars(demo, "kerteminde")[".ics"])) == sorted([*common, "W4", "H5"])


def test_its_hours_stay_across_the_change_of_the_clock_in_both_readers(demo: Study) -> None:
    """On 25 October 19.00 is 17.00 in UTC, on 3 November 18.30 is 17.30: the clock goes back on the 30th."""
    file = calendars(demo, "kerteminde")[".ics"]
    icalendar.use_zoneinfo()
    one = {str(each["uid"]).partition("-")[0]: each.start for each in icalendar.Calendar.from_ical(file).walk("VEVENT")}
    other = {each.uid.value.partition("-")[0]: each.dtstart.value for each in vobject.readOne(file).vevent_list}
    for found in (one, other):
        assert [f"{found[ident]:%d.%m. %H.%M}" for ident in ("H4", "H5")] == ["25.10. 19.00", "03.11. 18.30"]
        assert [f"{found[ident].astimezone(UTC):%H.%M}" for ident in ("H4", "H5")] == ["17.00", "17.30"]


def test_only_the_common_page_has_a_calendar_for_each_session(demo: Study) -> None:
    assert list(calendars(demo, "slagelse")) == [".ics"]
    common = calendars(demo, "alle")
    assert set(common) == {".ics", *(f".h{number}.ics" for number in range(1, 13))}
    assert ids(common[".h4.ics"]) == ["H4"]


def test_no_other_municipality_is_named_and_the_common_page_leaves_the_workshops_to_the_plan(demo: Study) -> None:
    common = calendars(demo, "alle")[".ics"]
    assert not {"W1", "W6"} & {*ids(common)}
    assert [town.short for town in demo.municipalities if town.short in common] == []
    own = calendars(demo, "kerteminde")[".ics"]
    assert [town.short for town in demo.municipalities if town.short in own] == ["Kerteminde"]
    assert "LOCATION:nogle af kommunerne" in common
    assert "LOCATION:nogle af kommunerne" in own
