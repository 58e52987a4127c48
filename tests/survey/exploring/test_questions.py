"""Finding what is meant: questions, groups, municipalities and answers by any of their names, or the nearest."""

from collections.abc import Callable

import pytest

from blupkit.core import DataError, Study
from blupkit.survey import Responses, cross, read_responses
from blupkit.survey.exploring.questions import choose, find_question

MakeStudy = Callable[..., Study]


@pytest.fixture(scope="module")
def responses(demo: Study) -> Responses:
    return read_responses(demo)


@pytest.mark.parametrize("name", ["alder", "Alder", " ALDER "])
def test_a_question_is_found_by_variable_and_by_subject(responses: Responses, name: str) -> None:
    assert find_question(responses, name).name == "alder"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("aldr", "»alder« (Alder)"), ("k01", "»k01_v«"), ("rekrutterer", "»k18_v«"), ("kommuner", "»kommune« (Kommune)")],
)
def test_an_unknown_question_is_told_with_the_nearest(responses: Responses, name: str, nearest: str) -> None:
    with pytest.raises(DataError, match="Se dem alle med") as error:
        find_question(responses, name)
    assert f"Mente du {nearest}" in str(error.value)


def test_where_nothing_is_near_nothing_is_guessed(responses: Responses) -> None:
    with pytest.raises(DataError) as error:
        find_question(responses, "xyzzy")
    assert "Mente du" not in str(error.value)


def test_a_subject_that_several_questions_have_is_not_guessed(responses: Responses) -> None:
    # "Tillid" is asked about three parties; each has a subject of its own.
    with pytest.raises(DataError, match="Tillid"):
        find_question(responses, "Tillid")
    assert find_question(responses, "Tillid (om forvaltningen)").name == "s1_for"


def test_an_open_question_is_shown_the_way(responses: Responses) -> None:
    with pytest.raises(DataError, match=r"svarmuligheder.*interviews\.search"):
        find_question(responses, "aab1")


@pytest.mark.parametrize("group", ["L", "l", "lokalrådsmedlemmer", "Lokalrådsmedlem"])
@pytest.mark.parametrize("town", ["slagelse", "Slagelse", "Slagelse Kommune", "330"])
def test_group_and_municipality_go_by_any_of_their_names(responses: Responses, group: str, town: str) -> None:
    people = responses.respondents
    expected = (people["group"] == "L") & (people["municipality"] == "slagelse")
    assert (choose(responses, group, town).who == expected.to_numpy()).all()


@pytest.mark.parametrize(
    ("filters", "nearest"),
    [
        ({"municipality": "slagels"}, "Mente du »Slagelse Kommune«"),
        ({"group": "lokalråd"}, "Mente du »lokalrådsmedlemmer«"),
        ({"where": {"tid": "4-8 tim"}}, "Mente du »4-8 timer«"),
        ({"where": {"tidd": "4-8 timer"}}, "Mente du »tid«"),
    ],
)
def test_a_misspelt_filter_is_told_with_the_nearest(
    responses: Responses, filters: dict[str, object], nearest: str
) -> None:
    with pytest.raises(DataError) as error:
        choose(responses, **filters)  # type: ignore[arg-type]
    assert nearest in str(error.value)


def test_a_filter_may_name_several_answers_of_which_one_must_fit(responses: Responses) -> None:
    wide = responses.wide()
    chosen = choose(responses, where={"alder": ["Under 30 år", "30-44 år"]})
    assert (chosen.who == wide["alder"].isin(["Under 30 år", "30-44 år"]).to_numpy()).all()
    assert chosen.words == "»Alder«: Under 30 år eller 30-44 år"


def test_a_filter_that_leaves_nobody_says_so(responses: Responses) -> None:
    with pytest.raises(DataError, match="ingen besvarelser"):
        choose(responses, group="A", where={"b_funktion": "Bestyrelsesmedlem"})


def test_a_question_that_none_of_them_was_asked_says_who_was(responses: Responses) -> None:
    with pytest.raises(DataError, match=r"ikke er stillet til lokalrådsmedlemmer.*stillet til kommunalt ansatte"):
        cross(responses, "b_leder", group="L")


def test_who_ticked_ved_ikke_is_in_no_base_of_a_multiple_choice(responses: Responses) -> None:
    question = find_question(responses, "behov_lok")
    wide = responses.wide()
    told = (wide["behov_lok_8"] == 1).to_numpy()
    assert told.any()
    assert (question.missing[:, 0] == told).all()
    assert "Ved ikke" not in question.answers
    assert question.known is not None
    assert not question.known[told].any()


def test_a_choice_offered_to_some_has_them_alone_in_its_base(make_study: MakeStudy) -> None:
    change = {"spoergeskema.csv": ("Webinar;Webinar;L A", "Webinar;Webinar;L")}
    question = find_question(read_responses(make_study(change=change)), "form")
    assert question.known is not None
    # a, b and c ticked something; c is an employee, to whom the webinar was not offered.
    assert question.known.sum(axis=0).tolist() == [2, 3]
