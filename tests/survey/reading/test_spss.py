"""SPSS: dates and durations as SPSS shows them, also where a code is declared missing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from blupkit.core import FileError
from blupkit.survey.reading.spss import read_sav, without_cases

#: SPSS counts from the first day of the Gregorian calendar.
START = datetime(1582, 10, 14)


def seconds(*moment: int) -> float:
    return (datetime(*moment) - START).total_seconds()


def written(folder: Path, values: list[float], shape: str, **more: object) -> Path:
    path = folder / "svar.sav"
    pyreadstat.write_sav(pd.DataFrame({"t": values}), str(path), variable_format={"t": shape}, **more)
    return path


@pytest.mark.parametrize(
    ("shape", "value", "shown"),
    [
        ("MOYR8", seconds(2026, 11, 1), "NOV 2026"),
        ("MOYR6", seconds(2026, 11, 1), "NOV 26"),
        ("QYR8", seconds(2026, 11, 1), "4 Q 2026"),
        ("QYR6", seconds(2026, 3, 31), "1 Q 26"),
        # 1 + 31 + 28 + 7 = day 67 of 2027: (67 - 1) // 7 + 1 = week 10, since week 1 begins on the first of January.
        ("WKYR10", seconds(2027, 3, 8), "10 WK 2027"),
        ("DATE11", seconds(2027, 3, 4), "2027-03-04"),
        ("EDATE10", seconds(2027, 3, 4), "2027-03-04"),
        ("DATETIME20", seconds(2027, 3, 4, 9, 5), "2027-03-04T09:05:00"),
        ("TIME8", 49 * 3600 + 61, "49:01:01"),
        ("TIME5", 26 * 3600 + 120, "26:02"),
        ("TIME8", -90, "-00:01:30"),
        ("DTIME12", 49 * 3600 + 61, "2 01:01:01"),
        ("F8.2", 3.5, "3.5"),
    ],
)
def test_a_moment_is_what_spss_shows(tmp_path: Path, shape: str, value: float, shown: str) -> None:
    assert read_sav(written(tmp_path, [float(value)], shape), "svar.sav").data["t"].tolist() == [shown]


@pytest.mark.parametrize("shape", ["MOYR8", "QYR8", "WKYR10", "DATE11", "TIME8", "DATETIME20"])
def test_a_declared_missing_moment_stays_apart_from_the_others_and_from_nothing(tmp_path: Path, shape: str) -> None:
    never, then = seconds(1900, 1, 1), seconds(2027, 3, 4)
    path = written(
        tmp_path,
        [then, never, float("nan")],
        shape,
        missing_ranges={"t": [never]},
        variable_value_labels={"t": {never: "Aldrig"}},
    )
    sav = read_sav(path, "svar.sav")
    shown = sav.data["t"].tolist()
    assert sav.missing == {("t", shown[1])}
    assert sav.labels == {"t": {shown[1]: "Aldrig"}}
    assert (shown[2], shown[0] == shown[1]) == ("", False)


def test_a_declared_missing_moment_that_is_shown_as_an_answer_is_takes_none_with_it(tmp_path: Path) -> None:
    same_quarter = [seconds(2027, 1, 4), seconds(2027, 2, 4)]
    path = written(tmp_path, same_quarter, "QYR8", missing_ranges={"t": same_quarter[:1]})
    assert read_sav(path, "svar.sav").missing == frozenset()


def test_a_file_with_dates_loses_one_case_and_nothing_else(tmp_path: Path) -> None:
    path = written(tmp_path, [seconds(2027, 3, 4), seconds(2027, 3, 5)], "DATE11")
    (tmp_path / "kortere.sav").write_bytes(without_cases(path, "svar.sav", [2]))
    assert read_sav(tmp_path / "kortere.sav", "kortere.sav").data["t"].tolist() == ["2027-03-05"]


def test_a_locked_file_is_told_of_as_such(tmp_path: Path) -> None:
    path = tmp_path / "svar.sav"
    path.write_bytes(b"\x1c" + bytes(7) + b"ENCRYPTEDSAV" + bytes(400))
    with pytest.raises(FileError, match=r"en SPSS-fil med adgangskode.*gem den uden adgangskode"):
        read_sav(path, "svar.sav")


def test_a_case_less_leaves_a_number_that_nobody_has_answered_a_number(tmp_path: Path) -> None:
    path = written(tmp_path, [float("nan"), float("nan")], "F8.2")
    (tmp_path / "kortere.sav").write_bytes(without_cases(path, "svar.sav", [2]))
    _, meta = pyreadstat.read_sav(str(tmp_path / "kortere.sav"))
    assert meta.readstat_variable_types == {"t": "double"}
