"""A transcript written anew from its turns: whatever shape it had, it is read back as the same turns."""

from __future__ import annotations

import html
import io
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from blupkit.core.files import refuse
from blupkit.interviews.transcripts.docx import is_timed, read_paragraphs
from blupkit.interviews.transcripts.turn import Said
from blupkit.interviews.transcripts.typed import is_debate

#: What stands for words that were taken out: it holds none, and a turn with it is still a turn.
NO_WORDS: Final = "[…]"


def without_words(said: list[Said], gone: Sequence[bool], label: str, mended: Callable[[str], str]) -> list[Said]:
    """Give turns of which some hold no words any more.

    Parameters
    ----------
    said : list of Said
        Not changed.
    gone : sequence of bool
        Which.
    label : str
        What stands in the place of whoever said them.
    mended : callable
        What is done to the others' words.

    Examples
    --------
    >>> turns = without_words([Said("Bo", "Ja."), Said("Ida", "Tak, Bo.")], [True, False], "Udgået 1", str.upper)
    >>> [(turn.label, turn.text) for turn in turns]
    [('Udgået 1', '[…]'), ('Ida', 'TAK, BO.')]
    """
    return [
        replace(turn, label=label, text=NO_WORDS) if goes else replace(turn, text=mended(turn.text))
        for turn, goes in zip(said, gone, strict=True)
    ]


def transcript_of(said: list[Said], path: Path, name: str, remarks: Iterable[str] = ()) -> bytes:
    r"""Write turns in the shape that a transcript has.

    What is no part of a turn does not come along: comments, tracked changes and properties of a Word file, notes in a
    WebVTT file. So nothing can be left in it that is not seen.

    Parameters
    ----------
    said : list of Said
        What is to be read from it.
    path : pathlib.Path
        The file as it is; not changed.
    name : str
        What to call it in messages.
    remarks : iterable of str
        Lines to stand at the top of one that was typed.

    Returns
    -------
    bytes
        What the file is to hold.

    Raises
    ------
    FileError
        It is the printed record of a debate in public.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "fg1.txt"
    >>> _ = path.write_text("L1: Ja.")
    >>> transcript_of([Said("L1", "Nej.", 5.0), Said("M", "Tak.")], path, "fg1.txt").decode()
    '[00:00:05.000] L1: Nej.\n**M:** Tak.\n'
    """
    if path.suffix.lower() == ".docx":
        paragraphs = read_paragraphs(path, name)
        return _word_file(list(map(_timed if is_timed(paragraphs) else _typed, said)))
    text = path.read_bytes().decode("utf-8", "replace")
    if is_debate(text):
        action = "Ret filen i hånden, hvis den, der er taget ud, ikke har talt offentligt."
        refuse(name, "en udskrift af en offentlig debat", "en udskrift af et interview", action)
    if path.suffix.lower() == ".vtt" or text.lstrip("\ufeff").startswith("WEBVTT"):
        return "\n\n".join(["WEBVTT", *(_cue(number, turn) for number, turn in enumerate(said, start=1)), ""]).encode()
    if not any(turn.label for turn in said):
        cues = (f"{number}\n{_arrow(turn, ',')}\n{turn.text}" for number, turn in enumerate(said, start=1))
        return "\n\n".join([*cues, ""]).encode()
    return "\n".join([*remarks, *map(_typed, said), ""]).encode()


def _typed(turn: Said) -> str:
    # A label in bold is one whatever it looks like; one with a time needs no more.
    return (
        f"**{turn.label}:** {turn.text}"
        if math.isnan(turn.start)
        else f"[{_clock(turn.start)}] {turn.label}: {turn.text}"
    )


def _timed(turn: Said) -> str:
    end = "" if math.isnan(turn.end) else f" --> {_clock(turn.end)}"
    return f"{turn.label}   {_clock(turn.start)}{end}\n{turn.text}"


def _cue(number: int, turn: Said) -> str:
    # An utterance of its own: a reader would else join it to the one before when the same voice speaks.
    ident = f"{number:08x}-0000-0000-0000-000000000000/{number}-0"
    label, text = html.escape(turn.label, quote=False), html.escape(turn.text, quote=False)
    return f"{ident}\n{_arrow(turn)}\n<v {label}>{text}</v>"


def _arrow(turn: Said, point: str = ".") -> str:
    end = turn.start if math.isnan(turn.end) else turn.end
    return f"{_clock(turn.start, point)} --> {_clock(end, point)}"


def _clock(seconds: float, point: str = ".") -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"


def _word_file(paragraphs: list[str]) -> bytes:
    from docx import Document  # slow to import, and most studies have no Word file

    document = Document()
    document.core_properties.author = ""
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
