"""What a release was decided on, true numbers and all, so that a later one can be held against it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core.files import write_whole
from blupkit.core.study import Study
from blupkit.disclosure.draft import Draft, Number, Tie, Within
from blupkit.disclosure.equations import lay_out
from blupkit.disclosure.files.plain import frame_of, plain, plain_tables, read_with, safe_tables
from blupkit.disclosure.files.shown import EVALUATED
from blupkit.disclosure.quantities import KEY, AtMost, Cell, Follows, Sum
from blupkit.disclosure.release import ENDS, Release, draft_rows
from blupkit.disclosure.safe_table import SafeTable, Status
from blupkit.disclosure.sent_before import Sent

#: What is told of a number outside its system.
_NUMBERS: Final = [*KEY, "item", "label", "measure", "value", "n"]

#: What the numbers of a release are read from, and what to do where that is not there.
_OF_BASIS: Final = "det, en udgivelse er lavet af", "Lav siderne igen med »blupkit render«."
#: What `read_sent` expects, and what to do where it is not there.
_OF_SENT: Final = (
    "en sendt udgivelse",
    "Hent filen fra en sikkerhedskopi; den siger, hvad der allerede er sendt ud.",
)
#: What stands for a person who was taken out: with the municipality, since a total counts its parts' persons together.
GONE: Final = "gået"


def write_basis(
    draft: Draft, release: Release, study: Study, path: Path, evaluated: Mapping[str, Any] | None = None
) -> None:
    """Write what a release was decided on, true numbers and all, so that a later one can be held against it.

    It is for the consultant's own folder, beside the answers themselves.

    Parameters
    ----------
    draft, release, study
        What `suppress` was given, and what it decided.
    path : pathlib.Path
        The file, JSON.
    evaluated : mapping of str to dict, optional
        What `basis_part` gave of each kind of evaluation.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> hidden_numbers(path)[["municipality", "n"]].to_numpy().tolist()
    [['nordby', 6], ['sydby', 3]]
    """
    content = _basis(draft, release, study) | ({EVALUATED: evaluated} if evaluated else {})
    write_whole(path, json.dumps(content, ensure_ascii=False))


def basis_part(draft: Draft, release: Release, study: Study) -> dict[str, Any]:
    """Give what one kind of evaluation was decided on, and what was told of it, as it is written.

    Parameters
    ----------
    draft, release, study
        As for `write_basis`.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> list(basis_part(example_draft(), suppress(example_draft(), example_study()), example_study())["tables"])
    ['niveau']
    """
    return _basis(draft, release, study) | {"tables": plain_tables(release.tables)}


def _basis(draft: Draft, release: Release, study: Study) -> dict[str, Any]:
    return {
        "rows": plain(_as_told(draft_rows(draft, study), draft, release)),
        "population": draft.population,
        "sums": list(draft.sums),
        "follows": list(draft.follows),
        "limits": [one.terms for one in draft.limits],
        "margins": dict(draft.margins),
        **{name: list(more) for name, more in (("ties", draft.ties), ("within", draft.within)) if more},
        **({"counts_known": True} if draft.counts_known else {}),
        "hidden": release.decisions[KEY].to_numpy().tolist(),
        "persons": [[cell, dict(found)] for cell, found in draft.persons.items()],
    }


def _as_told(rows: pd.DataFrame, draft: Draft, release: Release) -> pd.DataFrame:
    """Leave out the bounds that were not printed, because they would have told too much."""
    printed: list[bool] = []
    for name, table in draft.tables.items():
        status = release.optional(name).frame["status"]
        printed += table.index.isin(status.index[status == Status.COARSE]).tolist()
    silent = rows["bound"].notna() & ~np.asarray(printed, dtype=bool)
    return rows.assign(**{name: rows[name].mask(silent) for name in ENDS})


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
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> hidden_numbers(path)["value"].tolist()
    [3.0, 3.0]
    """
    return read_with(path, partial(_rows_that_are, hidden=True), *_OF_BASIS)


def told_numbers(path: Path) -> pd.DataFrame:
    """Read the numbers that a release shows of what it was decided on.

    Parameters
    ----------
    path : pathlib.Path
        The file that `write_basis` wrote; what is wrong with it is raised as by `hidden_numbers`.

    Returns
    -------
    pandas.DataFrame
        With the columns that it has there.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> told_numbers(path)[["municipality", "n"]].to_numpy().tolist()
    [['alle', 9]]
    """
    return read_with(path, partial(_rows_that_are, hidden=False), *_OF_BASIS)


def _rows_that_are(content: Mapping[str, Any], *, hidden: bool) -> pd.DataFrame:
    """Give the rows of both decisions that are hidden, or shown."""
    rows, cells = frame_of(content["rows"])[_NUMBERS], set(map(tuple, content["hidden"]))
    rows = rows[[(cell in cells) == hidden for cell in rows[KEY].itertuples(index=False, name=None)]]
    more = [_rows_that_are(part, hidden=hidden) for part in content.get(EVALUATED, {}).values()]
    return pd.concat([rows, *more], ignore_index=True) if more else rows


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
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> int(read_sent(path).hidden.sum())
    2
    """
    return read_with(path, _sent, *_OF_SENT)


class Told(NamedTuple):
    """What was told of one kind of evaluation in a release that has been sent: numbers, tables, and what lies there."""

    sent: Sent
    tables: Mapping[str, SafeTable]
    part: Mapping[str, Any]


def read_evaluated(path: Path) -> dict[str, Told]:
    """Read what had been told of the evaluations in a release that has been sent.

    Parameters
    ----------
    path : pathlib.Path
        The file, as for `read_sent`.

    Returns
    -------
    dict of str to Told
        By the kind of evaluation; none where nothing had been told of any.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_basis(example_draft(), release, example_study(), path)
    >>> read_evaluated(path)
    {}
    """

    def told(content: Mapping[str, Any]) -> dict[str, Told]:
        parts = content.get(EVALUATED, {})
        return {name: Told(_sent(part), safe_tables(part["tables"]), part) for name, part in parts.items()}

    return read_with(path, told, *_OF_SENT)


def without_persons(text: str, marks: Collection[str] | None = None) -> str:
    """Take the marks of persons out of a release that was sent; its numbers stay, since they are out of the house.

    In the place of each stands that somebody who cannot be named any more has left the cell: they count as changed by
    so many persons, so that the numbers with and without them are never told side by side before enough have changed.

    Parameters
    ----------
    text : str
        What `write_basis` wrote.
    marks : collection of str, optional
        Whose; without it all of them, and every cell that is not as it was sent then counts as changed by one person.

    Returns
    -------
    str
        The same, without them.

    Examples
    --------
    >>> text = json.dumps({"rows": [], "persons": [[["behov", "nordby", "L", "k1"], {"a1": "5", "b2": "4"}]]})
    >>> json.loads(without_persons(text, {"a1"}))["persons"]
    [[['behov', 'nordby', 'L', 'k1'], {'b2': '4', 'gået nordby 1': ''}]]
    """
    content = json.loads(text)
    kept = content.get("persons", [])
    content["persons"] = [] if marks is None else [[cell, _left(cell, found, marks)] for cell, found in kept]
    return json.dumps(content, ensure_ascii=False)


def _left(cell: Sequence[str], found: dict[str, str], marks: Collection[str]) -> dict[str, str]:
    """Count those who left in the cell itself, so that nothing ties a person's cells together."""
    stayed = {who: said for who, said in found.items() if who not in marks}
    start = f"{GONE} {cell[1]} "
    gone = sum(who.startswith(start) for who in stayed)
    return stayed | {f"{start}{gone + more + 1}": "" for more in range(len(found) - len(stayed))}


def _sent(content: Mapping[str, Any]) -> Sent:
    rows = frame_of(content["rows"]).astype({"n": int, "additive": bool, "distribution": bool})
    sums = [Sum(Cell(*cell), value, _cells(parts)) for cell, value, parts in content["sums"]]
    follows = [Follows(Cell(*cell), _cells(parts), *how) for cell, parts, *how in content["follows"]]
    limits = [
        AtMost(tuple((Cell(*cell), measure, factor) for cell, measure, factor in terms))
        for terms in content.get("limits", ())
    ]
    # A release that was sent before margins or ties could be declared, or persons were kept, has none.
    ties = [Tie(_number(whole), tuple(map(_number, parts))) for whole, parts in content.get("ties", ())]
    within = [Within(_number(part), tuple(map(_number, among))) for part, among in content.get("within", ())]
    published = lay_out(
        rows,
        population=content["population"],
        sums=sums,
        follows=follows,
        margins=content.get("margins", {}),
        limits=limits,
        ties=ties,
        within=within,
        counts_known=content.get("counts_known", False),
    )
    hidden = {tuple(cell) for cell in content["hidden"]}
    cells = published.cells[KEY].itertuples(index=False, name=None)
    persons = {Cell(*cell): found for cell, found in content.get("persons", [])}
    return Sent(published, np.asarray([cell in hidden for cell in cells]), persons)


def _number(plain: Sequence[Any]) -> Number:
    cell, *row = plain
    return Number(Cell(*cell), *row)


def _cells(parts: Iterable[Iterable[str]]) -> tuple[Cell, ...]:
    return tuple(Cell(*part) for part in parts)
