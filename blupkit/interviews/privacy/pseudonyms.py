"""Pseudonyms: every entry of the register gives way to a word that tells the role only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core.language import is_ordinary_word, sentence_starts
from blupkit.core.letters import composed
from blupkit.interviews.privacy.spellings import (
    cases,
    is_compound,
    key_of,
    name_parts,
    pattern_of,
    place_spellings,
    stems,
)
from blupkit.interviews.transcripts.register import OMITTED, Decision

PHONE: Final = "[telefonnummer]"
MAIL: Final = "[mailadresse]"
PLACES: Final = frozenset({"sted", "kommune"})

_ADDRESS: Final = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)*")
#: How a name is made to own something: Bos, Bo's, Jens', Jens's, Jenses. An apostrophe alone is one between s and the
#: next word; otherwise it is a closing quotation mark.
_GENITIVE: Final = r"(?P<genitive>['’´`ʼ]?[sS]|(?<=[sxzSXZ])(?:es|ES|['’´`ʼ](?=\s+\w)))?"
_REPEATED: Final = re.compile(r"(\[[^\[\]]+\])(?: \1)+(?!s)")


@dataclass(frozen=True)
class _Entry:
    """One string that is replaced.

    Parameters
    ----------
    text : str
        As the register writes it, or a part of it.
    replacement : str
        What stands there instead.
    inside_only : bool
        A surname that is an ordinary word too: left alone where a sentence begins.
    """

    text: str
    replacement: str
    inside_only: bool = False

    def counts_at(self, place: int, starts: frozenset[int]) -> bool:
        """Whether what stands at a place is this entry, and not the ordinary word."""
        return not (self.inside_only and place in starts)


def pseudonymise(
    text: str,
    register: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    *,
    interview: str = "",
    continued: bool = False,
) -> str:
    """Replace every entry of the register by a word that tells the role only.

    Replaced are full names, first name and surname alone and together, initials with the surname ("H.P. Møller"), and
    all aliases, with or without genitive or hyphen, the longest first, and never inside another word or another double
    name ("Lise" in "Inger-Lise"). Names count with a capital letter or all in capitals, an alias also as the register
    writes it. A surname that is an ordinary word (Storm, Frost, Holm) is left alone where a sentence begins. A place is
    replaced with what stands before it written out or cut short ("Nr."), and inside other words ("Tværhaveborger"), in
    lower case too, unless its name is an ordinary word. Mail addresses are replaced whole, whoever they belong to, and
    the register's phone numbers however they are spaced.

    Parameters
    ----------
    text : str
        What was said.
    register : pandas.DataFrame
        What `read_register` returned; not changed.
    decisions : pandas.DataFrame, optional
        What `read_decisions` returned: candidates that are to be replaced ("erstat").
    interview : str
        Where two rows share a name, the one of this interview decides the replacement.
    continued : bool
        The text begins in the middle of a sentence.

    Returns
    -------
    str
        The text with replacements; a genitive keeps its s.

    Examples
    --------
    >>> register = pd.DataFrame({"interview": ["fg1", "fg1"], "name": ["Bo Ravn Storm", "Tværhave"],
    ...     "role": ["ansat", "sted"], "aliases": [("Bosse", "20 00 00 14"), ()],
    ...     "replacement": ["[medarbejder]", "[sted]"]})
    >>> pseudonymise("Bos hus i Tværhave: ring på 20000014. Storm og regn, sagde Storm.", register)
    '[medarbejder]s hus i [sted]: ring på [telefonnummer]. Storm og regn, sagde [medarbejder].'
    """
    return names_of(register, decisions, interview=interview).replaced_in(text, continued=continued)


@dataclass(frozen=True)
class Names:
    """Everything that gives way to a word for the role, written out once and not for each quote held against it.

    Parameters
    ----------
    entries : tuple of _Entry
        The most telling first: decisions, places, whole names and aliases, then their parts.
    places : dict of str to str
        What tells a place inside another word, as `stems` writes it → the replacement.
    known : frozenset of str
        Words that hold the name of a place and are something else; see `is_compound`.
    """

    entries: tuple[_Entry, ...]
    places: dict[str, str]
    known: frozenset[str] = frozenset()

    @property
    def spellings(self) -> dict[str, bool]:
        """Every string that is replaced, but for phone numbers → whether it is an ordinary word too."""
        texts = (entry.text for entry in self.entries if not is_phone(entry.text))
        return {text: is_ordinary_word(text) for text in texts}

    @cached_property
    def _by_key(self) -> dict[str, _Entry]:
        """Each entry by what is read in a text; where two are written alike, the more telling one counts."""
        return {_key(entry.text): entry for entry in reversed(self.entries)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # By first letters, so that a search goes from one of them to the next; the longest first, as the first counts.
        by_first: dict[str, list[str]] = {}
        # In one order whatever comes first in the register: an expression that was made is found again by how it reads.
        for text in sorted({entry.text for entry in self.entries}, key=lambda text: (-len(text), text)):
            for first, rest in _flexible(text):
                by_first.setdefault(first, []).append(rest)
        choices = "|".join(
            rf"{first}(?<!\w{first})(?<!\w-{first})(?:{'|'.join(dict.fromkeys(rests))})"
            for first, rests in by_first.items()
        )
        # Without entries it must find nothing, not the empty text.
        return re.compile(rf"(?P<entry>{choices or r'(?!)'}){_GENITIVE}(?!\w)(?!-[A-ZÆØÅ])")

    @cached_property
    def _inside(self) -> re.Pattern[str]:
        """Find the places in a text in lower case: quicker by far than the words that hold them."""
        return re.compile("|".join(map(re.escape, self.places)) or r"(?!)")

    @cached_property
    def _words(self) -> re.Pattern[str]:
        letters = r"[^\W\d_]*"
        place = f"(?P<place>{self._inside.pattern})"
        return re.compile(rf"(?<![^\W\d_])(?P<start>{letters}?){place}(?P<end>{letters})", re.IGNORECASE)

    def _compounds(self, text: str) -> Iterator[re.Match[str]]:
        if self.places and self._inside.search(text.lower()):
            for match in self._words.finditer(text):
                if is_compound(match["start"], match["place"], match["end"], self.known):
                    yield match

    def replaced_in(self, text: str, *, continued: bool = False) -> str:
        """Replace them in a text, as `pseudonymise` says."""
        text = _ADDRESS.sub(MAIL, composed(text))
        starts = sentence_starts(text, continued=continued) if self.entries else frozenset()

        def replaced(match: re.Match[str]) -> str:
            entry = self._by_key[_key(match["entry"])]
            if not entry.counts_at(match.start(), starts):
                return match.group()
            return entry.replacement + ("s" if match["genitive"] else "")

        if not self.entries:
            return text
        text = self._pattern.sub(replaced, text)
        for match in reversed(list(self._compounds(text))):
            text = text[: match.start()] + self._opened(match) + text[match.end() :]
        return _REPEATED.sub(r"\1", text)

    def _opened(self, compound: re.Match[str]) -> str:
        """Write "[sted]-borger" for "Tværhaveborger"."""
        start, end = compound["start"], compound["end"]
        genitive = "s" if end.lower() == "s" else ""
        place = self.places[compound["place"].lower()] + genitive
        return "-".join(filter(None, (start, place, "" if genitive else end)))

    def blanked_in(self, text: str) -> str:
        """Put a line where each of them stands, as long as it was, so that places in a turn's text still hold.

        Examples
        --------
        >>> register = pd.DataFrame({"interview": ["fg1"], "name": ["Bo Storm"], "role": ["ansat"], "aliases": [()]})
        >>> names_of(register).blanked_in("Det var Bos idé.")
        'Det var ___ idé.'
        """
        text = composed(text)
        starts = sentence_starts(text) if self.entries and self._pattern.search(text) else frozenset()

        def blanked(match: re.Match[str]) -> str:
            counts = self._by_key[_key(match["entry"])].counts_at(match.start(), starts)
            return "_" * len(match.group()) if counts else match.group()

        return self._pattern.sub(blanked, text)

    def found_in(self, text: str) -> bool:
        """Tell of a text whether there is anything to replace in it."""
        text = composed(text)
        hits = [(self._by_key[_key(hit["entry"])], hit.start()) for hit in self._pattern.finditer(text)]
        # Where sentences begin is asked last, and of what may be an ordinary word: a whole page has thousands.
        if any(not entry.inside_only for entry, _ in hits):
            return True
        starts = sentence_starts(text) if hits else frozenset()
        named = any(entry.counts_at(place, starts) for entry, place in hits)
        return named or bool(_ADDRESS.search(text)) or next(self._compounds(text), None) is not None


def names_of(
    register: pd.DataFrame,
    decisions: pd.DataFrame | None = None,
    *,
    interview: str = "",
    known: Iterable[str] = (),
) -> Names:
    """Write out what `pseudonymise` replaces.

    Parameters
    ----------
    register, decisions, interview
        As in `pseudonymise`; not changed.
    known : iterable of str
        Names that may hold that of a place and are something else, such as the municipalities'.

    Examples
    --------
    >>> register = pd.DataFrame({"interview": ["fg1"], "name": ["Bo Ravn Storm"], "role": ["ansat"], "aliases": [()]})
    >>> names = names_of(register)
    >>> names.found_in("Det var Bos idé."), names.found_in("Storm og regn.")
    (True, False)
    """
    cells = register.reindex(columns=list(_Person._fields), fill_value="").itertuples(False, None)
    people = sorted(map(_Person._make, cells), key=lambda person: person.interview != interview)
    decided: list[tuple[str, str]] = []
    if decisions is not None:
        rows = decisions[decisions["decision"] == Decision.REPLACE]
        decided = list(zip(rows["candidate"], rows["replacement"], strict=True))
    words = frozenset(word for name in known for word in re.findall(r"[^\W\d_]+", name.lower()))
    return _written_out(tuple(people), tuple(decided), words)


class _Person(NamedTuple):
    """A row of the register."""

    name: str
    role: str
    aliases: tuple[str, ...]
    replacement: str
    interview: str

    def stands_for(self, text: str) -> str:
        """What stands instead of the name, or of an alias."""
        return PHONE if is_phone(text) else self.replacement or OMITTED


@lru_cache(maxsize=64)
def _written_out(
    people: tuple[_Person, ...], decided: tuple[tuple[str, str], ...], known_words: frozenset[str]
) -> Names:
    entries = [_Entry(form, replacement or OMITTED) for candidate, replacement in decided for form in cases(candidate)]
    inside: dict[str, str] = {}
    for person in people:
        if person.role in PLACES:
            spellings = [way for text in (person.name, *person.aliases) for way in place_spellings(text)]
            for text in spellings:
                entries += [_Entry(form, person.stands_for(text)) for form in cases(text, is_place=True)]
            inside = dict.fromkeys(stems(spellings), person.replacement or OMITTED) | inside
    others = [person for person in people if person.role not in PLACES]
    for person in others:
        for text in (person.name, *person.aliases):
            entries += [_Entry(form, person.stands_for(text)) for form in cases(text)]
    for person in others:
        for text, is_word in name_parts(person.name):
            entries += [_Entry(form, person.stands_for(text), is_word) for form in cases(text)]
    known = {entry.text for entry in entries if not entry.inside_only}
    # "Kirstens" beside "Kirsten" is her genitive: told as such, so that the sentence keeps its s.
    told = tuple(entry for entry in entries if not (entry.text.endswith("s") and entry.text[:-1] in known))
    return Names(told, dict(sorted(inside.items(), key=lambda place: (-len(place[0]), place[0]))), known_words)


def is_phone(text: str) -> bool:
    """Tell whether an entry of the register is a phone number: six digits or more, and no letter."""
    return sum(letter.isdigit() for letter in text) >= 6 and not any(letter.isalpha() for letter in text)


def _key(text: str) -> str:
    """Tell phone numbers by their digits only: they are spaced in many ways."""
    return re.sub(r"\D", "", text) if is_phone(text) else key_of(text)


def _flexible(text: str) -> list[tuple[str, str]]:
    """Give what an entry may begin with, and how it goes on, as regular expressions."""
    if not is_phone(text):
        return [(re.escape(text[0]), pattern_of(text))]
    digits = re.sub(r"\D", "", text)
    return [(digits[0], r"[ .\-]?".join(["", *digits[1:]])), (r"\+", r"[ .\-]?".join(digits))]
