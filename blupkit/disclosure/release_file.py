"""A release on the disk: what is shown, for the notebooks; and what it was decided on, for the releases after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import read_text, write_whole
from blupkit.core.study import Study
from blupkit.disclosure.draft import Draft, Number, Tie, Within
from blupkit.disclosure.equations import lay_out
from blupkit.disclosure.quantities import KEY, AtMost, Cell, Follows, Sum
from blupkit.disclosure.release import ENDS, Release, draft_rows
from blupkit.disclosure.safe_table import SafeTable, Status
from blupkit.disclosure.sent_before import Sent

#: What is a number also where it is missing.
FLOATS: Final = frozenset({"value", "low", "high", "lowest", "highest", "variance", *ENDS})

#: What holds the evaluations, which are decided by themselves, in both files.
EVALUATED: Final = "evaluated"
#: What is told of a number outside its system.
_NUMBERS: Final = [*KEY, "item", "label", "measure", "value", "n"]

Read = TypeVar("Read")
#: What the numbers of a release are read from, and what to do where that is not there.
_OF_BASIS: Final = "det, en udgivelse er lavet af", "Lav siderne igen med »blupkit render«."
#: What `read_sent` expects, and what to do where it is not there.
_OF_SENT: Final = (
    "en sendt udgivelse",
    "Hent filen fra en sikkerhedskopi; den siger, hvad der allerede er sendt ud.",
)
#: What stands for a person who was taken out: with the municipality, since a total counts its parts' persons together.
GONE: Final = "gået"


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
    >>> from blupkit.disclosure import suppress
    >>> from blupkit.disclosure.example import example_draft
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "udgivelse.json"
    >>> release = suppress(example_draft(), example_study())
    >>> write_release(release, path)
    >>> '"value"' in path.read_text("utf-8"), read_release(path)["niveau"].frame["n"].tolist()
    (True, [<NA>, <NA>, 9])
    """
    write_whole(path, json.dumps(_shown(release), ensure_ascii=False))


def _shown(release: Release) -> dict[str, Any]:
    content = {
        "source": release.source,
        "audit": {name: getattr(release, name) for name in ("targets", "narrowest", "passed", "unproven")},
        "decisions": release.decisions.to_dict("records"),
        **{name: value for name in ("notes", "program", "quotes") if (value := getattr(release, name))},
        "tables": _plain_tables(release.tables),
        "common": _plain_tables(release.common),
    }
    return content | ({EVALUATED: _shown(release.evaluated)} if release.evaluated else {})


def _plain_tables(tables: Mapping[str, SafeTable]) -> dict[str, Any]:
    return {name: {"min_n": table.min_n, "frame": _plain(table.frame)} for name, table in tables.items()}


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
    >>> from blupkit.disclosure import suppress
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
    decisions = pd.DataFrame(content["decisions"], columns=[*KEY, "reason"], dtype="str")
    # One that an earlier version wrote has no numbers of all beside those of a municipality, and no quotes.
    told = {"notes": tuple(content.get("notes", ())), "program": content.get("program", "")}
    told |= {"common": _safe_tables(content.get("common", {})), "quotes": tuple(content.get("quotes", ()))}
    told |= {EVALUATED: _release(content[EVALUATED])} if EVALUATED in content else {}
    return Release(_safe_tables(content["tables"]), decisions, **content["audit"], source=content["source"], **told)


def _safe_tables(plain: Mapping[str, Any]) -> dict[str, SafeTable]:
    return {name: SafeTable(_frame(table["frame"]), table["min_n"]) for name, table in plain.items()}


def write_basis(draft: Draft, release: Release, study: Study, path: Path, evaluated: Draft | None = None) -> None:
    """Write what a release was decided on, true numbers and all, so that a later one can be held against it.

    It is for the consultant's own folder, beside the answers themselves.

    Parameters
    ----------
    draft, release, study
        What `suppress` was given, and what it decided.
    path : pathlib.Path
        The file, JSON.
    evaluated : Draft, optional
        What `release.evaluated` was decided on.

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
    content = _basis(draft, release, study)
    if evaluated and release.evaluated:
        content[EVALUATED] = _basis(evaluated, release.evaluated, study)
    write_whole(path, json.dumps(content, ensure_ascii=False))


def _basis(draft: Draft, release: Release, study: Study) -> dict[str, Any]:
    return {
        "rows": _plain(_as_told(draft_rows(draft, study), draft, release)),
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
    >>> from blupkit.disclosure.example import example_basis
    >>> hidden_numbers(example_basis())["value"].tolist()
    [3.0, 3.0]
    """
    return _read(path, partial(_rows_that_are, hidden=True), *_OF_BASIS)


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
    >>> from blupkit.disclosure.example import example_basis
    >>> told_numbers(example_basis())[["municipality", "n"]].to_numpy().tolist()
    [['alle', 9]]
    """
    return _read(path, partial(_rows_that_are, hidden=False), *_OF_BASIS)


def _rows_that_are(content: Mapping[str, Any], *, hidden: bool) -> pd.DataFrame:
    """Give the rows of both decisions that are hidden, or shown."""
    rows, cells = _frame(content["rows"])[_NUMBERS], set(map(tuple, content["hidden"]))
    rows = rows[[(cell in cells) == hidden for cell in rows[KEY].itertuples(index=False, name=None)]]
    if EVALUATED not in content:
        return rows
    return pd.concat([rows, _rows_that_are(content[EVALUATED], hidden=hidden)], ignore_index=True)


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
    >>> from blupkit.disclosure.example import example_basis
    >>> int(read_sent(example_basis()).hidden.sum())
    2
    """
    return _read(path, _sent, *_OF_SENT)


def read_evaluated(path: Path) -> list[Sent]:
    """Read what had been told of the evaluations in a release that has been sent.

    Parameters
    ----------
    path : pathlib.Path
        The file, as for `read_sent`.

    Returns
    -------
    list of Sent
        One, or none where nothing had been told of any.

    Examples
    --------
    >>> from blupkit.disclosure.example import example_basis
    >>> read_evaluated(example_basis())
    []
    """
    return _read(path, lambda content: [_sent(content[EVALUATED])] if EVALUATED in content else [], *_OF_SENT)


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
    rows = _frame(content["rows"]).astype({"n": int, "additive": bool, "distribution": bool})
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


def _read(path: Path, build: Callable[[Mapping[str, Any]], Read], expected: str, action: str) -> Read:
    text = read_text(path)
    try:
        return build(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise FileError(Fault(path.name, "en fil, der ikke kan læses", expected, action)) from error


def _plain(frame: pd.DataFrame) -> dict[str, Any]:
    """Give a table as JSON can hold it: what is missing is null. Python's JSON keeps every digit, and infinity too."""
    # What is missing differs from itself, or is pandas' own mark; asking pandas of each column takes twice as long.
    columns = [
        [None if cell is pd.NA or cell != cell else cell for cell in column.tolist()] for _, column in frame.items()
    ]
    return {"columns": list(frame.columns), "data": list(zip(*columns, strict=True))}


def _frame(plain: Mapping[str, Any]) -> pd.DataFrame:
    # A column at a time: of rows, pandas makes objects first, and looks at each of them for its type.
    cells = zip(*plain["data"], strict=True) if plain["data"] else ((),) * len(plain["columns"])
    columns = {name: _column(name, column) for name, column in zip(plain["columns"], cells, strict=True)}
    return pd.DataFrame(columns, columns=plain["columns"])


def _column(name: str, cells: tuple[Any, ...]) -> Any:  # noqa: ANN401 - one of several kinds of array
    if name in FLOATS:
        return np.asarray(cells, dtype="float64")
    if name == "n":
        return pd.array(cells, dtype="Int64")
    return list(cells) if cells else np.asarray(cells, dtype="object")
