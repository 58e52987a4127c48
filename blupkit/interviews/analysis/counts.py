"""How often, by how many and in how many groups something was spoken of. Never per cent: few took part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations_with_replacement
from typing import Final, Literal

import numpy as np
import pandas as pd

from blupkit.core import ALL, Study
from blupkit.core.danish import count, count_of, many
from blupkit.disclosure.safe_table import MeasureRow, may_tell, measure_table
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.passage import Direction

TURNS: Final = "Ture"
SPEAKERS: Final = "Deltagere"
GROUPS: Final = "Grupper"
#: What one of each is, in the table of turns.
_UNITS: Final = {TURNS: ["interview", "turn"], SPEAKERS: ["interview", "speaker"], GROUPS: ["interview"]}
#: Parts of a talk, and what each is called.
PARTS: Final = {"1": "Første fjerdedel", "2": "Anden fjerdedel", "3": "Tredje fjerdedel", "4": "Sidste fjerdedel"}
SPREAD_COUNTS: Final = ["groups", "all_groups", "participants", "all_participants", "turns", "all_turns"]


def theme_counts(
    coded: Coded,
    by: Literal["group", "interview", "role"] = "group",
    level: Literal["theme", "code"] = "theme",
) -> pd.DataFrame:
    """Count turns, speakers and groups in which each theme or code occurs.

    A turn counts once for a theme, however many passages in it are coded. Those who lead the talk are left out. A theme
    that nobody spoke of has a row with 0. An interview that the coder has not coded yet counts nowhere.

    Parameters
    ----------
    coded : Coded
        One coder's codings, whole, or suggestions. More than one coder's would be counted together.
    by : {"group", "interview", "role"}
        What the columns are.
    level : {"theme", "code"}
        What the rows are.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: municipality "alle", group = the value of `by`, item = number of the theme or code; measures
        "Ture", "Deltagere", "Grupper"; n and highest = how many there are in that column; `among` = how many took part
        there, missing for groups.

    Examples
    --------
    >>> from blupkit.interviews import Codebook
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2, 3], "speaker": ["Bo", "Ida", "Bo"],
    ...     "role": "ansat", "group": "A"})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"], "name": ["Mandat"]}))
    >>> codings = pd.DataFrame({"interview": ["fg1", "fg1"], "turn": [1, 3], "theme": "1", "code": "1.1",
    ...     "source": "kodet"})
    >>> table = theme_counts(Coded(turns, codes, codings))
    >>> table[["group", "item", "measure", "value", "n"]].values.tolist()
    [['A', '1', 'Ture', 2.0, 3], ['A', '1', 'Deltagere', 1.0, 2], ['A', '1', 'Grupper', 1.0, 1]]
    """
    said = coded.said(level)
    hits = {
        unit: said.drop_duplicates([by, level, *columns]).groupby([by, level]).size().to_dict()
        for unit, columns in _UNITS.items()
    }
    rows = []
    for key, part in coded.spoken.groupby(by, sort=False):
        there = {unit: _distinct(part, unit) for unit in _UNITS}
        for item, label in (coded.themes if level == "theme" else coded.codebook.names).items():
            rows += [_row(str(key), item, label, hits[unit].get((key, item), 0), there[unit], unit) for unit in _UNITS]
    table = measure_table(rows)
    people = table["n"].where(table["measure"] == SPEAKERS).groupby(table["group"]).transform("max")
    return table.assign(among=people.mask(table["measure"] == GROUPS))


def _among_all(rows: Iterable[MeasureRow], coded: Coded) -> pd.DataFrame:
    return measure_table(rows).assign(among=float(_distinct(coded.spoken, SPEAKERS)))


def _distinct(turns: pd.DataFrame, unit: str) -> int:
    return len(turns[_UNITS[unit]].drop_duplicates())


def _row(group: str, item: str, label: str, value: int, n: int, unit: str = TURNS) -> MeasureRow:
    return MeasureRow(ALL, group, item, label, unit, float(value), n=n, lowest=0.0, highest=float(n))


def direction_counts(coded: Coded) -> pd.DataFrame:
    """Count the turns in which each theme is spoken of as a barrier, as a help, as a proposal, or neutrally.

    Parameters
    ----------
    coded : Coded
        One coder's codings. A passage without direction counts in none.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = direction, measure "Ture"; n and highest = the turns in which the theme occurs at
        all. A turn can count under several directions.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> table = direction_counts(interviews.read_coded(core.example_study()))
    >>> table[table["value"] > 0][["group", "label", "value", "n"]].values.tolist()
    [['barriere', 'Roller', 2.0, 2], ['barriere', 'Økonomi', 1.0, 2], ['fremmer', 'Økonomi', 1.0, 2]]
    """
    said = coded.codings.merge(coded.participant_turns[["interview", "turn"]], on=["interview", "turn"])
    rows = []
    for direction in Direction:
        for theme, label in coded.themes.items():
            about = said[said["theme"] == theme]
            value = _distinct(about[about["direction"] == direction], TURNS)
            rows.append(_row(direction.value, theme, label, value, _distinct(about, TURNS)))
    return _among_all(rows, coded)


def position_counts(coded: Coded) -> pd.DataFrame:
    """Count the turns with each theme in each quarter of the talk, over all interviews.

    A quarter is a quarter of all that was said, in words, so that it does not depend on whether a transcript has times.
    A turn belongs where its middle is; those who lead the talk take up room but do not count.

    Parameters
    ----------
    coded : Coded
        One coder's codings, or suggestions.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = "1" to "4", item = the theme, measure "Ture"; n = the participants' turns there.

    Examples
    --------
    >>> from blupkit.interviews import Codebook
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "speaker": "Bo", "role": "ansat", "group": "A",
    ...     "words": [30, 10]})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"]}))
    >>> codings = pd.DataFrame({"interview": ["fg1"], "turn": [2], "theme": "1", "source": "kodet"})
    >>> position_counts(Coded(turns, codes, codings))[["group", "value", "n"]].values.tolist()
    [['1', 0.0, 0], ['2', 0.0, 1], ['3', 0.0, 0], ['4', 1.0, 1]]
    """
    talks = coded.turns.groupby("interview")["words"]
    middle = (talks.cumsum() - coded.turns["words"] / 2) / talks.transform("sum").clip(lower=1)
    quarter = (np.floor(middle * len(PARTS)).clip(0, len(PARTS) - 1) + 1).astype(int).astype(str).rename("part")
    places = coded.turns[["interview", "turn"]].join(quarter)
    said = coded.said().merge(places, on=["interview", "turn"])
    found = Counter(zip(said["part"], said["theme"], strict=True))
    size = Counter(coded.spoken.join(quarter)["part"])
    rows = (
        _wide_row(part, theme, name, found[(part, theme)], size[part])
        for part in PARTS
        for theme, name in coded.themes.items()
    )
    return _among_all(rows, coded)


def theme_pairs(coded: Coded) -> pd.DataFrame:
    """Count the turns in which two themes are spoken of together.

    Parameters
    ----------
    coded : Coded
        One coder's codings, or suggestions.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = the number of one theme, item = the other one, measure "Ture"; n = the turns in which
        the theme of the column occurs. A pair stands once, with the theme that comes first in the codebook as the
        column; it has a row also when it never occurs. A theme with itself is all turns with it.

    Examples
    --------
    >>> from blupkit.interviews import Codebook
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2], "speaker": "Bo", "role": "ansat", "group": "A"})
    >>> codes = Codebook(pd.DataFrame({"theme": ["1", "2"], "theme_name": ["Roller", "Tillid"]}))
    >>> codings = pd.DataFrame({"interview": "fg1", "turn": [1, 1, 2], "theme": ["1", "2", "1"], "source": "kodet"})
    >>> theme_pairs(Coded(turns, codes, codings))[["group", "item", "value", "n"]].values.tolist()
    [['1', '1', 2.0, 2], ['1', '2', 1.0, 2], ['2', '2', 1.0, 1]]
    """
    said, heads = coded.said(), theme_heads(coded)
    given = pd.crosstab([said["interview"], said["turn"]], said["theme"]).reindex(columns=list(heads), fill_value=0)
    both = given.to_numpy().T @ given.to_numpy()
    rows = (
        _wide_row(first, second, heads[second], int(both[here, there]), int(both[here, here]))
        for (here, first), (there, second) in combinations_with_replacement(enumerate(heads), 2)
    )
    return _among_all(rows, coded)


def _wide_row(group: str, item: str, label: str, value: int, n: int) -> MeasureRow:
    """Give a count whose scale goes beyond 100, so that it is never taken for a share."""
    return _row(group, item, label, value, n)._replace(highest=float(max(n, 101)))


def theme_heads(coded: Coded) -> dict[str, str]:
    """Name the themes for a column's head: number and name.

    Parameters
    ----------
    coded : Coded
        Its themes.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> theme_heads(interviews.read_coded(core.example_study()))
    {'1': '1 Roller', '2': '2 Økonomi'}
    """
    return {theme: f"{theme} {name}" for theme, name in coded.themes.items()}


def theme_numbers(coded: Coded) -> dict[str, str]:
    """Name the themes by number alone, for a column's head where their names stand in the rows.

    Parameters
    ----------
    coded : Coded
        Its themes.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> theme_numbers(interviews.read_coded(core.example_study()))
    {'1': 'Tema 1', '2': 'Tema 2'}
    """
    return {theme: f"Tema {theme}" for theme in coded.themes}


def spread(coded: Coded, study: Study | None = None) -> pd.DataFrame:
    """Count in how many groups and by how many participants each theme was spoken of.

    Parameters
    ----------
    coded : Coded
        As in `theme_counts`.
    study : Study, optional
        Where it is for a page: its thresholds then say which numbers of participants may be told.

    Returns
    -------
    pandas.DataFrame
        One row a theme in the codebook's order: theme, theme_name, groups, all_groups, participants, all_participants,
        turns, all_turns, text ("11 af 16 deltagere i alle fire grupper"). Participants and turns are missing where
        `disclosure.may_tell` says no, and the text has the groups alone.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> spread(interviews.read_coded(core.example_study()))[["theme_name", "text"]].values.tolist()
    [['Roller', 'begge deltagere'], ['Økonomi', 'en af to deltagere']]
    """
    said = coded.said()
    rows = []
    for theme, name in coded.themes.items():
        part = said[said["theme"] == theme]
        counted = [_distinct(table, unit) for unit in (GROUPS, SPEAKERS, TURNS) for table in (part, coded.spoken)]
        rows.append((theme, name, *counted, text_spread(*counted[:4])))
    table = pd.DataFrame(rows, columns=["theme", "theme_name", *SPREAD_COUNTS, "text"])
    return table if study is None else _as_told(table, study)


def _as_told(table: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Leave out how many participants there are behind a theme, where too few are to be told of."""
    silent = ~may_tell(table["participants"], table["all_participants"], study) & (table["participants"] > 0)
    told = ["participants", "turns"]
    alone = [text_spread(*groups) for groups in table[["groups", "all_groups"]].itertuples(index=False)]
    return table.assign(text=table["text"].mask(silent, alone), **table[told].astype("Int64").mask(silent))


def spoken_numbers(coded: Coded) -> pd.DataFrame:
    """Give the counts that pages about the interviews show in the lines of themes: no one's answers, and no secret.

    What people write of in the survey is counted by the same themes, and may be hidden.

    Parameters
    ----------
    coded : Coded
        What the pages are made from.

    Returns
    -------
    pandas.DataFrame
        `label`, `value` and `n`.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> spoken_numbers(interviews.read_coded(core.example_study())).head(1).values.tolist()
    [['Roller', 1.0, 2.0]]
    """
    by_group, by_interview = theme_counts(coded, by="group"), theme_counts(coded, by="interview")
    whole = spread(coded).rename(columns={"theme_name": "label"}).melt("label", SPREAD_COUNTS)
    positions = position_counts(coded)
    tables = [by_group, by_interview, direction_counts(coded), positions, theme_pairs(coded), whole]
    # Of a group's turns, an interview's and a quarter's, figures tell the share in per cent.
    shares = [
        table.assign(value=100 * table["value"] / table["n"], n=np.nan) for table in (by_group, by_interview, positions)
    ]
    return pd.concat([*tables, *shares], ignore_index=True)[["label", "value", "n"]]


def text_spread(groups: int, all_groups: int, participants: int | None = None, all_participants: int = 0) -> str:
    """Say who spoke of something: how many of the participants, in how many groups.

    Parameters
    ----------
    groups, all_groups : int
        Groups in which it was, and all of them.
    participants, all_participants : int
        Participants who did, and all of them; without them the groups alone are told.

    Examples
    --------
    >>> text_spread(4, 4, 16, 16), text_spread(3, 4, 11, 16), text_spread(4, 4), text_spread(0, 4, 0, 16)
    ('alle 16 deltagere', '11 af 16 deltagere i tre af fire grupper', 'alle fire grupper', 'ingen deltagere')
    """
    if not groups:
        return "ingen deltagere"
    where = (
        f"{count(groups)} af {count(all_groups)} grupper" if groups < all_groups else _every(groups, "nævnt", "grupper")
    )
    if participants is None:
        return where
    if participants == all_participants:
        return _every(participants, "den ene deltager", "deltagere")
    people = f"{count_of(participants, all_participants)} deltagere"
    return people if all_groups == 1 else f"{people} i {where}"


def _every(many_of: int, one: str, several: str) -> str:
    return {1: one, 2: f"begge {several}"}.get(many_of, f"alle {count(many_of)} {several}")


def text_turns(value: float) -> str:
    """Write a number of turns: "1 tur", "12 ture"."""
    return many(int(value), "tur", "ture")
