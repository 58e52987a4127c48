"""What noScribe writes: its web page, and speech over somebody else's speech in all that it writes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from html.parser import HTMLParser
from typing import Final

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.formats.shape import Reading
from blupkit.interviews.transcripts.turn import CLOCK, NamesSpeaker, Said, extended, finished

_PAGE: Final = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.I)
_ANCHOR: Final = re.compile(r"ts_(\d+)_(\d+)_(.*)", re.S)
_TIME: Final = re.compile(rf"\[{CLOCK}\]")
_LABEL: Final = re.compile(r"\s*(?P<label>[^:\n]{1,60}?)\s*:\s*(?P<text>.*)", re.S)
_OVER: Final = re.compile(r"//\s?(?P<label>[^/:\n]{1,60}):(?P<text>.*?)(?://|$)", re.S)
#: As people type it: "Vi søgte [A1: Ja.] i maj."
_BESIDE: Final = re.compile(r"[(\[{]\s?(?P<label>[^()\[\]{}:\n]{1,60}):(?P<text>\s[^()\[\]{}]*)[)\]}]")


@dataclass
class _Paragraph:
    """What stands in a paragraph, and the marks of time in it: start and end in thousandths, and who speaks."""

    text: str = ""
    marks: list[tuple[float, float, str]] = field(default_factory=list)


def is_page(text: str) -> bool:
    """Tell whether a text is a web page.

    Examples
    --------
    >>> is_page("<!DOCTYPE HTML PUBLIC>"), is_page("<html lang='da'>"), is_page("<v Bo>Ja.")
    (True, True, False)
    """
    return bool(_PAGE.match(text))


def read_page(text: str, name: str, names_speaker: NamesSpeaker) -> Reading:
    """Read the web page of noScribe: a turn each paragraph, with the times of the marks in it.

    Parameters
    ----------
    text : str
        The whole file.
    name : str
        What to call it in messages.
    names_speaker : callable
        Not asked: the marks say where somebody is named.

    Raises
    ------
    FileError
        It is another web page.
    """
    page = _Page()
    page.feed(text)
    page.close()
    if not any(one.marks for one in page.paragraphs):
        action = "Åbn siden i Word, gem den som .docx med taleren foran hver tur, og brug den."
        refuse(name, "en webside, der ikke er fra noScribe", "en side fra noScribe", action, quotes=False)
    turns: list[Said] = []
    before: list[str] = []
    labels = {mark[2] for one in page.paragraphs for mark in one.marks if mark[2]}
    for one in page.paragraphs:
        words = _TIME.sub(" ", one.text)
        found = _LABEL.match(words)
        if one.marks:
            start, end = one.marks[0][0] / 1000, one.marks[-1][1] / 1000
            named = found if one.marks[0][2] else None
            turns.append(Said(named["label"] if named else "", named["text"] if named else words, start, end))
        elif turns and found and found["label"] in labels | {turn.label for turn in turns}:
            turns.append(Said(found["label"], found["text"]))
        elif turns:
            extended(turns, words)
        elif words.strip() and "noScribe" not in words:
            before.append(words.strip())
    said = finished(apart(turns))
    return Reading(said, before)


class _Page(HTMLParser):
    """The paragraphs of the body."""

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[_Paragraph] = []
        self._is_hidden = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._is_hidden = False
        if tag == "p" or not self.paragraphs:
            self.paragraphs.append(_Paragraph())
        if tag == "br":
            self.paragraphs[-1].text += "\n"
        mark = _ANCHOR.fullmatch(dict(attrs).get("name") or "") if tag == "a" else None
        if mark:
            self.paragraphs[-1].marks.append((float(mark[1]), float(mark[2]), mark[3].strip("/ ")))

    def handle_data(self, data: str) -> None:
        if not self._is_hidden and self.paragraphs:
            self.paragraphs[-1].text += data


def write_page(said: list[Said]) -> str:
    """Write turns as such a page; `read_page` gives them back.

    Parameters
    ----------
    said : list of Said
        With labels.
    """
    lines = ['<!DOCTYPE html>\n<html><head><meta charset="UTF-8" /></head><body>', *map(_paragraph, said)]
    return "\n".join([*lines, "</body></html>", ""])


def _paragraph(turn: Said) -> str:
    words = escape(f"{turn.label}: {turn.text}" if turn.label else turn.text, quote=False)
    if math.isnan(turn.start):
        return f"<p>{words}</p>"
    start, end = (round(moment * 1000) for moment in (turn.start, turn.start if math.isnan(turn.end) else turn.end))
    return f'<p><a name="ts_{start}_{end}_{escape(turn.label)}">{words}</a></p>'


def apart(said: list[Said]) -> list[Said]:
    """Take out of turns what somebody else said over them: `//S02: Ja. //` is a turn of S02 after the one it is in.

    So is `[S02: Ja.]`, in any brackets.

    Parameters
    ----------
    said : list of Said
        Not changed. Only whoever has a turn is taken for a speaker.

    Examples
    --------
    >>> turns = apart([Said("S01", "Vi søgte //S02: Ja. // i maj."), Said("S02", "Se https://S01: der.")])
    >>> [(turn.label, " ".join(turn.text.split())) for turn in turns]
    [('S01', 'Vi søgte i maj.'), ('S02', 'Ja.'), ('S02', 'Se https://S01: der.')]
    >>> [(turn.label, turn.text) for turn in apart([Said("A1", "Ja."), Said("L1", "Vi (A1: Nå.) gik (NB: ikke).")])]
    [('A1', 'Ja.'), ('L1', 'Vi gik (NB: ikke).'), ('A1', 'Nå.')]
    """
    labels = {turn.label for turn in said}
    return [part for turn in said for part in _parts(turn, labels.__contains__)] if len(labels) > 1 else said


def _parts(turn: Said, is_speaker: Callable[[str], bool]) -> list[Said]:
    others: list[Said] = []

    def taken(found: re.Match[str]) -> str:
        if not is_speaker(found["label"].strip()) or turn.text[: found.start()].endswith(":"):
            return found[0]
        others.append(replace(turn, label=found["label"].strip(), text=found["text"]))
        return " "

    rest = _BESIDE.sub(taken, _OVER.sub(taken, turn.text))
    return finished([replace(turn, text=rest), *others]) if others else [turn]
