"""What was rated: importance against present level, in pairs, as the field measures needs; and the cooperation."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.disclosure import MeasureRow, measure_table
from blupkit.disclosure.safe_table import NOT_SAID
from blupkit.survey.measures.bootstrap import DRAWS, Numbers, weighted_means, with_interval
from blupkit.survey.measures.spread import Spread, spread_table, tally_of, variances
from blupkit.survey.reading.responses import Cell, Responses

IMPORTANCE, LEVEL, GAP, MWDS = "Vigtighed", "Nuværende niveau", "Gab", "MWDS"
BELOW, EQUAL, ABOVE, RDS = "Niveau under vigtighed", "Niveau lig vigtighed", "Niveau over vigtighed", "RDS"
MEANS: Final = (IMPORTANCE, LEVEL, GAP, MWDS)
DIRECTIONS: Final = (BELOW, EQUAL, ABOVE, RDS)
MEASURES: Final = (*MEANS, *DIRECTIONS)


def needs(responses: Responses, draws: int = DRAWS) -> pd.DataFrame:
    """Measure the need for each competence as importance against present level.

    All measures of an item rest on the same respondents: those who rated both its importance I and their level C. With
    n such pairs:

    * Vigtighed and Nuværende niveau are the means of I and C;
    * Gab is mean(I - C); positive = need;
    * MWDS (Borich 1980) weights the gap by the mean importance of the item, mean(I) · mean(I - C), not by each
      respondent's own I; positive = need. It adds nothing to the two means.

    The interval is the 95 per cent percentile bootstrap over respondents, one resampling for all items of a cell. It
    is the cell's own: what a release shows of it, `settled` decides.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    draws : int
        Bootstrap draws.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` for every municipality and "alle" × group × item that the group was asked, and
        `additive`: the two means add up over municipalities, the others follow from them; and what `spread_table`
        declares: the variance (of MWDS, to the first order) and for the gap the tally. Missing data: "ved ikke" and
        unanswered leave the pair out; an item without a pair has n = 0 and no value.

    Examples
    --------
    By hand: I = 5, 4, 5 and C = 2, 3, 4 give a gap of (3 + 1 + 1) / 3 = 1.6667 and MWDS = 14/3 · 5/3 = 7.7778.

    >>> round(14 / 3 * 5 / 3, 4)
    7.7778

    >>> from blupkit.survey.example import example_responses
    >>> table = needs(example_responses(), draws=10)
    >>> table.loc[table["measure"] == "Gab", "value"].round(4).tolist()[:2]
    [2.0, 1.0]
    """
    table = spread_table(_measure_pairs(responses, MEANS, draws))
    return table.assign(additive=table["measure"].isin([IMPORTANCE, LEVEL]))


def gap_directions(responses: Responses, draws: int = DRAWS) -> pd.DataFrame:
    """Share the pairs out: level below, equal to or above importance, and what that comes to.

    RDS (Narine & Harder 2021) is the percentage with C > I minus the percentage with C < I; NEGATIVE = need. It is
    ordinal: it leaves the size of the gap out. That is why it stands beside the gap.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    draws : int
        Bootstrap draws.

    Returns
    -------
    pandas.DataFrame
        As `needs`, on the same pairs, in per cent; `distribution` is True, since the shares say how answers are spread.

    Examples
    --------
    By hand: I = 5, 4, 5 and C = 2, 3, 4: all three rate their level below the importance, so RDS = 0 - 100.

    >>> 100 * (0 / 3 - 3 / 3)
    -100.0
    """
    table = measure_table(row for row, _ in _measure_pairs(responses, DIRECTIONS, draws))
    return table.assign(additive=table["measure"] != RDS, distribution=True)


def _measure_pairs(responses: Responses, measures: tuple[str, ...], draws: int) -> list[tuple[MeasureRow, Spread]]:
    rows: list[tuple[MeasureRow, Spread]] = []
    by_group = {group: item_pairs(responses, group) for group in responses.study.group_keys}
    wide = responses.values(responses.questionnaire.rated_variables)
    for cell in responses.cells():
        pairs = by_group[cell.group]
        if len(pairs):
            rows += _cell_rows(cell, pairs, wide.loc[cell.respondents], measures, draws)
    return rows


def item_pairs(responses: Responses, group: str) -> pd.DataFrame:
    """Lay out the items of which a group was asked both importance and level.

    Parameters
    ----------
    responses : Responses
        Its questionnaire is asked; not changed.
    group : str
        The group's key.

    Returns
    -------
    pandas.DataFrame
        What `Questionnaire.pairs` gives, and `ends`: those of each measure's own scale.
    """
    pairs = responses.questionnaire.pairs(group)
    scales = list(zip(pairs["scale_i"], pairs["scale_c"], strict=True))
    known = {pair: _ends(*map(responses.questionnaire.ends_of, pair)) for pair in set(scales)}
    ends = [known[pair] for pair in scales]
    return pairs.assign(ends=pd.Series(ends, index=pairs.index, dtype=object))


def ratings(responses: Responses, group: str) -> dict[str, pd.DataFrame]:
    """Lay out what a group answered to the items of which it was asked both importance and level.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    group : str
        The group's key.

    Returns
    -------
    dict of str to pandas.DataFrame
        "Vigtighed", "Nuværende niveau" and "Gab": the group's respondents × items, on complete pairs only. Missing
        data: where either rating is "ved ikke" or unanswered, all three are NaN, as in `needs`.
    """
    pairs = responses.questionnaire.pairs(group)
    items, first, second = (pairs[column].tolist() for column in ("item", "importance", "level"))
    people = responses.respondents
    wide = responses.values([*first, *second]).loc[people.loc[people["group"] == group, "respondent"]]
    answers = {IMPORTANCE: wide[first].set_axis(items, axis=1), LEVEL: wide[second].set_axis(items, axis=1)}
    # Rounded, since 0.3 - 0.1 and 0.2 must be the same gap on a scale with decimals.
    answers[GAP] = (answers[IMPORTANCE] - answers[LEVEL]).round(9)
    complete = answers[GAP].notna()
    return {rating: table.where(complete) for rating, table in answers.items()}


def _cell_rows(
    cell: Cell, pairs: pd.DataFrame, answers: pd.DataFrame, measures: tuple[str, ...], draws: int
) -> list[tuple[MeasureRow, Spread]]:
    matrix, width = answers[[*pairs["importance"], *pairs["level"]]].to_numpy(dtype=float), len(pairs)

    def statistic(weights: Numbers, rated: Numbers) -> Numbers:
        return np.moveaxis(pair_statistics(weights, rated[:, :width], rated[:, width:], measures), 1, 0)

    found = list(zip(measures, *with_interval(statistic, matrix, draws, cell.seed), strict=True))
    count = (~np.isnan(matrix[:, :width]) & ~np.isnan(matrix[:, width:])).sum(axis=0)
    head, spreads = (cell.municipality, cell.group), _spreads(matrix[:, :width], matrix[:, width:])
    return [
        (
            MeasureRow(*head, item, label, name, value[at], below[at], above[at], count[at], *ends[name]),
            spreads[name][at] if name in spreads else Spread(NOT_SAID),
        )
        for at, (item, label, ends) in enumerate(zip(pairs["item"], pairs["label"], pairs["ends"], strict=True))
        for name, value, below, above in found
    ]


def _spreads(importance: Numbers, level: Numbers) -> dict[str, list[Spread]]:
    """Say how each item's complete pairs are spread, and how often each gap was given."""
    # Rounded, since 0.3 - 0.1 and 0.2 must be the same gap on a scale with decimals.
    gap = (importance - level).round(9)
    first, second = np.where(np.isnan(gap), np.nan, importance), np.where(np.isnan(gap), np.nan, level)
    ones = np.ones((1, len(gap)))
    # To the first order the product of two means varies as what each person adds to either.
    product = weighted_means(ones, gap) * first + weighted_means(ones, first) * gap
    found = {
        name: [Spread(variance) for variance in variances(values)]
        for name, values in ((IMPORTANCE, first), (LEVEL, second), (GAP, gap), (MWDS, product))
    }
    tallies = [tally_of(column) for column in gap.T]
    found[GAP] = [spread._replace(tally=tally) for spread, tally in zip(found[GAP], tallies, strict=True)]
    return found


def pair_statistics(
    weights: Numbers, importance: Numbers, level: Numbers, measures: tuple[str, ...] = MEASURES
) -> Numbers:
    """Compute measures of the pairs for each row of weights.

    Parameters
    ----------
    weights : numpy.ndarray
        Draws × respondents: how often each respondent counts.
    importance, level : numpy.ndarray
        Respondents × items; NaN in either leaves the pair out.
    measures : tuple of str
        Which of `MEASURES`.

    Returns
    -------
    numpy.ndarray
        Measures × draws × items; NaN where no pair has weight.

    Examples
    --------
    >>> one_item = pair_statistics(np.ones((1, 3)), np.array([[5.], [4.], [5.]]), np.array([[2.], [3.], [4.]]))
    >>> one_item.round(4).ravel().tolist()
    [4.6667, 3.0, 1.6667, 7.7778, 100.0, 0.0, 0.0, -100.0]
    """
    complete = ~np.isnan(importance) & ~np.isnan(level)
    parts: dict[str, npt.NDArray[np.generic]] = {}
    if set(measures) & set(MEANS):
        parts |= {IMPORTANCE: np.where(complete, importance, 0.0), LEVEL: np.where(complete, level, 0.0)}
    if set(measures) & set(DIRECTIONS):
        parts |= {BELOW: level < importance, EQUAL: level == importance, ABOVE: level > importance}
    # One product for all: the sums of each part, and the number of pairs that they are divided by. The draws come last
    # in memory, since along them the percentiles are taken.
    columns = np.hstack([*parts.values(), complete]).astype(float)
    sums = (columns.T @ weights.T).reshape(len(parts) + 1, complete.shape[1], len(weights))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = dict(zip(parts, sums[:-1] / sums[-1], strict=True))
    if IMPORTANCE in found:
        found[GAP] = found[IMPORTANCE] - found[LEVEL]
        found[MWDS] = found[IMPORTANCE] * found[GAP]
    if BELOW in found:
        found[RDS] = found[ABOVE] - found[BELOW]
        found |= {measure: 100 * found[measure] for measure in DIRECTIONS}
    return np.stack([found[measure] for measure in measures]).swapaxes(1, 2)


def _ends(importance: tuple[float, float], level: tuple[float, float]) -> dict[str, tuple[float, float]]:
    """Give the ends of each measure's own scale."""
    # MWDS = I(I - C): largest for I highest and C lowest; least for C highest and I as near C/2 as the scale goes.
    nearest = min(max(level[1] / 2, importance[0]), importance[1])
    return {
        IMPORTANCE: importance,
        LEVEL: level,
        GAP: (importance[0] - level[1], importance[1] - level[0]),
        MWDS: (nearest * (nearest - level[1]), importance[1] * (importance[1] - level[0])),
        **dict.fromkeys([BELOW, EQUAL, ABOVE], (0.0, 100.0)),
        RDS: (-100.0, 100.0),
    }


def dimension_gaps(responses: Responses, draws: int = DRAWS) -> pd.DataFrame:
    """Measure the need in each dimension: the mean of the respondents' own mean gaps.

    A respondent counts in a dimension when at least half of the items that the group was asked in it have both
    ratings. A dimension in which the group was asked fewer than two items is left out: one item is no dimension.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    draws : int
        Bootstrap draws.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS` with the measure "Gab"; n is the number of respondents who count; and what
        `spread_table` declares. Missing data: pairs with "ved ikke" or without an answer are left out of the
        respondent's mean.

    Examples
    --------
    By hand: a group is asked three items, and at least two pairs are needed. Gaps of 2 and 1 with the third missing
    give that respondent 1.5; one gap of 3 alone gives none.

    >>> _person_gaps(np.array([[2.0, 1.0, np.nan], [3.0, np.nan, np.nan]])).tolist()
    [1.5, nan]

    >>> from blupkit.survey.example import example_responses
    >>> dimension_gaps(example_responses(), draws=10)["value"].tolist()[0]  # Nordby: gaps of 2.0 and 1.0
    1.5
    """
    dimensions, groups = responses.questionnaire.dimensions, responses.study.group_keys
    by_group = {group: (item_pairs(responses, group), ratings(responses, group)[GAP]) for group in groups}
    rows: list[tuple[MeasureRow, Spread]] = []
    for cell in responses.cells():
        pairs, gaps = by_group[cell.group]
        parts = {name: part for name, part in pairs.groupby("dimension", sort=False) if name and len(part) > 1}
        known, own = dimensions[dimensions["dimension"].isin(parts)], gaps.loc[cell.respondents]
        means = {name: _person_gaps(own[parts[name]["item"]].to_numpy(dtype=float)) for name in known["dimension"]}
        if means:
            ends = {name: _dimension_ends(part) for name, part in parts.items()}
            names = known.assign(ends=known["dimension"].map(ends))
            rows += mean_rows(cell, pd.DataFrame(means), names, GAP, draws)
    return spread_table(rows)


def _person_gaps(gaps: Numbers) -> Numbers:
    present = (~np.isnan(gaps)).sum(axis=1)
    enough = present * 2 >= gaps.shape[1]
    total = np.nansum(gaps, axis=1)
    return np.where(enough, total / np.maximum(present, 1), np.nan)


def _dimension_ends(part: pd.DataFrame) -> tuple[float, float]:
    ends = [ends[GAP] for ends in part["ends"]]
    return min(low for low, _ in ends), max(high for _, high in ends)


def mean_rows(
    cell: Cell, matrix: pd.DataFrame, names: pd.DataFrame, measure: str, draws: int
) -> list[tuple[MeasureRow, Spread]]:
    """Give one row a column of the matrix: its mean with bootstrap interval and spread, in the order of `names`.

    Parameters
    ----------
    cell : Cell
        Whose answers they are.
    matrix : pandas.DataFrame
        Respondents × what is averaged; NaN is left out.
    names : pandas.DataFrame
        One row a column of the matrix, in its order: first the item's name, then `label` and `ends` (of the scale).
    measure : str
        The display name.
    draws : int
        Bootstrap draws.
    """
    numbers = matrix.to_numpy(dtype=float)
    value, low, high = with_interval(weighted_means, numbers, draws, cell.seed)
    count = (~np.isnan(numbers)).sum(axis=0)
    spreads = map(Spread, variances(numbers))
    found = zip(spreads, names.iloc[:, 0], names["label"], value, low, high, count, names["ends"], strict=True)
    return [
        (MeasureRow(cell.municipality, cell.group, item, label, measure, *measured, *ends), spread)
        for spread, item, label, *measured, ends in found
    ]


def cooperation(responses: Responses, draws: int = DRAWS) -> pd.DataFrame:
    """Give the mean of each statement about the cooperation, for each rating group × rated group.

    A statement may be worded a little differently from side to side; its label is the one that stands first in the
    questionnaire, so that the sides can be laid beside each other.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    draws : int
        Bootstrap draws for the interval.

    Returns
    -------
    pandas.DataFrame
        `core.MEASURE_COLUMNS`; `group` is who rates, `measure` says whom ("Om forvaltningen"); and what `spread_table`
        declares. Missing data: "ved ikke" and unanswered are left out.

    Examples
    --------
    Nordby's five local members gave 3, 2, 3, 3 and 4.

    >>> from blupkit.survey.example import example_responses
    >>> cooperation(example_responses(), draws=10)[["measure", "value", "n"]].to_numpy().tolist()[0]
    ['Om forvaltningen', 3.0, 5]
    """
    asked = responses.questionnaire.statements
    asked = asked.assign(ends=asked["scale"].map(responses.questionnaire.ends_of))
    wide = responses.values(list(dict.fromkeys(asked["variable"])))
    rows: list[tuple[MeasureRow, Spread]] = []
    for cell in responses.cells():
        own = asked[asked["group"] == cell.group]
        for rated, part in own.groupby("about", sort=False):
            matrix = wide.loc[cell.respondents, part["variable"].tolist()]
            names = part[["item", "label", "ends"]]
            rows += mean_rows(cell, matrix, names, responses.study.group(str(rated)).about, draws)
    return spread_table(rows)
