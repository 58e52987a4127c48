"""The text coder as JupyterLab shows it: one file of JavaScript, nothing to build and nothing to fetch."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Final

import anywidget
import traitlets

from blupkit.interviews.desk.session import Message, Session

STATIC: Final = Path(__file__).parent / "static"


class CoderWidget(anywidget.AnyWidget):
    """A transcript to code. The browser asks, the session answers; the page keeps nothing that the log does not hold.

    Parameters
    ----------
    material : dict
        What does not change while one codes: the turns, the codebook, the words to choose between.
    session : Session
        What answers.
    trust : callable
        How far the suggestions can be trusted, in Danish. It takes seconds, so it is asked for once, when the page is
        shown, and nobody waits for it.
    """

    _esm = STATIC / "coder.js"
    _css = STATIC / "coder.css"
    material = traitlets.Dict().tag(sync=True)

    def __init__(self, material: Message, session: Session, trust: Callable[[], str]) -> None:
        super().__init__(material=material)
        self.session, self.trust = session, cache(trust)
        self.on_msg(self._hear)

    def _hear(self, _: object, message: Message, __: object) -> None:
        if message.get("action") == "tillid":
            Thread(target=lambda: self.send({"trust": self.trust()}), daemon=True).start()
        else:
            self.send(self.session.answer(message))
