"""What a cell says: values and states."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import states_of

from blupkit.core import Study
from blupkit.survey import read_responses

MakeStudy = Callable[..., Study]


def test_the_three_missing_states_stay_apart(make_study: MakeStudy) -> None:
    states = states_of(read_responses(make_study()), "b")
    assert states["k1_v"] == "besvaret"
    assert states["k2_v"] == "ved_ikke"
    assert states["k3_v"] == "ikke_stillet"
    assert states["ord"] == "ubesvaret"


def test_nothing_that_is_missing_becomes_a_number(make_study: MakeStudy) -> None:
    answers = read_responses(make_study()).answers
    assert answers.loc[answers["state"] != "besvaret", "value"].isna().all()
    assert not (answers["value"] == 8).any()


def test_undisclosed_is_unanswered_but_its_text_is_kept(make_study: MakeStudy) -> None:
    answers = read_responses(make_study()).answers
    row = answers[(answers["respondent"] == "e") & (answers["variable"] == "tid")].iloc[0]
    assert (row["state"], row["text"]) == ("ubesvaret", "Ønsker ikke at oplyse")


def test_a_multiple_choice_without_a_tick_is_unanswered_and_with_one_all_choices_are_answered(
    make_study: MakeStudy,
) -> None:
    responses = read_responses(make_study())
    assert states_of(responses, "e")["form_1"] == "ubesvaret"
    assert states_of(responses, "a")["form_2"] == "besvaret"


@pytest.mark.parametrize("cell", ["4", " 4 ", "4,0", "4.0", "vigtig", "VIGTIG"])
def test_a_code_is_read_however_it_is_written(make_study: MakeStudy, cell: str) -> None:
    answers = read_responses(make_study(rows=[f"a;430;1;{cell};2;4;4;;;3;;1;0;1;"])).answers
    assert answers.loc[answers["variable"] == "k1_v", "value"].tolist() == [4.0]


def test_an_export_of_headings_alone_has_no_answers_and_is_read(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=[]))
    assert (responses.received, len(responses.answers)) == (0, 0)
