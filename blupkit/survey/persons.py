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
    said = _Said(responses, key)
    found: dict[Cell, dict[str, str]] = {}
    for table, rows in tables.items():
        if "codes" in rows:
            found |= _by_part(table, rows, responses, said)
            continue
        together = "group" in rows and set(rows["group"]) == {ALL}
        for block in dict.fromkeys(rows.get("block", rows["item"])):
            parts = _parts(table, str(block), responses.questionnaire)
            marks = _side_by_side([said.of(part) for part in parts], len(said.names))
            for (place, group), here in (said.in_all_groups if together else said.places).items():
                if there := [at for at in here if marks[at]]:
                    cell = Cell(table, place, group, str(block))
                    found[cell] = {said.names[at]: marks[at] for at in there}
    return found


def _by_part(table: str, rows: pd.DataFrame, responses: Responses, said: _Said) -> dict[Cell, dict[str, str]]:
    """Mark who counts in each part that an own table splits a group into: a cell has the numbers of all of them.

    There is a mark for each answer to what it is split by, so that there are as many whatever was joined.
    """
    own = next(one for one in responses.study.release.own if one.table == table)
    whole = whole_name(own.question, responses.questionnaire)
    marks = [said.of(part) for part in _parts(whole, own.question, responses.questionnaire)]
    codes = split_codes(responses, own.by).to_numpy()
    parts = [
        [mark if chosen else "" for mark, chosen in zip(each, codes == code, strict=True)]
        for code in answers_to(responses, own.by)
        for each in marks
    ]
    found = {}
    for group, of_group in rows.groupby("group"):
        beside = _side_by_side(parts, len(said.names))
        for (place, of_place), here in said.places.items():
            if of_place == group and (there := [at for at in here if beside[at]]):
                cell = Cell(table, place, str(group), str(of_group["block"].iloc[0]))
                found[cell] = {said.names[at]: beside[at] for at in there}
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


class _Said:
    """What each respondent said, as marks; "" for who does not count."""

    def __init__(self, responses: Responses, key: str) -> None:
        people = responses.respondents
        self.names = marks_of(people["respondent"], key)
        self.places = _places(people["municipality"], people["group"])
        self.in_all_groups = _places(people["municipality"], [ALL] * len(people))
        self._coded, self._key = responses.coded, key
        self._rows = responses.coded.rows.get_indexer(pd.Index(people["row"]))
        self._known: dict[_Part, list[str]] = {}
        self._columns: dict[tuple[str, str], pd.Categorical] = {}

    def of(self, part: _Part) -> list[str]:
        """Mark what each respondent answered who counts in a part."""
        if part not in self._known:
            self._known[part] = self._marks(part)
        return self._known[part]

    def _marks(self, part: _Part) -> list[str]:
        names = [name for name in part.variables if name in self._coded.columns]
        if not names:
            return [""] * len(self.names)
        counts = np.array([np.isin(self._cells("state", name), part.counted) for name in names])
        there = np.asarray(counts.all(axis=0) if part.whole else counts.any(axis=0)).tolist()
        cells = [self._column(kind, name) for kind in ("state", "value", "text") for name in names]
        marks = pd.util.hash_pandas_object(pd.DataFrame(dict(enumerate(cells))), index=False, hash_key=self._key)
        return [f"{mark:x}" if here else "" for mark, here in zip(marks, there, strict=True)]

    def _cells(self, kind: str, name: str) -> np.ndarray:
        return self._coded.columns[name].spread(kind, self._rows)

    def _column(self, kind: str, name: str) -> pd.Categorical:
        """Lay a column out as text: what stands there is written, and hashed, once, however often it does."""
        if (kind, name) not in self._columns:
            column = self._coded.columns[name]
            codes, different = pd.factorize(pd.Series(column.kinds[kind]).astype(str))
            self._columns[kind, name] = pd.Categorical.from_codes(codes[column.place[self._rows]], different)
        return self._columns[kind, name]


def _places(places: Iterable[object], groups: Iterable[object]) -> dict[tuple[str, str], list[int]]:
    """Say where the respondents of each municipality and group stand, by their names."""
    found: dict[tuple[str, str], list[int]] = {}
    for at, (place, group) in enumerate(zip(places, groups, strict=True)):
        found.setdefault((str(place), str(group)), []).append(at)
    return dict(sorted(found.items()))


def _side_by_side(parts: list[list[str]], everybody: int) -> list[str]:
    """Put the marks of each respondent after one another, of those who have any; where there are none, all are in."""
    if not parts:
        return ["1"] * everybody
    if len(parts) == 1:
        return parts[0]
    return [APART.join(marks) if any(marks) else "" for marks in zip(*parts, strict=True)]
