"""The log of a coder's work: one event a line, only ever added to. What is coded now is what the events add up to."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from blupkit.core import Fault, FileError, Level, read_text
from blupkit.interviews.coding.passage import PASSAGE_FIELDS, Codable, Passage, Place

SUFFIX: Final = ".jsonl"


class Action(StrEnum):
    """What an event says, as it stands in the log."""

    CODED = "kodet"
    CHANGED = "rettet"
    DELETED = "slettet"
    DISMISSED = "afvist"
    #: A program found a coding's words elsewhere; it stays so until a person changes or confirms it ("rettet"). An old
    #: version, which does not know it, leaves the coding where it was, set aside, and tells of the line.
    MOVED = "flyttet"
    #: What somebody remarks on a code or on an interview; nothing is coded by it.
    NOTED = "notat"


class Event(NamedTuple):
    """One line of a log: when (UTC, ISO 8601), which coding, who, what, and on which passage."""

    time: str
    id: str
    coder: str
    action: Action
    passage: Passage


def new_event(coder: str, action: Action, passage: Passage, ident: str = "") -> Event:
    """Put an event together.

    Parameters
    ----------
    coder : str
        Who does it.
    action : Action
        A passage is given a code; a coding is changed; it is taken away; a suggestion is turned down; a coding's words
        are found elsewhere; something is remarked.
    passage : Passage
        What it is about; what is left out is empty.
    ident : str
        The coding that is changed or taken away; a new one when omitted.

    Examples
    --------
    >>> new_event("A", Action.DELETED, Passage(), "x")[1:4]
    ('x', 'A', <Action.DELETED: 'slettet'>)
    """
    return Event(
        datetime.now(UTC).isoformat(timespec="milliseconds"), ident or str(uuid.uuid4()), coder, action, passage
    )


def rewritten(coder: str, before: Event, passage: Passage) -> Event:
    """Change a coding without anybody having seen where it stands: one that was moved stays unconfirmed.

    Examples
    --------
    >>> moved = new_event("A", Action.MOVED, Passage(code="1.1"), "x")
    >>> rewritten("A", moved, Passage(code="1.2")).action
    <Action.MOVED: 'flyttet'>
    """
    action = Action.MOVED if before.action is Action.MOVED else Action.CHANGED
    return new_event(coder, action, passage, before.id)


def append_events(path: Path, events: list[Event]) -> None:
    r"""Add events to a log, and come back when they are on the disk.

    A line that was half-written when a kernel was killed is ended first, so that it spoils nothing after it.

    Parameters
    ----------
    path : pathlib.Path
        The log; made with its folder when missing.
    events : list of Event
        What `new_event` made.
    """
    if not events:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(_fields(event), ensure_ascii=False) + "\n" for event in events)
    # What was said stands in it: it is made as its owner's alone.
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as log:
        if log.tell():
            log.seek(-1, os.SEEK_END)
            lines = lines if log.read(1) == b"\n" else "\n" + lines
        # One write in append mode: two kernels that write to the same log do not write into each other's lines.
        log.write(lines.encode())
        log.flush()
        os.fsync(log.fileno())


def _fields(event: Event) -> dict[str, str | int]:
    """Give an event as it stands in its line: the passage beside the rest, an empty cell where nothing is said."""
    passage = {key: "" if value is None else value for key, value in asdict(event.passage).items()}
    return {"time": event.time, "id": event.id, "coder": event.coder, "action": event.action, **passage}


def read_log(
    path: Path, name: str = "", coder: str = "", codable: Codable | None = None
) -> tuple[list[tuple[int, Event]], list[Fault]]:
    r"""Read all events of a log, and list the lines that are none.

    Parameters
    ----------
    path : pathlib.Path
        The log; one that is not there yet has no events.
    name : str
        What to call it in messages; the file's own name when omitted.
    coder : str
        Whose log it should be; "" where anybody may write in it.
    codable : Codable, optional
        The turns: places that were counted in the file's own letters are then those of the text as it is read.

    Returns
    -------
    list of tuple of int and Event
        Line and event.
    list of Fault
        An "advarsel" for each line that is half-written or says nothing that can be understood; the rest is kept.

    Raises
    ------
    FileError
        The log cannot be read, or is in a wrong encoding.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.jsonl"
    >>> append_events(path, [new_event("A", Action.CODED, Passage("fg1", 1, 0, 2))])
    >>> with path.open("a") as log:
    ...     _ = log.write('{"time": "2026-')
    >>> events, faults = read_log(path)
    >>> len(events), faults[0].row
    (1, 2)
    """
    name = name or path.name
    if not path.is_file() or not path.stat().st_size:
        return [], []
    events: list[tuple[int, Event]] = []
    faults = []
    lines = _lines(path, name)
    for row, (line, whole) in enumerate(lines, start=1):
        if not line.strip():
            continue
        event = _event(line) if whole else None
        if event is None:
            faults.append(_broken(name, row, line, last=row == len(lines)))
            continue
        if coder and event.coder != coder:
            action = "Linjen er brugt. Se efter, om to kodere har skrevet i samme fil."
            faults.append(Fault(name, event.coder, f"koderen {coder}", action, row, "coder", level=Level.WARNING))
        events.append((row, event if codable is None else event._replace(passage=codable.as_read(event.passage))))
    return events, faults


def _lines(path: Path, name: str) -> list[tuple[str, bool]]:
    """Read the lines, each with whether its letters could be read.

    A killed kernel can stop in the middle of a letter. That one line is then not UTF-8, and the others must not be
    taken for another encoding because of it.
    """
    raw = path.read_bytes().split(b"\n")
    lines = [line.decode("utf-8", "replace") for line in raw]
    good = [text.encode() == line for text, line in zip(lines, raw, strict=True)]
    written_here = any(good and not line.isascii() for line, good in zip(raw, good, strict=True))
    if all(good) or not written_here:
        try:
            return [(line, True) for line in read_text(path, name).split("\n")]
        except FileError:
            if all(good):
                raise
    return list(zip(lines, good, strict=True))


#: The passage's parts that may be numbers; the others are text.
_PLACE: Final = ("turn", "start", "end")


def _event(line: str) -> Event | None:
    try:
        cells = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(cells, dict) or not all(isinstance(cells.get(key), str) for key in ("id", "coder", "action")):
        return None
    said = {key: cells.get(key, "") for key in PASSAGE_FIELDS}
    if cells["action"] not in tuple(Action) or not all(isinstance(value, str | int) for value in said.values()):
        return None
    passage = Passage(**{key: value if key in _PLACE else str(value) for key, value in said.items()})
    return Event(str(cells.get("time", "")), cells["id"], cells["coder"], Action(cells["action"]), passage)


def _broken(name: str, row: int, line: str, *, last: bool) -> Fault:
    if last:
        found, action = "en linje, der kun er halvt skrevet", "Alt før linjen er beholdt. Kod det sidste sted igen."
    else:
        found, action = line[:60], "Linjen er ikke brugt, resten er. Se efter, om en kodning mangler."
    return Fault(name, found, "én hel hændelse i hver linje", action, row=row, level=Level.WARNING, quotes=not last)


def current(events: list[tuple[int, Event]]) -> dict[str, tuple[int, Event]]:
    """Add the events up to what is coded now.

    Parameters
    ----------
    events : list of tuple of int and Event
        What `read_log` returned; not changed.

    Returns
    -------
    dict of str to tuple of int and Event
        Id → the line of the last event, and the passage as it stands. An event on a coding that is no longer there
        changes nothing.

    Examples
    --------
    >>> first = new_event("A", Action.CODED, Passage(code="1.1"))
    >>> events = [(1, first), (2, new_event("A", Action.CHANGED, Passage(code="1.2"), first.id))]
    >>> [(line, event.passage.code) for line, event in current(events).values()]
    [(2, '1.2')]
    """
    coded: dict[str, tuple[int, Event]] = {}
    for row, event in events:
        changes = event.action in (Action.CHANGED, Action.MOVED)
        if event.action is Action.CODED or (changes and event.id in coded):
            coded[event.id] = (row, event)
        elif event.action is Action.DELETED:
            coded.pop(event.id, None)
    return coded


def dismissed(events: list[tuple[int, Event]]) -> set[Place]:
    """Give the places and codes of the suggestions that were turned down and not taken up again.

    Parameters
    ----------
    events : list of tuple of int and Event
        What `read_log` returned; not changed.
    """
    gone: dict[str, Place] = {}
    for _, event in events:
        if event.action is Action.DISMISSED:
            gone[event.id] = event.passage.place
        elif event.action is Action.DELETED:
            gone.pop(event.id, None)
    return set(gone.values())


def noted(events: list[tuple[int, Event]]) -> list[Event]:
    """Give what is remarked on codes and on interviews: the last that was written of each, and not taken away.

    Parameters
    ----------
    events : list of tuple of int and Event
        What `read_log` returned; not changed.

    Examples
    --------
    >>> written = [new_event("A", Action.NOTED, Passage(code="1.1", memo=text)) for text in ("Bred", "Del den op")]
    >>> [event.passage.memo for event in noted(list(enumerate(written, start=1)))]
    ['Del den op']
    """
    last = {(event.passage.interview, event.passage.code): event for _, event in events if event.action is Action.NOTED}
    return [event for event in last.values() if event.passage.memo.strip()]
