"""A release: all tables that go on pages, with one decision on what is hidden in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import numpy as np
import pandas as pd

from blupkit.core.errors import DisclosureError, Fault
from blupkit.core.study import ALL, Edition, Study
from blupkit.disclosure.attack import telling_bounds
from blupkit.disclosure.draft import Draft
from blupkit.disclosure.equations import lay_out
from blupkit.disclosure.hiding import Choice, choose_hidden, mixed_totals, people_hidden
from blupkit.disclosure.primary import known_ends, primary_reasons
from blupkit.disclosure.quantities import (
    KEY,
    Cell,
    Flags,
    Follows,
    Places,
    Published,
    Reason,
)
from blupkit.disclosure.safe_table import (
    MEASURE_COLUMNS,
    NO_TABLE,
    SafeTable,
    safe_table,
    select,
    select_edition,
)
from blupkit.disclosure.sent_before import Joint, Sent, with_earlier

AnyRelease = TypeVar("AnyRelease", bound="Release")
_NUMBERS: Final = ["value", "n", "lowest", "highest"]
ENDS: Final = ["at_least", "at_most", "bound", "fewest", "most"]
#: What `lay_out` is told of a draft, beside its rows and what follows what.
LAID_OUT: Final = ("population", "sums", "margins", "limits", "ties", "within", "counts_known")
_ROW: Final = [*KEY, "item", "label", "measure", *_NUMBERS, "additive", "distribution", "reason", *ENDS]
#: What a table may say of its rows, and what holds where it does not.
_SAID: Final = {"additive": True, "distribution": False, "part": False}


@dataclass(frozen=True, eq=False, repr=False)
class Release:
    """All tables of a study as they may be shown.

    Parameters
    ----------
    tables : mapping of str to SafeTable
        By name.
    decisions : pandas.DataFrame
        What is hidden: `table`, `municipality`, `group`, `block`, `reason`. It names cells, never their numbers.
    targets : int
        How many hidden counts and sums the audit attacked.
    narrowest : float
        The least room left to any of them, as a multiple of what is needed.
    passed : bool
        Whether the audit found no leak.
    source : str
        A mark of what the release was made from; "" where nobody said.
    few_changed : frozenset of Cell
        Where so few have come, left or changed their answers since an earlier release that their spread may not be
        told. It is for who decides, and not written.
    unproven : int
        Of how many hidden cells it is not proven that which cells are hidden tells nothing (`pattern`).
    notes : tuple of str
        What whoever sends it must know of tables that are not in it, in Danish.
    program : str
        A mark of the program that decided it, and of how the study was declared; "" where nobody said.
    common : mapping of str to SafeTable
        In one municipality's part: what is shown of all municipalities together, to stand beside its own numbers.
    quotes : tuple of mapping
        What was said or written and may stand on every page, word for word: `group`, `attribution`, `text` and more.
    evaluated : Release, optional
        What may be shown of the evaluations of workshops and learning, which are other people's answers, and so decided
        by themselves.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> release = suppress(example_draft(), example_study())
    >>> release["niveau"].frame.set_index("municipality")["value"].isna().to_dict()
    {'nordby': True, 'sydby': True, 'alle': False}
    """

    tables: Mapping[str, SafeTable]
    decisions: pd.DataFrame
    targets: int
    narrowest: float
    passed: bool
    source: str = ""
    few_changed: frozenset[Cell] = frozenset()
    unproven: int = 0
    notes: tuple[str, ...] = ()
    program: str = ""
    common: Mapping[str, SafeTable] = field(default_factory=dict)
    quotes: tuple[Mapping[str, str], ...] = ()
    evaluated: Release | None = None

    def __repr__(self) -> str:
        audit = "har bestået prøven for fortrolighed" if self.passed else "har IKKE bestået prøven for fortrolighed"
        size = f"Tabeller: {len(self.tables)}, skjulte tal: {len(self.decisions)}"
        return f'Udgivelsen {audit}. {size}. Prøv sorted(release.tables) eller release["navn"].'

    @property
    def late(self) -> int:
        """How many cells are hidden because few answers came since the pages were last sent."""
        return int((self.decisions["reason"] == Reason.LATE).sum())

    def __getitem__(self, name: str) -> SafeTable:
        return self.tables[name]

    def optional(self, name: str) -> SafeTable:
        """The table, or an empty one where the release has none of that name: its section then says so."""
        return self.tables.get(name, NO_TABLE)


def suppress(draft: Draft, study: Study, sent: Iterable[Sent] = ()) -> Release:
    """Hide what would give answers away, over the whole release at once.

    A cell (one block of a table, for one group in one municipality) is shown or hidden as one. First goes what may not
    be shown by itself (`primary_reasons`), then the cheapest further cells that keep it from being worked out from
    everything else that is shown, in this release and in those sent before. The audit then attacks the result.

    Where the number of people in a group of a municipality is hidden, so is everything about them. In place of a mean
    of few answers near an end of its scale a bound is told, except where the bound itself would tell too much.

    Parameters
    ----------
    draft : Draft
        All tables of the release.
    study : Study
        Thresholds, groups, municipalities, and what the release contains.
    sent : iterable of Sent
        Earlier releases that have been sent.

    Returns
    -------
    Release
        The same tables, safe, with the decisions and the result of the audit.

    Raises
    ------
    DisclosureError
        A table lacks a municipality or the total, so that the decision would be made on a part of the release; or two
        tables tell of the same answers and nobody has declared how they add up.

    Examples
    --------
    Three answers in Sydby are too few, and Nordby goes with them: the total minus Nordby would be Sydby.

    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> suppress(example_draft(), example_study()).decisions[["municipality", "reason"]].to_numpy().tolist()
    [['nordby', 'udregnes'], ['sydby', 'få']]
    """
    rows = draft_rows(draft, study)
    if rows.empty:
        nothing = {
            name: safe_table(table, pd.Series(False, index=table.index), study) for name, table in draft.tables.items()
        }
        return Release(nothing, pd.DataFrame(columns=[*KEY, "reason"], dtype="str"), 0, float("inf"), passed=True)
    published = laid_out(rows, draft)
    limits, before, size = study.thresholds, list(sent), len(published.cells)
    found = with_earlier(published, before, limits.min_n, limits.caution_n, draft.persons)
    hidden_people = people_hidden(found.published, found.fixed, min_n=limits.min_n, caution_n=limits.caution_n)
    silent = hidden_people[:size] | mixed_totals(published)
    if silent.any():
        published = _without_bounds(published, silent, found)
        found = with_earlier(published, before, limits.min_n, limits.caution_n, draft.persons)
    telling = telling_bounds(
        found.published, found.fixed, found.told, hidden_people, min_n=limits.min_n, caution_n=limits.caution_n
    )
    by_itself = telling & ~found.published.cells["untold"].to_numpy(dtype=bool)
    if telling.any():
        published = replace(published, cells=published.cells.assign(untold=silent | telling[:size]))
        found = with_earlier(published, before, limits.min_n, limits.caution_n, draft.persons)
    joint, fixed, floor, told = found
    choice = choose_hidden(joint, fixed, min_n=limits.min_n, caution_n=limits.caution_n, floor=floor, told=told)
    # It was decided like what few have changed, but nobody has: it is the bound itself that would have told too much.
    reason = joint.cells["reason"].mask(by_itself & (joint.cells["reason"] == Reason.LATE), Reason.WORKED_OUT.value)
    joint = replace(joint, cells=joint.cells.assign(reason=reason))
    return released(draft, study, rows, published, joint, choice)


def _without_bounds(published: Published, silent: Flags, found: Joint) -> Published:
    """Print no bound where it would tell which number is small, or how small: it follows others that are hidden."""
    late = found.published.cells["untold"].to_numpy(dtype=bool)[: len(silent)]
    reason = published.cells["reason"]
    following = silent & ~late & (reason == Reason.AT_THE_END).to_numpy()
    cells = published.cells.assign(reason=reason.mask(following, Reason.FOLLOWS.value), untold=silent)
    return replace(published, cells=cells)


def released(
    draft: Draft, study: Study, rows: pd.DataFrame, published: Published, joint: Published, choice: Choice
) -> Release:
    """Take what was chosen out of the tables.

    Parameters
    ----------
    draft, study
        What was decided on.
    rows : pandas.DataFrame
        What `draft_rows` gave.
    published, joint : Published
        The release by itself, and beside earlier ones.
    choice : Choice
        What is hidden.
    """
    result, own = choice.audit, choice.hidden[: len(published.cells)]
    cells = joint.cells.iloc[: len(published.cells)].assign(hidden=own)
    rows = rows.merge(cells[[*KEY, "hidden", "untold"]], on=KEY, how="left")
    rows["bound"] = rows["bound"].mask(rows["untold"].astype(bool))
    tables = {}
    for name, table in draft.tables.items():
        flags, bounds = (rows.loc[rows["table"] == name, what].set_axis(table.index) for what in ("hidden", "bound"))
        tables[name] = _without_parts(name, safe_table(table, flags, study, bounds), draft)
    stirred = frozenset(Cell(*key) for key in cells.loc[cells["stirred"], KEY].itertuples(index=False, name=None))
    decisions, passed = _decisions(cells, published), has_passed(result.leaks, joint)
    return Release(
        tables, decisions, result.targets, result.narrowest, passed, few_changed=stirred, unproven=choice.unproven
    )


def _without_parts(name: str, table: SafeTable, draft: Draft) -> SafeTable:
    table = select(table, municipality=ALL) if name in draft.totals_only else table
    read = _is_read(pd.Series(name, table.frame.index), table.frame, draft)
    return table if read.all() else replace(table, frame=table.frame[read])


def _is_read(names: pd.Series, table: pd.DataFrame, draft: Draft) -> pd.Series:
    """Say which rows of some tables, by name, stand on anybody's pages, as far as it is declared."""
    where = zip(names.tolist(), table["group"].tolist(), table["municipality"].tolist(), strict=True)
    read = [place in draft.readers.get((name, group), (place,)) for name, group, place in where]
    return pd.Series(read, table.index, dtype=bool)


def has_passed(leaks: Places, joint: Published) -> bool:
    """Blame the new release only for its own numbers: an old one that leaks by itself cannot be mended any more.

    Parameters
    ----------
    leaks : numpy.ndarray
        Of the audit.
    joint : Published
        What it attacked.
    """
    return not len(leaks) or bool(joint.cells["earlier"].to_numpy()[joint.cell[leaks]].all())


def draft_rows(draft: Draft, study: Study) -> pd.DataFrame:
    """Put the tables under one another, in their order, with what each row needs for the system.

    Parameters
    ----------
    draft, study
        What `suppress` is given; not changed.

    Returns
    -------
    pandas.DataFrame
        One row a number: its cell, its value, and why it may not be shown by itself.
    """
    parts = []
    for name, table in draft.tables.items():
        _check_whole(name, table, study, draft)
        if len(table):
            part = table[MEASURE_COLUMNS].assign(
                table=name,
                block=table.get("block", table["item"]),
                **{said: table.get(said, otherwise) for said, otherwise in _SAID.items()},
            )
            parts.append(part)
    if not parts:
        return pd.DataFrame(columns=_ROW)
    rows = _with_reasons(pd.concat(parts, ignore_index=True), study, draft)[_ROW]
    _check_overlaps(rows, draft)
    return rows


def _with_reasons(table: pd.DataFrame, study: Study, draft: Draft) -> pd.DataFrame:
    """Add why each row may not be shown, and what is told of its ends: of what stands on no page, nothing is."""
    reasons, place, limits = primary_reasons(table, study), table["municipality"], study.thresholds
    elsewhere = table["table"].isin(draft.places)
    released = place.map(study.release.holds_place) | elsewhere
    released &= (place == ALL) | ~table["table"].isin(draft.totals_only)
    read = _is_read(table["table"], table, draft)
    # It is hidden whatever was answered, so its being few tells nothing, and it needs no company.
    reasons = reasons.mask(~read & (reasons != ""), Reason.NOT_LOCALLY.value)
    released &= read
    said_no = place.isin(study.release.protected(study.places)) & ~elsewhere
    why = pd.Series(Reason.NOT_RELEASED.value, index=table.index).mask(said_no, Reason.SAID_NO.value)
    told = released & reasons.isin(["", Reason.AT_THE_END])
    ends = known_ends(table, limits.min_n, limits.caution_n).where(told)
    return table.assign(reason=reasons.where(released | (reasons != ""), why)).join(ends)


def _check_whole(name: str, table: pd.DataFrame, study: Study, draft: Draft) -> None:
    wanted = {ALL, *draft.places.get(name, (municipality.slug for municipality in study.municipalities))}
    found = set(table["municipality"])
    missing = sorted(wanted - found)
    if missing and found and found != {ALL}:
        what, action = f"tabellen »{name}« uden " + ", ".join(missing), "Giv suppress() hele tabellen."
        raise DisclosureError(Fault("resultattabel", what, "alle kommuner og det samlede tal", action))


def _check_overlaps(rows: pd.DataFrame, draft: Draft) -> None:
    """Refuse tables that tell of the same answers twice in a way that no equation knows of.

    The same question in rows for all groups and in rows for each is a sum; it must be in the system, or a group that is
    hidden is all minus the others.
    """
    what = ["item", "label", "measure"]
    asked = rows[rows["additive"]]
    twice = asked.loc[asked["group"] == ALL, what].drop_duplicates()
    for (_, label, measure), part in asked.merge(twice, on=what).groupby(what):
        everybody = part["group"] == ALL
        known = {(name, draft.margins.get(name)) for name in part.loc[everybody, "table"]}
        split = set(part.loc[~everybody, "table"])
        loose = [(name, other) for name, parts in known for other in sorted(split - {parts})]
        if loose:
            name, other = loose[0]
            found = f"»{label}« ({measure}) for alle grupper i »{name}« og for hver gruppe i »{other}«"
            action = "Angiv i Draft.margins, hvilken tabels grupper den lægger sammen."
            raise DisclosureError(Fault("resultattabel", found, "tabeller, der hænger sammen på en kendt måde", action))


def laid_out(rows: pd.DataFrame, draft: Draft) -> Published:
    """Lay a draft out as one system.

    Parameters
    ----------
    rows : pandas.DataFrame
        What `draft_rows` gave.
    draft : Draft
        How its tables hang together.
    """
    follows = [*draft.follows, *_of_people(rows, draft)]
    published = lay_out(rows, follows=follows, **{name: getattr(draft, name) for name in LAID_OUT})
    where = published.cells[["municipality", "group"]].itertuples(index=False, name=None)
    published.cells["size"] = [float(draft.sizes.get(place, 0)) for place in where]
    return published


def _of_people(rows: pd.DataFrame, draft: Draft) -> list[Follows]:
    """Everything about a group in a municipality follows the number of people in it; the totals stand by themselves."""
    cells = rows.loc[rows["municipality"] != ALL, KEY].drop_duplicates()
    return [
        Follows(Cell(*key), (Cell(draft.population, key[1], key[2], "svar"),))
        for key in cells.itertuples(index=False, name=None)
        if draft.population and key[0] != draft.population
    ]


def _decisions(cells: pd.DataFrame, published: Published) -> pd.DataFrame:
    hidden = cells[cells["hidden"]]
    followers = {cell for cell, parts, _ in published.follows if cells["hidden"].to_numpy()[list(parts)].any()}
    worked_out = np.where(hidden.index.isin(followers), Reason.FOLLOWS, Reason.WORKED_OUT)
    reasons = hidden["reason"].where(hidden["reason"] != "", worked_out)
    return hidden[KEY].assign(reason=reasons).reset_index(drop=True)


def release_for(release: AnyRelease, edition: Edition) -> AnyRelease:
    """Choose what one reader's pages may show of a release: what they read is then all that they depend on.

    Parameters
    ----------
    release : Release
        The whole one; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    Release
        The tables' rows as `select_edition` chooses them, and the decisions about them.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure.example import example_draft
    >>> study = example_study()
    >>> part = release_for(suppress(example_draft(), study), read_edition(study, "alle"))
    >>> part["niveau"].frame[["municipality", "n"]].to_numpy().tolist()
    [['alle', 9]]
    """
    tables = {name: select_edition(table, edition) for name, table in release.tables.items()}
    places = {edition.key, *([ALL] if edition.common_groups else [])}
    decisions = release.decisions[release.decisions["municipality"].isin(places)].reset_index(drop=True)
    if evaluated := release.evaluated:  # of evaluations all that is told of everybody, and of their own place
        own = {name: select(table, municipality=[edition.key, ALL]) for name, table in evaluated.tables.items()}
        evaluated = replace(evaluated, tables=own, decisions=evaluated.decisions.iloc[:0])
    return replace(release, tables=tables, decisions=decisions, notes=(), evaluated=evaluated)
