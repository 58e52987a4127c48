"""A process for each page, a few at a time, each in a group of its own that can be ended whole.

The processes are forked from a server that has imported what the notebooks import, so that each begins at once. The
server has one thread and no page's state; where the system cannot fork, each process imports for itself.
"""

from __future__ import annotations

import ast
import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import islice
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from blupkit.core.study import Study
from blupkit.report.batch.engine import ENGINE
from blupkit.report.batch.plan import Page, code_of
from blupkit.report.batch.worker import BEGUN, CELL, KERNEL, PAGE, PROBLEM, SHARED, Engine, in_cell, make_page

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

FORKSERVER: Final = "forkserver"
#: What every page needs, whatever its notebook imports.
ALWAYS: Final = ("blupkit.report.batch.preload", "blupkit.report.batch.worker", "blupkit.core.study", "papermill")
#: What reads a kind of file, and takes its time to be imported.
READERS: Final = {".docx": "docx", ".xlsx": "openpyxl", ".xlsm": "openpyxl"}
ENGINES: Final[tuple[Engine, ...]] = (ENGINE, KERNEL)
#: The two notebooks at a time that a small machine has cores for.
WORKERS: Final = 2
#: Windows cannot fork, so waiting for a kernel costs little extra there.
DEFAULT_ENGINE: Final[Engine] = KERNEL if sys.platform == "win32" else ENGINE
#: Two processes have two cores: threads of their own would only be in each other's way, and a server with threads
#: cannot fork. A notebook's own figures go into it, as in a kernel.
SERVER: Final = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
MEGABYTE: Final = 2**20
#: How long after its time a process that cannot be reached any more ends itself.
GRACE: Final = 10


@dataclass(frozen=True)
class Limits:
    """How much one page may take.

    Parameters
    ----------
    seconds : float
        Wall time; a page that takes longer has hung: the slowest one of a real study takes seconds.
    megabytes : int
        Memory of its own, where the system can hold it to that.
    """

    seconds: float = 600
    megabytes: int = 4096


@dataclass
class Run:
    """One page's process, and what it has told.

    Parameters
    ----------
    page : Page
        Which page.
    process : multiprocessing.Process
        Its process.
    told : multiprocessing.connection.Connection
        Where it tells.
    start : float
        When it began, on the monotonic clock.
    begun : str
        The notebook as it began, as JSON; empty before that.
    cells : dict of int to str
        Place → the cell as it was done, as JSON.
    place : int
        The cell it is at; -1 before the first.
    html : str
        The page, when it is made.
    problem : str
        What it said went wrong.
    shared : dict of str to str
        What the pages of the batch have found so far that is the same on all of them.
    """

    page: Page
    process: BaseProcess
    told: Connection
    start: float
    begun: str = ""
    cells: dict[int, str] = field(default_factory=dict)
    place: int = -1
    html: str = ""
    problem: str = ""
    shared: dict[str, str] = field(default_factory=dict)
    overdue: bool = field(default=False)

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.start

    @property
    def notebook(self) -> dict[str, Any] | None:
        """The notebook as far as it has come; None before it has begun. Put together only when somebody asks."""
        if not self.begun:
            return None
        notebook: dict[str, Any] = json.loads(self.begun)
        for place, cell in self.cells.items():
            notebook["cells"][place] = json.loads(cell)
        return notebook

    @property
    def cell(self) -> str:
        """The cell it is at, by name."""
        if not self.begun or self.place < 0:
            return ""
        return in_cell(json.loads(self.begun)["cells"][self.place]["source"])


def run_pages(
    pages: Iterable[Page],
    study: Study,
    *,
    workers: int = WORKERS,
    engine: Engine = DEFAULT_ENGINE,
    limits: Limits | None = None,
) -> Generator[Run, None, None]:
    """Run pages, some at a time, and give each as it ends, whichever way.

    Parameters
    ----------
    pages : iterable of Page
        Which; the next is taken when there is room for it.
    study : Study
        The study.
    workers : int
        How many at a time.
    engine : {"blupkit", "kernel"}
        How the notebooks are run.
    limits : Limits, optional
        How much a page may take; ten minutes and 4 GB when omitted.

    Yields
    ------
    Run
        With its page, or with what went wrong in Danish.
    """
    waiting, limits = iter(pages), limits or Limits()
    context = prepare((), engine)
    running: list[Run] = []
    ended: list[Run] = []
    shared: dict[str, str] = {}
    try:
        while True:
            # Before what has ended is handed on: its page is then written while the next is made. A process that has
            # given its page is only tidying up.
            new = islice(waiting, workers - sum(not run.html for run in running))
            running.extend(_start(context, page, study, engine, limits, shared) for page in new)
            yield from ended
            if not running:
                return
            ended = _ended(running, limits)
            running = [run for run in running if run not in ended]
    finally:
        for run in running:
            _end(run)


def prepare(pages: Sequence[Page], engine: Engine) -> Any:  # noqa: ANN401 - a context has no public type
    """Start the server that processes are forked from, so that it imports while something else is done.

    Parameters
    ----------
    pages : sequence of Page
        Whose notebooks say what to import.
    engine : {"blupkit", "kernel"}
        How they will be run.

    Returns
    -------
    multiprocessing context
        What makes processes here.
    """
    if FORKSERVER not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(FORKSERVER)
    notebooks = dict.fromkeys(page.notebook for page in pages)
    rooms = dict.fromkeys(name for notebook in notebooks for name in _imports(notebook))
    wanted = () if engine == KERNEL else (*ALWAYS, *_readers(pages), *rooms)
    context.set_forkserver_preload(["__main__", *wanted])
    before = {name: os.environ.get(name) for name in SERVER}
    os.environ.update({name: value for name, value in SERVER.items() if name not in os.environ})
    try:
        forkserver.ensure_running()
    finally:
        for name in [name for name, value in before.items() if value is None]:
            del os.environ[name]
    return context


def _readers(pages: Iterable[Page]) -> Iterator[str]:
    """Name what reads the kinds of files that the pages' studies have."""
    folders = {str(page.parameters["study_folder"]) for page in pages if "study_folder" in page.parameters}
    kinds = {path.suffix.lower() for folder in folders for path in Path(folder).rglob("*")}
    yield from (reader for kind, reader in READERS.items() if kind in kinds)


def _imports(notebook: Path) -> Iterator[str]:
    """Name the modules of this library that a notebook imports; its other imports are its own affair."""
    for source in code_of(notebook):
        with suppress(SyntaxError):
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.ImportFrom) and node.module == "blupkit":
                    yield from (f"blupkit.{alias.name}" for alias in node.names if find_spec(f"blupkit.{alias.name}"))


def _start(
    context: Any,  # noqa: ANN401 - a context has no public type
    page: Page,
    study: Study,
    engine: Engine,
    limits: Limits,
    shared: dict[str, str],
) -> Run:
    told, tells = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(page, study, tells, engine, limits, Path.cwd(), shared), name=page.name
    )
    process.start()
    tells.close()  # so that its end is seen when the process is gone
    return Run(page, process, told, time.monotonic(), shared=shared)


def _ended(running: Sequence[Run], limits: Limits) -> list[Run]:
    """Wait until somebody tells something, ends or is out of time; give those that have ended."""
    left = min(limits.seconds - run.seconds for run in running)
    wait([run.told for run in running], timeout=max(0.0, left))
    ended = []
    for run in running:
        if _hear(run):
            run.process.join()
        elif run.seconds >= limits.seconds:
            run.overdue = True
            _end(run)
        else:
            continue
        _judge(run, limits)
        ended.append(run)
    return ended


def _hear(run: Run) -> bool:
    """Take what a process has told; true when it has nothing more to tell."""
    try:
        while run.told.poll():
            kind, *content = run.told.recv()
            if kind == BEGUN:
                run.begun = content[0]
            elif kind == CELL:
                run.place, cell = content
                if cell:
                    run.cells[run.place] = cell
            elif kind == SHARED:
                run.shared.update(content[0])
            elif kind == PAGE:
                run.html = content[0]
            elif kind == PROBLEM:
                run.problem = content[0]
    except (EOFError, OSError):
        return True
    return False


def _judge(run: Run, limits: Limits) -> None:
    """Say in Danish what became of a process: it is believed only when it has ended well and given its page."""
    code = run.process.exitcode
    if run.html and not (code or run.problem or run.overdue):
        return
    place = run.cell or "Siden"
    if run.overdue:
        run.problem = f"{place} blev ikke færdig på {limits.seconds:.0f} sekunder og er standset."
    elif "MemoryError" in run.problem:
        run.problem = f"{place} brugte mere hukommelse end de {limits.megabytes} MB, der er sat af, og er standset."
    elif not run.problem and code and code < 0:
        run.problem = f"{place} fik programmet til at gå ned ({signal.Signals(-code).name})."
    elif not run.problem and (code or not run.html):
        run.problem = f"{place} afsluttede programmet, før siden var færdig (kode {code})."
    if run.problem:
        run.html = ""


def _end(run: Run) -> None:
    """End a process with everything it has started, by its id."""
    _kill_group(run.process.pid)
    run.process.join()
    _hear(run)


def _kill_group(pid: int | None) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if pid and hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
            return
    with suppress(ProcessLookupError):
        if pid:
            os.kill(pid, signal.SIGTERM)


def _work(
    page: Page,
    study: Study,
    tells: Connection,
    engine: Engine,
    limits: Limits,
    folder: Path,
    given: dict[str, str],
) -> None:
    """Do one page, in a process of its own."""
    _stand_alone(limits)
    os.chdir(folder)
    make_page(page, study, tells.send, engine, limits.seconds, given)
    tells.close()
    # Nothing is left to do: what a notebook has begun, threads for instance, must not hold the next page up.
    os._exit(0)


def _stand_alone(limits: Limits) -> None:
    """Lead a group of its own, keep to its limits, and do not outlive the batch."""
    gc.set_threshold(100_000, 50, 100)  # a page is done before its own garbage is worth looking for as often
    gc.freeze()  # what the server has imported is nobody's garbage: looking through it costs a tenth of a page
    gc.enable()  # the server has it off
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "win32":
        return
    import resource

    os.setsid()
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    size = limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    # The system's own alarm, for a process that hangs in foreign code after the batch is gone.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + GRACE)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        _kill_group(os.getpid())
