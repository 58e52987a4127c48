"""A process for each page, a few at a time, each in a group of its own that can be ended whole.

The processes are forked from a server that has imported what the notebooks import, so that each begins at once. The
server has one thread and no page's state; where the system cannot fork, each process imports for itself.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blupkit.report.batch.engine import Engine
from blupkit.report.batch.plan import Page
from blupkit.report.batch.worker import Message, in_cell, make_page

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

FORKSERVER: Final = "forkserver"
#: What every page needs, whatever its notebook imports.
ALWAYS: Final = (
    "blupkit.report.batch.preload", "blupkit.report.batch.worker", __name__, "blupkit.core.study", "papermill",
    "blupkit.report.office.from_page", "blupkit.report.office.tables", "blupkit.report.office.word",
    "multiprocessing.popen_forkserver",
)  # fmt: skip
#: What reads a kind of file, and takes its time to be imported.
READERS: Final = {".docx": "lxml.etree", ".odt": "lxml.etree", ".xlsx": "python_calamine", ".xlsm": "python_calamine"}
#: The two notebooks at a time that a small machine has cores for.
WORKERS: Final = 2
#: Windows cannot fork, so waiting for a kernel costs little extra there.
DEFAULT_ENGINE: Final = Engine.KERNEL if sys.platform == "win32" else Engine.SHELL
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

    Examples
    --------
    >>> Limits(), Limits(seconds=60).megabytes
    (Limits(seconds=600, megabytes=4096), 4096)
    """

    seconds: float = 600
    megabytes: int = 4096


@dataclass(frozen=True)
class Way:
    """How pages are run.

    Parameters
    ----------
    engine : Engine
        What runs the notebooks.
    limits : Limits
        How much each may take.
    """

    engine: Engine = DEFAULT_ENGINE
    limits: Limits = Limits()


@dataclass
class Finished:
    """What running a page has given, here or on another machine.

    Parameters
    ----------
    page : Page
        Which page.
    seconds : float
        How long it took.
    problem : str
        What went wrong, in Danish; "" when it was made.
    files : mapping of str to str or bytes
        Ending → the page and what lies beside it, when it was made.
    begun : str
        Its notebook as it began, as JSON; "" where it did not.
    cells : dict of int to str
        Place → the cell as it was done, as JSON.
    """

    page: Page
    seconds: float = 0.0
    problem: str = ""
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    begun: str = ""
    cells: dict[int, str] = field(default_factory=dict)

    @property
    def notebook(self) -> str:
        """Its notebook as far as it came, as JSON; "" where it did not begin."""
        if not self.begun:
            return ""
        notebook = json.loads(self.begun)
        for place, cell in self.cells.items():
            notebook["cells"][place] = json.loads(cell)
        return json.dumps(notebook, ensure_ascii=False, indent=1)


#: A way of running pages: here in processes, or on other machines.
Runner = Callable[[Iterable[Page | None]], Generator[Finished, None, None]]


@dataclass
class Run:
    """One page's process, and what it has told.

    Parameters
    ----------
    made : Finished
        What it has given so far, and what it said went wrong.
    process : multiprocessing.Process
        Its process.
    told : multiprocessing.connection.Connection
        Where it tells.
    shared : dict of str to bytes
        What the pages of the batch have found so far that is the same on all of them.
    start : float
        When it began, on the monotonic clock.
    place : int
        The cell it is at; -1 before the first.
    """

    made: Finished
    process: BaseProcess
    told: Connection
    shared: dict[str, bytes]
    start: float = field(default_factory=time.monotonic)
    place: int = -1

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self.start

    def hear(self) -> bool:
        """Take what the process has told; true when it has nothing more to tell."""
        try:
            while self.told.poll():
                self._take(self.told.recv())
        except (EOFError, OSError):
            return True
        return False

    def _take(self, message: Message) -> None:
        made = self.made
        made.begun = message.begun or made.begun
        made.files = message.files or made.files
        made.problem = message.problem or made.problem
        if message.cell:
            made.cells[message.place] = message.cell
        self.place = max(self.place, message.place)
        self.shared.update(message.shared)

    def judge(self, limits: Limits, *, overdue: bool) -> None:
        """Say in Danish what became of it: it is believed only when it has ended well and given its page."""
        made, code = self.made, self.process.exitcode
        made.seconds = self.seconds
        source = json.loads(made.begun)["cells"][self.place]["source"] if self.place >= 0 else ""
        place, size = in_cell(source) or "Siden", limits.megabytes
        if overdue:
            made.problem = f"{place} blev ikke færdig på {limits.seconds:.0f} sekunder og er standset."
        elif "MemoryError" in made.problem:
            made.problem = f"{place} brugte mere hukommelse end de {size} MB, der er sat af, og er standset."
        elif not made.problem and code and code < 0:
            made.problem = f"{place} fik programmet til at gå ned ({signal.Signals(-code).name})."
        elif not made.problem and (code or not made.files):
            made.problem = f"{place} afsluttede programmet, før siden var færdig (kode {code})."
        if made.problem:
            made.files = {}

    def end(self) -> None:
        """End its process with everything it has started, by its id."""
        _kill_group(self.process.pid)
        self.process.join()
        self.hear()


def run_pages(
    pages: Iterable[Page | None],
    way: Way | None = None,
    *,
    workers: int = WORKERS,
    shared: dict[str, bytes] | None = None,
) -> Generator[Finished, None, None]:
    """Run pages, some at a time, and give each as it ends, whichever way.

    Parameters
    ----------
    pages : iterable of Page or None
        Which; the next is taken when there is room for it. None says that the next is not ready yet: it is asked for
        again and again, so whoever gives None waits a little first.
    way : Way, optional
        How the notebooks are run, and how much each may take.
    workers : int
        How many at a time.
    shared : dict of str to bytes, optional
        What has been found for all pages before (`core.batch_memory`); fills with what the pages find.

    Yields
    ------
    Finished
        With its page, or with what went wrong in Danish.
    """
    waiting, way = iter(pages), way or Way()
    context = prepare((), way.engine)
    running: list[Run] = []
    ended: list[Run] = []
    shared = {} if shared is None else shared
    try:
        while True:
            # Before what has ended is handed on: its page is then written while the next is made. A process that has
            # given its page is only tidying up.
            ready = True
            while ready and sum(not run.made.files for run in running) < workers:
                try:
                    page = next(waiting)
                except StopIteration:
                    break
                ready = page is not None
                if page is not None:
                    running.append(_start(context, page, way, shared))
            for run in ended:
                yield run.made
            if ready and not running:
                return
            # While the next page is not ready the others are heard: one whose pipe is full would stop.
            ended = _ended(running, way.limits, patient=ready)
            running = [run for run in running if run not in ended]
    finally:
        for run in running:
            run.end()


def prepare(
    pages: Sequence[Page], engine: Engine = DEFAULT_ENGINE, *, command: str | None = None
) -> SpawnContext | ForkServerContext:
    """Start the server that processes are forked from, so that it imports while something else is done.

    Parameters
    ----------
    pages : sequence of Page
        Whose notebooks say what to import.
    engine : Engine
        How they will be run.
    command : str, optional
        The module that `__main__` takes its command from. Each process runs `__main__` anew: the server is asked to
        have it ready, and in a Python from before October 2025 it has not (cpython 126631).

    Returns
    -------
    multiprocessing.context.BaseContext
        What makes processes here.

    Examples
    --------
    >>> prepare([]).get_start_method() in {"forkserver", "spawn"}
    True
    """
    if FORKSERVER not in get_all_start_methods():
        return get_context("spawn")
    context = get_context(FORKSERVER)
    modules = sorted({name for page in pages for name in page.modules})
    wanted = () if engine == Engine.KERNEL else (*ALWAYS, *_readers(pages), *modules)
    context.set_forkserver_preload(["__main__", *([command] if command else []), *wanted])
    new = {name: value for name, value in SERVER.items() if name not in os.environ}
    os.environ.update(new)
    try:
        forkserver.ensure_running()
    finally:
        for name in new:
            del os.environ[name]
    return context


def _readers(pages: Iterable[Page]) -> Iterator[str]:
    """Name what reads the kinds of files that the pages' studies have."""
    folders = {str(page.parameters["study_folder"]) for page in pages if "study_folder" in page.parameters}
    kinds = {path.suffix.lower() for folder in folders for path in Path(folder).rglob("*")}
    yield from (reader for kind, reader in READERS.items() if kind in kinds)


def _start(context: SpawnContext | ForkServerContext, page: Page, way: Way, shared: dict[str, bytes]) -> Run:
    told, tells = context.Pipe(duplex=False)
    # A copy, since whoever checks fills it from another thread meanwhile.
    process = context.Process(target=_work, args=(page, tells, way, Path.cwd(), dict(shared)), name=page.name)
    process.start()
    tells.close()  # so that its end is seen when the process is gone
    return Run(Finished(page), process, told, shared)


def _ended(running: Sequence[Run], limits: Limits, *, patient: bool) -> list[Run]:
    """Wait until somebody tells something, ends or is out of time, or only look; give those that have ended."""
    left = min((limits.seconds - run.seconds for run in running), default=0.0) if patient else 0.0
    wait([run.told for run in running], timeout=max(0.0, left))
    ended = []
    for run in running:
        gone = run.hear()
        if gone:
            run.process.join()
        elif run.seconds >= limits.seconds:
            run.end()
        else:
            continue
        run.judge(limits, overdue=not gone)
        ended.append(run)
    return ended


def _kill_group(pid: int | None) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if pid and hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
            return
    with suppress(ProcessLookupError):
        if pid:
            os.kill(pid, signal.SIGTERM)


def _work(page: Page, tells: Connection, way: Way, folder: Path, given: dict[str, bytes]) -> None:
    """Do one page, in a process of its own."""
    _stand_alone(way.limits)
    os.chdir(folder)
    make_page(page, tells.send, way.engine, way.limits.seconds, given)
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
