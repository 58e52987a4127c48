"""The groups against each other, in Danish: where their needs differ, and how they see their cooperation."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import count, count_of, first_upper, listing, number, rounded
from blupkit.disclosure import SafeTable, is_shown
from blupkit.survey.words.phrases import (
    ALIKE,
    caution,
    named,
    not_shown,
    points,
    tied_first,
    to_be_better_at,
    wide_first,
)

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
    top, first = clear.iloc[0], tied_first(clear)
    alike = first[[groups == top["groups"] for groups in first["groups"]]]
    most, *_, least = (edition.group_in(group, str(top["municipality"])) for group in top["groups"])
    what = listing(to_be_better_at(str(label)) for label in alike["label"])
    wish = f" for at blive bedre til {what}" if what.startswith("at ") else f", når det gælder {what}"
    return f"Blandt dem, der har svaret, har {most} et større behov end {least}{wish}"


def _clear(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the differences that may be told of, the largest first: one is told as lying between two of the groups."""
    shown = rows[is_shown(rows)]
    if shown.empty:  # a release without needs has no comparison either, and then not its columns
        return shown
    wide = np.array([len(gaps) > 1 and gaps[0] - gaps[-1] >= ALIKE for gaps in shown["gaps"]], dtype=bool)
    clear = shown[(shown["p_holm"] < SELDOM) & (shown["p_ends"] < SELDOM) & wide]
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


def note_wordings(table: SafeTable) -> str:
    """Write the note under a figure that lays groups beside each other.

    Parameters
    ----------
    table : SafeTable
        What the figure shows; in a release its column `reworded` marks the items that are put differently.

    Returns
    -------
    str
        One sentence on the items that are put differently to the groups; "" where there is none.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> note_wordings(release.needs)  # all groups were asked in the same words
    ''
    """
    frame = table.frame
    rows = frame[frame["reworded"].astype(bool)] if "reworded" in frame else frame.head(0)
    labels = listing(f"»{label}«" for label in rows["label"].unique())
    return f"{labels} er formuleret forskelligt til grupperne." if labels else ""


def note_mirror(table: SafeTable, edition: Edition) -> str:
    """Say under the cooperation what is told as alike, and which statements are put differently to the groups.

    Parameters
    ----------
    table : SafeTable
        What `mirror` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader()
    >>> note_mirror(release.cooperation, edition)
    'Forskelle under 0,3 skalapoint regnes for ens; der er regnet før afrunding.'
    """
    alike = f"Forskelle under {points(ALIKE, edition.study.decimals)} regnes for ens; der er regnet før afrunding."
    return f"{note_wordings(table)} {alike}".strip()


def finding_mirror(table: SafeTable, edition: Edition) -> str:
    """Say where two groups see their cooperation differently.

    Only statements for which both sides may be shown are told of. Means nearer than 0.3 are told as alike.

    Parameters
    ----------
    table : SafeTable
        What `mirror` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        One sentence; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_mirror(release.cooperation, edition)
    'Kommunalt ansatte vurderer samarbejdet højere end lokalrådsmedlemmer, når det gælder »Tillid« (3,9 mod 2,8).'
    """
    rows = table.checked_for(edition).frame
    names = {str(key): named(part, edition) for key, part in rows.groupby("group", sort=False)}
    shown = rows[is_shown(rows)]
    first, second = (shown[shown["group"] == key] for key in [*names, "", ""][:2])
    both = first.merge(second, on=["item", "label"], suffixes=("_first", "_second"))
    if len(names) != 2 or both.empty:
        return not_shown("samarbejdet set fra begge sider")
    one, other = names.values()
    difference = both["value_second"] - both["value_first"]
    place = int(difference.abs().argmax())
    whole = len(both) == rows["item"].nunique()
    if abs(difference.iloc[place]) < ALIKE:
        where = "" if whole else " i de udsagn, der kan vises"
        return f"{first_upper(one)} og {other} ser nogenlunde ens på samarbejdet{where}."
    if difference.iloc[place] < 0:
        one, other, difference = other, one, -difference
    where = _where(both, difference, edition, " udsagn" if whole else " udsagn, der kan vises")
    return f"{first_upper(other)} vurderer samarbejdet højere end {one}{where}{caution(shown)}."


def _where(both: pd.DataFrame, difference: pd.Series, edition: Edition, statements: str) -> str:
    """Say in how many statements one side is higher, where most, and in how many it is the other way round."""
    decimals = edition.study.decimals
    # As the figure prints them: statements that differ as much there are all named.
    apart = difference.map(lambda value: rounded(value, decimals))
    most = both[(apart == apart.max()) & (difference >= ALIKE)]
    pairs = most[["label", "value_first", "value_second"]].head(TOLD).itertuples(index=False)
    where = listing(
        f"»{label}« ({number(max(pair), decimals)} mod {number(min(pair), decimals)})" for label, *pair in pairs
    )
    if len(both) == 1:
        return f", når det gælder {where}"
    higher, reverse = int((difference >= ALIKE).sum()), int((-difference >= ALIKE).sum())
    of = count_of(higher, len(both)) if higher < len(both) else f"alle {count(len(both))}"
    turned = f"; i {'ét' if reverse == 1 else count(reverse)} udsagn er det omvendt" if reverse else ""
    some = "blandt andet " if len(most) > TOLD else ""
    return f" i {of.replace('en af', 'ét af')}{statements}, mest ved {some}{where}{turned}"
