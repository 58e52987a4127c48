"""An own table worked out, with how it hangs together with the tables of a release."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from blupkit.core.sections import OwnTable
from blupkit.disclosure import Cell, Follows
from blupkit.disclosure.draft import Number, Tie, Within
from blupkit.survey.measures.choices import SHARE, choice_shares
from blupkit.survey.measures.needs import MWDS, cooperation, needs
from blupkit.survey.own import Part, answers_to, parts_of, split_codes, whole_name
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import Table

#: Between what was asked and the part of a group in the name of an own table's item.
_OF: Final = "; "
_PLACE: Final = ["municipality", "group"]
_NUMBER: Final = ["item", "label", "measure"]


@dataclass(frozen=True, eq=False)
class Further:
    """What an own table adds to a draft.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        The table, and the whole that it splits where the release does not have that.
    readers : dict of (str, str) to collection of str
        Whose pages show each group of them.
    ties, within, follows : list
        How it hangs together with the others.
    """

    tables: dict[str, pd.DataFrame]
    readers: dict[tuple[str, str], Collection[str]]
    ties: list[Tie]
    within: list[Within]
    follows: list[Follows]


def whole_of(responses: Responses, question: str) -> pd.DataFrame:
    """Measure a question as its own table of the release does, without intervals.

    Parameters
    ----------
    responses : Responses
        Of everybody, or of a part of them; not changed.
    question : str
        One of those that own tables can be of.

    Returns
    -------
    pandas.DataFrame
        As `choice_shares`, `needs` or `cooperation` gives it, for this question alone.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> whole_of(example_responses(), "k1")["measure"].unique().tolist()
    ['Vigtighed', 'Nuværende niveau', 'Gab']
    """
    name = whole_name(question, responses.questionnaire)
    if name == question:
        return choice_shares(responses, question)
    table = needs(responses, draws=2) if name == Table.NEEDS else cooperation(responses, draws=2)
    table = table[(table["item"] == question) & (table["measure"] != MWDS)]
    plain = table.drop(columns=[one for one in ("variance", "tally") if one in table])
    return plain.assign(low=float("nan"), high=float("nan")).reset_index(drop=True)


def further(
    responses: Responses,
    own: OwnTable,
    tables: Mapping[str, pd.DataFrame],
    before: Mapping[str, list[tuple[str, ...]]] | None = None,
) -> Further:
    """Work an own table out, with how it hangs together with the tables of a release.

    Parameters
    ----------
    responses : Responses
        Not changed.
    own : OwnTable
        The table.
    tables : mapping of str to pandas.DataFrame
        The draft's; not changed.
    before
        As for `parts_of`.

    Returns
    -------
    Further
        Without rows where no group can be split. `part` marks its rows; `codes` and `split` say whose answers they are,
        `what` what was asked, and `of` which number it is.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> own = OwnTable(navn="Former", spoergsmaal="form")
    >>> list(further(example_responses(), own, {}).tables)
    ['form']
    """
    readers = [place for place in responses.study.readers if own.is_for(place)]
    groups = responses.study.group_keys
    name = whole_name(own.question, responses.questionnaire)
    if own.by_group:
        new = {} if name in tables else {name: whole_of(responses, own.question)}
        return Further(new, {(name, group): readers for name in new for group in groups}, [], [], [])
    whole = tables[name] if name in tables else whole_of(responses, own.question)
    whole = whole[whole["item"] == own.question] if name != own.question else whole
    rows = [_rows(responses, own, group, parts) for group, parts in parts_of(responses, own, before).items()]
    if not rows:
        return Further({}, {}, [], [], [])
    table = pd.concat(rows, ignore_index=True)
    new = {own.table: table, **({} if name in tables else {name: whole})}
    follows = [
        Follows(_cell(own.table, table, place, group), (_cell(name, whole, place, group),))
        for place, group in table[_PLACE].drop_duplicates().itertuples(index=False, name=None)
        if name in tables
    ]
    shown = {(own.table, group): readers for group in groups}
    unseen: dict[tuple[str, str], Collection[str]] = {} if name in tables else {(name, group): () for group in groups}
    within = _within(own, table, tables, answers_to(responses, own.by))
    return Further(new, shown | unseen, _ties(own, table, whole, name), within, follows)


def _rows(responses: Responses, own: OwnTable, group: str, parts: Iterable[Part]) -> pd.DataFrame:
    """Measure each part of a group."""
    codes, people = split_codes(responses, own.by), responses.respondents
    choices = whole_name(own.question, responses.questionnaire) == own.question
    found = []
    for part in parts:
        some = people[people["respondent"].map(codes).isin(part.codes) & (people["group"] == group)]
        rows = whole_of(replace(responses, respondents=some), own.question)
        rows = rows[rows["group"] == group]
        named = {"measure": rows["measure"] + f", {part.label}"} if choices else {"label": part.label}
        found.append(
            rows.assign(
                what=rows["item"], of=rows["label"], said=rows["measure"], split=part.label,
                codes=",".join(part.codes), item=rows["item"] + _OF + ",".join(part.codes), **named,
            )
        )  # fmt: skip
    return pd.concat(found, ignore_index=True).assign(block=own.table, part=True)


def _cell(name: str, table: pd.DataFrame, place: str, group: str) -> Cell:
    """Give a cell of a table of one question."""
    return Cell(name, place, group, str(table.get("block", table["item"]).iloc[0]))


def _ties(own: OwnTable, table: pd.DataFrame, whole: pd.DataFrame, name: str) -> list[Tie]:
    """Add the parts of each group up to the whole, in every place."""
    keys = [table[column] for column in (*_PLACE, "what", "of", "said")]
    parts: dict[tuple[str, ...], list[tuple[str, str, str]]] = {}
    for key, *row in zip(zip(*keys, strict=True), *(table[column] for column in _NUMBER), strict=True):
        parts.setdefault(key, []).append(tuple(row))
    found = []
    for place, group, *number in _unique(whole[whole["additive"]] if "additive" in whole else whole):
        if rows := parts.get((place, group, *number)):
            cell = _cell(own.table, table, place, group)
            each = tuple(Number(cell, *row) for row in rows)
            found.append(Tie(Number(_cell(name, whole, place, group), *number), each))
    return found


def _unique(table: pd.DataFrame) -> list[list[str]]:
    return [list(map(str, row)) for row in table[[*_PLACE, *_NUMBER]].itertuples(index=False, name=None)]


def _within(
    own: OwnTable, table: pd.DataFrame, tables: Mapping[str, pd.DataFrame], texts: Mapping[str, str]
) -> list[Within]:
    """Hold each part to those who gave its answers, where the release says how many they are."""
    if own.by not in tables:
        return []
    split, found = tables[own.by], []
    items = {(place, group, label): item for place, group, item, label, _ in _unique(split)}
    parts = table[[*_PLACE, "item", "codes"]].drop_duplicates().astype(str).itertuples(index=False, name=None)
    for place, group, item, codes in parts:
        answers = [texts[code] for code in codes.split(",")]
        if all((place, group, answer) in items for answer in answers):
            cell = _cell(own.by, split, place, group)
            named = tuple(Number(cell, items[place, group, answer], answer, SHARE) for answer in answers)
            found.append(Within(Number(_cell(own.table, table, place, group), item), named))
    return found
