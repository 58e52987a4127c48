"""How well the items of a dimension belong together: Cronbach's alpha and McDonald's omega, and words for them."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import optimize, stats

from blupkit.core import ALL, Edition, read_edition
from blupkit.core.danish import count, listing, number
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable
from blupkit.disclosure.safe_table import Status, is_shown
from blupkit.survey.measures.bootstrap import Numbers
from blupkit.survey.measures.needs import GAP, IMPORTANCE, LEVEL, ratings
from blupkit.survey.reading.questionnaire import group_keys
from blupkit.survey.reading.responses import Responses

ALPHA, OMEGA = "Alfa", "Omega"
RATING_WORDS: Final = {IMPORTANCE: "vigtigheden", LEVEL: "det nuværende niveau", GAP: "gabet"}
#: Below this a dimension's items hold badly together; a common rule of thumb (Nunnally 1978).
ENOUGH: Final = 0.7
#: One factor has as many loadings as items; with two items there is but one correlation to find them from.
FEWEST_FOR_OMEGA: Final = 3
#: No loading may explain all of an item: its own share of the variance is at least 0.005, as in R's psych.
LARGEST_LOADING: Final = 0.995**0.5


def reliability(responses: Responses, needs: SafeTable, *, listwise: bool = False) -> SafeTable:
    """Measure how well the items of each dimension belong together, for each group in all municipalities together.

    * Alfa is Cronbach's (1951) alpha of the raw ratings. Its interval is Feldt's (1965), 95 per cent.
    * Omega is McDonald's (1999) total omega of one factor, fitted to the correlations by maximum likelihood. Unlike
      alpha it does not take all items to weigh the same.

    They are worked out only where every item of the dimension that the group was asked is shown in `needs` and rests on
    at least `varsomhed_n` answers.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What may be shown of `needs`; not changed.
    listwise : bool
        Use only those who rated every item of the dimension.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS`, `status` and `rating` ("Vigtighed", "Nuværende niveau" or "Gab"), for "alle" × group ×
        dimension with at least two items; `item` is the dimension. Omega is missing with fewer than three items: two
        have one correlation, and two loadings cannot be found from it. Both are missing where all gave an item the
        same rating. Missing data: pairs with "ved ikke" or without an answer are left out; a covariance rests on those
        who rated both items (pairwise), and n is the fewest behind any of them; with `listwise`, n is those who rated
        all.

    Examples
    --------
    By hand: two items with variances 1 and 1 and covariance 0.5. Alpha = 2/1 · (1 - (1 + 1) / (1 + 1 + 2 · 0.5)) = 2/3.

    >>> round(cronbach_alpha(np.array([[1.0, 0.5], [0.5, 1.0]])), 4)
    0.6667
    """
    questionnaire = responses.questionnaire
    names = dict(zip(questionnaire.dimensions["dimension"], questionnaire.dimensions["label"], strict=True))
    rows: list[dict[str, object]] = []
    for group in group_keys(responses.study):
        answers = ratings(responses, group)
        shown = _shown_items(needs, group, responses.study.thresholds.caution_n)
        for dimension, items in _members(responses, group).items():
            head = {"municipality": ALL, "group": group, "item": dimension, "label": names[dimension]}
            visible = shown.issuperset(items)
            for rating in RATING_WORDS:
                rows += _rows(head | {"rating": rating}, answers[rating][items], visible=visible, listwise=listwise)
    frame = pd.DataFrame(rows, columns=[*MEASURE_COLUMNS, "rating", "status"]).astype({"n": "Int64"})
    return SafeTable(frame, needs.min_n)


def _shown_items(needs: SafeTable, group: str, fewest: int) -> set[str]:
    frame = needs.frame
    rows = frame[(frame["municipality"] == ALL) & (frame["group"] == group) & (frame["measure"] == GAP)]
    return set(rows.loc[is_shown(rows) & (rows["n"] >= fewest).fillna(value=False), "item"])


def _members(responses: Responses, group: str) -> dict[str, list[str]]:
    """Give the items of each dimension in which the group was asked at least two, in the dimensions' order."""
    asked = responses.questionnaire.asked
    own = asked[asked["group"] == group]
    both = own[(own["kind"] == "vigtighed") & own["item"].isin(own.loc[own["kind"] == "niveau", "item"])]
    parts = both.groupby("dimension")["item"].agg(list).to_dict()
    known = responses.questionnaire.dimensions["dimension"]
    return {name: parts[name] for name in known if len(parts.get(name, [])) > 1}


def _rows(head: dict[str, object], answers: pd.DataFrame, *, visible: bool, listwise: bool) -> list[dict[str, object]]:
    nothing = float("nan")
    both = [{**head, "measure": ALPHA}, {**head, "measure": OMEGA}]
    if not visible:
        gone = {"value": nothing, "low": nothing, "high": nothing, "n": None, "status": Status.HIDDEN}
        return [{**row, **gone, "lowest": float("-inf"), "highest": 1.0} for row in both]
    kept = answers.dropna() if listwise else answers
    present = kept.notna().to_numpy(dtype=float)
    n = int((present.T @ present).min())
    alpha, omega = cronbach_alpha(kept.cov().to_numpy()), one_factor_omega(kept.corr().to_numpy())
    low, high = _feldt(alpha, n, answers.shape[1])
    # Alpha and omega have no lower end: items that contradict each other give a negative alpha.
    same = {"n": n, "status": Status.SHOWN, "lowest": float("-inf"), "highest": 1.0}
    return [
        {**both[0], **same, "value": alpha, "low": low, "high": high},
        {**both[1], **same, "value": omega, "low": nothing, "high": nothing},
    ]


def cronbach_alpha(covariance: Numbers) -> float:
    """Compute Cronbach's alpha from the covariances of the items: k / (k - 1) · (1 - sum of variances / sum of all).

    Parameters
    ----------
    covariance : numpy.ndarray
        Items × items.

    Returns
    -------
    float
        At most 1; NaN where a covariance is missing or nothing varies.

    Examples
    --------
    >>> round(cronbach_alpha(np.array([[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])), 4)
    0.75
    """
    size, total = len(covariance), float(covariance.sum())
    if np.isnan(total) or total <= 0 or (np.diag(covariance) == 0).any():
        return float("nan")
    return size / (size - 1) * (1 - float(np.trace(covariance)) / total)


def _feldt(alpha: float, n: int, size: int) -> tuple[float, float]:
    """Give Feldt's interval: (1 - alpha) / (1 - estimate) follows an F distribution."""
    first, second = n - 1, (n - 1) * (size - 1)
    low, high = (1 - (1 - alpha) * stats.f.ppf(level, first, second) for level in (0.975, 0.025))
    return float(low), float(high)


def one_factor_omega(correlation: Numbers) -> float:
    """Compute McDonald's omega of one factor from the correlations of the items.

    The loadings are those of greatest likelihood, as `psych::fa(fm = "ml")` finds them. Omega = S² / (S² + U), where S
    is the sum of the loadings, and U the sum of what the factor leaves of each item, 1 - loading².

    Parameters
    ----------
    correlation : numpy.ndarray
        Items × items.

    Returns
    -------
    float
        0-1; NaN with fewer than three items or where a correlation is missing.

    Examples
    --------
    By hand: every correlation is 0.25, so every loading is 0.5: S = 1.5 and U = 3 · 0.75, 2.25 / (2.25 + 2.25) = 0.5.

    >>> round(one_factor_omega(np.array([[1.0, 0.25, 0.25], [0.25, 1.0, 0.25], [0.25, 0.25, 1.0]])), 4)
    0.5
    """
    if len(correlation) < FEWEST_FOR_OMEGA or np.isnan(correlation).any():
        return float("nan")

    def misfit(loadings: Numbers) -> tuple[float, Numbers]:
        """Give minus twice the log likelihood by respondent, but for a constant, and its slope in each loading."""
        implied = np.outer(loadings, loadings)
        np.fill_diagonal(implied, 1.0)
        inverse = np.linalg.inv(implied)
        slope = inverse - inverse @ correlation @ inverse
        np.fill_diagonal(slope, 0.0)
        fit = np.linalg.slogdet(implied).logabsdet + np.trace(inverse @ correlation)
        return float(fit), 2 * slope @ loadings

    bounds = [(-LARGEST_LOADING, LARGEST_LOADING)] * len(correlation)
    options = {"ftol": 1e-14, "gtol": 1e-9}
    # With few items there may be several peaks, each near one item: climb from all of them, and keep the highest.
    tries = [
        optimize.minimize(misfit, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options)
        for start in 0.9 * correlation
    ]
    loadings = min(tries, key=lambda found: float(found.fun)).x
    common, own = float(loadings.sum()) ** 2, float((1 - loadings**2).sum())
    return common / (common + own)


def text_reliability(table: SafeTable, edition: Edition) -> str:
    """Say for the method section how well the items of the dimensions belong together.

    Parameters
    ----------
    table : SafeTable
        What `reliability` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph on all municipalities together; a polite sentence where nothing may be shown; nothing on a
        municipality's page.
    """
    if edition.municipality:
        return ""
    frame = table.frame[is_shown(table.frame)]
    alphas = frame[frame["measure"] == ALPHA]
    if alphas.empty:
        return (
            "Der er for få besvarelser, der kan vises, til at opgøre, hvor godt kompetencerne i hvert område hænger"
            " sammen."
        )
    spans = listing(
        f"{_span(part['value'])} for {words}"
        for rating, words in RATING_WORDS.items()
        if len(part := alphas[alphas["rating"] == rating])
    )
    place = read_edition(edition.study, ALL).place
    sentences = [
        "Kompetencerne i et område skal gerne hænge sammen, så den, der vurderer én af dem højt, også vurderer de"
        f" andre højt. Det måles med Cronbachs alfa: Tallet er 1, når de følges helt ad, og {number(ENOUGH)} regnes"
        f" ofte for tilstrækkeligt. I svarene fra {place} er alfa i grupper og områder {spans}.",
        _omega_sentence(frame[frame["measure"] == OMEGA]),
        _weak_sentence(alphas.loc[alphas["rating"] == GAP, "value"] >= ENOUGH),
        "Beregningen bygger på dem, der har vurderet både vigtighed og niveau. »Ved ikke« og ubesvarede indgår ikke.",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _span(values: pd.Series) -> str:
    low, high = number(float(values.min()), 2), number(float(values.max()), 2)
    return low if low == high else f"{low}-{high}"


def _omega_sentence(omegas: pd.DataFrame) -> str:
    if omegas.empty:
        return ""
    return (
        "McDonalds omega, som ikke forudsætter, at alle kompetencer vejer lige meget, og som kræver mindst tre"
        f" kompetencer, er {_span(omegas['value'])}."
    )


def _weak_sentence(enough: pd.Series) -> str:
    """Say in how many cases the gaps of a dimension hold badly together: there its mean hides differences."""
    if enough.all():
        return ""
    few = int((~enough).sum())
    weak = f"i {'ét' if few == 1 else count(few)} af {count(len(enough))}" if enough.any() else "i alle"
    return (
        f"For gabet er alfa under {number(ENOUGH)} {weak} tilfælde. Her dækker områdets gab over forskelle mellem"
        " kompetencerne og bør læses sammen med dem."
    )
