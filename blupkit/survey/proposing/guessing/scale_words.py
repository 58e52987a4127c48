"""The order of answers whose words are known: Danish, Norwegian, Swedish and English scales, intervals, how often.

A word is placed by its head ("enig", "important") and its degree ("meget", "not at all"): scales are put together of
the same few, and a list of whole scales would never be long enough. What is not known has no order here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, NamedTuple

from blupkit.survey.reading.column_names import plain

#: "5 = Helt enig", "(5) Helt enig", "5. Helt enig", "5 - Helt enig".
NUMBERED: Final = re.compile(r"\(?(-?\d{1,2})(?:\)|\s*[=:.]\s|\s*[-–—]\s(?!\d)|\s+(?=[^\W\d]{3,}))\s*(\D.*)", re.DOTALL)
NO_ANSWER: Final = re.compile(
    r"(ved|vet) (ikke|inte|ej)\b.*|don.?t know\b.*|do not know.*|not sure|unsure|usikker|uncertain"
    r"|(jeg )?(kan|kunne) ikke (vurdere|svare|bedømme|ta stilling).*|(jeg )?har ikke (erfaring|kendskab|taget).*"
    r"|ikke (relevant|aktuelt?|anvendeligt?)\b.*|irrelevant|not applicable.*|n/?a|ej relevant|no opinion.*|ingen mening"
    r"|can.?t (say|judge|rate).*|unable to.*|husker ikke|no experience.*|unfamiliar.*"
    r"|kender (det |den )?ikke.*|.*\(n/?a\)",
    re.IGNORECASE,
)
UNDISCLOSED: Final = re.compile(
    r"(jeg )?(ønsker|vil|vil helst) ikke (at )?\b.*|.*\b(ikke|u)\s?oplyst\b|(i )?(would )?(prefer|rather) not\b.*"
    r"|no answer|ingen svar|intet svar|ubesvart|ikke besvart?|refused|missing",
    re.IGNORECASE,
)
OTHER: Final = re.compile(
    r"(andet|anden|andre|annet|annan|annat|others?|noget andet)\b(?! (parter|kommuner)).*", re.IGNORECASE
)


class Family(NamedTuple):
    """Words of one scale: what it is called, and the heads that count up and down; "" where none count down."""

    name: str
    up: str
    down: str = ""


FAMILIES: Final = (
    Family("enighed", r"enige?|agree|instämmer|passer|stemmer", r"uenige?|disagree|oenig"),
    Family(
        "tilfredshed",
        r"tilfredse?|tilfreds|fornøyde?|satisfied|nöjd|happy",
        r"utilfredse?|misfornøyde?|dissatisfied|unsatisfied|missnöjd|unhappy",
    ),
    Family("sandsynlighed", r"sandsynligt?|sannsynlig|likely|probably", r"usandsynligt?|usannsynlig|unlikely"),
    Family("vigtighed", r"vigtige?t?|viktige?t?|important|betydning|væsentligt?|relevante?"),
    Family("vigtighed", r"vigtigt?|viktigt?|important", r"uvigtigt?|uviktigt?|unimportant"),
    Family("tryghed", r"trygt?|safe|confident|sikker", r"utrygt?|unsafe"),
    Family("lethed", r"lett?|nemt?|easy|enkelt", r"svært?|vanskeligt?|difficult|hard"),
    Family(
        "niveau",
        r"højt?|høje|høyt?|high|stort?|store|stærkt?|hög|excellent|ekspert|expert|avanceret|advanced|øvet",
        r"lavt?|lave|low|lille|svagt?|låg|liten|begynder|beginner|novice|ingen|none",
    ),
    Family(
        "kvalitet",
        r"gode?|godt|bra|good|positive?t?|favou?rabl[ey]|helpful|excellent|fremragende|udmærket|great|outstanding|well|fint?",
        r"dårlige?t?|poor|poorly|bad|negative?t?|unfavou?rabl[ey]|unhelpful|terrible|awful|skidt|ringe",
    ),
    Family("udvikling", r"bedre|better|forbedret|mere|more|flere|øget|increased", r"værre|dårligere|worse|færre|less"),
    Family("grad", r"grad|omfang|extent|degree|udstrækning|utsträckning|udpræget"),
    Family(
        "kendskab",
        r"bekendt|fortrolige?|familiar|aware|kender|kendskab|interesseret|interested|engageret|useful|nyttigt?",
    ),
)
_NEUTRAL: Final = re.compile(
    r"\b(hverken|verken|neither|neutralt?|varken|middel|medium|average|gennemsnitligt?|både[- ]og|både og|uændret"
    r"|unchanged|the same|det samme|about the same|fair|acceptabelt?|acceptable|undecided|midt imellem|okay|ok)\b"
)
#: How much of its head a word says: the first that is found.
_DEGREES: Final = (
    (
        1.0,
        r"(ikke|inte) (særligt?|så|meget|specielt|veldig|særskilt)|not (very|so|much|particularly|that|too)|kun lidt",
    ),
    (0.5, r"(i )?(meget|svært|veldig|mycket) (ringe|lille|lav|lidt|liten|mindre)|very (little|small|low|slightly)"),
    (
        0.0,
        r"slet ikke|overhovedet ikke|not at all|inte alls|ikke i det hele tatt|aldeles ikke|slett ikke|not|no|none"
        r"|ikke|inte|ingen|unimportant",
    ),
    (3.5, r"(meget|svært|veldig|very|mycket) (høj|høy|stor|high|great|large|hög|strong)"),
    (
        1.0,
        r"ringe|lille|lav|lidt|litt|liten|mindre|slightly|a little|small|minor|limited|lite|little|lesser|låg"
        r"|begrænset|a bit|low",
    ),
    (
        1.5,
        r"delvist?|delvis|partly|partially|somewhat|some|nogen|noget|noen|noe|viss|vis|nogenlunde|moderate(ly)?|middels"
        r"|fairly|ganske|rimeligt?|någon|certain|nok|average",
    ),
    (2.2, r"overvejende|mostly|ret|temmelig|quite a bit|quite|rather|nokså|considerabl[ey]|ganska|generally|mest"),
    (2.4, r"højt?|høyt?|store?t?|high|great|large|hög|a lot"),
    (
        3.0,
        r"meget|veldig|svært|very|much|mycket|helt|fuldt|fuldstændigt?|fullt|strongly|completely|totally|highly|absolut"
        r"|absolutely|definitely|særdeles|særligt?|vældigt?|a great deal|rigtigt?|very much|particularly",
    ),
    (4.0, r"ekstremt|extremely|yderst|allerhøjeste|højeste|høyeste|exceptionally"),
)
_DEGREE: Final = tuple((value, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for value, words in _DEGREES)
#: What may stand beside head and degree and says nothing; with any other word, an answer is not known.
_SILENT: Final = re.compile(
    r"(?<!\w)(?:i|en|et|til|at all|at|to|an?|the|er|det|jeg|eller|or|nor|of|with|med|och|enn?|,|/)(?!\w)|[,/]"
)
#: How often, as times a year; the first that fits.
_OFTEN: Final = (
    (0.0, r"aldrig|aldri|never|slet ikke|not at all"),
    (
        0.6,
        r"(meget )?sjældent?|sjældnere|sjeldn?e?n?|rarely|seldom|hardly ever|almost never|næsten aldrig"
        r"|less often|less than",
    ),
    (400.0, r"altid|always|alltid|constantly|hele tiden|oftere|flere gange (om dagen|dagligt)|several times a day"),
    (
        390.0,
        r"næsten altid|almost always|nearly always|meget ofte|very often|usually|som regel|for det meste"
        r"|most of the time",
    ),
    (365.0, r"(næsten )?daglige?t?|hver dag|daily|every (day|night)|dagleg"),
    (150.0, r"(flere|et par|2-\d|several|a few|few) (gange|ganger|times) (om|i|a|per) (ugen|uken|week|uge).*"),
    (52.0, r"ugentligt?|ukentlig|hver uge|weekly|(every|once a) week|(cirka |ca\. )?(en|1) gang om ugen"),
    (24.0, r"(flere|et par|2-\d|several|a few|few) (gange|ganger|times) (om|i|a|per) (måneden|month|måned).*"),
    (12.0, r"månedligt?|månedlig|(cirka |ca\. |omkring )?hver måned|monthly|(en|1) gang om måneden|once a month"),
    (4.0, r"kvartalsvist?|hvert kvartal|quarterly|every quarter"),
    (3.0, r"(flere|et par|several|a few) (gange|times) (om|i|a) (året|year).*"),
    (1.0, r"årligt?|hvert år|yearly|annually|(en|1) gang om året|once a year"),
    (0.8, r"én gang|en enkelt gang|once"),
    (
        5.0,
        r"(af|av) og til|nogle gange|somme tider|noen ganger"
        r"|sometimes|occasionally|once in a while|iblant|i ny og næ|nu og da|ibland",
    ),
    (99.0, r"(about |omkring )?half (of )?the time|(cirka |omkring )?halvdelen af tiden|halve tiden"),
    (100.0, r"ofte|often|frequently|regelmæssigt|regularly|jævnligt|ofta|tit"),
)
_TIMES: Final = tuple((value, re.compile(rf"({words})", re.IGNORECASE)) for value, words in _OFTEN)
_UNITS: Final = {"minut": 1 / 1440, "time": 1 / 24, "hour": 1 / 24, "dag": 1.0, "day": 1.0, "uge": 7.0, "week": 7.0,
                 "måned": 30.4, "month": 30.4, "år": 365.0, "year": 365.0}  # fmt: skip
_FIGURE: Final = re.compile(r"\d{1,3}(?:[.\u00a0 ]\d{3})+|\d+(?:[.,]\d+)?")
_BELOW: Final = re.compile(
    r"^\W*(under|mindre end|færre end|less than|fewer than|below|op til|up to|til og med|højst|<|≤"
    r"|før|before|inden|yngre)"
)
_ABOVE: Final = re.compile(
    r"^\W*(over|mere end|flere end|more than|above|mindst|at least|efter|after|fra|older|>|≥)"
    r"|(eller (derover|mere|flere|ældre|over|more))|\+\W*$|or (more|older|above|over)"
    r"|og (over|derover|opefter)|and (over|above|older)|and more"
)
#: From the shortest schooling to the longest.
_SCHOOLS: Final = (
    r"less than high school|ingen (formel |formal )?(uddannelse|utdanning)|no (formal )?education|no schooling",
    r"folkeskole|grund?skole|ungdomsskole|primary|lower secondary|elementary|middle school",
    r"high school|gymnasi|\b(stx|hhx|htx|hf)\b|studentereksamen|upper secondary|videregående (skole|opplæring)|ged\b",
    r"erhvervs(faglig )?uddannelse|faglært|fagbrev|vocational|trade school|fagskole",
    r"some college|associate|kort(ere)? videregående",
    r"bachelor|mellemlang|college (degree|graduate)|4[- ]year",
    r"master|kandidat|lang(ere|varig)? videregående|graduate|postgrad|professional degree",
    r"ph\.? ?d|doctor|forskeruddannelse",
)
_YES_NO: Final = ({"ja", "yes", "y", "sand", "true"}, {"nej", "nei", "no", "n", "falsk", "false"})


class Order(NamedTuple):
    """Answers from low to high, and what kind of scale they are."""

    family: str
    answers: list[str]

    @property
    def is_rating(self) -> bool:
        """Whether a mean of them says something: degrees of one thing."""
        return self.family not in {"ja_nej", "interval", "uddannelse"} and len(self.answers) > 2

    @property
    def has_two_sides(self) -> bool:
        """Whether it goes from one word to its opposite: then each end has another."""
        down = next((family.down for family in FAMILIES if family.name == self.family), "")
        found = [bool(down and re.search(rf"(?<!\w)(?:{down})(?!\w)", plain(text))) for text in self.answers]
        middle = any(_NEUTRAL.search(plain(text)) for text in self.answers)
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
    if match:
        return int(match[1])
    return int(answer) if re.fullmatch(r"-?\d{1,3}", answer) else None


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
    if not family.down:  # "uvigtig" is the least of what has no other side
        text = re.sub(r"(?<!\w)(?:u|un|ir)(?=vigtig|viktig|væsentlig|important|relevant)", "ikke ", text)
    if neutral := _NEUTRAL.search(text):
        heads = "|".join(filter(None, (family.up, family.down)))
        rest = re.sub(rf"(?<!\w)(?:{heads})(?!\w)", " ", text.replace(neutral[0], " "))
        return (0.0 if family.down else 1.6) if _is_silent(rest) else None
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
    if degree in {0.0, 1.0} and re.match(r"\s*(ikke|not|slet|overhovedet|inte)\b", rest):
        return degree - 3 if not down else None  # "ikke særlig god" is below the middle; "ikke dårlig" is not known
    far = 1.5 if re.fullmatch(_FARTHEST, head[0]) else 0.0
    return (-1 if down else 1) * (degree + far)


_FARTHEST: Final = r"excellent|fremragende|outstanding|terrible|awful|ekspert|expert|none|ingen"


def _degree(text: str, *, alone: bool = False) -> float | None:
    """Give the degree that a text says, 2 for none at all; None where it says something else as well."""
    for value, pattern in _DEGREE:
        found = pattern.search(text)
        if found and _is_silent(f"{text[: found.start()]} {text[found.end() :]}"):
            return value
    return 2.0 if not alone and _is_silent(text) else None


def _is_silent(text: str) -> bool:
    return not _SILENT.sub(" ", text).strip()


def _times(text: str) -> float | None:
    counted = re.fullmatch(r"(\d+)(?:\s*[-–]\s*\d+)? (?:gange?|times?|ganger)", text)
    if counted:
        return float(counted[1])
    often = re.fullmatch(r"(.*?)( or less| or more| eller (?:sjældnere|mindre|oftere|mere))?", text)
    bare, end = (often[1], often[2] or "") if often else (text, "")
    value = next((value for value, word in _TIMES if word.fullmatch(bare)), None)
    step = 0.9 if end.endswith(("less", "sjældnere", "mindre")) else 1.1 if end else 1.0
    return None if value is None else value * step


def _interval(text: str) -> float | None:
    text = re.sub(r"(\d+)\s?(?:'|ft\b\.?)\s?(\d+)?\"?", lambda feet: str(12 * int(feet[1]) + int(feet[2] or 0)), text)
    figures = _FIGURE.findall(text)
    if not figures:
        return {"ingen": -1.0, "none": -1.0, "slet ikke": -1.0, "aldrig": -1.0, "never": -1.0}.get(text)
    words = text.replace("årlig", "")
    unit = next((size for name, size in _UNITS.items() if name in words), 1.0)
    first = float(figures[0].replace(" ", "").replace("\u00a0", "").replace(",", ".")
                  if not re.fullmatch(r"\d{1,3}(\.\d{3})+", figures[0]) else figures[0].replace(".", ""))  # fmt: skip
    return unit * (first - 0.5 if _BELOW.search(text) else first + 0.5 if _ABOVE.search(text) else first)


def _yes_no(text: str) -> float | None:
    yes, no = _YES_NO
    return (
        1.0 if text in yes else 2.0 if text in no else 1.5 if text in {"delvist", "måske", "maybe", "kanskje"} else None
    )


def _degree_alone(text: str) -> float | None:
    return _degree(text, alone=True)


def _schooling(text: str) -> float | None:
    return next((float(place) for place, words in enumerate(_SCHOOLS) if re.search(words, text)), None)


def _rulers(words: list[str]) -> Iterator[tuple[str, Callable[[str], float | None]]]:
    """Go through the ways to place an answer, the surest first."""
    yield "ja_nej", _yes_no
    yield "hyppighed", _times
    for family in FAMILIES:
        yield family.name, partial(_head, family)
    yield "grad", _degree_alone
    # Any word may be what an answer has degrees of, where all of them have it and nothing else.
    for word in words:
        yield "grad", partial(_head, Family("grad", re.escape(word)))
    yield "interval", _interval
    yield "uddannelse", _schooling
