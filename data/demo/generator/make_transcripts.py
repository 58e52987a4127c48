"""Put the four focus groups into the shapes that transcripts come in.

The groups were written for this project as tables with one row a turn (`turn, start, end, speaker, text`, separated by
tabs, no quoting). They are not in this repository; what comes out of them is. To make the files anew:

    python data/demo/generator/make_transcripts.py FOLDER_WITH_FG1_TO_FG4 [OUTPUT_FOLDER]

Each shape holds every turn with exactly the text of the table.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.shared import Pt

INTERVIEWS = Path(__file__).resolve().parent.parent / "interview"
GROUPS = ("fg1", "fg2", "fg3", "fg4")
LONGEST_CUE = 30
SHORTEST_CUE = 12
SHORTEST_REST = 6
SENTENCE_END, CLAUSE_END = ".!?…”)", ",:;–"
NAMESPACE = uuid.UUID("5f0d6f0a-52b1-5c1f-9b5e-0c1f3a9d2b11")
LABELS = {
    "Finn Vestergaard Juhl": "L1",
    "Katrine Bloch Friis": "L2",
    "Line Bøgelund Schmidt": "A1",
    "Henrik Lund Andreasen": "A2",
    "Moderator": "M",
    "Teknisk vært": "T",
}


@dataclass(frozen=True)
class Turn:
    """One turn: what one person says without interruption."""

    number: int
    start: float
    end: float
    speaker: str
    text: str


def read_turns(path: Path) -> list[Turn]:
    """Read one group's table."""
    lines = path.read_text("utf-8").splitlines()[1:]
    cells = (line.split("\t") for line in lines)
    return [Turn(int(number), float(start), float(end), who, text) for number, start, end, who, text in cells]


def cut(turn: Turn) -> Iterator[tuple[float, float, str]]:
    """Cut a turn into cues of at most 30 words, at the end of a sentence or clause; a space joins them again."""
    words, pieces = turn.text.split(" "), []
    while len(words) > LONGEST_CUE:
        most = min(LONGEST_CUE, len(words) - SHORTEST_REST)
        spots = range(most, SHORTEST_CUE - 1, -1)
        ends = (SENTENCE_END, CLAUSE_END)
        found = (n for marks in ends for n in spots if words[n - 1].endswith(tuple(marks)))
        size = next(found, most)
        pieces.append(" ".join(words[:size]))
        words = words[size:]
    pieces.append(" ".join(words))
    start, said = turn.start, 0
    for piece in pieces:
        said += len(piece)
        end = turn.start + (turn.end - turn.start) * said / sum(map(len, pieces))
        yield start, end, piece
        start = end


def clock(seconds: float) -> str:
    """Write a time as WebVTT does.

    Parameters
    ----------
    seconds : float
        From the start of the recording.

    Examples
    --------
    >>> clock(3661.5)
    '01:01:01.500'
    """
    thousandths = round(seconds * 1000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def loose_clock(seconds: float) -> str:
    """Write a time as Teams does in Word: nothing padded.

    Parameters
    ----------
    seconds : float
        From the start of the recording.

    Examples
    --------
    >>> loose_clock(65.1), loose_clock(3600)
    ('0:1:5.1', '1:0:0.0')
    """
    hours, minutes, rest = clock(seconds).split(":")
    whole, part = rest.split(".")
    return f"{int(hours)}:{int(minutes)}:{int(whole)}.{part.rstrip('0') or '0'}"


def teams_vtt(turns: list[Turn], name: str) -> bytes:
    """Write the first group as Teams does: CRLF, one id a turn with gaps in the count, the voice in a tag."""
    lines, count = ["WEBVTT", ""], 0
    for turn in turns:
        code = uuid.uuid5(NAMESPACE, f"{name}/{turn.number}")
        count += 1 + turn.number % 3
        for part, (start, end, text) in enumerate(cut(turn)):
            lines += [f"{code}/{count}-{part}", f"{clock(start)} --> {clock(end)}", f"<v {turn.speaker}>{text}</v>", ""]
    return "\r\n".join(lines).encode("utf-8")


def zoom_vtt(turns: list[Turn]) -> bytes:
    """Write the second group as Zoom does: numbered cues, each with the name in front."""
    lines, number = ["WEBVTT", ""], 0
    for turn in turns:
        for start, end, text in cut(turn):
            number += 1
            lines += [str(number), f"{clock(start)} --> {clock(end)}", f"{turn.speaker}: {text}", ""]
    return "\n".join(lines).encode("utf-8")


def teams_docx(turns: list[Turn], title: str) -> bytes:
    """Write the third group as Teams does in Word: one paragraph a turn, with name and time on its first line."""
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = title
    document.core_properties.created = document.core_properties.modified = datetime(2022, 4, 21)
    document.add_heading(title, level=1)
    for turn in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(turn.speaker).bold = True
        time = paragraph.add_run(f"   {loose_clock(turn.start)} --> {loose_clock(turn.end)}")
        time.font.size = Pt(8)
        time.add_break()
        paragraph.add_run(turn.text)
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _without_clock(archive: bytes) -> bytes:
    """Pack a zip file again with one fixed time, so that the same content gives the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(packed, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, date_time=(2022, 4, 21, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 3
            new.writestr(fixed, old.read(entry.filename))
    return packed.getvalue()


def typed_txt(turns: list[Turn]) -> bytes:
    """Write the fourth group as somebody types it: remarks on top, a time and a label before each turn."""
    hours, minutes, _ = clock(turns[-1].end).split(":")
    lines = [
        f"# Fokusgruppe 4 | online | varighed {hours}:{minutes} | syntetiske demodata",
        "# Deltagere: L1, L2 (lokalråd), A1, A2 (ansatte), M (moderator), T (teknisk vært)",
        "# Tegn: … afbrudt, (pause), (griner), (overlapper), (i chatten)",
        "",
    ]
    lines += [f"[{clock(turn.start)[:8]}] {LABELS[turn.speaker]}: {turn.text}" for turn in turns]
    return ("\n".join(lines) + "\n").encode("utf-8")


def participants(source: Path) -> bytes:
    """Gather the registers of the four groups into one table."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(["interview", "navn", "rolle", "kommune", "alder", "aliasser"])
    for group in GROUPS:
        lines = (source / f"{group}_participants.tsv").read_text("utf-8").splitlines()[1:]
        writer.writerows([group, *line.split("\t")] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def make_transcripts(source: Path, folder: Path = INTERVIEWS) -> None:
    """Write the four transcripts and the register into a folder."""
    turns = {group: read_turns(source / f"{group}.tsv") for group in GROUPS}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fg1.vtt").write_bytes(teams_vtt(turns["fg1"], "fg1"))
    (folder / "fg2.vtt").write_bytes(zoom_vtt(turns["fg2"]))
    (folder / "fg3.docx").write_bytes(teams_docx(turns["fg3"], "Fokusgruppe 3 (syntetiske demodata)"))
    (folder / "fg4.txt").write_bytes(typed_txt(turns["fg4"]))
    (folder / "deltagere.csv").write_bytes(participants(source))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(re.sub(r"\A.*?\n\n", "", __doc__ or "", flags=re.DOTALL))
    make_transcripts(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else INTERVIEWS)
