"""A figure or a table as a reader meets it: finding, title, picture, numbers, note and source in one element."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final, Literal

import pandas as pd

from blupkit.core import Edition, read_edition
from blupkit.core.danish import break_word, first_upper, listing
from blupkit.disclosure import SafeTable
from blupkit.disclosure.safe_table import WHY_HIDDEN, Status
from blupkit.report.figures.style import WIDE

SOFT_HYPHEN: Final = "\N{SOFT HYPHEN}"
#: The letters that the head of a column has room for on a telephone.
NARROW_HEAD: Final = 12
NOT_ASKED: Final = "Det er ikke en del af denne undersøgelse."


@dataclass(frozen=True)
class Picture:
    """A drawing for two widths of screen.

    Parameters
    ----------
    wide, narrow : bytes
        SVG, drawn for a desktop and for a telephone.
    height : int
        Height of the wide one in CSS pixels.
    alt : str
        What the figure shows and its main finding.
    """

    wide: bytes
    narrow: bytes
    height: int
    alt: str

    def html(self) -> str:
        """The picture as an element that chooses by the screen's width and loads nothing."""
        return (
            f'<picture><source media="(max-width: 600px)" srcset="{_data_url(self.narrow)}">'
            f'<img src="{_data_url(self.wide)}" alt="{escape(self.alt)}" width="{WIDE.width}" height="{self.height}">'
            "</picture>"
        )


@dataclass(frozen=True)
class Exhibit:
    """One figure or table; JupyterLab and the page show the same thing.

    Parameters
    ----------
    kind : {"figur", "tabel"}
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

    kind: Literal["figur", "tabel"]
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
    top = "".join(f'<th scope="col">{escape(_softened(head))}</th>' if head else "<td></td>" for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _unbroken(heading: str) -> str:
    """Keep "4-8 timer" on one line; a browser may break a line after its hyphen."""
    return re.sub(r"\d+-\d\S* ?\w*", r'<span class="whole">\g<0></span>', heading)


def _softened(head: str) -> str:
    """Say where a long word may be broken, for the telephones that do not know Danish."""
    return " ".join(SOFT_HYPHEN.join(break_word(word, NARROW_HEAD)) for word in head.split(" "))


def group_order(frame: pd.DataFrame, edition: Edition) -> list[tuple[str, str]]:
    """Give the groups of a table with the municipality their numbers come from, in the study's order.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows chosen for one reader.
    edition : Edition
        The reader.

    Returns
    -------
    list of tuple of str and str
        Group and municipality; groups that the study does not name come last.
    """
    known = [group.key for group in edition.study.groups]
    found = dict.fromkeys(zip(frame["group"].astype(str), frame["municipality"].astype(str), strict=True))
    return sorted(found, key=lambda pair: known.index(pair[0]) if pair[0] in known else len(known))


def without_silent(table: SafeTable, edition: Edition) -> tuple[SafeTable, str]:
    """Leave out the groups of which nothing may be shown: that is said once, and not by a mark in every row.

    Parameters
    ----------
    table : SafeTable
        Rows chosen for one reader; not changed.
    edition : Edition
        The reader.

    Returns
    -------
    tuple of SafeTable and str
        The other groups' rows, and a sentence for the note; "" where every group shows something.
    """
    hidden = (table.frame["status"] == Status.HIDDEN).groupby(table.frame["group"]).transform("all").astype(bool)
    silent = table.frame[hidden]
    if silent.empty:
        return table, ""
    who = first_upper(listing(edition.group_in(*pair) for pair in group_order(silent, edition)))
    return replace(table, frame=table.frame[~hidden]), f"{who} er ikke vist {WHY_HIDDEN}."


def fill_caption(caption: str, frame: pd.DataFrame, edition: Edition) -> str:
    """Put {gruppe} and {sted} into a caption; numbers from all municipalities say so.

    Parameters
    ----------
    caption : str
        With or without the two words.
    frame : pandas.DataFrame
        The rows it stands over.
    edition : Edition
        The reader.

    Returns
    -------
    str
        The caption; {gruppe} is empty where the rows are of several groups.
    """
    pairs = group_order(frame, edition)
    place = pairs[0][1] if len({where for _, where in pairs}) == 1 else edition.key
    local = read_edition(edition.study, place)
    group = first_upper(local.group_name(pairs[0][0])) if len(pairs) == 1 and "{gruppe}" in caption else ""
    begins = re.sub(r"(^|\. )\{sted\}", r"\1{begins}", caption)
    return begins.format(gruppe=group, sted=local.place, begins=first_upper(local.place))


def _data_url(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
