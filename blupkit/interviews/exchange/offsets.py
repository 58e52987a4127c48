"""Where a passage lies: every program counts in its own way, and the one that was used is found from the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product, starmap
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from blupkit.core.files import legible

#: Below this share of passages that begin and end with a word, no way of counting is believed.
BELIEVED: Final = 0.6
#: From this share on, a passage without a quote may also begin or end inside a word.
CERTAIN: Final = 0.9
#: So many quotes, nearly all of them there, leave no doubt about the way of counting.
_MANY: Final = 3
_DOUBT: Final = "flere måder at tælle på passer lige godt"
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
    starmap(Convention, product((False, True), (1, 2), (0, 1), (False, True))),
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
    quoted, at_words : int
        How many marks equal their name, and begin and end with a word, blanks before and after it aside.
    rivals : int
        How many other places the passages could have with the same right.
    """

    convention: Convention
    spans: list[tuple[int, int] | str]
    quoted: int
    at_words: int
    rivals: int


def offsets(text: str, convention: Convention) -> npt.NDArray[np.int64]:
    r"""Count where each character of a text begins, and where the text ends.

    Parameters
    ----------
    text : str
        With line feeds as line ends and without byte order mark.
    convention : Convention
        The way of counting.

    Examples
    --------
    >>> offsets("a\n🙂b", Convention(wide=True, newline=2)).tolist()
    [0, 1, 3, 5, 6]
    """
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
    tried = {STANDARD: _tried(texts, marks, STANDARD)}
    # Where every passage is its own words by the standard, what fits better elsewhere does so by chance.
    own = zip(marks, tried[STANDARD], strict=True)
    if any(fit.likeness < _TO_THE_LETTER and (fit.span or mark.name) for mark, fit in own):
        tried = {way: _tried(texts, marks, way) for way in CONVENTIONS}
    best = max(map(_rank, tried.values()))
    top = {way: fits for way, fits in tried.items() if _rank(fits) == best}
    chosen = next(iter(top))
    quoted, at_words = best[-2], sum(fit.at_words for fit in top[chosen])
    rivals = [fits for way, fits in top.items() if way.is_known] or list(top.values())
    if chosen == STANDARD and quoted:
        rivals = [top[STANDARD]]
    places = [tuple(fit.core for fit in fits) for fits in rivals]
    agreed = [len(set(spans)) == 1 for spans in zip(*places, strict=True)]
    named = sum(bool(mark.name.strip()) for mark in marks)
    sure = named >= _MANY and quoted >= CERTAIN * named
    share = 1.0 if sure else at_words / max(len(marks), 1)
    trusted = 2 * quoted >= named > 0
    spans = [
        _accepted(fit, trusted and bool(mark.name.strip()), share) if same else _DOUBT
        for mark, fit, same in zip(marks, top[chosen], agreed, strict=True)
    ]
    return Settled(chosen, spans, quoted, at_words, len(set(places)) - 1)


class _Fit(NamedTuple):
    """A passage under one way of counting: its place (None: outside), the same without blanks, and how its words fit.

    Many programs mark a paragraph with its line break, or a word with the blank behind it.
    """

    span: tuple[int, int] | None
    core: tuple[int, int] | None
    likeness: int
    at_words: bool

    @property
    def is_bare(self) -> bool:
        """Whether it begins and ends with words, and with no blank."""
        return self.at_words and self.span == self.core


def _rank(fits: list[_Fit]) -> tuple[int, ...]:
    """Count whole quotes first: one that is cut short says nothing of where the passage ends."""
    quoted = (sum(fit.likeness >= least for fit in fits) for least in (_TO_THE_LETTER, 2, 1))
    # Blanks at an end count for half: where all passages begin with one, it is the counting that is one off.
    return *quoted, sum(fit.at_words + fit.is_bare for fit in fits)


def _tried(texts: Sequence[str], marks: Sequence[Mark], way: Convention) -> list[_Fit]:
    places = [offsets(text, way) for text in texts]
    return [_fit(texts[mark.source], mark, places[mark.source], way) for mark in marks]


def _fit(text: str, mark: Mark, places: npt.NDArray[np.int64], way: Convention) -> _Fit:
    start, end = _place(mark.start, places), _place(mark.end, places)
    if start is None or end is None or not start < end + way.inclusive < len(places):
        return _Fit(None, None, 0, False)
    span = start, end + way.inclusive
    core = _core(text, *span)
    return _Fit(span, core, likeness(text[slice(*span)], mark.name), at_words(text, *core))


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the blanks and line breaks before and after a passage."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _place(offset: int, places: npt.NDArray[np.int64]) -> int | None:
    """Give the character at an offset; a place inside a character, or outside the text, is none."""
    if not 0 <= offset <= places[-1]:
        return None
    place = int(places.searchsorted(offset))
    return place if places[place] == offset else None


def _accepted(fit: _Fit, trusted: bool, share: float) -> tuple[int, int] | str:
    """Give the place when the words fit, or why not: its name must be its words (`trusted`), or most begin with one."""
    if fit.span is None:
        return "pladsen findes ikke i teksten"
    if fit.likeness:
        return fit.span
    if trusted:
        return "ordene på pladsen er ikke dem, der er citeret"
    # One passage inside a word is nothing strange where nearly all others fit.
    if share >= (BELIEVED if fit.at_words else CERTAIN):
        return fit.span
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
    edges = text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1]
    return not any(len(edge) == 2 and edge.isalnum() for edge in edges)


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
