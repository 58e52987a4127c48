from __future__ import annotations

from survey.survey_support import MakeStudy, rows_of, shown_needs, three_groups

from blupkit.core import read_edition
from blupkit.disclosure import SafeTable, select_edition
from blupkit.survey import read_responses
from blupkit.survey.measures.comparison import compare_groups, dunn_pairs
from blupkit.survey.words.comparison import finding_comparison, text_comparison, text_comparison_method


def test_the_heading_tells_the_largest_difference_and_its_direction(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=rows_of({"L": "111122221111", "A": "444455553333"})))
    table = compare_groups(shown_needs(responses), responses.study, draws=50)
    edition = read_edition(responses.study, "faaborg-midtfyn")
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == (
        "Lokalrådsmedlemmer har større behov end kommunalt ansatte for at søge fonde"
    )
    # Mean levels 16/12 and 48/12: gaps 3.7 and 1.0.
    text = text_comparison(table, edition)
    assert "Ved »Søge fonde« er gabet 3,7 blandt lokalrådsmedlemmer og 1,0 blandt kommunalt ansatte." in text
    assert text.endswith("Forskellene gælder dem, der har svaret, ikke andre.")
    assert "Lokalrådsmedlemmer og kommunalt ansatte kan sammenlignes i to kompetencer" in text
    assert "signifikant" not in text


def test_a_label_that_is_no_infinitive_is_quoted(make_study: MakeStudy) -> None:
    change = {"spoergeskema.csv": (";Søge fonde;", ";Q17;")}
    responses = read_responses(make_study(rows=rows_of({"L": "1" * 12, "A": "5" * 12}), change=change))
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    edition = read_edition(responses.study, "alle")
    heading = finding_comparison(select_edition(table, edition), edition)
    assert heading.endswith("har større behov end kommunalt ansatte ved »Q17«")


def test_a_difference_that_often_comes_by_chance_is_not_told_of(make_study: MakeStudy) -> None:
    # p_holm = 0.15, though the gaps lie 1.25 apart.
    responses = three_groups(make_study)
    table = compare_groups(shown_needs(responses), responses.study, draws=50)
    edition = read_edition(responses.study, "alle")
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == (
        "Vi ser ingen klar forskel på lokalrådsmedlemmer, byrådspolitikere og kommunalt ansatte"
    )
    assert "Ingen forskel er stor nok og sikker nok til at blive nævnt." in text_comparison(table, edition)
    rule = text_comparison_method(table, edition)
    assert "kun nævnt, når gabene er mindst 0,3 fra hinanden." in rule
    assert "at den sjældent ville opstå" in rule


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
    assert told.startswith("Vi ser ingen klar forskel på")
    told = finding_comparison(SafeTable(clear.assign(p_ends=0.01), 5), edition)
    assert " har større behov end " in told


def test_where_nothing_may_be_shown_the_sentence_is_polite(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    edition = read_edition(responses.study, "naestved")
    expected = "For få svar kan vises til at afgøre, om grupperne har forskellige behov"
    table = select_edition(table, edition)
    assert finding_comparison(table, edition) == expected
    assert text_comparison(table, edition) == ""  # the heading has said it
