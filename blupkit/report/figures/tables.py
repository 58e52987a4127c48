"""Tables, quotes, running text and the front block of a page."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Final

import pandas as pd

from blupkit.core import Edition, Study
from blupkit.core.danish import first_upper, number
from blupkit.core.study import DEMO
from blupkit.disclosure import SafeTable
from blupkit.report.figures.exhibits import NOT_ASKED, Block, Exhibit, Exhibits, Finding, Kind, Part, Text
from blupkit.report.figures.numbers import UNKNOWN, Cell, html_table

#: A longer internal table is folded, so that the page can be overseen.
FOLDED_FROM: Final = 30


def table_measures(
    table: SafeTable,
    edition: Edition,
    *,
    columns: Sequence[str],
    caption: str,
    decimals: int | Mapping[str, int] | None = None,
    intervals: Collection[str] = (),
    folded: bool = False,
    counted: str = "Besvarelser",
    missing: str = UNKNOWN,
    note: str = "",
    source: str = "",
) -> Exhibits:
    """Set measures out as tables: one column a measure.

    Parameters
    ----------
    table : SafeTable
        The whole release; the reader's rows are chosen here.
    edition : Edition
        The reader.
    columns : sequence of str
        The measures, in order; one that no row has gets no column.
    caption : str
        The neutral title; {gruppe} and {sted} are filled in.
    decimals : int or mapping of str to int, optional
        Digits after the comma, of all measures or of some; the others have the study's own.
    intervals : collection of str
        The measures whose numbers are followed by their intervals: "1 (1-4)".
    folded : bool
        Whether the rows are folded away until somebody wants them.
    counted : str
        What the last column counts; there is none where a measure of that name says it already.
    missing : str
        What stands where a number does not exist.
    note : str
        What stands after "Anm.:" beside what must stand there.
    source : str
        What stands after "Kilde:", where it is not the survey.

    Returns
    -------
    Exhibits
        A table a group with one row an item; or one table with one row a group, where there is only one item. A hidden
        number is "•". None where there are no rows; a folded table only documents what is told beside it, so that
        nothing stands in its place.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> rows = [
    ...     MeasureRow("alle", "L", key, label, "Gab", value, n=40, lowest=-4, highest=4)
    ...     for key, label, value in (("k1", "Lytte", 2.0), ("k2", "Søge fonde", -0.5))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status=["vist", "få"]), min_n=5)
    >>> [exhibit] = table_measures(table, edition, columns=["Gab"], caption="Gab. {gruppe}.").items
    >>> exhibit.caption, [cell.split("<")[0] for cell in exhibit.table.split("<td>")[2:]]
    ('Gab. Lokalrådsmedlemmer.', ['2,0', '40', '−0,5*', '40'])
    """
    chosen = Part(table.checked_for(edition), edition).where(measure=list(columns))
    if not chosen.cells:
        return Exhibits([], none="" if folded else NOT_ASKED)
    measured = {cell.measure for cell in chosen.cells}
    columns = [measure for measure in columns if measure in measured]
    several = len({cell.item for cell in chosen.cells}) > 1
    last = [] if counted in columns else [counted if several else "n"]
    own = edition.study.decimals
    digits = dict.fromkeys(columns, decimals) if isinstance(decimals, int) else decimals or {}
    exhibits = []
    for part in [chosen.where(group=group) for group, _ in chosen.groups] if several else [chosen]:
        lines = [[*columns, *last]]
        for cells in part.rows:
            first = next(iter(cells.values()))
            name = first.label if several else first_upper(edition.group_in(first.group, first.municipality))
            numbers = [
                cells[measure].measured(digits.get(measure, own), intervals=measure in intervals, missing=missing)
                if measure in cells
                else missing
                for measure in columns
            ]
            lines.append([name, *numbers, *[first.answers for _ in last]])
        exhibit = part.exhibit(part.caption(caption), lines, [part.table.note, note], source=source)
        exhibits.append(replace(exhibit, folded=folded))
    return Exhibits(exhibits)


def table_groups(
    table: SafeTable,
    edition: Edition,
    *,
    measure: str,
    caption: str,
    finding: Finding = "",
    folded: bool = False,
    source: str = "",
) -> Exhibits:
    """Set shares out with a column a group: what each group answered, side by side.

    Parameters
    ----------
    table : SafeTable
        The whole release; the reader's rows are chosen here.
    edition : Edition
        The reader.
    measure : str
        The measure, 0-100.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it from the rows.
    folded : bool
        Whether the rows are folded away under the heading until somebody wants them.
    source : str
        As in `table_measures`.

    Returns
    -------
    Exhibits
        One table with a row an answer and a last row with the number of answers; none where nothing was asked. A share
        stands with how many that is. A group of which nothing may be shown is named in the note instead.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> edition = read_edition(example_study(), "alle")
    >>> rows = [
    ...     MeasureRow("alle", group, "tid", "Aften", "Andel", 25.0, n=n, lowest=0, highest=100)
    ...     for group, n in (("L", 40), ("A", 12))
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> [exhibit] = table_groups(table, edition, measure="Andel", caption="Tid").items
    >>> [cell.split("<")[0].replace(chr(160), " ") for cell in exhibit.table.split("<td>")[2:]]
    ['25 pct. (10)', '25 pct. (3)', '40', '12']
    """
    whole = Part(table.checked_for(edition), edition).where(measure=measure)
    if not whole.cells:
        return Exhibits([])
    part, silent = whole.without_silent()
    # A group was not given every answer to choose.
    shares = part.grid(part.items, Cell.share, UNKNOWN)
    lines = [part.heads, *([label, *row] for label, row in zip(part.items.values(), shares, strict=True))]
    if part.cells:
        answers = {cell.group: cell.answers for cell in reversed(part.cells)}
        lines.append(["Besvarelser", *(answers[group] for group, _ in part.groups)])
    exhibit = whole.exhibit(whole.caption(caption), lines, [silent, part.table.note], finding, source)
    return Exhibits([replace(exhibit, folded=folded and bool(part.cells))])


def table_internal(
    frame: pd.DataFrame,
    *,
    caption: str,
    heads: Mapping[str, str] | None = None,
    limit: int | None = None,
    study: Study | None = None,
) -> Exhibit:
    """Set any table out for the consultant's eyes; a page with one is marked and must not be shared.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns are shown in order; not changed.
    caption : str
        What it is.
    heads : mapping of str to str, optional
        Column → Danish head; only these columns are shown when given.
    limit : int, optional
        How many rows at most; the note says how many there are.
    study : Study, optional
        Whose groups' names then stand in place of their keys in the column `group`.

    Returns
    -------
    Exhibit
        Internal.

    Examples
    --------
    >>> files = pd.DataFrame({"fil": ["a.csv", "b.csv"], "ok": [True, False]})
    >>> exhibit = table_internal(files, caption="Filer", limit=1)
    >>> exhibit, exhibit.note, "<td>ja</td>" in exhibit.table
    (Tabel: Filer, 'De første 1 af 2 rækker.', True)
    """
    shown = frame[list(heads)] if heads else frame
    if study is not None:
        shown = shown.assign(group=shown["group"].replace({group.key: group.name for group in study.groups}))
    columns = zip(*shown[:limit].itertuples(index=False, name=None), strict=True)
    rows = [list(row) for row in zip(*map(_column, columns), strict=True)]
    names = [heads[str(column)] if heads else str(column) for column in shown.columns]
    note = f"De første {limit} af {number(len(frame), 0)} rækker." if limit and len(frame) > limit else ""
    if frame.empty:
        note = "Ingen rækker."
    table = html_table([first_upper(name) for name in names], rows, caption)
    if len(rows) > FOLDED_FROM:
        table = f"<details><summary>Vis alle {number(len(rows), 0)} rækker</summary>{table}</details>"
    return Exhibit(Kind.TABLE, caption, table, note=note, internal=True)


def _column(values: Sequence[object]) -> list[str]:
    """Write a column: a number in it that needs a decimal gives all of them one."""
    numbers = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    decimals = int(not all(value.is_integer() for value in numbers))
    return [_plain(value, decimals) for value in values]


def _plain(value: object, decimals: int) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return UNKNOWN
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return number(value, decimals) if math.isfinite(value) else UNKNOWN
    return str(value)


def list_quotes(frame: pd.DataFrame, *, caption: str, source: str) -> Exhibit:
    """Set approved quotes out by theme, each with the role of the one who said it and nothing more.

    Parameters
    ----------
    frame : pandas.DataFrame
        `theme_name`, `code_name`, `attribution`, `text`; not changed.
    caption : str
        What they are.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        Numbered as a table; a polite sentence where there are none.

    Examples
    --------
    >>> quotes = {"theme_name": ["Tillid"], "code_name": ["Åben"], "attribution": ["Ansat"], "text": ["vi lytter"]}
    >>> exhibit = list_quotes(pd.DataFrame(quotes), caption="Citater", source="Interview")
    >>> "»Vi lytter«" in exhibit.table, "Ansat · Åben" in exhibit.table
    (True, True)
    """
    quotes = "".join(_theme_quotes(str(theme), part) for theme, part in frame.groupby("theme_name", sort=False))
    body = quotes or "<p>Der er endnu ingen citater, der er godkendt til deling.</p>"
    return Exhibit(Kind.TABLE, caption, f'<div class="quotes">{body}</div>', source=source)


def _theme_quotes(theme: str, part: pd.DataFrame) -> str:
    quotes = "".join(
        f"<blockquote><p>»{escape(first_upper(text))}«</p><footer>{escape(who)} · {escape(code)}</footer></blockquote>"
        for text, who, code in zip(part["text"], part["attribution"], part["code_name"], strict=True)
    )
    return f"<h3>{escape(theme)}</h3>{quotes}"


def text(markdown: str) -> Text:
    """Show text that a function wrote.

    Parameters
    ----------
    markdown : str
        Markdown.

    Returns
    -------
    Text
        Shown as running text.

    Examples
    --------
    >>> text("Et **fund**.")
    Text(markdown='Et **fund**.')
    """
    return Text(markdown)


def leave_out(**materials: SafeTable | object | None) -> Block | None:
    """Tell the page which materials the study does not have: cells that speak of them are left out.

    Parameters
    ----------
    **materials : SafeTable or object or None
        Each under the name that the cells' tags have after `kun-` and `uden-`. Missing is a table without rows, and
        None.

    Returns
    -------
    Block or None
        A mark that no reader sees; None where nothing is missing.

    Examples
    --------
    >>> leave_out(behov=SafeTable(pd.DataFrame(), 5), interview=None, svar="svar.csv").html
    '<p hidden data-without="behov interview"></p>'
    """
    missing = [
        name for name, each in materials.items() if each is None or (isinstance(each, SafeTable) and each.frame.empty)
    ]
    return Block(f'<p hidden data-without="{" ".join(missing)}"></p>') if missing else None


def front(
    edition: Edition, *, title: str, facts: Sequence[tuple[str, str]], internal: bool = False, short: bool = False
) -> Block:
    """Open a page: whose it is, what it asks, and on how many answers it rests.

    Parameters
    ----------
    edition : Edition
        The reader.
    title : str
        The page's heading.
    facts : sequence of tuple of str and str
        Name and value.
    internal : bool
        Whether the page is for the consultant only.
    short : bool
        Whether it is short enough to be taken in at a glance: then its sections are not listed, and its foot is folded.

    Returns
    -------
    Block
        With a banner for invented data, and one for an internal page.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> block = front(read_edition(example_study(), "nordby"), title="Behov", facts=[("Ansatte", "12 besvarelser")])
    >>> "<h1>Behov</h1>" in block.html, '<p class="place">Nordby Kommune</p>' in block.html
    (True, True)
    """
    demo = f'<p class="banner demo"><b>{DEMO}</b> – alle tal og citater på denne side er opdigtede.</p>'
    intern = '<p class="banner intern" data-internal><b>INTERN</b> – siden må ikke deles.</p>'
    banners = (demo if edition.study.synthetic else "") + (intern if internal else "")
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{_figure(value)}</dd></div>" for name, value in facts)
    return Block(
        f'<header class="front"{" data-short" if short else ""}>{banners}'
        f'<p class="study">{escape(edition.study.name)}</p>'
        f'<h1>{escape(title)}</h1><p class="place">{escape(first_upper(edition.place))}</p>'
        f'<dl class="facts">{lines}</dl></header>'
    )


def _figure(value: str) -> str:
    """Set a count large, and what it counts under it."""
    many, _, what = value.partition(" ")
    return f'<span class="many">{many}</span> {escape(what)}' if what and many.isdigit() else escape(value)
