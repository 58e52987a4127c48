"""A code in one text and one name, as other programs show it, and the way back."""

from __future__ import annotations

import re
from typing import Final

from blupkit.interviews.coding.codebook import Code

#: Before a theme's number and name.
THEME: Final = "Tema"
_PARTS: Final = {"include": "Medtages", "exclude": "Medtages ikke", "example": "Eksempel", "code": "Kode"}
_NUMBERED: Final = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(\S.*)", re.DOTALL)


def describe(row: Code) -> str:
    r"""Put what the codebook says of a code into one text, which every program shows.

    Examples
    --------
    >>> describe(Code("1.1", "1", "Roller", "Mandat", "Aftaler", "ved start", "", "", ()))
    'Aftaler\nMedtages: ved start\nKode: 1.1'
    """
    said = {head: getattr(row, part) for part, head in _PARTS.items()}
    return "\n".join([row.definition, *(f"{head}: {text}" for head, text in said.items() if text)])


def described(text: str) -> Code:
    r"""Take a text that `describe` made apart again; any other text is a definition.

    Examples
    --------
    >>> found = described("Aftaler\nMedtages: ved start\nKode: 1.1")
    >>> found.definition, found.include, found.code
    ('Aftaler', 'ved start', '1.1')
    """
    found = {}
    for part, head in reversed(_PARTS.items()):
        before, there, after = f"\n{text}".rpartition(f"\n{head}: ")
        found[part] = after if there else ""
        text = before.removeprefix("\n") if there else text
    return Code(found["code"], "", "", "", text.strip("\n"), found["include"], found["exclude"], found["example"], ())


def split_name(name: str, known: str = "") -> tuple[str, str]:
    """Tell a code from its name.

    Parameters
    ----------
    name : str
        As another program has it.
    known : str
        The code, where it is known.

    Examples
    --------
    >>> split_name("1.1 Mandat"), split_name("Tillid")
    (('1.1', 'Mandat'), ('Tillid', 'Tillid'))
    """
    if known and name.startswith(f"{known} "):
        return known, name.removeprefix(f"{known} ")
    if known:
        return known, name
    numbered = _NUMBERED.fullmatch(name)
    return (numbered[1], numbered[2]) if numbered else (name, name)
