"""Which cells are hidden tells nothing: every set of answers that the pages allow is tried on the open decision."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pytest

from blupkit.core import ALL, Study, example_study
from blupkit.core.study import Group, Municipality
from blupkit.disclosure import Draft, MeasureRow, Release, hiding, measure_table, suppress

#: How many made-up studies are searched; `make soak` searches more.
STUDIES = int(os.environ.get("BLUPKIT_PATTERNS", "16"))


#: What each number is at most: so many times another.
OF = {"answers": "people", "above": "answers", "voted": "people", "chose": "voted"}
LENGTH = {"answers": 1, "above": 4, "voted": 1, "chose": 1}


class Part(NamedTuple):
    """One place's people, how many of them answered, the sum of the answers above 1 (of 1 to 5), and how many chose.

    The choice is a question of its own: who answered the one need not have answered the other (`voted`).
    """

    people: int
    answers: int
    above: int
    chose: int = 0
    voted: int = 0

    @property
    def added(self) -> int:
        """The answers added up, from 1 to 5 each."""
        return self.answers + self.above

    @property
    def possible(self) -> bool:
        level = 0 <= self.answers <= self.people and 0 <= self.above <= 4 * self.answers
        return level and 0 <= self.chose <= self.voted <= self.people


Town = Mapping[str, Part]
#: A number of answers and a value, a bound alone, or nothing.
Told = dict[tuple[str, str, str], tuple[int, float] | float | None]


class Made(NamedTuple):
    """A made-up study of one group: its answers, which tables it has, and what is declared."""

    town: Town
    study: Study
    sizes: Mapping[str, int]
    tables: frozenset[str]


def study_of(towns: int, groups: int, min_n: int) -> Study:
    study = example_study()
    limits = study.thresholds.model_copy(update={"min_n": min_n, "caution_n": max(10, min_n)})
    return study.model_copy(
        update={
            "municipalities": tuple(Municipality(code=n, name=f"By {n}", short=f"By {n}") for n in range(towns)),
            "groups": tuple(Group(key=f"g{n}", name=f"gruppe {n}", singular="en") for n in range(groups)),
            "thresholds": limits,
        }
    )


def draft(towns: list[Town], made: Made) -> Draft:
    """Each in a group of its own: what stands in no equation together is decided apart."""
    people, means, shares = [], [], []
    for group, town in enumerate(towns):
        total = Part(*np.sum([*town.values()], axis=0).tolist())
        for place, part in {**town, ALL: total}.items():
            some = part.answers or np.nan
            where, n = (place, f"g{group}"), part.answers
            people.append(
                MeasureRow(*where, "svar", "Svar", "Antal", part.people, n=part.people, lowest=0, highest=np.inf)
            )
            means.append(MeasureRow(*where, "w", "Udbytte", "Gns", 1 + part.above / some, n=n, lowest=1, highest=5))
            for label, many in (("ja", part.chose), ("nej", part.voted - part.chose)):
                share = 100 * many / (part.voted or np.nan)
                shares.append(MeasureRow(*where, "v", label, label, share, n=part.voted, lowest=0, highest=100))
    tables = {"svar": measure_table(people).assign(additive=False), "niveau": measure_table(means)}
    tables["valg"] = measure_table(shares).assign(distribution=True)
    sizes = {(place, f"g{group}"): size for group in range(len(towns)) for place, size in made.sizes.items()}
    chosen = {name: table for name, table in tables.items() if name in made.tables}
    return Draft(chosen, "svar" if "svar" in chosen else None, sizes=sizes)


def decide(towns: list[Town], made: Made) -> list[Told]:
    """What each shows: by table, place and line the number of answers and the value, a bound, or None."""
    release = suppress(draft(towns, made), study_of(len(made.study.municipalities), len(towns), min_n(made)))
    assert release.passed
    told: list[Told] = [{} for _ in towns]
    for name, table in release.tables.items():
        for row in table.frame.itertuples():
            value = None if row.status == "skjult" else row.bound
            if row.status not in ("skjult", "groft"):
                value = (int(row.n), round(float(row.value), 9))
            told[int(row.group[1:])][name, row.municipality, row.measure] = value
    return told


def min_n(made: Made) -> int:
    return made.study.thresholds.min_n


def vector(
    random: np.random.Generator, truth: list[int], least: list[int], most: list[int], total: int | None, few: int
) -> list[int]:
    """Draw one number for each, within its ends, that add up to a total where there is one."""
    # In a corner all others have as few as can be.
    corner = random.random() < 0.3
    drawn = [
        low if corner else int(random.choice([true, low, high, few, few + 1, random.integers(low, max(low, high) + 1)]))
        for true, low, high in zip(truth, least, most, strict=True)
    ]
    drawn = [min(max(number, low), high) for number, low, high in zip(drawn, least, most, strict=True)]
    for at in random.permutation(len(drawn)) if total is not None else ():
        drawn[at] = int(np.clip(drawn[at] + total - sum(drawn), least[at], max(least[at], most[at])))
    return drawn


def candidate(
    random: np.random.Generator, town: Town, made: Made, told: Told, wanted: tuple[str, str, int]
) -> Town | None:
    """Draw answers that show what is shown, some of them as in a town, with a wanted number in a place."""
    shown = {(name, place) for (name, place, _), value in told.items() if isinstance(value, tuple)}
    often = random.choice([0.3, 0.8])
    moving = [wanted[0], *(place for place in town if place != wanted[0] and random.random() < often)]
    parts = {place: part._asdict() for place, part in town.items()}
    ends = {"people": 1}
    counted = "svar" if "svar" in made.tables else "niveau"
    of_tables = {"answers": "niveau", "above": "niveau", "voted": "valg", "chose": "valg"}
    for what, table in {"people": counted, **of_tables}.items():
        if table not in made.tables:
            continue
        if what == "answers" and counted == "niveau":
            for part in parts.values():
                part["answers"] = part["people"]
            continue
        free = [place for place in moving if town[place].people and (table, place) not in shown]
        truth = [getattr(town[place], what) for place in free]
        ceiling = sum(truth) if (table, ALL) in shown else sum(truth) + 2 * min_n(made)
        most = [ceiling if what == "people" else LENGTH[what] * parts[place][OF[what]] for place in free]
        least = [min(ends.get(what, 0), high) for high in most]
        if what == wanted[1] and wanted[0] in free:
            at = free.index(wanted[0])
            least[at] = most[at] = wanted[2]
        elif what == "people" and wanted[1] in ("answers", "voted") and wanted[0] in free:
            at = free.index(wanted[0])
            least[at] = min(max(1, wanted[2]), most[at])
        total = sum(truth) if (table, ALL) in shown or random.random() < 0.5 else None
        if total and (table, ALL) not in shown:
            total += int(random.integers(-2, min_n(made) + 1))
        for place, number in zip(free, vector(random, truth, least, most, total, min_n(made) - 1), strict=True):
            parts[place][what] = number
        if total is not None and sum(parts[place][what] for place in free) != total:
            return None
    found = {place: Part(**part) for place, part in parts.items()}
    return found if all(part.possible for part in found.values()) else None


def values(made: Made, told: Told, place: str, what: str) -> Iterator[int]:
    """Numbers that would leave a secret wide enough, the furthest last, then those nearer by."""
    true = getattr(made.town[place], what)
    most = sum(part.above if what == "above" else part.people for part in made.town.values())
    beyond = [true + min_n(made), most, most - 1, most - 2, most - 3, 3 * most // 4, most // 2]
    # With one of each in all others that are hidden there is most left, and a little less with a few more.
    table = "valg" if what == "voted" else "svar" if what == "people" and "svar" in made.tables else "niveau"
    shown = {name for (of, name, _), value in told.items() if of == table and isinstance(value, tuple)}
    others = [part for name, part in made.town.items() if name != place and name not in shown and part.people]
    left = sum(part.above if what == "above" else part.people for part in [made.town[place], *others])
    beyond += [left - len(others) - more for more in range(min_n(made))]
    yield from dict.fromkeys(value for value in beyond if value > true)
    yield from range(int(what == "people"), true)
    yield from range(true + min_n(made) - 1, true, -1)


def narrowed(made: Made, seed: int, rounds: int = 6) -> list[tuple[str, str, int, int, int]]:
    """Give each hidden small number that candidates with the very same pages leave narrower than `min_n`."""
    random = np.random.default_rng(seed)
    (told,) = decide([made.town], made)
    some = [place for place, part in made.town.items() if part.people]
    counted = "svar" if "svar" in made.tables else "niveau"
    kinds = ("people", "answers", "added") if counted == "svar" else ("people", "added")
    kinds += ("voted",) if "valg" in made.tables else ()
    ends = {
        (place, what): [getattr(made.town[place], what)] * 2
        for place in some
        for what in kinds
        # Alone in a total it is hidden with it: that it is fewer than may be shown is what the rule says openly.
        if len(some) > 1 and getattr(made.town[place], "answers" if what == "added" else what) < min_n(made)
    }
    tried: set[tuple[Part, ...]] = set()
    alike = [made.town]
    for round_ in range(rounds):
        narrow = [key for key, (low, high) in ends.items() if high - low < min_n(made)]
        drawn = [
            candidate(random, town, made, told, (place, "above" if what == "added" else what, value))
            for place, what in narrow
            for value in values(made, told, place, "above" if what == "added" else what)
            if what == "added" or not ends[place, what][0] <= value <= ends[place, what][1]
            # What shows the same is a way to more that does.
            for town in [made.town] * 4 + [alike[at] for at in random.integers(len(alike), size=4 * 3**round_ - 4)]
        ]
        fresh = {tuple(town.values()): town for town in drawn if town is not None}
        fresh = {key: town for key, town in fresh.items() if key not in tried}
        keys = [list(fresh)[at] for at in random.permutation(len(fresh))[: 25 * 2**round_]]
        tried.update(keys)
        towns = [fresh[key] for key in keys]
        for town, seen in zip(towns, decide(towns, made) if towns else [], strict=True):
            if seen == told:
                alike.append(town)
                for (place, what), end in ends.items():
                    number = getattr(town[place], what)
                    end[:] = min(end[0], number), max(end[1], number)
    return [
        (place, what, getattr(made.town[place], what), low, high)
        for (place, what), (low, high) in ends.items()
        if high - low < min_n(made)
    ]


def made_up(seed: int) -> Made:
    """2-6 municipalities, `min_n` 3-10, with and without people, missing answers, choices and declared sizes."""
    random = np.random.default_rng(seed)
    limit = int(random.integers(3, 11))
    places = [f"by-{n}" for n in range(random.integers(2, 7))]
    tables = [["niveau"], ["svar", "niveau"], ["svar", "niveau", "valg"]][int(random.integers(3))]
    town = {}
    for place in places:
        people = int(random.choice([0, *range(1, limit + 4), limit, limit - 1, 2 * limit, 2 * limit + 5]))
        answers = int(random.binomial(people, random.choice([1, 0.9, 0.7]))) if "svar" in tables else people
        above, chose = int(random.integers(0, 4 * answers + 1)), int(random.integers(0, answers + 1))
        town[place] = Part(people, answers, above, *((chose, answers) if "valg" in tables else ()))
    sizes = {place: int(random.integers(5, 60)) for place in places} if random.random() < 0.5 else {}
    return Made(town, study_of(len(places), 1, limit), sizes, frozenset(tables))


@pytest.mark.parametrize("seed", range(STUDIES))
def test_no_hidden_count_is_narrowed_by_which_cells_are_hidden(seed: int) -> None:
    made = made_up(seed)
    assert narrowed(made, seed) == []


def unproven(made: Made) -> int:
    """How many cells the audit hid beyond the fixed partners: nothing is proven of them (docs/disclosure.md, 4a)."""
    return suppress(draft([made.town], made), made.study).unproven


def test_nothing_is_hidden_that_nothing_is_proven_of() -> None:
    assert sum(unproven(made_up(seed)) > 0 for seed in range(31)) == 0


def counts(*people: int, min_n: int = 5, sizes: tuple[int, ...] = ()) -> Made:
    town = {f"by-{n}": Part(some, some, 2 * some) for n, some in enumerate(people)}
    declared = {f"by-{n}": size for n, size in enumerate(sizes)}
    return Made(town, study_of(len(people), 1, min_n), declared, frozenset({"niveau"}))


def shown_of(made: Made) -> set[str]:
    (told,) = decide([made.town], made)
    return {place for (_, place, _), value in told.items() if value is not None}


def test_the_attack_finds_what_a_partner_chosen_by_what_was_answered_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    # 4, 7 and 7 answers: as the cheapest partner by their numbers, the first 7 goes. Of all ways to have 11 together
    # only those near 4 and 7 hide these two; any other would have hidden the third, or none.
    monkeypatch.setattr(hiding, "with_company", lambda _published, _of, hidden, *_: hidden)
    monkeypatch.setattr(hiding, "_costs", lambda published: published.cells["n"].to_numpy(dtype=float))
    assert {place for place, *_ in narrowed(counts(4, 7, 7), 0, rounds=3)} == {"by-0"}
    monkeypatch.undo()
    assert narrowed(counts(4, 7, 7), 0) == []


def test_candidates_decided_together_are_decided_as_each_alone() -> None:
    made = made_up(5)
    towns = [made.town, {place: part._replace(people=part.people + 1) for place, part in made.town.items()}]
    assert decide(towns, made) == [decide([town], made)[0] for town in towns]


def test_partners_are_neighbours_in_declared_size_whatever_was_answered() -> None:
    # 40, 90, 20 and 30 were invited: the first and the second are neighbours, and so are the third and the fourth.
    sizes = (40, 90, 20, 30)
    assert shown_of(counts(12, 40, 3, 60, sizes=sizes)) == {"by-0", "by-1", ALL}
    assert shown_of(counts(12, 40, 3, 6, sizes=sizes)) == {"by-0", "by-1", ALL}
    assert shown_of(counts(4, 40, 30, 6, sizes=sizes)) == {"by-2", "by-3", ALL}


def test_what_is_hidden_together_must_leave_room_for_more_than_the_limit() -> None:
    # Two of at least one answer each: with 7 together the one has 1 to 6 and lies in five; with 6 it has 1 to 5.
    assert shown_of(counts(4, 3, 20, 20)) == {"by-2", "by-3", ALL}
    assert shown_of(counts(3, 3, 20, 20)) == {ALL}
    # That a total is hidden tells that it was not enough: 8 are hidden too, so that one of two can have had 1 to 7.
    assert shown_of(counts(4, 3)) == set()
    assert shown_of(counts(4, 5)) == {ALL}


def test_a_few_among_people_whose_number_is_shown_are_not_told_by_the_total() -> None:
    # 6 and 30 people of whom 4 and 30 answered: beside the total of 34, only the six can be the ones with few answers.
    tables = frozenset({"svar", "niveau"})
    town = {"by-0": Part(6, 4, 9), "by-1": Part(30, 30, 66), "by-2": Part(9, 9, 18), "by-3": Part(9, 9, 18)}
    made = Made(town, study_of(4, 1, 5), {}, tables)
    (told,) = decide([town], made)
    shown = {place for (name, place, _), value in told.items() if value is not None and name == "niveau"}
    assert shown == {"by-2", "by-3"}
    assert narrowed(made, 0) == []


def test_no_bound_tells_which_of_two_hidden_numbers_of_people_is_the_small_one() -> None:
    # One person and five: with a bound for the five, only the one can be fewer than five.
    town = {"by-0": Part(1, 1, 0), "by-1": Part(5, 5, 20)}
    made = Made(town, study_of(2, 1, 5), {"by-0": 14, "by-1": 41}, frozenset({"svar", "niveau"}))
    (told,) = decide([town], made)
    assert told["niveau", "by-1", "Gns"] is None
    # Where the number of people is shown, so is the bound.
    town |= {"by-1": Part(9, 9, 34), "by-2": Part(20, 20, 40), "by-3": Part(6, 6, 24)}
    made = Made(
        town, study_of(4, 1, 5), {"by-0": 14, "by-1": 41, "by-2": 50, "by-3": 51}, frozenset({"svar", "niveau"})
    )
    (told,) = decide([town], made)
    assert told["niveau", "by-3", "Gns"] == 4.5


def test_no_bound_tells_the_small_one_where_nobody_counts_people() -> None:
    # Three answers, and six near the upper end: were that told of the six, the others would be fewer than five.
    town = {"by-0": Part(3, 3, 8), "by-1": Part(6, 6, 23)}
    made = Made(town, study_of(2, 1, 5), {"by-0": 12, "by-1": 30}, frozenset({"niveau"}))
    assert shown_of(made) == {ALL}
    assert narrowed(made, 0) == []
    # Where nobody has few, nothing goes with them, and the bounds stand.
    made = made._replace(town={"by-0": Part(7, 7, 27), "by-1": Part(6, 6, 23)})
    assert shown_of(made) >= {"by-0", "by-1"}


def test_a_total_near_the_end_tells_not_how_few_a_hidden_part_of_it_has() -> None:
    # Three and three near the upper end, and two of four elsewhere: with one more the total would not be near the end.
    town = {"by-0": Part(3, 3, 11), "by-1": Part(3, 3, 11), "by-2": Part(4, 2, 6)}
    made = Made(town, study_of(3, 1, 3), {}, frozenset({"svar", "niveau"}))
    (told,) = decide([town], made)
    assert [told["niveau", place, "Gns"] for place in (*town, ALL)] == [4.5, 4.5, None, None]
    assert narrowed(made, 0) == []
    # Where all parts are told to lie there, so is the total.
    (told,) = decide([{**town, "by-2": Part(3, 3, 11)}], made)
    assert [told["niveau", place, "Gns"] for place in (*town, ALL)] == [4.5] * 4


def test_that_a_total_is_not_near_the_end_tells_not_that_somebody_answered() -> None:
    # Five near the lower end, and three of four elsewhere: without those three the total would be near the end too.
    town = {"by-0": Part(4, 3, 10), "by-1": Part(5, 5, 1)}
    made = Made(town, study_of(2, 1, 4), {}, frozenset({"svar", "niveau"}))
    (told,) = decide([town], made)
    assert {value for (table, *_), value in told.items() if table == "niveau"} == {None}
    # Nothing has been sent, so nothing is hidden because of what was.
    assert suppress(draft([town], made), made.study).late == 0
    assert told["svar", "by-0", "Antal"] == (4, 4.0)
    assert narrowed(made, 0) == []


def test_where_tables_cross_it_is_counted_that_nothing_is_proven() -> None:
    def release(*people: int) -> Release:
        made = counts(*people)
        return suppress(draft([made.town], made), made.study)

    assert release(4, 7, 7).unproven == 0
    study, made = study_of(2, 2, 5), counts(3, 8)
    rows = draft([made.town, made.town], made).tables["niveau"]
    both = rows.assign(n=2 * rows["n"], group=ALL).drop_duplicates(["municipality", "group"])
    crossed = suppress(Draft({"niveau": rows, "alle": both}, margins={"alle": "niveau"}), study)
    assert crossed.passed
    assert crossed.unproven > 0
