"""What is asked of the answers: a question as who gave which answer, and a choice of respondents; found by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.danish import first_lower, listing, many, number
from blupkit.core.errors import DataError, Fault, did_you_mean
from blupkit.survey.measures.choices import is_dont_know
from blupkit.survey.measures.needs import IMPORTANCE, LEVEL
from blupkit.survey.reading.questionnaire import ASKED, GROUP, MISSING, MUNICIPALITY, NAME, Kind, State, no_variable
from blupkit.survey.reading.responses import Responses

Flags = npt.NDArray[np.bool_]
#: What a filter may be: an answer, or several of which one must fit.
Where = Mapping[str, str | Sequence[str]]
TOTAL: Final = "I alt"
SURVEY: Final = "spørgeskemaet"
#: The rows and columns of those who gave no answer.
STATES: Final = tuple(MISSING.values())


@dataclass(frozen=True, eq=False)
class Question:
    """A question as who gave which answer.

    Parameters
    ----------
    name, title : str
        Its variable, and what it is about.
    answers : tuple of str
        In the order of the scale, also those that nobody gave.
    given : numpy.ndarray
        Respondents × answers.
    missing : numpy.ndarray
        Respondents × the three states of `MISSING`.
    known : numpy.ndarray, optional
        Where several answers may be given: respondents × answers, who is in the base of each.
    numeric : numpy.ndarray, optional
        The code of a rating or a statement, NaN where there is none.
    undisclosed : numpy.ndarray, optional
        Who would not say; they are among "Ikke besvaret".
    """

    name: str
    title: str
    answers: tuple[str, ...]
    given: Flags
    missing: Flags
    known: Flags | None = None
    numeric: npt.NDArray[np.float64] | None = None
    undisclosed: Flags | None = None

    @property
    def several(self) -> bool:
        """Whether one respondent may give several answers."""
        return self.known is not None

    @cached_property
    def answered(self) -> Flags:
        """Who answered at all."""
        return np.asarray(~(self.missing[:, 0] | self.missing[:, 1] | self.missing[:, 2]))

    def kept(self, who: Flags) -> Question:
        """Give the same question of some of the respondents."""
        if who.all():
            return self
        return replace(
            self,
            given=self.given[who],
            known=None if self.known is None else self.known[who],
            missing=self.missing[who],
            numeric=None if self.numeric is None else self.numeric[who],
            undisclosed=None if self.undisclosed is None else self.undisclosed[who],
        )

    @property
    def note(self) -> str:
        """Count those in it, in Danish: who answered, and the three states."""
        counts = [int(count) for count in self.missing.sum(axis=0)]
        told = [f"{number(count, 0)} {what}" for count, what in zip(counts, _SAID, strict=True)]
        if self.undisclosed is not None and (quiet := int(self.undisclosed.sum())):
            told[1] += f" (heraf {number(quiet, 0)} »ønsker ikke at oplyse«)"
        return f"»{self.title}«: {number(int(self.answered.sum()), 0)} har svaret; {listing(told)}."


_SAID: Final = ("svarede ved ikke", "har ikke svaret", "er ikke blevet spurgt")


def find_question(responses: Responses, name: str) -> Question:
    """Find a question by its variable or its subject.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    name : str
        A variable, the name of a multiple choice, "gruppe", "kommune", or a subject that only one question has.

    Returns
    -------
    Question
        Of all respondents.

    Raises
    ------
    DataError
        There is none, with the nearest match; or it was answered in own words.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> find_question(example_responses(), "form").answers
    ('Webinar', 'Studietur')
    """
    labels, questionnaire = responses.labels, responses.questionnaire
    found = name if name in responses.variables else labels.named(name)
    if not found:
        raise no_variable(name, labels)
    if found in (GROUP, MUNICIPALITY):
        return _background(responses, found, labels.title_of(found))
    kind = Kind(str(questionnaire.by_variable["kind"].get(found, Kind.MULTIPLE)))
    if kind == Kind.OPEN:
        action = f'Læs svarene med interviews.search eller responses.wide()["{found}"].'
        raise refusal(name, "et spørgsmål med svarmuligheder", action)
    if found not in responses.variables:
        return _choices(responses, found)
    places, answers = responses.answers_in(found)
    given, missing = _split(places, len(answers))
    rated = kind in (Kind.IMPORTANCE, Kind.LEVEL, Kind.STATEMENT)
    codes = np.array([*answers, *[np.nan] * len(MISSING)])
    title = labels.title_of(found) if kind != Kind.MULTIPLE else str(questionnaire.by_variable.loc[found, "label"])
    return Question(
        found,
        title,
        tuple(answers.values()),
        given,
        missing,
        numeric=codes[places] if rated else None,
        undisclosed=responses.undisclosed(found),
    )


def _split(places: npt.NDArray[np.signedinteger], answers: int) -> tuple[Flags, Flags]:
    # Memory runs along the respondents, as the sums will.
    flags = np.arange(answers + len(MISSING))[:, None] == places
    return flags[:answers].T, flags[answers:].T


def _background(responses: Responses, name: str, title: str) -> Question:
    study, people = responses.study, responses.respondents
    places = study.place_names("alle")
    names = (
        {key: study.group(key).name for key in study.group_keys}
        if name == GROUP
        else {town: places[town] for town in study.places}
    )
    column = people["group" if name == GROUP else "municipality"]
    at = pd.Index(list(names)).get_indexer(pd.Index(column))
    # Somebody of whom it is not known has not said it.
    given, missing = _split(np.where(at < 0, len(names) + 1, at), len(names))
    return Question(name, title, tuple(names.values()), given, missing)


def _choices(responses: Responses, item: str) -> Question:
    chosen = responses.questionnaire.of_kind(Kind.MULTIPLE)
    chosen = chosen[(chosen["item"] == item) & chosen["variable"].isin(responses.variables)].drop_duplicates("variable")
    each = {name: responses.answers_in(name)[0] for name in chosen["variable"]}
    unknown = is_dont_know(chosen)
    names = chosen.loc[~unknown, "variable"]
    # A choice that says "ved ikke" is none; who ticked it is in no base.
    told = np.any([each[name] == 1 for name in chosen.loc[unknown, "variable"]], axis=0) & np.ones(
        len(each[names.iloc[0]]), bool
    )
    given = np.array([(each[name] == 1) & ~told for name in names]).T
    known = np.array([(each[name] < 2) & ~told for name in names]).T
    nobody_asked = np.all([places == 2 + list(MISSING).index(State.NOT_ASKED) for places in each.values()], axis=0)
    missing = np.array([told, ~(told | known.any(axis=1) | nobody_asked), nobody_asked]).T
    answers = tuple(chosen.loc[~unknown, "label"].astype(str))
    return Question(item, responses.labels.title_of(item), answers, given, missing, known)


def find_pair(responses: Responses, name: str) -> dict[str, str]:
    """Find the importance and the level of a competence by its item or its label; empty where it is none."""
    rated = responses.questionnaire.of_kind(Kind.IMPORTANCE, Kind.LEVEL)
    plain = name.strip().casefold()
    own = rated[(rated["item"].str.casefold() == plain) | (rated["label"].str.casefold() == plain)]
    found = own.drop_duplicates("kind").set_index("kind")["variable"]
    if len(set(own["item"])) != 1 or not {Kind.IMPORTANCE, Kind.LEVEL} <= set(found.index):
        return {}
    pair = {IMPORTANCE: str(found[Kind.IMPORTANCE]), LEVEL: str(found[Kind.LEVEL])}
    return pair if set(pair.values()) <= set(responses.variables) else {}


@dataclass(frozen=True, eq=False)
class Chosen:
    """Some of the respondents.

    Parameters
    ----------
    who : numpy.ndarray
        One a respondent.
    words : str
        Who they are, after a comma in a title; "" where they are all.
    asked : dict
        What was asked for, as it stands in the call.
    """

    who: Flags
    words: str
    asked: dict[str, object]

    def titled(self, subject: str, split: Question | None = None) -> str:
        """Give the title of a table of them: its subject, what it is split by, and who they are."""
        first = f"»{subject}«" if split and subject.endswith("?") else subject
        by = f" fordelt på {first_lower(split.title)}" if split else ""
        return f"{first}{by}{', ' if self.words else ''}{self.words}"

    @property
    def note(self) -> str:
        """How many of how many they are, in Danish."""
        count, of = int(self.who.sum()), len(self.who)
        only = f"Kun {self.words}: " if self.words else ""
        text = f"{only}{number(count, 0)} af {many(of, 'besvarelse', 'besvarelser')}." if self.words else ""
        return text or f"Alle {many(of, 'besvarelse', 'besvarelser')}."


def choose(responses: Responses, group: str = "", municipality: str = "", where: Where | None = None) -> Chosen:
    """Choose respondents by group, municipality and answers.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    group, municipality : str
        A key or a name, in any spelling that the study knows; "" for all.
    where : mapping of str to str or sequence of str, optional
        Question → the answer that it must have, or several of which it must have one.

    Returns
    -------
    Chosen
        At least one respondent.

    Raises
    ------
    DataError
        There is no such group, municipality, question or answer (with the nearest match), or nobody is left.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> choose(example_responses(), "L", "Nordby").note
    'Kun lokalrådsmedlemmer, Nordby Kommune: 5 af 20 besvarelser.'
    """
    wanted = {
        **({GROUP: group} if group else {}),
        **({MUNICIPALITY: municipality} if municipality else {}),
        **(where or {}),
    }
    who, words = np.ones(len(responses.respondents), dtype=bool), []
    for name, value in wanted.items():
        question = find_question(responses, name)
        places = [answer_place(responses, question, text) for text in ([value] if isinstance(value, str) else value)]
        who &= question.given[:, places].any(axis=1)
        said = listing([question.answers[place] for place in places], "eller")
        words.append(said if question.name in (GROUP, MUNICIPALITY) else f"»{question.title}«: {said}")
    if not who.any():
        found, expected = f"{', '.join(words)}: ingen besvarelser", "mindst én besvarelse"
        raise refusal(found, expected, "Vælg færre eller andre filtre.")
    asked = {"group": group, "municipality": municipality, "where": dict(where or {})}
    return Chosen(who, ", ".join(words), {name: value for name, value in asked.items() if value})


def answer_place(responses: Responses, question: Question, text: str) -> int:
    """Find which answer is meant: by its words, or by the key or another spelling of a group or municipality.

    Raises
    ------
    DataError
        None is meant; the message has the nearest.
    """
    plain = text.strip().casefold()
    spelt = [answer.casefold() for answer in question.answers]
    if plain in spelt:
        return spelt.index(plain)
    study = responses.study
    if question.name == MUNICIPALITY and (slug := study.match_municipality(text)):
        return study.places.index(slug)
    if question.name == GROUP:
        keys = [key.casefold() for key in study.group_keys]
        singular = [study.group(key).singular.casefold() for key in study.group_keys]
        if plain in keys + singular:
            return (keys + singular).index(plain) % len(keys)
    town = study.suggest_municipality(text) if question.name == MUNICIPALITY else ""
    meant = f"Mente du »{town}«?" if town else did_you_mean(text.strip(), question.answers, "Vælg et af dem.")
    expected = listing(question.answers, "eller")
    raise refusal(text, expected, meant, question.title)


def find_towns(responses: Responses, names: Iterable[str]) -> list[str]:
    """Give the slugs of municipalities in any spelling that the study knows, each once.

    Raises
    ------
    DataError
        There is no such municipality; the message has the nearest.
    """
    question = find_question(responses, MUNICIPALITY)
    return list(dict.fromkeys(responses.study.places[answer_place(responses, question, name)] for name in names))


def find_groups(responses: Responses, name: str) -> list[str]:
    """Give the key of a group by any of its names, or those of all where none is named.

    Raises
    ------
    DataError
        There is no such group; the message has the nearest.
    """
    keys = responses.study.group_keys
    return [keys[answer_place(responses, find_question(responses, GROUP), name)]] if name else list(keys)


def refusal(found: str, expected: str, action: str, column: str = "") -> DataError:
    """Say what no table can be made of, in Danish: what was asked for, what could have been, and what to do."""
    return DataError(Fault(SURVEY, found, expected, action, column=column, quotes=False))


def asked_of(question: Question, chosen: Chosen, responses: Responses) -> None:
    """Refuse a question that none of the chosen was asked.

    Raises
    ------
    DataError
        It says who was asked.
    """
    if question.missing[:, -1].all():
        frame = responses.labels.frame
        asked = ", ".join(frame.loc[frame[NAME] == question.name, ASKED]) or "andre"
        found = f"et spørgsmål, som ikke er stillet til {chosen.words or 'nogen'}"
        expected = f"et spørgsmål, de er blevet stillet; dette er stillet til {asked}"
        raise refusal(found, expected, "Vælg et andet spørgsmål eller en anden gruppe.", question.title)


def call_line(function: str, *names: object, **options: object) -> str:
    """Write the line of Python that asks the same again.

    Parameters
    ----------
    function : str
        Of `survey`.
    *names : object
        What follows `responses`.
    **options : object
        By name; those that are empty are left out.

    Examples
    --------
    >>> call_line("cross", "alder", "tid", group="L", where={})
    'survey.cross(responses, "alder", "tid", group="L")'
    """
    words = [json.dumps(name, ensure_ascii=False) for name in names if name]
    words += [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in options.items() if value]
    return f"survey.{function}({', '.join(['responses', *words])})"


def unlike(names: Iterable[str]) -> list[str]:
    """Give names of which none stands twice: another one is told apart by its number.

    Examples
    --------
    >>> unlike(["Ja", "I alt", "I alt"])
    ['Ja', 'I alt', 'I alt (2)']
    """
    seen: dict[str, int] = {}
    given = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        given.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return given
