"""The order of answers from their words: known only when nothing is left over."""

import random

import pytest

from blupkit.survey.reading.scales.words import direction, known_order, meaning_of, meanings, number_of, same_step

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
    "1 year or less|1 ~ 3 years|3 ~ 5 years|5 years or more",
    "17 år eller derunder|18 - 40 år|41 år eller derover",
    "Never|Almost never|Occasionally|Sometimes|Fairly often|Very often|Every time",
    "Slet ikke vigtigt|Mindre vigtigt|Hverken vigtigt eller uvigtigt|Vigtigt|Helt afgørende",
    "Meget utilfreds|Mindre tilfreds|Hverken eller|Ret tilfreds|Tilfreds|Meget tilfreds",
    "Mere uenig end enig|Nøytral|Mere enig end uenig|Totalt enig",
    "Meget usikker|Usikker|Sikker|Meget sikker",
    "Very poor|Below average|Average|Above average|Excellent",
    "Aldrig|Næsten aldrig|Sjældent|Af og til|Ofte|Meget ofte|Næsten altid|Altid",
    "Slet ikke god|Dårlig|Mindre god|Nogenlunde|God|Fremragende",
    "Nicht wichtig|Kaum wichtig|Mäßig wichtig|Wichtig|Sehr wichtig",
    "never_treat|sometimes_treat|always_treat",
    "Bruger det aldrig|Bruger det af og til|Bruger det ofte",
    "Much worse|Somewhat worse|Stayed same|Somewhat better|Much better",
    "very_poor|poor|adequate|good|excellent",
    "Svært vanskelig|Vanskelig|Lett|Svært lett",
    "Not at all|To a small extent|Quite a bit|Very much",
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
    "answer",
    ["Ved ikke", "Vet ikke", "Don't know", "I do not know", "Kan ikke vurdere", "Ikke relevant", "N/A", "dont_know"],
)
def test_what_says_that_somebody_could_not_answer(answer: str) -> None:
    assert meaning_of(answer) == "ved_ikke"


@pytest.mark.parametrize(
    "answer", ["Ønsker ikke at oplyse", "Prefer not to answer", "Uoplyst", "Ubesvaret", "I prefer to keep it a secret"]
)
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


@pytest.mark.parametrize(
    ("labels", "no_answer"),
    [
        ("Relevant|Meget relevant|Ikke relevant|Ved ikke", ["Ved ikke"]),
        ("Enig|Uenig|Ikke relevant", ["Ikke relevant"]),
        ("Ja|Nej|Usikker", ["Usikker"]),
        ("Sikker|Usikker", []),
    ],
)
def test_what_has_a_place_on_the_scale_is_an_answer(labels: str, no_answer: list[str]) -> None:
    texts = labels.split("|")
    assert [text for text, meaning in zip(texts, meanings(texts), strict=True) if meaning != "svar"] == no_answer


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("5 = Helt enig", 5),
        ("5. Helt enig", 5),
        ("(5) enig", 5),
        ("5 Helt enig", 5),
        ("5=enig", 5),
        ("1 I høj grad", 1),
    ],
)
def test_a_number_before_a_word_is_its_code(label: str, number: int) -> None:
    assert number_of(label) == number


@pytest.mark.parametrize("label", ["30 år", "5 gange", "10 eller flere", "1-3 timer", "2 ud af 3", "1,5 Helt"])
def test_a_number_that_belongs_to_the_word_is_no_code(label: str) -> None:
    assert number_of(label) is None


@pytest.mark.parametrize(
    ("codes", "labels", "way"),
    [
        ([1, 2, 3], "Not at all likely|Somewhat likely|Extremely likely", "stigende"),
        ([3, 2, 1], "Slet ikke hjælpsom|Lidt hjælpsom|Meget hjælpsom", "faldende"),
        ([1, 2, 3], "Mindre god|Meget god|God", "blandet"),
        ([1, 2], "Ja|Nej", ""),
        ([1, 2, 3], "Under 30 år|30-60 år|Over 60 år", ""),
    ],
)
def test_which_way_the_words_run(codes: list[int], labels: str, way: str) -> None:
    assert direction(codes, labels.split("|")) == way


@pytest.mark.parametrize(
    ("cell", "labels", "meant"),
    [
        ("Somewhat agree", "Uenig|Delvist enig|Enig|Helt enig", "Delvist enig"),
        ("Very satisfied", "Utilfreds|Tilfreds|Meget tilfreds", "Meget tilfreds"),
        ("Somewhat agree", "Uenig|Enig|Helt enig", None),
        ("To a great extent", "I ringe grad|I nogen grad|I høj grad", "I høj grad"),
        ("Rød", "Uenig|Enig", None),
    ],
)
def test_a_word_in_another_language_is_the_label_with_the_same_place(cell: str, labels: str, meant: str | None) -> None:
    assert same_step(cell, labels.split("|")) == meant
