"""Somebody who took part, found by the name or by the label, with everything that is theirs in the transcripts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from blupkit.core import DataError, Fault, Study
from blupkit.interviews.transcripts.labels.matching import GONE
from blupkit.interviews.transcripts.people import participants
from blupkit.interviews.transcripts.reading import read_turns
from blupkit.interviews.transcripts.register import read_register


@dataclass(frozen=True)
class Person:
    """Somebody who took part in interviews.

    Parameters
    ----------
    name : str
        As the register writes it.
    register : pandas.DataFrame
        Their rows of the register.
    turns : pandas.DataFrame
        Their turns of the interviews.
    places : frozenset of tuple of str
        Interview and number of each of them.
    label : str
        What stands in the place of the name from now on.
    shared : frozenset of str
        Names and aliases that point to others too.
    labels : dict
        Interview and label of each participant → the label when this person is not counted; "" for the person.
    """

    name: str
    register: pd.DataFrame
    turns: pd.DataFrame
    places: frozenset[tuple[str, str]]
    label: str
    shared: frozenset[str]
    labels: dict[tuple[str, str], str]


def find_person(study: Study, who: str) -> Person:
    """Find somebody who took part.

    Parameters
    ----------
    study : Study
        The study.
    who : str
        The name as the register or a transcript has it, or the interview and the label: "fg1: Lokalråd 1".

    Returns
    -------
    Person
        In every interview in which the name stands.

    Raises
    ------
    DataError
        There is nobody of that name, or the files cannot be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> find_person(example_study(), "fg1: Lokalråd 1").name
    'Bo Storm'
    """
    turns, register = read_turns(study), read_register(study)
    called = {
        f"{interview}: {label}".casefold(): speaker for interview, speaker, label in _labelled(participants(turns))
    }
    names = {name.casefold(): name for name in (*turns["speaker"], *register["name"]) if name}
    name = names.get(who.casefold()) or called.get(who.casefold(), "")
    rows = register[(register["name"] == name) & (register["role"] != "sted")]
    said = turns[turns["speaker"] == name]
    if not name or (rows.empty and said.empty) or GONE.fullmatch(name):
        expected = "et navn fra listen over deltagere, eller interview og betegnelse som »fg1: Taler 1«"
        raise DataError(Fault("--participant", "en, der ikke findes", expected, "Se efter i listen, og prøv igen."))
    _check_voices(study, turns, rows)
    places = frozenset((str(interview), str(turn)) for interview, turn in said[["interview", "turn"]].to_numpy())
    taken = {int(speaker.split()[-1]) for speaker in turns["speaker"] if GONE.fullmatch(speaker)}
    others = register[~register.index.isin(rows.index)]
    shared = frozenset(text for name, aliases in others[["name", "aliases"]].to_numpy() for text in (name, *aliases))
    label = f"Udgået {max(taken, default=0) + 1}"
    return Person(name, rows, said, places, label, shared, _labels_without(turns, name))


def _labels_without(turns: pd.DataFrame, name: str) -> dict[tuple[str, str], str]:
    before, after = participants(turns), participants(turns[turns["speaker"] != name])
    now = {(interview, speaker): label for interview, speaker, label in _labelled(after)}
    return {(interview, label): now.get((interview, speaker), "") for interview, speaker, label in _labelled(before)}


def _labelled(people: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(people[["interview", "speaker", "label"]].itertuples(index=False, name=None))


def _check_voices(study: Study, turns: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Refuse where nobody knows which words are theirs."""
    for transcript in study.interview_files.transcripts:
        here = turns[turns["interview"] == transcript.id]
        if transcript.id in set(rows["interview"]) and len(here) and not here["speaker"].any():
            action = "Skriv talerne ind i udskriften, eller slet den, og prøv igen."
            found, expected = "en udskrift uden talere", "hvem der siger hvad; ellers kan ingens ord tages ud"
            raise DataError(Fault(transcript.file, found, expected, action))
