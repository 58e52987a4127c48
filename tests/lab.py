"""A real JupyterLab for the tests: started, a notebook opened in it and run, and ended again."""

from __future__ import annotations

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import TimeoutError as NotSeenError
from playwright.sync_api import expect

BIN = Path(sys.executable).parent
#: What axe looks for.
AXE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Milliseconds after which something has hung, however much else the machine does. What is waited for is waited for by
#: looking, so that a quick machine does not wait.
WAIT = 240_000
expect.set_options(timeout=WAIT)


class Address(NamedTuple):
    """Where a JupyterLab answers, and the door to it that carries the token."""

    url: str
    door: str


@contextmanager
def jupyterlab(folder: Path, home: Path, opener: Sequence[str] = ()) -> Iterator[Address]:
    """Start a JupyterLab on a folder, with settings of its own, and end it afterwards.

    The opener is a program that starts it itself, on its own folder and quietly, and hands the other options on.
    """
    port, token = free_port(), secrets.token_hex(8)
    own = {name: str(home / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")}
    plain = [
        str(BIN / "jupyter-lab"), f"--ServerApp.root_dir={folder}", "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
    ]  # fmt: skip
    options = [
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--no-browser",
        f"--IdentityProvider.token={token}", "--allow-root",
    ]  # fmt: skip
    running = subprocess.Popen(
        [*(opener or plain), *options],
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: running.poll() is not None or answers(f"{url}/api?token={token}"))
        assert running.poll() is None, "JupyterLab has ended"
        yield Address(url, f"{url}/?token={token}")
    finally:
        os.killpg(running.pid, signal.SIGTERM)  # with what an opener has started
        running.wait(WAIT / 1000)


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=WAIT / 1000).close()
    except OSError:
        return False
    return True


def wait_for(seen: Callable[[], Any], pause: Callable[[], object] = lambda: time.sleep(0.05)) -> Any:
    """Look until it is there, and give it."""
    end = time.monotonic() + WAIT / 1000
    while not (found := seen()):
        assert time.monotonic() < end, "it did not happen"
        pause()
    return found


def until(page: Any, seen: Callable[[], Any]) -> Any:
    """Look until it is there, while the page goes on; gives it."""
    return wait_for(seen, lambda: page.wait_for_timeout(50))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def write_notebook(path: Path, *cells: str) -> None:
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(notebook, path)


def run_cell(page: Any, url: str, notebook: str) -> Any:
    """Open a notebook and run its first cell; gives that cell."""
    page.goto(f"{url}/lab/tree/{notebook}.ipynb?reset")
    cell = page.locator(".jp-Notebook .jp-CodeCell").first
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for(timeout=WAIT)
    # JupyterLab may say that the kernel is idle before it takes a cell; a person would press the keys again.
    taken = cell.locator(".jp-InputPrompt", has_text=re.compile(r"[*1-9]"))
    for _ in range(20):
        close_dialog(page)
        cell.locator(".cm-content").click(timeout=WAIT)
        page.keyboard.press("Shift+Enter")
        with suppress(NotSeenError):
            taken.wait_for(timeout=5000)
            return cell
    raise AssertionError("JupyterLab does not run the cell")


def close_dialog(page: Any) -> None:
    """Answer what JupyterLab says of its own accord, as on a busy machine when its server is slow."""
    dialog = page.locator(".jp-Dialog")
    if dialog.count():
        dialog.first.locator(".jp-mod-accept").click()


def kernel_processes(folder: Path) -> list[int]:
    """Find the kernels that work in a folder: those that this test has started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes().decode(errors="replace")
            if "ipykernel" in command and (place / "cwd").readlink() == folder:
                found.append(int(place.name))
        except OSError:
            continue
    return found
