"""The groups against each other, in Danish: for which competences their needs differ, and how clearly."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import count, first_upper, listing, number
from blupkit.disclosure import SafeTable, is_shown
from blupkit.survey.words.phrases import ALIKE, points, to_be_better_at, wide_first

#: A difference is told of when it would come so seldom if the answers were dealt out among the groups by chance.
SELDOM: Final = 0.05
TOLD: Final = 3
NOT_ENOUGH_TO_COMPARE: Final = (
    "Der er for få besvarelser, der kan vises, til at afgøre, om grupperne har forskellige behov."
)
#: The tests' names on pages. They are surnames that a participant may have too.
METHOD: Final = "Kruskal-Wallis, Dunn og Holm"


def finding_comparison(table: SafeTable, edition: Edition) -> str:
    """Say for which competence the groups' needs differ most, and in which direction: a heading.

    Parameters
    ----------
    table : SafeTable
        What `compare_groups` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence without full stop, on those who answered; a polite one where nothing may be shown. Only a difference
        that would seldom come by chance, among all the groups and between the two at its ends, and with gaps at least
        0.3 apart, is told of.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_comparison(release.differences, edition)[:84]
    'Blandt dem, der har svaret, har lokalrådsmedlemmer et større behov end kommunalt ans'
    """
    rows = table.checked_for(edition).frame
    shown, clear = rows[is_shown(rows)], _clear(rows)
    if shown.empty:
        return NOT_ENOUGH_TO_COMPARE.rstrip(".")
    if clear.empty:
        among = "" if len(shown) == len(rows) else " i de kompetencer, der kan vises,"
        return f"Ingen forskel mellem {_who(shown, edition)}{among} skiller sig klart ud blandt dem, der har svaret"
    top = clear.iloc[0]
    most, *_, least = (edition.group_in(group, str(top["municipality"])) for group in top["groups"])
    what = to_be_better_at(str(top["label"]))
    wish = f" for at blive bedre til {what}" if what.startswith("at ") else f", når det gælder {what}"
    return f"Blandt dem, der har svaret, har {most} et større behov end {least}{wish}"


def _clear(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the differences that may be told of, the largest first: one is told as lying between two of the groups."""
    wide = np.array([len(gaps) > 1 and gaps[0] - gaps[-1] >= ALIKE for gaps in rows["gaps"]], dtype=bool)
    clear = rows[is_shown(rows) & (rows["p_holm"] < SELDOM) & (rows["p_ends"] < SELDOM) & wide]
    return clear.sort_values(["value", "label"], ascending=[False, True])


def text_comparison(table: SafeTable, edition: Edition) -> str:
    """Say where the groups' needs differ, by how much, and what that rests on.

    Parameters
    ----------
    table : SafeTable
        What `compare_groups` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph, on at most three competences; empty where nothing may be shown, since the heading says so.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> "(gab på 1,7 blandt lokalrådsmedlemmer og 1,0" in text_comparison(release.differences, edition)
    True
    """
    rows = table.checked_for(edition).frame
    shown, clear = rows[is_shown(rows)], _clear(rows).head(TOLD)
    if shown.empty:
        return ""
    many = "én kompetence" if len(shown) == 1 else f"{count(len(shown))} kompetencer"
    chance = f"hvis svarene fordeles tilfældigt på grupperne ({METHOD}, p < 0,05)"
    if clear.empty:
        told = f"Ingen af forskellene er både på mindst {points(ALIKE, 1)} og større, end de ofte bliver, {chance}."
    else:
        places = listing(_item_gaps(line, edition) for _, line in clear.iterrows())
        told = f"Forskellen er tydeligst ved {places}. Så store forskelle opstår sjældent, {chance}."
    return (
        f"{first_upper(_who(shown, edition))} kan sammenlignes i {many}, som alle grupper er spurgt om. {told}"
        f" Styrken af en forskel er målt med ε², som er 0, når grupperne er ens, og 1, når de er helt adskilt;"
        f" den største er {number(float(shown['value'].max()), 2)}. Forskellene gælder dem, der har svaret, ikke andre."
    )


def _who(shown: pd.DataFrame, edition: Edition) -> str:
    keys = dict.fromkeys(group for groups in shown["groups"] for group in groups)
    return listing(wide_first(edition.group_in(key, str(shown["municipality"].iloc[0])) for key in keys))


def _item_gaps(line: pd.Series, edition: Edition) -> str:
    parts = [
        f"{number(gap, edition.study.decimals)} blandt {edition.group_in(group, str(line['municipality']))}"
        for group, gap in zip(line["groups"], line["gaps"], strict=True)
    ]
    return f"»{line['label']}« (gab på {listing(parts)})"
