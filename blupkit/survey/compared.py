"""All municipalities side by side: what stands on anybody's pages, and what of it one picture has room for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from blupkit.core.study import Study
from blupkit.disclosure import SafeTable, Status
from blupkit.survey.tables import SurveyRelease

#: How many items of a group are set side by side.
MOST: Final = 5


def part_for_everybody(release: SurveyRelease, study: Study, parts: Mapping[str, SurveyRelease]) -> SurveyRelease:
    """Choose what stands on anybody's pages: all readers together see it, and the decision was attacked as they would.

    Parameters
    ----------
    release : SurveyRelease
        The whole one; not changed.
    study : Study
        Says who has pages.
    parts : mapping of str to SurveyRelease
        Reader → what `part_for` chose.

    Returns
    -------
    SurveyRelease
        The rows that are in any of the parts of those with pages, and those that are hidden of them.

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> from blupkit.survey.example import example_whole
    >>> from blupkit.survey.release import part_for
    >>> whole, study = example_whole(), example_study()
    >>> parts = {place: part_for(whole, read_edition(study, place)) for place in study.readers}
    >>> sorted(set(part_for_everybody(whole, study, parts).needs.frame["municipality"]))
    ['alle', 'nordby', 'sydby']
    """
    held = [reader for reader in parts if study.release.holds_place(reader)]
    where, tables = ["municipality", "group"], {}
    for name, table in release.tables.items():
        frames = [parts[reader].tables[name].frame[where] for reader in held if name in parts[reader].tables]
        seen = pd.MultiIndex.from_frame(pd.concat([table.frame.iloc[:0][where], *frames]))
        told = pd.MultiIndex.from_frame(table.frame[where]).isin(seen)
        hidden = (table.frame["status"] == Status.HIDDEN) & table.frame["municipality"].isin(held)
        tables[name] = replace(table, frame=table.frame[told | hidden])
    return replace(release, tables=tables, decisions=release.decisions.iloc[:0], notes=())


def largest(table: SafeTable, *, measure: str = "") -> SafeTable:
    """Choose the items that are largest for all municipalities together: no municipality's own numbers decide.

    Parameters
    ----------
    table : SafeTable
        Of every municipality and of "alle", as `app.load_comparison` gives it; not changed.
    measure : str
        What is to be large; all that the table has when omitted.

    Returns
    -------
    SafeTable
        Of each group the rows of its five largest items, the largest first; in the table's own order where nothing is
        shown for all municipalities together.

    Examples
    --------
    >>> from blupkit.disclosure import MeasureRow, measure_table
    >>> rows = [
    ...     MeasureRow(place, "L", item, item, "Gab", value, n=12)
    ...     for place, values in {"nordby": (3.0, 1.0), "alle": (1.5, 2.5)}.items()
    ...     for item, value in zip(("Lytte", "Lede"), values, strict=True)
    ... ]
    >>> table = SafeTable(measure_table(rows).assign(status="vist"), min_n=5)
    >>> largest(table).frame[["municipality", "item"]].to_numpy().tolist()
    [['nordby', 'Lede'], ['alle', 'Lede'], ['nordby', 'Lytte'], ['alle', 'Lytte']]
    """
    frame = table.frame[table.frame["measure"] == measure] if measure else table.frame
    one = ["group", "item", "label"]
    common = table.total.set_index([*one, "measure"])["value"]
    sizes = common.reindex(pd.MultiIndex.from_frame(frame[[*one, "measure"]])).to_numpy()
    frame = frame.assign(size=sizes).sort_values("size", ascending=False, kind="stable")
    kept = frame.drop_duplicates(one).groupby("group", sort=False).head(MOST)[one]
    in_order = pd.MultiIndex.from_frame(frame[one]).isin(pd.MultiIndex.from_frame(kept))
    return replace(table, frame=frame[in_order].drop(columns="size").reset_index(drop=True))
