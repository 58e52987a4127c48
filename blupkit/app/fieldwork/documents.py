"""Which documents go out: by municipality and group, and for the focus groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from blupkit.app.fieldwork import letters, talks
from blupkit.app.fieldwork.asking import Asked
from blupkit.app.fieldwork.paper import paper_blocks
from blupkit.app.fieldwork.privacy import TITLE, told_of_data
from blupkit.app.fieldwork.sheet import MAIL, WORD, Gaps, Outgoing
from blupkit.core.study import ALL, Edition, Study, read_edition

if TYPE_CHECKING:
    from blupkit.activities.sending import Sending

#: The folder of what is the same for all municipalities, and that of the focus groups.
COMMON, TALKS = "faelles", "fokusgrupper"
_SURVEY, _INTERVIEW = "spoergeskema", "interview"


def survey_documents(
    study: Study, sendings: dict[tuple[str, str], Sending], asked: dict[str, list[Asked]], gaps: Gaps
) -> Iterator[Outgoing]:
    """Give the documents of the survey, in the order of municipalities and groups.

    Parameters
    ----------
    study : Study
        The study.
    sendings : dict of tuple to Sending
        What `read_sendings` read.
    asked : dict of str to list of Asked
        What each group is asked; empty where that is in the survey system alone: then nothing is set for paper.
    gaps : Gaps
        Gets what is missing.

    Examples
    --------
    >>> from blupkit.activities.sending import read_sendings
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> [each.name for each in survey_documents(study, read_sendings(study).rows, {}, Gaps())][:3]
    ['nordby/koordinator', 'nordby/databeskyttelse', 'nordby/invitation_L']
    """
    for place in study.places:
        edition = read_edition(study, place)
        here = [sendings[place, group] for group in study.group_keys]
        contact = here[0].contact if len({one.contact for one in here}) == 1 else ""
        title = letters.coordinator_title(study)
        yield Outgoing(f"{place}/koordinator", title, letters.coordinator(edition, here, gaps), (MAIL,))
        yield Outgoing(f"{place}/databeskyttelse", TITLE, told_of_data(edition, _SURVEY, contact, gaps))
        for sending in here:
            yield from _to_group(edition, sending, asked, gaps)


def _to_group(edition: Edition, sending: Sending, asked: dict[str, list[Asked]], gaps: Gaps) -> Iterator[Outgoing]:
    study, place, group = edition.study, sending.municipality, sending.group
    both, title = (WORD, MAIL), letters.title_of(study)
    yield Outgoing(f"{place}/invitation_{group}", title, letters.invitation(edition, sending, gaps), both)
    reminder = letters.reminder(edition, sending, gaps)
    yield Outgoing(f"{place}/paamindelse_{group}", letters.reminder_title(study), reminder, both)
    if rows := asked.get(group):
        front = letters.introduction(edition, sending, gaps, opens=any(row.is_written for row in rows))
        yield Outgoing(f"{place}/spoergeskema_{group}", title, [*front, *paper_blocks(rows)])


def talk_documents(study: Study, tables: dict[str, list[dict[str, Any]]], gaps: Gaps) -> Iterator[Outgoing]:
    """Give the documents of the focus groups.

    Parameters
    ----------
    study : Study
        Its roles say who is invited.
    tables : dict of str to list of dict
        The rows of `samtaleguide.csv` and `fokusgrupper.csv`; where one is not there, its documents are not either.
    gaps : Gaps
        Gets what is missing.
    """
    everybody = read_edition(study, ALL)
    if study.interviews is None:
        return
    yield Outgoing(f"{TALKS}/samtykke", "Samtykke til fokusgruppe", talks.consent(everybody, gaps))
    yield Outgoing(f"{TALKS}/databeskyttelse", TITLE, told_of_data(everybody, _INTERVIEW, "", gaps))
    rows = tables.get(talks.GUIDE_FILE, [])
    if rows:
        yield Outgoing(f"{TALKS}/samtaleguide", f"Samtaleguide: {study.name}", talks.guide(study, rows))
    for talk in tables.get(talks.TALKS_FILE, []):
        places = talk["kommuner"]
        edition = read_edition(study, places[0]) if len(places) == 1 else everybody
        for group in dict.fromkeys(study.interviews.roles.values()):
            letter = talks.talk_invitation(edition, group, talk, rows, gaps)
            name = f"{TALKS}/{talk['id']}_invitation_{group}"
            yield Outgoing(name, talks.talk_title(study), letter, (WORD, MAIL))
