"""How the parties rate each other, and what can be laid beside each other."""

from __future__ import annotations

from collections.abc import Callable

from survey.survey_support import table_rows

from blupkit.core import Study
from blupkit.disclosure import Release, internal
from blupkit.survey import (
    common_items,
    cooperation,
    mirror,
    read_responses,
)


def test_only_items_that_every_group_was_asked_are_laid_beside_each_other(demo: Study, whole: Release) -> None:
    items = set(common_items(whole["behov"], demo).frame["item"])
    # domain.md 2.2: thirteen of the twenty-six competences are asked of all three groups.
    assert items == {f"k{n:02d}" for n in (1, 2, 5, 6, 8, 11, 13, 16, 17, 19, 20, 25, 26)}


MakeStudy = Callable[..., Study]


def test_cooperation_says_who_rates_whom(make_study: MakeStudy) -> None:
    table = cooperation(read_responses(make_study()), draws=20)
    # L in Faaborg-Midtfyn gave the administration 3 and 2; A in all gave the local councils 4 and 5.
    columns = ["item", "label", "measure", "value", "n"]
    assert table_rows(table, columns, municipality="faaborg-midtfyn", group="L") == [
        ["s1", "Tillid", "Om forvaltningen", 2.5, 2]
    ]
    assert table_rows(table, columns, municipality="alle", group="A") == [["s1", "Tillid", "Om lokalrådene", 4.5, 2]]


def test_the_mirror_has_two_rows_a_statement_each_with_its_own_n(make_study: MakeStudy) -> None:
    study = make_study()
    table = mirror(internal(cooperation(read_responses(study), draws=20), study), study).frame
    assert table_rows(table, ["group", "measure", "value", "n"], municipality="faaborg-midtfyn") == [
        ["L", "Om forvaltningen", 2.5, 2],
        ["A", "Om lokalrådene", 4.0, 1],
    ]


def test_the_mirror_of_a_group_that_does_not_exist_is_empty(make_study: MakeStudy) -> None:
    study = make_study()
    table = internal(cooperation(read_responses(study), draws=20), study)
    assert mirror(table, study, "L", "Q").frame.empty
