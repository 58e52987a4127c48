"""The panel in a real JupyterLab, opened once for each file of tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from app.exploring.panel_support import Opened
from lab import WAIT, jupyterlab, write_notebook

ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium")
CELL = """from blupkit import app, core
study = core.read_study("demo")
app.explore(study)"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    folder = tmp_path_factory.mktemp("udforsk")
    shutil.copytree(ROOT / "data/demo", folder / "demo", ignore=shutil.ignore_patterns("generator"))
    write_notebook(folder / "udforsk.ipynb", CELL, "1 + 1")
    requests: list[str] = []
    with jupyterlab(folder, tmp_path_factory.mktemp("home")) as address, playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(WAIT)
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address.door)
        there = Opened(page, folder, address.url, requests)
        there.run()
        yield there
        browser.close()
