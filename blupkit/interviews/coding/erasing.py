"""Codings of what somebody said taken out of the coders' files, and the others' words cut again where a name went."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from blupkit.core.files import decoded, encoded_as
from blupkit.interviews.coding.log import SUFFIX

#: Interview (or question) and turn (or respondent), as text.
Place = tuple[str, str]


class Erasing(NamedTuple):
    """What is to go, and how what stays is mended.

    Parameters
    ----------
    is_gone : callable
        Tells of a turn, or of an answer, whether its codings go.
    mended : callable
        Gives a text of somebody else without what points to the person, as long as it was; it is told the text's place
        and where it starts there, "" where that is not known.
    """

    is_gone: Callable[[Place], bool]
    mended: Callable[[Place, str, str], str]


#: Columns of a table of codings, of turns or of answers, that name the place.
_PLACES: Final = (("interview", "turn"), ("spoergsmaal", "besvarelse"))
#: What may hold words, in the log and in the tables.
_WORDS: Final = ("quote", "memo")


def codings_without(raw: bytes, name: str, erasing: Erasing) -> tuple[bytes, int]:
    r"""Give a coder's file without some codings; every other line is as it was, but for a name that went.

    Parameters
    ----------
    raw : bytes
        The file: a log, or a table with tabulators.
    name : str
        Its name, whose suffix tells which.
    erasing : Erasing
        What is to go.

    Returns
    -------
    tuple of bytes and int
        What it is to hold, and how many lines went. From a log go all events on such a coding, and lines that cannot be
        read: nobody can tell what they hold.

    Examples
    --------
    >>> raw = b"interview\tturn\tquote\nfg1\t2\tNej.\nfg1\t3\tJa, Bo.\n"
    >>> erasing = Erasing(lambda place: place == ("fg1", "2"), lambda place, start, text: text.replace("Bo", "__"))
    >>> codings_without(raw, "a.tsv", erasing)
    (b'interview\tturn\tquote\nfg1\t3\tJa, __.\n', 1)
    """
    without = _log_without if name.endswith(SUFFIX) else _table_without
    lines = (decoded(raw) or raw.decode("utf-8", "replace")).split("\n")
    kept, gone = without(lines, erasing)
    text = "\n".join(kept)
    return encoded_as(text, raw) or text.encode(), gone


def _log_without(lines: list[str], erasing: Erasing) -> tuple[list[str], int]:
    events = [_event(line) for line in lines]
    # Where a coding stands is what was said last: a turn that it stood in before may be somebody else's now.
    last = {event.get("id"): _place(event) for event in events if event and event.get("interview")}
    theirs = {ident for ident, place in last.items() if erasing.is_gone(place)}
    kept = []
    for line, event in zip(lines, events, strict=True):
        if not line.strip():
            kept.append(line)
        elif event and event.get("id") not in theirs:
            mended = event | _mended(event, _place(event), erasing)
            kept.append(line if mended == event else json.dumps(mended, ensure_ascii=False))
    return kept, len(lines) - len(kept)


def _event(line: str) -> dict[str, object] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def _place(event: dict[str, object]) -> Place:
    return str(event.get("interview", "")), str(event.get("turn", ""))


def _table_without(lines: list[str], erasing: Erasing) -> tuple[list[str], int]:
    heads = lines[0].rstrip("\r").split("\t")
    interview, turn = next((pair for pair in _PLACES if set(pair) <= set(heads)), _PLACES[0])
    kept, gone = [lines[0]], 0
    for line in lines[1:]:
        cells = dict(zip(heads, line.rstrip("\r").split("\t"), strict=False))
        place = cells.get(interview, ""), cells.get(turn, "")
        if erasing.is_gone(place):
            gone += 1
            continue
        mended = cells | _mended(cells, place, erasing)
        ending = line[len(line.rstrip("\r")) :]
        kept.append(line if mended == cells else "\t".join(mended[head] for head in heads) + ending)
    return kept, gone


def _mended(cells: Mapping[str, object], place: Place, erasing: Erasing) -> dict[str, str]:
    start = {"quote": str(cells.get("start", ""))}
    return {key: erasing.mended(place, start.get(key, ""), str(cells[key])) for key in _WORDS if cells.get(key)}
