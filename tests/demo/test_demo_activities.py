"""The demo's activities are as planned, awkward on purpose, and their generator makes the same bytes each time."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from blupkit.activities import Activities, read_activities
from blupkit.app import all_faults
from blupkit.core import read_study

DEMO = Path(__file__).parents[2] / "data" / "demo"
#: Workshop: how many of each group filled a form in, of how many who came.
EVALUATED = {
    "W1": (14, 4, 6, 26),
    "W2": (9, 3, 5, 19),
    "W3": (12, 3, 6, 23),
    "W4": (6, 2, 3, 12),
    "W5": (7, 2, 3, 12),
    "W6": (5, 1, 3, 14),
}
#: Activity: how many filled a form in.
LEARNT = {"A2": 19, "A3": 14, "A6": 14, "A7": 15, "A4": 23, "A9": 12, "A8": 9, "A5": 10}


@pytest.fixture(scope="module")
def demo() -> Activities:
    return read_activities(read_study(DEMO))


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_activities", DEMO / "generator" / "make_activities.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generator_makes_the_same_bytes(generator: ModuleType, tmp_path: Path) -> None:
    generator.main(tmp_path)
    made = sorted(path.name for path in (tmp_path / "aktiviteter").iterdir())
    assert made == ["evaluering_laering.csv", "evaluering_workshop.csv", "opfoelgning.csv"]
    for name in made:
        assert (tmp_path / "aktiviteter" / name).read_bytes() == (DEMO / "aktiviteter" / name).read_bytes()


def test_six_workshops_were_evaluated_by_as_many_as_the_plan_says(demo: Activities) -> None:
    forms = Counter((row["workshop"], row["gruppe"]) for row in demo["evaluering_workshop"])
    came = {row["id"]: sum(row[f"deltog_{group}"] for group in "LPA") for row in demo["workshops"]}
    assert {one: (*(forms[one, group] for group in "LPA"), came[one]) for one in came} == EVALUATED


def test_eight_learning_activities_were_evaluated_by_as_many_as_the_plan_says(demo: Activities) -> None:
    activity = {row["id"]: row["aktivitet"] for row in demo["afholdelser"]}
    assert Counter(activity[row["afholdelse"]] for row in demo["evaluering_laering"]) == LEARNT


def test_the_rating_of_applying_for_funds_rose_as_planned(demo: Activities) -> None:
    rated = [(row["k15_foer"], row["k15_nu"]) for row in demo["evaluering_laering"] if row["afholdelse"] == "H4"]
    assert len(rated) == 14
    assert [f"{sum(side) / 14:.1f}" for side in zip(*rated, strict=True)] == ["2.6", "3.5"]


def test_five_of_seventeen_agreements_are_known_to_be_fulfilled(demo: Activities) -> None:
    states = Counter(row["status"] for row in demo["aftaler"])
    assert states == {"opfyldt": 5, "i gang": 6, "delvist": 2, "opgivet": 1, "ukendt": 3}
    assert "nej" in {row["deling"] for row in demo["aftaler"]}


def test_the_plan_runs_from_january_to_december_and_every_role_has_something_in_it(demo: Activities) -> None:
    held = {row["id"]: row["dato"] for file in ("workshops", "afholdelser") for row in demo[file]}
    days = [day for row in demo["plan"] for day in (row["start"], row["slut"], held.get(row["afholdes"])) if day]
    assert ((min(days).year, min(days).month), (max(days).year, max(days).month)) == ((2022, 1), (2022, 12))
    roles = {role for row in demo["plan"] for role in (row["ansvarlig"], *row["medvirker"])}
    assert roles == {role.key for role in demo.study.roles}


def test_what_is_awkward_in_it_is_told_and_nothing_else() -> None:
    told = all_faults(read_study(DEMO))
    ours = told[told["file"].str.startswith("aktiviteter/")]
    assert ours[["level", "found"]].to_numpy().tolist() == [
        ["advarsel", f"{day}: budgetforhandlinger"] for day in ("24.8.2022", "30.8.2022", "21.9.2022")
    ]
