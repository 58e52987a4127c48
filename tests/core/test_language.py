"""Words of Danish texts, and how much more often one text uses a word than another."""

from __future__ import annotations

import pytest

from blupkit.core.language import lemma, log_likelihood, readings
from blupkit.core.lexicon.agents import FORMS


def test_g2_agrees_with_r_where_both_sides_use_the_word() -> None:
    # R: glm(c(45, 7) ~ 1 + offset(log(c(5781, 2568))), family = poisson)$deviance
    assert log_likelihood(45, 7, 5781, 2568) == pytest.approx(8.500079209, abs=1e-8)


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("borger", "borger borgers borgeren borgerens borgere borgeres borgerne Borgernes"),
        ("leder", "leder leders lederen ledere lederne"),
        ("deltager", "deltager deltagere deltagerne"),
        ("kasserer", "kasserer kassereren kasserere"),
        ("forælder", "forælder forældre forældrene forældres"),
        ("landsbyborger", "landsbyborger landsbyborgere landsbyborgerne"),
        ("foreningsleder", "foreningsleder foreningsledere foreningslederne"),
        ("halbruger", "halbruger halbrugere halbrugerne"),
        ("cykel", "cykel cykler cyklerne cyklen"),
        ("pulje", "pulje puljen puljer puljerne"),
        ("formand", "formand formanden formænd formændene"),
    ],
)
def test_all_forms_of_a_noun_are_one_word(noun: str, forms: str) -> None:
    assert {lemma(form) for form in forms.split()} == {noun}


def test_a_word_that_only_ends_like_an_agent_stays_itself() -> None:
    words = {"landsbybilleder": "landsbybillede", "billeder": "billede", "bruger": "bruge", "løber": "løbe"}
    assert {word: lemma(word) for word in words} == words


def test_a_verb_is_found_by_all_of_its_forms_though_one_is_an_agents() -> None:
    assert all(readings("deltage") & readings(form) for form in ("deltager", "deltog", "deltaget"))
    assert not readings("deltagerne") & readings("deltog")


def test_the_table_decides_whatever_the_dictionary_says() -> None:
    assert {form: lemma(form) for form in FORMS} == FORMS
    assert {lemma(noun) for noun in FORMS.values()} == set(FORMS.values())
