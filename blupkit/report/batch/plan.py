"""Which pages a study gets: notebook × municipality, worked out before anything is run."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from blupkit.core.danish import listing
from blupkit.core.errors import DataError, Fault, FileError
from blupkit.core.study import ALL, Study

COMMON, INTERNAL = "faelles", "intern"
#: What a notebook says that one works in.
WITHOUT_PAGES: Final = "ingen"
ANSWERS: Final = "svar"
Kind = Literal["kommune", "faelles", "intern"]
#: What a notebook can say that it uses → where the study has it. "svar" are the survey's answers themselves, which a
#: page does not read that only shows what the decision lets it show.
MATERIALS = {"spoergeskema": "survey", ANSWERS: "survey", "interview": "interviews"}
RELEASE = "udgivelse"
KINDS: tuple[Kind, ...] = ("kommune", "faelles", "intern")
PARAMETERS: Final = "parameters"
#: The parameter that says where the decision on what is shown lies.
RELEASE_FILE: Final = "release_file"


@dataclass(frozen=True)
class Page:
    """One page to be made.

    Parameters
    ----------
    notebook : pathlib.Path
        The notebook that makes it.
    title : str
        The notebook's own name for its page.
    municipality : str
        A slug or "alle".
    folder : str
        The folder under the study's output: a slug, "faelles" or "intern".
    parameters : dict
        What papermill sets.
    uses : tuple of str
        Which of the study's materials it reads: "spoergeskema", "svar", "interview"; and "udgivelse", when it is shared
        and shows what the decision on the release lets it show.
    """

    notebook: Path
    title: str
    municipality: str
    folder: str
    parameters: Mapping[str, Any]
    uses: tuple[str, ...]

    @property
    def name(self) -> str:
        """How the page is called in messages: folder/notebook."""
        return f"{self.folder}/{self.notebook.stem}"


def plan_pages(
    study: Study,
    notebooks: Path,
    *,
    municipalities: Sequence[str] = (),
    chosen: Sequence[str] = (),
    parameters: Mapping[str, str] | None = None,
    release: Path | None = None,
) -> list[Page]:
    """Work out which pages a study gets, before anything is run.

    A notebook says in its metadata (`blupkit`) what its pages are for ("kommune": one for each municipality and one for
    all; "faelles": one for all; "intern": one for the consultant; "ingen": none, for a notebook that one works
    in) and which materials it reads. A notebook whose materials the study does not have is left out.

    Parameters
    ----------
    study : Study
        The study.
    notebooks : pathlib.Path
        The folder with the notebooks; they are taken in the order of their names.
    municipalities : sequence of str
        Only these slugs (and "alle" for the common pages); all of them when empty.
    chosen : sequence of str
        Only the notebooks with these names, with or without `.ipynb`; all of them when empty.
    parameters : mapping of str to str, optional
        Further parameters, for the notebooks that have them.
    release : pathlib.Path, optional
        The folder with what is shown to each reader, a file for each slug and one for "alle", which the notebooks of
        shared pages read. The consultant's read the file of the same name beside it, which holds every decision.

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
    """
    for name in municipalities:
        study.municipality(name)
    sources = _choose(notebooks, chosen)
    extra = dict(parameters or {})
    known = {name for source in sources for name in _parameter_names(source)}
    _check_names(extra, known, "parameter", sources)
    pages = []
    for source in sources:
        kind, title, uses = _read_purpose(source)
        if all(getattr(study, MATERIALS[use]) for use in uses):
            for name in _municipalities_of(kind, study, municipalities):
                settings = {"study_folder": str(study.folder), "municipality": name} | extra
                if release is not None:
                    whole = release.with_suffix(".json")
                    settings[RELEASE_FILE] = str(whole if kind == "intern" else release / f"{name}.json")
                own = {key: value for key, value in settings.items() if key in _parameter_names(source)}
                folder = INTERNAL if kind == "intern" else COMMON if name == ALL else name
                shared = (RELEASE,) if RELEASE_FILE in own and kind != "intern" else ()
                pages.append(Page(source, title, name, folder, own, (*uses, *shared)))
    return pages


def _choose(folder: Path, chosen: Sequence[str]) -> list[Path]:
    found = {path.stem: path for path in sorted(folder.glob("*.ipynb")) if _has_pages(path)}
    if not found:
        action = "Kør kommandoen fra projektets mappe, eller angiv mappen med --notebooks."
        raise FileError(Fault(str(folder), "ingen notesbøger", "en mappe med .ipynb-filer", action))
    names = [name.removesuffix(".ipynb") for name in chosen]
    _check_names(names, found, "notebook", list(found.values()))
    return [path for name, path in found.items() if not names or name in names]


def _has_pages(source: Path) -> bool:
    """Tell whether a notebook is made pages of; one that cannot be read is told of when its turn comes."""
    try:
        return bool(read_notebook(source)["metadata"].get("blupkit", {}).get("sider") != WITHOUT_PAGES)
    except FileError:
        return True


def _check_names(names: Iterable[str], allowed: Iterable[str], column: str, sources: Sequence[Path]) -> None:
    place = sources[0].parent.name if sources else "notebooks"
    options = sorted(allowed)
    faults = [
        Fault(place, name, listing(options, "eller"), "Vælg et af de navne, der findes.", column=column)
        for name in names
        if name not in options
    ]
    if faults:
        raise DataError(faults)


@cache
def read_notebook(source: Path) -> Any:  # noqa: ANN401 - a notebook is plain JSON
    """Read what a notebook says of itself; nbformat, which takes a second to import, checks it when it is run.

    Parameters
    ----------
    source : pathlib.Path
        The notebook.

    Returns
    -------
    dict
        As it lies in the file, with `cells` and `metadata`.

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
    return content


def code_of(source: Path) -> list[str]:
    """Give the source of a notebook's cells of code."""
    return ["".join(cell["source"]) for cell in read_notebook(source)["cells"] if cell["cell_type"] == "code"]


def _read_purpose(source: Path) -> tuple[Kind, str, tuple[str, ...]]:
    purpose = read_notebook(source)["metadata"].get("blupkit", {})
    kind = purpose.get("sider")
    if kind not in KINDS:
        action = 'Tilføj "blupkit": {"sider": "kommune", "bruger": ["spoergeskema"]} i notesbogens metadata.'
        raise FileError(Fault(source.name, str(kind), listing(KINDS, "eller"), action, column="blupkit.sider"))
    return kind, purpose.get("titel", source.stem), tuple(purpose.get("bruger", ()))


@cache
def _parameter_names(source: Path) -> frozenset[str]:
    cells = [cell for cell in read_notebook(source)["cells"] if PARAMETERS in cell["metadata"].get("tags", [])]
    if not cells:
        action = "Giv cellen med parametre mærket »parameters« (Cell Tags i JupyterLab)."
        raise FileError(Fault(source.name, "ingen parametercelle", "en celle mærket »parameters«", action))
    try:
        code = ast.parse("".join(cells[0]["source"]))
    except SyntaxError:
        return frozenset()  # the cell stops when it is run, and says why
    targets = [target for line in code.body if isinstance(line, ast.Assign) for target in line.targets]
    targets += [line.target for line in code.body if isinstance(line, ast.AnnAssign)]
    return frozenset(target.id for target in targets if isinstance(target, ast.Name))


def _municipalities_of(kind: Kind, study: Study, wanted: Sequence[str]) -> list[str]:
    if kind != "kommune":
        return [] if wanted and ALL not in wanted else [ALL]
    places = [municipality.slug for municipality in study.municipalities] + [ALL]
    every = [place for place in places if study.release.holds_place(place)]
    return [name for name in every if not wanted or name in wanted]
