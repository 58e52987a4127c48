"""What a format of transcripts is: how it is recognised, read, and written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from blupkit.core import Fault, Level
from blupkit.core.danish import many
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
        What it is called in Danish, also in the list of what can be read.
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


def warning(file: str, found: str, expected: str, action: str, row: int | None = None, *, quotes: bool = True) -> Fault:
    """Say what is odd where the rest can be used; the arguments are those of `core.Fault`."""
    return Fault(file, found, expected, action, row=row, level=Level.WARNING, quotes=quotes)


def nobody_named(said: list[Said], name: str) -> list[Fault]:
    """Warn of what nobody is named for: everything, or some of it.

    Parameters
    ----------
    said : list of Said
        The turns.
    name : str
        What to call the file.

    Examples
    --------
    >>> [fault.found for fault in nobody_named([Said("A", "Ja."), Said("", "Nej.")], "a.json")]
    ['1 af 2 ture uden taler']
    """
    alone = sum(not turn.label for turn in said)
    if not alone:
        return []
    if alone == len(said):
        action = "Udskriften kan læses, men ikke fordeles på grupper. Skriv talerne ind, hvis de kendes."
        return [warning(name, "undertekster uden talere", "hvem der taler", action)]
    found = f"{alone} af {many(len(said), 'tur', 'ture')} uden taler"
    action = "Programmet vidste ikke, hvem der talte. Skriv taleren ind i filen, hvis du kan høre det."
    return [warning(name, found, "en taler til hver tur", action, quotes=False)]
