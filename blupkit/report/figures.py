"""A few shapes of chart, one look: a safe table and a reader in, a numbered figure with its numbers out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from blupkit.core import ALL, Edition, SafeTable, select, select_edition
from blupkit.core.danish import HIDDEN, first_upper, number
from blupkit.core.disclosure import FEW, HIDDEN_CELL
from blupkit.report.canvas import Mark, RowChart, draw_both, draw_grid, draw_rows
from blupkit.report.exhibits import Exhibit, Exhibits, Picture, fill_caption, group_order, html_table
from blupkit.report.style import ACCENT, GROUP_COLOURS, GROUP_MARKERS, MUTED

NOTHING_SHOWN: Final = "Der er for få besvarelser til, at vi kan vise figuren"
Finding = str | Callable[[SafeTable, Edition], str]


def plot_dumbbell(
    table: SafeTable, edition: Edition, *, start: str, end: str, order: str, caption: str, finding: Finding
) -> Exhibits:
    """Draw two measures of each item joined by a line, sorted by their distance: one figure a group.

    Parameters
    ----------
    table : SafeTable
        The whole release; the reader's rows are chosen here.
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
    chosen = select_edition(table, edition)
    exhibits = [
        _dumbbell(select(chosen, group=group), edition, (start, end, order), caption, finding)
        for group, _ in group_order(chosen.frame, edition)
    ]
    return Exhibits([item for several in exhibits for item in several.items])


def _dumbbell(
    table: SafeTable, edition: Edition, measures: tuple[str, str, str], caption: str, finding: Finding
) -> Exhibits:
    start, end, order = measures
    wide = _by_item(table, [start, end, order], order)
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
    scale = _scale(table, start)
    chart = RowChart(
        labels=wide["label"].tolist(),
        marks=marks,
        scale=scale,
        ticks=_ticks(scale),
        legend=[(start, colour, marker, True), (end, colour, marker, False)],
        linked=True,
        right=[number(value, decimals) + _star(few) for value, few in zip(shown[order], shown["few"], strict=True)]
        + hidden,
        right_head=order,
    )
    top = [f"{label} ({number(value, decimals)})" for label, value in zip(shown["label"], shown[order], strict=True)]
    alt = f"Punktdiagram med to mærker pr. emne: {start.lower()} og {end.lower()}. Størst {order.lower()}: "
    rows = [
        [row["label"], *[_cell(row[key], decimals, row["shown"], row["few"]) for key in measures], _n(row["n"])]
        for row in _records(wide)
    ]
    return _figure(
        table,
        edition,
        chart=partial(draw_rows, chart) if len(shown) else None,
        caption=fill_caption(caption, table.frame, edition),
        finding=finding,
        alt=alt + "; ".join(top[:3]) + ".",
        heads=["", start, end, order, "Besvarelser"],
        rows=rows,
    )


def plot_intervals(table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding) -> Exhibits:
    """Draw a point with its interval for each item and group.

    Parameters
    ----------
    table : SafeTable
        The whole release.
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
    return _grouped(select(table, measure=measure), edition, caption, finding, bars=False)


def plot_bars(table: SafeTable, edition: Edition, *, measure: str, caption: str, finding: Finding) -> Exhibits:
    """Draw a bar for each item and group, items sorted by their mean over the groups.

    Parameters
    ----------
    table : SafeTable
        The whole release; shares in per cent.
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
    return _grouped(select(table, measure=measure), edition, caption, finding, bars=True)


def _grouped(table: SafeTable, edition: Edition, caption: str, finding: Finding, *, bars: bool) -> Exhibits:
    chosen = select_edition(table, edition)
    if chosen.frame.empty:
        return Exhibits([])
    frame = _keyed(chosen.frame)
    items = _item_order(frame)
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
            text=(number(row["value"], decimals) if bars else "") + _star(row["status"] == FEW),
            lane=lanes[row["group"]],
            lanes=len(lanes),
        )
        for row in _records(frame[frame["shown"]])
    ]
    scale = (0.0, 100.0) if bars else _span(frame)
    hidden = [
        Mark(
            list(items).index(row["key"]), scale[0], MUTED, "", text=HIDDEN, lane=lanes[row["group"]], lanes=len(lanes)
        )
        for row in _records(frame[~frame["shown"]])
    ]
    chart = RowChart(
        labels=list(items.values()),
        marks=[*marks, *hidden],
        scale=scale,
        ticks=_ticks(scale),
        legend=[(first_upper(edition.group_in(group, place)), *look(edition, group), False) for group, place in groups],
        bars=bars,
        unit=" pct." if bars else "",
        zero=scale[0] < 0,
    )
    rows = [
        [label, *[_grouped_cell(frame, key, group, bars, decimals) for group, _ in groups]]
        for key, label in items.items()
    ]
    kind = "Søjlediagram" if bars else "Punktdiagram med usikkerhed"
    tops = [
        f"{edition.group_in(str(group), str(place))}: {part.sort_values('value')['label'].iloc[-1]}"
        for (group, place), part in frame[frame["shown"]].groupby(["group", "municipality"], sort=False)
    ]
    return _figure(
        chosen,
        edition,
        chart=partial(draw_rows, chart) if marks else None,
        caption=fill_caption(caption, chosen.frame, edition),
        finding=finding,
        alt=f"{kind} med {len(items)} emner for hver gruppe. Højest hos {'; '.join(tops)}.",
        heads=["", *[first_upper(edition.group_in(group, place)) for group, place in groups]],
        rows=rows,
    )


def plot_mirror(
    table: SafeTable, edition: Edition, *, ends: tuple[str, str], caption: str, finding: Finding
) -> Exhibits:
    """Draw how two sides rate the same statements: two markers a row, joined by a line.

    Parameters
    ----------
    table : SafeTable
        The whole release with two groups.
    edition : Edition
        The reader.
    ends : tuple of str and str
        What the lowest and the highest answer are called.
    caption : str
        The neutral title; {sted} is filled in.
    finding : str or callable
        The heading, or what makes it.

    Returns
    -------
    Exhibits
        Statements in the questionnaire's order; a statement of which one side is hidden shows neither.
    """
    chosen = select_edition(table, edition)
    if chosen.frame.empty:
        return Exhibits([])
    frame = _keyed(chosen.frame)
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
    marks = [Mark(list(items).index(row["key"]), row["value"], *look(edition, row["group"])) for row in _records(seen)]
    gaps = seen.groupby("key", sort=False)["value"].agg(lambda pair: pair.max() - pair.min())
    scale = (float(frame["lowest"].min()), float(frame["highest"].max()))
    chart = RowChart(
        labels=list(items.values()),
        marks=marks,
        scale=scale,
        ticks=_ticks(scale),
        legend=[(name, *look(edition, group), False) for name, (group, _) in zip(names, sides, strict=True)],
        linked=True,
        ends=ends,
        right=[number(gaps[key], decimals) if key in gaps.index else HIDDEN for key in items],
        right_head="Forskel",
    )
    rows = [
        [label, *[_grouped_cell(frame, key, group, False, decimals) for group, _ in sides]]
        for key, label in items.items()
    ]
    widest = (
        f"Størst forskel: {items[str(gaps.idxmax())]} ({number(gaps.max(), decimals)} skalapoint)." if len(gaps) else ""
    )
    return _figure(
        chosen,
        edition,
        chart=partial(draw_rows, chart) if marks else None,
        caption=fill_caption(caption, chosen.frame, edition),
        finding=finding,
        alt=f"Punktdiagram med {len(items)} udsagn, to mærker pr. udsagn: {' og '.join(names)}. {widest}",
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
    chosen = select(table, measure=measure)
    if chosen.frame.empty:
        return Exhibits([])
    groups = {ALL, *(group.key for group in edition.study.groups)}
    columns = {
        key: (names or {}).get(key) or (first_upper(edition.group_name(key)) if key in groups else key)
        for key in chosen.frame["group"].unique()
    }
    counts = chosen.frame.pivot_table(index="item", columns="group", values="value", sort=False, dropna=False)
    counts = counts.reindex(columns=list(columns)).astype(float)
    labels = chosen.frame.drop_duplicates("item").set_index("item")["label"].astype(str)
    whole = chosen.frame.groupby("group")["n"].max()
    totals = [head if pd.isna(whole[key]) else f"{head} (af {number(whole[key], 0)})" for key, head in columns.items()]
    colours = [look(edition, key)[0] if key in groups else ACCENT for key in columns]
    seen = chosen.frame.dropna(subset="value").sort_values("value", ascending=False, kind="stable").head(1)
    rows = [
        [labels[item], *[HIDDEN if np.isnan(value) else number(value, 0) for value in counts.loc[item]]]
        for item in counts.index
    ]
    most = "".join(
        f"Flest: {row['label']}, {columns[row['group']]} ({number(row['value'], 0)})." for row in _records(seen)
    )
    return _figure(
        chosen,
        edition,
        chart=partial(
            draw_grid, labels[counts.index].tolist(), list(columns.values()), counts.to_numpy().tolist(), colours
        ),
        caption=fill_caption(caption, chosen.frame, edition),
        finding=finding,
        alt=f"Gitter med antal for {len(counts)} emner i {len(columns)} kolonner; jo større cirkel, jo flere. {most}",
        heads=["", *totals],
        rows=rows,
        extra=note,
        unit=f" {measure.lower()} i alt",
        source=source,
    )


def look(edition: Edition, group: str) -> tuple[str, str]:
    """Give a group's colour and marker: the same ones on every page of a study.

    Parameters
    ----------
    edition : Edition
        Whose study it is.
    group : str
        The group's key.

    Returns
    -------
    tuple of str and str
        Colour and marker, by the group's place among the study's groups.
    """
    keys = [known.key for known in edition.study.groups]
    place = keys.index(group) % len(GROUP_COLOURS) if group in keys else 0
    return GROUP_COLOURS[place], GROUP_MARKERS[place]


def _figure(
    table: SafeTable,
    edition: Edition,
    *,
    chart: Callable[..., tuple[bytes, int]] | None,
    caption: str,
    finding: Finding,
    alt: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    extra: str = "",
    unit: str = "",
    source: str = "",
) -> Exhibits:
    heading = finding if isinstance(finding, str) else finding(table, edition)
    if chart is None and isinstance(finding, str):
        heading = NOTHING_SHOWN
    picture = None
    if chart is not None:
        wide, narrow, height = draw_both(chart)
        picture = Picture(wide, narrow, height, f"{alt} Tallene står i tabellen under figuren.")
    exhibit = Exhibit(
        kind="figur",
        caption=caption,
        table=html_table(heads, rows, caption),
        note=" ".join(part for part in (_n_note(table, unit), extra.replace("**", ""), table.note) if part),
        source=source or edition.source,
        finding=heading.rstrip("."),
        picture=picture,
        internal=table.internal,
    )
    return Exhibits([exhibit])


def _n_note(table: SafeTable, unit: str) -> str:
    """State how many answers the figure rests on."""
    counts = table.shown["n"].dropna().astype(int)
    if counts.empty:
        return ""
    low, high = counts.min(), counts.max()
    return f"n = {number(low, 0)}{unit}." if low == high else f"n = {number(low, 0)}-{number(high, 0)}{unit}."


def _by_item(table: SafeTable, measures: Sequence[str], order: str) -> pd.DataFrame:
    """One row an item: its measures, sorted by `order`; hidden ones last."""
    frame = select(table, measure=list(measures)).frame
    wide = frame.pivot_table(index="item", columns="measure", values="value", sort=False, dropna=False)
    first = frame.drop_duplicates("item").set_index("item")
    wide = wide.assign(
        label=first["label"].astype(str),
        n=first["n"],
        few=first["status"] == FEW,
        shown=first["status"] != HIDDEN_CELL,
    )
    wide["shown"] &= wide[order].notna()
    return wide.sort_values(["shown", order], ascending=False, kind="stable")


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell rows apart by item and label: answers to one question share the item, and two items may share a label."""
    key = frame["item"].astype(str) + "\0" + frame["label"].astype(str)
    return frame.assign(key=key, shown=frame["status"] != HIDDEN_CELL)


def _item_order(frame: pd.DataFrame) -> dict[str, str]:
    """Key → label by the mean of what is shown, largest first; those with nothing shown last."""
    means = frame.assign(value=frame["value"].where(frame["shown"])).groupby("key", sort=False)["value"].mean()
    labels = dict(zip(frame["key"], frame["label"].astype(str), strict=True))
    return {key: labels[key] for key in means.sort_values(ascending=False, kind="stable", na_position="last").index}


def _grouped_cell(frame: pd.DataFrame, key: str, group: str, share: bool, decimals: int) -> str:
    rows = frame[(frame["key"] == key) & (frame["group"] == group)]
    if rows.empty:
        return "ikke stillet"
    row = rows.to_dict("records")[0]
    if not row["shown"]:
        return HIDDEN
    n, value = int(row["n"]), float(row["value"])
    if not share:
        return f"{number(value, decimals)}{_star(row['status'] == FEW)} (n = {number(n, 0)})"
    count = f"{number(round(value * n / 100), 0)} af {number(n, 0)}"
    return f"{number(value, 0)} pct.{_star(row['status'] == FEW)} ({count})"


def _cell(value: float, decimals: int, shown: bool, few: bool) -> str:
    return number(value, decimals) + _star(few) if shown else HIDDEN


def _n(n: int | None) -> str:
    return HIDDEN if n is None or pd.isna(n) else number(n, 0)


def _records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _star(few: bool) -> str:
    return "*" if few else ""


def _scale(table: SafeTable, measure: str) -> tuple[float, float]:
    rows = table.frame[table.frame["measure"] == measure]
    return float(rows["lowest"].min()), float(rows["highest"].max())


def _span(frame: pd.DataFrame) -> tuple[float, float]:
    """An axis that holds every interval, begins at 0 or below, and ends at a whole or half step."""
    seen = frame[frame["shown"]]
    if seen.empty:
        return 0.0, 1.0
    low, high = float(np.nanmin(seen[["low", "value"]])), float(np.nanmax(seen[["high", "value"]]))
    return min(0.0, float(np.floor(low * 2) / 2)), max(1.0, float(np.ceil(high * 2) / 2))


def _ticks(scale: tuple[float, float]) -> list[float]:
    low, high = scale
    step = next(step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0) if (high - low) / step <= 6)
    first = np.ceil(low / step) * step
    return [float(tick) for tick in np.arange(first, high + step / 2, step)]
