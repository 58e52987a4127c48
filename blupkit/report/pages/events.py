"""Meetings and days to keep, as a table that a calendar file can be made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any, Final

from blupkit.core.danish import first_upper, long_date
from blupkit.core.slugs import slug
from blupkit.report.figures.exhibits import Exhibit, Kind
from blupkit.report.figures.hyphenation import softened

_HEADS: Final = ("Hvad", "Hvornår", "Hvor", "Hvem")
#: Words of so many letters may be divided: on a telephone four columns leave each little room.
_NAME: Final = 8


def list_events(events: Iterable[Mapping[str, Any]], *, caption: str, source: str = "") -> Exhibit:
    """Set meetings and days out in a table, each row with what a calendar needs to know of it.

    Parameters
    ----------
    events : iterable of mapping
        `id` (the same each time), `title`, `start` and `end` (two days, of which the last is the last one, or two
        times), `place` and `who` ("" where there is none), `cancelled`; and `files`, where it also belongs in calendars
        of its own: what each is called.
    caption : str
        The title, after the number.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        Numbered as a table; a page with `"filer": ["ics"]` has them as a calendar beside it.

    Examples
    --------
    >>> event = {"id": "W1", "title": "Workshop", "start": date(2022, 5, 17), "end": date(2022, 5, 18), "place": "",
    ...     "who": "konsulent", "cancelled": False}
    >>> exhibit = list_events([event], caption="Møder.")
    >>> 'data-event="W1" data-from="2022-05-17" data-until="2022-05-18"' in exhibit.table
    True
    """
    rows = "".join(map(_row, events))
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    table = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}"><table class="words">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    return Exhibit(Kind.TABLE, caption, table if rows else "<p>Der er ingen datoer endnu.</p>", source=source)


def _row(event: Mapping[str, Any]) -> str:
    start, end = event["start"], event["end"]
    marks = {
        "event": event["id"],
        "from": start.isoformat(),
        "until": end.isoformat(),
        "place": event["place"],
        "who": event["who"],
        "state": "aflyst" if event["cancelled"] else "",
        "files": " ".join(map(slug, event.get("files", ()))),
    }
    told = "".join(f' data-{name}="{escape(str(value))}"' for name, value in marks.items() if value)
    title = f"{event['title']} (aflyst)" if event["cancelled"] else event["title"]
    cells = (_when(start, end), first_upper(event["place"]) or "–", first_upper(event["who"]) or "–")
    return (
        f'<tr{told}><th scope="row">{escape(softened(title, _NAME))}</th>'
        + "".join(
            f'<td data-head="{head}">{escape(softened(cell, _NAME))}</td>'
            for head, cell in zip(_HEADS[1:], cells, strict=True)
        )
        + "</tr>"
    )


def _when(start: date, end: date) -> str:
    if isinstance(start, datetime):
        return f"{long_date(start)} kl. {f'{start:%H.%M}'.removeprefix('0')}-{f'{end:%H.%M}'.removeprefix('0')}"
    return long_date(start) if start == end else f"{long_date(start)} til {long_date(end)}"
