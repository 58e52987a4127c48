"""Whether anybody is named in what others read about activities: there are parties and roles, and no persons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from blupkit.activities.layout import CAREFUL, SHARED
from blupkit.activities.reading import Activities
from blupkit.core.errors import Fault
from blupkit.core.lexicon.names import is_only_name

#: A mail address, or the eight digits of a telephone.
_REACHED_AT: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w+|(?<!\d)(?:\+45 ?)?\d{2}(?: ?\d{2}){3}(?!\d)")
_CAPITAL: Final = re.compile(r"\b[A-ZÆØÅ][\w-]+")
_READ_BY_OTHERS: Final = (
    *(
        ("aftaler", "aftale"),
        ("brief", "tekst"),
        ("konference", "overskrift"),
        ("konference", "tekst"),
        ("plan", "aktivitet"),
    ),
    ("katalog", "tilmelding"),
    ("valg", "begrundelse"),
)


def named_persons(found: Activities) -> Iterator[Fault]:
    """What the facilitator is to watch is not shared, and nobody is named in what others read."""
    for row in found["brief"]:
        if row["afsnit"] in (CAREFUL, "haardknude") and row["version"] == SHARED:
            action = "Skriv intern: Det er kun til facilitator."
            yield found.fault("brief", row, "version", SHARED, "intern", action)
    for file, column in _READ_BY_OTHERS:
        for row in found[file]:
            if someone := _person_in(row[column] or ""):
                action = "Skriv parten eller rollen i stedet for personen."
                yield found.fault(file, row, column, someone, "ingen navne, numre eller mailadresser", action)


def in_register(found: Activities, named: Callable[[str], bool]) -> Iterator[Fault]:
    """Nobody who took part in the interviews is named, nor a place that points to somebody: packages refuse it."""
    for file, column in _READ_BY_OTHERS:
        for row in found[file]:
            text = row[column] or ""
            if not _person_in(text) and named(text):
                action = "Skriv parten eller rollen i stedet, eller stedet mindre præcist."
                expected = "intet navn, sted eller adresse fra deltagerlisten"
                yield found.fault(file, row, column, text, expected, action)


def _person_in(text: str) -> str:
    """Give what points to a person: a mail address, a telephone, or a word that is nothing but a name."""
    reached = _REACHED_AT.search(text)
    names = (word for word in _CAPITAL.findall(text) if is_only_name(word.removesuffix("s")) or is_only_name(word))
    return reached[0] if reached else next(names, "")
