"""Tables of a hundred thousand rows: cut into cells all at once, and given only where the text is regular."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

_QUOTE: Final = ord('"')
_LINE: Final = ord("\n")
#: How many bytes of a cell fit into one number; how many bytes and rows are looked at together.
_PACKED: Final = 8
_PIECE: Final = 1 << 19
_ROWS: Final = 512


class _Cells(NamedTuple):
    """Where each cell of a text ends, one row a record; each begins after the end of the one before."""

    raw: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]
    quotes: bool

    def spans(self, first: int, last: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Give where the cells of some rows begin and end, without quotation marks around them."""
        ends = self.ends[first:last]
        starts = np.empty_like(ends)
        starts.ravel()[0] = self.ends.ravel()[first * ends.shape[1] - 1] + 1 if first else 0
        np.add(ends.ravel()[:-1], 1, out=starts.ravel()[1:])
        if self.quotes:
            quoted = (self.raw[starts] == _QUOTE) & (ends > starts)
            starts, ends = starts + quoted, ends - quoted
        return starts, ends


def read_regular(text: str, separator: str) -> pd.DataFrame | None:
    r"""Read text with separators into columns of categories, or give it up.

    Nothing is guessed: the text is cut where a separator or a line ends a cell outside quotation marks, and it is given
    up unless every row has as many cells as the first and every quotation mark stands where a program would put it.

    Parameters
    ----------
    text : str
        A header and rows, with line feeds.
    separator : str
        One character of ASCII.

    Returns
    -------
    pandas.DataFrame or None
        Every cell as it was written, "" where it is empty; the columns are categories, since cells repeat. None where
        the text is not regular.

    Examples
    --------
    >>> table = read_regular("k;svar\n007;ja\n;\"nej; tak\"\n", ";")
    >>> table.astype(str).values.tolist()
    [['007', 'ja'], ['', 'nej; tak']]
    >>> read_regular("k;svar\n1\n", ";") is None
    True
    """
    cells = _cut(text, separator)
    if cells is None:
        return None
    heads = [_unescaped(head, cells) for head in _texts(cells, *(span[0] for span in cells.spans(0, 1)))]
    return pd.DataFrame(dict(enumerate(_columns(cells))), copy=False).set_axis(heads, axis=1)


def inside_marks(raw: npt.NDArray[np.uint8], separator: str) -> npt.NDArray[np.uint8] | None:
    r"""Tell which bytes stand inside quotation marks, if every mark stands where a program puts it.

    That is around a cell, or twice inside such a one.

    Parameters
    ----------
    raw : numpy.ndarray
        The bytes of a text with line feeds.
    separator : str
        One character of ASCII.

    Returns
    -------
    numpy.ndarray or None
        1 from the mark that begins a cell up to the one that ends it, else 0; None where a mark stands elsewhere.

    Examples
    --------
    >>> texts = (b'"a ""b"" c";d\n', b'"a "b"";c\n', b'a "b";c\n')
    >>> [inside_marks(np.frombuffer(text, np.uint8), ";") is not None for text in texts]
    [True, False, False]
    """
    inside = np.empty_like(raw)
    within, before = np.uint8(0), np.uint8(_LINE)
    for start in range(0, len(raw), _PIECE):
        piece = raw[start : start + _PIECE]
        marks = piece == _QUOTE
        here = inside[start : start + _PIECE]
        np.bitwise_xor.accumulate(marks.view(np.uint8), out=here)
        here ^= within
        edges = marks | (piece == ord(separator)) | (piece == _LINE)
        # Beside each mark that begins, and after each that ends, stands an edge; or another mark, its twin.
        if (marks[1:] & ~edges[:-1] & (here[1:] == 1)).any() or (marks[:-1] & ~edges[1:] & (here[:-1] == 0)).any():
            return None
        first = marks[0] and here[0] == 1 and before not in _edges(separator)
        if first or (before == _QUOTE and not within and piece[0] not in _edges(separator)):
            return None
        within, before = here[-1], piece[-1]
    return None if within else inside


def _edges(separator: str) -> set[int]:
    return {_QUOTE, _LINE, ord(separator)}


def _cut(text: str, separator: str) -> _Cells | None:
    """Find the cells of a text; None where it is not regular."""
    raw = np.frombuffer((text if text.endswith("\n") else f"{text}\n").encode(), dtype=np.uint8)
    quotes = '"' in text
    inside = inside_marks(raw, separator) if quotes else None
    if quotes and inside is None:
        return None
    parts, height = [], 0
    # Piece by piece, so that a piece stays where the processor has it at hand.
    for start in range(0, len(raw), _PIECE):
        piece = raw[start : start + _PIECE]
        lines = piece == _LINE
        ending = lines | (piece == ord(separator))
        if inside is not None:
            outside = inside[start : start + _PIECE] == 0
            lines &= outside
            ending &= outside
        height += int(np.count_nonzero(lines))
        parts.append(np.flatnonzero(ending) + start)
    ends = np.concatenate(parts)
    width = _width(raw, ends)
    # As many line ends as rows, and one at the end of each row: so there is none elsewhere.
    if height * width != len(ends) or not (raw[ends[width - 1 :: width]] == _LINE).all():
        return None
    return _Cells(raw, ends.reshape(height, width), quotes)


def _width(raw: npt.NDArray[np.uint8], ends: npt.NDArray[np.int64]) -> int:
    """Tell how many cells stand in the first row."""
    many = 1024
    while not (lines := raw[ends[:many]] == _LINE).any():
        many *= 8
    return int(np.argmax(lines)) + 1


def _columns(cells: _Cells) -> list[pd.Categorical]:
    height, width = cells.ends.shape
    longest = np.zeros(width, dtype=np.int64)
    lasts = np.empty((width, height - 1), dtype=np.uint8)
    for first in range(1, height, _ROWS):
        starts, ends = cells.spans(first, first + _ROWS)
        np.maximum(longest, (ends - starts).max(axis=0), out=longest)
        last = cells.raw[ends - 1]
        if cells.quotes:
            last *= ends > starts
        lasts[:, first - 1 : first - 1 + _ROWS] = last.T
    columns = []
    for place, most in enumerate(longest.tolist()):
        if most <= 1:
            columns.append(_coded(lasts[place].tobytes(), cells))
            continue
        starts, ends = _spans_of(cells, place)
        columns.append(_packed(cells, starts, ends) if most <= _PACKED else _long(cells, starts, ends))
    return columns


def _spans_of(cells: _Cells, column: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    ends = cells.ends[1:, column]
    starts = (cells.ends[1:, column - 1] if column else cells.ends[:-1, -1]) + 1
    if cells.quotes:
        quoted = (cells.raw[starts] == _QUOTE) & (ends > starts)
        starts, ends = starts + quoted, ends - quoted
    return starts, ends


def _coded(lasts: bytes, cells: _Cells) -> pd.Categorical:
    """Make a column of cells that hold one byte each: before an empty one stands what ends the cell before it.

    Where there are quotation marks, a separator may be what a cell holds: an empty one is 0.
    """
    present = set(lasts[:_ROWS])
    present |= set(lasts.translate(None, bytes(present)))
    empty = ({0} if cells.quotes else {_LINE, int(cells.raw[cells.ends[0, 0]])}) & present
    texts = [""] * bool(empty) + [chr(code) for code in sorted(present - empty)]
    place = bytes(0 if code in empty or code not in present else texts.index(chr(code)) for code in range(256))
    return _categories(np.frombuffer(lasts.translate(place), dtype=np.int8), texts)


def _packed(cells: _Cells, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> pd.Categorical:
    """Make a column of short cells: each is one number."""
    numbers = np.zeros(len(starts), dtype=np.uint64)
    for letter in range(int((ends - starts).max())):
        byte = np.where(starts + letter < ends, cells.raw[np.minimum(starts + letter, len(cells.raw) - 1)], 0)
        numbers |= byte.astype(np.uint64) << np.uint64(8 * (_PACKED - 1 - letter))
    different, place = np.unique(numbers, return_inverse=True)
    letters = different.astype(">u8").view(f"S{_PACKED}")
    plain = not (different & np.uint64(0x8080808080808080)).any()
    texts = (letters.astype(f"U{_PACKED}") if plain else np.char.decode(letters, "utf-8")).tolist()
    return _categories(place, [_unescaped(text, cells) for text in texts] if cells.quotes else texts)


def _long(cells: _Cells, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> pd.Categorical:
    place, different = pd.factorize(np.array(_texts(cells, starts, ends), dtype=object), sort=True)
    return _categories(place, [_unescaped(text, cells) for text in different])


def _texts(cells: _Cells, starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> list[str]:
    blob = memoryview(cells.raw)  # type: ignore[arg-type]  # an array is one
    spans = zip(starts.tolist(), ends.tolist(), strict=True)
    return [str(blob[start:end], "utf-8") for start, end in spans]


def _unescaped(text: str, cells: _Cells) -> str:
    return text.replace('""', '"') if cells.quotes and '"' in text else text


def _categories(place: npt.NDArray[np.integer[Any]], texts: list[str]) -> pd.Categorical:
    codes = place.astype(np.min_scalar_type(-len(texts) - 1), copy=False)
    return pd.Categorical.from_codes(codes, pd.Index(texts, dtype="str"), validate=False)
