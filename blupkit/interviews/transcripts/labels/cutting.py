"""Turns of what no name parts: one account for a whole room, or no names at all."""

from __future__ import annotations

import re
from typing import Final

from blupkit.core.language import word_count
from blupkit.interviews.transcripts.turn import Said, extended

#: A silence of this many seconds ends a turn where no name does.
PAUSE: Final = 1.0
#: The rule in Danish.
CUT: Final = "hvor programmet skiller ytringer, en sætning slutter, eller der er en pause på mindst 1 sekund"
#: A program that writes no full stops must not make one turn of an hour.
_LONGEST: Final = 150
_ROOM: Final = re.compile(r"lokale|\brum\b|\broom\b|konference|mødesal", re.I)
_ENDED: Final = re.compile(r"[.?!…][\"”»’)\]]*\s*$")


def joined(cues: list[Said]) -> list[Said]:
    """Join the cues of one speaker into turns: with the last turn, or with an utterance that somebody spoke over.

    Parameters
    ----------
    cues : list of Said
        With labels; one without is a turn of its own. Where all are of one account, or an account is called like a
        room, several may speak: then a turn ends where `begins_anew` says so.

    Examples
    --------
    >>> cues = [Said("Bo", "Vi", 1, 2), Said("Bo", "søgte.", 2, 3), Said("Bo", "Og?", 3, 4), Said("Ida", "Ja.", 4, 5)]
    >>> [(turn.label, turn.text, turn.end) for turn in joined(cues)]
    [('Bo', 'Vi søgte. Og?', 4), ('Ida', 'Ja.', 5)]
    >>> [turn.text for turn in joined(cues[:3])]
    ['Vi søgte.', 'Og?']
    """
    alone = len({cue.label for cue in cues if cue.label}) == 1
    rooms = {cue.label for cue in cues if alone or is_room(cue.label)}
    turns: list[Said] = []
    utterances: dict[tuple[str, ...], int] = {}
    for cue in cues:
        before = turns[-1] if turns else None
        goes_on = before and (before.label, before.key[:1]) == (cue.label, cue.key[:1])
        place = len(turns) - 1 if goes_on else utterances.get((cue.label, *cue.key)) if cue.key else None
        if place is None or not cue.label or (cue.label in rooms and begins_anew(turns[place], cue)):
            utterances[cue.label, *cue.key] = len(turns)
            turns.append(cue)
        else:
            extended(turns, cue.text, cue.end, place)
    return turns


def begins_anew(before: Said, cue: Said) -> bool:
    """Whether a cue begins a turn of its own though no name says that somebody else speaks.

    Where the program tells utterances apart, each is a turn. Elsewhere a turn ends with a sentence, or where a pause of
    a second or more follows; and one of 150 words ends with its cue.

    Parameters
    ----------
    before : Said
        The turn so far.
    cue : Said
        What follows it.

    Examples
    --------
    >>> begins_anew(Said("", "Vi søgte", 0, 2), Said("", "om det.", 2.2, 3)), begins_anew(
    ...     Said("", "Vi søgte.", 0, 2), Said("", "Ja.", 2.2, 3))
    (False, True)
    >>> begins_anew(Said("", "Vi søgte", 0, 2), Said("", "om det.", 3.5, 4))
    True
    """
    if before.key or cue.key:
        return before.key != cue.key
    pause = cue.start - before.end
    return pause >= PAUSE or bool(_ENDED.search(before.text)) or word_count(before.text) >= _LONGEST


def is_room(label: str) -> bool:
    """Whether an account is called like a room, in which several may sit.

    Examples
    --------
    >>> is_room("Mødelokale 3"), is_room("Bo Ravn")
    (True, False)
    """
    return bool(_ROOM.search(label))
