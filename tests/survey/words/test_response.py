"""Who answered, as a reader is told it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from support import suppress

from blupkit.core import Edition, Study, read_edition
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, select_edition
from blupkit.survey import (
    facts,
    heading,
    text_rates,
    text_response,
)

SPACE = "\N{NO-BREAK SPACE}"


PLACES = ("faaborg-midtfyn", "naestved", "alle")


MakeStudy = Callable[..., Study]


@pytest.fixture
def edition(make_study: MakeStudy) -> Edition:
    return read_edition(make_study(), "faaborg-midtfyn")


def rates(edition: Edition, answered: int, invited: float, rate: float, left_out: int = 0) -> SafeTable:
    rows = [
        [place, "L", "svar", "Besvarelser", measure, value, None, None, answered, 0, float("inf")]
        for place in PLACES
        for measure, value in (("Besvarelser", answered), ("Inviteret", invited), ("Svarprocent", rate))
    ]
    table = pd.DataFrame(rows, columns=MEASURE_COLUMNS).astype({"low": float, "high": float, "value": float})
    return select_edition(suppress(table.assign(known=True, left_out=left_out), edition.study), edition)


def test_the_response_rate_is_told_with_its_numbers(edition: Edition) -> None:
    assert text_response(rates(edition, 46, 150, 30.667), edition) == (
        "I Faaborg-Midtfyn Kommune har 46 lokalrådsmedlemmer svaret."
        f" Blandt lokalrådsmedlemmer har 46 af 150 inviterede svaret, altså 31{SPACE}pct."
    )


def test_an_unknown_response_rate_is_not_computed(edition: Edition) -> None:
    assert text_response(rates(edition, 46, float("nan"), float("nan")), edition).endswith(
        "Svarprocenten for lokalrådsmedlemmer er ikke opgjort, fordi antallet af inviterede ikke er kendt."
    )


@pytest.mark.parametrize(("left_out", "words"), [(1, "Én kommune"), (2, "To kommuner")])
def test_a_rate_of_all_says_how_many_are_left_out(edition: Edition, left_out: int, words: str) -> None:
    text = text_response(rates(edition, 46, 150, 30.667, left_out), edition)
    assert text.endswith(f"{words} er ikke talt med her, fordi antallet af inviterede ikke er kendt.")


def test_the_front_has_a_rate_that_rests_on_all_answers_and_the_text_has_the_others(edition: Edition) -> None:
    everything, partly = rates(edition, 46, 150, 30.667), rates(edition, 46, 150, 30.667, 1)
    unknown = rates(edition, 46, float("nan"), float("nan"))
    assert facts(everything, edition)[1] == ("Lokalrådsmedlemmer", f"46 besvarelser, 31{SPACE}pct. af 150 inviterede")
    assert facts(partly, edition)[1] == facts(unknown, edition)[1] == ("Lokalrådsmedlemmer", "46 besvarelser")
    assert "lokalråd" not in text_rates(everything, edition)
    assert f"46 af 150 inviterede svaret, altså 31{SPACE}pct. Én kommune er ikke talt med" in text_rates(
        partly, edition
    )
    assert "er ikke opgjort" in text_rates(unknown, edition)
    assert facts(rates(edition, 4, 150, 2.667), edition)[1] == ("Lokalrådsmedlemmer", "ikke vist")
    assert "lokalråd" not in text_rates(rates(edition, 4, 150, 2.667), edition)


def test_a_page_of_answers_has_the_study_s_own_heading_or_one_that_fits(edition: Edition) -> None:
    asked, nothing = rates(edition, 46, 150, 30.667), SafeTable(pd.DataFrame(columns=MEASURE_COLUMNS), 5)
    own = edition.model_copy(update={"study": edition.study.model_copy(update={"heading": "Hvad nu?"})})
    plain = edition.model_copy(update={"study": edition.study.model_copy(update={"heading": ""})})
    assert heading(asked, own) == heading(nothing, own) == "Hvad nu?"
    assert (heading(asked, plain), heading(nothing, plain)) == ("Hvad har I brug for?", "Hvad har I svaret?")


def test_a_hidden_number_of_answers_is_told_of_politely(edition: Edition) -> None:
    assert text_response(rates(edition, 4, 150, 2.667), edition) == (
        "Hvor mange lokalrådsmedlemmer der har svaret, vises ikke af hensyn til deltagernes fortrolighed."
    )
