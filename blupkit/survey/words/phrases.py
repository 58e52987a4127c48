"""Small parts of Danish sentences, made of safe rows only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import first_lower, first_upper, listing, number
from blupkit.disclosure.safe_table import Status

#: Means nearer to each other than this are told as alike: less than a third of a step on the scale.
ALIKE: Final = 0.3
#: Numbers nearer to each other than this are the same: what is between them is how a computer adds.
EXACT: Final = 1e-9
#: A short label goes into a sentence as it is where it is no clause: none of its words but the first is a verb, which
#: ends in r or is one of these, and the first is not who does it.
_VERBS: Final = {"kan", "skal", "vil", "må", "ved"}
_WHO: Final = {"vi", "i", "de", "jeg", "du", "man", "det", "der"}
#: Said after an order of the competences where some of them are hidden: the first may be among those.
ONLY_SHOWN: Final = "Kun de kompetencer, der kan vises, er med."
ONE_SHOWN: Final = "Kun én kompetence kan vises, så der er ingen rækkefølge."


def to_be_better_at(label: str) -> str:
    """Put a competence into "at …", when its label is an infinitive as the questionnaire's short labels should be.

    Parameters
    ----------
    label : str
        The label, for example "Søge fonde og puljer".

    Returns
    -------
    str
        "at søge fonde og puljer"; a label that is no infinitive, or two in one with a stroke, is quoted instead.

    Examples
    --------
    >>> to_be_better_at("Søge fonde og puljer"), to_be_better_at("Gøre mit mandat tydeligt"), to_be_better_at("Q17")
    ('at søge fonde og puljer', 'at gøre deres mandat tydeligt', '»Q17«')
    """
    first = label.partition(" ")[0]
    if "/" not in label and len(first) > 1 and first.isalpha() and first[-1] in "eå" and not first.endswith("else"):
        phrase = re.sub(r"\b(mit|min|mine)\b", "deres", label)
        return f"at {phrase[0].lower()}{phrase[1:]}"
    return f"»{label}«"


def about(label: str) -> str:
    """Write what a statement is about, as it stands after "om": plain where it is no whole clause, else quoted.

    Examples
    --------
    >>> about("Tidlig inddragelse"), about("Aftaler bliver fulgt op")
    ('tidlig inddragelse', '»Aftaler bliver fulgt op«')
    """
    first, *others = label.casefold().split()
    clause = first in _WHO or not first.isalpha() or any(word[-1] == "r" or word in _VERBS for word in others)
    return f"»{label}«" if clause else first_lower(label)


def all_about(labels: Iterable[str]) -> list[str]:
    """Write what several statements are about: where one has to be quoted, all are.

    Examples
    --------
    >>> all_about(["Tillid", "Tidlig inddragelse"]), all_about(["Tillid", "Aftaler bliver fulgt op"])
    (['tillid', 'tidlig inddragelse'], ['»Tillid«', '»Aftaler bliver fulgt op«'])
    """
    every = list(labels)
    told = [about(label) for label in every]
    return [f"»{label}«" for label in every] if any(each.startswith("»") for each in told) else told


def text_basis(rows: pd.DataFrame) -> str:
    """Say how many answered what is told of, and that numbers of few are not sure.

    Parameters
    ----------
    rows : pandas.DataFrame
        `n` and `status` of a safe table.

    Examples
    --------
    >>> text_basis(pd.DataFrame({"n": [8, 9], "status": [Status.FEW, Status.FEW]}))
    'Kun 8-9 har svaret, så tallene er usikre.'
    >>> text_basis(pd.DataFrame({"n": [41, 46], "status": [Status.SHOWN, Status.SHOWN]}))
    '41-46 har svaret på det.'
    """
    low, high = (number(end, 0) for end in (rows["n"].min(), rows["n"].max()))
    many = low if low == high else f"{low}-{high}"
    return f"Kun {many} har svaret, så tallene er usikre." if few(rows) else f"{many} har svaret på det."


def near_the_top(shown: pd.DataFrame) -> int:
    """Count the others whose interval reaches up to that of the first; without intervals, those that are told as alike.

    Parameters
    ----------
    shown : pandas.DataFrame
        `value`, `low` and `high`, the largest first.

    Examples
    --------
    >>> rows = pd.DataFrame({"value": [2.0, 1.5, 1.0], "low": [1.6, 1.1, 0.6], "high": [2.4, 1.9, 1.4]})
    >>> near_the_top(rows), near_the_top(rows.assign(low=float("nan"), high=float("nan")))
    (1, 0)
    """
    if shown.empty:
        return 0
    low = shown["low"].fillna(shown["value"] - ALIKE / 2).iloc[0]
    return int((shown["high"].fillna(shown["value"] + ALIKE / 2).iloc[1:] >= low).sum())


def tied_first(shown: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that share the first place exactly: one, or several between which nothing decides.

    Parameters
    ----------
    shown : pandas.DataFrame
        `value`, the largest first.

    Examples
    --------
    >>> len(tied_first(pd.DataFrame({"value": [0.3, 0.1 + 0.2, 0.2]})))
    2
    """
    return shown[np.isclose(shown["value"].astype(float), shown["value"].astype(float).max(), rtol=0, atol=EXACT)]


def largest(shown: pd.DataFrame, wanted: int) -> pd.DataFrame:
    """Keep the first few rows, and whatever is exactly as large as the last of them.

    Parameters
    ----------
    shown : pandas.DataFrame
        `value`, the largest first.
    wanted : int
        How many.

    Examples
    --------
    >>> len(largest(pd.DataFrame({"value": [3.0, 2.0, 2.0, 1.0]}), 2))
    3
    """
    if len(shown) <= wanted:
        return shown
    return shown[shown["value"].astype(float) >= float(shown["value"].iloc[wanted - 1]) - EXACT]


def text_ties(shown: pd.DataFrame) -> str:
    """Say which of some rows that are named one after the other are exactly alike.

    Parameters
    ----------
    shown : pandas.DataFrame
        `value` and `label`, the largest first.

    Returns
    -------
    str
        A sentence with a blank before it; "" where no two are alike.

    Examples
    --------
    >>> text_ties(pd.DataFrame({"label": ["Møder", "Fonde", "Tid"], "value": [2.0, 1.5, 1.5]}))
    ' »Fonde« og »Tid« ligger helt lige.'
    """
    place = shown["value"].astype(float).diff().abs().gt(EXACT).cumsum()
    alike = [part["label"] for _, part in shown.groupby(place, sort=False) if len(part) > 1]
    said = [f"{listing(f'»{label}«' for label in labels)} ligger helt lige" for labels in alike]
    return f" {'; '.join(said)}." if said else ""


def ended(sentence: str) -> str:
    """End a sentence, unless an abbreviation has done it.

    Examples
    --------
    >>> ended("Det er ti"), ended("Det er 10 pct.")
    ('Det er ti.', 'Det er 10 pct.')
    """
    return sentence if sentence.endswith(".") else f"{sentence}."


def few(rows: pd.DataFrame) -> bool:
    """Tell whether few answers are behind some rows of a safe table.

    Examples
    --------
    >>> few(pd.DataFrame({"status": [Status.SHOWN, Status.FEW]}))
    True
    """
    return bool((rows["status"] == Status.FEW).any())


def named(part: pd.DataFrame, edition: Edition) -> str:
    """Name the group whose rows these are, with the place where a page tells of another one.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> named(pd.DataFrame({"group": ["L"], "municipality": ["nordby"]}), example_reader()[1])
    'lokalrådsmedlemmer'
    """
    return edition.group_in(str(part["group"].iloc[0]), str(part["municipality"].iloc[0]))


def wide_first(names: Iterable[str]) -> list[str]:
    """Put groups of several municipalities before those of one: named last, their place would seem to hold for all.

    Parameters
    ----------
    names : iterable of str
        Groups as `Edition.group_in` names them.

    Examples
    --------
    >>> wide_first(["kommunalt ansatte", "byrådspolitikere i alle seks kommuner"])
    ['byrådspolitikere i alle seks kommuner', 'kommunalt ansatte']
    """
    return sorted(names, key=lambda name: " i " not in name)


def not_shown(what: str, who: Iterable[str] = (), *, measured: bool = True) -> str:
    """Say politely that something is not on the page, and why; never which of the reasons for hiding it was.

    A group may have answered in great number and still not be shown: to keep another number from being worked out, or
    because too few of its answers are new since the last pages were sent. "Too few answers" would often be untrue, and
    where it is true it would tell how many there are.

    Parameters
    ----------
    what : str
        What would have been shown.
    who : iterable of str
        Groups, plural.
    measured : bool
        False where there is nothing to show or to hide: it was not asked.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> not_shown("udviklingsbehov", ["byrådspolitikere"])
    'Af hensyn til deltagernes fortrolighed viser vi ikke udviklingsbehov blandt byrådspolitikere.'
    >>> not_shown("udviklingsbehov", measured=False)
    'Udviklingsbehov er ikke en del af denne undersøgelse.'
    """
    if not measured:
        return f"{first_upper(what)} er ikke en del af denne undersøgelse."
    names = wide_first(who)
    whom = f" blandt {listing(names)}" if names else ""
    return f"Af hensyn til deltagernes fortrolighed viser vi ikke {what}{whom}."
