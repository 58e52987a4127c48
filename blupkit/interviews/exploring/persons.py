"""Who speaks of a theme: each participant by label, or each group, with all that they said beside it."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import many
from blupkit.display import ResultTable
from blupkit.interviews.exploring.asked import find_theme, line, wrong
from blupkit.interviews.exploring.coded_material import read_coded_material
from blupkit.interviews.exploring.material import ANSWER, INTERVIEW, NO_GROUP

_HEADS = {"title": "Sted", "label": "Hvem", "group_name": "Gruppe", "municipality": "Kommune"}


def who_says(study: Study, theme: str, *, by: Literal["deltager", "gruppe"] = "deltager") -> ResultTable:
    """Se, hvem der taler om et tema, og hvor meget de ellers siger.

    Parameters
    ----------
    study : Study
        The study.
    theme : str
        Number or name.
    by : {"deltager", "gruppe"}
        One row a participant, or a group.

    Returns
    -------
    ResultTable
        Of every participant of the interviews that are coded, those who say nothing of the theme too: the turns in
        which the theme is spoken of, the passages, and all turns and words. Those who lead the talk are left out. Never
        per cent: few took part. By group, how many participants there are, and how many of them speak of it. Open
        answers are told of in the notes.

    Raises
    ------
    FileError, DataError
        There is no such theme, with the nearest one; or nothing can be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = who_says(example_study(), "Økonomi")
    >>> table.frame[["Hvem", "Ture om temaet", "Passager", "Ture i alt", "Ord i alt"]].values.tolist()
    [['Lokalråd 1', 2, 2, 2, 17], ['Ansat 1', 0, 0, 1, 4]]
    """
    read = read_coded_material(study)
    key = find_theme(read.coded.codebook, theme)
    if not key:
        raise wrong("theme", "ingenting", "et tema", "Skriv temaets navn eller nummer.")
    if by not in ("deltager", "gruppe"):
        raise wrong("by", str(by), "deltager eller gruppe", "Ret ordet.")
    places, codings = read.material.places, read.codings[read.codings["theme"] == key]
    turns = read.coded.spoken[["interview", "turn"]].astype("str")
    spoken = places.loc[[read.material.row_of[place] for place in turns.itertuples(index=False, name=None)]]
    given = codings.groupby("row").size().reindex(spoken.index, fill_value=0)
    counted = spoken.assign(about=(given > 0).astype(int), passages=given)
    people = counted.groupby(["interview", "speaker"], sort=False).agg(
        **{name: (name, "first") for name in _HEADS},
        about=("about", "sum"),
        passages=("passages", "sum"),
        turns=("turn", "size"),
        words=("words", "sum"),
    )
    frame = _of_people(people) if by == "deltager" else _of_groups(people)
    name = read.coded.codebook.theme_names[key]
    others = places.loc[codings.loc[~codings["row"].isin(spoken.index), "row"]]
    answers = others.loc[others["source"] == ANSWER, "respondent"].nunique()
    groupless = int((others["source"] == INTERVIEW).sum())
    notes = [
        f"{many(int((people['about'] > 0).sum()), 'deltager', 'deltagere')} af {len(people)} taler om det,"
        f" i {many(int(people['about'].sum()), 'tur', 'ture')} af {int(people['turns'].sum())}.",
        f"I de åbne svar skriver {many(answers, 'person', 'personer')} om det; de er ikke med her." if answers else "",
        f"{many(groupless, 'passage', 'passager')} fra talere uden gruppe er ikke med." if groupless else "",
    ]
    marks = pd.DataFrame({"label": frame.iloc[:, 0], "series": "", "value": frame["Ture om temaet"].astype(float)})
    if by == "deltager":
        marks["label"] = [f"{who}, {title}" for who, title in zip(frame["Hvem"], frame["Sted"], strict=True)]
    call = line("who_says", theme, by="" if by == "deltager" else by)
    said = (*notes, read.by_whom, *read.unread)
    return read.material.result(f"Hvem taler om »{name}«", frame, said, call, marks, "Ture om temaet")


_COUNTS = {"about": "Ture om temaet", "passages": "Passager", "turns": "Ture i alt", "words": "Ord i alt"}


def _of_people(people: pd.DataFrame) -> pd.DataFrame:
    frame = people.rename(columns={**_HEADS, **_COUNTS}).reset_index(drop=True)
    frame = frame[["Hvem", "Sted", "Gruppe", "Kommune", *_COUNTS.values()]]
    return frame if (frame["Kommune"] != "").any() else frame.drop(columns="Kommune")


def _of_groups(people: pd.DataFrame) -> pd.DataFrame:
    counted = people.assign(speak=(people["about"] > 0).astype(int), all=1)
    sums = counted.groupby("group_name", observed=False)[["speak", "all", *_COUNTS]].sum().reset_index()
    heads = {"group_name": "Gruppe", "speak": "Deltagere, der taler om det", "all": "Deltagere", **_COUNTS}
    kept = sums[(sums["group_name"] != NO_GROUP) | (sums["all"] > 0)]
    return kept.rename(columns=heads)
