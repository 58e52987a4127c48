"""Files of programs for annotation and subtitles that are no transcript yet: refused, with the way to one."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from blupkit.core.files import refuse

_FROM_ELAN: Final = (
    "vælg File → Export As → Tab-delimited Text, sæt flueben ved talernes spor og ved »hh:mm:ss.ms«, og brug den fil."
)
_BY_ELAN: Final = f"Hent den ind i ELAN (File → Import), {_FROM_ELAN}"
_BY_ITSELF: Final = (
    "Gem udskriften fra programmet som .vtt eller .srt med talere, eller som tekst med taleren foran hver tur: »L1: …«."
)
#: How such a file begins, what it is, and what to do.
_KINDS: Final = (
    (re.compile(r"\s*@(?:UTF8|Begin)\s*$", re.M), "en udskrift i CHAT-format fra CLAN (.cha)", _BY_ELAN),
    (re.compile(r"\s*(?:File type = )?\"ooTextFile"), "en TextGrid fra Praat", _BY_ELAN),
    (
        re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<ANNOTATION_DOCUMENT\b"),
        "en fil fra ELAN (.eaf)",
        f"Åbn den i ELAN, {_FROM_ELAN}",
    ),
    (re.compile(r"\s*\[Script Info\]"), "undertekster i SubStation-format (.ass)", _BY_ITSELF),
    (re.compile(r"\s*\{\d+\}\{\d+\}"), "undertekster i MicroDVD-format (.sub)", _BY_ITSELF),
    (re.compile(r"\s*<\?xml\b"), "en XML-fil fra et andet program", _BY_ITSELF),
)


def is_foreign(text: str) -> bool:
    r"""Tell whether a text is of a program whose marks and names would be taken for words and speakers.

    Examples
    --------
    >>> is_foreign("@UTF8\n@Begin\n*L1A:\tvi mener nej ."), is_foreign("L1: Vi mener nej.")
    (True, False)
    """
    return any(begins.match(text) for begins, _, _ in _KINDS)


def refuse_foreign(text: str, name: str, names_speaker: object) -> NoReturn:
    """Say what the file is, and how a transcript is made of it.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : object
        Not asked.

    Raises
    ------
    FileError
        Always.
    """
    what, action = next((what, action) for begins, what, action in _KINDS if begins.match(text))
    refuse(name, what, "en udskrift med en taler foran hver tur", action, quotes=False)
