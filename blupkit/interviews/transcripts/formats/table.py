"""The one table by which a transcript is recognised: from its text, and where that does not tell, from its suffix."""

from __future__ import annotations

import re
from typing import Final

from blupkit.interviews.transcripts.formats.shape import Format, Reading, warning
from blupkit.interviews.transcripts.subtitles import read_srt, read_vtt, write_srt, write_vtt
from blupkit.interviews.transcripts.turn import ARROW, NamesSpeaker
from blupkit.interviews.transcripts.typed import is_debate, read_debate, read_typed, write_typed

_SRT: Final = re.compile(rf"\s*\d+\s*\n[\d:,.]+\s*{ARROW}")


def _vtt(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(read_vtt(text, name, names_speaker))


def _srt(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    action = "Udskriften kan læses, men ikke fordeles på grupper. Skriv talerne ind, hvis de kendes."
    return Reading(read_srt(text, name), (), [warning(name, "undertekster uden talere", "hvem der taler", action)])


def _debate(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(read_debate(text))


def _typed(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(*read_typed(text, names_speaker))


#: The first that knows a text as its own reads it. A new format is a module and a line here.
FORMATS: Final = (
    Format("WebVTT", lambda text: text.startswith("WEBVTT"), _vtt, write_vtt, ".vtt"),
    Format("undertekster", lambda text: bool(_SRT.match(text)), _srt, write_srt, ".srt"),
    Format("referat af en offentlig debat", is_debate, _debate, labels=False),
)
#: What a person typed has no mark of its own.
TYPED: Final = Format("skrevet udskrift", lambda text: True, _typed, write_typed, typed=True)


def format_of(text: str, suffix: str) -> Format:
    r"""Find the format that a text has; what nothing else knows may have been typed.

    Parameters
    ----------
    text : str
        The whole file.
    suffix : str
        The file's, in lower case and with its point.

    Examples
    --------
    >>> format_of("WEBVTT\n", ".txt").title, format_of("Bo: Ja.", ".vtt").title, format_of("Bo: Ja.", ".txt").title
    ('WebVTT', 'WebVTT', 'skrevet udskrift')
    """
    known = (each for each in FORMATS if each.holds(text))
    meant = (each for each in FORMATS if each.suffix and each.suffix == suffix)
    return next(known, None) or next(meant, TYPED)
