"""Where in a talk words and themes come up, in words from its beginning."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from blupkit.core import DataError, Study
from blupkit.interviews import dispersion

Explored = Callable[..., Study]
WHERE = "Hvor i samtalen, pct."


def test_a_word_stands_where_so_many_words_have_been_said(explored: Explored) -> None:
    table = dispersion(explored(), ["pulje", "ja"])
    # "Puljerne" is the 4th of 20 words of fg1, "pulje" the 6th of 7 of fg2, "Ja" the last of them.
    assert table.frame[["Hvad", "Sted", "Hvem"]].to_numpy().tolist() == [
        ["pulje", "Gruppe 1", "Lokalråd 1"],
        ["pulje", "Gruppe 2", "Lokalråd 1"],
        ["ja", "Gruppe 2", "Ansat 1"],
    ]
    assert table.frame[WHERE].tolist() == pytest.approx([100 * 3 / 20, 100 * 5 / 7, 100 * 6 / 7])
    assert table.notes[:2] == (
        "»pulje«: 2 steder, i samtalens fire fjerdedele 1, 0, 1 og 0.",
        "»ja«: 1 sted, i samtalens fire fjerdedele 0, 0, 0 og 1.",
    )
    assert "De åbne svar har intet forløb og er ikke med." in table.notes


def test_a_theme_stands_where_its_passages_begin(explored: Explored) -> None:
    table = dispersion(explored(), theme="Roller")
    # "Jeg" is the 7th of 20 words, the passage of turn 3 begins with the 17th.
    assert table.frame["Tur"].tolist() == [2.0, 3.0]
    assert table.frame[WHERE].tolist() == pytest.approx([30.0, 80.0])
    assert "Kodet af A." in table.notes
    assert table.call == 'interviews.dispersion(study, theme="Roller")'


def test_what_is_nowhere_is_told_and_a_figure_has_every_talk_with_a_place(explored: Explored) -> None:
    table = dispersion(explored(), ["pulje", "qqqq"])
    assert "»qqqq«: ingen steder i interviewene." in table.notes
    assert [label.get_text() for label in table.plot().axes[0].get_yticklabels()] == ["Gruppe 1", "Gruppe 2"]
    assert dispersion(explored(), "qqqq").frame.empty
    with pytest.raises(DataError, match="et ord eller et tema"):
        dispersion(explored())
    with pytest.raises(DataError, match="Mente du »Roller«"):
        dispersion(explored(), theme="Roler")
