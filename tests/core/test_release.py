"""A whole release: nothing hidden can be worked out from everything that is shown, in this release or over time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from blupkit.core import (
    MEASURE_COLUMNS,
    Cell,
    Draft,
    Release,
    Study,
    Sum,
    read_release,
    read_sent,
    read_study,
    suppress,
    write_basis,
    write_release,
)
from blupkit.core.study import Group, Municipality

GROUPS = ["L", "P", "A", "X"]
Answers = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def demo() -> Study:
    return read_study(Path(__file__).parents[2] / "data" / "demo")


def made_up(demo: Study, towns: int, groups: int) -> Study:
    return demo.model_copy(
        update={
            "municipalities": tuple(
                Municipality(kode=n, navn=f"By {n} Kommune", kort_navn=f"By {n}") for n in range(towns)
            ),
            "groups": tuple(Group(noegle=key, navn=f"gruppe {key}", ental=key) for key in GROUPS[:groups]),
        }
    )


def people(answers: dict[tuple[str, str], Answers]) -> pd.DataFrame:
    """How many there are: respondents × items for each municipality and group, totals added."""
    return rows(
        (place, group, "svar", "Svar", len(part), np.full(len(part), len(part)), 0, np.inf)
        for place, group, part in all_of(answers)
    )


def all_of(answers: dict[tuple[str, str], Answers]) -> list[tuple[str, str, Answers]]:
    groups = list(dict.fromkeys(group for _, group in answers))
    own = [(place, group, part) for (place, group), part in answers.items()]
    return own + [
        ("alle", group, np.vstack([part for (_, key), part in answers.items() if key == group])) for group in groups
    ]


def rows(lines: object) -> pd.DataFrame:
    return pd.DataFrame(
        [
            (place, group, item, item, measure, value.mean() if len(value) else np.nan, np.nan, np.nan, n, low, high)
            for place, group, item, measure, n, value, low, high in lines  # type: ignore[attr-defined]
        ],
        columns=MEASURE_COLUMNS,
    )  # fmt: skip


def means(answers: dict[tuple[str, str], Answers]) -> pd.DataFrame:
    """The mean of each item on a scale from 1 to 5; a zero is an answer that is missing."""
    return rows(
        (place, group, f"k{item}", "Niveau", int((part[:, item] > 0).sum()), part[part[:, item] > 0, item], 1, 5)
        for place, group, part in all_of(answers)
        for item in range(part.shape[1])
    )


def shares(answers: dict[tuple[str, str], Answers]) -> pd.DataFrame:
    """The shares who gave the first item 4 or more, and 3 or less: two answers to one question."""
    return rows(
        (place, group, "valg", measure, int((part[:, 0] > 0).sum()), 100.0 * hit[part[:, 0] > 0], 0, 100)
        for place, group, part in all_of(answers)
        for measure, hit in (("høj", part[:, 0] >= 4), ("lav", part[:, 0] <= 3))
    ).assign(distribution=True)


def draft(answers: dict[tuple[str, str], Answers]) -> Draft:
    return Draft(
        {"svar": people(answers).assign(additive=False), "niveau": means(answers), "valg": shares(answers)}, "svar"
    )


@st.composite
def studies(draw: st.DrawFn) -> tuple[int, int, dict[tuple[str, str], Answers]]:
    """2-12 municipalities, 2-4 groups, 1-40 items, with empty and equal cells, and missing answers."""
    towns, groups, items = draw(st.integers(2, 12)), draw(st.integers(2, 4)), draw(st.sampled_from([1, 1, 2, 3, 5, 40]))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 8, 8, 9, 10, 12, 20, 35])
    tilt = draw(st.sampled_from([(0.2, 0.2, 0.2, 0.2, 0.2), (0, 0, 0, 0, 1), (0.02, 0.02, 0.06, 0.2, 0.7)]))
    missing = draw(st.sampled_from([0.0, 0.1, 0.4]))
    answers = {}
    for town in range(towns):
        for group in GROUPS[:groups]:
            part = random.choice([1, 2, 3, 4, 5], size=(draw(sizes), items), p=tilt).astype(float)
            answers[f"by-{town}", group] = np.where(random.random(part.shape) < missing, 0, part)
    return towns, groups, answers


def attack(answers: dict[tuple[str, str], Answers], release: Release, group: str, item: int) -> list[str]:
    """Work out one item's hidden counts and sums of one group from the published tables, and say what is too narrow.

    Written for this test alone, with one program a number: unknown n and sum of each municipality and the total,
    n <= people, n <= sum <= 5 n, and both add up.
    """
    table = release["niveau"].frame
    table = table[(table["group"] == group) & (table["item"] == f"k{item}")].set_index("municipality")
    crowd = release["svar"].frame
    crowd = crowd[crowd["group"] == group].set_index("municipality")
    places = list(table.index)
    truth = {place: part[:, item] for place, key, part in all_of(answers) if key == group}
    size = len(places)
    bounds: list[tuple[float, float | None]] = [(0, None)] * (3 * size)
    for at, place in enumerate(places):
        if len(truth[place]) == 0:
            bounds[at] = bounds[size + at] = bounds[2 * size + at] = (0, 0)
        if table.loc[place, "status"] != "skjult":
            n = int(table.loc[place, "n"])
            total = n * float(table.loc[place, "value"])
            bounds[at], bounds[size + at] = (n, n), (total - 1e-7, total + 1e-7)
        if crowd.loc[place, "status"] != "skjult":
            bounds[2 * size + at] = (int(crowd.loc[place, "n"]),) * 2
    equal, below = [], []
    for shift in (0, size, 2 * size):
        line = np.zeros(3 * size)
        line[shift : shift + size] = [-1.0 if place == "alle" else 1.0 for place in places]
        equal.append(line)
    for at in range(size):
        for more, less in ((size + at, (at, 1.0)), ((at, 5.0), size + at), ((2 * size + at, 1.0), at)):
            line = np.zeros(3 * size)
            for part, sign in ((more, -1.0), (less, 1.0)):
                place, factor = part if isinstance(part, tuple) else (part, 1.0)
                line[place] += sign * factor
            below.append(line)
    leaks = []
    for at, place in enumerate(places):
        given_n = truth[place][truth[place] > 0]
        if table.loc[place, "status"] == "skjult" and len(truth[place]) and 0 < len(given_n) < 5:
            for what, column in (("antal", at), ("sum", size + at)):
                ends = []
                for sign in (1, -1):
                    goal = np.zeros(3 * size)
                    goal[column] = sign
                    found = linprog(goal, np.array(below), np.zeros(len(below)), np.array(equal), np.zeros(3), bounds)
                    ends.append(sign * found.fun if found.status == 0 else -sign * np.inf)
                if ends[1] - ends[0] < 5 - 1e-4:
                    leaks.append(f"{what} i {place}: {ends}")
    return leaks


LOOSE = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)


@LOOSE
@given(studies())
def test_nothing_hidden_can_be_worked_out(demo: Study, made: tuple[int, int, dict[tuple[str, str], Answers]]) -> None:
    towns, groups, answers = made
    release = suppress(draft(answers), made_up(demo, towns, groups))
    assert release.passed
    for table in release.tables.values():
        assert (table.shown["n"].astype(int) >= 5).all()
    items = next(iter(answers.values())).shape[1]
    for group in GROUPS[:groups]:
        for item in {0, items - 1}:
            assert attack(answers, release, group, item) == []


@LOOSE
@given(studies(), st.randoms())
def test_the_same_answers_give_the_same_pattern_in_any_order(
    demo: Study, made: tuple[int, int, dict[tuple[str, str], Answers]], random: object
) -> None:
    towns, groups, answers = made
    study = made_up(demo, towns, groups)
    first = suppress(draft(answers), study)
    order = list(answers)
    random.shuffle(order)  # type: ignore[attr-defined]
    whole = draft({key: answers[key][::-1] for key in order})
    again = suppress(Draft({name: whole.tables[name] for name in reversed(whole.tables)}, "svar"), study)
    pd.testing.assert_frame_equal(first.decisions, again.decisions)
