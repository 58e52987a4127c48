"""The row that names the columns: found below titles, written plainly, and each name told from its equals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

#: Signs that take no room; two of them also join the signs of an emoji, and are left where they may do so.
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]|^[\u200c\u200d]+|[\u200c\u200d]+$")
#: Blanks that a line is not broken at.
_FIXED: Final = re.compile("[\u00a0\u2007\u202f]")
#: How many rows are looked at to find the headings, and how many cells a title may take.
LOOKED_AT: Final = 30
_TITLE: Final = 4
_BARE_TITLE: Final = 2


def seen(text: str) -> str:
    r"""Give a text as it is seen: without signs that take no room, and with plain blanks.

    Parameters
    ----------
    text : str
        A heading or a cell.

    Examples
    --------
    >>> seen("\ufeffBy\u00a0A\u200b"), seen("👩\u200d👧")
    ('By A', '👩\u200d👧')
    """
    return text if text.isascii() else _FIXED.sub(" ", _UNSEEN.sub("", text))


def spelt(heading: str) -> str:
    """Give a heading so that case and blanks do not matter.

    Parameters
    ----------
    heading : str
        As it stands.

    Examples
    --------
    >>> spelt(" Hvor  vigtigt? ")
    'hvor vigtigt?'
    """
    return " ".join(seen(heading).split()).casefold()


def recognised(cells: Sequence[str], known: Collection[str]) -> int:
    """Count the cells of a row that are headings which somebody knows.

    Parameters
    ----------
    cells : sequence of str
        The row.
    known : collection of str
        Headings as `spelt` gives them.
    """
    return sum(times for cell, times in Counter(cells).items() if cell and spelt(cell) in known)


def find_heading(rows: Sequence[Sequence[str]], known: Collection[str]) -> int:
    """Find the row that names the columns.

    It is the first one, unless titles stand above it: rows with a cell or two. Where headings are known, it is the row
    with most of them. A row that may be a respondent is never taken for a title.

    Parameters
    ----------
    rows : sequence of sequence of str
        The first rows of a table that hold anything.
    known : collection of str
        Headings that are expected, as `spelt` gives them.

    Returns
    -------
    int
        Its place among the rows.

    Examples
    --------
    >>> find_heading([["Rapport"], ["id", "kommune", "q1"], ["1", "Alfa", "4"]], {"id", "kommune"})
    1
    """
    counts = [recognised(cells, known) for cells in rows]
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    most = max(counts, default=0)
    if most:
        # The choices in a second row of headings may be more than the questions above them.
        likely = [place for place, count in enumerate(counts) if count == most or 1 < count > counts[0]]
        in_order = sorted(likely, key=counts.__getitem__, reverse=True)
        return next((place for place in in_order if _are_titles(counts[:place], filled[: place + 1], counts[place])), 0)
    widest = max(filled, default=0)
    place = next((place for place, width in enumerate(filled) if 2 * width >= widest or width > _BARE_TITLE), 0)
    return place if all(_is_title(cells, filled[place], sure=False) for cells in filled[:place]) else 0


def _are_titles(counts: Sequence[int], filled: Sequence[int], known: int) -> bool:
    """Whether the rows above the last one are titles, by how many headings are known and how many cells are filled."""
    # Above several headings that are known, a row with none of them may fill more cells and still be a title.
    sure = [known > 1 and not count for count in counts]
    return all(_is_title(cells, filled[-1], sure=free) for cells, free in zip(filled, sure, strict=False))


def _is_title(cells: int, width: int, *, sure: bool) -> bool:
    return cells <= _TITLE and cells < width if sure else cells <= _BARE_TITLE and 2 * cells < width


def told_apart(heads: Sequence[str], known: Collection[str]) -> list[str]:
    """Number equal headings by their place, as Excel does in a table: "Andet", "Andet2".

    Parameters
    ----------
    heads : sequence of str
        The headings.
    known : collection of str
        Names that mean one column only, and are left alone: which of two is meant, nobody can say.

    Examples
    --------
    >>> told_apart(["id", "Andet", "k1", "Andet", "Andet2", "k1"], {"k1"})
    ['id', 'Andet', 'k1', 'Andet3', 'Andet2', 'k1']
    """
    taken, times = set(heads), Counter[str]()
    apart = []
    for head in heads:
        times[head] += 1
        name = head
        if head and head not in known and times[head] > 1:
            name = next(
                name for number in range(times[head], len(heads) + 3) if (name := f"{head}{number}") not in taken
            )
            taken.add(name)
        apart.append(name)
    return apart
