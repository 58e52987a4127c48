"""The words that stand near a word more often than elsewhere, and those that one group uses more than the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from nltk.metrics.association import BigramAssocMeasures

from blupkit.core import Study
from blupkit.core.danish import first_upper, many, number
from blupkit.core.language import LEAST_G2, STOP_WORDS, log_likelihood, log_ratio
from blupkit.display import ResultTable
from blupkit.interviews.exploring.asked import find_group, line, words_of, wrong
from blupkit.interviews.exploring.material import Material, read_material

#: How many words a figure has room for.
_DRAWN: Final = 20
#: Words before and after that are near, and how often a word has to stand there.
WINDOW: Final = 5
LEAST: Final = 3
_STRENGTH: Final = "Log-likelihood"
_ORDER: Final = (
    f"Kun ord med en log-likelihood på mindst {number(LEAST_G2, 2)} er med. Den sætter ordene i rækkefølge og er ingen"
    " test: Ord i en samtale er ikke trukket tilfældigt."
)


def collocations(
    study: Study, word: str | Sequence[str], *, window: int = WINDOW, least: int = LEAST, group: str = ""
) -> ResultTable:
    """Se, hvilke ord der står nær et ord oftere end ellers.

    With n words of all, r of them within `window` words of the word, and c times the other word, a times within reach,
    G² = 2·Σ O·ln(O/E) over the four cells of near × other word (Dunning 1993, NLTK's `likelihood_ratio`). Words are
    counted in their dictionary form, and shown in the form that occurs most. Left out are function words, numbers, the
    word itself, what stands near it no more often than expected (E = r·c/n), and a G² below 6.63.

    Parameters
    ----------
    study : Study
        The study.
    word : str or sequence of str
        A word or a phrase, as in `search`.
    window : int
        How many words before and after, within the same turn or answer.
    least : int
        Words that stand near it fewer times are left out.
    group : str
        Only what this group said and wrote.

    Returns
    -------
    ResultTable
        One row a word: times near it, expected times, times in all, people who use it there (participants of each
        interview, and respondents), and G²; the highest first. Empty where the word, or nothing near it, is found.

    Raises
    ------
    DataError
        There is no word, no such group, or no room in the window.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> table = collocations(example_study(), "pulje", least=1)
    >>> len(table.frame), table.notes[0].partition(".")[0]
    (0, '»pulje« står 2 steder')
    """
    if window < 1:
        raise wrong("window", str(window), "mindst 1", "Skriv et helt tal.")
    material, asked = read_material(study), words_of(word)
    index, key = material.index, find_group(study, group)
    allowed = _said_by(material, key)[index.text] if key else np.ones(len(index.words), dtype=bool)
    nodes = index.places(asked)
    nodes = nodes[allowed[nodes]]
    near = _within(nodes, len(asked), window, index.text)
    own = {index.heads[each] for each in index.head[nodes]}
    here = np.bincount(index.head[near], minlength=len(index.heads))
    everywhere = np.bincount(index.head[allowed], minlength=len(index.heads))
    all_near, whole = int(near.sum()), int(allowed.sum())
    rows = []
    for place in np.flatnonzero(here >= max(least, 1)).tolist():
        name, times, total = index.heads[place], int(here[place]), int(everywhere[place])
        expected = all_near * total / whole
        if name in STOP_WORDS or name[0].isdigit() or name in own or times <= expected:
            continue
        strength = BigramAssocMeasures.likelihood_ratio(times, (all_near, total), whole)
        if strength < LEAST_G2:
            continue
        people = _people(material, np.flatnonzero(near & (index.head == place)))
        rows.append((index.usual[place], times, expected, total, people, strength))
    heads = ["Ord", "Gange nær ordet", "Ventet", "Gange i alt", "Personer", _STRENGTH]
    frame = pd.DataFrame(rows, columns=heads).sort_values(
        [_STRENGTH, "Ord"], ascending=[False, True], ignore_index=True
    )
    where = f", {study.group(key).name}" if key else ""
    found = (
        f"»{' '.join(asked)}« står {many(len(nodes), 'sted', 'steder')}. Nær er højst {many(window, 'ord', 'ord')} før"
        f" eller efter, i samme tur eller svar. Ord, der står der færre end {least} gange, er udeladt."
    )
    title, notes = f"Ord nær »{' '.join(asked)}«{where}", (found, _ORDER, material.searched)
    call = line("collocations", word, **_unusual(window=window, least=least), group=group)
    return material.result(title, frame, notes, call, _marks(frame, _STRENGTH), _STRENGTH)


def group_words(study: Study, group: str, *, least: int = LEAST) -> ResultTable:
    """Se, hvilke ord en gruppe bruger mere end de andre grupper, i interview og åbne svar.

    Order and effect size are those of `survey.keywords`: G² (Dunning 1993; Rayson & Garside 2000) and Log Ratio (Hardie
    2014). Left out are function words and numbers; names are not, since nobody but the consultant sees them.

    Parameters
    ----------
    study : Study
        Of at least two groups.
    group : str
        Its key or its name.
    least : int
        Words that the group uses fewer times are left out.

    Returns
    -------
    ResultTable
        One row a word, all its forms counted, in the form that occurs most: times in the group and among the others,
        times per 1,000 words in each, people of the group who use it, G² (at least 6.63) and Log Ratio (above 0: each
        point is a doubling). Those who lead the talk, and those in no group, count nowhere.

    Raises
    ------
    DataError
        There is no such group, with the nearest one.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> group_words(example_study(), "L").notes[0]
    'Lokalrådsmedlemmer bruger 21 ord i alt, de andre grupper 8.'
    """
    material, key = read_material(study), find_group(study, group)
    if not key or len(study.group_keys) < 2:
        raise wrong("group", group or "ingenting", "en af mindst to grupper", "Vælg en gruppe.")
    index = material.index
    own = _said_by(material, key)[index.text]
    others = np.isin(material.places["group"].to_numpy(), [each for each in study.group_keys if each != key])[
        index.text
    ]
    here, there = (np.bincount(index.head[part], minlength=len(index.heads)) for part in (own, others))
    words = int(own.sum()), int(others.sum())
    rows = []
    for place in np.flatnonzero(here >= max(least, 1)).tolist():
        name, counts = index.heads[place], (int(here[place]), int(there[place]))
        strength, ratio = log_likelihood(*counts, *words), log_ratio(*counts, *words)
        if name in STOP_WORDS or name[0].isdigit() or strength < LEAST_G2 or ratio <= 0:
            continue
        people = _people(material, np.flatnonzero(own & (index.head == place)))
        rates = [1000 * times / max(whole, 1) for times, whole in zip(counts, words, strict=True)]
        rows.append((index.usual[place], *counts, *rates, people, strength, ratio))
    called = study.group(key).name
    heads = [
        "Ord",
        "Gange",
        "Gange hos andre",
        "Pr. 1.000 ord",
        "Pr. 1.000 ord hos andre",
        "Personer",
        _STRENGTH,
        "Log ratio",
    ]
    frame = pd.DataFrame(rows, columns=heads).sort_values(
        [_STRENGTH, "Ord"], ascending=[False, True], ignore_index=True
    )
    base = f"{first_upper(called)} bruger {many(words[0], 'ord', 'ord')} i alt, de andre grupper {number(words[1], 0)}."
    left = f"Ord, som gruppen bruger færre end {least} gange, er udeladt."
    title, notes = f"Ord, som {called} bruger mere end de andre", (base, left, _ORDER, material.searched)
    call = line("group_words", group, **_unusual(least=least))
    return material.result(title, frame, notes, call, _marks(frame, _STRENGTH), _STRENGTH)


def _unusual(**chosen: int) -> dict[str, int]:
    """Leave out what is asked for anyway, so that the line stays short."""
    usual = {"window": WINDOW, "least": LEAST}
    return {name: value for name, value in chosen.items() if value != usual[name]}


def _said_by(material: Material, group: str) -> np.ndarray:
    return (material.places["group"] == group).to_numpy()


def _within(nodes: np.ndarray, length: int, window: int, text: np.ndarray) -> np.ndarray:
    """Mark the words that stand near some places, in the same text; the places themselves are not near."""
    near = np.zeros(len(text), dtype=bool)
    for step in [*range(-window, 0), *range(length, length + window)]:
        beside = nodes + step
        inside = (beside >= 0) & (beside < len(text))
        near[beside[inside][text[beside[inside]] == text[nodes[inside]]]] = True
    for step in range(length):
        near[nodes + step] = False
    return near


def _people(material: Material, words: np.ndarray) -> int:
    """Count who says or writes some words: participants of each interview, and respondents."""
    places = material.places.iloc[np.unique(material.index.text[words])]
    interview = places["interview"].where(places["respondent"] == "", "")
    return len(set(zip(interview[~places["host"]], places["speaker"][~places["host"]], strict=True)))


def _marks(frame: pd.DataFrame, value: str) -> pd.DataFrame:
    shown = frame.head(_DRAWN)
    return pd.DataFrame({"label": shown["Ord"], "series": "", "value": shown[value].astype(float)})
