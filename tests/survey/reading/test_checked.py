"""Everything that is wrong with the files of a survey."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from survey.survey_support import messages

from blupkit.core import DataError, Study
from blupkit.survey import check_responses, read_responses

MakeStudy = Callable[..., Study]


def test_columns_that_are_missing_stop_the_run_all_at_once(make_study: MakeStudy) -> None:
    rows = ["a;430;1;5;4;4"]
    study = make_study(rows=rows, head="id;kommune;gruppe;k1_v;k2_v;k2_n")
    with pytest.raises(DataError) as caught:
        read_responses(study)
    assert [fault.column for fault in caught.value.faults] == [
        "k1_n",
        "k3_v",
        "k3_n",
        "s1_for",
        "s1_lok",
        "form_1",
        "form_2",
        "tid",
        "ord",
    ]
    assert "Her står »ingen kolonne med det navn«. Forventet: en kolonne for hver variabel i spørgeskemaet." in str(
        caught.value
    )


def test_unknown_columns_are_listed_in_one_warning(make_study: MakeStudy) -> None:
    head = "id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;nyt;mere"
    found = messages(make_study(rows=["a;430;1;5;2;4;4;;;3;;1;0;1;;9;9"], head=head))
    assert found == [
        "nyt, mere | kun kolonner, som spørgeskemaet kender |"
        " Kolonnerne er ikke brugt. Tilføj dem i spørgeskemaet, hvis de rummer svar."
    ]


def test_a_question_that_asks_for_a_name_is_refused_with_the_reason(make_study: MakeStudy) -> None:
    study = make_study(
        head="id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;navn",
        change={"spoergeskema.csv": ("ord;ord;aaben", "navn;navn;aaben")},
    )
    with pytest.raises(DataError, match=r"Kolonnen er udeladt, fordi den kan fortælle, hvem der har svaret"):
        read_responses(study)


def test_checking_never_raises(make_study: MakeStudy) -> None:
    study = make_study()
    (study.folder / "svar.csv").unlink()
    found = check_responses(study)
    assert found["found"].tolist() == ["ingen fil"]
    assert found["level"].tolist() == ["fejl"]


def test_checking_puts_what_stops_the_run_first(make_study: MakeStudy) -> None:
    found = check_responses(make_study(rows=["a;430;1;6;2"], head="id;kommune;gruppe;k1_v;k1_n"))
    assert found["level"].tolist()[0] == "fejl"
    assert found["level"].tolist()[-1] == "advarsel"


def test_a_good_study_has_no_faults_but_what_was_broken_off(make_study: MakeStudy) -> None:
    assert messages(make_study()) == [
        "1 besvarelse, der er afbrudt | besvarelser, der er gjort færdige | De svar, der er givet, er regnet med."
    ]
