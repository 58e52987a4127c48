"""What the readers of all shapes of transcripts share: one turn as the file has it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from blupkit.core import Fault, Level

ARROW: Final = "-->"
#: Hours may be left out, nothing need be padded.
CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d+)?"
_DAY: Final = 24 * 60 * 60
#: The role of those who lead a debate: what they say is no view on the matter.
CHAIR: Final = "formand"
#: The role of somebody who was taken out, and what they are called: their turns are there, and hold no words.
WITHDRAWN: Final = "udgået"
#: What is expected of words before a colon that may be a speaker and stay in the turn before, and what to do of them.
PERHAPS_A_SPEAKER: Final = (
    "en taler, eller almindelig tale, der hører til turen før",
    "Er det en taler, så skriv det under »talere« i study.toml. Ellers skal intet gøres.",
)

#: Says whether the words before a colon name a speaker.
NamesSpeaker = Callable[[str], bool]


@dataclass(frozen=True)
class Said:
    """One turn as the file has it, before anyone is looked up.

    Parameters
    ----------
    label : str
        The speaker as written; "" where the file names none.
    text : str
        What was said.
    start, end : float
        Seconds; NaN where the file has none.
    role : str
        The speaker's role where the file itself gives it (a party, "formand").
    row : int, optional
        The line, or the paragraph of a Word file, on which the turn begins.
    key : tuple of str
        What tells cues of one utterance from others.
    written : str
        The text as it stands in the file where it holds signs that nobody sees; "" where it is the same.
    """

    label: str
    text: str
    start: float = math.nan
    end: float = math.nan
    role: str = ""
    row: int | None = None
    key: tuple[str, ...] = ()
    written: str = ""


def extended(turns: list[Said], line: str, end: float = math.nan, place: int = -1) -> None:
    """Put a line, or the words of a cue, after those of the turn that it continues.

    Parameters
    ----------
    turns : list of Said
        Changed in place: a transcript has thousands of lines.
    line : str
        What was said.
    end : float
        When the cue ends, in seconds; NaN where that is not known.
    place : int
        Which turn; the last one when omitted.
    """
    turn = turns[place]
    later = end if math.isnan(turn.end) else max(turn.end, end)
    # Written out, for a transcript has thousands of cues: `replace` takes three times as long.
    text = f"{turn.text} {line}"
    turns[place] = Said(turn.label, text, turn.start, later, turn.role, turn.row, turn.key, turn.written)


def from_first(said: list[Said]) -> list[Said]:
    """Count times of day from the first of them, over midnight too.

    Parameters
    ----------
    said : list of Said
        Not changed; its `start` is in seconds from midnight.

    Examples
    --------
    >>> [turn.start for turn in from_first([Said("Bo", "Ja.", 86390), Said("Ida", "Nej.", 5)])]
    [0, 15]
    """
    return [replace(turn, start=(turn.start - said[0].start) % _DAY) for turn in said]


def finished(turns: list[Said]) -> list[Said]:
    r"""Give the turns with single spaces for line breaks and runs of spaces, without those in which nothing is said.

    Parameters
    ----------
    turns : list of Said
        Not changed.

    Examples
    --------
    >>> [turn.text for turn in finished([Said("L1", " Ja,  det\ner det. "), Said("L2", " ")])]
    ['Ja, det er det.']
    """
    texts = (spaced(turn.text) for turn in turns)
    pairs = zip(turns, texts, strict=True)
    return [turn if turn.text == text else replace(turn, text=text) for turn, text in pairs if text]


def spaced(text: str) -> str:
    r"""Give a text with one space for each run of blanks, and none around it.

    Examples
    --------
    >>> spaced(" Ja,\tdet\n er det. ")
    'Ja, det er det.'
    """
    # Every blank but a space is a sign that cannot be printed; most texts have none, and are not taken apart.
    plain = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    return text if plain else " ".join(text.split())


def seconds(clock: str) -> float:
    """Turn a time of day or of a recording into seconds.

    Parameters
    ----------
    clock : str
        Hours (may be left out), minutes, seconds; padded or not.

    Examples
    --------
    >>> seconds("0:1:5.1"), seconds("00:31:05"), seconds("05:30,5")
    (65.1, 1865.0, 330.5)
    """
    total = 0.0
    for part in clock.strip().replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def clock(moment: float, point: str = ".") -> str:
    """Write seconds as a time in full, to the thousandth.

    Parameters
    ----------
    moment : float
        Seconds; not NaN.
    point : str
        What stands before the thousandths.

    Examples
    --------
    >>> clock(65.1), clock(3661, ",")
    ('00:01:05.100', '01:01:01,000')
    """
    whole = round(moment * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def arrow(turn: Said, point: str = ".") -> str:
    """Write when a turn begins and ends, as subtitles have it; one that is not known to end ends as it begins.

    Parameters
    ----------
    turn : Said
        With a start.
    point : str
        As for `clock`.

    Examples
    --------
    >>> arrow(Said("Bo", "Ja.", 1, 2.5))
    '00:00:01.000 --> 00:00:02.500'
    """
    end = turn.start if math.isnan(turn.end) else turn.end
    return f"{clock(turn.start, point)} {ARROW} {clock(end, point)}"


def warning(file: str, found: str, expected: str, action: str, row: int | None = None, *, quotes: bool = True) -> Fault:
    """Say what is odd where the rest can be used; the arguments are those of `core.Fault`."""
    return Fault(file, found, expected, action, row=row, level=Level.WARNING, quotes=quotes)
