"""Every program counts in its own way; the way is found from the words, and held against Python's own codecs."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from interviews.exchange.exchange_support import code_points, utf_16_units, windows_units

from blupkit.interviews.exchange.offsets import CONVENTIONS, STANDARD, Convention, Mark, offsets, settle

TEXTS = st.text(st.sampled_from("aæ 🙂𝒜.\n"), max_size=40)


@given(text=TEXTS)
def test_places_agree_with_the_length_of_what_is_encoded(text: str) -> None:
    prefixes = [text[:place] for place in range(len(text) + 1)]
    assert offsets(text, STANDARD).tolist() == [code_points(one) for one in prefixes]
    assert offsets(text, Convention(wide=True)).tolist() == [utf_16_units(one) for one in prefixes]
    assert offsets(text, Convention(wide=True, newline=2)).tolist() == [windows_units(one) for one in prefixes]
    assert offsets(text, Convention(mark=1)).tolist() == [1 + code_points(one) for one in prefixes]


def test_all_ways_are_tried_and_the_standards_own_comes_first() -> None:
    assert len(set(CONVENTIONS)) == 16
    assert CONVENTIONS[0] == STANDARD


WORDS = st.lists(st.sampled_from(["puljerne", "er", "små", "🙂", "mandat", "vi", "søgte", "𝒜lle", "\n"]), min_size=8)


@given(words=WORDS, way=st.sampled_from(CONVENTIONS), data=st.data())
def test_no_passage_is_ever_placed_on_other_words_than_those_quoted(
    words: list[str], way: Convention, data: st.DataObject
) -> None:
    text = " ".join(words)
    places = offsets(text, way).tolist()
    marks, meant = [], []
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        meant.append(text[start:end])
        marks.append(Mark(0, places[start], places[end - way.inclusive], text[start:end]))
    found = settle([text], marks)
    said = [text[slice(*span)] if isinstance(span, tuple) else None for span in found.spans]
    assert all(one is None or one == other for one, other in zip(said, meant, strict=True))


@given(words=WORDS, way=st.sampled_from([way for way in CONVENTIONS if way.is_known]), data=st.data())
def test_without_quotes_whole_words_are_never_placed_on_others(
    words: list[str], way: Convention, data: st.DataObject
) -> None:
    text = " ".join(words)
    places = offsets(text, way).tolist()
    whole = [found.span() for found in re.finditer(r"[^\s]+", text)]
    meant = data.draw(st.lists(st.sampled_from(whole), min_size=1, max_size=5))
    found = settle([text], [Mark(0, places[start], places[end]) for start, end in meant])
    assert all(isinstance(span, str) or span == right for span, right in zip(found.spans, meant, strict=True))


def test_a_few_wrong_places_do_not_hide_the_way_of_counting() -> None:
    text = "Så gik 🙂 vi hjem\ntil 🙂 os selv og\nsov godt til næste dag."
    words = ["gik", "hjem", "selv", "godt", "næste dag"]
    marks = [
        Mark(0, windows_units(text[: text.index(w)]), windows_units(text[: text.index(w) + len(w)])) for w in words
    ]
    found = settle([text], [*marks, Mark(0, 2, 4), Mark(0, 900, 901), Mark(0, 8, 8)])
    assert found.convention == Convention(wide=True, newline=2)
    assert [text[slice(*span)] for span in found.spans[:5] if isinstance(span, tuple)] == words
    assert found.spans[5:] == [
        "pladsen passer ikke med ordene i teksten",
        "pladsen findes ikke i teksten",
        "pladsen findes ikke i teksten",
    ]


def test_a_place_inside_an_emoji_is_no_place() -> None:
    text = "🙂 ja 🙂 nej 🙂"
    marks = [Mark(0, 3, 5, "ja"), Mark(0, 9, 12, "nej"), Mark(0, 1, 5)]
    assert settle([text], marks).spans == [(2, 4), (7, 10), "pladsen findes ikke i teksten"]


def test_where_known_ways_fit_equally_well_and_differ_nothing_is_placed_by_guess() -> None:
    # By the standard the third "ja"; where a line break counts as two, the second.
    text = "x\n\n\nja ja ja"
    found = settle([text], [Mark(0, 10, 12)])
    assert found.rivals == 1
    assert found.spans == ["flere måder at tælle på passer lige godt"]
    # A passage elsewhere, which only one of the ways places, settles it.
    assert settle([text + " nej"], [Mark(0, 10, 12), Mark(0, 13, 16)]).spans == [(10, 12), (13, 16)]


def test_no_marks_are_no_fault() -> None:
    found = settle([], [])
    assert (found.spans, found.convention) == ([], STANDARD)
