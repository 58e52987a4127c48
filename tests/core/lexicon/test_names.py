"""Names are told from words by a table of our own, whatever a dictionary says."""

from __future__ import annotations

import unicodedata

import pytest

from blupkit.core.language import is_ordinary_word
from blupkit.core.lexicon.names import FIRST_NAMES, NAME_WORDS, SURNAMES, is_first_name, is_only_name, is_surname

#: Borne by many of those who are grown up, in all parts of the country, and by those who came here.
COMMON = """
    Anne Mette Kirsten Hanne Anna Helle Susanne Lene Marianne Lone Inge Karen Bente Pia Charlotte Tina Gitte Jette
    Ellen Lis Lise Tove Trine Signe Line Maren Rikke Louise Birgit Vibeke Åse Sidse Lotte Iris Erika Fatima Aisha Leyla
    Peter Jens Lars Michael Henrik Søren Thomas Niels Jan Christian Martin Hans Anders Jørgen Kaj Mads Aksel Børge Svend
    Arne Verner Helmer Klaus Kim Frits Rune Malte Noah Mohammad Ahmed Mehmet Piotr René Günter Łukasz
"""


@pytest.mark.parametrize("name", COMMON.split())
def test_common_first_names_are_known(name: str) -> None:
    for written in (name, name.lower(), name.upper(), unicodedata.normalize("NFD", name)):
        assert is_first_name(written)


@pytest.mark.parametrize("name", ["Søren", "Helle", "Mads", "Trine", "Åse", "Lise", "Jens", "Ellen", "Verner", "Kim"])
def test_what_the_dictionary_takes_for_a_word_is_a_name(name: str) -> None:
    assert is_only_name(name)
    assert not is_ordinary_word(name)
    assert not is_ordinary_word(name.lower())


@pytest.mark.parametrize(
    "word", ["bo", "liv", "sten", "vinter", "glad", "mark", "skov", "møller", "tage", "andre", "per"]
)
def test_words_of_every_day_stay_words_though_people_are_called_so(word: str) -> None:
    assert is_first_name(word) or is_surname(word)
    assert not is_only_name(word)


def test_other_words_are_no_names() -> None:
    words = (
        "kommunen borger vej pulje lokalråd møde penge ikke og vi de skole frivillig formand september hele time mad"
    )
    assert not [word for word in words.split() if is_first_name(word) or is_surname(word)]


def test_a_double_name_is_a_name_when_both_parts_are() -> None:
    assert is_first_name("Hanne-Marie")
    assert not is_first_name("Nord-Anders")
    assert not is_first_name("")
    assert not is_first_name("-")


def test_the_table_is_in_lower_case_and_composed() -> None:
    for name in FIRST_NAMES | SURNAMES:
        assert name == unicodedata.normalize("NFC", name).lower()
        assert name.isalpha()
    assert NAME_WORDS <= FIRST_NAMES | SURNAMES
