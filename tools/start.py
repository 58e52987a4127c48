"""From a folder that was just unpacked to the start page in JupyterLab; `start.bat` and `make lab` both end here.

Run by the project's own Python (`.venv`, or a conda environment) it opens JupyterLab. Run by another it first makes
`.venv` from `requirements.lock`, as `make` does,
once for each lock. It needs nothing but Python, and says in Danish what it does.

    python tools/start.py [OPTIONS OF JUPYTERLAB]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
#: The page that JupyterLab opens on.
PAGE: Final = "/lab/tree/notebooks/00_start.ipynb"
NEEDED: Final = (3, 11)
LOCK: Final = ROOT / "requirements.lock"
VENV: Final = ROOT / ".venv"
#: The lock that the environment was made from: another lock, and it is made anew.
MADE_FROM: Final = VENV / "made_from.lock"
#: It asks, in English, for leave to fetch news from the network.
ANNOUNCEMENTS: Final = "@jupyterlab/apputils-extension:announcements"
#: JupyterLab never looks for a newer version of itself, nor for extensions.
QUIET: Final = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
TOO_OLD: Final = "Python 3.11 eller nyere mangler; dette er {version}. Hent en nyere fra python.org, og start igen."
NOT_SET_UP: Final = (
    "Pakkerne blev ikke hentet. Se, hvad der står ovenfor. Er der net, og må du skrive i mappen? Er JupyterLab åben i"
    " et andet vindue? Spærrer et virusprogram? Ret det, og start igen; så begynder det forfra."
)


def venv_python(venv: Path, windows: bool = os.name == "nt") -> Path:
    """Give an environment's Python.

    Parameters
    ----------
    venv : pathlib.Path
        The environment.
    windows : bool
        Whether it is laid out as on Windows.

    Examples
    --------
    >>> venv_python(Path(".venv"), windows=True).as_posix(), venv_python(Path(".venv"), windows=False).as_posix()
    ('.venv/Scripts/python.exe', '.venv/bin/python')
    """
    return venv / ("Scripts/python.exe" if windows else "bin/python")


def scripts(python: Path) -> Path:
    """Give the folder with an environment's programs: beside its Python, or in conda on Windows in one below.

    Parameters
    ----------
    python : pathlib.Path
        The environment's.

    Examples
    --------
    >>> scripts(Path(".venv/bin/python")).as_posix()
    '.venv/bin'
    """
    below = python.parent / "Scripts"
    return below if below.is_dir() else python.parent


def is_set_up(venv: Path, lock: Path) -> bool:
    """Tell whether an environment is there, whole, and made from the lock: by `make`, or here.

    Parameters
    ----------
    venv : pathlib.Path
        The environment.
    lock : pathlib.Path
        What it is to be made from.
    """
    if not venv_python(venv).is_file():
        return False
    stamp, made_from = venv / ".installed", venv / MADE_FROM.name
    if stamp.is_file():  # `make` goes by the files' age
        return stamp.stat().st_mtime >= lock.stat().st_mtime
    return made_from.is_file() and made_from.read_bytes() == lock.read_bytes()


def set_up() -> None:
    """Make the environment from the lock.

    Raises
    ------
    subprocess.CalledProcessError
        A step did not succeed; what it said stands above.
    """
    print(f"Sætter blupkit op i {VENV.name} (kun første gang; det tager nogle minutter) ...", flush=True)
    pip = [str(venv_python(VENV)), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    # --clear: what an attempt that was cut off has left behind is not built on.
    for step in (
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        [*pip, "--require-hashes", "-r", str(LOCK)],
        [*pip, "--no-deps", "--editable", str(ROOT)],
    ):
        subprocess.run(step, check=True, cwd=ROOT)
    shutil.copyfile(LOCK, MADE_FROM)


def open_lab(python: Path, options: list[str]) -> int:
    """Open JupyterLab on the start page, with the whole project in its list of files; gives its exit status.

    Parameters
    ----------
    python : pathlib.Path
        The project's own.
    options : list of str
        For JupyterLab.
    """
    disable = [str(python), "-m", "jupyterlab.labextensions", "disable", "--level=sys_prefix", ANNOUNCEMENTS]
    subprocess.run(disable, cwd=ROOT, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print("Åbner startsiden i din browser. Luk dette vindue, når du er færdig: Så lukker JupyterLab.", flush=True)
    lab = [
        str(python),
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={ROOT}",
        f"--LabApp.default_url={PAGE}",
        *QUIET,
        *options,
    ]
    # So that `blupkit ...` is found in a terminal of JupyterLab, as the guide writes it.
    path = os.pathsep.join([str(scripts(python)), os.environ.get("PATH", "")])
    return subprocess.run(lab, cwd=ROOT, check=False, env=os.environ | {"PATH": path}).returncode


def is_own() -> bool:
    """Tell whether the Python that runs this is the project's own: it has this very copy of blupkit, and JupyterLab."""
    found = find_spec("blupkit")
    here = found is not None and found.origin is not None and Path(found.origin).resolve().is_relative_to(ROOT)
    return here and find_spec("jupyterlab") is not None


def main(options: list[str]) -> int:
    """Set up what is missing, and open the start page; gives the exit status."""
    for stream in (sys.stdout, sys.stderr):  # a console in cp1252, or a log: a sign it lacks must not stop anything
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.version_info < NEEDED:
        print(TOO_OLD.format(version=sys.version.split()[0]), file=sys.stderr)
        return 1
    own = is_own()
    if not own and not is_set_up(VENV, LOCK):
        try:
            set_up()
        except (subprocess.CalledProcessError, OSError) as error:
            print(f"{error}\n{NOT_SET_UP}" if isinstance(error, OSError) else NOT_SET_UP, file=sys.stderr)
            return 1
    python = Path(sys.executable) if own else venv_python(VENV)
    subprocess.run([str(python), str(ROOT / "tools" / "clean_notebook.py"), "--install"], cwd=ROOT, check=False)
    return open_lab(python, options)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
