"""A figure or a table as a reader meets it: finding, title, picture, numbers, note and source in one element."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from html import escape
from math import fsum, inf
from typing import ClassVar, Final, NamedTuple

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import first_upper, listing
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.safe_table import WHY_HIDDEN
from blupkit.report.figures.hyphenation import softened
from blupkit.report.figures.numbers import UNASKED, Cell, answers_note, cells
from blupkit.report.figures.svg import Draw, Picture, draw_both, look

#: The letters that a row's name and the head of a column have room for on a telephone.
NARROW_NAME: Final = 8
NARROW_HEAD: Final = 12
#: What stands over a figure that may show nothing.
NOTHING_SHOWN: Final = "Figuren kan ikke vises af hensyn til deltagernes fortrolighed"
#: A heading, or what makes it from what is shown.
Finding = str | Callable[[SafeTable, Edition], str]
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
    picture : Picture, optional
        None for a table, and where nothing may be shown.
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
    internal: bool = False
    folded: bool = False

    def __repr__(self) -> str:
        # A notebook keeps this beside the drawing, which must not stand there twice.
        return f"{first_upper(self.kind)}: {self.caption}"

    def _repr_html_(self) -> str:
        heading = f"<h3>{_unbroken(escape(self.finding))}</h3>" if self.finding else ""
        caption = f'<figcaption class="caption"><span class="number"></span>{escape(self.caption)}</figcaption>'
        folded = f"<details><summary>Tallene bag figuren</summary>{self.table}</details>"
        body = self.picture.html() + folded if self.picture else self.table
        note = f'<p class="note"><b>Anm.:</b> {escape(self.note)}</p>' if self.note else ""
        source = f'<p class="source"><b>Kilde:</b> {escape(self.source)}</p>' if self.source else ""
        mark = " data-internal" if self.internal else ""
        content = f"{body}{note}{source}"
        if self.folded:
            content = f"<details><summary>Vis tabellen</summary>{content}</details>"
        return f'<figure class="exhibit" data-kind="{self.kind}"{mark}>{heading}{caption}{content}</figure>'


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
    """Running text that a function wrote.

    Parameters
    ----------
    markdown : str
        The text.
    """

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown


def html_table(heads: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> str:
    """Build an accessible table in a region that scrolls by itself and can be reached by keyboard.

    Parameters
    ----------
    heads : sequence of str
        The column heads.
    rows : sequence of sequence of str
        The cells as they are to be read; the first of each row is its head.
    caption : str
        What the table is of.

    Returns
    -------
    str
        HTML; everything is escaped.

    Examples
    --------
    >>> "<th scope=" in html_table(["Emne", "n"], [["Lytte", "12"]], "Antal")
    True
    """
    # The corner over the rows' own names heads nothing, so it is no heading.
    top = "".join(
        f'<th scope="col">{escape(softened(head, NARROW_HEAD))}</th>' if head else "<td></td>" for head in heads
    )
    body = "".join(
        f'<tr><th scope="row">{escape(softened(row[0], NARROW_NAME))}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


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
    """

    table: SafeTable
    edition: Edition

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

    def by_mean(self) -> dict[tuple[str, str], str]:
        """Order the items by the mean of what is shown, largest first; those with nothing shown last."""
        values: dict[tuple[str, str], list[float]] = {cell.key: [] for cell in self.cells}
        for cell in self.cells:
            if cell.shown:
                values[cell.key].append(cell.value)
        order = sorted(values, key=lambda key: -fsum(values[key]) / len(values[key]) if values[key] else inf)
        return {key: key[1] for key in order}

    def grid(self, items: Mapping[tuple[str, str], str], write: Callable[[Cell], str]) -> list[list[str]]:
        """Write a row an item, a column a group."""
        at = {(cell.key, cell.group): write(cell) for cell in reversed(self.cells)}
        return [[label, *[at.get((key, group), UNASKED) for group, _ in self.groups]] for key, label in items.items()]

    def where(self, **columns: object) -> Part:
        """Choose rows by the values of columns."""
        return replace(self, table=select(self.table, **columns))

    def without_silent(self) -> tuple[Part, str]:
        """Leave out the groups of which nothing may be shown, and say so once instead of by a mark in every row."""
        seen = {cell.group for cell in self.cells if cell.shown}
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
        begins = re.sub(r"(^|\. )\{sted\}", r"\1{begins}", words)
        return begins.format(gruppe=group, sted=local.place, begins=first_upper(local.place))


class Words(NamedTuple):
    """What is said around a drawing: the neutral title, the heading or what makes it, note and source (the survey)."""

    caption: str
    finding: Finding
    note: str = ""
    source: str = ""


class Drawn(NamedTuple):
    """What a shape makes of its rows.

    Parameters
    ----------
    draw : callable or None
        Draws for a layout; None where nothing may be shown: then there are no numbers either.
    alt : str
        Kind, content and main values, for those who do not see the picture.
    heads, rows : sequence
        The numbers: a head a column, and what each row is before its cells.
    note, unit : str
        What the shape itself needs said; what n counts, where it is not answers.
    """

    draw: Draw | None
    alt: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    unit: str = ""


class Shape(ABC):
    """What one shape of figure does in its own way; all else is done here.

    Attributes
    ----------
    names_silent : bool
        Whether a group that shows nothing is named in the note instead of drawn.
    """

    names_silent: ClassVar[bool] = False

    def parts(self, chosen: Part) -> list[Part]:
        """Choose the rows of each figure."""
        return [chosen]

    @abstractmethod
    def drawn(self, part: Part) -> Drawn:
        """Draw one figure's rows."""

    def figures(self, table: SafeTable, edition: Edition, words: Words) -> Exhibits:
        """Make the reader's figures; none where the study did not ask."""
        parts = self.parts(Part(table.checked_for(edition), edition))
        return Exhibits([self._figure(part, words) for part in parts if part.cells])

    def _figure(self, whole: Part, words: Words) -> Exhibit:
        caption = whole.caption(words.caption)
        part, silent = whole.without_silent() if self.names_silent else (whole, "")
        drawn = self.drawn(part)
        finding = words.finding if isinstance(words.finding, str) else words.finding(part.table, part.edition)
        if drawn.draw is None and isinstance(words.finding, str):
            finding = NOTHING_SHOWN
        said = words.note.replace("**", "")
        notes = (answers_note(part.cells, drawn.unit), drawn.note, said, silent, part.table.note)
        return Exhibit(
            kind=Kind.FIGURE,
            caption=caption,
            table=html_table(["", *drawn.heads], drawn.rows, caption) if drawn.draw else "",
            note=" ".join(filter(None, notes)),
            source=words.source or part.edition.source,
            finding=finding.rstrip("."),
            picture=draw_both(drawn.draw, f"{drawn.alt} Tallene står i tabellen under figuren.")
            if drawn.draw
            else None,
            internal=part.table.internal,
        )
