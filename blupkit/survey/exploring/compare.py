"""Municipalities side by side: level and gap of every competence, and which differences few answers seldom give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from scipy.special import comb

from blupkit.core import ALL
from blupkit.core.danish import first_upper, listing, many, number
from blupkit.display import Drawing, ResultTable, Shape
from blupkit.survey.exploring.questions import (
    Chosen,
    Flags,
    call_line,
    choose,
    find_groups,
    find_question,
    find_towns,
    refusal,
)
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, bootstrap_weights, percentile_interval
from blupkit.survey.measures.needs import GAP, LEVEL, pair_statistics
from blupkit.survey.measures.rank_tests import holm
from blupkit.survey.reading.responses import Responses

FEWEST, MOST = 2, 4
#: What is said of a difference; never that it is significant, since nobody was drawn at random.
LARGER, SMALLER, FEW = "større, end få svar let giver", "ikke større, end få svar let giver", "for få svar"
#: How often chance may give one difference or more so large, among all that are shown.
RISK: Final = 0.05
_HOW: Final = (
    "Fra og til er 95 pct.-intervaller (bootstrap over besvarelser). En forskel er »{larger}«, når dens interval ikke"
    " rummer 0, og forskellen også er stor i forhold til spredningen (Welch), når der tages højde for, at {many} ses på"
    " én gang (Holm). Deltagerne er ikke en tilfældig stikprøve, så det siger intet om dem, der ikke har svaret."
)
_MIXED: Final = (
    "Grupperne er lagt sammen: En forskel kan skyldes, at der ikke er lige mange fra hver gruppe. Vælg én med group."
)


@dataclass(frozen=True, eq=False)
class Place:
    """A municipality or a group: the means of its complete pairs, in the answers (first) and in each draw, by item."""

    name: str
    n: npt.NDArray[np.int_]
    spread: Numbers
    level: Numbers
    gap: Numbers


def compare(responses: Responses, municipalities: Sequence[str], *, group: str = "") -> ResultTable:
    """Sammenlign to til fire kommuner: niveau og gab for hver kompetence, største forskel først.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    municipalities : sequence of str
        Two to four, in any spelling that the study knows.
    group : str
        Only these; "" for all together, and then the table says what that means.

    Returns
    -------
    ResultTable
        One row a competence, the largest difference between two gaps first. Where there are more than two
        municipalities, the two with the largest difference (one that few answers do not give easily comes first); their
        difference with its bootstrap interval; and what is to be said of it: "større, end få svar let giver" where the
        interval leaves out 0 and p of Welch's (1947) test, corrected after Holm (1979) for all differences of the
        table, is below 0.05. Then for each municipality the answers to both ratings, and level and gap with 95 per cent
        percentile bootstrap intervals, as `needs` gives them.
        Missing data: a pair with "ved ikke" or without an answer is left out, and counted in the notes; below `min_n`
        answers there is neither interval nor judgement.

    Raises
    ------
    DataError
        There are not two to four different municipalities, or one has no such name, or nobody was asked.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> table = compare(example_responses(), ["Nordby", "Sydby"], group="L").frame
    >>> table[["Kompetence", "Forskel i gab"]].to_numpy().tolist()
    [['Søge fonde', 0.6], ['Lede møder', 0.6]]
    """
    towns = _towns(responses, municipalities)
    chosen = choose(responses, group)
    pairs = _pairs(responses, group)
    least = responses.study.thresholds.min_n
    column = responses.respondents["municipality"]
    here = [chosen.who & column.eq(town).to_numpy() for town in towns]
    places = [
        _measured(responses, _short(responses, town), town, who, pairs, least)
        for town, who in zip(towns, here, strict=True)
    ]
    mixed = [] if group or len(responses.study.group_keys) == 1 else [_MIXED]
    call = call_line("compare", list(towns), group=group)
    return _table(responses, places, here, pairs, chosen, mixed, call)


def compare_groups(responses: Responses, *, municipality: str = "") -> ResultTable:
    """Sammenlign grupperne: niveau og gab for hver kompetence, største forskel først.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    municipality : str
        Only this one, in any spelling that the study knows; "" for all.

    Returns
    -------
    ResultTable
        As `compare` gives it, of the competences of which at least two groups were asked both importance and level.
        Missing data: as in `compare`; a group that was not asked has 0 answers, and no means.

    Raises
    ------
    DataError
        The study has fewer than two groups that were asked the same, or there is no such municipality.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> table = compare_groups(example_responses(), municipality="Nordby").frame
    >>> table[["Kompetence", "Forskel i gab"]].to_numpy().tolist()
    [['Søge fonde', 1.0], ['Lede møder', -0.2]]
    """
    study, chosen = responses.study, choose(responses, "", municipality)
    asked = pd.concat([responses.questionnaire.pairs(key) for key in study.group_keys])
    pairs = asked[asked.duplicated("item", keep=False)].drop_duplicates("item").reset_index(drop=True)
    if pairs.empty:
        expected = "mindst én kompetence, som to grupper har vurderet på både vigtighed og niveau"
        action = "Se én gruppe ad gangen med survey.profile."
        raise refusal("ingen fælles kompetencer", expected, action)
    least, column = study.thresholds.min_n, responses.respondents["group"]
    here = [chosen.who & column.eq(key).to_numpy() for key in study.group_keys]
    [cell] = find_towns(responses, [municipality]) if municipality else [ALL]
    places = [
        _measured(responses, study.group(key).name, cell, who, pairs, least)
        for key, who in zip(study.group_keys, here, strict=True)
    ]
    call = call_line("compare_groups", municipality=municipality)
    return _table(responses, places, here, pairs, chosen, [], call)


def _table(
    responses: Responses,
    places: list[Place],
    here: list[npt.NDArray[np.bool_]],
    pairs: pd.DataFrame,
    chosen: Chosen,
    mixed: list[str],
    call: str,
) -> ResultTable:
    least = responses.study.thresholds.min_n
    frame, marks, tests = _laid_out(pairs["label"].tolist(), places, least)
    names = listing([place.name for place in places])
    asked = [*pairs["importance"], *pairs["level"]]
    missing = {variable: find_question(responses, variable).missing for variable in asked}
    title = chosen.titled(f"{first_upper(names)} sammenlignet")
    notes = [
        f"{len(pairs)} kompetencer. Gab er vigtighed minus nuværende niveau hos dem, der har svaret på begge dele.",
        *mixed,
        *(_counted(missing, place.name, who, pairs) for place, who in zip(places, here, strict=True)),
        _HOW.format(larger=LARGER, many=many(tests, "forskel", "forskelle")),
    ]
    drawing = Drawing(marks, f"Gab. *: {first_upper(LARGER)}.", least, zero=True)
    return ResultTable(title, frame, tuple(notes), Shape.POINTS, call, drawing, responses.study.folder)


def _towns(responses: Responses, municipalities: Sequence[str]) -> list[str]:
    names = [municipalities] if isinstance(municipalities, str) else list(municipalities)
    towns = find_towns(responses, names)
    if not FEWEST <= len(towns) <= MOST:
        found, expected = listing(names) or "ingen kommuner", "to til fire forskellige kommuner"
        raise refusal(found, expected, 'Skriv dem som en liste: ["navn", "navn"].', "kommuner")
    return towns


def _pairs(responses: Responses, group: str) -> pd.DataFrame:
    each = [responses.questionnaire.pairs(key) for key in find_groups(responses, group)]
    pairs = pd.concat(each).drop_duplicates("item", ignore_index=True)
    if pairs.empty:
        expected = "mindst én kompetence, der er vurderet på både vigtighed og niveau"
        raise refusal("ingen kompetencer", expected, "Vælg en anden gruppe.")
    return pairs


def _measured(
    responses: Responses, name: str, cell: str, here: npt.NDArray[np.bool_], pairs: pd.DataFrame, least: int
) -> Place:
    people, study, width = responses.respondents, responses.study, len(pairs)
    matrix = responses.values([*pairs["importance"], *pairs["level"]]).to_numpy(dtype=float)[here]
    groups = people.loc[here, "group"].unique()
    # The seed of the cell that `needs` draws in, so that the same intervals come out.
    seed = "\n".join([responses.secret, study.name, cell, str(groups[0]) if len(groups) == 1 else ALL])
    ordered, weights = bootstrap_weights(matrix, DRAWS, seed)
    drawn = pair_statistics(weights, ordered[:, :width], ordered[:, width:], (LEVEL, GAP))
    own = pair_statistics(np.ones((1, len(matrix))), matrix[:, :width], matrix[:, width:], (LEVEL, GAP))
    gaps = matrix[:, :width] - matrix[:, width:]
    n = np.isfinite(gaps).sum(axis=0)
    level, gap = (np.vstack([own[at], np.where(n >= least, drawn[at], np.nan)]) for at in (0, 1))
    spread = pd.DataFrame(gaps).var(ddof=1).to_numpy(dtype=float)
    return Place(name, n, spread, level, gap)


def welch(difference: Numbers, spreads: tuple[Numbers, Numbers], sizes: tuple[Numbers, Numbers]) -> Numbers:
    """Give p of Welch's test of a difference between two means: two-sided, with degrees of freedom after Satterthwaite.

    Parameters
    ----------
    difference : numpy.ndarray
        Between the means.
    spreads, sizes : tuple of numpy.ndarray
        The variance (n - 1) and number of answers of both. Where neither varies, the test has no answer: if they
        differ, p is how seldom chance would deal the answers out so. With fewer than two answers p is NaN.

    Examples
    --------
    R's own example of ten people who slept after two drugs: t.test(extra ~ group, data = sleep) has p = 0.07939.

    >>> one = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    >>> other = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    >>> spreads = one.var(ddof=1, keepdims=True), other.var(ddof=1, keepdims=True)
    >>> welch(one.mean(keepdims=True) - other.mean(), spreads, (np.array([10.0]), np.array([10.0]))).round(5).tolist()
    [0.07939]
    """
    differ, (one, other) = np.abs(difference) > 1e-9, sizes
    apart = np.where(differ, np.minimum(2 / comb(one + other, one), 1.0), 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = [spread / size for spread, size in zip(spreads, sizes, strict=True)]
        error = parts[0] + parts[1]
        freedom = error**2 / sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
        p = 2 * stats.t.sf(np.abs(difference) / np.sqrt(error), freedom)
    return np.where(error == 0, apart, p)


def _laid_out(labels: list[str], places: list[Place], least: int) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    columns: dict[str, object] = {}
    drawn = []
    for place in places:
        columns[f"{place.name}, svar"] = place.n
        for measure, draws in (("niveau", place.level), ("gab", place.gap)):
            low, high = percentile_interval(draws[1:])
            columns |= {f"{place.name}, {measure}": draws[0]}
            columns |= {f"{place.name}, {measure} fra": low, f"{place.name}, {measure} til": high}
        drawn.append(
            pd.DataFrame({"series": place.name, "value": place.gap[0], "low": low, "high": high, "n": place.n})
        )
    found, tests = _differences(places, least)
    if len(places) == FEWEST:
        found = found.drop(columns="Forskel mellem")
    # What is asked for stands first: on a narrow screen the rest is reached by scrolling.
    frame = pd.concat([pd.Series(labels, name="Kompetence", dtype="str"), found, pd.DataFrame(columns)], axis=1)
    order = frame["Forskel i gab"].abs().sort_values(ascending=False, kind="stable", na_position="last").index
    starred = frame["Kompetence"] + np.where(frame["Forskellen er"] == LARGER, " *", "")
    label = pd.Categorical(starred, starred[order], ordered=True)
    marks = pd.concat([part.assign(label=label) for part in drawn], ignore_index=True)
    return frame.loc[order].reset_index(drop=True), marks, tests


def _differences(places: list[Place], least: int) -> tuple[pd.DataFrame, int]:
    """Give the difference to be told of each item, and how many differences it was chosen among in the whole table."""
    both = list(combinations(places, 2))
    gap = np.array([one.gap[0] - other.gap[0] for one, other in both])
    enough = np.array([(one.n >= least) & (other.n >= least) for one, other in both])
    tested = [
        welch(one.gap[0] - other.gap[0], (one.spread, other.spread), (one.n.astype(float), other.n.astype(float)))
        for one, other in both
    ]
    p = np.array(tested)
    p[~enough] = np.nan
    corrected = holm(p.ravel()).reshape(p.shape)
    ends = [percentile_interval(one.gap[1:] - other.gap[1:]) for one, other in both]
    low, high = np.array([low for low, _ in ends]), np.array([high for _, high in ends])
    larger = (corrected < RISK) & ((low > 0) | (high < 0))
    # First what few answers do not give easily, then what may be judged at all, then what rests on too few.
    size = np.where(np.isnan(gap), -1.0, np.abs(gap)) + 1e6 * enough + 1e6 * larger
    at = (size.argmax(axis=0), np.arange(gap.shape[1]))
    said = np.where(~enough[at], FEW, np.where(larger[at], LARGER, SMALLER))
    return pd.DataFrame({
        "Forskel mellem": [f"{both[pair][0].name} og {both[pair][1].name}" for pair in at[0]],
        "Forskel i gab": gap[at].round(9), "Forskel, fra": low[at], "Forskel, til": high[at], "Forskellen er": said,
    }), int(np.isfinite(p).sum())  # fmt: skip


def _counted(missing: Mapping[str, Flags], name: str, here: Flags, pairs: pd.DataFrame) -> str:
    """Count a side's pairs in and out; of two reasons, that it was not asked comes first, then "ved ikke"."""
    told = np.zeros(4, dtype=int)
    for halves in zip(pairs["importance"], pairs["level"], strict=True):
        one, other = (missing[variable] for variable in halves)
        unknown, silent, unasked = (one | other)[here].T
        reasons = [unasked, unknown & ~unasked, silent & ~(unknown | unasked), ~(unknown | silent | unasked)]
        told += [int(reason.sum()) for reason in reasons]
    not_asked, did_not_know, unanswered, answered = (number(int(count), 0) for count in told)
    people = many(int(here.sum()), "besvarelse", "besvarelser")
    return (
        f"{first_upper(name)}: {people} gange {len(pairs)} kompetencer giver {answered} svar på begge dele,"
        f" {did_not_know} med ved ikke, {unanswered} uden svar og {not_asked}, der ikke er blevet spurgt."
    )


def _short(responses: Responses, town: str) -> str:
    return next(one.short for one in responses.study.municipalities if one.slug == town)
