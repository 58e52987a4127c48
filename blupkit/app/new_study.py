"""A new study: an empty folder whose files explain themselves."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import keep_from_git


def write_study(folder: Path) -> list[Path]:
    """Make a new study folder with a `study.toml`, the tables to fill in, and a short guide; git takes none of it.

    Parameters
    ----------
    folder : pathlib.Path
        Must not exist, or be an empty folder: nothing that is there is ever overwritten.

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
    try:
        with as_file(files("blupkit.app") / "new_study_files") as source:
            shutil.copytree(source, folder, dirs_exist_ok=True)
        keep_from_git(folder)
    except OSError as error:
        action = "Vælg en mappe, du må skrive i."
        raise FileError(Fault(str(folder), "en mappe, der ikke kan laves", "en mappe", action)) from error
    for path in (folder, *folder.rglob("*")):
        # Answers and transcripts will lie here: nobody but the owner may look. Windows has its own rules for that.
        path.chmod(0o700 if path.is_dir() else 0o600)
    return sorted(path for path in folder.rglob("[!.]*") if path.is_file())
