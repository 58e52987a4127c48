"""One question by group: what it counts and averages, and whom it leaves out."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from blupkit import survey
from blupkit.core import DataError, Study
from blupkit.survey import Responses, needs, profile, read_responses

MakeStudy = Callable[..., Study]


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


def test_by_hand(make_study: MakeStudy) -> None:
    # k1_v: L 5, 4, 5; A 5, 3. k2_v: L 4, ved ikke, 3.
    responses = read_responses(make_study())
    frame = profile(responses, "k1_v").frame.set_index("Gruppe")
    assert frame["Har svaret"].tolist() == [3, 2, 5]
    assert frame["Gennemsnit"].round(4).tolist() == [4.6667, 4, 4.4]
    # R: sd(c(5, 4, 5)) is 0.5774, sd(c(5, 3)) is 1.4142.
    assert frame["Standardafvigelse"].round(4).tolist()[:2] == [0.5774, 1.4142]
    # The gap: a 5 - 2, b 4 - 3, d 5 - 4; c 5 - 4, e 3 - 3.
    assert frame["Gab"].round(4).tolist() == [1.6667, 0.5, 1.2]
    second = profile(responses, "k2_v").frame.set_index("Gruppe")
    assert second.loc["lokalrådsmedlemmer", ["Har svaret", "Ved ikke", "Ikke besvaret", "Ikke stillet"]].tolist() == [
        2,
        1,
        0,
        0,
    ]


def test_one_person_has_a_mean_and_no_spread_and_nobody_has_neither(make_study: MakeStudy) -> None:
    frame = profile(read_responses(make_study()), "k3_v", municipality="Næstved").frame.set_index("Gruppe")
    assert np.isnan(frame.loc["lokalrådsmedlemmer", "Gennemsnit"])
    assert frame.loc["kommunalt ansatte", "Gennemsnit"] == 4
    assert np.isnan(frame.loc["kommunalt ansatte", "Standardafvigelse"])


def test_a_competence_has_the_numbers_of_the_release_before_anything_is_hidden(responses: Responses) -> None:
    frame = profile(responses, "k01").frame.set_index("Gruppe")
    table = needs(responses, draws=10)
    own = table[(table["municipality"] == "alle") & (table["item"] == "k01") & (table["group"] == "L")].set_index(
        "measure"
    )
    row = frame.loc["lokalrådsmedlemmer"]
    assert row["Har svaret på begge"] == own.loc["Gab", "n"]
    for measure in ("Vigtighed", "Nuværende niveau", "Gab"):
        assert row[measure] == pytest.approx(own.loc[measure, "value"])
    assert row["Gab, fra"] < row["Gab"] < row["Gab, til"]


def test_a_competence_goes_by_its_label_too(responses: Responses) -> None:
    assert profile(responses, "søge fonde og puljer").call == 'survey.profile(responses, "k15")'


def test_below_the_least_number_there_is_no_interval(make_study: MakeStudy) -> None:
    frame = profile(read_responses(make_study()), "k1").frame
    assert frame["Har svaret på begge"].tolist() == [3, 2, 5]
    assert frame["Gab, fra"].isna().tolist() == [True, True, False]


def test_every_answer_and_state_of_a_group_adds_up_to_it(responses: Responses) -> None:
    frame = profile(responses, "alder").frame
    states = frame[["Har svaret", "Ved ikke", "Ikke besvaret", "Ikke stillet"]].sum(axis=1)
    groups = responses.respondents["group"].value_counts()
    assert states.tolist() == [*(groups[key] for key in ("L", "P", "A")), len(responses.respondents)]
    heads = [head for head in frame if head.endswith(", antal")]
    assert (frame[heads].sum(axis=1) == frame["Har svaret"]).all()


def test_it_may_be_split_by_another_question_whose_silent_ones_stay(responses: Responses) -> None:
    frame = profile(responses, "k01_v", by="alder").frame
    assert frame["Alder"].tolist()[-2:] == ["Uden svar", "I alt"]
    assert frame["Har svaret"].iloc[:-1].sum() == frame["Har svaret"].iloc[-1]


@pytest.mark.parametrize("variable", ["alder", "form", "k01", "k01_v", "s1_for", "gruppe"])
def test_the_call_makes_the_same_table_and_it_can_be_drawn(responses: Responses, variable: str) -> None:
    table = profile(responses, variable, municipality="slagelse")
    again = eval(table.call, {"survey": survey, "responses": responses})
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert table.plot().axes


def test_a_competence_that_a_group_was_not_asked_is_refused(responses: Responses) -> None:
    with pytest.raises(DataError, match="ikke er stillet til byrådspolitikere"):
        profile(responses, "k03", group="P")
