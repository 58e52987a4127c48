"""From notebook × municipality to pages: plans what is to be made, makes it, keeps what failed as evidence."""

from __future__ import annotations

import logging
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import nbformat

from blupkit.core.danish import listing
from blupkit.core.edition import read_edition
from blupkit.core.errors import BlupkitError, DataError, DisclosureError, Fault, FileError
from blupkit.core.files import write_whole
from blupkit.core.study import ALL, Study
from blupkit.report.html import page_html

COMMON, INTERNAL = "faelles", "intern"
#: What a notebook says that one works in.
WITHOUT_PAGES: Final = "ingen"
FAILED = "fejl"
Kind = Literal["kommune", "faelles", "intern"]
#: What a notebook can say that it uses → where the study has it.
MATERIALS = {"spoergeskema": "survey", "interview": "interviews"}
RELEASE = "udgivelse"
KINDS: tuple[Kind, ...] = ("kommune", "faelles", "intern")
#: The two notebooks at a time that a small machine has cores for.
WORKERS = 2
#: A cell that takes longer than this has hung: the slowest one of a real study takes seconds.
CELL_TIMEOUT = 600


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
        Which of the study's materials it reads: "spoergeskema", "interview"; and "udgivelse", when it is shared and
        shows what the decision on the release lets it show.
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


@dataclass(frozen=True)
class Outcome:
    """How it went with one page.

    Parameters
    ----------
    page : Page
        Which page.
    path : pathlib.Path
        Where it lies; on failure, where the failed notebook lies.
    seconds : float
        Wall time.
    problem : str
        Empty when the page was made; otherwise what went wrong, in Danish.
    """

    page: Page
    path: Path
    seconds: float
    problem: str = ""


def notebook_folder() -> Path:
    """Give the project's own folder of notebooks, which lies beside the library."""
    return Path(__file__).parents[2] / "notebooks"


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
        The decision on what is shown, which the notebooks of shared pages read.

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
                    settings["release_file"] = str(release)
                own = {key: value for key, value in settings.items() if key in _parameter_names(source)}
                folder = INTERNAL if kind == "intern" else COMMON if name == ALL else name
                shared = (RELEASE,) if "release_file" in own and kind != "intern" else ()
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
        return bool(_read(source).metadata.get("blupkit", {}).get("sider") != WITHOUT_PAGES)
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
def _read(source: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    try:
        return nbformat.read(source, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError, OSError) as error:
        raise FileError(
            Fault(source.name, "en fil, der ikke er en notesbog", "en Jupyter-notesbog", "Hent filen igen.")
        ) from error


def _read_purpose(source: Path) -> tuple[Kind, str, tuple[str, ...]]:
    purpose = _read(source).metadata.get("blupkit", {})
    kind = purpose.get("sider")
    if kind not in KINDS:
        action = 'Tilføj "blupkit": {"sider": "kommune", "bruger": ["spoergeskema"]} i notesbogens metadata.'
        raise FileError(Fault(source.name, str(kind), listing(KINDS, "eller"), action, column="blupkit.sider"))
    return kind, purpose.get("titel", source.stem), tuple(purpose.get("bruger", ()))


@cache
def _parameter_names(source: Path) -> frozenset[str]:
    from papermill import inspect_notebook  # a second of import that only a run needs

    cells = [cell for cell in _read(source).cells if "parameters" in cell.metadata.get("tags", [])]
    if not cells:
        action = "Giv cellen med parametre mærket »parameters« (Cell Tags i JupyterLab)."
        raise FileError(Fault(source.name, "ingen parametercelle", "en celle mærket »parameters«", action))
    return frozenset(inspect_notebook(str(source)))


def _municipalities_of(kind: Kind, study: Study, wanted: Sequence[str]) -> list[str]:
    if kind != "kommune":
        return [] if wanted and ALL not in wanted else [ALL]
    places = [municipality.slug for municipality in study.municipalities] + [ALL]
    every = [place for place in places if study.release.holds_place(place)]
    return [name for name in every if not wanted or name in wanted]


def render_pages(
    study: Study,
    pages: Sequence[Page],
    output: Path,
    *,
    blocked: Mapping[str, str] | None = None,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Run the notebooks and write their pages; go on past one that fails.

    A page is written beside its place and moved there when it is whole, so a page that was there before is replaced by
    a finished one or not at all. A notebook that fails is kept under `fejl/`, with what it printed up to the fault.

    Parameters
    ----------
    study : Study
        The study.
    pages : sequence of Page
        What `plan_pages` returned.
    output : pathlib.Path
        The study's output folder.
    blocked : mapping of str to str, optional
        Material ("spoergeskema", "interview") → why it cannot be used; its pages fail with that message.
    on_outcome : callable
        Called with each `Outcome` as it comes.

    Returns
    -------
    list of Outcome
        In the order of `pages`.
    """
    blocked = blocked or {}
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [pool.submit(_render_page, study, page, output, blocked) for page in pages]
        try:
            for job in as_completed(jobs):
                on_outcome(job.result())
        except KeyboardInterrupt:
            for job in jobs:
                job.cancel()
            raise
    return [job.result() for job in jobs]


def _render_page(study: Study, page: Page, output: Path, blocked: Mapping[str, str]) -> Outcome:
    start = time.monotonic()
    target = output / page.folder / f"{page.notebook.stem}.html"
    evidence = output / FAILED / f"{page.folder}_{page.notebook.stem}.ipynb"
    reasons = [blocked[use] for use in page.uses if use in blocked]
    if reasons:
        return Outcome(page, evidence, 0.0, "\n".join(reasons))
    try:
        with tempfile.TemporaryDirectory() as folder:
            executed = Path(folder) / page.notebook.name
            try:
                _execute(page, executed)
                html = page_html(nbformat.read(executed, as_version=4), read_edition(study, page.municipality))
                _check_audience(page, html)
            except BaseException:
                if executed.is_file():
                    write_whole(evidence, executed.read_text("utf-8"))
                raise
        write_whole(target, html)
    except Exception as error:  # whatever happens in a notebook, the other pages go on
        return Outcome(page, evidence, time.monotonic() - start, _say(error))
    evidence.unlink(missing_ok=True)
    return Outcome(page, target, time.monotonic() - start)


def _check_audience(page: Page, html: str) -> None:
    """Refuse an internal exhibit in a folder whose pages are shared."""
    if page.folder != INTERNAL and '<body data-audience="intern">' in html:
        found, action = "en intern tabel", 'Fjern den, eller sæt "sider" til "intern" i notesbogens metadata.'
        raise DisclosureError(Fault(page.notebook.name, found, "en side, der kan deles", action))


def _execute(page: Page, executed: Path) -> None:
    import papermill
    from jupyter_core.utils import ensure_event_loop

    logging.getLogger("papermill").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            papermill.execute_notebook(
                page.notebook,
                executed,
                parameters=dict(page.parameters),
                kernel_name="python3",
                progress_bar=False,
                request_save_on_cell_execute=False,
                execution_timeout=CELL_TIMEOUT,
                # The kernel listens on loopback only; its warning about that would frighten whoever reads the terminal.
                extra_arguments=["--IPKernelApp.log_level=CRITICAL"],
            )
        finally:
            # The event loop that the kernel's client opened for this thread is nobody's to close otherwise.
            ensure_event_loop().close()


def _say(error: Exception) -> str:
    """Put into Danish what stopped a page: our own faults as they are, a cell's error with its cell."""
    if isinstance(error, BlupkitError):
        return str(error)
    kind = getattr(error, "ename", type(error).__name__)
    said = str(getattr(error, "evalue", error)).strip()
    own: tuple[type[BlupkitError], ...] = (BlupkitError, *BlupkitError.__subclasses__())
    if kind in {error_type.__name__ for error_type in own}:
        return said
    # A cell's number is another in the kept notebook, where papermill has added cells; its first line finds it in both.
    source = str(getattr(error, "source", "")).strip().split("\n")[0]
    place = f"Cellen »{source[:60]}« stoppede" if source else "Siden stoppede"
    return f"{place} med {kind}: {said.splitlines()[0] if said else 'ingen besked'}"
