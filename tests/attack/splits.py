"""Own tables: what a stranger writes down about a question that is split by another, and what is true of the parts.

The parts are read off the pages: their names are the answers that were joined. All unknowns stand in one program: the
whole, each part that is named, and each single answer behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from attack.families import TOTAL, Family, Part, Truth, read_truth
from attack.hunt import Target, between, grown, hidden_in, is_told
from attack.programs import Programs
from attack.system import Edition, Known, Leak, Unknowns, known_people, unknowns

from blupkit.survey import Responses

NOT_SAID = "ikke oplyst"
_SAME = 1e-6


@dataclass(eq=False)
class Split:
    """One group's answers to a question, and what each of those who gave them answered to what it is split by."""

    table: str
    whole: Family
    #: The answers in the order of their scale, and last that there is none; by respondent which it was.
    words: tuple[str, ...]
    said: pd.Series
    #: What it is split by, where that has a table of its own.
    by: Family | None


def read_splits(responses: Responses) -> list[Split]:
    """Find what the own tables of a study are made of, in the answers themselves."""
    questions, wide = responses.questionnaire, responses.values(responses.variables)
    truth, found = read_truth(responses), []
    for own in responses.study.release.own:
        row = questions.about(own.by).iloc[0]
        answers = questions.answers_of(row["scale"])
        words = dict(zip(answers["code"], map(str, answers["text"]), strict=True))
        said = wide[row["variable"]].map(words).fillna(NOT_SAID)
        names = {own.question, str(questions.about(own.question)["label"].iloc[0])}
        for whole in (one for one in truth.families if one.name in names or one.name.split(" ")[0] in names):
            by = next((one for one in truth.families if (one.group, one.name) == (whole.group, own.by)), None)
            table = f"egen_{own.question}_{own.by}"
            found.append(Split(table, whole, (*words.values(), NOT_SAID), said, by))
    return found


def hunt_splits(editions: Sequence[Edition], splits: Sequence[Sequence[Split]]) -> tuple[list[Leak], int, int]:
    """Attack own tables in one release or several: what was found, what was tried, and how many numbers were shown."""
    leaks, tried, shown = [], 0, 0
    for split in splits[-1]:
        same = [next((one for one in some if _is_same(one, split)), None) for some in splits]
        here = [(edition, one) for edition, one in zip(editions, same, strict=True) if one]
        named = {part for edition, one in here for part in _named(edition, one)}
        if not named:
            continue
        shown += sum(key.table == split.table and key.group == split.whole.group for key in editions[-1].seen)
        found, number = _attack(here, sorted(named, key=split.words.index))
        leaks += found
        tried += number
    return leaks, tried, shown


def _is_same(one: Split, other: Split) -> bool:
    return (one.table, one.whole.group, one.whole.name) == (other.table, other.whole.group, other.whole.name)


def _named(edition: Edition, split: Split) -> Iterator[str]:
    """Say which answers stand in the names of parts that are shown."""
    for label in _labels(edition, split):
        yield from label


def _labels(edition: Edition, split: Split) -> list[tuple[str, ...]]:
    """Read the parts off the pages: an answer, or some that follow each other."""
    told = [key for key in edition.seen if key.table == split.table and key.group == split.whole.group]
    names = {text for key in told for text in (key.item, key.measure.partition(", ")[2])}
    runs = combinations(range(len(split.words) + 1), 2)
    return [run for start, end in runs if _label(run := split.words[start:end]) in names]


def _label(words: Sequence[str]) -> str:
    text = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} eller {words[-1]}"
    return text[:1].upper() + text[1:]


def _part(split: Split, words: Sequence[str], label: str = "") -> Family:
    """Those who gave some of the answers: with a label the numbers that are printed of them, without it none."""
    whole = split.whole
    own = whole.answers[split.said.reindex(whole.answers.index).isin(words)]
    table = split.table if label else ""
    numbers = [
        (place, one if whole.gap and one.share else _printed_as(one, table, label, choices=bool(one.share)))
        for place, one in enumerate(whole.parts)
        if not (whole.gap and one.share)
    ]
    own = own[[place for place, _ in numbers] + ["place"]]
    parts = tuple(one for _, one in numbers)
    kept = {} if whole.gap else {"whole": whole.whole, "some": whole.some}
    return Family(whole.group, f"{whole.name}: {'/'.join(words)}", parts, own, local=whole.local, **kept)


def _printed_as(one: Part, table: str, label: str, *, choices: bool) -> Part:
    if choices:
        return one._replace(table=table, measure=f"{one.measure}, {label}")
    return one._replace(table=table, item=label)


def _attack(here: Sequence[tuple[Edition, Split]], named: Sequence[str]) -> tuple[list[Leak], int]:
    programs = Programs()
    known = known_people([edition for edition, _ in here], here[-1][1].whole.group)
    places = [*here[-1][0].truth.places, TOTAL]
    laid: list[dict[str, tuple[Family, Unknowns]]] = []
    targets: list[Target] = []
    for (edition, split), each in zip(here, known, strict=True):
        labels = _labels(edition, split)
        families = _families(split, labels)
        single = {word: _part(split, [word]) for word in split.words if word not in families}
        numbers = {name: (one, unknowns(programs, edition, one, each)) for name, one in (families | single).items()}
        laid.append(numbers)
        parts = [name for name in families if name]
        _add_up(programs, "", parts, numbers, places)
        for name in parts:
            _add_up(programs, name, [word for word in name.split("/") if word in single], numbers, places)
        _within(programs, edition, split, parts, numbers, places, each)
        for name in parts:
            pairs = [(one, found[name][0]) for (one, _), found in zip(here, laid, strict=False) if name in found]
            targets += [one for one in hidden_in(edition, *numbers[name]) if not is_told(one, pairs, numbers[name][0])]
        if split.by is None:
            targets += _behind(edition, split, labels, numbers)
    for then, now in combinations(range(len(here)), 2):
        for name in laid[then].keys() & laid[now].keys():
            pairs = [(here[at][0], laid[at][name][0]) for at in (then, now)]
            numbers_of = [laid[at][name][1] for at in (then, now)]
            grown(programs, [family for _, family in pairs], numbers_of)
            if name in _parts_shown(here[now]):
                later = zip(here[now + 1 :], laid[now + 1 :], strict=True)
                told = [(edition, numbers[name][0]) for (edition, _), numbers in later if name in numbers]
                targets += between(pairs, numbers_of, told)
    leaks = []
    for target in targets:
        width = programs.width(target.form, target.need)
        if width < target.need - _SAME:
            split = here[-1][1]
            leaks.append(Leak(split.table, split.whole.group, target.place, target.what, round(width, 3), target.need))
    return leaks, len(targets)


def _families(split: Split, labels: Sequence[tuple[str, ...]]) -> dict[str, Family]:
    """The whole, the parts that are named, and whoever is in none of them."""
    rest = tuple(word for word in split.words if not any(word in label for label in labels))
    named = {"/".join(words): _part(split, words, _label(words)) for words in labels}
    return {"": split.whole, **named, **({"/".join(rest): _part(split, rest)} if rest else {})}


def _parts_shown(here: tuple[Edition, Split]) -> set[str]:
    return {"/".join(label) for label in _labels(*here)}


def _add_up(
    programs: Programs, whole: str, parts: Sequence[str], laid: dict[str, tuple[Family, Unknowns]], places: list[str]
) -> None:
    """The parts of the same persons make up all of them, in each place."""
    if not parts:
        return
    for place in places:
        all_of_them = laid[whole][1]
        of = [laid[name][1] for name in parts]
        programs.equal({all_of_them.count[place]: -1.0, **{one.count[place]: 1.0 for one in of}})
        for number in range(len(laid[parts[0]][0].parts)):
            sums = {one.sums[number, place]: 1.0 for one in of}
            programs.equal({all_of_them.sums[number, place]: -1.0, **sums})


def _within(
    programs: Programs, edition: Edition, split: Split, parts: Sequence[str],
    laid: dict[str, tuple[Family, Unknowns]], places: list[str], known: Known,
) -> None:  # fmt: skip
    """No more are in a part than gave its answers, where the pages say how many did."""
    if split.by is None:
        return
    by = unknowns(programs, edition, split.by, known)
    for name in (name for name in parts if NOT_SAID not in name.split("/")):
        numbers = [place for place, one in enumerate(split.by.parts) if one.item in name.split("/")]
        for place in places:
            programs.between(
                {laid[name][1].count[place]: 1.0, **{by.sums[number, place]: -1.0 for number in numbers}}, -np.inf, 0
            )


def _behind(
    edition: Edition, split: Split, labels: Sequence[tuple[str, ...]], laid: dict[str, tuple[Family, Unknowns]]
) -> Iterator[Target]:
    """Answers that were joined: each may be known to be among those of its part, and no more."""
    truth: Truth = edition.truth
    for label in (label for label in labels if len(label) > 1):
        for word in label:
            family, numbers = laid[word]
            n = family.count(TOTAL)
            if 0 < n < truth.min_n:
                what = f"the count {n} of those who said {word}"
                yield Target(what, TOTAL, {numbers.count[TOTAL]: 1.0}, truth.min_n)
            for place, one in enumerate(family.parts):
                total = family.sum(place, TOTAL)
                if 0 < n < truth.min_n and not one.share and one.low * n < total < one.high * n:
                    yield Target(f"the sum {total:g} of {word}", TOTAL, {numbers.sums[place, TOTAL]: 1.0}, truth.min_n)
