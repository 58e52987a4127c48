"""The tab "Interview og åbne svar": words, themes, groups and directions, and what was said and written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from blupkit import interviews
from blupkit.app.exploring.choice import NOTHING, Choice, Control, Option, RefusedError, Results
from blupkit.app.exploring.materials import Materials
from blupkit.core import Study
from blupkit.core.danish import first_upper


class Heard(StrEnum):
    """What is shown of what was said."""

    PLACES = "steder"
    NEIGHBOURS = "naboord"
    OVER_TIME = "forloeb"
    PASSAGES = "passager"
    WHO = "hvem"
    GROUP_WORDS = "gruppeord"


_HEARD: Final = (
    Option(NOTHING, "Søg eller vælg et tema først …"),
    Option(Heard.PLACES, "Alle steder, hvor ordet står"),
    Option(Heard.NEIGHBOURS, "Ord, der følges med ordet"),
    Option(Heard.PASSAGES, "Passager om temaet i fuld længde"),
    Option(Heard.WHO, "Hvem der taler om temaet"),
    Option(Heard.OVER_TIME, "Ordet eller temaet hen over samtalen"),
    Option(Heard.GROUP_WORDS, "Ord, gruppen bruger mere end de andre"),
)
#: What else counts for what is shown; the rest is not there to be chosen.
_COUNTS: Final = {
    NOTHING: ("who", "direction"),
    Heard.PLACES: ("who",),
    Heard.NEIGHBOURS: ("who",),
    Heard.GROUP_WORDS: ("who",),
    Heard.PASSAGES: ("who", "direction", "other"),
}
#: What a word, and what a theme, is asked for first.
_OF_WORDS: Final = (Heard.PLACES, Heard.NEIGHBOURS, Heard.OVER_TIME)
_OF_ANSWERS: Final = (NOTHING, *_OF_WORDS, Heard.GROUP_WORDS)
_OF_THEMES: Final = (Heard.PASSAGES, Heard.WHO, Heard.OVER_TIME)
WORDS_NONE: Final = "Undersøgelsen har hverken interview eller åbne svar."


def words_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    if not materials.study.survey and not materials.study.interviews:
        return []
    words = Control("words", "Søg i alt, der er sagt og skrevet", choice.words, kind="text", button="Søg")
    study = materials.study
    groups = [Option(group.key, first_upper(group.name)) for group in study.groups]
    whose = Control("who", "Sagt af", choice.who, [Option(NOTHING, "Alle grupper"), *groups], thing="ingen gruppe")
    if study.interviews is None:
        looks = [each for each in _HEARD if each.value in _OF_ANSWERS]
        return [words, Control("heard", "Vis", choice.heard, looks, thing="ingen visning"), whose]
    themes = [Option(number, f"{number} {name}") for number, name in materials.coded.themes.items()]
    directions = [Option(str(key), first_upper(str(key))) for key in interviews.Direction]
    narrow = [
        whose,
        Control("direction", "Retning", choice.direction, [Option(NOTHING, "Alle retninger"), *directions],
                thing="ingen retning"),
        Control("other", "Sammen med temaet", choice.other, [Option(NOTHING, "Intet andet tema"), *themes],
                thing="intet tema"),
    ]  # fmt: skip
    return [
        words,
        Control("theme", "Tema", choice.theme, [Option(NOTHING, "Vælg et tema …"), *themes], thing="intet tema"),
        Control("heard", "Vis", choice.heard, _HEARD, thing="ingen visning"),
        *(control for control in narrow if control.name in _COUNTS.get(choice.heard, ())),
    ]


def settled(choice: Choice, changes: Mapping[str, Any]) -> Choice:
    """Show what a word or a theme is asked for first, where what is shown is of the other kind.

    Examples
    --------
    >>> settled(Choice(words="pulje"), {"words": "pulje"}).heard, settled(Choice(theme="2"), {"theme": "2"}).heard
    ('steder', 'passager')
    >>> settled(Choice(theme="2", heard="hvem"), {"theme": "2"}).heard
    'hvem'
    """
    if changes.get("words") and choice.heard not in _OF_WORDS:
        return choice.with_changes({"heard": Heard.PLACES.value})
    themed = any(changes.get(name) for name in ("theme", "direction", "other"))
    if themed and choice.heard not in _OF_THEMES:
        return choice.with_changes({"heard": Heard.PASSAGES.value})
    return choice


def words_results(materials: Materials, choice: Choice) -> Results:
    """Compute what is chosen in the tab.

    Raises
    ------
    RefusedError
        Something is left to choose; the message says what.
    FileError, DataError
        Transcripts, codebook or codings cannot be read.
    """
    if not materials.study.survey and not materials.study.interviews:
        raise RefusedError(WORDS_NONE)
    if not choice.heard:
        raise RefusedError("Skriv et ord at søge efter, eller vælg et tema.")
    return _ASKED[Heard(choice.heard)](materials.study, choice)


def _places(study: Study, choice: Choice) -> Results:
    return (interviews.search(study, _words(choice), group=choice.who),)


def _neighbours(study: Study, choice: Choice) -> Results:
    return (interviews.collocations(study, _words(choice), group=choice.who),)


def _group_words(study: Study, choice: Choice) -> Results:
    if not choice.who:
        raise RefusedError("Vælg en gruppe under »Sagt af«.")
    return (interviews.group_words(study, choice.who),)


def _over_time(study: Study, choice: Choice) -> Results:
    if choice.words.strip():
        return (interviews.dispersion(study, choice.words.strip()),)
    if choice.theme:
        return (interviews.dispersion(study, theme=choice.theme),)
    raise RefusedError("Skriv et ord, eller vælg et tema, for at se det hen over samtalen.")


def _who(study: Study, choice: Choice) -> Results:
    if not choice.theme:
        raise RefusedError("Vælg et tema.")
    return (interviews.who_says(study, choice.theme),)


def _passages(study: Study, choice: Choice) -> Results:
    found = interviews.passages(
        study, theme=choice.theme, group=choice.who, direction=choice.direction, with_theme=choice.other
    )
    return (found,)


def _words(choice: Choice) -> str:
    if not choice.words.strip():
        raise RefusedError("Skriv et ord at søge efter, og tryk Enter.")
    return choice.words.strip()


_ASKED: Final = {
    Heard.PLACES: _places,
    Heard.NEIGHBOURS: _neighbours,
    Heard.PASSAGES: _passages,
    Heard.WHO: _who,
    Heard.OVER_TIME: _over_time,
    Heard.GROUP_WORDS: _group_words,
}
