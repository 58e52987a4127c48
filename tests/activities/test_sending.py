"""Whom the questionnaire goes to: what a cell says, what it leaves open, and days in the wrong order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from small_study import write_small_study

from blupkit.activities.sending import read_sendings
from blupkit.app import all_faults
from blupkit.core import Level, read_study

HEAD = "kommune;gruppe;antal_inviteret;dato;paamindelse;frist;afsender\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_small_study(tmp_path / "otte")


def test_a_row_is_read_and_a_group_without_one_is_there_all_the_same(folder: Path) -> None:
    lines = "Egeby;A;1.200;24.1.2022;;2022-02-18;Koordinatoren\nEgeby;A;7;;;;\n"
    (folder / "udsendelse.csv").write_text(HEAD + lines, "utf-8")
    found = read_sendings(read_study(folder))
    assert found.found.faults == []
    assert len(found.rows) == 8 * 2
    egeby = found.rows["egeby", "A"]  # of two rows for one group the first counts
    assert (egeby.invited, egeby.sent, egeby.reminder, egeby.deadline) == (
        1200,
        date(2022, 1, 24),
        None,
        date(2022, 2, 18),
    )
    assert (egeby.sender, egeby.contact, egeby.where) == ("Koordinatoren", "", "udsendelse.csv, række 2")
    assert found.rows["egeby", "L"].where == "udsendelse.csv"


def test_a_study_without_the_file_has_a_row_that_knows_nothing_for_each_group(folder: Path) -> None:
    settings = folder / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('udsendelse = "udsendelse.csv"\n', ""), "utf-8")
    found = read_sendings(read_study(folder))
    assert {each.deadline for each in found.rows.values()} == {None}
    assert found.rows["egeby", "L"].where == "study.toml, [spoergeskema] udsendelse"


@pytest.mark.parametrize(
    ("days", "column", "said"),
    [
        ("24.1.2022;4.2.2022;31.6.2022", "frist", "31.6.2022"),
        ("24.1.2022;4.1.2022;18.2.2022", "paamindelse", "4.1.2022"),
        ("24.1.2022;;23.1.2022", "frist", "23.1.2022"),
        ("24. januar;;", "dato", "24. januar"),
    ],
)
def test_check_warns_of_a_day_and_keeps_no_page_back(folder: Path, days: str, column: str, said: str) -> None:
    (folder / "udsendelse.csv").write_text(f"{HEAD}Egeby;A;40;{days};K\n", "utf-8")
    faults = all_faults(read_study(folder))
    told = faults[faults["file"] == "udsendelse.csv"]
    assert told[["row", "column", "found", "level"]].to_numpy().tolist() == [[2, column, said, Level.WARNING]]


def test_whom_it_goes_to_is_checked_once(folder: Path) -> None:
    (folder / "udsendelse.csv").write_text(f"{HEAD}Egebyy;A;40;24.1.2022;;;K\n", "utf-8")
    faults = all_faults(read_study(folder))
    assert faults[faults["file"] == "udsendelse.csv"]["column"].tolist() == ["kommune"]
