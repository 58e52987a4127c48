"""When learning takes place, and what else a reader has in the calendar: events, that a page lists and writes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blupkit.activities.events import events_of
from blupkit.core.danish import listing

if TYPE_CHECKING:
    from blupkit.activities.learning.offers import Catalogue


def session_events(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Give the sessions that a reader's people may come to.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    list of dict
        As `report.list_events` takes them, by time, with whom each is for. For the reader of all, each also has a
        calendar of its own, for those who have signed up.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> [(event["id"], event["who"], event["place"]) for event in session_events(example_catalogue())]
    [('H1', 'lokalrådsmedlemmer', 'Nordby')]
    """
    sessions = {row["id"]: row for row in catalogue.sessions}
    whom = {row["id"]: row["maalgruppe"] for row in catalogue.rows}
    edition = catalogue.edition
    return [
        event
        | {
            "who": listing(map(edition.group_name, whom[sessions[event["id"]]["aktivitet"]])),
            "place": _places(event["places"], catalogue),
            "files": (event["id"],) if catalogue.common else (),
        }
        for event in events_of(catalogue.found)
        if event["id"] in sessions
    ]


def _places(places: tuple[str, ...], catalogue: Catalogue) -> str:
    towns = [catalogue.edition.study.municipality(place) for place in places]
    return listing(town.short for town in towns if town)


def other_events(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Give what else a reader has in the calendar: its workshops, and the days of the plan that all meet on.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.

    Returns
    -------
    list of dict
        As `report.list_events` takes them, by time; without the project's own tasks, that last several days.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> other_events(example_catalogue())
    []
    """
    sessions = {row["id"] for row in catalogue.found["afholdelser"]}
    return [
        event | {"files": ()}
        for event in events_of(catalogue.found)
        if event["id"] not in sessions and not event["task"] and catalogue.concerns(event["places"])
    ]
