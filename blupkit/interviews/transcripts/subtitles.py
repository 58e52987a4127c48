"""WebVTT from Teams and Zoom, and subtitles. A file is read whole or refused, with the line."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import groupby
from typing import Final, NamedTuple

import webvtt

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.labels.cutting import begins_anew, joined
from blupkit.interviews.transcripts.labels.lines import plain
from blupkit.interviews.transcripts.labels.shape import split_label
from blupkit.interviews.transcripts.turn import (
    ARROW,
    CLOCK,
    NamesSpeaker,
    Said,
    arrow,
    extended,
    finished,
    seconds,
)

_VTT_TIMING: Final = re.compile(r"(?:\d{2,}:)?\d{2}:\d{2}\.\d{1,3}\s+-->\s+(?:\d{2,}:)?\d{2}:\d{2}\.\d{1,3}(?:\s.*)?")
_SRT_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[,.]\d{1,3})?"
_SRT_TIMING: Final = re.compile(rf"{_SRT_CLOCK}\s+-->\s+{_SRT_CLOCK}(?:\s.*)?")
_IN_BRACKETS: Final = re.compile(r"\[[^\]]+\]:")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]+)*\s+([^>]*)>")
#: YouTube's, which has the two times of a cue on one line and a comma between.
_SBV_TIMING: Final = re.compile(r"^(\d{1,2}:\d{2}:\d{2}\.\d{3}),(\d{1,2}:\d{2}:\d{2}\.\d{3})[ \t]*$", re.M)
#: Webex names the speaker in a cue's identifier, and nowhere else.
_WEBEX_ID: Final = re.compile(r'\d+ "([^"]+)" \(\d+\)')
_TEAMS_ID: Final = re.compile(r"([0-9a-fA-F-]{8,})/(\d+)-\d+")
#: Somebody else speaks from here on, named or not; a dash says so where another line of the cue begins with one too.
_CHANGE: Final = re.compile(r"\s*>{2,3}\s*")
_DASH: Final = re.compile(r"\s*[-–—]\s*(?=[^\W\d_])")
#: Cues whose times are nearer than this are one utterance that the program has cut.
_JOINED: Final = 0.0015


class _Block(NamedTuple):
    """Lines between two empty lines, with the number of the first."""

    row: int
    lines: list[str]


def read_vtt(text: str, name: str, names_speaker: NamesSpeaker) -> list[Said]:
    """Read the turns of a WebVTT file from Teams, Zoom or another program.

    In Teams' files the voice stands in a tag, and the id's first part tells utterances apart: cues of one voice with
    the same first part are one turn, also where somebody else spoke in between; a cue that names no voice among
    others that do is nobody's. In Zoom's files the name stands before a colon: a cue with a name begins a turn,
    unless the same speaker goes on at the very moment the last cue ended; a cue without a name goes on with the last
    speaker, unless a sign says that somebody else speaks. In Webex' files the name stands in the cue's identifier.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Whether the words before a colon are a speaker's name.

    Returns
    -------
    list of Said
        In the order in which the turns begin in the file.

    Raises
    ------
    FileError
        Any part of the file could not be read, with the line: then none of it is used.
    """
    cues = _vtt_cues(text, name)
    if not any(cue.text for cue in cues):
        action = "Hent udskriften igen; den er tom."
        refuse(name, "ingen replikker", "mindst én replik med tid og tekst", action, quotes=False)
    if any(cue.label for cue in cues):
        return finished(joined([replace(cue, text=plain(cue.text)) for cue in cues]))
    voiced = any(_VOICE.search(cue.text) for cue in cues)
    return finished(_voiced(cues) if voiced else _named(cues, names_speaker))


def read_srt(text: str, name: str, names_speaker: NamesSpeaker) -> list[Said]:
    """Read the turns of a subtitle file: where nobody is named one cue is one turn, else all until another speaks.

    Where speakers stand in brackets, as whisperX writes them, a cue without one is nobody's; where only names stand
    before a colon, it goes on with the last speaker. Words behind ">>", or behind one of several dashes in a cue, are
    somebody else's: nobody's, where no name follows.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Whether the words before a colon are a speaker's name.

    Returns
    -------
    list of Said
        With the label "" where the file names nobody.

    Raises
    ------
    FileError
        Any part of the file could not be read, with the line.
    """
    blocks = _blocks(text)
    _check_blocks(blocks, name, _SRT_TIMING, "en tid som 00:00:05,100 --> 00:00:09,100 over teksten")
    spoken: list[Said] = []
    in_brackets = any(_IN_BRACKETS.match(line) for block in blocks for line in block.lines)
    for block in blocks:
        place = 0 if ARROW in block.lines[0] else 1
        start, end = re.findall(CLOCK, block.lines[place])[:2]
        cue = Said("", "", seconds(start), seconds(end), row=block.row + place)
        for label, words in _name_lines(plain("\n".join(block.lines[place + 1 :])), names_speaker):
            said = replace(cue, label=label or "", text=words)
            if label == "" and spoken and not in_brackets:
                said = replace(said, label=spoken[-1].label)
            spoken.append(said)
    return finished(joined(spoken))


def is_sbv(text: str) -> bool:
    r"""Tell whether a text begins as YouTube's subtitles do.

    Examples
    --------
    >>> is_sbv("0:00:01.000,0:00:02.500\nL1: Ja."), is_sbv("1\n00:00:01,000 --> 00:00:02,500\nL1: Ja.")
    (True, False)
    """
    return bool(_SBV_TIMING.match(text.lstrip()))


def read_sbv(text: str, name: str, names_speaker: NamesSpeaker) -> list[Said]:
    """Read YouTube's subtitles, which differ from others in how a time is written.

    Parameters
    ----------
    text, name, names_speaker
        As in `read_srt`.

    Raises
    ------
    FileError
        As `read_srt`.
    """
    return read_srt(_SBV_TIMING.sub(rf"\1 {ARROW} \2", text), name, names_speaker)


def write_sbv(said: list[Said]) -> str:
    """Write turns as YouTube's subtitles; `read_sbv` gives them back.

    Parameters
    ----------
    said : list of Said
        With times.
    """
    words = (f"[{turn.label}]: {turn.text}" if turn.label else turn.text for turn in said)
    pairs = zip(said, words, strict=True)
    return "\n\n".join([*(f"{arrow(turn).replace(f' {ARROW} ', ',')}\n{text}" for turn, text in pairs), ""])


def write_vtt(said: list[Said]) -> str:
    """Write turns as WebVTT, one cue a turn; `read_vtt` gives them back.

    Parameters
    ----------
    said : list of Said
        With times.
    """
    return "\n\n".join(["WEBVTT", *(_cue(number, turn) for number, turn in enumerate(said, start=1)), ""])


def _cue(number: int, turn: Said) -> str:
    # An utterance of its own: a reader would else join it to the one before when the same voice speaks.
    ident = f"{number:08x}-0000-0000-0000-000000000000/{number}-0"
    label, text = html.escape(turn.label, quote=False), html.escape(turn.text, quote=False)
    return f"{ident}\n{arrow(turn)}\n<v {label}>{text}</v>"


def write_srt(said: list[Said]) -> str:
    """Write turns as subtitles, one cue a turn; `read_srt` gives them back.

    Parameters
    ----------
    said : list of Said
        With times.
    """
    words = (f"[{turn.label}]: {turn.text}" if turn.label else turn.text for turn in said)
    cues = (f"{n}\n{arrow(turn, ',')}\n{text}" for n, (turn, text) in enumerate(zip(said, words, strict=True), start=1))
    return "\n\n".join([*cues, ""])


def _blocks(text: str) -> list[_Block]:
    runs = groupby(enumerate(text.split("\n"), start=1), key=lambda numbered: bool(numbered[1].strip()))
    filled = [list(run) for is_filled, run in runs if is_filled]
    return [_Block(run[0][0], [line for _, line in run]) for run in filled]


def _vtt_cues(text: str, name: str) -> list[Said]:
    """Read the cues, each as what is said in it with its tags, and with what tells Teams' utterances apart as key."""
    if not text.startswith("WEBVTT"):
        refuse(name, text.split("\n", 1)[0][:60], "WEBVTT på første linje", "Hent udskriften igen som .vtt.", row=1)
    header, *rest = _blocks(text)
    for number, line in enumerate(header.lines, start=1):
        if ARROW in line:
            refuse(name, line[:60], "en tom linje efter WEBVTT", "Indsæt en tom linje under WEBVTT.", row=number)
    blocks = [block for block in rest if not re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", block.lines[0])]
    _check_blocks(blocks, name, _VTT_TIMING, "en tid som 00:00:05.100 --> 00:00:09.100 over teksten")
    with_text = [block for block in blocks if ARROW not in block.lines[-1]]
    captions = [caption for caption in webvtt.from_string(text).captions if caption.raw_text]
    # webvtt-py passes over what it cannot read; what it found must be what stands there.
    if len(captions) != len(with_text):
        found = f"{len(captions)} læsbare replikker af {len(with_text)}"
        refuse(name, found, "replikker, der alle kan læses", "Hent udskriften igen.", quotes=False)
    cues = []
    for block, caption in zip(with_text, captions, strict=True):
        ident = (caption.identifier or "").strip()
        teams, webex = _TEAMS_ID.fullmatch(ident), _WEBEX_ID.fullmatch(ident)
        times, label = (seconds(caption.start), seconds(caption.end)), " ".join(webex[1].split()) if webex else ""
        cues.append(Said(label, caption.raw_text, *times, row=block.row, key=teams.groups() if teams else ()))
    return cues


def _check_blocks(blocks: list[_Block], name: str, timing: re.Pattern[str], expected: str) -> None:
    """Refuse what a reader of subtitles would pass over in silence: text without a time, odd times, a cut end."""
    for block in blocks:
        place = next((number for number, line in enumerate(block.lines) if ARROW in line), None)
        if place is None or place > 1:
            action = "Slet den tomme linje over teksten, hvis den hører til replikken før, eller hent udskriften igen."
            refuse(name, block.lines[0][:60], expected, action, row=block.row)
        for number, line in enumerate(block.lines):
            if ARROW in line and (number != place or not timing.fullmatch(line.strip())):
                action = "Ret tiden, eller hent udskriften igen."
                refuse(name, line.strip()[:60], expected, action, row=block.row + number)
    if blocks:
        _check_end(blocks, name)


def _check_end(blocks: list[_Block], name: str) -> None:
    last = blocks[-1]
    words = "\n".join(last.lines)
    closed_elsewhere = any("</v>" in line for block in blocks[:-1] for line in block.lines)
    unclosed = "<v" in words and not words.rstrip().endswith("</v>")
    if ARROW in last.lines[-1] or (closed_elsewhere and unclosed):
        action = "Filen er sandsynligvis klippet over. Hent udskriften igen."
        row = last.row + len(last.lines) - 1
        refuse(name, last.lines[-1].strip()[:60], "en sidste replik, der er hel", action, row=row)


def _voiced(cues: list[Said]) -> list[Said]:
    return joined(
        [
            Said(voice, plain(words), cue.start, cue.end, row=cue.row, key=cue.key)
            for cue in cues
            for voice, words in _voices(cue.text)
        ]
    )


def _voices(text: str) -> list[tuple[str, str]]:
    """Part a cue at its voice tags; webvtt-py keeps the first one only."""
    before, *parts = _VOICE.split(text)
    names = (" ".join(html.unescape(name).split()) for name in parts[::2])
    pairs = list(zip(names, parts[1::2], strict=True))
    return [("", before), *pairs] if before.strip() else pairs


def _named(cues: list[Said], names_speaker: NamesSpeaker) -> list[Said]:
    spoken = [
        (Said(label or "", words, cue.start, cue.end, row=cue.row, key=cue.key), label is None)
        for cue in cues
        for label, words in _name_lines(plain(cue.text), names_speaker)
    ]
    nameless = not any(cue.label for cue, _ in spoken)
    turns: list[Said] = []
    for said, is_other in spoken:
        goes_on = turns and not is_other and _same_voice(turns[-1], said)
        if goes_on and not (nameless and begins_anew(turns[-1], said)):
            extended(turns, said.text, said.end)
        else:
            turns.append(said)
    return turns


def _same_voice(before: Said, cue: Said) -> bool:
    return not cue.label or (cue.label == before.label and abs(cue.start - before.end) < _JOINED)


def _name_lines(text: str, names_speaker: NamesSpeaker) -> list[tuple[str | None, str]]:
    """Part a cue at its labels: "" where it goes on as before, None where somebody else speaks who is not named."""
    lines = (_CHANGE.sub("\n>> ", text) if ">>" in text else text).strip("\n").split("\n")
    dashes = sum(map(bool, map(_DASH.match, lines))) > 1
    pieces: list[tuple[str | None, str]] = []
    for line in lines:
        found = split_label(line, names_speaker)
        change = _CHANGE.match(line) or (_DASH.match(line) if dashes else None)
        if found:
            pieces.append(found)
        elif change:
            pieces.append((None, line[change.end() :]))
        elif pieces:
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]} {line}")
        else:
            pieces.append(("", line))
    return pieces
