"""How the library hangs together, in numbers: `make lint` prints them, and says what is past its limit.

An arrow goes from a module to the module that *defines* a name it uses: names that a room's face hands on
(`__init__.py`, `__init__.pyi`) are followed home, and an import counts wherever it stands, in a function and under
`TYPE_CHECKING` too. Of a room that is imported whole (`from blupkit import survey`), what is asked of it
(`survey.needs`) is what counts. A face is no module of its own: it has no arrows, and none end there.

    python tools/structure.py [FOLDER OF THE PACKAGE] [--strict]

With `--strict` it exits with 1 when something is past its limit.
"""

from __future__ import annotations

import argparse
import ast
import io
import statistics
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

ARROWS_PER_MODULE = 4.5
FILE_LINES = 400
FOLDER_MODULES = 12
#: Folders that may hold more: `core` is flat, since all stand on it and nothing in it is a layer on the rest; in
#: `disclosure` each module is one step of the same decision.
WIDER_FOLDERS = {"core": 14, "disclosure": 15}
#: How many of the worst are named.
NAMED = 8

#: What a line may hold without being a line of code.
NO_CODE = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}

Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """One file, read once; `name` is the module's (`blupkit.core.files`), a face's that of its folder."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    @property
    def is_face(self) -> bool:
        """Whether it only hands names on."""
        return self.path.stem == "__init__"


class Import(NamedTuple):
    """One imported name; `name` is empty where a module is imported whole, `local` what the file calls it."""

    base: str
    name: str
    local: str


class Arrow(NamedTuple):
    """One module's use of another."""

    start: str
    end: str


class Package(NamedTuple):
    """The files of a package: modules, and faces with what each hands on under which name."""

    folder: Path
    sources: list[Source]
    modules: dict[str, Source]
    faces: dict[str, dict[str, Import]]


def read_package(folder: Path) -> Package:
    """Read all files of a package."""
    sources = [read_source(path, folder) for path in sorted(folder.rglob("*.py*")) if path.suffix in {".py", ".pyi"}]
    faces: dict[str, dict[str, Import]] = {}
    for source in sources:
        if source.is_face:
            faces.setdefault(source.name, {}).update({found.local: found for found in imports(source, folder.name)})
    modules = {source.name: source for source in sources if not source.is_face and source.path.suffix == ".py"}
    return Package(folder, sources, modules, faces)


def read_source(path: Path, folder: Path) -> Source:
    """Read one file; its module is named from the package's folder on."""
    parts = path.relative_to(folder.parent).with_suffix("").parts
    text = path.read_text("utf-8")
    return Source(".".join(parts[:-1] if path.stem == "__init__" else parts), path, text, ast.parse(text))


def imports(source: Source, package: str) -> Iterator[Import]:
    """Give what a file imports from its own package, wherever it stands in the file."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found = [Import(alias.name, "", alias.asname or alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, source)
            found = [Import(base, alias.name, alias.asname or alias.name) for alias in node.names]
        else:
            continue
        yield from (one for one in found if one.base.split(".")[0] == package)


def _base(node: ast.ImportFrom, source: Source) -> str:
    """Give the full name of what follows `from`."""
    if not node.level:
        return node.module or ""
    here = source.name.split(".") if source.is_face else source.name.split(".")[:-1]
    return ".".join([*here[: len(here) - node.level + 1], *([node.module] if node.module else [])])


def arrows(package: Package) -> set[Arrow]:
    """Give each module's use of each other module, once."""
    found = set()
    for name, source in package.modules.items():
        for one in imports(source, package.folder.name):
            ends = {home(package, one.base, one.name)}
            if ends <= set(package.faces):
                ends = {end for asked in _asked_of(source, one.local) for end in [home(package, *ends, *asked)]}
            found |= {Arrow(name, end) for end in ends if end in package.modules and end != name}
    return found


def home(package: Package, base: str, *names: str) -> str:
    """Follow a dotted name through the faces to the module that defines it, or to the last face that is known."""
    for name in filter(None, names):
        below = f"{base}.{name}"
        if below in package.modules or below in package.faces:
            base = below
        elif name in package.faces.get(base, {}):
            handed = package.faces[base][name]
            base = home(package, handed.base, handed.name)
        else:
            return base
    return base


def _asked_of(source: Source, local: str) -> Iterator[list[str]]:
    """Give what a file asks of a room that it imported whole: `survey.words.phrases` as `["words", "phrases"]`."""
    for node in ast.walk(source.tree):
        names: list[str] = []
        while isinstance(node, ast.Attribute):
            names.insert(0, node.attr)
            node = node.value
        if names and isinstance(node, ast.Name):
            root = local.split(".")
            dotted = [node.id, *names]
            if dotted[: len(root)] == root:
                yield dotted[len(root) :]


def circle(found: set[Arrow]) -> list[str]:
    """Give one circle of modules, or nothing when there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for start, end in sorted(found):
        sorter.add(start, end)
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def code_lines(source: Source) -> set[int]:
    """Give the numbers of the lines that hold code: no blank line, comment or docstring."""
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
        if token.type not in NO_CODE:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return lines.difference(*(_docstring_lines(node) for node in ast.walk(source.tree)))


def _docstring_lines(node: ast.AST) -> range:
    """Give the lines of a node's docstring, none without one."""
    if isinstance(node, Documented) and ast.get_docstring(node, clean=False) is not None:
        return range(node.body[0].lineno, (node.body[0].end_lineno or node.body[0].lineno) + 1)
    return range(0)


def function_lengths(source: Source) -> dict[str, int]:
    """Give the code lines of each function's body, under `module:line:name`."""
    code, lengths = code_lines(source), {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = range(node.body[0].lineno, (node.body[-1].end_lineno or 0) + 1)
            if inside := code.intersection(body):
                lengths[f"{source.name}:{node.lineno}:{node.name}"] = len(inside)
    return lengths


class Structure(NamedTuple):
    """The numbers of a package; `functions` from the shortest to the longest."""

    modules: int
    arrows: set[Arrow]
    circle: list[str]
    folders: dict[str, int]
    files: dict[str, int]
    code: int
    functions: list[tuple[int, str]]

    @property
    def arrows_per_module(self) -> float:
        """How many other modules a module knows, on average."""
        return len(self.arrows) / self.modules


def measure(package: Package) -> Structure:
    """Count everything; a folder is named below the package's own, a file with its path there."""
    lengths = {name: length for source in package.modules.values() for name, length in function_lengths(source).items()}
    found = arrows(package)
    return Structure(
        modules=len(package.modules),
        arrows=found,
        circle=circle(found),
        folders=Counter(_place(source.path.parent, package) for source in package.modules.values()),
        files={_place(source.path, package): len(source.text.splitlines()) for source in package.sources},
        code=sum(len(code_lines(source)) for source in package.sources),
        functions=sorted((length, name) for name, length in lengths.items()),
    )


def _place(path: Path, package: Package) -> str:
    return path.relative_to(package.folder).as_posix()


def numbers(structure: Structure) -> str:
    """Say the numbers in a few lines."""
    lengths = [length for length, _ in structure.functions]
    widest, longest = max(structure.folders.values()), max(structure.files.values())
    return (
        f"{structure.modules} modules, {len(structure.arrows)} arrows: {structure.arrows_per_module:.2f} a module; "
        f"widest folder {widest} modules, longest file {longest} lines\n"
        f"{structure.code} lines of code in {len(lengths)} functions: median {statistics.median(lengths):g}, "
        f"p99 {lengths[int(len(lengths) * 0.99)]}, longest {lengths[-1]}"
    )


def over(structure: Structure) -> list[str]:
    """Say what is past its limit, the worst first."""
    found = []
    if structure.arrows_per_module > ARROWS_PER_MODULE:
        worst = Counter(start for start, _ in sorted(structure.arrows)).most_common(NAMED)
        named = ", ".join(f"{name} {count}" for name, count in worst)
        found.append(f"{structure.arrows_per_module:.2f} arrows a module, at most {ARROWS_PER_MODULE}: {named}")
    if structure.circle:
        found.append(f"a circle: {' -> '.join(structure.circle)}")
    wide = [(name, count, WIDER_FOLDERS.get(name, FOLDER_MODULES)) for name, count in structure.folders.items()]
    found += [f"{name}/ has {count} modules, at most {most}" for name, count, most in sorted(wide) if count > most]
    long = {name: count for name, count in structure.files.items() if count > FILE_LINES}
    return found + [f"{name} has {count} lines, at most {FILE_LINES}" for name, count in sorted(long.items())]


def main(arguments: list[str] | None = None) -> int:
    """Print the numbers and what is past its limit; give the exit code."""
    parser = argparse.ArgumentParser(description="How the library hangs together, in numbers.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1] / "blupkit")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when something is past its limit")
    given = parser.parse_args(arguments)
    structure = measure(read_package(given.folder))
    print(numbers(structure))
    past = over(structure)
    for line in past:
        print(f"past its limit: {line}")
    return int(given.strict and bool(past))


if __name__ == "__main__":
    sys.exit(main())
