"""SPSS: a `.sav` file with its labels, where "declared missing" is not the same as blank."""

from __future__ import annotations

import datetime
import re
import tempfile
import unicodedata
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pandas as pd

from blupkit.core import Fault, FileError
from blupkit.core.reading.sav import read_apart

if TYPE_CHECKING:
    from pyreadstat import metadata_container

SIGNATURES: Final = (b"$FL2", b"$FL3")
#: What the first twenty bytes end with where SPSS has locked the file.
_LOCKED: Final = b"ENCRYPTEDSAV"
#: SPSS counts the seconds from here, and says in the format of a variable what is shown of them.
_FIRST_DAY: Final = datetime.datetime(1582, 10, 14)
_FORM: Final = re.compile(r"((?:[AEJS]?DATE)|DATETIME|YMDHMS|MOYR|QYR|WKYR|D?TIME)(\d+)?(?:\.(\d+))?", re.IGNORECASE)
_MOMENTS: Final = {"DATETIME", "YMDHMS"}
_DURATIONS: Final = {"TIME", "DTIME"}
#: How wide a format must be to show the year with its century, and a duration with its seconds.
_YEAR_WIDTH: Final = {"MOYR": 8, "QYR": 8, "WKYR": 10}
_SECONDS_WIDTH: Final = {"TIME": 8, "DTIME": 11}
_MONTHS: Final = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


class Sav(NamedTuple):
    """A `.sav` file as text: data, labels and structure as `Export` has them, and the codes declared missing."""

    data: pd.DataFrame
    labels: dict[str, dict[str, str]]
    texts: dict[str, str]
    missing: frozenset[tuple[str, str]]


def read_sav(path: Path, name: str) -> Sav:
    """Read an SPSS file without losing why an answer is missing.

    SPSS lets a survey declare codes such as 8 "Ved ikke" as missing, and readers blank them unless told not to: here
    they stay as codes beside their labels. Missing data: a system-missing number and an empty text become "".

    Parameters
    ----------
    path : pathlib.Path
        `.sav` or `.zsav`.
    name : str
        What to call it in messages.

    Returns
    -------
    Sav
        Every cell is text, with the first case in row 2, as SPSS's own export to a spreadsheet would number it.

    Raises
    ------
    FileError
        The file is missing, is no SPSS file, or was cut off.

    Examples
    --------
    >>> import tempfile
    >>> import pyreadstat
    >>> path = Path(tempfile.mkdtemp()) / "svar.sav"
    >>> table = pd.DataFrame({"q": [4.0, 8.0, None]})
    >>> pyreadstat.write_sav(
    ...     table, str(path), variable_value_labels={"q": {8: "Ved ikke"}}, missing_ranges={"q": [8]}
    ... )
    >>> sav = read_sav(path, "svar.sav")
    >>> sav.data["q"].tolist(), sav.labels, sorted(sav.missing)
    (['4', '8', ''], {'q': {'8': 'Ved ikke'}}, [('q', '8')])
    """
    table, meta = _read(path, name)
    return _as_text(table, meta)


def _read(path: Path, name: str) -> tuple[pd.DataFrame, metadata_container]:
    _check_signature(path, name)
    read = read_apart(path)
    if read is None:
        action = (
            "Den er sandsynligvis klippet over eller beskadiget. Hent den igen, eller åbn den i SPSS, og gem den på ny."
        )
        raise FileError(
            Fault(name, "en SPSS-fil, der ikke kan læses til ende", "en hel .sav-fil", action, quotes=False)
        )
    cells, meta = read
    kinds = {name: "str" if kind == "string" else "float" for name, kind in meta.readstat_variable_types.items()}
    return pd.DataFrame({name: pd.Series(column, dtype=kinds[name]) for name, column in cells.items()}), meta


def _as_text(table: pd.DataFrame, meta: metadata_container) -> Sav:
    shown = {column: partial(_shown, shape=str(meta.original_variable_types[column])) for column in table.columns}
    data = pd.DataFrame({column: table[column].map(shown[column]).astype("str") for column in table.columns})
    labels = {
        variable: {shown[variable](value): _cell(text) for value, text in texts.items()}
        for variable, texts in meta.variable_value_labels.items()
    }
    texts = {column: _cell(text) for column, text in meta.column_names_to_labels.items()}
    declared = [
        (variable, shown[variable](value), any(_within(value, span) for span in spans))
        for variable, spans in meta.missing_ranges.items()
        for value in {*table[variable].dropna().unique(), *meta.variable_value_labels.get(variable, {})} - {""}
    ]
    # A format may show less than was declared: what looks like an answer too is not taken for a missing one.
    missing = {(variable, cell) for variable, cell, is_missing in declared if is_missing}
    missing -= {(variable, cell) for variable, cell, is_missing in declared if not is_missing}
    return Sav(data.set_axis(range(2, len(data) + 2)), labels, texts, frozenset(missing))


def without_cases(path: Path, name: str, rows: Collection[int]) -> bytes:
    """Give an SPSS file without some of its cases.

    Parameters
    ----------
    path : pathlib.Path
        `.sav` or `.zsav`; not changed.
    name : str
        What to call it in messages.
    rows : collection of int
        The cases, numbered as `read_sav` numbers them; those after them move up.

    Raises
    ------
    FileError
        The file cannot be read, or not be written again so that it reads the same: what `read_sav` does not know of it
        is not held against it.
    """
    import pyreadstat  # slow to import, and most studies have no SPSS file

    table, meta = _read(path, name)
    before = _as_text(table, meta)
    table = table.drop(index=[row - 2 for row in rows]).reset_index(drop=True)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / path.name
        pyreadstat.write_sav(
            table,
            str(written),
            file_label=meta.file_label or "",
            column_labels=meta.column_names_to_labels,
            variable_value_labels=meta.variable_value_labels,
            missing_ranges=meta.missing_ranges,
            variable_measure=meta.variable_measure,
            variable_format=meta.original_variable_types,
            row_compress=path.suffix.lower() == ".zsav",
        )
        after = read_sav(written, name)
        content = written.read_bytes()
    same = (
        after.data.equals(before.data.drop(index=list(rows)).set_axis(after.data.index)) and after[1:3] == before[1:3]
    )
    if not same:
        found, expected = "en SPSS-fil, der ikke kan skrives om uden tab", "en fil, der læses ens bagefter"
        action = "Slet besvarelsen i SPSS, gem filen, og kør kommandoen igen: så bliver resten taget ud."
        raise FileError(Fault(name, found, expected, action))
    return content


def _check_signature(path: Path, name: str) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(20)
    except OSError as error:
        found = "ingen fil" if isinstance(error, FileNotFoundError) else "en fil, der ikke kan åbnes"
        action = "Læg filen i mappen, og kør igen."
        raise FileError(Fault(name, found, "en fil med dette navn", action, quotes=False)) from error
    if start.endswith(_LOCKED):
        action = "Åbn den i SPSS, gem den uden adgangskode i undersøgelsens mappe, og kør igen."
        raise FileError(Fault(name, "en SPSS-fil med adgangskode", "en .sav-fil uden", action, quotes=False))
    if not start.startswith(SIGNATURES):
        action = 'Ret format under [spoergeskema] i study.toml, eller hent eksporten igen som SPSS (".sav").'
        raise FileError(Fault(name, "en fil, der ikke er fra SPSS", "en .sav-fil", action, quotes=False))


def _cell(value: object) -> str:
    """Write a cell as text: 4.0 is the code 4, and what is missing is nothing."""
    if value is None or value != value:  # NaN is the value that differs from itself
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return unicodedata.normalize("NFC", str(value)).strip()


def _shown(value: object, shape: str) -> str:
    """Write a cell as SPSS shows it: a moment is a number of seconds there, and its format says what is seen of it."""
    form = _FORM.fullmatch(shape)
    if form is None or not isinstance(value, float) or value != value:
        return _cell(value)
    name, width, decimals = form[1].upper(), int(form[2] or 0), int(form[3] or 0)
    if name in _DURATIONS:
        return _duration(value, name, width, decimals)
    try:
        moment = _FIRST_DAY + datetime.timedelta(seconds=value)
    except OverflowError:
        return _cell(value)
    year = f"{moment.year:04}" if width >= _YEAR_WIDTH.get(name, 0) else f"{moment.year % 100:02}"
    day = moment.timetuple().tm_yday
    parts = {
        "MOYR": f"{_MONTHS[moment.month - 1]} {year}",
        "QYR": f"{(moment.month + 2) // 3} Q {year}",
        "WKYR": f"{(day + 6) // 7} WK {year}",
    }
    return parts.get(name) or (moment.isoformat() if name in _MOMENTS else moment.date().isoformat())


def _duration(value: float, name: str, width: int, decimals: int) -> str:
    """Write hours past the day's end as hours, or as days where the format has them."""
    units = round(abs(value) * 10**decimals)
    whole, rest = divmod(units, 10**decimals)
    fraction = f".{rest:0{decimals}}" if decimals else ""
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, in_day = divmod(hours, 24)
    start = f"{days} {in_day:02}" if name == "DTIME" else f"{hours:02}"
    with_seconds = width >= _SECONDS_WIDTH[name] or not width
    return f"{'-' if value < 0 else ''}{start}:{minutes:02}" + (f":{seconds:02}{fraction}" if with_seconds else "")


def _within(value: object, span: dict[str, Any]) -> bool:
    low, high = span["lo"], span["hi"]
    if isinstance(low, str) or isinstance(value, str):
        return str(value).strip() == str(low).strip()
    return bool(low <= value <= high)
