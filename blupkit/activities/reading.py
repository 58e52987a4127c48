"""The tables about activities, read as they were typed, with everything that is wrong in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from blupkit.activities.answering.files import ENDINGS, answer_files, read_answers
from blupkit.activities.cells import Column
from blupkit.activities.layout import FORMS, meetings_of, shapes
from blupkit.core.batch_memory import once
from blupkit.core.errors import BlupkitError, DataError, Fault, Level, did_you_mean, one_of, raise_serious
from blupkit.core.study import ALL, STUDY_FILE, Study
from blupkit.core.tables import check_columns, read_table

if TYPE_CHECKING:
    import pandas as pd

#: One row: column → what its cell means, None where it is empty or wrong; "række" is its number in the file.
Row = dict[str, Any]
ROW: Final = "række"
#: Where a row says which file it is from, if its table has several.
FILE: Final = "fil"
#: Headings of what a study of counts must not hold.
_PERSONAL: Final = re.compile(r"(?i)navn|mail|telefon|tlf|mobil|cpr|adresse")
#: What a table may be saved as that is not read here.
_UNREAD: Final = frozenset({".ods", ".fods", ".xls", ".xlsm", ".xlsb", ".numbers", ".tsv", ".txt", ".sav"})


@dataclass
class Activities:
    """What the folder with activities holds.

    Parameters
    ----------
    study : Study
        The study.
    tables : dict of str to list of dict
        File (without its ending) → its rows; files that are not there have none.
    names : dict of str to str
        File → what it is called in messages, from the study's folder on.
    faults : list of Fault
        All that is wrong in cells, columns and names of files.
    """

    study: Study
    tables: dict[str, list[Row]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, file: str) -> list[Row]:
        return self.tables.get(file, [])

    def ids(self, file: str) -> list[str]:
        """Give the ids of a file's rows."""
        return [row["id"] for row in self[file] if row["id"]]

    def who_comes(self, file: str, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the municipalities and the groups that a workshop or a session is for."""
        everybody = self.study.group_keys
        if file == "workshops":
            return (row["kommune"] or ALL,), everybody
        whom = {one["id"]: one["maalgruppe"] for one in self["katalog"]}
        return row["kommuner"] or (ALL,), whom.get(row["aktivitet"]) or everybody

    def meant(self, file: str, column: str, asked: str) -> str:
        """Give what a word that somebody asks for means in a column; "" where nothing is asked for.

        Raises
        ------
        DataError
            It stands for nothing there; the nearest is named.
        """
        kind = next(one.kind for one in shapes(self.study)[file] if one.name == column)
        try:
            return str(kind.read(asked)) if asked else ""
        except ValueError as error:
            raise DataError(Fault(column, asked, kind.expected, kind.action(asked))) from error

    @staticmethod
    def one_of(name: str, asked: str, titles: Mapping[str, str]) -> str:
        """Give what one of a few words stands for.

        Raises
        ------
        DataError
            It is none of them; the nearest is named.
        """
        if asked not in titles:
            raise DataError(Fault(name, str(asked), one_of(titles), did_you_mean(str(asked), list(titles))))
        return titles[asked]

    def fault(self, file: str, row: Row, column: str, found: object, expected: str, action: str) -> Fault:
        """Make a fault of a row."""
        return Fault(row.get(FILE) or self.names[file], str(found), expected, action, row[ROW], column)


def load_activities(study: Study) -> Activities:
    """Read what can be read of the activities, with everything that is wrong in a cell.

    Parameters
    ----------
    study : Study
        Its section `[aktiviteter]` names the folder; without it there is nothing.

    Returns
    -------
    Activities
        Never raises: a file that cannot be read is a fault.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> load_activities(example_study()).tables
    {}
    """
    found = Activities(study)
    if study.activities is None:
        return found
    folder = study.path(study.activities.folder)
    if not folder.is_dir():
        action = f"Lav mappen, eller fjern [aktiviteter] i {STUDY_FILE}."
        found.faults.append(Fault(study.activities.folder, "ingen mappe", "en mappe med tabeller", action))
        return found
    # Every page about activities reads all their tables, and what stands in study.toml says what their cells mean.
    return replace(once(study.model_dump_json(), folder, lambda: _read_all(found, folder)), study=study)


def _read_all(found: Activities, folder: Path) -> Activities:
    known = list(shapes(found.study))
    found.faults += _unknown_files(folder, found.study, [*known, *FORMS])
    found.faults += _unread_files(folder, found.study, [*known, *FORMS])
    for name in known:
        _read_into(found, name, folder)
    for name in FORMS:
        _read_forms(found, name, folder)
    return found


def read_activities(study: Study) -> Activities:
    """Read the activities, and stop where something in them is wrong.

    Parameters
    ----------
    study : Study
        As in `load_activities`.

    Raises
    ------
    DataError
        All serious faults of cells at once.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_activities(example_study())["plan"]
    []
    """
    found = load_activities(study)
    raise_serious(found.faults)
    return found


def reckoned_on(study: Study, today: str = "") -> date:
    """Give the day that what is late is reckoned from.

    Parameters
    ----------
    study : Study
        The study.
    today : str
        The day, "2022-12-21"; when empty, `opgjort` under `[aktiviteter]`, or else the day of the data: a page that
        nothing has changed for stays the same.

    Raises
    ------
    DataError
        It is no day.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> reckoned_on(example_study(), "2022-06-01")
    datetime.date(2022, 6, 1)
    """
    said = study.activities.as_of if study.activities else None
    try:
        return date.fromisoformat(today) if today else said or study.data_date
    except ValueError as error:
        raise DataError(Fault("today", today, "en dato som 2022-12-21", "Ret parameteren.")) from error


def _unknown_files(folder: Path, study: Study, known: list[str]) -> list[Fault]:
    tables = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
    action = "Filen er ikke læst."
    return [
        Fault(
            _named(path, study),
            "en fil, som blupkit ikke kender",
            one_of(known),
            f"{did_you_mean(path.stem, known, action)}",
            level=Level.WARNING,
            quotes=False,
        )
        for path in tables
        if path.stem not in known and not path.name.startswith(("~$", *(f"{form}_" for form in FORMS)))
    ]


def _unread_files(folder: Path, study: Study, known: list[str]) -> Iterator[Fault]:
    """Tell of tables that are saved as something else than what is read: without them a page would say nothing is."""
    for path in sorted(folder.iterdir()):
        name = path.stem.casefold()
        if path.suffix.lower() in _UNREAD and (name in known or name.startswith(tuple(f"{form}_" for form in FORMS))):
            other = any(path.with_suffix(ending).is_file() for ending in ENDINGS)
            action = "Åbn filen, og vælg Gem som → Excel-projektmappe (.xlsx)."
            found, expected = f"en fil med endelsen {path.suffix}", "en .csv-fil eller en Excel-projektmappe (.xlsx)"
            level = Level.WARNING if other else Level.SERIOUS
            action = f"Filen er ikke læst; {path.stem} med en anden endelse er." if other else action
            yield Fault(_named(path, study), found, expected, action, level=level, quotes=False)


def _named(path: Path, study: Study) -> str:
    return path.relative_to(study.folder).as_posix() if path.is_relative_to(study.folder) else path.name


def _read_into(found: Activities, name: str, folder: Path) -> None:
    """Read one file, where it is there."""
    paths = [folder / f"{name}{ending}" for ending in ENDINGS if (folder / f"{name}{ending}").is_file()]
    if not paths or _twice(found, name, paths):
        return
    title = found.names[name] = _named(paths[0], found.study)
    try:
        table, shape = read_table(paths[0], title), shapes(found.study)[name]
        check_columns(table, {column.name: column.holds for column in shape if column.needed}, title)
    except BlupkitError as error:
        found.faults += error.faults
        return
    found.faults += _extra_columns(title, map(str, table.columns), shape)
    found.tables[name] = _rows(found, title, table, shape)


def _twice(found: Activities, name: str, paths: list[Path]) -> bool:
    """Tell of a table that is there as a text and as a workbook."""
    if len(paths) > 1:
        title = found.names[name] = _named(paths[0], found.study)
        both = f"{paths[0].name} og {paths[1].name}"
        found.faults.append(Fault(title, both, "én fil", "Slet den, der ikke gælder.", quotes=False))
    return len(paths) > 1


def _read_forms(found: Activities, name: str, folder: Path) -> None:
    """Read all files with the answers to a form; what was said at a meeting stands in one of them."""
    paths = answer_files(folder, name)
    if _twice(found, name, [path for path in paths if path.stem == name]):
        return
    meetings, of_what, _ = meetings_of(name)
    asked = [row for row in found["skemaer"] if row["skema"] == FORMS[name] and row["svar"] and row["spoergsmaal"]]
    rows: list[Row] = []
    came_from: dict[str, str] = {}
    for part in (read_answers(found.study, path, name, asked, found[meetings]) for path in paths):
        found.names.setdefault(name, part.title)
        found.faults += part.faults
        if part.table is None:
            continue
        found.faults += _extra_columns(part.title, map(str, part.table.columns), part.shape)
        of_file = {FILE: part.title} if len(paths) > 1 else {}
        mine = [row | of_file for row in _rows(found, part.title, part.table, part.shape)]
        found.faults += _of_another(found, name, mine, part.meeting)
        there = dict.fromkeys((row[of_what] for row in mine if row[of_what]), part.title)
        found.faults += _told_again(part.title, there, came_from)
        came_from = {**there, **came_from}
        rows += mine
        found.tables[name] = rows
    columns = dict.fromkeys(column for row in rows for column in row)
    rows[:] = [{column: row.get(column) for column in columns} for row in rows]


def _of_another(found: Activities, name: str, rows: list[Row], meeting: str | None) -> Iterator[Fault]:
    """What stands in a file that is named for a meeting was said there."""
    _, of_what, _ = meetings_of(name)
    for row in rows:
        if meeting and row[of_what] not in (None, meeting):
            action = "Ret cellen, eller kald filen noget andet."
            yield found.fault(name, row, of_what, row[of_what], f"{meeting}, som filens navn siger", action)


def _told_again(title: str, there: Iterable[str], came_from: Mapping[str, str]) -> Iterator[Fault]:
    """Nobody's form is counted twice: the answers from one meeting stand in one file."""
    for meeting in there:
        if meeting in came_from:
            action = "Slet den fil, der ikke gælder, eller saml rækkerne i én."
            expected = "skemaer, der ikke også står i en anden fil"
            yield Fault(title, f"{meeting} som i {came_from[meeting]}", expected, action, quotes=False)


def read_listed(study: Study, file: str, shape: list[Column]) -> Activities:
    """Read a table that lies with another material, by the same rules for its cells.

    Parameters
    ----------
    study : Study
        The study.
    file : str
        The file, as `study.toml` names it; its rows are under this name.
    shape : list of Column
        What its columns hold; others are left alone.

    Returns
    -------
    Activities
        With this table only, and what is wrong in its cells.

    Raises
    ------
    FileError
        The file is missing, or lacks a column that it needs.

    Examples
    --------
    >>> from blupkit.activities.cells import TEXT
    >>> from blupkit.core import example_study
    >>> found = read_listed(example_study(), "spoergeskema/udsendelse.csv", [Column("gruppe", "gruppen", TEXT)])
    >>> found["spoergeskema/udsendelse.csv"][0]
    {'række': 2, 'gruppe': 'L'}
    """
    found = Activities(study, names={file: file})
    table = read_table(study.path(file), file)
    check_columns(table, {column.name: column.holds for column in shape if column.needed}, file)
    found.tables[file] = _rows(found, file, table, shape)
    return found


def _extra_columns(title: str, heads: Iterable[str], shape: list[Column]) -> list[Fault]:
    """Tell of columns that are not read; what names persons has no place in a table of counts."""
    known = [column.name for column in shape]
    return [
        Fault(
            title,
            "en kolonne med personoplysninger" if _PERSONAL.search(head) else "en kolonne, som blupkit ikke kender",
            one_of(known),
            "Den er ikke læst. Slet kolonnen: Her hører kun antal til."
            if _PERSONAL.search(head)
            else did_you_mean(head, known, "Den er ikke læst."),
            1,
            head,
            level=Level.WARNING,
            quotes=False,
        )
        for head in heads
        if head not in known
    ]


def _rows(found: Activities, title: str, table: pd.DataFrame, shape: list[Column]) -> list[Row]:
    cells = table.reindex(columns=[column.name for column in shape], fill_value="")
    return [_read_row(found, title, int(str(row)), line, shape) for row, *line in cells.itertuples()]


def _read_row(found: Activities, title: str, number: int, line: list[str], shape: list[Column]) -> Row:
    row: Row = {ROW: number}
    for column, cell in zip(shape, map(str.strip, line), strict=True):
        row[column.name] = column.kind.empty
        if not cell:
            if column.needed:
                action = f"Skriv {column.holds}."
                fault = Fault(title, "ingenting", column.kind.expected, action, number, column.name)
                found.faults.append(fault)
            continue
        try:
            row[column.name] = column.kind.read(cell)
        except ValueError:
            expected, action = column.kind.expected, column.kind.action(cell)
            found.faults.append(Fault(title, cell, expected, action, number, column.name))
    return row
