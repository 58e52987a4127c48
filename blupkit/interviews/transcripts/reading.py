"""Transcripts: files of many shapes in, one row a turn out, every speaker looked up in the study's register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core import BlupkitError, Fault, FileError, Study, raise_serious
from blupkit.core.files import refuse
from blupkit.core.language import word_count
from blupkit.core.letters import composed
from blupkit.core.sections import Transcript
from blupkit.interviews.transcripts.documents.source import read_source, says_more
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.formats.table import format_of, what_can_be_read
from blupkit.interviews.transcripts.labels.flowed import explains, key_of, parted
from blupkit.interviews.transcripts.labels.lines import label_lines
from blupkit.interviews.transcripts.labels.matching import GONE, Match, finder
from blupkit.interviews.transcripts.labels.separators import with_colons
from blupkit.interviews.transcripts.labels.speakers import (
    before_colons,
    labels_in_remarks,
    speaker_test,
    speaking_rows,
    untaken_labels,
)
from blupkit.interviews.transcripts.labels.told import speaker_faults
from blupkit.interviews.transcripts.register import read_register
from blupkit.interviews.transcripts.turn import WITHDRAWN, Said, warning
from blupkit.interviews.transcripts.turn_table import Turns

TURN_COLUMNS: Final = ["interview", "turn", "start", "end", "speaker", "role", "group", "text", "words"]


def read_turns(study: Study) -> pd.DataFrame:
    """Read all transcripts of the study, one row a turn.

    The shape of a file is told from its content and its suffix: WebVTT from Teams or Zoom, subtitles (.srt), Word from
    Teams, text or Word typed by hand, a parliamentary record. A file is read whole or refused, with the line. The
    speaker's name is looked up in `talere` of study.toml, then in the register of the same interview; the register
    gives the role, and study.toml's `roller` the group.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        interview, turn (from 1 in each interview), start, end (seconds, NaN where the file has none), speaker, role,
        group (key, "" where the role has none), text, words. Its name alone shows how many they are, and no speech.
        Where a file holds signs that nobody sees, or letters in two parts, there is `written` too: the turn as it
        stands in the file, "" where that is the same.

    Raises
    ------
    DataError
        What is wrong in any of the files, at once. Warnings do not stop the reading; `check_interviews` lists them.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> read_turns(example_study())[["turn", "start", "speaker", "group", "words"]].values.tolist()[2]
    [3, 20.0, 'Ida Holm', 'A', 4]
    """
    turns, faults = load_turns(study)
    raise_serious(faults)
    return turns


def load_turns(study: Study) -> tuple[pd.DataFrame, list[Fault]]:
    """Read what can be read of the transcripts, with everything that is wrong.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    pandas.DataFrame
        As `read_turns`, for the files without faults of level "fejl".
    list of Fault
        All faults and warnings; those of the register only when it cannot be read at all.
    """
    files = study.interview_files
    try:
        register = read_register(study)
    except BlupkitError as error:
        # Without the register every speaker would be unknown, so of the transcripts only missing ones are told.
        lost = [each.file for each in files.transcripts if not study.path(each.file).is_file()]
        action = "Læg filen i mappen, og kør igen."
        missing = [Fault(name, "ingen fil", "en fil med dette navn", action, quotes=False) for name in lost]
        return Turns(_frame([])), [*error.faults, *missing]
    frames: list[pd.DataFrame] = []
    faults: list[Fault] = []
    for transcript in files.transcripts:
        people = register[register["interview"] == transcript.id]
        find = finder(transcript, people)
        try:
            said, warnings = _read_file(study.path(transcript.file), transcript, find)
        except BlupkitError as error:
            faults += error.faults
            continue
        frame = _identified(said, transcript, people, files.roles, find)
        frames.append(frame)
        faults += warnings + speaker_faults(frame, said, transcript, people, files, find)
    turns = pd.concat(frames, ignore_index=True) if frames else _frame([])
    if "written" in turns:
        turns["written"] = turns["written"].fillna("")
    return Turns(turns), faults


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    kinds: dict[str, Any] = {"turn": "int64", "words": "int64", "start": "float64", "end": "float64"}
    columns = zip(*rows, strict=True) if rows else [()] * len(TURN_COLUMNS)
    named = zip(TURN_COLUMNS, columns, strict=True)
    return pd.DataFrame({name: pd.array(cells, dtype=kinds.get(name, "str")) for name, cells in named})


def said_in(study: Study, transcript: Transcript) -> list[Said]:
    """Read what one transcript holds, before anybody is looked up: a turn for each row of `read_turns`.

    Parameters
    ----------
    study : Study
        The study.
    transcript : Transcript
        One of its transcripts.

    Raises
    ------
    FileError, DataError
        The file, or the register, cannot be read.
    """
    register = read_register(study)
    find = finder(transcript, register[register["interview"] == transcript.id])
    return _read_file(study.path(transcript.file), transcript, find)[0]


def _read_file(path: Path, transcript: Transcript, find: Callable[[str], Match]) -> tuple[list[Said], list[Fault]]:
    name = transcript.file
    source = read_source(path, name)

    def read(text: str) -> Reading:
        return _read_text(text, path.suffix.lower(), name, find)

    text = composed(source.text)
    reading = source.read(lambda: read(text))
    said = reading.said
    if not said:
        action = (
            "Skriv foran hver tur, hvem der taler, for eksempel »L1: «. En linje med # foran er en bemærkning."
            f" Dette kan læses: {what_can_be_read()}."
        )
        refuse(name, "ingen linjer med en taler", "linjer som »[00:31:05] L1: …« eller »L1: …«", action, quotes=False)
    if text != source.text:
        with suppress(FileError):  # what could not be read so has no codings either
            said = _with_written(said, read(source.text).said)
    if "&" in text or "\\" in text:  # a format may write such letters in a way of its own, as "&shy;"
        said = list(map(_as_seen, said))
    if source.paragraphs:
        said = [replace(turn, row=source.place(turn.row)) for turn in said]
    faults = [replace(fault, row=source.place(fault.row)) for fault in reading.faults]
    return said, [*source.faults, *faults, *_preamble_faults(reading.before, name)]


def _read_text(text: str, suffix: str, name: str, find: Callable[[str], Match]) -> Reading:
    def is_known(label: str) -> bool:
        return bool(find(label).people)

    shape = format_of(text, suffix)
    text = with_colons(text, is_known) if shape.typed else text
    lines = label_lines(text, typed=shape.typed) if shape.labels else []
    named = speaker_test(lines, is_known, typed=shape.typed)
    key = key_of(text, speaking_rows(lines, named)) if shape.typed else frozenset[str]()
    reading = shape.read(text, name, lambda label: named(label) and not explains(label, key))
    taken = {turn.label for turn in reading.said} | {label for label in before_colons(lines) if explains(label, key)}
    if not shape.typed:
        return reading._replace(faults=[*reading.faults, *untaken_labels(name, lines, named, taken)])
    heard = {turn.row for turn in reading.said} | {*speaking_rows(lines, lambda label: explains(label, key))}
    faults = untaken_labels(name, lines, named, taken, heard)
    faults += labels_in_remarks(name, text, named)
    flow = parted(name, reading.said, reading.before, is_known, key, before_colons(lines))
    return Reading(flow.said, flow.before, [*reading.faults, *flow.faults, *faults])


def _as_seen(turn: Said) -> Said:
    text, label = composed(turn.text), composed(turn.label)
    if (text, label) == (turn.text, turn.label):
        return turn
    return replace(turn, text=" ".join(text.split()), label=label, written=turn.written or turn.text)


def _with_written(said: list[Said], written: list[Said]) -> list[Said]:
    """Keep how each turn stands in the file: codings of earlier versions count its letters."""
    if len(said) != len(written):
        return said
    pairs = zip(said, written, strict=True)
    return [turn if turn.text == stood.text else replace(turn, written=stood.text) for turn, stood in pairs]


def _preamble_faults(before: Sequence[str], name: str) -> list[Fault]:
    """Warn of speech above the first speaker."""
    action = "Sæt en taler foran teksten, eller sæt # foran linjen, hvis den er en bemærkning."
    return [warning(name, line[:60], "en taler foran den første tekst", action) for line in filter(says_more, before)]


def _identified(
    said: list[Said],
    transcript: Transcript,
    people: pd.DataFrame,
    roles: dict[str, str],
    find: Callable[[str], Match],
) -> pd.DataFrame:
    names = {label: find(label).person or label for label in {turn.label for turn in said}}
    known = dict(zip(people["name"], map(str, people["role"]), strict=True))
    known |= dict.fromkeys(filter(GONE.fullmatch, names.values()), WITHDRAWN)
    rows: list[tuple[object, ...]] = []
    for number, turn in enumerate(said, start=1):
        speaker = names[turn.label]
        role = known.get(speaker) or turn.role
        who = (speaker, role, roles.get(role, ""))
        rows.append((transcript.id, number, turn.start, turn.end, *who, turn.text, word_count(turn.text)))
    frame = _frame(rows)
    if any(turn.written for turn in said):
        frame["written"] = pd.Series([turn.written for turn in said], dtype="str")
    return frame
