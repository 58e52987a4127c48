"""A coder's log after the transcript was edited: codings are given their places anew, and the log says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from blupkit.interviews.coding.log import Action, Event, current, new_event
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.coding.placing.neighbours import Outcome, Placing, is_stale, place

#: What `read_log` returned: each event with its line.
Log = Sequence[tuple[int, Event]]


_NO_TALK: Final = "interviewet er ikke blandt udskrifterne"
#: What became of a coding, and whether it counts.
_BECAME: Final = {
    Outcome.MOVED: "flyttet med sine ord: tæller med",
    Outcome.OFFERED: "foreslået plads, lidt andre ord: tæller ikke med endnu",
    Outcome.LEFT: "ikke fundet: tæller ikke med",
}


class Anew(NamedTuple):
    """A coding of which the transcript says something else than the log: before, and what is to be written of it.

    Parameters
    ----------
    before : Event
        The last that was written of it.
    event : Event
        Where it belongs now ("flyttet"), without a place where it stood by chance only; `before` itself where that has
        been written already, or no place was found.
    outcome : Outcome
        MOVED (its words), OFFERED (words like them) or LEFT.
    why : str
        Why it was left where it was, in Danish.
    """

    before: Event
    event: Event
    outcome: Outcome
    why: str = ""

    @property
    def is_found(self) -> bool:
        """Whether it has a place, to count or to be confirmed."""
        return self.outcome is not Outcome.LEFT

    @property
    def counts(self) -> bool:
        """Whether its own words were found, so that it counts before it is confirmed."""
        return self.outcome is Outcome.MOVED

    @property
    def became(self) -> str:
        """What became of it, and whether it counts, in Danish."""
        return _BECAME[self.outcome]


@dataclass(frozen=True)
class Replaced:
    """What becomes of the codings of one log that do not stand where they did.

    Parameters
    ----------
    codings : tuple of Anew
        One each.
    """

    codings: tuple[Anew, ...]

    @property
    def events(self) -> list[Event]:
        """What is to be added to the log; nothing the second time."""
        return [each.event for each in self.codings if each.event is not each.before]

    def of(self, outcome: Outcome) -> list[Anew]:
        """Those of which one thing came."""
        return [each for each in self.codings if each.outcome is outcome]

    @property
    def says(self) -> list[str]:
        """What became of them, in Danish sentences; "" of none."""
        moved, offered, left = (len(self.of(each)) for each in (Outcome.MOVED, Outcome.OFFERED, Outcome.LEFT))
        told = {
            "er flyttet med deres ord og tæller med. De er mærket, til nogen har bekræftet dem.": moved,
            "har fået foreslået en plads, hvor ordene er lidt anderledes, og tæller først med, når nogen har bekræftet"
            " dem.": offered,
            "har ikke fået en plads og tæller ikke med. Kod dem igen i hånden.": left,
        }
        said = [f"{number} af kodningerne {rest}" for rest, number in told.items() if number]
        return said or ["Alle kodninger står, hvor de skal."]


def replaced(codable: Codable, events: Log, coder: str, interview: str = "") -> Replaced:
    """Find out where the codings of a log belong now, without writing anything.

    Parameters
    ----------
    codable : Codable
        The turns as they are now.
    events : list of tuple of int and Event
        What `read_log` returned; not changed.
    coder : str
        Whose log it is.
    interview : str
        Only this one's; all of them without it.

    Examples
    --------
    >>> import pandas as pd
    >>> from blupkit.interviews.coding.codebook import Codebook
    >>> from blupkit.interviews.coding.passage import Passage
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "role": "", "text": ["Ja.", "Vi søgte en pulje."]})
    >>> here = Codable(turns, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]})))
    >>> first = new_event("A", Action.CODED, Passage("fg1", 1, 0, 8, "2.1", quote="Vi søgte"), "x")
    >>> [event] = replaced(here, [(1, first)], "A").events
    >>> event.action.value, event.id, event.passage.turn
    ('flyttet', 'x', 2)
    """
    became: list[Anew] = []
    placed = _placed(codable, events, interview, likely=True)
    taken = {before.passage.place for before, placing in placed if placing.outcome is Outcome.STANDS}
    for before, placing in placed:
        outcome, passage, why = placing
        if outcome is Outcome.STANDS:
            continue
        if outcome is not Outcome.LEFT and passage.place in taken:
            outcome, passage, why = Outcome.LEFT, before.passage, f"stedet har allerede koden (tur {passage.turn})"
        if outcome is Outcome.LEFT and not is_stale(codable, before.passage):
            passage = replace(passage, start="", end="")  # else it would stand there by chance from now on
        if outcome is not Outcome.LEFT:
            taken.add(passage.place)
        known = passage == before.passage
        event = before if known else new_event(coder, Action.MOVED, passage, before.id)
        became.append(Anew(before, event, outcome, why))
    return Replaced(tuple(became))


def set_aside(codable: Codable, events: Log, interview: str = "") -> set[str]:
    """Give the ids of codings that cannot count: their words stand there no longer, or only by chance.

    By chance is: the same words stand there, but the codings around have gone elsewhere. Those of an interview that is
    not there are none of them.

    Parameters
    ----------
    codable, events, interview
        As in `replaced`.
    """
    placed = _placed(codable, events, interview, likely=False)
    known = {name for name, _ in codable.by_place}
    return {
        before.id
        for before, placing in placed
        if before.passage.interview in known
        and (placing.outcome is not Outcome.STANDS or is_stale(codable, before.passage))
    }


def _placed(codable: Codable, events: Log, interview: str, *, likely: bool) -> list[tuple[Event, Placing]]:
    """Place the codings of each interview, beside the last event of each."""
    logs: defaultdict[str, list[Event]] = defaultdict(list)
    for _, event in events:
        if interview in ("", event.passage.interview):
            logs[event.passage.interview].append(event)
    known = {name for name, _ in codable.by_place}
    found: list[tuple[Event, Placing]] = []
    for name, log in logs.items():
        coded = current(list(enumerate(log)))
        if name not in known:
            found += [(event, Placing(Outcome.LEFT, event.passage, _NO_TALK)) for _, event in coded.values()]
        elif any(is_stale(codable, event.passage) for _, event in coded.values()):
            found += _placed_in_time(codable, log, coded, likely=likely)
        else:
            found += [(event, Placing(Outcome.STANDS, event.passage)) for _, event in coded.values()]
    return found


def _placed_in_time(
    codable: Codable, log: list[Event], coded: dict[str, tuple[int, Event]], *, likely: bool
) -> list[tuple[Event, Placing]]:
    """Place codings by where the others were at the time: one that was left behind knows the old places."""
    groups: defaultdict[int, list[str]] = defaultdict(list)
    ends = _next_moves(log)
    for ident, (at, _) in coded.items():
        groups[ends[at]].append(ident)
    found: dict[str, Placing] = {}
    for until, idents in groups.items():
        others = current(list(enumerate(log[:until])))
        # One that was left behind before knows still older places, which say nothing of these.
        known = {ident: event for ident, (at, event) in others.items() if ident in coded and ends[at] >= until}
        beside = [event.passage for ident, event in known.items() if ident not in idents]
        own = [coded[ident][1].passage for ident in idents]
        placings = place(codable, [*own, *beside], likely=likely)
        found |= dict(zip(idents, placings, strict=False))
    return [(coded[ident][1], found[ident]) for ident in coded]


def _next_moves(log: list[Event]) -> list[int]:
    """Give for each event the number of the first after it with which codings were moved, but not together with it."""
    ends, end = [], len(log)
    for at in range(len(log) - 1, -1, -1):
        ends.append(end)
        if log[at].action is Action.MOVED and (at == 0 or log[at - 1].action is not Action.MOVED):
            end = at
    return ends[::-1]


def words_before(events: Log) -> dict[str, str]:
    """Give the words of each coding as a person last coded or confirmed them.

    Parameters
    ----------
    events : list of tuple of int and Event
        What `read_log` returned; not changed.
    """
    by_hand = (Action.CODED, Action.CHANGED)
    return {event.id: event.passage.quote or "" for _, event in events if event.action in by_hand}
