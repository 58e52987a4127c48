"""The same page on paper: printed by an installed Chromium as tagged PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from blupkit.core.errors import Fault, FileError
from blupkit.core.files import write_whole

#: Where a browser that can print is found, when it is not on the path.
_ELSEWHERE: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
#: A page is printed in seconds; a browser that takes longer has hung.
_SECONDS: Final = 120


def find_browser() -> Path | None:
    """Find an installed browser that prints tagged PDF.

    Returns
    -------
    pathlib.Path or None
        Chromium, Chrome or Edge; None where there is none.
    """
    found = [shutil.which(name) for name in _NAMES] + [path for path in _ELSEWHERE if Path(path).is_file()]
    return next((Path(path) for path in found if path), None)


def print_pdf(page: Path, browser: Path) -> Path:
    """Print a finished page beside itself; an earlier PDF stays until the new one is whole.

    Parameters
    ----------
    page : pathlib.Path
        The HTML file.
    browser : pathlib.Path
        What `find_browser` found.

    Returns
    -------
    pathlib.Path
        The PDF: same name, another ending.

    Raises
    ------
    FileError
        The browser made no PDF, or none with tags.
    """
    target = page.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "side.pdf"
        command = [
            str(browser), "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND",  # a page loads nothing, and neither does its printing
            f"--user-data-dir={folder}/profil", "--no-pdf-header-footer", "--export-tagged-pdf",
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            f"--print-to-pdf={made}", page.resolve().as_uri(),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, check=True, timeout=_SECONDS)
            content = made.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise FileError(_fault(page, "ingen PDF fra browseren")) from error
        if b"/StructTreeRoot" not in content:
            raise FileError(_fault(page, "en PDF uden mærker til skærmlæsere"))
        write_whole(target, content)
    return target


def _fault(page: Path, found: str) -> Fault:
    return Fault(page.name, found, "en PDF med mærker", "Luk browserens andre vinduer, og kør igen med --pdf.")
