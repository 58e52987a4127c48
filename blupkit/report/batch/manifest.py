"""Which pages lie in a study's output, and what each was made from: unchanged ones need not be made again.

What a page is made from is one mark: another mark, another page. This module imports little: asking must be quick.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from blupkit.core.outputs import Outputs

#: What lies in a study's or a notebook's folder without being an input: JupyterLab's own copies, lock files of Excel.
_NOISE: Final = (".ipynb_checkpoints", "__pycache__")
#: How it went with a page.
MADE, STOPPED = "lavet", "stoppet"


@dataclass(frozen=True)
class Entry:
    """One page of the manifest.

    Parameters
    ----------
    inputs : str
        Mark of what it was made from.
    outcome : str
        "lavet" or "stoppet".
    page : str
        SHA-256 of the file; "" where none was made.
    seconds : float
        How long it took.
    finished : str
        When, as ISO 8601.
    notebook : str
        The notebook that made it; "" where an earlier version noted none.
    beside : mapping of str to str
        Ending of each file that was made with it → its SHA-256.
    title : str
        The notebook's own name for its page; "" where an earlier version noted none.
    """

    inputs: str
    outcome: str
    page: str
    seconds: float
    finished: str
    notebook: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


@dataclass(frozen=True)
class Manifest:
    """What is known of a study's pages.

    Parameters
    ----------
    outputs : Outputs
        Where they lie.
    run : str
        Mark of the last run that made or kept every page it was asked for; "" when something has happened since.
    names : tuple of str
        The pages of that run.
    pages : mapping of str to Entry
        By the page's name: folder/notebook.
    blocked : mapping of str to str
        Pages that were not even begun when they were last asked for, since what they read cannot be used: name → title.
        Their entries speak of the pages that lie there from before.
    """

    outputs: Outputs
    run: str = ""
    names: tuple[str, ...] = ()
    pages: Mapping[str, Entry] = field(default_factory=dict)
    blocked: Mapping[str, str] = field(default_factory=dict)

    @property
    def stopped(self) -> dict[str, str]:
        """The pages that were not made when they were last asked for: name → title."""
        return {name: one.title for name, one in self.pages.items() if one.outcome == STOPPED} | dict(self.blocked)

    @property
    def titles(self) -> dict[str, str]:
        """What the notebooks call their pages, by the page's name."""
        return {name: entry.title for name, entry in self.pages.items()} | dict(self.blocked)

    def with_page(
        self,
        name: str,
        inputs: str,
        seconds: float,
        *,
        stopped: bool = False,
        notebook: str = "",
        beside: Iterable[str] = (),
        title: str = "",
    ) -> Manifest:
        """The manifest after one more page; the run it speaks of is then not whole."""
        path = self.outputs.page(name)
        outcome, page = (STOPPED, "") if stopped else (MADE, file_mark(path))
        # What lies beside the page from an earlier run lies there still when this one was stopped.
        endings = [*self.beside(name)] if stopped else beside
        files = {ending: file_mark(path.with_suffix(ending)) for ending in endings}
        finished = datetime.now().astimezone().isoformat(timespec="seconds")
        entry = Entry(inputs, outcome, page, round(seconds, 2), finished, notebook, files, title)
        blocked = {other: called for other, called in self.blocked.items() if other != name}
        return Manifest(self.outputs, pages={**self.pages, name: entry}, blocked=blocked)

    def beside(self, name: str) -> dict[str, Path]:
        """Name the files that were made with a page and lie beside it, by their endings."""
        entry = self.pages.get(name)
        return {ending: self.outputs.page(name).with_suffix(ending) for ending in (entry.beside if entry else ())}

    def without(self, names: Collection[str]) -> Manifest:
        """The manifest without pages that no longer lie there; the run it speaks of is then not whole."""
        pages = {name: entry for name, entry in self.pages.items() if name not in names}
        blocked = {name: title for name, title in self.blocked.items() if name not in names}
        return Manifest(self.outputs, pages=pages, blocked=blocked)

    def with_blocked(self, asked: Collection[str], blocked: Mapping[str, str]) -> Manifest:
        """The manifest after a run that asked for some pages, and could not begin some of them."""
        before = {name: title for name, title in self.blocked.items() if name not in asked}
        return replace(self, blocked=before | dict(blocked))

    def with_run(self, run: str, names: Sequence[str]) -> Manifest:
        """The manifest after a run that has all its pages."""
        return replace(self, run=run, names=tuple(names))

    def keeps(self, name: str, inputs: str) -> bool:
        """Tell whether a page lies there as it was made, from the same inputs."""
        entry = self.pages.get(name)
        made = entry is not None and entry.outcome == MADE and entry.inputs == inputs
        return made and self._lies(name)

    def is_whole(self, run: str) -> bool:
        """Tell whether a run would change nothing: nothing it depends on has, and its pages lie as they were made."""
        same = bool(run) and self.run == run and self.outputs.index.is_file()
        return same and all(map(self._lies, self.names))

    def _lies(self, name: str) -> bool:
        if name not in self.pages or self.pages[name].page != file_mark(self.outputs.page(name)):
            return False
        return all(self.pages[name].beside[ending] == file_mark(path) for ending, path in self.beside(name).items())

    def write(self) -> None:
        """Write it beside the pages; where that cannot be, pages are made again, no more."""
        content = {
            "run": self.run,
            "names": list(self.names),
            "pages": {name: asdict(entry) for name, entry in sorted(self.pages.items())},
            "blocked": dict(self.blocked),
        }
        with suppress(OSError):
            self.outputs.write(self.outputs.manifest, json.dumps(content, ensure_ascii=False, indent=1))


def read_manifest(outputs: Outputs) -> Manifest:
    """Read the manifest of a study's output.

    Parameters
    ----------
    outputs : Outputs
        The study's output.

    Returns
    -------
    Manifest
        An empty one where there is none or it cannot be read: the worst that follows is that pages are made again.
    """
    try:
        content = json.loads(outputs.manifest.read_text("utf-8"))
        pages = {name: Entry(**entry) for name, entry in content["pages"].items()}
        return Manifest(outputs, content["run"], tuple(content["names"]), pages, dict(content.get("blocked", {})))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(outputs)


def file_mark(path: Path) -> str:
    """Give the SHA-256 of a file, "" where there is none.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def notebook_folder() -> Path:
    """Give the project's own folder of notebooks, which lies beside the library.

    Examples
    --------
    >>> notebook_folder().name
    'notebooks'
    """
    return Path(__file__).parents[3] / "notebooks"


def mark(content: Mapping[str, object]) -> str:
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


def file_marks(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    """Mark each file of a folder, however deep.

    Parameters
    ----------
    folder : pathlib.Path
        The folder.
    pattern : str
        Only these files.

    Returns
    -------
    dict of str to str
        Path in the folder → mark of the content.
    """
    return {
        path.relative_to(folder).as_posix(): file_mark(path)
        for path in sorted(folder.glob(pattern))
        if path.is_file() and not path.name.startswith((".~", "~$")) and not set(path.parts) & set(_NOISE)
    }


@cache
def code_mark() -> str:
    """Mark this library's own code."""
    return mark(file_marks(Path(__file__).parents[2]))


@cache
def program_mark() -> str:
    """Mark the program that makes the pages: this library, Python, and every installed package with its version."""
    # The folders' own names hold the versions: reading every package's metadata takes a hundred times as long.
    packages = sorted({info.name for place in sys.path if place for info in Path(place).glob("*.dist-info")})
    return mark({"code": code_mark(), "packages": packages, "python": platform.python_version()})


def run_mark(study: Path, notebooks: Path, options: Sequence[Sequence[str]]) -> str:
    """Mark everything that a whole run depends on.

    Parameters
    ----------
    study : pathlib.Path
        The study's folder.
    notebooks : pathlib.Path
        The folder of notebooks.
    options : sequence of sequence of str
        What was chosen on the command line.

    Returns
    -------
    str
        One mark; "" where that cannot be read, which is then told when it is used.
    """
    try:
        if not (study.is_dir() and notebooks.is_dir()):
            return ""
        files, books = file_marks(study), file_marks(notebooks, "*.ipynb")
    except OSError:
        return ""
    return mark({"study": files, "notebooks": books, "program": program_mark(), "options": list(options)})
