"""What a short page is made of: the few largest of each group beside those of all, single quotes, a way to a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from blupkit.core import Edition
from blupkit.core.danish import number
from blupkit.disclosure import SafeTable
from blupkit.report.figures.exhibits import Block, Exhibit, Exhibits, Kind, Part
from blupkit.report.figures.numbers import UNKNOWN, Cell, row_name

#: How far the bars reach, and how thick the mark of all municipalities is: the table gives the drawing its size.
_WIDTH: Final = 100
_THICK: Final = 2
FEW: Final = "* Kun få har svaret."
_PLACE: Final = "Plads"
_MAY_BE: Final = "»1-4« under plads betyder, at behovet kan ligge på alle pladser fra 1 til 4 i gruppens rækkefølge."
_SURE: Final = "Et enkelt tal under plads er næsten sikkert."
_KEY: Final = (
    '<svg class="key" viewBox="0 0 12 12" aria-hidden="true" focusable="false"><path class="{}" d="{}"/></svg> '
)
#: What the bars and the marks across them are, over the numbers that they repeat.
OWN_KEY: Final = _KEY.format("own", "M0 2H12V10H0z")
WHOLE_KEY: Final = _KEY.format("all", "M5 0H7V12H5z")


def table_top(
    table: SafeTable,
    beside: SafeTable,
    edition: Edition,
    *,
    most: int,
    caption: str,
    places: SafeTable | None = None,
) -> Exhibits:
    """Set out what is largest in each group, each with a bar, its number and that of all municipalities.

    It can be pasted into a mail: the bars only repeat the numbers.

    Parameters
    ----------
    table : SafeTable
        One measure; only what is larger than nothing is set out.
    beside : SafeTable
        What is shown of all municipalities together, to stand beside them; without rows where there is nothing beside.
    edition : Edition
        The reader.
    most : int
        How many of each group, at most.
    caption : str
        The neutral title; {sted} is filled in.
    places : SafeTable, optional
        Which places each may have in its group's order: the interval stands in a column of its own.

    Returns
    -------
    Exhibits
        One table with the groups under one another; none where nothing is shown.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "nordby")
    >>> rows = [MeasureRow(place, "L", "k1", "Lytte", "Gab", gap, n=40, lowest=-4, highest=4)
    ...     for place, gap in (("nordby", 1.7), ("alle", 1.4))]
    >>> own, whole = (SafeTable(measure_table([row]).assign(status="vist"), min_n=5) for row in rows)
    >>> [exhibit] = table_top(own, whole, edition, most=5, caption="Gab. {sted}.").items
    >>> exhibit.caption, [cell.split("<")[0] for cell in exhibit.table.split("<td>")[2:]]
    ('Gab. Nordby Kommune.', ['1,7', '1,4'])
    """
    part, common = Part(table.checked_for(edition), edition), Part(beside.checked_for(edition), edition)
    whole = {(cell.group, cell.key): cell for cell in common.cells if cell.shown}
    groups = {pair: _largest(part.where(group=pair[0]).cells, most) for pair in part.groups}
    lines = [cell for cells in groups.values() for cell in cells]
    if not lines:
        return Exhibits([], none="")
    heads = _heads(lines, whole, part)
    ranked = {} if places is None else _places(places, edition)
    beside_them = [whole[key] for cell in lines if (key := (cell.group, cell.key)) in whole]
    longest = max(cell.value for cell in [*lines, *beside_them])
    body = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="{1 + len(heads) + bool(ranked)}">'
        f"{escape(name)}</th></tr>"
        f"{''.join(_row(cell, whole.get((cell.group, cell.key)), longest, heads, edition, ranked) for cell in cells)}"
        "</tbody>"
        for name, cells in zip(part.heads, groups.values(), strict=True)
        if cells
    )
    title = part.caption(caption)
    keys = [OWN_KEY, WHOLE_KEY] if beside_them else ["", ""]
    top = "".join(f'<th scope="col">{key}{escape(head)}</th>' for head, key in zip(heads, keys, strict=False))
    top += f'<th scope="col">{_PLACE}</th>' if ranked else ""
    html = (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(title)}"><table class="top">'
        f"<caption>{escape(title)}</caption><thead><tr><td></td>{top}</tr></thead>{body}</table></div>"
    )
    written = {ranked.get((cell.group, cell.municipality, *cell.key), UNKNOWN) for cell in lines} if ranked else set()
    notes = {
        FEW: any(cell.star for cell in lines),
        _MAY_BE: any("-" in each for each in written),
        _SURE: any(each.isdigit() for each in written),
    }
    note = " ".join(said for said, holds in notes.items() if holds)
    return Exhibits([Exhibit(Kind.TABLE, title, html, note=note, source=edition.source, internal=table.internal)])


def _heads(lines: Sequence[Cell], whole: Mapping[Any, Cell], part: Part) -> list[str]:
    """Name the columns of numbers: the reader's own, where there are any, and those of all."""
    local = {cell.municipality == part.edition.key for cell in lines} if part.edition.municipality else {False}
    own = ["Jer"] if True in local else []
    return [*own, *([part.everyone] if whole or False in local else [])]


def _largest(cells: Sequence[Cell], most: int) -> list[Cell]:
    shown = [cell for cell in cells if cell.shown and cell.value > 0]
    return sorted(shown, key=lambda cell: (-cell.value, cell.label))[:most]


def _places(places: SafeTable, edition: Edition) -> dict[tuple[str, ...], str]:
    """Give which places each line may have, by its group, municipality, item and label."""
    shown = [cell for cell in Part(places.checked_for(edition), edition).cells if cell.shown]
    ends = {(cell.group, cell.municipality, *cell.key): (cell.low, cell.high) for cell in shown}
    return {key: "-".join(dict.fromkeys(number(end, 0) for end in pair)) for key, pair in ends.items()}


def _row(
    cell: Cell,
    whole: Cell | None,
    longest: float,
    heads: Sequence[str],
    edition: Edition,
    ranked: Mapping[tuple[str, ...], str],
) -> str:
    """Write a line: its name, its bar, the municipality's own number where it has one, and that of all."""
    decimals, local = edition.study.decimals, cell.municipality == edition.key and edition.municipality is not None
    own, everyone = (cell, whole) if local else (None, cell)
    numbers = [each.number(decimals) if each else UNKNOWN for each in ([own, everyone] if len(heads) > 1 else [cell])]
    place = [ranked.get((cell.group, cell.municipality, *cell.key), UNKNOWN)] if ranked else []
    return (
        f'<tr><th scope="row">{row_name(cell.label)}'
        f"{_bar(cell.value / longest, whole.value / longest if whole and local else None)}</th>"
        + "".join(f"<td>{escape(said)}</td>" for said in [*numbers, *place])
        + "</tr>"
    )


def _bar(own: float, whole: float | None) -> str:
    """Draw a number as a bar, and that of all as a mark across it; for the eye only, since both stand beside it."""
    mark = ""
    if whole is not None:
        at = round((_WIDTH - _THICK) * max(whole, 0))
        mark = f'<path class="all" d="M{at} 0H{at + _THICK}V12H{at}z"/>'
    return (
        f'<svg viewBox="0 0 {_WIDTH} 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<path class="own" d="M0 2H{round(_WIDTH * own)}V10H0z"/>{mark}</svg>'
    )


def list_said(quotes: Sequence[Mapping[str, str]]) -> Block | None:
    """Set single quotes out, each with the role of the one who said it and nothing more.

    Parameters
    ----------
    quotes : sequence of mapping
        `attribution` and `text`: what a release gives for every page.

    Returns
    -------
    Block or None
        None where there are none.

    Examples
    --------
    >>> list_said([{"attribution": "Byrådspolitiker", "text": "Vi lytter"}]).html
    '<div class="quotes"><blockquote><p>»Vi lytter«</p><footer>Byrådspolitiker</footer></blockquote></div>'
    """
    said = "".join(
        f"<blockquote><p>»{escape(quote['text'])}«</p><footer>{escape(quote['attribution'])}</footer></blockquote>"
        for quote in quotes
    )
    return Block(f'<div class="quotes">{said}</div>') if said else None


def lead_to(page: str, words: str) -> Block:
    """Lead to another page of the same reader, which lies beside this one.

    Parameters
    ----------
    page : str
        The name of its notebook.
    words : str
        What the link says.

    Returns
    -------
    Block
        A paragraph with the link; in a package it leads to the file as it is called there.

    Examples
    --------
    >>> lead_to("02_behovsanalyse", "Læs hele analysen").html
    '<p class="leads"><a href="02_behovsanalyse.html">Læs hele analysen</a></p>'
    """
    return Block(f'<p class="leads"><a href="{escape(page)}.html">{escape(words)}</a></p>')
