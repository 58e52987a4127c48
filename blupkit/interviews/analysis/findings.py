"""What was said, in Danish sentences: counts of groups, participants and turns, never per cent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import pandas as pd

from blupkit.core import Edition
from blupkit.core.danish import close_to, contrast, count, count_of, first_upper, heading, listing, number, text_close
from blupkit.disclosure import SafeTable
from blupkit.interviews.analysis.counts import TURNS, text_turns
from blupkit.interviews.coding.passage import Direction

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
    """Say which themes run through all groups: a heading; `text_themes` says which one most participants speak of.

    Parameters
    ----------
    spread : pandas.DataFrame
        What `spread` counted; not changed.

    Returns
    -------
    str
        A sentence without full stop, of at most 16 words.

    Examples
    --------
    >>> table = pd.DataFrame({"theme_name": ["Roller", "Tillid"], "groups": [4, 2], "all_groups": 4,
    ...     "participants": [11, 5], "all_participants": 16})
    >>> finding_themes(table)
    'Ét af de to temaer går igen i alle fire grupper: »Roller«'
    """
    if spread.empty or not spread["groups"].sum():
        return _NOTHING.rstrip(".")
    if spread["all_groups"].iloc[0] == 1 and (most := _most(spread)):
        return heading(most.rstrip("."), "Nogle temaer fylder mere end andre")
    whole = _through(spread)
    return heading(whole, whole.split(":")[0])


def text_themes(spread: pd.DataFrame) -> str:
    """Say which themes run through all groups, and which one most participants speak of.

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
    >>> text_themes(table)
    'Ét af de to temaer går igen i alle fire grupper: »Roller«. Flest deltagere, 11 af 16, taler om »Roller«.'
    """
    if spread.empty or not spread["groups"].sum():
        return _NOTHING
    most = _most(spread)
    return f"{_through(spread)}. {most}".strip() if spread["all_groups"].iloc[0] > 1 or not most else most


def _most(spread: pd.DataFrame) -> str:
    """Say which theme most participants speak of; "" where that is not told, or nearly all are alike."""
    if spread["participants"].isna().all():
        return ""
    top = spread[spread["participants"] == spread["participants"].max()]
    of = count_of(int(top["participants"].iloc[0]), int(top["all_participants"].iloc[0]))
    if len(top) == len(spread) > 1:
        return f"Lige mange deltagere, {of}, taler om hvert tema."
    if len(top) > 2:  # a list of nearly all themes is no finding
        return ""
    return f"Flest deltagere, {of}, taler om {listing(map(_theme, top['theme_name']))}."


def _through(spread: pd.DataFrame) -> str:
    everywhere = spread[spread["groups"] == spread["all_groups"]]
    groups = spread["all_groups"].iloc[0]
    where = {1: "er nævnt", 2: "går igen i begge grupper"}.get(groups, f"går igen i alle {count(groups)} grupper")
    names = listing(map(_theme, everywhere["theme_name"]))
    if everywhere.empty:
        return f"Ingen temaer {where}"
    if len(everywhere) == len(spread):
        whole = {1: "Temaet", 2: "Begge temaer"}.get(len(spread), f"Alle {count(len(spread))} temaer")
        return f"{whole} {where}"
    return f"{first_upper(count_neuter(len(everywhere)))} af de {count(len(spread))} temaer {where}: {names}"


def finding_groups_differ(table: SafeTable, edition: Edition) -> str:
    """Say which theme each group speaks of in most turns: a heading; `text_groups_differ` says in how many.

    Parameters
    ----------
    table : SafeTable
        What `theme_counts` counted by group.
    edition : Edition
        The reader, for the groups' names.

    Returns
    -------
    str
        A sentence without full stop, of at most 16 words: "oftest", or "ofte" where other themes lie close.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> table = interviews.theme_counts(interviews.read_coded(study))
    >>> frame = table[table["group"] == "A"].assign(status="vist")
    >>> finding_groups_differ(SafeTable(frame, 5), core.read_edition(study, "alle"))
    'Kommunalt ansatte taler oftest om »Roller«'
    """
    told, near, whole = _said_most(table, edition)
    if not told:
        return (_NOTHING if whole else NOT_BY_GROUP).rstrip(".")
    return _most_heading(told, "taler", near)


def text_groups_differ(table: SafeTable, edition: Edition) -> str:
    """Say the same with the numbers, and in which groups other themes lie close.

    Parameters
    ----------
    table, edition
        As in `finding_groups_differ`.

    Returns
    -------
    str
        A sentence a group; turns are told as counts, since the groups' turns are no sample.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> study = core.example_study()
    >>> table = interviews.theme_counts(interviews.read_coded(study))
    >>> frame = table[table["group"] == "A"].assign(status="vist")
    >>> text_groups_differ(SafeTable(frame, 5), core.read_edition(study, "alle"))
    'Kommunalt ansatte taler oftest om »Roller«: 1 af 1 tur.'
    """
    told, near, whole = _said_most(table, edition)
    if not told:
        return _NOTHING if whole else NOT_BY_GROUP
    return f"{_each(told, 'taler')}{near}"


def _said_most(table: SafeTable, edition: Edition) -> tuple[list[_Most], str, bool]:
    """Give each group's first themes, how close others lie, and whether nothing is hidden."""
    rows = table.frame[table.frame["measure"] == TURNS]
    # Where some of a group's themes are hidden, the first may be among them.
    whole = rows["value"].notna().groupby(rows["group"]).transform("all")
    told, near = _first_themes(rows[whole], edition, text_turns, "taler")
    return told, near, bool(whole.all())


def _each(told: list[_Most], does: str) -> str:
    return " ".join(first_upper(f"{most.who} {does} oftest om {most.themes}: {most.amount}.") for most in told)


def _most_heading(told: list[_Most], does: str, near: str) -> str:
    """Write what each group speaks or writes of, in as many words as a heading has room for."""
    often = "ofte" if near else "oftest"
    tops: dict[str, list[str]] = {}
    for most in told:
        tops.setdefault(most.themes, []).append(most.who)
    ways = [
        contrast(tops, f"{does} {often} om", f"{does} {'om' if near else 'mest om'}", brief=brief)
        for brief in (False, True)
    ]
    every = "Begge grupper" if len(told) == 2 else "Alle grupper"
    short = f"Grupperne {does} om hver sit" if len(tops) > 1 else f"{every} {does} {often} om {told[0].themes}"
    return heading(*ways, short, f"{every} {does} {often} om det samme" if len(tops) == 1 else short)


class _Most(NamedTuple):
    """What a group speaks or writes of most: who, the themes, and how often in words."""

    who: str
    themes: str
    amount: str


def _first_themes(rows: pd.DataFrame, edition: Edition, of: Callable[[int], str], does: str) -> tuple[list[_Most], str]:
    """Give each group's first themes in the order of the rows, and how close the others lie."""
    told, close = [], {}
    for key, part in rows.groupby("group", sort=False):
        first = part["value"] == part["value"].max()
        top, value, n = part[first], float(part["value"].max()), int(part.loc[first, "n"].iloc[0])
        if value > 0:
            who = edition.group_name(str(key))
            close[who] = close_to(value, part.loc[~first, "value"])
            each = "hver " if len(top) > 1 else ""
            told.append(_Most(who, listing(map(_theme, top["label"])), f"{each}{number(value, 0)} af {of(n)}"))
    return told, text_close(close, f"{does} om et andet tema", f"{does} om andre temaer")


def finding_directions(table: pd.DataFrame) -> str:
    """Say which theme is most often spoken of as hard, and which as a help: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `direction_counts` counted; not changed.

    Returns
    -------
    str
        A sentence or two without full stop, of at most 16 words.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["barriere", "fremmer"], "label": ["Tillid", "Roller"], "value": [3.0, 1.0]})
    >>> finding_directions(table)
    'Oftest svært: »Tillid«. Oftest en hjælp: »Roller«'
    """
    told = {}
    for direction, what in ((Direction.BARRIER, "svært"), (Direction.HELP, "en hjælp")):
        here = table[table["group"] == direction]
        if here["value"].max() > 0:
            told[what] = listing(_theme(name) for name in here.loc[here["value"] == here["value"].max(), "label"])
    if not told:
        return "Der er ikke sat retning på kodningerne"
    first = f"Oftest {next(iter(told))}: {next(iter(told.values()))}"
    if len(set(told.values())) == 1 < len(told):
        both = next(iter(told.values()))
        return heading(f"{both} er oftest både noget svært og en hjælp", "De samme temaer er både svære og en hjælp")
    each = ". ".join(f"Oftest {what}: {themes}" for what, themes in told.items())
    return heading(each, first, "Flere temaer nævnes lige ofte som svære")


def finding_positions(table: pd.DataFrame) -> str:
    """Say which theme each end of the talk is about: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `position_counts` counted; not changed.

    Returns
    -------
    str
        A sentence without full stop, of at most 16 words.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["1", "4"], "label": ["Roller", "Tillid"], "value": [2.0, 1.0]})
    >>> finding_positions(table)
    'Først i samtalerne fylder »Roller« mest, til sidst »Tillid«'
    """
    told = []
    for part, when in (("1", "først i samtalerne"), ("4", "til sidst i samtalerne")):
        here = table[table["group"] == part].sort_values("value", ascending=False, kind="stable")
        if len(here) and here["value"].iloc[0] > 0:
            told.append((when, _theme(here["label"].iloc[0])))
    if not told:
        return "Ingen temaer er fundet i samtalerne"
    (when, theme), *others = told
    if others and others[0][1] == theme:
        return f"Både først og sidst i samtalerne fylder {theme} mest"
    last = "".join(f", til sidst {other}" for _, other in others)
    return heading(first_upper(f"{when} fylder {theme} mest{last}"), "Samtalerne begynder og slutter med hver sit tema")


def finding_pairs(table: pd.DataFrame) -> str:
    """Say which two themes most often go together: a heading.

    Parameters
    ----------
    table : pandas.DataFrame
        What `theme_pairs` counted; not changed.

    Returns
    -------
    str
        A sentence without full stop, of at most 16 words.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> finding_pairs(interviews.theme_pairs(interviews.read_coded(core.example_study())))
    '»Roller« og »Økonomi« nævnes oftest i samme tur'
    """
    names = {item: label.removeprefix(f"{item} ") for item, label in zip(table["item"], table["label"], strict=True)}
    pairs = table[(table["value"] > 0) & (table["group"] != table["item"])]
    best = pairs[pairs["value"] == pairs["value"].max()]
    if best.empty:
        return "Ingen temaer er nævnt i samme tur"
    if len(best) > 1:
        return f"{first_upper(count(len(best)))} par af temaer nævnes lige ofte i samme tur"
    first, second = (_theme(names[best[column].iloc[0]]) for column in ("group", "item"))
    return heading(f"{first} og {second} nævnes oftest i samme tur", f"{first} og {second} nævnes sammen")


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
        A sentence without full stop, of at most 16 words: "oftest", or "ofte" where other themes lie close. Groups that
        write of the same are named together.

    Examples
    --------
    >>> from blupkit import core
    >>> frame = pd.DataFrame({"group": "L", "item": ["1", "2"], "label": ["Roller", "Tillid"], "value": [9.0, 1.0],
    ...     "n": 10, "status": "vist"})
    >>> finding_open_answers(SafeTable(frame, 5), core.read_edition(core.example_study(), "alle"))
    'Lokalrådsmedlemmer skriver oftest om »Roller«'
    """
    told, near = _most_written(table, edition)
    return _most_heading(told, "skriver", near) if told else _nothing_written(table).rstrip(".")


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
        One sentence a group, and one on those in which other themes lie close; counts and never per cent, since only
        some write anything.

    Examples
    --------
    >>> from blupkit import core
    >>> frame = pd.DataFrame({"group": "L", "item": ["1", "2"], "label": ["Roller", "Tillid"], "value": [9.0, 1.0],
    ...     "n": 10, "status": "vist"})
    >>> text_open_answers(SafeTable(frame, 5), core.read_edition(core.example_study(), "alle"))
    'Lokalrådsmedlemmer skriver oftest om »Roller«: 9 af 10.'
    """
    told, near = _most_written(table, edition)
    if not told:
        return _nothing_written(table)
    return f"{_each(told, 'skriver')}{near}"


def _nothing_written(table: SafeTable) -> str:
    return NOTHING_SHOWN if table.hidden else NOTHING_CODED


def _most_written(table: SafeTable, edition: Edition) -> tuple[list[_Most], str]:
    order = {group.key: place for place, group in enumerate(edition.study.groups)}
    rows = table.shown[table.shown["group"].isin(list(order))]
    rows = rows.sort_values("group", key=lambda keys: keys.map(order), kind="stable")
    return _first_themes(rows, edition, lambda n: number(n, 0), "skriver")
