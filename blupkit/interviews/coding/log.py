"""The log of a coder's work: one event a line, only ever added to. What is coded now is what the events add up to."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from blupkit.core import Fault, FileError, Level, read_text

CODED_EVENT: Final = "kodet"
CHANGED: Final = "rettet"
DELETED: Final = "slettet"
DISMISSED: Final = "afvist"
ACTIONS: Final = (CODED_EVENT, CHANGED, DELETED, DISMISSED)
Action = Literal["kodet", "rettet", "slettet", "afvist"]
#: What every event says of its passage. `turn` is a number, or a respondent's id where open answers are coded.
PASSAGE: Final = ("interview", "turn", "start", "end", "code", "direction", "about", "memo", "quote")
_NUMBERS: Final = ("start", "end")
SUFFIX: Final = ".jsonl"

Event = dict[str, Any]


def new_event(coder: str, action: Action, passage: Mapping[str, object], ident: str | None = None) -> Event:
    """Put an event together.

    Parameters
    ----------
    coder : str
        Who does it.
    action : {"kodet", "rettet", "slettet", "afvist"}
        A passage is given a code; a coding is changed; it is taken away; a suggestion is turned down.
    passage : mapping
        interview, turn, start, end (code points, end exclusive), code, direction, about, memo, quote; what is left out
        is empty.
    ident : str, optional
        The coding that is changed or taken away; a new one when omitted.

    Returns
    -------
    dict
        With `time` (UTC, ISO 8601), `id` and `action` before the passage.
    """
    head = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "id": ident or str(uuid.uuid4())}
    return head | {"coder": coder, "action": action} | {key: passage.get(key, "") for key in PASSAGE}


def append_events(path: Path, events: list[Event]) -> None:
    r"""Add events to a log, and come back when they are on the disk.

    A line that was half-written when a kernel was killed is ended first, so that it spoils nothing after it.

    Parameters
    ----------
    path : pathlib.Path
        The log; made with its folder when missing.
    events : list of dict
        What `new_event` made.
    """
    if not events:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
    with path.open("ab+") as log:
        if log.tell():
            log.seek(-1, os.SEEK_END)
            lines = lines if log.read(1) == b"\n" else "\n" + lines
        # One write in append mode: two kernels that write to the same log do not write into each other's lines.
        log.write(lines.encode())
        log.flush()
        os.fsync(log.fileno())


def read_log(
    path: Path, name: str | None = None, coder: str | None = None
) -> tuple[list[tuple[int, Event]], list[Fault]]:
    r"""Read all events of a log, and list the lines that are none.

    Parameters
    ----------
    path : pathlib.Path
        The log; one that is not there yet has no events.
    name : str, optional
        What to call it in messages.
    coder : str, optional
        Whose log it should be.

    Returns
    -------
    list of tuple of int and dict
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
    >>> append_events(path, [new_event("A", "kodet", {"interview": "fg1", "turn": 1, "start": 0, "end": 2})])
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
        if coder is not None and event["coder"] != coder:
            action = "Linjen er brugt. Se efter, om to kodere har skrevet i samme fil."
            faults.append(Fault(name, event["coder"], f"koderen {coder}", action, row, "coder", level=Level.WARNING))
        events.append((row, event))
    return events, faults


def _lines(path: Path, name: str) -> list[tuple[str, bool]]:
    """Read the lines, each with whether its letters could be read.

    A killed kernel can stop in the middle of a letter. That one line is then not UTF-8, and the others must not be
    taken for another encoding because of it.
    """
    raw = path.read_bytes().split(b"\n")
    good = [_is_utf8(line) for line in raw]
    written_here = any(good and not line.isascii() for line, good in zip(raw, good, strict=True))
    if all(good) or not written_here:
        try:
            return [(line, True) for line in read_text(path, name).split("\n")]
        except FileError:
            if all(good):
                raise
    return [(line.decode("utf-8", "replace"), whole) for line, whole in zip(raw, good, strict=True)]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _event(line: str) -> Event | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict) or not all(isinstance(event.get(key), str) for key in ("id", "coder", "action")):
        return None
    if event["action"] not in ACTIONS or not all(isinstance(event.get(key, ""), str | int) for key in PASSAGE):
        return None
    return event


def _broken(name: str, row: int, line: str, *, last: bool) -> Fault:
    if last:
        found, action = "en linje, der kun er halvt skrevet", "Alt før linjen er beholdt. Kod det sidste sted igen."
    else:
        found, action = line[:60], "Linjen er ikke brugt, resten er. Se efter, om en kodning mangler."
    return Fault(name, found, "én hel hændelse i hver linje", action, row=row, level=Level.WARNING)


def current(events: list[tuple[int, Event]]) -> dict[str, tuple[int, Event]]:
    """Add the events up to what is coded now.

    Parameters
    ----------
    events : list of tuple of int and dict
        What `read_log` returned; not changed.

    Returns
    -------
    dict of str to tuple of int and dict
        Id → the line of the last event, and the passage as it stands. An event on a coding that is no longer there
        changes nothing.

    Examples
    --------
    >>> first = new_event("A", "kodet", {"code": "1.1"})
    >>> events = [(1, first), (2, new_event("A", "rettet", {"code": "1.2"}, first["id"]))]
    >>> [(line, event["code"]) for line, event in current(events).values()]
    [(2, '1.2')]
    """
    coded: dict[str, tuple[int, Event]] = {}
    for row, event in events:
        ident = event["id"]
        if event["action"] == CODED_EVENT or (event["action"] == CHANGED and ident in coded):
            coded[ident] = (row, event)
        elif event["action"] == DELETED:
            coded.pop(ident, None)
    return coded


def dismissed(events: list[tuple[int, Event]]) -> set[tuple[str, str, int, int, str]]:
    """Give the suggestions that were turned down and not taken up again: interview, turn, start, end and code."""
    gone: dict[str, tuple[str, str, int, int, str]] = {}
    for _, event in events:
        if event["action"] == DISMISSED and all(isinstance(event.get(key), int) for key in _NUMBERS):
            words = (str(event.get("interview", "")), str(event.get("turn", "")))
            gone[event["id"]] = (*words, event["start"], event["end"], str(event.get("code", "")))
        elif event["action"] == DELETED:
            gone.pop(event["id"], None)
    return set(gone.values())
