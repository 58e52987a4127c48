"""Every table of the survey before anything is hidden, how they hang together and of whom, and what follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from blupkit.core import ALL, STUDY_FILE, Fault, Study, one_of, raise_serious
from blupkit.core.danish import rounded
from blupkit.disclosure import AtMost, Cell, Draft, Follows, Release, SafeTable, Status, Sum
from blupkit.disclosure.safe_table import NO_TABLE
from blupkit.survey.measures.adjusting import pooled_needs, weighted_places
from blupkit.survey.measures.choices import choice_shares, dont_know_shares
from blupkit.survey.measures.comparison import compare_groups
from blupkit.survey.measures.keyness import keyword_counts, keywords
from blupkit.survey.measures.needs import (
    ABOVE,
    BELOW,
    IMPORTANCE,
    LEVEL,
    cooperation,
    dimension_gaps,
    gap_directions,
    needs,
)
from blupkit.survey.measures.priorities import need_ranks, shared_correlations
from blupkit.survey.measures.reliability import consistency, gap_correlations, reliability
from blupkit.survey.measures.response import PEOPLE, RATES, SET_ASIDE, response_rates, screening_counts
from blupkit.survey.measures.spread import settled
from blupkit.survey.reading.personal.background import background_questions
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import Table


def release_draft(responses: Responses) -> Draft:
    """Compute every table that the study declares, for all municipalities and in total, before anything is hidden.

    The response rates and what the rules set aside are always there. Shares of "ved ikke" are given for all
    municipalities together only: beside the numbers of answers to each item they would tell too much.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.

    Returns
    -------
    Draft
        The tables by name, and how they hang together.

    Raises
    ------
    DataError
        The study declares a table that there is not.
    """
    makers = {
        Table.NEEDS: needs,
        Table.DIRECTIONS: gap_directions,
        Table.DIMENSIONS: dimension_gaps,
        Table.COOPERATION: cooperation,
        Table.DONT_KNOW: _dont_know_in_all,
        Table.WORDS: _words,
    }
    questions = responses.questionnaire.choice_questions
    unasked = set(background_questions(responses.questionnaire))
    wanted = _wanted(responses.study, [*makers, *questions], unasked)
    tables: dict[str, pd.DataFrame] = {
        Table.RESPONSE: response_rates(responses),
        Table.SCREENING: screening_counts(responses),
    }
    tables |= {name: make(responses) for name, make in makers.items() if name in wanted}
    titles = {name: responses.questionnaire.title_of(name) for name in questions}
    tables |= {
        name: choice_shares(responses, name).assign(question=titles[name]) for name in questions if name in wanted
    }
    reworded = responses.questionnaire.reworded
    for name in {Table.NEEDS, Table.COOPERATION}.intersection(tables):
        tables[name] = tables[name].assign(reworded=tables[name]["item"].isin(reworded))
    plain = {str(name): table for name, table in tables.items()}
    return Draft(
        plain,
        str(Table.RESPONSE),
        _sums(responses),
        _follows(plain, responses),
        limits=_limits(responses),
        sizes=_sizes(responses),
    )


def _sizes(responses: Responses) -> dict[tuple[str, str], int]:
    """Give how many were invited where that is known: whoever is larger, it tells nothing of who answered."""
    known = responses.invited[responses.invited["known"]]
    places = zip(known["municipality"].astype(str), known["group"].astype(str), strict=True)
    return dict(zip(places, known["invited"].astype(int).tolist(), strict=True))


def _dont_know_in_all(responses: Responses) -> pd.DataFrame:
    table = dont_know_shares(responses)
    return table[table["municipality"] == ALL].reset_index(drop=True)


def _words(responses: Responses) -> pd.DataFrame:
    return keyword_counts(keywords(responses))


def _wanted(study: Study, known: list[str], unasked: Collection[str]) -> list[str]:
    """Give what the release is to hold: everything but age, sex and the like, or what the study says."""
    everything = [name for name in known if name not in unasked]
    wanted = everything if study.release.tables is None else list(study.release.tables)
    faults = [
        Fault(STUDY_FILE, name, one_of(known), "Ret navnet, eller fjern det.", column="udgivelse.tabeller")
        for name in wanted
        if name not in known
    ]
    raise_serious(faults)
    return wanted


def _sums(responses: Responses) -> list[Sum]:
    """Count what can be added up besides the totals: the answers behind the total's rate, and those the rules leave."""
    people, invited = responses.respondents, responses.invited
    sums = []
    for group in responses.study.group_keys:
        known = invited.loc[(invited["group"] == group) & invited["known"], "municipality"].tolist()
        counted = int((people["group"].eq(group) & people["municipality"].isin(known)).sum())
        parts = tuple(Cell(Table.RESPONSE, place, group, PEOPLE) for place in known)
        if counted:
            sums.append(Sum(Cell(Table.RESPONSE, ALL, group, RATES), counted, parts))
    totals = tuple(Cell(Table.RESPONSE, ALL, group, PEOPLE) for group in responses.study.group_keys)
    return [*sums, Sum(Cell(Table.SCREENING, ALL, ALL, SET_ASIDE), len(people), totals)]


def _limits(responses: Responses) -> list[AtMost]:
    """Tie the directions to the means: a level below its importance is a gap of one step or more, up to all of them."""
    questionnaire = responses.questionnaire
    pairs = [
        (group, *map(str, pair))
        for group in responses.study.group_keys
        for pair in questionnaire.pairs(group)[["item", "scale_i", "scale_c"]].itertuples(index=False)
    ]
    return [
        limit
        for group, item, *scales in pairs
        for codes in [[questionnaire.answers_of(scale)["code"].tolist() for scale in scales]]
        if all(codes)
        for place in responses.study.readers
        for limit in _gap_limits(
            Cell(Table.NEEDS, place, group, item), Cell(Table.DIRECTIONS, place, group, item), *codes
        )
    ]


def _gap_limits(means: Cell, directions: Cell, importance: list[float], level: list[float]) -> list[AtMost]:
    """Hold the sum of the gaps, importance less level, between what the directions allow."""
    # Where a scale names its ends only, what lies between may be answered too, and a gap may be as small as one likes.
    step = float(all(len(codes) == max(codes) - min(codes) + 1 for codes in (importance, level)))
    gap = [(means, IMPORTANCE, 1.0), (means, LEVEL, -1.0), (means, "", min(importance) - min(level))]
    most, least = max(importance) - min(level), min(importance) - max(level)
    return [
        AtMost((*gap, (directions, BELOW, -most), (directions, ABOVE, step))),
        AtMost(
            (*((cell, what, -each) for cell, what, each in gap), (directions, ABOVE, least), (directions, BELOW, step))
        ),
    ]


def _follows(tables: dict[str, pd.DataFrame], responses: Responses) -> list[Follows]:
    """Say what can be worked out from the needs: the dimensions are their means, the directions their signs."""
    names = {
        name: table[["municipality", "group", "item"]].drop_duplicates().itertuples(index=False, name=None)
        for name, table in tables.items()
    }
    members = {
        (group, dimension): tuple(items)
        for group in responses.study.group_keys
        for dimension, items in responses.questionnaire.pairs(group).groupby("dimension")["item"]
    }
    follows = [
        Follows(
            Cell(Table.DIMENSIONS, place, group, dimension),
            tuple(Cell(Table.NEEDS, place, group, item) for item in members[group, dimension]),
            only=True,
        )
        for place, group, dimension in names.get(Table.DIMENSIONS, ())
        if Table.NEEDS in tables
    ]
    return follows + [
        Follows(Cell(name, *key), (Cell(Table.NEEDS, *key),), alike=name == Table.DIRECTIONS)
        for name in (Table.DIRECTIONS, Table.DONT_KNOW)
        for key in names.get(name, ())
    ]


@dataclass(frozen=True, eq=False)
class Declared:
    """What is worked out of answers and is no mean of a cell: shown only where every cell behind it is shown.

    Parameters
    ----------
    consistency : pandas.DataFrame
        What `measures.reliability.consistency` measured.
    correlations : dict of str to pandas.DataFrame
        What `measures.reliability.gap_correlations` measured.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> sorted(Declared.of(example_responses()).correlations)
    ['A', 'L']
    """

    consistency: pd.DataFrame
    correlations: dict[str, pd.DataFrame]

    @classmethod
    def of(cls, responses: Responses) -> Declared:
        """Work it out, before anything is hidden."""
        return cls(consistency(responses), gap_correlations(responses))


def settled_tables(release: Release, caution_n: int) -> dict[str, SafeTable]:
    """Give the tables of means the intervals that what is shown allows; see `measures.spread.settled`.

    Parameters
    ----------
    release : Release
        What was decided; not changed.
    caution_n : int
        The study's `varsomhed_n`.

    Returns
    -------
    dict of str to SafeTable
        All tables, by name.
    """
    silent = {*release.few_changed, *_hidden_directions(release)}
    return {
        name: settled(table, {cell for cell in silent if cell.table == name}, caution_n)
        if "variance" in table.frame
        else table
        for name, table in release.tables.items()
    }


def _hidden_directions(release: Release) -> set[Cell]:
    """Find the needs whose directions are hidden: the spread of the gaps would say how the answers are shared out."""
    frame = release.optional(Table.DIRECTIONS).frame
    hidden = frame.loc[frame["status"] == Status.HIDDEN, ["municipality", "group", "item"]]
    return {Cell(Table.NEEDS, *key) for key in hidden.itertuples(index=False, name=None)}


def derived_tables(tables: Mapping[str, SafeTable], declared: Declared, study: Study) -> dict[str, SafeTable]:
    """Compute what rests on cells that are shown, and on nothing else, so that it tells nothing more.

    Parameters
    ----------
    tables : mapping of str to SafeTable
        What `settled_tables` gave; not changed.
    declared : Declared
        What else may be shown, where every cell that it rests on is.
    study : Study
        Its groups, municipalities and decimals.

    Returns
    -------
    dict of str to SafeTable
        By name; none where the release has no needs.
    """
    if Table.NEEDS not in tables:
        return {}
    needs, directions = tables[Table.NEEDS], tables.get(Table.DIRECTIONS, NO_TABLE)
    correlations = shared_correlations(needs, declared.correlations)
    return {
        Table.DIFFERENCES: compare_groups(needs, study),
        Table.RELIABILITY: reliability(declared.consistency, needs),
        Table.PLACES: need_ranks(needs, directions, correlations),
        Table.POOLED: _as_printed(pooled_needs(needs), study.decimals),
        Table.WEIGHTED: weighted_places(needs, tables[Table.RESPONSE]),
    }


def _as_printed(table: SafeTable, decimals: int) -> SafeTable:
    """Round to what is printed: a pooled number rests on every municipality, and should not change unseen with each."""
    # As pages print, half away from zero: pandas makes 1,25 to 1,2, and the same gap would have two values on a page.
    printed = {
        name: table.frame[name].map(lambda value: rounded(value, decimals), na_action="ignore")
        for name in ("value", "low", "high")
    }
    return replace(table, frame=table.frame.assign(**printed))
