"""Where pages are run: on this machine, or each as a task of a Dask cluster whose workers see the study's folder."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Sequence
from functools import partial
from queue import SimpleQueue
from typing import BinaryIO

from blupkit.core.errors import DataError, Fault, FileError
from blupkit.report.batch.engine import Engine
from blupkit.report.batch.manifest import code_mark
from blupkit.report.batch.plan import Page
from blupkit.report.batch.pool import DEFAULT_ENGINE, Finished, Runner, Way, prepare, run_pages

OTHER_VERSION = "En af maskinerne har en anden udgave af blupkit. Giv dem alle den samme, og kør igen."


def choose_runner(
    pages: Sequence[Page], engine: str, workers: int, scheduler: str | None, shared: dict[str, bytes], *, command: str
) -> Runner:
    """Choose what runs the pages; on this machine, it begins to import what they need.

    Parameters
    ----------
    pages : sequence of Page
        Which.
    engine : str
        "blupkit" or "kernel"; "" for what suits this machine.
    workers : int
        How many pages at a time, on this machine.
    scheduler : str, optional
        Address of a Dask scheduler; None to run them here.
    shared : dict of str to bytes
        As for `run_pages`, on this machine.
    command : str
        As for `prepare`, on this machine.

    Returns
    -------
    callable
        For `render_pages`.

    Raises
    ------
    DataError
        There is no such engine.
    """
    if engine and engine not in list(Engine):
        raise DataError(Fault("kommandolinjen", engine, "blupkit eller kernel", "Vælg en af dem.", column="--engine"))
    way = Way(Engine(engine or DEFAULT_ENGINE))
    if scheduler:
        return partial(run_on_machines, way=way, scheduler=scheduler)
    prepare(pages, way.engine, command=command)
    return partial(run_pages, way=way, workers=workers, shared=shared)


def run_on_machines(
    pages: Iterable[Page | None], way: Way | None = None, *, scheduler: str
) -> Generator[Finished, None, None]:
    """Run pages on the workers of a Dask cluster, and give each as it comes back.

    A page whose worker dies is run again on another. The pages are written by the machine that asks for them.

    Parameters
    ----------
    pages : iterable of Page
        Which; the study's folder, the notebooks and the output must lie in the same place on all machines.
    way : Way, optional
        As for `run_pages`.
    scheduler : str
        Address of the scheduler, such as tcp://10.0.0.5:8786.

    Yields
    ------
    Finished
        In the order in which they end.

    Raises
    ------
    DataError
        `dask.distributed` is not installed here.
    FileError
        Nobody answers at that address.
    """
    try:
        from distributed import Client, as_completed
    except ImportError as error:
        action = "Kør: pip install blupkit[distributed]"
        raise DataError(Fault("--scheduler", "ingen dask.distributed", "pakken distributed", action)) from error
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        action = "Se efter, om planlæggeren kører, og om adressen er rigtig."
        raise FileError(Fault("--scheduler", scheduler, "en Dask-planlægger, der svarer", action)) from error
    with client:
        mark = code_mark()
        tasks = {
            client.submit(_elsewhere, page, way or Way(), mark, pure=False): page for page in pages if page is not None
        }
        for task in as_completed(tasks):
            fault = task.exception()
            yield task.result() if fault is None else Finished(tasks[task], 0.0, _say(fault))


def _say(error: BaseException) -> str:
    if type(error).__name__ == "KilledWorker":
        return "De maskiner, der fik siden, gik ned, mens de lavede den."
    if isinstance(error, EOFError):
        return "Programmet, der laver siderne på en af maskinerne, gik ned, mens det lavede siden."
    return f"Maskinen kunne ikke lave siden ({type(error).__name__}: {error})."


#: The program that makes the pages of each of a worker's threads.
_PROGRAMS: dict[int, subprocess.Popen[bytes]] = {}


def _elsewhere(page: Page, way: Way, mark: str) -> Finished:
    """Run one page on a worker, in a program beside it: a worker has threads, and must not fork.

    The program is kept for the next page, since starting it takes longer than a page; it ends with the worker.
    """
    thread = threading.get_ident()
    program = _PROGRAMS.pop(thread, None)
    if program is not None and program.poll() is not None:
        program.communicate()
        program = None
    if program is None:
        command = [sys.executable, "-m", "blupkit.report.batch.cluster"]
        program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdin is not None
    assert program.stdout is not None
    pickle.dump((page, way, mark), program.stdin)
    program.stdin.flush()
    returned: Finished = pickle.load(program.stdout)
    if returned.problem != OTHER_VERSION:
        _PROGRAMS[thread] = program
    else:
        program.communicate()  # it ends with its input: the next batch may be of the version that is installed by then
    return returned


def _work(stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Make pages as they are asked for; the input stays open for as long as the worker lives."""
    asked: SimpleQueue[tuple[Page, Way, str]] = SimpleQueue()
    threading.Thread(target=_listen, args=(stdin, asked), daemon=True).start()
    while True:
        page, way, mark = asked.get()
        if code_mark() == mark:
            prepare([page], way.engine)
            [finished] = run_pages([page], way, workers=1)
        else:
            finished = Finished(page, 0.0, OTHER_VERSION)
        pickle.dump(finished, stdout)
        stdout.flush()


def _listen(stdin: BinaryIO, asked: SimpleQueue[tuple[Page, Way, str]]) -> None:
    """Hand on what is asked; where the input ends, the worker is gone, and so is this program, whatever it is at."""
    while True:
        try:
            asked.put(pickle.load(stdin))
        except Exception:
            os._exit(1)


if __name__ == "__main__":
    # The class must have its importable name when it is sent back, not that of this program.
    from blupkit.report.batch import cluster

    cluster._work(sys.stdin.buffer, sys.stdout.buffer)
