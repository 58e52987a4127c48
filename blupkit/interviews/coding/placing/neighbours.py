"""Where codings belong in a transcript that was edited: by their words, and by those of the codings around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final, NamedTuple

from blupkit.core.danish import listing
from blupkit.interviews.coding.passage import Codable, Passage, Turn
from blupkit.interviews.coding.placing.talk import Spot, Talk, words

#: Fewer words than these may be somebody else's, where those around them have not gone the same way.
_TELLING: Final = 5
_SHOWN: Final = 5


class Outcome(Enum):
    """What became of a coding: it stands; its words, or words like them, were found elsewhere; or they were not."""

    STANDS = auto()
    MOVED = auto()
    OFFERED = auto()
    LEFT = auto()


class Placing(NamedTuple):
    """What became of a coding, the passage where it now belongs, and why it was left where it was."""

    outcome: Outcome
    passage: Passage
    why: str = ""


@dataclass
class _Item:
    """A coding that is looked for: where its words stand, and where it is put."""

    number: int
    passage: Passage
    stands: bool
    old: tuple[int, int]
    own: Spot
    spots: list[Spot] = field(default_factory=list)

    @property
    def is_anchor(self) -> bool:
        """Whether it is known where it was, and there is but one place where it can be."""
        return len(self.spots) == 1 and self.own.end > 0

    @property
    def weight(self) -> int:
        """How many words it has."""
        return max(1, len(words(self.passage.quote or "")))

    def shift(self, spot: Spot) -> int:
        """How many turns later it is put."""
        return spot.row - self.old[0]


def place(codable: Codable, coded: Sequence[Passage], *, likely: bool = True) -> list[Placing]:
    """Say of each coding of one coder where it belongs.

    Words that stand in one place only belong there; where they stand in several, the codings before and after decide,
    if they leave but one. In a talk all of whose codings stand, nothing is looked for. A coding whose words stand in
    its place by chance, while those around it have gone elsewhere, goes with them, or is left.

    Parameters
    ----------
    codable : Codable
        The turns as they are now.
    coded : sequence of Passage
        What one coder has coded, with its words.
    likely : bool
        Whether words like those of a coding are looked for where its own are not, which takes longer.

    Returns
    -------
    list of Placing
        One each, in their order: a moved passage has the words that stand there now, which differ from its own in case
        and signs at most; an offered one keeps its own words and stands where most of them are.

    Examples
    --------
    >>> import pandas as pd
    >>> from blupkit.interviews.coding.codebook import Codebook
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "role": "", "text": ["Ja.", "Vi søgte en pulje."]})
    >>> here = Codable(turns, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]})))
    >>> [found] = place(here, [Passage("fg1", 1, 0, 8, "2.1", quote="Vi søgte")])
    >>> found.outcome.name, found.passage.place
    ('MOVED', ('fg1', '2', 0, 8, '2.1'))
    """
    placings = [Placing(Outcome.STANDS, passage) for passage in coded]
    talks: defaultdict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(coded):
        talks[passage.interview].append(number)
    for interview, numbers in talks.items():
        if any(is_stale(codable, coded[number]) for number in numbers):
            turns = [turn for turn in codable.by_place.values() if turn.interview == interview]
            search = _Search(codable, turns, likely=likely)
            for number, placing in search.place({number: coded[number] for number in numbers}):
                placings[number] = placing
    return placings


def is_stale(codable: Codable, passage: Passage) -> bool:
    """Tell whether it is known what a passage's words are, and they are not those that stand in its place."""
    turn, (start, end), quote = codable.turn_of(passage), passage.span, passage.quote
    return quote is not None and (turn is None or not start < end <= len(turn.text) or turn.text[start:end] != quote)


class _Search:
    """One talk, in which at least one coding stands no longer where it was."""

    def __init__(self, codable: Codable, turns: list[Turn], *, likely: bool) -> None:
        self._codable, self._talk, self._likely = codable, Talk(turns), likely
        self._rows = {str(turn.turn): row for row, turn in enumerate(turns)}
        #: Respondents' answers have no order, and nobody's words are looked for in another's answer.
        self._is_talk = all(isinstance(turn.turn, int) for turn in turns)
        self._chain: list[tuple[tuple[int, int], Spot]] = []

    def place(self, coded: dict[int, Passage]) -> Iterable[tuple[int, Placing]]:
        items = [self._item(number, passage) for number, passage in coded.items()]
        if self._is_talk:
            self._chain = _rising((item.old, item.spots[0], item.weight) for item in items if item.is_anchor)
        return [(item.number, self._placed(item)) for item in items]

    def _item(self, number: int, passage: Passage) -> _Item:
        key, (start, end) = str(passage.turn), passage.span
        row = self._rows.get(key, int(key) - 1 if key.isdecimal() else len(self._rows))
        stands = not is_stale(self._codable, passage)
        item = _Item(number, passage, stands, (row, start), Spot(row, start, end))
        quote = passage.quote or ""
        item.spots = self._open(self._talk.to_the_letter(quote) or self._talk.same_words(quote), item)
        return item

    def _open(self, spots: list[Spot], item: _Item) -> list[Spot]:
        """Keep the places where the coding may stand at all: an answer's own, and where a participant speaks."""
        own = spots if self._is_talk else [spot for spot in spots if spot.row == item.old[0]]
        return [spot for spot in own if not self._talk.turns[spot.row].is_host] or own[:1]

    def _placed(self, item: _Item) -> Placing:
        if item.stands and item.own not in item.spots:  # no words to hold it against, or a host's turn
            return Placing(Outcome.STANDS, item.passage)
        spot, why = self._choose(item) if item.spots else self._most(item)
        if spot is None:
            return Placing(Outcome.LEFT, item.passage, why)
        if item.stands and spot == item.own:
            return Placing(Outcome.STANDS, item.passage)
        turn = self._talk.turns[spot.row]
        if turn.is_host:
            return Placing(Outcome.LEFT, item.passage, f"den, der leder samtalen, siger det nu ({self._told([spot])})")
        moved = replace(item.passage, turn=turn.turn, start=spot.start, end=spot.end)
        if item.spots:
            return Placing(Outcome.MOVED, replace(moved, quote=turn.text[spot.start : spot.end]))
        return Placing(Outcome.OFFERED, moved)

    def _choose(self, item: _Item) -> tuple[Spot | None, str]:
        """Choose among the places with a coding's words."""
        before, after = self._around(item)
        if len(item.spots) == 1:
            (spot,) = item.spots
            fits = item.stands or (item.old, spot) in self._chain or item.weight >= _TELLING or not self._is_talk
            return (spot, "") if fits else (None, f"{self._told([spot])}, uden for dem omkring")
        if not item.own.end:  # it was set aside before, and its place is no longer known
            return None, f"ordene står flere steder ({self._told(item.spots)})"
        inside = [spot for spot in item.spots if _between(spot, before, after)] or item.spots
        near = [(old, spot) for old, spot in (before, after) if spot]
        ways = {spot.row - old[0] for old, spot in near}
        along = [spot for spot in inside if item.shift(spot) in ways]
        level = [spot for spot in along if spot.start == item.old[1]]
        for chosen in (inside, along, level):
            if len(chosen) == 1:
                return chosen[0], ""
        if item.stands and ways <= {0}:
            return item.own, ""
        return None, f"ordene står flere steder ({self._told(inside)})"

    def _most(self, item: _Item) -> tuple[Spot | None, str]:
        """Find the one place where most of the words are; in the turn that those around it point to, some will do."""
        quote = item.passage.quote or "" if self._likely else ""
        spots = self._open(self._talk.most_words(quote), item)
        before, after = self._around(item)
        ways = {spot.row - old[0] for old, spot in (before, after) if spot}
        if not spots and len(ways) == 1:
            spots = self._open(self._talk.some_words(quote, item.old[0] + ways.pop()), item)
        inside = [spot for spot in spots if _between(spot, before, after)] if len(spots) > 1 else spots
        if len(inside) == 1:
            return inside[0], ""
        told = f"ord, der ligner, står flere steder ({self._told(spots)})" if spots else "ordene står der ikke længere"
        return None, told

    def _around(self, item: _Item) -> tuple[_Anchor, _Anchor]:
        """Give the nearest codings before and after it that are sure of their place."""
        at = bisect_left(self._chain, item.old, key=lambda anchor: anchor[0])
        later = next((n for n in range(at, len(self._chain)) if self._chain[n][0] > item.old), len(self._chain))
        before = self._chain[at - 1] if at else (item.old, None)
        after = self._chain[later] if later < len(self._chain) else (item.old, None)
        return before, after

    def _told(self, spots: Sequence[Spot]) -> str:
        numbers = list(dict.fromkeys(str(self._talk.turns[spot.row].turn) for spot in spots))
        more = ["…"] if len(numbers) > _SHOWN else []
        return f"{'tur' if self._is_talk else 'besvarelse'} {listing([*numbers[:_SHOWN], *more])}"


#: Where a coding was, and where it is now; None where there is no such coding.
_Anchor = tuple[tuple[int, int], Spot | None]


def _between(spot: Spot, before: _Anchor, after: _Anchor) -> bool:
    low, high = before[1], after[1]
    return (low is None or low[:2] <= spot[:2]) and (high is None or spot[:2] <= high[:2])


def _rising(anchors: Iterable[tuple[tuple[int, int], Spot, int]]) -> list[tuple[tuple[int, int], Spot]]:
    """Keep the weightiest series in which the places do not fall: one that was moved past the others is left out."""
    rows = sorted(set(anchors))
    ranks = {place: rank for rank, place in enumerate(sorted({spot[:2] for _, spot, _ in rows}), start=1)}
    # For each rank the best series that ends there or before it, as in a Fenwick tree: its weight, and its last anchor.
    best = [(0, -1)] * (len(ranks) + 1)
    back: list[int] = []
    for number, (_, spot, weight) in enumerate(rows):
        rank = ranks[spot[:2]]
        before = max(best[at] for at in _down(rank))
        back.append(before[1])
        for at in _up(rank, len(ranks)):
            best[at] = max(best[at], (before[0] + weight, number))
    kept, last = [], max(best)[1]
    while last >= 0:
        kept.append(rows[last][:2])
        last = back[last]
    return kept[::-1]


def _down(rank: int) -> Iterable[int]:
    while rank:
        yield rank
        rank &= rank - 1


def _up(rank: int, last: int) -> Iterable[int]:
    while rank <= last:
        yield rank
        rank += rank & -rank
