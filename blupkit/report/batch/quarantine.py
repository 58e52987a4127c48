"""What no longer belongs to a study, and lies in its output as if it did: moved aside, never deleted."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from blupkit.core import Study
from blupkit.core.outputs import Folder, Outputs
from blupkit.report.batch.manifest import read_manifest

#: What every package has beside its pages: by that a zip is known to be one of ours.
_LETTER: Final = {"foelgebrev.txt", "indhold.csv"}


@dataclass(frozen=True)
class Moved:
    """What has been moved aside, of one reader or one notebook.

    Parameters
    ----------
    name : str
        The reader's folder, or the notebook's name.
    is_reader : bool
        Which of the two it is.
    folder : pathlib.Path
        Where it lies now, each file under its old path.
    files : int
        How many.
    """

    name: str
    is_reader: bool
    folder: Path
    files: int

    def __str__(self) -> str:
        one = self.files == 1
        what, them = ("1 fil", "den") if one else (f"{self.files} filer", "dem")
        why = f"»{self.name}« får ikke længere sider i undersøgelsen."
        sent = " Er en pakke med siderne sendt, så bed modtageren om at slette den."
        if not self.is_reader:
            why, sent = f"Notesbogen »{self.name}« laver ikke længere disse sider.", ""
        return (
            f"{why} {what} fra før er flyttet til {self.folder}, så ingen sender {them} ved en fejl."
            f" Se {them} igennem, og slet mappen, når {'den' if one else 'de'} ikke skal bruges.{sent}"
        )


def set_aside(study: Study, outputs: Outputs, planned: Callable[[str, str], bool]) -> list[Moved]:
    """Move aside what lies in the output of readers and notebooks that the study no longer has.

    A municipality that was taken out of `study.toml`, or that said no to a page of its own, has its pages, failed
    notebooks, its part of the release and every package with its pages moved; so has a notebook that is gone. Only what
    this program made is moved: pages that the manifest knows, parts of the release, and packages. Nothing is deleted,
    and nothing that was moved before is written over.

    Parameters
    ----------
    study : Study
        The study.
    outputs : Outputs
        The study's output, held by this process.
    planned : callable
        Takes a page's name and the notebook that made it, and tells whether the study still gets it; see `is_planned`.

    Returns
    -------
    list of Moved
        By name; empty when everything belongs there.

    Raises
    ------
    FileError
        A file cannot be moved, for example because it is open in another program.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> outputs = Outputs(Path(tempfile.mkdtemp()))
    >>> _ = outputs.write(outputs.part("vestby"), "{}")
    >>> [moved] = set_aside(example_study(), outputs, lambda name, notebook: True)
    >>> moved.name, moved.files, outputs.part("vestby").is_file()
    ('vestby', 1, False)
    >>> set_aside(example_study(), outputs, lambda name, notebook: True)
    []
    """
    manifest = read_manifest(outputs)
    readers = {Folder.COMMON, Folder.INTERNAL, *filter(study.release.holds_place, study.places)}
    gone = [
        name
        for name, entry in manifest.pages.items()
        if _whose(name) not in readers or not planned(name, entry.notebook)
    ]
    found: dict[tuple[str, bool], list[Path]] = {}
    for name in gone:
        reader, stem = _whose(name), name.rpartition("/")[2]
        whose = (stem, False) if reader in readers else (reader, True)
        page = outputs.page(name)
        found.setdefault(whose, []).extend(
            [page, page.with_suffix(".pdf"), *manifest.beside(name).values(), outputs.failed(name)]
        )
    for part in outputs.parts():
        if part.stem not in study.readers:
            found.setdefault((part.stem, True), []).append(part)
    for package in map(outputs.package, outputs.packages):
        for folder in sorted(_folders_in(package) - readers)[:1]:
            found.setdefault((folder, True), []).append(package)
    day = date.today().isoformat()
    moved = [
        _move(name, is_reader, paths, outputs.quarantine(f"{day}_{name}"), outputs)
        for (name, is_reader), paths in sorted(found.items())
    ]
    if gone:
        manifest.without(gone).write()
    return [one for one in moved if one.files]


def _whose(page: str) -> str:
    """Name the folder that a page lies in: a reader's, also where the consultant has one of that reader's name."""
    return page.split("/")[-2]


def _folders_in(package: Path) -> set[str]:
    """Name the readers whose pages are in a package; none where it is not one of ours."""
    with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(package) as archive:
        names = set(archive.namelist())
        if names >= _LETTER:
            return {name.partition("/")[0] for name in names if "/" in name and name.endswith(".html")}
    return set()


def _move(name: str, is_reader: bool, paths: list[Path], target: Path, outputs: Outputs) -> Moved:
    files = [path for path in paths if path.is_file()]
    for path in files:
        outputs.move_aside(path, target)
    for folder in _emptied(files):
        folder.rmdir()
    return Moved(name, is_reader, target, len(files))


def _emptied(files: list[Path]) -> Iterator[Path]:
    yield from (folder for folder in {path.parent for path in files} if not any(folder.iterdir()))
