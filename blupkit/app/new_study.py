"""A new study: a folder whose files explain themselves, empty or made from an export. Whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import keep_from_git


def write_study(folder: Path, fill: Callable[[Path], None] | None = None) -> list[Path]:
    """Make a new study folder with a `study.toml`, the tables to fill in, and a short guide; git takes none of it.

    Parameters
    ----------
    folder : pathlib.Path
        Must not exist, or be an empty folder: nothing that is there is ever overwritten.
    fill : callable, optional
        Writes the files instead, into the folder that it is given. If it stops, nothing is left.

    Returns
    -------
    list of pathlib.Path
        The files that were written for a person, sorted.

    Raises
    ------
    FileError
        There is something in the folder, or it cannot be made.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        action = "Vælg et navn, der ikke er brugt; intet er ændret."
        raise FileError(Fault(str(folder), "en mappe eller fil, der findes", "et nyt navn", action))
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        place = Path(tempfile.mkdtemp(prefix=".blupkit-ny-", dir=above))
    except OSError as error:
        raise _not_made(folder) from error
    try:
        (fill or _copy_templates)(place)
        _keep_private(place)
        _move(place, folder)
    except OSError as error:
        raise _not_made(folder) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return sorted(path for path in folder.rglob("[!.]*") if path.is_file())


def _not_made(folder: Path) -> FileError:
    action = "Vælg en mappe, du må skrive i."
    return FileError(Fault(str(folder), "en mappe, der ikke kan laves", "en mappe", action))


def _copy_templates(place: Path) -> None:
    with as_file(files("blupkit.app") / "new_study_files") as source:
        shutil.copytree(source, place, dirs_exist_ok=True)


def _keep_private(place: Path) -> None:
    keep_from_git(place)
    for path in (place, *place.rglob("*")):
        # Answers and transcripts will lie here: nobody but the owner may look. Windows has its own rules for that.
        path.chmod(0o700 if path.is_dir() else 0o600)


def _move(place: Path, folder: Path) -> None:
    """Put a finished folder in its place, which is not there or empty."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() and os.name == "nt":
        folder.rmdir()  # elsewhere a folder takes the place of an empty one
    place.rename(folder)
