"""Which pages a study gets: notebook × municipality, worked out before anything is run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from blupkit.core.danish import listing
from blupkit.core.errors import DataError, Fault, FileError
from blupkit.core.outputs import Folder, Outputs
from blupkit.core.study import ALL, Edition, Study, read_edition

MUNICIPALITY: Final = "kommune"
#: For a page that has all municipalities side by side; it is shared only where the study says so.
COMPARISON: Final = "sammenligning"
#: What a notebook can say that its pages are for.
KINDS: Final = (MUNICIPALITY, Folder.COMMON, Folder.INTERNAL, COMPARISON)
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
RELEASE: Final = "udgivelse"
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
#: The parameter that says where the decision on what is shown lies.
RELEASE_FILE: Final = "release_file"


@dataclass(frozen=True)
class Page:
    """One page to be made.

    Parameters
    ----------
    study : Study
        What it is a page of.
    notebook : pathlib.Path
        The notebook that makes it.
    title : str
        The notebook's own name for its page.
    municipality : str
        A slug or "alle".
    folder : str
        The folder under the study's output: a slug, "faelles" or "intern".
    parameters : mapping of str to str
        What papermill sets.
    uses : tuple of str
        Which of the study's materials it reads: "spoergeskema", "svar", "interview"; "udgivelse", when it shows no more
        than what the decision lets it show; and "sammenligning", when that is of all municipalities.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> page = Page(study, Path("notebooks/03_tematisk.ipynb"), "Temaer", "alle", "faelles", {}, ("interview",))
    >>> page.name, page.edition.place, page.is_shared
    ('faelles/03_tematisk', 'begge kommuner', True)
    """

    study: Study
    notebook: Path
    title: str
    municipality: str
    folder: str
    parameters: Mapping[str, str]
    uses: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the page is called in messages: folder/notebook."""
        return f"{self.folder}/{self.notebook.stem}"

    @property
    def edition(self) -> Edition:
        """The study in its reader's words."""
        return read_edition(self.study, self.municipality)

    @property
    def is_shared(self) -> bool:
        """Whether others than the consultant may see it."""
        return self.folder != Folder.INTERNAL

    @property
    def release_file(self) -> Path | None:
        """Where the decision lies that it shows; None when it shows none."""
        return Path(self.parameters[RELEASE_FILE]) if RELEASE_FILE in self.parameters else None

    @property
    def needs_survey(self) -> bool:
        """Whether it waits for the answers, or for what is decided of them."""
        return self.release_file is not None or any(MATERIALS.get(use) == "survey" for use in self.uses)


def plan_pages(
    study: Study,
    notebooks: Path,
    outputs: Outputs | None = None,
    *,
    municipalities: Sequence[str] = (),
    chosen: Sequence[str] = (),
    parameters: Mapping[str, str] | None = None,
) -> list[Page]:
    """Work out which pages a study gets, before anything is run.

    A notebook says in its metadata (`blupkit`) what its pages are for ("kommune": one for each municipality and one for
    all; "faelles": one for all; "intern": one for the consultant; "sammenligning": one with all municipalities, for all
    or for the consultant as the study says; "ingen": none, for a notebook that one works in) and which materials it
    reads. A notebook whose materials the study does not have is left out.

    Parameters
    ----------
    study : Study
        The study.
    notebooks : pathlib.Path
        The folder with the notebooks; they are taken in the order of their names.
    outputs : Outputs, optional
        Where the notebooks of shared pages read what is shown to their reader, and the consultant's every decision.
    municipalities : sequence of str
        Only these slugs (and "alle" for the common pages); all of them when empty.
    chosen : sequence of str
        Only the notebooks with these names, with or without `.ipynb`; all of them when empty.
    parameters : mapping of str to str, optional
        Further parameters, for the notebooks that have them.

    Returns
    -------
    list of Page
        In the order of notebooks, then municipalities.

    Raises
    ------
    DataError
        A municipality, notebook or parameter that does not exist; the message lists those that do.
    FileError
        There are no notebooks, or one says nothing of its pages.

    Examples
    --------
    >>> import tempfile
    >>> from blupkit.core import example_study
    >>> study = example_study()
    >>> cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["municipality = 'alle'"]}
    >>> book = {"metadata": {"blupkit": {"sider": "faelles", "titel": "Temaer"}}, "cells": [cell]}
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "03_temaer.ipynb").write_text(json.dumps(book))
    >>> [(page.name, page.title, page.parameters) for page in plan_pages(study, folder)]
    [('faelles/03_temaer', 'Temaer', {'municipality': 'alle'})]
    """
    for name in municipalities:
        study.municipality(name)
    books = _choose(notebooks, chosen)
    extra = dict(parameters or {})
    _check_names(extra, {name for book in books for name in book.parameters}, "parameter", notebooks)
    return [
        _page(book, study, name, outputs, extra)
        for book in books
        if _is_for(book, study)
        for name in _municipalities_of(book.kind, study, municipalities)
    ]


def is_planned(study: Study, notebooks: Path, name: str, made_with: str = "") -> bool:
    """Tell whether a study gets a page of this name (folder/notebook) when all are made.

    So it does where the notebook lies there and cannot be read, for it may be mended; and where the page was made with
    a notebook of another folder, as long as that lies there.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> [is_planned(example_study(), Path("notebooks"), f"{place}/02_behovsanalyse") for place in ("nordby", "vestby")]
    [True, False]
    """
    if made_with and Path(made_with).parent != notebooks.resolve() and Path(made_with).is_file():
        return True
    folder, _, stem = name.partition("/")
    source = notebooks / f"{stem}.ipynb"
    if not source.is_file():
        return False
    if not _has_pages(source):
        return False
    try:
        book = read_book(source)
        places = _municipalities_of(book.kind, study, ()) if _is_for(book, study) else []
        return folder in [_folder(book.kind, place, study) for place in places]
    except FileError:
        return True


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
        if self.kind == MUNICIPALITY and READER not in names:
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


def _marks(metadata: Mapping[str, object]) -> list[str]:
    tags = metadata.get("tags", [])
    return list(map(str, tags if isinstance(tags, list) else [tags]))


def _page(book: Book, study: Study, place: str, outputs: Outputs | None, extra: dict[str, str]) -> Page:
    settings = {"study_folder": str(study.folder), READER: place} | extra
    compares = book.kind == COMPARISON
    if outputs is not None:
        own_file = outputs.release if book.kind == Folder.INTERNAL else outputs.part(place)
        settings[RELEASE_FILE] = str((outputs.comparison if compares else own_file).resolve())
    own = {key: value for key, value in settings.items() if key in book.parameters}
    shows = (RELEASE,) if RELEASE_FILE in own and book.kind != Folder.INTERNAL else ()
    shows = (*shows, COMPARISON) if compares else shows
    title = str(book.purpose.get("titel", book.source.stem))
    return Page(study, book.source, title, place, _folder(book.kind, place, study), own, (*book.uses, *shows))


def _folder(kind: str, place: str, study: Study) -> str:
    if kind == COMPARISON:
        return Folder.COMMON if study.release.compares else Folder.INTERNAL
    return str(Folder.INTERNAL if kind == Folder.INTERNAL else Folder.COMMON if place == ALL else place)


def _is_for(book: Book, study: Study) -> bool:
    """Tell whether the study has what the notebook reads, and several municipalities where it compares them."""
    alone = sum(map(study.release.holds_place, study.places)) == 1
    return not (book.kind == COMPARISON and alone) and all(getattr(study, MATERIALS[use]) for use in book.uses)


def _choose(folder: Path, chosen: Sequence[str]) -> list[Book]:
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb")) if _has_pages(path)}
    if not found:
        action = "Kør kommandoen fra projektets mappe, eller angiv mappen med --notebooks."
        raise FileError(Fault(str(folder), "ingen notesbøger", "en mappe med .ipynb-filer", action))
    names = [name.removesuffix(".ipynb") for name in chosen]
    _check_names(names, found, "notebook", folder)
    return [read_book(path) for name, path in found.items() if not names or name in names]


def _has_pages(source: Path) -> bool:
    """Tell whether a notebook is made pages of; one that cannot be read is told of when its turn comes."""
    try:
        return read_book(source).purpose.get("sider") != WITHOUT_PAGES
    except FileError:
        return True


def _check_names(names: Iterable[str], allowed: Iterable[str], column: str, folder: Path) -> None:
    options = sorted(allowed)
    if wrong := [name for name in names if name not in options]:
        expected, action = listing(options, "eller"), "Vælg et af de navne, der findes."
        raise DataError(Fault(folder.name, name, expected, action, column=column) for name in wrong)


def _municipalities_of(kind: str, study: Study, wanted: Sequence[str]) -> list[str]:
    if kind != MUNICIPALITY:
        return [] if wanted and ALL not in wanted else [ALL]
    return [name for name in study.readers if study.release.holds_place(name) and name in (wanted or study.readers)]
