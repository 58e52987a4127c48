"""The attack on finished zips: of the demo, and of made-up studies that a user's own commands have packed."""

from __future__ import annotations

from pathlib import Path

import pytest
from attack.evaluated import Edition as Evaluated
from attack.evaluated import attack
from attack.evaluated_pages import on_pages
from attack.fingerprints import believed, fingerprints
from attack.hunt import hunt, told_too_much
from attack.releases import packaged, seen_in, truth_of
from attack.seen import cells_beside, read_names
from attack.spelling import names_in
from attack.strokes import telling_marks
from attack.studies import go_on, make_up
from attack.system import Edition

from blupkit.activities import read_activities
from blupkit.core import Study, read_study

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(DEMO)


@pytest.fixture(scope="module")
def everything(demo_zips: list[Path], demo: Study) -> Edition:
    """What the six coordinators and the project group know when they lay their packages together."""
    return Edition(seen_in(demo_zips, demo), truth_of(demo))


def test_the_demo_gives_nothing_away_to_all_six_together(everything: Edition) -> None:
    assert len(everything.seen) > 5000
    leaks, tried = hunt(everything)
    assert not leaks, "\n".join(map(str, leaks))
    assert tried > 2000


def test_each_coordinator_knows_no_more_than_all_together(
    demo_zips: list[Path], demo: Study, everything: Edition
) -> None:
    """So what all of them cannot work out, none can; `make soak` tries each of them."""
    assert len(demo_zips) == 7
    for package in demo_zips:
        own = seen_in([package], demo)
        places = {key.place for key in own}
        assert package.stem == "projektgruppe" or places == {package.stem, "alle"}
        assert own.items() <= everything.seen.items()


def test_the_demo_gives_nothing_away_to_one_reader(reader: int, demo_zips: list[Path], demo: Study) -> None:
    leaks, _ = hunt(Edition(seen_in([demo_zips[reader]], demo), truth_of(demo)))
    assert not leaks, "\n".join(map(str, leaks))


def test_a_mean_of_few_near_an_end_is_a_bound_only(everything: Edition) -> None:
    assert not list(told_too_much(everything))


def test_no_interval_of_the_demo_is_a_fingerprint(everything: Edition) -> None:
    assert not believed(fingerprints(everything))


def test_no_mark_tells_more_than_the_number_beside_it(demo_zips: list[Path]) -> None:
    found, measured = telling_marks(next(path for path in demo_zips if path.stem == "projektgruppe"))
    assert measured > 1000
    assert not found, found[:5]


def test_a_workbook_holds_the_printed_numbers_only(demo_zips: list[Path]) -> None:
    found, numbers = cells_beside(next(path for path in demo_zips if path.stem == "projektgruppe"))
    assert numbers > 10_000
    assert not found, found[:5]


def test_what_was_said_of_workshops_is_not_recovered_from_all_six_packages_together(demo_zips: list[Path]) -> None:
    """Read off the pages: each municipality's own numbers, those of all, each group's, and the counts in sentences."""
    asked = read_activities(read_study(DEMO))
    named = {
        row["kort"].casefold(): row["spoergsmaal"]
        for row in asked["skemaer"]
        if row["skema"] == "workshop" and row["kort"]
    }
    names = read_names(DEMO)
    told = on_pages(demo_zips, named, names.groups)
    frame = told["evaluering_workshop"].frame
    # Nine questions on a scale: six municipalities, all of them, and three groups; and one of how many chose 9 or 10.
    assert frame["measure"].value_counts().to_dict()["Gennemsnit"] == 90
    place = {row["id"]: row["kommune"] for row in asked["workshops"]}
    forms: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in asked["evaluering_workshop"]:
        forms.setdefault((place[row["workshop"]], row["gruppe"]), []).append(row)
    numbers = {item: [part["measure"].iloc[0]] for item, part in frame.groupby("item")}
    leaks, tried = attack([Evaluated(told, {"evaluering_workshop": forms})], 5, {"evaluering_workshop": numbers})
    assert not leaks, "\n".join(map(str, leaks))
    assert tried > 80


def test_nobody_from_the_register_is_named(demo_zips: list[Path]) -> None:
    register = DEMO / "interview" / "deltagere.csv"
    assert not [
        one for path in demo_zips for one in names_in(path, register) if path.stem in ("projektgruppe", "slagelse")
    ]


def test_a_made_up_study_gives_nothing_away(zips: int, tmp_path: Path) -> None:
    study = make_up(tmp_path / "studie", zips, towns=(2, 3))
    _, edition = packaged(study.write(), tmp_path / "ud")
    leaks, _ = hunt(edition)
    assert not leaks, "\n".join(map(str, leaks))


def test_three_packages_of_a_made_up_study_give_nothing_away(zip_chain: int, tmp_path: Path) -> None:
    study, editions = make_up(tmp_path / "studie", zip_chain, towns=(2, 4)), []
    for number in range(3):
        if number:
            go_on(study, zip_chain + 1000 * number)
        editions.append(packaged(study.write(), tmp_path / "ud", send=True)[1])
    leaks, _ = hunt(*editions)
    assert not leaks, "\n".join(map(str, leaks))
