"""The product is broken on purpose, one protection at a time, and the attack must find it: else it proves nothing."""

from __future__ import annotations

import ast
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attack.fingerprints import believed, fingerprints
from attack.hunt import hunt, told_too_much
from attack.releases import decided
from attack.studies import MadeUp, Person, make_up

from blupkit.disclosure import attack, hiding, primary, release, sent_before


def study_of(folder: Path, *sizes: int, mixed: bool = True, seed: int = 7) -> MadeUp:
    """One group in some municipalities, with answers from the middle of the scale; `min_n` is 5, `varsomhed_n` 10."""
    study = make_up(folder, seed, towns=(len(sizes), len(sizes)))
    study.min_n, study.caution_n, study.groups, study.common = 5, 10, 2, ()
    study.people = [
        Person(f"r{group}{town}-{n}", town, group, _middle(town + 7 * n, group, mixed=mixed or size > 5))
        for town, size in enumerate(sizes)
        for group in study.keys
        for n in range(size)
    ]
    study.made = len(study.people)
    study.invited = {(town, group): size + 9 for town, size in enumerate(sizes) for group in study.keys}
    return study


def _middle(number: int, group: str, *, mixed: bool) -> dict[str, int | None]:
    dice = np.random.default_rng(number)
    rated = dict.fromkeys(["k1_v", "k1_n", "k2_v", "k2_n", f"s1_{group}"], 3)
    given: dict[str, int | None] = {name: int(dice.integers(2, 5)) for name in rated}
    ticks: dict[str, int | None] = {f"form_{n}": int(dice.integers(0, 2)) for n in (1, 2, 3)}
    return {**given, **ticks, "tid": int(dice.integers(1, 4)) if mixed else 2}


def test_means_near_an_end_that_are_told_as_they_are_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven of whom six answered 5 and one 4: a mean of 4.9 says nearly all of it."""
    study = study_of(tmp_path / "s", 7, 30, 30)
    for number, person in enumerate(person for person in study.people if person.town == 0):
        person.answers |= dict.fromkeys(["k1_v", "k1_n", "k2_v", "k2_n"], 5 if number % 7 else 4)
    assert not list(told_too_much(decided(study.write())))
    known_ends = release.known_ends
    for module in (primary, release):
        monkeypatch.setattr(module, "known_ends", lambda *given: known_ends(*given) * np.nan)
    assert list(told_too_much(decided(study.write())))


def test_numbers_that_are_not_hidden_for_the_sake_of_others_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path / "s", 3, 12, 14).write()
    assert not hunt(decided(study))[0]

    def only_the_first(published: Any, fixed: Any, **_: Any) -> Any:
        nothing = attack.Audit(0, np.empty(0, dtype=np.int64), float("inf"), [])
        return hiding.Choice(hiding._closed(published, fixed == 1), nothing, 0)

    monkeypatch.setattr(release, "choose_hidden", only_the_first)
    leaks, _ = hunt(decided(study))
    assert {leak.place for leak in leaks} == {"nordby"}
    assert any(leak.what == "the count 3" for leak in leaks)


def test_differences_of_two_releases_that_nobody_looks_at_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One comes to twelve: thirteen times the new mean less twelve times the old is that one's answer."""
    with_earlier = sent_before.with_earlier
    for broken in (False, True):
        study = study_of(tmp_path / str(broken), 12, 14)
        study.counts_late = True
        if broken:
            monkeypatch.setattr(release, "with_earlier", lambda one, _, *rest: with_earlier(one, [], *rest))
        first = decided(study.write(), send=True)
        study.people.append(Person("ny", 0, "L", _middle(99, "L", mixed=True)))
        leaks, _ = hunt(first, decided(study.write()))
        assert bool(leaks) is broken
        assert broken is any("1 persons between" in leak.what for leak in leaks)


def test_intervals_of_few_from_their_own_answers_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_of(tmp_path / "s", 6, 7, 8, 12, 13).write()
    _own_spread_for_all(monkeypatch)
    tried = fingerprints(decided(study))
    assert len(tried) >= 10
    assert len(believed(tried)) > len(tried) / 4


def _own_spread_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with suppress(ModuleNotFoundError):  # where there is none, every cell's interval is its own already
        spread = import_module("blupkit.survey.measures.spread")
        monkeypatch.setattr(spread, "_may_show_own", lambda frame, *_: frame["n"].notna())


def test_the_attacker_has_nothing_of_the_auditor() -> None:
    """Only the black box calls the decision; what makes the releases that are attacked is no part of the attack."""
    folder, own = Path(__file__).parent, {"black_box", "releases", "conftest"}
    for path in folder.glob("*.py"):
        if path.stem in own or path.stem.startswith("test_"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            bad = [name for name in names if "disclosure" in name or name in ("blupkit.app", "blupkit.survey.release")]
            assert not bad, f"{path.name} imports {bad}"
