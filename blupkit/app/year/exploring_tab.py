"""The tab "Workshops og læring": who came, what was agreed, what was learned, and what the plan says comes next."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from blupkit.activities.exploring import (
    agreement_words,
    count_agreements,
    find_agreements,
    find_planned,
    who_came,
    who_learned,
)
from blupkit.app.exploring.choice import NOTHING, Choice, Control, Option, RefusedError, Results
from blupkit.app.exploring.materials import Materials


class Done(StrEnum):
    """What is shown of the year."""

    PLACES = "kom_kommune"
    GROUPS = "kom_gruppe"
    BY_STATUS = "aftaler_status"
    BY_PARTY = "aftaler_part"
    BY_PLACE = "aftaler_kommune"
    AGREEMENTS = "aftaler"
    OVERDUE = "over_fristen"
    SESSIONS = "gange"
    COURSES = "forloeb"
    LEARNERS = "laering_gruppe"
    NEXT = "naeste"
    LATE = "forsinket"
    PLAN = "plan"


_WORKSHOPS, _AGREED, _LEARNING, _PLAN = "Workshopper", "Aftaler", "Læring", "Planen"
_DONE: Final = (
    Option(NOTHING, "Vælg, hvad du vil se …"),
    Option(Done.PLACES, "Hvem kom, kommune for kommune", _WORKSHOPS),
    Option(Done.GROUPS, "Hvem kom, gruppe for gruppe", _WORKSHOPS),
    Option(Done.BY_STATUS, "Aftaler efter status", _AGREED),
    Option(Done.BY_PARTY, "Aftaler efter ansvarlig part", _AGREED),
    Option(Done.BY_PLACE, "Aftaler kommune for kommune", _AGREED),
    Option(Done.AGREEMENTS, "Aftalerne, som de er skrevet", _AGREED),
    Option(Done.OVERDUE, "Aftaler over fristen", _AGREED),
    Option(Done.SESSIONS, "Hvem kom, gang for gang", _LEARNING),
    Option(Done.COURSES, "Hvem kom, forløb for forløb", _LEARNING),
    Option(Done.LEARNERS, "Hvem kom til læring, gruppe for gruppe", _LEARNING),
    Option(Done.NEXT, "De næste fire uger", _PLAN),
    Option(Done.LATE, "Det, der er forsinket", _PLAN),
    Option(Done.PLAN, "Hele planen", _PLAN),
)
#: What else counts for what is shown; the rest is not there to be chosen.
_COUNTS: Final[dict[str, tuple[str, ...]]] = {
    Done.GROUPS: ("place",),
    Done.BY_STATUS: ("place",),
    Done.BY_PARTY: ("place",),
    Done.AGREEMENTS: ("place", "party", "status"),
    Done.OVERDUE: ("place", "party"),
}
_ASKED: Final[dict[Done, tuple[Callable[..., Any], dict[str, object]]]] = {
    Done.PLACES: (who_came, {}),
    Done.GROUPS: (who_came, {"by": "gruppe"}),
    Done.BY_STATUS: (count_agreements, {}),
    Done.BY_PARTY: (count_agreements, {"by": "part"}),
    Done.BY_PLACE: (count_agreements, {"by": "kommune"}),
    Done.AGREEMENTS: (find_agreements, {}),
    Done.OVERDUE: (find_agreements, {"overdue": True}),
    Done.SESSIONS: (who_learned, {}),
    Done.COURSES: (who_learned, {"by": "aktivitet"}),
    Done.LEARNERS: (who_learned, {"by": "gruppe"}),
    Done.NEXT: (find_planned, {}),
    Done.LATE: (find_planned, {"which": "forsinket"}),
    Done.PLAN: (find_planned, {"which": "alle"}),
}


def year_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    places = [Option(municipality.slug, municipality.short) for municipality in materials.study.municipalities]
    parties, states = agreement_words(materials.study)
    narrow = (
        Control("place", "Kommune", choice.place, [Option(NOTHING, "Alle kommuner"), *places], thing="ingen kommune"),
        Control("party", "Ansvarlig part", choice.party, _list("Alle parter", parties), thing="ingen part"),
        Control("status", "Status", choice.status, _list("Alle", states), thing="ingen status"),
    )
    done = Control("done", "Vis", choice.done, _DONE, thing="ingen visning")
    return [done, *(control for control in narrow if control.name in _COUNTS.get(choice.done, ()))]


def _list(every: str, words: list[str]) -> list[Option]:
    return [Option(NOTHING, every), *(Option(word, word) for word in words)]


def year_results(materials: Materials, choice: Choice) -> Results:
    """Compute what is chosen in the tab.

    Raises
    ------
    RefusedError
        Nothing is chosen yet.
    DataError
        Something in the tables is wrong.
    """
    if not choice.done:
        raise RefusedError("Vælg under »Vis«, hvad du vil se.")
    ask, how = _ASKED[Done(choice.done)]
    town = materials.study.municipality(choice.place) if choice.place else None
    chosen = {"place": ("municipality", town.short if town else ""), "party": ("party", choice.party)}
    chosen["status"] = ("status", choice.status)
    narrowed = dict(chosen[name] for name in _COUNTS.get(choice.done, ()))
    return (ask(materials.study, **how, **narrowed),)
