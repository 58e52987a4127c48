"""Whether the dictionary of an SPSS file hangs together: what reads it may not survive one that does not."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

#: The extension that says how variables are shown.
_SHOWN: Final = 11
#: What stands before the dictionary, and where in it the order of bytes shows.
_HEADER: Final = 176
_LAYOUT: Final = 64
#: What a record begins with.
_VARIABLE, _LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
#: The longest text that one record describes; a longer one has several.
_LONGEST: Final = 255


class _Dictionary:
    """A place in the bytes of a dictionary; what is asked for beyond their end is an error."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._place = raw, _HEADER
        layout = raw[_LAYOUT : _LAYOUT + 4]
        self._order = "<" if int.from_bytes(layout, "little") in {2, 3} else ">"
        self.sound = len(raw) > _HEADER and int.from_bytes(layout, "little" if self._order == "<" else "big") in {2, 3}

    def numbers(self, count: int) -> tuple[int, ...]:
        """Read whole numbers of four bytes."""
        start = self._place
        self.skip(4 * count)
        return struct.unpack(f"{self._order}{count}i", self._raw[start : self._place])

    def skip(self, size: int) -> None:
        """Go past some bytes."""
        if size < 0 or self._place + size > len(self._raw):
            raise ValueError(size)
        self._place += size

    def label(self) -> None:
        """Go past a value and its label, whose length stands in one byte."""
        self.skip(8)
        length = self._raw[self._place : self._place + 1]
        self.skip((len(length) and length[0] + 8) // 8 * 8)


def is_sound(path: Path) -> bool:
    """Tell whether the dictionary of a file can be read to its end, and each part of it is as large as it says.

    Parameters
    ----------
    path : pathlib.Path
        A file that begins as one of SPSS.

    Returns
    -------
    bool
        Of the answers after the dictionary nothing is said.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.sav"
    >>> _ = path.write_bytes(b"$FL2" + bytes(300))
    >>> is_sound(path)
    False
    """
    dictionary = _Dictionary(path.read_bytes())
    try:
        return dictionary.sound and _walk(dictionary)
    except (ValueError, struct.error):
        return False


def _walk(dictionary: _Dictionary) -> bool:
    records, variables, continued = 0, 0, 0
    while True:
        [kind] = dictionary.numbers(1)
        if kind == _VARIABLE:
            variables += not continued
            continued = _variable(dictionary, continued)
            records += 1
            if continued < 0:
                return False
        elif continued or not _other(dictionary, kind, records, variables):
            return False
        elif kind == _END:
            return variables > 0


def _variable(dictionary: _Dictionary, continued: int) -> int:
    """Read the record of a variable, and tell how many more of it follow; -1 where that cannot be."""
    width, labelled, missing, _, _ = dictionary.numbers(5)
    dictionary.skip(8)
    if labelled not in {0, 1} or abs(missing) > 3 or missing == -1 or not -1 <= width <= _LONGEST:
        return -1
    if labelled:
        [length] = dictionary.numbers(1)
        dictionary.skip((length + 3) // 4 * 4 if length >= 0 else -1)
    dictionary.skip(8 * abs(missing))
    if (width == -1) != (continued > 0):
        return -1
    return continued - 1 if width == -1 else max((width - 1) // 8, 0)


def _other(dictionary: _Dictionary, kind: int, records: int, variables: int) -> bool:
    """Read any other record; False where it is none, or speaks of variables that are not there."""
    if kind == _LABELS:
        [count] = dictionary.numbers(1)
        for _ in range(count):
            dictionary.label()
    elif kind == _LABELLED:
        [count] = dictionary.numbers(1)
        return 0 < count <= records and all(0 < one <= records for one in dictionary.numbers(count))
    elif kind == _DOCUMENT:
        [lines] = dictionary.numbers(1)
        dictionary.skip(80 * lines)
    elif kind == _EXTENSION:
        about, size, count = dictionary.numbers(3)
        dictionary.skip(size * count if min(size, count) >= 0 else -1)
        # How each variable is shown, in two or three numbers: of more variables than there are, it is damaged.
        return about != _SHOWN or count <= 3 * variables
    elif kind == _END:
        dictionary.skip(4)
    else:
        return False
    return True
