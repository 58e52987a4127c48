"""The days of the plan as events of a calendar: meetings with their hours, and what is to be done by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from blupkit.activities.layout import CANCELLED
from blupkit.activities.reading import Activities, Row, read_activities
from blupkit.core.study import Study

#: What lasts longer is told of by its last day.
_SHORT: Final = timedelta(days=7)


def plan_events(study: Study) -> list[dict[str, Any]]:
    """Give every meeting, session and line of the plan as an event.

    Parameters
    ----------
    study : Study
        Its `aktiviteter/`.

    Returns
    -------
    list of dict
        As `report.list_events` takes them, by time. A line of the plan that is held on a day of `workshops.csv` or
        `afholdelser.csv` is that meeting; one of more than a week is its last day.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> plan_events(example_study())
    []
    """
    return events_of(read_activities(study))


def events_of(found: Activities) -> list[dict[str, Any]]:
    """Give every meeting, session and line of the plan as an event, with whom it concerns.

    Parameters
    ----------
    found : Activities
        What `read_activities` gave.

    Returns
    -------
    list of dict
        As `report.list_events` takes them, by time; `places` are the municipalities that it is for ("alle" for all of
        them), and `task` tells whether it is a line of several days, that nobody meets for.
    """
    meetings = {row["id"]: _meeting(found, file, row) for file in ("workshops", "afholdelser") for row in found[file]}
    planned = {row["afholdes"]: row for row in found["plan"] if row["afholdes"]}
    events = [{**event, **_roles(found, planned.get(ident))} for ident, event in meetings.items()]
    events += [{**event, **_roles(found, row)} for row in found["plan"] if not row["afholdes"] for event in _line(row)]
    return sorted(events, key=lambda event: (event["start"].isoformat(), event["id"]))


def _roles(found: Activities, row: Row | None) -> dict[str, Any]:
    """Name who sees to it, and whose calendars it belongs in: theirs, and those of who help."""
    names = {role.key: role.name for role in found.study.roles}
    keys = [row["ansvarlig"], *row["medvirker"]] if row else []
    return {"who": names.get(keys[0], "") if keys else "", "files": tuple(names[key] for key in keys if key in names)}


def _meeting(found: Activities, file: str, row: Row) -> dict[str, Any]:
    titles = {activity["id"]: activity["titel"] for activity in found["katalog"]}
    town = found.study.municipality(row["kommune"]) if row.get("kommune") else None
    place = town.short if town else ""
    return {
        "id": row["id"],
        "title": f"Workshop i {place}" if place else titles.get(row["aktivitet"], str(row["aktivitet"])),
        "start": datetime.combine(row["dato"], row["start"]),
        "end": datetime.combine(row["dato"], row["slut"]),
        "place": row.get("sted") or "",
        "cancelled": row["status"] == CANCELLED,
        "places": found.who_comes(file, row)[0],
        "task": False,
    }


def _line(row: Row) -> Iterator[dict[str, Any]]:
    start: date | None = row["start"] or row["slut"]
    end: date | None = row["slut"] or row["start"]
    if start is None or end is None:
        return
    long = end - start > _SHORT
    yield {
        "id": row["id"],
        "title": f"{row['aktivitet']}: sidste dag" if long else row["aktivitet"],
        "start": end if long else start,
        "end": end,
        "place": "",
        "cancelled": row["status"] == CANCELLED,
        "places": (row["kommune"],),
        "task": start != end,
    }
