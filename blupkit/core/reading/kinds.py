"""What a file is by its content, whatever it is called: a kind that cannot be read is refused by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from blupkit.core.files import read_bytes, refuse

_ODS: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_SAVE: Final = "Åbn filen i Excel eller LibreOffice, og vælg Gem som → Excel-projektmappe (.xlsx)."
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK\x03\x04"


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
        The file is missing or empty, or is a workbook.
    """
    start = _start(path, name)
    found = _other(start)
    if found:
        refuse(name, found, "en Excel-projektmappe (.xlsx) eller en tekstfil (.csv)", _SAVE, quotes=False)
    if start.startswith(_ZIP) and b"[Content_Types].xml" in start:
        action = "Giv filen endelsen .xlsx, og ret navnet i study.toml."
        refuse(name, f"en Excel-projektmappe med endelsen {path.suffix}", "en tekstfil", action, quotes=False)


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
