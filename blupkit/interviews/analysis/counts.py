"""How often, by how many and in how many groups something was spoken of. Never per cent: few took part."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import pandas as pd

from blupkit.core import ALL
from blupkit.core.danish import count, number
from blupkit.disclosure import MEASURE_COLUMNS
from blupkit.interviews.coding.codebook import Codebook
from blupkit.interviews.coding.codings import CODED, DIRECTIONS
from blupkit.interviews.transcripts.reading import HOSTS

TURNS: Final = "Ture"
SPEAKERS: Final = "Deltagere"
GROUPS: Final = "Grupper"
#: What one of each is, in the table of turns.
_UNITS: Final = {TURNS: ["interview", "turn"], SPEAKERS: ["interview", "speaker"], GROUPS: ["interview"]}


def participant_turns(turns: pd.DataFrame) -> pd.DataFrame:
    """Choose the turns that can be coded: without those who lead the talk and, in a study with groups, those in none.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        The same columns; `group` is "alle" where the study maps no role to a group.
    """
    guests = turns[~turns["role"].isin(HOSTS)]
    if (guests["group"] != "").any():
        return guests[guests["group"] != ""]
    return guests.assign(group=ALL)


def coded_turns(codings: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """Choose the participants' turns of the interviews that have been coded: in the others, nothing could be found.

    Parameters
    ----------
    codings : pandas.DataFrame
        All of one coder's codings, or suggestions; not changed. Suggestions are looked for in every interview, and
        where nothing is coded at all, every interview counts too.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        As `participant_turns`.
    """
    spoken = participant_turns(turns)
    searched = codings.empty or (codings["source"] != CODED).any()
    return spoken if searched else spoken[spoken["interview"].isin(codings["interview"])]


def theme_counts(
    codings: pd.DataFrame,
    turns: pd.DataFrame,
    codebook: Codebook,
    by: Literal["group", "interview", "role"] = "group",
    level: Literal["theme", "code"] = "theme",
) -> pd.DataFrame:
    """Count turns, speakers and groups in which each theme or code occurs.

    A turn counts once for a theme, however many passages in it are coded. Those who lead the talk are left out. A theme
    that nobody spoke of has a row with 0. An interview that the coder has not coded yet counts nowhere.

    Parameters
    ----------
    codings : pandas.DataFrame
        What `main_codings` or `suggest_codes` returned, whole; not changed. More than one coder's would be counted
        together.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        Which themes and codes there are.
    by : {"group", "interview", "role"}
        What the columns are.
    level : {"theme", "code"}
        What the rows are.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: municipality "alle", group = the value of `by`, item = number of the theme or code; measures
        "Ture", "Deltagere", "Grupper"; n and highest = how many there are in that column.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2, 3], "speaker": ["Bo", "Ida", "Bo"],
    ...     "role": "ansat", "group": "A"})
    >>> codes = Codebook(pd.DataFrame({"code": ["1.1"], "theme": ["1"], "theme_name": ["Roller"], "name": ["Mandat"]}))
    >>> codings = pd.DataFrame({"interview": ["fg1", "fg1"], "turn": [1, 3], "theme": "1", "code": "1.1",
    ...     "source": "kodet"})
    >>> theme_counts(codings, turns, codes)[["group", "item", "measure", "value", "n"]].values.tolist()
    [['A', '1', 'Ture', 2.0, 3], ['A', '1', 'Deltagere', 1.0, 2], ['A', '1', 'Grupper', 1.0, 1]]
    """
    spoken = coded_turns(codings, turns)
    said = codings[["interview", "turn", level]].drop_duplicates().merge(spoken, on=["interview", "turn"])
    names = _names(codebook, level)
    rows = []
    for key, part in spoken.groupby(by, sort=False):
        here = said[said[by] == key]
        for item, label in names.items():
            hit = here[here[level] == item]
            rows += [_row(key, item, label, unit, _distinct(hit, unit), _distinct(part, unit)) for unit in _UNITS]
    return _measures(rows)


def _names(codebook: Codebook, level: str) -> dict[str, str]:
    if level == "theme":
        return dict(zip(codebook.themes["theme"], codebook.themes["theme_name"], strict=True))
    return dict(zip(codebook.codes["code"], codebook.codes["name"], strict=True))


def _distinct(turns: pd.DataFrame, unit: str) -> int:
    return len(turns[_UNITS[unit]].drop_duplicates())


def _row(group: object, item: str, label: str, unit: str, value: int, n: int) -> tuple[object, ...]:
    return (ALL, str(group), item, label, unit, float(value), np.nan, np.nan, n, 0.0, float(n))


def _measures(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=MEASURE_COLUMNS)
    words = dict.fromkeys(MEASURE_COLUMNS[:5], "str")
    return frame.astype(words | dict.fromkeys(MEASURE_COLUMNS[5:], "float64") | {"n": "int64"})


def direction_counts(codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count the turns in which each theme is spoken of as a barrier, as a help, as a proposal, or neutrally.

    Parameters
    ----------
    codings : pandas.DataFrame
        What `main_codings` returned; not changed. A passage without direction counts in none.
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.
    codebook : Codebook
        Which themes there are.

    Returns
    -------
    pandas.DataFrame
        `MEASURE_COLUMNS`: group = direction, measure "Ture"; n and highest = the turns in which the theme occurs at
        all. A turn can count under several directions.
    """
    spoken = participant_turns(turns)[["interview", "turn"]]
    said = codings.merge(spoken, on=["interview", "turn"])
    rows = []
    for direction in DIRECTIONS:
        for theme, label in _names(codebook, "theme").items():
            about = said[said["theme"] == theme]
            value = _distinct(about[about["direction"] == direction], TURNS)
            rows.append(_row(direction, theme, label, TURNS, value, _distinct(about, TURNS)))
    return _measures(rows)


def spread(codings: pd.DataFrame, turns: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Count in how many groups and by how many participants each theme was spoken of.

    Parameters
    ----------
    codings, turns, codebook
        As in `theme_counts`.

    Returns
    -------
    pandas.DataFrame
        One row a theme in the codebook's order: theme, theme_name, groups, all_groups, participants, all_participants,
        turns, all_turns, text ("i 4 af 4 grupper, af 11 af 16 deltagere").
    """
    spoken = coded_turns(codings, turns)
    said = codings[["interview", "turn", "theme"]].drop_duplicates().merge(spoken, on=["interview", "turn"])
    whole = {unit: _distinct(spoken, unit) for unit in _UNITS}
    rows = []
    for theme, name in _names(codebook, "theme").items():
        part = said[said["theme"] == theme]
        groups, people = _distinct(part, GROUPS), _distinct(part, SPEAKERS)
        text = text_spread(groups, whole[GROUPS], people, whole[SPEAKERS])
        counted = (groups, whole[GROUPS], people, whole[SPEAKERS], _distinct(part, TURNS), whole[TURNS])
        rows.append((theme, name, *counted, text))
    counts = ["groups", "all_groups", "participants", "all_participants", "turns", "all_turns"]
    return pd.DataFrame(rows, columns=["theme", "theme_name", *counts, "text"])


def text_spread(groups: int, all_groups: int, participants: int, all_participants: int) -> str:
    """Say in how many groups and by how many participants something was spoken of.

    Parameters
    ----------
    groups, all_groups : int
        Groups in which it was, and all of them.
    participants, all_participants : int
        Participants who did, and all of them.

    Examples
    --------
    >>> text_spread(4, 4, 11, 16), text_spread(0, 4, 0, 16)
    ('i 4 af 4 grupper, af 11 af 16 deltagere', 'ikke nævnt i nogen af de fire grupper')
    """
    if not participants:
        return f"ikke nævnt i nogen af de {count(all_groups)} grupper" if all_groups > 1 else "ikke nævnt"
    of_groups = f"i {groups} af {all_groups} {'gruppe' if all_groups == 1 else 'grupper'}"
    return (
        f"{of_groups}, af {participants} af {all_participants} {'deltager' if all_participants == 1 else 'deltagere'}"
    )


def text_turns(value: float) -> str:
    """Write a number of turns: "1 tur", "12 ture"."""
    return f"{number(value, 0)} {'tur' if value == 1 else 'ture'}"
