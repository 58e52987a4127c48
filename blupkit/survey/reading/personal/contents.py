"""What the cells of a column say of persons, whatever the column is called."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

#: So many different cells are looked at, spread evenly: what a column holds shows in a few.
LOOKED_AT: Final = 400
#: What so many of them must be; where a number may be something else as well, nearly all, and of some different ones.
MOST, NEARLY_ALL, SOME = 0.5, 0.8, 3

_MAIL: Final = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[a-zæøå]{2,}", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{4}( .*)?|\d{4}-\d{2}-\d{2}\b.*")
_CPR: Final = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}([- ])\d{4}")
_BARE_CPR: Final = re.compile(r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{6}")
_PHONE: Final = re.compile(
    r"(tlf|tel|mobil)?[.: ]*(\+|00)\d[\d \-().]{6,16}\d|(\(?(\+|00)?4[5-7]\)? ?)?\d{2} \d{2} \d{2} \d{2}"
    r"|\d{2}([.-])\d{2}\5\d{2}\5\d{2}|\d{4}[ -]\d{4}|\d{3} \d{2} \d{3}|\(?\d{3}\)?[ -]\d{3}[ -]\d{4}",
    re.IGNORECASE,
)
_BARE_PHONE: Final = re.compile(r"[2-9]\d{7}")
_LIKE_A_DATE: Final = re.compile(
    r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])|([0-2]\d|3[01])(0[1-9]|1[0-2])(19|20)\d{2}"
)
_IP: Final = re.compile(
    r"(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|([0-9a-f]{0,4}:){4,7}[0-9a-f]{1,4}"
)
_POSITION: Final = re.compile(r"-?\d{1,2}[.,]\d{3,}[;, ]+-?\d{1,3}[.,]\d{3,}([;, ]+-?\d+([.,]\d+)?){0,2}")
_STREET: Final = re.compile(
    r"\b(\w*(vej|gade|allé|alle|stræde|vænge|vænget|torv|plads|gate|gata|veien|vegen)|road|street)\.? \d+\s?[a-z]?\b",
    re.IGNORECASE,
)
_TOWN: Final = re.compile(r".*\b\d{4} [A-ZÆØÅ]\w+.*")


def content_kind(cells: Collection[str]) -> str:
    """Tell which personal data a column holds.

    Parameters
    ----------
    cells : collection of str
        What stands in it, each text once.

    Returns
    -------
    str
        "mailadresser", "CPR-numre", "telefonnumre", "IP-adresser", "positioner" or "adresser"; "" where it is none.

    Examples
    --------
    >>> content_kind(["20 30 40 50", "+45 21314151", ""]), content_kind(["Ja", "nej", "1"])
    ('telefonnumre', '')
    >>> content_kind(["20220401", "20220402", "20220405"])
    ''
    """
    filled = _sample([cell.strip() for cell in cells if cell.strip()])
    if not filled:
        return ""

    def share(pattern: re.Pattern[str]) -> float:
        return sum(bool(pattern.fullmatch(cell)) for cell in filled) / len(filled)

    if sum("@" in cell and bool(_MAIL.search(cell)) for cell in filled) >= MOST * len(filled):
        return "mailadresser"
    if share(_IP) >= MOST:
        return "IP-adresser"
    if share(_POSITION) >= MOST:
        return "positioner"
    if share(_CPR) >= MOST or (len(filled) >= SOME and share(_BARE_CPR) >= NEARLY_ALL):
        return "CPR-numre"
    if _are_phones(filled):
        return "telefonnumre"
    streets = sum(bool(_STREET.search(cell) or _TOWN.fullmatch(cell)) and len(cell) < 80 for cell in filled)
    return "adresser" if streets >= MOST * len(filled) else ""


def _sample(cells: Sequence[str]) -> list[str]:
    step = max(len(cells) // LOOKED_AT, 1)
    return list(cells[::step])


def _are_phones(cells: Sequence[str]) -> bool:
    written = [cell for cell in cells if _PHONE.fullmatch(cell) and not _DATE.fullmatch(cell)]
    bare = [cell for cell in cells if _BARE_PHONE.fullmatch(cell) and not _LIKE_A_DATE.fullmatch(cell)]
    if written and len(written) + len(bare) >= MOST * len(cells):
        return True
    if len(bare) < max(SOME, NEARLY_ALL * len(cells)):
        return False
    # Numbers that a system gave one after the other lie close together.
    numbers = sorted(map(int, bare))
    return numbers[-1] - numbers[0] > 1000 * len(numbers)
