"""The engine without a kernel gives what a kernel gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict
from support import notebook

from blupkit.core import Study
from blupkit.core.outputs import Outputs
from blupkit.report import Limits, Page, plan_pages
from blupkit.report.batch.pool import Finished, Way, run_pages

ROOT = Path(__file__).parents[3]
DRAW = """import matplotlib.pyplot as plt
import seaborn as sns
figure, axes = plt.subplots(figsize=(3, 2))
axes.plot([1, 2, 3], [3, 1, 2])
axes.set_title('Æ ø å')"""
CELLS = [
    "print('en'); print('to')\nimport sys\nprint('fejl', file=sys.stderr)",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    DRAW,
    "plt.plot([1, 2]); plt.show()\nsns.histplot([1, 1, 2])",
    "figure",
    "7;",
    "from IPython.display import HTML, Markdown, clear_output, display",
    "display(HTML('<b>x</b>'))\nprint('midt')\nMarkdown('# y')",
    "handle = display('før', display_id=True)\nhandle.update('efter')",
    "print('væk')\nclear_output()\nprint('bliver')",
    "%matplotlib inline\nplt.plot([2, 1]);",
    "x = 2\nawait __import__('asyncio').sleep(0)\nx",
    "None",
    "",
    "raise ValueError('med vilje')",
    "'ikke kørt'",
]  # fmt: skip


def made(pages: list[Page], engine: Any) -> dict[str, Finished]:
    return {run.page.name: run for run in run_pages(pages, Way(engine, Limits(seconds=240)))}


def shown(notebook: str) -> list[Any]:
    book = from_dict(json.loads(notebook))
    cells = [cell for cell in book.cells if cell.cell_type == "code" and "papermill" in cell.metadata]
    return [[cell.source, cell.execution_count, *(content(output) for output in cell.outputs)] for cell in cells]


def content(output: NotebookNode) -> Any:
    """What an output shows; how an error was reached differs in the machinery above the cell."""
    if output.output_type == "error":
        return output.ename, output.evalue
    return {key: value for key, value in output.items() if key != "transient"}


def test_each_kind_of_output_is_what_a_kernel_gives(study: Study, tmp_path: Path) -> None:
    pages = plan_pages(study, notebook(tmp_path, "a", *CELLS))
    ours, theirs = (made(pages, engine)["faelles/a"] for engine in ("blupkit", "kernel"))
    assert ours.problem == theirs.problem == "Cellen »raise ValueError('med vilje')« stoppede med ValueError: med vilje"
    for one, other in zip(shown(ours.notebook), shown(theirs.notebook), strict=True):
        assert one == other


def test_the_demo_s_pages_are_the_same_to_the_last_byte_of_each_figure(study: Study, demo_pages: Path) -> None:
    wanted = {"slagelse/02_behovsanalyse", "faelles/03_tematisk_kodning"}
    outputs = Outputs(demo_pages)  # with what was decided, as in a batch: it is read, and not decided by each page
    planned = plan_pages(study, ROOT / "notebooks", outputs, municipalities=["slagelse", "alle"])
    pages = [page for page in planned if page.name in wanted]
    ours, theirs = (made(pages, engine) for engine in ("blupkit", "kernel"))
    assert len(pages) == 2
    for page in pages:
        assert ours[page.name].problem == theirs[page.name].problem == ""
        assert ours[page.name].files == theirs[page.name].files
