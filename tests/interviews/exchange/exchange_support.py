"""What the tests of exchange share: projects as other programs write them, put together by hand."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pandas as pd

from blupkit.interviews import Codebook, Coded

PLACE = ["coder", "interview", "turn", "start", "end", "code", "direction", "about", "memo", "quote"]
NAMESPACE = "urn:QDA-XML:project:1.0"
Count = Callable[[str], int]


def guid(word: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, word))


def turns_of(*texts: str, interview: str = "fg1") -> pd.DataFrame:
    """Turns of one interview, spoken by a moderator and two participants in turn."""
    people = [("Moderator", "moderator", ""), ("Bo Ravn Storm", "lokalråd", "L"), ("Ida Holm", "ansat", "A")]
    rows = [
        {"interview": interview, "turn": number, "text": text, "words": len(text.split())}
        | dict(zip(("speaker", "role", "group"), people[number % 3], strict=True))
        for number, text in enumerate(texts, start=1)
    ]
    return pd.DataFrame(rows)


def code_points(text: str) -> int:
    return len(text)


def utf_16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def windows_units(text: str) -> int:
    """UTF-16 units with every line break as two: an independent count of what NVivo does."""
    return utf_16_units(text.replace("\n", "\r\n"))


def selections(
    text: str, coded: Iterable[tuple[str, str]], count: Count, *, named: int | None = None, inclusive: bool = False
) -> str:
    """Write selections of words that stand once in the text, with places counted by `count`."""
    parts = []
    for words, code in coded:
        assert text.count(words) == 1
        start = text.index(words)
        end = count(text[: start + len(words)]) - inclusive
        name = "" if named is None else words if len(words) <= named else words[:named] + "..."
        parts.append(
            f'<PlainTextSelection guid="{guid(words)}" name={quoteattr(name)} startPosition="{count(text[:start])}" '
            f'endPosition="{end}" creatingUser="{guid("user")}"><Coding guid="{guid(words + code)}" '
            f'creatingUser="{guid("user")}"><CodeRef targetGUID="{guid(code)}"/></Coding></PlainTextSelection>'
        )
    return "".join(parts)


def project(
    body: str, codes: Iterable[str] = ("Tillid", "Penge"), origin: str = 'origin="NVivo 12.6"', name: str = "fg1"
) -> str:
    """Write a project with one text, `fg1.txt`."""
    tree = "".join(f'<Code guid="{guid(code)}" name="{code}" isCodable="true"/>' for code in codes)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project name="p" {origin} xmlns="{NAMESPACE}">'
        f'<Users><User guid="{guid("user")}" name="KP"/></Users><CodeBook><Codes>{tree}</Codes></CodeBook>'
        f'<Sources><TextSource guid="{guid("source")}" name="{name}" plainTextPath="internal://fg1.txt">{body}'
        "</TextSource></Sources></Project>"
    )


def archive(
    path: Path, xml: str | bytes, text: str | bytes, inner: str = "project.qde", folder: str = "Sources"
) -> Path:
    """Zip a project and its text as another program does."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(inner, xml)
        file.writestr(f"{folder}/fg1.txt", text)
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


CODES = pd.DataFrame(
    [
        ("1.1", "1", "Roller", "Mandat", "Hvad man kan love", "aftaler", "penge (2.1)", "»Jeg må ikke love«", ()),
        ("1.2", "1", "Roller", "Andet", "", "", "", "", ()),
        ("2.1", "2", "Økonomi", "Andet", "Penge & <projekter>", "", "", "", ()),
        ("A", "3", "Frit", "Kode uden tal", "Linje et\nLinje to", "", "", "", ()),
    ],
    columns=["code", "theme", "theme_name", "name", "definition", "include", "exclude", "example", "patterns"],
)
CODEBOOK = Codebook(CODES)


def coded_of(turns: pd.DataFrame, codings: pd.DataFrame, codebook: Codebook = CODEBOOK) -> Coded:
    return Coded(turns, codebook, codings.assign(source="kodet"))


#: What was said, and what other programs write of it.
SAID = (
    "Hvad er svært 🙂 i samarbejdet?",
    "Puljerne er for små, og der er 👩‍👧 mange om dem.\nDet var også sådan sidste år.",
    "Det er rigtigt, og vi har intet mandat 🙂 til at love noget.",
    "Men vi kan da tale sammen om det hele, ikke?",
)
TURNS = turns_of(*SAID)
#: As somebody typed it: other labels, an empty line between the turns.
TYPED = "Fokusgruppe 1\n\n" + "\n\n".join(f"{'MLA'[n % 3]}1:  {said}" for n, said in enumerate(SAID)) + "\n"
CODED = [
    ("svært 🙂 i samarbejdet", "Tillid"),
    ("Puljerne er for små", "Penge"),
    ("også sådan sidste år", "Penge"),
    ("vi har intet mandat 🙂 til at love noget", "Tillid"),
    ("tale sammen", "Tillid"),
]
BOM = b"\xef\xbb\xbf"


def read_quotes(read: Any) -> list[tuple[str, str]]:
    said = {turn["turn"]: turn["text"] for turn in TURNS.to_dict("records")}
    rows = read.codings.to_dict("records")
    assert [row["quote"] for row in rows] == [said[row["turn"]][row["start"] : row["end"]] for row in rows]
    return [(row["quote"], row["code"]) for row in rows]
