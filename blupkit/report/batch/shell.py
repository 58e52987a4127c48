"""One cell in an IPython shell: its outputs are those that a kernel would have sent."""

from __future__ import annotations

import atexit
from contextlib import redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Any as AnyTrait
from traitlets import Unicode
from traitlets.config import Config


def _output(kind: str, **content: object) -> NotebookNode:
    """Make an output of a cell; nbformat's own way holds each against its schema, and takes longer than most cells."""
    return NotebookNode(output_type=kind, **content)


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
            self.outputs.append(_output("display_data", data=data, metadata=metadata or {}, transient=name))

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
            self.outputs.append(_output("execute_result", data=data, metadata=metadata, execution_count=count))


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
            self._outputs.append(_output("stream", name=self._name, text=text))
        return len(text)


class _Shell(InteractiveShell):  # type: ignore[misc]
    """A shell without a window, that leaves telling of an error to whoever runs its cells."""

    displayhook_class = _Hook
    display_pub_class = _Publisher

    def enable_gui(self, gui: str | None = None) -> None:
        pass

    def showtraceback(self, *_: object, **__: object) -> None:
        pass

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        pass


#: A shell that nothing has run in, opened before it was needed.
_PREPARED: list[_Shell] = []


def prepare_shell() -> None:
    """Open a shell for whichever process is forked from this one: opening takes longer than most cells."""
    shell = _new_shell()
    shell.run_cell("None", store_history=False)  # the first cell prepares what all the others use
    shell.display_formatter.format(None)
    # It would clear what nothing has been written in, and look through all that is imported for garbage, twice.
    atexit.unregister(shell.atexit_operations)
    _PREPARED[:] = [shell]


def open_shell() -> _Shell:
    """Give a shell that nothing has run in; `get_ipython()` gives it too, so that matplotlib draws into the notebook.

    Returns
    -------
    IPython.core.interactiveshell.InteractiveShell
        Without a history on disk.
    """
    return _PREPARED.pop() if _PREPARED else _new_shell()


def _new_shell() -> _Shell:
    _Shell.clear_instance()
    settings = {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
    shell: _Shell = _Shell.instance(config=Config(settings))
    return shell


def run_cell(shell: _Shell, cell: NotebookNode, count: int) -> BaseException | None:
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
    shell.display_pub.outputs = shell.displayhook.outputs = outputs
    shell.displayhook.source = cell.source
    with redirect_stdout(_Printed("stdout", outputs)), redirect_stderr(_Printed("stderr", outputs)):
        result = shell.run_cell(cell.source, store_history=False)
    for output in outputs:
        output.pop("transient", None)
    cell.execution_count = count
    error: BaseException | None = result.error_before_exec or result.error_in_exec
    if error is not None:
        trace = shell.InteractiveTB.structured_traceback(type(error), error, error.__traceback__)
        outputs.append(_output("error", ename=type(error).__name__, evalue=str(error), traceback=trace))
    return error
