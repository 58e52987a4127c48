"""What is exactly alike is said to be: no sentence puts one of equals first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import two_item_rows

from blupkit.core import Edition, Study, read_edition
from blupkit.survey import (
    SurveyRelease,
    finding_needs,
    make_release,
    part_for,
    read_responses,
    short_answer,
    text_orders,
)

MakeStudy = Callable[..., Study]


@pytest.fixture
def tied(make_study: MakeStudy) -> tuple[SurveyRelease, Edition]:
    """Twelve answers in which both competences have importance 4 or 5 and level 2, in another order each."""
    rows = [f"r{at:02};430;1;{4 + at % 2};2;{5 - at % 2};2;;;;;;;;" for at in range(12)]
    study = make_study(rows=rows)
    edition = read_edition(study, "faaborg-midtfyn")
    return part_for(make_release(read_responses(study))[1], edition), edition


def test_the_heading_puts_neither_of_two_equal_needs_first(tied: tuple[SurveyRelease, Edition]) -> None:
    release, edition = tied
    assert finding_needs(release.needs, edition).startswith(
        "Blandt lokalrådsmedlemmer er behovet lige stort for at lede møder og at søge fonde"
    )


def test_the_short_answer_says_which_lie_alike(tied: tuple[SurveyRelease, Edition]) -> None:
    release, edition = tied
    assert "»Lede møder« og »Søge fonde« ligger helt lige." in short_answer(edition, release.needs)


def test_equal_needs_share_the_first_place_in_every_measure(tied: tuple[SurveyRelease, Edition]) -> None:
    release, edition = tied
    said = text_orders(release.places, edition)
    assert "Gabet, MWDS og RDS sætter »Søge fonde« og »Lede møder« lige øverst." in said
    assert "deler førstepladsen efter gabet. Havde andre svaret, kunne hver af dem være nr. 2 i stedet." in said


def test_needs_that_differ_are_not_told_as_ties(make_study: MakeStudy) -> None:
    study = make_study(rows=two_item_rows(12))
    edition = read_edition(study, "faaborg-midtfyn")
    release = part_for(make_release(read_responses(study))[1], edition)
    assert "lige meget" not in finding_needs(release.needs, edition)
    assert "helt lige" not in short_answer(edition, release.needs)
    # All rate both levels below their importance, so RDS alone cannot tell the two apart.
    assert "RDS sætter »Søge fonde« og »Lede møder« lige" in text_orders(release.places, edition)
