"""Something asked in a process of its own, while this one does something else."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

from blupkit.core.batch_memory import begin_page
from blupkit.report.batch.pool import prepare

Answer = TypeVar("Answer")


def beside(shared: dict[str, bytes], ask: Callable[..., Answer], *given: object) -> Answer:
    """Ask in a process from the server that pages come from, and wait for the answer: a thread of this one can.

    Parameters
    ----------
    shared : dict of str to bytes
        What has been found for the pages of a batch, as in `report.batch.pool.run_pages`; fills with what it finds.
    ask : callable
        A function of a module. Where the process ends without an answer, it is asked here.
    given : object
        What it takes.

    Returns
    -------
    object
        What it gives.

    Examples
    --------
    >>> beside({}, sum, [1, 2])
    3
    """
    context = prepare(())
    told, tells = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(tells, dict(shared), ask, given), daemon=True)
    process.start()
    tells.close()  # so that its end is seen when the process is gone
    answer: Answer
    found: dict[str, bytes]
    try:
        answer, found = told.recv()
    except (EOFError, OSError):
        return ask(*given)
    finally:
        process.join()
    shared.update(found)
    return answer


def _answer(tells: Connection, shared: dict[str, bytes], ask: Callable[..., Answer], given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits for the answer is interrupted, and says so
    with suppress(Exception):  # nobody hears of it here: it is asked again
        found = begin_page(shared)
        tells.send((ask(*given), found))
