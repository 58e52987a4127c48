"""One sitting of coding: every action is in the log, and on the disk, before it is answered as saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from blupkit.core import BlupkitError
from blupkit.core.language import readings, tokens
from blupkit.interviews.coding.log import (
    Action,
    Event,
    append_events,
    current,
    dismissed,
    new_event,
    noted,
    read_log,
)
from blupkit.interviews.coding.passage import Codable, Direction, Passage, Wrong, passages
from blupkit.interviews.coding.placing.anew import replaced, set_aside, words_before

#: What the browser needs of a suggestion.
_SUGGESTION: Final = ("turn", "start", "end", "code")
#: And of a coding.
_SHOWN: Final = ("turn", "start", "end", "code", "direction", "about", "memo", "quote")
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
_ASIDE: Final = "Ordene står der ikke længere, så kodningen er sat til side. Find dens plads igen, før du retter den."
#: An event that is to be written: what, on which passage, of which coding.
_Step = tuple[Action, Passage, str]
#: How many of the codes that were given last stand on top.
LATEST: Final = 5
#: What goes to the browser and comes from it: JSON.
Message = dict[str, object]
Doing = Callable[[Message], Message]
#: A coder that does nothing but code.
NOTHING_MORE: Final[Mapping[str, Doing]] = MappingProxyType({})


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
        self.codable, self.coder, self.interview = codable, coder, name
        self._log = log
        #: What takes the last steps back: each is one step to the coder, whatever it did to the log.
        self._undo: list[Doing] = []
        self._words: dict[str, list[tuple[int, int, frozenset[str]]]] = {}
        self.suggest(suggestions)
        self._read()

    def suggest(self, suggestions: pd.DataFrame) -> None:
        """Take what may be accepted or turned down from now on."""
        self._suggested = passages(suggestions)

    @property
    def events(self) -> list[Event]:
        """What is coded now, in all interviews: each coding's last event, in the order in which they were set."""
        return [event for _, event in self._coded.values()]

    @property
    def notes(self) -> list[Passage]:
        """The memos on codes and interviews; see `log.noted`."""
        return [event.passage for event in noted(self._events)]

    def material(self) -> Message:
        """Give what the browser shows and does not change; participants' names stay behind, their labels go."""
        here = self.codable
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
        head = {"title": self.interview, "coder": self.coder}
        return head | {"turns": turns, "codes": self.codes(), "directions": list(Direction)}

    def codes(self) -> list[Message]:
        """Give the codebook as the browser shows it."""
        left_out = ("example", "patterns")
        codes = (code._asdict() for code in self.codable.codebook.rows)
        return [{key: value for key, value in code.items() if key not in left_out} for code in codes]

    def answer(self, message: Message, more: Mapping[str, Doing] = NOTHING_MORE) -> Message:
        """Do what the browser asks for, and say what came of it.

        Parameters
        ----------
        message : dict
            `request` (a number that the answer carries), `action` and what it is about.
        more : mapping of str to callable
            What else can be done here, beside coding.

        Returns
        -------
        dict
            `request`, `ok`, and either `error` (Danish) or `saved` (the time), `codings`, `suggestions`, `found`.
        """
        actions: dict[str, Doing] = {
            "hent": lambda _: {},
            "soeg": self._search,
            "fortryd": self._take_back,
            "placer": self._place_anew,
            "bekraeft": self._confirm,
            Action.CODED: self.add,
            Action.CHANGED: self._change,
            Action.DELETED: self._delete,
            Action.DISMISSED: partial(self.add, action=Action.DISMISSED),
            Action.NOTED: self._note,
            **more,
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
        here = self._here()
        aside = self._aside
        standing = [event.passage for ident, (_, event) in here.items() if ident not in aside]
        given = {(str(passage.turn), passage.code) for passage in standing}
        open_ones = [
            {key: getattr(passage, key) for key in _SUGGESTION}
            for passage in self._suggested
            if (str(passage.turn), passage.code) not in given and passage.place not in self._dismissed
        ]
        return {
            "codings": [self._shown(event, aside) for _, event in here.values()],
            "suggestions": open_ones,
            "undo": len(self._undo),
            "latest": self._latest(),
            "used": Counter(event.passage.code for event in self.events),
            "notes": [[passage.interview, passage.code, passage.memo] for passage in self.notes],
        }

    def _latest(self) -> list[str]:
        """Give the codes that were given last, the last one first."""
        given = dict.fromkeys(event.passage.code for event in reversed(self.events))
        return [code for code in given if code in self.codable.codebook.theme_of][:LATEST]

    def _here(self) -> dict[str, tuple[int, Event]]:
        """Give the codings of this interview."""
        return {ident: each for ident, each in self._coded.items() if each[1].passage.interview == self.interview}

    def _shown(self, event: Event, aside: set[str]) -> Message:
        """Give a coding as the browser shows it.

        `moved`: a program found its place, and nobody has confirmed it. `aside`: it does not count, and no mark may be
        drawn for it but as an offer, where it is `moved` too. `was`: the words as a person coded them, where it is one
        of those.
        """
        moved, is_aside = event.action is Action.MOVED and event.passage.span != (0, 0), event.id in aside
        shown = {"id": event.id} | {key: getattr(event.passage, key) for key in _SHOWN} | {"moved": moved}
        if not moved and not is_aside:
            return shown | {"aside": False}
        return shown | {
            "aside": is_aside,
            "was": self._words_before.get(event.id, "") if moved else event.passage.quote,
        }

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.is_file() else 0

    def _read(self) -> None:
        self._events, _ = read_log(self._log, codable=self.codable)
        self._add_up()
        self._aside = set_aside(self.codable, self._events, self.interview)

    def _add_up(self) -> None:
        self._coded, self._dismissed, self._known = current(self._events), dismissed(self._events), self._size()
        self._words_before = words_before(self._events)

    def _write(self, events: list[Event], back: list[_Step]) -> Message:
        """Write events, and remember what takes them back."""
        append_events(self._log, events)
        line = len(self._events)
        self._events += enumerate(events, start=line + 1)
        self._add_up()
        # What is set aside depends on all the others; where nothing is, what is coded by hand changes nothing.
        by_hand = all(event.action is not Action.MOVED and self.codable.stands(event.passage) for event in events)
        if self._aside or not by_hand:
            self._aside = set_aside(self.codable, self._events, self.interview)
        if back:
            self.then_undo(lambda _: self._step_back(back))
        return {"saved": datetime.now().strftime("%H.%M"), "id": events[0].id if events else ""}

    def then_undo(self, undo: Doing, instead_of: int = 0) -> None:
        """Remember how what was just done is taken back, in one step that may stand for the last few."""
        self._undo[len(self._undo) - instead_of :] = [undo]

    def add(self, message: Message, action: Action = Action.CODED) -> Message:
        """Give a passage a code, or turn a suggestion down."""
        passage = self._passage(Passage(), message)
        if action is Action.CODED:
            self._check_single(passage)
        event = new_event(self.coder, action, passage)
        return self._write([event], [(Action.DELETED, passage, event.id)])

    def drop(self, events: list[Event]) -> Message:
        """Take codings away, as a part of a step back."""
        return self._write([new_event(self.coder, Action.DELETED, each.passage, each.id) for each in events], [])

    def _note(self, message: Message) -> Message:
        """Write a memo on a code, or on the whole interview."""
        code, memo = str(message.get("code") or ""), str(message.get("memo") or "")
        place = Passage(interview="" if code else self.interview, code=code)
        before = next((each for each in self.notes if (each.interview, each.code) == (place.interview, code)), place)
        event = new_event(self.coder, Action.NOTED, replace(place, memo=memo))
        return self._write([event], [(Action.NOTED, before, event.id)])

    def _change(self, message: Message) -> Message:
        before = self._known_coding(message)
        by_hand = {"turn", "start", "end"} <= set(message)
        if not by_hand and before.id in self._aside:
            raise RefusedError(_ASIDE)
        passage = self._passage(before.passage, message)
        self._check_single(passage, before.id)
        return self._write([new_event(self.coder, Action.CHANGED, passage, before.id)], [_back_to(before)])

    def _check_single(self, passage: Passage, ident: str = "") -> None:
        """Refuse the same code on the same words a second time."""
        if any(event.passage.place == passage.place and event.id != ident for _, event in self._coded.values()):
            raise RefusedError(f"Stedet har allerede koden {passage.code}.")

    def _delete(self, message: Message) -> Message:
        before = self._known_coding(message)
        step = Action.MOVED if before.action is Action.MOVED else Action.CODED, before.passage, before.id
        return self._write([new_event(self.coder, Action.DELETED, before.passage, before.id)], [step])

    def _place_anew(self, _: Message) -> Message:
        """Look for the codings of this interview that are set aside; what was found is one step to the coder."""
        found = replaced(self.codable, self._events, self.coder, self.interview)
        steps = [_back_to(each.before) for each in found.codings if each.event is not each.before]
        return self._write(found.events, steps) | {"says": " ".join(found.says)}

    def _confirm(self, message: Message) -> Message:
        """Take the places where codings were put as the coder's own; the words that stand there are theirs now."""
        idents = message.get("ids")
        asked = idents if isinstance(idents, list) else [message.get("id")]
        known = [self._known_coding({"id": ident}) for ident in asked]
        moved = [event for event in known if event.action is Action.MOVED]
        events = [new_event(self.coder, Action.CHANGED, self._passage(event.passage, {}), event.id) for event in moved]
        return self._write(events, [_back_to(event) for event in moved])

    def _take_back(self, message: Message) -> Message:
        if not self._undo:
            raise RefusedError("Der er ikke mere at fortryde.")
        undo = self._undo.pop()
        try:
            return undo(message)
        except OSError:
            self._undo.append(undo)
            raise

    def _step_back(self, steps: list[_Step]) -> Message:
        for action, passage, ident in steps:
            if action in (Action.CHANGED, Action.MOVED) and ident not in self._coded:
                raise RefusedError("Kodningen er slettet i et andet vindue, så rettelsen kan ikke fortrydes.")
            if action is Action.CODED:
                self._check_single(passage, ident)
        return self._write([new_event(self.coder, *step) for step in steps], [])

    def _known_coding(self, message: Message) -> Event:
        known = self._coded.get(str(message.get("id")))
        if known is None:
            raise RefusedError("Kodningen findes ikke længere. Måske er den slettet i et andet vindue.")
        return known[1]

    def _passage(self, before: Passage, message: Message) -> Passage:
        """Give the passage that is asked for, with the words that stand there now."""
        words = {key: str(message[key] or "") for key in _WORDS if key in message}
        start, end = (_whole(message.get(key, stood)) for key, stood in (("start", before.start), ("end", before.end)))
        asked = replace(before, interview=self.interview, start=start, end=end, quote=None, **words)
        wrong = self.codable.faults_of(asked)
        for each, says in _REFUSED.items():
            if each in wrong:
                raise RefusedError(says.format(self.codable.choices(each)))
        return self.codable.settled(asked)

    def _search(self, message: Message) -> Message:
        """Find the turns that hold every word of the search, in any of their forms."""
        wanted = [readings(word.lower()) for *_, word in tokens(str(message.get("text", "")))]
        anything = frozenset[str]().union(*wanted)
        found = []
        for (_, key), turn in self.codable.by_place.items() if wanted else ():
            if key not in self._words:
                self._words[key] = [(start, end, readings(word.lower())) for start, end, word in tokens(turn.text)]
            hits = [word for word in self._words[key] if word[2] & anything]
            if all(any(each & forms for *_, forms in hits) for each in wanted):
                found.append({"turn": turn.turn, "hits": [(start, end) for start, end, _ in hits]})
        return {"found": found}


def _back_to(before: Event) -> _Step:
    """Give the step that makes a coding what it was, confirmed or not."""
    action = Action.MOVED if before.action is Action.MOVED else Action.CHANGED
    return action, before.passage, before.id


def _clock(seconds: float) -> str:
    return "" if pd.isna(seconds) else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _whole(place: object) -> int | str:
    """Give a place that is a whole number; any other is none."""
    return place if isinstance(place, int) else ""


def _unknown(_: Message) -> Message:
    raise RefusedError("Det kan koderen ikke.")
