from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import suppress

from blupkit.core import DataError, Study
from blupkit.disclosure import MEASURE_COLUMNS, internal
from blupkit.survey import (
    answer_distribution,
    answer_overview,
    choice_shares,
    cooperation,
    dimension_gaps,
    dont_know_shares,
    gap_directions,
    make_release,
    mirror,
    missing_states,
    needs,
    read_responses,
    response_rates,
    screening_counts,
)

MakeStudy = Callable[..., Study]


def rows_of(table: pd.DataFrame, columns: list[str], **where: str) -> list[list[object]]:
    for column, wanted in where.items():
        table = table[table[column] == wanted]
    return table[columns].to_numpy().tolist()


def test_every_measure_covers_the_whole_release_and_can_be_suppressed(make_study: MakeStudy) -> None:
    study = make_study()
    responses = read_responses(study)
    for table in (
        needs(responses, draws=20),
        dimension_gaps(responses, draws=20),
        cooperation(responses, draws=20),
        choice_shares(responses, "form"),
        choice_shares(responses, "tid"),
        dont_know_shares(responses),
        gap_directions(responses, draws=20),
        response_rates(responses),
    ):
        assert list(table.columns[: len(MEASURE_COLUMNS)]) == MEASURE_COLUMNS
        assert set(table["municipality"]) == {"faaborg-midtfyn", "naestved", "alle"}
        assert len(suppress(table, study).frame) == len(table)


def test_cooperation_says_who_rates_whom(make_study: MakeStudy) -> None:
    table = cooperation(read_responses(make_study()), draws=20)
    # L in Faaborg-Midtfyn gave the administration 3 and 2; A in all gave the local councils 4 and 5.
    columns = ["item", "label", "measure", "value", "n"]
    assert rows_of(table, columns, municipality="faaborg-midtfyn", group="L") == [
        ["s1", "Tillid", "Om forvaltningen", 2.5, 2]
    ]
    assert rows_of(table, columns, municipality="alle", group="A") == [["s1", "Tillid", "Om lokalrådene", 4.5, 2]]


def test_the_mirror_has_two_rows_a_statement_each_with_its_own_n(make_study: MakeStudy) -> None:
    study = make_study()
    table = mirror(internal(cooperation(read_responses(study), draws=20), study), study).frame
    assert rows_of(table, ["group", "measure", "value", "n"], municipality="faaborg-midtfyn") == [
        ["L", "Om forvaltningen", 2.5, 2],
        ["A", "Om lokalrådene", 4.0, 1],
    ]


def test_the_mirror_of_a_group_that_does_not_exist_is_empty(make_study: MakeStudy) -> None:
    study = make_study()
    table = internal(cooperation(read_responses(study), draws=20), study)
    assert mirror(table, study, "L", "Q").frame.empty


def test_a_multiple_choice_is_a_share_of_those_who_ticked_anything(make_study: MakeStudy) -> None:
    table = choice_shares(read_responses(make_study()), "form")
    # L: a ticked the webinar, b both; d was not reached. A: c ticked the study trip, e nothing.
    columns = ["item", "label", "value", "n"]
    assert rows_of(table, columns, municipality="alle", group="L") == [
        ["form_1", "Webinar", 100.0, 2],
        ["form_2", "Studietur", 50.0, 2],
    ]
    assert rows_of(table, columns, municipality="alle", group="A") == [
        ["form_1", "Webinar", 0.0, 1],
        ["form_2", "Studietur", 100.0, 1],
    ]


def test_a_single_choice_leaves_the_undisclosed_out_and_keeps_one_fate(make_study: MakeStudy) -> None:
    table = choice_shares(read_responses(make_study()), "tid")
    assert rows_of(table, ["item", "label", "value", "n"], municipality="alle", group="A") == [
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
    own = rows_of(table, ["measure", "value", "n"], municipality="alle", group="L", item="k2")
    assert own == [["Ved ikke (vigtighed)", pytest.approx(100 / 3), 3], ["Ved ikke (niveau)", 0.0, 2]]
    assert rows_of(table, ["measure"], municipality="alle", group="A", item="s1") == [["Ved ikke (om lokalrådene)"]]
    assert "tid" not in set(table["item"])


def test_the_response_rate_of_all_rests_on_the_known_numbers_only(make_study: MakeStudy) -> None:
    # L: two of 20 in Faaborg-Midtfyn, six in Næstved of an unknown number: 2/20 = 10 pct., one municipality left out.
    rows = [f"a{n};430;1;5;{n + 1};;;;;;;;;;" for n in range(2)] + [
        f"b{n};370;1;5;{n % 5 + 1};;;;;;;;;;" for n in range(6)
    ]
    table = response_rates(read_responses(make_study(rows=rows)))
    own = rows_of(table, ["measure", "value", "n", "known", "left_out"], municipality="alle", group="L")
    assert own == [
        ["Besvarelser", 8.0, 8, True, 0],
        ["Inviteret", 20.0, 2, True, 1],
        ["Svarprocent", 10.0, 2, True, 1],
    ]
    unknown = rows_of(table, ["value", "known"], municipality="naestved", group="L", measure="Svarprocent")[0]
    assert math.isnan(unknown[0])
    assert unknown[1] is False


def test_the_total_rate_is_hidden_when_it_would_tell_a_small_number(make_study: MakeStudy) -> None:
    # One answer in Næstved, where the number invited is unknown: 13 - 12 = 1 could be read off "12 af 20".
    study = make_study(rows=[*(f"a{n};430;1;5;{1 + n % 4};;;;;;;;;;" for n in range(12)), "b;370;1;5;1;;;;;;;;;;"])
    _, release = make_release(read_responses(study))
    shown = release["besvarelser"].shown
    assert shown[(shown["group"] == "L") & (shown["municipality"] == "alle")]["measure"].tolist() in (
        ["Besvarelser"],
        ["Inviteret", "Svarprocent"],
    )
    assert release.passed


def test_screening_is_counted_for_all_only(make_study: MakeStudy) -> None:
    table = screening_counts(read_responses(make_study(rows=["a;430;1;6;2;4;4;;;3;;1;0;1;"])))
    assert rows_of(table, ["value", "n"], municipality="alle", item="kode") == [[1.0, 1]]
    assert set(table["municipality"]) == {"alle"}


def test_the_four_states_of_a_question_add_up_to_the_group(make_study: MakeStudy) -> None:
    table = missing_states(read_responses(make_study()))
    assert rows_of(table, ["state", "n"], variable="k2_n", group="L") == [
        ["besvaret", 2], ["ved_ikke", 0], ["ubesvaret", 1], ["ikke_stillet", 0],
    ]  # fmt: skip
    assert rows_of(table, ["state", "n"], variable="k3_v", group="L")[3] == ["ikke_stillet", 3]


def test_the_distribution_counts_ved_ikke_but_gives_it_no_share(make_study: MakeStudy) -> None:
    table = answer_distribution(read_responses(make_study()))
    own = table[(table["variable"] == "k2_v") & (table["group"] == "L")]
    assert own["answer"].tolist() == ["Slet ikke", "Mindre", "Nogenlunde", "Vigtig", "Meget", "Ved ikke"]
    assert own["n"].tolist() == [0, 0, 1, 1, 0, 1]
    assert own["share"].fillna(-1).tolist() == [0, 0, 50, 50, 0, -1]
    tick = table[(table["variable"] == "form_2") & (table["group"] == "L")]
    assert tick[["answer", "n", "share"]].to_numpy().tolist() == [["Studietur", 1, 50.0]]
    assert "ord" not in set(table["variable"])


def test_the_groups_answers_stand_side_by_side(make_study: MakeStudy) -> None:
    responses = read_responses(make_study())
    long, wide = answer_distribution(responses), answer_overview(responses)
    assert wide.columns[:3].tolist() == ["Spørgsmål", "Emne", "Svar"]
    counted = [column for column in wide if column.endswith(", antal")]
    assert counted == ["Lokalrådsmedlemmer, antal", "Kommunalt ansatte, antal"]
    assert int(wide[counted].sum().sum()) == long["n"].sum()
    tick = wide[wide["Svar"] == "Studietur"]
    assert tick[["Lokalrådsmedlemmer, antal", "Lokalrådsmedlemmer, pct."]].to_numpy().tolist() == [[1, 50.0]]
    unknown = wide[(wide["Emne"] == "Søge fonde") & (wide["Svar"] == "Ved ikke")]
    assert len(unknown)
    assert unknown["Lokalrådsmedlemmer, pct."].isna().all()
    others = set(long["variable"]) - set(long.loc[long["group"] == "L", "variable"])
    not_asked = wide[wide["Lokalrådsmedlemmer, antal"].isna()]
    assert set(not_asked["Emne"]) == set(long.loc[long["variable"].isin(others), "label"])
    assert "Melde tilbage" in set(not_asked["Emne"])


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
    own = rows_of(table, ["item", "value", "n"], municipality="alle", group="L")
    assert own == [["form_1", 100.0, 2]]
