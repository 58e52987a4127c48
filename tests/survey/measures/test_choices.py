from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import suppress
from survey.survey_support import table_rows

from blupkit.core import DataError, Study
from blupkit.survey import choice_shares, read_responses
from blupkit.survey.measures.choices import dont_know_shares

MakeStudy = Callable[..., Study]


def test_a_multiple_choice_is_a_share_of_those_who_ticked_anything(make_study: MakeStudy) -> None:
    table = choice_shares(read_responses(make_study()), "form")
    # L: a ticked the webinar, b both; d was not reached. A: c ticked the study trip, e nothing.
    columns = ["item", "label", "value", "n"]
    assert table_rows(table, columns, municipality="alle", group="L") == [
        ["form_1", "Webinar", 100.0, 2],
        ["form_2", "Studietur", 50.0, 2],
    ]
    assert table_rows(table, columns, municipality="alle", group="A") == [
        ["form_1", "Webinar", 0.0, 1],
        ["form_2", "Studietur", 100.0, 1],
    ]


def test_a_single_choice_leaves_the_undisclosed_out_and_keeps_one_fate(make_study: MakeStudy) -> None:
    table = choice_shares(read_responses(make_study()), "tid")
    assert table_rows(table, ["item", "label", "value", "n"], municipality="alle", group="A") == [
        ["tid", "Dag", 100.0, 1],
        ["tid", "Aften", 0.0, 1],
    ]


def test_all_answers_of_a_single_choice_are_hidden_together(make_study: MakeStudy) -> None:
    # Six answers, all "Dag" but one: 83 and 17 per cent. With one at the end of the scale all would be hidden.
    rows = [f"r{n};430;1;5;4;;;;;;;;;{1 if n else 2};" for n in range(6)]
    rows += [f"q{n};370;1;5;4;;;;;;;;;1;" for n in range(6)]
    study = make_study(rows=rows)
    status = suppress(choice_shares(read_responses(study), "tid"), study).frame
    hidden = status[(status["municipality"] == "naestved") & (status["group"] == "L")]
    assert hidden["status"].tolist() == ["skjult", "skjult"]


def test_an_unknown_question_lists_those_that_there_are(make_study: MakeStudy) -> None:
    with pytest.raises(DataError, match=r"Her står »forn«. Forventet: form eller tid. Vælg et af spørgsmålene."):
        choice_shares(read_responses(make_study()), "forn")


def test_a_question_in_several_parts_must_be_asked_for_by_part(make_study: MakeStudy) -> None:
    study = make_study(
        head="id;kommune;gruppe;k1_v;k1_n;k2_v;k2_n;k3_v;k3_n;s1_for;s1_lok;form_1;form_2;tid;ord;tid2",
        rows=["a;430;1;5;2;4;4;;;3;;1;0;1;;2"],
        change={"spoergeskema.csv": ("ord;ord;aaben", "tid;tid2;enkelt;Hvornår?;;Ny;L A;tid;;\nord;ord;aaben")},
    )
    responses = read_responses(study)
    with pytest.raises(DataError, match=r"Forventet: tid eller tid2"):
        choice_shares(responses, "tid")


def test_dont_know_is_a_share_of_those_who_answered_or_said_so(make_study: MakeStudy) -> None:
    table = dont_know_shares(read_responses(make_study()))
    # k2_v in L: a answered 4, d 3, and b said ved ikke: 1 of 3. k2_n: a and b answered, d left it blank.
    own = table_rows(table, ["measure", "value", "n"], municipality="alle", group="L", item="k2")
    assert own == [["Ved ikke (vigtighed)", pytest.approx(100 / 3), 3], ["Ved ikke (niveau)", 0.0, 2]]
    assert table_rows(table, ["measure"], municipality="alle", group="A", item="s1") == [["Ved ikke (om lokalrådene)"]]
    assert "tid" not in set(table["item"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["430", "370"]), st.sampled_from("13"), st.sampled_from("129 ")),
        min_size=1,
        max_size=15,
    )
)
def test_shares_of_a_single_choice_add_up_to_100(make_study: MakeStudy, drawn: list[tuple[str, str, str]]) -> None:
    rows = [f"r{n};{place};{group};5;4;;;;;;;;;{code.strip()};" for n, (place, group, code) in enumerate(drawn)]
    table = choice_shares(read_responses(make_study(rows=rows)), "tid")
    sums = table[table["n"] > 0].groupby(["municipality", "group"])["value"].sum()
    assert sums.map(lambda total: total == pytest.approx(100)).all()
    whole = table[table["municipality"] == "alle"].groupby("group")["n"].first()
    parts = (
        table[table["municipality"] != "alle"].drop_duplicates(["municipality", "group"]).groupby("group")["n"].sum()
    )
    assert whole.to_dict() == parts.to_dict()


def test_those_who_ticked_dont_know_are_in_no_denominator(make_study: MakeStudy) -> None:
    # "Ved ikke" stands as a choice of its own: of the four who ticked anything two did not know.
    change = {
        "spoergeskema.csv": (
            "form;form_2;flere;Hvilke former?;Studietur;Studietur",
            "form;form_2;flere;Hvilke former?;Ved ikke;Ved ikke",
        )
    }
    rows = [f"r{n};430;1;5;4;;;;;;;{1 if n < 2 else 0};{0 if n < 2 else 1};;" for n in range(4)]
    table = choice_shares(read_responses(make_study(rows=rows, change=change)), "form")
    own = table_rows(table, ["item", "value", "n"], municipality="alle", group="L")
    assert own == [["form_1", 100.0, 2]]
