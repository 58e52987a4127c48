"""The words of some texts: every form of a Danish word, phrases, and what NLTK does that one would not guess."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.collocations import BigramCollocationFinder
from nltk.text import Text

from blupkit.core.language import STOP_WORDS
from blupkit.interviews.exploring.index import Index


def found(index: Index, *words: str) -> list[str]:
    return [index.words[place] for place in index.places(words).tolist()]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("ansøgning", "ansøgning ansøgningen ansøgninger ansøgningerne ansøgningens ansøgningernes"),
        ("ansøgningerne", "ansøgning ansøgningen ansøgninger ansøgningerne ansøgningens ansøgningernes"),
        ("søge", "søge søger søgte søgt"),
        ("barn", "barn barnet børn børnene børnenes"),
        ("å", "å åen åer"),
        # The dictionary has "borger" under a verb, "gode" and "godt" as words of their own.
        ("borger", "borger borgere borgerne borgernes"),
        ("borgerne", "borger borgere borgerne borgernes"),
        ("god", "god godt gode bedre bedst"),
        ("gode", "god godt gode"),
        ("godt", "god godt gode"),
        ("svar", "svar svaret svarets svarene"),
        ("råd", "råd rådet rådene rådets"),
        ("klar", "klar klart"),
        ("svær", "svær svært svære"),
    ],
)
def test_a_word_is_found_in_every_form(word: str, forms: str) -> None:
    index = Index.of([forms, "sagen sagt land landede kommune vej et t e"])
    assert set(forms.split()) <= set(index.forms(word))
    assert set(index.forms(word)) <= set(forms.split())


def test_a_noun_is_not_found_as_a_form_of_a_verb_that_looks_like_its_adjective() -> None:
    index = Index.of(["sag sagt lån lånt låne del delt dele møde mødt"])
    assert index.forms("sag") == ["sag"]
    assert index.forms("lån") == ["lån"]
    assert Index.of(["svar svare svarer"]).forms("svar") == ["svar"]
    assert set(Index.of(["svar svare svarer svaret"]).forms("svaret")) == {"svar", "svare", "svarer", "svaret"}
    assert "delt" not in index.forms("del")


def test_capitals_are_joined_though_nltk_joins_them_in_its_concordance_only() -> None:
    words = ["Kommunen", "sagde", "nej", "og", "kommunen", "sagde", "KOMMUNEN"]
    text = Text(words)
    # NLTK 3.10: only the concordance joins them.
    assert (text.count("kommunen"), len(text.concordance_list("kommunen"))) == (1, 3)
    assert found(Index.of([" ".join(words)]), "kommunen") == ["kommunen"] * 3


def test_a_phrase_is_found_as_one_string_where_nltk_says_nothing() -> None:
    words = ["Vi", "søgte", "midler", "og", "midler", "søgte", "vi"]
    assert Text(words).concordance_list("søgte midler") == []
    index = Index.of([" ".join(words)])
    assert index.places(["søge", "midler"]).tolist() == [1]


def test_collocations_need_a_list_of_stop_words_that_is_not_there_and_ours_is() -> None:
    with pytest.raises(LookupError, match="stopwords"):
        Text(["vi", "søgte", "midler"] * 5).collocation_list()
    assert {"jeg", "være", "og", "ikke"} <= STOP_WORDS
    finder = BigramCollocationFinder.from_words(["og", "midler"] * 3)
    finder.apply_word_filter(STOP_WORDS.__contains__)
    assert not finder.ngram_fd


def test_a_phrase_does_not_go_from_one_text_into_the_next() -> None:
    index = Index.of(["vi søger", "midler til en bro", "", "søger midler"])
    assert index.places(["søge", "midler"]).tolist() == [6]
    assert index.places(["midler", "til", "en", "bro", "søger"]).tolist() == []
    assert index.places(["midler", "nu"]).tolist() == []


def test_a_star_stands_for_any_rest_and_no_other_sign_is_one() -> None:
    index = Index.of(["pulje puljer puljemidler landdistriktspulje impuls"])
    assert sorted(index.forms("pulje*")) == ["pulje", "puljemidler", "puljer"]
    assert sorted(index.forms("*pulje")) == ["landdistriktspulje", "pulje"]
    assert sorted(index.forms("*pulje*")) == ["landdistriktspulje", "pulje", "puljemidler", "puljer"]
    for signs in ("p.lje", "pulj[e]", "pul(je)", "pulje|impuls", "^pulje$", "\\w+", ".*", "pulje+", "(?i)PULJE"):
        assert index.forms(signs) == []


def test_compounds_are_those_that_begin_or_end_with_the_word() -> None:
    index = Index.of(["midler puljemidler puljemidlerne midlertidig umiddelbart ansøgningsfrist by byråd"])
    assert index.compounds("midler") == ["puljemidler", "puljemidlerne", "midlertidig"]
    assert index.compounds("ansøgning") == ["ansøgningsfrist"]
    assert index.compounds("by") == []


def test_the_words_most_like_one_that_is_not_there_are_told() -> None:
    index = Index.of(["ansøgning pulje kommune"])
    assert index.alike("ansøgnign") == ["ansøgning"]
    assert index.alike("Pulie") == ["pulje"]
    assert index.alike("xyz") == []


def test_no_text_at_all_has_no_word() -> None:
    for texts in ([], ["", " … "]):
        index = Index.of(texts)
        assert index.places(["pulje"]).tolist() == []
        assert index.alike("pulje") == []


@given(st.lists(st.text(alphabet="abæøå ÆA.,-'12\n", max_size=40), max_size=5))
def test_every_word_of_every_text_is_counted_in(texts: list[str]) -> None:
    index = Index.of(texts)
    known = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
    plain = [word.lower() for text in texts for word in known.findall(text)]
    assert list(index.words) == plain
    assert sum(index.vocabulary.values()) == len(plain)
    for word in set(plain):
        assert found(index, word).count(word) == plain.count(word)
    for place in range(len(plain)):
        text = texts[index.text[place]]
        assert text[index.start[place] : index.end[place]].lower() == plain[place]
