"""Who else may look: rights on the files, and folders that a program copies to somebody else's machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.app.life.changes import is_begun
from blupkit.app.life.materials import date_faults, holdings
from blupkit.core import DataError, Fault, Level, Study, fault_table

#: How the folders of programs that copy to other machines begin, in lower case, and what the programs are called.
SYNCHRONISED: Final = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "mobile documents": "iCloud",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "google drive": "Google Drev",
    "googledrive": "Google Drev",
    "my drive": "Google Drev",
    "mit drev": "Google Drev",
}
_OTHERS: Final = 0o044
_MAY_ENTER: Final = 0o011


def check_life(study: Study, today: date) -> pd.DataFrame:
    """List what a data protection officer would ask about: dates of deletion, and who else may look at the raw data.

    Parameters
    ----------
    study : Study
        The study.
    today : datetime.date
        The day of the check.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` returns.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study().model_copy(update={"delete_by": date(2023, 1, 13)})
    >>> check_life(study, date(2023, 1, 12))["level"].tolist()
    ['advarsel', 'advarsel']
    """
    return fault_table([*date_faults(study, today), *_begun(study), *_copied(study), *_open_to_others(study)])


def synchroniser(folder: Path) -> str:
    """Name the program that copies a folder to other machines; "" where none is known.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.

    Examples
    --------
    >>> synchroniser(Path("D:/OneDrive - Nordby Kommune/data")), synchroniser(Path("D:/data"))
    ('OneDrive', '')
    """
    parts = [part.casefold() for part in folder.parts]
    return next((name for part in parts for start, name in SYNCHRONISED.items() if part.startswith(start)), "")


def check_ended(study: Study) -> None:
    """Stop where somebody has been taken out halfway: pages made of that would hold what is to go.

    Parameters
    ----------
    study : Study
        The study.

    Raises
    ------
    DataError
        A withdrawal or a deletion was interrupted.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> check_ended(example_study())
    """
    if faults := list(_begun(study)):
        raise DataError(faults)


def _begun(study: Study) -> Iterator[Fault]:
    if is_begun(study.folder):
        found, expected = "en udtagning eller sletning, der blev afbrudt", "en, der er gjort færdig"
        yield Fault(
            study.folder.name,
            found,
            expected,
            "Kør »blupkit withdraw« eller »blupkit delete« igen, som da den blev afbrudt: Så bliver den gjort færdig.",
        )


def _copied(study: Study) -> Iterator[Fault]:
    program = synchroniser(study.folder.resolve())
    if program:
        found, expected = f"en mappe, som {program} kopierer", "en mappe, der kun ligger på denne maskine"
        action = "Flyt undersøgelsen ud af mappen, medmindre den dataansvarlige har aftalt det med udbyderen."
        yield Fault(study.folder.name, found, expected, action, level=Level.WARNING)


def open_to_others(paths: list[Path]) -> list[Path]:
    """Find the files that other users of the machine may read; none where the system has no such rights (Windows).

    Parameters
    ----------
    paths : list of pathlib.Path
        Files that are there.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "svar.csv"
    >>> _ = path.write_text("1")
    >>> path.chmod(0o644)
    >>> open_to_others([path])  # the folder is closed
    []
    """
    if os.name != "posix":
        return []
    return [path for path in paths if path.stat().st_mode & _OTHERS and _can_be_reached(path.resolve().parent)]


def _can_be_reached(folder: Path) -> bool:
    return all(each.stat().st_mode & _MAY_ENTER for each in (folder, *folder.parents))


def _open_to_others(study: Study) -> Iterator[Fault]:
    if study.synthetic:  # nobody's data: whoever has the project has them
        return
    kept = [path for name in ("sendt", "kvitteringer") for path in sorted(study.path(name).glob("*")) if path.is_file()]
    raw = [path for each in holdings(study) for path in each.files]
    seen = open_to_others([*raw, *kept])
    if seen:
        more = f" og {len(seen) - 1} til" if len(seen) > 1 else ""
        found = f"{seen[0].relative_to(study.folder).as_posix()}{more}, som andre brugere af maskinen kan læse"
        action = "Luk dem for andre: chmod -R go-rwx, efterfulgt af mappens navn."
        yield Fault(study.folder.name, found, "rå data, som kun ejeren kan læse", action, level=Level.WARNING)
