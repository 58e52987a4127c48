"""Groups side by side, held against what `needs` measures of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from blupkit.core import DataError, read_study
from blupkit.survey import Responses, compare_groups, needs, read_responses
from blupkit.survey.exploring.compare import LARGER

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="module")
def responses() -> Responses:
    return read_responses(read_study(DEMO))


@pytest.mark.parametrize("place", ["", "slagelse"])
def test_levels_and_gaps_are_those_that_needs_measures(responses: Responses, place: str) -> None:
    study, table = responses.study, compare_groups(responses, municipality=place).frame.set_index("Kompetence")
    own = needs(responses, draws=2000)
    own = own[own["municipality"] == (place or "alle")].set_index(["group", "label", "measure"])
    compared = 0
    for group in study.groups:
        name = group.name
        for label in table.index:
            if (group.key, label, "Gab") in own.index:
                gap = own.loc[(group.key, label, "Gab")]
                enough = gap["n"] >= study.thresholds.min_n
                shown = table.loc[label, [f"{name}, gab", f"{name}, gab fra", f"{name}, gab til"]].astype(float)
                wanted = gap[["value", "low", "high"]].astype(float)
                assert shown.iloc[0] == pytest.approx(wanted.iloc[0], nan_ok=True)
                # Other draws of the same answers, since `needs` draws them with the items of one group.
                assert not enough or np.allclose(shown, wanted, atol=0.15)
                assert enough or shown.iloc[1:].isna().all()
                assert table.loc[label, f"{name}, svar"] == gap["n"]
                compared += 1
            else:
                assert table.loc[label, f"{name}, svar"] == 0
    assert compared > 40


def test_the_difference_is_that_of_two_groups_and_a_marked_one_leaves_out_0(responses: Responses) -> None:
    table = compare_groups(responses).frame
    names = [column.removesuffix(", gab") for column in table if column.endswith(", gab")]
    for row in table.to_dict("records"):
        every = {
            f"{one} og {other}": row[f"{one}, gab"] - row[f"{other}, gab"] for one, other in combinations(names, 2)
        }
        assert row["Forskel i gab"] == pytest.approx(every[row["Forskel mellem"]])
        if row["Forskellen er"] == LARGER:
            assert row["Forskel, fra"] * row["Forskel, til"] > 0
    assert 0 < (table["Forskellen er"] == LARGER).sum() < len(table)
    size = table["Forskel i gab"].abs()
    assert size.is_monotonic_decreasing


def test_a_study_whose_groups_were_asked_nothing_in_common_says_so(responses: Responses) -> None:
    variables = responses.questionnaire.variables
    alone = variables[["L" in groups for groups in variables["groups"]]]
    alone = alone.assign(groups=[("L",)] * len(alone))
    asked = type(responses.questionnaire)(alone, responses.questionnaire.scales, responses.questionnaire.dimensions)
    with pytest.raises(DataError, match="ingen fælles kompetencer"):
        compare_groups(replace(responses, questionnaire=asked))


def test_one_line_makes_it_again(responses: Responses) -> None:
    table = compare_groups(responses, municipality="Næstved")
    again = eval(table.call, {"survey": __import__("blupkit.survey", fromlist=["x"]), "responses": responses})
    pd.testing.assert_frame_equal(again.frame, table.frame)
