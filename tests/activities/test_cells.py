"""What may stand in a cell of the tables about activities."""

from __future__ import annotations

from datetime import date, time

import pytest

from blupkit.activities.cells import CLOCK, DAY

# The nineteenth of May 2027 is a Wednesday.
WEDNESDAY = date(2027, 5, 19)


@pytest.mark.parametrize(
    "cell",
    [
        "19.5.2027",
        "19-05-2027",
        "2027-05-19",
        "19. maj 2027",
        "d. 19 maj 2027",
        "onsdag 19.5.2027",
        "Onsdag den 19. maj 2027",
    ],
)
def test_a_day_is_written_in_figures_or_in_words(cell: str) -> None:
    assert DAY.read(cell) == WEDNESDAY


@pytest.mark.parametrize("month", ["jan", "september", "dec.", "Juli"])
def test_a_month_may_be_cut_short(month: str) -> None:
    assert DAY.read(f"1. {month} 2027").day == 1


@pytest.mark.parametrize(
    "cell",
    [
        "19/5/2027",
        "5/19/2027",
        "19.05.27",
        "torsdag 19.5.2027",
        "31. februar 2027",
        "1. ju 2027",
        "19. ma 2027",
        "maj 2027",
    ],
)
def test_what_may_be_two_days_or_is_none_is_refused(cell: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        DAY.read(cell)


@pytest.mark.parametrize("cell", ["16.30", "16:30", "kl. 16.30", "Kl 16:30", "16.30.00"])
def test_a_time_of_day(cell: str) -> None:
    assert CLOCK.read(cell) == time(16, 30)
