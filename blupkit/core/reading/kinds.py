"""What a file is by its content, whatever it is called: a kind that cannot be read is refused by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from blupkit.core.files import read_bytes, refuse

_ODS: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_SAVE: Final = "Åbn filen i Excel eller LibreOffice, og vælg Gem som → Excel-projektmappe (.xlsx)."
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"
_EXPECTED: Final = "en Excel-projektmappe (.xlsx) eller en tekstfil (.csv)"
_AGAIN: Final = "Hent eksporten igen som Excel (.xlsx) eller CSV."


#: A cell that is a number, as no heading is.
_NUMBER: Final = re.compile(r"""(?:^|[,;\t])["']?-?\d+(?:\.\d+)?["']?(?=[,;\t\r\n]|$)""")


class _Kind(NamedTuple):
    """What a file is, and what to do with it; the ending or the beginning that tells it."""

    found: str
    action: str
    ending: str = ""
    start: str = "(?!)"


_SPSS: Final = "Giv filen endelsen .sav, og ret navnet og format i study.toml, hvis de siger noget andet."
_RUN: Final = (
    "Har du SPSS, så åbn syntaksfilen (.sps) dér, vælg Run → All, og gem som .sav."
    " Ellers hent svarene igen fra systemet som CSV eller Excel."
)
#: What programs write beside or instead of a table; the first that fits.
_KINDS: Final = (
    _Kind("en PDF-fil", _AGAIN, ".pdf", "%PDF"),
    _Kind("en SPSS-datafil", _SPSS, start=r"\$FL[23]"),
    _Kind(
        "en SPSS-syntaksfil (.sps), som siger, hvordan svarene skal læses",
        _RUN,
        ".sps",
        r"(?s).*^(?:GET DATA|DATA LIST)\b",
    ),
    _Kind("en Stata-fil", f"Gem den som CSV i Stata (export delimited). {_AGAIN}", ".dta", "<stata_dta>"),
    _Kind("en syntaksfil til Stata eller SAS", _AGAIN, r".do|.sas"),
    _Kind("en fil fra SAS", _AGAIN, ".sas7bdat|.xpt"),
    _Kind("en fil fra R", _AGAIN, ".rds|.rdata|.rda|.r"),
    _Kind("en SPSS-fil af en ældre slags (.por)", "Åbn den i SPSS, og gem den som .sav.", ".por"),
)


def check_workbook(path: Path, name: str) -> None:
    """Refuse by its name what is no workbook of Excel's, with the way to save it as one.

    Parameters
    ----------
    path : pathlib.Path
        `.xlsx` or `.xlsm`.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        The file is missing or empty, or is one of LibreOffice, of an old Excel, with a password, or a web page.
    """
    start = _start(path, name)
    found = _other(start)
    if not found and start.lstrip()[:1] in {b"<", b"{"}:
        found = "en webside eller en anden tekst, der kun hedder Excel"
    if not found and not start.startswith(_ZIP) and b"\0" not in start:
        action = "Giv filen endelsen .csv, og ret navnet i study.toml."
        refuse(name, "tekst med skilletegn, der kun hedder Excel", "en Excel-projektmappe", action, quotes=False)
    if found:
        refuse(name, found, "en Excel-projektmappe", _SAVE, quotes=False)


def check_text(path: Path, name: str) -> None:
    """Refuse by its name what is no text, with the way to save it so that it can be read.

    Parameters
    ----------
    path : pathlib.Path
        What is to be read as text with separators.
    name : str
        What to call it in messages.

    Raises
    ------
    FileError
        The file is missing or empty, or is a workbook, an archive, or what a program of statistics writes.
    """
    start = _start(path, name)
    found = _other(start)
    if found:
        refuse(name, found, _EXPECTED, _SAVE, quotes=False)
    if start.startswith(_ZIP):
        _refuse_archive(path, name, start)
    text, ending = start.decode("latin-1").removeprefix("ï»¿"), path.suffix.lower()
    for kind in _KINDS:
        if (ending and ending in kind.ending.split("|")) or re.match(kind.start, text, re.MULTILINE):
            refuse(name, kind.found, _EXPECTED, kind.action, quotes=False)
    if ending == ".dat" and _NUMBER.search(text.split("\n")[0]):
        found = "en datafil (.dat) uden overskrifter, som hører til en SPSS-syntaksfil"
        refuse(name, found, _EXPECTED, _RUN, row=1, quotes=False)


def _refuse_archive(path: Path, name: str, start: bytes) -> None:
    parts = _parts(path, start)
    if "[Content_Types].xml" not in parts:
        action = "Pak filen ud (højreklik → Udpak alle), og brug den fil med svar, der ligger i den."
        refuse(name, "en zip-fil", _EXPECTED, action, quotes=False)
    if "word/" in parts:
        refuse(name, "et Word-dokument", _EXPECTED, _AGAIN, quotes=False)
    action = "Giv filen endelsen .xlsx, og ret navnet i study.toml."
    refuse(name, f"en Excel-projektmappe med endelsen {path.suffix}", "en tekstfil", action, quotes=False)


def _parts(path: Path, start: bytes) -> str:
    """Name the parts of an archive: Excel writes its list of them first, other programs last."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return start.decode("latin-1")


def _other(start: bytes) -> str:
    if start.startswith(_OLD):
        return "en projektmappe af en ældre slags (.xls), eller en med adgangskode"
    return "et OpenDocument-regneark (.ods)" if _ODS in start[:200] else ""


def _start(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        start = b""
    return start or read_bytes(path, name)  # says in Danish what is wrong
