"""Who stands in each cell of a release, as marks that only the key can tell: what a later release is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from blupkit.core import ALL
from blupkit.disclosure import Cell
from blupkit.disclosure.sent_before import APART
from blupkit.survey.own import answers_to, split_codes, whole_name
from blupkit.survey.reading.questionnaire import Kind, Questionnaire, State
from blupkit.survey.reading.responses import Responses
from blupkit.survey.tables import Table, question_of

#: How long the key of the marks is, as the digest takes it.
KEY_LETTERS: Final = 16


class _Part(NamedTuple):
    """Variables whose answers are counted together: of those who answered all of them, or any."""

    variables: tuple[str, ...]
    counted: tuple[State, ...] = (State.ANSWERED,)
    whole: bool = False


def persons_by_cell(
    tables: Mapping[str, pd.DataFrame], responses: Responses, key: str = "0" * KEY_LETTERS
) -> dict[Cell, dict[str, str]]:
    """Say who counts in each cell of a municipality, and mark what they answered there.

    Who said "ved ikke" is in no mean, so whether they come or leave changes none. A cell with several numbers of
    different persons (a statement about two sides, the items of a dimension) has a mark of each, one after the other.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        What a release is decided on; not changed.
    responses : Responses
        The answers it was made of; not changed.
    key : str
        What `release.marks_key` gave.

    Returns
    -------
    dict of Cell to dict of str to str
        For each block of each table, municipality and group the marks of those who count in one of its numbers. The
        totals are the municipalities' together.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> needs = pd.DataFrame({"item": ["k1", "k2"]})
    >>> len(persons_by_cell({"behov": needs}, responses)[Cell("behov", "nordby", "L", "k1")])
    5
    """
    people = responses.respondents
    names = pd.Series(marks_of(people["respondent"], key), index=people["respondent"])
    known: dict[_Part, pd.Series] = {}
    found: dict[Cell, dict[str, str]] = {}
    for table, rows in tables.items():
        if "codes" in rows:
            found |= _by_part(table, rows, responses, key, names)
            continue
        together = "group" in rows and set(rows["group"]) == {ALL}
        for block in dict.fromkeys(rows.get("block", rows["item"])):
            parts = _parts(table, str(block), responses.questionnaire)
            known |= {part: _said(part, responses, key) for part in parts if part not in known}
            marks = _side_by_side([known[part] for part in parts], people["respondent"])
            here = people[people["respondent"].isin(marks.index)]
            here = here.assign(group=ALL) if together else here
            for (place, group), part in here.groupby(["municipality", "group"])["respondent"]:
                found[Cell(table, str(place), str(group), str(block))] = dict(
                    zip(names[part], marks[part], strict=True)
                )
    return found


def _by_part(
    table: str, rows: pd.DataFrame, responses: Responses, key: str, names: pd.Series
) -> dict[Cell, dict[str, str]]:
    """Mark who counts in each part that an own table splits a group into: a cell has the numbers of all of them.

    There is a mark for each answer to what it is split by, so that there are as many whatever was joined.
    """
    own = next(one for one in responses.study.release.own if one.table == table)
    whole = whole_name(own.question, responses.questionnaire)
    said = [_said(part, responses, key) for part in _parts(whole, own.question, responses.questionnaire)]
    codes, people = split_codes(responses, own.by), responses.respondents
    found = {}
    for group, of_group in rows.groupby("group"):
        here = people[people["group"] == group]
        parts = [
            one[((codes.reindex(one.index) == code) & one.index.isin(here["respondent"])).astype(bool)]
            for code in answers_to(responses, own.by)
            for one in said
        ]
        marks = _side_by_side(parts, here["respondent"])
        there = here[here["respondent"].isin(marks.index)]
        for place, some in there.groupby("municipality")["respondent"]:
            cell = Cell(table, str(place), str(group), str(of_group["block"].iloc[0]))
            found[cell] = dict(zip(names[some], marks[some], strict=True))
    return found


def marks_of(respondents: Iterable[object], key: str) -> list[str]:
    """Mark respondents by their ids, so that only whoever has the key can tell whose a mark is.

    Parameters
    ----------
    respondents : iterable
        Their ids.
    key : str
        What `release.marks_key` gave.

    Examples
    --------
    >>> len(set(marks_of(["1", "2", 1], "0" * KEY_LETTERS)))
    2
    """
    ids = np.array([str(each) for each in respondents], dtype=object)
    return [f"{mark:x}" for mark in pd.util.hash_array(ids, hash_key=key)]


def _parts(table: str, block: str, questionnaire: Questionnaire) -> list[_Part]:
    """Name the variables that each number of a block rests on; none where it counts respondents."""
    variables = questionnaire.variables
    rated = variables["kind"].isin([Kind.IMPORTANCE, Kind.LEVEL])
    mine = variables["item"] == block
    if table in (Table.RESPONSE, Table.SCREENING):
        return []
    if table in (Table.NEEDS, Table.DIRECTIONS):
        return [_Part(_names(variables[rated & mine]), whole=True)]
    if table == Table.DIMENSIONS:
        items = variables[rated & (variables["dimension"] == block)].groupby("item", sort=False)
        return [_Part(_names(pair), whole=True) for _, pair in items]
    if table == Table.DONT_KNOW:
        told = (State.ANSWERED, State.DONT_KNOW)
        return [_Part((name,), told) for name in _names(variables[mine])]
    if table == Table.COOPERATION:
        return [_Part((name,)) for name in _names(variables[(variables["kind"] == Kind.STATEMENT) & mine])]
    if table == Table.WORDS:
        return [_Part(_names(variables[variables["kind"] == Kind.OPEN]))]
    question = {table, question_of(table)}  # one with choices, or the themes of an open one
    return [_Part(_names(variables[variables["item"].isin(question) | variables["variable"].isin(question)]))]


def _names(variables: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variables["variable"]))


def _said(part: _Part, responses: Responses, key: str) -> pd.Series:
    """Mark what each respondent answered who counts in a part."""
    people, coded = responses.respondents, responses.coded
    names = [name for name in part.variables if name in coded.columns]
    state = coded.table("state", names).loc[people["row"]]
    cells = pd.concat([state, *(coded.table(kind, names).loc[people["row"]] for kind in ("value", "text"))], axis=1)
    counts = state.isin(part.counted)
    there = (counts.all(axis=1) if part.whole else counts.any(axis=1)).to_numpy() & bool(names)
    marks = pd.util.hash_pandas_object(cells.astype(str), index=False, hash_key=key)
    return pd.Series([f"{mark:x}" for mark in marks[there]], index=people["respondent"][there], dtype="str")


def _side_by_side(parts: list[pd.Series], everybody: pd.Series) -> pd.Series:
    """Put the marks of each respondent after one another, of those who have any; where there are none, all are in."""
    if not parts:
        return pd.Series("1", index=everybody)
    if len(parts) == 1:
        return parts[0]
    table = pd.concat(parts, axis=1).fillna("")
    return table.agg(APART.join, axis=1)
