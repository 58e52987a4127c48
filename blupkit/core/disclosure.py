"""What may be shown: the small-count rule and the `SafeTable`, the only kind of table that a page takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.edition import Edition
from blupkit.core.errors import DisclosureError, Fault
from blupkit.core.study import ALL, Study

#: The one long shape of every measure. `lowest` and `highest` are the ends of the measure's own scale.
MEASURE_COLUMNS: Final = [
    "municipality",
    "group",
    "item",
    "label",
    "measure",
    "value",
    "low",
    "high",
    "n",
    "lowest",
    "highest",
]
CELL: Final = ["municipality", "group", "item"]
SHOWN, FEW, HIDDEN_CELL = "vist", "få", "skjult"


@dataclass(frozen=True)
class SafeTable:
    """A result table in which what may not be shown is no longer there.

    Parameters
    ----------
    frame : pandas.DataFrame
        `MEASURE_COLUMNS` and `status`: "vist", "få" (shown with a warning) or "skjult" (value, low, high and n are
        missing).
    min_n : int
        The limit that was used.
    internal : bool
        True for a table that is for the consultant's eyes: nothing is hidden, and no page with it may be shared.
    """

    frame: pd.DataFrame
    min_n: int
    internal: bool = False

    @property
    def hidden(self) -> bool:
        """Whether any cell is hidden."""
        return bool((self.frame["status"] == HIDDEN_CELL).any())

    @property
    def few(self) -> bool:
        """Whether any cell rests on few answers."""
        return bool((self.frame["status"] == FEW).any())

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that are not hidden."""
        return self.frame[self.frame["status"] != HIDDEN_CELL]

    @property
    def note(self) -> str:
        """What must stand under a figure or table made from this."""
        parts = []
        if self.hidden:
            parts.append(
                "• Ikke vist af hensyn til deltagernes fortrolighed (for få besvarelser, eller et tal, der kunne røbe"
                " et skjult tal)."
            )
        if self.few:
            parts.append("Få besvarelser læses med varsomhed.")
        return " ".join(parts)


def suppress(table: pd.DataFrame, study: Study) -> SafeTable:
    """Hide what would give answers away, over the whole release at once.

    Give it the table for ALL municipalities and the total, never a part: what is hidden in one municipality's page
    depends on what the others and the total show. A cell is municipality × group × item, and all its measures share one
    fate, since importance, level and gap give each other away.

    A cell is hidden when it rests on fewer than `min_n` answers, or on fewer than `varsomhed_n` where the table says in
    a column `distribution` that it shares answers out over choices; when its group is not shown locally; or when it
    rests on fewer than `varsomhed_n` answers and one of its measures lies at the end of its scale, so that everybody's
    answer would be known. Where exactly one municipality's cell is then missing from a total, the smallest other cell
    is hidden too, so that subtraction gives nothing away.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`; not changed. `n` is the number of answers behind the value. A cell with n = 0 holds nobody.
    study : Study
        Thresholds, groups and municipalities.

    Returns
    -------
    SafeTable
        The same rows in the same order, with `status`.

    Raises
    ------
    DisclosureError
        The table lacks a municipality or the total, so the decision would be made on a part of the release.
    """
    _check_whole(table, study)
    limits = study.thresholds
    ends = (table["value"] <= table["lowest"]) | (table["value"] >= table["highest"])
    common_only = {group.key for group in study.groups if not group.shown_locally}
    spread = table["distribution"] if "distribution" in table else pd.Series(False, index=table.index)
    unsafe = (
        (table["n"] < spread.map({True: limits.caution_n, False: limits.min_n}))
        | (ends & (table["n"] < limits.caution_n))
        | ((table["municipality"] != ALL) & table["group"].isin(common_only))
    )
    cells = (
        table.assign(unsafe=unsafe)
        .groupby(CELL, sort=False, dropna=False)
        .agg(unsafe=("unsafe", "any"), n=("n", "min"))
        .reset_index()
    )
    cells["unsafe"] |= _complement(cells, study)
    hidden = table[CELL].merge(cells, on=CELL, how="left")["unsafe"].to_numpy(dtype=bool)
    frame = table.copy()
    frame["status"] = SHOWN
    frame.loc[frame["n"] < limits.caution_n, "status"] = FEW
    frame.loc[hidden, "status"] = HIDDEN_CELL
    frame["n"] = frame["n"].astype("Int64").mask(hidden)
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].mask(pd.Series(hidden, index=frame.index))
    return SafeTable(frame, limits.min_n)


def _check_whole(table: pd.DataFrame, study: Study) -> None:
    wanted = {municipality.slug for municipality in study.municipalities} | {ALL}
    missing = sorted(wanted - set(table["municipality"]))
    if missing and not table.empty:
        raise DisclosureError(
            Fault(
                "resultattabel",
                "en tabel uden " + ", ".join(missing),
                "alle kommuner og det samlede tal",
                "Kald suppress() på hele tabellen, før du vælger en kommune.",
            )
        )


def _complement(cells: pd.DataFrame, study: Study) -> npt.NDArray[np.bool_]:
    """Mark the smallest shown cell wherever exactly one cell with answers is hidden beneath a shown total."""
    extra = set()
    local = cells[(cells["municipality"] != ALL) & (cells["n"] > 0)]
    totals = cells[(cells["municipality"] == ALL) & ~cells["unsafe"]]
    published = set(zip(totals["group"], totals["item"], strict=True))
    for key, part in local.groupby(["group", "item"], sort=False):
        if key in published and int(part["unsafe"].sum()) == 1 and len(part) > 1:
            extra.add(part.loc[~part["unsafe"], "n"].idxmin())
    return cells.index.isin(extra)


def internal(table: pd.DataFrame, study: Study) -> SafeTable:
    """Mark a table as being for the consultant's eyes: nothing is hidden, and its page cannot be shared.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`; not changed.
    study : Study
        Its thresholds.

    Returns
    -------
    SafeTable
        With `internal` set.
    """
    frame = table.copy()
    frame["status"] = SHOWN
    frame.loc[frame["n"] < study.thresholds.caution_n, "status"] = FEW
    return SafeTable(frame, study.thresholds.min_n, internal=True)


def spoken(table: pd.DataFrame, study: Study) -> SafeTable:
    """Let through counts of what was said in interviews: turns, speakers and groups, which are no one's answers.

    The participants of a focus group heard each other, and the counts say how many of all of them spoke of a theme,
    never who. Quotes go another way: through the pseudonym step and the consultant's approval.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS` for the whole study ("alle"); not changed.
    study : Study
        Its thresholds.

    Returns
    -------
    SafeTable
        Nothing hidden.

    Raises
    ------
    DisclosureError
        The table breaks the interviews down by municipality, which would tell who took part.
    """
    if set(table["municipality"]) - {ALL}:
        raise DisclosureError(
            Fault(
                "resultattabel", "interview fordelt på kommuner", "kun tal for alle", "Fjern kommunerne fra tabellen."
            )
        )
    return SafeTable(table.assign(status=SHOWN), study.thresholds.min_n)


def select(table: SafeTable, **where: object) -> SafeTable:
    """Choose rows of a safe table by the values of its columns.

    Parameters
    ----------
    table : SafeTable
        Not changed.
    **where
        Column name = a value, or a list, tuple or set of values.

    Returns
    -------
    SafeTable
        The rows that match all of them, in the same order.

    Examples
    --------
    >>> frame = pd.DataFrame({"municipality": ["alle", "næstved"], "value": [1.0, 2.0], "status": "vist"})
    >>> select(SafeTable(frame, 5), municipality="alle").frame["value"].tolist()
    [1.0]
    """
    frame = table.frame
    for column, wanted in where.items():
        values = list(wanted) if isinstance(wanted, list | tuple | set | frozenset) else [wanted]
        frame = frame[frame[column].isin(values)]
    return replace(table, frame=frame)


def select_edition(table: SafeTable, edition: Edition) -> SafeTable:
    """Choose what one reader's page shows: its own groups' answers, and the others' for all municipalities together.

    Parameters
    ----------
    table : SafeTable
        The whole release; not changed.
    edition : Edition
        Whose page it is.

    Returns
    -------
    SafeTable
        For a municipality its own rows for the groups that are shown locally and the rows of "alle" for the groups
        that are not; for "alle" all rows of "alle".
    """
    frame = table.frame
    common_only = frame["group"].isin(edition.common_groups)
    own = (frame["municipality"] == edition.key) & ~common_only
    return replace(table, frame=frame[own | (frame["municipality"] == ALL) & common_only])
