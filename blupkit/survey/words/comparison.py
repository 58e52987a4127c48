"""The groups against each other, in Danish: where their needs differ, and how they see their cooperation."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import count, first_upper, heading, listing, number, rounded
from blupkit.disclosure import SafeTable, is_shown
from blupkit.survey.words.phrases import (
    ALIKE,
    about,
    all_about,
    few,
    named,
    not_shown,
    text_basis,
    tied_first,
    to_be_better_at,
    wide_first,
)

#: A difference is told of when it would come so seldom if the answers were dealt out among the groups by chance.
SELDOM: Final = 0.05
TOLD: Final = 3
NOT_ENOUGH_TO_COMPARE: Final = "For få svar kan vises til at afgøre, om grupperne har forskellige behov."
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
        A sentence without full stop, of at most 16 words; a polite one where nothing may be shown. Only a difference
        that would seldom come by chance, among all the groups and between the two at its ends, and with gaps at least
        0.3 apart, is told of. That it is one among those who answered is said by `text_comparison`.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_comparison(release.differences, edition)
    'Lokalrådsmedlemmer har større behov end kommunalt ansatte for at søge fonde'
    """
    rows = table.checked_for(edition).frame
    if rows.empty:
        return not_shown("gruppernes behov", measured=False).rstrip(".")
    shown, clear = rows[is_shown(rows)], _clear(rows)
    if shown.empty:
        return NOT_ENOUGH_TO_COMPARE.rstrip(".")
    if clear.empty:
        return heading(
            f"Vi ser ingen klar forskel på {_who(shown, edition)}", "Vi ser ingen klar forskel på gruppernes behov"
        )
    top, first = clear.iloc[0], tied_first(clear)
    alike = first[[groups == top["groups"] for groups in first["groups"]]]
    most, *_, least = (edition.group_in(group, str(top["municipality"])) for group in top["groups"])
    what = listing(to_be_better_at(str(label)) for label in alike["label"])
    wish = f"for {what}" if what.startswith("at ") else f"ved {what}"
    return heading(
        first_upper(f"{most} har større behov end {least} {wish}"),
        first_upper(f"{most} har større behov {wish}"),
        first_upper(f"{most} har større behov end {least}"),
    )


def _clear(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the differences that may be told of, the largest first: one is told as lying between two of the groups."""
    shown = rows[is_shown(rows)]
    if shown.empty:  # a release without needs has no comparison either, and then not its columns
        return shown
    wide = np.array([len(gaps) > 1 and gaps[0] - gaps[-1] >= ALIKE for gaps in shown["gaps"]], dtype=bool)
    clear = shown[(shown["p_holm"] < SELDOM) & (shown["p_ends"] < SELDOM) & wide]
    return clear.sort_values(["value", "label"], ascending=[False, True])


def text_comparison(table: SafeTable, edition: Edition) -> str:
    """Say where the groups' needs differ, and by how much; `text_comparison_method` says what that rests on.

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
    >>> "Ved »Søge fonde« er gabet 1,7 blandt lokalrådsmedlemmer" in text_comparison(release.differences, edition)
    True
    """
    rows = table.checked_for(edition).frame
    shown, clear = rows[is_shown(rows)], _clear(rows).head(TOLD)
    if shown.empty:
        return ""
    many = "én kompetence" if len(shown) == 1 else f"{count(len(shown))} kompetencer"
    told = [_item_gaps(line, edition) for _, line in clear.iterrows()]
    none = "Ingen forskel er stor nok og sikker nok til at blive nævnt."
    return (
        f"{first_upper(_who(shown, edition))} kan sammenlignes i {many}, som de alle er spurgt om."
        f" {' '.join(told) or none} Forskellene gælder dem, der har svaret, ikke andre."
    )


def text_comparison_method(table: SafeTable, edition: Edition) -> str:
    """Say how it was decided which differences between the groups are told of, for whoever reckons it again.

    Parameters
    ----------
    table : SafeTable
        What `compare_groups` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph; empty where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_comparison_method(release.differences, edition)[:52]
    'En forskel mellem grupperne er kun nævnt, når gabene'
    """
    rows = table.checked_for(edition).frame
    shown = rows[is_shown(rows)]
    if shown.empty:
        return ""
    return (
        f"En forskel mellem grupperne er kun nævnt, når gabene er mindst {number(ALIKE)} fra hinanden. Den skal også"
        " være så stor, at den sjældent ville opstå, hvis svarene blev delt tilfældigt ud mellem grupperne. Det er"
        f" afgjort med {METHOD}, p < 0,05. Styrken er målt med ε², som er 0, når grupperne er ens, og 1, når de er helt"
        f" adskilt. Den største er"
        f" {number(float(shown['value'].max()), 2)}."
    )


def _who(shown: pd.DataFrame, edition: Edition) -> str:
    keys = dict.fromkeys(group for groups in shown["groups"] for group in groups)
    return listing(wide_first(edition.group_in(key, str(shown["municipality"].iloc[0])) for key in keys))


def _item_gaps(line: pd.Series, edition: Edition) -> str:
    parts = [
        f"{number(gap, edition.study.decimals)} blandt {edition.group_in(group, str(line['municipality']))}"
        for group, gap in zip(line["groups"], line["gaps"], strict=True)
    ]
    return f"Ved »{line['label']}« er gabet {listing(parts)}."


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
    'Forskelle under 0,3 regnes for ens; der er regnet før afrunding.'
    """
    alike = f"Forskelle under {number(ALIKE, edition.study.decimals)} regnes for ens; der er regnet før afrunding."
    return f"{note_wordings(table)} {alike}".strip()


class _Sides(NamedTuple):
    """How two groups see their cooperation: the statements both may show, and by how much the second is higher."""

    names: list[str]
    both: pd.DataFrame
    higher: pd.Series
    whole: bool
    shown: pd.DataFrame


def _sides(table: SafeTable, edition: Edition) -> _Sides | None:
    """Give both sides, the one that rates the most differing statement higher as the second; None without two."""
    rows = table.checked_for(edition).frame
    names = {str(key): named(part, edition) for key, part in rows.groupby("group", sort=False)}
    shown = rows[is_shown(rows)]
    first, second = (shown[shown["group"] == key] for key in [*names, "", ""][:2])
    both = first.merge(second, on=["item", "label"], suffixes=("_first", "_second"))
    if len(names) != 2 or both.empty:
        return None
    difference, order = both["value_second"] - both["value_first"], list(names.values())
    if difference.iloc[int(difference.abs().argmax())] < 0:
        order, difference = order[::-1], -difference
    return _Sides(order, both, difference, len(both) == rows["item"].nunique(), shown)


def _largest(sides: _Sides, edition: Edition) -> pd.DataFrame:
    """Keep the statements that differ most, as the figure prints them; none where they are told as alike."""
    apart = sides.higher.map(lambda value: rounded(value, edition.study.decimals))
    kept: pd.DataFrame = sides.both[(apart == apart.max()) & (sides.higher >= ALIKE)]
    return kept


def finding_mirror(table: SafeTable, edition: Edition) -> str:
    """Say which of two groups sees their cooperation in the better light, and where most: a heading.

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
        A sentence without full stop, of at most 16 words; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> finding_mirror(release.cooperation, edition)
    'Kommunalt ansatte vurderer tillid højere end lokalrådsmedlemmer'
    """
    sides = _sides(table, edition)
    if sides is None:
        return not_shown("samarbejdet set fra begge sider").rstrip(".")
    one, other = sides.names
    most = _largest(sides, edition)
    if most.empty:
        return heading(
            first_upper(f"{one} og {other} ser nogenlunde ens på samarbejdet"), "De to parter ser ens på samarbejdet"
        )
    if len(sides.both) == 1:
        return first_upper(f"{other} vurderer {about(str(most['label'].iloc[0]))} højere end {one}")
    what = f"{other} ser lysere på samarbejdet end {one}"
    if int((sides.higher >= ALIKE).sum()) <= int((-sides.higher >= ALIKE).sum()):
        what = f"{one} og {other} ser forskelligt på samarbejdet"
    places = listing(all_about(map(str, most["label"].head(TOLD))))
    return heading(*(first_upper(way) for way in (f"{what}, mest om {places}", what)))


def text_mirror(table: SafeTable, edition: Edition) -> str:
    """Say the same with the numbers, in how many statements it is so, and where it is the other way round.

    Parameters
    ----------
    table, edition
        As in `finding_mirror`.

    Returns
    -------
    str
        One to four sentences; a polite one where nothing may be shown.

    Examples
    --------
    >>> from blupkit.survey.example import example_reader
    >>> release, edition = example_reader("alle")
    >>> text_mirror(release.cooperation, edition)
    'Kommunalt ansatte vurderer tillid højere end lokalrådsmedlemmer: 3,9 mod 2,8.'
    """
    sides = _sides(table, edition)
    if sides is None:
        return not_shown("samarbejdet set fra begge sider")
    one, other = sides.names
    most = _largest(sides, edition)
    only = "" if sides.whole else "Kun de udsagn, der kan vises for begge, er med."
    basis = text_basis(sides.shown) if few(sides.shown) else ""
    if most.empty:
        alike = [f"{first_upper(one)} og {other} ser nogenlunde ens på samarbejdet.", only, basis]
        return " ".join(filter(None, alike))
    decimals = edition.study.decimals
    pairs = list(most[["label", "value_first", "value_second"]].head(TOLD).itertuples(index=False))
    labels = all_about(str(label) for label, *_ in pairs)
    amounts = [f"{number(max(pair), decimals)} mod {number(min(pair), decimals)}" for _, *pair in pairs]
    told = list(zip(labels, amounts, strict=True))
    if len(sides.both) == 1:
        what, amount = told[0]
        sentences = [f"{first_upper(other)} vurderer {what} højere end {one}: {amount}."]
    else:
        some = "blandt andet " if len(most) > TOLD else ""
        where = listing(f"{what} ({amount})" for what, amount in told)
        sentences = [
            f"{first_upper(other)} vurderer samarbejdet højere end {one} i {_how_many(sides)}.",
            f"{first_upper(f'{some}om {where}')} er forskellen størst.",
            _turned(sides),
        ]
    return " ".join(filter(None, [*sentences, only, basis]))


def _how_many(sides: _Sides) -> str:
    higher, every = int((sides.higher >= ALIKE).sum()), len(sides.both)
    if higher == every:
        return "begge udsagn" if every == 2 else f"alle {count(every)} udsagn"
    return f"{'ét' if higher == 1 else count(higher)} af {count(every)} udsagn"


def _turned(sides: _Sides) -> str:
    """Say of which statements the other side is higher."""
    labels = sides.both.loc[-sides.higher >= ALIKE, "label"]
    if labels.empty:
        return ""
    if len(labels) > TOLD:
        return f"I {count(len(labels))} udsagn er det omvendt."
    only = "Kun om" if len(labels) == 1 else "Om"
    return f"{only} {listing(all_about(map(str, labels)))} er det omvendt."
