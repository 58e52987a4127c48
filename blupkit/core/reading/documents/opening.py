"""A document of a word processor opened: as its reader sees it, or refused by the name of its kind."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from blupkit.core.files import read_bytes, refuse
from blupkit.core.reading.documents.flow import Document
from blupkit.core.reading.documents.kinds import HTML, OPEN_TEXT, PAGE, RICH_TEXT, TEXT, WORD, Unread, kind_of
from blupkit.core.reading.documents.odt import read_odt
from blupkit.core.reading.documents.rtf import read_rtf
from blupkit.core.reading.documents.word import read_word

_READ: Final = "et Word-dokument (.docx), et OpenDocument- eller RTF-dokument (.odt, .rtf) eller en tekstfil"


_READERS: Final = {WORD: read_word, OPEN_TEXT: read_odt, RICH_TEXT: read_rtf}


def open_document(path: Path, name: str, *, pages: bool = False) -> Document | None:
    """Read what a document says, whatever the file is called.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        What to call it in messages.
    pages : bool
        Whether whoever asks knows a page of the web from another.

    Returns
    -------
    Document or None
        None where the file is a text, which `core.read_text` reads.

    Raises
    ------
    FileError
        The file is missing, empty or damaged, or is of a kind that is not read.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "fg1.docx"
    >>> _ = path.write_bytes(b"%PDF-1.7")
    >>> open_document(path, "fg1.docx")
    Traceback (most recent call last):
    blupkit.core.errors.FileError: fg1.docx: Her står »en PDF«. ...
    """
    # Pages may keep a document as a folder.
    raw = b"" if path.is_dir() else read_bytes(path, name)
    kind = kind_of(raw, path)
    if kind == PAGE:
        kind = TEXT if pages else HTML
    if isinstance(kind, Unread):
        refuse(name, kind.name, _READ, kind.action, quotes=False)
    if kind == TEXT:
        return None
    return _READERS[kind](raw, name)
