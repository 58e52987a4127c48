"""What may be shown by itself, and the `SafeTable`, the only kind of table that a page takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core.errors import DisclosureError, Fault
from blupkit.core.study import ALL, Edition, Study

NOT_SAID: Final = float("nan")


class MeasureRow(NamedTuple):
    """One number of a measure, in the one long shape that every measure has.

    Parameters
    ----------
    municipality, group : str
        Whose answers; "alle" for all of them.
    item, label : str
        What was asked, as the questionnaire names it and as a reader does.
    measure : str
        What the number is, as a reader names it.
    value : float
        The number, in the measure's own unit.
    low, high : float
        Its interval; missing where it has none.
    n : int
        How many answers it rests on.
    lowest, highest : float
        The ends of the measure's own scale; missing where it has none.

    Examples
    --------
    >>> MeasureRow("alle", "L", "1", "Lede møder", "Gab", 1.5, n=12).label
    'Lede møder'
    """

    municipality: str
    group: str
    item: str
    label: str
    measure: str
    value: float
    low: float = NOT_SAID
    high: float = NOT_SAID
    n: int = 0
    lowest: float = NOT_SAID
    highest: float = NOT_SAID


MEASURE_COLUMNS: Final = list(MeasureRow._fields)
#: A table without rows has columns of the same types as one with some.
_TYPES: Final = {**dict.fromkeys(["value", "low", "high", "lowest", "highest"], "float64"), "n": "int64"}


class Status(StrEnum):
    """How a cell stands on a page, as its reader would say it.

    Examples
    --------
    >>> [str(status) for status in Status]
    ['vist', 'få', 'groft', 'skjult']
    """

    SHOWN = "vist"
    FEW = "få"
    #: Few answers near an end of their scale: only a bound stands there.
    COARSE = "groft"
    HIDDEN = "skjult"


#: Why a number is not shown, or a bound stands in its place, as a reader is told.
WHY_HIDDEN: Final = (
    "af hensyn til deltagernes fortrolighed: Svarene er for få, eller tallet kunne røbe, hvad nogen har svaret"
)
WHY_UNSAID: Final = "af hensyn til deltagernes fortrolighed: Der står for få deltagere bag tallet"
WHY_COARSE: Final = "»Eller højere« og »eller lavere«: Af få besvarelser tæt på en ende af skalaen vises kun en grænse."


@dataclass(frozen=True, repr=False)
class SafeTable:
    """A result table in which what may not be shown is no longer there.

    Parameters
    ----------
    frame : pandas.DataFrame
        `MEASURE_COLUMNS` and `status`: "vist", "få" (shown with a warning), "groft" (only the nearest end and the
        `bound` before it are told) or "skjult"; in these two value, low, high and n are missing.
    min_n : int
        The limit that was used.
    internal, everybody : bool
        For the consultant's eyes, so that no page with it may be shared; for whoever sees any municipality's rows.

    Examples
    --------
    >>> frame = pd.DataFrame({"value": [1.5, float("nan")], "status": [Status.FEW, Status.HIDDEN]})
    >>> table = SafeTable(frame, min_n=5)
    >>> len(table.shown), table.few, table.hidden
    (1, True, True)
    """

    frame: pd.DataFrame
    min_n: int
    internal: bool = False
    everybody: bool = False

    def __repr__(self) -> str:
        how = self.frame["status"].value_counts().to_dict() if "status" in self.frame else {}
        told = ", ".join(f"{number} {status}" for status in Status if (number := how.get(status, 0)))
        what = "Intern tabel" if self.internal else "Tabel til sider"
        return f"{what} med {len(self.frame)} tal{': ' if told else ''}{told}. Prøv .shown eller .note."

    @property
    def hidden(self) -> bool:
        """Whether any cell is hidden."""
        return bool((self.frame["status"] == Status.HIDDEN).any())

    @property
    def coarse(self) -> pd.DataFrame:
        """The rows of which only a bound is told."""
        return self.frame[self.frame["status"] == Status.COARSE]

    @property
    def few(self) -> bool:
        """Whether any cell rests on few answers."""
        return bool((self.frame["status"] == Status.FEW).any())

    @property
    def shown(self) -> pd.DataFrame:
        """The rows that hold a value that may be said; see `is_shown`."""
        return self.frame[is_shown(self.frame)]

    @property
    def total(self) -> pd.DataFrame:
        """The rows of `shown` for all municipalities together."""
        return self.shown[self.shown["municipality"] == ALL]

    def checked_for(self, edition: Edition) -> SafeTable:
        """The same table, when no other municipality's rows are in it: every figure and sentence asks first.

        Parameters
        ----------
        edition : Edition
            The reader.

        Raises
        ------
        DisclosureError
            It holds rows of another municipality, and is neither for everybody nor for the consultant's eyes only.

        Examples
        --------
        >>> from blupkit.core import example_study, read_edition
        >>> table = SafeTable(pd.DataFrame({"municipality": ["nordby"], "value": 1.5, "status": Status.SHOWN}), min_n=5)
        >>> len(table.checked_for(read_edition(example_study(), "nordby")).frame)
        1
        >>> table.checked_for(read_edition(example_study(), "sydby"))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        blupkit.core.errors.DisclosureError: resultattabel: Her står »tal fra nordby«. Forventet: kun tal til Sydby...
        """
        others = sorted(set(self.frame["municipality"]) - {edition.key, ALL})
        if others and not self.internal and not self.everybody:
            action = "Hent tabellen fra app.load_release(study, edition), eller brug disclosure.select_edition."
            found, expected = f"tal fra {', '.join(others)}", f"kun tal til {edition.place}"
            raise DisclosureError(Fault("resultattabel", found, expected, action))
        return self

    @property
    def note(self) -> str:
        """What must stand under a figure or table made from this."""
        hidden = f"• Ikke vist {WHY_UNSAID if 'among' in self.frame else WHY_HIDDEN}."
        few = "* Kun få har svaret, så tallet er usikkert."
        said = {hidden: self.hidden, WHY_COARSE: len(self.coarse) > 0, few: self.few}
        return " ".join(text for text, needed in said.items() if needed)


#: What stands for a table that the study does not have.
NO_TABLE: Final = SafeTable(pd.DataFrame(columns=[*MEASURE_COLUMNS, "status"]), 0)


def measure_table(rows: Iterable[MeasureRow]) -> pd.DataFrame:
    """Put the numbers of a measure into a table, in the order given.

    Parameters
    ----------
    rows : iterable of MeasureRow
        May be empty.

    Examples
    --------
    >>> measure_table([MeasureRow("alle", "L", "1", "Lede møder", "Gab", 1.5, n=12)])[["label", "value", "n"]]
            label  value   n
    0  Lede møder    1.5  12
    """
    table = pd.DataFrame(list(rows), columns=MEASURE_COLUMNS)
    return table if len(table) else table.astype(_TYPES)


def is_shown(frame: pd.DataFrame) -> pd.Series:
    """Say which rows of a safe table, or of a part of one, hold a value that may be said.

    Parameters
    ----------
    frame : pandas.DataFrame
        With `status` and `value`; not changed.

    Returns
    -------
    pandas.Series
        By row: neither hidden, nor told as a bound only, nor missing.

    Examples
    --------
    >>> frame = pd.DataFrame({"status": ["vist", "skjult", "få"], "value": [1.5, float("nan"), float("nan")]})
    >>> is_shown(frame).tolist()
    [True, False, False]
    """
    return ~frame["status"].isin([Status.HIDDEN, Status.COARSE]) & frame["value"].notna()


def safe_table(table: pd.DataFrame, hidden: pd.Series, study: Study, bounds: pd.Series | None = None) -> SafeTable:
    """Take the hidden numbers out of a table.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS` and whatever else; not changed.
    hidden : pandas.Series
        Which of its rows are hidden.
    study : Study
        Its thresholds.
    bounds : pandas.Series, optional
        What is told in place of a hidden mean near an end of its scale; missing where nothing is.

    Returns
    -------
    SafeTable
        The same rows in the same order, with `status` and `bound`; value, low, high and n of what is hidden are
        missing, and what is declared of its spread.
    """
    frame = table.copy()
    frame["status"] = Status.SHOWN
    frame.loc[frame["n"] < study.thresholds.caution_n, "status"] = Status.FEW
    frame.loc[hidden, "status"] = Status.HIDDEN
    frame["bound"] = NOT_SAID if bounds is None else bounds.where(hidden)
    frame.loc[frame["bound"].notna(), "status"] = Status.COARSE
    frame["n"] = frame["n"].astype("Int64").mask(hidden)
    numbers = [name for name in ("value", "low", "high", "variance", "tally") if name in frame]
    frame[numbers] = frame[numbers].mask(hidden)
    return SafeTable(frame, study.thresholds.min_n)


def internal(table: pd.DataFrame, study: Study) -> SafeTable:
    """Mark a table as being for the consultant's eyes: nothing is hidden, and its page cannot be shared.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS`; not changed.
    study : Study
        Its thresholds.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> rows = [MeasureRow("nordby", "L", "1", "Lede møder", "Gab", 1.5, n=2)]
    >>> table = internal(measure_table(rows), example_study())
    >>> table.frame["value"].tolist(), table.internal
    ([1.5], True)
    """
    shown = safe_table(table, pd.Series(False, table.index), study).frame
    return SafeTable(shown.drop(columns="bound").astype({"n": table["n"].dtype}), study.thresholds.min_n, internal=True)


def may_tell(persons: pd.Series, among: pd.Series, study: Study, *, alone: bool = False) -> pd.Series:
    """Say which numbers of persons may be told, whatever they are persons of: a theme, a word, a choice.

    Any number may, also nobody and one to four, where it says how at least `varsomhed_n` persons are spread. What is
    told by itself (a word that is there because so many use it), or among fewer, rests on at least `min_n` persons.

    Parameters
    ----------
    persons, among : pandas.Series
        How many, and of how many.
    study : Study
        Its thresholds.
    alone : bool
        Whether it is told by itself.

    Returns
    -------
    pandas.Series
        By row.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> may_tell(pd.Series([0, 4, 5, 4]), pd.Series([10, 10, 8, 8]), example_study()).tolist()
    [True, True, True, False]
    """
    limits = study.thresholds
    enough = persons >= limits.min_n
    return enough if alone else enough | (among >= limits.caution_n)


def spoken(table: pd.DataFrame, study: Study) -> SafeTable:
    """Let through what was counted in interviews: turns, participants and groups, which are no one's answers.

    How many spoke of a theme follows `may_tell`, and so do turns: fewer than `min_n` are by no more persons. Where one
    is hidden, so is the theme's number in all columns, since the whole is told elsewhere. Quotes go another way.

    Parameters
    ----------
    table : pandas.DataFrame
        `MEASURE_COLUMNS` for the whole study ("alle"), and `among`: how many took part in what is counted, missing
        where no persons stand behind a number; not changed.
    study : Study
        Its thresholds.

    Raises
    ------
    DisclosureError
        The table breaks the interviews down by municipality, which would tell who took part.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = measure_table(MeasureRow("alle", "L", "1", "Roller", "Ture", turns, n=90) for turns in (4.0, 30.0))
    >>> [str(status) for status in spoken(table.assign(among=[6, 6], item=["1", "2"]), example_study()).frame["status"]]
    ['skjult', 'vist']
    """
    if set(table["municipality"]) - {ALL}:
        found, action = "interview fordelt på kommuner", "Fjern kommunerne fra tabellen."
        raise DisclosureError(Fault("resultattabel", found, "kun tal for alle", action))
    among = table["among"] if "among" in table else pd.Series(NOT_SAID, table.index)
    few = among.notna() & ~may_tell(table["value"], among, study)
    hidden = few.groupby([table["item"], table["measure"]]).transform("any") & among.notna()
    frame = table.assign(status=pd.Series(Status.SHOWN, table.index).mask(hidden, Status.HIDDEN))
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].mask(hidden)
    return SafeTable(frame, study.thresholds.min_n)


def select(table: SafeTable, **where: object) -> SafeTable:
    """Choose rows of a safe table by the values of its columns.

    Parameters
    ----------
    table : SafeTable
        Not changed.
    **where
        Column name = a value, or a list, tuple or set of values.

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

    Examples
    --------
    >>> from blupkit.core import example_study, read_edition
    >>> rows = [MeasureRow(place, "L", "1", "Lede møder", "Gab", 1.5, n=9) for place in ("nordby", "sydby", "alle")]
    >>> whole = SafeTable(measure_table(rows), min_n=5)
    >>> select_edition(whole, read_edition(example_study(), "sydby")).frame["municipality"].tolist()
    ['sydby']
    """
    frame = table.frame
    common_only = frame["group"].isin(edition.common_groups).to_numpy()
    places = frame["municipality"].to_numpy(dtype=object)
    return replace(table, frame=frame[np.where(common_only, places == ALL, places == edition.key)])
