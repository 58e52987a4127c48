"""What several test files need."""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from itertools import chain, repeat
from multiprocessing import forkserver
from pathlib import Path
from subprocess import CompletedProcess

import pandas as pd
import pytest
from nbformat import write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from openpyxl import Workbook

from blupkit import cli
from blupkit.app import checking, sending
from blupkit.cli import data_life
from blupkit.core import Study, read_study
from blupkit.disclosure import SafeTable
from blupkit.disclosure.primary import primary_reasons
from blupkit.disclosure.safe_table import safe_table
from blupkit.report import Page, plan_pages
from blupkit.report.batch import quarantine
from blupkit.report.batch.pool import prepare
from blupkit.report.packages import packed
from blupkit.survey import release

ROOT = Path(__file__).parents[1]

#: The files that take longest, each before what takes less; the second needs no pages, which the first has made.
LONGEST = (
    "tests/test_pages.py",
    "tests/disclosure/test_release.py",
    "tests/attack/test_zips.py",
    "tests/test_packages.py",
    "tests/app/exploring/test_panel_lab.py",
    "tests/interviews/desk/test_coder_lab.py",
    "tests/interviews/desk/test_hands_lab.py",
    "tests/cli/test_commands.py",
    "tests/test_secrets.py",
    "tests/app/test_deciding.py",
    "tests/report/batch/test_robust.py",
    "tests/report/batch/test_cluster.py",
    "tests/app/test_starting_lab.py",
    "tests/test_side_by_side.py",
    "tests/test_readers.py",
    "tests/app/exploring/test_twelve_tasks.py",
    "tests/test_shareable.py",
    "tests/attack/test_tables.py",
    "tests/attack/test_own.py",
    "tests/attack/test_evaluations.py",
    "tests/app/life/test_participant.py",
    "tests/report/batch/test_parity.py",
    "tests/app/test_checking.py",
    "tests/survey/words/test_sentences.py",
    "tests/interviews/transcripts/test_fuzz.py",
    "tests/disclosure/test_pattern.py",
    "tests/app/exploring/test_explorer.py",
    "tests/test_recovery.py",
    "tests/test_old_study.py",
    "tests/test_office_secrets.py",
    "tests/test_conference.py",
    "tests/test_windows.py",
    "tests/attack/test_broken.py",
    "tests/attack/test_black_box.py",
    "tests/test_real_input.py",
    "tests/test_notebooks.py",
)
TOWNS = ["faaborg-midtfyn", "soenderborg", "kerteminde", "naestved", "nordfyns", "slagelse"]


def suppress(table: pd.DataFrame, study: Study) -> SafeTable:
    """Hide only what may not be shown by itself: made-up tables do not add up, so nothing can be worked out of them."""
    unsafe = (primary_reasons(table, study) != "").rename("unsafe")
    keys = [table["municipality"], table["group"], table.get("block", table["item"])]
    return safe_table(table, unsafe.groupby(keys).transform("any").astype(bool), study)


def blupkit(*words: object, folder: Path = ROOT) -> CompletedProcess[str]:
    """Run a command from the project's folder or another, with nobody at the keyboard, and give what it said.

    It is run in this process, which has imported the library: a test of what only a process of its own can show, such
    as its environment, starts one.
    """
    out, err = io.StringIO(), io.StringIO()
    begin_with_everything()
    with pytest.MonkeyPatch.context() as patch, Path(os.devnull).open() as nobody:
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["blupkit", *map(str, words)])
        patch.setattr(sys, "stdin", nobody)
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
            cli.main()
    code = ended.value.code
    return CompletedProcess(["blupkit", *map(str, words)], int(code or 0), out.getvalue(), err.getvalue())


def write_workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """Write a workbook with a row a list on each sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    book.close()
    return path


def on_days(patch: pytest.MonkeyPatch, *days: date) -> None:
    """Let it be a day wherever the program asks what day it is; of several, each time the next, as around midnight."""
    asked = chain(days, repeat(days[-1]))

    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return next(asked)

    for module in (checking, data_life, packed, quarantine, release, sending):
        patch.setattr(module, "date", Day)


def begin_with_everything() -> None:
    """Let pages be forked from a server that has imported what the demo's pages need, as for a command by itself."""
    server = forkserver._forkserver  # type: ignore[attr-defined]
    if server._forkserver_pid is None or server._forkserver_pid not in _SERVERS:
        server._stop()  # of a test whose pages needed less, and would import the rest each for itself
        prepare(demo_pages_planned())
        _SERVERS.append(server._forkserver_pid)


#: The processes of the servers that this one has begun so.
_SERVERS: list[int | None] = []


def demo_pages_planned() -> list[Page]:
    """Every page of the demo: how many there are follows the notebooks."""
    return plan_pages(read_study(ROOT / "data" / "demo"), ROOT / "notebooks")


def unbroken(html: str) -> str:
    """Give a page's text as it is read: a soft hyphen only says where a long word may be broken."""
    return html.replace("\N{SOFT HYPHEN}", "")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#RRGGBB) as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


FRONT = (
    "from blupkit import core, report\n"
    "edition = core.read_edition(core.read_study(study_folder), 'alle')\n"
    "report.front(edition, title='Prøve', facts=[])"
)


def notebook(folder: Path, name: str, *cells: str, meta: dict[str, object] | None = None) -> Path:
    """Write a small notebook with a parameters cell and the front block."""
    folder.mkdir(exist_ok=True)
    settings = new_code_cell('study_folder = "data/demo"', metadata={"tags": ["parameters"]})
    book = new_notebook(
        cells=[settings, new_code_cell(FRONT), new_markdown_cell("## Et afsnit"), *map(new_code_cell, cells)],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "blupkit": meta if meta is not None else {"sider": "faelles", "bruger": []},
        },
    )
    write(book, folder / f"{name}.ipynb")
    return folder


#: The front of a notebook that `write_notebook` writes.
OPENING = (
    "from blupkit import core, report\n"
    "edition = core.read_edition(core.read_study(study_folder), municipality)\n"
    "report.front(edition, title='Prøve', facts=[])"
)


def write_notebook(
    folder: Path, name: str, *cells: str, pages: str = "faelles", uses: tuple[str, ...] = (), title: str = ""
) -> Path:
    """Write a small notebook with parameters, and give its folder."""
    folder.mkdir(exist_ok=True)
    settings = new_code_cell('study_folder = "x"\nmunicipality = "alle"\nantal = 3', metadata={"tags": ["parameters"]})
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "blupkit": {"sider": pages, "bruger": list(uses)} | ({"titel": title} if title else {}),
    }
    write(new_notebook(cells=[settings, *map(new_code_cell, cells)], metadata=metadata), folder / f"{name}.ipynb")
    return folder
