"""The text coder as JupyterLab shows it: one file of JavaScript, nothing to build and nothing to fetch."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from blupkit.interviews.session import Session

STATIC: Final = Path(__file__).parent / "static"


class CoderWidget(anywidget.AnyWidget):
    """A transcript to code. The browser asks, the session answers; the page keeps nothing that the log does not hold.

    Parameters
    ----------
    material : dict
        What does not change while one codes: the turns, the codebook, the words to choose between.
    session : Session
        What answers.
    """

    _esm = STATIC / "coder.js"
    _css = STATIC / "coder.css"
    material = traitlets.Dict().tag(sync=True)

    def __init__(self, material: dict[str, Any], session: Session) -> None:
        super().__init__(material=material)
        self.session = session
        self.on_msg(lambda _, message, __: self.send(session.answer(message)))
