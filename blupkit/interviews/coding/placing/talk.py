"""Where words stand in an interview: to the letter, whatever the signs between them, or most of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from blupkit.core.language import tokens
from blupkit.core.letters import composed, plain
from blupkit.interviews.coding.passage import Turn, is_whole

#: Between two turns: nobody says it, so that no words are found across them.
_BETWEEN: Final = "\x1e"
#: So many of its words, and this share of them, must be there for a passage to be known again with others between.
_LEAST: Final = 3
_MOST: Final = 0.6
#: In a turn that is known to be the one, so many of them are enough, and this share.
_LEAST_THERE: Final = 2
_MOST_THERE: Final = 0.5
#: A word that stands oftener says little of where a passage may be.
_RARE: Final = 60
_SENTENCE_ENDS: Final = re.compile(r"[.?!…]")


class Spot(NamedTuple):
    """Where words stand: which of the turns, counted from 0, and the span in its text."""

    row: int
    start: int
    end: int


class _Word(NamedTuple):
    """A word of the talk as it is compared, and where it stands."""

    word: str
    row: int
    start: int
    end: int


class Talk:
    """The turns of one interview, to find words in.

    Parameters
    ----------
    turns : sequence of Turn
        In the order in which they were said.

    Examples
    --------
    >>> said = ["Vi søgte en pulje.", "Ja, vi søgte en pulje, og [lokalråd] fik den."]
    >>> talk = Talk([Turn("fg1", number, "", "", "", text) for number, text in enumerate(said, start=1)])
    >>> talk.to_the_letter("Vi søgte"), talk.same_words("Vi  søgte")
    ([Spot(row=0, start=0, end=8)], [Spot(row=0, start=0, end=8), Spot(row=1, start=4, end=12)])
    >>> talk.most_words("en pulje, og Bo fik den")
    [Spot(row=1, start=13, end=44)]
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = turns
        self._found: dict[str, list[Spot]] = {}
        self._starts = list(accumulate((len(turn.text) + len(_BETWEEN) for turn in turns), initial=0))[:-1]

    @cached_property
    def _text(self) -> str:
        return _BETWEEN.join(turn.text for turn in self.turns)

    @cached_property
    def _words(self) -> list[_Word]:
        return [
            _Word(word, row, start, end) for row, turn in enumerate(self.turns) for word, start, end in words(turn.text)
        ]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(self._words):
            found[each.word].append(place)
        return found

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first word of each turn, and how many there are in all."""
        counts = Counter(each.row for each in self._words)
        return list(accumulate((counts[row] for row in range(len(self.turns))), initial=0))

    def to_the_letter(self, quote: str) -> list[Spot]:
        """Find every place where the words stand as they are; inside other words only where they stand nowhere else."""
        if quote not in self._found:
            self._found[quote] = self._search(quote)
        return self._found[quote]

    def _search(self, quote: str) -> list[Spot]:
        said = words(quote)
        if not said:
            return []
        word, first, _ = min(said, key=lambda each: len(self._places.get(each[0], ())))
        near = [self._words[place] for place in self._places.get(word, ())]
        spots = [Spot(each.row, each.start - first, each.start - first + len(quote)) for each in near]
        there = [spot for spot in spots if spot.start >= 0 and self._is_there(spot, quote)]
        whole = [spot for spot in there if is_whole(self.turns[spot.row].text, spot.start, spot.end)]
        return whole or there or list(self._anywhere(quote))

    def _is_there(self, spot: Spot, quote: str) -> bool:
        return self.turns[spot.row].text[spot.start : spot.end] == quote

    def _anywhere(self, quote: str) -> Iterator[Spot]:
        """Find a quote that begins or ends inside a word."""
        first = self._text.find(quote)
        while first >= 0:
            row = bisect_right(self._starts, first) - 1
            yield Spot(row, first - self._starts[row], first - self._starts[row] + len(quote))
            first = self._text.find(quote, first + 1)

    def same_words(self, quote: str) -> list[Spot]:
        """Find every place with the same words, whatever their case and the signs between them."""
        wanted = [word for word, *_ in words(quote)]
        if not wanted:
            return []
        number, rarest = min(enumerate(wanted), key=lambda pair: len(self._places.get(pair[1], ())))
        firsts = [place - number for place in self._places.get(rarest, ()) if place >= number]
        runs = [(first, first + len(wanted)) for first in firsts]
        return [
            self._around(first, end - 1, quote)
            for first, end in runs
            if [each.word for each in self._words[first:end]] == wanted
            and self._words[first].row == self._words[end - 1].row
        ]

    def _around(self, first: int, last: int, quote: str) -> Spot:
        """Give the span of some words, with the signs before and after them where the quote has such."""
        (_, row, start, _), end = self._words[first], self._words[last].end
        text = self.turns[row].text
        while not quote[:1].isalnum() and start and not (text[start - 1].isspace() or text[start - 1].isalnum()):
            start -= 1
        while not quote[-1:].isalnum() and end < len(text) and not (text[end].isspace() or text[end].isalnum()):
            end += 1
        # A word that stands in brackets, as pseudonyms do, has both of them.
        start -= text[start - 1 : start] == "[" and "]" in text[start:end]
        end += text[end : end + 1] == "]" and "[" in text[start:end]
        return Spot(row, start, end)

    def most_words(self, quote: str) -> list[Spot]:
        """Find where most of the words stand in their order in one turn: the best place, and what is as good.

        Words that were put in between, replaced or left out do not hinder it. At an end whose words are not there, as
        many are taken as the quote has, within the sentence.
        """
        wanted = [word for word, *_ in words(quote)]
        found: defaultdict[int, list[Spot]] = defaultdict(list)
        for row in self._likely(wanted):
            pairs = self._in_order(wanted, row)
            if _enough(pairs, len(wanted), _LEAST, _MOST):
                found[len(pairs)].append(self._widened(pairs, len(wanted), quote))
        return found[max(found)] if found else []

    def _likely(self, wanted: list[str]) -> list[int]:
        """Give the turns with so many of the rare words that enough of all words can be there."""
        rare = [word for word in set(wanted) if 0 < len(self._places.get(word, ())) <= _RARE]
        hits = Counter(row for word in rare for row in {self._words[place].row for place in self._places[word]})
        nowhere = sum(word not in self._places for word in set(wanted))
        least = max(1, len(rare) - int((1 - _MOST) * len(wanted)) + nowhere)
        return sorted(row for row, number in hits.items() if number >= least)

    def some_words(self, quote: str, row: int) -> list[Spot]:
        """Find where some of the words stand in a turn that is known to be the one; one place or none."""
        wanted = [word for word, *_ in words(quote)]
        pairs = self._in_order(wanted, row) if 0 <= row < len(self.turns) else []
        enough = _enough(pairs, len(wanted), _LEAST_THERE, _MOST_THERE)
        return [self._widened(pairs, len(wanted), quote)] if enough else []

    def _in_order(self, wanted: list[str], row: int) -> list[tuple[int, int]]:
        """Pair the quote's words with those of a turn, where most of them are about as far from each other."""
        low, high = self._firsts[row], self._firsts[row + 1]
        pairs = [(number, place) for number, word in enumerate(wanted) for place in self._within(word, low, high)]
        slack = max(2, len(wanted) // 3)
        shifts = Counter(place - number for number, place in pairs)
        near = {shift: sum(shifts[other] for other in range(shift, shift + slack + 1)) for shift in shifts}
        if not near:
            return []
        shift = max(sorted(near), key=near.__getitem__)
        kept: list[tuple[int, int]] = []
        for number, place in pairs:
            later = not kept or (number > kept[-1][0] and place > kept[-1][1])
            if later and shift <= place - number <= shift + slack:
                kept.append((number, place))
        return kept

    def _within(self, word: str, low: int, high: int) -> list[int]:
        places = self._places.get(word, [])
        return places[bisect_right(places, low - 1) : bisect_right(places, high - 1)]

    def _widened(self, pairs: list[tuple[int, int]], length: int, quote: str) -> Spot:
        (before, first), (number, last) = pairs[0], pairs[-1]
        after = length - 1 - number
        while before and self._next_to(first - 1, first):
            first, before = first - 1, before - 1
        while after and self._next_to(last, last + 1):
            last, after = last + 1, after - 1
        return self._around(first, last, quote)

    def _next_to(self, one: int, other: int) -> bool:
        """Tell whether two words follow each other in one sentence of one turn."""
        if one < 0 or other >= len(self._words) or self._words[one].row != self._words[other].row:
            return False
        left, right = self._words[one], self._words[other]
        return not _SENTENCE_ENDS.search(self.turns[left.row].text[left.end : right.start])


def _enough(pairs: list[tuple[int, int]], length: int, least: int, share: float) -> bool:
    """Tell whether so many of the quote's words are there, and hardly others between them."""
    span = pairs[-1][1] - pairs[0][1] + 1 if pairs else 0
    return len(pairs) >= max(least, share * length, share * span)


def words(text: str) -> list[tuple[str, int, int]]:
    """Give the words of a text as they are compared, with where they stand.

    Examples
    --------
    >>> words("Bo’s  PULJE (2)")
    [('bo’s', 0, 4), ('pulje', 6, 11), ('2', 13, 14)]
    """
    if composed(text) == text:
        return [(word.casefold(), start, end) for start, end, word in tokens(text)]
    flat, places = plain(text)
    return [(word.casefold(), places[start], places[end - 1] + 1) for start, end, word in tokens(flat)]
