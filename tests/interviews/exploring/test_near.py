"""Words near a word, and the words of one group: counted by hand, and G² as R has it."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from nltk.metrics.association import BigramAssocMeasures

from blupkit.core import DataError, Study
from blupkit.interviews import collocations, group_words

Explored = Callable[..., Study]

#: 93 words: "pulje" ten times, "stor" before eight of them in one form or the other, "vej" in turns of its own.
TALK = (
    "M: Ja\n"
    + "L1: En stor pulje nu\n" * 4
    + "L1: Store puljer nu\n" * 4
    + "A1: Vejen er lang\n" * 20
    + "A1: En pulje\n" * 2
)


@pytest.fixture
def talk(explored: Explored) -> Study:
    return explored(
        {
            "fg1.txt": TALK,
            "kodninger_A.tsv": None,
            "fg2.txt": "M: Ja\nL1: Ja\nA1: Ja\n",
            "svar.csv": None,
            "aabne.tsv": None,
        }
    )


def test_g2_is_that_of_a_two_by_two_table() -> None:
    # Of 100 words 10 are near; of the other word's 6, 4 are. Expected: 0.6 and 9.4 near, 5.4 and 84.6 elsewhere.
    cells = {0.6: 4, 9.4: 6, 5.4: 2, 84.6: 88}
    by_hand = 2 * sum(seen * math.log(seen / expected) for expected, seen in cells.items())
    assert by_hand == pytest.approx(12.7514, abs=1e-4)
    assert BigramAssocMeasures.likelihood_ratio(4, (10, 6), 100) == pytest.approx(by_hand)


def test_the_words_near_a_word_are_counted_in_all_their_forms(talk: Study) -> None:
    table = collocations(talk, "pulje", window=1)
    row = table.frame.set_index("Ord").loc["stor"]
    # Within one word of the ten: 8 "stor", 8 "nu", 2 "en". With the other talk there are 96 words.
    assert (row["Gange nær ordet"], row["Gange i alt"], row["Personer"]) == (8, 8, 1)
    assert row["Ventet"] == pytest.approx(18 * 8 / 96)
    assert row["Log-likelihood"] == pytest.approx(BigramAssocMeasures.likelihood_ratio(8, (18, 8), 96))
    assert "vejen" not in table.frame["Ord"].tolist()
    assert table.notes[0].startswith(
        "»pulje« står 10 steder. Nær er højst 1 ord før eller efter, i samme tur eller svar."
    )


def test_the_word_itself_function_words_and_rare_words_are_left_out(talk: Study) -> None:
    words = collocations(talk, "pulje").frame["Ord"].tolist()
    assert not {"pulje", "puljer", "en", "nu"} & set(words)
    assert collocations(talk, "pulje", least=9).frame.empty
    assert collocations(talk, "pulje", group="A").frame.empty
    assert collocations(talk, "findesikke").notes[0].startswith("»findesikke« står 0 steder.")
    with pytest.raises(DataError, match="mindst 1"):
        collocations(talk, "pulje", window=0)


def test_the_words_of_one_group_are_those_it_uses_more_than_the_others(talk: Study) -> None:
    table = group_words(talk, "L")
    row = table.frame.set_index("Ord").loc["stor"]
    # L says 4 · 4 + 4 · 3 + 1 = 29 words, A 20 · 3 + 2 · 2 + 1 = 65.
    assert table.notes[0] == "Lokalrådsmedlemmer bruger 29 ord i alt, de andre grupper 65."
    assert (row["Gange"], row["Gange hos andre"], row["Personer"]) == (8, 0, 1)
    assert row["Pr. 1.000 ord"] == pytest.approx(1000 * 8 / 29)
    # 16 · ln(8 / (29 · 8 / 94)) = 18.81, and log2 of 8 / 29 against half an occurrence in 65.
    assert row["Log-likelihood"] == pytest.approx(16 * math.log(94 / 29))
    assert row["Log ratio"] == pytest.approx(math.log2((8 / 29) / (0.5 / 65)))
    assert "vejen" not in table.frame["Ord"].tolist()
    with pytest.raises(DataError, match="en af mindst to grupper"):
        group_words(talk, "")
