"""What a format of transcripts is: how it is recognised, read, and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blupkit.core import Fault
from blupkit.interviews.transcripts.turn import NamesSpeaker, Said


class Reading(NamedTuple):
    """What a file holds."""

    said: list[Said]
    #: Lines above the first speaker, usually a title.
    before: Sequence[str] = ()
    #: Warnings: the rest is read.
    faults: Sequence[Fault] = ()


@dataclass(frozen=True)
class Format:
    """One shape that a transcript's text can have.

    Parameters
    ----------
    title : str
        What it is called in Danish, also in the list of what can be read; "" where it is known to be refused.
    holds : callable
        Tells from the text whether it has this shape.
    read : callable
        Reads the text (the second argument is the file's name in messages) whole, or refuses it with the place.
    write : callable, optional
        Writes turns so that `read` gives them back; None where the format holds what no turn has.
    suffix : str
        A file with this suffix is meant to have this shape, also where it is damaged; "" where no suffix says so.
    typed : bool
        Whether a person may have typed it, so that a code such as "LR" before a colon is a label at once.
    labels : bool
        Whether a speaker's label may stand before a colon in its text; not where colons are the format's own.
    """

    title: str
    holds: Callable[[str], bool]
    read: Callable[[str, str, NamesSpeaker], Reading]
    write: Callable[[list[Said]], str] | None = None
    suffix: str = ""
    typed: bool = False
    labels: bool = True
