"""What the charts have in common: a group's look, the order of rows, how a number is written, the finished figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import HIDDEN, number
from blupkit.disclosure import SafeTable, select
from blupkit.disclosure.safe_table import Status
from blupkit.report.figures.charts import draw_both
from blupkit.report.figures.exhibits import Exhibit, Exhibits, Picture, html_table
from blupkit.report.figures.style import GROUP_COLOURS, GROUP_MARKERS

NOTHING_SHOWN: Final = "Figuren kan ikke vises af hensyn til deltagernes fortrolighed"
Finding = str | Callable[[SafeTable, Edition], str]


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


def figure(
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
    """Put a drawing and its numbers together as a numbered figure.

    Parameters
    ----------
    table : SafeTable
        What is shown; its notes stand under the figure.
    edition : Edition
        The reader.
    chart : callable or None
        Draws for a layout; None where nothing may be shown: then there are no numbers either.
    caption, alt : str
        The neutral title, and the text for those who do not see the picture.
    finding : str or callable
        The heading, or what makes it.
    heads : sequence of str
        Heads of the numbers' table.
    rows : sequence of sequence of str
        Its cells.
    extra, unit, source : str
        A further note; what n counts; where the numbers are from (the survey when empty).

    Returns
    -------
    Exhibits
        One figure.
    """
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
        table=html_table(heads, rows, caption) if picture else "",
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


def by_item(table: SafeTable, measures: Sequence[str], order: str) -> pd.DataFrame:
    """Give one row an item with its measures, sorted by one of them; hidden ones last.

    Parameters
    ----------
    table : SafeTable
        One group's rows.
    measures : sequence of str
        Which become columns.
    order : str
        The one that sorts, largest first.

    Returns
    -------
    pandas.DataFrame
        Indexed by item: the measures, `label`, `n`, `few`, `shown`.
    """
    frame = select(table, measure=list(measures)).frame
    wide = frame.pivot_table(index="item", columns="measure", values="value", sort=False, dropna=False)
    first = frame.drop_duplicates("item").set_index("item")
    wide = wide.assign(
        label=first["label"].astype(str),
        n=first["n"],
        few=first["status"] == Status.FEW,
        shown=first["status"] != Status.HIDDEN,
    )
    wide["shown"] &= wide[order].notna()
    return wide.sort_values(["shown", order], ascending=False, kind="stable")


def keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell rows apart by item and label: answers to one question share the item, two items may share a label.

    Parameters
    ----------
    frame : pandas.DataFrame
        Rows of a safe table; not changed.

    Returns
    -------
    pandas.DataFrame
        With `key` and `shown`.
    """
    key = frame["item"].astype(str) + "\0" + frame["label"].astype(str)
    return frame.assign(key=key, shown=frame["status"] != Status.HIDDEN)


def item_order(frame: pd.DataFrame) -> dict[str, str]:
    """Order the items by the mean of what is shown, largest first; those with nothing shown last.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `keyed` returned.

    Returns
    -------
    dict of str to str
        Key → label.
    """
    means = frame.assign(value=frame["value"].where(frame["shown"])).groupby("key", sort=False)["value"].mean()
    labels = dict(zip(frame["key"], frame["label"].astype(str), strict=True))
    return {key: labels[key] for key in means.sort_values(ascending=False, kind="stable", na_position="last").index}


def grouped_cell(frame: pd.DataFrame, key: str, group: str, share: bool, decimals: int) -> str:
    """Write one group's number for one item, with what it rests on.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `keyed` returned.
    key, group : str
        Which row.
    share : bool
        Whether it is a share in per cent; then the count is told too.
    decimals : int
        Digits after the comma of a mean.

    Returns
    -------
    str
        "•" where hidden; "ikke stillet" where the group was not asked.
    """
    rows = frame[(frame["key"] == key) & (frame["group"] == group)]
    if rows.empty:
        return "ikke stillet"
    row = rows.to_dict("records")[0]
    if not row["shown"]:
        return HIDDEN
    n, value = int(row["n"]), float(row["value"])
    if not share:
        return f"{number(value, decimals)}{star(row['status'] == Status.FEW)} (n = {number(n, 0)})"
    count = f"{number(round(value * n / 100), 0)} af {number(n, 0)}"
    return f"{number(value, 0)} pct.{star(row['status'] == Status.FEW)} ({count})"


def cell(value: float, decimals: int, shown: bool, few: bool) -> str:
    """Write a number, "•" where it is hidden, with a star where it rests on few answers.

    Parameters
    ----------
    value : float
        The number.
    decimals : int
        Digits after the comma.
    shown, few : bool
        Its status.

    Returns
    -------
    str
        As it is read.
    """
    return number(value, decimals) + star(few) if shown else HIDDEN


def count_cell(n: int | None) -> str:
    """Write a number of answers, "•" where it is hidden.

    Parameters
    ----------
    n : int or None
        Missing where hidden.

    Returns
    -------
    str
        As it is read.
    """
    return HIDDEN if n is None or pd.isna(n) else number(n, 0)


def records(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """Give the rows as dictionaries.

    Parameters
    ----------
    frame : pandas.DataFrame
        Any.

    Returns
    -------
    list of dict
        One a row.
    """
    return frame.to_dict("records")


def star(few: bool) -> str:
    """Give the mark of a number that rests on few answers.

    Parameters
    ----------
    few : bool
        Whether it does.

    Returns
    -------
    str
        "*" or nothing.
    """
    return "*" if few else ""


def scale_of(table: SafeTable, measure: str) -> tuple[float, float]:
    """Give the ends of a measure's own scale.

    Parameters
    ----------
    table : SafeTable
        With that measure.
    measure : str
        Which.

    Returns
    -------
    tuple of float and float
        Lowest and highest.
    """
    rows = table.frame[table.frame["measure"] == measure]
    return float(rows["lowest"].min()), float(rows["highest"].max())


def span(frame: pd.DataFrame) -> tuple[float, float]:
    """Find an axis that holds every interval, begins at 0 or below, and ends at a whole or half step.

    Parameters
    ----------
    frame : pandas.DataFrame
        What `keyed` returned.

    Returns
    -------
    tuple of float and float
        Low and high end.
    """
    seen = frame[frame["shown"]]
    if seen.empty:
        return 0.0, 1.0
    low, high = float(np.nanmin(seen[["low", "value"]])), float(np.nanmax(seen[["high", "value"]]))
    return min(0.0, float(np.floor(low * 2) / 2)), max(1.0, float(np.ceil(high * 2) / 2))


def ticks_of(scale: tuple[float, float]) -> list[float]:
    """Choose at most seven round numbers on an axis.

    Parameters
    ----------
    scale : tuple of float and float
        Its ends.

    Returns
    -------
    list of float
        Where it is marked.

    Examples
    --------
    >>> ticks_of((1.0, 5.0)), ticks_of((0.0, 100.0))
    ([1.0, 2.0, 3.0, 4.0, 5.0], [0.0, 25.0, 50.0, 75.0, 100.0])
    """
    low, high = scale
    step = next(step for step in (0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0) if (high - low) / step <= 6)
    first = np.ceil(low / step) * step
    return [float(tick) for tick in np.arange(first, high + step / 2, step)]
