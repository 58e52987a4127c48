"""How thoroughly made-up input is searched, and the demo study's pages, which are made once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# As a command computes: read when NumPy is imported, which what is imported here does.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")
from hypothesis import HealthCheck, settings  # noqa: E402
from support import LONGEST, demo_pages_planned  # noqa: E402

#: `make test` takes a sample, `make soak` a thousand.
settings.register_profile("sample", max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("sample")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest: of two processes, none is then left with a long one at the end."""
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for looking at pages."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if (path := shutil.which("chromium")) is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo_pages(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo study's output, made by the command that the README names; a test that writes there takes a copy."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "demosider"
    shared.mkdir(exist_ok=True)
    with (shared / "lås").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)  # the other process waits, and finds them made
        if not (shared / "demo" / "index.html").exists():
            done = subprocess.run(
                [Path(sys.executable).parent / "blupkit", "render", "data/demo", "--output", str(shared)],
                cwd=Path(__file__).parents[1],
                capture_output=True,
                text=True,
                check=False,
            )
            count = len(demo_pages_planned())
            assert f"{count} af {count} sider er lavet" in done.stdout, done.stdout + done.stderr
            assert done.returncode == 0, done.stdout + done.stderr
    return shared / "demo"


@pytest.fixture(scope="session")
def demo_packages(demo_pages: Path) -> Path:
    """The demo study's pages with the packages made of them; a test that writes there takes a copy."""
    folder = demo_pages.parent / "pakket"
    with (demo_pages.parent / "lås").open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "demo" / "pakker").exists():
            shutil.copytree(demo_pages, folder / "demo")
            done = subprocess.run(
                [Path(sys.executable).parent / "blupkit", "package", "data/demo", "--output", str(folder)],
                cwd=Path(__file__).parents[1],
                capture_output=True,
                text=True,
                check=False,
            )
            assert "7 af 7 pakker er lavet." in done.stdout, done.stdout + done.stderr
    return folder / "demo"
