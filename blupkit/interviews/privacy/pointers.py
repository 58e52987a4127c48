"""What in a quote points to one person without a name: a function, a word that tells the sex, a village in a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from blupkit.core.language import is_ordinary_word, tokens

Spans = Iterator[tuple[int, int]]

#: What one person is called where there is one of them: in a village, a club, an administration.
_OFFICES: Final = (
    "formand|leder|chef|direktør|borgmester|rådmand|kasserer|sekretær|præst|provst|biskop|degn|organist|kirketjener"
    "|købmand|kromand|uddeler|pedel|vicevært|inspektør|bestyrer|forstander|rektor|forretningsfører|koordinator|konsulent"
    "|tovholder|bibliotekar|landbetjent|sognefoged|dyrlæge|oldermand|redaktør|jordemoder"
)
_OFFICE: Final = rf"(?!\w*billede[rn])\w*(?:{_OFFICES})"
#: "for idrætsforeningen", "i vores forsamlingshus", "i Nordlyst".
_OF: Final = (
    r" (?:for|i|på|ved|af|hos|fra) (?:(?:den|det|vores|jeres|vort) [\w-]+|[\w-]{3,}(?:en|et|ne)\b|(?-i:[A-ZÆØÅ])[\w-]+)"
)
_BEFORE: Final = r"(?:(?:jeg|du|hun|han) (?:er|var|blev)|(?:er|var|blev) jeg|som|min|mit|vores|jeres)"
#: "skolelederen", "formand for idrætsforeningen", "jeg er selv formand".
_FUNCTION: Final = re.compile(
    rf"\b(?:{_OFFICE}l?en(?=s?\b)(?:{_OF})?|{_OFFICE}{_OF}"
    rf"|{_BEFORE} (?:(?:selv|også|nu|jo|ny|nye|gamle) )*{_OFFICE}\b(?:{_OF})?)",
    re.IGNORECASE,
)
_SEX: Final = re.compile(
    r"\b(?:han|hun|ham|hende|hans|hendes)\b|\bmin (?:mand|kone|hustru)\b"
    r"|\b(?:jeg er|som|vi) (?:en )?(?:kvinder?|mænd|mand|mor|far|bedstemor|bedstefar)\b",
    re.IGNORECASE,
)
#: "Han eller hun" is anybody.
_ANYBODY: Final = re.compile(
    r"\b(?:han|ham|hans) ?(?:eller|og|/) ?(?:hun|hendes?)\b|\b(?:hun|hendes?) ?(?:eller|og|/) ?(?:han|ham|hans)\b",
    re.IGNORECASE,
)
#: How the name of a village ends, and how a word goes on that is made of it.
_VILLAGE: Final = re.compile(
    r"(?P<stem>[^\W\d_]{2,}?)(?:rup|tved|bølle|tofte?|(?P<by>by))"
    r"(?:s?-?(?:hallen|skolen|kroen|kirken|vejen|borger(?:e|ne)?)|s|p?er|p?ere|p?erne|p?ernes)?"
)


def functions(text: str) -> Spans:
    """Find what tells of one person by what they are: "skolelederen", "formand for idrætsforeningen", "som præst".

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
    >>> text = "Formanden for hallen ringede, og jeg er selv kasserer. Ledere og formænd kommer."
    >>> [text[start:end] for start, end in functions(text)]
    ['Formanden for hallen', 'jeg er selv kasserer']
    """
    yield from (match.span() for match in _FUNCTION.finditer(text))


def sexes(text: str) -> Spans:
    """Find what tells whether one of few is a man or a woman: pronouns, "min kone", "som mor"; not "han eller hun".

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
    >>> text = "Når en borger ringer, skal han eller hun have svar. Det sagde hun, og min kone nikkede."
    >>> [text[start:end] for start, end in sexes(text)]
    ['hun', 'min kone']
    """
    anybody = [match.span() for match in _ANYBODY.finditer(text)]
    for match in _SEX.finditer(text):
        if not any(start <= match.start() < end for start, end in anybody):
            yield match.span()


def villages(text: str) -> Spans:
    """Find words in lower case that are made of a village's name, as its ending tells: "snerrupper", "ulbølleborgerne".

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of int
        Start and end of each. A name that is made of two everyday words ("tværhave") is not told from them.

    Examples
    --------
    >>> text = "Vi snerruppere og ulbølleborgerne kører, men ikke til nabolandsbyen eller storbyerne."
    >>> [text[start:end] for start, end in villages(text)]
    ['snerruppere', 'ulbølleborgerne']
    """
    for start, end, word in tokens(text):
        match = _VILLAGE.fullmatch(word) if word.islower() and not is_ordinary_word(word) else None
        if match and not (match["by"] and is_ordinary_word(match["stem"].removesuffix("s"))):
            yield start, end
