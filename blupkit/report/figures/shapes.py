"""A few shapes of chart, one look: a safe table and a reader in, a numbered figure with its numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

import pandas as pd

from blupkit.core import ALL, Edition
from blupkit.core.danish import HIDDEN, first_upper, number
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.safe_table import Status
from blupkit.report.figures.charts import Mark, RowChart, draw_grid, draw_rows
from blupkit.report.figures.exhibits import Exhibits, fill_caption, group_order, without_silent
from blupkit.report.figures.numbers import (
    Finding,
    by_item,
    cell,
    count_cell,
    figure,
    grouped_cell,
    item_order,
    keyed,
    look,
    records,
    scale_of,
    span,
    star,
    ticks_of,
)
from blupkit.report.figures.style import LIGHT, MUTED

WITHOUT: Final = "»Ved ikke« og ubesvarede indgår ikke."


def plot_dumbbell(
    table: SafeTable, edition: Edition, *, start: str, end: str, order: str, caption: str, finding: Finding
) -> Exhibits:
    """Draw two measures of each item joined by a line, sorted by their distance: one figure a group.

    Parameters
    ----------
    table : SafeTable
        The reader's, as a release for one reader gives it.
    edition : Edition
        The reader.
    start, end : str
        The measures at the ends of the line.
    order : str
        The measure that sorts the items, largest first, and stands at the right.
    caption : str
        The neutral title; {gruppe} and {sted} are filled in.
    finding : str or callable
        The heading, or what makes it from the group's rows.

    Returns
    -------
    Exhibits
        In the order of the study's groups.
    """
    chosen = table.checked_for(edition)
    exhibits = [
        _dumbbell(select(chosen, group=group), edition, (start, end, order), caption, finding)
        for group, _ in group_order(chosen.frame, edition)
    ]
    return Exhibits([item for several in exhibits for item in several.items])


def _dumbbell(
    table: SafeTable, edition: Edition, measures: tuple[str, str, str], caption: str, finding: Finding
) -> Exhibits:
    start, end, order = measures
    wide = by_item(table, [start, end, order], order)
    group = str(table.frame["group"].iloc[0])
    colour, marker = look(edition, group)
    decimals = edition.study.decimals
    shown = wide[wide["shown"]]
    marks = [
        Mark(row, float(value), colour, marker, hollow=hollow)
        for row, (low, high) in enumerate(zip(shown[start], shown[end], strict=True))
        for value, hollow in ((low, True), (high, False))
    ]
    hidden = [HIDDEN] * (len(wide) - len(shown))
    scale = scale_of(table, start)
    chart = RowChart(
        labels=wide["label"].tolist(),
        marks=marks,
        scale=scale,
        ticks=ticks_of(scale),
        legend=[(start, colour, marker, True), (end, colour, marker, False)],
        linked=True,
        right=[number(value, decimals) + star(few) for value, few in zip(shown[order], shown["few"], strict=True)]
        + hidden,
        right_head=order,
    )
    top = [f"{label} ({number(value, decimals)})" for label, value in zip(shown["label"], shown[order], strict=True)]
    alt = f"Punktdiagram med to mærker pr. emne: {start.lower()} og {end.lower()}. Størst {order.lower()}: "
    rows = [
        [row["label"], *[cell(row[key], decimals, row["shown"], row["few"]) for key in measures], count_cell(row["n"])]
        for row in records(wide)
    ]
    return figure(
        table,
        edition,
        chart=partial(draw_rows, chart) if len(shown) else None,
        caption=fill_caption(caption, table.frame, edition),
        finding=finding,
        alt=alt + "; ".join(top[:3]) + ".",
        extra=f"Skala {number(scale[0], 0)}-{number(scale[1], 0)}. {WITHOUT}",
        heads=["", start, end, order, "Besvarelser"],
        rows=rows,
    )


def plot_intervals(
    table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding, note: str = ""
) -> Exhibits:
    """Draw a point with its interval for each item and group.

    Parameters
    ----------
    table : SafeTable
        The reader's, as a release for one reader gives it.
    edition : Edition
        The reader.
    measure : str
        Which measure.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        One figure with all groups.
    """
    return _grouped(select(table, measure=measure), edition, caption, finding, note, bars=False)


def plot_bars(table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding) -> Exhibits:
    """Draw a bar for each item and group, items sorted by their mean over the groups.

    Parameters
    ----------
    table : SafeTable
        The reader's; shares in per cent.
    edition : Edition
        The reader.
    measure : str
        Which measure.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.

    Returns
    -------
    Exhibits
        One figure with all groups.
    """
    return _grouped(select(table, measure=measure), edition, caption, finding, "", bars=True)


def _grouped(table: SafeTable, edition: Edition, caption: str, finding: Finding, note: str, *, bars: bool) -> Exhibits:
    chosen = table.checked_for(edition)
    if chosen.frame.empty:
        return Exhibits([])
    title = fill_caption(caption, chosen.frame, edition)
    chosen, silent = without_silent(chosen, edition)
    frame = keyed(chosen.frame)
    items = item_order(frame)
    groups = group_order(frame, edition)
    lanes = {group: lane for lane, (group, _) in enumerate(groups)}
    decimals = 0 if bars else edition.study.decimals
    marks = [
        Mark(
            list(items).index(row["key"]),
            row["value"],
            *look(edition, row["group"]),
            low=float("nan") if bars else row["low"],
            high=float("nan") if bars else row["high"],
            text=(number(row["value"], decimals) if bars else "") + star(row["status"] == Status.FEW),
            lane=lanes[row["group"]],
            lanes=len(lanes),
        )
        for row in records(frame[frame["shown"]])
    ]
    scale = (0.0, 100.0) if bars else span(frame)
    hidden = [
        Mark(
            list(items).index(row["key"]), scale[0], MUTED, "", text=HIDDEN, lane=lanes[row["group"]], lanes=len(lanes)
        )
        for row in records(frame[~frame["shown"]])
    ]
    chart = RowChart(
        labels=list(items.values()),
        marks=[*marks, *hidden],
        scale=scale,
        ticks=ticks_of(scale),
        legend=[(first_upper(edition.group_in(group, place)), *look(edition, group), False) for group, place in groups],
        bars=bars,
        unit=" pct." if bars else "",
        zero=scale[0] < 0,
    )
    rows = [
        [label, *[grouped_cell(frame, key, group, bars, decimals) for group, _ in groups]]
        for key, label in items.items()
    ]
    kind = "Søjlediagram" if bars else "Punktdiagram med usikkerhed"
    tops = [
        f"{edition.group_in(str(group), str(place))}: {part.sort_values('value')['label'].iloc[-1]}"
        for (group, place), part in frame[frame["shown"]].groupby(["group", "municipality"], sort=False)
    ]
    return figure(
        chosen,
        edition,
        chart=partial(draw_rows, chart) if marks else None,
        caption=title,
        finding=finding,
        alt=f"{kind}: {len(items)} emner for hver gruppe. Højest hos {'; '.join(tops)}.",
        extra=" ".join(filter(None, ["" if bars else "Stregerne viser 95 pct.-intervaller.", WITHOUT, note, silent])),
        heads=["", *[first_upper(edition.group_in(group, place)) for group, place in groups]],
        rows=rows,
    )


def plot_mirror(
    table: SafeTable, edition: Edition, *, ends: tuple[str, str], caption: str, finding: Finding, note: str = ""
) -> Exhibits:
    """Draw how two sides rate the same statements: two markers a row, joined by a line.

    Parameters
    ----------
    table : SafeTable
        The reader's, of two groups.
    edition : Edition
        The reader.
    ends : tuple of str and str
        What the lowest and the highest answer are called.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        Statements in the questionnaire's order; a statement of which one side is hidden shows neither.
    """
    chosen = table.checked_for(edition)
    if chosen.frame.empty:
        return Exhibits([])
    frame = keyed(chosen.frame)
    frame["shown"] &= frame.groupby("key")["shown"].transform("all")
    items = dict(zip(frame["key"], frame["label"].astype(str), strict=True))
    sides = group_order(frame, edition)
    measures = frame.drop_duplicates("group").set_index("group")["measure"].astype(str)
    names = [
        f"{first_upper(edition.group_in(*side))} {measures[side[0]][:1].lower()}{measures[side[0]][1:]}"
        for side in sides
    ]
    decimals = edition.study.decimals
    seen = frame[frame["shown"]]
    marks = [Mark(list(items).index(row["key"]), row["value"], *look(edition, row["group"])) for row in records(seen)]
    gaps = seen.groupby("key", sort=False)["value"].agg(lambda pair: pair.max() - pair.min())
    scale = (float(frame["lowest"].min()), float(frame["highest"].max()))
    chart = RowChart(
        labels=list(items.values()),
        marks=marks,
        scale=scale,
        ticks=ticks_of(scale),
        legend=[(name, *look(edition, group), False) for name, (group, _) in zip(names, sides, strict=True)],
        linked=True,
        ends=ends,
        right=[number(gaps[key], decimals) if key in gaps.index else HIDDEN for key in items],
        right_head="Forskel",
    )
    rows = [
        [label, *[grouped_cell(frame, key, group, False, decimals) for group, _ in sides]]
        for key, label in items.items()
    ]
    widest = (
        f"Størst forskel: {items[str(gaps.idxmax())]} ({number(gaps.max(), decimals)} skalapoint)." if len(gaps) else ""
    )
    return figure(
        chosen,
        edition,
        chart=partial(draw_rows, chart) if marks else None,
        caption=fill_caption(caption, chosen.frame, edition),
        finding=finding,
        alt=f"Punktdiagram med {len(items)} udsagn, to mærker pr. udsagn: {' og '.join(names)}. {widest}",
        extra=f"Skala {number(scale[0], 0)}-{number(scale[1], 0)}. {WITHOUT} {note}".rstrip(),
        heads=["", *names],
        rows=rows,
    )


def plot_matrix(
    table: SafeTable,
    edition: Edition,
    *,
    measure: str,
    caption: str,
    finding: Finding,
    source: str,
    names: Mapping[str, str] | None = None,
    note: str = "",
) -> Exhibits:
    """Draw counts in a grid, items by columns, as discs whose area is the count.

    Parameters
    ----------
    table : SafeTable
        Counts of the whole study; `group` is the column.
    edition : Edition
        The reader.
    measure : str
        Which count.
    caption : str
        The neutral title.
    finding : str or callable
        The heading, or what makes it.
    source : str
        What stands after "Kilde:".
    names : mapping of str to str, optional
        Value of `group` → the column's head, where it is not one of the study's groups.
    note : str
        What else must be said under the figure.

    Returns
    -------
    Exhibits
        One figure; counts are written in it.
    """
    chosen = select(table.checked_for(edition), measure=measure)
    if chosen.frame.empty:
        return Exhibits([])
    groups = {ALL, *(group.key for group in edition.study.groups)}
    columns = {
        key: (names or {}).get(key) or (first_upper(edition.group_name(key)) if key in groups else key)
        for key, _ in group_order(chosen.frame, edition)
    }
    counts = chosen.frame.pivot_table(index="item", columns="group", values="value", sort=False, dropna=False)
    counts = counts.reindex(columns=list(columns)).astype(float)
    labels = chosen.frame.drop_duplicates("item").set_index("item")["label"].astype(str)
    heads, totals = _totals(chosen.frame, columns, measure)
    colours = [look(edition, key)[0] if key in groups else LIGHT["accent"] for key in columns]
    seen = chosen.frame.dropna(subset="value").sort_values("value", ascending=False, kind="stable").head(1)
    unseen = chosen.frame[chosen.frame["status"] == Status.HIDDEN]
    hidden = set(zip(unseen["item"], unseen["group"], strict=True))
    there = set(zip(chosen.frame["item"], chosen.frame["group"], strict=True))
    rows = [
        [
            labels[item],
            *[HIDDEN if (item, key) in hidden else number(counts.loc[item, key], 0) for key in columns],
            *totals.get(item, []),
        ]
        for item in counts.index
    ]
    drawn = [
        [float(counts.loc[item, key]) if (item, key) in there else None for key in columns] for item in counts.index
    ]
    most = "".join(
        f"Flest: {row['label']}, {columns[row['group']]} ({number(row['value'], 0)})." for row in records(seen)
    )
    return figure(
        chosen,
        edition,
        chart=partial(draw_grid, labels[counts.index].tolist(), list(columns.values()), drawn, colours)
        if len(seen)
        else None,
        caption=fill_caption(caption, chosen.frame, edition),
        finding=finding,
        alt=f"Gitter med antal for {len(counts)} emner i {len(columns)} kolonner; jo større cirkel, jo flere. {most}",
        heads=["", *heads],
        rows=rows,
        extra=note,
        unit=f" {measure.lower()} i alt",
        source=source,
    )


def _totals(frame: pd.DataFrame, columns: Mapping[str, str], measure: str) -> tuple[list[str], dict[Any, list[str]]]:
    """Say of how many each count is: in the head of a column where that is one number, else at the end of the row."""
    of_column, of_row = frame.groupby("group")["n"], frame.groupby("item")["n"]
    if of_column.nunique().max() <= 1:
        whole = of_column.max()
        named = columns.items()
        return [head if pd.isna(whole[key]) else f"{head} (af {number(whole[key], 0)})" for key, head in named], {}
    if of_row.nunique().max() > 1:
        return list(columns.values()), {}
    ends = {item: [HIDDEN if pd.isna(n) else number(n, 0)] for item, n in of_row.max().items()}
    return [*columns.values(), f"{measure} i alt"], ends
