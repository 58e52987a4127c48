"""Where in each talk some words, or a theme, come up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from blupkit.core import Study
from blupkit.core.danish import listing, many
from blupkit.display import ResultTable, Shape
from blupkit.interviews.exploring.asked import find_theme, line, words_of, wrong
from blupkit.interviews.exploring.coded_material import read_coded_material
from blupkit.interviews.exploring.material import INTERVIEW, Material, read_material

_WHERE: Final = "Hvor i samtalen, pct."
_QUARTERS: Final = 4


def dispersion(study: Study, words: str | Sequence[str] = "", *, theme: str | Sequence[str] = "") -> ResultTable:
    """Se, hvor i hvert interview nogle ord eller temaer er fremme.

    The place is how much of the talk, in words, comes before: 0 is the beginning, whether a transcript has times or
    not. Those who lead the talk take up room, and the words are theirs too; a theme is where people have coded it.

    Parameters
    ----------
    study : Study
        The study.
    words : str or sequence of str
        A word or phrase, or several; as in `search`.
    theme : str or sequence of str
        The number or name of a theme, or of several.

    Returns
    -------
    ResultTable
        One row a place in an interview: which word or theme, the interview, turn, time, who (a label), group, and how
        far into the talk it is, 0-100. The notes count each in the four quarters. Open answers have no course, and are
        not in it.

    Raises
    ------
    DataError
        Nothing is asked for, there is no such theme, or no interview could be read.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = dispersion(example_study(), "pulje", theme="Roller")
    >>> table.frame[["Hvad", "Tur", "Hvor i samtalen, pct."]].round(1).values.tolist()[:3]
    [['pulje', 2.0, 12.5], ['pulje', 4.0, 79.2], ['Roller', 2.0, 33.3]]
    >>> table.notes[0]
    '»pulje«: 2 steder, i samtalens fire fjerdedele 1, 0, 0 og 1.'
    """
    asked = [words] if isinstance(words, str) else list(words)
    themes = [theme] if isinstance(theme, str) else list(theme)
    asked, themes = ([each for each in names if each.strip()] for names in (asked, themes))
    if not asked and not themes:
        raise wrong("words", "ingenting", "et ord eller et tema", "Skriv mindst ét.")
    material = read_material(study)
    found = {each.strip(): _of_words(material, each) for each in asked}
    notes: list[str] = []
    if themes:
        read = read_coded_material(study)
        names = read.coded.codebook.theme_names
        for each in themes:
            key = find_theme(read.coded.codebook, each)
            chosen = read.codings[read.codings["theme"] == key]
            found[names[key]] = _first_words(material, chosen["row"].to_numpy(), chosen["start"].to_numpy())
        notes = [read.by_whom]
    frame = _frame(material, found)
    counted = [_quarters(name, frame) for name in found]
    marks = frame.rename(columns={"Sted": "label", "Hvad": "series", _WHERE: "value"})[["label", "series", "value"]]
    title = f"Hvor i interviewene {listing(f'»{name}«' for name in found)} er fremme"
    call = line("dispersion", *([words] if asked else []), theme=theme if themes else "")
    said = (*counted, *notes, material.searched, "De åbne svar har intet forløb og er ikke med.")
    return material.result(title, frame, said, call, marks, _WHERE, Shape.POINTS)


def _of_words(material: Material, words: str) -> np.ndarray:
    said = material.places["source"].to_numpy() == INTERVIEW
    places = material.index.places(words_of(words)).tolist()
    return np.array([place for place in places if said[material.index.text[place]]], dtype=np.int64)


def _first_words(material: Material, rows: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Find the first word of each of some passages of interviews."""
    index, said = material.index, material.places["source"].to_numpy() == INTERVIEW
    # In the index's own type: NumPy would make a copy of all words for each search.
    begins, ends = (np.searchsorted(index.text, (rows + step).astype(index.text.dtype)) for step in (0, 1))
    first = [
        min(begin + int(np.searchsorted(index.start[begin:end], start)), max(end - 1, begin))
        for row, start, begin, end in zip(rows.tolist(), starts.tolist(), begins.tolist(), ends.tolist(), strict=True)
        if said[row]
    ]
    return np.array(first, dtype=np.int64)


def _frame(material: Material, found: dict[str, np.ndarray]) -> pd.DataFrame:
    """Lay out where each thing is, by interview and place in it."""
    index = material.index
    talk = pd.factorize(material.places["interview"])[0][index.text]
    begins = np.searchsorted(talk, np.arange(talk.max(initial=-1) + 2))
    parts = []
    for name, words in found.items():
        of = talk[words]
        before = (words - begins[of]) / np.maximum(begins[of + 1] - begins[of], 1)
        part = material.places_of(index.text[words], {})
        parts.append(part.assign(Hvad=name, **{_WHERE: 100 * before}))
    frame = pd.concat(parts, ignore_index=True)
    titles = list(material.study.interview_titles.values())
    kinds = {"Hvad": list(found), "Sted": [title for title in dict.fromkeys(titles) if title in set(frame["Sted"])]}
    frame = frame.astype({head: pd.CategoricalDtype(order, ordered=True) for head, order in kinds.items()})
    heads = ["Hvad", *[head for head in frame if head not in ("Hvad", "Kilde")]]
    return frame[heads]


def _quarters(name: str, frame: pd.DataFrame) -> str:
    places = frame.loc[frame["Hvad"] == name, _WHERE]
    if places.empty:
        return f"»{name}«: ingen steder i interviewene."
    quarter = (places / 100 * _QUARTERS).astype(int).clip(upper=_QUARTERS - 1)
    counts = quarter.value_counts().reindex(range(_QUARTERS), fill_value=0)
    return f"»{name}«: {many(len(places), 'sted', 'steder')}, i samtalens fire fjerdedele {listing(map(str, counts))}."
