"""What other programs leave of a study: saved notebooks, their checkpoints, undo and lock files, old exports."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from blupkit.core.excerpts import Search
from blupkit.core.files import decoded
from blupkit.core.reading.workbook import rows_as_text

#: Copies that programs keep for themselves: of Jupyter, Word, LibreOffice, vim, Emacs, and of blupkit itself.
COPIES: Final = re.compile(r"~\$.*|\.~lock\..*#|.*\.(part|swp|swo|bak|tmp|asd|wbk)|.*~|#.*#|\.#.*", re.IGNORECASE)
CHECKPOINTS: Final = ".ipynb_checkpoints"
#: What blupkit or papermill wrote, and can write again.
MADE: Final = frozenset({".qdpx", ".qdc", ".html", ".pdf"})
#: Larger files are recordings and the like: no words can be found in them.
LARGEST: Final = 100_000_000
#: How a file begins that holds others, as those of Word and Excel do.
_ARCHIVE: Final = b"PK\x03\x04"
#: What makes one of them a workbook, where no row stands together.
_WORKBOOK: Final = "xl/workbook.xml"
#: How one begins whose words are packed in a way of its own.
_PDF: Final = b"%PDF"
#: How deep files lie in each other at most.
_DEEPEST: Final = 5


class Leftovers(NamedTuple):
    """What lies there beside the study's own files.

    Parameters
    ----------
    gone : list of pathlib.Path
        Copies, checkpoints, and what can be made anew and holds what is searched for.
    notebooks : dict of pathlib.Path to bytes
        Saved notebooks, without what they showed.
    doubtful : list of pathlib.Path
        Other files that hold what is searched for: a person has to see to them.
    closed : list of pathlib.Path
        Files that cannot be searched: locked, packed in an unknown way, too large, or not text. Nobody can say.
    """

    gone: list[Path]
    notebooks: dict[Path, bytes]
    doubtful: list[Path]
    closed: list[Path]


def find_leftovers(folder: Path, own: Iterable[Path], around: Iterable[Path], finds: Search) -> Leftovers:
    """Search a study's folder, and the folders of notebooks, for what is left of somebody.

    Parameters
    ----------
    folder : pathlib.Path
        The study's folder, searched however deep.
    own : iterable of pathlib.Path
        The study's own files, which are seen to elsewhere.
    around : iterable of pathlib.Path
        Folders where notebooks are kept; what lies deeper is not theirs.
    finds : callable
        Tells of a text whether it holds what is searched for.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in ("~$fg1.docx", "noter.txt", "andet.txt"):
    ...     _ = (folder / name).write_text("Bo" if name != "andet.txt" else "")
    >>> _ = (folder / "tale.mp4").write_bytes(bytes(3))
    >>> found = find_leftovers(folder, [], [], lambda text: "Bo" in text)
    >>> [[path.name for path in some] for some in (found.gone, found.doubtful, found.closed)]
    [['~$fg1.docx'], ['noter.txt'], ['tale.mp4']]
    """
    seen_to = {path.resolve() for path in own}
    gone: list[Path] = []
    notebooks: dict[Path, bytes] = {}
    doubtful: list[Path] = []
    closed: list[Path] = []
    for path in dict.fromkeys([*_inside(folder), *(each for place in around for each in _beside(place))]):
        if path.resolve() in seen_to:
            continue
        if path.parent.name == CHECKPOINTS or COPIES.fullmatch(path.name):
            gone.append(path)
            continue
        bare = without_outputs(path.read_bytes()) if path.suffix == ".ipynb" else None
        notebooks |= {path: bare} if bare else {}
        small = path.stat().st_size <= LARGEST
        texts = [bare.decode()] if bare else texts_of(path.read_bytes()) if small else None
        if texts is None:
            closed.append(path)
        elif any(map(finds, texts)):
            (gone if path.suffix.lower() in MADE else doubtful).append(path)
    return Leftovers(gone, notebooks, doubtful, closed)


def _inside(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _beside(folder: Path) -> list[Path]:
    notebooks = (*sorted(folder.glob("*.ipynb")), *sorted(folder.glob(f"{CHECKPOINTS}/*")))
    return [path for path in notebooks if path.is_file()]


def without_outputs(raw: bytes) -> bytes | None:
    """Give a notebook without what it showed: outputs, and the state of its widgets, which holds a whole interview.

    Parameters
    ----------
    raw : bytes
        The file.

    Returns
    -------
    bytes or None
        None where it is no notebook, or shows nothing.

    Examples
    --------
    >>> raw = b'{"cells": [{"cell_type": "code", "outputs": [1], "source": "x"}], "metadata": {"widgets": {"a": 1}}}'
    >>> json.loads(without_outputs(raw) or b"")
    {'cells': [{'cell_type': 'code', 'outputs': [], 'source': 'x'}], 'metadata': {}}
    """
    try:
        notebook = json.loads(raw)
        cells = [cell for cell in notebook["cells"] if cell.get("outputs")]
        widgets = notebook["metadata"].pop("widgets", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    for cell in cells:
        cell["outputs"] = []
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode() if cells or widgets else None


def texts_of(raw: bytes) -> list[str] | None:
    """Give the texts of a file: its own, and those of the files in it where it is a zip, as Word and Excel files are.

    Parameters
    ----------
    raw : bytes
        The file.

    Returns
    -------
    list of str or None
        Each also without its tags, a workbook's also row by row; None where it cannot be searched. Pictures in an
        archive have no text.

    Examples
    --------
    >>> texts_of(b"Hej <b>Bo</b>")
    ['Hej <b>Bo</b>', 'Hej Bo']
    """
    try:
        parts = list(_parts(raw))
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        return None  # a RuntimeError where it is locked, or packed in an unknown way
    texts = [text for part in parts if not part.startswith(_PDF) and (text := decoded(part)) is not None]
    if not texts and not raw.startswith(_ARCHIVE):
        return None
    return [*texts, *(re.sub(r"<[^>]*>", "", text) for text in texts if "<" in text)]


def _parts(raw: bytes, depth: int = 0) -> Iterator[bytes]:
    """Give a file, or those that are in it, however deep: a Word file may hold a workbook."""
    if not raw.startswith(_ARCHIVE):
        yield raw
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if depth > _DEEPEST or sum(entry.file_size for entry in archive.infolist()) > 10 * LARGEST:
            raise zipfile.BadZipFile("more than can be looked through")
        if _WORKBOOK in archive.namelist():
            yield rows_as_text(raw).encode()
        for name in archive.namelist():
            yield from _parts(archive.read(name), depth + 1)
