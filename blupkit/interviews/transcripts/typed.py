"""Transcripts typed by hand, and the printed record of a parliamentary debate."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from blupkit.interviews.transcripts.labels.lines import label_lines
from blupkit.interviews.transcripts.labels.shape import split_label
from blupkit.interviews.transcripts.labels.speakers import names_after_time
from blupkit.interviews.transcripts.turn import ARROW, CHAIR, NamesSpeaker, Said, clock, extended, finished, seconds

#: Somebody else speaks, who is not named.
_ELSE: Final = ">>"
_PAGE: Final = re.compile(r"\s*(?:Side\s+)?\d{1,4}(?:\s+af\s+\d{1,4})?\s*|\s*Side\s+\d+.*", re.I)
_CLOCK: Final = re.compile(r"[ \t]{2,}Kl\. ?(\d{1,2}:\d{2})(?!\d)[ \t]*")
_MEMBER: Final = re.compile(
    r"(?:\([^()]{3,60}\)\s*)?(?P<name>[A-ZÆØÅ][\w.'’ -]{2,60}?) \((?P<party>[A-ZÆØÅ]{1,4})\):\s*(?P<text>.*)"
)
_OFFICE: Final = re.compile(
    r"(?P<office>Formanden|(?:Første|Anden|Tredje|Fjerde) næstformand|[A-ZÆØÅ][\w, -]{2,60}ministeren)"
    r" \((?P<name>[A-ZÆØÅ][^()]{2,60})\):\s*(?P<text>.*)"
)
_IN_PARENTHESES: Final = re.compile(r"\([^()]{3,60}\)\.?")
_REMARK: Final = re.compile(r"\(Korte? bemærkning(?:er)?\)\.?", re.I)


def read_typed(text: str, names_speaker: NamesSpeaker) -> tuple[list[Said], list[str]]:
    """Read the turns of a transcript typed by hand: each label begins a turn, other lines go on with it.

    Times in the text become the turns'. Lines that begin with # are remarks. A label in bold (`**Interviewer**`) needs
    no colon. One with a time before it begins a turn unless it is a piece of a sentence; one without only when it names
    a speaker, so that a colon inside speech does not. A line that begins with ">>" and has no label is nobody's.

    Parameters
    ----------
    text : str
        The whole file, or a Word file's paragraphs as lines.
    names_speaker : callable
        Whether the words before a colon are a speaker's name.

    Returns
    -------
    list of Said
        The turns; none where the file has no labels.
    list of str
        Lines before the first turn.
    """
    turns: list[Said] = []
    before: list[str] = []
    for line in label_lines(text):
        found = split_label(line.text, names_speaker)
        if line.leads and not found:
            found = split_label(line.text, names_after_time)
        if found:
            turns.append(Said(*found, line.start, line.end, row=line.row))
        elif turns and line.text.startswith(_ELSE):
            turns.append(Said("", line.text.lstrip("> "), line.start, line.end, row=line.row))
        elif turns:
            if line.leads and not turns[-1].text and math.isnan(turns[-1].start):
                turns[-1] = replace(turns[-1], start=line.start)  # the label has a line of its own
            extended(turns, line.whole, line.end if line.whole == line.text else math.nan)
        else:
            before.append(line.whole)
    return finished(_followed(turns)), before


def _followed(turns: list[Said]) -> list[Said]:
    """Let a turn begin where the one before it ends, where most have their times at the end, as f4 has them."""
    ends = [math.nan, *(turn.end for turn in turns)]
    if 2 * sum(map(math.isnan, ends[1:])) >= len(turns):
        return turns
    pairs = zip(turns, ends, strict=False)
    return [replace(turn, start=end) if math.isnan(turn.start) else turn for turn, end in pairs]


def write_typed(said: list[Said]) -> str:
    """Write turns as lines that `read_typed` gives back.

    Parameters
    ----------
    said : list of Said
        Not changed.
    """
    return "\n".join([*map(typed_line, said), ""])


def typed_line(turn: Said) -> str:
    """Write a turn as one line: a label in bold is one whatever it looks like; one with a time rarely needs it.

    Examples
    --------
    >>> typed_line(Said("L1", "Nej.", 5.0)), typed_line(Said("M", "Tak."))
    ('[00:00:05.000] L1: Nej.', '**M:** Tak.')
    """
    time = f"[{_span(turn)}] " if _span(turn) else ""
    if not turn.label:
        return f"{time}{_ELSE} {turn.text}"
    label = f"{turn.label}:" if time and names_after_time(turn.label) else f"**{turn.label}:**"
    return f"{time}{label} {turn.text}"


def _span(turn: Said) -> str:
    start, end = ("" if math.isnan(moment) else clock(moment) for moment in (turn.start, turn.end))
    return f"{start} {ARROW} {end}".strip() if end else start


def is_debate(text: str) -> bool:
    r"""Whether a text is a parliamentary record: a name and a party three times, somebody in the chair, and the time.

    A typed interview may name roles in the same way, "Bo Ravn (LR):".

    Parameters
    ----------
    text : str
        The whole file.

    Examples
    --------
    >>> members = "Bo Ravn (S):\nJa.\nIda Holm (V):\nNej.\nBo Ravn (S):Jo."
    >>> is_debate(f"  Kl. 10:00\nFormanden (Per Bak):Mødet er åbnet.\n{members}"), is_debate(members)
    (True, False)
    """
    lines = [line.strip() for line in text.split("\n")]
    chaired = "Kl." in text and _CLOCK.search(f"  {text}") and any(map(_OFFICE.match, lines))
    return bool(chaired) and sum(map(bool, map(_MEMBER.match, lines))) >= 3


def read_debate(text: str) -> list[Said]:
    """Read the turns of a parliamentary record: the party is the role, and whoever leads the debate is "formand".

    What stands before the first speaker, page numbers, the "Kl. 12:41" at the right edge, headings before a speaker
    and "(Kort bemærkning)." are no speech. A minister who is only named in an announcement, without a time above the
    name, does not speak.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    list of Said
        `start` counts from the first time in the record, in whole minutes.
    """
    turns: list[Said] = []
    lines = _debate_lines(text)
    clock = opened = math.nan
    fresh = False
    for place, line in enumerate(lines):
        if line.clock:
            clock, fresh = seconds(f"{line.clock}:00"), True
            opened = clock if math.isnan(opened) else opened
            continue
        speaker = _debate_speaker(line.text, fresh, lines[place - 1].text if place else "")
        if speaker:
            turns.append(replace(speaker, start=clock - opened, row=line.row))
            fresh = False
        elif turns and line.text and not _is_heading(lines, place):
            extended(turns, line.text)
            fresh = False
    return finished(turns)


@dataclass(frozen=True)
class _Line:
    row: int
    text: str
    clock: str = ""


def _debate_lines(text: str) -> list[_Line]:
    """Cut the record into lines in which a time stands alone: in print it may touch the words on either side."""
    lines = []
    for row, raw in enumerate(text.replace("\f", "\n").split("\n"), start=1):
        if _PAGE.fullmatch(raw):
            continue
        parts = _CLOCK.split(f"  {raw}" if raw.startswith("Kl.") else raw)
        for place, part in enumerate(parts):
            if place % 2:
                lines.append(_Line(row, "", part))
            elif part.strip() or len(parts) == 1:
                lines.append(_Line(row, part.strip()))
    return lines


def _debate_speaker(line: str, fresh: bool, before: str) -> Said | None:
    found = _MEMBER.fullmatch(line) or _OFFICE.fullmatch(line)
    # "(Morten / Messerschmidt (DF): Nej!)" is a call from the floor, printed inside another's speech.
    if found is None or before.rfind("(") > before.rfind(")"):
        return None
    office = found.groupdict().get("office", "")
    role = CHAIR if office else found["party"]
    if office.endswith("ministeren"):
        role = office[:1].lower() + office[1:] if fresh else ""
    return Said(found["name"].strip(), found["text"], role=role) if role else None


def _is_heading(lines: list[_Line], place: int) -> bool:
    line = lines[place].text
    if _REMARK.fullmatch(line):
        return True
    following = next((later for later in lines[place + 1 :] if later.text or later.clock), None)
    if following is None or following.clock or (place and lines[place - 1].text):
        return False
    leads = _debate_speaker(following.text, True, "") is not None
    if _IN_PARENTHESES.fullmatch(line):
        return leads
    short = len(line.split()) <= 6 and line[-1] not in ".,:;?!–"
    return short and (leads or bool(_IN_PARENTHESES.fullmatch(following.text)))
