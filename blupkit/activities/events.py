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
    found = read_activities(study)
    meetings = {row["id"]: _meeting(found, row) for file in ("workshops", "afholdelser") for row in found[file]}
    planned = {row["afholdes"]: row for row in found["plan"] if row["afholdes"]}
    roles = {role.key: role.name for role in study.roles}
    events = [
        {**event, "who": roles.get(planned[ident]["ansvarlig"], "") if ident in planned else ""}
        for ident, event in meetings.items()
    ]
    events += [
        {**event, "who": roles.get(row["ansvarlig"], "")}
        for row in found["plan"]
        if not row["afholdes"]
        for event in _line(row)
    ]
    return sorted(events, key=lambda event: (event["start"].isoformat(), event["id"]))


def _meeting(found: Activities, row: Row) -> dict[str, Any]:
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
    }
