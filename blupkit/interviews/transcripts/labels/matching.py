"""Whom a label means: the participants of an interview, by whatever they call themselves in a meeting."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.letters import composed
from blupkit.core.sections import Transcript
from blupkit.interviews.transcripts.labels.shape import DEVICE, before_post, label_shape

_CODE: Final = re.compile(r"([^\W\d_]{1,4})[\s._-]{0,2}(\d{1,2})")
#: Somebody who was taken out, in a file that was written anew.
GONE: Final = re.compile(r"Udgået \d+")
_ASIDE: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MARKS: Final = re.compile(r"\s*\|\s*|\s+(?:[/–&+-]|og|and)\s+|[/+]")
_MAIL: Final = re.compile(r"([^\s@|<(\[]+)@[^\s@]+\.\w+")
#: "Idas iPad", "Ida Holm's iPhone" and "iPhone tilhørende Ida".
_OWNED: Final = re.compile(rf"(?P<of>.+?)(?:['’]?s|['’])?\s+{DEVICE.pattern}.*|.*\btilhørende\s+(?P<to>.+)", re.I)
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.?){2,4}")
_LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
#: What speakers are called in any study: nobody's initials.
_USUAL_CODES: Final = frozenset({"ip", "fp", "lr", "int", "sp", "lm", "mod"})

Name = tuple[frozenset[str], ...]


class Match(NamedTuple):
    """Whom a label may mean.

    Parameters
    ----------
    people : tuple of str
        As the register writes them: one is meant, several must be asked about.
    guessed : bool
        Only the initials or a mail address point to them, or a post stands behind the name.
    """

    people: tuple[str, ...] = ()
    guessed: bool = False

    @property
    def person(self) -> str:
        """The one who is meant; "" for nobody, or more than one."""
        return self.people[0] if len(self.people) == 1 else ""


def finder(transcript: Transcript, people: pd.DataFrame) -> Callable[[str], Match]:
    """Build the search for the participant that a label means.

    What the study or the register says of a label counts first: `talere`, then the names, then an alias that only one
    person has. Then the name without what was put around it (brackets, a bar and a workplace, emoji), last name first
    or without the names in the middle; then the first name, or the last name, alone; then initials, then a mail
    address. The first of these that fits anybody decides: one is meant, several are asked about. What somebody is may
    stand behind a comma ("Bo Ravn, formand").

    Parameters
    ----------
    transcript : Transcript
        The interview.
    people : pandas.DataFrame
        Its rows of the register.

    Examples
    --------
    >>> transcript = Transcript(id="fg1", fil="a.vtt", titel="A", talere={"L1": "Bo Ravn Storm"})
    >>> rows = [("Bo Ravn Storm", "ansat", ()), ("Ida Søgård", "ansat", ()), ("Ida Krog", "ansat", ())]
    >>> find = finder(transcript, pd.DataFrame(rows, columns=["name", "role", "aliases"]))
    >>> [find(label).person for label in ("L1", "Storm, Bo", "Ida Soegaard | Kommune", "idak@by.example", "[Bo]")]
    ['Bo Ravn Storm', 'Bo Ravn Storm', 'Ida Søgård', 'Ida Krog', 'Bo Ravn Storm']
    >>> find("Ida").people, find("Per").people
    (('Ida Søgård', 'Ida Krog'), ())
    """
    told = {composed(key).casefold(): composed(value) for key, value in transcript.speakers.items()}
    rows = list(zip(map(str, people["name"]), people["role"], people["aliases"], strict=True))
    names = {name.casefold(): name for name, role, _ in rows if role != "sted"}
    pairs = [(name, aliases) for name, role, aliases in rows if role not in ("sted", "omtalt")]
    times = Counter(alias.casefold() for _, aliases in pairs for alias in set(aliases))
    known_as = {alias.casefold(): name for name, aliases in pairs for alias in aliases if times[alias.casefold()] == 1}
    codes = _codes({**known_as, **told})
    whole = {name: _name(name) for name in dict.fromkeys([*(name for name, _ in pairs), *told.values()])}

    @cache
    def find(label: str) -> Match:
        if GONE.fullmatch(label):
            return Match((label,))
        if people := _outright(label, (told, names, known_as), codes):
            return Match(people)
        if label_shape(label) in {"", "several"}:
            before = before_post(label).casefold()
            called = next((table[before] for table in (told, names, known_as) if before in table), "")
            return Match((called,), guessed=True) if called else Match()
        spellings = _spellings(label)
        for table in (told, names, known_as):
            each_way = map(str.casefold, [*spellings.whole, *spellings.pieces])
            people = tuple(dict.fromkeys(table[way] for way in each_way if way in table))
            if people:
                return Match(people)
        ways = (
            (_by_name([*spellings.whole, *spellings.pieces]), False),
            (_by_part([*spellings.alone, *spellings.pieces], 0), False),
            (_by_part(spellings.alone, -1), False),
            (_by_initials(spellings.whole), True),
            (_by_mail(label), True),
        )
        for fits, guessed in ways:
            people = tuple(name for name, words in whole.items() if fits(words))
            if people:
                return Match(people, guessed)
        return Match()

    return find


def _outright(label: str, tables: Iterable[dict[str, str]], codes: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give who is called so to the letter, or has the code however it is written."""
    found = next((table[label.casefold()] for table in tables if label.casefold() in table), "")
    return (found,) if found else codes.get(_tight(label), ())


def _tight(label: str) -> str:
    """Give a letter and a number however they are written, "L 2" and "L-02" as "l2"; "" of anything else."""
    found = _CODE.fullmatch(label)
    return f"{found[1]}{int(found[2])}".casefold() if found else ""


def _codes(known: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Code → those who have it: one is meant, several must be asked about."""
    found: dict[str, tuple[str, ...]] = {}
    for label, name in known.items():
        if tight := _tight(label):
            found[tight] = tuple(dict.fromkeys([*found.get(tight, ()), name]))
    return found


class _Spellings(NamedTuple):
    """A label as it may be written in the register."""

    #: As it stands, and without what was put around it.
    alone: list[str]
    #: Also last name first, and what stands in brackets.
    whole: list[str]
    #: On either side of a bar.
    pieces: list[str]


def _spellings(label: str) -> _Spellings:
    letters = "".join(letter if unicodedata.category(letter)[0] != "S" or letter in "|+" else " " for letter in label)
    plain = " ".join(letters.replace("\u200d", "").replace("\ufe0f", "").split())
    bare = _ASIDE.sub(" ", plain).strip()
    alone = [label, plain, bare]
    whole = list(alone)
    for each in (plain, bare):
        last, comma, first = each.partition(",")
        if comma:
            whole.append(f"{first.strip()} {last.strip()}")
    inner = [each.strip() for each in _ASIDE.findall(plain)]
    owned = _OWNED.fullmatch(bare)
    parts = [*_MARKS.split(plain), *_MARKS.split(bare), *([owned["of"] or owned["to"]] if owned else [])]
    # "iPhone (Ida)" is Ida's; "Per (Ida)" may be anybody.
    pieces = parts + inner if DEVICE.search(bare) or not bare else parts
    return _Spellings(_filled(alone), _filled([*whole, *inner]), _filled(pieces))


def _filled(texts: Iterable[str]) -> list[str]:
    return [each for each in dict.fromkeys(texts) if each]


@lru_cache(maxsize=5_000)
def _folds(word: str) -> frozenset[str]:
    """Give the ways in which a word is written without Danish letters and accents: "sogard" and "soegaard"."""
    word = word.casefold()
    ways = (word.translate(_LETTERS), word.replace("ø", "o").replace("æ", "ae"))
    return frozenset(
        "".join(letter for letter in unicodedata.normalize("NFKD", way) if not unicodedata.combining(letter))
        for way in ways
    )


def _name(text: str) -> Name:
    return tuple(_folds(word) for word in re.split(r"[\s.,_’'-]+", text) if word)


def _same(given: frozenset[str], word: frozenset[str]) -> bool:
    return bool(given & word) or any(len(way) == 1 and other.startswith(way) for way in given for other in word)


def _fits(given: Name, words: Name) -> bool:
    """Whether the first name is the same, and the others come in the same order among the names that follow."""
    if len(given) < 2 or len(words) < 2 or not _same(given[0], words[0]):
        return False
    rest = iter(words[1:])
    named = any(len(way) > 1 for word in given for way in word)
    return named and all(any(_same(word, other) for other in rest) for word in given[1:])


def _by_name(spellings: Iterable[str]) -> Callable[[Name], bool]:
    given = [_name(each) for each in spellings]
    given += [(*words[1:], words[0]) for words in given if len(words) > 1]

    def fits(words: Name) -> bool:
        return any(_fits(each, words) or _fits(words, each) for each in given)

    return fits


def _by_part(spellings: Iterable[str], place: int) -> Callable[[Name], bool]:
    alone = [words[0] for words in map(_name, spellings) if len(words) == 1 and min(map(len, words[0])) > 1]

    def fits(words: Name) -> bool:
        return len(words) > 1 and any(word & words[place] for word in alone)

    return fits


def _by_initials(spellings: Iterable[str]) -> Callable[[Name], bool]:
    given = {each.replace(".", "") for each in spellings if _INITIALS.fullmatch(each) and each.isupper()}
    short = {
        "".join(_first(_folds(letter)) for letter in each) for each in given if each.casefold() not in _USUAL_CODES
    }

    def fits(words: Name) -> bool:
        return bool(_letters(words) & short)

    return fits


def _first(word: frozenset[str]) -> str:
    return min(word)[:1]


def _letters(words: Name) -> frozenset[str]:
    firsts = list(map(_first, words))
    return frozenset({"".join(firsts), firsts[0] + firsts[-1]}) if len(words) > 1 else frozenset()


def _by_mail(label: str) -> Callable[[Name], bool]:
    found = _MAIL.search(label)
    parts = [_folds(part.strip("0123456789")) for part in re.split(r"[._-]+", found[1]) if part] if found else []

    def fits(words: Name) -> bool:
        if not parts:
            return False
        if len(parts) > 1:
            return _fits(tuple(parts), words)
        return bool(parts[0] & _logins(words))

    return fits


def _logins(words: Name) -> frozenset[str]:
    """Give what the first part of a mail address is made of: the whole name, or one name and a letter of the other."""
    if len(words) < 2:
        return words[0] if words else frozenset()
    pairs = ((first, last) for first in words[0] for last in words[-1])
    made = (
        (first, last, first + last, first[0] + last, first + last[0], last + first, last + first[0])
        for first, last in pairs
    )
    return frozenset(chain.from_iterable(made)) | _letters(words)
