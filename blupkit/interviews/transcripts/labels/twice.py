"""What two devices heard: the same words at the same time, under two names."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from blupkit.core import Fault
from blupkit.core.danish import percent
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
#: So many seconds may lie between what two devices heard of one utterance.
_APART: Final = 1.0
_ACTION: Final = (
    "To enheder har sandsynligvis optaget det samme, og ordene tælles to gange. Slet den ene enheds replikker i filen."
)


class _Heard(NamedTuple):
    said: Said
    words: list[str]


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
    heard = [
        _Heard(turn, _words(turn.text)) for turn in sorted(said, key=lambda turn: turn.start) if turn.end >= turn.start
    ]
    totals: Counter[str] = Counter()
    for each in heard:
        totals[each.said.label] += len(each.words)
    same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    evident: Counter[tuple[str, str]] = Counter()
    for each, others in _meanwhile(heard):
        for label, spoken in others.items():
            if _is_same(each.words, spoken):
                same[each.said.label, label].append(len(each.words))
                evident[each.said.label, label] += _is_evident(each.words, spoken)
    faults = []
    for pair in combinations(totals, 2):
        # Of two that say the same, the one is told who says less of his own; the second device, where both are alike.
        label, other = max((pair[::-1], pair), key=lambda way: sum(same[way]) / max(totals[way[0]], 1))
        words = sum(same[label, other])
        if evident[label, other] >= _TURNS and words >= _SHARE * totals[label]:
            share = percent(100 * words / totals[label])
            found = f"{words} af {totals[label]} ord ({share}) fra »{label}« siges samtidig af »{other}«"
            faults.append(warning(file, found, "hvert ord én gang", _ACTION))
    return faults


def _words(text: str) -> list[str]:
    return [word for piece in text.casefold().split() if (word := piece.strip('.,:;?!…–-"”»«’()[]'))]


def _meanwhile(heard: list[_Heard]) -> list[tuple[_Heard, dict[str, list[list[str]]]]]:
    """Give each turn with what the other voices say while it lasts."""
    found: list[tuple[_Heard, dict[str, list[list[str]]]]] = [(each, {}) for each in heard]
    running: list[int] = []
    for place, (each, _) in enumerate(found):
        running = [other for other in running if heard[other].said.end + _APART > each.said.start]
        for other in running:
            if heard[other].said.label != each.said.label:
                found[place][1].setdefault(heard[other].said.label, []).append(heard[other].words)
                found[other][1].setdefault(each.said.label, []).append(each.words)
        running.append(place)
    return found


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
