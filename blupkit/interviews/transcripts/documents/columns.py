"""Transcripts laid out as a table: a row a turn, with columns for the speaker, the text and perhaps the time."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from blupkit.core.files import refuse
from blupkit.core.reading.documents.flow import Table
from blupkit.interviews.transcripts.labels.shape import label_shape
from blupkit.interviews.transcripts.turn import CLOCK

_TIME: Final = re.compile(rf"[\[(#]?\s*({CLOCK})\s*[\])#]?(?:\s*(?:-->|[-–])\s*[\[(]?{CLOCK}[\])]?)?")
_NUMBER: Final = re.compile(r"\d{1,5}[.)]?")
#: What people write over the columns, in Danish, Norwegian, Swedish, English and German.
_HEADS: Final = {
    "speaker": "taler talare speaker sprecher navn name deltager participant hvem who person informant rolle",
    "text": "tekst text udsagn ytring replik udskrift transskription transskript transcript transcription indhold"
    " content tale speech utterance",
    "time": "tid time tidspunkt tidskode timecode timestamp start zeit min",
    "number": "nr nr. no no. # linje line tur turn id",
}
#: How what stands above a transcript begins.
_REMARKS_NAMES: Final = (
    "dato tid tidspunkt sted varighed længde projekt emne titel fil lydfil optaget optagelse transskriberet"
    " transskription deltagere antal kommune interview interviewer interviewperson fokusgruppe gruppe version"
    " date place location duration project title file audio recorded transcribed participants"
)
_REMARKS: Final = frozenset(_REMARKS_NAMES.split())
_NAMED: Final = {word: kind for kind, words in _HEADS.items() for word in words.split()}
_LONGEST_LABEL: Final = 60
_REMARK_WORDS: Final = 8
#: What no reader of labels takes for the end of one.
_APART: Final = " – "


def lines_of(table: Table, name: str, number: int, *, above: bool = False) -> str:
    r"""Write a table as the lines of a transcript.

    Parameters
    ----------
    table : Table
        Rows of cells.
    name : str
        What to call the file in messages.
    number : int
        Where it stands among the paragraphs.
    above : bool
        Whether it stands above all that is said.

    Returns
    -------
    str
        "[0:05] Bo: Ja." for a row of time, speaker and text; of a table with one column what stands in it; of one with
        short remarks, as it stands above a transcript, one row a line.

    Raises
    ------
    FileError
        It has several columns, and which one names the speaker cannot be seen.

    Examples
    --------
    >>> lines_of(Table((("Tid", "Taler", "Tekst"), ("0:05", "Bo", "Ja."), ("0:09", "Ida", "Nej."))), "a.docx", 1)
    'Tid – Taler – Tekst\n[0:05] Bo: Ja.\n[0:09] Ida: Nej.'
    >>> lines_of(Table((("Bo", "Ja."), ("Ida", "Nej."), ("Bo", "Jo."))), "a.docx", 1)
    '**Bo:** Ja.\n**Ida:** Nej.\n**Bo:** Jo.'
    """
    rows = [[cell.strip() for cell in row] for row in table.rows if any(cell.strip() for cell in row)]
    width = max(map(len, rows), default=0)
    rows = [row + [""] * (width - len(row)) for row in rows]
    filled = [column for column in range(width) if any(row[column] for row in rows)]
    if len(filled) < 2:
        return "\n".join(row[column] for row in rows for column in filled)
    lines = _turn_lines(rows, filled) or _remark_lines(rows, filled, above=above)
    if not lines:
        expected = "én kolonne med taleren og én med teksten"
        action = (
            "Skriv »Taler« og »Tekst« øverst i kolonnerne (og »Tid«, hvis der er tider), eller gør tabellen til tekst:"
            " Marker tabellen i Word, og vælg »Konverter til tekst«."
        )
        refuse(name, f"en tabel med {len(filled)} kolonner", expected, action, number, quotes=False)
    return "\n".join(lines)


def _turn_lines(rows: list[list[str]], filled: list[int]) -> list[str]:
    """Give a line a turn where it can be seen which column is which; none where it cannot."""
    head = [_NAMED.get(rows[0][column].casefold().rstrip(":"), "") for column in filled]
    headed = sum(map(bool, head)) > 1
    body = rows[1:] if headed else rows
    kinds = head if headed and "text" in head else _guessed(body, filled)
    if "text" not in kinds or "" in kinds or len(set(kinds)) < len(kinds) or not {"speaker", "time"} & set(kinds):
        return []
    place = dict(zip(kinds, filled, strict=True))
    return ([_APART.join(rows[0])] if headed else []) + [_line(row, place) for row in body]


def _remark_lines(rows: list[list[str]], filled: list[int], *, above: bool) -> list[str]:
    """Give what stands above a transcript, who took part and when, a line a row; none where it is no such."""
    first = [row[filled[0]].rstrip(": ").casefold() for row in rows]
    known = sum(not cell or cell.split(" ")[0] in _REMARKS for cell in first)
    short = all(len(cell.split()) <= _REMARK_WORDS for row in rows for cell in row)
    if not (above and short) and (len(filled) > 2 or 2 * known <= len(first)):
        return []
    return [_APART.join(row[column].rstrip(": ") for column in filled) for row in rows]


def _guessed(rows: list[list[str]], filled: list[int]) -> list[str]:
    """Tell the columns from what stands in them; "" for one that says nothing of itself."""
    cells = {column: [row[column] for row in rows if row[column]] for column in filled}
    kinds = dict.fromkeys(filled, "")
    for column, texts in cells.items():
        if all(map(_TIME.fullmatch, texts)):
            kinds[column] = "time"
        elif all(map(_NUMBER.fullmatch, texts)):
            kinds[column] = "number"
    rest = [column for column in filled if not kinds[column]]
    if rest:
        longest = max(rest, key=lambda column: (sum(map(len, cells[column])), column))
        others = [column for column in rest if column != longest]
        if (len(others) == 1 and _names_speakers(cells[others[0]])) or (not others and "time" in kinds.values()):
            kinds |= {longest: "text"} | dict.fromkeys(others, "speaker")
    return [kinds[column] for column in filled]


def _names_speakers(labels: list[str]) -> bool:
    """Whether labels come again as speakers do, or are such as only speakers have."""
    bare = list(map(_bare, labels))
    short = all(len(label) <= _LONGEST_LABEL and "\n" not in label for label in labels)
    again = sum(times > 1 for times in Counter(bare).values())
    return short and (again > 0 or all(label_shape(label) == "code" for label in bare))


def _bare(label: str) -> str:
    """Leave out what would end a label, or mark it, in a typed line."""
    return " ".join(re.sub(r"[:*\[\]]", " ", label).split())


def _line(row: list[str], place: dict[str, int]) -> str:
    label = _bare(row[place["speaker"]]) if "speaker" in place else ""
    text = row[place["text"]]
    time = _TIME.fullmatch(row[place["time"]]) if "time" in place else None
    if label:
        words = " ".join(text.split())
        return f"[{time[1]}] {label}: {words}" if time else f"**{label}:** {words}"
    return f"[{time[1]}] {text}" if time else text
