"""What of the interviews nobody but the consultant may see: who took part, and what was said by whom."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.excerpts import Search
from blupkit.core.language import is_ordinary_word, tokens
from blupkit.core.letters import composed
from blupkit.core.slugs import slug
from blupkit.interviews.privacy.pointers import functions, sexes
from blupkit.interviews.privacy.pseudonyms import PLACES, is_phone, names_of
from blupkit.interviews.transcripts.people import guest_turns
from blupkit.interviews.transcripts.register import read_decisions, read_register
from blupkit.interviews.transcripts.sheet import load_sheet

#: A name as long as this is found also where it is written in one word.
_LONG: Final = 10
#: As long a double name is found where it is a word of its own ("annemarie").
_JOINED: Final = 6
_SHORTEST: Final = 3


def people_search(study: Study) -> Search:
    """Prepare a search for those who took part or were mentioned, however they are written.

    Found is what `pseudonymise` would replace. Besides, a name that is no ordinary word, a double name and an alias are
    found in any case, with æ, ø and å written out, and with hyphens, underscores or nothing for blanks, as in the name
    of a file; long ones also inside another word.

    Parameters
    ----------
    study : Study
        The study; without a register only mail addresses are found.

    Returns
    -------
    callable
        Tells of a text whether it names anybody, or a place or an address that points to somebody.

    Raises
    ------
    FileError, DataError
        The register or the decisions cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> found = people_search(example_study())
    >>> found("Tak til Bo Storm."), found("referat_bo-storm.docx"), found("Storm og regn.")
    (True, True, False)
    """
    register = read_register(study)
    # "Moderator" stands in the register as a speaker; it is nobody's name.
    register["name"] = [
        name if _is_name(name, role) else "" for name, role in register[["name", "role"]].itertuples(index=False)
    ]
    places = [name for m in study.municipalities for name in (m.name, m.short, *m.spellings)]
    decided = read_decisions(study)
    # "skolelederen" and "hun" are replaced in quotes; anywhere else they are anybody.
    anybody = [any(True for find in (functions, sexes) for _ in find(text)) for text in decided["candidate"]]
    names = names_of(register, decided[~pd.Series(anybody, decided.index, dtype=bool)], known=places)
    spellings = {tuple(slug(text).split("-")): is_word for text, is_word in names.spellings.items()}
    written = {words for words, is_word in spellings.items() if _is_telling(words, is_word)}
    long = [word for words in written if len(words) > 1 and len(word := "".join(words)) >= _LONG]
    written |= {short for words in written for short in _in_one_word(words)}
    named = {(*first, last + end) for *first, last in written for end in ("", "s", "es")}
    begins = {words[0] for words in named}
    lengths = sorted({len(words) for words in named})
    phone, joined = _phones(register), re.compile("|".join(map(re.escape, long)) or r"(?!)")

    @lru_cache(maxsize=100_000)
    def is_joined(piece: str) -> bool:
        return len(piece) >= _LONG and bool(joined.search(slug(piece).replace("-", "")))

    def found(text: str) -> bool:
        text = composed(text)
        if names.found_in(text) or (phone and phone.search(text)):
            return True
        words = slug(text).split("-")
        for start, word in enumerate(words):
            if word in begins and any(tuple(words[start : start + length]) in named for length in lengths):
                return True
        return any(map(is_joined, text.split()))

    return found


def people_words(study: Study) -> frozenset[str]:
    """Give the words that name the people who take part or are mentioned, everyday words too.

    Parameters
    ----------
    study : Study
        The study; without a register nobody is named.

    Returns
    -------
    frozenset of str
        In lower case; only what the list writes with a capital.

    Raises
    ------
    FileError, DataError
        The register cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> sorted(people_words(example_study()))
    ['bo', 'holm', 'ida', 'storm']
    """
    rows = read_register(study)[["name", "role", "aliases"]].itertuples(index=False)
    people = [(name, role, aliases) for name, role, aliases in rows if role not in PLACES]
    called = [text for name, role, aliases in people for text in (name if _is_name(name, role) else "", *aliases)]
    return frozenset(word.lower() for text in called for *_, word in tokens(text) if word[0].isupper() and word[1:])


def _phones(register: pd.DataFrame) -> re.Pattern[str] | None:
    """Find the register's numbers also where they stand in the name of a file."""
    digits = {re.sub(r"\D", "", alias) for aliases in register["aliases"] for alias in aliases if is_phone(alias)}
    spaced = "|".join(r"[\W_]{0,3}".join(number) for number in sorted(digits))
    return re.compile(rf"(?<!\d)(?:(?:00)?45[\W_]{{0,3}})?(?:{spaced})(?!\d)") if digits else None


def _is_name(name: str, role: str) -> bool:
    return name.casefold() != role.casefold() and all(word[:1].isupper() for word in name.split())


def _is_telling(words: tuple[str, ...], is_word: bool) -> bool:
    if len(words) == 1:
        return len(words[0]) >= _SHORTEST and not is_word
    # "I Storm" is how a sentence begins: one initial is found by its capital only.
    return sum(len(word) > 1 for word in words) > 1 or len(words) > 2


def _in_one_word(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Write initials together ("hp-moeller"), or a double name as one word, unless that is another word."""
    letters = sum(len(word) == 1 for word in words)
    if letters > 1:
        return [("".join(words[:letters]), *words[letters:])]
    whole = "".join(words)
    return (
        [(whole,)] if len(words) > 1 and not letters and len(whole) >= _JOINED and not is_ordinary_word(whole) else []
    )


def spoken_words(study: Study, turns: pd.DataFrame) -> list[str]:
    """Give what the participants said, as it was said and with names replaced, and what was noted of each of them.

    Parameters
    ----------
    study : Study
        The study.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    list of str
        A text for each turn; those of whoever leads the talk are left out.

    Raises
    ------
    FileError, DataError
        The register or the summaries cannot be read.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> spoken_words(study, interviews.read_turns(study))[1:]
    ['Vi har intet mandat.', 'Men en pulje hjalp os sidste år.']
    """
    names, said = names_of(read_register(study)), guest_turns(turns)["text"]
    replaced = [names.replaced_in(text) for text in said if names.found_in(text)]
    noted = load_sheet(study, study.interview_files.summaries, {"sammenfatning": "hvad deltageren sagde"})
    return [*said, *replaced, *filter(None, noted.checked()["sammenfatning"])]
