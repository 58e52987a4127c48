"""Suggestions learned from what a person has coded, and how often they are right: tried on an interview never seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core.danish import count, number
from blupkit.core.language import word_count
from blupkit.interviews.coding.coded import Coded
from blupkit.interviews.coding.pattern_suggestions import suggest_codes

if TYPE_CHECKING:
    from scipy import sparse

Numbers = npt.NDArray[np.float64]
POPULAR, PATTERNS, LEARNED = "De hyppigste koder", "Kodebogens søgemønstre", "Lært af kodningen"
#: How many codes are suggested for a turn; a person reads three and no more.
SUGGESTED_AT_ONCE: Final = 3
TOPS: Final = (1, 3, 5)
#: A shorter turn ("Ja, præcis") says too little to learn or to suggest from.
WORDS: Final = 5
#: With more interviews than this, every second, third … is held out: each takes a model of its own.
HELD_OUT: Final = 10
#: What the columns of `evaluate_suggestions` are called in a table.
EVALUATION_HEADS: Final = {
    "method": "forslag fra",
    **{f"hit{top}": "det første" if top == 1 else f"de {count(top)} første" for top in TOPS},
    "turns": "ture",
}
EVALUATION_COLUMNS: Final = ["method", *(f"hit{top}" for top in TOPS), "turns", "interviews"]


def learned_suggestions(coded: Coded) -> pd.DataFrame:
    """Suggest codes for the turns that have none, from what stands in the turns that have.

    Character n-grams (2-5) in a linear model: on Danish speech they do better than words, since compounds and forms of
    a word share their parts. A suggestion covers the whole turn, and is never counted as a code.

    Parameters
    ----------
    coded : Coded
        One coder's codings of interviews or open answers; suggestions do not count.

    Returns
    -------
    pandas.DataFrame
        `CODING_COLUMNS` with source "forslag": three codes a turn, the likeliest first. Empty where fewer
        than two codes have been used.

    Examples
    --------
    Every turn has been coded, so that none is left to suggest for.

    >>> from blupkit import core, interviews
    >>> learned_suggestions(interviews.read_coded(core.example_study())).empty
    True
    """
    texts, given = _labelled(coded)
    without = coded.participant_turns.set_index(["interview", "turn"])["text"]
    without = without[~without.index.isin(texts.index) & (without.map(word_count) >= WORDS)]
    used = given.columns[given.any(axis=0)]
    if len(used) < 2 or without.empty:
        return coded.suggested([])
    letters = count_letters([*texts, *without])
    likely = learn(letters[: len(texts)], given[used].to_numpy(), letters[len(texts) :]).argsort(axis=1)[:, ::-1]
    return coded.suggested(
        (interview, turn, 0, len(text), code)
        for (interview, turn), text, codes in zip(without.index, without, likely, strict=True)
        for code in used[codes[:SUGGESTED_AT_ONCE]]
    )


def evaluate_suggestions(coded: Coded) -> pd.DataFrame:
    """Measure how often a right code is among the first suggestions, by holding out one whole interview at a time.

    A random split would let the model see the same talk it is tried on, and promise too much.

    Parameters
    ----------
    coded : Coded
        As in `learned_suggestions`.

    Returns
    -------
    pandas.DataFrame
        `method` (the commonest codes, the codebook's patterns, learned), `hit1`, `hit3`, `hit5` (per cent of the coded
        turns with a right code among the first so many, over all held-out turns), `turns`, `interviews`. A pattern's
        suggestions stand in the order in which they are found. No rows with fewer than two coded interviews.

    Examples
    --------
    With one interview there is none to hold out.

    >>> from blupkit import core, interviews
    >>> evaluate_suggestions(interviews.read_coded(core.example_study())).empty
    True
    """
    texts, given = _labelled(coded)
    talks = texts.index.get_level_values("interview")
    if talks.nunique() < 2:
        return pd.DataFrame(columns=EVALUATION_COLUMNS)
    found = suggest_codes(coded).groupby(["interview", "turn"])["code"].agg(lambda part: list(dict.fromkeys(part)))
    codes, letters = given.columns.to_numpy(), count_letters(texts)
    ranked: dict[str, list[list[str]]] = {POPULAR: [], PATTERNS: [], LEARNED: []}
    right: list[set[str]] = []
    held_out = talks.unique()[:: -(-talks.nunique() // HELD_OUT)]
    for talk in held_out:
        here = np.asarray(talks == talk)
        known = given[~here]
        popular = list(codes[np.argsort(-known.sum(axis=0).to_numpy(), kind="stable")])
        used = known.columns[known.any(axis=0)].to_numpy()
        scores = learn(letters[~here], known[used].to_numpy(), letters[here])
        ranked[POPULAR] += [popular] * int(here.sum())
        ranked[PATTERNS] += [found.get(place, []) for place in texts.index[here]]
        ranked[LEARNED] += [list(used[order]) for order in np.argsort(-scores, axis=1, kind="stable")]
        right += [set(codes[line]) for line in given[here].to_numpy(dtype=bool)]
    rows = [
        (method, *(_percent_hit(lists, right, top) for top in TOPS), len(right), len(held_out))
        for method, lists in ranked.items()
    ]
    return pd.DataFrame(rows, columns=EVALUATION_COLUMNS)


def _percent_hit(ranked: list[list[str]], right: list[set[str]], top: int) -> float:
    """Give the per cent of turns with a right code among the first so many."""
    return float(100 * np.mean([bool(set(order[:top]) & codes) for order, codes in zip(ranked, right, strict=True)]))


def _labelled(coded: Coded) -> tuple[pd.Series, pd.DataFrame]:
    """Give the text of every coded turn, and turns × codes: whether it has the code."""
    given, spoken = coded.given, coded.participant_turns.set_index(["interview", "turn"])["text"]
    texts = spoken[spoken.index.isin(given.index)]
    return texts, given.reindex(index=texts.index)


def count_letters(texts: Iterable[str]) -> sparse.csr_matrix:
    """Count in each text how often each run of two to five letters stands there.

    Parameters
    ----------
    texts : iterable of str
        At least one with a letter.

    Returns
    -------
    scipy.sparse.csr_matrix
        Texts × runs of letters within a word; a blank stands for the edge of one.

    Examples
    --------
    " j", "ja", "a ", " ja", "ja " and " ja " are six runs, each once.

    >>> count_letters(["ja"]).toarray().tolist()
    [[1, 1, 1, 1, 1, 1]]
    """
    from sklearn.feature_extraction.text import CountVectorizer  # slow to import, and most commands need none of it

    return CountVectorizer(analyzer="char_wb", ngram_range=(2, 5)).fit_transform(texts)


def learn(known: sparse.csr_matrix, given: npt.NDArray[np.bool_], others: sparse.csr_matrix) -> Numbers:
    """Learn from coded turns which codes others may have.

    Runs of letters that stand in no coded turn weigh nothing. There are many more of them than turns, so the dual
    problem is the smaller one.

    Parameters
    ----------
    known : scipy.sparse.csr_matrix
        Coded turns × runs of letters, as `count_letters` gives them.
    given : numpy.ndarray of bool
        Coded turns × codes, each given to one turn at least.
    others : scipy.sparse.csr_matrix
        Other turns × the same runs.

    Returns
    -------
    numpy.ndarray
        Other turns × codes: the larger, the likelier; above 0 where it is likelier than not.

    Examples
    --------
    >>> counts = count_letters(["fonde", "fonden", "møde", "mødet", "fondens"])
    >>> given = np.array([[True, False], [True, False], [False, True], [False, True]])
    >>> (learn(counts[:4], given, counts[4:]) > 0).tolist()
    [[True, False]]
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier

    seen = np.flatnonzero(known.getnnz(axis=0))
    weights = TfidfTransformer(sublinear_tf=True).fit(known[:, seen])
    each = LogisticRegression(C=10, solver="liblinear", class_weight="balanced", dual=True, random_state=0)
    model = OneVsRestClassifier(each).fit(weights.transform(known[:, seen]), given.astype(int))
    scores = np.asarray(model.decision_function(weights.transform(others[:, seen])))
    return scores if scores.ndim > 1 else np.column_stack([-scores, scores])[:, -given.shape[1] :]


def text_evaluation(evaluation: pd.DataFrame) -> str:
    """Say how far the suggestions can be trusted, with the commonest codes as the measure to beat.

    Parameters
    ----------
    evaluation : pandas.DataFrame
        What `evaluate_suggestions` measured; not changed.

    Returns
    -------
    str
        Danish prose.

    Examples
    --------
    >>> text_evaluation(pd.DataFrame())
    'Forslagene kan først prøves, når to interview er kodet.'
    """
    if evaluation.empty:
        return "Forslagene kan først prøves, når to interview er kodet."
    hits = dict(zip(evaluation["method"], evaluation[f"hit{SUGGESTED_AT_ONCE}"], strict=True))
    learned, popular = hits[LEARNED], hits[POPULAR]
    turns = int(evaluation["turns"].iloc[0])
    better = "bedre" if learned > popular else "ikke bedre"
    return (
        f"Forslagene er prøvet på {number(turns, 0)} kodede ture, ét interview ad gangen, som programmet ikke havde"
        f" set. I {number(learned, 0)} pct. af turene var en rigtig kode blandt de {count(SUGGESTED_AT_ONCE)} første"
        f" forslag. Det er {better} end at gætte på de hyppigste koder, som rammer i {number(popular, 0)} pct. Et"
        " forslag viser, hvor du kan se efter. Det tælles aldrig som en kode."
    )
