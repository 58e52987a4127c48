"""A coder's log after the transcript was edited: codings are given their places anew, and the log says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from blupkit.core.danish import many
from blupkit.interviews.coding.log import Action, Event, new_event
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.coding.placing.neighbours import Outcome, is_stale, place

#: What a log adds up to: the id of each coding, its line, and its last event (see `log.current`).
Current = Mapping[str, tuple[int, Event]]


class Anew(NamedTuple):
    """A coding of which the transcript says something else than the log: before, and what is to be written of it.

    Parameters
    ----------
    before : Event
        The last that was written of it.
    event : Event
        Where it belongs now ("flyttet"); `before` itself where that has been written already, or no place was found.
    outcome : Outcome
        MOVED (its words), OFFERED (words like them) or LEFT.
    why : str
        Why it was left where it was, in Danish.
    """

    before: Event
    event: Event
    outcome: Outcome
    why: str = ""


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
            f"{_codings(moved)} er flyttet med deres ord og tæller med. De er mærket, til nogen har bekræftet dem.": moved,
            f"{_codings(offered)} har fået foreslået en plads, hvor ordene er lidt anderledes, og tæller først med,"
            " når nogen har bekræftet dem.": offered,
            f"{_codings(left)} har ikke fået en plads og tæller ikke med. Kod dem igen i hånden.": left,
        }
        return [sentence for sentence, number in told.items() if number] or ["Alle kodninger står, hvor de skal."]


def replaced(codable: Codable, coded: Current, coder: str, interview: str = "") -> Replaced:
    """Find out where the codings of a log belong now, without writing anything.

    Parameters
    ----------
    codable : Codable
        The turns as they are now.
    coded : mapping
        What `current` gave.
    coder : str
        Whose log it is.
    interview : str
        Only this one's; all of them without it.

    Examples
    --------
    >>> import pandas as pd
    >>> from blupkit.interviews.coding.codebook import Codebook
    >>> from blupkit.interviews.coding.passage import Passage
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "role": "", "text": ["Goddag.", "Vi søgte en pulje."]})
    >>> here = Codable(turns, Codebook(pd.DataFrame({"code": ["2.1"], "theme": ["2"]})))
    >>> first = new_event("A", Action.CODED, Passage("fg1", 1, 0, 8, "2.1", quote="Vi søgte"), "x")
    >>> [event] = replaced(here, {"x": (1, first)}, "A").events
    >>> event.action.value, event.id, event.passage.turn
    ('flyttet', 'x', 2)
    """
    here = [event for _, event in coded.values() if interview in ("", event.passage.interview)]
    placings = place(codable, [event.passage for event in here])
    became = []
    for before, placing in zip(here, placings, strict=True):
        if placing.outcome is Outcome.STANDS:
            continue
        known = placing.passage == before.passage
        event = before if known else new_event(coder, Action.MOVED, placing.passage, before.id)
        became.append(Anew(before, event, placing.outcome, placing.why))
    return Replaced(tuple(became))


def doubtful(codable: Codable, coded: Current) -> set[str]:
    """Give the ids of codings whose words stand in their place by chance: those around them have gone elsewhere."""
    found = {each.before.id for each in replaced(codable, coded, "").codings}
    return {ident for ident in found if not is_stale(codable, coded[ident][1].passage)}


def words_before(events: list[tuple[int, Event]]) -> dict[str, str]:
    """Give the words of each coding as a person last coded or confirmed them.

    Parameters
    ----------
    events : list of tuple of int and Event
        What `read_log` returned; not changed.
    """
    by_hand = (Action.CODED, Action.CHANGED)
    return {event.id: event.passage.quote or "" for _, event in events if event.action in by_hand}


def _codings(number: int) -> str:
    return many(number, "kodning", "kodninger")
