from __future__ import annotations

import math
from collections.abc import Callable

from survey.survey_support import table_rows

from blupkit.core import Study
from blupkit.survey import answer_overview, make_release, read_responses, response_rates
from blupkit.survey.measures.response import answer_distribution, missing_states, screening_counts

MakeStudy = Callable[..., Study]


def test_the_response_rate_of_all_rests_on_the_known_numbers_only(make_study: MakeStudy) -> None:
    # L: two of 20 in Faaborg-Midtfyn, six in Næstved of an unknown number: 2/20 = 10 pct., one municipality left out.
    rows = [f"a{n};430;1;5;{n + 1};;;;;;;;;;" for n in range(2)] + [
        f"b{n};370;1;5;{n % 5 + 1};;;;;;;;;;" for n in range(6)
    ]
    table = response_rates(read_responses(make_study(rows=rows)))
    own = table_rows(table, ["measure", "value", "n", "known", "left_out"], municipality="alle", group="L")
    assert own == [
        ["Besvarelser", 8.0, 8, True, 0],
        ["Inviteret", 20.0, 2, True, 1],
        ["Svarprocent", 10.0, 2, True, 1],
    ]
    unknown = table_rows(table, ["value", "known"], municipality="naestved", group="L", measure="Svarprocent")[0]
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


def test_a_rate_that_is_not_known_tells_no_number_of_people_that_is_hidden(make_study: MakeStudy) -> None:
    # Four and three answers; seven in all is hidden, and the rate of all has no value and tells no n either.
    rows = [f"{town}{n};{town};1;5;{1 + n % 4};;;;;;;;;;" for town, many in ((430, 4), (370, 3)) for n in range(many)]
    study = make_study(rows=rows, change={"udsendelse.csv": ("430;L;20;", "430;L;ukendt;")})
    _, release = make_release(read_responses(study))
    own = release["besvarelser"].frame.query("group == 'L' and municipality == 'alle'")
    assert own["measure"].tolist() == ["Besvarelser", "Inviteret", "Svarprocent"]
    assert own["n"].isna().all()


def test_screening_is_counted_for_all_only(make_study: MakeStudy) -> None:
    table = screening_counts(read_responses(make_study(rows=["a;430;1;6;2;4;4;;;3;;1;0;1;"])))
    assert table_rows(table, ["value", "n"], municipality="alle", item="kode") == [[1.0, 1]]
    assert set(table["municipality"]) == {"alle"}


def test_the_four_states_of_a_question_add_up_to_the_group(make_study: MakeStudy) -> None:
    table = missing_states(read_responses(make_study()))
    assert table_rows(table, ["state", "n"], variable="k2_n", group="L") == [
        ["besvaret", 2], ["ved_ikke", 0], ["ubesvaret", 1], ["ikke_stillet", 0],
    ]  # fmt: skip
    assert table_rows(table, ["state", "n"], variable="k3_v", group="L")[3] == ["ikke_stillet", 3]


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
