"""Reading the texts that people send, in whichever encoding, and writing files: always whole or not at all."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from blupkit.core.errors import Fault, FileError

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
#: UTF-8 read as cp1252: "Ã" or "Â" followed by what the second byte of æ, ø, å or a quotation mark looks like there.
MOJIBAKE = re.compile("Ã[¦¸¥†˜…\x85\x98]|Â[«»§]|â€")
#: What is expected instead, and what to do about it.
LEGIBLE: Final = (
    "læsbare danske bogstaver (æ, ø, å)",
    "Filen er gemt i en forkert tegnkodning. Hent den igen, og gem den som UTF-8.",
)
#: Folders with raw data, or with what raw data can be worked out from: nobody but their owner may look into them.
PRIVATE: Final = frozenset({"intern", "sendt", "kvitteringer", "fejl"})
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
#: What XML 1.0 cannot hold, and so no workbook and no project of another program either.
_ILLEGIBLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_text(path: Path, name: str | None = None) -> str:
    r"""Read a text file in whichever of the usual encodings it is.

    A byte order mark decides; without one strict UTF-8 is tried, then cp1252. Never the other way round: cp1252
    decodes nearly everything without complaint. Letters written as base + ring or accent are composed (NFC).

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str, optional
        What to call it in messages; the file's name when omitted.

    Returns
    -------
    str
        The text with line feeds as line ends.

    Raises
    ------
    FileError
        The file is missing, empty, holds zero bytes, or was saved in the wrong encoding ("KÃ¸benhavn").

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "a.txt"
    >>> _ = path.write_bytes("Næstved\r\n".encode("cp1252"))
    >>> read_text(path)
    'Næstved\n'
    """
    name = name or path.name
    text = decoded(read_bytes(path, name))
    if text is None:
        action = "Filen er beskadiget eller af en anden type. Hent den igen."
        refuse(name, "tegn, der ikke er tekst", "en tekstfil i UTF-8, UTF-16 eller Windows-1252", action, quotes=False)
    text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    broken = None if text.isascii() else MOJIBAKE.search(text)
    if broken:
        line = text.count("\n", 0, broken.start()) + 1
        found = text[max(0, broken.start() - 10) : broken.end() + 10].strip()
        refuse(name, found, *LEGIBLE, row=line)
    return text


def refuse(
    name: str, found: str, expected: str, action: str, row: int | None = None, *, quotes: bool = True
) -> NoReturn:
    """Refuse a whole file because of one place in it.

    Parameters
    ----------
    name, found, expected, action, row, quotes
        As in `core.Fault`.

    Raises
    ------
    FileError
        Always.
    """
    raise FileError(Fault(name, found, expected, action, row=row, quotes=quotes))


def read_bytes(
    path: Path,
    name: str,
    missing: str = "Læg filen i mappen, og kør igen.",
    empty: str = "Hent filen igen, og læg den på plads.",
) -> bytes:
    """Read a file that must be there and must hold something.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        What to call it in messages.
    missing, empty : str
        What to do about a file that cannot be opened, or holds nothing.

    Raises
    ------
    FileError
        It cannot be opened, or is empty.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        found = "ingen fil" if isinstance(error, FileNotFoundError) else "en fil, der ikke kan åbnes"
        refuse(name, found, "en fil med dette navn", missing, quotes=False)
    if not raw or raw.isspace():
        refuse(name, "en tom fil", "en fil med indhold", empty, quotes=False)
    return raw


def decoded(raw: bytes) -> str | None:
    """Give the text of a file in whichever of the usual encodings it is; None where it is none of them.

    Parameters
    ----------
    raw : bytes
        The file; no character is changed, and a byte order mark is left out.

    Examples
    --------
    >>> decoded("Næstved".encode("cp1252")), decoded(bytes(3))
    ('Næstved', None)
    """
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if raw.startswith(mark)]
    for encoding in marked or ("utf-8", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def encoded_as(text: str, raw: bytes) -> bytes | None:
    r"""Write a text in the encoding of a file, with its byte order mark; None where a letter cannot be written in it.

    Parameters
    ----------
    text : str
        What `decoded` gave, or that with changes.
    raw : bytes
        The file as it was.

    Examples
    --------
    >>> encoded_as("Næstved", "Sorø".encode("cp1252")), encoded_as("Ā", "Sorø".encode("cp1252"))
    (b'N\xe6stved', None)
    """
    marks = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
    mark = next((mark for mark in marks if raw.startswith(mark)), b"")
    for encoding in (marks[mark],) if mark else ("utf-8", "cp1252"):
        with suppress(UnicodeError):
            raw[len(mark) :].decode(encoding)
            return mark + text.encode(encoding)
    return None


def legible(text: str) -> str:
    r"""Give a text as XML can hold it: a sign that it cannot hold is shown as one that was lost.

    Parameters
    ----------
    text : str
        Any text; it stays as long as it is, so that places in it still hold.

    Examples
    --------
    >>> legible("a\x0bb")
    'a�b'
    """
    return _ILLEGIBLE.sub("�", text)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Put the parts of a document into a zip: the same parts give the same bytes, with no clock and no system in them.

    Parameters
    ----------
    parts : mapping of str to str or bytes
        Name → content, in the order in which they lie there.

    Returns
    -------
    bytes
        The zip.

    Examples
    --------
    >>> zipped({"a.xml": "<a/>"}) == zipped({"a.xml": b"<a/>"}), zipped({})[:2]
    (True, b'PK')
    """
    import zipfile  # few commands write a document

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=_NO_TIME)
            entry.create_system, entry.external_attr, entry.compress_type = 0, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content.encode() if isinstance(content, str) else content)
    return buffer.getvalue()


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, never a half.

    A file that is there keeps who may read it. One in a folder of raw data (`PRIVATE`) is its owner's alone.

    Parameters
    ----------
    path : pathlib.Path
        The file; its folder is made when missing.
    content : str or bytes
        What it is to hold; text is written as UTF-8.
    """
    make_folder(path.parent)
    part = path.with_name(path.name + ".part")
    try:
        with _opened(part, path) as file:
            file.write(content.encode() if isinstance(content, str) else content)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)  # on a full disk, half a file takes room and helps nobody
        raise


def _opened(part: Path, path: Path) -> BinaryIO:
    """Open a file that nobody may read while it is written who may not read the one whose place it takes."""
    part.unlink(missing_ok=True)
    mode = 0o600 if _is_private(path.parent) else path.stat().st_mode & 0o777 if path.is_file() else 0o666
    return os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb")


def _is_private(folder: Path) -> bool:
    return bool(PRIVATE & {folder.name, folder.parent.name})


def make_folder(folder: Path) -> None:
    """Make a folder with those above it; one of raw data (`PRIVATE`) is its owner's alone, also if it was there.

    Parameters
    ----------
    folder : pathlib.Path
        The folder. Where the system has no such rights (Windows), its own rules hold.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "intern"
    >>> make_folder(folder)
    >>> os.name != "posix" or oct(folder.stat().st_mode & 0o777)
    '0o700'
    """
    folder.mkdir(parents=True, exist_ok=True)
    for each in (folder, folder.parent):
        if _is_private(each):
            with suppress(OSError):  # another's folder: it is not ours to close
                each.chmod(0o700)


def keep_from_git(folder: Path) -> None:
    """Make a folder whose content git never offers to take, wherever it lies; rules that stand there already stay.

    Parameters
    ----------
    folder : pathlib.Path
        A study's, or its output's; it need not be there.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp()) / "undersoegelse"
    >>> keep_from_git(folder)
    >>> (folder / ".gitignore").read_text("utf-8").splitlines()[-1]
    '*'
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not (rules := folder / ".gitignore").exists():
        rules.write_text("# Her ligger fortrolige svar: Git tager intet med.\n*\n", "utf-8")
