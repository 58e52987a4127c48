"""What points to one person without a name is found, and what is anybody's is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest

from blupkit.interviews.privacy.pointers import functions, sexes, villages

Finds = Callable[[str], Iterator[tuple[int, int]]]


def words(find: Finds, text: str) -> list[str]:
    return [text[start:end] for start, end in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Så ringede skolelederen igen.", ["skolelederen"]),
        ("Det var sognepræstens idé.", ["sognepræsten"]),
        ("Formanden for idrætsforeningen sagde nej.", ["Formanden for idrætsforeningen"]),
        ("Hun er næstformand i vores forsamlingshus.", ["Hun er næstformand i vores forsamlingshus"]),
        ("Jeg er selv kasserer, og min chef ved det.", ["Jeg er selv kasserer", "min chef"]),
        ("Som halinspektør ser jeg det.", ["Som halinspektør"]),
        ("Vi taler med brugsuddeleren og pedellen.", ["brugsuddeleren", "pedellen"]),
        ("Viceborgmesteren kom, og købmanden gik.", ["Viceborgmesteren", "købmanden"]),
        ("Ledere og formænd kommer, og der er billeder.", []),
        ("Der skal en leder til at holde billederne.", []),
        ("Projektledelsen er i chefgruppen.", []),
    ],
)
def test_functions_that_one_person_has_are_found(text: str, expected: list[str]) -> None:
    assert words(functions, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det sagde hun til ham.", ["hun", "ham"]),
        ("Hans idé var hendes.", ["Hans", "hendes"]),
        ("Min kone spurgte, og som mor må man jo.", ["Min kone", "som mor"]),
        ("Hver borger skal vide, hvad han eller hun kan.", []),
        ("Spørg hende/ham, hvem det er.", []),
        ("De handler om hundene, hamrene og vi.", []),
    ],
)
def test_what_tells_the_sex_is_found(text: str, expected: list[str]) -> None:
    assert words(sexes, text) == expected


def test_villages_inside_words_in_lower_case_are_found_and_no_other_words() -> None:
    text = (
        "vi gørstruppere tog ulbøllehallen og ikke landsbyhallen storbyerne nabolandsbyer bosætningsbyer gruppe brevet"
    )
    assert words(villages, text) == ["gørstruppere", "ulbøllehallen"]


@pytest.mark.parametrize("find", [functions, sexes, villages])
def test_whatever_is_written_each_place_is_one_of_words(find: Finds) -> None:
    for text in (
        "",
        " ",
        "?",
        "hun",
        "HUN",
        "chefen",
        "lederen",
        "jeg er",
        "som",
        "æ" * 5000,
        "han " * 50,
        "leder for " * 50,
    ):
        places = list(find(text))
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert places == sorted(places)
        assert all(before[1] <= after[0] for before, after in pairwise(places))
