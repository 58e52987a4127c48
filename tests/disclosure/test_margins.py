"""Tables over places, over groups and over both hang together: what one hides, the others must not tell."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy.optimize import linprog

from blupkit.core import ALL, DisclosureError, Study, example_study
from blupkit.core.study import Group, Municipality
from blupkit.disclosure import Draft, MeasureRow, Release, measure_table, read_sent, suppress, write_basis

Answers = dict[tuple[str, str], npt.NDArray[np.int64]]
GROUPS = ("L", "P", "A")


def study_of(towns: int) -> Study:
    return example_study().model_copy(
        update={
            "municipalities": tuple(Municipality(code=n, name=f"By {n}", short=f"By {n}") for n in range(towns)),
            "groups": tuple(Group(key=key, name=f"gruppe {key}", singular=key) for key in GROUPS),
        }
    )


def table(answers: Answers, places: list[str], groups: list[str]) -> pd.DataFrame:
    """The mean on a scale from 1 to 5 for each place and group; "alle" is all of them."""
    return measure_table(
        MeasureRow(place, group, "w", "Udbytte", "Gennemsnit", mean(given), n=len(given), lowest=1, highest=5)
        for place, group in itertools.product(places, groups)
        for given in [answers_of(answers, place, group)]
    )


def answers_of(answers: Answers, place: str, group: str) -> npt.NDArray[np.int64]:
    parts = [part for (where, who), part in answers.items() if place in {where, ALL} and group in {who, ALL}]
    return np.concatenate(parts)


def mean(given: npt.NDArray[np.int64]) -> float:
    return float(given.mean()) if len(given) else np.nan


def two_margins(answers: Answers, **how: object) -> Draft:
    """Everybody in each place, and each group in all of them; what is inside is never shown."""
    places = [*dict.fromkeys(place for place, _ in answers), ALL]
    tables = {"alle": table(answers, places, [ALL]), "grupper": table(answers, places, list(GROUPS))}
    return Draft(tables, margins={"alle": "grupper"}, totals_only={"grupper"}, **how)  # type: ignore[arg-type]


def widths(answers: Answers, releases: list[Release]) -> dict[tuple[str, str], tuple[float, float]]:
    """Work out how far each inner count and sum can lie apart: a program of this test's own, over what is shown.

    Unknown: how many there are in each place and group, and what they add up to. Known: what is shown, the scale, and
    where nobody is.
    """
    inner = list(answers)
    size = len(inner)
    rows, known = [], []
    for row in itertools.chain.from_iterable(
        part.shown.itertuples() for one in releases for part in one.tables.values()
    ):
        of = [float(row.municipality in {place, ALL} and row.group in {group, ALL}) for place, group in inner]
        rows += [[*of, *[0.0] * size], [*[0.0] * size, *of]]
        known += [float(row.n), float(row.n) * float(row.value)]
    one = np.eye(size)
    below = np.block([[one, -one], [-5 * one, one]])
    empty = [(0, 0) if not len(answers[cell]) else (0, 10_000) for cell in inner]

    def width(column: int) -> float:
        ends = [
            linprog(sign * np.eye(2 * size)[column], below, np.zeros(2 * size), rows, known, [*empty, *empty]).fun
            for sign in (1, -1)
        ]
        return -float(ends[0] + ends[1])

    return {cell: (width(place), width(size + place)) for place, cell in enumerate(inner) if len(answers[cell])}


@pytest.mark.parametrize("seed", range(12))
def test_no_group_in_a_place_can_be_worked_out_of_the_margins(seed: int) -> None:
    random = np.random.default_rng(seed)
    study = study_of(int(random.integers(2, 6)))
    answers = {
        (municipality.slug, group): random.integers(1, 6, random.choice([0, 0, 1, 2, 3, 4, 6, 9, 14]))
        for municipality in study.municipalities
        for group in GROUPS
    }
    release = suppress(two_margins(answers), study)
    assert release.passed
    assert set(release["grupper"].frame["municipality"]) == {ALL}
    for cell, (count, total) in widths(answers, [release]).items():
        if len(answers[cell]) < study.thresholds.min_n:
            assert min(count, total) >= study.thresholds.min_n - 1e-6, (cell, count, total)


def test_a_session_for_one_group_alone_does_not_tell_of_its_few_others() -> None:
    study = study_of(2)
    sessions = {"s1": (17, 0, 2), "s2": (18, 2, 3), "s3": (9, 0, 5), "s4": (0, 9, 0), "s5": (11, 0, 4)}
    random = np.random.default_rng(2)
    answers = {
        (session, group): random.integers(2, 6, size)
        for session, sizes in sessions.items()
        for group, size in zip(GROUPS, sizes, strict=True)
    }
    places = tuple(sessions)
    release = suppress(two_margins(answers, places={"alle": places, "grupper": places}), study)
    # Of eleven politicians nine were alone in s4: shown beside each other, the two elsewhere would be told exactly.
    shown = {(row.municipality, row.group) for part in release.tables.values() for row in part.shown.itertuples()}
    assert release.passed
    assert not {("s4", ALL), (ALL, "P")} <= shown
    assert min(widths(answers, [release])["s2", "P"]) >= study.thresholds.min_n - 1e-6


def test_all_rows_and_a_margin_of_them_are_one_system() -> None:
    study = study_of(3)
    random = np.random.default_rng(3)
    answers = {
        (municipality.slug, group): random.integers(1, 6, size)
        for municipality in study.municipalities
        for group, size in zip(GROUPS, (12, 3, 8), strict=True)
    }
    draft = two_margins(answers)
    release = suppress(Draft(draft.tables, margins=draft.margins), study)
    assert release.passed
    for place in study.municipalities:
        assert min(widths(answers, [release])[place.slug, "P"]) >= study.thresholds.min_n - 1e-6


def test_rows_for_all_beside_rows_for_each_group_are_refused_where_nobody_declared_them() -> None:
    study = study_of(2)
    answers = {(place.slug, group): np.full(8, 3) for place in study.municipalities for group in GROUPS}
    tables = two_margins(answers).tables
    with pytest.raises(DisclosureError, match=r"»Udbytte« .* for alle grupper i »alle« og for hver gruppe i »grupper«"):
        suppress(Draft(tables), study)
    with pytest.raises(DisclosureError, match=r"i »grupper« og for hver gruppe i »grupper«"):
        suppress(Draft({"grupper": pd.concat(list(tables.values()), ignore_index=True)}), study)


def test_a_margin_that_is_not_the_sum_of_its_groups_is_refused() -> None:
    study = study_of(2)
    answers = {(place.slug, group): np.full(8, 3) for place in study.municipalities for group in GROUPS}
    draft = two_margins(answers)
    # One more in a town and in all of them, who is in no group; the towns still add up.
    wrong = draft.tables["alle"].assign(n=lambda rows: rows["n"] + rows["municipality"].isin(["by-0", ALL]))
    with pytest.raises(DisclosureError, match="ikke er summen af grupperne"):
        suppress(Draft({**draft.tables, "alle": wrong}, margins=draft.margins), study)


def test_margins_are_kept_with_what_was_sent(tmp_path: Path) -> None:
    study = study_of(2)
    answers = {(place.slug, group): np.full(8, 3) for place in study.municipalities for group in GROUPS}
    draft = two_margins(answers)
    release = suppress(draft, study)
    write_basis(draft, release, study, tmp_path / "sendt.json")
    again = suppress(draft, study, [read_sent(tmp_path / "sendt.json")])
    pd.testing.assert_frame_equal(again.decisions, release.decisions)


def test_persons_count_once_however_many_choices_there_are() -> None:
    study = study_of(3)
    chosen = {"by-0": [2] * 4, "by-1": [2] * 4, "by-2": [0, 1, 2, 3] * 3}
    everybody = {**chosen, ALL: [*chosen["by-0"], *chosen["by-1"], *chosen["by-2"]]}
    shares = measure_table(
        MeasureRow(place, "L", "valg", f"svar {choice}", "Andel", share, n=len(made), lowest=0, highest=100)
        for place, made in everybody.items()
        for choice in range(4)
        for share in [100.0 * float(np.mean(np.asarray(made) == choice))]
    )
    release = suppress(Draft({"valg": shares.assign(distribution=True)}), study)
    shown = set(release["valg"].shown["municipality"])
    # Eight persons in two towns all chose the third. They are not ten, though there are four choices: "alle" minus the
    # town that may be shown would say what they chose.
    assert release.passed
    assert not {"by-2", ALL} <= shown
