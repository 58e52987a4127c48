"""Tables decided beside a release that stands: they are hidden, or refused, before any of its cells is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from blupkit.core.study import Edition, Study
from blupkit.disclosure.draft import Draft
from blupkit.disclosure.hiding import choose_hidden
from blupkit.disclosure.quantities import KEY, Cell, Published, Reason
from blupkit.disclosure.release import ENDS, Release, draft_rows, has_passed, laid_out, released
from blupkit.disclosure.safe_table import SafeTable, Status
from blupkit.disclosure.sent_before import Sent, with_earlier


class Split(NamedTuple):
    """One group's part of an own table, as a page sets it out.

    Parameters
    ----------
    table : SafeTable
        The rows, for shares with the parts of the group as groups.
    edition : Edition
        The reader, with those names.
    measures : tuple of str
        What is drawn: a share, a mean, or two means and their distance.
    caption, finding : str
        The neutral title with {sted}; and what the numbers say.
    """

    table: SafeTable
    edition: Edition
    measures: tuple[str, ...]
    caption: str
    finding: str


class Beside(NamedTuple):
    """What came of tables that were to be shown beside a release.

    Parameters
    ----------
    release : Release or None
        All tables; None where they cannot be shown while what was decided stands.
    blocked_by : Cell or None
        A cell of the release that would have to be hidden for them.
    """

    release: Release | None
    blocked_by: Cell | None = None


def suppress_beside(draft: Draft, kept: Release, study: Study, sent: Iterable[Sent] = ()) -> Beside:
    """Decide on further tables, while what has been decided of the others stands.

    The release is one system with the further tables in it. What stands is taken as it is: what it shows is known, what
    it hides must stay hidden, and neither can be chosen. So only cells of the further tables are hidden, and the audit
    attacks every hidden number of all of them with every shown one. Where that does not help, there is no release.

    Parameters
    ----------
    draft : Draft
        All tables: those that `kept` was made of, as they were then, and the further ones.
    kept : Release
        What `suppress`, or this, decided of the first ones.
    study, sent
        What that was decided with.

    Returns
    -------
    Beside
        With the further tables, or without a release.

    Examples
    --------
    The three answers in Sydby are too few. Were they shown by a further table with the same persons, there would be no
    sense in hiding them, so that one follows.

    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> from blupkit.disclosure.release import suppress
    >>> study, draft = example_study(), example_draft()
    >>> kept = suppress(draft, study)
    >>> more = replace(draft, tables={**draft.tables, "igen": draft.tables["niveau"].assign(measure="Igen")})
    >>> beside = suppress_beside(more, kept, study)
    >>> beside.release["igen"].frame["status"].map(str).tolist(), beside.blocked_by
    (['skjult', 'skjult', 'få'], None)
    """
    limits = study.thresholds
    rows = _as_decided(draft_rows(draft, study), draft, kept)
    published = laid_out(rows, draft)
    joint, fixed, floor, told = with_earlier(published, list(sent), limits.min_n, limits.caution_n, draft.persons)
    stands, hidden = _standing(published, kept)
    fixed = fixed.copy()
    fixed[: len(stands)] = np.where(stands, np.where(hidden, 1, -1), fixed[: len(stands)])
    choice = choose_hidden(joint, fixed, min_n=limits.min_n, caution_n=limits.caution_n, floor=floor, told=told)
    own = choice.hidden[: len(stands)]
    moved = np.flatnonzero(stands & (own != hidden))
    if len(moved) or not has_passed(choice.audit.leaks, joint):
        rests = [
            place for _, places in choice.audit.proofs for place in places if place < len(stands) and stands[place]
        ]
        blocking = [Cell(*published.cells.loc[place, KEY]) for place in (*moved, *rests)]
        return Beside(None, blocking[0] if blocking else None)
    # It is not proven that hiding some of them tells nothing: they stand in totals of places and of parts of a group.
    cells = joint.cells.iloc[: len(stands)]
    common = [group.key for group in study.groups if not group.shown_locally]
    silent = cells["reason"].isin([Reason.NOT_RELEASED, Reason.NOT_LOCALLY]) | cells["group"].isin(common)
    unproven = kept.unproven + int((own & ~stands & ~silent.to_numpy()).sum())
    return Beside(replace(released(draft, study, rows, published, joint, choice), unproven=unproven))


def _as_decided(rows: pd.DataFrame, draft: Draft, kept: Release) -> pd.DataFrame:
    """Take back what is told of the ends of cells that no bound was printed for."""
    printed: list[bool] = []
    for name, table in draft.tables.items():
        status = kept.optional(name).frame["status"]
        printed += table.index.isin(status.index[status == Status.COARSE]).tolist()
    untold = (rows["bound"].notna() & ~np.asarray(printed, dtype=bool)).groupby([rows[name] for name in KEY])
    return rows.assign(**{name: rows[name].mask(untold.transform("any")) for name in ENDS})


def _standing(published: Published, kept: Release) -> tuple[np.ndarray, np.ndarray]:
    """Say by cell whether it has been decided on, and whether it was hidden."""
    known = set(kept.decisions[KEY].itertuples(index=False, name=None))
    cells = list(published.cells[KEY].itertuples(index=False, name=None))
    stands = published.cells["table"].isin([name for name, table in kept.tables.items()]).to_numpy()
    return stands, np.asarray([cell in known for cell in cells], dtype=bool)
