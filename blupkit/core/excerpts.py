"""Stretches of confidential texts: tell whether another text repeats some of what was written or said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

Search = Callable[[str], bool]
#: Words in a row.
Run = tuple[str, ...]
#: As many words in a row are somebody's own; fewer are found only where they are all that was written.
RUN: Final = 6
#: What is written in fewer words anybody may have written.
SHORTEST: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
#: Characters that cannot be seen (Unicode's category Cf) in the scripts of Europe, and marks of direction.
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0001-\U000e007f]"
)


def plain(text: str) -> str:
    """Take out of a text what cannot be seen in it, and make every blank a space.

    Parameters
    ----------
    text : str
        Any text.

    Examples
    --------
    >>> plain("Byråds\N{SOFT HYPHEN}politikere\N{NO-BREAK SPACE}i\N{ZERO WIDTH SPACE} alt")
    'Byrådspolitikere i alt'
    """
    if text.isascii():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return " ".join(text.replace("\u2010", "-").replace("\u2011", "-").split())


def excerpt_search(texts: Iterable[str], allowed: Iterable[str] = ()) -> Search:
    """Prepare a search for stretches of confidential texts.

    A text is found again by any six of its words in a row, whatever their case and what stands between them; a text of
    four or five words is found as a whole. Shorter ones are not searched for: they are nobody's own.

    Parameters
    ----------
    texts : iterable of str
        What must not be repeated.
    allowed : iterable of str
        What may be: the questions themselves, quotes that were approved.

    Returns
    -------
    callable
        Tells of a text whether it holds any of it.

    Examples
    --------
    >>> found = excerpt_search(["Vi fik aldrig svar på vores brev om busserne"], ["svar på vores brev om busserne"])
    >>> found("… vi fik aldrig – svar på vores brev!"), found("svar på vores brev om busserne"), found("aldrig svar")
    (True, False, False)
    """
    free = {run for text in allowed for run in _runs(_words(text), range(SHORTEST, RUN + 1))}
    secret: dict[int, set[Run]] = {}
    for text in texts:
        words = _words(text)
        length = min(len(words), RUN)
        if length >= SHORTEST:
            secret.setdefault(length, set()).update(run for run in _runs(words, [length]) if run not in free)
    # A run is put together only where two words stand as one of them begins: hardly ever.
    begins = {run[:2] for runs in secret.values() for run in runs}

    def found(text: str) -> bool:
        words = _words(text)
        if begins.isdisjoint(pairwise(words)):
            return False
        starts = [start for start, pair in enumerate(pairwise(words)) if pair in begins]
        return any(words[start : start + length] in runs for start in starts for length, runs in secret.items())

    return found


@lru_cache(maxsize=64)  # the same text is searched for what was said, what was written and what is quoted
def _words(text: str) -> Run:
    return tuple(_WORD.findall(plain(text).casefold()))


def _runs(words: Run, lengths: Iterable[int]) -> Iterator[Run]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield words[start : start + length]
