"""What a page is made from, as one mark: another mark, another page. It imports little: asking must be quick."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

#: What lies in a study's or a notebook's folder without being an input: JupyterLab's own copies, lock files of Excel.
_NOISE = (".ipynb_checkpoints", "__pycache__")


def notebook_folder() -> Path:
    """Give the project's own folder of notebooks, which lies beside the library."""
    return Path(__file__).parents[3] / "notebooks"


def mark(content: Mapping[str, Any]) -> str:
    """Make one mark of several things.

    Parameters
    ----------
    content : mapping of str to object
        Whatever JSON can hold; the order of the keys does not matter.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> mark({"a": 1, "b": 2}) == mark({"b": 2, "a": 1}), mark({"a": 1}) == mark({"a": 2})
    (True, False)
    """
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def file_marks(folder: Path, names: Iterable[Path] | None = None) -> dict[str, str]:
    """Mark each file of a folder, however deep.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    names : iterable of pathlib.Path, optional
        Only these files; those that are not there are left out.

    Returns
    -------
    dict of str to str
        Path in the folder → mark of the content.
    """
    paths = sorted(folder.rglob("*")) if names is None else sorted(names)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file() and not path.name.startswith((".~", "~$")) and not set(path.parts) & set(_NOISE)
    }


@cache
def code_mark() -> str:
    """Mark this library's own code."""
    library = Path(__file__).parents[2]
    return mark({name: found for name, found in file_marks(library).items() if not name.endswith(".pyc")})


@cache
def program_mark() -> str:
    """Mark the program that makes the pages: this library, Python, and every installed package with its version."""
    # The folders' own names hold the versions: reading every package's metadata takes a hundred times as long.
    packages = sorted({info.name for place in sys.path if place for info in Path(place).glob("*.dist-info")})
    return mark({"code": code_mark(), "packages": packages, "python": platform.python_version()})


def run_mark(study: Path, notebooks: Path, options: Mapping[str, Any]) -> str:
    """Mark everything that a whole run depends on.

    Parameters
    ----------
    study : pathlib.Path
        The study's folder.
    notebooks : pathlib.Path
        The folder of notebooks.
    options : mapping of str to object
        What was chosen on the command line.

    Returns
    -------
    str
        One mark.
    """
    books = file_marks(notebooks, notebooks.glob("*.ipynb"))
    return mark({"study": file_marks(study), "notebooks": books, "program": program_mark(), "options": dict(options)})
