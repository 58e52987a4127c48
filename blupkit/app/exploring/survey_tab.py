"""The tab "Spørgeskema": a question, what it is split by, whose answers count, and what is shown of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from blupkit import survey
from blupkit.app.exploring.choice import NOTHING, Choice, Control, Option, RefusedError, Results
from blupkit.app.exploring.materials import Materials
from blupkit.app.exploring.questions import answer_options, competence_options, question_options
from blupkit.core import BlupkitError
from blupkit.core.danish import first_upper, listing
from blupkit.survey.reading.questionnaire import GROUP, MUNICIPALITY, NAME


class Look(StrEnum):
    """What is shown of a question."""

    SHARES = "fordeling"
    MEANS = "niveau"
    PLACES = "kommuner"
    GROUPS = "grupper"


_LOOKS: Final = (
    Option(Look.SHARES, "Antal og procent"),
    Option(Look.MEANS, "Gennemsnit og gab"),
    Option(Look.PLACES, "Kommuner side om side: niveau og gab"),
    Option(Look.GROUPS, "Grupper side om side: niveau og gab"),
)
#: How many questions are named where several fit.
_NAMED: Final = 3
SURVEY_NONE: Final = "Undersøgelsen har intet spørgeskema."


def survey_controls(materials: Materials, choice: Choice) -> list[Control]:
    """Give what can be chosen in the tab, with what is chosen."""
    if materials.study.survey is None:
        return []
    study, responses = materials.study, materials.responses
    look = Control("look", "Vis", choice.look or Look.SHARES, _LOOKS, thing="ingen visning")
    who = _whose(materials, choice)
    if choice.look in (Look.PLACES, Look.GROUPS):
        return [look, *(control for control in who if choice.look == Look.PLACES or control.name != "group")]
    questions, competences = question_options(responses), competence_options(responses)
    around = [Option(GROUP, "Gruppe")] if study.groups else []
    around += [Option(MUNICIPALITY, "Kommune")] if study.municipalities else []
    controls = [
        look,
        Control("find", "Find et spørgsmål", choice.find, kind="text", button="Find"),
        Control("question", "Spørgsmål", choice.question,
                [Option(NOTHING, "Vælg et spørgsmål …"), *competences, *questions], thing="intet spørgsmål"),
        Control("by", "Fordelt på", choice.by, [Option(NOTHING, "Ikke fordelt"), *around, *questions],
                thing="intet spørgsmål"),
        *who,
        Control("filter", "Kun dem, der på spørgsmålet", choice.filter, [Option(NOTHING, "Intet filter"), *questions],
                thing="intet spørgsmål"),
    ]  # fmt: skip
    if choice.filter in {option.value for option in questions}:
        answers = answer_options(responses, choice.filter)
        controls.append(Control("answer", "har svaret", choice.answer, [Option(NOTHING, "Vælg et svar …"), *answers],
                                thing="intet svar"))  # fmt: skip
    return controls


def _whose(materials: Materials, choice: Choice) -> list[Control]:
    """Give what chooses whose answers count."""
    study, controls = materials.study, []
    if study.groups:
        groups = [Option(group.key, first_upper(group.name)) for group in study.groups]
        controls.append(Control("group", "Gruppe", choice.group, [Option(NOTHING, "Alle grupper"), *groups],
                                thing="ingen gruppe"))  # fmt: skip
    if study.municipalities:
        places = [Option(place.slug, place.short or place.name) for place in study.municipalities]
        controls.append(Control("places", "Kommuner (højst fire; uden kryds er det alle)", choice.places, places,
                                kind="checks", thing="ingen kommune",
                                most="Højst fire kommuner kan stå side om side. Fjern et kryds først."))  # fmt: skip
    return controls


def looked_up(materials: Materials, choice: Choice) -> Choice:
    """Choose the question that the words in the field mean.

    Raises
    ------
    RefusedError
        None is near; or several are, which are named.
    """
    words, labels = choice.find.strip(), materials.responses.labels
    options = {option.value: option for option in question_options(materials.responses)}
    nothing = f"Intet spørgsmål passer på »{words}«."
    try:
        found = labels(words)
    except BlupkitError as error:
        raise RefusedError(f"{nothing} Prøv et andet ord, eller vælg på listen.") from error
    exact = labels.named(words)
    names = [exact] if exact in options else [name for name in found.frame[NAME] if name in options]
    told = listing([f"»{options[name].label}«" for name in names[:_NAMED]], "eller")
    if found.notes != labels.notes:  # only what is nearest
        raise RefusedError(f"{nothing} Mente du {told}?" if told else f"{nothing} Vælg på listen.")
    if len(names) == 1:
        return choice.with_changes({"question": names[0], "find": NOTHING})
    if not names:
        raise RefusedError(
            f"»{words}« står kun i spørgsmål, der er besvaret med egne ord. Søg i »Interview og åbne svar«."
        )
    raise RefusedError(f"{len(names)} spørgsmål passer på »{words}«, fx {told}. Skriv mere, eller vælg på listen.")


def survey_results(materials: Materials, choice: Choice) -> Results:
    """Compute what is chosen in the tab.

    Raises
    ------
    RefusedError
        Something is left to choose; the message says what.
    DataError
        The answers do not allow it: nobody was asked, or nobody is left.
    """
    if materials.study.survey is None:
        raise RefusedError(SURVEY_NONE)
    responses = materials.responses
    if choice.look == Look.PLACES:
        if len(choice.places) < 2:
            raise RefusedError("Sæt kryds ved to til fire kommuner for at se dem side om side.")
        return (survey.compare(responses, list(choice.places), group=choice.group),)
    if choice.look == Look.GROUPS:
        if len(choice.places) > 1:
            raise RefusedError(
                "Grupperne kan stilles side om side i én kommune ad gangen, eller i alle: Fjern et kryds."
            )
        return (survey.compare_groups(responses, municipality="".join(choice.places)),)
    where: dict[str, str | list[str]] = {choice.filter: choice.answer} if choice.answer else {}
    if len(choice.places) > 1:
        where[MUNICIPALITY] = list(choice.places)
    place = choice.places[0] if len(choice.places) == 1 else ""
    if not choice.question:
        rows, columns = (MUNICIPALITY, GROUP) if materials.study.municipalities else (GROUP, "")
        return (survey.cross(responses, rows, columns, group=choice.group, municipality=place, where=where),)
    is_competence = choice.question in {option.value for option in competence_options(responses)}
    if choice.look == Look.MEANS or is_competence:
        by = choice.by or GROUP
        return (survey.profile(responses, choice.question, by=by, group=choice.group, municipality=place, where=where),)
    return (survey.cross(responses, choice.question, choice.by, group=choice.group, municipality=place, where=where),)
