"""What is told of the speakers of a transcript: who is unknown, silent, may be two, or speaks for a whole room."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd

from blupkit.core import Fault
from blupkit.core.danish import listing, many
from blupkit.core.language import word_count
from blupkit.core.sections import InterviewFiles, Transcript
from blupkit.core.study import STUDY_FILE
from blupkit.interviews.transcripts.labels.cutting import CUT, is_room
from blupkit.interviews.transcripts.labels.matching import Match
from blupkit.interviews.transcripts.labels.shape import label_shape
from blupkit.interviews.transcripts.labels.twice import pasted_twice, said_twice
from blupkit.interviews.transcripts.turn import Said, clock, warning

#: What speech recognition calls those whom it only tells apart.
_NUMBERED: Final = re.compile(r"(?:speaker|spkr?|taler)[ _-]?\d{1,3}|S\d\d|unknown(?: speaker)?", re.I)
#: About ten minutes of speech: so long nobody speaks in a group, and few do alone.
_LONG: Final = 1_500
#: So many words are no note that somebody wrote with one label.
_SOME: Final = 100


def speaker_faults(
    frame: pd.DataFrame,
    said: list[Said],
    transcript: Transcript,
    people: pd.DataFrame,
    files: InterviewFiles,
    find: Callable[[str], Match],
) -> list[Fault]:
    """Warn of what is odd about the speakers of one transcript.

    Parameters
    ----------
    frame : pandas.DataFrame
        The turns, with the speakers as they were looked up.
    said : list of Said
        The same turns as the file has them.
    transcript : Transcript
        The interview.
    people : pandas.DataFrame
        Its rows of the register.
    files : InterviewFiles
        The study's.
    find : callable
        Whom a label means, as `finder` builds it.
    """
    file = transcript.file
    faults = [*nobody_named(said, file), *_room_faults(frame, file), *said_twice(file, said), *pasted_twice(file, said)]
    faults += _doubt_faults(said, file, find)
    if files.participants is None and not transcript.speakers:
        return faults
    unknown = frame[(frame["role"] == "") & (frame["speaker"] != "")]
    if len(unknown):
        names = unknown["speaker"].unique()
        several = unknown["speaker"].isin([name for name in names if label_shape(name) == "several"])
        doubtful = unknown["speaker"].isin([name for name in names if len(find(name).people) > 1])
        faults += _several_faults(unknown[several], said, file)
        where = files.participants or "listen over deltagere"
        faults += _unknown_faults(unknown[~several & ~doubtful], said, file, where)
    speaking = set(frame["speaker"])
    if speaking == {""}:
        return faults
    rows = zip(people["name"], people["role"], strict=True)
    silent = [name for name, role in rows if role in files.roles and name not in speaking]
    action = f"Se efter, om en anden har brugt navnet i mødet, og ret »talere« i {STUDY_FILE}."
    found = (f"ingen ture fra {name}" for name in silent)
    return faults + [warning(file, each, "mindst én tur fra hver deltager", action) for each in found]


def _unknown_faults(unknown: pd.DataFrame, said: list[Said], file: str, where: str) -> Iterator[Fault]:
    """Warn of each speaker whom nobody knows; one that a program has numbered is asked about."""
    for who, turns in unknown.groupby("speaker", sort=False)["turn"]:
        first = said[turns.iloc[0] - 1]
        if _NUMBERED.fullmatch(str(who)):
            heard = "" if math.isnan(first.start) else f", første gang {clock(first.start)[:8]}"
            found = f"{who} ({many(len(turns), 'tur', 'ture')}{heard})"
            expected = "navnet på den, der taler; programmet har kun givet talerne numre"
            action = f'Hør efter, hvem det er, og skriv det under »talere« i {STUDY_FILE}: "{who}" = "…".'
        else:
            found, expected = f"{who} (tur {turns.iloc[0]})", "en taler, der står i listen over deltagere"
            action = f"Tilføj personen i {where}, eller ret »talere« i {STUDY_FILE}."
        yield warning(file, found, expected, action, first.row)


def how_much(frame: pd.DataFrame) -> str:
    """Say how much turns hold: words, and minutes where there are times.

    Parameters
    ----------
    frame : pandas.DataFrame
        Turns, with words, start and end.

    Examples
    --------
    >>> how_much(pd.DataFrame({"words": [40, 12], "start": [0.0, 60.0], "end": [5.0, 301.0]}))
    '52 ord, 5 minutter'
    """
    words = many(int(frame["words"].sum()), "ord", "ord")
    length = frame[["start", "end"]].max().max() - frame["start"].min()
    if pd.isna(length):
        return words
    minutes = round(length / 60)
    return f"{words}, {many(minutes, 'minut', 'minutter') if minutes else 'under et minut'}"


def nobody_named(said: list[Said], name: str) -> list[Fault]:
    """Warn of what nobody is named for, everything or some of it, with how much it is.

    Parameters
    ----------
    said : list of Said
        The turns.
    name : str
        What to call the file.

    Examples
    --------
    >>> [fault.found for fault in nobody_named([Said("A", "Ja."), Said("", "Nej.")], "a.json")]
    ['1 af 2 ture uden taler (1 ord)']
    >>> [fault] = nobody_named([Said("", "Ja, vi gør.", 0, 90)], "a.vtt")
    >>> fault.found, fault.action[:57]
    ('undertekster uden talere', 'Udskriften (3 ord, 2 minutter) er delt i 1 tur: en tur sl')
    """
    nameless = [turn for turn in said if not turn.label]
    if not nameless:
        return []
    rows = [(word_count(turn.text), turn.start, turn.end) for turn in nameless]
    held = how_much(pd.DataFrame(rows, columns=["words", "start", "end"]))
    if len(nameless) == len(said):
        action = (
            f"Udskriften ({held}) er delt i {many(len(said), 'tur', 'ture')}: en tur slutter, {CUT}. Den kan læses, men"
            " ikke fordeles på grupper. Skriv talerne ind, hvis de kendes."
        )
        return [warning(name, "undertekster uden talere", "hvem der taler", action, quotes=False)]
    found = f"{len(nameless)} af {many(len(said), 'tur', 'ture')} uden taler ({held})"
    action = "Filen siger ikke, hvem der talte. Skriv taleren ind i filen, hvis du kan høre det."
    return [warning(name, found, "en taler til hver tur", action, nameless[0].row, quotes=False)]


def _room_faults(frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    """Warn where one account seems to speak for several people in a room, and of a turn that nobody holds alone."""
    turns = Counter(name for name in frame["speaker"] if name)
    alone = len(turns) == 1 and (len(frame) > 1 or frame["words"].sum() >= _SOME)
    action = "Flere personer har sandsynligvis siddet ved samme konto. Skriv talerne ind i udskriften."
    for name, count in turns.items():
        if alone or is_room(name):
            its = frame[frame["speaker"] == name]
            found = f"»{name}« har {count} af {len(frame)} ture ({how_much(its)})"
            cut = f" Indtil da slutter en tur, {CUT}." if its["end"].notna().all() else ""
            yield warning(file, found, "én taler pr. person", action + cut)
    action = "Se efter, om en anden taler undervejs, og skriv i så fald talerne ind."
    for turn, words in frame.loc[frame["words"] >= _LONG, ["turn", "words"]].itertuples(index=False, name=None):
        found = f"tur {turn} er på {many(words, 'ord', 'ord')}"
        yield warning(file, found, "ture, som én person kan have sagt uafbrudt", action, quotes=False)


def _doubt_faults(said: list[Said], file: str, find: Callable[[str], Match]) -> list[Fault]:
    """Ask about a label that may mean two people, and tell which person a guess fell on."""
    first: dict[str, Said] = {}
    for turn in said:
        first.setdefault(turn.label, turn)
    times = Counter(turn.label for turn in said)
    faults = []
    for label, turn in first.items():
        match = find(label)
        count = many(times[label], "tur", "ture")
        if len(match.people) > 1:
            expected = f"én person; det kan være {listing([f'»{name}«' for name in match.people], 'eller')}"
            action = f'Skriv under talere i {STUDY_FILE}, hvem det er: »"{label}" = "{match.people[0]}"«.'
            faults.append(warning(file, f"{label} ({count})", expected, action, turn.row))
        elif match.guessed:
            action = f"Er det en anden, så skriv det under »talere« i {STUDY_FILE}. Ellers skal intet gøres."
            expected = f"»{match.person}«, som det er læst"
            faults.append(warning(file, f"{label} ({count})", expected, action, turn.row))
    return faults


def _several_faults(frame: pd.DataFrame, said: list[Said], file: str) -> Iterator[Fault]:
    """Tell of what several said at once: it is nobody's view."""
    for label, turns in frame.groupby("speaker", sort=False):
        found = f"{label} ({many(len(turns), 'tur', 'ture')}, {how_much(turns).split(',')[0]})"
        row = said[int(turns["turn"].iloc[0]) - 1].row
        action = "Intet skal gøres. Ordene er med i udskriften, men tælles ikke hos nogen deltager."
        yield warning(file, found, "én taler ad gangen", action, row)
