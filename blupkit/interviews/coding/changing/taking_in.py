"""Codings from elsewhere taken into a log: new ones come in, and so does what was added to known ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import listing, many
from blupkit.interviews.coding.log import Action, Event, append_events, current, new_event, read_log, rewritten
from blupkit.interviews.coding.log_changes import known_code, log_of
from blupkit.interviews.coding.merging import SAID, additions
from blupkit.interviews.coding.passage import Codable, Direction, Passage, Wrong, passages

_ELSEWHERE: Final = "er udeladt, for ordene står ikke der i udskriften"
#: Why a coding from elsewhere is left out; the first that holds is told.
_LEFT_OUT: Final = {
    Wrong.NO_CODE: "er udeladt, for kodebogen har ikke {}",
    Wrong.NO_TURN: _ELSEWHERE,
    Wrong.NO_SPAN: _ELSEWHERE,
    Wrong.TOO_LONG: _ELSEWHERE,
    Wrong.OTHER_WORDS: _ELSEWHERE,
    Wrong.HOST: "er udeladt, for den, der leder samtalen, kodes ikke",
}
_ASIDE: Final = "er udeladt, for loggen har dem på en gammel plads: Kør interviews.place_anew(study) først"
_GONE: Final = "er slettet i loggen og kommer ikke igen"
_SHOWN: Final = 10


def add_codings(study: Study, coder: str, codings: pd.DataFrame, codable: Codable) -> list[str]:
    """Write codings that were made in another program, or in another copy of the log, into a coder's log.

    A code is known by its number ("1.1"), by number and name ("1.1 Mandat") or by name. A coding that is there already
    comes in no second time, so that the same file can be taken in twice; what somebody has added to it (direction, whom
    it is about, memo) comes in where the log says nothing of it. Where both say something else, the log's stays, and it
    is told. A coding that was deleted in the log stays deleted.

    Parameters
    ----------
    study : Study
        Its setting `kodninger` names the coder's log (.jsonl); the log is made when it is not there.
    coder : str
        In whose log they go, whoever made them.
    codings : pandas.DataFrame
        interview, turn, start, end, code, quote, and where known direction, about, memo, id: what `read_qdpx` or
        `read_codings_table` placed; not changed.
    codable : Codable
        What was said, and the codes; what `read_coded` returned will do.

    Returns
    -------
    list of str
        Danish sentences: how many came in, what was left out and why, and what the log and the file say differently.

    Raises
    ------
    DataError
        The coder has no log.
    FileError
        The log cannot be read.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> coded = interviews.read_coded(study)
    >>> files = study.interviews.model_copy(update={"codings": {"A": "A.jsonl"}})
    >>> study = study.model_copy(update={"folder": Path(tempfile.mkdtemp()), "interviews": files})
    >>> interviews.add_codings(study, "A", coded.codings, coded)
    ['4 kodninger er skrevet i A.jsonl.']
    >>> interviews.add_codings(study, "A", coded.codings.assign(memo="Se tur 1"), coded)
    ['0 kodninger er skrevet i A.jsonl.', '4 kodninger har fået det, der var føjet til: memo.']
    """
    _, name = log_of(study, coder, of_answers=False)
    events, _ = read_log(study.path(name), name, coder, codable)
    taken = _Taken(coder, codable, {ident: event for ident, (_, event) in current(events).items()})
    taken.deleted = {event.id for _, event in events if event.action is Action.DELETED} - taken.coded.keys()
    idents = codings["id"].tolist() if "id" in codings else [""] * len(codings)
    for found, ident in zip(passages(codings), idents, strict=True):
        taken.take(found, str(ident))
    append_events(study.path(name), taken.events)
    return taken.told(name)


@dataclass
class _Taken:
    """A log into which codings are taken.

    Parameters
    ----------
    coder : str
        Whose log it is.
    codable : Codable
        What was said, and the codes.
    coded : dict of str to Event
        Id → how each coding of the log stands now.
    """

    coder: str
    codable: Codable
    coded: dict[str, Event]
    deleted: set[str] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    conflicts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._there = {event.passage.place: ident for ident, event in self.coded.items()}

    def take(self, found: Passage, ident: str) -> None:
        """Take one coding in, or count why it is left out."""
        passage = _in_our_words(found, self.codable)
        wrong = self.codable.faults_of(passage)
        reason = next((why.format(found.code) for each, why in _LEFT_OUT.items() if each in wrong), "")
        known = self.coded.get(ident) or self.coded.get(self._there.get(passage.place, ""))
        if not reason and known is not None and known.passage.place != passage.place:
            reason = self._elsewhere(known, passage)
        elif not reason and known is not None:
            reason = self._add_to(known, passage)
        elif not reason and ident in self.deleted:
            reason = _GONE
        elif not reason:
            self._write(new_event(self.coder, Action.CODED, passage, ident))
        self.left_out[reason] += bool(reason)

    def _write(self, event: Event) -> None:
        self.events.append(event)
        self.coded[event.id] = event
        self._there[event.passage.place] = event.id

    def _elsewhere(self, known: Event, passage: Passage) -> str:
        """Tell of a coding that has the same id and another code or place."""
        if not self.codable.stands(known.passage):
            return _ASIDE
        place, there = (f"{each.code} på »{str(each.quote)[:40]}«" for each in (known.passage, passage))
        self.conflicts.append(f"{_where(known.passage)}: {place} i loggen, {there} i filen")
        return ""

    def _add_to(self, known: Event, passage: Passage) -> str:
        """Take in what was added to a coding that is known."""
        added, other = additions(known.passage, passage)
        self.conflicts += [f"{_where(known.passage)}: {_differs(known.passage, passage, each)}" for each in other]
        self.added.update(SAID[each] for each in added)
        if added:
            self._write(rewritten(self.coder, known, replace(known.passage, **added)))
        return "" if added or other else "var der i forvejen"

    def told(self, name: str) -> list[str]:
        """Say what came in, what was left out, and what is said differently."""
        fresh = sum(event.action is Action.CODED for event in self.events)
        told = [f"{_codings(fresh)} er skrevet i {name}."]
        if len(self.events) > fresh:
            told.append(f"{_codings(len(self.events) - fresh)} har fået det, der var føjet til: {listing(self.added)}.")
        told += [f"{_codings(n)} {why}." for why, n in self.left_out.items() if why]
        if self.conflicts:
            more = [f"{len(self.conflicts) - _SHOWN} mere"] if len(self.conflicts) > _SHOWN else []
            said = "; ".join([*self.conflicts[:_SHOWN], *more])
            told.append(f"Filen og loggen siger hver sit, og loggens er beholdt: {said}.")
        return told


def _differs(ours: Passage, theirs: Passage, field_: str) -> str:
    old, new = (str(getattr(each, field_))[:60] for each in (ours, theirs))
    return f"{SAID[field_]} »{old}« i loggen, »{new}« i filen"


def _where(passage: Passage) -> str:
    return f"{passage.interview}, tur {passage.turn} ({passage.code})"


def _in_our_words(found: Passage, codable: Codable) -> Passage:
    """Put a passage in the study's own words; the code is "" where the codebook does not have it."""
    direction = found.direction if found.direction in tuple(Direction) else ""
    about = found.about if found.about in (codable.codebook.parties or (found.about,)) else ""
    return replace(found, direction=direction, about=about, code=known_code(found.code, codable.codebook))


def _codings(n: int) -> str:
    return many(n, "kodning", "kodninger")
