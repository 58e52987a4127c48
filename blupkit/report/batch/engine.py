"""papermill's engine `blupkit`: a notebook runs in this process, in an IPython shell, without a kernel to wait for.

Papermill loads this module while it is being imported itself, and in programs that never use it: nothing is imported
here before it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager


class Engine(StrEnum):
    """How a notebook is run: in an IPython shell in the process itself, or in a kernel of its own."""

    #: The name for papermill, as the entry point in pyproject.toml has it.
    SHELL = "blupkit"
    KERNEL = "kernel"


#: A cell with this tag may raise without stopping the notebook, as in nbclient.
MAY_RAISE: Final = "raises-exception"
#: Takes the notebook, the place of a cell, and whether the cell has been run.
OnCell = Callable[["NotebookNode", int, bool], None]


class ShellEngine:
    """The engine as papermill calls it."""

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool = True,
        on_cell: OnCell = lambda nb, place, done: None,
        **_: object,
    ) -> NotebookNode:
        """Run a notebook's cells one after the other until one raises.

        Parameters
        ----------
        nb : nbformat.NotebookNode
            With its parameters; its cells get their outputs and counts.
        kernel_name, output_path, progress_bar
            As papermill gives them; there is no kernel.
        on_cell : callable
            Called before and after each cell, with the notebook, the cell's place and whether it has been run; and
            before the first, with the place -1.

        Returns
        -------
        nbformat.NotebookNode
            The same notebook.
        """
        from papermill.engines import NotebookExecutionManager

        manager = NotebookExecutionManager(nb, output_path, progress_bar=progress_bar)
        manager.notebook_start()
        try:
            _run_cells(manager, on_cell)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Give the name that papermill notes as the notebook's kernel."""
        return name or str(nb.metadata.get("kernelspec", {}).get("name", "python3"))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Give the language that papermill writes parameters in."""
        return language or str(nb.metadata.get("kernelspec", {}).get("language", "python"))


def _run_cells(manager: NotebookExecutionManager, on_cell: OnCell) -> None:
    from blupkit.report.batch.shell import open_shell, run_cell

    shell = open_shell()
    count = 0
    on_cell(manager.nb, -1, False)
    for index, cell in enumerate(manager.nb.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        count += 1
        on_cell(manager.nb, index, False)
        manager.cell_start(cell, index)
        failed = run_cell(shell, cell, count) is not None and MAY_RAISE not in cell.metadata.get("tags", [])
        if failed:
            manager.cell_exception(cell, index)
        manager.cell_complete(cell, index)
        on_cell(manager.nb, index, True)
        if failed:
            return
