"""What a heading says of persons: glued, numbered, in Danish, English and Norwegian."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import Final

#: Where a heading is cut into words: at signs, at a capital after a small letter, before the last of several capitals.
_CUTS: Final = re.compile(r"[\W_]+|(?<=[a-zæøå])(?=[A-ZÆØÅ])|(?<=[A-ZÆØÅ])(?=[A-ZÆØÅ][a-zæøå])")
_NUMBER: Final = re.compile(r"(?<=\D)\d+$")

_WHO: Final = (
    r"(?:deltager|respondent|kontakt(?:person)?|bruger|bruker|medarbejder|medarbeider|person|svar|borger|recipient|participant"
    r"|user|contact|client|patient|employee|member)(?:ens|erens|s)?"
)
#: A kind of personal data → the words that a heading has for it, each as a whole word.
_WORDS: Final = {
    "navn": rf"(?:{_WHO})?(?:for|efter|etter|mellem|mellom|fulde|kalde|slægts|familie|pige)?navn(?:e|et)?"
    rf"|(?:for|efter|etter)n|(?:{_WHO})?(?:first|last|full|sur|middle|nick|given|family|maiden)?names?"
    r"|(?:f|l)name|initialer|initials|underskrift|signatur|signature",
    "mail": rf"(?:{_WHO})?(?:e|privat|arbejds|jobb?)?mails?(?:adresser?|addresse?s?|addr|adr)?"
    r"|e(?:post|addresse?|adresse)(?:adresser?|adr)?",
    "telefon": rf"(?:{_WHO})?(?:tele|mobil|smart|cell|hjemme|arbejds)?(?:te)?(?:fon|fone|phone)(?:nr|nummer|number|no)?"
    rf"|(?:{_WHO})?(?:mobil|tlf|telf|tel|cell|fastnet)(?:telefon|tlf)?(?:nr|nummer|number|no)?",
    "adresse": r"(?:bopæls|bopaels|hjemme|privat|post|gade|vej|gate|bo|home|street|postal)?(?:adresse|adr|address|addr)"
    r"|ip(?:addr|adresse|address)|(?:gade|vej|gate)(?:navn|nr|nummer)?|hus(?:nr|nummer)|street|streetname",
    "fødselsdato": r"f(?:ø|oe|o)dsels?(?:dato|dag)|birth(?:date|day)|dob|dateofbirth|fdato",
    "CPR": r"cpr(?:nr|nummer|no)?|person(?:nr|nummer)|f(?:ø|oe|o)dsels(?:nr|nummer)|fnr|ssn|nationalid",
    "position": r"gps\w*|latitude|longitude|bredde?grad|bredegrad|(?:l(?:æ|ae)ngde|lengde)grad|geo(?:location|point|tag"
    r"|trace|shape)?|koordinat(?:er|erne|sæt)?|coordinates?|lng",
    "IP-adresse": r"ip(?:adresse|address|addr|nr)?",
    "adgang": r"token|refurl|referr?er|deviceid|subscriberid|simserial|useragent|sessionid",
    "profil": r"facebook|instagram|linkedin|twitter|snapchat|nummerplade",
}
#: Words that follow each other.
_PHRASES: Final = {
    "mail": r"\be (mail|post)( ?(adresser?|address|adr))?\b",
    "fødselsdato": r"\b(date of birth|birth (date|day)|fødsels dato|født den)\b",
    "adgang": r"\b(submitted by|device id|sim serial|survey identifier|user agent|session id|extended referr?er)\b",
    "CPR": r"\b(social security|national id)( number)?\b",
}
_KINDS: Final = {kind: re.compile(words) for kind, words in _WORDS.items()}
#: Words that say nothing of what a field holds.
_FILLERS: Final = re.compile(
    rf"{_WHO}|dine?|dit|mine?|mit|ditt|mitt|your?|my|hvad|hva|hvilken|hvilket|er|what|is|the|of|på|et|en|a|nr|nummer|number"
    r"|no|id|angiv|skriv|indtast|oplys|udfyld|please|enter|write|venligst|full[te]?|fuldt?|fulde|mobile?|cell|postal|full|og|and|or|eller|samt|arbejde"
    r"|privat|home|work|primær|primary|til|e|q|spm|spørgsmål|question|x|for|last|first|sur|given|middle|family|evt|eventuelt"
    r"|ansvarlig|kontakt|contact|oplysninger|location|geo|external|adresse|address|redcap|\d+"
)


class Sign(IntEnum):
    """How surely a heading says that a column tells who somebody is."""

    NONE = 0
    MAYBE = 1
    SURELY = 2


def heading_sign(heading: str) -> Sign:
    """Tell whether a heading is that of a field with personal data.

    Parameters
    ----------
    heading : str
        The name of a column, or the text of a question.

    Returns
    -------
    Sign
        `SURELY` when it names nothing else, `MAYBE` when such a word stands among others.

    Examples
    --------
    >>> [heading_sign(text).name for text in ("RecipientLastName", "telephone_1", "Må vi ringe på mobil?", "Navnet op")]
    ['SURELY', 'SURELY', 'MAYBE', 'MAYBE']
    >>> heading_sign("navngivning").name
    'NONE'
    """
    words = _words(heading)
    known = [any(kind.fullmatch(word) for kind in _KINDS.values()) for word in words]
    rest, together = " ".join(words), False
    for phrase in _PHRASES.values():
        rest, found = re.subn(phrase, " ", rest)
        together |= bool(found)
    if not together and not any(known):
        return Sign.NONE
    left = [
        word
        for word in rest.split()
        if not _FILLERS.fullmatch(word) and not any(kind.fullmatch(word) for kind in _KINDS.values())
    ]
    return Sign.MAYBE if left else Sign.SURELY


def _words(heading: str) -> list[str]:
    parts = _CUTS.split(unicodedata.normalize("NFC", heading))
    return [_NUMBER.sub("", part.casefold()) for part in parts if part]
