"""What stands twice: heard by two devices at the same time, under two names, or pasted in a second time."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise, takewhile
from operator import itemgetter
from typing import Final

from blupkit.core import Fault
from blupkit.core.danish import many, percent
from blupkit.core.language import STOP_WORDS
from blupkit.interviews.transcripts.turn import Said, warning

#: So many words of a turn, and pairs of words that follow each other, stand in what another says meanwhile.
_SAME_WORDS: Final = 0.5
_SAME_PAIRS: Final = 0.15
_FEWEST: Final = 4
#: Function words alone are no evidence: whoever talks at the same time uses them too.
_SAME_CONTENT: Final = 0.4
_FEWEST_CONTENT: Final = 3
_SHORTEST: Final = 3
#: So much of what somebody says must be another's, in so many turns, before it is no chance.
_SHARE: Final = 0.1
_TURNS: Final = 3
_ACTION: Final = (
    "To enheder har sandsynligvis optaget det samme, og ordene tælles to gange. Slet den ene enheds replikker i filen."
)
#: So many words in a row nobody says twice to the letter.
_BLOCK: Final = 30
#: "Ja." stands in many places; a block is known by its longer turns.
_TRIED: Final = 3
_PASTED: Final = (
    "Er de sat ind to gange, så slet dem det ene sted. Læser nogen det samme op to gange, skal intet gøres."
)
#: Who, what, and when where that is known.
_Turn = tuple[str, str, float | str]


def said_twice(file: str, said: list[Said]) -> list[Fault]:
    r"""Warn where one voice says what another says at the same time, with how many of its words.

    Parameters
    ----------
    file : str
        What to call the file.
    said : list of Said
        Its turns, with start and end.

    Examples
    --------
    >>> one = [Said("Bo", "Vi mangler penge til hallen.", n, n + 5) for n in (0, 10, 20)]
    >>> other = [Said("Lokale 2", "Ve mangler penge til hallen.", n + 0.2, n + 5.2) for n in (0, 10, 20)]
    >>> [fault.found for fault in said_twice("a.vtt", one + other)]
    ['15 af 15 ord (100\xa0pct.) fra »Lokale 2« siges samtidig af »Bo«']
    >>> said_twice("a.vtt", one)
    []
    """
    same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    evident: Counter[tuple[str, str]] = Counter()
    for turn, others in _meanwhile(said):
        words = _words(turn.text)
        for label, texts in others.items():
            spoken = [_words(text) for text in texts]
            if _is_same(words, spoken):
                same[turn.label, label].append(len(words))
                evident[turn.label, label] += _is_evident(words, spoken)
    if not evident:
        return []
    totals: Counter[str] = Counter()
    for turn in said:
        totals[turn.label] += len(_words(turn.text))
    faults = []
    for pair in combinations(totals, 2):
        # Of two that say the same, the one is told who says less of his own; the second device, where both are alike.
        label, other = max((pair[::-1], pair), key=lambda way: sum(same[way]) / max(totals[way[0]], 1))
        count = sum(same[label, other])
        if evident[label, other] >= _TURNS and count >= _SHARE * totals[label]:
            share = percent(100 * count / totals[label])
            found = f"{count} af {totals[label]} ord ({share}) fra »{label}« siges samtidig af »{other}«"
            faults.append(warning(file, found, "hvert ord én gang", _ACTION))
    return faults


def _words(text: str) -> list[str]:
    return [word for piece in text.casefold().split() if (word := piece.strip('.,:;?!…–-"”»«’()[]'))]


def _meanwhile(said: list[Said]) -> Iterator[tuple[Said, dict[str, list[str]]]]:
    """Give each turn with what the other voices say while it lasts, where they speak at the same time at all."""
    timed = sorted((turn for turn in said if turn.end > turn.start), key=lambda turn: turn.start)
    found: dict[int, dict[str, list[str]]] = {}
    running: list[int] = []
    for place, turn in enumerate(timed):
        running = [other for other in running if timed[other].end > turn.start]
        for other in running:
            before = timed[other]
            together = min(before.end, turn.end) - turn.start
            if before.label != turn.label and 2 * together >= min(before.end - before.start, turn.end - turn.start):
                found.setdefault(place, {}).setdefault(before.label, []).append(before.text)
                found.setdefault(other, {}).setdefault(turn.label, []).append(turn.text)
        running.append(place)
    yield from ((timed[place], others) for place, others in sorted(found.items()))


def _is_same(words: list[str], spoken: list[list[str]]) -> bool:
    if len(words) < _FEWEST:
        return False
    there = Counter(word for each in spoken for word in each)
    if sum((Counter(words) & there).values()) < _SAME_WORDS * len(words):
        return False
    pairs = {pair for each in spoken for pair in pairwise(each)}
    return sum(pair in pairs for pair in pairwise(words)) >= _SAME_PAIRS * (len(words) - 1)


def _is_evident(words: list[str], spoken: list[list[str]]) -> bool:
    there = {word for each in spoken for word in each}
    content = [word for word in words if len(word) >= _SHORTEST and word not in STOP_WORDS]
    return len(content) >= _FEWEST_CONTENT and sum(word in there for word in content) >= _SAME_CONTENT * len(content)


def pasted_twice(file: str, said: list[Said]) -> list[Fault]:
    """Warn of turns that stand twice in a transcript, to the letter and in the same order.

    Parameters
    ----------
    file : str
        What to call the file.
    said : list of Said
        Its turns.

    Examples
    --------
    >>> talk = [Said("Bo", "Ja."), Said("Ida", "ord " * 29), Said("Bo", "Nej.")]
    >>> [fault.found for fault in pasted_twice("a.txt", [*talk, Said("Ida", "Nå."), *talk])]
    ['tur 5 til 7 (31 ord) er de samme som tur 1 til 3']
    >>> pasted_twice("a.txt", [*talk, Said("Bo", "Ja."), Said("Ida", "Nå.")])
    []
    """
    # What was pasted has its times with it; what was said again has others.
    turns = [(turn.label, turn.text, "" if math.isnan(turn.start) else turn.start) for turn in said]
    if len(set(turns)) == len(turns):
        return []
    earlier: defaultdict[_Turn, list[int]] = defaultdict(list)
    faults, place = [], 0
    while place < len(turns):
        tried = [(_same_from(turns, start, place), start) for start in earlier[turns[place]]]
        length, first = max(tried, key=itemgetter(0), default=(0, 0))
        words = sum(len(text.split()) for _, text, _ in turns[place : place + length])
        if words >= _BLOCK:
            found = f"{_turns(place, length)} ({many(words, 'ord', 'ord')}) er de samme som {_turns(first, length)}"
            faults.append(warning(file, found, "hver tur én gang", _PASTED, said[place].row, quotes=False))
        else:
            length = 1
        for at in range(place, place + length):
            if len(earlier[turns[at]]) < _TRIED:
                earlier[turns[at]].append(at)
        place += length
    return faults


def _same_from(turns: list[_Turn], first: int, second: int) -> int:
    """Give how many turns from the second place on are those from the first, which end before it."""
    ahead = zip(turns[first:second], turns[second:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ahead))


def _turns(place: int, length: int) -> str:
    return f"tur {place + 1} til {place + length}" if length > 1 else f"tur {place + 1}"
