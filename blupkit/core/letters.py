"""Letters as they are compared: composed, and without the signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Characters that cannot be seen (Unicode's category Cf) in the scripts of Europe, and marks of direction. What joins
#: the parts of an emoji stays, and so does what makes a flag.
_EMOJI: Final = "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_HIDDEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb"
)
#: Quicker by far than looking at what stands around each.
_ANY: Final = re.compile(f"[{_HIDDEN}\u200d\U000e0001-\U000e007f]")
_UNSEEN: Final = re.compile(
    f"[{_HIDDEN}]"
    f"|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0001-\U000e007f]+"
)
#: Blanks and hyphens that do not break a line are seen as any other.
_ALIKE: Final = re.compile("[\u00a0\u2007\u202f\u2010\u2011]")


def composed(text: str) -> str:
    r"""Compose letters (NFC), leave out the signs that nobody sees, and make every blank and hyphen the ordinary one.

    A name that a Mac writes as "A" and a ring, or that Word may divide, is then the same name everywhere.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Never longer than it was.

    Examples
    --------
    >>> composed("A\N{COMBINING RING ABOVE}se Ravn\N{SOFT HYPHEN}holm\N{NO-BREAK SPACE}er\N{ZERO WIDTH SPACE} her")
    'Åse Ravnholm er her'
    >>> len(composed("\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}")), len(composed("a\N{ZERO WIDTH JOINER}b"))
    (3, 2)
    """
    if text.isascii() or _is_plain(text):
        return text
    if _ANY.search(text):
        text = _UNSEEN.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return _ALIKE.sub(lambda sign: "-" if sign[0] in "\u2010\u2011" else " ", text)


def _is_plain(text: str) -> bool:
    """Tell quickly of the letters of Western Europe that they are composed, and of no other blank among them."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return "\u00ad" not in text and "\u00a0" not in text


def plain(text: str) -> tuple[str, list[int]]:
    r"""Give a text as its turns are read, with the place that each character came from.

    Letters are composed, what nobody sees is left out, and every run of blanks is one.

    Examples
    --------
    >>> plain("a\n b\N{SOFT HYPHEN}c")
    ('a bc', [0, 1, 3, 5])
    """
    chars: list[str] = []
    places: list[int] = []
    # What joins the parts of an emoji is told by what stands around it.
    unseen = (
        {place for match in _UNSEEN.finditer(text) for place in range(*match.span())} if _ANY.search(text) else set()
    )
    place = 0
    while place < len(text):
        end = place + 1
        if place in unseen:
            place = end
            continue
        while end < len(text) and (unicodedata.combining(text[end]) or (text[place].isspace() and text[end].isspace())):
            end += 1
        whole = " " if text[place].isspace() else composed(text[place:end]) or text[place]
        if whole != " " or (chars and chars[-1] != " "):
            chars += whole
            places += [place] * len(whole)
        place = end
    while chars and chars[-1] == " ":
        chars.pop()
        places.pop()
    return "".join(chars), places
