"""The questionnaire as one group is asked it: questions one after another, with what stands together on paper."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire


class Choice(NamedTuple):
    """An answer that can be chosen: its code as it is written, its words, and whether it is on the scale."""

    code: str
    text: str
    counts: bool = True


class Asked(NamedTuple):
    """One variable as it is asked.

    Parameters
    ----------
    place : int
        Where it stands in the whole questionnaire, from 0.
    item, variable : str
        As the questionnaire's table names them.
    kind : Kind
        What it asks for.
    question, point : str
        The question, and the competence, statement or choice; either may be "".
    scale : str
        The scale's name; "" for a box and for words of one's own.
    choices : tuple of Choice
        The answers of the scale, in its order.
    section : str
        The name of the dimension; "" without one.
    """

    place: int
    item: str
    variable: str
    kind: Kind
    question: str
    point: str
    scale: str
    choices: tuple[Choice, ...]
    section: str

    @property
    def rates(self) -> bool:
        """Whether it rates a competence."""
        return self.kind in (Kind.IMPORTANCE, Kind.LEVEL)

    @property
    def is_box(self) -> bool:
        """Whether it is one choice of a question with several answers."""
        return self.kind == Kind.MULTIPLE

    @property
    def is_written(self) -> bool:
        """Whether it is answered in one's own words."""
        return self.kind == Kind.OPEN


def asked_of(questionnaire: Questionnaire, group: str) -> list[Asked]:
    """Give what a group is asked, in order.

    Parameters
    ----------
    questionnaire : Questionnaire
        What `questionnaire_as_sent` read.
    group : str
        The group's key.

    Returns
    -------
    list of Asked
        In the group's own wording.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> from blupkit.survey.reading.questionnaire_file import questionnaire_as_sent
    >>> asked = asked_of(questionnaire_as_sent(example_study()), "L")
    >>> asked[0].variable, [choice.text for choice in asked[0].choices][-2:]
    ('k1_v', ['I meget høj grad', 'Ved ikke'])
    """
    sections = dict(questionnaire.dimensions[["dimension", "name"]].itertuples(index=False, name=None))
    choices = {
        str(scale): tuple(
            Choice(f"{code:g}", str(text) or f"{code:g}", meaning == Meaning.ANSWER)
            for code, text, meaning in rows[["code", "text", "meaning"]].itertuples(index=False)
        )
        for scale, rows in questionnaire.scales.groupby("scale", sort=False)
    }
    places = {name: place for place, name in enumerate(questionnaire.by_variable.index)}
    rows = questionnaire.asked[questionnaire.asked["group"] == group]
    columns = ["item", "variable", "kind", "question", "text", "scale", "dimension"]
    return [
        Asked(
            places[variable],
            item,
            variable,
            Kind(kind),
            question,
            text,
            scale,
            choices.get(scale, ()),
            sections.get(dimension, ""),
        )
        for item, variable, kind, question, text, scale, dimension in rows[columns].itertuples(index=False, name=None)
    ]


def together(asked: list[Asked]) -> list[list[Asked]]:
    """Put together what stands together on paper, without changing the order.

    Parameters
    ----------
    asked : list of Asked
        What `asked_of` gave.

    Returns
    -------
    list of list of Asked
        Ratings of competences in one dimension; points under the same question on the same scale; the choices of one
        question; anything else alone.

    Examples
    --------
    >>> rows = [Asked(n, "f", f"f_{n}", Kind.MULTIPLE, "Hvad?", "A", "", (), "") for n in (1, 2)]
    >>> rows += [Asked(3, "t", "t", Kind.SINGLE, "Tid?", "", "tid", (), "")]
    >>> [[one.variable for one in block] for block in together(rows)]
    [['f_1', 'f_2'], ['t']]
    """
    return [list(part) for _, part in groupby(asked, _block)]


def _block(one: Asked) -> tuple[str, ...]:
    if one.rates:
        return ("rated", one.section)
    if one.is_box:
        return ("boxes", one.item)
    if one.point and not one.is_written:
        return ("rows", one.question, one.scale)
    return ("alone", one.variable)
