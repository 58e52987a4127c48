"""One sitting of coding: every action is in the log, and on the disk, before it is answered as saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd

from blupkit.core import BlupkitError
from blupkit.core.language import lemma, tokens
from blupkit.interviews.coding.log import Action, Event, append_events, current, dismissed, new_event, read_log
from blupkit.interviews.coding.passage import Codable, Direction, Passage, Wrong, passages

#: What the browser needs of a suggestion.
_SUGGESTION: Final = ("turn", "start", "end", "code")
#: What the browser may say of a passage, besides where it starts and ends.
_WORDS: Final = ("turn", "code", "direction", "about", "memo")
#: Why a passage cannot be coded, said to the coder; the first that holds is told.
_REFUSED: Final = {
    Wrong.NO_TURN: "Turen findes ikke i udskriften.",
    Wrong.HOST: "Den, der leder samtalen, kodes ikke.",
    Wrong.NO_CODE: "Koden findes ikke i kodebogen.",
    Wrong.NO_SPAN: "Markér nogle ord i turen først.",
    Wrong.TOO_LONG: "Markér nogle ord i turen først.",
    Wrong.NO_DIRECTION: "Vælg {}.",
    Wrong.NO_PARTY: "Vælg {}.",
}
#: What goes to the browser and comes from it: JSON.
Message = dict[str, object]


class RefusedError(Exception):
    """What the browser asked for cannot be done; the message is for the coder."""


class Session:
    """What a coder does with one interview, held against its log.

    Parameters
    ----------
    name : str
        The interview's id, or the variable of an open question.
    codable : Codable
        Its turns, and the codes.
    log : pathlib.Path
        The coder's log; it need not exist yet.
    coder : str
        Who codes.
    suggestions : pandas.DataFrame
        What may be accepted or turned down: `CODING_COLUMNS`, of this interview.
    """

    def __init__(self, name: str, codable: Codable, log: Path, coder: str, suggestions: pd.DataFrame) -> None:
        self._codable = codable
        self._suggested = passages(suggestions)
        self._log, self._coder, self._interview = log, coder, name
        self._undo: list[tuple[Action, Passage, str]] = []
        self._words: dict[str, list[tuple[int, int, str]]] = {}
        self._read()

    def material(self) -> Message:
        """Give what the browser shows and does not change; participants' names stay behind, their labels go."""
        here = self._codable
        labels = dict(zip(here.participants["speaker"], here.participants["label"], strict=True))
        times = here.turns.get("start", pd.Series(float("nan"), here.turns.index)).tolist()
        turns = [
            {
                "turn": turn.turn,
                "who": labels.get(turn.speaker, turn.role.capitalize()) if turn.role else "",
                "role": turn.role,
                "time": _clock(seconds),
                "text": turn.text,
                "codable": not turn.is_host,
            }
            for turn, seconds in zip(here.by_place.values(), times, strict=True)
        ]
        codes = [
            {key: value for key, value in code._asdict().items() if key not in ("example", "patterns")}
            for code in here.codebook.rows
        ]
        head = {"title": self._interview, "coder": self._coder}
        return head | {"turns": turns, "codes": codes, "directions": list(Direction)}

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
            Action.CODED: partial(self._add, Action.CODED),
            Action.CHANGED: self._change,
            Action.DELETED: self._delete,
            Action.DISMISSED: partial(self._add, Action.DISMISSED),
        }
        head = {"request": message.get("request")}
        try:
            if self._size() != self._known:
                self._read()  # another window has written to the same log
            done = actions.get(str(message.get("action")), _unknown)(message)
            return head | {"ok": True} | done | self._state()
        except RefusedError as error:
            says = str(error)
        except OSError:
            name = self._log.name
            says = f"Ikke gemt: Der kan ikke skrives i {name}. Se efter, om disken er fuld, eller filen er låst."
        except BlupkitError as error:  # somebody has spoilt the log while it is coded in
            says = f"Ikke gemt: {error}"
        return head | {"ok": False, "error": says} | self._state()

    def _state(self) -> Message:
        here = [event for _, event in self._coded.values() if event.passage.interview == self._interview]
        given = {(str(event.passage.turn), event.passage.code) for event in here}
        open_ones = [
            {key: getattr(passage, key) for key in _SUGGESTION}
            for passage in self._suggested
            if (str(passage.turn), passage.code) not in given and passage.place not in self._dismissed
        ]
        codings = [{"id": event.id} | asdict(event.passage) for event in here]
        return {
            "interview": self._interview,
            "codings": codings,
            "suggestions": open_ones,
            "undo": len(self._undo),
        }

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.is_file() else 0

    def _read(self) -> None:
        events, _ = read_log(self._log)
        self._coded, self._dismissed, self._known = current(events), dismissed(events), self._size()

    def _write(self, action: Action, passage: Passage, ident: str = "") -> Message:
        event = new_event(self._coder, action, passage, ident)
        append_events(self._log, [event])
        self._read()
        return {"saved": datetime.now().strftime("%H.%M"), "id": event.id}

    def _add(self, action: Action, message: Message) -> Message:
        passage = self._passage(Passage(), message)
        done = self._write(action, passage)
        self._undo.append((Action.DELETED, passage, str(done["id"])))
        return done

    def _change(self, message: Message) -> Message:
        before = self._known_coding(message)
        done = self._write(Action.CHANGED, self._passage(before.passage, message), before.id)
        self._undo.append((Action.CHANGED, before.passage, before.id))
        return done

    def _delete(self, message: Message) -> Message:
        before = self._known_coding(message)
        done = self._write(Action.DELETED, before.passage, before.id)
        self._undo.append((Action.CODED, before.passage, before.id))
        return done

    def _take_back(self, _: Message) -> Message:
        if not self._undo:
            raise RefusedError("Der er ikke mere at fortryde.")
        action, passage, ident = self._undo[-1]
        if action is Action.CHANGED and ident not in self._coded:
            self._undo.pop()
            raise RefusedError("Kodningen er slettet i et andet vindue, så rettelsen kan ikke fortrydes.")
        done = self._write(action, passage, ident)
        self._undo.pop()
        return done

    def _known_coding(self, message: Message) -> Event:
        known = self._coded.get(str(message.get("id")))
        if known is None:
            raise RefusedError("Kodningen findes ikke længere. Måske er den slettet i et andet vindue.")
        return known[1]

    def _passage(self, before: Passage, message: Message) -> Passage:
        """Give the passage that is asked for, with the words that stand there now."""
        words = {key: str(message[key] or "") for key in _WORDS if key in message}
        start, end = (_whole(message.get(key, stood)) for key, stood in (("start", before.start), ("end", before.end)))
        asked = replace(before, interview=self._interview, start=start, end=end, quote=None, **words)
        wrong = self._codable.faults_of(asked)
        for each, says in _REFUSED.items():
            if each in wrong:
                raise RefusedError(says.format(self._codable.choices(each)))
        return self._codable.settled(asked)

    def _search(self, message: Message) -> Message:
        """Find the turns that hold every word of the search, in any of their forms."""
        wanted = [lemma(word.lower()) for *_, word in tokens(str(message.get("text", "")))]
        found = []
        for (_, key), turn in self._codable.by_place.items() if wanted else ():
            if key not in self._words:
                self._words[key] = [(start, end, lemma(word.lower())) for start, end, word in tokens(turn.text)]
            hits = [(start, end) for start, end, word in self._words[key] if word in wanted]
            if set(wanted) <= {word for *_, word in self._words[key]}:
                found.append({"turn": turn.turn, "hits": hits})
        return {"found": found}


def _clock(seconds: float) -> str:
    return "" if pd.isna(seconds) else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _whole(place: object) -> int | str:
    """Give a place that is a whole number; any other is none."""
    return place if isinstance(place, int) else ""


def _unknown(_: Message) -> Message:
    raise RefusedError("Det kan koderen ikke.")
