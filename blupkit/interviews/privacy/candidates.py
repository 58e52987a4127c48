"""What may point to a person and stands in no register: listed once for the consultant, who decides once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.language import is_ordinary_word, sentence_starts, tokens
from blupkit.core.lexicon.names import is_only_name
from blupkit.interviews.privacy.personal import cpr_numbers, phone_numbers, street_addresses
from blupkit.interviews.privacy.pointers import functions, sexes, villages
from blupkit.interviews.privacy.pseudonyms import PLACES, names_of
from blupkit.interviews.transcripts.register import Decision


class Kind(StrEnum):
    """What a candidate looks like."""

    CPR = "CPR-lignende nummer"
    EIGHT = "otte cifre"
    STREET = "adresse"
    NUMBER = "tal"
    ADDRESS = "netadresse"
    NAME = "navn?"
    FUNCTION = "funktion"
    SEX = "køn"


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
#: Words on each side of one that tells the sex: with them it is this place that is decided on.
_BESIDE: Final = (re.compile(r"[^\W\d_]+ $"), re.compile(r" [^\W\d_]+"))


def candidates(
    texts: pd.Series,
    register: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    continued: bool = False,
    closely: bool = False,
) -> pd.DataFrame:
    """List what is left in the texts, once the register's entries are replaced, that may point to a person.

    Flagged are words with a capital inside a sentence (neighbours together), common names that are nothing else, in any
    case and place, surnames of the register that are ordinary words and begin a sentence, numbers like a phone or a CPR
    number, street addresses, other numbers of four digits or more that are no year, and web addresses. Nothing is
    rewritten. Other names in lower case cannot be found.

    Looked at closely, as before a quote is shown, flagged are also words that begin a sentence and are no ordinary
    ones, villages in words in lower case, functions, and what tells the sex of one of few: once a text, with the words
    beside it. It is settled by a decision on those, or on the word itself.

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
    closely : bool
        The texts are to be shown.

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
        found = _in_text(safe, surnames, continued=continued, closely=closely)
        found += _sexes(safe, settled) if closely else []
        for word, kind, place in found:
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


def _in_text(text: str, surnames: set[str], *, continued: bool, closely: bool) -> list[_Found]:
    """Find the candidates of one text; a number is told once, under the strictest kind."""
    masked = _masked(text)
    spans = [(kind, span) for kind, find in _PERSONAL for span in find(masked)]
    spans += [
        (kind, match.span())
        for kind, pattern in _NUMBERS
        for match in pattern.finditer(masked)
        if kind != Kind.NUMBER or not _YEAR.fullmatch(match.group())
    ]
    numbers = (_Found(text[start:end], kind, start) for kind, (start, end) in spans)
    starts = sentence_starts(text, continued=continued)
    names = [name for match in _CAPITALS.finditer(masked) for name in _names(match, starts, surnames, closely=closely)]
    names += [_Found(word, Kind.NAME, start) for start, _, word in tokens(masked) if word.islower() and _is_name(word)]
    if closely:
        names += [_Found(masked[start:end], Kind.NAME, start) for start, end in villages(masked)]
        names += [_Found(_begun(masked[start:end]), Kind.FUNCTION, start) for start, end in functions(masked)]
    return sorted([*_without_parts(numbers), *names], key=lambda found: found.place)


def _masked(text: str) -> str:
    return _REPLACEMENT.sub(lambda match: "_" * len(match.group()), text)


def _begun(phrase: str) -> str:
    """Write it as inside a sentence: a decision on "formanden" is one on "Formanden" too."""
    return phrase[0].lower() + phrase[1:]


def _is_name(word: str) -> bool:
    return is_only_name(word) or is_only_name(word.removesuffix("s"))


def _sexes(text: str, settled: dict[str, str]) -> list[_Found]:
    """Give each word that tells a sex once, with the words beside it: where it is not decided on, if there is such."""
    masked, places = _masked(text), defaultdict[str, list[_Found]](list)
    for start, end in sexes(masked):
        before, after = _BESIDE[0].search(masked, 0, start), _BESIDE[1].match(masked, end)
        first, last = before.start() if before else start, after.end() if after else end
        places[masked[start:end].lower()].append(_Found(masked[first:last], Kind.SEX, first))
    found = []
    for word, around in places.items():
        kept = [each for each in around if settled.get(each.word) == Decision.KEEP]
        open_ones = [each for each in around if each.word not in settled]
        one = _Found(word, Kind.SEX, around[0].place) if word in settled else (kept or open_ones or around)[0]
        found.append(one)
    return found


def _without_parts(numbers: Iterable[_Found]) -> list[_Found]:
    longest: list[_Found] = []
    for found in sorted(numbers, key=lambda found: -len(found.word)):
        if not any(taken.place <= found.place < taken.place + len(taken.word) for taken in longest):
            longest.append(found)
    return longest


def _names(match: re.Match[str], starts: frozenset[int], surnames: set[str], *, closely: bool) -> list[_Found]:
    """Cut a run of capitalised words at words that are capitalised for another reason."""
    runs: list[list[tuple[str, int]]] = [[]]
    for word in re.finditer(r"\S+", match.group()):
        place = match.start() + word.start()
        bare = word.group().rstrip("'’-")
        if _is_plain(bare, surnames, begins=place in starts, closely=closely):
            runs.append([])
        else:
            runs[-1].append((bare, place))
    return [_Found(" ".join(word for word, _ in run), Kind.NAME, run[0][1]) for run in runs if run]


def _is_plain(word: str, surnames: set[str], *, begins: bool, closely: bool) -> bool:
    if begins:
        unknown = closely and len(word) > 1 and not is_ordinary_word(word) and word not in _ORDINARY
        return not ({word, word.removesuffix("s")} & surnames or _is_name(word) or unknown)
    shouted = len(word) > 1 and word.isupper() and is_ordinary_word(word)
    return word in _ORDINARY or shouted
