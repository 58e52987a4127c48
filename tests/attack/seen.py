"""What a reader sees: each number between the ends that its rounding leaves, or nothing."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import openpyxl
import pandas as pd
from attack.families import PEOPLE, TOTAL
from lxml import html


class Key(NamedTuple):
    """Where a number stands: in which table, for whom, about what."""

    table: str
    place: str
    group: str
    item: str
    measure: str


class Number(NamedTuple):
    """What is told: the value lies from `low` to `high`, on `n` answers; and an interval, as it is printed.

    Where `n` is missing only a bound is told: the mean of at least `min_n` and fewer than `varsomhed_n` answers lies
    between it and the end of the scale.
    """

    low: float
    high: float
    n: int | None
    interval: tuple[float, float] | None = None
    #: Half of the last digit.
    half: float = 0.0


Seen = dict[Key, Number]
EXACT = 1e-7
#: "4,5 eller højere"
_OPEN_ENDED = re.compile(r"([−-]?[\d.]+(?:,\d+)?) eller (højere|lavere)")


def see_frames(tables: Mapping[str, object]) -> Seen:
    """Read a release's tables as readers see them, without rounding: harder on the release than any page."""
    seen: Seen = {}
    for name, table in tables.items():
        frame: pd.DataFrame = table.frame  # type: ignore[attr-defined]
        for row in frame.itertuples():
            key = Key(str(name), row.municipality, row.group, row.label, row.measure)
            if row.status == "groft":
                top = row.highest - row.bound < row.bound - row.lowest
                seen[key] = Number(row.bound, np.inf, None) if top else Number(-np.inf, row.bound, None)
            if row.status == "skjult" or pd.isna(row.n):
                continue
            seen[key] = Number(*_ends(row.value), int(row.n), _interval(row.low, row.high))
    return seen


def _ends(value: object) -> tuple[float, float]:
    if isinstance(value, str) and (told := _OPEN_ENDED.search(value)):
        edge = decimal(told[1])
        return (edge, np.inf) if told[2] == "højere" else (-np.inf, edge)
    number = float(value)  # type: ignore[arg-type]
    return (-np.inf, np.inf) if np.isnan(number) else (number - EXACT, number + EXACT)


def _interval(low: float, high: float) -> tuple[float, float] | None:
    return None if pd.isna(low) or pd.isna(high) else (float(low), float(high))


class Names(NamedTuple):
    """How a study's pages call its municipalities and groups."""

    places: dict[str, str]
    groups: dict[str, str]


def read_names(folder: Path) -> Names:
    """The words of `study.toml` that stand on each page."""
    settings = tomllib.loads((folder / "study.toml").read_text("utf-8"))
    groups = {group["navn"].casefold(): group["noegle"] for group in settings["gruppe"]}
    for town in settings["kommune"]:
        groups |= {name.casefold(): key for key, name in town.get("gruppenavne", {}).items()}
    return Names({town["navn"]: town["kort_navn"] for town in settings["kommune"]}, groups)


def members(path: Path) -> dict[str, bytes]:
    """Every file of a package."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def see_packages(packages: Iterable[Path], names: Names) -> Seen:
    """Read every table of some packages, as one who has got all of them."""
    seen: Seen = {}
    for package in packages:
        for name, content in members(package).items():
            if "/tabeller/" in name and name.endswith(".csv"):
                place, table = name.split("/")[0], Path(name).stem
                for row in rows_of(content):
                    key, number = _read(row, place, table, names)
                    if number.n is not None or np.isfinite([number.low, number.high]).any():
                        seen[key] = _closer(seen.get(key), number)
    return seen


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a table of a package, under their heads."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def cells_beside(package: Path) -> tuple[list[tuple[str, object]], int]:
    """The numbers in a package's workbooks that no table beside them has, and how many there are in all.

    One workbook has all tables of a folder; another that lies beside a page has that page's, as they are printed there.
    """
    found, files = [], members(package)
    numbers = 0
    for name in (name for name in files if name.endswith(".xlsx")):
        beside = [rows_of(files[other]) for other in files if other.startswith(f"{Path(name).parent}/tabeller/")]
        known = {decimal(cell) for rows in beside for row in rows for cell in row.values() if _is_number(cell)}
        if page := files.get(f"{name.removesuffix('.xlsx')}.html"):
            printed_there = (cell.text_content().strip() for cell in html.fromstring(page.decode()).iter("td", "th"))
            known = {decimal(cell) for cell in printed_there if _is_number(cell)}
        for sheet in openpyxl.load_workbook(io.BytesIO(files[name])).worksheets:
            cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, int | float)]
            numbers += len(cells)
            found += [(f"{name}, {sheet.title}", cell) for cell in cells if cell not in known]
    return found, numbers


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[−-]?[\d.]+(,\d+)?", text))


def _read(row: Mapping[str, str], place: str, table: str, names: Names) -> tuple[Key, Number]:
    where = TOTAL if row["Kommune"].startswith(("Alle", "Begge")) else place
    group = names.groups.get(row["Gruppe"].casefold(), TOTAL)
    low, high = printed(row["Værdi"])
    n = row["Antal besvarelser"]
    ends = None
    if row["Nedre grænse"] and row["Øvre grænse"]:
        ends = decimal(row["Nedre grænse"]), decimal(row["Øvre grænse"])
    key = Key(table, where, group, row["Emne"].removeprefix("'"), row["Mål"])
    return key, Number(low, high, int(decimal(n)) if n else None, ends, _half(row["Værdi"]))


def _half(text: str) -> float:
    digits = len(text.partition(",")[2]) if "," in text else 0
    return 0.5 * 10**-digits


def printed(text: str, decimals: int = 1) -> tuple[float, float]:
    """Between which ends a printed number lies: half a unit of the last digit, which a CSV leaves out when it is 0."""
    if not text:
        return -np.inf, np.inf
    if told := _OPEN_ENDED.search(text):
        edge = decimal(told[1])
        return (edge - 0.05, np.inf) if told[2] == "højere" else (-np.inf, edge + 0.05)
    half = 0.5 * 10 ** -max(decimals, len(text.partition(",")[2]))
    value = decimal(text)
    return value - half - EXACT, value + half + EXACT


def decimal(text: str) -> float:
    """A number as Danes write it."""
    return float(text.replace("\N{MINUS SIGN}", "-").replace(".", "").replace(",", "."))


def _closer(one: Number | None, other: Number) -> Number:
    if one is None:
        return other
    return other._replace(low=max(one.low, other.low), high=min(one.high, other.high))


def behind_rate(seen: Seen, group: str) -> int | None:
    """How many answers the response rate of all rests on, where it is told, with or without the rate."""
    told = seen.get(Key(PEOPLE, TOTAL, group, "Besvarelser", "Svarprocent"))
    return told.n if told else None


def people(seen: Seen, group: str, place: str) -> int | None:
    """How many of a group answered, where it is told."""
    told = seen.get(Key(PEOPLE, place, group, "Besvarelser", "Besvarelser"))
    return told.n if told else None
