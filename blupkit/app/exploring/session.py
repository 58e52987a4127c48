"""What the page asks and what it is answered: JSON, one answer to each request, and never a traceback."""

from __future__ import annotations

import base64
import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Final

from blupkit.app.exploring.cell import cell_code
from blupkit.app.exploring.choice import Control, Option, RefusedError
from blupkit.app.exploring.explorer import TABS, Explorer, Shown, sentence_of
from blupkit.core import BlupkitError
from blupkit.display import ResultTable, Shape

#: What goes to the page and comes from it.
Message = dict[str, Any]
#: Dots an inch: sharp on a screen that has two for each of the page's.
_DOTS: Final = 130
_START: Final = "Vælg for at se noget her."


class Session:
    """One panel: what the page asks for is done one thing at a time, however JupyterLab hands it over.

    Parameters
    ----------
    explorer : Explorer
        What is chosen, and what it gives.
    make_sortable : callable
        Takes a table, and gives the name by which the page finds its sortable view.
    """

    def __init__(self, explorer: Explorer, make_sortable: Callable[[ResultTable], str]) -> None:
        self._explorer, self._make_sortable = explorer, make_sortable
        self._shown: Shown | None = None
        self._drawn: Message = {}
        self._sorting = False
        self._lock = Lock()

    def answer(self, message: Message) -> Message:
        """Do what the page asks for, and say what came of it.

        Parameters
        ----------
        message : dict
            `request` (which the answer carries), `action`, and for "vaelg" the `choice`.

        Returns
        -------
        dict
            `request`; `state` (what to draw) where it has changed; and `told`, `error`, `cell`, or `own`.
        """
        head = {"request": message.get("request")}
        with self._lock:
            try:
                return head | self._do(str(message.get("action")), message)
            except RefusedError as error:
                return head | {"error": str(error), "state": self._state()}
            except BlupkitError as error:
                return head | {"error": sentence_of(error)}
            except Exception as error:  # noqa: BLE001 - whatever it is, the page must not wait for ever
                return head | {"error": f"Det gik galt på en måde, panelet ikke kender ({type(error).__name__}). Vælg noget andet."}
