"""The sentences that counts of themes, pairs, directions and quarters allow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from interviews.interview_support import coded_by, read_all

from blupkit.core import read_edition
from blupkit.disclosure import SafeTable, spoken
from blupkit.interviews import (
    Coded,
    direction_counts,
    finding_directions,
    finding_groups_differ,
    finding_pairs,
    finding_positions,
    finding_themes,
    position_counts,
    theme_counts,
    theme_pairs,
)
from blupkit.interviews.analysis.findings import NOT_BY_GROUP, text_groups_differ, text_themes


@pytest.mark.parametrize(
    ("groups", "participants", "expected"),
    [
        (
            [4, 4],
            [9, 7],
            "Begge temaer går igen i alle fire grupper",
        ),
        (
            [3, 2],
            [9, 7],
            "Ingen temaer går igen i alle fire grupper",
        ),
    ],
)
def test_the_finding_on_themes_is_a_danish_sentence(groups: list[int], participants: list[int], expected: str) -> None:
    table = pd.DataFrame({"theme_name": ["Roller", "Tillid"], "groups": groups, "participants": participants})
    table = table.assign(all_groups=4, all_participants=16)
    assert finding_themes(table) == expected
    assert text_themes(table) == f"{expected}. Flest deltagere, 9 af 16, taler om »Roller«."


def shown(coded: Coded) -> SafeTable:
    return SafeTable(theme_counts(coded).assign(status="vist"), 5)


def test_the_groups_most_frequent_themes_are_told_as_counts(make_study: Any) -> None:
    study = make_study()
    coded = read_all(study)
    edition = read_edition(study, "alle")
    assert text_groups_differ(spoken(theme_counts(coded), study), edition) == NOT_BY_GROUP  # two and two took part
    table = shown(coded)
    assert text_groups_differ(table, edition) == (
        "Lokalrådsmedlemmer taler oftest om »Økonomi«: 2 af 2 ture. Kommunalt ansatte taler oftest om »Roller«: 1 af 2"
        " ture. Lokalrådsmedlemmer taler om et andet tema næsten lige så ofte."
    )
    assert finding_groups_differ(table, edition) == (
        "Lokalrådsmedlemmer taler ofte om »Økonomi«, mens kommunalt ansatte taler om »Roller«"
    )
    alike = shown(replace(coded, codings=coded.codings[coded.codings["theme"] == "1"]))
    assert text_groups_differ(alike, edition) == (
        "Lokalrådsmedlemmer taler oftest om »Roller«: 1 af 1 tur. Kommunalt ansatte taler oftest om »Roller«: 1 af 1"
        " tur."
    )
    assert finding_groups_differ(alike, edition) == "Lokalrådsmedlemmer og kommunalt ansatte taler oftest om »Roller«"
    nothing = shown(replace(coded, codings=coded.codings.head(0)))
    assert text_groups_differ(nothing, edition) == "Ingen af kodebogens temaer er fundet i interviewene."


def test_a_turn_lies_in_the_quarter_of_its_middle_and_the_moderator_takes_up_room() -> None:
    counts = position_counts(coded_by((2, "1.1"), (4, "1.1"), (4, "2.1")))
    shown = counts.set_index(["group", "item"])[["value", "n"]]
    assert shown.loc[("1", "1")].tolist() == [0.0, 0]  # only the moderator speaks there
    assert shown.loc[("2", "1")].tolist() == [1.0, 1]
    assert shown.loc[("4", "2")].tolist() == [1.0, 1]
    assert counts["value"].sum() == 3


def test_two_themes_in_one_turn_are_a_pair_and_in_two_turns_are_none() -> None:
    table = theme_pairs(coded_by((2, "1.1"), (2, "2.1"), (4, "2.1")))
    assert table.set_index(["group", "item"])["value"].to_dict() == {("1", "1"): 1, ("1", "2"): 1, ("2", "2"): 2}
    assert finding_pairs(table) == "»Roller« og »Økonomi« nævnes oftest i samme tur"
    apart = theme_pairs(coded_by((2, "1.1"), (4, "2.1")))
    assert finding_pairs(apart) == "Ingen temaer er nævnt i samme tur"


def test_a_tie_between_themes_is_told_as_one() -> None:
    same = coded_by((2, "1.1"), (3, "2.1"), direction="barriere")
    assert finding_directions(direction_counts(same)) == "Oftest svært: »Roller« og »Økonomi«"
    assert finding_directions(direction_counts(coded_by((2, "1.1")))) == "Der er ikke sat retning på kodningerne"


def test_the_course_of_a_talk_without_codings_is_no_finding() -> None:
    assert finding_positions(position_counts(coded_by())) == "Ingen temaer er fundet i samtalerne"
