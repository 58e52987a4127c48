"""The one table by which a transcript is recognised: from its text, and where that does not tell, from its suffix."""

from __future__ import annotations

import re
from typing import Final

from blupkit.interviews.transcripts.documents.timed import is_timed, read_timed, write_timed
from blupkit.interviews.transcripts.formats.chat import is_chat, read_chat, write_chat
from blupkit.interviews.transcripts.formats.foreign import is_foreign, refuse_foreign
from blupkit.interviews.transcripts.formats.headed import is_headed, read_headed, write_headed
from blupkit.interviews.transcripts.formats.machine import (
    is_json,
    is_table,
    read_json,
    read_table,
    write_json,
    write_table,
)
from blupkit.interviews.transcripts.formats.nameless import is_nameless, read_nameless, write_nameless
from blupkit.interviews.transcripts.formats.noscribe import apart, is_page, read_page, write_page
from blupkit.interviews.transcripts.formats.shape import Format, Reading
from blupkit.interviews.transcripts.formats.tiers import is_tiers, read_tiers, write_tiers
from blupkit.interviews.transcripts.subtitles import (
    is_sbv,
    read_sbv,
    read_srt,
    read_vtt,
    write_sbv,
    write_srt,
    write_vtt,
)
from blupkit.interviews.transcripts.turn import ARROW, NamesSpeaker
from blupkit.interviews.transcripts.typed import is_debate, read_debate, read_typed, write_typed

_SRT: Final = re.compile(rf"\s*(?:\d+\s*\n)?[\d:,.]+\s*{ARROW}")


def _is_vtt(text: str) -> bool:
    return text.startswith("WEBVTT")


def _is_srt(text: str) -> bool:
    return bool(_SRT.match(text))


def _vtt(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(apart(read_vtt(text, name, names_speaker)))


def _srt(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(read_srt(text, name, names_speaker))


def _sbv(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(read_sbv(text, name, names_speaker))


def _debate(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    return Reading(read_debate(text))


def _typed(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    said, before = read_typed(text, names_speaker)
    return Reading(apart(said), before)


#: The first that knows a text as its own reads it. A new format is a module and a line here.
FORMATS: Final = (
    Format("", is_foreign, refuse_foreign, labels=False),
    Format("WebVTT fra Teams, Zoom eller noScribe (.vtt)", _is_vtt, _vtt, write_vtt, ".vtt"),
    Format("undertekster (.srt)", _is_srt, _srt, write_srt, ".srt"),
    Format("undertekster fra YouTube (.sbv)", is_sbv, _sbv, write_sbv, ".sbv"),
    Format("JSON fra whisperX eller Amberscript (.json)", is_json, read_json, write_json, ".json", labels=False),
    Format("tabel fra whisper (.tsv)", is_table, read_table, write_table, ".tsv", labels=False),
    Format("tekst med tabulator fra ELAN eller Audacity (.txt)", is_tiers, read_tiers, write_tiers, labels=False),
    Format("webside fra noScribe (.html)", is_page, read_page, write_page, ".html", labels=False),
    Format("chat fra Zoom", is_chat, read_chat, write_chat, labels=False),
    Format("referat af en debat i Folketinget", is_debate, _debate, labels=False),
    Format("udskrift fra Teams, Word eller Otter", is_timed, read_timed, write_timed, labels=False),
    Format("navn og tid over hver tur, som Zoom og Rev har", is_headed, read_headed, write_headed, labels=False),
    Format("linjer med tid og uden taler", is_nameless, read_nameless, write_nameless, labels=False),
)
#: What a person typed has no mark of its own.
TYPED: Final = Format("linjer som »L1: …«, med eller uden tid", lambda text: True, _typed, write_typed, typed=True)


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
    >>> [format_of(*file).suffix for file in (("WEBVTT\n", ".txt"), ("Bo: Ja.", ".vtt"), ("Bo: Ja.", ".txt"))]
    ['.vtt', '.vtt', '']
    """
    known = (each for each in FORMATS if each.holds(text))
    meant = (each for each in FORMATS if each.suffix and each.suffix == suffix)
    return next(known, None) or next(meant, TYPED)


def what_can_be_read() -> str:
    """Name all formats, for whoever has a file in none of them.

    Examples
    --------
    >>> what_can_be_read()[:54]
    'linjer som »L1: …«, med eller uden tid; WebVTT fra Tea'
    """
    return "; ".join(each.title for each in (TYPED, *FORMATS) if each.title)
