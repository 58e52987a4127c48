"""What can happen to a batch, and that nothing else happens: docs/robustness.md has the table."""

from __future__ import annotations

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from support import notebook

from blupkit.core import FileError, Study, read_study
from blupkit.core.outputs import Outputs
from blupkit.report import Limits, Outcome, plan_pages, render_pages
from blupkit.report.batch import pool
from blupkit.report.batch.manifest import read_manifest
from blupkit.report.batch.plan import RELEASE_FILE
from blupkit.report.batch.pool import Way, run_pages

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "data" / "demo"
BLUPKIT = Path(sys.executable).parent / "blupkit"
#: Time for any page on any machine; one that hangs is out of time as soon as it does: `hangs_at`.
LIMITS = Limits(seconds=120, megabytes=1500)
MARKED = "import os, pathlib\npathlib.Path({!r}, f'{{os.getpid()}}').write_text('')"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups and cannot fork")


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(DEMO)


def render(
    study: Study, folder: Path, output: Path, engine: Any = "blupkit", limits: Limits = LIMITS
) -> dict[str, Outcome]:
    runner = partial(run_pages, way=Way(engine, limits))
    outcomes = render_pages(plan_pages(study, folder), Outputs(output), runner=runner)
    return {one.page.notebook.stem: one for one in outcomes}


@contextmanager
def hangs_at(mark: Path) -> Iterator[None]:
    """Let a page's time be up when it has made a file: on a slow machine it would be up before the page has begun."""

    def clock() -> float:
        return time.monotonic() + (LIMITS.seconds if mark.exists() else 0)

    def look(told: Any, timeout: float) -> Any:
        return connection.wait(told, min(timeout, 0.1))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "time", SimpleNamespace(monotonic=clock))
        patch.setattr(pool, "wait", look)
        yield


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_the_same_on_every_page_is_worked_out_by_the_first(study: Study, tmp_path: Path) -> None:
    cell = f"import os; str(os.getpid()), once('id', Path({str(tmp_path)!r}), lambda: str(os.getpid()))"
    for name in ("a", "b"):
        notebook(tmp_path / "nb", name, "from pathlib import Path; from blupkit.core.batch_memory import once", cell)
    runs = list(run_pages(plan_pages(study, tmp_path / "nb"), workers=1))
    assert [run.problem for run in runs] == ["", ""]
    shown = [json.loads(run.notebook)["cells"][-1]["outputs"][0]["data"]["text/plain"] for run in runs]
    (first, told), (second, same) = (ast.literal_eval(text) for text in shown)
    assert first != second
    assert told == same == first


#: What a cell does → what is said of it, after the cell's name.
FAULTS = {
    "os_exit": ("import os; os._exit(0)", "afsluttede programmet, før siden var færdig (kode 0)."),
    "segfault": ("import ctypes; ctypes.string_at(0)", "fik programmet til at gå ned (SIGSEGV)."),
    "killed": ("import os; os.kill(os.getpid(), 9)", "fik programmet til at gå ned (SIGKILL)."),
    "loop": ("while True:", "blev ikke færdig på 120 sekunder og er standset."),
    "memory": ("big = bytearray(4 * 2**30)", "brugte mere hukommelse end de 1500 MB, der er sat af, og er standset."),
    "asks": ("input()", "stoppede med EOFError: EOF when reading a line"),
    "raises": ("1 / 0", "stoppede med ZeroDivisionError: division by zero"),
}


@pytest.fixture(scope="module")
def faulty(study: Study, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Outcome]]:
    """Two batches in which everything goes wrong that can, and pages that have no fault."""
    place = tmp_path_factory.mktemp("fejl")
    for name, (cell, _) in FAULTS.items():
        hangs = name == "loop"
        more = f"\n    __import__('pathlib').Path({str(place / 'mark')!r}).touch()" if hangs else ""
        notebook(place / ("hangs" if hangs else "nb"), name, "print('så langt')", cell + more, "'for langt'")
        old = place / "ud" / "faelles" / f"{name}.html"
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_text("fra i går", encoding="utf-8")
    notebook(place / "nb", "a_god", "'god'")
    notebook(place / "nb", "z_god", "'god'")
    with hangs_at(place / "mark"):
        hung = render(study, place / "hangs", place / "ud")
    return place, hung | render(study, place / "nb", place / "ud")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_its_cell_and_the_page_from_before_stays(
    fault: str, faulty: tuple[Path, dict[str, Outcome]]
) -> None:
    place, outcomes = faulty
    outcome = outcomes[fault]
    cell, said = FAULTS[fault]
    assert outcome.problem == f"Cellen »{cell}« {said}"
    assert (place / "ud" / "faelles" / f"{fault}.html").read_text("utf-8") == "fra i går"
    *_, before, _, after = nbformat.read(outcome.path, as_version=4).cells
    assert before.outputs[0].text == "så langt\n"
    assert after.execution_count is None


def test_the_pages_without_a_fault_are_made_all_the_same(faulty: tuple[Path, dict[str, Outcome]]) -> None:
    place, outcomes = faulty
    assert [outcomes[name].problem for name in ("a_god", "z_god")] == ["", ""]
    pages = [(place / "ud" / "faelles" / f"{name}.html").read_text("utf-8") for name in ("a_god", "z_god")]
    assert all(page.rstrip().endswith("</html>") for page in pages)
    assert not list((place / "ud").rglob("*.part"))


def test_a_dead_kernel_is_told_of_and_its_notebook_kept(study: Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "dør", "print('så langt')", "import os; os._exit(1)")
    notebook(tmp_path / "nb", "god", "'god'")
    outcomes = render(study, folder, tmp_path / "ud", engine="kernel", limits=Limits(seconds=600))
    assert "DeadKernelError" in outcomes["dør"].problem
    assert outcomes["god"].problem == ""


def test_what_a_page_has_started_ends_with_it(study: Study, tmp_path: Path) -> None:
    child = "import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    note = f"import pathlib\npathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(p.pid))"
    hang = f"while True:\n    pathlib.Path({str(tmp_path / 'mark')!r}).touch()"
    folder = notebook(tmp_path / "nb", "a", child, note, hang)
    with hangs_at(tmp_path / "mark"):
        assert "blev ikke færdig" in render(study, folder, tmp_path / "ud")["a"].problem
    pid = int((tmp_path / "pid").read_text())
    # It has been told to end; the system takes the moment that it needs, which on a busy machine is not none.
    wait_for(lambda: not is_alive(pid))


SMALL = 'navn = "Prøve"\nudgiver = "BLUP"\nperiode = "2026"\ndata_dato = 2026-01-01\n'


def batch(folder: Path, output: Path) -> subprocess.Popen[str]:
    """Start the command line on a study that has nothing but its settings."""
    place = folder.parent / "demo"
    place.mkdir(exist_ok=True)
    (place / "study.toml").write_text(SMALL, encoding="utf-8")
    command = [str(BLUPKIT), "render", str(place), "--notebooks", str(folder), "-o", str(output)]
    # What a shell starts with "&" does not hear Ctrl-C, and that is inherited: a test that is run so would wait
    # for a batch that cannot hear.
    hears = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
    finally:
        signal.signal(signal.SIGINT, hears)


def wait_for(found: Any, seconds: float = 600) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def slow_notebooks(place: Path) -> tuple[Path, Path]:
    """Write one notebook that is quick and one that goes on until the file `stop` is there; both note their process."""
    pids = place / "pids"
    pids.mkdir()
    slow = f"import time\nwhile not pathlib.Path({str(place / 'stop')!r}).exists():\n    time.sleep(0.05)"
    folder = notebook(place / "nb", "a_hurtig", MARKED.format(str(pids)))
    notebook(place / "nb", "b_langsom", MARKED.format(str(pids)), slow)
    return folder, pids


@pytest.mark.parametrize(("how", "status"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_batch_that_is_stopped_leaves_no_process_and_goes_on_where_it_was(
    how: signal.Signals, status: int, tmp_path: Path
) -> None:
    folder, pids = slow_notebooks(tmp_path)
    first = batch(folder, tmp_path / "ud")
    page = tmp_path / "ud" / "demo" / "faelles" / "a_hurtig.html"
    wait_for(
        lambda: page.is_file() and len(list(pids.iterdir())) == 2 and read_manifest(Outputs(tmp_path / "ud/demo")).pages
    )
    os.kill(first.pid, how)
    said = first.communicate(timeout=600)[0]
    assert first.returncode == status
    assert "Traceback" not in said
    wait_for(lambda: not any(is_alive(int(path.name)) for path in pids.iterdir()))
    assert not list((tmp_path / "ud").rglob("*.part"))
    assert not (tmp_path / "ud/demo/faelles/b_langsom.html").exists()
    written = page.stat().st_mtime_ns
    (tmp_path / "stop").touch()
    second = batch(folder, tmp_path / "ud")
    said = second.communicate(timeout=600)[0]
    assert second.returncode == 0
    assert "1/2  uændret  faelles/a_hurtig" in said
    assert "2/2  færdig  faelles/b_langsom" in said
    assert page.stat().st_mtime_ns == written


def test_a_batch_that_is_stopped_while_it_keeps_a_page_leaves_no_process(study: Study, tmp_path: Path) -> None:
    folder, pids = slow_notebooks(tmp_path)

    def stop(_: Outcome) -> None:
        wait_for(lambda: len(list(pids.iterdir())) == 2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        render_pages(plan_pages(study, folder), Outputs(tmp_path / "ud"), on_outcome=stop, runner=run_pages)
    assert stopped.traceback  # which keeps everything that was there from being tidied away
    wait_for(lambda: not any(is_alive(int(path.name)) for path in pids.iterdir()))


@pytest.mark.parametrize("told", [1, 1_000_000], ids=["little", "more than a pipe holds"])
def test_a_page_is_done_and_told_of_while_the_release_is_still_being_decided(
    study: Study, tmp_path: Path, told: int
) -> None:
    folder = notebook(tmp_path / "nb", "a", f"print('x' * {told})")
    page_is_told_of, in_time = threading.Event(), list[bool]()

    def decide() -> dict[str, str]:
        in_time.append(page_is_told_of.wait(600))
        return {}

    def tell(_: Outcome) -> None:
        page_is_told_of.set()

    pages = plan_pages(study, folder)
    late = [replace(page, folder="intern", parameters={RELEASE_FILE: str(tmp_path / "den.json")}) for page in pages]
    first, second = render_pages([*pages, *late], Outputs(tmp_path / "ud"), decide=decide, on_outcome=tell)
    assert in_time == [True]
    assert (first.problem, second.problem) == ("", "")


def test_of_two_batches_on_one_study_the_second_says_so_and_stops(study: Study, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "ud" / "demo")
    held = outputs.hold()
    try:
        folder = notebook(tmp_path / "nb", "a", "1")
        second = batch(folder, tmp_path / "ud")
        said = second.communicate(timeout=600)[0]
        assert second.returncode == 1
        assert "Her står »en kørsel, der er i gang«" in said
        assert "Traceback" not in said
        with pytest.raises(FileError):
            outputs.hold()
    finally:
        held.release()


def test_a_full_disk_is_told_of_and_leaves_the_page_from_before(study: Study, tmp_path: Path) -> None:
    place = tmp_path / "lille"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if os.geteuid() != 0 or shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        large = "from IPython.display import HTML\nHTML('<p>' + 'x' * 200_000 + '</p>')"
        folder = notebook(tmp_path / "nb", "a", large)
        old = place / "faelles" / "a.html"
        old.parent.mkdir()
        old.write_text("fra i går", encoding="utf-8")
        outcome = render(study, folder, place)["a"]
        assert "Siden kunne ikke gemmes (No space left on device). Er disken fuld" in outcome.problem
        assert old.read_text("utf-8") == "fra i går"
        assert not list(place.rglob("*.part"))
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_manifest_that_cannot_be_read_only_costs_the_time_to_make_pages_again(study: Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "a", "1")
    output = tmp_path / "ud"
    assert not render(study, folder, output)["a"].kept
    assert render(study, folder, output)["a"].kept
    for damaged in (b"", b"{", b"[]", b'{"run": 1, "names": [], "pages": {"faelles/a": {"x": 1}}}', b"\xff\xfe"):
        Outputs(output).manifest.write_bytes(damaged)
        assert not render(study, folder, output)["a"].kept


def test_a_page_that_somebody_has_changed_or_taken_is_made_again(study: Study, tmp_path: Path) -> None:
    folder = notebook(tmp_path / "nb", "a", "1")
    output = tmp_path / "ud"
    page = render(study, folder, output)["a"].path
    whole = page.read_bytes()
    page.write_bytes(whole[:-10])
    assert not render(study, folder, output)["a"].kept
    assert page.read_bytes() == whole
    page.unlink()
    assert not render(study, folder, output)["a"].kept


def test_each_page_has_a_shell_of_its_own_and_looks_for_its_own_garbage(study: Study, tmp_path: Path) -> None:
    seen = (
        "import gc\nassert gc.isenabled()\nassert 'left' not in globals()\nleft = get_ipython()\nleft.execution_count"
    )
    for name in ("a", "b", "c"):
        notebook(tmp_path / "books", name, seen)
    outcomes = render(study, tmp_path / "books", tmp_path / "out")
    assert [outcome.problem for outcome in outcomes.values()] == ["", "", ""]
