"""Which pages a study gets: notebook × municipality, worked out before anything is run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from blupkit.core.errors import DataError, Fault, FileError, one_of
from blupkit.core.outputs import Folder, Outputs
from blupkit.core.study import ALL, Edition, Study, read_edition
from blupkit.report.batch.book import (
    ANSWERS,
    COMPARISON,
    INTERNAL_EACH,
    MATERIALS,
    MUNICIPALITY,
    PER_READER,
    READER,
    TABLES,
    WITHOUT_PAGES,
    Book,
    read_book,
)

RELEASE: Final = "udgivelse"
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
        The folder under the study's output: a slug, "faelles", "intern", or one in "intern" with a slug.
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
        return self.folder.split("/")[0] != Folder.INTERNAL

    @property
    def release_file(self) -> Path | None:
        """Where the decision lies that it shows; None when it shows none."""
        return Path(self.parameters[RELEASE_FILE]) if RELEASE_FILE in self.parameters else None

    @property
    def compares(self) -> bool:
        """Whether it has all municipalities side by side."""
        return COMPARISON in self.uses

    @property
    def reads_answers(self) -> bool:
        """Whether it reads the survey's answers themselves."""
        return ANSWERS in self.uses

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of this library that its notebook asks for."""
        return read_book(self.notebook).modules

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
    all; "kommuner": one for each municipality; "faelles": one for all; "intern": one for the consultant;
    "intern_kommune": one of each municipality for the consultant, with what that municipality may see of the survey;
    "sammenligning": one with all municipalities, for all or for the consultant as the study says; "ingen": none, for a
    notebook that one works in) and which materials it reads. A notebook whose materials the study does not have is left
    out.

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
    >>> import json, tempfile
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
    folder, _, stem = name.rpartition("/")
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
    if kind == INTERNAL_EACH:
        return f"{Folder.INTERNAL}/{place}"
    return str(Folder.INTERNAL if kind == Folder.INTERNAL else Folder.COMMON if place == ALL else place)


def _is_for(book: Book, study: Study) -> bool:
    """Tell whether the study has what the notebook reads, and several municipalities where it compares them."""
    alone = sum(map(study.release.holds_place, study.places)) == 1
    return not (book.kind == COMPARISON and alone) and all(_has(study, use) for use in book.uses)


def _has(study: Study, use: str) -> bool:
    return bool(study.activity_table(TABLES[use]) if use in TABLES else getattr(study, MATERIALS[use]))


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
        expected, action = one_of(options), "Vælg et af de navne, der findes."
        raise DataError(Fault(folder.name, name, expected, action, column=column) for name in wrong)


def _municipalities_of(kind: str, study: Study, wanted: Sequence[str]) -> list[str]:
    if kind not in PER_READER:
        return [] if wanted and ALL not in wanted else [ALL]
    readers = study.readers if kind == MUNICIPALITY else [place for place in study.places if place != ALL]
    return [name for name in readers if study.release.holds_place(name) and name in (wanted or readers)]
