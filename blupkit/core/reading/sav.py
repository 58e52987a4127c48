"""An SPSS file, read by a program of its own: what reads it may not survive one that does not hang together.

Most of those are refused before. Of the others some have ended the program that read them (pyreadstat 1.3.7): that must
not be the kernel in which somebody works, nor a command that then says nothing.
"""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyreadstat import metadata_container

    #: The cells of each variable, None where there is none, and what the file says of itself.
    Read = tuple[dict[str, list[float | str | None]], metadata_container]

#: The extension that says how variables are shown.
_SHOWN: Final = 11
#: What stands before the dictionary, and where in it the order of bytes shows.
_HEADER: Final = 176
_LAYOUT: Final = 64
#: Where the header says how cells are packed, and how many cases there are: -1 where whoever wrote it did not count.
_PACKED: Final = 72
_CASES: Final = 80
#: How many cells a byte may stand for: eight bytes each as they are, one where they are packed, and what zlib can do.
_CELLS: Final = {0: 1 / 8, 1: 1, 2: 1032}
#: What a record begins with.
_VARIABLE, _LABELS, _LABELLED, _DOCUMENT, _EXTENSION, _END = 2, 3, 4, 6, 7, 999
#: The longest text that one record describes; a longer one has several.
_LONGEST: Final = 255
#: How the program ends for a file that cannot be read.
_DAMAGED: Final = 3


class _Dictionary:
    """A place in the bytes of a dictionary; what is asked for beyond their end is an error."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._place = raw, _HEADER
        layout = raw[_LAYOUT : _LAYOUT + 4]
        self._order = "<" if int.from_bytes(layout, "little") in {2, 3} else ">"
        self.sound = len(raw) > _HEADER and int.from_bytes(layout, "little" if self._order == "<" else "big") in {2, 3}

    def holds(self, cells: int) -> bool:
        """Tell whether what is left can hold the cases that the header counts, each of so many cells of eight bytes."""
        [packed] = struct.unpack_from(f"{self._order}i", self._raw, _PACKED)
        [cases] = struct.unpack_from(f"{self._order}i", self._raw, _CASES)
        room = (len(self._raw) - self._place) * _CELLS.get(packed, 0)
        return bool(cases == -1 or 0 <= cases * cells <= room)

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


def read_apart(path: Path) -> Read | None:
    """Read an SPSS file whole, with the codes that are declared missing, or find that it is damaged.

    Parameters
    ----------
    path : pathlib.Path
        A file that begins as one of SPSS.

    Returns
    -------
    tuple of dict and pyreadstat.metadata_container, or None
        Variable → its cells, one a case: numbers and text, None where a number is missing. None for the whole where it
        cannot be read to its end.

    Raises
    ------
    subprocess.CalledProcessError
        The program could not do its work for another reason.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> import pyreadstat
    >>> path = Path(tempfile.mkdtemp()) / "svar.sav"
    >>> pyreadstat.write_sav(pd.DataFrame({"q": [4.0, None]}), str(path), column_labels=["Alder"])
    >>> cells, said = read_apart(path)
    >>> dict(cells), said.column_names_to_labels
    ({'q': [4.0, None]}, {'q': 'Alder'})
    """
    if not is_sound(path):
        return None
    # -P: a file here that happens to be called as a library is not meant by its name.
    done = subprocess.run([sys.executable, "-P", __file__, str(path)], capture_output=True, check=False)
    if done.returncode == 1:  # as Python ends where something else is wrong; a crash has a number of its own
        done.check_returncode()
    if done.returncode:
        return None
    read: Read = pickle.loads(done.stdout)
    return read


def is_sound(path: Path) -> bool:
    """Tell whether a file's dictionary can be read to its end, and each part of the file is as large as it says.

    Parameters
    ----------
    path : pathlib.Path
        A file that begins as one of SPSS.

    Returns
    -------
    bool
        Of the answers after the dictionary nothing is said but that there is room for as many as the header counts:
        a reader takes memory for them before it looks.

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
            return variables > 0 and dictionary.holds(records)


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


def _read(path: str) -> int:
    """Hand on what stands in a file; the status says where it cannot be read."""
    import pyreadstat

    try:
        read = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError):
        return _DAMAGED
    sys.stdout.buffer.write(pickle.dumps(read))
    return 0


if __name__ == "__main__":
    sys.exit(_read(sys.argv[1]))
