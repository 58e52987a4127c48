"""A plan over time: a bar a line, in the order of its phases, with the same content as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd
from babel.dates import format_date

from blupkit.core.danish import first_upper, listing, long_date
from blupkit.display.tokens import GROUP_COLOURS, LINK, MUTED, Layout
from blupkit.report.figures.charts import WIDE_LETTER
from blupkit.report.figures.exhibits import Exhibit, Kind
from blupkit.report.figures.hyphenation import LETTER, wrap
from blupkit.report.figures.numbers import html_table
from blupkit.report.figures.svg import Sheet, draw_both

_FINISHED, _LATE = "afsluttet", "forsinket"
#: How a bar looks by how its line stands: its colour, and whether it has only its outline. A finished one is thin and
#: what must not be missed is written beside it, so that colour is never alone.
_BARS: Final = {
    _FINISHED: (LINK, False),
    "i gang": (GROUP_COLOURS[0], False),
    "planlagt": (GROUP_COLOURS[0], True),
    _LATE: (GROUP_COLOURS[1], False),
    "aflyst": (LINK, True),
}
_WRITTEN: Final = (_LATE, "aflyst")
_NOTE: Final = "En tynd bjælke er afsluttet; en, der kun er en kant, er ikke begyndt eller aflyst."
_LINE: Final = 18
_BAR, _THIN = 10.0, 5.0
_SHORTEST: Final = 6.0


class _Row(NamedTuple):
    """A row of the drawing: a phase's head, or a line of it."""

    words: str
    start: date | None = None
    end: date | None = None
    standing: str = ""


def plot_plan(frame: pd.DataFrame, *, today: date, caption: str, finding: str = "", source: str = "") -> Exhibit:
    """Draw a plan over time, and set the same out as a table.

    Parameters
    ----------
    frame : pandas.DataFrame
        A row a line: `phase`, `title`, `start` and `end` (days), `when` (the same in words), `role`, `helpers`,
        `standing` ("afsluttet", "i gang", "planlagt", "forsinket" or "aflyst"). It says who does what in a project, and
        nothing of what anybody answered.
    today : datetime.date
        The day that it stands so on; it is marked where it lies within the plan.
    caption : str
        The neutral title.
    finding : str
        The heading.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        A figure; only its table where there are no lines.

    Examples
    --------
    >>> line = {"phase": "læring", "title": "Kursus", "when": "3. maj 2022", "role": "underviser", "helpers": ""}
    >>> days = {"start": date(2022, 5, 3), "end": date(2022, 5, 3), "standing": "planlagt"}
    >>> exhibit = plot_plan(pd.DataFrame([line | days]), today=date(2022, 5, 1), caption="Planen")
    >>> exhibit.picture.desc.removesuffix(" Alle datoer står i tabellen under figuren.")
    'Fra maj 2022 til maj 2022: aktiviteter i fasen læring. Intet er forsinket.'
    """
    order = list(dict.fromkeys(frame["phase"]))
    lines = sorted(frame.itertuples(index=False), key=lambda one: order.index(one.phase))
    cells = [
        [str(one.title), str(one.phase), str(one.when), str(one.role), str(one.helpers) or "–", str(one.standing)]
        for one in lines
    ]
    heads = ["Aktivitet", "Fase", "Hvornår", "Ansvarlig", "Medvirker", "Status"]
    table = html_table(heads, cells, caption, words=True)
    if not lines:
        return Exhibit(Kind.TABLE, caption, table, finding=finding, source=source)
    rows = list(_rows(lines))
    draw = partial(_draw, rows, min(frame["start"]), max(frame["end"]), today)
    picture = draw_both(draw, "Tidslinje med en bjælke for hver aktivitet", _desc(frame))
    return Exhibit(Kind.FIGURE, caption, table, picture=picture, finding=finding, note=_NOTE, source=source)


def _rows(lines: Sequence[Any]) -> Iterator[_Row]:
    phase = None
    for one in lines:
        if one.phase != phase:
            phase = one.phase
            yield _Row(first_upper(phase))
        yield _Row(one.title, one.start, one.end, one.standing)


def _desc(frame: pd.DataFrame) -> str:
    """Say what is drawn: when it begins and ends, its phases, and what is late."""
    ends = [format_date(day, "MMMM y", locale="da") for day in (min(frame["start"]), max(frame["end"]))]
    phases = list(dict.fromkeys(frame["phase"]))
    where = f"fasen {phases[0]}" if len(phases) == 1 else f"faserne {listing(phases)}"
    late = [f"»{title}«" for title in frame.loc[frame["standing"] == _LATE, "title"]]
    said = f"Forsinket: {listing(late)}." if late else "Intet er forsinket."
    return f"Fra {ends[0]} til {ends[1]}: aktiviteter i {where}. {said} Alle datoer står i tabellen under figuren."


class _Axis(NamedTuple):
    """Where a day lies: whole months from the first to the last."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Give where a day begins."""
        return self.left + (self.right - self.left) * (day - self.first).days / ((self.last - self.first).days)

    @property
    def months(self) -> list[date]:
        """The first day of each month, and of the one after the last."""
        found = [self.first]
        while found[-1] < self.last:
            found.append((found[-1] + timedelta(days=32)).replace(day=1))
        return found


def _axis(start: date, end: date, layout: Layout) -> _Axis:
    after = (end.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _Axis(start.replace(day=1), after, layout.label + 8 if layout.label else 4, layout.width - 8)


def _draw(rows: Sequence[_Row], start: date, end: date, today: date, layout: Layout) -> Sheet:
    """Draw the rows under the legend and the months."""
    axis = _axis(start, end, layout)
    labels = [wrap(row.words, layout.label or layout.width - 8, layout.text) for row in rows]
    heights = [_height(row, len(words), layout) for row, words in zip(rows, labels, strict=True)]
    legend = _legend_places([row.standing for row in rows], layout)
    several = axis.first.year != (axis.last - timedelta(days=1)).year
    top = legend[-1][1] + _LINE + 10
    below = top + _LINE * (2 + several) + 4
    sheet = Sheet(layout, int(below + sum(heights) + 8))
    for name, y, x in legend:
        _bar(sheet, x, x + 22, y, name)
        sheet.text(x + 28, y, name, layout.small, colour=MUTED)
    _months(sheet, axis, top + _LINE, below, several=several)
    if axis.first <= today < axis.last:
        _today(sheet, axis.at(today), today, top, below)
    y = below
    for row, words, height in zip(rows, labels, heights, strict=True):
        _row(sheet, axis, row, words, y)
        y += height
    return sheet


def _height(row: _Row, lines: int, layout: Layout) -> int:
    if not row.start:
        return lines * _LINE + 10
    return lines * _LINE + (6 if layout.label else _LINE + 4)


def _legend_places(standings: Sequence[str], layout: Layout) -> list[tuple[str, float, float]]:
    """Give each way to stand that is drawn its place: line by line, as far as the sheet is wide."""
    found: list[tuple[str, float, float]] = []
    x, y = 4.0, 10.0
    for name in (name for name in _BARS if name in standings):
        wide = 28 + len(name) * layout.printed * LETTER + 22
        if x > 4 and x + wide > layout.width:
            x, y = 4.0, y + _LINE
        found.append((name, y, x))
        x += wide
    return found


def _months(sheet: Sheet, axis: _Axis, top: float, below: float, *, several: bool) -> None:
    size = sheet.layout.small
    months, step = axis.months, 1
    while (axis.at(months[1]) - axis.at(months[0])) * step < sheet.layout.printed * LETTER * 4.5:
        step += 1
    for place, (month, after) in enumerate(pairwise(months)):
        x = axis.at(month)
        sheet.rule((x, x), (below - 4, sheet.height - 4))
        if place % step == 0 and x + 3 * sheet.layout.printed * LETTER <= axis.right:
            name = format_date(month, "LLL", locale="da").rstrip(".")
            middle = (x + axis.at(after)) / 2 if step == 1 else x
            sheet.text(middle, below - 14, name, size, anchor="middle" if step == 1 else "start", colour=MUTED)
        if several and (month.month == 1 or place == 0) and x + 4 * sheet.layout.printed * LETTER <= axis.right:
            sheet.text(x, top + 8, str(month.year), size, colour=MUTED)


def _row(sheet: Sheet, axis: _Axis, row: _Row, words: Sequence[str], y: float) -> None:
    layout = sheet.layout
    begin = y + (_LINE / 2 if row.start else _LINE / 2 + 6)
    sheet.text(4, begin, words, layout.text, bold=not row.start, clear=not layout.label)
    if row.start is None or row.end is None:
        return
    middle = begin + (len(words) - 1) * _LINE / 2 if layout.label else begin + len(words) * _LINE
    left, right = axis.at(row.start), axis.at(row.end + timedelta(days=1))
    right = max(right, left + _SHORTEST)
    _bar(sheet, left, right, middle, row.standing)
    if row.standing in _WRITTEN:
        room = len(row.standing) * layout.printed * LETTER + 6
        if right + room <= layout.width:
            sheet.text(right + 5, middle, row.standing, layout.small, clear=True)
        else:
            sheet.text(left - 5, middle, row.standing, layout.small, anchor="end", clear=True)


def _bar(sheet: Sheet, left: float, right: float, y: float, standing: str) -> None:
    colour, hollow = _BARS[standing]
    edge = 1 if hollow else 0  # an outline lies half outside
    height = _THIN if standing == _FINISHED else _BAR
    sheet.bar(left + edge, right - edge, y, colour, height - 2 * edge, hollow=hollow)


def _today(sheet: Sheet, x: float, today: date, top: float, below: float) -> None:
    layout = sheet.layout
    words = f"opgjort {long_date(today).removeprefix('den ').rsplit(' ', 1)[0]}"
    half = len(words) * layout.printed * WIDE_LETTER / 2 + 4
    sheet.line((x, x), (below - 4, sheet.height - 4), MUTED, "z")
    sheet.text(min(max(x, half), layout.width - half), top, words, layout.small, anchor="middle", bold=True)
