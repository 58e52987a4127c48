"""The text coder as JupyterLab shows it: a few files of JavaScript, nothing to build and nothing to fetch."""

from __future__ import annotations

from pathlib import Path
from threading import Lock, Thread
from typing import Final

import anywidget
import traitlets

from blupkit.interviews.desk.desk import Desk
from blupkit.interviews.desk.session import Message, Session

STATIC: Final = Path(__file__).parent / "static"
#: The page's program is one module, and each part may use what stands above it.
PARTS: Final = ("words", "view", "turns", "marking", "codes", "form", "looking", "lost", "keys", "coder")


def program() -> str:
    """Give the page's program, its parts put together.

    Examples
    --------
    >>> program().splitlines()[-1]
    'export default { render };'
    """
    return "\n".join((STATIC / f"{part}.js").read_text("utf-8") for part in PARTS)


class CoderWidget(anywidget.AnyWidget):
    """A transcript to code. The browser asks, the desk answers; the page keeps nothing that the log does not hold.

    Parameters
    ----------
    desk : Desk
        What answers.
    """

    _esm = program()
    _css = STATIC / "coder.css"
    material = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk) -> None:
        super().__init__(material=desk.material())
        self.desk = desk
        self._sent: dict[str, Message] = {}
        self._lock = Lock()
        self.on_msg(self._hear)

    @property
    def session(self) -> Session:
        """The sitting with the interview that is open."""
        return self.desk.session

    def trust(self) -> str:
        """How far the suggestions can be trusted, in Danish."""
        return self.desk.trust

    def _hear(self, _: object, message: Message, __: object) -> None:
        if message.get("action") == "tillid":
            # It takes seconds, so it is asked for when the page stands there, and nobody waits for it.
            Thread(target=self._later, daemon=True).start()
            return
        self._answer(message, whole=message.get("action") in ("hent", "skift"))

    def _answer(self, message: Message, *, whole: bool = False) -> None:
        with self._lock:
            answer = self.desk.answer(message)
            if answer.get("switched"):
                self.material = self.desk.material()
            self.send(self._news(answer, whole=whole))

    def _later(self) -> None:
        self.desk.look_for_suggestions()
        self._answer({"action": "hent"})
        self.send({"trust": self.trust()})

    def _news(self, answer: Message, *, whole: bool = False) -> Message:
        """Give an answer with the turns that are not as the page has them, in place of all codings."""
        turns: dict[str, Message] = {}
        for kind in ("codings", "suggestions"):
            for each in answer.pop(kind):  # type: ignore[attr-defined]
                turns.setdefault(str(each["turn"]), {"codings": [], "suggestions": []})[kind].append(each)  # type: ignore[attr-defined]
        nothing: Message = {"codings": [], "suggestions": []}
        changed = turns | dict.fromkeys(self._sent.keys() - turns.keys(), nothing)
        if not whole:
            changed = {turn: now for turn, now in changed.items() if now != self._sent.get(turn)}
        self._sent = turns
        return answer | {"turns": changed, "whole": whole}
