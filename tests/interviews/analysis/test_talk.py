"""The course of the talk, pairs of themes, who spoke, saturation and the learned suggestions, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from blupkit.core import read_study
from blupkit.interviews import (
    Codebook,
    Coded,
    direction_counts,
    evaluate_suggestions,
    finding_directions,
    finding_pairs,
    finding_positions,
    learned_suggestions,
    participants,
    position_counts,
    read_coded,
    read_turns,
    saturation,
    text_evaluation,
    text_saturation,
    text_silent,
    text_speaking,
    theme_pairs,
)
from blupkit.interviews.analysis.saturation import new_information

CODES = Codebook(
    pd.DataFrame(
        {"code": ["1.1", "2.1"], "name": ["Mandat", "Puljer"], "theme": ["1", "2"], "theme_name": ["Roller", "Økonomi"]}
    )
)
TURNS = pd.DataFrame(
    {
        "interview": "fg1",
        "turn": [1, 2, 3, 4],
        "speaker": ["M", "Bo", "Ida", "Bo"],
        "role": ["moderator", "ansat", "lokalråd", "ansat"],
        "group": ["", "A", "L", "A"],
        "words": [10, 10, 10, 10],
        "text": "Ja.",
    }
)


def coded(*rows: tuple[int, str], direction: str = "") -> Coded:
    table = pd.DataFrame(rows, columns=["turn", "code"]).assign(interview="fg1", source="kodet", direction=direction)
    return Coded(TURNS, CODES, table.assign(theme=table["code"].str[0]))


def test_a_turn_lies_in_the_quarter_of_its_middle_and_the_moderator_takes_up_room() -> None:
    counts = position_counts(coded((2, "1.1"), (4, "1.1"), (4, "2.1")))
    shown = counts.set_index(["group", "item"])[["value", "n"]]
    assert shown.loc[("1", "1")].tolist() == [0.0, 0]  # only the moderator speaks there
    assert shown.loc[("2", "1")].tolist() == [1.0, 1]
    assert shown.loc[("4", "2")].tolist() == [1.0, 1]
    assert counts["value"].sum() == 3


def test_two_themes_in_one_turn_are_a_pair_and_in_two_turns_are_none() -> None:
    table = theme_pairs(coded((2, "1.1"), (2, "2.1"), (4, "2.1")))
    assert table.set_index(["group", "item"])["value"].to_dict() == {("1", "1"): 1, ("1", "2"): 1, ("2", "2"): 2}
    assert finding_pairs(table) == "Oftest i samme tur: »Roller« og »Økonomi« (1 tur)."
    apart = theme_pairs(coded((2, "1.1"), (4, "2.1")))
    assert finding_pairs(apart) == "Ingen temaer er nævnt i samme tur."


def test_a_tie_between_themes_is_told_as_one() -> None:
    same = coded((2, "1.1"), (3, "2.1"), direction="barriere")
    assert (
        finding_directions(direction_counts(same))
        == "Der tales oftest om »Roller« og »Økonomi« som noget svært (1 tur hver)."
    )
    assert finding_directions(direction_counts(coded((2, "1.1")))) == "Der er ikke sat retning på kodningerne."


def test_the_course_of_a_talk_without_codings_is_no_finding() -> None:
    assert finding_positions(position_counts(coded())) == "Ingen temaer er fundet i samtalerne."


def test_participants_are_numbered_by_role_as_they_first_speak() -> None:
    table = participants(TURNS)
    assert table[["label", "turns", "words"]].values.tolist() == [["Ansat 1", 2, 20], ["Lokalråd 1", 1, 10]]
    assert text_speaking(coded()).replace("\N{NO-BREAK SPACE}", " ") == (
        "Den, der sagde mest, stod for 67 pct. af deltagernes ord i sit interview, og den, der sagde mindst, for 33"
        " pct. De, der ledede samtalen, sagde 25 pct. af alle ord."
    )


def test_who_never_speaks_is_named_for_the_consultant(make_study: Any) -> None:
    study = make_study()
    turns = read_turns(study)
    everybody = read_coded(study)
    assert text_silent(study, everybody) == ""
    without = turns[turns["speaker"] != "Lise Kjeldsen"]
    assert (
        text_silent(study, replace(everybody, turns=without))
        == "I registret, men uden en eneste tur: Lise Kjeldsen (fg2)."
    )


def used(**codes: str) -> Coded:
    rows = [(interview, code) for interview, found in codes.items() for code in found]
    codings = pd.DataFrame(rows, columns=["interview", "code"]).assign(source="kodet")
    return Coded(TURNS, Codebook(pd.DataFrame({"code": [f"{n}" for n in range(25)]})), codings)


def test_saturation_is_counted_over_every_order() -> None:
    codes = {"x": set("abc"), "y": set("ab"), "z": set("d")}
    table = saturation(used(x="abc", y="ab", z="d"))
    # By hand: the last interview brings x: 1 (c), y: 0, z: 1 (d).
    last = [len(codes[order[-1]] - (codes[order[0]] | codes[order[1]])) for order in permutations(codes)]
    assert table.iloc[-1][["fewest", "mean", "most", "reached", "orders"]].tolist() == [0, np.mean(last), 1, 1.0, 6]
    assert table.iloc[0][["fewest", "most"]].tolist() == [1, 3]


def test_the_run_after_the_base_is_measured_as_guest_and_others_do() -> None:
    # Bases xy, xz, yz hold 3, 4, 3 codes; the third interview brings 1 (d), 0 and 1 (c).
    low, high = new_information(used(x="abc", y="ab", z="d"))
    assert (low, high) == (0.0, pytest.approx(100 / 3))
    assert all(np.isnan(new_information(used(x="a", y="b"))))


def test_saturation_is_told_without_promising_that_all_is_said() -> None:
    assert text_saturation(used(x="ab", y="ab")).startswith(
        "2 af kodebogens 25 koder er brugt. Uanset i hvilken rækkefølge interviewene tælles, bragte det sidste ingen"
    )
    assert "kan ikke vise, at alt er sagt" in text_saturation(used(x="ab", y="ab"))
    assert text_saturation(used(x="ab")) == ""
    assert saturation(used()).empty


def test_more_than_seven_interviews_are_tried_in_drawn_orders_and_alike_each_time() -> None:
    many = used(**{f"i{n}": "ab"[: 1 + n % 2] + chr(99 + n) for n in range(9)})
    first, second = saturation(many), saturation(many)
    assert first.equals(second)
    assert first["orders"].iloc[0] == 2000


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
