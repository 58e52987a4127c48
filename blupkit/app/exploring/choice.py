"""What is chosen in the exploring panel, and what can be: plain values, no widgets."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple

from blupkit.core.danish import listing
from blupkit.display import ResultTable

#: What a tab gives, the first with its figure.
Results = tuple[ResultTable, ...]
#: So many municipalities stand side by side.
MOST_PLACES: Final = 4
#: A field with this in it has nothing chosen. No list begins with an answer chosen for her.
NOTHING: Final = ""


class Tab(StrEnum):
    """The tabs, by the name that the page knows."""

    SURVEY = "skema"
    WORDS = "ord"
    TOGETHER = "sammen"
    YEAR = "aaret"


class RefusedError(Exception):
    """What was chosen is not there; the message is one Danish sentence for the consultant."""


@dataclass(frozen=True)
class Choice:
    """All that is chosen, in every tab; "" where nothing is.

    Parameters
    ----------
    tab : str
        The tab that is shown.
    find : str
        The words by which a question is looked up.
    question, by : str
        A question, and what it is split by.
    group : str
        The key of the group whose answers count; "" is all.
    places : tuple of str
        The slugs of at most four municipalities; none is all.
    filter, answer : str
        The question by whose answer one filters, and the answer.
    look : str
        What is shown of the survey.
    words : str
        What is searched for in what was said and written.
    theme, other : str
        A theme, and one that is to stand with it.
    who, direction : str
        Whose passages: a group's key; and in which direction.
    heard : str
        What is shown of what was said.
    dimension : str
        The area whose numbers stand beside what was said.
    done : str
        What is shown of workshops, learning and the plan.
    place, party, status : str
        The municipality whose workshop it is, by its slug; the party that an agreement rests with; how far it is.

    Examples
    --------
    >>> Choice().with_changes({"question": "alder"}).question
    'alder'
    >>> Choice().with_changes({"farve": "rød"})
    Traceback (most recent call last):
    blupkit.app.exploring.choice.RefusedError: Panelet har intet valg, der hedder »farve«.
    """

    tab: str = Tab.SURVEY
    find: str = NOTHING
    question: str = NOTHING
    by: str = NOTHING
    group: str = NOTHING
    places: tuple[str, ...] = ()
    filter: str = NOTHING
    answer: str = NOTHING
    look: str = NOTHING
    words: str = NOTHING
    theme: str = NOTHING
    other: str = NOTHING
    who: str = NOTHING
    direction: str = NOTHING
    heard: str = NOTHING
    dimension: str = NOTHING
    done: str = NOTHING
    place: str = NOTHING
    party: str = NOTHING
    status: str = NOTHING

    def with_changes(self, changes: Mapping[str, Any]) -> Choice:
        """Give the same choice with some fields changed.

        Raises
        ------
        RefusedError
            There is no such field, or it takes a list where it got a word, or the other way round.
        """
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        changed: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise RefusedError(f"Panelet har intet valg, der hedder »{name}«.")
            several = isinstance(known[name], tuple)
            good = _is_list_of_words(value) if several else isinstance(value, str)
            if not good:
                raise RefusedError(f"Valget »{name}« kan ikke være »{value}«.")
            changed[name] = tuple(dict.fromkeys(value)) if several else value
        return replace(self, **changed)


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


class Option(NamedTuple):
    """One thing that can be chosen: its value, which is told apart from all others, its Danish label, its section."""

    value: str
    label: str
    section: str = ""


class Control(NamedTuple):
    """One thing to choose with: a list, boxes to tick, or a field to write in.

    Parameters
    ----------
    name : str
        The field of `Choice` that it sets.
    label : str
        What it is called, in Danish.
    value : str or tuple of str
        What is chosen.
    options : sequence of Option
        What can be; none for a field to write in.
    kind : str
        "select", "checks" or "text".
    button : str
        What stands on the button beside a field to write in.
    thing : str
        That there is none, in the middle of a sentence: "intet spørgsmål".
    most : str
        What is said of more than four.
    """

    name: str
    label: str
    value: str | tuple[str, ...]
    options: Sequence[Option] = ()
    kind: Literal["select", "checks", "text"] = "select"
    button: str = ""
    thing: str = ""
    most: str = ""

    def check(self) -> None:
        """Hold what is chosen against what can be.

        Raises
        ------
        RefusedError
            It is not there, and the message names the nearest; or it is too much.

        Examples
        --------
        >>> Control("question", "Spørgsmål", "aldr", [Option("alder", "Alder")], thing="intet spørgsmål").check()
        Traceback (most recent call last):
        blupkit.app.exploring.choice.RefusedError: Der er intet spørgsmål, der hedder »aldr«. Mente du »Alder«?
        """
        if self.kind == "text":
            return
        chosen = self.value if isinstance(self.value, tuple) else (self.value,)
        for value in chosen:
            if value not in {option.value for option in self.options}:
                raise RefusedError(unknown(value, self.options, self.thing))
        if self.kind == "checks" and len(chosen) > MOST_PLACES:
            raise RefusedError(self.most)


def unknown(value: str, options: Sequence[Option], thing: str) -> str:
    """Say in Danish that there is no such thing, and what comes nearest.

    Parameters
    ----------
    value : str
        What was asked for.
    options : sequence of Option
        What there is.
    thing : str
        That there is none: "ingen kommune".

    Examples
    --------
    >>> unknown("Slagelsse", [Option("slagelse", "Slagelse"), Option("naestved", "Næstved")], "ingen kommune")
    'Der er ingen kommune, der hedder »Slagelsse«. Mente du »Slagelse«?'
    >>> unknown("Odder", [Option("slagelse", "Slagelse"), Option("naestved", "Næstved")], "ingen kommune")
    'Der er ingen kommune, der hedder »Odder«. Vælg Slagelse eller Næstved.'
    """
    there = [option for option in options if option.value]
    told = f"Der er {thing}, der hedder »{value}«."
    near = nearest(value, there)
    if near:
        return f"{told} Mente du {listing((f'»{option.label}«' for option in near), 'eller')}?"
    if there and len(there) <= MOST_PLACES:
        return f"{told} Vælg {listing((option.label for option in there), 'eller')}."
    return told


def nearest(words: str, options: Iterable[Option], most: int = 1) -> list[Option]:
    """Give the options whose label or value comes nearest to some words.

    Examples
    --------
    >>> nearest("alderr", [Option("alder", "Alder"), Option("tid", "Tid til læring")])
    [Option(value='alder', label='Alder', section='')]
    """
    spelt = {spelling.casefold(): option for option in options for spelling in (option.value, option.label)}
    close = difflib.get_close_matches(words.casefold(), list(spelt), n=2 * most, cutoff=0.6)
    return list(dict.fromkeys(spelt[each] for each in close))[:most]
