"""Choices that a system joins in one cell are told apart, also with the separator in their own text."""

import random

import pandas as pd

from blupkit.survey.proposing.guessing.columns import Column
from blupkit.survey.proposing.guessing.ticks import are_ticks, joined_choices

CHANCE = random.Random(5)


def column(cells: list[str]) -> Column:
    return Column("q", pd.Series(cells, dtype="category"))


def test_a_choice_may_hold_the_separator() -> None:
    choices = ["Kort kursus, aften", "Webinar", "Studietur"]
    cells = [", ".join(CHANCE.sample(choices, CHANCE.randint(1, 3))) for _ in range(60)]
    assert set(joined_choices(column(cells), ", ")) == set(choices)


def test_what_people_wrote_is_no_list_of_choices() -> None:
    words = [f"ord{n}" for n in range(400)]
    cells = [", ".join(CHANCE.choices(words, k=4)) for _ in range(60)]
    assert joined_choices(column(cells), ", ") == []


def test_a_single_answer_with_a_comma_is_not_taken_apart() -> None:
    assert joined_choices(column(["Ja, helt sikkert", "Nej"] * 20), ", ") == []


def test_what_one_person_wrote_beside_the_choices_is_none_of_them() -> None:
    cells = [*(";".join(CHANCE.sample(["A", "B", "C"], 2)) for _ in range(40)), "A;mit eget ord"]
    assert set(joined_choices(column(cells), ";")) == {"A", "B", "C"}


def test_ticks_are_signs_or_the_choices_own_words() -> None:
    assert are_ticks([column(["x", ""]), column(["", "x"])], ["a", "b"])
    assert are_ticks([column(["Webinar", ""]), column(["", "Kursus"])], ["Webinar", "Kursus"])
    assert not are_ticks([column(["1", "2"]), column(["1", "0"])], ["a", "b"])
