"""Questions on who somebody is without a name, age, sex and post code: put together they point at persons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from blupkit.core import STUDY_FILE, Fault, Level, Study
from blupkit.core.danish import listing
from blupkit.survey.reading.questionnaire import Kind, Questionnaire

_WORDS: Final = re.compile(
    r"alder|alders?gruppe|aldersinterval|age|agegroup|årgang|aargang|f(?:ø|oe|o)ds(?:els)?(?:år|aar|ar)|birthyear|yob"
    r"|køn|koen|kjønn|kjoenn|kjonn|gender|sex|post(?:nr|nummer|kode|code)|postalcode|zip(?:code)?"
)
_ASKED: Final = re.compile(
    r"\b(?:hvor (?:gammel|mange år) er du|hvor gammel|how old|(?:din|dit|your|ditt) (?:alder|køn|kjønn|age|gender|sex)"
    r"|aldersgruppe|age group|year of birth|hvilket år er du født|fødselsår|fødeår|post ?nummer|zip code|postal code"
    r"|er du (?:mand|kvinde|mann))\b"
)
_SEXES: Final = ({"mand", "kvinde"}, {"mann", "kvinne"}, {"male", "female"}, {"man", "woman"}, {"dreng", "pige"})
_YEARS: Final = re.compile(r"(\d+)\D{0,12}(?:\d+)?\s*(?:år|years?)\b.*|(?:under|over)\D+(\d+).*", re.IGNORECASE)
#: Nobody has sat on a council or worked for so long: the years of such a scale are those of a life.
_OLD: Final = 60


def background_questions(questionnaire: Questionnaire) -> list[str]:
    """Name the questions with choices that ask for age, sex or post code.

    Parameters
    ----------
    questionnaire : Questionnaire
        What was asked.

    Returns
    -------
    list of str
        As in `choice_questions`; by the name, the wording or the answers that can be chosen.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> background_questions(example_responses().questionnaire)
    []
    """
    found = []
    for name in questionnaire.choice_questions:
        rows = questionnaire.about(name)
        names = {name, *rows["item"], *rows["variable"]}
        texts = [text.casefold() for text in (*rows["question"], *rows["label"], *rows["text"]) if text]
        scales = rows.loc[rows["kind"] == Kind.SINGLE, "scale"].unique().tolist()
        answers = [questionnaire.answers_of(scale)["text"].astype(str).tolist() for scale in scales]
        if (
            any(_WORDS.fullmatch(word) for text in names for word in _parts(text))
            or any(_ASKED.search(text) or _WORDS.fullmatch(text.strip(" ?:.")) for text in texts)
            or any(_are_of_a_person(choices) for choices in answers)
        ):
            found.append(name)
    return found


def _parts(name: str) -> list[str]:
    return re.split(r"[\W_\d]+", name.casefold())


def _are_of_a_person(answers: Iterable[str]) -> bool:
    texts = {text.casefold().strip() for text in answers}
    if any(sexes <= texts for sexes in _SEXES):
        return True
    bands = [match for match in map(_YEARS.fullmatch, texts) if match]
    oldest = max((int(number) for band in bands for number in re.findall(r"\d+", band[0])), default=0)
    return 2 * len(bands) > len(texts) and _OLD <= oldest < 120


def background_faults(study: Study, questionnaire: Questionnaire) -> list[Fault]:
    """Say which questions are not on the pages, since nobody has asked for them.

    Parameters
    ----------
    study : Study
        What it releases.
    questionnaire : Questionnaire
        What was asked.

    Returns
    -------
    list of Fault
        One "advarsel", or none where the study says itself what its pages hold.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> background_faults(responses.study, responses.questionnaire)
    []
    """
    names = background_questions(questionnaire) if study.release.tables is None else []
    if not names:
        return []
    action = (
        "Alder, køn og postnummer kan tilsammen pege på enkeltpersoner. De er ikke med på siderne. Skal de med, så"
        " skriv alle de tabeller, der skal være, under [udgivelse]: tabeller = […]."
    )
    found, expected = listing(names), "baggrund på siderne, kun når der er bedt om det"
    column = "udgivelse.tabeller"
    return [Fault(STUDY_FILE, found, expected, action, column=column, level=Level.WARNING, quotes=False)]
