"""Tables, quotes, running text and the front block of a page."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final, NamedTuple

import pandas as pd

from blupkit.core import Edition, Study
from blupkit.core.danish import HIDDEN, first_upper, number, share
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.safe_table import Status
from blupkit.report.figures.exhibits import (
    NOT_ASKED,
    Block,
    Exhibit,
    Exhibits,
    Text,
    fill_caption,
    group_order,
    html_table,
    without_silent,
)
from blupkit.report.figures.numbers import Finding

DEMO: Final = "Syntetiske demodata"
#: What stands where a number does not exist.
UNKNOWN: Final = "–"
#: A longer internal table is folded, so that the page can be overseen.
FOLDED_FROM: Final = 30


def table_measures(
    table: SafeTable,
    edition: Edition,
    *,
    columns: Sequence[str],
    caption: str,
    decimals: int | None = None,
    intervals: bool = False,
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
        The reader's, as a release for one reader gives it.
    edition : Edition
        The reader.
    columns : sequence of str
        The measures, in order.
    caption : str
        The neutral title; {gruppe} and {sted} are filled in.
    decimals : int, optional
        Digits after the comma; the study's own when omitted.
    intervals : bool
        Whether each number is followed by its interval: "1 (1-4)".
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
    """
    chosen = select(table.checked_for(edition), measure=list(columns))
    if chosen.frame.empty:
        return Exhibits([], none="" if folded else NOT_ASKED)
    digits = edition.study.decimals if decimals is None else decimals
    pieces = [chosen.frame[chosen.frame["group"] == group] for group, _ in group_order(chosen.frame, edition)]
    several = len(set(chosen.frame["item"])) > 1
    parts = pieces if several else [chosen.frame]
    last = () if counted in columns else (counted if several else "n",)
    style = _Style(digits, intervals, missing, several, last, note, source or edition.source)
    exhibits = [_measures(part, chosen, edition, columns, caption, style) for part in parts]
    return Exhibits([replace(exhibit, folded=folded) for exhibit in exhibits])


class _Style(NamedTuple):
    """How numbers are written, whether the rows are items, what the last column counts, and what stands below."""

    decimals: int
    intervals: bool
    missing: str
    items: bool
    counted: tuple[str, ...]
    note: str
    source: str


def _measures(
    part: pd.DataFrame,
    chosen: SafeTable,
    edition: Edition,
    columns: Sequence[str],
    caption: str,
    style: _Style,
) -> Exhibit:
    rows = []
    for (group, place, _), cells in part.groupby(["group", "municipality", "item"], sort=False, dropna=False):
        values = {str(row["measure"]): row for row in reversed(cells.to_dict("records"))}
        name = first_upper(edition.group_in(str(group), str(place)))
        head = str(cells["label"].iloc[0]) if style.items else name
        answers = [_answers(cells)] if style.counted else []
        rows.append([head, *[_value(values, measure, style) for measure in columns], *answers])
    title = fill_caption(caption, part, edition)
    shown = replace(chosen, frame=part)
    return Exhibit(
        kind="tabel",
        caption=title,
        table=html_table(["", *columns, *style.counted], rows, title),
        note=f"{shown.note} {style.note}".strip(),
        source=style.source,
        internal=chosen.internal,
    )


def _value(values: Mapping[str, Mapping[Hashable, Any]], measure: str, style: _Style) -> str:
    decimals = style.decimals
    if measure not in values:
        return style.missing
    row = values[measure]
    if row["status"] == Status.HIDDEN:
        return HIDDEN
    value = float(row["value"])
    if math.isnan(value):
        return style.missing + ("*" if row["status"] == Status.FEW else "")
    whole = value.is_integer() and row["highest"] > 100  # a count has no decimals
    ends = [number(float(row[end]), decimals) for end in ("low", "high")] if style.intervals else []
    span = f" ({' til '.join(ends) if any(end.startswith('−') for end in ends) else '-'.join(ends)})" if ends else ""
    return number(value, 0 if whole else decimals) + span + ("*" if row["status"] == Status.FEW else "")


def _answers(part: pd.DataFrame) -> str:
    n = part["n"].iloc[0]
    return HIDDEN if pd.isna(n) else number(int(n), 0)


def table_groups(table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding = "") -> Exhibits:
    """Set shares out with a column a group: what each group answered, side by side.

    Parameters
    ----------
    table : SafeTable
        The reader's, as a release for one reader gives it.
    edition : Edition
        The reader.
    measure : str
        The measure, 0-100.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it from the rows.

    Returns
    -------
    Exhibits
        One table with a row an answer and a last row with the number of answers; none where nothing was asked. A share
        of fewer than 30 answers stands as a count. A group of which nothing may be shown is named in the note instead.
    """
    chosen = select(table.checked_for(edition), measure=measure)
    if chosen.frame.empty:
        return Exhibits([])
    title = fill_caption(caption, chosen.frame, edition)
    chosen, silent = without_silent(chosen, edition)
    pairs = group_order(chosen.frame, edition)
    parts = [chosen.frame[chosen.frame["group"] == group] for group, _ in pairs]
    columns = [{str(row["label"]): row for row in reversed(part.to_dict("records"))} for part in parts]
    labels = list(dict.fromkeys(chosen.frame["label"]))
    rows = [[label, *(_group_cell(column, label) for column in columns)] for label in labels]
    rows.append(["Besvarelser", *(_answers(part) for part in parts)])
    heads = ["", *(first_upper(edition.group_in(group, place)) for group, place in pairs)]
    said = finding if isinstance(finding, str) else finding(chosen, edition)
    return Exhibits(
        [
            Exhibit(
                kind="tabel",
                caption=title,
                table=html_table(heads, rows, title) if pairs else "",
                note=f"{chosen.note} {silent}".strip(),
                source=edition.source,
                finding=said.rstrip("."),
                internal=chosen.internal,
            )
        ]
    )


def _group_cell(column: Mapping[str, Mapping[Hashable, Any]], label: str) -> str:
    if label not in column:
        return "–"  # the group was not given this answer to choose
    row = column[label]
    if row["status"] == Status.HIDDEN:
        return HIDDEN
    return share(float(row["value"]), int(row["n"]))


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
    """
    shown = frame[list(heads)] if heads else frame
    if study is not None:
        shown = shown.assign(group=shown["group"].replace({group.key: group.name for group in study.groups}))
    part = shown.head(limit) if limit else shown
    rows = [[_plain(value) for value in row] for row in part.itertuples(index=False)]
    names = [heads[str(column)] if heads else str(column) for column in shown.columns]
    note = f"De første {limit} af {number(len(frame), 0)} rækker." if limit and len(frame) > limit else ""
    if frame.empty:
        note = "Ingen rækker."
    table = html_table([first_upper(name) for name in names], rows, caption)
    if len(rows) > FOLDED_FROM:
        table = f"<details><summary>Vis alle {number(len(rows), 0)} rækker</summary>{table}</details>"
    return Exhibit("tabel", caption, table, note=note, internal=True)


def _plain(value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return UNKNOWN
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, float):
        return number(value, 0 if value.is_integer() else 1) if math.isfinite(value) else UNKNOWN
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
    """
    if frame.empty:
        body = "<p>Der er endnu ingen citater, der er godkendt til deling.</p>"
    else:
        body = "".join(_theme_quotes(str(theme), part) for theme, part in frame.groupby("theme_name", sort=False))
    return Exhibit("tabel", caption, f'<div class="quotes">{body}</div>', source=source)


def _theme_quotes(theme: str, part: pd.DataFrame) -> str:
    quotes = "".join(
        f"<blockquote><p>»{escape(first_upper(text))}«</p><footer>{escape(who)} · {escape(code)}</footer></blockquote>"
        for text, who, code in zip(part["text"], part["attribution"], part["code_name"], strict=True)
    )
    return f"<h3>{escape(theme)}</h3>{quotes}"


def list_joint(frame: pd.DataFrame, *, caption: str, finding: str, source: str) -> Exhibit:
    """Set out what was measured beside what was said: a card for each comparison, readable on a telephone.

    Parameters
    ----------
    frame : pandas.DataFrame
        `dimension`, `measured`, `theme`, `said`, `verdict`, `why`; not changed.
    caption : str
        What they are.
    finding : str
        The heading.
    source : str
        What stands after "Kilde:".

    Returns
    -------
    Exhibit
        Numbered as a table; a polite sentence where nothing is compared yet.
    """
    cards = "".join(
        f"<section><h3>{escape(row['dimension'])} og »{escape(row['theme'])}«: {escape(row['verdict'])}</h3>"
        f"<dl><dt>Spørgeskema</dt><dd>{escape(row['measured'])}</dd>"
        f"<dt>Interview</dt><dd>{escape(row['said'])}</dd></dl><p>{escape(row['why'])}</p></section>"
        for row in frame.to_dict("records")
    )
    body = cards or "<p>Spørgeskema og interview er endnu ikke holdt op mod hinanden.</p>"
    return Exhibit("tabel", caption, f'<div class="joint">{body}</div>', source=source, finding=finding.rstrip("."))


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
    """
    return Text(markdown)


def front(edition: Edition, *, title: str, facts: Sequence[tuple[str, str]], internal: bool = False) -> Block:
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

    Returns
    -------
    Block
        With a banner for invented data, and one for an internal page.
    """
    banners = [
        '<p class="banner demo"><b>' + DEMO + "</b> – alle tal og citater på denne side er opdigtede.</p>"
        if edition.study.synthetic
        else "",
        '<p class="banner intern" data-internal><b>INTERN</b> – siden må ikke deles.</p>' if internal else "",
    ]
    lines = "".join(f"<div><dt>{escape(name)}</dt><dd>{_figure(value)}</dd></div>" for name, value in facts)
    return Block(
        f'<header class="front">{"".join(banners)}<p class="study">{escape(edition.study.name)}</p>'
        f'<h1>{escape(title)}</h1><p class="place">{escape(first_upper(edition.place))}</p>'
        f'<dl class="facts">{lines}</dl></header>'
    )


def _figure(value: str) -> str:
    """Set a count large, and what it counts under it."""
    many, _, what = value.partition(" ")
    return f'<span class="many">{many}</span> {escape(what)}' if what and many.isdigit() else escape(value)
