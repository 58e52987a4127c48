"""What may be answered to a question of an evaluation: a number of a scale, a word, or one's own words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from blupkit.activities.cells import TEXT, Kind, word

#: The code of who cannot say, on every scale but the one from 0 to 10, and the word for it.
DONT_KNOW: Final = 8
UNSURE_WORD: Final = "ved ikke"
#: The five answers to "i hvilken grad", as the half page for the participants says them.
DEGREES: Final = ("slet ikke", "i mindre grad", "i nogen grad", "i høj grad", "i meget høj grad")
_SCALE: Final = re.compile(r"(\d+)\s*-\s*(\d+)\s*(?::\s*(.+))?")


class Scale(NamedTuple):
    """A scale of numbers: its ends, and the words of each of its numbers; none where only the ends have any."""

    low: int
    high: int
    words: tuple[str, ...] = ()

    @property
    def codes(self) -> dict[int, str]:
        """Each number that may be answered → its words, "" where it has none."""
        numbers = range(self.low, self.high + 1)
        told = dict(zip(numbers, self.words, strict=True)) if self.words else dict.fromkeys(numbers, "")
        return told | ({DONT_KNOW: UNSURE_WORD} if self.high < DONT_KNOW else {})


def scale_of(how: str) -> Scale | None:
    """Give the scale of a question; None where an answer is no number.

    Parameters
    ----------
    how : str
        What `skemaer.csv` says of the answers: "1-5", "0-10", "1-5: " and the words of each number, the lowest first;
        "tekst", or words to choose from. From 1 to 5 the words are `DEGREES` where it says none.

    Raises
    ------
    ValueError
        There are words, and not one for each number.

    Examples
    --------
    >>> scale_of("1-3: uenig, både og, enig").codes
    {1: 'uenig', 2: 'både og', 3: 'enig', 8: 'ved ikke'}
    >>> scale_of("1-5").words[0], scale_of("0-10").words, scale_of("ja, nej")
    ('slet ikke', (), None)
    """
    found = _SCALE.fullmatch(how.strip())
    if not found:
        return None
    low, high = int(found[1]), int(found[2])
    words = tuple(part.strip() for part in found[3].split(",")) if found[3] else ()
    if words and (len(words) != high - low + 1 or not all(words)):
        raise ValueError(how)
    return Scale(low, high, words or (DEGREES if (low, high) == (1, len(DEGREES)) else ()))


def _how(cell: str) -> str:
    scale_of(cell)
    return cell


#: What `skemaer.csv` says of the answers to a question.
HOW: Final = Kind("1-5, 0-10, tekst, ord med komma imellem, eller 1-5: og ét ord til hvert tal", _how)


def answer(how: str) -> Kind:
    """Make the kind of a cell with an answer, from what `skemaer.csv` says of it.

    Parameters
    ----------
    how : str
        As for `scale_of`.

    Examples
    --------
    >>> [answer(how).expected for how in ("1-5", "0-10", "ja, delvist, nej", "tekst")]
    ['1-5 eller 8 (ved ikke)', '0-10', 'ja, delvist eller nej', 'en tekst']
    >>> answer("1-5").read("I høj grad")
    4
    """
    scale = scale_of(how)
    if scale is None:
        return TEXT if how.strip().casefold() == "tekst" else word([part.strip() for part in how.split(",")])
    low, high, words = scale
    known = {str(code): code for code in scale.codes}
    known |= {text.casefold(): code for code, text in scale.codes.items() if text}

    def read(cell: str) -> int:
        if cell.casefold() not in known:
            raise ValueError(cell)
        return known[cell.casefold()]

    def action(cell: str) -> str:
        if re.fullmatch(r"[\d.,-]+", cell) or high >= DONT_KNOW:
            return "Ret cellen."
        meant = words or ["…"] * (high - low + 1)
        return f"Ret cellen, eller skriv skalaens ord i skemaer.csv under svar, som {low}-{high}: {', '.join(meant)}."

    unsure = f" eller {DONT_KNOW} ({UNSURE_WORD})" if high < DONT_KNOW else ""
    return Kind(f"{low}-{high}{unsure}", read, action)
