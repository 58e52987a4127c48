"""A release: all tables that go on pages, with one decision on what is hidden in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from blupkit.core.errors import DisclosureError, Fault, FileError
from blupkit.core.files import read_text, write_whole
from blupkit.core.study import ALL, Edition, Study
from blupkit.disclosure.attack import Audit
from blupkit.disclosure.equations import lay_out
from blupkit.disclosure.hiding import choose_hidden
from blupkit.disclosure.quantities import KEY, Cell, Follows, Published, Reason, Sum
from blupkit.disclosure.safe_table import (
    MEASURE_COLUMNS,
    NO_TABLE,
    SafeTable,
    primary_reasons,
    safe_table,
    select_edition,
)
from blupkit.disclosure.sent_before import Sent, with_earlier

Read = TypeVar("Read")
AnyRelease = TypeVar("AnyRelease", bound="Release")
_NUMBERS: Final = ["value", "n", "lowest", "highest"]
_ROW: Final = [*KEY, "item", "label", "measure", *_NUMBERS, "additive", "distribution", "reason"]


@dataclass(frozen=True, eq=False)
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

    @property
    def late(self) -> int:
        """How many cells are hidden because few answers came since the pages were last sent."""
        return int((self.decisions["reason"] == Reason.LATE).sum())

    def __getitem__(self, name: str) -> SafeTable:
        return self.tables[name]

    def optional(self, name: str) -> SafeTable:
        """The table, or an empty one where the release has none of that name: its section then says so."""
        return self.tables.get(name, NO_TABLE)


@dataclass(frozen=True, eq=False)
class Draft:
    """A release before anything is hidden: what `suppress` decides over.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `MEASURE_COLUMNS`, each for all municipalities and the total, or for the total alone. Further columns: `block`
        (what is shown or hidden as one; the item where it is missing), `additive` (False for a measure that is no mean
        or share over answers, or that others give) and `distribution` (True for shares of answers over choices).
    population : str, optional
        The table, among these, that says how many answered at all, in its block "svar".
    sums, follows : iterable
        What else adds up, and what follows what.

    Examples
    --------
    >>> from blupkit.disclosure.example import example_draft
    >>> draft = example_draft()
    >>> sorted(draft.tables), draft.population
    (['niveau'], None)
    """

    tables: Mapping[str, pd.DataFrame]
    population: str | None = None
    sums: Iterable[Sum] = ()
    follows: Iterable[Follows] = ()


def suppress(draft: Draft, study: Study, sent: Iterable[Sent] = ()) -> Release:
    """Hide what would give answers away, over the whole release at once.

    A cell (one block of a table, for one group in one municipality) is shown or hidden as one. First goes what may not
    be shown by itself (`primary_reasons`), then the cheapest further cells that keep it from being worked out from
    everything else that is shown, in this release and in those sent before. The audit then attacks the result.

    Where the number of people in a group of a municipality is hidden, so is everything about them.

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
        A table lacks a municipality or the total, so that the decision would be made on a part of the release.

    Examples
    --------
    Three answers in Sydby are too few, and Nordby goes with them: the total minus Nordby would be Sydby.

    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> suppress(example_draft(), example_study()).decisions[["municipality", "reason"]].to_numpy().tolist()
    [['nordby', 'udregnes'], ['sydby', 'få']]
    """
    rows = _rows(draft, study)
    if rows.empty:
        nothing = {
            name: safe_table(table, pd.Series(False, index=table.index), study) for name, table in draft.tables.items()
        }
        return Release(nothing, pd.DataFrame(columns=[*KEY, "reason"], dtype="str"), 0, float("inf"), passed=True)
    published = _lay_out(rows, draft)
    joint, fixed, floor, told = with_earlier(published, list(sent), study.thresholds.min_n)
    limits = study.thresholds
    hidden, result = choose_hidden(joint, fixed, min_n=limits.min_n, caution_n=limits.caution_n, floor=floor, told=told)
    own = hidden[: len(published.cells)]
    cells = joint.cells.iloc[: len(published.cells)].assign(hidden=own)
    flags = rows[KEY].merge(cells[[*KEY, "hidden"]], on=KEY, how="left")["hidden"].set_axis(rows.index)
    tables = {
        name: safe_table(table, flags[rows["table"] == name].set_axis(table.index), study)
        for name, table in draft.tables.items()
    }
    return Release(tables, _decisions(cells, published), result.targets, result.narrowest, _passed(result, joint))


def _passed(result: Audit, joint: Published) -> bool:
    """Blame the new release only for its own numbers: an old one that leaks by itself cannot be mended any more."""
    return not len(result.leaks) or bool(joint.cells["earlier"].to_numpy()[joint.cell[result.leaks]].all())


def _rows(draft: Draft, study: Study) -> pd.DataFrame:
    """Put the tables under one another, in their order, with what each row needs for the system."""
    parts = []
    for name, table in draft.tables.items():
        _check_whole(name, table, study)
        if len(table):
            part = table[MEASURE_COLUMNS].assign(
                table=name,
                block=table.get("block", table["item"]),
                additive=table.get("additive", True),
                distribution=table.get("distribution", False),
            )
            parts.append(part.assign(reason=_reasons(part, study)))
    if not parts:
        return pd.DataFrame(columns=_ROW)
    return pd.concat(parts, ignore_index=True)[_ROW]


def _reasons(table: pd.DataFrame, study: Study) -> pd.Series:
    reasons = primary_reasons(table, study)
    return reasons.mask(
        ~table["municipality"].map(study.release.holds_place) & (reasons == ""), Reason.NOT_RELEASED.value
    )


def _check_whole(name: str, table: pd.DataFrame, study: Study) -> None:
    wanted = {municipality.slug for municipality in study.municipalities} | {ALL}
    found = set(table["municipality"])
    missing = sorted(wanted - found)
    if missing and found and found != {ALL}:
        what, action = f"tabellen »{name}« uden " + ", ".join(missing), "Giv suppress() hele tabellen."
        raise DisclosureError(Fault("resultattabel", what, "alle kommuner og det samlede tal", action))


def _lay_out(rows: pd.DataFrame, draft: Draft) -> Published:
    follows = [*draft.follows, *_of_people(rows, draft)]
    return lay_out(rows, population=draft.population, sums=draft.sums, follows=follows)


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
    """
    tables = {name: select_edition(table, edition) for name, table in release.tables.items()}
    places = {edition.key, *([ALL] if edition.common_groups else [])}
    decisions = release.decisions[release.decisions["municipality"].isin(places)].reset_index(drop=True)
    return replace(release, tables=tables, decisions=decisions)


def write_release(release: Release, path: Path) -> None:
    """Write a release where the notebooks read it: what is shown, and nothing that is hidden.

    Parameters
    ----------
    release : Release
        What `suppress` decided.
    path : pathlib.Path
        The file, JSON.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_release(release, path)
    >>> '"value"' in path.read_text("utf-8"), read_release(path)["niveau"].frame["n"].tolist()
    (True, [<NA>, <NA>, 9])
    """
    content = {
        "source": release.source,
        "audit": {"targets": release.targets, "narrowest": release.narrowest, "passed": release.passed},
        "decisions": release.decisions.to_dict("records"),
        "tables": {
            name: {"min_n": table.min_n, "frame": _plain(table.frame)} for name, table in release.tables.items()
        },
    }
    write_whole(path, json.dumps(content, ensure_ascii=False))


def read_release(path: Path) -> Release:
    """Read what `write_release` wrote.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Release
        The tables with the types they had.

    Raises
    ------
    FileError
        There is no such file, or it is no release.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_release(release, path)
    >>> read_release(path).passed
    True
    """
    return _read(path, _release, "en udgivelse fra blupkit", "Lav siderne igen med »blupkit render«.")


def _release(content: Mapping[str, Any]) -> Release:
    tables = {name: SafeTable(_frame(table["frame"]), table["min_n"]) for name, table in content["tables"].items()}
    decisions = pd.DataFrame(content["decisions"], columns=[*KEY, "reason"], dtype="str")
    return Release(tables, decisions, **content["audit"], source=content["source"])


def write_basis(draft: Draft, release: Release, study: Study, path: Path) -> None:
    """Write what a release was decided on, true numbers and all, so that a later one can be held against it.

    It is for the consultant's own folder, beside the answers themselves.

    Parameters
    ----------
    draft, release, study
        What `suppress` was given, and what it decided.
    path : pathlib.Path
        The file, JSON.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> hidden_numbers(path)[["municipality", "n"]].to_numpy().tolist()
    [['nordby', 6], ['sydby', 3]]
    """
    content = {
        "rows": _plain(_rows(draft, study)),
        "population": draft.population,
        "sums": list(draft.sums),
        "follows": list(draft.follows),
        "hidden": release.decisions[KEY].to_numpy().tolist(),
    }
    write_whole(path, json.dumps(content, ensure_ascii=False))


def hidden_numbers(path: Path) -> pd.DataFrame:
    """Read the true numbers of what a release hides: what must not be found anywhere in what is sent.

    Parameters
    ----------
    path : pathlib.Path
        The file that `write_basis` wrote.

    Returns
    -------
    pandas.DataFrame
        `table`, `municipality`, `group`, `block`, `item`, `label`, `measure`, `value` and `n`.

    Raises
    ------
    FileError
        There is no such file, or it is no such basis.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> hidden_numbers(path)["value"].tolist()
    [3.0, 3.0]
    """
    return _read(path, _hidden_rows, "det, en udgivelse er lavet af", "Lav siderne igen med »blupkit render«.")


def _hidden_rows(content: Mapping[str, Any]) -> pd.DataFrame:
    hidden = pd.DataFrame(content["hidden"], columns=KEY, dtype="str")
    rows = _frame(content["rows"]).merge(hidden, on=KEY)
    return rows[[*KEY, "item", "label", "measure", "value", "n"]]


def read_sent(path: Path) -> Sent:
    """Read a release that has been sent, as `write_basis` wrote it.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    Sent
        Its numbers, and which of them were hidden.

    Raises
    ------
    FileError
        There is no such file, or it is no release.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> int(read_sent(path).hidden.sum())
    2
    """
    action = "Hent filen fra en sikkerhedskopi; den siger, hvad der allerede er sendt ud."
    return _read(path, _sent, "en sendt udgivelse", action)


def _sent(content: Mapping[str, Any]) -> Sent:
    rows = _frame(content["rows"]).astype({"n": int, "additive": bool, "distribution": bool})
    sums = [Sum(Cell(*cell), value, _cells(parts)) for cell, value, parts in content["sums"]]
    follows = [Follows(Cell(*cell), _cells(parts), *how) for cell, parts, *how in content["follows"]]
    published = lay_out(rows, population=content["population"], sums=sums, follows=follows)
    hidden = {tuple(cell) for cell in content["hidden"]}
    cells = published.cells[KEY].itertuples(index=False, name=None)
    return Sent(published, np.asarray([cell in hidden for cell in cells]))


def _cells(parts: Iterable[Iterable[str]]) -> tuple[Cell, ...]:
    return tuple(Cell(*part) for part in parts)


def _read(path: Path, build: Callable[[Mapping[str, Any]], Read], expected: str, action: str) -> Read:
    text = read_text(path)
    try:
        return build(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(Fault(path.name, "en fil, der ikke kan læses", expected, action)) from error


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    """Give a table as JSON can hold it: what is missing is null. Python's JSON keeps every digit, and infinity too."""
    columns = [
        [None if missing else cell for cell, missing in zip(column.tolist(), column.isna().tolist(), strict=True)]
        for _, column in frame.items()
    ]
    return {"columns": list(frame.columns), "data": list(zip(*columns, strict=True))}


def _frame(plain: Mapping[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame(plain["data"], columns=plain["columns"])
    floats = [name for name in ("value", "low", "high", "lowest", "highest") if name in frame]
    return frame.astype(dict.fromkeys(floats, "float64")).astype({"n": "Int64"})
