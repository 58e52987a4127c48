"""What was said, in Danish sentences: counts of groups, participants and turns, never per cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import close_to, contrast, count, first_upper, listing, number, text_close
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import TURNS, text_turns
from blupkit.interviews.coding.passage import DIRECTION_HEADS, Direction

NOTHING_CODED: Final = "Ingen af svarene er mærket med temaer endnu."
NOTHING_SHOWN: Final = "Af hensyn til deltagernes fortrolighed viser vi ikke, hvad deltagerne skriver om."
NOT_BY_GROUP: Final = "Af hensyn til deltagernes fortrolighed viser vi ikke, hvor ofte hver gruppe taler om temaerne."
_NOTHING: Final = "Ingen af kodebogens temaer er fundet i interviewene."


def count_neuter(value: int) -> str:
    """Write a count before a neuter noun: "ét tema"."""
    return "ét" if value == 1 else count(value)


def _theme(name: str) -> str:
    return f"»{name}«"


def finding_themes(spread: pd.DataFrame) -> str:
    """Say which themes run through all groups, and which one most participants speak of: a heading.

    Parameters
    ----------
    spread : pandas.DataFrame
        What `spread` counted; not changed.

    Returns
    -------
    str
        One or two sentences.

    Examples
    --------
    >>> table = pd.DataFrame({"theme_name": ["Roller", "Tillid"], "groups": [4, 2], "all_groups": 4,
    ...     "participants": [11, 5], "all_participants": 16})
    >>> finding_themes(table)
    'Ét af de to temaer går igen i alle fire grupper: »Roller«. Flest deltagere taler om »Roller« (11 af 16 deltagere).'
    """
    if spread.empty or not spread["groups"].sum():
        return _NOTHING
    everywhere = spread[spread["groups"] == spread["all_groups"]]
    if spread["participants"].isna().all():
        return _through(everywhere, spread)
    top = spread[spread["participants"] == spread["participants"].max()]
    of = f"{top['participants'].iloc[0]} af {top['all_participants'].iloc[0]} deltagere"
    if len(top) == len(spread) > 1:
        most = f"Lige mange deltagere taler om hvert tema ({of})."
    elif len(top) > 2:  # a list of nearly all themes is no finding
        most = ""
    else:
        most = f"Flest deltagere taler om {listing(map(_theme, top['theme_name']))} ({of})."
    return f"{_through(everywhere, spread)} {most}".strip() if spread["all_groups"].iloc[0] > 1 or not most else most


def _through(everywhere: pd.DataFrame, spread: pd.DataFrame) -> str:
    groups = spread["all_groups"].iloc[0]
    where = "begge grupper" if groups == 2 else f"alle {count(groups)} grupper"
    names = listing(map(_theme, everywhere["theme_name"]))
    if everywhere.empty:
        return f"Ingen temaer går igen i {where}."
    if len(everywhere) == len(spread):
        whole = {1: "Temaet", 2: "Begge temaer"}.get(len(spread), f"Alle {count(len(spread))} temaer")
        return f"{whole} går igen i {where}."
    return (
        f"{first_upper(count_neuter(len(everywhere)))} af de {count(len(spread))} temaer går igen i {where}: {names}."
    )


def finding_groups_differ(table: SafeTable, edition: Edition) -> str:
    """Say which theme each group speaks of in most turns.

    Parameters
    ----------
    table : SafeTable
        What `theme_counts` counted by group.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence, and one on the groups in which other themes lie close; turns are told as counts, since the groups'
        turns are no sample.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> table = interviews.theme_counts(interviews.read_coded(study))
    >>> frame = table[table["group"] == "A"].assign(status="vist")
    >>> finding_groups_differ(SafeTable(frame, 5), core.read_edition(study, "alle"))
    'Kommunalt ansatte taler oftest om »Roller« (1 af 1 tur).'
    """
    rows = table.frame[table.frame["measure"] == TURNS]
    # Where some of a group's themes are hidden, the first may be among them.
    whole = rows["value"].notna().groupby(rows["group"]).transform("all")
    told, near = _first_themes(rows[whole], edition, text_turns)
    if not told:
        return _NOTHING if whole.all() else NOT_BY_GROUP
    if len(told) > 1 and len({most.themes for most in told}) == 1:
        both = "både " if len(told) == 2 else ""
        who = listing(f"{most.who} {most.amount}" for most in told)
        return first_upper(f"{both}{who} taler oftest om {told[0].themes}{near}.")
    first, *others = told
    more = [f"{most.who} om {most.themes} {most.amount}" for most in others]
    return f"{listing([f'{first_upper(first.who)} taler oftest om {first.themes} {first.amount}', *more])}{near}."


class _Most(NamedTuple):
    """What a group speaks or writes of most: who, the themes, and how often in words."""

    who: str
    themes: str
    amount: str


def _first_themes(rows: pd.DataFrame, edition: Edition, of: Callable[[int], str]) -> tuple[list[_Most], str]:
    """Give each group's first themes in the order of the rows, and how close the others lie."""
    told, close = [], {}
    for key, part in rows.groupby("group", sort=False):
        first = part["value"] == part["value"].max()
        top, value, n = part[first], float(part["value"].max()), int(part.loc[first, "n"].iloc[0])
        if value > 0:
            who = edition.group_name(str(key))
            close[who] = close_to(value, part.loc[~first, "value"])
            each = " hver" if len(top) > 1 else ""
            told.append(_Most(who, listing(map(_theme, top["label"])), f"({number(value, 0)} af {of(n)}{each})"))
    return told, text_close(close, "et andet tema", "andre temaer")


def finding_directions(table: pd.DataFrame) -> str:
    """Say which theme is most often spoken of as hard, and which as a help: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `direction_counts` counted; not changed.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["barriere", "fremmer"], "label": "Tillid", "value": [3.0, 1.0]})
    >>> finding_directions(table)
    'Der tales oftest om »Tillid« som noget svært (3 ture) og om »Tillid« som noget, der hjælper (1 tur).'
    """
    told = []
    for direction in (Direction.BARRIER, Direction.HELP):
        here = table[table["group"] == direction]
        most = here["value"].max()
        if most > 0:
            themes = [_theme(name) for name in here.loc[here["value"] == most, "label"]]
            each = "" if len(themes) == 1 else " hver"
            how = DIRECTION_HEADS[direction].lower()
            told.append(f"om {listing(themes)} som {how} ({text_turns(most)}{each})")
    if not told:
        return "Der er ikke sat retning på kodningerne."
    return f"Der tales oftest {listing(told)}."


def finding_positions(table: pd.DataFrame) -> str:
    """Say which theme each end of the talk is about: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `position_counts` counted; not changed.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["1", "4"], "label": ["Roller", "Tillid"], "value": [2.0, 1.0]})
    >>> finding_positions(table)
    'Først i samtalerne fylder »Roller« mest, til sidst fylder »Tillid« mest.'
    """
    told = []
    for part, when in (("1", "først i samtalerne"), ("4", "til sidst")):
        here = table[table["group"] == part].sort_values("value", ascending=False, kind="stable")
        if len(here) and here["value"].iloc[0] > 0:
            told.append(f"{when} fylder {_theme(here['label'].iloc[0])} mest")
    return first_upper(", ".join(told)) + "." if told else "Ingen temaer er fundet i samtalerne."


def finding_pairs(table: pd.DataFrame, most: int = 2) -> str:
    """Say which two themes most often go together: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `theme_pairs` counted; not changed.
    most : int
        How many pairs may be named.

    Returns
    -------
    str
        One sentence.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> finding_pairs(interviews.theme_pairs(interviews.read_coded(core.example_study())))
    'Oftest i samme tur: »Roller« og »Økonomi« (1 tur).'
    """
    names = {item: label.removeprefix(f"{item} ") for item, label in zip(table["item"], table["label"], strict=True)}
    pairs = table[(table["value"] > 0) & (table["group"] != table["item"])]
    best = pairs.sort_values("value", ascending=False, kind="stable").head(most)
    if best.empty:
        return "Ingen temaer er nævnt i samme tur."
    told = [
        f"{_theme(names[first])} og {_theme(names[second])} ({text_turns(value)})"
        for first, second, value in zip(best["group"], best["item"], best["value"], strict=True)
    ]
    return f"Oftest i samme tur: {'; dernæst '.join(told)}."


def finding_open_answers(table: SafeTable, edition: Edition) -> str:
    """Say which theme most persons of each group write of: a heading.

    Parameters
    ----------
    table : SafeTable
        What `open_answer_counts` counted.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence without full stop, and one on the groups in which other themes lie close; groups that write of the
        same are named together.

    Examples
    --------
    >>> from blupkit import core
    >>> frame = pd.DataFrame({"group": "L", "item": ["1", "2"], "label": ["Roller", "Tillid"], "value": [9.0, 1.0],
    ...     "n": 10, "status": "vist"})
    >>> finding_open_answers(SafeTable(frame, 5), core.read_edition(core.example_study(), "alle"))
    'Lokalrådsmedlemmer skriver oftest om »Roller«'
    """
    told, near = _most_written(table, edition)
    tops: dict[str, list[str]] = {}
    for most in told:
        tops.setdefault(most.themes, []).append(most.who)
    if not tops:
        return _nothing_written(table).rstrip(".")
    return contrast(tops, "skriver oftest om", "skriver mest om") + near


def text_open_answers(table: SafeTable, edition: Edition) -> str:
    """Say the same with the numbers.

    Parameters
    ----------
    table : SafeTable
        What `open_answer_counts` counted.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        One sentence a group; counts and never per cent, since only some write anything.

    Examples
    --------
    >>> from blupkit import core
    >>> frame = pd.DataFrame({"group": "L", "item": ["1", "2"], "label": ["Roller", "Tillid"], "value": [9.0, 1.0],
    ...     "n": 10, "status": "vist"})
    >>> text_open_answers(SafeTable(frame, 5), core.read_edition(core.example_study(), "alle"))
    'Lokalrådsmedlemmer skriver oftest om »Roller« (9 af 10).'
    """
    told, near = _most_written(table, edition)
    if not told:
        return _nothing_written(table)
    said = " ".join(f"{first_upper(most.who)} skriver oftest om {most.themes} {most.amount}." for most in told)
    return f"{said.rstrip('.')}{near}."


def _nothing_written(table: SafeTable) -> str:
    return NOTHING_SHOWN if table.hidden else NOTHING_CODED


def _most_written(table: SafeTable, edition: Edition) -> tuple[list[_Most], str]:
    order = {group.key: place for place, group in enumerate(edition.study.groups)}
    rows = table.shown[table.shown["group"].isin(list(order))]
    rows = rows.sort_values("group", key=lambda keys: keys.map(order), kind="stable")
    return _first_themes(rows, edition, lambda n: number(n, 0))
