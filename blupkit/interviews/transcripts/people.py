"""Who takes part: whose turns count, who only leads the talk, and how much each participant said."""

from __future__ import annotations

from typing import Final

import pandas as pd

from blupkit.core import ALL
from blupkit.core.danish import first_upper
from blupkit.interviews.transcripts.turn import CHAIR, WITHDRAWN

#: Those whose turns are not coded and count as nobody's view: who leads the talk, and who was taken out.
HOSTS: Final = frozenset({"moderator", "teknik", CHAIR, WITHDRAWN})


def guest_turns(turns: pd.DataFrame) -> pd.DataFrame:
    """Leave out the turns of those who lead the talk.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    pandas.DataFrame
        The same columns.

    Examples
    --------
    >>> guest_turns(pd.DataFrame({"turn": [1, 2], "role": ["moderator", "ansat"]}))["turn"].tolist()
    [2]
    """
    return turns[~turns["role"].isin(HOSTS)]


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

    Examples
    --------
    >>> turns = pd.DataFrame({"turn": [1, 2, 3], "role": ["moderator", "ansat", "gæst"], "group": ["", "A", ""]})
    >>> participant_turns(turns)["turn"].tolist()
    [2]
    """
    guests = guest_turns(turns)
    if (guests["group"] != "").any():
        return guests[guests["group"] != ""]
    return guests.assign(group=ALL)


def speaker_labels(turns: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Give each speaker of each interview a label that names the role and a number, never the person.

    The numbers follow the order in which the speakers of a role first speak in the interview.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned; not changed.

    Returns
    -------
    dict
        (interview, speaker) → "Lokalråd 1", in the order in which they first speak.

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": ["fg1"] * 2, "speaker": ["Bo", "Ida"], "role": ["lokalråd", "lokalråd"]})
    >>> speaker_labels(turns)
    {('fg1', 'Bo'): 'Lokalråd 1', ('fg1', 'Ida'): 'Lokalråd 2'}
    """
    people = turns.drop_duplicates(["interview", "speaker"])
    named = people["role"].str.replace("[:\n]", " ", regex=True).replace("", "taler")
    number = people.groupby(["interview", named]).cumcount() + 1
    labels = named.map(first_upper) + " " + number.astype(str)
    return dict(zip(zip(people["interview"], people["speaker"], strict=True), labels, strict=True))


def participants(turns: pd.DataFrame) -> pd.DataFrame:
    """Count how much each participant said, without telling who they are.

    Parameters
    ----------
    turns : pandas.DataFrame
        What `read_turns` returned, or open answers, whose words are not counted; not changed.

    Returns
    -------
    pandas.DataFrame
        interview, speaker, label ("Lokalråd 1": role, and a number within the interview in the order in which they
        first speak), turns, words, share (of what the participants of the interview said, 0-1).

    Examples
    --------
    >>> turns = pd.DataFrame({"interview": "fg1", "turn": [1, 2, 3], "speaker": ["Bo", "Ida", "Bo"], "role": "ansat",
    ...     "group": "A", "words": [10, 20, 10]})
    >>> participants(turns)[["label", "turns", "words", "share"]].values.tolist()
    [['Ansat 1', 2, 20, 0.5], ['Ansat 2', 1, 20, 0.5]]
    """
    spoken = participant_turns(turns.assign(words=turns.get("words", 1)))
    by_person = spoken.groupby(["interview", "speaker"], sort=False)
    people = by_person.agg(turns=("turn", "size"), words=("words", "sum")).reset_index()
    people.insert(2, "label", list(speaker_labels(spoken).values()))
    whole = people.groupby("interview")["words"].transform("sum").clip(lower=1)
    return people.assign(share=people["words"] / whole)
