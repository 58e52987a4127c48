"""The attack on evaluations: what all partners together can work out of what is told, of one release or of several.

Written from the outside. The attacker holds everybody's pages, knows how many of each group came to each workshop and
session, how many of them handed a form in and answered each question, and, between two releases, how many forms came
and were taken back or corrected. Unknown is what was answered: for each place and group the sum of it, as the distance
from the lowest end of the scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linprog

TOTAL = "alle"
#: From so many on a study may tell that nobody, or everybody, of those who are hidden together gave an answer.
CAUTION = 10
_SAME = 1e-6
#: Table → question → what its numbers are called.
Asked = Mapping[str, Mapping[str, Sequence[str]]]
MEASURES: Asked = {
    "evaluering_workshop": {"w1": ["Gennemsnit"], "w10": ["Valgte 9 eller 10"]},
    "evaluering_laering": {"u1": ["Gennemsnit"], "k1": ["Før", "Nu"]},
}
Forms = Mapping[tuple[str, str], Sequence[Mapping[str, object]]]


class Edition(NamedTuple):
    """One release: what is told (its tables by their names), and the forms that it counts."""

    release: Any
    forms: Mapping[str, Forms]


class Leak(NamedTuple):
    """What was worked out more narrowly than it may be."""

    what: str
    width: float
    need: float


def given(question: str, measure: str, form: Mapping[str, object]) -> float | None:
    """What one form gives: the distance from the lowest end, or whether it is among those counted."""
    if f"{question}_foer" in form:
        both = [form[f"{question}_foer"], form[f"{question}_nu"]]
        return None if "" in both or None in both else float(both[measure == "Nu"]) - 1  # type: ignore[arg-type]
    answer = form.get(question)
    if answer in ("", None) or (question != "w10" and answer == 8):
        return None
    return float(answer in (9, 10)) if question == "w10" else float(answer) - 1  # type: ignore[arg-type]


class _Program:
    """Unknown numbers, each between two ends, and sums of them that are known."""

    def __init__(self) -> None:
        self.ends: list[tuple[float, float]] = []
        self.rows: list[dict[int, float]] = []
        self.known: list[tuple[float, float]] = []

    def unknown(self, most: float) -> int:
        self.ends.append((0.0, most))
        return len(self.ends) - 1

    def left_by_one(self, form: Mapping[int, float]) -> float:
        """Say how wide a sum is left by any one number that is told of it and others.

        Each of those may be told by itself: that nearly everybody in a place gave the highest answer limits each of
        them. It is several together, a place's and a group's, or before and now, that may not tell more.
        """
        # Where nobody answered there is nothing to know: a group that came to one place is its answers there.
        form = {column: factor for column, factor in form.items() if self.ends[column][1] > self.ends[column][0]}
        low, high = self._ends(form)
        left = high - low
        for row, (least, most) in zip(self.rows, self.known, strict=True):
            if all(row.get(column) == factor for column, factor in form.items()):
                below, above = self._ends({column: factor for column, factor in row.items() if column not in form})
                left = min(left, min(high, most - below) - max(low, least - above))
        return left

    def _ends(self, form: Mapping[int, float]) -> tuple[float, float]:
        each = [sorted(factor * end for end in self.ends[column]) for column, factor in form.items()]
        return sum(low for low, _ in each), sum(high for _, high in each)

    def width(self, form: Mapping[int, float]) -> float:
        matrix = np.zeros((len(self.rows), len(self.ends)))
        for at, row in enumerate(self.rows):
            for column, factor in row.items():
                matrix[at, column] += factor
        below = np.vstack([matrix, -matrix]) if self.rows else None
        limit = np.array([*(high for _, high in self.known), *(-low for low, _ in self.known)]) if self.rows else None
        cost = np.zeros(len(self.ends))
        for column, factor in form.items():
            cost[column] += factor
        ends = [linprog(sign * cost, below, limit, bounds=self.ends, method="highs") for sign in (1, -1)]
        assert all(one.success for one in ends), "what is told does not fit what is true"
        return -float(ends[0].fun + ends[1].fun)


def attack(editions: Sequence[Edition], min_n: int, asked: Asked = MEASURES) -> tuple[list[Leak], int]:
    """Attack all that may not be known; give what was found, and how much was tried."""
    leaks, tried = [], 0
    for table, questions in asked.items():
        for question, measures in questions.items():
            for measure in measures:
                found, number = _attack(editions, table, question, measure, min_n)
                leaks += found
                tried += number
    return leaks, tried


def _answers(edition: Edition, table: str, question: str, measure: str) -> dict[tuple[str, str], list[float]]:
    return {
        (place.lower(), group): [said for form in forms if (said := given(question, measure, form)) is not None]
        for (place, group), forms in edition.forms.get(table, {}).items()
    }


def _attack(editions: Sequence[Edition], table: str, question: str, measure: str, min_n: int) -> tuple[list[Leak], int]:
    share, span = question == "w10", 1.0 if question == "w10" else 4.0
    program = _Program()
    targets: list[tuple[str, dict[int, float], float]] = []
    before: dict[tuple[str, str], tuple[list[str], dict[int, float]]] = {}
    for number, edition in enumerate(editions):
        said = _answers(edition, table, question, measure)
        sums: dict[tuple[str, str], dict[int, float]] = {}
        now: dict[tuple[str, str], tuple[list[str], dict[int, float]]] = {}
        alike = _alike(edition, table, question, measure, said, span)
        for key, values in said.items():
            forms = [str(sorted(form.items())) for form in edition.forms[table][_named(edition, table, key)]
                     if given(question, measure, form) is not None]  # fmt: skip
            then, old = before.get(key, ([], {}))
            sums[key], changes = _grown(program, Counter(then), Counter(forms), old, span)
            now[key] = forms, sums[key]
            if 0 < len(values) < min_n and key not in alike:
                need = 1.0 if share else min(min_n, span * len(values))
                targets.append((f"{number} {key} {question}", sums[key], need))
            if then and changes and (persons := max(changes[0], changes[1])) < min_n:
                need = 1.0 if share else min(min_n, span * (changes[0] + changes[1]))
                targets.append((f"{number} {key} {question}: change of {persons}", changes[2], need))
        before = now
        _tell(program, edition, table, question, measure, sums, said)
        open_ = {key: some for key, some in said.items() if key not in alike}
        targets += list(_hidden_margins(number, edition, table, question, measure, sums, said, min_n, open_))
    leaks = []
    for what, form, need in targets:
        width, need = program.width(form), min(need, program.left_by_one(form))
        if width < need - 2 * _SAME:
            leaks.append(Leak(f"{table} {measure} {what}", round(width, 3), need))
    return leaks, len(targets)


def _alike(
    edition: Edition, table: str, question: str, measure: str, said: Mapping[tuple[str, str], list[float]], span: float
) -> set[tuple[str, str]]:
    """Give where all who are hidden beneath a total that is told gave the same answer, that at an end of the scale.

    Of many together that may be told.
    """
    told = [row for row in _rows(edition, table, question, measure) if row["status"] in ("vist", "få")]
    places = {row["place"] for row in told if row["group"] == TOTAL} - {TOTAL}
    found: set[tuple[str, str]] = set()
    for row in told:
        if row["place"] == TOTAL:
            hidden = [key for key in said if key[0] not in places and row["group"] in (key[1], TOTAL)]
            answers = [answer for key in hidden for answer in said[key]]
            if len(answers) >= CAUTION and set(answers) in ({0.0}, {span}):
                found |= set(hidden)
    return found


def _named(edition: Edition, table: str, key: tuple[str, str]) -> tuple[str, str]:
    return next(name for name in edition.forms[table] if (name[0].lower(), name[1]) == key)


def _grown(
    program: _Program, then: Counter[str], now: Counter[str], old: dict[int, float], span: float
) -> tuple[dict[int, float], tuple[int, int, dict[int, float]] | None]:
    """Write a cell's sum as it was, less what is gone, and what has come; nothing is known of either but how many."""
    came, gone = (now - then).total(), (then - now).total()
    if not then:
        return {program.unknown(span * now.total()): 1.0}, None
    change: dict[int, float] = {}
    if came:
        change[program.unknown(span * came)] = 1.0
    if gone:
        left = program.unknown(span * gone)
        change[left] = -1.0
        # What is left of those who were there lies on the scale too.
        program.rows.append({**old, left: -1.0})
        program.known.append((0.0, span * (then.total() - gone)))
    return {**old, **change}, (came, gone, change) if change else None


def _tell(
    program: _Program, edition: Edition, table: str, question: str, measure: str,
    sums: Mapping[tuple[str, str], dict[int, float]], said: Mapping[tuple[str, str], list[float]],
) -> None:  # fmt: skip
    for row in _rows(edition, table, question, measure):
        inside = [key for key in sums if row["place"] in (key[0], TOTAL) and row["group"] in (key[1], TOTAL)]
        form: dict[int, float] = {}
        for key in inside:
            for column, factor in sums[key].items():
                form[column] = form.get(column, 0.0) + factor
        n = sum(len(said[key]) for key in inside)
        assert row["status"] not in ("vist", "få") or row["n"] == n, "it is told of other forms than those that count"
        if form and np.isfinite((ends := _told_sum(row, n, question))[1]):
            program.rows.append(form)
            program.known.append(ends)


def _told_sum(row: Mapping[str, Any], n: int, question: str) -> tuple[float, float]:
    """Give between which ends a sum is told to lie."""
    if row["status"] in ("vist", "få"):
        value = (row["value"] * n / 100 if question == "w10" else (row["value"] - 1) * n) if n else 0.0
        rounded = row.get("half", 0.0) * n + _SAME  # a page prints fewer decimals than were decided on
        return value - rounded, value + rounded
    if row["status"] == "groft":
        middle = (row["bound"] - 1) * n
        return (middle, 4.0 * n) if row["bound"] > 3 else (0.0, middle)
    return 0.0, np.inf


def _rows(edition: Edition, table: str, question: str, measure: str) -> Iterator[dict[str, Any]]:
    if table not in edition.release.tables:
        return
    frame = edition.release[table].frame
    frame = frame[(frame["item"] == question) & (frame["measure"] == measure)]
    places = frame["activity"] if "activity" in frame else frame["municipality"]
    for place, row in zip(places, frame.to_dict("records"), strict=True):
        yield {**row, "place": place.lower()}


def _hidden_margins(
    number: int, edition: Edition, table: str, question: str, measure: str,
    sums: Mapping[tuple[str, str], dict[int, float]], said: Mapping[tuple[str, str], list[float]], min_n: int,
    open_: Mapping[tuple[str, str], list[float]],
) -> Iterator[tuple[str, dict[int, float], float]]:  # fmt: skip
    """What few answered in a place or a group, all together, may not be known either."""
    share, span = question == "w10", 4.0
    told = {
        (row["place"], row["group"]) for row in _rows(edition, table, question, measure) if row["status"] != "skjult"
    }
    places, groups = {place for place, _ in sums}, {group for _, group in sums}
    for margin in [*((place, TOTAL) for place in places), *((TOTAL, group) for group in groups)]:
        inside = [key for key in sums if margin[0] in (key[0], TOTAL) and margin[1] in (key[1], TOTAL)]
        n = sum(len(said[key]) for key in inside)
        if not 0 < n < min_n or not any(open_.get(key) for key in inside):
            continue
        assert margin not in told, f"{margin} of {n} answers is told"
        form: dict[int, float] = {}
        for key in inside:
            for column, factor in sums[key].items():
                form[column] = form.get(column, 0.0) + factor
        yield (
            f"{number} {margin} {question}",
            form,
            1.0 if share else min(min_n, span * n),
        )
