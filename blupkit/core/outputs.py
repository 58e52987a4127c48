"""Where things lie under `outputs/`: one class answers every path, and knows no content.

The command line asks for paths before all else, so it imports the rest when it is needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from blupkit.core.errors import Fault, FileError
from blupkit.core.slugs import slug

if TYPE_CHECKING:
    from filelock import BaseFileLock


#: Where it is said whose output it is, in a remark.
_RULES, _OWNER = ".gitignore", "# Undersøgelse: "


class Folder(StrEnum):
    """A folder of a study's output that is no municipality's."""

    COMMON = "faelles"
    INTERNAL = "intern"
    FAILED = "fejl"
    PACKAGES = "pakker"
    QUARANTINE = "karantaene"
    SENT_OUT = "udsendelse"


@dataclass(frozen=True)
class Outputs:
    """The output of one study.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies; it need not be there yet.
    study : pathlib.Path, optional
        The study's own folder, so that another study of the same name gets another folder here.

    Examples
    --------
    >>> outputs = Outputs.of(Path("data/Prøve 1"))
    >>> outputs.page("slagelse/02_behov").as_posix()
    'outputs/proeve-1/slagelse/02_behov.html'
    >>> outputs.failed("slagelse/02_behov").as_posix(), outputs.part("alle").as_posix()
    ('outputs/proeve-1/fejl/slagelse_02_behov.ipynb', 'outputs/proeve-1/intern/udgivelse/alle.json')
    >>> outputs.existing(outputs.release, "det, der må vises", "Lav siderne først.")
    Traceback (most recent call last):
    blupkit.core.errors.FileError: outputs/proeve-1/intern/udgivelse.json: Her står »ingen fil«. Forventet: det, ...
    """

    folder: Path
    study: Path | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, study: Path, output: Path | None = None) -> Outputs:
        """Give the output of the study in a folder; `outputs/` here is where all of them lie when nothing is said.

        Studies whose folders bear the same name do not share one: the second gets a number.
        """
        name, own = slug(study.resolve().name), study.resolve()
        names = (name if number == 1 else f"{name}-{number}" for number in count(1))
        folders = ((output or Path("outputs")) / each for each in names)
        if not (own / "study.toml").is_file():
            return cls(next(folders))
        return cls(next(folder for folder in folders if _is_free(folder, own)), own)

    @classmethod
    def at_hand(cls, study: Path) -> Outputs:
        """Give a study's output as a notebook finds it: the nearest that is there, from here upwards, or else here."""
        tops = (Path.cwd(), *Path.cwd().parents)
        nearest = next((top / "outputs" for top in tops if (top / "outputs").is_dir()), None)
        return cls.of(study, nearest)

    @property
    def index(self) -> Path:
        """The page that leads to all others."""
        return self.folder / "index.html"

    @property
    def faults(self) -> Path:
        """The list of what is wrong with the study's files, without a word of a participant; it may be sent."""
        return self.folder / "fejl.csv"

    @property
    def fault_workbook(self) -> Path:
        """The same list for Excel, in which "0012" and "1-5" stay what they are."""
        return self.folder / "fejl.xlsx"

    @property
    def faults_in_words(self) -> Path:
        """The same list with what stands there, for the consultant."""
        return self._internal("fejl_med_ord.csv")

    @property
    def checked(self) -> Path:
        """When the study's files were last checked, and how many faults were found."""
        return self._internal("kontrol.json")

    @property
    def manifest(self) -> Path:
        """What each page was made from."""
        return self._internal("sider.json")

    @property
    def release(self) -> Path:
        """What is shown of the survey, with every decision."""
        return self._internal("udgivelse.json")

    @property
    def comparison(self) -> Path:
        """What is shown of the survey on anybody's pages, for the page that has all municipalities side by side."""
        return self._internal("sammenligning.json")

    @property
    def inventory(self) -> Path:
        """The page that says what lies where, and until when."""
        return self._internal("fortegnelse.html")

    @property
    def basis(self) -> Path:
        """What the decision was made on, true numbers and all."""
        return self._internal("udgivelse_grundlag.json")

    @property
    def key(self) -> Path:
        """The key of the marks in the basis, until pages are sent and it is kept with the study."""
        return self._internal("noegle")

    def explored(self, title: str) -> Path:
        """A table that the consultant saves while exploring, by its title: a file that is not there yet."""
        # A system takes no more than 255 bytes.
        name = slug(title)[:80].strip("-") or "tabel"
        names = (name if number == 1 else f"{name}-{number}" for number in count(1))
        paths = (self._internal("udforsk") / f"{each}.xlsx" for each in names)
        return next(path for path in paths if not path.exists())

    @property
    def packed(self) -> Path:
        """What each package was made from."""
        return self._internal("pakker.json")

    def packed_basis(self, mark: str) -> Path:
        """What the decision behind a package was made on, true numbers and all, by its mark."""
        return self._internal("pakket") / f"{mark}.json"

    def part(self, reader: str) -> Path:
        """What is shown of the survey to one reader: a municipality's slug, or "alle"."""
        return self._internal("udgivelse") / f"{reader}.json"

    def page(self, name: str) -> Path:
        """A page, by its name: folder/notebook."""
        return self.folder / f"{name}.html"

    def pages_in(self, folder: str) -> set[str]:
        """The notebooks whose pages lie in one of the folders, without endings."""
        # A page that is set as slides lies beside it, and has a second ending.
        return {path.stem for path in (self.folder / folder).glob("*.html") if "." not in path.stem}

    def failed(self, name: str) -> Path:
        """The notebook of a page that could not be made, with what it showed up to the fault."""
        return self.folder / Folder.FAILED / f"{name.replace('/', '_')}.ipynb"

    def package(self, name: str) -> Path:
        """What one partner gets: a municipality's slug, or the project group."""
        return self.folder / Folder.PACKAGES / f"{name}.zip"

    @property
    def sent_out(self) -> Path:
        """The folder of what goes out before there are answers: the questionnaire, and letters by municipality."""
        return self.folder / Folder.SENT_OUT

    @property
    def sent_out_as_written(self) -> Path:
        """What those files were when they were written, so that one that a person has changed stays hers."""
        return self._internal("udsendelse.json")

    @property
    def packages(self) -> list[str]:
        """The names of the packages that lie there."""
        return sorted(path.stem for path in (self.folder / Folder.PACKAGES).glob("*.zip"))

    def parts(self) -> list[Path]:
        """What is shown to each reader, as it lies there, also to those that the study no longer has."""
        return sorted(self._internal("udgivelse").glob("*.json"))

    def quarantine(self, name: str) -> Path:
        """A folder for what no longer belongs to the study, that is not there yet."""
        folder = self.folder / Folder.QUARANTINE
        names = (name if number == 1 else f"{name}_{number}" for number in count(1))
        return next(folder / name for name in names if not (folder / name).exists())

    def move_aside(self, path: Path, quarantine: Path) -> None:
        """Move one of these files into a folder of the quarantine, where it keeps its place.

        Raises
        ------
        FileError
            It cannot be moved, for example because it is open in another program.
        """
        place = quarantine / path.relative_to(self.folder)
        try:
            quarantine.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.rename(place)
        except OSError as error:
            action = "Luk filen, hvis den er åben, og kør kommandoen igen."
            found, expected = "en fil, der ikke kan flyttes", f"plads i {quarantine}"
            raise FileError(Fault(str(path), found, expected, action)) from error

    def make(self) -> None:
        """Make its folder, which git never offers to take."""
        from blupkit.core.files import keep_from_git

        keep_from_git(self.folder)
        if self.study is not None:
            rules = self.folder / _RULES
            lines = [line for line in rules.read_text("utf-8").splitlines() if not line.startswith(_OWNER)]
            marked = "\n".join([f"{_OWNER}{_way(self.folder.resolve(), self.study)}", *lines, ""])
            if marked != rules.read_text("utf-8"):
                self.write(rules, marked)

    def write(self, path: Path, content: str | bytes) -> Path:
        """Write one of these files so that a reader finds the old one or the new one, never a half; gives its path."""
        from blupkit.core.files import write_whole

        write_whole(path, content)
        return path

    def existing(self, path: Path, expected: str, action: str) -> Path:
        """Give a file of the output that must be there.

        Parameters
        ----------
        path : pathlib.Path
            One of the paths that this class answers.
        expected, action : str
            What it is, and what to do where it is missing, in Danish.

        Raises
        ------
        FileError
            It is not there; the message lists what lies beside its place.
        """
        from blupkit.core.danish import listing

        if path.is_file():
            return path
        beside = sorted(other.name for other in path.parent.glob("*") if not other.name.startswith("."))
        found = f"ingen fil; der ligger {listing(beside)}" if beside else "ingen fil"
        raise FileError(Fault(str(path), found, expected, action))

    def hold(self) -> BaseFileLock:
        """Hold the output, so that two batches do not write into each other's pages.

        Returns
        -------
        filelock.BaseFileLock
            Held; let go of with `release()`, or by the system when the program ends.

        Raises
        ------
        FileError
            Somebody else holds it.
        """
        from filelock import FileLock, Timeout

        from blupkit.core.files import make_folder

        path = self._internal("i-gang.lock")
        make_folder(path.parent)
        lock = FileLock(path, timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            found, action = "en kørsel, der er i gang", "Vent, til den er færdig, eller stop den, og kør igen."
            raise FileError(Fault(str(self.folder), found, "kun én kørsel ad gangen", action)) from error
        return lock

    def _internal(self, name: str) -> Path:
        return self.folder / Folder.INTERNAL / name


def _is_free(folder: Path, study: Path) -> bool:
    """Whether a folder of output is a study's, or nobody's: whose it was may have moved away."""
    try:
        rules = (folder / _RULES).read_text("utf-8")
    except OSError:
        return True
    said = [line.removeprefix(_OWNER) for line in rules.splitlines() if line.startswith(_OWNER)]
    if not said:
        return True
    other = (folder / said[0]).resolve()
    return other == study or not (other / "study.toml").is_file()


def _way(folder: Path, study: Path) -> str:
    """Say where a study lies as seen from its output, so that both can be moved together."""
    try:
        return Path(os.path.relpath(study, folder)).as_posix()
    except ValueError:  # on another drive
        return study.as_posix()
