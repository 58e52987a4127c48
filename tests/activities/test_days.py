"""When people are off: weekends, holidays by their Danish names, and the days that the study says are closed."""

from __future__ import annotations

from datetime import date

import pytest

from blupkit.activities import days
from blupkit.activities.days import closed_on, holiday


@pytest.mark.parametrize("language", ["en_US.UTF-8", "da_DK.UTF-8", "C"])
def test_holidays_have_their_danish_names_whatever_the_machine_speaks(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LANG"):
        monkeypatch.setenv(name, language)
    days._holidays.cache_clear()
    assert holiday(date(2022, 4, 14)) == "Skærtorsdag"


def test_store_bededag_is_a_holiday_until_2023() -> None:
    # The fourth Friday after Easter: 17.4.2022, 9.4.2023 and 31.3.2024 and 26 days.
    assert [holiday(date(*day)) for day in ((2022, 5, 13), (2023, 5, 5), (2024, 4, 26))] == ["Store bededag"] * 2 + [""]


@pytest.mark.parametrize("day", [(5, 1), (6, 5), (12, 24), (12, 31)])
def test_days_off_that_are_no_public_holidays_are_told_too(day: tuple[int, int]) -> None:
    assert holiday(date(2027, *day))


def test_a_closed_day_is_told_to_whom_it_concerns() -> None:
    rows = [{"fra": date(2027, 9, 21), "til": None, "anledning": "byrådsmøde", "kommuner": ("nordby",), "grupper": ()}]
    assert list(closed_on(date(2027, 9, 21), ["nordby"], "L", rows)) == ["byrådsmøde"]
    assert list(closed_on(date(2027, 9, 21), ["alle"], "L", rows)) == ["byrådsmøde"]
    assert list(closed_on(date(2027, 9, 21), ["sydby"], "L", rows)) == []
    assert list(closed_on(date(2027, 9, 22), ["nordby"], "L", rows)) == []
