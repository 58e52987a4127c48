"""Answers that came after the pages were sent, and wait until so many have come that they cannot be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from blupkit.core.danish import many
from blupkit.disclosure.quantities import Cell, PersonsByCell, are_totals
from blupkit.disclosure.sent_before import Sent, are_the_same_persons
from blupkit.survey.persons import marks_of, persons_by_cell
from blupkit.survey.reading.checked import without
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import Table


def counted(responses: Responses, sent: Sequence[Sent], key: str) -> tuple[Responses, str]:
    """Leave out the answers that have to wait, as if they had not come yet.

    Counted in one by one, a few new answers would be known from the difference between the old pages and the new ones,
    so all numbers that they are in would have to be hidden, totals too. Until there are `caution_n` of them in a group
    of a municipality they wait instead, and the numbers stay as they were sent. Where nothing of the group was told
    before, there is nothing to compare with: then it is enough that there are so many in all those places together.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    sent : sequence of Sent
        The releases that have been sent, oldest first. Only the last that knows its persons is looked at: who waited
        then is in none.
    key : str
        The key of its marks.

    Returns
    -------
    tuple of Responses and str
        The answers that count, and what the sender must know of the others, in Danish; "" where nobody waits: also
        where nothing has been sent, the study says so, or the ids are not those of the last time.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> counted(responses, [], "0" * 16) == (responses, "")
    True
    """
    last = next((one for one in reversed(sent) if one.persons), None)
    if last is None or responses.study.release.counts_late or not _are_the_same(responses, last.persons, key):
        return responses, ""
    people = responses.respondents
    waits = _waits(responses, last, key)
    if not waits.any():
        return responses, ""
    return without(responses, waits), _said(responses, people[waits])


def _are_the_same(responses: Responses, then: PersonsByCell, key: str) -> bool:
    """Say whether the ids are those of the last time: else everybody would seem to be new."""
    own = {one.table for one in responses.study.release.own}
    cells = pd.DataFrame([cell for cell in then if cell.table not in own], columns=list(Cell._fields))
    tables = {str(name): rows.assign(item=rows["block"]) for name, rows in cells.groupby("table")}
    return are_the_same_persons(persons_by_cell(tables, responses, key), then)


def _waits(responses: Responses, last: Sent, key: str) -> pd.Series:
    """Say for each respondent whether they wait."""
    people, enough = responses.respondents, responses.study.thresholds.caution_n
    places = people[["municipality", "group"]]
    # Who is under another group or municipality now, or under one with another name, is not new.
    known = {who for cell, found in last.persons.items() if cell.table == Table.RESPONSE for who in found}
    new = pd.Series([who not in known for who in marks_of(people["respondent"], key)], index=people.index)
    places_told, groups_told = _told(last)
    fresh = places[new].value_counts()
    ripe = fresh[[count >= enough or place not in places_told for place, count in fresh.items()]]
    of_group = ripe.groupby(level="group").sum()
    ripe = ripe[[of_group[group] >= enough or group not in groups_told for _, group in ripe.index]]
    return new & ~pd.MultiIndex.from_frame(places).isin(ripe.index)


def _told(last: Sent) -> tuple[set[tuple[str, str]], set[str]]:
    """Find the municipalities' groups of which something was told, and the groups for all municipalities together."""
    cells = last.published.cells[~last.hidden]
    cells = cells[(cells["table"] == Table.RESPONSE) & ~cells["empty"].astype(bool)]
    here = cells[~are_totals(cells)]
    return set(zip(here["municipality"], here["group"], strict=True)), set(cells.loc[are_totals(cells), "group"])


def _said(responses: Responses, waiting: pd.DataFrame) -> str:
    study = responses.study
    places = {municipality.slug: municipality.name for municipality in study.municipalities}
    groups = {group.key: group.name for group in study.groups}
    where = "; ".join(
        f"{places[place]}, {groups[group]}: {count}"
        for (place, group), count in Counter(zip(waiting["municipality"], waiting["group"], strict=True)).items()
    )
    return (
        f"{many(len(waiting), 'ny besvarelse', 'nye besvarelser')} er ikke talt med endnu ({where}). Siderne er sendt"
        " før, og så få nye svar kunne læses af forskellen mellem de gamle og de nye sider. De bliver talt med, når der"
        f" er kommet {study.thresholds.caution_n} nye fra gruppen i kommunen, eller så mange i alt fra de kommuner,"
        " hvor gruppens tal ikke er vist. Skal de med nu, så skriv"
        ' »nye_svar = "med"« under [udgivelse]; så bliver de tal skjult, som de kunne læses af.'
    )
