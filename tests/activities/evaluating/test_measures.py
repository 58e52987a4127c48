"""What is decided of evaluations: means by hand, two margins and never both, and a group's own only once it may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from evaluations import KEY, forms, write_evaluated

from blupkit.activities import decide_evaluations, evaluated
from blupkit.core import ALL, Study, read_edition, read_study
from blupkit.disclosure import Draft, Release, read_evaluated, suppress, write_basis

NORTH = {
    ("Nord", "L"): forms("w1", 4, 4, 5, 3, 4, 2),
    ("Nord", "P"): forms("w1", 3, 4, 2),
    ("Nord", "A"): forms("w1", 4, 8, 5, 3),
}
SOUTH = {
    ("Syd", "L"): forms("w1", 4, 4, 4, 3, 4),
    ("Syd", "P"): forms("w1", 2, 4, 3),
    ("Syd", "A"): forms("w1", 3, 4, 3),
}


def told(release: Release, table: str = "evaluering_workshop", item: str = "w1") -> dict[tuple[str, str], float]:
    """Place and group → what is shown of an item."""
    frame = release[table].shown
    rows = frame[frame["item"] == item]
    return {
        (place, group): round(value, 3)
        for place, group, value in zip(rows["municipality"], rows["group"], rows["value"], strict=True)
    }


def test_means_are_of_who_could_say_by_place_and_by_group(tmp_path: Path) -> None:
    study = write_evaluated(tmp_path, NORTH | SOUTH)
    _, release = decide_evaluations(study, KEY, {})
    # Nord: 4+4+5+3+4+2 + 3+4+2 + 4+5+3 = 43 of 12; 8 is "ved ikke". Syd: 19 + 9 + 10 = 38 of 11. Together 81 of 23.
    # L: 22 + 19 = 41 of 11. P: 9 + 9 = 18 of 6. A: 12 + 10 = 22 of 6.
    assert told(release) == {
        ("nord", ALL): 3.583, ("syd", ALL): 3.455, (ALL, ALL): 3.522,
        (ALL, "L"): 3.727, (ALL, "P"): 3.0, (ALL, "A"): 3.667,
    }  # fmt: skip
    unsure = release["evaluering_workshop_ved_ikke"].shown
    assert unsure[["municipality", "group", "n"]].to_numpy().tolist() == [[ALL, ALL, 24]]
    assert unsure["value"].tolist() == pytest.approx([100 / 24])


def test_no_group_is_told_of_in_a_place_whatever_the_size(tmp_path: Path) -> None:
    many = {(place, group): forms("w1", *[3, 4] * 10) for place in ("Nord", "Syd") for group in ("L", "P", "A")}
    _, release = decide_evaluations(write_evaluated(tmp_path, many), KEY, {})
    frame = release["evaluering_workshop"].frame
    assert not ((frame["municipality"] != ALL) & (frame["group"] != ALL)).any()


def test_where_one_group_has_four_answers_no_group_of_that_item_is_told_apart(tmp_path: Path) -> None:
    fewer = NORTH | SOUTH | {("Syd", "P"): forms("w1", 2)}  # politicians: 3 + 1
    _, release = decide_evaluations(write_evaluated(tmp_path, fewer), KEY, {})
    assert {group for place, group in told(release) if place == ALL} == {ALL}
    hidden = release["evaluering_workshop"].frame.query("item == 'w1' and status == 'skjult'")
    assert hidden["group"].tolist() == ["L", "P", "A"]
    assert release.decisions.query("municipality == 'alle' and block == 'w1'")["reason"].tolist() == ["få"] * 3


def test_groups_are_told_of_when_all_workshops_have_been_held(tmp_path: Path) -> None:
    _, before = decide_evaluations(write_evaluated(tmp_path, NORTH | SOUTH, planned=["Vest"]), KEY, {})
    assert set(told(before)) == {("nord", ALL), ("syd", ALL), (ALL, ALL)}
    assert set(before["evaluering_workshop"].frame["group"]) == {ALL}


def test_the_highest_answers_are_counted_from_ten_on_and_words_never(tmp_path: Path) -> None:
    some = [{"w10": answer, "wa1": "At Hans Ole kom"} for answer in (9, 10, 7, 8, 9, 10, 3, 5, 9, 2, 9, 9)]
    few = [{"w10": answer} for answer in (9, 9, 3, 4, 5, 6, 7, 8, 1)]
    groups = ("L", "P", "A")
    spread = {("Nord", group): some[at::3] for at, group in enumerate(groups)}
    spread |= {("Syd", group): few[at::3] for at, group in enumerate(groups)}
    parts, release = decide_evaluations(write_evaluated(tmp_path, spread), KEY, {})
    # Nord: 7 of 12 chose 9 or 10; Syd's nine are too few for shares, and Nord's beside the total would be theirs.
    rows = pd.DataFrame(
        parts["evaluering_workshop"]["rows"]["data"], columns=parts["evaluering_workshop"]["rows"]["columns"]
    )
    rows = rows.query("item == 'w10' and municipality == 'nord' and group == 'alle'")
    assert rows["value"].tolist() == pytest.approx([700 / 12])
    assert not {("nord", ALL), ("syd", ALL)} & set(told(release, item="w10"))
    assert "Hans Ole" not in json.dumps(parts)


def test_a_change_is_of_those_who_rated_both_and_has_an_interval(tmp_path: Path) -> None:
    pairs = [{"k1_foer": was, "k1_nu": now} for was, now in zip([2] * 10, [3, 3, 4, 4, 3, 3, 2, 3, 4, 3], strict=True)]
    _, release = decide_evaluations(
        write_evaluated(tmp_path, NORTH, {("a1", "L"): [*pairs, {"k1_foer": 1}, {"k1_nu": 5}]}),
        KEY,
        {"k1": "Søge fonde"},
    )
    rows = evaluated(release, read_edition(read_study(tmp_path), "nord"), "laering", activity="a1").frame
    rows = rows[rows["item"] == "k1"].set_index("measure")
    assert rows["value"].round(3).to_dict() == {"Før": 2.0, "Nu": 3.2, "Ændring": 1.2}
    assert rows["n"].tolist() == [10] * 3
    assert set(rows["label"]) == {"Søge fonde"}
    # Changes 1 1 2 2 1 1 0 1 2 1: their squares around 1.2 add up to 3.6, s = 0.632; t with 9 degrees is 2.262.
    assert rows.loc["Ændring", ["low", "high"]].astype(float).tolist() == pytest.approx([0.748, 1.652], abs=0.001)


def test_a_group_that_was_alone_in_a_session_is_not_told_of_where_few_of_it_were_elsewhere(tmp_path: Path) -> None:
    sessions = {
        ("a1", "P"): forms("u1", 4, 4, 3, 4, 2, 4, 3, 4, 4), ("a2", "P"): forms("u1", 4, 3, 4, 2),
        ("a2", "L"): forms("u1", *[3, 4, 4] * 4), ("a3", "L"): forms("u1", *[3, 4] * 6),
        ("a2", "A"): forms("u1", 4, 3, 3, 4, 2, 4), ("a3", "A"): forms("u1", 4, 3, 3, 3, 4),
    }  # fmt: skip
    _, release = decide_evaluations(write_evaluated(tmp_path, NORTH, sessions), KEY, {})
    frame = release["evaluering_laering"].shown
    frame = frame[frame["item"] == "u1"]
    # 13 politicians minus the nine of a1 would be the four of a2.
    assert set(frame["group"]) == {ALL}
    assert {"a1", "a2", "a3", ALL} == set(frame["activity"])
    sessions["a2", "P"] = forms("u1", 4, 3, 4, 2, 3)  # five elsewhere are enough
    _, release = decide_evaluations(write_evaluated(tmp_path, NORTH, sessions), KEY, {})
    frame = release["evaluering_laering"].shown
    assert {"L", "P", "A"} <= set(frame.loc[frame["item"] == "u1", "group"])


def test_numbers_stay_as_they_were_sent_when_a_form_has_been_corrected(tmp_path: Path) -> None:
    study = write_evaluated(tmp_path / "s", NORTH | SOUTH)
    parts, release = decide_evaluations(study, KEY, {})
    _keep(parts, study, tmp_path / "sendt.json")
    sent = [read_evaluated(tmp_path / "sendt.json")]
    corrected = NORTH | SOUTH | {("Nord", "P"): forms("w1", 5, 4, 2)}  # 3 became 5: two points by one politician
    kept, again = decide_evaluations(write_evaluated(tmp_path / "s", corrected), KEY, {}, sent)
    assert told(again) == told(release)
    assert kept == json.loads(json.dumps(parts))
    assert again.notes[0].startswith("Tallene fra evaluering_workshop står, som de blev sendt.")


def test_a_late_form_waits_until_five_have_come_to_its_workshop(tmp_path: Path) -> None:
    study = write_evaluated(tmp_path / "s", NORTH | SOUTH)
    parts, release = decide_evaluations(study, KEY, {})
    _keep(parts, study, tmp_path / "sendt.json")
    sent = [read_evaluated(tmp_path / "sendt.json")]
    late = forms("w1", 3, 4, 2, 5, 3)
    one = NORTH | SOUTH | {("Nord", "L"): [*NORTH["Nord", "L"], late[0]]}
    _, again = decide_evaluations(write_evaluated(tmp_path / "s", one), KEY, {}, sent)
    assert told(again) == told(release)
    assert again.notes[0].startswith("Skemaer i evaluering_workshop, der ikke er talt med endnu: 1.")
    five = NORTH | SOUTH | {("Nord", "L"): [*NORTH["Nord", "L"], *late]}
    _, again = decide_evaluations(write_evaluated(tmp_path / "s", five), KEY, {}, sent)
    assert again.notes == ()
    assert told(again)["nord", ALL] == round(60 / 17, 3)  # 43 and 17 of the five


def test_a_workshop_that_is_held_after_the_first_pages_were_sent_adds_its_own_numbers(tmp_path: Path) -> None:
    study = write_evaluated(tmp_path / "s", NORTH, planned=["Syd"])
    parts, release = decide_evaluations(study, KEY, {})
    assert set(told(release)) == {("nord", ALL), (ALL, ALL)}
    _keep(parts, study, tmp_path / "sendt.json")
    later = write_evaluated(tmp_path / "s", NORTH | SOUTH)
    _, again = decide_evaluations(later, KEY, {}, [read_evaluated(tmp_path / "sendt.json")])
    assert again.passed
    assert {("nord", ALL), ("syd", ALL), (ALL, ALL), (ALL, "P")} <= set(told(again))


def _keep(parts: dict[str, Any], study: Study, path: Path) -> None:
    """Keep it as `blupkit sent` does, beside a survey that has nothing."""
    nothing = Draft({})
    write_basis(nothing, suppress(nothing, study), study, path, parts)
