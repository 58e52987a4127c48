"""Evaluations attacked by whoever holds all partners' pages, counts who came, and keeps the last release."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from attack.evaluated import Asked, Edition, Forms, Leak, attack, given
from evaluations import KEY, forms, go_on, made_up, write_evaluated

from blupkit.activities import decide_evaluations, read_activities
from blupkit.core import read_study
from blupkit.disclosure import (
    Draft,
    MeasureRow,
    Release,
    SafeTable,
    measure_table,
    read_evaluated,
    suppress,
    write_basis,
)

DEMO = Path(__file__).parents[2] / "data" / "demo"


def edition(
    folder: Path, workshops: Forms, sessions: Forms, planned: tuple[str, ...] = (), before: Edition | None = None
) -> Edition:
    """Decide as a batch does, beside what was sent; what is decided is kept as sent."""
    study = write_evaluated(folder, workshops, sessions, planned=planned)
    sent = [read_evaluated(path) for path in sorted(folder.glob("sendt*.json"))]
    parts, release = decide_evaluations(study, KEY, {}, sent)
    assert release.passed
    nothing = Draft({})
    write_basis(nothing, suppress(nothing, study), study, folder / f"sendt{len(sent)}.json", parts)
    then = before.forms if before else {}
    given = {"evaluering_workshop": workshops, "evaluering_laering": sessions}
    return Edition(release, {table: _counted(release, table, then.get(table, {}), now) for table, now in given.items()})


def _counted(release: Release, table: str, before: Forms, now: Forms) -> Forms:
    """Give the forms that a release counts: those of before where it says so, and none that wait."""
    if any(table in note and "som de blev sendt" in note for note in release.notes):
        return before
    came = {place: 0 for place, _ in before if any(before[key] for key in before if key[0] == place)}
    for place, group in now:
        if place in came:
            came[place] += len(now[place, group]) - len(before.get((place, group), ()))
    return {key: before.get(key, ()) if 0 < came.get(key[0], 0) < 5 else some for key, some in now.items()}


def told(leaks: list[Leak]) -> str:
    return "\n".join(map(str, leaks))


def test_what_few_answered_is_recovered_from_no_evaluation(evaluations: int, tmp_path: Path) -> None:
    leaks, _ = attack([edition(tmp_path / "s", *made_up(evaluations))], 5)
    assert not leaks, told(leaks)


@pytest.mark.parametrize("seed", [333, 417, 666])
def test_a_few_at_an_end_of_the_scale_are_no_secret_of_many_who_are_hidden_with_them(seed: int, tmp_path: Path) -> None:
    """Found by the soak: four gave the lowest answer, others were hidden with them, and two totals crossed in them."""
    leaks, _ = attack([edition(tmp_path / "s", *made_up(seed))], 5)
    assert not leaks, told(leaks)


def test_what_few_answered_or_changed_is_recovered_from_no_three_releases(
    evaluation_chain: int, tmp_path: Path
) -> None:
    """Half the workshops, then all of them, then forms that come late, are corrected or taken back."""
    workshops, sessions = made_up(evaluation_chain)
    towns = list(dict.fromkeys(town for town, _ in workshops))
    early = tuple(towns[: (len(towns) + 1) // 2])
    first = {key: some for key, some in workshops.items() if key[0] in early}
    planned = tuple(town for town in towns if town not in early)
    one = edition(tmp_path / "s", first, {}, planned)
    two = edition(tmp_path / "s", workshops, sessions, before=one)
    three = edition(tmp_path / "s", go_on(workshops, evaluation_chain), sessions, before=two)
    leaks, _ = attack([one, two, three], 5)
    assert not leaks, told(leaks)


@pytest.fixture(scope="module")
def demo() -> Edition:
    """The demo's evaluations, as all six packages together may tell them."""
    study = read_study(DEMO)
    found = read_activities(study)
    place = {row["id"]: row["kommune"] for row in found["workshops"]}
    activity = {row["id"]: row["aktivitet"] for row in found["afholdelser"]}
    forms: dict[str, dict[tuple[str, str], list[dict[str, object]]]] = {}
    for table, of_what, where in (
        ("evaluering_workshop", "workshop", place),
        ("evaluering_laering", "afholdelse", activity),
    ):
        for row in found[table]:
            forms.setdefault(table, {}).setdefault((where[row[of_what]], row["gruppe"]), []).append(row)
    return Edition(decide_evaluations(study, KEY, {})[1], forms)


def _asked(demo: Edition) -> Asked:
    names = {table: set(demo.release[table].frame["item"]) - {"skemaer"} for table in demo.forms}
    return {
        table: {
            name: ["Før", "Nu"] if name[0] == "k" else ["Valgte 9 eller 10" if name == "w10" else "Gennemsnit"]
            for name in some
        }
        for table, some in names.items()
    }


def test_the_demos_evaluations_give_nothing_away_to_all_six_together(demo: Edition) -> None:
    leaks, tried = attack([demo], 5, _asked(demo))
    assert not leaks, told(leaks)
    assert tried > 130


def test_the_demos_workshops_are_told_of_as_they_are_held_and_tell_nothing_more(demo: Edition, tmp_path: Path) -> None:
    every = demo.forms["evaluering_workshop"]
    towns = list(dict.fromkeys(town for town, _ in every))
    last: Edition | None = None
    editions = []
    for held in (3, 5, 6):
        some = {key: forms for key, forms in every.items() if key[0] in towns[:held]}
        last = edition(tmp_path / "s", some, {}, tuple(towns[held:]), last)
        editions.append(last)
        told = last.release["evaluering_workshop"].shown
        assert set(told["municipality"]) == {*towns[:held], "alle"}
        assert set(told["group"]) == ({"alle", "L", "P", "A"} if held == 6 else {"alle"})
    leaks, tried = attack(editions, 5)
    assert not leaks, "\n".join(map(str, leaks))
    assert tried > 30


def test_all_minus_two_groups_would_be_naestveds_three_politicians(demo: Edition) -> None:
    """Groups in places beside everybody there would tell it: 21 - 12 - 6 are three, and so it is with their sums."""
    some = demo.forms["evaluering_workshop"]

    def said(place: str, group: str) -> list[float]:
        there = (filled for (where, who), filled in some.items() if where == place and group in (who, "alle"))
        each = (given("w1", "Gennemsnit", form) for filled in there for form in filled)
        return [answer for answer in each if answer is not None]

    rows = [
        MeasureRow(place, group, "w1", "formålet var klart", "Gennemsnit", 1 + sum(each) / len(each), n=len(each))
        for place in dict.fromkeys(place for place, _ in some)
        for group in ("alle", "L", "A")
        for each in [said(place, group)]
    ]
    everything = measure_table(rows).assign(status="vist", bound=float("nan"))
    naive = replace(demo.release, tables={"evaluering_workshop": SafeTable(everything, 5)})
    leaks, _ = attack([demo._replace(release=naive)], 5, {"evaluering_workshop": {"w1": ["Gennemsnit"]}})
    assert [leak.width for leak in leaks if "naestved" in leak.what and "'P'" in leak.what] == [0.0]
    told = demo.release["evaluering_workshop"].frame
    assert not ((told["municipality"] != "alle") & (told["group"] != "alle")).any()


def test_the_attack_finds_a_group_that_was_alone_beside_its_margin(tmp_path: Path) -> None:
    """A margin told whatever it leaves: thirteen politicians minus the nine of a1 are the four of a2."""
    sessions = {
        ("a1", "P"): forms("u1", 4, 4, 3, 4, 2, 4, 3, 4, 4), ("a2", "P"): forms("u1", 4, 3, 4, 2),
        ("a2", "L"): forms("u1", *[3, 4, 4] * 4), ("a3", "L"): forms("u1", *[3, 4] * 6),
    }  # fmt: skip
    true = edition(tmp_path / "s", {}, sessions)
    asked = {"evaluering_laering": {"u1": ["Gennemsnit"]}}
    assert attack([true], 5, asked) == ([], 1)
    frame = true.release["evaluering_laering"].frame
    hidden = (frame["item"] == "u1") & (frame["group"] == "P")
    opened = frame.assign(
        status=frame["status"].mask(hidden, "vist"),
        value=frame["value"].mask(hidden, 45 / 13),
        n=frame["n"].mask(hidden, 13),
    )
    told = replace(true.release, tables={"evaluering_laering": SafeTable(opened, 5)})
    leaks, _ = attack([true._replace(release=told)], 5, asked)
    assert [leak.width for leak in leaks if "('a2', 'P')" in leak.what] == [0.0]
