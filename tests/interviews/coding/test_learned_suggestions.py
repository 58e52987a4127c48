"""Learned suggestions, tried on interviews of the demo that were not learned from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from blupkit.core import read_study
from blupkit.interviews import (
    Coded,
    evaluate_suggestions,
    learned_suggestions,
    read_coded,
    text_evaluation,
)


@pytest.fixture(scope="module")
def demo() -> Coded:
    return read_coded(read_study("data/demo"))


def test_learning_beats_the_commonest_codes_on_an_interview_it_has_not_seen(demo: Any) -> None:
    table = evaluate_suggestions(demo).set_index("method")
    assert table.loc["Lært af kodningen", "hit3"] > table.loc["De hyppigste koder", "hit3"] + 10
    assert table["interviews"].tolist() == [4, 4, 4]
    assert (table["hit1"] <= table["hit3"]).all()
    assert (table["hit3"] <= table["hit5"]).all()
    assert "tælles aldrig som en kode" in text_evaluation(table.reset_index())


def test_the_held_out_interview_is_never_learned_from(demo: Any) -> None:
    two = replace(demo, codings=demo.codings[demo.codings["interview"].isin(["fg1", "fg2"])])
    # If every held-out turn were learned from, its own codes would come first nearly always.
    assert evaluate_suggestions(two).set_index("method").loc["Lært af kodningen", "hit1"] < 60


def test_learned_suggestions_are_for_turns_without_codes_and_count_as_none(demo: Any) -> None:
    known = demo.codings[demo.codings["interview"] != "fg4"]
    found = learned_suggestions(replace(demo, codings=known))
    assert set(found["source"]) == {"forslag"}
    assert found.groupby(["interview", "turn"]).size().eq(3).all()
    places = set(zip(found["interview"], found["turn"], strict=True))
    assert not places & set(zip(known["interview"], known["turn"], strict=True))
    assert "fg4" in set(found["interview"])
    said = demo.turns.set_index(["interview", "turn"])
    assert not set(said.loc[list(places), "role"]) & {"moderator", "teknik"}


def test_one_coded_interview_is_too_little_to_try_suggestions_on(demo: Any) -> None:
    alone = replace(demo, codings=demo.codings[demo.codings["interview"] == "fg1"])
    assert evaluate_suggestions(alone).empty
    assert "når to interview er kodet" in text_evaluation(evaluate_suggestions(alone))
    assert learned_suggestions(replace(alone, codings=alone.codings.head(0))).empty
