"""What kind of document a file is by its content, whatever it is called, and how one that is not read is saved anew."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from blupkit.core.files import decoded

WORD, OPEN_TEXT, RICH_TEXT, TEXT, PAGE = "word", "odt", "rtf", "tekst", "webside"
_AS_WORD: Final = "gem den som Word-dokument (.docx)"
_RENAME: Final = "Skriv så det nye navn i study.toml."
_EXPORT: Final = f"Eksportér udskriften igen fra det program, den kommer fra, som .docx, .vtt eller .txt. {_RENAME}"


@dataclass(frozen=True)
class Unread:
    """A kind of file that is not read.

    Parameters
    ----------
    name : str
        What it is called in Danish: "en PDF".
    action : str
        How it is saved as what is read.
    """

    name: str
    action: str


_RTFD: Final = Unread(
    "en RTFD-mappe fra TextEdit", f"Åbn den i TextEdit, vælg Arkiv → Gem som, og {_AS_WORD}. {_RENAME}"
)
_PDF: Final = Unread(
    "en PDF",
    "Hent udskriften som .docx eller .vtt fra det program, den kommer fra. Findes den kun som PDF, så åbn den i Word,"
    f" se efter, at hver tur begynder med sin taler på en ny linje, og {_AS_WORD}. {_RENAME}",
)
_LOCKED: Final = Unread(
    "et dokument med adgangskode",
    "Åbn det i Word, fjern adgangskoden under Filer → Oplysninger → Beskyt dokument → Kryptér med adgangskode, og gem.",
)
_DOC: Final = Unread(
    "et Word-dokument af en ældre slags (.doc)", f"Åbn filen i Word, vælg Gem som, og {_AS_WORD}. {_RENAME}"
)
_OLD_SHEET: Final = Unread(
    "en Excel-projektmappe af en ældre slags (.xls)", f"Kopiér udskriften over i Word, og {_AS_WORD}. {_RENAME}"
)
_SHEET: Final = Unread("et regneark", f"Kopiér udskriften over i Word, og {_AS_WORD}. {_RENAME}")
_SLIDES: Final = Unread("en præsentation", f"Kopiér udskriften over i Word, og {_AS_WORD}. {_RENAME}")
_DRAWING: Final = Unread("en tegning", _EXPORT)
_PAGES: Final = Unread(
    "et dokument fra Pages", f"Åbn filen i Pages, og vælg Arkiv → Eksporter til → Word (.docx). {_RENAME}"
)
HTML: Final = Unread("en webside (HTML)", f"Åbn den i Word, og {_AS_WORD}. {_RENAME}")
_TTML: Final = Unread(
    "undertekster i TTML-format", f"Hent dem som .vtt eller .srt fra det program, de kommer fra. {_RENAME}"
)
_MHT: Final = Unread("en webside eller en mail i én fil", f"Åbn filen i Word, og {_AS_WORD}. {_RENAME}")
_WORD_XML: Final = Unread("et Word-dokument som XML", f"Åbn filen i Word, vælg Gem som, og {_AS_WORD}. {_RENAME}")
_WORD_PERFECT: Final = Unread("et dokument fra WordPerfect", f"Åbn filen i LibreOffice, og {_AS_WORD}. {_RENAME}")
_GOOGLE: Final = Unread(
    "en genvej til Google Docs",
    f"Åbn dokumentet i Google Docs, og vælg Filer → Download → Microsoft Word (.docx). {_RENAME}",
)
_EBOOK: Final = Unread("en e-bog (EPUB)", _EXPORT)
_DATABASE: Final = Unread("en database, som et program gemmer sit projekt i", _EXPORT)
_PICTURE: Final = Unread("et billede", f"Et billede kan ikke læses. Skriv teksten af i Word, og {_AS_WORD}. {_RENAME}")
_SOUND: Final = Unread(
    "lyd eller video",
    "En optagelse skal skrives ud, før den kan læses: med Teams, med Transskriber i Word eller med et andet program."
    f" {_RENAME}",
)
_ZIP: Final = Unread("en zip-fil", f"Pak den ud, og læg udskriften i undersøgelsens mappe. {_RENAME}")
_DAMAGED: Final = Unread("en fil, der ikke kan åbnes som Word-dokument", "Åbn filen i Word, og gem den igen som .docx.")

#: How a file begins → what it is.
_STARTS: Final = (
    (b"%PDF", _PDF), (b"\xffWPC", _WORD_PERFECT), (b"SQLite format 3\0", _DATABASE),
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF89a", _PICTURE), (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE), (b"ID3\2", _SOUND), (b"ID3\3", _SOUND), (b"ID3\4", _SOUND), (b"OggS\0", _SOUND),
    (b"fLaC\0", _SOUND), (b"\x1aE\xdf\xa3", _SOUND), (b"\xff\xfb", _SOUND), (b"\xff\xf3", _SOUND), (b"#!AMR\n", _SOUND),
    (b"0&\xb2u", _SOUND), (b"7z\xbc\xaf", _ZIP), (b"Rar!\x1a", _ZIP), (b"\x1f\x8b", _ZIP),
)  # fmt: skip
_OLE: Final = b"\xd0\xcf\x11\xe0"
#: Streams of an old compound file → what it is; the others are taken for documents of an old Word.
_STREAMS: Final = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", _DOC),
    ("Workbook", _OLD_SHEET),
    ("Book", _OLD_SHEET),
    ("PowerPoint Document", _SLIDES),
)
_MARKUP: Final[tuple[tuple[re.Pattern[bytes], str | Unread], ...]] = (
    (re.compile(rb"<(?:\w+:)?document(?:-content)?\b[^>]*opendocument", re.I | re.S), OPEN_TEXT),
    (re.compile(rb"<(?:\w+:)?(?:wordDocument|package)\b", re.I), _WORD_XML),
    (re.compile(rb"\A\s*<(?:!doctype\s+html|html)\b", re.I), PAGE),
    (re.compile(rb"<(?:\w+:)?tt\b[^>]*www\.w3\.org/[^>\"']*tt(?:ml|af)", re.I | re.S), _TTML),
    (re.compile(rb"<html[\s>]|<body[\s>]", re.I), HTML),
)
_MIME: Final = re.compile(rb"\A\s*(?:MIME-Version:|From:|Received:|Return-Path:|Subject:)", re.I)
_OPEN: Final[dict[str, str | Unread]] = {
    "text": OPEN_TEXT,
    "spreadsheet": _SHEET,
    "presentation": _SLIDES,
    "graphics": _DRAWING,
}
_MEMBERS: Final[tuple[tuple[str, str | Unread], ...]] = (
    ("word/", WORD), ("xl/", _SHEET), ("ppt/", _SLIDES), ("Index/", _PAGES), ("index.xml", _PAGES),
    ("Index.zip", _PAGES),
)  # fmt: skip
#: Endings of documents: what is called so and is of no known kind is damaged.
_DOCUMENTS: Final = frozenset({".docx", ".docm", ".dotx", ".dotm", ".odt", ".ott", ".fodt"})
_BY_NAME: Final = {".pages": _PAGES, ".gdoc": _GOOGLE, ".rtfd": _RTFD, ".pdf": _PDF}
_LOOKED_AT: Final = 4096


def kind_of(raw: bytes, path: Path) -> str | Unread:
    r"""Tell what a file is.

    Parameters
    ----------
    raw : bytes
        The file.
    path : pathlib.Path
        Its name decides only where its content does not.

    Returns
    -------
    str or Unread
        `WORD`, `OPEN_TEXT`, `RICH_TEXT`, `TEXT` or `PAGE` (of the web); or a kind that is not read.

    Examples
    --------
    >>> kind_of(b"L1: Ja.", Path("a.txt")), kind_of(b"%PDF-1.7", Path("a.txt")).name
    ('tekst', 'en PDF')
    """
    start = raw[:_LOOKED_AT]
    if start.startswith((b"PK\3\4", b"PK\5\6")):
        found: str | Unread | None = _in_zip(raw)
    elif start.startswith(b"{\\rtf"):
        found = RICH_TEXT
    elif start.startswith(_OLE):
        found = next((kind for stream, kind in _STREAMS if stream.encode("utf-16-le") in raw), _DOC)
    else:
        found = next((kind for begins, kind in _STARTS if start.startswith(begins)), None) or _marked_up(start)
    if found is None and (start[4:8] == b"ftyp" or (start[:4] == b"RIFF" and start[8:12] in (b"WAVE", b"AVI "))):
        found = _SOUND
    suffix = path.suffix.lower()
    return found or _BY_NAME.get(suffix) or (_DAMAGED if suffix in _DOCUMENTS else TEXT)


def _in_zip(raw: bytes) -> str | Unread | None:
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        if "mimetype" in names:
            kind = archive.read("mimetype")[:200].decode("ascii", "replace")
            if "opendocument." in kind:
                return _OPEN.get(kind.partition("opendocument.")[2].partition("-")[0].strip(), _DRAWING)
            if "epub" in kind:
                return _EBOOK
        if "[Content_Types].xml" in names and b"wordprocessingml" in archive.read("[Content_Types].xml"):
            return WORD
        for start, known in _MEMBERS:
            if any(name.startswith(start) for name in names):
                return known
        return _ZIP
    return None


def _marked_up(start: bytes) -> str | Unread | None:
    text = (decoded(start) or "").encode()
    if _MIME.match(text) and b"\nContent-Type:" in text:
        return _MHT
    if b"docs.google.com" in text and text.lstrip().startswith(b"{"):
        return _GOOGLE
    if text.lstrip().startswith(b"<"):
        return next((kind for pattern, kind in _MARKUP if pattern.search(text)), None)
    return None
