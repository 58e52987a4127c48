"""What a meeting program writes in a transcript of itself: nobody says it."""

from __future__ import annotations

import re
from typing import Final

from blupkit.interviews.transcripts.labels.shape import label_shape
from blupkit.interviews.transcripts.turn import CLOCK

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
_SIGNED: Final = re.compile(
    r"[*_(]*(?:(?:automatically )?transcribed (?:by https?://\S+|by sonix\b.*|with \S.{0,60})"
    r"|(?:transcription|meeting) ended after \d+:\d\d:\d\d.{0,4}"
    r"|this editable transcript was computer generated and might contain errors\..*"
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
    """Whether a line tells which program made the transcript, and from what: so a person would not put it.

    Examples
    --------
    >>> is_signature("Transcription ended after 00:30:30"), is_signature("(Transcribed by Sonix.ai)")
    (True, True)
    >>> is_signature("Bo Ravn stoppede transskription")
    False
    """
    return bool(_SIGNED.fullmatch(line.strip()))
