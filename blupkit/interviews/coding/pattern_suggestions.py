"""Suggestions from the codebook's patterns. A suggestion is no code: a person has to read the passage and decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pandas as pd

from blupkit.core.language import readings, sentences, tokens
from blupkit.interviews.coding.passage import Codable

#: A code, and the words of one of its patterns.
_Pattern = tuple[str, tuple[str, ...]]


def suggest_codes(codable: Codable) -> pd.DataFrame:
    """Suggest codes where a pattern of the codebook is found.

    A word of a pattern is found in its dictionary form; with * it stands for any rest of the lower-cased word. The
    words of a pattern stand next to each other. The segment is the sentence of the hit; a code is suggested once in a
    sentence. Those who lead the talk are left out.

    Parameters
    ----------
    codable : Codable
        What was said or written, and the patterns.

    Returns
    -------
    pandas.DataFrame
        `CODING_COLUMNS`, with source "forslag" and coder "".

    Examples
    --------
    >>> from blupkit.interviews import Codebook
    >>> turns = pd.DataFrame({"interview": ["fg1"], "turn": [1], "role": ["ansat"], "text": ["Ja. Vi søgte puljerne."]})
    >>> codes = pd.DataFrame({"code": ["4.4"], "theme": ["4"], "patterns": [("pulje", "søg* *midler")]})
    >>> suggest_codes(Codable(turns, Codebook(codes)))[["turn", "start", "end", "code", "quote"]].values.tolist()
    [[1, 4, 22, '4.4', 'Vi søgte puljerne.']]
    """
    by_first: dict[str, list[_Pattern]] = defaultdict(list)
    for code in codable.codebook.rows:
        for pattern in code.patterns:
            words = tuple(pattern.lower().split())
            by_first[words[0]].append((code.code, words))
    begins = _Begins(by_first)
    return codable.suggested(
        (turn.interview, turn.turn, start, end, code)
        for turn in codable.by_place.values()
        if not turn.is_host
        for start, end, code in _sentences_hit(turn.text, by_first, begins)
    )


def _sentences_hit(
    text: str, by_first: Mapping[str, list[_Pattern]], begins: _Begins
) -> Iterator[tuple[int, int, str]]:
    for start, end in sentences(text):
        words = [word for *_, word in tokens(text[start:end])]
        seen = set()
        for place, word in enumerate(words):
            for first in begins.with_word(word):
                for code, pattern in by_first[first]:
                    there = words[place : place + len(pattern)]
                    if code not in seen and len(there) == len(pattern) and all(map(_stands_for, pattern, there)):
                        seen.add(code)
                        yield start, end, code


class _Begins:
    """Which patterns begin with a word: most begin otherwise, and are not tried."""

    def __init__(self, firsts: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, ...]] = {}
        self._exact = {first for first in firsts if "*" not in first}
        self._open: dict[str, list[str]] = defaultdict(list)
        for first in firsts:
            if "*" in first:
                self._open[first.partition("*")[0]].append(first)
        self._lengths = {len(start) for start in self._open}

    def with_word(self, word: str) -> tuple[str, ...]:
        """Give the first words that a word stands for, in the order of the alphabet."""
        if word not in self._known:
            lower = word.lower()
            likely = {lower, *readings(word)} & self._exact
            likely |= {first for length in self._lengths for first in self._open.get(lower[:length], ())}
            self._known[word] = tuple(sorted(first for first in likely if _stands_for(first, word)))
        return self._known[word]


@lru_cache(maxsize=200_000)
def _stands_for(wanted: str, word: str) -> bool:
    lower = word.lower()
    if "*" in wanted:
        return re.fullmatch(re.escape(wanted).replace(r"\*", r"\w*"), lower) is not None
    return wanted == lower or wanted in readings(word)
