"""One sitting of coding: every action is in the log, and on the disk, before it is answered as saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pandas as pd

from blupkit.core import BlupkitError
from blupkit.core.danish import listing
from blupkit.core.language import lemma, tokens
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.codings import ABOUT, DIRECTIONS
from blupkit.interviews.coding.log import (
    CHANGED,
    CODED_EVENT,
    DELETED,
    DISMISSED,
    PASSAGE,
    Action,
    Event,
    append_events,
    current,
    dismissed,
    new_event,
    read_log,
)
from blupkit.interviews.transcripts.reading import HOSTS

#: What tells one suggestion from another.
_SUGGESTION: Final = ("turn", "start", "end", "code")
Message = dict[str, Any]


class RefusedError(Exception):
    """What the browser asked for cannot be done; the message is for the coder."""


class Session:
    """What a coder does with one interview, held against its log.

    Parameters
    ----------
    name : str
        The interview's id, or the variable of an open question.
    turns : pandas.DataFrame
        Its turns; not changed.
    codebook : Codebook
        The codes.
    log : pathlib.Path
        The coder's log; it need not exist yet.
    coder : str
        Who codes.
    suggestions : pandas.DataFrame
        What may be accepted or turned down: turn, start, end, code.
    """

    def __init__(
        self, name: str, turns: pd.DataFrame, codebook: Codebook, log: Path, coder: str, suggestions: pd.DataFrame
    ) -> None:
        self._turns = {str(turn["turn"]): turn for turn in turns.to_dict("records")}
        self._codes = set(codebook.codes["code"])
        self._suggested = [{key: row[key] for key in _SUGGESTION} for row in suggestions.to_dict("records")]
        self._log, self._coder, self._interview = log, coder, name
        self._undo: list[Event] = []
        self._words: dict[str, list[tuple[int, int, str]]] = {}
        self._read()

    def answer(self, message: Message) -> Message:
        """Do what the browser asks for, and say what came of it.

        Parameters
        ----------
        message : dict
            `request` (a number that the answer carries), `action` and what it is about.

        Returns
        -------
        dict
            `request`, `ok`, and either `error` (Danish) or `saved` (the time), `codings`, `suggestions`, `found`.
        """
        actions: dict[str, Callable[[Message], Message]] = {
            "hent": lambda _: {},
            "soeg": self._search,
            "fortryd": self._take_back,
            CODED_EVENT: self._code,
            CHANGED: self._change,
            DELETED: self._delete,
            DISMISSED: self._dismiss,
        }
        head = {"request": message.get("request")}
        try:
            if self._size() != self._known:
                self._read()  # another window has written to the same log
            done = actions.get(str(message.get("action")), _unknown)(message)
        except RefusedError as error:
            return head | {"ok": False, "error": str(error)} | self._state()
        except OSError:
            error_text = (
                f"Ikke gemt: Der kan ikke skrives i {self._log.name}. Se efter, om disken er fuld, eller filen er låst."
            )
            return head | {"ok": False, "error": error_text} | self._state()
        except BlupkitError as error:  # somebody has spoilt the log while it is coded in
            return head | {"ok": False, "error": f"Ikke gemt: {error}"} | self._state()
        return head | {"ok": True} | done | self._state()

    def _state(self) -> Message:
        place = {"interview": self._interview}
        here = [event for _, event in self._coded.values() if event.get("interview") == self._interview]
        given = {(str(event["turn"]), event["code"]) for event in here}
        gone = {(turn, start, end, code) for name, turn, start, end, code in self._dismissed if name == self._interview}
        open_ones = [
            suggestion
            for suggestion in self._suggested
            if (str(suggestion["turn"]), suggestion["code"]) not in given
            and (str(suggestion["turn"]), suggestion["start"], suggestion["end"], suggestion["code"]) not in gone
        ]
        codings = [{key: event.get(key, "") for key in ("id", *PASSAGE)} for event in here]
        return place | {"codings": codings, "suggestions": open_ones, "undo": len(self._undo)}

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.is_file() else 0

    def _read(self) -> None:
        events, _ = read_log(self._log)
        self._coded, self._dismissed, self._known = current(events), dismissed(events), self._size()

    def _write(self, action: Action, passage: Message, ident: str | None = None) -> Event:
        event = new_event(self._coder, action, passage, ident)
        append_events(self._log, [event])
        self._read()
        return event

    def _saved(self) -> Message:
        return {"saved": datetime.now().strftime("%H.%M")}

    def _code(self, message: Message) -> Message:
        event = self._write(CODED_EVENT, self._passage(message))
        self._undo.append(event | {"action": DELETED})
        return self._saved() | {"id": event["id"]}

    def _change(self, message: Message) -> Message:
        before = self._known_coding(message)
        self._write(CHANGED, self._passage(before | message), before["id"])
        self._undo.append(before | {"action": CHANGED})
        return self._saved() | {"id": before["id"]}

    def _delete(self, message: Message) -> Message:
        before = self._known_coding(message)
        self._write(DELETED, before, before["id"])
        self._undo.append(before | {"action": CODED_EVENT})
        return self._saved()

    def _dismiss(self, message: Message) -> Message:
        event = self._write(DISMISSED, self._passage(message))
        self._undo.append(event | {"action": DELETED})
        return self._saved()

    def _take_back(self, _: Message) -> Message:
        if not self._undo:
            raise RefusedError("Der er ikke mere at fortryde.")
        last = self._undo[-1]
        if last["action"] == CHANGED and last["id"] not in self._coded:
            self._undo.pop()
            raise RefusedError("Kodningen er slettet i et andet vindue, så rettelsen kan ikke fortrydes.")
        self._write(last["action"], last, last["id"])
        self._undo.pop()
        return self._saved()

    def _known_coding(self, message: Message) -> Event:
        known = self._coded.get(str(message.get("id")))
        if known is None:
            raise RefusedError("Kodningen findes ikke længere. Måske er den slettet i et andet vindue.")
        return known[1]

    def _passage(self, message: Message) -> Message:
        turn = self._turns.get(str(message.get("turn")))
        if turn is None:
            raise RefusedError("Turen findes ikke i udskriften.")
        if turn["role"] in HOSTS:
            raise RefusedError("Den, der leder samtalen, kodes ikke.")
        if message.get("code") not in self._codes:
            raise RefusedError("Koden findes ikke i kodebogen.")
        start, end = message.get("start"), message.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(turn["text"])):
            raise RefusedError("Markér nogle ord i turen først.")
        for key, allowed in {"direction": DIRECTIONS, "about": ABOUT}.items():
            if message.get(key) and message[key] not in allowed:
                raise RefusedError(f"Vælg {listing(allowed, 'eller')}.")
        words = {key: str(message.get(key) or "") for key in ("code", "direction", "about", "memo")}
        place = {"interview": self._interview, "turn": turn["turn"], "start": start, "end": end}
        return place | words | {"quote": turn["text"][start:end]}

    def _search(self, message: Message) -> Message:
        """Find the turns that hold every word of the search, in any of their forms."""
        wanted = [lemma(word.lower()) for *_, word in tokens(str(message.get("text", "")))]
        found = []
        for key, turn in self._turns.items() if wanted else ():
            if key not in self._words:
                self._words[key] = [(start, end, lemma(word.lower())) for start, end, word in tokens(turn["text"])]
            hits = [(start, end) for start, end, word in self._words[key] if word in wanted]
            if set(wanted) <= {word for *_, word in self._words[key]}:
                found.append({"turn": turn["turn"], "hits": hits})
        return {"found": found}


def _unknown(_: Message) -> Message:
    raise RefusedError("Det kan koderen ikke.")
