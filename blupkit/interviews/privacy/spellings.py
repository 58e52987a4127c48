"""How one name is written: with initials, with a hyphen or none, and a place with what stands before it cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from blupkit.core.language import is_ordinary_word
from blupkit.core.slugs import slug

#: What stands before the name of a village, written out and cut short.
_BEFORE: Final = tuple(
    tuple(words.split())
    for words in (
        "Nørre Nordre Nr. Ndr. N.",
        "Sønder Søndre Sdr. S.",
        "Store St.",
        "Lille Ll.",
        "Vester Vestre V.",
        "Øster Østre Ø.",
        "Gammel Gamle Gl.",
        "Kongens Kgs.",
        "Kirke Kr.",
        "Sankt Skt. Sct.",
    )
)
_LEADING: Final = frozenset(word for words in _BEFORE for word in words)
_WORD: Final = re.compile(r"[^ .\-]+\.?")
_PLAIN: Final = re.compile(r"[\w .’'-]+")
_CAPITALS: Final = re.compile(r"(?:[A-ZÆØÅ]\.? ?){2,3}")
#: Letters that are words: as an initial they need their full stop.
_LETTER_WORDS: Final = frozenset({"I.", "Å.", "Ø."})
#: So long is a name of a village that may be told from the rest of a word, and what stands before it from the name.
_SHORTEST: Final = 4
_INSIDE: Final = 6
_REST: Final = 4


def name_parts(name: str) -> Iterator[tuple[str, bool]]:
    """Give what a full name is cut down to, and whether that is an ordinary word too.

    "Teknisk vært" has no parts: only a name has a capital in every word.

    Examples
    --------
    >>> [part for part, _ in name_parts("Bo Ravn Storm")][:4]
    ['Bo', 'Bo Storm', 'Bo Ravn', 'Ravn Storm']
    >>> [part for part, _ in name_parts("Bo Ravn Storm")][4:]
    ['B. R. Storm', 'B. Storm', 'Bo R. Storm', 'B. Ravn Storm', 'Ravn', 'Storm']
    """
    words = name.split()
    if len(words) < 2 or not all(word[:1].isupper() for word in words):
        return
    whole = [words[0], f"{words[0]} {words[-1]}", " ".join(words[:-1]), " ".join(words[1:])]
    for part in dict.fromkeys([*whole, *_initials(words)]):
        if part not in words[1:] and part != name:
            yield part, False
    yield from ((word, is_ordinary_word(word)) for word in words[1:] if len(word.strip(".")) > 1)


def _initials(words: list[str]) -> list[str]:
    *given, surname = words
    firsts = [piece for word in given for piece in re.split(r"[-.]", word) if piece]
    if not firsts or len(surname.strip(".")) < 2:
        return []
    letters = [f"{piece[0]}." for piece in firsts]
    ways = (letters, letters[:1], firsts[:1] + letters[1:], letters[:1] + firsts[1:], firsts[:-1] + letters[-1:])
    return [" ".join([*way, surname]) for way in ways if way != firsts]


def place_spellings(place: str) -> list[str]:
    """Give the ways in which the name of a place is written; what stands before it may be left out of a telling name.

    Examples
    --------
    >>> place_spellings("Nr. Lyngholt")[:4], place_spellings("Nr. Lyngholt")[-1]
    (['Nr. Lyngholt', 'Nørre Lyngholt', 'Nordre Lyngholt', 'Ndr. Lyngholt'], 'Lyngholt')
    >>> place_spellings("Tværhave"), place_spellings("Sønderlyng")
    (['Tværhave'], ['Sønderlyng', 'Sønder Lyng', 'Søndre Lyng', 'Sdr. Lyng', 'S. Lyng'])
    """
    first, _, rest = place.partition(" ")
    for before in _BEFORE:
        if rest and first.rstrip(".").casefold() in {word.rstrip(".").casefold() for word in before}:
            bare = [rest] if _is_telling(rest) else []
            return list(dict.fromkeys([place, *(f"{word} {rest}" for word in before), *bare]))
        glued = before[0].casefold()
        if not rest and place.casefold().startswith(glued) and len(place) >= len(glued) + _REST:
            return [place, *(f"{word} {place[len(glued) :].capitalize()}" for word in before)]
    return [place]


def _is_telling(word: str) -> bool:
    return len(word) >= _SHORTEST and not is_ordinary_word(word)


def cases(text: str, *, is_place: bool = False) -> list[str]:
    """Give a name as written, with a first capital and in capitals; that of a place in lower case, where a word tells.

    Examples
    --------
    >>> cases("kaj"), cases("Tværhave", is_place=True), cases("Lund", is_place=True)
    (['kaj', 'Kaj', 'KAJ'], ['Tværhave', 'TVÆRHAVE', 'tværhave'], ['Lund', 'LUND'])
    >>> cases("Ravnsø Mark", is_place=True)[2:], cases("Nørre Mark", is_place=True)[2:]
    (['ravnsø mark'], [])
    """
    telling = (word for word in text.split() if word not in _LEADING)
    lower = [text.lower()] if is_place and any(map(_is_telling, telling)) else []
    return list(dict.fromkeys(form for form in (text, text[:1].upper() + text[1:], text.upper(), *lower) if form))


def stems(places: list[str]) -> list[str]:
    """Give the names of places that are told inside other words ("Tværhaveborger"), in lower case, ASCII too.

    Examples
    --------
    >>> stems(["Tværhave", "Lund", "Ravnsø Mark", "Bogø"])[:4]
    ['ravnsoe mark', 'ravnsoemark', 'ravnsø mark', 'ravnsømark']
    >>> stems(["Tværhave", "Lund", "Ravnsø Mark", "Bogø"])[4:]
    ['tvaerhave', 'tværhave', 'bogoe', 'bogø']
    """
    whole = {place.lower() for place in places if any(map(_is_telling, place.split())) and "." not in place}
    telling = {word for place in whole for word in (place, re.sub(r"[ \-]", "", place)) if _is_telling(word)}
    telling = {word for word in telling if word.replace(" ", "").isalpha()}
    written = telling | {slug(word).replace("-", " ") for word in telling}
    return sorted(written, key=lambda word: (-len(word), word))


def is_compound(start: str, stem: str, end: str, known: frozenset[str] = frozenset()) -> bool:
    """Tell whether a word is made with the name of a place, and is no word of its own.

    Parameters
    ----------
    start, stem, end : str
        The word in three pieces; the name of the place in the middle.
    known : frozenset of str
        Words in lower case that hold the name and are something else, such as a municipality's.

    Examples
    --------
    >>> is_compound("", "tværhave", "borger"), is_compound("", "kerte", "minde", frozenset({"kerteminde"}))
    (True, False)
    """
    word = f"{start}{stem}{end}".lower()
    own = not start and end.lower() in {"", "s"}
    other = any(stem.lower() in one and one in word for one in known)
    return not (own or other or (start and len(stem) < _INSIDE) or is_ordinary_word(word))


def pattern_of(text: str) -> str:
    """Give the regular expression for all but the first letter of a name, spaced, hyphened and dotted as it may be.

    Examples
    --------
    >>> ways = ("nne Marie", "nnemarie", "nne marie")
    >>> [bool(re.fullmatch(pattern_of("Anne-Marie"), way)) for way in ways]
    [True, True, False]
    >>> bool(re.fullmatch(pattern_of("H. P. Møller"), "P Møller"))
    True
    """
    words = _WORD.findall(text)
    if not _PLAIN.fullmatch(text) or not words or text[0] != words[0][0]:
        return re.escape(text[1:])
    if _CAPITALS.fullmatch(text):
        letters = [letter for letter in text if letter.isalpha()]
        return "(?:" + "".join(letters[1:]) + "|" + " ?".join(letter + r"\." for letter in letters)[1:] + ")"
    loose = not is_ordinary_word("".join(words))
    pattern = _bare(words[0][1:])
    for place, (before, word) in enumerate(pairwise(words)):
        first, dotted = word[0], word.endswith(".")
        if before.endswith("."):
            needed = place == 0 and before in _LETTER_WORDS and not dotted
            pattern += (r"\." if needed else r"\.?") + "[ -]?" + _bare(word)
        elif loose and first.isupper() and not dotted and not text.isupper():
            pattern += rf"(?:[ -]{first}|[{first}{first.lower()}]){_bare(word[1:])}"
        else:
            pattern += ("[ -]?" if loose or dotted else "[ -]") + _bare(word)
    return pattern + (r"\." if text.endswith(".") else "")


def _bare(word: str) -> str:
    return re.escape(word.removesuffix("."))


def key_of(text: str) -> str:
    """Give what all spellings of `pattern_of` have in common.

    Examples
    --------
    >>> key_of("H.P. Møller") == key_of("HP Møller"), key_of("Anne-Marie") == key_of("Annemarie")
    (True, True)
    """
    return re.sub(r"[ .\-]", "", text).casefold()
