"""The order of answers from their words: known only when nothing is left over."""

import random

import pytest

from blupkit.survey.proposing.guessing.scale_words import known_order, number_of
from blupkit.survey.proposing.guessing.scales import meaning_of

#: From low to high.
KNOWN = [
    "Helt uenig|Delvist uenig|Hverken eller|Delvist enig|Helt enig",
    "Svært uenig|Litt uenig|Verken enig eller uenig|Litt enig|Svært enig",
    "Strongly disagree|Somewhat disagree|Neither agree nor disagree|Somewhat agree|Strongly agree",
    "Slet ikke vigtigt|Mindre vigtigt|Vigtigt|Meget vigtigt|Yderst vigtigt",
    "Ingen betydning|Lille betydning|Nogen betydning|Stor betydning",
    "Very unimportant|Somewhat unimportant|Neither important nor unimportant|Somewhat important|Very important",
    "I meget ringe grad|I ringe grad|I nogen grad|I høj grad|I meget høj grad",
    "I svært liten grad|I liten grad|I noen grad|I stor grad|I svært stor grad",
    "Meget utilfreds|Utilfreds|Hverken tilfreds eller utilfreds|Tilfreds|Meget tilfreds",
    "Ikke særlig god|God|Meget god",
    "Very poor|Poor|Fair|Good|Very good|Excellent",
    "Meget lavt|Lavt|Middel|Højt|Meget højt",
    "Aldrig|Sjældent|Af og til|Ofte|Altid",
    "Never|Once a year or less|A few times per month|Every day",
    "Under 18 år|18-29 år|30-59 år|60 år eller derover",
    "Mindre end 1 måned|1-11 måneder|1-3 år|Mere end 3 år",
    "Ingen|Op til 3 timer|4-8 timer|Mere end 8 timer",
    "No, not rude at all|Yes, somewhat rude|Yes, very rude",
    "very_dissatisfied|dissatisfied|satisfied|very_satisfied",
    "1 = Meget dårligt|2 = Dårligt|3 = Godt|4 = Meget godt",
    "Grundskole|Gymnasial uddannelse|Mellemlang videregående|Lang videregående",
]


@pytest.mark.parametrize("scale", KNOWN)
def test_known_words_give_their_order_whatever_order_they_came_in(scale: str) -> None:
    answers = scale.split("|")
    mixed = random.Random(1).sample(answers, len(answers))
    order = known_order(mixed)
    assert order is not None
    assert order.answers == answers


@pytest.mark.parametrize(
    "scale",
    [
        "Rød|Grøn|Blå",
        "Meget stor bil|Blå bil|Grøn bil",
        "Enig|Tilfreds|Vigtig",
        "Enig|Helt enig|Fuldstændig enig",  # the last two say the same
        "Meget vigtig for mig|Vigtig for min nabo",
        "Guld|Sølv|Bronze",
        "Enig",
    ],
)
def test_what_is_not_known_to_the_last_word_has_no_order(scale: str) -> None:
    assert known_order(scale.split("|")) is None


def test_intervals_and_schooling_are_ordered_but_no_ratings() -> None:
    for scale in ("Under 18 år|18-29 år|30 år eller derover", "Grundskole|Gymnasium|Bachelor"):
        order = known_order(scale.split("|"))
        assert order is not None
        assert not order.is_rating


@pytest.mark.parametrize(
    "answer", ["Ved ikke", "Vet ikke", "Don't know", "Kan ikke vurdere", "Ikke relevant", "N/A", "dont_know"]
)
def test_what_says_that_somebody_could_not_answer(answer: str) -> None:
    assert meaning_of(answer) == "ved_ikke"


@pytest.mark.parametrize("answer", ["Ønsker ikke at oplyse", "Prefer not to answer", "Uoplyst", "Ubesvart"])
def test_what_says_that_somebody_would_not_answer(answer: str) -> None:
    assert meaning_of(answer) == "uoplyst"


@pytest.mark.parametrize("answer", ["Ikke vigtigt", "Nej", "Uenig", "Det ved vi", "Intet", "Ingen"])
def test_what_is_an_answer_stays_one(answer: str) -> None:
    assert meaning_of(answer) == "svar"


def test_the_number_before_an_answer_is_found_and_an_interval_is_none() -> None:
    assert [number_of(text) for text in ("5 = Helt enig", "(5) Helt enig", "5. Helt enig", "5 - Helt enig", "5")] == [
        5
    ] * 5
    assert [number_of(text) for text in ("4-8 timer", "4 - 8 timer", "Helt enig")] == [None] * 3
