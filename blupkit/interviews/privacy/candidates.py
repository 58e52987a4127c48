"""What may point to a person and stands in no register: listed once for the consultant, who decides once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.language import is_ordinary_word, sentence_starts
from blupkit.interviews.privacy.personal import cpr_numbers, phone_numbers, street_addresses
from blupkit.interviews.privacy.pseudonyms import PLACES, names_of


class Kind(StrEnum):
    """What a candidate looks like."""

    CPR = "CPR-lignende nummer"
    EIGHT = "otte cifre"
    STREET = "adresse"
    NUMBER = "tal"
    ADDRESS = "netadresse"
    NAME = "navn?"


CANDIDATE_COLUMNS: Final = ["candidate", "kind", "count", "context", "decision"]

#: Danish words that are written with a capital, and names that everybody shares.
_SHARED: Final = "I De Dem Deres Gud Danmark Danmarks EU Folketinget Facebook Teams Zoom Word Excel Google GDPR SMS"
_ORDINARY: Final = frozenset(_SHARED.split())
_CAPITALS: Final = re.compile(r"[A-ZÆØÅÉÜÖÄ][\w’'-]*(?: +[A-ZÆØÅÉÜÖÄ][\w’'-]*)*")
_REPLACEMENT: Final = re.compile(r"\[[^\[\]]*\]s?")
_PERSONAL: Final = ((Kind.CPR, cpr_numbers), (Kind.EIGHT, phone_numbers), (Kind.STREET, street_addresses))
_NUMBERS: Final = (
    # Eight digits and more in groups count too, where they are nothing that has a name.
    (Kind.NUMBER, re.compile(r"(?<![\w.,])(?:\d(?:[ .-]?\d){7,}|\d{4,})(?!\w)")),
    (Kind.ADDRESS, re.compile(r"(?:https?://|www\.)\S*[\w/]")),
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_AROUND: Final = 40


def candidates(
    texts: pd.Series, register: pd.DataFrame, decisions: pd.DataFrame, *, continued: bool = False
) -> pd.DataFrame:
    """List what is left in the texts, once the register's entries are replaced, that may point to a person.

    Flagged are words with a capital inside a sentence (neighbours together), surnames of the register that are ordinary
    words and begin a sentence, numbers like a phone or a CPR number, street addresses, other numbers of four digits or
    more that are no year, and web addresses. Nothing is rewritten. Names in lower case cannot be found.

    Parameters
    ----------
    texts : pandas.Series of str
        What was said, or quotes of it; not changed.
    register : pandas.DataFrame
        What `read_register` returned.
    decisions : pandas.DataFrame
        What `read_decisions` returned.
    continued : bool
        The texts begin in the middle of a sentence.

    Returns
    -------
    pandas.DataFrame
        candidate, kind ("navn?", "tal", …), count, context (of the first), decision ("" while unsettled), the most
        frequent first.

    Examples
    --------
    >>> nobody = pd.DataFrame(columns=["interview", "name", "role", "municipality", "age", "aliases"])
    >>> undecided = pd.DataFrame(columns=["candidate", "decision"])
    >>> found = candidates(pd.Series(["Vi tog til Odense i 1998. Ring 20 00 00 14."]), nobody, undecided)
    >>> found[["candidate", "kind", "count"]].values.tolist()
    [['20 00 00 14', 'otte cifre', 1], ['Odense', 'navn?', 1]]
    """
    surnames, names = _ordinary_surnames(register), names_of(register)
    settled = dict(zip(decisions["candidate"], decisions["decision"], strict=True))
    first: dict[str, tuple[str, str]] = {}
    times: Counter[str] = Counter()
    for text in texts:
        safe = names.replaced_in(str(text), continued=continued)
        for word, kind, place in _in_text(safe, surnames, continued):
            first.setdefault(word, (kind.value, safe[max(0, place - _AROUND) : place + len(word) + _AROUND].strip()))
            times[word] += 1
    order = sorted(times, key=lambda word: (-times[word], word))
    rows = [(word, first[word][0], times[word], first[word][1], settled.get(word, "")) for word in order]
    return pd.DataFrame(rows, columns=CANDIDATE_COLUMNS)


class _Found(NamedTuple):
    """One place in a text that may point to a person."""

    word: str
    kind: Kind
    place: int


def _ordinary_surnames(register: pd.DataFrame) -> set[str]:
    names = register.loc[~register["role"].isin(PLACES), "name"]
    return {word for name in names for word in str(name).split()[1:] if word[:1].isupper() and is_ordinary_word(word)}


def _in_text(text: str, surnames: set[str], continued: bool) -> list[_Found]:
    """Find the candidates of one text; a number is told once, under the strictest kind."""
    masked = _REPLACEMENT.sub(lambda match: "_" * len(match.group()), text)
    spans = [(kind, span) for kind, find in _PERSONAL for span in find(masked)]
    spans += [
        (kind, match.span())
        for kind, pattern in _NUMBERS
        for match in pattern.finditer(masked)
        if kind != Kind.NUMBER or not _YEAR.fullmatch(match.group())
    ]
    numbers = (_Found(text[start:end], kind, start) for kind, (start, end) in spans)
    starts = sentence_starts(text, continued=continued)
    names = (name for match in _CAPITALS.finditer(masked) for name in _names(match, starts, surnames))
    return sorted([*_without_parts(numbers), *names], key=lambda found: found.place)


def _without_parts(numbers: Iterable[_Found]) -> list[_Found]:
    longest: list[_Found] = []
    for found in sorted(numbers, key=lambda found: -len(found.word)):
        if not any(taken.place <= found.place < taken.place + len(taken.word) for taken in longest):
            longest.append(found)
    return longest


def _names(match: re.Match[str], starts: frozenset[int], surnames: set[str]) -> list[_Found]:
    """Cut a run of capitalised words at words that are capitalised for another reason."""
    runs: list[list[tuple[str, int]]] = [[]]
    for word in re.finditer(r"\S+", match.group()):
        place = match.start() + word.start()
        bare = word.group().rstrip("'’-")
        if _is_plain(bare, place in starts, surnames):
            runs.append([])
        else:
            runs[-1].append((bare, place))
    return [_Found(" ".join(word for word, _ in run), Kind.NAME, run[0][1]) for run in runs if run]


def _is_plain(word: str, begins: bool, surnames: set[str]) -> bool:
    if begins:
        return word.removesuffix("s") not in surnames and word not in surnames
    shouted = len(word) > 1 and word.isupper() and is_ordinary_word(word)
    return word in _ORDINARY or shouted
