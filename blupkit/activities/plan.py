"""The plan: what is done, what is late, what comes next, and who does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from blupkit.activities.days import closed_on
from blupkit.activities.layout import CANCELLED
from blupkit.activities.reading import Activities, Row, read_activities, reckoned_on
from blupkit.core.danish import long_date
from blupkit.core.study import ALL, Study

if TYPE_CHECKING:
    import pandas as pd

DONE, STARTED, PLANNED, LATE = "afsluttet", "i gang", "planlagt", "forsinket"
#: How far ahead is looked: what is due, and what is told of as next.
DUE: Final = timedelta(days=14)
NEXT: Final = timedelta(days=28)


@dataclass(frozen=True)
class Line:
    """One line of the plan, with its days wherever they stand.

    Parameters
    ----------
    id, title, phase : str
        As in the file.
    start, end : datetime.date
        Its first and its last day: those of its workshop or session, where it is one.
    role : str
        The name of the role that sees to it.
    helpers : tuple of str
        The names of those that help.
    standing : str
        "afsluttet", "aflyst", "forsinket", "i gang" or "planlagt", on the day that the plan is looked at.
    remarks : tuple of str
        What stands in its way: an order that is broken, and days when people are off.
    """

    id: str
    title: str
    phase: str
    start: date
    end: date
    role: str
    helpers: tuple[str, ...]
    standing: str
    remarks: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether it is still to be finished."""
        return self.standing not in (DONE, CANCELLED)


@dataclass(frozen=True)
class Plan:
    """The plan as it stands on one day.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date
        The day.
    lines : tuple of Line
        In the order of the file.
    """

    study: Study
    today: date
    lines: tuple[Line, ...]

    @property
    def counted(self) -> list[Line]:
        """The lines that are not cancelled."""
        return [line for line in self.lines if line.standing != CANCELLED]

    def standing(self, *which: str) -> list[Line]:
        """Give the lines that stand so, by their last day."""
        return sorted((line for line in self.lines if line.standing in which), key=lambda line: (line.end, line.start))

    @property
    def next(self) -> list[Line]:
        """What is open and goes on in the next four weeks, by its first day."""
        ahead = [line for line in self.lines if line.open and line.start <= self.today + NEXT]
        return sorted(ahead, key=lambda line: (max(line.start, self.today), line.end))

    @property
    def due(self) -> list[Line]:
        """What is open and has its last day within two weeks."""
        return [line for line in self.standing(STARTED, PLANNED) if self.today <= line.end <= self.today + DUE]

    @property
    def frame(self) -> pd.DataFrame:
        """What `report.plot_plan` draws, a row a line."""
        import pandas as pd  # slow to import, and a plan is checked without it

        columns = ["phase", "title", "start", "end", "when", "role"]
        rows = [
            [each.phase, each.title, each.start, each.end, when(each.start, each.end), each.role] for each in self.lines
        ]
        table = pd.DataFrame(rows, columns=columns, dtype=object)
        helped = [", ".join(each.helpers) for each in self.lines]
        return table.assign(helpers=helped, standing=[each.standing for each in self.lines])


def read_plan(study: Study, today: str = "") -> Plan:
    """Read the plan as it stands on a day.

    Parameters
    ----------
    study : Study
        The study.
    today : str
        The day that it is looked at, as `reckoned_on` takes it.

    Returns
    -------
    Plan
        Without lines where there is no `plan.csv`.

    Raises
    ------
    DataError
        Something in the tables is wrong, or the day is none.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> plan = read_plan(example_study(), "2022-06-01")
    >>> plan.today, plan.lines
    (datetime.date(2022, 6, 1), ())
    """
    found, day = read_activities(study), reckoned_on(study, today)
    return Plan(study, day, tuple(_lines(found, day)))


def _lines(found: Activities, today: date) -> Iterator[Line]:
    names = {role.key: role.name for role in found.study.roles}
    held = {row["id"]: (file, row) for file in ("workshops", "afholdelser") for row in found[file]}
    days = {row["id"]: _days(row, held) for row in found["plan"]}
    states = {row["id"]: row["status"] for row in found["plan"]}
    titles = {row["id"]: row["aktivitet"] for row in found["plan"]}
    for row in found["plan"]:
        start, end = days[row["id"]]
        standing = _standing(row["status"], start, end, today)
        remarks = []
        if standing not in (DONE, CANCELLED):
            before = [one for one in row["efter"] if states[one] != CANCELLED]
            remarks = [f"begynder, før »{titles[one]}« er slut" for one in before if days[one][1] >= start]
            remarks += [f"ligger på {why}" for why in _off(found, row, held)] if start == end else []
        helpers = tuple(names[role] for role in row["medvirker"])
        yield Line(
            row["id"],
            row["aktivitet"],
            row["fase"],
            start,
            end,
            names[row["ansvarlig"]],
            helpers,
            standing,
            tuple(remarks),
        )


def _days(row: Row, held: dict[str, tuple[str, Row]]) -> tuple[date, date]:
    """Give the first and the last day: its own, or those of the workshop or session that it is."""
    day = held[row["afholdes"]][1]["dato"] if row["afholdes"] else row["start"]
    days: tuple[date, date] = (row["start"] or day, row["slut"] or day)
    return days


def _standing(state: str, start: date, end: date, today: date) -> str:
    if state in (DONE, CANCELLED):
        return state
    if end < today or (state == PLANNED and start < today):
        return LATE
    return state


def _off(found: Activities, row: Row, held: dict[str, tuple[str, Row]]) -> Iterator[str]:
    """Say why people are off on the day of a line that lasts one day."""
    if row["afholdes"]:
        file, meeting = held[row["afholdes"]]
        places, groups = found.who_comes(file, meeting)
        return closed_on(meeting["dato"], places, groups, found["lukkedage"])
    return closed_on(row["start"], (row["kommune"] or ALL,), found.study.group_keys, found["lukkedage"])


def when(start: date, end: date) -> str:
    """Write some days shortly.

    Parameters
    ----------
    start, end : datetime.date
        The first and the last.

    Examples
    --------
    >>> when(date(2022, 5, 17), date(2022, 5, 17)), when(date(2022, 12, 27), date(2022, 12, 30))
    ('17. maj 2022', '27.-30. december 2022')
    >>> when(date(2022, 6, 20), date(2022, 8, 12)), when(date(2022, 12, 12), date(2023, 1, 2))
    ('20. juni-12. august 2022', '12. december 2022-2. januar 2023')
    """
    first, last = (long_date(day).removeprefix("den ") for day in (start, end))
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}.-{last}"
    return f"{first.rsplit(' ', 1)[0] if start.year == end.year else first}-{last}"
