"""What came of the learning: who came, what they got out of it, and how they rate themselves before and now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from blupkit.activities.evaluating.numbers import ANSWERED, CHANGE, COUNT, EARLIER, MEAN, TODAY
from blupkit.activities.evaluating.shown import evaluated
from blupkit.core.danish import first_upper
from blupkit.core.study import ALL
from blupkit.disclosure.safe_table import MEASURE_COLUMNS, SafeTable, Status, is_shown

if TYPE_CHECKING:
    from blupkit.activities.learning.offers import Catalogue
    from blupkit.disclosure import Release

#: How many came, beside how many have answered.
CAME: Final = "Deltog"
#: What the survey calls the level that people rated.
LEVEL: Final = "Nuværende niveau"
_FORM: Final = "laering"


@dataclass(frozen=True, eq=False)
class Outcome:
    """What may be told of what came of the learning; without rows for a reader of one municipality.

    Parameters
    ----------
    catalogue : Catalogue
        The catalogue as the reader sees it.
    came : SafeTable
        A row an activity: how many came, and how many of them have answered.
    said : SafeTable
        A row an activity, and one for all: the mean of each question.
    rated : SafeTable
        A row a competence of an activity: before, now and the change, with its interval, of those who rated both; and
        beside it the level of each group in the survey.
    whole : SafeTable
        What was said of all activities together, as it lies in the release.
    """

    catalogue: Catalogue
    came: SafeTable
    said: SafeTable
    rated: SafeTable
    whole: SafeTable

    @property
    def silent(self) -> int:
        """How many came and have not answered, where that may be told; else none."""
        rows = self.whole.shown
        told = rows[(rows["item"] == ANSWERED) & rows["attended"].notna()] if len(rows) else rows
        return int(told["attended"].iloc[0] - told["value"].iloc[0]) if len(told) else 0

    @property
    def questions(self) -> list[str]:
        """What was asked of each activity, as columns are named, in order."""
        return list(dict.fromkeys(map(str, self.said.frame["measure"])))

    @property
    def levels(self) -> list[str]:
        """What stands beside the ratings: the level of each group in the survey, as columns are named."""
        edition = self.catalogue.edition
        return [_level_of(edition.group_name(group)) for group in edition.study.group_keys]


#: The columns of what people rated on one form.
RATED: Final = (EARLIER, TODAY, CHANGE)


def read_outcome(catalogue: Catalogue, release: Release) -> Outcome:
    """Gather what the release shows of the evaluations of learning, by activity.

    Parameters
    ----------
    catalogue : Catalogue
        What `read_catalogue` returned.
    release : Release
        What `app.load_release` gave for the same reader.

    Returns
    -------
    Outcome
        For the reader of all: no municipality is told apart, so that all packages have it with the common pages. What
        is hidden or told as a bound stays so.

    Examples
    --------
    >>> from blupkit.activities.learning.example import example_catalogue
    >>> from blupkit.disclosure import Draft, suppress
    >>> catalogue = example_catalogue()
    >>> release = suppress(Draft({}), catalogue.edition.study)
    >>> len(read_outcome(catalogue, release).said.frame)
    0
    """
    titles = {str(row["id"]): str(row["titel"]) for row in catalogue.rows} if catalogue.common else {}
    tables = {one: evaluated(release, catalogue.edition, _FORM, activity=one) for one in (*titles, ALL)}
    nothing = replace(tables[ALL], frame=tables[ALL].frame.iloc[:0])
    if not titles or tables[ALL].frame.empty:
        return Outcome(catalogue, nothing, nothing, nothing, nothing)
    titles[ALL] = "Alle aktiviteter"
    came, said, rated = [], [], []
    for one, title in titles.items():
        frame = tables[one].frame
        rows = frame[frame["group"] == ALL].assign(title=title)
        said += _renamed(rows[rows["measure"] == MEAN], item=one)
        if one == ALL:
            continue
        counted = rows[(rows["item"] == ANSWERED) & (rows["measure"] == COUNT)]
        # That few came makes it no less sure how many they were.
        counted = counted.assign(status=counted["status"].replace({Status.FEW: Status.SHOWN}))
        came += _renamed(counted.assign(value=counted["attended"], measure=CAME), item=one, keep=True)
        came += _renamed(counted, item=one, keep=True)
        both = rows[rows["measure"].isin(RATED)]
        rated += _renamed(both.assign(item=one + "/" + both["item"].astype(str)), keep=True, label=True)
        rated += _levels(both, one, catalogue)
    return Outcome(catalogue, _table(nothing, came), _table(nothing, said), _table(nothing, rated), tables[ALL])


def _renamed(rows: pd.DataFrame, *, item: str = "", keep: bool = False, label: bool = False) -> list[dict[str, Any]]:
    """Let a row be an activity's: it stands under its title, and what was asked becomes the column."""
    found: list[dict[str, Any]] = []
    for row in ({str(name): cell for name, cell in one.items()} for one in rows.to_dict("records")):
        asked = str(row["label"])
        changed = {"item": item or row["item"], "label": asked if label else row["title"]}
        found.append({**row, **changed, **({} if keep else {"measure": first_upper(asked)})})
    return found


def _levels(both: pd.DataFrame, activity: str, catalogue: Catalogue) -> Iterable[dict[str, Any]]:
    """Give the level in the survey of the groups that an activity is for, where it may be shown."""
    whom = next(row["maalgruppe"] for row in catalogue.rows if row["id"] == activity)
    needs = catalogue.needs.frame
    levels = needs[is_shown(needs) & (needs["measure"] == LEVEL) & (needs["municipality"] == ALL)]
    for item, label in dict(zip(both["item"], both["label"], strict=True)).items():
        for row in levels[(levels["item"] == item) & levels["group"].isin(whom)].to_dict("records"):
            measure = _level_of(catalogue.edition.group_name(str(row["group"])))
            yield row | {"group": ALL, "item": f"{activity}/{item}", "label": label, "measure": measure}


def _level_of(group: str) -> str:
    return f"{first_upper(group)} i undersøgelsen"


def _table(like: SafeTable, rows: list[dict[str, Any]]) -> SafeTable:
    frame = pd.DataFrame(rows, columns=[*MEASURE_COLUMNS, "status", "bound"])
    numbers = dict.fromkeys(("value", "low", "high", "lowest", "highest", "bound"), "float64")
    return replace(like, frame=frame.astype({**numbers, "n": "Int64"}))
