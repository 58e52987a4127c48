"""Sixty Danish words, each with the cuts that are right by Retskrivningsordbogen § 15-17, and words that get none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blupkit.report.figures.hyphenation import SOFT_HYPHEN, lines_of, pieces, softened

#: From the demo's labels, headings and texts, as they are cut in the head of a column (parts over 12 letters only).
HEADS = """
Forvaltnings|medarbejdere råds|formænd Lokalråds|medlemmer Samarbejds|workshop borger|inddragelse
land|distrikts|koordinator byråds|politikere kommunalt udviklings|planer medborger|skab
forvent|ninger Forventnings|afstemning kompetence|behov lærings|workshop inspirations|kursus weekend|kursus
Online|kursus kontakt|personer sags|behandlings|tid sagsbehandler lokal|kendskab konflikt|håndtering
lokal|samfund lokal|området lokal|udvalg landsbylaug arbejds|gange arbejds|områder ledelses|ansvar
svar|procenten netværks|møder bestyrelses|medlem kommunal|bestyrelsen general|forsamlingen omklædnings|rummet
opmærksomheds|punkter spørgeskema|undersøgelse generations|skifte samarbejds|partner ejendoms|mægler
borger|service folke|afstemning næst|formand ungdoms|gruppe beslutnings|referat
"""
#: The same and others where the row's name is narrow (parts over 8 letters).
NAMES = """
sam|arbejdet kommu|nens kommu|nalt kompe|tencen forvalt|ningen organi|sation organi|sering kommu|nikere
vigtig|heden mobili|sering rekrut|tering repræsen|tativi|tet inspira|tion møllesel|skab fortrolig|heden
hjemme|siden ind|flydelse højskole|døgn erfa|ringer
"""
#: No cut is sure: names, simplex words, and words in which a known part hides.
WHOLE = """
esplanaden silkeborgensere aalborgenser sønderborgere arbejdsomme domstolene helsesektoren individuel skabehoveder
konkurser operatør Ravnekildrup Kerteminde nogenlunde overhovedet tvillingsøster messingsuppe fantastisk
"""


def whole(marked: str) -> str:
    return marked.replace("|", "")


@pytest.mark.parametrize("marked", HEADS.split())
def test_a_word_in_a_head_is_cut_between_its_parts(marked: str) -> None:
    assert "|".join(pieces(whole(marked), 12)) == marked


@pytest.mark.parametrize("marked", NAMES.split())
def test_a_word_in_a_narrow_name_is_cut_within_a_part(marked: str) -> None:
    assert "|".join(pieces(whole(marked), 8)) == marked


@pytest.mark.parametrize("word", WHOLE.split())
def test_where_no_cut_is_sure_there_is_none(word: str) -> None:
    assert pieces(word, 0) == (word,)


def test_there_are_sixty_words() -> None:
    assert len({*HEADS.split(), *NAMES.split()}) >= 60


@given(st.text(alphabet="abdeghiklmnoprstuvyæøåAMS", min_size=1, max_size=30), st.integers(0, 12))
def test_the_pieces_are_the_word_and_each_has_a_vowel(word: str, letters: int) -> None:
    parts = pieces(word, letters)
    assert "".join(parts) == word
    assert len(parts) == 1 or all(len(part) >= 3 and set(part.lower()) & set("aeiouyæøå") for part in parts)


def test_only_what_is_too_long_is_softened_and_nothing_else_is_changed() -> None:
    text = "12 lokalrådsmedlemmer (af 110), Sikre/vurdere & weekendkursus"
    soft = softened(text, 12)
    assert soft.replace(SOFT_HYPHEN, "") == text
    assert soft.split(SOFT_HYPHEN) == [
        "12 lokalråds",
        "medlemmer (af 110), Sikre/vur",
        "dere & weekend",
        "kursus",
    ]
    assert softened("Vigtighed og niveau", 12) == "Vigtighed og niveau"


@pytest.mark.parametrize(
    "address",
    ["https://eksempel.dk/landdistriktsudvikling/2022", "www.landdistriktsudvikling.dk", "forvaltningen@kommunen.dk"],
)
def test_an_address_is_never_cut_with_a_hyphen(address: str) -> None:
    assert softened(f"Se {address} og landdistriktsudviklingen", 12).count(SOFT_HYPHEN) == 2
    assert address in softened(f"Se ({address}).", 12)


@pytest.mark.parametrize(
    ("word", "letters", "lines"),
    [
        ("Kommunalbestyrelsesmedlemmer", 14, ["Kommunal", "bestyrelses", "medlemmer"]),
        ("Lokalrådsmedlemmer", 10, ["Lokalråds", "medlemmer"]),
        ("Lokalrådsmedlemmer", 18, ["Lokalrådsmedlemmer"]),
        ("Ravnekildrup", 6, ["Ravnekildrup"]),
    ],
)
def test_a_word_over_a_column_takes_as_few_lines_as_the_cuts_allow(word: str, letters: int, lines: list[str]) -> None:
    assert lines_of(word, letters) == lines


def test_it_costs_next_to_nothing() -> None:
    words = [whole(marked) + end for marked in (*HEADS.split(), *NAMES.split()) for end in ("", "s", "ne")]
    pieces.cache_clear()
    start = time.process_time()
    for _ in range(100):
        for word in words:
            pieces(word, 8)
    assert time.process_time() - start < 1.0
