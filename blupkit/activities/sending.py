"""To whom the questionnaire goes, when, from whom, and until when they may answer: the rows of `udsendelse.csv`."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from blupkit.activities.layout import sending_shape
from blupkit.activities.reading import ROW, Activities, Row, read_listed
from blupkit.core.danish import short_date

if TYPE_CHECKING:
    from blupkit.core.study import Study


class Sending(NamedTuple):
    """What one group in one municipality is sent.

    Parameters
    ----------
    municipality, group : str
        Slug and key.
    where : str
        The row, as it is told of.
    invited : int, optional
        How many; None where nobody knows.
    sent, reminder, deadline : datetime.date, optional
        When it is sent, when a reminder is, and the last day for an answer.
    sender, contact, link, channel : str
        Who stands under the letter, whom they may ask, where they answer, and how it is sent; "" where nobody has said.
    minutes : int, optional
        How long it takes to answer.
    """

    municipality: str
    group: str
    where: str = ""
    invited: int | None = None
    sent: date | None = None
    reminder: date | None = None
    deadline: date | None = None
    sender: str = ""
    contact: str = ""
    link: str = ""
    channel: str = ""
    minutes: int | None = None


class Sendings(NamedTuple):
    """All of them, one for each municipality and group, and the file that they were read from, with its faults."""

    rows: dict[tuple[str, str], Sending]
    found: Activities


def read_sendings(study: Study) -> Sendings:
    """Read what each group in each municipality is sent.

    Parameters
    ----------
    study : Study
        Its setting `udsendelse` names the file. Only `kommune` and `gruppe` must be there; what a cell does not say is
        not known.

    Returns
    -------
    Sendings
        A row of its own for each municipality and group, also for those of which the file says nothing. Of two rows for
        the same the first counts. Faults are those of cells and of dates in the wrong order.

    Raises
    ------
    FileError
        The file is missing, or is no table.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> found = read_sendings(example_study())
    >>> found.rows["nordby", "L"].invited, found.found.faults
    (10, [])
    """
    name = study.survey.invited if study.survey else None
    found = read_listed(study, name, sending_shape(study)) if name else Activities(study)
    said: dict[tuple[str, str], Sending] = {}
    for row in found[name or ""]:
        sending = _sending(study, name or "", row)
        _check_order(found, name or "", row)
        said.setdefault(sending[:2], sending)
    where = name or "study.toml, [spoergeskema] udsendelse"
    cells = [(place, group) for place in study.places for group in study.group_keys]
    return Sendings({cell: said.get(cell) or Sending(*cell, where=where) for cell in cells}, found)


def _sending(study: Study, name: str, row: Row) -> Sending:
    return Sending(
        row["kommune"] or (study.places[0] if len(study.places) == 1 else ""),
        row["gruppe"] or (study.group_keys[0] if len(study.group_keys) == 1 else ""),
        f"{name}, række {row[ROW]}",
        row["antal_inviteret"] if isinstance(row["antal_inviteret"], int) else None,
        row["dato"],
        row["paamindelse"],
        row["frist"],
        row["afsender"] or "",
        row["kontakt"] or "",
        row["link"] or "",
        row["kanal"] or "",
        row["minutter"],
    )


def _check_order(found: Activities, name: str, row: Row) -> None:
    """Note what is wrong with the order of the days."""
    known = [(head, row[head]) for head in ("dato", "paamindelse", "frist") if row[head] is not None]
    for (first, before), (then, after) in pairwise(known):
        if after < before:
            expected, action = f"{short_date(before)} ({first}) eller senere", "Ret en af de to dage."
            found.faults.append(found.fault(name, row, then, short_date(after), expected, action))
