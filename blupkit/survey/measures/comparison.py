"""The groups against each other: where they need different things, how clearly, and between whom."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from blupkit.core import ALL, Edition
from blupkit.core.danish import count, first_upper, listing, number
from blupkit.disclosure import MEASURE_COLUMNS, SafeTable, select_edition
from blupkit.disclosure.safe_table import Status, is_shown
from blupkit.survey.measures.bootstrap import (
    DRAWS,
    Cell,
    Numbers,
    bootstrap_weights,
    percentile_interval,
    release_cells,
)
from blupkit.survey.measures.needs import GAP, ratings
from blupkit.survey.reading.questionnaire import Questionnaire, group_keys
from blupkit.survey.reading.responses import Responses
from blupkit.survey.words.phrases import ALIKE, points, to_be_better_at, wide_first

EPSILON, DUNN = "Forskel mellem grupper (ε²)", "Forskel mellem to grupper (z)"
#: A difference is told of when it would come so seldom if the answers were dealt out among the groups by chance.
SELDOM: Final = 0.05
TOLD: Final = 3
NOT_ENOUGH_TO_COMPARE: Final = (
    "Der er for få besvarelser, der kan vises, til at afgøre, om grupperne har forskellige behov."
)
NUMBERS: Final = {**dict.fromkeys(["value", "low", "high", "lowest", "highest", "p"], "float64"), "n": "Int64"}


#: The tests' names on pages. They are surnames that a participant may have too.
METHOD: Final = "Kruskal-Wallis, Dunn og Holm"


class Compared(NamedTuple):
    """One item in one municipality (or all): the groups that may be compared, and how their gaps are spread.

    `counts` is draws × groups × gaps from small to large; the first draw is the answers themselves.
    """

    municipality: str
    item: str
    label: str
    groups: tuple[str, ...]
    means: tuple[float, ...]
    counts: Numbers


def compare_groups(responses: Responses, needs: SafeTable, draws: int = DRAWS) -> SafeTable:
    """Measure how differently the groups see the need for each competence that all of them were asked.

    The gaps are ordinal and their spread differs, so ranks are compared: Kruskal and Wallis' (1952) H with correction
    for ties, and ε² = H / (n - 1), the share of the variation in ranks that lies between the groups (Tomczak & Tomczak
    2014); 0 = none, 1 = all. Only groups are compared whose gap is shown in `needs` and rests on at least `varsomhed_n`
    answers. p says how often H would be as large if the answers were dealt out among the groups by chance; `p_holm` is
    corrected for the items of the municipality. Nobody was drawn at random, so p says nothing of those who did not
    answer.

    The interval is the 95 per cent percentile bootstrap over respondents within each group, one resampling for all
    items. ε² cannot be negative, so a small one is overrated: where the groups are alike, it is (groups - 1) / (n - 1)
    on average, and the interval lies above 0. So it is no test of a difference.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What may be shown of `needs`; not changed.
    draws : int
        Bootstrap draws.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS` and `status`, for every municipality and "alle" × item, with `group` = "alle"; and
        `groups` and `gaps` (their keys and mean gaps, the largest first), `h`, `p`, `p_holm`, and `p_ends` (what
        `dunn_pairs` says of the first and the last of the groups). With fewer than two groups the row is hidden.
        Missing data: an answer counts when it has both importance and level; n is these in all the groups.

    Examples
    --------
    By hand: gaps 0, 1 against 2, 3 have the ranks 1, 2 and 3, 4: H = 12 / (4 · 5) · (3² / 2 + 7² / 2) - 3 · 5 = 2.4.

    >>> round(float(rank_statistic(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))), 4)
    2.4
    """
    rows = [_difference_row(compared) for compared in _compared(responses, needs, draws)]
    columns = [*MEASURE_COLUMNS, "groups", "gaps", "h", "p", "p_ends", "status"]
    frame = pd.DataFrame(rows, columns=columns).astype(NUMBERS | {"h": "float64", "p_ends": "float64"})
    frame["p_holm"] = frame.groupby("municipality")["p"].transform(lambda p: _holm(p.to_numpy()))
    return SafeTable(frame, needs.min_n)


def dunn_pairs(responses: Responses, needs: SafeTable) -> SafeTable:
    """Compare the groups two by two where more than one difference may lie behind that of `compare_groups`.

    Dunn's (1964) test: the difference between two mean ranks, among the ranks of all the groups, over its standard
    error with correction for ties. p is two-sided; `p_holm` is corrected after Holm (1979) for the pairs of the item.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    needs : SafeTable
        What may be shown of `needs`; not changed.

    Returns
    -------
    SafeTable
        `core.MEASURE_COLUMNS` and `status`, one row a pair with `group` = "alle"; and `first`, `second`, `p`, `p_holm`.
        `value` is z: positive where the first group's need is larger. Missing data as in `compare_groups`; n is the
        answers of the two groups. An item with fewer than two groups to compare has no row.

    Examples
    --------
    >>> _holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    rows = [row for compared in _compared(responses, needs, draws=0) for row in _pair_rows(compared)]
    columns = [*MEASURE_COLUMNS, "first", "second", "p", "p_holm", "status"]
    return SafeTable(pd.DataFrame(rows, columns=columns).astype(NUMBERS | {"p_holm": "float64"}), needs.min_n)


def _compared(responses: Responses, needs: SafeTable, draws: int) -> Iterator[Compared]:
    gaps = {group: ratings(responses, group)[GAP] for group in group_keys(responses.study)}
    common = _common_items(gaps)
    frame = needs.frame[(needs.frame["measure"] == GAP) & needs.frame["item"].isin(common)]
    labels = dict(zip(frame["item"], frame["label"], strict=True))
    usable = frame[is_shown(frame) & (frame["n"] >= responses.study.thresholds.caution_n).fillna(value=False)]
    keys = usable[["municipality", "group", "item"]].itertuples(index=False, name=None)
    means = dict(zip(keys, usable["value"], strict=True))
    spread = np.unique(np.concatenate([table[common].to_numpy(dtype=float).ravel() for table in gaps.values()]))
    counts: dict[tuple[str, str, str], Numbers] = {}
    for cell in release_cells(responses):
        items = [item for item in common if (cell.municipality, cell.group, item) in means]
        answers = gaps[cell.group].loc[cell.respondents, items]
        drawn = _counts(responses, cell, answers, spread[~np.isnan(spread)], draws)
        counts |= {(cell.municipality, cell.group, item): drawn[:, place] for place, item in enumerate(items)}
    for municipality in dict.fromkeys(cell.municipality for cell in release_cells(responses)):
        for item in common:
            found = {group: key for group in gaps if (key := (municipality, group, item)) in counts}
            each = [counts[key] for key in found.values()] or [np.zeros((1, 0))]
            shown = tuple(float(means[key]) for key in found.values())
            yield Compared(municipality, item, labels[item], tuple(found), shown, np.stack(each, axis=1))


def _common_items(gaps: dict[str, pd.DataFrame]) -> list[str]:
    """Give the items that every group was asked, in the order of the questionnaire."""
    first, *others = gaps.values()
    return [item for item in first.columns if all(item in other for other in others)]


def _counts(responses: Responses, cell: Cell, answers: pd.DataFrame, spread: Numbers, draws: int) -> Numbers:
    """Count how often each gap was given, in the answers and in each draw: draws × items × gaps."""
    ordered, weights = bootstrap_weights(answers.to_numpy(dtype=float), draws, responses, cell)
    hits = (ordered[:, :, None] == spread).reshape(len(ordered), answers.shape[1] * len(spread)).astype(float)
    each = np.vstack([np.ones((1, len(ordered))), weights]) @ hits
    return np.asarray(each.reshape(len(each), answers.shape[1], len(spread)))


def _ranks(counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Give the mean rank and the size of each group, and the correction for ties; counts end in groups × values."""
    total = counts.sum(axis=-2)
    n = total.sum(axis=-1)
    middle = np.cumsum(total, axis=-1) - (total - 1) / 2
    size = counts.sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (counts * middle[..., None, :]).sum(axis=-1) / size
        return mean, size, 1 - (total**3 - total).sum(axis=-1) / (n**3 - n)


def rank_statistic(counts: Numbers) -> Numbers:
    """Compute Kruskal and Wallis' H, corrected for ties, from how often each group gave each value.

    Parameters
    ----------
    counts : numpy.ndarray
        … × groups × values, the values from small to large.

    Returns
    -------
    numpy.ndarray
        H for each table of counts; 0 where all gave the same value. NaN where a group has no answers.

    Examples
    --------
    >>> rank_statistic(np.array([[0.0, 3.0], [0.0, 4.0]])).tolist()
    0.0
    """
    mean, size, ties = _ranks(counts)
    n = size.sum(axis=-1)
    h = 12 / (n * (n + 1)) * (size * mean**2).sum(axis=-1) - 3 * (n + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(ties == 0, 0.0, h / ties))


def _difference_row(compared: Compared) -> dict[str, object]:
    row = _head(compared) | {"measure": EPSILON, "lowest": 0.0, "highest": 1.0}
    if len(compared.groups) < 2:
        return row | {"groups": (), "gaps": (), "status": Status.HIDDEN}
    h = rank_statistic(compared.counts)
    epsilon = h / (compared.counts.sum(axis=(1, 2)) - 1)
    low, high = percentile_interval(epsilon[1:, None])
    ordered = sorted(zip(compared.means, compared.groups, strict=True), key=lambda pair: -pair[0])
    ends = {ordered[0][1], ordered[-1][1]}
    between = next(pair for pair in _pair_rows(compared) if {pair["first"], pair["second"]} == ends)
    return row | {
        "value": epsilon[0],
        "low": low[0],
        "high": high[0],
        "n": int(compared.counts[0].sum()),
        "groups": tuple(group for _, group in ordered),
        "gaps": tuple(mean for mean, _ in ordered),
        "h": h[0],
        "p": float(stats.chi2.sf(h[0], len(compared.groups) - 1)),
        "p_ends": between["p_holm"],
        "status": Status.SHOWN,
    }


def _head(compared: Compared) -> dict[str, object]:
    return {"municipality": compared.municipality, "group": ALL, "item": compared.item, "label": compared.label}


def _pair_rows(compared: Compared) -> list[dict[str, object]]:
    if len(compared.groups) < 2:
        return []
    mean, size, ties = _ranks(compared.counts[0])
    pairs = list(combinations(range(len(compared.groups)), 2))
    first, second = np.array(pairs).T
    n = size.sum()
    error = np.sqrt(n * (n + 1) / 12 * ties * (1 / size[first] + 1 / size[second]))
    with np.errstate(invalid="ignore"):
        # Where all gave the same gap, there is neither a difference nor an error.
        z = np.where(error == 0, 0.0, (mean[first] - mean[second]) / error)
    p = 2 * stats.norm.sf(np.abs(z))
    return [
        _head(compared)
        | {
            "measure": DUNN,
            "value": z[place],
            "n": int(size[one] + size[other]),
            "lowest": float("-inf"),
            "highest": float("inf"),
            "first": compared.groups[one],
            "second": compared.groups[other],
            "p": p[place],
            "p_holm": corrected,
            "status": Status.SHOWN,
        }
        for place, ((one, other), corrected) in enumerate(zip(pairs, _holm(p), strict=True))
    ]


def _holm(p: Numbers) -> Numbers:
    """Multiply the smallest p by their number, the next by one less, and so on; never below the one before."""
    order = np.argsort(p)  # a missing p comes last
    corrected = np.empty_like(p)
    factors = np.arange(np.isfinite(p).sum(), np.isfinite(p).sum() - len(p), -1)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * factors), 1)
    return corrected


def two_wordings(questionnaire: Questionnaire) -> frozenset[str]:
    """Name the items that are put differently to different groups, so that their answers are not quite comparable.

    Parameters
    ----------
    questionnaire : Questionnaire
        The questions.

    Returns
    -------
    frozenset of str
        The items with a variable that has more than one text or question.
    """
    columns = ["item", "variable", "question", "text"]
    wordings = questionnaire.variables[columns].drop_duplicates()
    return frozenset(wordings.loc[wordings.duplicated(["item", "variable"]), "item"])


def note_wordings(table: SafeTable) -> str:
    """Write the note under a figure that lays groups beside each other.

    Parameters
    ----------
    table : SafeTable
        What the figure shows; in a release its column `reworded` marks the items that are put differently.

    Returns
    -------
    str
        One sentence on the items that are put differently to the groups; "" where there is none.
    """
    frame = table.frame
    rows = frame[frame["reworded"].astype(bool)] if "reworded" in frame else frame.head(0)
    labels = listing(f"»{label}«" for label in rows["label"].unique())
    return f"{labels} er formuleret forskelligt til grupperne." if labels else ""


def finding_comparison(table: SafeTable, edition: Edition) -> str:
    """Say for which competence the groups' needs differ most, and in which direction: a heading.

    Parameters
    ----------
    table : SafeTable
        What `compare_groups` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A sentence without full stop, on those who answered; a polite one where nothing may be shown. Only a difference
        that would seldom come by chance, among all the groups and between the two at its ends, and with gaps at least
        0.3 apart, is told of.
    """
    rows = select_edition(table, edition).frame
    shown, clear = rows[is_shown(rows)], _clear(rows)
    if shown.empty:
        return NOT_ENOUGH_TO_COMPARE.rstrip(".")
    if clear.empty:
        among = "" if len(shown) == len(rows) else " i de kompetencer, der kan vises,"
        return f"Ingen forskel mellem {_who(shown, edition)}{among} skiller sig klart ud blandt dem, der har svaret"
    top = clear.iloc[0]
    most, *_, least = (edition.group_in(group, str(top["municipality"])) for group in top["groups"])
    what = to_be_better_at(str(top["label"]))
    wish = f" for at blive bedre til {what}" if what.startswith("at ") else f", når det gælder {what}"
    return f"Blandt dem, der har svaret, har {most} et større behov end {least}{wish}"


def _clear(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the differences that may be told of, the largest first: one is told as lying between two of the groups."""
    wide = np.array([len(gaps) > 1 and gaps[0] - gaps[-1] >= ALIKE for gaps in rows["gaps"]], dtype=bool)
    clear = rows[is_shown(rows) & (rows["p_holm"] < SELDOM) & (rows["p_ends"] < SELDOM) & wide]
    return clear.sort_values(["value", "label"], ascending=[False, True])


def text_comparison(table: SafeTable, edition: Edition) -> str:
    """Say where the groups' needs differ, by how much, and what that rests on.

    Parameters
    ----------
    table : SafeTable
        What `compare_groups` measured.
    edition : Edition
        The reader.

    Returns
    -------
    str
        A paragraph, on at most three competences; empty where nothing may be shown, since the heading says so.
    """
    rows = select_edition(table, edition).frame
    shown, clear = rows[is_shown(rows)], _clear(rows).head(TOLD)
    if shown.empty:
        return ""
    many = "én kompetence" if len(shown) == 1 else f"{count(len(shown))} kompetencer"
    chance = f"hvis svarene fordeles tilfældigt på grupperne ({METHOD}, p < 0,05)"
    if clear.empty:
        told = f"Ingen af forskellene er både på mindst {points(ALIKE, 1)} og større, end de ofte bliver, {chance}."
    else:
        places = listing(_item_gaps(line, edition) for _, line in clear.iterrows())
        told = f"Forskellen er tydeligst ved {places}. Så store forskelle opstår sjældent, {chance}."
    return (
        f"{first_upper(_who(shown, edition))} kan sammenlignes i {many}, som alle grupper er spurgt om. {told}"
        f" Styrken af en forskel er målt med ε², som er 0, når grupperne er ens, og 1, når de er helt adskilt;"
        f" den største er {number(float(shown['value'].max()), 2)}. Forskellene gælder dem, der har svaret, ikke andre."
    )


def _who(shown: pd.DataFrame, edition: Edition) -> str:
    keys = dict.fromkeys(group for groups in shown["groups"] for group in groups)
    return listing(wide_first(edition.group_in(key, str(shown["municipality"].iloc[0])) for key in keys))


def _item_gaps(line: pd.Series, edition: Edition) -> str:
    parts = [
        f"{number(gap, edition.study.decimals)} blandt {edition.group_in(group, str(line['municipality']))}"
        for group, gap in zip(line["groups"], line["gaps"], strict=True)
    ]
    return f"»{line['label']}« (gab på {listing(parts)})"
