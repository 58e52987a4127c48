"""Who speaks of a theme, with all that they said beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from blupkit.core import DataError, Study, read_study
from blupkit.interviews import read_coded, theme_counts, who_says

DEMO = Path(__file__).parents[3] / "data" / "demo"

Explored = Callable[..., Study]


def test_everybody_who_took_part_is_counted_with_what_they_said_in_all(explored: Explored) -> None:
    table = who_says(explored(), "Økonomi")
    heads = ["Hvem", "Sted", "Ture om temaet", "Passager", "Ture i alt", "Ord i alt"]
    assert table.frame[heads].to_numpy().tolist() == [
        ["Lokalråd 1", "Gruppe 1", 1, 1, 1, 8],
        ["Ansat 1", "Gruppe 1", 0, 0, 1, 9],
        ["Lokalråd 1", "Gruppe 2", 1, 1, 1, 4],
        ["Ansat 1", "Gruppe 2", 0, 0, 1, 1],
    ]
    assert table.notes == (
        "2 deltagere af 4 taler om det, i 2 ture af 4.",
        "I de åbne svar skriver 1 person om det; de er ikke med her.",
        "Kodet af A.",
    )


def test_by_group_the_people_are_counted_and_a_group_that_was_not_there_stands_with_none(explored: Explored) -> None:
    table = who_says(explored(), "2", by="gruppe")
    heads = ["Gruppe", "Deltagere, der taler om det", "Deltagere", "Ture om temaet", "Ture i alt", "Ord i alt"]
    assert table.frame[heads].to_numpy().tolist() == [
        ["lokalrådsmedlemmer", 2, 2, 2, 2, 12],
        ["byrådspolitikere", 0, 0, 0, 0, 0],
        ["kommunalt ansatte", 0, 2, 0, 2, 10],
    ]


def test_an_interview_that_nobody_has_coded_counts_nowhere_and_is_told(explored: Explored) -> None:
    codings = (explored().folder / "kodninger_A.tsv").read_text("utf-8").split("fg2")[0]
    table = who_says(explored({"kodninger_A.tsv": codings}), "Økonomi")
    assert table.frame["Sted"].unique().tolist() == ["Gruppe 1"]
    assert "Kodet af A. 1 interview er ikke kodet endnu." in table.notes


def test_the_counts_are_those_of_the_pages() -> None:
    study = read_study(DEMO)
    counts = theme_counts(read_coded(study))
    counts = counts[counts["item"] == "1"].pivot_table(index="group", columns="measure", values="value")
    frame = who_says(study, "1", by="gruppe").frame.set_index("Gruppe")
    for key, name in (("L", "lokalrådsmedlemmer"), ("A", "kommunalt ansatte")):
        assert frame.loc[name, "Ture om temaet"] == counts.loc[key, "Ture"]
        assert frame.loc[name, "Deltagere, der taler om det"] == counts.loc[key, "Deltagere"]


def test_what_is_not_there_is_refused(explored: Explored) -> None:
    with pytest.raises(DataError, match="et tema"):
        who_says(explored(), "")
    with pytest.raises(DataError, match="deltager eller gruppe"):
        who_says(explored(), "1", by="kommune")  # type: ignore[arg-type]
