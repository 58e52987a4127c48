from __future__ import annotations

from survey.survey_support import MakeStudy, rows_of, shown_needs, three_groups

from blupkit.core import read_edition
from blupkit.disclosure import SafeTable, select_edition
from blupkit.survey import read_responses
from blupkit.survey.measures.comparison import compare_groups, dunn_pairs
from blupkit.survey.words.comparison import finding_comparison, text_comparison


def test_the_heading_tells_the_largest_difference_and_its_direction(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=rows_of({"L": "111122221111", "A": "444455553333"})))
    table = compare_groups(shown_needs(responses), responses.study, draws=50)
    edition = read_edition(responses.study, "faaborg-midtfyn")
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == (
        "Blandt dem, der har svaret, har lokalrådsmedlemmer et større behov end kommunalt ansatte for at blive bedre"
        " til at søge fonde"
    )
    # Mean levels 16/12 and 48/12: gaps 3.7 and 1.0.
    text = text_comparison(table, edition)
    assert "»Søge fonde« (gab på 3,7 blandt lokalrådsmedlemmer og 1,0 blandt kommunalt ansatte)" in text
    assert "Lokalrådsmedlemmer og kommunalt ansatte kan sammenlignes i to kompetencer" in text
    assert "signifikant" not in text


def test_a_label_that_is_no_infinitive_is_quoted(make_study: MakeStudy) -> None:
    change = {"spoergeskema.csv": (";Søge fonde;", ";Q17;")}
    responses = read_responses(make_study(rows=rows_of({"L": "1" * 12, "A": "5" * 12}), change=change))
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    edition = read_edition(responses.study, "alle")
    heading = finding_comparison(select_edition(table, edition), edition)
    assert heading.endswith("et større behov end kommunalt ansatte, når det gælder »Q17«")


def test_a_difference_that_often_comes_by_chance_is_not_told_of(make_study: MakeStudy) -> None:
    # p_holm = 0.15, though the gaps lie 1.25 apart.
    responses = three_groups(make_study)
    table = compare_groups(shown_needs(responses), responses.study, draws=50)
    edition = read_edition(responses.study, "alle")
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == (
        "Ingen forskel mellem lokalrådsmedlemmer, byrådspolitikere og kommunalt ansatte skiller sig klart ud blandt"
        " dem, der har svaret"
    )
    assert "Ingen af forskellene er både på mindst 0,3 skalapoint og større" in text_comparison(table, edition)


def test_a_difference_is_told_as_lying_between_two_groups_only_when_dunn_says_so(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    table, pairs = (
        compare_groups(shown_needs(responses), responses.study, draws=20),
        dunn_pairs(shown_needs(responses), responses.study),
    )
    both = table.frame[table.frame["groups"].str.len() > 1].merge(pairs.frame, on=["municipality", "item"])
    ends = [
        {first, second} == {groups[0], groups[-1]}
        for first, second, groups in both[["first", "second", "groups"]].values
    ]
    assert sum(ends) > 0
    assert both.loc[ends, "p_ends"].tolist() == both.loc[ends, "p_holm_y"].tolist()
    edition = read_edition(responses.study, "alle")
    clear = select_edition(table, edition).frame.assign(p_holm=0.01, p_ends=0.2)
    told = finding_comparison(SafeTable(clear, 5), edition)
    assert told.startswith("Ingen forskel mellem")
    told = finding_comparison(SafeTable(clear.assign(p_ends=0.01), 5), edition)
    assert told.startswith("Blandt dem, der har svaret, har")


def test_where_nothing_may_be_shown_the_sentence_is_polite(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    edition = read_edition(responses.study, "naestved")
    expected = "Der er for få besvarelser, der kan vises, til at afgøre, om grupperne har forskellige behov"
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == expected
    assert text_comparison(table, edition) == ""  # the heading has said it
