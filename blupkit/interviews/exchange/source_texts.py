"""An interview as one text for other programs, and the way back from their text to the turns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise, takewhile
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.letters import plain
from blupkit.interviews.transcripts.people import speaker_labels

#: How much of what was said must be found again before a text counts as the interview.
ENOUGH: Final = 0.5
#: What is enough where the text also has the interview's name.
ENOUGH_NAMED: Final = 0.2
_LONG: Final = 12
#: A turn and where it lies, behind those before it.
_Link = tuple[tuple[int, int], "_Link | None"]


class Paragraph(NamedTuple):
    """A turn in the text of its interview."""

    turn: int
    #: Where the turn's own words begin in the text.
    start: int
    #: Who speaks: the role and a number.
    label: str
    words: str


@dataclass(frozen=True)
class Written:
    """An interview as one text.

    Parameters
    ----------
    interview : str
        Its id.
    paragraphs : tuple of Paragraph
        The turns in order.
    """

    interview: str
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def text(self) -> str:
        """One paragraph a turn, the speaker's label before it."""
        return "\n".join(f"{one.label}: {one.words}" for one in self.paragraphs)


@dataclass(frozen=True)
class Matched:
    """Which interview a text is.

    Parameters
    ----------
    interview : str
        Its id.
    pieces : dict of int to list of int
        The turns that were found, in order: number → where each of the turn's characters lies in the text, never
        falling and not empty.
    exact : bool
        The text is exactly as this suite writes it.
    share : float
        How much of what was said was found again.
    """

    interview: str
    pieces: dict[int, list[int]]
    exact: bool
    share: float


class Part(NamedTuple):
    """The part of a passage that lies in one turn: code points, end exclusive."""

    turn: int
    start: int
    end: int


def even_lines(text: str) -> str:
    r"""Make every line end one line feed without moving any character.

    Examples
    --------
    >>> even_lines("a\rb")
    'a\nb'
    """
    return text.replace("\r", "\n")


def written(turns: pd.DataFrame) -> list[Written]:
    """Write each interview as one text: a paragraph a turn, with the speaker's label before it.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1], "speaker": "Bo", "role": "lokalråd", "text": "Ja."})
    >>> written(turns)[0].text
    'Lokalråd 1: Ja.'
    """
    labels = speaker_labels(turns)
    return [_written(str(interview), said, labels) for interview, said in turns.groupby("interview", sort=False)]


def _written(interview: str, said: pd.DataFrame, labels: dict[tuple[str, str], str]) -> Written:
    paragraphs: list[Paragraph] = []
    start = 0
    for turn, speaker, text in said[["turn", "speaker", "text"]].itertuples(index=False, name=None):
        label = labels[(interview, speaker)]
        start += len(label) + len(": ")
        paragraphs.append(Paragraph(int(turn), start, label, even_lines(text)))
        start += len(text) + len("\n")
    return Written(interview, tuple(paragraphs))


def match(text: str, name: str, interviews: Sequence[Written]) -> Matched | None:
    """Find the interview that a text is, from its words; its name only helps.

    Parameters
    ----------
    text : str
        Another program's text, with line feeds.
    name : str
        What the program calls it.
    interviews : sequence of Written
        What `written` gave.

    Returns
    -------
    Matched or None
        None where none fits, or two fit equally well and the name does not decide.
    """
    same = [interview for interview in interviews if text.rstrip("\n") == interview.text.rstrip("\n")]
    found = [exactly(interview) for interview in same] or [_aligned(text, interview) for interview in interviews]
    share = max((one.share for one in found), default=0.0)
    best = [one for one in found if one.share == share]
    best = [one for one in best if is_named(name, one.interview)] if len(best) > 1 else best
    if len(best) != 1:
        return None
    return best[0] if share >= (ENOUGH_NAMED if is_named(name, best[0].interview) else ENOUGH) else None


def exactly(interview: Written) -> Matched:
    """Lay an interview over its own text."""
    spoken = (one for one in interview.paragraphs if one.words)
    pieces = {one.turn: list(range(one.start, one.start + len(one.words))) for one in spoken}
    return Matched(interview.interview, pieces, exact=True, share=1.0)


def is_named(name: str, interview: str) -> bool:
    """Tell whether a file's or a text's name holds an interview's id as a word of its own.

    Examples
    --------
    >>> is_named("FG1 udskrift.txt", "fg1"), is_named("fg10.txt", "fg1")
    (True, False)
    """
    return bool(re.search(rf"(?<![\w-]){re.escape(interview.casefold())}(?![\w-])", name.casefold()))


def locate(span: tuple[int, int], matched: Matched) -> list[Part]:
    """Find a passage of the text in the turns; one that runs over several turns is divided.

    Parameters
    ----------
    span : tuple of int
        Start and end in the text, in code points, end exclusive.
    matched : Matched
        What `match` gave.

    Examples
    --------
    >>> there = Matched("fg1", {1: [4, 5, 6], 2: [12, 13]}, exact=True, share=1.0)
    >>> locate((5, 13), there)
    [Part(turn=1, start=1, end=3), Part(turn=2, start=0, end=1)]
    """
    pieces = list(matched.pieces.items())
    first = max(bisect_right(pieces, span[0], key=lambda piece: piece[1][0]) - 1, 0)
    near = takewhile(lambda piece: piece[1][0] < span[1], pieces[first:])
    parts = (Part(turn, bisect_left(spots, span[0]), bisect_left(spots, span[1])) for turn, spots in near)
    return [part for part in parts if part.start < part.end]


def by_words(words: str, interviews: Sequence[Written]) -> tuple[list[Part], str]:
    """Find words in an interview when they stand in one place only, in one turn or across turns.

    Parameters
    ----------
    words : str
        What is looked for.
    interviews : sequence of Written
        The interview; where it is not one, nothing is found.

    Returns
    -------
    list of Part
        Where they stand; empty where that is not one place.
    str
        Why they were not found, in Danish.
    """
    if len(interviews) != 1:
        return [], "interviewet findes ikke, eller flere har navnet"
    text, places = plain(interviews[0].text)
    wanted = plain(words)[0]
    if not wanted:
        return [], "der er ingen ord"
    first = text.find(wanted)
    if first < 0:
        return [], "ordene står ikke i udskriften"
    if text.find(wanted, first + 1) >= 0:
        return [], "ordene står flere steder i udskriften"
    span = (places[first], places[first + len(wanted) - 1] + 1)
    parts = locate(span, exactly(interviews[0]))
    return parts, "" if parts else "ordene er ikke noget, der er sagt"


def _aligned(text: str, interview: Written) -> Matched:
    """Find the turns in a text that another program may have laid out anew: with other labels, blanks and lines."""
    there, places = plain(text)
    said = [plain(one.words) for one in interview.paragraphs]
    starts = _placed(there, [words for words, _ in said])
    pieces = {}
    for number, start in sorted(starts.items()):
        one, own = interview.paragraphs[number], said[number][1]
        pieces[one.turn] = _mapped(len(one.words), own, places, start)
    total = sum(len(words) for words, _ in said)
    found = sum(len(said[number][0]) for number in starts)
    return Matched(interview.interview, pieces, exact=False, share=found / total if total else 0.0)


def _mapped(length: int, own: list[int], places: list[int], start: int) -> list[int]:
    """Give the place in the text for each of the turn's characters; one within a run has the place of the run."""
    known = dict(zip(own, places[start : start + len(own)], strict=True))
    return list(accumulate((known.get(place, places[start]) for place in range(length)), max))


def _placed(text: str, said: list[str]) -> dict[int, int]:
    """Find where turns lie: long ones that occur once first, then those between them where there is but one way."""
    often = Counter(said)
    sure = [
        (number, text.find(words))
        for number, words in enumerate(said)
        if len(words) >= _LONG and often[words] == 1 and text.count(words) == 1
    ]
    anchors = _rising(sure)
    fixed = [(-1, 0, 0), *((n, start, start + len(said[n])) for n, start in anchors), (len(said), len(text), len(text))]
    starts = dict(anchors)
    back, said_back = text[::-1], [words[::-1] for words in said]
    for (before, _, low), (after, high, _) in pairwise(fixed):
        between = range(before + 1, after)
        left = _leftmost(text, said, between, low, high)
        # The last place from the right is the first one in the text that is read from its end.
        right = _leftmost(back, said_back, between[::-1], len(text) - high, len(text) - low)
        starts |= {n: start for n, start in left.items() if right.get(n) == len(text) - start - len(said[n])}
    return starts


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the longest series in which the places rise: a turn that was moved is left out."""
    # The last link of the best series of each length; a link is a pair and the link before it.
    ends: list[_Link] = []
    for pair in pairs:
        spot = bisect_left(ends, pair[1], key=lambda link: link[0][1])
        ends[spot : spot + 1] = [(pair, ends[spot - 1] if spot else None)]
    kept: list[tuple[int, int]] = []
    link = ends[-1] if ends else None
    while link:
        pair, link = link
        kept.append(pair)
    return kept[::-1]


def _whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _leftmost(text: str, said: list[str], numbers: Iterable[int], low: int, high: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for number in numbers:
        start = text.find(said[number], low, high) if said[number] else -1
        while start >= 0 and not _whole(text, start, start + len(said[number])):
            start = text.find(said[number], start + 1, high)
        if start >= 0:
            found[number] = start
            low = start + len(said[number])
    return found
