"""What speech recognition writes for programs: JSON and tab-separated text from whisper, whisperX and their kin."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Final, NoReturn

from blupkit.core.danish import listing
from blupkit.core.files import refuse
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.labels.cutting import joined
from blupkit.interviews.transcripts.turn import NamesSpeaker, Said, finished, seconds

_JSON: Final = re.compile(r'\s*(?:\{\s*"|\[\s*\{)')
_COLUMNS: Final = frozenset({"start", "end", "text"})
#: Where the list of what was said lies: whisper, whisperX and Amberscript; whisper.cpp.
_LISTS: Final = ("segments", "transcription")


def is_json(text: str) -> bool:
    """Tell whether a text is JSON, whole or damaged.

    Examples
    --------
    >>> is_json('{"segments": [{"text":'), is_json("[00:00:03] Bo: Ja."), is_json("{griner} Ja.")
    (True, False, False)
    """
    return bool(_JSON.match(text))


def read_json(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read the segments of whisper, whisperX, whisper.cpp or Amberscript.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked: the file says itself who speaks.

    Returns
    -------
    Reading
        Segments of one speaker that follow each other are a turn; where nobody is named, each segment is.

    Raises
    ------
    FileError
        It is no whole JSON, or not of a kind that is known, or a segment has no text.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        found = (text.splitlines() or [""])[error.lineno - 1 : error.lineno]
        _broken(name, "".join(found)[:60], error.lineno)
    except (RecursionError, ValueError):  # brackets in brackets, or a number of thousands of digits
        _broken(name, text[:60], 1)
    segments = _segments(document, name)
    names = {str(one.get("spkid")): str(one["name"]) for one in _dicts(document, "speakers") if one.get("name")}
    return _reading([_segment(one, number, name, names) for number, one in enumerate(segments, start=1)])


def _broken(name: str, found: str, row: int) -> NoReturn:
    action = "Filen er sandsynligvis klippet over. Hent den igen fra det program, der lavede den, helst som .vtt."
    refuse(name, found or "slutningen af filen", "en hel JSON-fil", action, row=row)


def _segments(document: object, name: str) -> list[object]:
    if isinstance(document, list):
        return document
    inside = document if isinstance(document, dict) else {}
    found = next((inside[key] for key in _LISTS if isinstance(inside.get(key), list)), None)
    if found is None:
        keys = listing([f"»{key}«" for key in inside][:6], "og")
        action = "Gem udskriften fra samme program som .vtt eller .srt med talere, og brug den."
        refuse(name, f"JSON med {keys}", "JSON fra whisper eller whisperX med »segments«", action, quotes=False)
    return list(found)


def _dicts(document: object, key: str) -> list[dict[str, object]]:
    found = document.get(key) if isinstance(document, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _segment(one: object, number: int, name: str, names: Mapping[str, str]) -> Said:
    inside = one if isinstance(one, dict) else {}
    words = _dicts(one, "words")
    alone = (str(word.get("text") or word.get("word") or "") for word in words)
    text = inside.get("text", " ".join(filter(None, alone)) or None)
    if not isinstance(text, str):
        _odd(name, f"segment nr. {number} uden tekst", "»text« i hvert segment")
    span = inside.get("timestamps")
    if isinstance(span, dict):
        times = span.get("from"), span.get("to")
    else:
        first, last = (words[0], words[-1]) if words else ({}, {})
        times = inside.get("start", first.get("start")), inside.get("end", last.get("end"))
    start, end = (_moment(value, number, name) for value in times)
    speaker = inside.get("speaker")
    label = "" if speaker is None else " ".join(str(speaker).split())
    return Said(names.get(label, label), text, start, end)


def _moment(value: object, number: int, name: str) -> float:
    if value is None:
        return math.nan
    try:
        moment = round(float(value), 3) if isinstance(value, int | float) else seconds(str(value))
    except (ValueError, OverflowError):
        moment = math.inf
    if math.isinf(moment):
        _odd(name, f"segment nr. {number} med en tid, der ikke er et tal", "tider i sekunder")
    return moment


def _odd(name: str, found: str, expected: str) -> NoReturn:
    action = "Hent filen igen fra det program, der lavede den, helst som .vtt."
    refuse(name, found, expected, action, quotes=False)


def _reading(cues: list[Said]) -> Reading:
    return Reading(finished(joined(cues)))


def write_json(said: list[Said]) -> str:
    """Write turns as whisperX does; `read_json` gives them back.

    Parameters
    ----------
    said : list of Said
        A turn's time is left out where it has none.
    """
    return json.dumps({"segments": [_as_segment(turn) for turn in said]}, ensure_ascii=False, indent=1)


def _as_segment(turn: Said) -> dict[str, object]:
    times = {"start": turn.start, "end": turn.end}
    known: dict[str, object] = {key: moment for key, moment in times.items() if not math.isnan(moment)}
    return known | {"text": turn.text} | ({"speaker": turn.label} if turn.label else {})


def is_table(text: str) -> bool:
    r"""Tell whether a text is whisper's table: its headings, with a tab between them.

    Examples
    --------
    >>> is_table("start\tend\ttext\n0\t900\tJa."), is_table("start\tJa.")
    (True, False)
    """
    return _COLUMNS.issubset(_heads(text))


def _heads(text: str) -> list[str]:
    return text.partition("\n")[0].lower().split("\t")


def read_table(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read whisper's table, a row a segment: times in thousandths, in seconds where they have decimals, or as a clock.

    Parameters
    ----------
    text, name, names_speaker
        As in `read_json`.

    Returns
    -------
    Reading
        As `read_json`; a column `speaker` names who speaks.

    Raises
    ------
    FileError
        A row has other cells than the headings say, or a time is no number.
    """
    heads = _heads(text)
    if not is_table(text):
        action = "Hent filen igen, eller gem udskriften som .docx, .vtt eller .srt."
        refuse(
            name, text.partition("\n")[0][:60], "overskrifterne start, end og text med tabulator imellem", action, row=1
        )
    rows = [(row, line.split("\t")) for row, line in enumerate(text.split("\n"), start=1) if line.strip()][1:]
    unit = 1 if any("." in cells[heads.index("start")] for _, cells in rows if len(cells) == len(heads)) else 1000
    cues = []
    for row, cells in rows:
        values = dict(zip(heads, cells, strict=False))
        try:
            start, end = (_time(values[key], unit) for key in ("start", "end"))
        except (KeyError, ValueError):
            start = end = math.nan
        if not math.isfinite(start + end) or len(cells) != len(heads):
            action = "Filen er sandsynligvis rettet eller klippet over. Hent den igen."
            refuse(
                name, "\t".join(cells)[:60], "en start, en slutning og en tekst med tabulator imellem", action, row=row
            )
        cues.append(Said(values.get("speaker", "").strip(), values["text"], start, end, row=row))
    return _reading(cues)


def _time(cell: str, unit: int) -> float:
    return seconds(cell) if ":" in cell else round(float(cell) / unit, 3)


def write_table(said: list[Said]) -> str:
    """Write turns as such a table, in seconds; `read_table` gives them back.

    Parameters
    ----------
    said : list of Said
        With times.
    """
    rows = (f"{turn.start:.3f}\t{turn.end:.3f}\t{turn.label}\t{turn.text}" for turn in said)
    return "\n".join(["start\tend\tspeaker\ttext", *rows, ""])
