"""The order of answers whose words are known, and which way a scale runs.

A word is placed by its head ("enig", "important") and its degree ("meget", "not at all"): scales are put together of
the same few, and a list of whole scales would never be long enough. What is not known has no order here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import pairwise
from typing import Final, NamedTuple

from blupkit.survey.reading.column_names import NUMBER, plain
from blupkit.survey.reading.questionnaire import Meaning
from blupkit.survey.reading.scales.vocabulary import (
    ABOVE,
    BELOW,
    DEGREE,
    FAMILIES,
    FIGURE,
    NEUTRAL,
    SCHOOLS,
    SILENT,
    TIMES,
    UNITS,
    YES_NO,
    Family,
)

#: "5 = Helt enig", "(5) Helt enig", "5. Helt enig", "5 - Helt enig", "5 Helt enig"; but not "30 år", "5 gange", "1-3".
NUMBERED: Final = re.compile(
    r"\(?(?P<code>-?\d{1,2}(?:[.,]\d+)?)"
    r"(?:\)?\s*[=:]\s*|\)\s*|\.\s+|\.(?=[^\W\d]{3})|\s*[-–—]\s+(?!\d)|\s+(?=[A-ZÆØÅ]))(?P<text>\D.*)",
    re.DOTALL,
)
#: What says that somebody could not answer, wherever it stands; and whole answers that say so.
DONT_KNOW: Final = re.compile(
    r"\b(ved|vet) (jeg |det )*(ikke|inte|ej)\b|\b(det )?ved jeg ikke\b|\bdo(n.?t| not) know\b"
    r"|\bkan ikke (svare|vurdere)\b|\b(unsure|no opinion|cannot say)\b",
    re.IGNORECASE,
)
NO_ANSWER: Final = re.compile(
    r"(i('m| am) )?not sure|usikker|uncertain"
    r"|(jeg )?(kan|kunne) ikke (vurdere|svare|bedømme|ta stilling).*"
    r"|(jeg )?har (ikke|aldrig) (erfaring|kendskab|taget|prøvet|brugt|anvendt).*"
    r"|ikke (relevant|aktuelt?|anvendeligt?)\b.*|irrelevant|not applicable.*|n/?a|ej relevant|no opinion.*|ingen mening"
    r"|(i )?know .*\b(never|not) (used|tried)\b.*|can.?t (say|judge|rate).*|unable to.*|husker ikke|no experience.*"
    r"|unfamiliar.*|kender (det |den )?ikke.*|.*\(n/?a\)",
    re.IGNORECASE,
)
UNDISCLOSED: Final = re.compile(
    r"(jeg )?(ønsker|vil|vil helst) ikke (at )?\b.*|.*\b(ikke|u)\s?oplyst\b|(i )?(would )?(rather|prefer) not\b.*"
    r"|(i )?prefer to keep .*|no answer|ingen svar|intet svar|ubesvare?t|ikke besvare?t?|refused|missing",
    re.IGNORECASE,
)

#: What is ordered, and no degree of anything.
_NO_RATING: Final = frozenset({"ja_nej", "interval", "uddannelse"})
#: Where a text's place on a ruler is looked for; None where a word of it is not known.
_Place = Callable[[str], float | None]


class Run(StrEnum):
    """Which way a scale runs: what its words say of its codes, in the word of `skala_retning`."""

    RISING = "stigende"
    FALLING = "faldende"
    MIXED = "blandet"
    UNKNOWN = ""


class Order(NamedTuple):
    """Answers from low to high, and what kind of scale they are."""

    family: str
    answers: list[str]

    @property
    def is_rating(self) -> bool:
        """Whether a mean of them says something: degrees of one thing."""
        return self.family not in _NO_RATING and len(self.answers) > 2

    @property
    def has_two_sides(self) -> bool:
        """Whether it goes from one word to its opposite: then each end has another."""
        down = next((family.down for family in FAMILIES if family.name == self.family), "")
        found = [bool(down and re.search(rf"(?<!\w)(?:{down})(?!\w)", plain(text))) for text in self.answers]
        middle = any(NEUTRAL.search(plain(text)) for text in self.answers)
        return middle or (any(found) and self.family in {"enighed", "tilfredshed", "sandsynlighed"})


def known_order(answers: list[str]) -> Order | None:
    """Put answers in order where all their words are known; those that say "ved ikke" must be left out first.

    Parameters
    ----------
    answers : list of str
        The different answers, at least two.

    Returns
    -------
    Order or None
        None where a word is not known, two have the same place, or there is only one.

    Examples
    --------
    >>> known_order(["Meget vigtig", "Slet ikke vigtig", "Vigtig", "Mindre vigtig"])
    Order(family='vigtighed', answers=['Slet ikke vigtig', 'Mindre vigtig', 'Vigtig', 'Meget vigtig'])
    >>> known_order(["70 år eller derover", "Under 30 år", "30-69 år"]).answers
    ['Under 30 år', '30-69 år', '70 år eller derover']
    >>> known_order(["Rød", "Blå"]) is None
    True
    """
    if len(answers) < 2:
        return None
    bare = {answer: _bare(answer) for answer in answers}
    for name, place_of in _rulers(_shared_words(list(bare.values()))):
        placed = {answer: place_of(text) for answer, text in bare.items()}
        found = [place for place in placed.values() if place is not None]
        if len(found) == len(answers) and len(set(found)) == len(found):
            return Order(name, [answer for _, answer in sorted(zip(found, answers, strict=True))])
    return None


def number_of(answer: str) -> int | None:
    """Give the number before an answer's words, as in "5 = Helt enig", or the whole number that it is.

    Examples
    --------
    >>> number_of("5 = Helt enig"), number_of("(1) Slet ikke"), number_of("3"), number_of("1-3 gange")
    (5, 1, 3, None)
    """
    match = NUMBERED.fullmatch(answer)
    number = match[1] if match else answer
    return int(number) if re.fullmatch(r"-?\d{1,3}", number) else None


def _shared_words(answers: list[str]) -> list[str]:
    """Give the words that all answers but one have, and that say no degree."""
    counts = Counter(word for answer in answers for word in set(re.findall(r"[^\W\d]{3,}", answer)))
    often = [word for word, count in counts.items() if count >= max(2, len(answers) - 1)]
    return [word for word in often if _degree(word, alone=True) is None and not _is_silent(word)]


def _bare(answer: str) -> str:
    match = NUMBERED.fullmatch(answer)
    # Kobo's names of choices have underscores for blanks.
    text = plain(re.sub(r"\s*\([^)]*\)", "", match[2] if match else answer).replace("_", " ")).strip(" .!:;")
    return re.sub(r"^(?:yes|no|ja|nej|nei), ", "", text)


def _head(family: Family, text: str) -> float | None:
    """Place a word on a scale: its head says on which side, its degree how far. None where a word is left over."""
    if neutral := NEUTRAL.search(text):
        heads = "|".join(filter(None, (family.up, family.down)))
        rest = re.sub(rf"(?<!\w)(?:u|un)?(?:{heads})(?!\w)", " ", text.replace(neutral[0], " "))
        return (0.0 if family.down else 1.6) if _is_silent(rest) else None
    if not family.down:  # "uvigtig" is the least of what has no other side
        text = re.sub(r"(?<!\w)(?:u|un|ir)(?=vigtig|viktig|væsentlig|important|relevant)", "ikke ", text)
    if family.down and (
        leaning := re.fullmatch(rf"(?:mere|mer|more) (?:({family.up})|{family.down}) (?:end|enn|than) .*", text)
    ):
        return 0.5 if leaning[1] else -0.5
    up = re.search(rf"(?<!\w)(?:{family.up})(?!\w)", text)
    down = re.search(rf"(?<!\w)(?:{family.down})(?!\w)", text) if family.down else None
    head = down or up
    if head is None:
        return None if family.down else _degree(text, alone=True)
    # In "i høj grad" the degree may be what the family's own word is: only what is around the head is looked at.
    rest = f"{text[: head.start()]} {text[head.end() :]}"
    degree = _degree(rest)
    if degree is None or not family.down:
        return degree
    if degree in {0.0, 1.0} and (less := re.match(r"\s*(ikke|not|slet|overhovedet|inte|mindre|less)\b", rest)):
        below = -1.0 if less[1] in {"mindre", "less"} else degree - 3
        return below if not down else None  # "ikke særlig god" is below the middle; "ikke dårlig" is not known
    far = 1.5 if re.fullmatch(_FARTHEST, head[0]) else -1.0 if head[0].endswith("average") else 0.0
    return (-1 if down else 1) * (degree + far)


_FARTHEST: Final = r"excellent|fremragende|utmerket|enestående|outstanding|terrible|awful|ekspert|expert|none|ingen"


def _degree(text: str, *, alone: bool = False) -> float | None:
    """Give the degree that a text says, 2 for none at all; None where it says something else as well."""
    for value, pattern in DEGREE:
        found = pattern.search(text)
        if found and _is_silent(f"{text[: found.start()]} {text[found.end() :]}"):
            return value
    return 2.0 if not alone and _is_silent(text) else None


def _is_silent(text: str) -> bool:
    return not SILENT.sub(" ", text).strip()


def _times(text: str) -> float | None:
    counted = re.fullmatch(r"(\d+)(?:\s*[-–]\s*\d+)? (?:gange?|times?|ganger)", text)
    if counted:
        return float(counted[1])
    often = re.fullmatch(r"(.*?)( or less| or more| eller (?:sjældnere|mindre|oftere|mere))?", text)
    bare, end = (often[1], often[2] or "") if often else (text, "")
    value = next((value for value, word in TIMES if word.fullmatch(bare)), None)
    step = 0.9 if end.endswith(("less", "sjældnere", "mindre")) else 1.1 if end else 1.0
    return None if value is None else value * step


def _times_of(word: str, text: str) -> float | None:
    """Say how often, where all answers say of what too."""
    return _times(" ".join(re.sub(rf"(?<!\w)(?:{re.escape(word)}|det|den|jeg|it)(?!\w)", " ", text).split()))


def _interval(text: str) -> float | None:
    text = re.sub(r"(\d+)\s?(?:'|ft\b\.?)\s?(\d+)?\"?", lambda feet: str(12 * int(feet[1]) + int(feet[2] or 0)), text)
    figures = FIGURE.findall(text)
    if not figures:
        return {"ingen": -1.0, "none": -1.0, "slet ikke": -1.0, "aldrig": -1.0, "never": -1.0}.get(text)
    words = text.replace("årlig", "")
    unit = next((size for name, size in UNITS.items() if name in words), 1.0)
    first = float(figures[0].replace(" ", "").replace("\u00a0", "").replace(",", ".")
                  if not re.fullmatch(r"\d{1,3}(\.\d{3})+", figures[0]) else figures[0].replace(".", ""))  # fmt: skip
    return unit * (first - 0.5 if BELOW.search(text) else first + 0.5 if ABOVE.search(text) else first)


def _yes_no(text: str) -> float | None:
    yes, no = YES_NO
    return (
        1.0 if text in yes else 2.0 if text in no else 1.5 if text in {"delvist", "måske", "maybe", "kanskje"} else None
    )


def _degree_alone(text: str) -> float | None:
    return _degree(text, alone=True)


def _schooling(text: str) -> float | None:
    return next((float(place) for place, words in enumerate(SCHOOLS) if re.search(words, text)), None)


def _rulers(words: list[str]) -> Iterator[tuple[str, Callable[[str], float | None]]]:
    """Go through the ways to place an answer, the surest first."""
    yield "ja_nej", _yes_no
    yield "hyppighed", _times
    for family in FAMILIES:
        yield family.name, partial(_head, family)
    yield "grad", _degree_alone
    # Any word may be what an answer has degrees of, where all of them have it and nothing else.
    for word in words:
        yield "hyppighed", partial(_times_of, word)
        yield "grad", partial(_head, Family("grad", re.escape(word)))
    yield "interval", _interval
    yield "uddannelse", _schooling


def direction(codes: Sequence[float], texts: Sequence[str]) -> Run:
    """Say which way the words of a scale run when its codes rise.

    Parameters
    ----------
    codes : sequence of float
        The answers' codes.
    texts : sequence of str
        Their labels.

    Examples
    --------
    >>> direction([5, 4, 3], ["Aldrig", "Sjældent", "Ofte"]).value, direction([1, 2, 3], ["God", "Bad", "Good"]).value
    ('faldende', 'blandet')
    """
    ranks = [rank for _, rank in sorted(zip(codes, rank_words(texts), strict=True)) if rank is not None]
    steps = [later - earlier for earlier, later in pairwise(ranks)]
    if not any(steps):
        return Run.UNKNOWN
    if all(step >= 0 for step in steps):
        return Run.RISING
    return Run.FALLING if all(step <= 0 for step in steps) else Run.MIXED


def rank_words(texts: Sequence[str]) -> list[float | None]:
    """Rank the words of a scale from least to most.

    Parameters
    ----------
    texts : sequence of str
        The labels, in any order; numbers are ranked as numbers.

    Returns
    -------
    list of float or None
        A rank for each that is known: two that say the same have the same one. All None where fewer than two different
        ones are known on one ruler.

    Examples
    --------
    >>> rank_words(["Helt uenig", "Uenig", "Måske", "Helt enig"])
    [-3.0, -2.0, None, 3.0]
    >>> rank_words(["Dag", "Aften"])
    [None, None]
    """
    if len(texts) > 1 and all(NUMBER.fullmatch(text.strip()) for text in texts):
        return [float(text.replace(",", ".")) for text in texts]
    unknown: list[float | None] = [None] * len(texts)
    return next((found for _, found in _ranks(texts)), unknown)


def _ranks(texts: Sequence[str]) -> Iterator[tuple[_Place, list[float | None]]]:
    """Give the rulers on which at least two labels differ, the one that knows most of them first."""
    bare = list(map(_bare, texts))
    rulers = [(place, list(map(place, bare))) for name, place in _rulers(_shared_words(bare)) if name not in _NO_RATING]
    known = [(place, found) for place, found in rulers if len(set(found) - {None}) > 1]
    yield from sorted(known, key=lambda ruler: ruler[1].count(None))


def same_step(text: str, labels: Sequence[str]) -> str | None:
    """Find the one label of a scale that says the same as a word in another language.

    Parameters
    ----------
    text : str
        What stands in a cell.
    labels : sequence of str
        The words of the scale.

    Returns
    -------
    str or None
        None where no label, or more than one, has the same place on the ruler that the scale belongs to.

    Examples
    --------
    >>> same_step("Strongly agree", ["Helt uenig", "Enig", "Helt enig"])
    'Helt enig'
    """
    for place, found in _ranks(labels):
        wanted = place(_bare(text))
        meant = [label for label, rank in zip(labels, found, strict=True) if rank is not None and rank == wanted]
        if wanted is not None:
            return meant[0] if len(meant) == 1 else None
    return None


def meaning_of(text: str) -> Meaning:
    """Say whether an answer is one, from its words alone; see `meanings`.

    Examples
    --------
    >>> [meaning_of(text).value for text in ("Enig", "I don't know", "Kan ikke vurdere", "Ønsker ikke at oplyse")]
    ['svar', 'ved_ikke', 'ved_ikke', 'uoplyst']
    """
    bare = re.sub(r"^\W+|[\s.]+$", "", text.replace("_", " "))
    if DONT_KNOW.search(bare) or NO_ANSWER.fullmatch(bare):
        return Meaning.DONT_KNOW
    return Meaning.UNDISCLOSED if UNDISCLOSED.fullmatch(bare) else Meaning.ANSWER


def is_answer(text: str) -> bool:
    """Whether an answer is one, from its words alone.

    Examples
    --------
    >>> is_answer("Nordby"), is_answer("Ubesvaret")
    (True, False)
    """
    return meaning_of(text) == Meaning.ANSWER


def meanings(texts: Sequence[str]) -> list[Meaning]:
    """Say of each label of a scale whether it is an answer.

    Parameters
    ----------
    texts : sequence of str
        The labels.

    Returns
    -------
    list of Meaning
        What has a place among the others is an answer: "Usikker" beside "Sikker", "Ikke relevant" beside "Relevant".

    Examples
    --------
    >>> [meaning.value for meaning in meanings(["Meget sikker", "Sikker", "Usikker", "Ved ikke"])]
    ['svar', 'svar', 'svar', 'ved_ikke']
    >>> [meaning.value for meaning in meanings(["Enig", "Uenig", "Usikker"])]
    ['svar', 'svar', 'ved_ikke']
    """
    found = list(map(meaning_of, texts))
    sure = [text for text, meaning in zip(texts, found, strict=True) if meaning == Meaning.ANSWER]
    return [
        Meaning.ANSWER if meaning != Meaning.ANSWER and sure and known_order([*sure, text]) else meaning
        for text, meaning in zip(texts, found, strict=True)
    ]
