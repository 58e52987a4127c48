"""The exploring panel as JupyterLab shows it: one file of JavaScript, nothing to build and nothing to fetch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any, Final

import anywidget
import traitlets
from ipywidgets import Widget

from blupkit.app.exploring.explorer import Explorer
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.session import Message, Session
from blupkit.display import ResultTable

STATIC: Final = Path(__file__).parent / "static"


class Panel(anywidget.AnyWidget):
    """The panel: the page asks, the session answers; the page keeps nothing that the kernel does not hold.

    Parameters
    ----------
    materials : Materials
        What there is to explore.
    """

    _esm = STATIC / "panel.js"
    _css = STATIC / "panel.css"
    #: Its own name in JupyterLab, by which the page finds the cell that it stands in.
    own_id = traitlets.Unicode().tag(sync=True)

    def __init__(self, materials: Materials) -> None:
        super().__init__()
        self.own_id = self.model_id
        self._sortable: list[Widget] = []
        self._session = Session(Explorer(materials), self._make_sortable, _namespace, self._later)
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return "Panelet til at udforske. Det vises i JupyterLab, når det er det sidste i en celle."

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401 - as ipywidgets has it
        """Show what is chosen as ordinary output too, for whoever reads the notebook where no panel can be drawn."""
        bundle = super()._repr_mimebundle_(**options)
        data: dict[str, object] = bundle[0] if isinstance(bundle, tuple) else bundle or {}
        shown = self._session.shown
        data["text/html"] = "".join(table._repr_html_() for table in shown.tables) or f"<p>{shown.said}</p>"
        return bundle

    def _hear(self, _: object, message: Message, __: object) -> None:
        self.send(self._session.answer(message))

    def _later(self, work: Callable[[], Message]) -> None:
        """Work something out beside the panel, which answers on meanwhile."""
        Thread(target=lambda: self.send(work()), daemon=True).start()

    def _make_sortable(self, table: ResultTable) -> str:
        """Make the table's sortable view, and let go of the one before: each carries its program with it."""
        from itables.widget import ITable  # it takes its time, and most look at a table as it stands

        for part in self._sortable:
            part.close()
        box = table.sortable()
        self._sortable = [box, *box.children]
        # The title and the notes that come with it stand on the panel already.
        return next(str(part.model_id) for part in box.children if isinstance(part, ITable))


def _namespace() -> dict[str, object]:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return dict(shell.user_ns) if shell else {}
