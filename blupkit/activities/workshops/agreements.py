"""What was agreed on the workshops, how far it is, and what the participants say of it three months later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from blupkit.activities.layout import FULFILLED, GIVEN_UP, HELD, TOGETHER, UNSURE
from blupkit.activities.reading import Activities, Row, read_activities, reckoned_on
from blupkit.core.danish import first_upper, listing, short_date
from blupkit.core.study import ALL, Edition, Study

if TYPE_CHECKING:
    import pandas as pd

#: Who may read an agreement: its own municipality, or everybody.
_OWN: Final = "kommune"
_FOLLOWED_UP: Final = "opfoelgning"


@dataclass(frozen=True)
class Agreement:
    """One agreement: parties, never persons.

    Parameters
    ----------
    municipality : str
        The slug of whose workshop made it.
    text, party : str
        What is agreed, and the party that is responsible.
    helpers : tuple of str
        The parties that help.
    deadline : datetime.date
        By when.
    state : str
        How far it is; "ukendt" where nobody has told.
    told : datetime.date, optional
        When that was told.
    overdue : bool
        Whether the deadline is past, and it is neither fulfilled nor given up.
    """

    municipality: str
    text: str
    party: str
    helpers: tuple[str, ...]
    deadline: date
    state: str
    told: date | None
    overdue: bool

    @property
    def known(self) -> bool:
        """Whether anybody has told how far it is."""
        return self.state != UNSURE


@dataclass(frozen=True)
class Agreements:
    """The agreements that a reader is told of.

    Parameters
    ----------
    today : datetime.date
        The day on which it is reckoned what is overdue.
    made : tuple of Agreement
        Those that the reader may read, in the order of the file.
    states, parties : mapping of str to int
        How many there are in each state, and of each party: of all municipalities together also those that the reader
        may not read.
    overdue : int
        How many of these are overdue.
    """

    today: date
    made: tuple[Agreement, ...]
    states: Mapping[str, int]
    parties: Mapping[str, int]
    overdue: int

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.states.values())

    @property
    def fulfilled(self) -> int:
        """How many of all are fulfilled."""
        return self.states.get(FULFILLED, 0)

    @property
    def unknown(self) -> int:
        """Of how many nobody has told how far they are."""
        return self.states.get(UNSURE, 0)

    @property
    def together(self) -> int:
        """How many all parties are responsible for."""
        return self.parties.get(TOGETHER, 0)

    @property
    def by_party(self) -> list[tuple[int, str]]:
        """How many each party alone is responsible for, the most first."""
        own = [(n, party) for party, n in self.parties.items() if party != TOGETHER]
        return sorted(own, key=lambda each: (-each[0], each[1]))

    @property
    def frame(self) -> pd.DataFrame:
        """What may be read, for a table on a page."""
        import pandas as pd  # few pages ask

        columns = ["Aftale", "Ansvarlig", "Frist", "Hvor langt"]
        rows = [
            [each.text, first_upper(_whose(each)), short_date(each.deadline), first_upper(each.state)]
            for each in self.made
        ]
        return pd.DataFrame(rows, columns=columns)


def _whose(agreement: Agreement) -> str:
    others = [party for party in agreement.helpers if party != agreement.party]
    between = ": " if agreement.party == TOGETHER else " med "
    return f"{agreement.party}{between}{listing(others)}" if others else agreement.party


def read_agreements(edition: Edition, today: str = "", *, internal: bool = False) -> Agreements:
    """Read the agreements that a reader may be told of.

    Parameters
    ----------
    edition : Edition
        A municipality, which is told of its own that are shared with it; or all of them, who are told of those that are
        shared with all, beside counts of every one.
    today : str
        The day on which it is reckoned what is overdue, "2022-12-21"; when empty, `opgjort` under `[aktiviteter]`, or
        else the day of the data.
    internal : bool
        Whether all are read, whomever they are shared with.

    Returns
    -------
    Agreements
        What is hidden is not among them.

    Raises
    ------
    DataError
        Something in the tables is wrong, or the day is none.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> read_agreements(read_edition(example_study(), "nordby")).all
    0
    """
    found, day = read_activities(edition.study), reckoned_on(edition.study, today)
    places = {row["id"]: row["kommune"] for row in found["workshops"]}
    everywhere = edition.municipality is None
    rows = [row for row in found["aftaler"] if everywhere or places.get(row["workshop"]) == edition.key]
    may_read = {ALL} if everywhere else {ALL, _OWN}
    readable = [row for row in rows if internal or row["deling"] in may_read]
    counted = rows if everywhere else readable
    made = [_agreement(row, places, day) for row in readable]
    return Agreements(
        day,
        tuple(made),
        Counter(row["status"] for row in counted),
        Counter(row["ansvarlig_part"] for row in counted),
        sum(is_overdue(row, day) for row in counted),
    )


def _agreement(row: Row, places: Mapping[str, str], today: date) -> Agreement:
    return Agreement(
        places.get(row["workshop"], ""),
        row["aftale"],
        row["ansvarlig_part"],
        row["medvirkende"],
        row["frist"],
        row["status"],
        row["status_dato"],
        is_overdue(row, today),
    )


def is_overdue(row: Row, today: date) -> bool:
    """Tell whether an agreement's day has passed without it being fulfilled or given up."""
    return bool(row["frist"] < today and row["status"] not in (FULFILLED, GIVEN_UP))


@dataclass(frozen=True)
class Attendance:
    """Who came to the workshops that are held.

    Parameters
    ----------
    days : tuple of datetime.date
        When they were, from the first on.
    came : mapping of str to int
        How many of each group, where it is known.
    unknown : tuple of str
        The groups of which it is not known everywhere.
    """

    days: tuple[date, ...]
    came: Mapping[str, int]
    unknown: tuple[str, ...]


def read_attendance(study: Study) -> Attendance:
    """Count who came to all workshops that are held; of one municipality nothing is told.

    Parameters
    ----------
    study : Study
        The study.

    Raises
    ------
    DataError
        Something in the tables is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_attendance(example_study()).days
    ()
    """
    rows = [row for row in read_activities(study)["workshops"] if row["status"] == HELD]
    counts = {group: [row[f"deltog_{group}"] for row in rows] for group in study.group_keys}
    return Attendance(
        tuple(sorted(row["dato"] for row in rows)),
        {group: sum(n for n in all_of_it if isinstance(n, int)) for group, all_of_it in counts.items()},
        tuple(group for group, all_of_it in counts.items() if not all(isinstance(n, int) for n in all_of_it)),
    )


def followed_up(study: Study) -> pd.DataFrame:
    """Count what the participants of each workshop answer after three months: for the consultant alone.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        "Kommune", "Svar", "Spørgsmål" and a column an answer; a row a workshop and a question with answers to choose.

    Raises
    ------
    DataError
        Something in the tables is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(followed_up(example_study()).columns)
    ['Kommune', 'Spørgsmål', 'Svar']
    """
    import pandas as pd  # few pages ask

    found = read_activities(study)
    names = study.place_names("")
    lines = []
    answers: dict[str, None] = {}
    for question, choices in _asked(found):
        for workshop in found["workshops"] if choices else []:
            given = Counter(_given(found, question, workshop["id"]))
            told = {choice: given[choice] for choice in choices}
            if any(told.values()):
                answers |= dict.fromkeys(told)
                head = {"Kommune": names[workshop["kommune"]], "Spørgsmål": question["tekst"]}
                lines.append({**head, "Svar": sum(told.values()), **told})
    return pd.DataFrame(lines, columns=["Kommune", "Spørgsmål", "Svar", *answers])


def written_after(study: Study) -> pd.DataFrame:
    """List what the participants write after three months, and how many write it: for the consultant alone.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        "Spørgsmål", "Svar" and "Antal", the most frequent first in each question.

    Raises
    ------
    DataError
        Something in the tables is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> list(written_after(example_study()).columns)
    ['Spørgsmål', 'Svar', 'Antal']
    """
    import pandas as pd  # few pages ask

    found = read_activities(study)
    lines = [
        (question["tekst"], text, count)
        for question, choices in _asked(found)
        if not choices
        for text, count in Counter(_given(found, question)).most_common()
    ]
    return pd.DataFrame(lines, columns=["Spørgsmål", "Svar", "Antal"])


def _asked(found: Activities) -> Iterable[tuple[Row, list[str]]]:
    """Give each question of the form with the answers to choose among; none where one writes."""
    for row in found["skemaer"]:
        if row["skema"] == _FOLLOWED_UP:
            yield row, [part.strip() for part in row["svar"].split(",")] if "," in row["svar"] else []


def _given(found: Activities, question: Row, workshop: str = "") -> Iterable[str]:
    """Give what is answered to a question, in one workshop or in all."""
    rows = [row for row in found[_FOLLOWED_UP] if workshop in ("", row["workshop"])]
    return (row[question["spoergsmaal"]] for row in rows if row[question["spoergsmaal"]])
