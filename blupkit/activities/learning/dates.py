"""When learning takes place, and what else a reader has in the calendar: events, that a page lists and writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from blupkit.activities.events import events_of
from blupkit.core.danish import listing
from blupkit.core.study import ALL

if TYPE_CHECKING:
    from blupkit.activities.learning.offers import Catalogue

_SOME: Final = "nogle af kommunerne"


def reader_events(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Give what a reader has in the calendar: sessions, its workshops, and the days of the plan that all meet on.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    list of dict
        As `report.list_events` takes them, by time, without the project's own tasks, that last several days. A session
        says whom it is for; for the reader of all it also has a calendar of its own, for those who have signed up, and
        no municipality is named: its workshops stand in the plan.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> [(event["id"], event["who"], event["place"]) for event in reader_events(example_catalogue())]
    [('H1', 'lokalrådsmedlemmer', 'Nordby')]
    """
    sessions = {row["id"]: row["aktivitet"] for row in catalogue.found["afholdelser"]}
    whom = {row["id"]: row["maalgruppe"] for row in catalogue.rows}
    events = []
    for event in events_of(catalogue.found):
        own = event["id"] in sessions or not catalogue.common or ALL in event["places"]
        if event["task"] or not own or not catalogue.concerns(event["places"]):
            continue
        changed: dict[str, Any] = {"files": ()}
        if activity := sessions.get(event["id"]):
            who = listing(map(catalogue.edition.group_name, whom[activity]))
            files = (event["id"],) if catalogue.common else ()
            changed = {"who": who, "place": _places(event["places"], catalogue), "files": files}
        events.append(event | changed)
    return events


def _places(places: tuple[str, ...], catalogue: Catalogue) -> str:
    towns = [catalogue.edition.study.municipality(place) for place in places]
    names = [town.short for town in towns if town]
    # No page names another municipality but the plan's.
    return _SOME if len(names) > 1 or (names and catalogue.common) else listing(names)
