"""A real JupyterLab for tests: started on a port of its own, with a home of its own, and ended by its process."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

#: How JupyterLab is run from the environment that runs the tests.
LAB = (
    sys.executable, "-m", "jupyterlab", "--ServerApp.root_dir=.", "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly",
)  # fmt: skip


@contextmanager
def jupyterlab(folder: Path, home: Path, command: Sequence[str] = LAB) -> Iterator[tuple[str, str]]:
    """Run JupyterLab, and give its address and its token; the command may be another program that opens it."""
    port, token = free_port(), secrets.token_hex(8)
    own = {name: str(home / name) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")}
    options = [
        "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--no-browser",
        f"--IdentityProvider.token={token}", "--allow-root",
    ]  # fmt: skip
    running = subprocess.Popen(
        [*command, *options],
        cwd=folder,
        env=os.environ | own,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/api?token={token}")
        yield url, token
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait(30)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise TimeoutError(address)
