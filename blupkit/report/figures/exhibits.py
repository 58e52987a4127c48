"""A figure or a table as a reader meets it: finding, title, picture, numbers, note and source in one element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from html import escape
from math import inf
from statistics import fmean
from typing import Final, NamedTuple, TypeVar

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import first_upper, listing, number
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.safe_table import WHY_HIDDEN
from blupkit.display.plain import only_words
from blupkit.report.figures.numbers import Cell, answers_note, cells, html_table
from blupkit.report.figures.style import figure_style_alone
from blupkit.report.figures.svg import Draw, Picture, draw_both, look

#: What stands over a figure that may show nothing.
NOTHING_SHOWN: Final = "Figuren kan ikke vises af hensyn til deltagernes fortrolighed"
#: A heading, or what makes it from what is shown.
Finding = str | Callable[[SafeTable, Edition], str]
#: What a cell is written as.
Value = TypeVar("Value")
_IN_THE_TABLE: Final = "Tallene står i tabellen under figuren."
NOT_ASKED: Final = "Det er ikke en del af denne undersøgelse."


class Kind(StrEnum):
    """What an exhibit is numbered as."""

    FIGURE = "figur"
    TABLE = "tabel"


@dataclass(frozen=True)
class Exhibit:
    """One figure or table; JupyterLab and the page show the same thing.

    Parameters
    ----------
    kind : Kind
        What it is numbered as.
    caption : str
        The neutral title, after the number.
    table : str
        The numbers, as HTML from `html_table`; empty where none may be shown.
    note, source : str
        What stands after "Anm.:" and "Kilde:"; an empty one is left out.
    finding : str
        The heading: what it shows, as a sentence; empty for a table that only documents.
    picture, rest : Picture, optional
        None for a table, and where nothing may be shown; the rows that are folded away, where there are many.
    others : int
        How many rows these are.
    internal : bool
        Whether it is for the consultant's eyes only.
    folded : bool
        Whether everything under the title is folded away until somebody wants it.
    """

    kind: Kind
    caption: str
    table: str
    note: str = ""
    source: str = ""
    finding: str = ""
    picture: Picture | None = None
    rest: Picture | None = None
    others: int = 0
    internal: bool = False
    folded: bool = False

    def __repr__(self) -> str:
        # A notebook keeps this beside the drawing, which must not stand there twice.
        return f"{first_upper(self.kind)}: {self.caption}"

    def _repr_html_(self) -> str:
        heading = f"<h3>{_unbroken(escape(self.finding))}</h3>" if self.finding else ""
        caption = f'<figcaption class="caption"><span class="number"></span>{escape(self.caption)}</figcaption>'
        folded = f"<details><summary>Tallene bag figuren</summary>{self.table}</details>"
        body = f"{self.picture.html()}{self._rest()}{folded}" if self.picture else self.table
        note = f'<p class="note"><b>Anm.:</b> {escape(self.note)}</p>' if self.note else ""
        source = f'<p class="source"><b>Kilde:</b> {escape(self.source)}</p>' if self.source else ""
        mark = " data-internal" if self.internal else ""
        content = f"{body}{note}{source}"
        if self.folded:
            content = f"<details><summary>Vis tabellen</summary>{content}</details>"
        style = figure_style_alone() if self.picture else ""
        return f'{style}<figure class="exhibit" data-kind="{self.kind}"{mark}>{heading}{caption}{content}</figure>'

    def _rest(self) -> str:
        """Fold the rows after the first away."""
        if not self.rest:
            return ""
        summary = f"Vis de øvrige {number(self.others, 0)}"
        return f'<details class="rest"><summary>{summary}</summary>{self.rest.html()}</details>'


@dataclass(frozen=True)
class Exhibits:
    """Several exhibits under one another, for example one a group.

    Parameters
    ----------
    items : sequence of Exhibit
        In the order shown; none where the study did not ask.
    none : str
        What stands where there are none; nothing when empty.
    """

    items: Sequence[Exhibit]
    none: str = NOT_ASKED

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.items)) or self.none

    def _repr_html_(self) -> str:
        if not self.items:
            return f'<p class="none">{escape(self.none)}</p>' if self.none else ""
        return "\n".join(item._repr_html_() for item in self.items)


@dataclass(frozen=True)
class Block:
    """A piece of a page that is neither figure nor table.

    Parameters
    ----------
    html : str
        Safe HTML.
    """

    html: str

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class Text:
    """Running text that a function wrote; what stands in it and is no mark of ours is words.

    Parameters
    ----------
    markdown : str
        The text.
    """

    markdown: str

    def _repr_markdown_(self) -> str:
        return only_words(self.markdown)


def _unbroken(heading: str) -> str:
    """Keep "4-8 timer" on one line; a browser may break a line after its hyphen."""
    return re.sub(r"\d+-\d\S* ?\w*", r'<span class="whole">\g<0></span>', heading)


@dataclass(frozen=True)
class Part:
    """Rows of a safe table with their reader: what one figure or table is made from.

    Parameters
    ----------
    table : SafeTable
        The rows, chosen for the reader.
    edition : Edition
        The reader.
    beside : SafeTable, optional
        What is shown of all municipalities together, for the groups whose own answers these are.
    """

    table: SafeTable
    edition: Edition
    beside: SafeTable | None = None

    @cached_property
    def cells(self) -> list[Cell]:
        """The rows, in order."""
        return cells(self.table.frame)

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Each group with the municipality its numbers come from, in the study's order; unknown groups come last."""
        known = [group.key for group in self.edition.study.groups]
        found = dict.fromkeys((cell.group, cell.municipality) for cell in self.cells)
        return sorted(found, key=lambda pair: known.index(pair[0]) if pair[0] in known else len(known))

    @property
    def heads(self) -> list[str]:
        """What each of the groups is called over a column."""
        return [first_upper(self.edition.group_in(*pair)) for pair in self.groups]

    @property
    def known(self) -> set[str]:
        """The study's groups, and all of them together: what else stands in their column is named as it is."""
        return {ALL, *(group.key for group in self.edition.study.groups)}

    def name(self, group: str) -> str:
        """Name a group without its place."""
        return first_upper(self.edition.group_name(group)) if group in self.known else group

    def look(self, group: str) -> tuple[str, str]:
        """Give a group's colour and marker: the same ones on every page of a study."""
        keys = [known.key for known in self.edition.study.groups]
        return look(keys.index(group) if group in keys else 0)

    @property
    def everyone(self) -> str:
        """What all municipalities are called beside a number of one: "Alle seks"."""
        return first_upper(self.edition.everyone)

    @cached_property
    def _common(self) -> dict[tuple[str, tuple[str, str], str], Cell]:
        rows = [] if self.beside is None else cells(self.beside.checked_for(self.edition).shown)
        return {(row.group, row.key, row.measure): row for row in rows}

    def common(self, cell: Cell) -> Cell | None:
        """Give the number of all municipalities that belongs to one of the reader's own, where both are shown."""
        own = cell.shown and cell.municipality != ALL
        return self._common.get((cell.group, cell.key, cell.measure)) if own else None

    @property
    def compares(self) -> bool:
        """Whether any number of its own stands beside that of all municipalities."""
        return any(self.common(cell) for cell in self.cells)

    @property
    def rows(self) -> list[dict[str, Cell]]:
        """The measures of each group and item together, the first of each."""
        rows: dict[tuple[str, str, str], dict[str, Cell]] = {}
        for cell in self.cells:
            rows.setdefault((cell.group, cell.municipality, cell.item), {}).setdefault(cell.measure, cell)
        return list(rows.values())

    @property
    def items(self) -> dict[tuple[str, str], str]:
        """The label of each item, in the order of the rows."""
        return {cell.key: cell.label for cell in self.cells}

    def of(self, key: tuple[str, str]) -> list[Cell]:
        """Give the rows of one item."""
        return [cell for cell in self.cells if cell.key == key]

    def by_mean(self) -> list[tuple[str, str]]:
        """Order the items by the mean of what is shown, largest first; those with nothing shown last."""
        shown = {key: [cell.value for cell in self.cells if cell.shown and cell.key == key] for key in self.items}
        return sorted(shown, key=lambda key: -fmean(shown[key]) if shown[key] else inf)

    def grid(self, items: Iterable[tuple[str, str]], write: Callable[[Cell], Value], none: Value) -> list[list[Value]]:
        """Write a row an item, a column a group."""
        at = {(cell.key, cell.group): write(cell) for cell in reversed(self.cells)}
        return [[at.get((key, group), none) for group, _ in self.groups] for key in items]

    def where(self, **columns: object) -> Part:
        """Choose rows by the values of columns."""
        return replace(self, table=select(self.table, **columns))

    def without_silent(self) -> tuple[Part, str]:
        """Leave out the groups of which nothing may be shown, and say so once instead of by a mark in every row."""
        seen = {cell.group for cell in self.cells if cell.shown or cell.coarse}
        silent = [self.edition.group_in(*pair) for pair in self.groups if pair[0] not in seen]
        if not silent:
            return self, ""
        return self.where(group=seen), f"{first_upper(listing(silent))} er ikke vist {WHY_HIDDEN}."

    def caption(self, words: str) -> str:
        """Put {gruppe} and {sted} into a caption: numbers from all municipalities say so, several groups are none."""
        places = {place for _, place in self.groups}
        local = read_edition(self.edition.study, places.pop() if len(places) == 1 else self.edition.key)
        alone = len(self.groups) == 1 and "{gruppe}" in words
        group = first_upper(local.group_name(self.groups[0][0])) if alone else ""
        begins = re.sub(r"(^|[.?!] )\{sted\}", r"\1{begins}", words)
        return begins.format(gruppe=group, sted=local.place, begins=first_upper(local.place))

    def exhibit(
        self, title: str, lines: Sequence[Sequence[str]], notes: Sequence[str], finding: Finding = "", source: str = ""
    ) -> Exhibit:
        """Set heads and rows out with what stands around them; where no source is given, it is the survey."""
        heads, *rows = lines
        said = finding if isinstance(finding, str) else finding(self.table, self.edition)
        return Exhibit(
            kind=Kind.TABLE,
            caption=title,
            table=html_table(["", *heads], rows, title) if rows else "",
            note=" ".join(filter(None, notes)),
            source=source or self.edition.source,
            finding=said.rstrip("."),
            internal=self.table.internal,
        )


class Drawn(NamedTuple):
    """What a shape makes of its rows.

    Parameters
    ----------
    draw : callable or None
        Draws for a layout; None where nothing may be shown: then there are no numbers either.
    title, desc : str
        What kind of figure it is, and its content and main values, for those who do not see the picture.
    heads, labels, rows : sequence
        The numbers: a head a column, a label a row, and the row's cells.
    note, unit : str
        What the shape itself needs said; what n counts, where it is not answers.
    rest : callable, optional
        Draws the rows that are folded away, where there are many; `others` is how many.
    """

    draw: Draw | None
    title: str
    desc: str
    heads: Sequence[str]
    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    unit: str = ""
    rest: Draw | None = None
    others: int = 0


def figures(
    whole: Part, shape: Shape, caption: str, finding: Finding, note: str = "", source: str = "", silent: bool = False
) -> Exhibits:
    """Make a figure of rows: what a shape does in its own way is in what it draws, and all else is done here.

    Parameters
    ----------
    whole : Part
        The rows of the figure.
    shape : callable
        Draws them.
    caption : str
        The neutral title; {gruppe} and {sted} are filled in.
    finding : str or callable
        The heading, or what makes it from what is shown.
    note, source : str
        What else must be said; what stands after "Kilde:", where it is not the survey.
    silent : bool
        Whether a group that shows nothing is named in the note instead of drawn.

    Returns
    -------
    Exhibits
        None where the study did not ask.
    """
    if not whole.cells:
        return Exhibits([])
    part, unseen = whole.without_silent() if silent else (whole, "")
    drawn = shape(part)
    notes = [answers_note(part.cells, drawn.unit), drawn.note, note.replace("**", ""), unseen, part.table.note]
    lines = [drawn.heads]
    picture = rest = None
    if drawn.draw:
        lines += [[label, *row] for label, row in zip(drawn.labels, drawn.rows, strict=True)]
        picture = draw_both(drawn.draw, drawn.title, f"{drawn.desc} {_IN_THE_TABLE}")
        if drawn.rest:
            ends = f"Fra »{drawn.labels[-drawn.others]}« til »{drawn.labels[-1]}«. {_IN_THE_TABLE}"
            rest = draw_both(drawn.rest, f"De øvrige {number(drawn.others, 0)}, tegnet på samme måde", ends)
    elif isinstance(finding, str):
        finding = NOTHING_SHOWN
    # The heading is made of all the groups that there are: those that show nothing were asked too.
    exhibit = whole.exhibit(whole.caption(caption), lines, notes, finding, source)
    return Exhibits([replace(exhibit, kind=Kind.FIGURE, picture=picture, rest=rest, others=drawn.others)])


#: What draws the rows of one figure, in its own way.
Shape = Callable[[Part], Drawn]
