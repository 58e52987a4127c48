"""Letters that look alike are the same letters, and what nobody sees is not there."""

from __future__ import annotations

import unicodedata

import pytest

from blupkit.core.letters import composed

UNSEEN = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\u2066\u2069\ufeff\ufff9\U000e0041"


@pytest.mark.parametrize("sign", UNSEEN)
def test_a_sign_that_nobody_sees_is_left_out_of_a_word(sign: str) -> None:
    assert composed(f"Ås{sign}e{sign}") == "Åse"


@pytest.mark.parametrize("name", ["Åse Ærø", "Éva", "Jürgen", "Ørsted", "Zoë"])
def test_letters_in_two_parts_are_composed(name: str) -> None:
    assert composed(unicodedata.normalize("NFD", name)) == name


def test_a_sign_between_a_letter_and_its_ring_does_not_part_them() -> None:
    assert composed("A\N{ZERO WIDTH NON-JOINER}\N{COMBINING RING ABOVE}se") == "Åse"


@pytest.mark.parametrize("emoji", ["👩‍🚀", "👨‍👩‍👧", "❤️‍🔥", "👩🏽‍🌾", "🏴\U000e0067\U000e0062\U000e007f", "🏳️‍🌈"])
def test_an_emoji_stays_whole(emoji: str) -> None:
    assert composed(f"Godt {emoji}!") == f"Godt {emoji}!"


def test_blanks_and_hyphens_are_the_ordinary_ones() -> None:
    assert composed("Anne\u2011Lise\u00a0Bro, 20\u202f000") == "Anne-Lise Bro, 20 000"
