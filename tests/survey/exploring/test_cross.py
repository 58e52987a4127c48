"""A cross-table: whoever is counted in is counted out again, shares state their base, and nothing is dropped unsaid."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from blupkit import survey
from blupkit.core import DataError, Study, example_study
from blupkit.survey import Responses, cross, read_responses

MakeStudy = Callable[..., Study]
STATES = ["Ved ikke", "Ikke besvaret", "Ikke stillet"]
SINGLE = ["alder", "tid", "tidspunkt", "k01_v", "k03_n", "s1_for", "b_funktion", "gruppe", "kommune", "form_1"]
SEVERAL = ["form", "behov_lok", "barr"]


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


def counts(frame: pd.DataFrame) -> pd.DataFrame:
    """The counts alone, without the total's row and column: answers and states of both sides."""
    own = [head for head in frame.columns[1:] if head.lower().endswith("antal") and not head.startswith("I alt")]
    return frame.loc[frame.iloc[:, 0] != "I alt", own]


def test_by_hand(make_study: MakeStudy) -> None:
    # a: Dag, L. b: Aften, L. c: Dag, A. d: unanswered, L. e: would not say, A.
    table = cross(read_responses(make_study()), "tid", "gruppe")
    frame = table.frame.set_index("Tidspunkt")
    assert frame["lokalrådsmedlemmer, antal"].to_dict() == {
        "Dag": 1, "Aften": 1, "I alt": 2, "Ved ikke": 0, "Ikke besvaret": 1, "Ikke stillet": 0,
    }  # fmt: skip
    assert frame["kommunalt ansatte, pct."].tolist()[:3] == [100, 0, 100]
    assert frame["I alt, pct."].round(1).tolist()[:3] == [66.7, 33.3, 100]
    assert frame.loc[STATES].filter(like="pct.").isna().all(axis=None)
    assert (
        "»Tidspunkt«: 3 har svaret; 0 svarede ved ikke, 2 har ikke svaret (heraf 1 »ønsker ikke at oplyse«) og 0"
        in str(table.notes)
    )


@given(row=st.sampled_from(SINGLE), column=st.sampled_from(["", *SINGLE]), group=st.sampled_from(["", "L", "P", "A"]))
def test_everybody_counted_in_is_counted_out(responses: Responses, row: str, column: str, group: str) -> None:
    own = responses.wide(states=True).loc[(responses.respondents["group"] == group).to_numpy() | (group == "")]
    assume(all((own[name] != "Ikke stillet").any() for name in (row, column) if name in responses.variables))
    frame = cross(responses, row, column, group=group).frame
    people = int((responses.respondents["group"] == group).sum()) if group else len(responses.respondents)
    assert counts(frame).to_numpy().sum() == people


@given(row=st.sampled_from(SINGLE), column=st.sampled_from(SINGLE), percent=st.sampled_from(["column", "row", "total"]))
def test_the_shares_of_one_base_add_up_to_a_hundred_or_are_blank(
    responses: Responses, row: str, column: str, percent: str
) -> None:
    frame = cross(responses, row, column, percent=percent).frame  # type: ignore[arg-type]
    answers = frame[~frame.iloc[:, 0].isin(["I alt", *STATES])]
    shares = answers[[head for head in answers if head.endswith("pct.") and not head.startswith("I alt")]].to_numpy()
    sums = {"column": shares.sum(axis=0), "row": shares.sum(axis=1), "total": shares.sum(keepdims=True).ravel()}[
        percent
    ]
    assert all(np.isnan(total) or total == pytest.approx(100) for total in sums)


@pytest.mark.parametrize(("row", "column"), [("alder", "tid"), ("tid", "gruppe"), ("k01_v", "kommune")])
def test_pandas_counts_the_same(responses: Responses, row: str, column: str) -> None:
    wide = responses.wide()
    theirs = pd.crosstab(wide[row].astype(object), wide[column].astype(object))
    ours = cross(responses, row, column).frame
    answers = ours[~ours.iloc[:, 0].isin(["I alt", *STATES])]
    # The codes of a rating stand in the table by their words.
    found = answers[[f"{name}, antal" for name in wide[column].cat.categories]].to_numpy()
    assert found.sum() == theirs.to_numpy().sum()
    assert sorted(found[found > 0].tolist()) == sorted(theirs.to_numpy()[theirs.to_numpy() > 0].tolist())


def test_the_missing_of_the_column_stand_in_the_table_where_pandas_leaves_them_out(responses: Responses) -> None:
    # pandas: crosstab(dropna=False) has no column for the missing of a category, yet its margin counts them.
    wide = responses.wide()
    silent = pd.crosstab(wide["alder"], wide["tid"], dropna=False, margins=True)
    frame = cross(responses, "alder", "tid").frame.set_index("Alder")
    unanswered = int((wide["alder"].notna() & wide["tid"].isna()).sum())
    assert unanswered > 0
    assert frame["Ikke besvaret, antal"].iloc[:5].sum() == unanswered
    assert frame.loc["I alt", "I alt, antal"] == int((wide["alder"].notna() & wide["tid"].notna()).sum())
    assert silent.loc["All", "All"] != frame.loc["I alt", "I alt, antal"]


def test_an_answer_that_nobody_gave_keeps_its_row_in_the_order_of_the_scale(responses: Responses) -> None:
    frame = cross(responses, "tid", municipality="kerteminde", group="P").frame
    assert frame.iloc[:5, 0].tolist() == ["Ingen", "Op til 3 timer", "4-8 timer", "9-16 timer", "Mere end 16 timer"]
    assert (frame.iloc[:5]["Antal"] == 0).any()
    assert frame.iloc[:, 0].dtype.ordered


def test_a_column_that_nobody_is_in_has_blank_shares_not_nought(responses: Responses) -> None:
    frame = cross(responses, "alder", "gruppe", group="L").frame
    assert (frame["byrådspolitikere, antal"] == 0).all()
    assert frame["byrådspolitikere, pct."].isna().all()


def test_several_answers_have_those_who_answered_as_their_base_and_the_table_says_so(responses: Responses) -> None:
    table = cross(responses, "form")
    wide = responses.wide()
    choices = wide[[f"form_{place}" for place in range(1, 11)]]
    answered = int(choices.notna().any(axis=1).sum())
    frame = table.frame.set_index(table.frame.columns[0])
    assert frame.loc["I alt", "Antal"] == answered
    assert frame.loc["Webinar", "Pct."] == pytest.approx(100 * (choices["form_5"] == 1).sum() / answered)
    assert np.isnan(frame.loc["I alt", "Pct."])
    assert any("kan lægges sammen til mere end alle" in note for note in table.notes)


def test_several_against_several(responses: Responses) -> None:
    frame = cross(responses, "form", "barr").frame
    wide = responses.wide()
    both = int(((wide["form_5"] == 1) & (wide["barr_1"] == 1)).sum())
    base = int(((wide["barr_1"] == 1) & wide["form_5"].notna()).sum())
    row = frame[frame.iloc[:, 0] == "Webinar"].iloc[0]
    assert row["Mangel på tid, antal"] == both
    assert row["Mangel på tid, pct."] == pytest.approx(100 * both / base)


def test_a_choice_that_was_not_offered_to_all_is_a_share_of_those_who_had_it(make_study: MakeStudy) -> None:
    change = {"spoergeskema.csv": ("Webinar;Webinar;L A", "Webinar;Webinar;L")}
    table = cross(read_responses(make_study(change=change)), "form")
    # The webinar: a, b of a, b; the study trip: b, c of a, b, c.
    assert table.frame["Pct."].round(1).tolist()[:2] == [100, 66.7]
    assert any("Ikke alle er blevet tilbudt hvert svar" in note for note in table.notes)


@pytest.mark.parametrize(
    ("row", "options"),
    [
        ("alder", {"column": "tid", "group": "L"}),
        ("form", {"column": "kommune", "percent": "row"}),
        ("k01_v", {"where": {"alder": ["Under 30 år", "30-44 år"]}, "municipality": "Slagelse"}),
    ],
)
def test_the_call_makes_the_same_table(responses: Responses, row: str, options: dict[str, object]) -> None:
    table = cross(responses, row, **options)  # type: ignore[arg-type]
    again = eval(table.call, {"survey": survey, "responses": responses})
    pd.testing.assert_frame_equal(again.frame, table.frame)
    assert again.notes == table.notes
    assert again.title == table.title


def test_what_100_per_cent_is_must_be_one_of_three(responses: Responses) -> None:
    with pytest.raises(DataError, match="column, row eller total"):
        cross(responses, "alder", "tid", percent="søjle")  # type: ignore[arg-type]


def test_few_answers_behind_a_share_are_told(responses: Responses) -> None:
    assert any(
        "Færre end 10 svar bag pct. i »Ingen«" in note for note in cross(responses, "alder", "tid", group="L").notes
    )


def test_the_bars_are_the_shares_of_those_who_answered_not_of_all(responses: Responses) -> None:
    # seaborn's countplot(stat="percent") divides by all rows with the missing.
    table = cross(responses, "tid", group="L")
    drawn = [bar.get_width() for bar in table.plot().axes[0].containers[0]]
    wide = responses.wide()
    own = wide.loc[wide["gruppe"] == "lokalrådsmedlemmer", "tid"]
    assert own.isna().any()
    assert drawn == pytest.approx((100 * own.value_counts(sort=False) / own.notna().sum()).tolist())


def test_a_question_against_itself(responses: Responses) -> None:
    frame = cross(responses, "alder", "alder").frame
    body = frame[[f"{name}, antal" for name in frame.iloc[:5, 0]]].iloc[:5].to_numpy()
    assert (body == np.diag(np.diag(body))).all()


def test_an_answer_called_i_alt_or_ved_ikke_is_told_apart(make_study: MakeStudy) -> None:
    change = {"skalaer.csv": ("tid;1;Dag;svar\ntid;2;Aften;svar", "tid;1;I alt;svar\ntid;2;Ved ikke;svar")}
    frame = cross(read_responses(make_study(change=change)), "tid", "tid").frame
    assert frame.iloc[:, 0].is_unique
    assert frame.columns.is_unique
    assert counts(frame.assign(Tidspunkt=frame["Tidspunkt"].astype(str))).to_numpy().sum() in {5, 4}


def test_the_example_study_s_own_words() -> None:
    table = cross(read_responses(example_study()), "form", "kommune", group="L")
    assert table.title == "»Hvordan vil du helst lære?« fordelt på kommune, lokalrådsmedlemmer"
    assert table.notes[0] == "Kun lokalrådsmedlemmer: 10 af 20 besvarelser."
