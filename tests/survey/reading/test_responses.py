"""The answers as one table, in types that make pandas and seaborn do the expected thing; looking questions up."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from blupkit.core import DataError, Study
from blupkit.survey import Responses, read_responses

MakeStudy = Callable[..., Study]


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


def test_it_says_what_the_long_table_says(responses: Responses) -> None:
    wide, answers = responses.wide(), responses.answers
    assert len(wide) == len(responses.respondents)
    assert list(wide.columns) == ["kommune", "gruppe", *responses.variables]
    for variable in ("k01_v", "form_1", "alder", "s1_for", "aab1"):
        own = answers[answers["variable"] == variable].set_index("respondent").loc[wide.index]
        answered = own["state"] == "besvaret"
        assert (wide[variable].notna() == answered).all()
        theirs = own["value"] if variable in ("k01_v", "form_1") else own["text"]
        assert (wide.loc[answered, variable].astype(object) == theirs[answered].astype(object)).all()


def test_answers_are_counted_and_drawn_in_the_order_of_their_scale(responses: Responses) -> None:
    wide = responses.wide()
    scale = ["Ingen", "Op til 3 timer", "4-8 timer", "9-16 timer", "Mere end 16 timer"]
    assert wide["tid"].cat.ordered
    assert wide["tid"].value_counts(sort=False).index.tolist() == scale
    assert wide.groupby("gruppe", observed=False).size().index.tolist() == [
        group.name for group in responses.study.groups
    ]


def test_ratings_and_choices_are_numbers_so_that_a_mean_is_a_mean_or_a_share(responses: Responses) -> None:
    wide = responses.wide()
    assert wide["k01_v"].dtype == float
    assert set(wide["form_1"].dropna()) == {0.0, 1.0}
    assert wide["k01_v"].mean() == pytest.approx(responses.values(["k01_v"])["k01_v"].mean())


def test_why_an_answer_is_missing_can_be_told(responses: Responses) -> None:
    wide, states = responses.wide(), responses.wide(states=True)
    assert list(states.columns) == list(wide.columns)
    names = {
        "besvaret": "Besvaret",
        "ved_ikke": "Ved ikke",
        "ubesvaret": "Ikke besvaret",
        "ikke_stillet": "Ikke stillet",
    }
    answers = responses.answers
    for variable in ("k01_v", "k03_n", "form_1", "aab1"):
        own = answers[answers["variable"] == variable].set_index("respondent")["state"].loc[wide.index].map(names)
        assert (states[variable].astype(object) == own).all()
        assert ((states[variable] == "Besvaret") == wide[variable].notna()).all()


def test_concat_and_merge_lose_the_order_and_the_docstring_s_way_brings_it_back(responses: Responses) -> None:
    # pandas: unequal categories become text.
    wide = responses.wide()
    other = pd.DataFrame({"tid": pd.Categorical(["Ingen"], ["Ingen"], ordered=True)})
    joined = pd.concat([wide[["tid"]], other], ignore_index=True)["tid"]
    assert not isinstance(joined.dtype, pd.CategoricalDtype)
    again = joined.astype(wide["tid"].dtype)
    assert again.value_counts(sort=False).index.tolist() == wide["tid"].cat.categories.tolist()
    assert again.notna().sum() == joined.notna().sum()


def test_a_scale_with_words_at_its_ends_only_has_its_numbers_between(make_study: MakeStudy) -> None:
    change = {
        "spoergeskema.csv": (";Vi har tillid;Tillid;L;fem", ";Vi har tillid;Tillid;L;ender"),
        "skalaer.csv": ("tid;1;Dag;svar", "ender;1;Uenig;svar\nender;2;;svar\nender;3;Enig;svar\ntid;1;Dag;svar"),
    }  # fmt: skip
    wide = read_responses(make_study(change=change)).wide()
    assert wide["s1_for"].cat.categories.tolist() == ["Uenig", "2", "Enig"]
    assert wide.loc[["a", "b"], "s1_for"].tolist() == ["Enig", "2"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("tid", "tid"),
        ("tiden", "tid"),
        ("fonde", "k15_v"),
        ("møder", "k06_v"),
        ("webinarer", "form"),
        ("k01_v", "k01_v"),
    ],
)
def test_a_question_is_looked_up_by_words_in_any_inflection(responses: Responses, words: str, first: str) -> None:
    found = responses.labels(words).frame["Variabel"].tolist()
    assert first in found


def test_what_stands_in_the_subject_comes_before_what_stands_in_the_answers(responses: Responses) -> None:
    found = responses.labels("tid").frame
    subjects = found["Emne"].str.casefold().str.contains("tid") | found["Variabel"].str.contains("tid")
    assert subjects.iloc[0]
    assert subjects.tolist() == sorted(subjects, reverse=True)


def test_where_no_question_has_the_word_the_nearest_is_shown_and_said_to_be(responses: Responses) -> None:
    table = responses.labels("aldr")
    assert table.frame["Variabel"].tolist() == ["alder"]
    assert table.notes == ("Intet har ordet »aldr«; her er det nærmeste.",)
    with pytest.raises(DataError, match="et af undersøgelsens spørgsmål"):
        responses.labels("xyzzy")


def test_every_question_that_may_be_crossed_is_listed_once(responses: Responses) -> None:
    frame = responses.labels.frame
    assert frame["Variabel"].is_unique
    assert frame["Emne"].tolist()[:2] == ["Gruppe", "Kommune"]
    listed = set(frame["Variabel"]) - {"gruppe", "kommune"}
    variables = responses.questionnaire.by_variable
    assert listed == set(variables["item"].where(variables["kind"] == "flere", variables.index))


def test_who_was_asked_stands_beside_the_question(responses: Responses) -> None:
    asked = responses.labels.frame.set_index("Variabel")["Stillet til"]
    assert asked[["alder", "k03_v", "k18_v"]].tolist() == [
        "alle", "lokalrådsmedlemmer og kommunalt ansatte", "lokalrådsmedlemmer",
    ]  # fmt: skip
