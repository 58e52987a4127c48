"""What a release needs: `make release` looks at each thing, says how it stands, and exits with 1 if one is missing.

It makes nothing public and changes nothing: whoever releases tags the commit and sends the files where they go.

    python tools/release.py [NAME ...]

With names only those are looked at: tree, version, changelog, decisions, conda, locks, licence, lint, wheel.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
#: What reads and writes Office files and pictures: none of it is needed to say how the program is used.
OFFICE: Final = ("docx", "openpyxl", "pptx", "xlsxwriter", "icalendar", "PIL", "pandas", "matplotlib")
_HEADING: Final = re.compile(r"## (\d+\.\d+\.\d+) — (\d{4}-\d{2}-\d{2})")
#: Starts the program as it is installed in a folder, and says where it came from and what it imported.
_START: Final = """
import contextlib, io, sys
import blupkit.cli
sys.argv = ["blupkit", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.suppress(SystemExit):
    blupkit.cli.main()
print(blupkit.__file__, len(shown.getvalue()), *sorted({name.partition(".")[0] for name in sys.modules}))
"""


class Look(NamedTuple):
    """One thing that is looked at: what is so when all is well, and what finds that it is not."""

    well: str
    problems: Callable[[Path], Iterator[str]]


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def _project(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return found


def version_of(root: Path) -> str:
    """Give the version that the package gets: where `pyproject.toml` says that it stands."""
    place = root / _project(root)["tool"]["hatch"]["version"]["path"]
    found = re.search(r'^__version__ = "([^"]*)"', place.read_text("utf-8"), flags=re.MULTILINE)
    return found[1] if found else ""


def _tree(root: Path) -> Iterator[str]:
    changed = _run(root, "git", "status", "--porcelain").stdout.splitlines()
    if changed:
        yield f"{len(changed)} files are changed or new, the first is {changed[0][3:]}: commit them, or take them away."


def _version(root: Path) -> Iterator[str]:
    version = version_of(root)
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f'the version is "{version}": write three numbers, as 0.2.0, in blupkit/__init__.py.'
    tagged = _run(root, "git", "rev-list", "-n", "1", f"v{version}").stdout.strip()
    if tagged and tagged != _run(root, "git", "rev-parse", "HEAD").stdout.strip():
        yield f"v{version} is tagged on another commit: raise the version in blupkit/__init__.py."


def _changelog(root: Path) -> Iterator[str]:
    headings = re.findall(r"^## .*$", (root / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    undated = [heading for heading in headings if not _HEADING.fullmatch(heading)]
    for heading in undated:
        yield f'CHANGELOG.md has "{heading}": write "## VERSION — YEAR-MONTH-DAY", and nothing unreleased.'
    dated = [found for heading in headings if (found := _HEADING.fullmatch(heading))]
    for found in dated:
        try:
            if date.fromisoformat(found[2]) > date.today():
                yield f"CHANGELOG.md says that {found[1]} came out on {found[2]}, which is to come: write the day."
        except ValueError:
            yield f"CHANGELOG.md says {found[2]} of {found[1]}, and there is no such day: write the day."
    if not undated and [found[1] for found in dated[:1]] != [version_of(root)]:
        yield f"the newest heading of CHANGELOG.md is not {version_of(root)}: write what is new under it."


def _decisions(root: Path) -> Iterator[str]:
    folder = root / "docs" / "decisions"
    names = sorted(path.name for path in folder.glob("*.md") if path.name != "README.md")
    for number, name in enumerate(names, start=1):
        if not name.startswith(f"{number:04d}-"):
            yield f"decision {number:04d} is not there, {name} is: number them from 0001 on, without a gap."
            break
    listed = re.findall(r"\]\(([^)]+)\)", (folder / "README.md").read_text("utf-8"))
    if listed != names:
        odd = sorted(set(listed) ^ set(names)) or ["their order"]
        yield f"docs/decisions/README.md does not list the decisions that are there: {odd[0]}."


def _conda(root: Path) -> Iterator[str]:
    project = _project(root)["project"]
    lines = re.findall(r"^ +- (\S.*)$", (root / "environment.yml").read_text("utf-8"), flags=re.MULTILINE)
    listed = set(lines) - {"conda-forge", "pip", "pip:", "--editable ."}
    odd = sorted(listed ^ {f"python{project['requires-python']}", *project["dependencies"]})
    if odd:
        yield f"environment.yml and pyproject.toml differ by {', '.join(odd)}: write the same in both."


def _locks(root: Path) -> Iterator[str]:
    names = {re.split(r"[<>=]", line)[0] for line in _project(root)["project"]["dependencies"]}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        pinned = set(re.findall(r"^([a-z0-9][a-z0-9-]*)==", (root / lock).read_text("utf-8"), flags=re.MULTILINE))
        if missing := sorted(names - pinned):
            yield f"{lock} does not pin {', '.join(missing)}: run make lock."


def _licence(root: Path) -> Iterator[str]:
    project = _project(root)["project"]
    for name in project.get("license-files", []) or ["LICENSE"]:
        if not (root / name).is_file():
            yield f"{name} is not there: put the text of the {project['license']} licence in it."


def _lint(root: Path) -> Iterator[str]:
    done = _run(root, "make", "lint")
    if done.returncode:
        last = (done.stdout + done.stderr).strip().splitlines() or ["it said nothing"]
        yield f"make lint stops, and ends with: {last[-1]}"


def _wheel(root: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        made = _run(root, *pip, "wheel", "--no-deps", "--wheel-dir", folder, str(root))
        wheels = list(Path(folder).glob("*.whl"))
        if made.returncode or not wheels:
            last = made.stderr.strip().splitlines() or ["pip said nothing"]
            yield f"the wheel is not built ({last[-1]}): pip fetches hatchling for it, once, from its index."
            return
        yield from wheel_problems(root, wheels[0])


def wheel_problems(root: Path, wheel: Path) -> Iterator[str]:
    """Say what is wrong with a wheel: what is not in it, and whether it starts where nothing else of the project is.

    Parameters
    ----------
    root : pathlib.Path
        The project.
    wheel : pathlib.Path
        The file.
    """
    tracked = set(_run(root, "git", "ls-files", "blupkit").stdout.splitlines())
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if not name.endswith("/")}
    inside = {name for name in held if ".dist-info/" not in name}
    if missing := sorted(tracked - inside):
        yield f"{len(missing)} files of blupkit/ are not in the wheel, the first is {missing[0]}."
    if foreign := sorted(inside - tracked):
        yield f"{len(foreign)} files in the wheel are not in git, the first is {foreign[0]}."
    if not any(name.endswith("/LICENSE") for name in held - inside):
        yield 'the wheel has no licence in it: name it in "license-files" in pyproject.toml.'
    yield from _start_problems(root, wheel)


def _start_problems(root: Path, wheel: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        command = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps", "--no-index")
        installed = _run(root, sys.executable, *command, "--target", folder, str(wheel))
        if installed.returncode:
            yield f"the wheel is not installed: {installed.stderr.strip().splitlines()[-1]}"
            return
        started = subprocess.run(
            [sys.executable, "-c", _START],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if started.returncode:
            yield f"the wheel does not start: {started.stderr.strip().splitlines()[-1]}"
            return
        place, shown, *imported = started.stdout.split()
        if not Path(place).is_relative_to(Path(folder).resolve()) or not int(shown):
            yield f"blupkit --help does not come from the wheel but from {place}, or says nothing."
        if heavy := sorted(set(OFFICE) & set(imported)):
            yield f"blupkit --help imports {', '.join(heavy)}: import it where it is used."


LOOKS: Final = {
    "tree": Look("Nothing is changed that is not committed.", _tree),
    "version": Look("The version is three numbers, and was not released before.", _version),
    "changelog": Look("The changelog is dated, and its newest heading is the version.", _changelog),
    "decisions": Look("The decisions are numbered without a gap, and all listed.", _decisions),
    "conda": Look("conda and pip install the same packages.", _conda),
    "locks": Look("Each package is pinned.", _locks),
    "licence": Look("The licence is there.", _licence),
    "lint": Look("make lint finds nothing.", _lint),
    "wheel": Look("The wheel is built, holds every file, and starts by itself without Office libraries.", _wheel),
}


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Look at everything, print how it stands, and give the exit code."""
    parser = argparse.ArgumentParser(description="What a release needs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(LOOKS)}")
    names = parser.parse_args(arguments).names
    if unknown := [name for name in names if name not in LOOKS]:
        parser.error(f"there is nothing called {unknown[0]}; there are {', '.join(LOOKS)}")
    wrong = 0
    for name in names or LOOKS:
        problems = list(LOOKS[name].problems(root))
        wrong += len(problems)
        for line in [f"no   {name}: {problem}" for problem in problems] or [f"yes  {LOOKS[name].well}"]:
            print(line, flush=True)
    version = version_of(root)
    print(f"{wrong} to mend before {version} can be released." if wrong else f"{version} can be released.")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
