"""One municipality's workshop: when and where, what the consultant has written for it, and its programme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from blupkit.activities.layout import BRIEF_PARTS, CANCELLED, FORMS, HELD, SHARED
from blupkit.activities.reading import Activities, Row, read_activities
from blupkit.core.study import ALL, Edition, Study

_HOUR: Final = 60
#: How many sit at a table, where they can be shared out so.
AT_A_TABLE: Final = 6


@dataclass(frozen=True)
class Step:
    """One line of the programme.

    Parameters
    ----------
    start, end : int
        When it begins and ends, in minutes since midnight.
    what, how, role : str
        What happens, in which way, and the name of the role that sees to it.
    shared : bool
        Whether all may read it.
    """

    start: int
    end: int
    what: str
    how: str
    role: str
    shared: bool

    @property
    def clock(self) -> str:
        """When it lasts from and to."""
        return f"Kl. {clock(self.start)}-{clock(self.end)}"

    @property
    def silent(self) -> Step:
        """The same time with no word of what happens."""
        return Step(self.start, self.end, "", "", "", shared=False)


@dataclass(frozen=True)
class Workshop:
    """The workshop of one municipality; without a day where none is arranged.

    Parameters
    ----------
    id : str
        As in the file.
    day : datetime.date, optional
        When.
    hours : tuple of datetime.time
        When it begins and ends.
    place, kind : str
        Where, and what the invitation promises.
    invited, came : mapping of str to int or str or None
        How many of each group; "ukendt" and None where nobody knows.
    held : bool
        Whether it is over.
    said : mapping of str to tuple of str
        What the consultant has written, by its part of the brief.
    programme : tuple of Step
        In the order of the clock; of what the reader may not read, only the time.
    """

    id: str = ""
    day: date | None = None
    hours: tuple[time, ...] = ()
    place: str = ""
    kind: str = ""
    invited: Mapping[str, int | str | None] = field(default_factory=dict)
    came: Mapping[str, int | str | None] = field(default_factory=dict)
    held: bool = False
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    programme: tuple[Step, ...] = ()

    def words(self, part: str) -> tuple[str, ...] | None:
        """Give what is written for a part of the brief; None where nothing is."""
        return self.said.get(part) or None


def read_workshop(edition: Edition, *, internal: bool = False) -> Workshop:
    """Read the workshop that a municipality is to have, or else the last one that it had.

    Parameters
    ----------
    edition : Edition
        The municipality.
    internal : bool
        Whether what is for the facilitator alone is read too.

    Returns
    -------
    Workshop
        One that is cancelled is none.

    Raises
    ------
    DataError
        Something in the tables is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> read_workshop(read_edition(example_study(), "nordby")).day is None
    True
    """
    found = read_activities(edition.study)
    own = sorted(
        (row for row in found["workshops"] if row["kommune"] == edition.key and row["status"] != CANCELLED),
        key=lambda row: (row["status"] == HELD, row["dato"]),
    )
    if not own:
        return Workshop()
    row = own[0] if own[0]["status"] != HELD else own[-1]
    steps = [_step(each, found) for each in programme_rows(found, row["id"])]
    return Workshop(
        row["id"],
        row["dato"],
        (row["start"], row["slut"]),
        row["sted"] or "",
        row["moedetype"],
        _counts(row, "inviteret", edition.study.group_keys),
        _counts(row, "deltog", edition.study.group_keys),
        row["status"] == HELD,
        {part: _words(found, row["id"], part, internal=internal) for part in BRIEF_PARTS},
        tuple(step if internal or step.shared else step.silent for step in steps),
    )


def _counts(row: Row, what: str, groups: Iterable[str]) -> dict[str, Any]:
    return {group: row[f"{what}_{group}"] for group in groups}


def _words(found: Activities, workshop: str, part: str, *, internal: bool) -> tuple[str, ...]:
    rows = [row for row in found["brief"] if row["workshop"] == workshop and row["afsnit"] == part]
    rows.sort(key=lambda row: row["nr"])
    return tuple(row["tekst"] for row in rows if internal or row["version"] == SHARED)


def programme_rows(found: Activities, workshop: str) -> list[Row]:
    """Give the rows of a workshop's programme: those of all of them, but where it has rows of its own at that time.

    Parameters
    ----------
    found : Activities
        What was read.
    workshop : str
        Its id.

    Returns
    -------
    list of dict
        By the clock. Rows without a time or a length, which is a fault of their own, are left out.
    """
    timed = [row for row in found["drejebog"] if row["kl"] is not None and row["minutter"] is not None]
    own = [row for row in timed if row["workshop"] == workshop]
    common = [row for row in timed if row["workshop"] == ALL and not any(meets(row, other) for other in own)]
    return sorted([*own, *common], key=lambda row: row["kl"])


def asked_after(study: Study) -> list[Row]:
    """Give what `skemaer.csv` asks the participants when a workshop ends, in its order.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> asked_after(example_study())
    []
    """
    return [row for row in read_activities(study)["skemaer"] if row["skema"] == FORMS["evaluering_workshop"]]


def lasts(row: Row) -> tuple[int, int]:
    """Give when a row of the programme begins and ends, in minutes since midnight."""
    begins = row["kl"].hour * _HOUR + row["kl"].minute
    return begins, begins + row["minutter"]


def meets(row: Row, other: Row) -> bool:
    """Tell whether two rows take place at the same time."""
    (start, end), (begins, ends) = lasts(row), lasts(other)
    return start < ends and begins < end


def _step(row: Row, found: Activities) -> Step:
    roles = {role.key: role.name for role in found.study.roles}
    shared = row["version"] == SHARED
    return Step(*lasts(row), row["punkt"], row["form"] or "", roles.get(row["rolle"], ""), shared)


def clock(minutes: int) -> str:
    """Write minutes since midnight as a Danish clock does.

    Examples
    --------
    >>> clock(9 * 60 + 5), clock(24 * 60 + 10)
    ('9.05', '0.10')
    """
    return f"{minutes // _HOUR % 24}.{minutes % _HOUR:02d}"


def seated(counts: Mapping[str, int]) -> list[dict[str, int]]:
    """Share people of several parties out among tables, about six at each.

    All are dealt as cards are, one party after the other: no two tables differ by more than one, neither in all nor in
    any party.

    Parameters
    ----------
    counts : mapping of str to int
        Party → how many come.

    Returns
    -------
    list of dict of str to int
        A table each; none where nobody comes.

    Examples
    --------
    >>> seated({"L": 7, "P": 2, "A": 5})  # 14 of them
    [{'L': 4, 'P': 1, 'A': 2}, {'L': 3, 'P': 1, 'A': 3}]
    """
    people = [party for party, count in counts.items() for _ in range(count)]
    tables = max(1, round(len(people) / AT_A_TABLE))
    dealt: Sequence[list[str]] = [people[at::tables] for at in range(tables)]
    return [{party: table.count(party) for party in counts} for table in dealt if table]
