"""What other programs leave of a study: saved notebooks, their checkpoints, undo and lock files, old exports."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from blupkit.core.excerpts import Search
from blupkit.core.files import decoded

#: Copies that programs keep for themselves: of Jupyter, Word, LibreOffice, vim, Emacs, and of blupkit itself.
COPIES: Final = re.compile(r"~\$.*|\.~lock\..*#|.*\.(part|swp|swo|bak|tmp|asd|wbk)|.*~|#.*#|\.#.*", re.IGNORECASE)
CHECKPOINTS: Final = ".ipynb_checkpoints"
#: What blupkit or papermill wrote, and can write again.
MADE: Final = frozenset({".qdpx", ".qdc", ".html", ".pdf"})
#: Larger files are recordings and the like: no words can be found in them.
LARGEST: Final = 100_000_000


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
    """

    gone: list[Path]
    notebooks: dict[Path, bytes]
    doubtful: list[Path]


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
    >>> found = find_leftovers(folder, [], [], lambda text: "Bo" in text)
    >>> [path.name for path in found.gone], [path.name for path in found.doubtful]
    (['~$fg1.docx'], ['noter.txt'])
    """
    seen_to = {path.resolve() for path in own}
    gone: list[Path] = []
    notebooks: dict[Path, bytes] = {}
    doubtful: list[Path] = []
    for path in dict.fromkeys([*_inside(folder), *(each for place in around for each in _beside(place))]):
        if path.resolve() in seen_to:
            continue
        if path.parent.name == CHECKPOINTS or COPIES.fullmatch(path.name):
            gone.append(path)
        elif path.suffix == ".ipynb":
            notebooks |= {path: bare} if (bare := without_outputs(path.read_bytes())) else {}
        elif path.is_relative_to(folder) and _holds(path, finds):
            (gone if path.suffix.lower() in MADE else doubtful).append(path)
    return Leftovers(gone, notebooks, doubtful)


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


def _holds(path: Path, finds: Search) -> bool:
    if path.stat().st_size > LARGEST:
        return False
    return any(finds(text) for text in texts_of(path))


def texts_of(path: Path) -> Iterator[str]:
    """Give the texts of a file: its own, and those of the files in it where it is a zip, as Word and Excel files are.

    Parameters
    ----------
    path : pathlib.Path
        The file; nothing is given of one that is locked.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        parts = [path.read_bytes()]
    for part in parts:
        text = decoded(part) or ""
        yield from (text, re.sub(r"<[^>]*>", "", text)) if "<" in text else (text,)
