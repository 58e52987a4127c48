"""Pages made by workers of a Dask cluster, on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from support import notebook

from blupkit.core import DataError, FileError, Study, read_study
from blupkit.core.files import write_whole
from blupkit.core.outputs import Outputs
from blupkit.report import plan_pages, render_pages
from blupkit.report.batch.cluster import _PROGRAMS, OTHER_VERSION, _elsewhere, run_on_machines
from blupkit.report.batch.manifest import code_mark
from blupkit.report.batch.pool import Way

pytest.importorskip("distributed", reason="dask.distributed is not installed")
BIN = Path(sys.executable).parent
DEMO = Path(__file__).parents[3] / "data" / "demo"
NOTEBOOKS = Path(__file__).parents[3] / "notebooks"


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


@contextmanager
def two_workers(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers, as on two hosts."""
    address = f"tcp://127.0.0.1:{free_port()}"
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    common = ["--no-dashboard"]
    started = [
        subprocess.Popen(
            [str(BIN / "dask"), "scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1], *common],
            **quiet,  # type: ignore[call-overload]
        )
    ]
    options = ["--nthreads", "1", "--no-nanny", "--host", "127.0.0.1", "--death-timeout", "600", *common]
    started += [
        subprocess.Popen([str(BIN / "dask"), "worker", address, *options], **quiet)  # type: ignore[call-overload]
        for _ in range(2)
    ]
    try:
        yield address, started[1:]
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where two workers listen that no test ends; what goes down with a page is started anew by the worker itself."""
    with two_workers(tmp_path_factory.mktemp("klynge")) as (address, _):
        yield address


def test_two_workers_make_the_demo_s_pages_as_one_machine_does_though_one_is_killed(
    study: Study, tmp_path: Path, demo_pages: Path
) -> None:
    whose = ("kerteminde", "alle")  # one of each kind: the other municipalities' are of the same notebooks
    pages = {page.name for page in plan_pages(study, NOTEBOOKS, municipalities=whose)}
    assert {name.partition("/")[0] for name in pages} == {"kerteminde", "faelles", "intern"}
    key = tmp_path / "demo" / "intern" / "noegle"  # the same key draws the same intervals
    write_whole(key, (demo_pages / "intern" / "noegle").read_text("utf-8"))
    killed = 0
    with two_workers(tmp_path) as (address, workers):
        words = [str(BIN / "blupkit"), "render", "data/demo", "--output", str(tmp_path), "--scheduler", address]
        words += [word for name in whose for word in ("-m", name)]
        with subprocess.Popen(words, cwd=NOTEBOOKS.parent, stdout=subprocess.PIPE, text=True) as many:
            assert many.stdout is not None
            for line in many.stdout:
                if line.startswith(f"3/{len(pages)}"):
                    os.kill(workers[0].pid, signal.SIGKILL)
                    killed += 1
    assert (many.returncode, killed) == (0, 1)
    alone = sorted(
        path for path in demo_pages.rglob("*.html") if f"{path.relative_to(demo_pages).with_suffix('')}" in pages
    )
    assert len(alone) == len(pages)
    for page in alone:
        other = tmp_path / "demo" / page.relative_to(demo_pages)
        assert other.read_bytes() == page.read_bytes(), page.name


def test_a_page_that_fails_there_is_told_of_here_with_its_notebook(study: Study, tmp_path: Path, machines: str) -> None:
    pages = plan_pages(study, notebook(tmp_path / "nb", "a", "print('så langt')", "import os; os._exit(3)"))
    runner = partial(run_on_machines, scheduler=machines)
    [outcome] = render_pages(pages, Outputs(tmp_path / "ud"), runner=runner)
    assert outcome.problem == "Cellen »import os; os._exit(3)« afsluttede programmet, før siden var færdig (kode 3)."
    assert "så langt" in outcome.path.read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="the page finds the program through /proc")
def test_a_program_that_goes_down_with_its_page_is_told_of_and_the_next_page_made(
    study: Study, tmp_path: Path, machines: str
) -> None:
    killing = "program = int(open(f'/proc/{os.getppid()}/stat').read().split()[3])\nos.kill(program, 9)\ntime.sleep(60)"
    folder = notebook(tmp_path / "nb", "a", "import os, time", killing)
    pages = plan_pages(study, notebook(folder, "b", "1 + 1"))
    runner = partial(run_on_machines, scheduler=machines)
    down, made = sorted(render_pages(pages, Outputs(tmp_path / "ud"), runner=runner), key=lambda one: one.page.name)
    assert down.problem == "Programmet, der laver siderne på en af maskinerne, gik ned, mens det lavede siden."
    assert made.problem == ""


def test_a_worker_keeps_its_program_until_it_is_killed_or_of_another_version(study: Study, tmp_path: Path) -> None:
    [page] = plan_pages(study, notebook(tmp_path / "nb", "a", "import os; print(os.getppid())"))

    def server(mark: str) -> str:
        """The process that the page's own was forked from."""
        returned = _elsewhere(page, Way(), mark)
        cells = json.loads(returned.notebook)["cells"] if returned.notebook else []
        return next((str(cell["outputs"]) for cell in cells[-1:]), "")

    first = server(code_mark())
    assert first == server(code_mark()) != ""
    [program] = _PROGRAMS.values()
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert server(code_mark()) not in {first, ""}
    [program] = _PROGRAMS.values()
    assert server("en anden") == ""
    assert (program.poll(), _PROGRAMS) == (1, {})


def test_an_address_where_nobody_answers_is_told() -> None:
    with pytest.raises(FileError, match="en Dask-planlægger, der svarer"):
        list(run_on_machines([], scheduler="ingen://adresse"))


def test_without_the_package_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DataError, match=r"pip install blupkit\[distributed\]"):
        list(run_on_machines([], scheduler="tcp://127.0.0.1:1"))


def test_pages_of_another_version_are_refused(study: Study, tmp_path: Path) -> None:
    [page] = plan_pages(study, notebook(tmp_path / "nb", "a", "1"))
    assert _elsewhere(page, Way(), "en anden").problem == OTHER_VERSION
