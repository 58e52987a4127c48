"""A word or a phrase, wherever it is said in an interview or written in an open answer, with what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import listing, many
from blupkit.core.language import lemma
from blupkit.display import ResultTable
from blupkit.interviews.exploring.asked import find_group, find_interview, line, words_of
from blupkit.interviews.exploring.index import LEAST_LETTERS
from blupkit.interviews.exploring.material import ANSWER, INTERVIEW, Material, read_material

#: Characters on each side of what was found.
WIDTH: Final = 60
#: How many forms or compounds are named; the rest are counted.
_NAMED: Final = 8


def search(
    study: Study, words: str | Sequence[str], *, group: str = "", interview: str = "", width: int = WIDTH
) -> ResultTable:
    """Søg efter et ord eller en vending i alle interview og åbne svar, i alle bøjninger.

    A word is found in every form that has its dictionary form; the words of a phrase stand next to each other, each in
    any form. With * first or last a word stands for any rest ("ansøgning*" finds "ansøgningsfrist"); nothing else in it
    is a sign.

    Parameters
    ----------
    study : Study
        The study.
    words : str or sequence of str
        A word or a phrase, in any case.
    group : str
        Only what this group said and wrote: its key or its name.
    interview : str
        Only this interview or this open question: its id or its title.
    width : int
        Characters on each side.

    Returns
    -------
    ResultTable
        One row a place: source, title, turn, time or respondent, who (a label, never a name), group, municipality, and
        the words with what stands before and after. The notes count places, turns, people and interviews, name the
        forms that were found and the compounds that were not looked for, and say what was searched and what could not
        be. Missing: an open question nobody answered has no row. Nothing found gives no rows, and the nearest words.

    Raises
    ------
    DataError
        There is no word in `words`, or no such group or interview.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = search(example_study(), "puljerne")
    >>> table.frame[["Sted", "Tur", "Hvem", "Fundet"]].values.tolist()
    [['Gruppe 1', 2.0, 'Lokalråd 1', 'Puljerne'], ['Gruppe 1', 4.0, 'Lokalråd 1', 'pulje']]
    >>> table.notes[0]
    '2 steder: 2 ture i 1 af 1 interview (1 deltager).'
    """
    material, asked = read_material(study), words_of(words)
    only_group, only_interview = find_group(study, group), find_interview(material, interview)
    index = material.index
    found = index.places(asked)
    places = material.places.iloc[index.text[found]]
    if only_group or only_interview:
        keep = ((places["group"] == only_group) | (not only_group)) & (
            (places["interview"] == only_interview) | (not only_interview)
        )
        found, places = found[keep.to_numpy()], places[keep]
    before, hits, after = _context(index.start[found], index.end[found + len(asked) - 1], places["text"], max(width, 0))
    frame = material.places_of(places.index, {"Før": before, "Fundet": hits, "Efter": after})
    notes = [_counts(places, material), *_forms(hits, asked, material), material.searched]
    where = [study.group(only_group).name if only_group else "", interview]
    title = ", ".join([f"»{' '.join(asked)}« i {material.called}", *filter(None, where)])
    marks = frame.groupby("Sted", sort=False).size().rename_axis("label").reset_index(name="value").assign(series="")
    call = line("search", words, group=group, interview=interview)
    return material.result(title, frame, notes, call, marks, "Antal steder")


def _context(
    starts: np.ndarray, ends: np.ndarray, texts: pd.Series, width: int
) -> tuple[list[str], list[str], list[str]]:
    """Cut out what was found, and what stands around it in whole words."""
    before, hits, after = [], [], []
    for start, end, text in zip(starts.tolist(), ends.tolist(), texts.tolist(), strict=True):
        left, right = text[max(0, start - width) : start], text[end : end + width]
        before.append("… " + left.partition(" ")[2] if start > width else left)
        hits.append(text[start:end])
        after.append(right.rpartition(" ")[0] + " …" if end + width < len(text) else right)
    return before, hits, after


def _counts(places: pd.DataFrame, material: Material) -> str:
    """Say how many places there are, in how many turns and answers, and by how many people."""
    said, written = (places[places["source"] == source] for source in (INTERVIEW, ANSWER))
    parts = []
    if len(said):
        guests = said[~said["host"]]
        people = len(guests.loc[guests["speaker"] != "", ["interview", "speaker"]].drop_duplicates())
        talks = material.places.loc[material.places["source"] == INTERVIEW, "interview"].nunique()
        turns = many(len(said[["interview", "turn"]].drop_duplicates()), "tur", "ture")
        parts.append(
            f"{turns} i {said['interview'].nunique()} af {many(talks, 'interview', 'interview')}"
            f" ({many(people, 'deltager', 'deltagere')})"
        )
    if len(written):
        answers = many(len(written[["interview", "turn"]].drop_duplicates()), "åbent svar", "åbne svar")
        parts.append(f"{answers} ({many(written['respondent'].nunique(), 'person', 'personer')})")
    whole = f"{many(len(places), 'sted', 'steder')}{': ' if parts else ''}{listing(parts)}."
    hosts = int(places["host"].sum())
    return whole + (f" Heraf {many(hosts, 'sted', 'steder')} sagt af dem, der leder samtalen." if hosts else "")


def _forms(hits: Sequence[str], asked: Sequence[str], material: Material) -> list[str]:
    """Say which forms were found, and what is like them and was not looked for."""
    index, notes = material.index, []
    if hits:
        notes.append(f"Fundet som: {_named(Counter(' '.join(hit.lower().split()) for hit in hits))}.")
    lost = [word for word in asked if not index.forms(word)]
    for word in lost:
        near = listing([f"»{each}«" for each in index.alike(word)], "eller")
        meant = f"Mente du {near}?" if near else "Intet ord ligner det."
        notes.append(f"»{word}« står ingen steder i materialet. {meant}")
    if not hits and not lost:
        stands = (
            "Ordene står i materialet, men ikke efter hinanden her"
            if len(asked) > 1
            else "Ordet står i materialet, men ikke her"
        )
        notes.append(f"{stands}.")
    for word in asked:
        if len(word) < LEAST_LETTERS and "*" not in word:
            notes.append(
                f"Sammensatte ord med »{word}« er ikke talt med. Skriv »{word}*« eller »*{word}« for at se dem."
            )
        compounds = Counter({form: index.vocabulary[form] for form in index.compounds(word)})
        if compounds:
            core = max((word.lower(), lemma(word)), key=lambda part: sum(part in form for form in compounds))
            notes.append(
                f"Ikke talt med er ord, som »{core}« er en del af ({many(len(compounds), 'ord', 'ord')},"
                f" {many(compounds.total(), 'sted', 'steder')}): {_named(compounds)}."
                f" Skriv »*{core}*« for at få dem med."
            )
    return notes


def _named(forms: Counter[str]) -> str:
    told = [f"{form} {times}" for form, times in forms.most_common(_NAMED)]
    rest = len(forms) - len(told)
    return listing([*told, f"{rest} til"] if rest else told)
