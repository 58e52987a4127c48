"""The panel's model: whatever is chosen, and in whatever order, gives a table or one Danish sentence."""

from __future__ import annotations

import ast
import random
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blupkit import activities, app, core, interviews, survey
from blupkit.app.exploring.choice import Choice, RefusedError
from blupkit.app.exploring.explorer import TABS, Explorer, Shown
from blupkit.app.exploring.materials import Materials

DEMO = Path(__file__).parents[3] / "data" / "demo"
#: What no list offers.
NONSENSE: list[Any] = [
    "",
    "aldr",
    "Slagelsse",
    "<b>x</b>",
    "'; import os",
    "æ" * 5000,
    "nan",
    "1",
    None,
    7,
    True,
    {},
    ["x"],
    [""],
]
FIELDS = list(Choice.__dataclass_fields__)
#: `make soak` takes ten thousand sequences, `make test` a sample.
SEQUENCES = 10_000 if settings.default.max_examples >= 1000 else 15
#: How often the line that makes the same is run, and held against what was shown.
RUN_EVERY = 25


@pytest.fixture(scope="module")
def materials() -> Materials:
    return Materials(core.read_study(DEMO))


@pytest.fixture
def explorer(materials: Materials) -> Explorer:
    return Explorer(materials)


def changes(chance: random.Random, explorer: Explorer) -> dict[str, Any]:
    """Choose as somebody does who tries everything: mostly what a list offers, sometimes what none does."""
    if chance.random() < 0.15:
        return {"tab": chance.choice([option.value for option in TABS])}
    if chance.random() < 0.15:
        return {chance.choice([*FIELDS, "farve"]): chance.choice(NONSENSE)}
    controls = explorer.controls()
    if not controls:
        return {"tab": "skema"}
    control = chance.choice(controls)
    if control.kind == "text":
        return {control.name: chance.choice(["tid", "alder", "ansøgning", "puljer", "(", "xyzzy", ""])}
    values = [option.value for option in control.options]
    if control.kind == "checks":
        return {control.name: chance.sample(values, chance.randint(0, len(values)))}
    return {control.name: chance.choice(values)}


def attempt(explorer: Explorer, changed: dict[str, Any]) -> tuple[Shown | None, str]:
    """Choose; gives what is shown, or what was said instead."""
    try:
        return explorer.choose(changed), ""
    except RefusedError as refused:
        return None, str(refused)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    pd.testing.assert_frame_equal(one, other)
    return True


def rerun(call: str, materials: Materials) -> Any:
    names = {"study": materials.study, "responses": materials.responses, "activities": activities, "app": app,
             "core": core, "interviews": interviews, "survey": survey}  # fmt: skip
    return eval(call, names)


@given(st.integers(0, 2**32))
@settings(max_examples=SEQUENCES)
def test_no_sequence_of_choices_ends_in_anything_but_a_table_or_a_danish_sentence(
    materials: Materials, seed: int
) -> None:
    chance, explorer = random.Random(seed), Explorer(materials)
    for _ in range(6):
        before, changed = explorer.choice, changes(chance, explorer)
        shown, refused = attempt(explorer, changed)
        if shown is None:
            assert refused[-1] in ".?", changed
            assert explorer.choice == before
            continue
        assert bool(shown.tables) != bool(shown.said), (explorer.choice, shown)
        for table in shown.tables:
            assert table.title
            ast.parse(table.call, mode="eval")
        if shown.tables and chance.randrange(RUN_EVERY) == 0:
            first, again = shown.tables[0], rerun(shown.call, materials)
            assert same(getattr(again, "survey", again).frame, first.frame)


def test_nothing_is_chosen_before_she_chooses(explorer: Explorer) -> None:
    for tab in TABS:
        explorer.choose({"tab": tab.value})
        for control in explorer.controls():
            if control.kind == "select" and control.name not in ("look", "heard"):
                assert control.value == "", control.name
                assert control.options[0].value == "", control.name
                assert len({option.value for option in control.options}) == len(control.options), control.name


def test_the_first_thing_shown_is_who_has_answered(explorer: Explorer) -> None:
    (table,) = explorer.shown().tables
    assert {"Kommune", "Gruppe"} & set(map(str, [table.frame.columns[0], table.title.split()[0]]))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"question": "aldr"}, "Der er intet spørgsmål, der hedder »aldr«. Mente du »Alder«?"),
        ({"places": ["slagelsse"]}, "Der er ingen kommune, der hedder »slagelsse«. Mente du »Slagelse«?"),
        ({"group": "X"}, "Der er ingen gruppe, der hedder »X«."),
        ({"find": "aldr"}, "Intet spørgsmål passer på »aldr«. Mente du »Alder«?"),
        ({"find": "xyzzy"}, "Intet spørgsmål passer på »xyzzy«. Prøv et andet ord, eller vælg på listen."),
        ({"tab": "ordd"}, "Der er ingen fane, der hedder »ordd«. Mente du »Interview og åbne svar«?"),
        ({"theme": "1"}, "»theme« kan ikke vælges her"),
        ({"question": ["alder"]}, "Valget »question« kan ikke være »['alder']«."),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_and_changes_nothing(
    explorer: Explorer, chosen: dict[str, Any], said: str
) -> None:
    explorer.choose({"question": "tid", "group": "L"})
    before = explorer.choice
    with pytest.raises(RefusedError) as refused:
        explorer.choose(chosen)
    assert str(refused.value).startswith(said)
    assert explorer.choice == before


def test_a_fifth_municipality_is_refused(explorer: Explorer) -> None:
    slugs = [place.slug for place in explorer.materials.study.municipalities]
    explorer.choose({"places": slugs[:4]})
    with pytest.raises(RefusedError, match="Højst fire kommuner"):
        explorer.choose({"places": slugs[:5]})


def test_a_filter_by_another_question_forgets_the_answer_to_the_first(explorer: Explorer) -> None:
    explorer.choose({"question": "tid", "filter": "alder"})
    explorer.choose({"answer": "60-69 år"})
    explorer.choose({"filter": "koen"})
    assert explorer.choice.answer == ""


def test_choices_outlive_a_look_at_another_tab(explorer: Explorer) -> None:
    explorer.choose({"question": "alder", "by": "tid", "group": "L"})
    shown = explorer.shown()
    explorer.choose({"tab": "ord"})
    assert same(explorer.choose({"tab": "skema"}).tables[0].frame, shown.tables[0].frame)


def test_to_begin_again_is_to_choose_nothing_in_any_tab(explorer: Explorer) -> None:
    first = explorer.shown().tables[0].frame
    explorer.choose({"tab": "ord", "theme": "1"})
    explorer.choose({"tab": "skema"})
    explorer.choose({"question": "alder", "by": "tid", "group": "L", "places": ["slagelse"], "filter": "koen"})
    explorer.choose({"answer": "Kvinde"})
    assert same(explorer.begin_again().tables[0].frame, first)
    assert explorer.choice == Choice()
    explorer.choose({"tab": "ord", "words": "tid"})
    assert explorer.begin_again().said
    assert explorer.choice == Choice(tab="ord")


@pytest.mark.parametrize(
    ("chosen", "counts"),
    [
        ({"theme": "1"}, {"who", "direction", "other"}),
        ({"words": "tid"}, {"who"}),
        ({"theme": "1", "heard": "forloeb"}, set()),
        ({"theme": "1", "heard": "hvem"}, set()),
    ],
)
def test_only_what_counts_can_be_chosen(explorer: Explorer, chosen: dict[str, str], counts: set[str]) -> None:
    explorer.choose({"tab": "ord"})
    explorer.choose(chosen)
    assert {control.name for control in explorer.controls()} - {"words", "theme", "heard"} == counts


def test_a_filter_that_leaves_nobody_is_one_sentence(explorer: Explorer) -> None:
    shown = explorer.choose({"question": "b_leder", "filter": "b_funktion", "answer": "Bestyrelsesmedlem"})
    assert told(shown)


def test_a_question_that_a_group_was_not_asked_is_one_sentence(explorer: Explorer) -> None:
    assert told(explorer.choose({"question": "b_leder", "group": "L"}))


def told(shown: Shown) -> bool:
    return not shown.tables and shown.said.count("\n") == 0 and shown.said.endswith((".", "?"))


@pytest.mark.parametrize("without", ["survey", "interviews"])
def test_a_study_that_lacks_a_material_says_so_in_its_tab(without: str) -> None:
    study = core.read_study(DEMO).model_copy(update={without: None})
    explorer = Explorer(Materials(study))
    for tab in TABS:
        shown = explorer.choose({"tab": tab.value})
        assert bool(shown.tables) != bool(shown.said)
        for control in explorer.controls():
            assert control.kind != "select" or control.options
    if without == "survey":
        assert told(explorer.choose({"tab": "skema"}))
        assert told(explorer.choose({"tab": "sammen"}))
        assert explorer.choose({"tab": "ord", "theme": "1"}).tables
    else:
        assert explorer.choose({"tab": "ord", "words": "tid"}).tables
        assert explorer.choose({"tab": "sammen", "dimension": "D1"}).tables


def test_answers_that_cannot_be_read_are_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("generator"))
    (folder / "spoergeskema" / "dataset.csv").unlink()
    explorer = Explorer(Materials(core.read_study(folder)))
    assert told(explorer.shown())
    assert explorer.shown().said.startswith("spoergeskema/dataset.csv: Ingen fil.")
    assert explorer.controls() == []
    assert explorer.choose({"tab": "ord", "theme": "1"}).tables
