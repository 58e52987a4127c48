"""Zoom's chat: what was written during a meeting, in each of the shapes that Zoom has saved it in."""

from __future__ import annotations

import re
from typing import Final

from blupkit.core import Fault
from blupkit.core.danish import many
from blupkit.core.files import refuse
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.turn import (
    NamesSpeaker,
    Said,
    clock,
    extended,
    finished,
    from_first,
    seconds,
    warning,
)

_LINE: Final = re.compile(
    r"(?:\d{4}-\d\d-\d\d )?(?P<time>\d\d:\d\d:\d\d)(?:"
    r"\s+From {1,2}(?P<who>.+?)(?: +to +(?P<to>.+?))?(?: :(?: (?P<same>.*))?|:)"
    r"|\t(?P<sender>[^\t]+):\t(?P<text>.*))"
)
#: How a line with a sender begins, also where the rest of it is damaged.
_BEGINS: Final = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d?\d:\d?\d(?::\d?\d)?\s+From ")
_PRIVATE: Final = re.compile(r"\((?:direct message|privately)\)\s*$", re.I)
#: What Zoom itself writes: whom a message answers, and what somebody thought of it in a picture.
_OWN: Final = re.compile(r'Replying to ".*":?|Reacted to ".*" with \S+|Removed an? \S+ reaction from ".*"')
_REACTION: Final = re.compile("[^:]+:[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]+")


def is_chat(text: str) -> bool:
    r"""Tell whether a text is Zoom's chat.

    Examples
    --------
    >>> is_chat("17:00:12\t From  Bo Ravn : Ja."), is_chat("[00:00:12] Bo Ravn: Ja.")
    (True, False)
    """
    first = next((line for line in text.split("\n") if line.strip()), "")
    return bool(_LINE.fullmatch(first.rstrip()))


def read_chat(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read what each wrote, a turn a message.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked: the file says itself who wrote.

    Returns
    -------
    Reading
        `start` counts from the first message. It warns that nothing of it was said aloud, of messages to one person
        alone, and of lines about answers and reactions, which are left out.
    """
    turns: list[Said] = []
    private = own = 0
    for row, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        if found := _LINE.fullmatch(raw.rstrip()):
            private += bool(_PRIVATE.search(found["to"] or ""))
            label = " ".join((found["who"] or found["sender"]).split())
            turns.append(Said(label, "", seconds(found["time"]), row=row))
            line = (found["same"] or found["text"] or "").strip()
        elif _BEGINS.match(line):
            action = "Ret linjen, eller gem chatten igen fra Zoom."
            refuse(name, line[:60], "en tid, en afsender og et kolon", action, row=row)
        if _OWN.fullmatch(line) or (turns and turns[-1].text.strip() and _REACTION.fullmatch(line)):
            own += 1
        elif turns:
            extended(turns, line)
    return Reading(from_first(finished(turns)), (), _told(name, private, own))


def _told(name: str, private: int, own: int) -> list[Fault]:
    action = "Brug den kun, hvis det skrevne skal tælle med. Ellers tag den ud af study.toml."
    faults = [warning(name, "en chat fra Zoom", "det, der blev sagt", action, quotes=False)]
    if private:
        found = many(private, "besked til én person alene", "beskeder til én person alene")
        action = "Slet dem i filen, hvis de andre ikke måtte se dem."
        faults.append(warning(name, found, "beskeder til alle", action, quotes=False))
    if own:
        found = many(own, "linje om svar og reaktioner", "linjer om svar og reaktioner")
        faults.append(warning(name, found, "beskeder", "De tælles ikke med. Intet skal gøres.", quotes=False))
    return faults


def write_chat(said: list[Said]) -> str:
    """Write turns as such a chat; `read_chat` gives them back.

    Parameters
    ----------
    said : list of Said
        With times and labels.
    """
    return "".join(f"{clock(turn.start)[:8]} From {turn.label} to Everyone:\n\t{turn.text}\n" for turn in said)
