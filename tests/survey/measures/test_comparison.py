from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from survey.survey_support import LEVELS, THREE_GROUPS, MakeStudy, rows_of, shown_needs, three_groups

from blupkit.core import read_edition
from blupkit.disclosure import SafeTable
from blupkit.survey import read_responses
from blupkit.survey.draft import release_draft
from blupkit.survey.measures.comparison import compare_groups, dunn_pairs
from blupkit.survey.measures.rank_tests import kruskal_wallis_h
from blupkit.survey.words.comparison import finding_comparison, note_wordings

#: Schooling (rows) against item A4 (columns) in bfi. R: table(psych::bfi$education, psych::bfi$A4)
BFI = [
    [18, 18, 16, 34, 62, 75],
    [12, 23, 25, 43, 65, 123],
    [44, 66, 54, 181, 282, 613],
    [22, 38, 33, 72, 102, 126],
    [13, 30, 37, 79, 106, 151],
]


def row(table: SafeTable, item: str = "k1", municipality: str = "alle") -> pd.Series:
    frame = table.frame
    return frame[(frame["item"] == item) & (frame["municipality"] == municipality)].iloc[0]


def test_the_statistic_and_its_effect_size_are_those_of_r() -> None:
    # R: kruskal.test(A4 ~ education, psych::bfi): 61.273668, df 4; epsilon squared = 61.273668 / (2563 - 1) = 0.023916.
    counts = np.array(BFI, dtype=float)
    h = float(kruskal_wallis_h(counts))
    assert h == pytest.approx(61.273668, abs=1e-6)
    assert counts.sum() == 2563
    assert h / 2562 == pytest.approx(0.023916, abs=1e-6)


groups = st.lists(st.integers(1, 5), min_size=1, max_size=15)


@given(st.lists(groups, min_size=2, max_size=4).filter(lambda lists: len({x for one in lists for x in one}) > 1))
def test_counting_gives_the_same_statistic_as_ranking_the_answers_one_by_one(answers: list[list[int]]) -> None:
    counts = np.array([[one.count(value) for value in range(1, 6)] for one in answers], dtype=float)
    assert float(kruskal_wallis_h(counts)) == pytest.approx(stats.kruskal(*answers).statistic, abs=1e-9)


def test_three_groups_are_compared_as_in_r(make_study: MakeStudy) -> None:
    # R: gap <- 5 - c(1,1,2,2,3,3,4,4,5,5,1,2, 2,2,3,3,4,4,5,5,4,4,3,3, 5,4,4,4,3,3,3,2,5,5,5,5)
    # g <- rep(c("L", "P", "A"), each = 12); kruskal.test(gap, factor(g)): H = 5.1531339, p = 0.0760345869; H / 35.
    responses = three_groups(make_study)
    found = row(compare_groups(shown_needs(responses), responses.study, draws=100))
    assert found["h"] == pytest.approx(5.1531339, abs=1e-6)
    assert found["p"] == pytest.approx(0.0760345869, abs=1e-8)
    assert found["value"] == pytest.approx(5.1531339 / 35, abs=1e-8)
    # k2 is alike everywhere, p = 1; Holm over the two items: 2 x 0.076.
    assert found["p_holm"] == pytest.approx(2 * 0.0760345869, abs=1e-7)
    assert found["n"] == 36
    # Mean levels: L 33/12, P 42/12, A 48/12; gaps 27/12, 18/12, 12/12.
    assert found["groups"] == ("L", "P", "A")
    assert found["gaps"] == pytest.approx((2.25, 1.5, 1.0))
    assert found["group"] == "alle"


def test_the_interval_is_that_of_the_bootstrap_in_r(make_study: MakeStudy) -> None:
    # R, as above: set.seed(1); b <- replicate(20000, kruskal.test(c(sample(gap[g == "L"], 12, TRUE),
    # sample(gap[g == "P"], 12, TRUE), sample(gap[g == "A"], 12, TRUE)), factor(g))$statistic / 35)
    # quantile(b, c(.025, .975)): 0.0166 and 0.4703. Both are drawn, so they agree to about 0.01.
    responses = three_groups(make_study)
    found = row(compare_groups(shown_needs(responses), responses.study, draws=20_000))
    assert found["low"] == pytest.approx(0.0166, abs=0.005)
    assert found["high"] == pytest.approx(0.4703, abs=0.015)


def test_groups_without_overlap_differ_as_much_as_can_be(make_study: MakeStudy) -> None:
    # All of L have gap 4 and all of A gap 0: ranks are told by the group alone, so H = n - 1 in each draw.
    responses = read_responses(make_study(rows=rows_of({"L": "1" * 12, "A": "5" * 12})))
    found = row(compare_groups(shown_needs(responses), responses.study, draws=50))
    assert found[["value", "low", "high"]].tolist() == pytest.approx([1, 1, 1])


def test_where_all_answer_alike_there_is_no_difference(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    found = row(compare_groups(shown_needs(responses), responses.study, draws=50), item="k2")
    assert found[["value", "low", "high", "h"]].tolist() == [0, 0, 0, 0]
    assert found["p"] == 1
    assert (dunn_pairs(shown_needs(responses), responses.study).frame.query("item == 'k2'")["p"] == 1).all()


def test_only_items_that_all_groups_were_asked_are_compared(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    assert set(compare_groups(shown_needs(responses), responses.study, draws=20).frame["item"]) == {"k1", "k2"}


def test_a_hidden_group_is_left_out_and_changes_nothing(make_study: MakeStudy) -> None:
    first = three_groups(make_study)
    second = three_groups(make_study, LEVELS | {"P": "1" * 12})
    tables = [compare_groups(shown_needs(one, groups=("P",)), one.study, draws=50) for one in (first, second)]
    assert row(tables[0])["groups"] == ("L", "A")
    assert tables[0].frame.equals(tables[1].frame)


def test_a_group_with_fewer_than_ten_answers_is_not_compared(make_study: MakeStudy) -> None:
    responses = three_groups(make_study, LEVELS | {"P": "223344554"})
    found = row(compare_groups(shown_needs(responses), responses.study, draws=20))
    assert found["groups"] == ("L", "A")
    assert found["n"] == 24


def test_with_fewer_than_two_groups_the_row_is_hidden(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    assert row(table, municipality="faaborg-midtfyn")["status"] == "vist"
    nobody = row(table, municipality="naestved")
    assert nobody["status"] == "skjult"
    assert nobody[["value", "low", "high", "n", "h", "p"]].isna().all()
    assert "naestved" not in set(dunn_pairs(shown_needs(responses), responses.study).frame["municipality"])


def test_the_order_of_the_export_does_not_matter(make_study: MakeStudy) -> None:
    rows = rows_of(LEVELS)
    tables = []
    for _ in range(2):
        responses = read_responses(make_study(rows=rows, change=THREE_GROUPS))
        tables.append(compare_groups(shown_needs(responses), responses.study, draws=100).frame)
        random.Random(3).shuffle(rows)
    numbers = ["value", "low", "high", "h", "p"]
    assert np.allclose(tables[0][numbers].astype(float), tables[1][numbers].astype(float), equal_nan=True)


def test_dunns_pairs_are_those_worked_out_in_r(make_study: MakeStudy) -> None:
    # R, gap and g as above: r <- rank(gap); N <- 36; t <- table(gap)
    # v <- N * (N + 1) / 12 - sum(t^3 - t) / (12 * (N - 1))
    # z <- (mean(r[g == a]) - mean(r[g == b])) / sqrt(v * (2 / 12)); p <- 2 * pnorm(-abs(z)); p.adjust(p, "holm")
    responses = three_groups(make_study)
    table = dunn_pairs(shown_needs(responses), responses.study).frame
    table = table[(table["item"] == "k1") & (table["municipality"] == "alle")]
    assert list(zip(table["first"], table["second"], strict=True)) == [("L", "A"), ("L", "P"), ("A", "P")]
    assert table["value"].tolist() == pytest.approx([2.26769710, 1.22336291, -1.04433419], abs=1e-7)
    assert table["p"].tolist() == pytest.approx([0.0233476747, 0.2211926558, 0.2963307991], abs=1e-8)
    assert table["p_holm"].tolist() == pytest.approx([0.070043024, 0.442385312, 0.442385312], abs=1e-8)
    assert table["n"].tolist() == [24, 24, 24]


TWO_WORDINGS = {
    "spoergeskema.csv": (
        "k1;k1_v;vigtighed;Hvor vigtigt?;søge fonde;Søge fonde;L A;",
        "k1;k1_v;vigtighed;Hvor vigtigt?;søge fonde;Søge fonde;L;fem;D1;\n"
        "k1;k1_v;vigtighed;Hvor vigtigt?;vurdere fonde;Søge fonde;A;",
    )
}


def test_an_item_that_is_put_differently_to_the_groups_is_marked(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(rows=rows_of({"L": "1" * 12, "A": "5" * 12}), change=TWO_WORDINGS))
    assert responses.questionnaire.reworded == {"k1"}
    released = release_draft(responses).tables["behov"]
    assert set(released.loc[released["reworded"], "item"]) == {"k1"}
    table = SafeTable(released.assign(status="vist"), 5)
    assert note_wordings(table) == "»Søge fonde« er formuleret forskelligt til grupperne."
    without = SafeTable(table.frame[table.frame["item"] == "k2"], 5)
    assert note_wordings(without) == ""


def test_an_item_that_all_were_asked_in_the_same_words_is_not_marked(make_study: MakeStudy) -> None:
    assert read_responses(make_study()).questionnaire.reworded == frozenset()


def test_the_input_is_not_changed(make_study: MakeStudy) -> None:
    responses = three_groups(make_study)
    table = shown_needs(responses)
    before = responses.answers.copy(), table.frame.copy()
    compare_groups(table, responses.study, draws=20)
    assert responses.answers.equals(before[0])
    assert table.frame.equals(before[1])


def test_a_survey_without_pairs_has_nothing_to_compare(make_study: MakeStudy) -> None:
    responses = read_responses(make_study(change={"spoergeskema.csv": (";niveau;", ";udsagn;")}))
    table = compare_groups(shown_needs(responses), responses.study, draws=20)
    assert table.frame.empty
    assert dunn_pairs(shown_needs(responses), responses.study).frame.empty
    assert finding_comparison(table, read_edition(responses.study, "alle")).startswith(
        "Gruppernes behov er ikke en del"
    )
