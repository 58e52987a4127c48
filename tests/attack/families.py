"""What a stranger knows of a questionnaire, and what is true of the answers to it.

The questionnaire is open: each page says which scale a number is on, and which answers there were. A *family* is what
was asked about one thing in one group: numbers of the same respondents, which add up over the municipalities. What is
true is counted here from the answers themselves, by means that share nothing with the product's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from blupkit.survey import Responses

PEOPLE = "besvarelser"
TOTAL = "alle"


class Part(NamedTuple):
    """One number of a family: in which table under which words, its scale, and whether it sums whole numbers.

    A share is counted in persons: its scale goes from 0 to 1, and the page gives it in per cent.
    """

    table: str
    item: str
    measure: str
    low: float
    high: float
    whole: bool = True
    share: bool = False


@dataclass(eq=False)
class Family:
    """What was asked about one thing in one group.

    `answers` is what is true: one row a respondent who is counted, a column a part, and `place`.
    """

    group: str
    name: str
    parts: tuple[Part, ...]
    answers: pd.DataFrame
    #: Positions of the parts whose sum is the number of respondents.
    whole: tuple[int, ...] = ()
    #: Importance minus level is the gap, and so few or many can lie below it: positions of I, L, below, above.
    gap: tuple[int, ...] = ()
    #: Every respondent chose at least one: positions.
    some: tuple[int, ...] = ()
    local: bool = True

    @cached_property
    def by_place(self) -> dict[str, pd.DataFrame]:
        """The answers in each place, and in all of them."""
        apart = {str(place): part for place, part in self.answers.groupby("place")}
        return {**apart, TOTAL: self.answers}

    def count(self, place: str) -> int:
        return len(self.by_place.get(place, ()))

    def sum(self, part: int, place: str) -> float:
        return float(self.by_place[place][part].sum()) if place in self.by_place else 0.0


@dataclass(eq=False)
class Truth:
    """All families of a study, and who is in it."""

    places: list[str]
    groups: list[str]
    min_n: int
    caution_n: int
    decimals: int
    people: pd.DataFrame
    #: Of which groups (by municipality) it is known how many were invited.
    invited: frozenset[tuple[str, str]] = frozenset()
    families: list[Family] = field(default_factory=list)

    def people_of(self, group: str) -> dict[str, int]:
        own = self.people[self.people["group"] == group]
        return {**{place: int((own["municipality"] == place).sum()) for place in self.places}, TOTAL: len(own)}


def read_truth(responses: Responses) -> Truth:
    """Count what is true, in every family of a study."""
    study, people = responses.study, responses.respondents.set_index("respondent")
    known = responses.invited[responses.invited["known"]]
    truth = Truth(
        [town.slug for town in study.municipalities], list(study.group_keys), study.thresholds.min_n,
        study.thresholds.caution_n, study.decimals, responses.respondents,
        frozenset(zip(known["municipality"], known["group"], strict=True)),
    )  # fmt: skip
    local = {group.key: group.shown_locally for group in study.groups}
    wide = responses.values(responses.variables)
    for group in truth.groups:
        own = wide[people.loc[wide.index, "group"] == group]
        found = [*_needs(responses, group, own), *_statements(responses, group, own), *_choices(responses, group, own)]
        for family in found:
            family.local = local[group]
            family.answers["place"] = people.loc[family.answers.index, "municipality"].to_numpy()
        truth.families += found
    return truth


def _needs(responses: Responses, group: str, own: pd.DataFrame) -> list[Family]:
    questions, families = responses.questionnaire, []
    gaps: dict[str, list[tuple[pd.Series, float, float]]] = {}
    for pair in questions.pairs(group).itertuples():
        first, second = questions.ends_of(pair.scale_i), questions.ends_of(pair.scale_c)
        rated = own[[pair.importance, pair.level]].dropna().set_axis([0, 1], axis=1)
        rated[2] = (rated[1] < rated[0]).astype(float)
        rated[3] = (rated[1] == rated[0]).astype(float)
        rated[4] = (rated[1] > rated[0]).astype(float)
        shares = ("Niveau under vigtighed", "Niveau lig vigtighed", "Niveau over vigtighed")
        parts = (
            Part("behov", pair.label, "Vigtighed", *first),
            Part("behov", pair.label, "Nuværende niveau", *second),
            *(Part("retninger", pair.label, name, 0, 1, share=True) for name in shares),
        )
        families.append(Family(group, pair.label, parts, rated, whole=(2, 3, 4), gap=(0, 1, 2, 4)))
        gap = (own[pair.importance] - own[pair.level], first[0] - second[1], first[1] - second[0])
        gaps.setdefault(pair.dimension, []).append(gap)
    names = questions.dimensions.set_index("dimension")["label"]
    for dimension, of_items in gaps.items():
        if dimension not in names or len(of_items) < 2:
            continue
        table = pd.concat([gap for gap, *_ in of_items], axis=1)
        enough = table.notna().sum(axis=1) * 2 >= len(of_items)
        mean = table[enough].mean(axis=1).to_frame(0)
        low, high = min(low for _, low, _ in of_items), max(high for *_, high in of_items)
        part = Part("dimensioner", names[dimension], "Gab", low, high, whole=False)
        families.append(Family(group, f"område {names[dimension]}", (part,), mean))
    return families


def _statements(responses: Responses, group: str, own: pd.DataFrame) -> list[Family]:
    asked = responses.questionnaire.statements
    families = []
    for row in asked[asked["group"] == group].itertuples():
        ends = responses.questionnaire.ends_of(row.scale)
        part = Part("samarbejde", row.label, responses.study.group(row.about).about, *ends)
        families.append(
            Family(group, f"{row.label} {row.about}", (part,), own[[row.variable]].dropna().set_axis([0], axis=1))
        )
    return families


def _choices(responses: Responses, group: str, own: pd.DataFrame) -> list[Family]:
    families, questions = [], responses.questionnaire
    shown = responses.study.release.tables
    for name in questions.choice_questions:
        rows = questions.about(name)
        rows = rows[rows["groups"].map(lambda groups: group in groups)]
        if rows.empty or (shown is not None and name not in shown):
            continue
        if rows["kind"].iloc[0] == "enkelt":
            row = rows.iloc[0]
            codes = questions.answers_of(row["scale"])[["code", "text"]].itertuples(index=False, name=None)
            given = own[row["variable"]].dropna()
            columns = {str(text): (given == code).astype(float) for code, text in codes}
            whole = True
        else:
            ticked = own[rows["variable"].tolist()].dropna(how="all")
            columns = dict(
                zip(rows["label"], [(ticked[name] == 1).astype(float) for name in rows["variable"]], strict=True)
            )
            unknown = [label for label in columns if label.strip().casefold() == "ved ikke"]
            for label in unknown:
                columns = {other: column[columns[label] == 0] for other, column in columns.items() if other != label}
            whole = False
        table = pd.DataFrame(columns)
        parts = tuple(Part(name, str(label), "Andel", 0, 1, share=True) for label in table.columns)
        table.columns = range(len(parts))
        places = tuple(range(len(parts)))
        some = () if whole or not (table.sum(axis=1) > 0).all() else places
        families.append(Family(group, name, parts, table, whole=places if whole else (), some=some))
    return families


def as_numbers(family: Family) -> np.ndarray:
    """The answers of a family without the places."""
    return family.answers.drop(columns="place").to_numpy(dtype=float)
