"""What people said of workshops and learning, as measures that are decided on before any is shown.

Two margins only: everybody in a place, and a group in all places; never a group in one place. A place is a municipality
or an activity of the catalogue. Who came is known to all who were there, so the counts are no secret; the answers are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from scipy import special  # its `stats` is four times as long to import

from blupkit.activities.evaluating.forms import Asked, Form
from blupkit.activities.evaluating.margins import may_split
from blupkit.activities.evaluating.numbers import CHANGE, COUNT, DONT_KNOW_SHARE, MEAN, Number, is_unsure
from blupkit.core.study import ALL, Study
from blupkit.disclosure import Cell, Draft, Follows, MeasureRow, SafeTable, Status, measure_table

#: What stands behind a form's name where it counts those who could not say.
UNSURE: Final = "_ved_ikke"
#: Why an item's groups are not told apart.
TOO_FEW: Final = "få"
_UPPER: Final = 0.975


def draft_of(one: Asked, study: Study, *, groups_may: bool) -> tuple[Draft, pd.DataFrame]:
    """Compute the measures of one kind of evaluation, and say how they hang together, before anything is hidden.

    Parameters
    ----------
    one : Asked
        Its forms.
    study : Study
        Its groups and thresholds.
    groups_may : bool
        Whether each group may be told of: when everything has been held.

    Returns
    -------
    tuple of Draft and pandas.DataFrame
        The table, and one of how many could not say; and the cells of groups that are in none, as `Release.decisions`
        says of those. Missing data: what was not answered, and 8 ("ved ikke"), is in no mean; who said so is counted
        apart, for everybody in all places.

    Examples
    --------
    >>> from blupkit.activities.evaluating.forms import Form
    >>> from blupkit.activities.evaluating.numbers import EVERY_FORM
    >>> from blupkit.core import example_study
    >>> forms = [Form(place, "L", {}, f"{place}{at}") for place in ("nordby", "sydby") for at in range(6)]
    >>> one = Asked("opfoelgning", ("nordby", "sydby"), forms, {"skemaer": [EVERY_FORM]}, {}, ended=True)
    >>> draft_of(one, example_study(), groups_may=True)[0].tables["opfoelgning"]["n"].tolist()
    [6, 6, 12]
    """
    groups, limits = study.group_keys, study.thresholds
    rows: list[tuple[MeasureRow, bool, bool, float]] = []
    follows: list[Follows] = []
    persons: dict[Cell, dict[str, str]] = {}
    silent: list[Cell] = []
    for item, numbers in one.items.items():
        counts = Counter((form.place, form.group) for form in one.forms if _counts(form, numbers))
        split = groups_may and may_split(counts, groups, limits.min_n)
        rows += _rows(one, item, numbers, [ALL, *groups] if split else [ALL], limits.caution_n)
        cells = [Cell(one.name, ALL, group, item) for group in groups]
        if split:
            follows += [Follows(cell, tuple(other for other in cells if other != cell)) for cell in cells]
        elif groups_may and len(cells) > 1 and len({place for place, _ in counts}) > 1:
            silent += cells
        persons |= _persons(one, item, numbers, groups if split else ())
    tables, unsure = {one.name: _table(rows)}, _unsure(one)
    if unsure:
        tables[one.name + UNSURE] = _table(row for row, _ in unsure)
        for (row, *_), marks in unsure:
            cell = Cell(one.name + UNSURE, ALL, ALL, row.item)
            follows.append(Follows(cell, (cell._replace(table=one.name),)))
            persons[cell] = marks
    came = {place: number for (place, group), number in one.came.items() if group == ALL and number > 0}
    draft = Draft(
        tables,
        follows=follows,
        margins={one.name: one.name},
        places={one.name: one.places} if set(one.places) != set(study.places) else {},
        readers={(one.name, group): (ALL,) for group in groups if group != ALL},
        persons=persons,
        sizes={(place, ALL): int(number) for place, number in came.items()},
        counts_known=True,
    )
    return draft, pd.DataFrame(silent, columns=list(Cell._fields), dtype="str").assign(reason=TOO_FEW)


def _counts(form: Form, numbers: list[Number]) -> bool:
    return numbers[0].of(form.answers) is not None


def _rows(
    one: Asked, item: str, numbers: list[Number], groups: Sequence[str], caution_n: int
) -> Iterator[tuple[MeasureRow, bool, bool, float]]:
    """Give an item's numbers for everybody in each place, and for each of the groups that are to be told apart."""
    for place in (*one.places, ALL):
        for group in groups:
            forms = [form for form in one.forms if place in (form.place, ALL) and group in (form.group, ALL)]
            for number in numbers:
                given = np.array([said for form in forms if (said := number.of(form.answers)) is not None])
                value = float(len(given)) if number.measure == COUNT else float(given.mean()) if len(given) else np.nan
                own = number.measure == CHANGE and place != ALL and group == ALL and len(given) >= caution_n
                low, high = _interval(given) if own else (np.nan, np.nan)
                row = MeasureRow(
                    place, group, item, number.label, number.measure, value, low, high, len(given), *number.ends
                )
                attended = one.came.get((place, group), np.nan) if number.measure == COUNT else np.nan
                yield row, number.additive, number.shares_out, attended


def _interval(given: np.ndarray) -> tuple[float, float]:
    """Give the mean ± t · s / √n: the distribution of so many answers may be shown, and so may its spread."""
    n = len(given)
    reach = float(special.stdtrit(n - 1, _UPPER) * given.std(ddof=1) / np.sqrt(n))
    return float(given.mean()) - reach, float(given.mean()) + reach


def _table(rows: Iterable[tuple[MeasureRow, bool, bool, float]]) -> pd.DataFrame:
    measured, additive, distribution, attended = zip(*rows, strict=True)
    return measure_table(measured).assign(additive=additive, distribution=distribution, attended=attended)


def _persons(one: Asked, item: str, numbers: list[Number], groups: Sequence[str]) -> dict[Cell, dict[str, str]]:
    found: dict[Cell, dict[str, str]] = {}
    for form in one.forms:
        if _counts(form, numbers):
            for group in {ALL, form.group} if form.group in groups else {ALL}:
                found.setdefault(Cell(one.name, form.place, group, item), {})[form.mark] = "1"
    return found


def _unsure(one: Asked) -> list[tuple[tuple[MeasureRow, bool, bool, float], dict[str, str]]]:
    """Count who could not say, of everybody who was asked in all places."""
    rows = []
    for item, (number, *_) in one.items.items():
        if number.measure != MEAN:
            continue
        told = {form.mark: is_unsure(form.answers[item]) for form in one.forms if form.answers.get(item) is not None}
        share = 100.0 * sum(told.values()) / len(told) if told else np.nan
        row = MeasureRow(ALL, ALL, item, number.label, DONT_KNOW_SHARE, share, n=len(told), lowest=0.0, highest=100.0)
        rows.append(((row, True, True, np.nan), dict.fromkeys(told, "1")))
    return rows


def settled(table: SafeTable, name: str, draft: Draft, silent: pd.DataFrame, changed: Collection[Cell]) -> SafeTable:
    """Set out a decided table as pages read it, without the places that an item was not asked in.

    Parameters
    ----------
    table : SafeTable
        What was decided.
    name : str
        What it is called.
    draft, silent
        What `draft_of` gave.
    changed : collection of Cell
        Where so few have changed since it was sent that nothing of their spread may be told.
    """
    asked = draft.tables[name].loc[table.frame.index, "n"] > 0
    frame = table.frame[asked | (table.frame["municipality"] == ALL)].drop(columns=["additive", "distribution"])
    stirred = {cell[1:] for cell in changed if cell.table == name}
    keys = zip(frame["municipality"], frame["group"], frame["item"], strict=True)
    few = pd.Series([key in stirred for key in keys], frame.index, dtype=bool)
    frame[["low", "high"]] = frame[["low", "high"]].mask(few)
    mine = silent[silent["table"] == name]
    of_all = frame[(frame["municipality"] == ALL) & (frame["group"] == ALL)]
    missing = {"value": np.nan, "low": np.nan, "high": np.nan, "n": pd.NA, "attended": np.nan, "bound": np.nan}
    hidden = [
        of_all[of_all["item"] == item].assign(group=group, status=Status.HIDDEN, **missing).astype(frame.dtypes)
        for group, item in zip(mine["group"], mine["block"], strict=True)
    ]
    # Its rows keep their numbers in the draft: what was printed is found by them.
    below = pd.concat([frame.iloc[:0], *hidden], ignore_index=True)
    frame = pd.concat([frame, below.set_axis(below.index + len(draft.tables[name]))])
    if name in draft.places:
        frame = frame.assign(activity=frame["municipality"], municipality=ALL)
    return replace(table, frame=frame)
