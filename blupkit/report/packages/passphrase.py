"""Whether a passphrase keeps a package closed: one that is guessed at first sight locks nothing."""

from __future__ import annotations

import re
from typing import Final

from blupkit.core.errors import DataError, Fault
from blupkit.core.slugs import slug
from blupkit.core.study import Study

SHORTEST: Final = 12
#: So many different signs must be in it, and in what is left of it without the words that anybody tries first.
FEWEST_SIGNS: Final = 5
#: What is tried first, written as `slug` writes it.
_TRIED: Final = """
    adgangskode adgang kodeord password passord pass hemmelighed hemmelig kommunen kommune blupkit undersoegelse
    undersoegelsen spoergeskema resultater resultat velkommen projektgruppen projektgruppe login admin sommer vinter
"""
#: Signs that follow each other, on the keyboard too.
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyzæøå", "01234567890", "qwertyuiopå", "asdfghjklæø", "zxcvbnm")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NAME_LETTERS: Final = 4


def check_passphrase(given: str, study: Study) -> None:
    """Refuse a passphrase that is too short, or that somebody who knows the study would guess.

    Parameters
    ----------
    given : str
        The passphrase; it is never repeated in a message.
    study : Study
        Whose names are no secret: the publisher, the study, its municipalities.

    Raises
    ------
    DataError
        What is wrong with it, and what to choose instead.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> check_passphrase("hest lampe tirsdag grus", example_study())
    >>> check_passphrase("aaaaaaaaaaaaaaaa", example_study())
    Traceback (most recent call last):
    blupkit.core.errors.DataError: adgangskoden: Her står »kun 1 forskelligt tegn«. Forventet: en, som andre ...
    """
    if len(given) < SHORTEST:
        action = "Vælg en længere, for eksempel fire ord."
        raise DataError(Fault("adgangskoden", f"{len(given)} tegn", f"mindst {SHORTEST} tegn", action))
    if found := _weakness(given.casefold(), study):
        action = "Vælg for eksempel fire ord, der ikke har noget med hinanden eller med undersøgelsen at gøre."
        raise DataError(Fault("adgangskoden", found, "en, som andre ikke kan gætte", action))


def _weakness(text: str, study: Study) -> str:
    signs = "".join(text.split())
    different = len(set(signs))
    if different < FEWEST_SIGNS:
        return f"kun {different} {'forskelligt' if different == 1 else 'forskellige'} tegn"
    if any(signs[length:] == signs[:-length] for length in range(1, len(signs) // 2 + 1)):
        return "det samme igen og igen"
    if 2 * sum(map(_follow, signs, signs[1:])) > len(signs):
        return "tegn, der følger efter hinanden i alfabetet, på tastaturet eller som tal"
    left = _YEAR.sub("", slug(text))
    for word in sorted(_guessed(study), key=len, reverse=True):
        left = left.replace(word, "")
    if len(set(left) - {"-"}) < FEWEST_SIGNS:
        return "næsten kun navne og ord, som andre kan gætte"
    return ""


def _follow(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _ROWS)


def _guessed(study: Study) -> set[str]:
    names = [study.name, study.organisation, study.contact]
    names += [name for m in study.municipalities for name in (m.name, m.short, m.local_body, m.council)]
    words = {word for name in names for word in slug(name).split("-") if len(word) >= _NAME_LETTERS}
    return words | {slug(m.short) for m in study.municipalities} | set(_TRIED.split())
