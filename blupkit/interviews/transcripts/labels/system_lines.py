"""What a meeting program writes in a transcript of itself: nobody says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from blupkit.core import Fault
from blupkit.interviews.transcripts.labels.shape import label_shape
from blupkit.interviews.transcripts.turn import CLOCK, warning

_WHAT: Final = (
    r"(?:trans(?:skription|skribering|kription|kribering|kripsjon)(?:en)?|optagelsen?|transcription|recording)"
)
_DID: Final = (
    r"(?:has )?(?:started|stopped|ended)|startede|stoppede|afsluttede|startet|stoppet|avsluttet"
    r"|startade|stoppade|avslutade"
)
_DONE_BY: Final = re.compile(
    rf"(?P<who>.{{1,100}}?) (?:(?:{_DID}) (?:the )?{_WHAT}|hat (?:die )?Trans\w+ (?:gestartet|beendet|gestoppt)"
    rf"|(?:forlod|sluttede sig til|joined|left) (?:mødet|the meeting))\.?(?:[ \t]+{CLOCK})?"
)
_SIGNS: Final = re.compile(r"[\d:.,()\[\]\s-]+")
_SIGNED: Final = re.compile(
    r"[*_(]*(?:(?:automatically )?transcribed (?:by https?://\S+|by sonix\b.*|with \S.{0,60})"
    r"|(?:transcription|meeting) ended after \d+:\d\d:\d\d.{0,4}"
    r"|this editable transcript was computer generated and might contain errors\..*"
    r"|(?:side|page) \d{1,3} (?:af|of) \d{1,3}|[-_=~*·• ]{3,}"
    r"|audio file: \S.*|\(language: .* \| .*\))[*_)]*",
    re.I,
)


def is_system_line(line: str) -> bool:
    """Whether a line tells what the program, or somebody with it, did.

    Parameters
    ----------
    line : str
        A line or a paragraph of its own, without the name of a speaker before it.

    Examples
    --------
    >>> is_system_line("Bo Ravn stoppede transskription"), is_system_line("Transcribed by https://otter.ai")
    (True, True)
    >>> is_system_line("Så stoppede transskriptionen, og vi gik hjem."), is_system_line("Vi forlod mødet.")
    (False, False)
    """
    done = _DONE_BY.fullmatch(line.strip())
    return is_signature(line) or bool(done and label_shape(done["who"]))


def is_signature(line: str) -> bool:
    """Whether a line tells which program made the transcript, and from what, or where a page ends: nobody says it.

    Examples
    --------
    >>> is_signature("Transcription ended after 00:30:30"), is_signature("(Transcribed by Sonix.ai)")
    (True, True)
    >>> is_signature("Bo Ravn stoppede transskription"), is_signature("Side 3 af 12"), is_signature("----")
    (False, True, True)
    """
    return bool(_SIGNED.fullmatch(line.strip()))


def broken_heads(file: str, text: str, heads: Mapping[int | None, str]) -> list[Fault]:
    r"""Warn of lines that hold a speaker's name and no other word, and begin no turn: their time may be damaged.

    Parameters
    ----------
    file : str
        What to call the file.
    text : str
        All of it.
    heads : mapping of int to str
        The lines that begin a turn, with the speaker.

    Examples
    --------
    >>> [fault.row for fault in broken_heads("a.txt", "Bo (0:03)\nJa.\nBo (0:x:9)\nBo (0::9)\nSpørg Bo", {1: "Bo"})]
    [4]
    """
    names = set(heads.values()) - {""}
    action = "Er det en taler, så ret linjen. Ellers hører den til turen før, og intet skal gøres."
    faults = []
    for row, line in enumerate(text.split("\n"), start=1):
        words = _SIGNS.sub(" ", line).strip()
        if words and row not in heads and (line.strip() in names or (words != line.strip() and words in names)):
            faults.append(warning(file, line.strip()[:60], "et navn med tid, som over de andre ture", action, row))
    return faults
