"""Where a passage lies: every program counts in its own way, and the one that was used is found from the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from blupkit.core.files import legible

#: Below this share of passages that begin and end with a word, no way of counting is believed.
BELIEVED: Final = 0.6
#: From this share on, a passage without a quote may also begin or end inside a word.
CERTAIN: Final = 0.9
#: So many quotes, nearly all of them there, leave no doubt about the way of counting.
_MANY: Final = 3
_STEM: Final = 10
_TO_THE_LETTER: Final = 3
_CUT: Final = re.compile(r"\s*(?:\.\.\.|…)$")
#: ATLAS.ti puts the document's and the quotation's number before the words.
_NUMBER: Final = re.compile(r"^\d+:\d+[\s¶\d,–-]*(?:in [^,]+, )?")


@dataclass(frozen=True)
class Convention:
    """One way of counting the characters of a text.

    Parameters
    ----------
    wide : bool
        UTF-16 units: an emoji counts as two.
    newline : int
        How many a line break counts.
    mark : int
        How many the byte order mark at the beginning counts.
    inclusive : bool
        The end is the last character and not the place after it.
    """

    wide: bool = False
    newline: int = 1
    mark: int = 0
    inclusive: bool = False

    @property
    def is_known(self) -> bool:
        """Whether some program is known to count so: none counts the mark, or gives the last character as the end."""
        return not self.mark and not self.inclusive

    def __str__(self) -> str:
        unit = "UTF-16-enheder" if self.wide else "Unicode-tegn"
        line = "linjeskift som to" if self.newline == 2 else "linjeskift som ét"
        end = "slutpladsen er det sidste tegn" if self.inclusive else "slutpladsen er efter det sidste tegn"
        mark = "bytemærket tæller med" if self.mark else "uden bytemærket"
        return f"{unit}, {line}, {mark}, {end}"


STANDARD: Final = Convention()
#: The standard's own first, then those of real programs, then the rest.
CONVENTIONS: Final = sorted(
    (
        Convention(wide, newline, mark, inclusive)
        for inclusive, mark, newline, wide in product((False, True), (0, 1), (1, 2), (False, True))
    ),
    key=lambda way: (way.inclusive, way.mark, way.newline != (2 if way.wide else 1), way.wide),
)


@dataclass(frozen=True)
class Mark:
    """A passage as another program has it.

    Parameters
    ----------
    source : int
        Which of the texts.
    start, end : int
        In the program's own way of counting.
    name : str
        What the program calls it: often its words, whole or cut short.
    """

    source: int
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True)
class Settled:
    """Where the passages lie, and how that was found out.

    Parameters
    ----------
    convention : Convention
        The way of counting that fits best.
    spans : list
        One a mark: start and end in code points (end exclusive), or why it cannot be placed, in Danish.
    quoted, named, at_words : int
        How many marks equal their name, have one, begin and end with a word.
    rivals : int
        How many other places the passages could have with the same right.
    """

    convention: Convention
    spans: list[tuple[int, int] | str]
    quoted: int
    named: int
    at_words: int
    rivals: int


def offsets(text: str, convention: Convention) -> list[int]:
    r"""Count where each character of a text begins, and where the text ends.

    Parameters
    ----------
    text : str
        With line feeds as line ends and without byte order mark.
    convention : Convention
        The way of counting.

    Examples
    --------
    >>> offsets("a\n🙂b", Convention(wide=True, newline=2))
    [0, 1, 3, 5, 6]
    """
    return [int(offset) for offset in _offsets(text, convention)]


def _offsets(text: str, convention: Convention) -> npt.NDArray[np.int64]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    widths = np.ones(len(points) + 1, dtype=np.int64)
    widths[0] = convention.mark
    widths[1:][points == ord("\n")] = convention.newline
    if convention.wide:
        widths[1:][points > 0xFFFF] = 2
    return widths.cumsum()


def settle(texts: Sequence[str], marks: Sequence[Mark]) -> Settled:
    r"""Find the way of counting under which passages equal their quoted words and begin and end with words.

    All ways are tried on all passages of the project. Where several fit equally well, the standard's own is taken when
    quotes speak for it; otherwise only the passages are placed on which those agree that some program is known to use.

    Parameters
    ----------
    texts : sequence of str
        With line feeds as line ends and without byte order mark.
    marks : sequence of Mark
        All passages of the project.

    Examples
    --------
    NVivo counts UTF-16 units, and a line break as two:

    >>> text = "Så gik vi 🙂\nhjem til os selv."
    >>> found = settle([text], [Mark(0, 14, 18, "hjem")])
    >>> found.spans, str(found.convention)
    ([(12, 16)], 'UTF-16-enheder, linjeskift som to, uden bytemærket, slutpladsen er efter det sidste tegn')
    """
    tried = [_tried(texts, marks, STANDARD)]
    # Where every passage is its own words by the standard, what fits better elsewhere does so by chance.
    own = zip(tried[0].quoted, tried[0].spans, marks, strict=True)
    if any(like < _TO_THE_LETTER and (span or mark.name) for like, span, mark in own):
        tried = [_tried(texts, marks, way) for way in CONVENTIONS]
    best = max(_rank(attempt) for attempt in tried)
    top = [attempt for attempt in tried if _rank(attempt) == best]
    chosen = top[0]
    *_, quoted, at_words = best
    rivals = [attempt for attempt in top if attempt.convention.is_known] or top
    if chosen.convention == STANDARD and quoted:
        rivals = [chosen]
    agreed = [len(set(places)) == 1 for places in zip(*(attempt.spans for attempt in rivals), strict=True)]
    named = sum(bool(mark.name.strip()) for mark in marks)
    sure = named >= _MANY and quoted >= CERTAIN * named
    share = 1.0 if sure else at_words / max(len(marks), 1)
    rule = _Rule(trusted=2 * quoted >= named > 0, share=share)
    spans = [
        _accepted(mark, span, like, whole, rule) if same else "flere måder at tælle på passer lige godt"
        for mark, span, like, whole, same in zip(
            marks, chosen.spans, chosen.quoted, chosen.at_words, agreed, strict=True
        )
    ]
    return Settled(
        chosen.convention, spans, quoted, named, at_words, len({tuple(attempt.spans) for attempt in rivals}) - 1
    )


@dataclass(frozen=True)
class _Rule:
    """What a passage must fulfil: its name is its words (`trusted`), or most passages begin and end with a word."""

    trusted: bool
    share: float


@dataclass(frozen=True)
class _Tried:
    """All passages under one way of counting: their place (None: outside), and whether the words fit."""

    convention: Convention
    spans: list[tuple[int, int] | None]
    quoted: list[int]
    at_words: list[bool]


def _rank(attempt: _Tried) -> tuple[int, ...]:
    """Count whole quotes first: one that is cut short says nothing of where the passage ends."""
    return *(sum(like >= least for like in attempt.quoted) for least in (_TO_THE_LETTER, 2, 1)), sum(attempt.at_words)


def _tried(texts: Sequence[str], marks: Sequence[Mark], way: Convention) -> _Tried:
    places = [_offsets(text, way) for text in texts]
    spans = [_span(mark, places[mark.source], way) for mark in marks]
    words = [texts[mark.source][slice(*span)] if span else "" for mark, span in zip(marks, spans, strict=True)]
    return _Tried(
        way,
        spans,
        [likeness(text, mark.name) for text, mark in zip(words, marks, strict=True)],
        [span is not None and at_words(texts[mark.source], *span) for mark, span in zip(marks, spans, strict=True)],
    )


def _span(mark: Mark, places: npt.NDArray[np.int64], way: Convention) -> tuple[int, int] | None:
    start, end = _place(mark.start, places), _place(mark.end, places)
    if start is None or end is None:
        return None
    end += way.inclusive
    return (start, end) if start < end < len(places) else None


def _place(offset: int, places: npt.NDArray[np.int64]) -> int | None:
    """Give the character at an offset; a place inside a character, or outside the text, is none."""
    if not 0 <= offset <= places[-1]:
        return None
    place = int(places.searchsorted(offset))
    return place if places[place] == offset else None


def _accepted(mark: Mark, span: tuple[int, int] | None, quoted: int, whole: bool, rule: _Rule) -> tuple[int, int] | str:
    if span is None:
        return "pladsen findes ikke i teksten"
    if quoted:
        return span
    if rule.trusted and mark.name.strip():
        return "ordene på pladsen er ikke dem, der er citeret"
    # One passage inside a word is nothing strange where nearly all others fit.
    if rule.share >= (BELIEVED if whole else CERTAIN):
        return span
    return "pladsen passer ikke med ordene i teksten"


def at_words(text: str, start: int, end: int) -> bool:
    """Tell whether a passage begins and ends with a word or a sign, and not inside a word or with a blank.

    Examples
    --------
    >>> at_words("Vi søgte en pulje.", 3, 8), at_words("Vi søgte en pulje.", 4, 9)
    (True, False)
    """
    if not 0 <= start < end <= len(text) or text[start].isspace() or text[end - 1].isspace():
        return False
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after


def likeness(words: str, name: str) -> int:
    """Tell how far a passage's name is its words: 3 to the letter, 2 but for blanks, 1 cut short, 0 not at all.

    Examples
    --------
    >>> [likeness("Vi søgte en pulje", name) for name in ("1:3 Vi søgte en pulje", "Vi søgte en...", "Citat 3")]
    [2, 1, 0]
    """
    if not words or not name:
        return 0
    if legible(words) == name:
        return _TO_THE_LETTER
    there = " ".join(legible(words).split())
    spellings = list(dict.fromkeys((name, _NUMBER.sub("", name))))
    if there and there in {" ".join(said.split()) for said in spellings}:
        return 2
    stems = [" ".join(_CUT.sub("", said).split()) for said in spellings if _CUT.search(said) or len(said) >= 2 * _STEM]
    return int(any(len(stem) >= _STEM and there.startswith(stem) for stem in stems))
