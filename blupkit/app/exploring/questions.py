"""The questions of a survey as they can be chosen: by what they ask, in the questionnaire's order."""

from __future__ import annotations

from typing import Final

from blupkit.app.exploring.choice import Option
from blupkit.survey import Responses
from blupkit.survey.exploring.questions import find_question
from blupkit.survey.reading.questionnaire import GROUP, MUNICIPALITY, NAME, TITLE, Kind

#: What a section of the list is called, in the order of the list.
_SECTIONS: Final = {
    Kind.SINGLE: "Spørgsmål med ét svar",
    Kind.MULTIPLE: "Spørgsmål med flere svar",
    Kind.STATEMENT: "Udsagn om samarbejdet",
    Kind.IMPORTANCE: "Kompetencer: vigtighed",
    Kind.LEVEL: "Kompetencer: nuværende niveau",
}
_PAIRS: Final = "Kompetencer: vigtighed, niveau og gab"
#: A longer question is cut in the list.
_LONGEST: Final = 70


def question_options(responses: Responses) -> list[Option]:
    """Give the questions that can be counted, under what they ask for.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    list of Option
        Without those that were answered in own words, and without group and municipality.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> question_options(example_responses())[-1]
    Option(value='k2_n', label='Nuværende niveau: Lede møder', section='Kompetencer: nuværende niveau')
    """
    variables = responses.questionnaire.variables
    kinds = dict(zip(variables["variable"], variables["kind"], strict=True))
    kinds |= dict.fromkeys(variables.loc[variables["kind"] == Kind.MULTIPLE, "item"], Kind.MULTIPLE)
    labels = responses.labels.frame
    named = dict(zip(labels[NAME], labels[TITLE], strict=True))
    return [
        Option(name, _short(title), section)
        for kind, section in _SECTIONS.items()
        for name, title in named.items()
        if name not in (GROUP, MUNICIPALITY) and kinds[name] == kind
    ]


def competence_options(responses: Responses) -> list[Option]:
    """Give the competences of which both importance and level were asked, so that they have a gap.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> [option[:2] for option in competence_options(example_responses())]
    [('k1', 'Søge fonde'), ('k2', 'Lede møder')]
    """
    asked: dict[str, str] = {}
    for group in responses.study.group_keys:
        pairs = responses.questionnaire.pairs(group)
        asked |= dict(zip(pairs["item"], pairs["label"], strict=True))
    order = dict.fromkeys(responses.questionnaire.variables["item"])
    return [Option(item, _short(asked[item]), _PAIRS) for item in order if item in asked]


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 2].rstrip()} …"


def answer_options(responses: Responses, name: str) -> list[Option]:
    """Give the answers that a question offers, in the order of its scale, each once.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> [option.value for option in answer_options(example_responses(), "form")]
    ['Webinar', 'Studietur']
    """
    return [Option(answer, answer) for answer in dict.fromkeys(find_question(responses, name).answers)]
