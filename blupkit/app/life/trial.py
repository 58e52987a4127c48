"""A change tried on a copy: it may bring no new fault, and move nothing that it does not take out."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.core import STUDY_FILE, DataError, Fault, read_study

if TYPE_CHECKING:
    import pandas as pd

    from blupkit.core import Study

_QUOTED: Final = re.compile(r"""["']([^"'\n]+)["']""")
_KIND: Final = ["file", "column", "expected", "level"]


def own_files(study: Study) -> list[Path]:
    """List the files that a study's own `study.toml` names, and itself.

    Parameters
    ----------
    study : Study
        The study.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(own_files(example_study()))
    11
    """
    toml = study.path(STUDY_FILE)
    named = [study.path(name) for name in _QUOTED.findall(toml.read_text("utf-8-sig"))]
    return [toml, *(path for path in dict.fromkeys(named) if path.is_file())]


@contextmanager
def tried(study: Study, files: Mapping[str, bytes]) -> Iterator[Study]:
    """Give a copy of a study with some files changed; it is gone afterwards.

    Parameters
    ----------
    study : Study
        The study; not changed.
    files : mapping of str to bytes
        Name in its folder → what it is to hold.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / study.folder.name
        # The tables about activities are named by their folder alone.
        tables = study.path(study.activities.folder).glob("*.*") if study.activities else ()
        for path in [*own_files(study), *tables]:
            target = folder / path.relative_to(study.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        yield read_study(folder)


def check_faults(study: Study, trial: Study, faults_of: Callable[[Study], pd.DataFrame]) -> None:
    """Stop where a changed study has faults that it had not.

    Parameters
    ----------
    study, trial : Study
        As it is, and as it would be.
    faults_of : callable
        Lists all faults of a study.

    Raises
    ------
    DataError
        There are new ones: nothing is changed.
    """
    before, after = (Counter(_kinds(faults_of(each), study)) for each in (study, trial))
    if new := after - before:
        action = "Intet er ændret. Ret stedet i hånden, eller send beskeden til den, der passer programmet."
        raise DataError(Fault(str(file), "en ny fejl", str(expected), action) for file, _, expected, _ in new)


def _kinds(faults: pd.DataFrame, study: Study) -> list[tuple[str, ...]]:
    told = faults[faults["file"] != study.folder.name]  # what is said of the folder itself is another of a copy
    return list(told[_KIND].astype(str).itertuples(index=False, name=None))
