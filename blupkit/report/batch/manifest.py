"""Which pages lie in a study's output, and what each was made from: unchanged ones need not be made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from blupkit.core.files import write_whole

MANIFEST: Final = Path("intern") / "sider.json"
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
    """

    inputs: str
    outcome: str
    page: str
    seconds: float
    finished: str


@dataclass(frozen=True)
class Manifest:
    """What is known of a study's pages.

    Parameters
    ----------
    run : str
        Mark of the last run that made or kept every page it was asked for; "" when something has happened since.
    names : tuple of str
        The pages of that run.
    pages : mapping of str to Entry
        By the page's name: folder/notebook.
    """

    run: str = ""
    names: tuple[str, ...] = ()
    pages: Mapping[str, Entry] | None = None

    def entry(self, name: str) -> Entry | None:
        """What is known of a page."""
        return (self.pages or {}).get(name)

    def with_entry(self, name: str, entry: Entry) -> Manifest:
        """The manifest after one more page; the run it speaks of is then not whole."""
        return Manifest(pages={**(self.pages or {}), name: entry})

    def with_run(self, run: str, names: tuple[str, ...]) -> Manifest:
        """The manifest after a run that has all its pages."""
        return replace(self, run=run, names=names)


def read_manifest(output: Path) -> Manifest:
    """Read the manifest of a study's output.

    Parameters
    ----------
    output : pathlib.Path
        The study's output folder.

    Returns
    -------
    Manifest
        An empty one where there is none or it cannot be read: the worst that follows is that pages are made again.
    """
    try:
        content = json.loads((output / MANIFEST).read_text("utf-8"))
        pages = {name: Entry(**entry) for name, entry in content["pages"].items()}
        return Manifest(content["run"], tuple(content["names"]), pages)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest()


def write_manifest(manifest: Manifest, output: Path) -> None:
    """Write the manifest.

    Parameters
    ----------
    manifest : Manifest
        What is known now.
    output : pathlib.Path
        The study's output folder.
    """
    content = {
        "run": manifest.run,
        "names": list(manifest.names),
        "pages": {name: asdict(entry) for name, entry in sorted((manifest.pages or {}).items())},
    }
    write_whole(output / MANIFEST, json.dumps(content, ensure_ascii=False, indent=1))


def is_kept(manifest: Manifest, name: str, inputs: str, output: Path) -> bool:
    """Tell whether a page lies there as it was made, from the same inputs.

    Parameters
    ----------
    manifest : Manifest
        What is known.
    name : str
        The page's name.
    inputs : str
        Mark of what it would be made from now.
    output : pathlib.Path
        The study's output folder.
    """
    entry = manifest.entry(name)
    return (
        entry is not None
        and entry.outcome == MADE
        and entry.inputs == inputs
        and page_mark(output / f"{name}.html") == entry.page
    )


def is_same_run(manifest: Manifest, run: str, output: Path) -> bool:
    """Tell whether a run would change nothing: nothing it depends on has, and its pages lie as they were made.

    Parameters
    ----------
    manifest : Manifest
        What is known.
    run : str
        Mark of the run, from `run_mark`.
    output : pathlib.Path
        The study's output folder.
    """
    entries = [(name, manifest.entry(name)) for name in manifest.names]
    return (
        bool(run)
        and manifest.run == run
        and (output / "index.html").is_file()
        and all(entry and page_mark(output / f"{name}.html") == entry.page for name, entry in entries)
    )


def page_mark(path: Path) -> str:
    """The SHA-256 of a finished page, "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
