"""The questionnaire on paper: questions in order, boxes to tick, and lines to write on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from blupkit.app.fieldwork.asking import Asked, together
from blupkit.report.office.blocks import Block, Grid, Heading, Item, Look, Paragraph, Run

#: What is ticked in a table.
BOX: Final = "☐"
_MANY: Final = "Sæt gerne flere krydser."
_ONE_EACH: Final = "Sæt ét kryds i hver linje"
#: How many lines there are for words of one's own.
_LINES: Final = 4


def paper_blocks(asked: list[Asked]) -> list[Block]:
    """Set the questions for paper.

    Parameters
    ----------
    asked : list of Asked
        What a group is asked.

    Returns
    -------
    list of blocks
        A numbered heading for each question or table, then its answers: every code of a scale is explained above the
        table that it stands in.

    Examples
    --------
    >>> from blupkit.app.fieldwork.asking import Choice
    >>> from blupkit.report.office.blocks import words_of
    >>> one = Asked(0, "t", "t", "enkelt", "Har du tid?", "", "ja", (Choice("1", "Ja"), Choice("2", "Nej")), "")
    >>> [words_of(part) for part in paper_blocks([one])]
    ['1. Har du tid?', 'Ja', 'Nej']
    """
    return [
        part
        for number, block in enumerate(together(asked), start=1)
        for part in (Heading(_words(f"{number}. {_title(block)}"), 2), *_answers(block))
    ]


def _title(block: list[Asked]) -> str:
    first = block[0]
    return (first.section if block[0].rates else "") or first.question or first.point


def _answers(block: list[Asked]) -> Iterator[Block]:
    first = block[0]
    if first.is_written:
        if first.point and first.question:
            yield Paragraph(_words(first.point))
        yield Grid(_title(block), (("Dit svar",), *[("\N{NO-BREAK SPACE}",)] * _LINES), filled_in=True)
    elif first.is_box:
        if not re.search(r"(?i)\b(vælg|kryds)", first.question):
            yield Paragraph(_words(_MANY), Look.NOTE)
        yield from (Item(_words(row.point), boxed=True) for row in block)
    elif not first.point and not first.rates:
        yield from (Item(_words(choice.text), boxed=True) for choice in first.choices)
    else:
        yield from _table(block)


def _table(block: list[Asked]) -> Iterator[Block]:
    """Set ratings out: what the numbers mean, and a row for each; what is rated twice stands above both."""
    rated = block[0].rates
    for question, choices in dict.fromkeys((row.question if rated else "", row.choices) for row in block):
        meanings = " · ".join(f"{one.code} = {one.text}" if one.counts else one.text for one in choices)
        yield Paragraph((*([Run(f"{question} ", bold=True)] if question else []), Run(f"{meanings}.")), Look.CAPTION)
    caption = _title(block)
    for _, part in groupby(block, lambda row: [(one.code, one.counts) for one in row.choices]):
        rows = list(part)
        heads = [one.code if one.counts else one.text for one in rows[0].choices]
        yield Grid(caption, ((_ONE_EACH, *heads), *_lines(rows, len(heads), rated=rated)))


def _lines(rows: list[Asked], boxes: int, *, rated: bool) -> Iterator[tuple[str, ...]]:
    for before, row in zip([None, *rows], rows, strict=False):
        if rated and (before is None or before.item != row.item):
            yield (row.point or row.question, *[""] * boxes)
        yield (row.question if rated else row.point, *[BOX] * boxes)


def _words(text: str) -> tuple[Run, ...]:
    return (Run(text),)
