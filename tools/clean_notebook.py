"""What git takes of a notebook: its text and its code, never what it showed.

JupyterLab saves what a notebook showed with it, and a widget's whole state in its metadata: of the text coder that is a
whole interview, also after "Clear Outputs". So git gets a clean copy by a filter, and the file on disk stays as it was
saved. `make` sets the filter up in the copy of the project that it is run in (`--install`); which files it is for
stands in `.gitattributes`. It needs nothing but Python.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path, PurePath
from typing import Any, Final

FILTER: Final = "blupkit-notesbog"
#: What is kept of a notebook, its metadata, what it says of its language, a cell, and a cell's metadata. What
#: is not named here is left out: whoever writes metadata next need not be known.
BOOK: Final = ("cells", "metadata", "nbformat", "nbformat_minor")
METADATA: Final = ("blupkit", "kernelspec", "language_info")
LANGUAGE: Final = ("name",)
CELL: Final = ("attachments", "cell_type", "id", "metadata", "source")
CELL_METADATA: Final = ("tags", "editable", "deletable")
UNREADABLE: Final = "Notesbogen kan ikke renses for svar og udskrifter, og Git tager den ikke med: {problem}."

Json = dict[str, Any]


def clean(text: str) -> str:
    """Give a notebook without outputs, counts, widgets and whatever else has been kept of a run.

    Parameters
    ----------
    text : str
        The notebook as it was saved.

    Returns
    -------
    str
        As Jupyter writes it; a notebook that is clean comes out as it went in, and an empty file is one.

    Raises
    ------
    ValueError, TypeError
        It is no notebook, or one of another age.

    Examples
    --------
    >>> cell = {"cell_type": "code", "execution_count": 2, "metadata": {}, "outputs": ["Finn: ..."], "source": "1"}
    >>> book = {"cells": [cell], "metadata": {"widgets": {"x": "Finn: ..."}}, "nbformat": 4, "nbformat_minor": 5}
    >>> "Finn" in clean(json.dumps(book))
    False
    """
    if not text.strip():
        return text
    book = json.loads(text)
    if not isinstance(book, dict) or not isinstance(book.get("cells"), list):
        raise TypeError("den er ikke af en slags, der kendes (gem den igen i JupyterLab)")
    kept = _only(book, BOOK)
    kept["cells"] = [_clean_cell(cell) for cell in book["cells"]]
    metadata = _only(book.get("metadata", {}), METADATA)
    if "language_info" in metadata:
        metadata["language_info"] = _only(metadata["language_info"], LANGUAGE)
    kept["metadata"] = metadata
    return json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _clean_cell(cell: Json) -> Json:
    kept = _only(cell, CELL)
    kept["metadata"] = _only(cell.get("metadata", {}), CELL_METADATA)
    return {**kept, "execution_count": None, "outputs": []} if cell.get("cell_type") == "code" else kept


def _only(content: Json, names: tuple[str, ...]) -> Json:
    return {name: content[name] for name in names if name in content}


def install() -> None:
    """Tell git of the filter, in this copy of the project only; nothing where there is no git, or no repository."""
    # Git runs it with a shell from the project's top, also in Windows, where a path is written with forward slashes.
    python = PurePath(sys.executable).as_posix()
    command = f"{shlex.quote(python)} tools/clean_notebook.py"
    # Without a second direction git would refuse a file for which the filter is required.
    settings = {"clean": command, "smudge": "cat", "required": "true"}
    for name, value in settings.items():
        run = ["git", "config", "--local", f"filter.{FILTER}.{name}", value]
        try:
            subprocess.run(run, cwd=Path(__file__).parents[1], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            return


def main() -> None:
    """Clean what comes in, or install the filter; a notebook that cannot be cleaned stops git, with a reason."""
    if "--install" in sys.argv[1:]:
        install()
        return
    try:
        cleaned = clean(sys.stdin.buffer.read().decode("utf-8"))
    except (ValueError, AttributeError, TypeError) as error:
        sys.stderr.buffer.write(UNREADABLE.format(problem=error).encode() + b"\n")
        sys.exit(1)
    sys.stdout.buffer.write(cleaned.encode())


if __name__ == "__main__":
    main()
