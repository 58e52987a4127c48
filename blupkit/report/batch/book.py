"""What a notebook says of itself: what its pages are for, what it reads and wants, and what it sets."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from blupkit.core.danish import listing
from blupkit.core.errors import Fault, FileError
from blupkit.core.outputs import Folder

MUNICIPALITY: Final = "kommune"
#: For pages that each municipality has and all together do not, and for those of them that only the consultant has.
EACH, INTERNAL_EACH = "kommuner", "intern_kommune"
#: For a page that has all municipalities side by side; it is shared only where the study says so.
COMPARISON: Final = "sammenligning"
#: What a notebook can say that its pages are for.
KINDS: Final = (MUNICIPALITY, EACH, Folder.COMMON, Folder.INTERNAL, INTERNAL_EACH, COMPARISON)
#: Those of which there is a page for each reader.
PER_READER: Final = (MUNICIPALITY, EACH, INTERNAL_EACH)
#: What one says that one works in.
WITHOUT_PAGES: Final = "ingen"
ANSWERS: Final = "svar"
#: What a notebook can say that it uses → where the study has it. "svar" are the survey's answers themselves, which a
#: page does not read that only shows what the decision lets it show.
MATERIALS: Final = {
    "spoergeskema": "survey",
    ANSWERS: "survey",
    "interview": "interviews",
    "aktiviteter": "activities",
}
#: The same for tables about activities, by the tables' names.
TABLES: Final = {"workshopper": "workshops", "katalog": "katalog", "konference": "konference"}
#: The mark of the cell that papermill sets anew, and of the one that it writes: after the first cell with the mark, of
#: whatever kind, or in the place of one that it wrote before.
PARAMETERS: Final = "parameters"
INJECTED: Final = "injected-parameters"
#: The parameter that says whose page it is.
READER: Final = "municipality"
#: What cells are called in JupyterLab's Danish.
_CELL_KINDS: Final = {"code": "kode", "markdown": "tekst", "raw": "rå tekst"}
#: How much of a cell is quoted, so that it can be found.
_QUOTED: Final = 40


@dataclass(frozen=True)
class Marked:
    """A cell with a mark that papermill looks for: its place (from 1), kind, text, and the mark as it is written."""

    place: int
    kind: str
    text: str
    mark: str

    @property
    def named(self) -> str:
        """How the cell is told of."""
        first = next((line.strip() for line in self.text.splitlines() if line.strip()), "")
        quoted = first if len(first) <= _QUOTED else f"{first[:_QUOTED]}…"
        return f"celle {self.place} ({_CELL_KINDS.get(self.kind, self.kind)}: »{quoted}«)"


@dataclass(frozen=True)
class Book:
    """What a notebook says of itself; nbformat, which takes a second to import, checks it when it is run.

    Parameters
    ----------
    source : pathlib.Path
        Where it lies.
    purpose : mapping of str to object
        Its metadata `blupkit`.
    code : tuple of str
        The source of each of its cells of code.
    marked : tuple of Marked
        Its cells with a mark that papermill looks for, however that is written.
    """

    source: Path
    purpose: Mapping[str, object]
    code: tuple[str, ...]
    marked: tuple[Marked, ...]

    @property
    def kind(self) -> str:
        """What its pages are for."""
        kind = self.purpose.get("sider")
        if kind not in KINDS:
            action = 'Tilføj "blupkit": {"sider": "kommune", "bruger": ["spoergeskema"]} i notesbogens metadata.'
            raise self._fault(str(kind), listing(KINDS, "eller"), action, "blupkit.sider")
        return str(kind)

    @property
    def uses(self) -> tuple[str, ...]:
        """Which materials it reads."""
        uses = self.purpose.get("bruger", ())
        return tuple(uses) if isinstance(uses, list) else ()

    @property
    def parameters(self) -> frozenset[str]:
        """The names that its cell of parameters sets."""
        try:
            code = ast.parse(self._settings)
        except SyntaxError:
            return frozenset()  # the cell stops when it is run, and says why
        targets = [target for line in code.body if isinstance(line, ast.Assign) for target in line.targets]
        targets += [line.target for line in code.body if isinstance(line, ast.AnnAssign)]
        names = frozenset(target.id for target in targets if isinstance(target, ast.Name))
        if self.kind in PER_READER and READER not in names:
            found = f"en celle med parametre uden {READER}"
            action = f'Tilføj en linje for sig i cellen: {READER} = "alle". Ellers viser alle sider det samme.'
            raise self._fault(found, f"en linje, der sætter {READER}", action)
        return names

    @property
    def _settings(self) -> str:
        """Give the source of the one cell of parameters, where papermill's own comes right after it and counts."""
        exact = [cell for cell in self.marked if cell.mark == PARAMETERS]
        wrong = [cell for cell in self.marked if cell.mark not in (PARAMETERS, INJECTED)]
        if not exact and not wrong:
            action = "Giv cellen med parametre mærket »parameters« (Cell Tags i JupyterLab)."
            raise self._fault("ingen parametercelle", "en celle mærket »parameters«", action)
        if len(exact) != 1 or exact[0].kind != "code" or wrong:
            places = listing([cell.named for cell in self.marked if cell.mark != INJECTED])
            action = (
                "Lad kun cellen, der sætter parametrene, have mærket, skrevet med små bogstaver (Cell Tags i"
                " JupyterLab). Ellers kan alle sider komme til at vise den samme kommune."
            )
            raise self._fault(f"mærket »parameters« på {places}", "mærket på én celle med kode", action)
        written = [cell for cell in self.marked if cell.mark == INJECTED]
        if len(written) > 1 or any(cell.place <= exact[0].place for cell in written):
            places = listing([cell.named for cell in written])
            action = f"Slet {'cellerne' if len(written) > 1 else 'cellen'}: Den rigtige bliver skrevet hver gang."
            raise self._fault(f"parametre fra en tidligere kørsel i {places}", "kun notesbogens egne", action)
        return exact[0].text

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules that its names of this library come from; its other imports are its own affair.

        A module that asks a room for a name, as `app.deciding` does, has the room import what gives it only then: what
        it asks for is told too.
        """
        return _named(*self.code)

    def _fault(self, found: str, expected: str, action: str, column: str = "") -> FileError:
        return FileError(Fault(self.source.name, found, expected, action, column=column))


@cache
def read_book(source: Path) -> Book:
    """Read what a notebook says of itself.

    Parameters
    ----------
    source : pathlib.Path
        The notebook.

    Returns
    -------
    Book
        What the batch needs to know of it.

    Raises
    ------
    FileError
        It is no notebook.
    """
    fault = Fault(source.name, "en fil, der ikke er en notesbog", "en Jupyter-notesbog", "Hent filen igen.")
    try:
        content = json.loads(source.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise FileError(fault) from error
    if not isinstance(content, dict) or not {"cells", "metadata"} <= set(content):
        raise FileError(fault)
    cells = [("".join(cell["source"]), cell) for cell in content["cells"]]
    code = tuple(text for text, cell in cells if cell["cell_type"] == "code")
    marked = tuple(
        Marked(place, str(cell["cell_type"]), text, mark)
        for place, (text, cell) in enumerate(cells, start=1)
        for mark in _marks(cell["metadata"])
        if mark.strip().casefold() in (PARAMETERS, INJECTED)
    )
    return Book(source, content["metadata"].get("blupkit", {}), code, marked)


@cache
def _named(*sources: str) -> tuple[str, ...]:
    """Name the modules that names of this library come from, and those that these ask rooms for."""
    rooms: dict[str, str] = {}
    found: dict[str, None] = {}
    for source in sources:
        with suppress(SyntaxError):  # it is told of where the cell is run
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.ImportFrom) and node.module == "blupkit":
                    rooms |= {alias.asname or alias.name: f"blupkit.{alias.name}" for alias in node.names}
                elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
                    found |= dict.fromkeys(_makers(rooms[node.value.id], node.attr))
    return tuple(found)


@cache
def _makers(room: str, name: str) -> tuple[str, ...]:
    """Name the room, the module that its name comes from, and what that module asks rooms for."""
    module = _stub(room).get(name)
    if module is None:
        return ()
    source = files(room).joinpath(f"{module.replace('.', '/')}.py")
    text = source.read_text("utf-8") if source.is_file() else ""
    return (room, f"{room}.{module}", *(_named(text) if "\nfrom blupkit import " in text else ()))


@cache
def _stub(room: str) -> dict[str, str]:
    """Say by a room's stub which module each name comes from: the room hands its names on lazily."""
    stub = files(room) / "__init__.pyi" if find_spec(room) else None
    if stub is None or not stub.is_file():
        return {}
    found = [node for node in ast.parse(stub.read_text("utf-8")).body if isinstance(node, ast.ImportFrom)]
    return {alias.name: str(node.module) for node in found for alias in node.names}


def _marks(metadata: Mapping[str, object]) -> list[str]:
    tags = metadata.get("tags", [])
    return list(map(str, tags if isinstance(tags, list) else [tags]))
