"""Changing many files as one: prepared first, then put in place one by one; what was interrupted can be finished."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from blupkit.core.files import write_whole

#: The folder in the study where a change lies until it is made; its plan is what says that it is ready.
JOURNAL: Final = ".blupkit-i-gang"
_PLAN: Final = "plan.json"


def carry_out(folder: Path, files: Mapping[Path, bytes], gone: Iterable[Path]) -> None:
    """Put files in place and take others away.

    Everything is written beside the study's files first. From the moment the plan lies there, the change will be made:
    at once, or by `finish` when the machine stopped on the way. Before that moment nothing is changed.

    Parameters
    ----------
    folder : pathlib.Path
        The study's folder.
    files : mapping of pathlib.Path to bytes
        What they are to hold.
    gone : iterable of pathlib.Path
        Those to take away; one that is not there any more is well.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> carry_out(folder, {folder / "a.txt": b"ny"}, [folder / "b.txt"])
    >>> [path.name for path in folder.iterdir()]
    ['a.txt']
    """
    journal = folder / JOURNAL
    shutil.rmtree(journal, ignore_errors=True)
    journal.mkdir(mode=0o700)
    prepared = {str(number): path for number, path in enumerate(files)}
    for number, path in prepared.items():
        write_whole(journal / number, files[path])
    plan = {"files": {number: str(path.resolve()) for number, path in prepared.items()}}
    plan["gone"] = {str(number): str(path.resolve()) for number, path in enumerate(gone)}
    write_whole(journal / _PLAN, json.dumps(plan, ensure_ascii=False))
    finish(folder)


def is_begun(folder: Path) -> bool:
    """Tell whether a change of a study was prepared and not made to its end.

    Parameters
    ----------
    folder : pathlib.Path
        The study's folder.
    """
    return (folder / JOURNAL / _PLAN).is_file()


def finish(folder: Path) -> bool:
    """Make a change that was prepared; whatever of it has been made already is made again.

    Parameters
    ----------
    folder : pathlib.Path
        The study's folder.

    Returns
    -------
    bool
        Whether there was one.

    Examples
    --------
    >>> import tempfile
    >>> finish(Path(tempfile.mkdtemp()))
    False
    """
    journal = folder / JOURNAL
    if not is_begun(folder):
        shutil.rmtree(journal, ignore_errors=True)
        return False
    plan = json.loads((journal / _PLAN).read_text("utf-8"))
    for number, path in plan["files"].items():
        write_whole(Path(path), (journal / number).read_bytes())
    for path in map(Path, plan["gone"].values()):
        path.unlink(missing_ok=True)
        _remove_empty(path.parent)
    (journal / _PLAN).unlink()
    shutil.rmtree(journal, ignore_errors=True)
    return True


def _remove_empty(folder: Path) -> None:
    while folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
