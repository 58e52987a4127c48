"""What one process does for one page: run the notebook, make the page, and tell how far it has come."""

from __future__ import annotations

import json
import logging
import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from blupkit.core.batch_memory import begin_page
from blupkit.core.errors import BlupkitError, DisclosureError, Fault
from blupkit.report.batch.engine import Engine
from blupkit.report.office.beside import files_beside

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from blupkit.report.batch.plan import Page


class Message(NamedTuple):
    """What a process tells; what is empty it says nothing of.

    Parameters
    ----------
    begun : str
        The notebook as it begins, as JSON.
    place : int
        The cell that it is at; -1 for none.
    cell : str
        That cell when it is done, as JSON.
    shared : mapping of str to bytes
        What other pages need not work out again.
    files : mapping of str to str or bytes
        Ending → the page, and what lies beside it.
    problem : str
        What went wrong, in Danish.
    """

    begun: str = ""
    place: int = -1
    cell: str = ""
    shared: Mapping[str, bytes] = {}
    files: Mapping[str, str | bytes] = {}
    problem: str = ""


Tell = Callable[[Message], None]


def make_page(page: Page, tell: Tell, engine: Engine, seconds: float, given: Mapping[str, bytes]) -> None:
    """Run a page's notebook and turn it into HTML.

    Parameters
    ----------
    page : Page
        Which.
    tell : callable
        Is told of the notebook, of each cell when it begins and when it is done, of what others need not work out, and
        at last of the page or of a problem. Notebook and cells are JSON, kept by the batch without nbformat and its
        second of imports. The kernel's engine tells of its notebook only when it fails.
    engine : Engine
        How the notebook is run.
    seconds : float
        The longest that a kernel may take for one cell.
    given : mapping of str to bytes
        What earlier pages have found that is the same on this one; a kernel works everything out for itself.
    """
    from blupkit.report.pages.page import page_html

    try:
        found = begin_page(given)
        notebook = _run_in_kernel(page, tell, seconds) if engine == Engine.KERNEL else _run_here(page, tell)
        tell(Message(shared=found))
        html = page_html(notebook, page.edition)
        _check_audience(page, html)
        beside = files_beside(html, notebook.metadata.get("blupkit", {}).get("filer", []), page.study)
    except Exception as error:  # whatever happens in a notebook, it is told, and the other pages go on
        tell(Message(problem=_say(error)))
    else:
        tell(Message(files={".html": html, **beside}))


def _run_here(page: Page, tell: Tell) -> NotebookNode:
    def on_cell(notebook: NotebookNode, place: int, done: bool) -> None:
        begun = json.dumps(notebook) if place < 0 else ""
        tell(Message(begun, place, json.dumps(notebook.cells[place]) if done else ""))

    return _execute(page, None, engine_name=Engine.SHELL.value, on_cell=on_cell)


def _run_in_kernel(page: Page, tell: Tell, seconds: float) -> NotebookNode:
    import nbformat

    with tempfile.TemporaryDirectory() as folder:
        executed = Path(folder) / page.notebook.name
        try:
            # The kernel listens on loopback only; its warning about that would frighten whoever reads the terminal.
            quiet = ["--IPKernelApp.log_level=CRITICAL"]
            return _execute(
                page, executed, kernel_name="python3", execution_timeout=max(1, round(seconds)), extra_arguments=quiet
            )
        except BaseException:
            if executed.is_file():
                tell(Message(begun=json.dumps(nbformat.read(executed, as_version=4))))
            raise


def _execute(page: Page, executed: Path | None, **options: object) -> NotebookNode:
    import papermill

    logging.getLogger("papermill").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return papermill.execute_notebook(
            page.notebook,
            executed,
            parameters=dict(page.parameters),
            progress_bar=False,
            autosave_cell_every=0,
            **options,
        )


def _check_audience(page: Page, html: str) -> None:
    """Refuse an internal exhibit in a folder whose pages are shared."""
    if page.is_shared and '<body data-audience="intern">' in html:
        found, action = "en intern tabel", 'Fjern den, eller sæt "sider" til "intern" i notesbogens metadata.'
        raise DisclosureError(Fault(page.notebook.name, found, "en side, der kan deles", action))


def _say(error: Exception) -> str:
    """Put into Danish what stopped a page: our own faults as they are, a cell's error with its cell."""
    if isinstance(error, BlupkitError):
        return str(error)
    kind = getattr(error, "ename", type(error).__name__)
    said = str(getattr(error, "evalue", error)).strip()
    own: tuple[type[BlupkitError], ...] = (BlupkitError, *BlupkitError.__subclasses__())
    if kind in {error_type.__name__ for error_type in own}:
        return said
    place = in_cell(str(getattr(error, "source", ""))) or "Siden"
    return f"{place} stoppede med {kind}: {said.splitlines()[0] if said else 'ingen besked'}"


def in_cell(source: str) -> str:
    """Name a cell by its first line: its number is another in the kept notebook, where papermill has added cells.

    Examples
    --------
    >>> in_cell("1 / 0")
    'Cellen »1 / 0«'
    """
    first = source.strip().split("\n")[0]
    return f"Cellen »{first[:60]}«" if first else ""
