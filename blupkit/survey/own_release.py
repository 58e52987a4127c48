"""Own tables beside the release: each is shown, or refused, while what was decided of the others stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from blupkit.core import ALL, read_edition
from blupkit.core.sections import OwnTable
from blupkit.disclosure import Cell, Draft, Release
from blupkit.disclosure.beside import suppress_beside
from blupkit.disclosure.quantities import KEY
from blupkit.disclosure.sent_before import Sent
from blupkit.survey.own import check_own
from blupkit.survey.own_tables import further
from blupkit.survey.persons import persons_by_cell
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import table_titles


def with_own_tables(
    draft: Draft, release: Release, responses: Responses, sent: Sequence[Sent], key: str
) -> tuple[Draft, Release]:
    """Decide on the own tables that a study declares, one after the other, beside what has been decided.

    Parameters
    ----------
    draft, release : Draft and Release
        What was decided of all other tables, and stands.
    responses : Responses
        What they were made of; its study declares the own tables.
    sent : sequence of Sent
        What has been sent before.
    key : str
        Of the marks of persons.

    Returns
    -------
    tuple of Draft and Release
        With those own tables that can be shown; `notes` says why another cannot.

    Raises
    ------
    DataError
        A table is of something that there is not.

    Examples
    --------
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.survey.draft import release_draft
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> draft = release_draft(responses)
    >>> release = suppress(draft, responses.study)
    >>> with_own_tables(draft, release, responses, [], "0" * 16) == (draft, release)  # it declares none
    True
    """
    check_own(responses)
    # What is split by group alone is a whole that others may be parts of, so it comes first.
    for own in sorted(responses.study.release.own, key=lambda one: not one.by_group):
        draft, release = _with_table(own, draft, release, responses, sent, key)
    return draft, release


def _with_table(
    own: OwnTable, draft: Draft, release: Release, responses: Responses, sent: Sequence[Sent], key: str
) -> tuple[Draft, Release]:
    study = responses.study

    def refused(why: str) -> tuple[Draft, Release]:
        return draft, replace(release, notes=(*release.notes, f"Den egne tabel »{own.name}« er ikke med: {why}"))

    if own.by_group and own.table in draft.tables:
        return draft, release  # it is one of the standard tables
    if any((one.published.cells["table"] == _turned(own)).any() for one in sent):
        return refused("Den samme tabel er sendt før, vendt om. Brug den rækkefølge igen.")
    more = further(responses, own, draft.tables, _sent_parts(own, sent))
    if not more.tables:
        return refused(f"Der er for få svar til at dele nogen af grupperne op efter »{own.by}«.")
    tables = {**draft.tables, **more.tables}
    tried = replace(
        draft,
        tables=tables,
        readers={**draft.readers, **more.readers},
        ties=[*draft.ties, *more.ties],
        within=[*draft.within, *more.within],
        follows=[*draft.follows, *more.follows],
        persons={**draft.persons, **persons_by_cell(more.tables, responses, key)},
    )
    beside = suppress_beside(tried, release, study, sent)
    if beside.release and (common := _groups_without_total(beside.release, own)):
        # Shown for each municipality there would be nothing for all of them; then none is shown by itself.
        together = {(own.table, group): (ALL,) for group in common}
        tried = replace(tried, readers={**tried.readers, **together})
        beside = suppress_beside(tried, release, study, sent)
    if beside.release is None:
        return refused(_blocked(beside.blocked_by, responses))
    if beside.release[own.table].shown.empty:
        return refused("Der er for få svar. Vælg en grovere fordeling, eller en anden.")
    return tried, replace(beside.release, notes=release.notes)


def _groups_without_total(release: Release, own: OwnTable) -> list[str]:
    """Name the groups of a table of which nothing is shown for all municipalities together."""
    groups = release[own.table].frame["group"].unique()
    told = set(release[own.table].total["group"])
    return [str(group) for group in groups if group not in told]


def _turned(own: OwnTable) -> str:
    return own.model_copy(update={"question": own.by, "by": own.question}).table


def _sent_parts(own: OwnTable, sent: Sequence[Sent]) -> dict[str, list[tuple[str, ...]]]:
    """Give the parts that each group was split into when the table was sent: they were so in every release."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in sent:
        names = pd.DataFrame([name.split("\n")[: len(KEY) + 1] for name in one.published.name], columns=[*KEY, "item"])
        for group, part in names[names["table"] == own.table].groupby("group"):
            codes = part["item"].str.rpartition("; ")[2].unique()
            found[str(group)] = [tuple(each.split(",")) for each in codes]
    return found


def _blocked(cell: Cell | None, responses: Responses) -> str:
    """Say which number would have to be hidden for a table."""
    if cell is None:
        return "Et skjult tal kunne regnes ud med den."
    study = responses.study
    titles, labels = table_titles(responses.questionnaire), responses.questionnaire.variables
    label = labels.loc[labels["item"] == cell.block, "label"]
    what = titles.get(cell.table, cell.table)
    of = f" ({label.iloc[0]})" if len(label) and cell.block != cell.table else ""
    place = read_edition(study, cell.municipality).place if cell.municipality in study.readers else cell.municipality
    who = f"{study.group(cell.group).name}, {place}"
    return f"Den ville kræve, at et tal på siderne blev skjult: »{what}«{of}, {who}."
