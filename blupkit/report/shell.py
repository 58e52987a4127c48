"""One cell in an IPython shell: its outputs are those that a kernel would have sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Any as AnyTrait
from traitlets import Unicode
from traitlets.config import Config


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """Keeps what `display()` is given as outputs of the cell."""

    outputs = AnyTrait()

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        name = (transient or {}).get("display_id")
        for earlier in (output for output in self.outputs if name and output.get("transient") == name):
            earlier.update(data=data, metadata=metadata or {})
        if not update:
            shown = new_output("display_data", data=data, metadata=metadata or {})
            self.outputs.append(NotebookNode(shown | {"transient": name}))

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear()


class _Hook(DisplayHook):  # type: ignore[misc]
    """Keeps a cell's last value as its result."""

    outputs = AnyTrait()
    source = Unicode()

    def __call__(self, result: object = None) -> None:
        if result is None or self.semicolon_at_end_of_expression(self.source):
            return
        self.update_user_ns(result)
        data, metadata = self.compute_format_data(result)
        if data:
            count = self.shell.execution_count
            self.outputs.append(new_output("execute_result", data=data, metadata=metadata, execution_count=count))


class _Printed(TextIOBase):
    """A stream whose text becomes an output of the cell."""

    def __init__(self, name: str, outputs: list[NotebookNode]) -> None:
        self._name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last.output_type == "stream" and last.name == self._name:
            last.text += text
        elif text:
            self._outputs.append(new_output("stream", name=self._name, text=text))
        return len(text)


class _Shell(InteractiveShell):  # type: ignore[misc]
    """A shell without a window, that leaves telling of an error to whoever runs its cells."""

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def showtraceback(self, *_: object, **__: object) -> None:
        pass

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        pass


def open_shell() -> InteractiveShell:
    """Open this process's shell; `get_ipython()` gives it, so that matplotlib draws into the notebook.

    Returns
    -------
    IPython.core.interactiveshell.InteractiveShell
        Without a history on disk.
    """
    _Shell.clear_instance()
    settings = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
    return _Shell.instance(config=Config(settings))


def run_cell(shell: InteractiveShell, cell: NotebookNode, count: int) -> BaseException | None:
    """Run one cell.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        What `open_shell` returned.
    cell : nbformat.NotebookNode
        Gets its outputs and its count.
    count : int
        The count.

    Returns
    -------
    BaseException or None
        What it raised; `sys.exit()` raises too, whatever its status.
    """
    outputs: list[NotebookNode] = cell.outputs
    shell.execution_count = count
    with _shown_in(shell, outputs, cell.source):
        result = shell.run_cell(cell.source, store_history=False)
    cell.execution_count = count
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    if error is not None:
        trace = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
        outputs.append(new_output("error", ename=type(error).__name__, evalue=str(error), traceback=trace))
    return error


@contextmanager
def _shown_in(shell: InteractiveShell, outputs: list[NotebookNode], source: str) -> Iterator[None]:
    """Collect what a cell shows and prints, in the order in which it comes."""
    shell.display_pub = _Publisher(shell=shell, parent=shell, outputs=outputs)
    shell.displayhook = _Hook(shell=shell, parent=shell, outputs=outputs, source=source)
    shell.display_trap.hook = shell.displayhook
    try:
        with redirect_stdout(_Printed("stdout", outputs)), redirect_stderr(_Printed("stderr", outputs)):
            yield
    finally:
        for output in outputs:
            output.pop("transient", None)
