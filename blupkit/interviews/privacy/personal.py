"""What points to a person in any Danish text, whoever it is: CPR numbers, phone numbers and street addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from blupkit.core.excerpts import Search
from blupkit.core.language import is_ordinary_word

Spans = Iterator[tuple[int, int]]

#: Digits inside a word (a checksum) or behind a comma or a point are no number of their own; "_" sets apart.
_ALONE: Final = r"(?<![^\W_])(?<!\d[.,])"
_END: Final = r"(?![^\W_])"
#: Day, month, year, and the four digits that only the person has; the check digit has said nothing since 2007.
_CPR: Final = re.compile(
    rf"(?:(?<![^\W_])cpr|{_ALONE})(?P<day>\d\d)(?P<apart>[ ./_–-]?)(?P<month>\d\d)(?P=apart)(?:18|19|20)?(?P<year>\d\d)"
    rf"(?P<last>[ _/]?[–-]?[ _]?)\d{{4}}{_END}",
    re.IGNORECASE,
)
#: As many digits stand in any such number: a quick look for the many texts that hold none.
_TEN: Final = re.compile(r"\d(?:[ ./_–-]{0,3}\d){9}")
_EIGHT: Final = re.compile(r"\d(?:[ ()._/–-]{0,3}\d){7}")
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DATE: Final = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./ –-])(?:0?[1-9]|1[0-2])(?P=a)(?:19|20)\d\d"
    r"|(?:19|20)\d\d(?P<b>[./ –-])(?:0[1-9]|1[0-2])(?P=b)(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
#: Groups of digits as a phone number is spaced; what calls it one; and Denmark's number before it.
_RUN: Final = re.compile(
    rf"(?:(?<![^\W_])(?P<glued>tlf|mobil|mob)\.?|{_ALONE})(?P<run>[+(]*\d+(?:[ ()._/–-]{{1,3}}\d+)*){_END}",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(r"\d+")
_CALLED: Final = re.compile(
    r"(?:\b(?:tlf|telefon(?:nummer)?|mobil(?:nummer)?|mob|ring(?:e|er)?(?: til)?|sms|nummer)[.:]*\s*"
    r"|\+45\)?[\W_]{0,2}|\b0045[\W_]{0,2})$",
    re.IGNORECASE,
)
#: How eight digits are grouped by those who write a phone number.
_SHAPES: Final = frozenset(
    {(8,), (4, 4), (2, 2, 2, 2), (2, 6), (3, 2, 3), (2, 3, 3), (3, 3, 2), (2, 2, 4), (4, 2, 2), (2, 4, 2)}
)
_ABROAD: Final = re.compile(r"(?:00)?45(?=\d{8}$)")
_YEARS: Final = range(1900, 2100)

#: How the name of a street ends, in one word or in two; and what else a road or a home is called in one word.
_STREET: Final = (
    "vej vejen gade gaden allé alléen stræde strædet straede straedet plads pladsen torv torvet boulevard boulevarden"
    " vænge vænget vaenge vaenget"
)
_GROUND: Final = (
    *("marken", "parken", "haven", "bakken", "toften", "lunden", "engen", "krogen", "skoven", "højen", "dalen"),
    *("ageren", "vangen", "løkken", "broen", "kajen", "gården", "havnen", "stien", "svinget", "hegnet", "brinken"),
)
_SQUARES: Final = frozenset({"torvet", "strædet", "pladsen"})
_ENDS: Final = "|".join(_STREET.split())
#: Roads and places that are no street's name.
_NO_STREET: Final = re.compile(
    r"(?:arbejds|lege|parkerings|bygge|losse|genbrugs|camping|sports|idræts|møde|kaj|sidde|stå|hvile|raste|studie"
    r"|praktik|lære|elev|dag|uddannelses|institutions|p-|bo|holde)plads(?:en)?|"
    r"(?:motor|motortrafik|gen|ud|om|cykel|adgangs|livs|hjem|gang|køre|flugt|luft|tilkørsels|om-)vej(?:en)?|brigaden?",
    re.IGNORECASE,
)
#: What a number counts or measures is no house.
_UNITS: Final = (
    r"%|‰|pct|procent|promille|(?:ud )?af \d|besvarelser|svar\b|personer|deltagere|borgere|kommuner|steder|gange|point"
    r"|k?m\b|kilometer|meter|min\b|minutter|timer?\b|dage?\b|uger?\b|år\b|måneder?|kr\b|kroner|mio|pladser"
)
#: A house number; what stands before it is looked at afterwards, since it is the rarer of the two.
_HOUSE: Final = re.compile(
    rf"[ _-](?<=[^\W\d_].)(?:nr\.?[ _]?)?\d{{1,3}}(?!\d)(?: ?[A-Za-zÆØÅæøå]{_END})?{_END}"
    rf"(?![.,]\d)(?! ?(?:{_UNITS}))"
)
_NAMED: Final = re.compile(
    rf"(?<![^\W_])(?P<name>[^\W\d_][^\W\d_’'-]*(?:{_ENDS})|[^\W\d_]{{3,}}alle"
    rf"|(?-i:[A-ZÆØÅÉ])[^\W_]+\.?[ _-](?:{_ENDS}|alle)"
    rf"|{'|'.join(sorted(_SQUARES))}|[^\W\d_]{{3,}}(?:{'|'.join(_GROUND)}))$",
    re.IGNORECASE,
)
#: As long is the name of a street at most.
_LONGEST: Final = 60
_FLOOR: Final = re.compile(
    rf"(?<![^\W_])[A-ZÆØÅÉ][^\W\d_]+ \d{{1,3}} ?[A-Za-z]?,? (?:st|kl|\d{{1,2}})\.? ?(?:sal|tv|th|mf){_END}"
)
_TOWN: Final = re.compile(rf"{_ALONE}(?P<code>[1-9]\d{{3}})[ _]+(?P<town>[A-ZÆØÅ][^\W\d_]+){_END}(?!-)")
#: Postal towns whose names are words too.
_TOWN_WORDS: Final = """
    ask beder brande damme faxe galten give gram greve hals hammel ho holte hvide kirke lem lille maribo møn odder ringe
    ry samsø skagen skive stege store sunds tarm tønder tørring varde vejen vejle vig vrå
"""
_WORD_TOWNS: Final = frozenset(_TOWN_WORDS.split())
#: The only postal codes that may also be years belong to this town.
_YEAR_TOWN: Final = "frederiksberg"
_SHOUTED: Final = 4


def cpr_numbers(text: str) -> Spans:
    """Find CPR numbers: six digits that are a date and four more, with a hyphen, a blank or nothing between.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of int
        Start and end of each.

    Examples
    --------
    >>> [len(list(cpr_numbers(text))) for text in ("f. 010203-1234", "010203 1234", "0102031234", "320203-1234")]
    [1, 1, 1, 0]
    """
    for match in _CPR.finditer(text) if _TEN.search(text) else ():
        day, month, year = (int(match[name]) for name in ("day", "month", "year"))
        dated = (
            1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1] and not (month == 2 and day == 29 and year % 4)
        )
        # "02.05.22 1234" is a date and a number; written apart throughout it is one.
        whole = not match["apart"] or match["last"].strip() in {"-", "–"} or match["last"] == match["apart"]
        if dated and whole:
            yield match.span()


def phone_numbers(text: str) -> Spans:
    """Find Danish phone numbers: eight digits, grouped as people group them, with or without +45.

    No phone numbers are dates, pairs of years, intervals between round numbers, numbers with points between thousands,
    and steps of an axis.

    Parameters
    ----------
    text : str
        Any text; cells of a row must be set apart by more than a blank.

    Yields
    ------
    tuple of int
        Start and end of each.

    Examples
    --------
    >>> list(phone_numbers("Ring 20 00 00 14 eller +4520000037, ikke 29.11.2026 eller 2019-2022."))
    [(5, 16), (26, 34)]
    """
    if not _EIGHT.search(text):
        return
    undated = _DATE.sub(lambda match: "x" * len(match.group()), text)
    for run in _RUN.finditer(undated):
        groups = [(run.start("run") + group.start(), group.group()) for group in _GROUP.finditer(run["run"])]
        taken = -1
        for first, (start, digits) in enumerate(groups):
            if start < taken:
                continue
            called = bool(run["glued"]) or bool(_CALLED.search(undated, max(0, start - 24), start))
            if abroad := _ABROAD.match(digits):
                start, digits, called = start + abroad.end(), digits[abroad.end() :], True
            length = _length([digits, *(group for _, group in groups[first + 1 :])])
            parts = [(start, digits), *groups[first + 1 : first + length]]
            if length and (called or _is_phone(undated, parts, groups)):
                taken = parts[-1][0] + len(parts[-1][1])
                yield start, taken


def _length(groups: list[str]) -> int:
    """Count how many groups make eight digits; 0 where none do."""
    total = 0
    for length, group in enumerate(groups, start=1):
        total += len(group)
        if total >= 8:
            return length if total == 8 else 0
    return 0


def _is_phone(text: str, parts: list[tuple[int, str]], run: list[tuple[int, str]]) -> bool:
    shape = tuple(len(digits) for _, digits in parts)
    between = {text[start + len(digits) : end].strip("()") for (start, digits), (end, _) in pairwise(parts)}
    end = parts[-1][0] + len(parts[-1][1])
    goes_on = between != {text[end : end + 1]} and re.match(r"[^\w\s]\d", text[end : end + 2])
    if shape not in _SHAPES or parts[0][1].startswith("0") or len(between) > 1 or (goes_on and len(parts) > 1):
        return False
    numbers = [int(digits) for _, digits in parts]
    if shape == (2, 3, 3):
        return between != {"."}
    if shape == (4, 4):
        low, high = numbers
        rounds = low % 10 in {0, 1} and high % 10 in {0, 9} and low < high and between != {" "}
        return not rounds and not (low in _YEARS and high in _YEARS)
    steps = {after - before for before, after in pairwise(int(digits) for _, digits in run)}
    return not (shape == (2, 2, 2, 2) and len(run) > len(parts) and len(steps) == 1)


def street_addresses(text: str) -> Spans:
    """Find the name of a street with a house number, and a postal code with its town.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of int
        Start and end of each.

    Examples
    --------
    >>> list(street_addresses("Kom til Tværhavevej 3, 5000 Odense, ikke på plads 3 i 2022."))
    [(8, 21), (23, 34)]
    """
    for house in _HOUSE.finditer(text):
        match = _NAMED.search(text, max(0, house.start() - _LONGEST), house.start())
        if match and _is_street(match["name"]):
            yield match.start(), house.end()
    yield from (match.span() for match in _FLOOR.finditer(text))
    for match in _TOWN.finditer(text):
        town = match["town"].casefold()
        shouted = match["town"].isupper() and len(town) <= _SHOUTED
        if int(match["code"]) in _YEARS:
            named = town == _YEAR_TOWN
        else:
            named = town in _WORD_TOWNS or not (shouted or is_ordinary_word(town))
        if named:
            yield match.span()


def _is_street(name: str) -> bool:
    """Tell by its capitals: a road in two words has two, and what is named for its ground one."""
    words = re.split(r"[ _-]", name, maxsplit=1)
    capitals = all(word[:1].isupper() for word in words)
    if len(words) > 1 or name.casefold() in _SQUARES or name.casefold().endswith(_GROUND):
        return capitals
    return not _NO_STREET.fullmatch(name)


#: What it looks like, in Danish → what finds it.
PERSONAL: Final[dict[str, Callable[[str], Spans]]] = {
    "noget, der ligner et CPR-nummer": cpr_numbers,
    "noget, der ligner et telefonnummer": phone_numbers,
    "noget, der ligner en adresse": street_addresses,
}


def personal_searches() -> dict[str, Search]:
    """Give the searches for what points to a person, whether or not anybody has registered it.

    Returns
    -------
    dict of str to callable
        What it looks like, in Danish → the search for it.

    Examples
    --------
    >>> [what for what, found in personal_searches().items() if found("Ring 20 00 00 14.")]
    ['noget, der ligner et telefonnummer']
    """
    return {what: _search(find) for what, find in PERSONAL.items()}


def _search(find: Callable[[str], Spans]) -> Search:
    return lambda text: next(find(text), None) is not None
