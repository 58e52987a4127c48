"""The few suggestions that are shown while one codes: one a turn at most, and only as sure as a trial bears out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core.danish import many
from blupkit.core.language import STOP_WORDS, tokens, word_count
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.learned_suggestions import HELD_OUT, WORDS, count_letters, learn
from blupkit.interviews.coding.passage import Codable
from blupkit.interviews.coding.pattern_suggestions import suggest_codes

#: How many of the suggestions must have been right in the trial.
RIGHT: Final = 2 / 3
#: So few tries say nothing: a code's patterns are first believed as all patterns are, as if tried so often before.
TRIES: Final = 5
#: The fewest suggestions that a limit on what was learned may rest on.
FEWEST: Final = 10
#: A turn with fewer words that mean something ("Ja, det kan jeg godt høre") is small talk.
_MEANING: Final = 3

#: Interview and turn.
_Place = tuple[str, int | str]


class Trial(NamedTuple):
    """What a trial on interviews that were coded by hand allows; each was held out from what was learned.

    Parameters
    ----------
    interviews : int
        How many were tried; 0 where fewer than two have been coded, and nothing could be.
    limit : float
        How sure what was learned must be; infinite where no limit kept enough of it right.
    learned, pattern : tuple of int
        How many suggestions that would have been shown were right, and how many there were.
    codes : dict of str to float
        Code → how often its patterns are right.
    """

    interviews: int
    limit: float
    learned: tuple[int, int]
    pattern: tuple[int, int]
    codes: dict[str, float]


UNTRIED: Final = Trial(0, float("inf"), (0, 0), (0, 0), {})


def try_suggestions(coded: Coded) -> Trial:
    """Try suggestions on coded interviews, one held out at a time, and say what of them may be shown.

    A turn counts up to the last one that was coded in its interview: whoever coded has seen it, so a turn without a
    code is one where any suggestion is wrong.

    Parameters
    ----------
    coded : Coded
        One coder's codings of interviews or open answers.

    Examples
    --------
    With one interview there is none to hold out.

    >>> from blupkit import core, interviews
    >>> try_suggestions(interviews.read_coded(core.example_study())).interviews
    0
    """
    texts, given = _seen(coded)
    talks = texts.index.get_level_values("interview")
    if talks.nunique() < 2:
        return UNTRIED
    found, rows = _patterns(coded), given.to_numpy(dtype=bool)
    codes_at = {place: set(given.columns[row]) for place, row in zip(given.index, rows, strict=True)}
    right = tried = 0
    for talk in talks.unique():
        held = found["interview"] == talk
        shown = _best(found[held], _pattern_precision(found[~held], codes_at, given.columns))
        hits = [code in codes_at[place] for place, code in shown.items() if place in codes_at]
        right, tried = right + sum(hits), tried + len(hits)
    limit, learned = _limit(_held_out(texts, given))
    return Trial(talks.nunique(), limit, learned, (right, tried), _pattern_precision(found, codes_at, given.columns))


def quiet_suggestions(coded: Coded, interview: str, trial: Trial) -> pd.DataFrame:
    """Suggest codes for one interview: at most one a turn, the codebook's pattern before what was learned.

    Parameters
    ----------
    coded : Coded
        As in `try_suggestions`; only turns without a code are learned for.
    interview : str
        Its id, or the variable of an open question.
    trial : Trial
        What may be shown. Where nothing could be tried yet, only what the codebook's patterns find is.

    Returns
    -------
    pandas.DataFrame
        `CODING_COLUMNS` with source "forslag"; a pattern's covers the sentence, what was learned the turn.

    Examples
    --------
    >>> from blupkit import core, interviews
    >>> coded = interviews.read_coded(core.example_study())
    >>> quiet_suggestions(coded, "fg1", UNTRIED)[["turn", "code"]].values.tolist()
    [[2, '2.1'], [4, '2.1']]
    """
    here = coded.only(interview)
    found = _patterns(here)
    if trial.interviews:
        best = _best(found, trial.codes)
        kept = (best.get(place) == code for place, code in _places(found))
        found = found[np.fromiter(kept, dtype=bool, count=len(found))]
    found = found.drop_duplicates("turn")
    taken = {*found["turn"], *here.by_hand["turn"]}
    places = [
        (interview, turn, 0, len(text), code)
        for (turn, text), code in _learned(coded, here, trial.limit).items()
        if turn not in taken
    ]
    return pd.DataFrame(pd.concat([found, here.suggested(places)], ignore_index=True))


def text_trial(trial: Trial) -> str:
    """Say which suggestions are shown, and how often they were right in the trial.

    Parameters
    ----------
    trial : Trial
        What `try_suggestions` gave.

    Returns
    -------
    str
        Danish prose; "" where nothing could be tried.

    Examples
    --------
    >>> text_trial(UNTRIED), text_trial(Trial(2, float("inf"), (0, 0), (0, 0), {}))[:45]
    ('', 'Ingen forslag er sikre nok til at blive vist:')
    """
    if not trial.interviews:
        return ""
    parts = []
    if trial.pattern[1]:
        parts.append(f"{_of(trial.pattern)} forslag fra søgemønstre rigtige")
    if trial.learned[1]:
        learned = f"{_of(trial.learned)} {'af dem' if parts else 'forslag'}, der er lært af din kodning"
        parts.append(learned if parts else f"{learned}, rigtige")
    if not parts:
        return "Ingen forslag er sikre nok til at blive vist: I prøven var færre end to af tre rigtige."
    return (
        "Der vises højst ét forslag i en tur, og kun den slags, hvor mindst to af tre var rigtige: I prøven på"
        f" {many(trial.interviews, 'interview', 'interview')} var {', og '.join(parts)}."
    )


def _of(hits: tuple[int, int]) -> str:
    return f"{hits[0]} af {hits[1]}"


def _means_something(text: str) -> bool:
    meaning = (word for *_, word in tokens(text) if word.lower() not in STOP_WORDS)
    return word_count(text) >= WORDS and sum(1 for _ in meaning) >= _MEANING


def _patterns(codable: Codable) -> pd.DataFrame:
    """Give what patterns find in turns that are no small talk, a code once a turn."""
    found = suggest_codes(codable).drop_duplicates(["interview", "turn", "code"])
    places = zip(found["interview"], found["turn"].astype("str"), strict=True)
    means = (_means_something(codable.by_place[place].text) for place in places)
    return found[np.fromiter(means, dtype=bool, count=len(found))]


def _seen(coded: Coded) -> tuple[pd.Series, pd.DataFrame]:
    """Give the turns that the coder has been through, and turns × codes: whether it has the code."""
    given, spoken = coded.given, coded.participant_turns.set_index(["interview", "turn"])["text"]
    is_coded = pd.Series(spoken.index.isin(given.index), spoken.index)
    still_to_come = is_coded[::-1].groupby(level="interview").cummax()[::-1]
    texts = spoken[still_to_come & spoken.map(_means_something).astype(bool)]
    return texts, given.reindex(index=texts.index, fill_value=False)


def _pattern_precision(
    found: pd.DataFrame, codes_at: Mapping[_Place, set[str]], codes: Iterable[str]
) -> dict[str, float]:
    """Give how often each code's patterns are right; few tries are drawn towards what holds of all of them."""
    tried, right = Counter[str](), Counter[str]()
    for place, code in _places(found):
        if place in codes_at:
            tried[code] += 1
            right[code] += code in codes_at[place]
    of_all = right.total() / tried.total() if tried else 0.0
    return {code: (right[code] + TRIES * of_all) / (tried[code] + TRIES) for code in codes}


def _places(found: pd.DataFrame) -> Iterable[tuple[_Place, str]]:
    return zip(zip(found["interview"], found["turn"], strict=True), found["code"], strict=True)


def _best(found: pd.DataFrame, codes: Mapping[str, float]) -> dict[_Place, str]:
    """Give for each turn the code whose patterns are most often right, where that is often enough."""
    best: dict[_Place, str] = {}
    for place, code in _places(found):
        if codes[code] >= RIGHT and (place not in best or codes[code] > codes[best[place]]):
            best[place] = code
    return best


def _held_out(texts: pd.Series, given: pd.DataFrame) -> list[tuple[float, bool]]:
    """Learn from all interviews but one, and give for each turn of that one how sure the best code is, and if right."""
    talks = texts.index.get_level_values("interview")
    letters, tries = count_letters(texts), []
    for talk in talks.unique()[:: -(-talks.nunique() // HELD_OUT)]:
        here = np.asarray(talks == talk)
        used = _learnable(given[~here])
        if used.empty:
            continue
        scores = learn(letters[~here], given.loc[~here, used].to_numpy(), letters[here])
        best = scores.argmax(axis=1)
        right = given.loc[here, used].to_numpy()[np.arange(len(best)), best]
        tries += list(zip(scores.max(axis=1).tolist(), right.tolist(), strict=True))
    return tries


def _learnable(given: pd.DataFrame) -> pd.Index:
    """Give the codes that some turns have, and others have not."""
    return given.columns[given.any(axis=0) & ~given.all(axis=0)]


def _limit(tries: Iterable[tuple[float, bool]]) -> tuple[float, tuple[int, int]]:
    """Give the lowest limit above which enough suggestions were right, with how many were and how many there were."""
    found, right = (float("inf"), (0, 0)), 0
    ordered = sorted(tries, key=lambda each: (-each[0], each[1]))
    for number, (sure, hit) in enumerate(ordered, start=1):
        right += hit
        if number >= FEWEST and right >= RIGHT * number:
            found = sure, (right, number)
    return found


def _learned(coded: Coded, here: Coded, limit: float) -> dict[tuple[int | str, str], str]:
    """Give what was learned for the turns of one interview: turn and text → code, where it is sure enough."""
    texts, given = _seen(coded)
    used = _learnable(given)
    spoken = here.participant_turns
    open_ones = spoken[spoken["text"].map(_means_something).astype(bool)]
    if limit == float("inf") or used.empty or open_ones.empty:
        return {}
    letters = count_letters([*texts, *open_ones["text"]])
    scores = learn(letters[: len(texts)], given[used].to_numpy(), letters[len(texts) :])
    return {
        place: used[best]
        for place, best, sure in zip(
            zip(open_ones["turn"], open_ones["text"], strict=True),
            scores.argmax(axis=1),
            scores.max(axis=1),
            strict=True,
        )
        if sure >= limit
    }
