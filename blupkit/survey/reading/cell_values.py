"""From cells to answers: every cell becomes a value with a state, or a fault that says why it did not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.survey.reading.column_names import OTHER, else_column
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.questionnaire import Kind, Meaning, Questionnaire, State
from blupkit.survey.reading.scales.cells import DECLINED, ScaleReader, is_error

#: So few kinds of cells are found by comparing.
_FEW: Final = 4
Kinds = dict[str, npt.NDArray[np.generic]]
#: What nobody was asked comes to, whatever stands there.
UNASKED: Final = {
    "value": np.nan,
    "state": str(State.NOT_ASKED),
    "text": "",
    **dict.fromkeys(["off_scale", "asked", "given"], False),
}
#: A choice beside which nothing was ticked.
WITHOUT_TICK: Final = {"value": np.nan, "state": str(State.UNANSWERED), "given": False}
CHOICE: Final = pd.DataFrame({"code": [0.0, 1.0], "text": ["Ikke valgt", "Valgt"], "meaning": Meaning.ANSWER})
_CHOICES: Final = ScaleReader(CHOICE)
#: In the box of "Andet, skriv hvad" own words are a tick.
_OTHER_CHOICE: Final = ScaleReader(CHOICE.assign(catch_all=[False, True]))
_NOTHING: Final = ScaleReader(CHOICE.iloc[:0])


class Cells(NamedTuple):
    """A column: every cell points at one of the different things that stand in it.

    Parameters
    ----------
    place : numpy.ndarray
        Row → number of what stands there.
    kinds : dict of str to numpy.ndarray
        What each of them comes to. `value`: the code as a number; NaN for everything that is no answer. `state`.
        `text`: the label of the code, or what was written; "" where nothing was answered. `off_scale`: it was asked,
        and the scale does not know it. `not_asked`: somebody answered whose group was not asked. `asked`. `given`: an
        answer or a "ved ikke"; a choice that was not ticked is none.
    """

    place: npt.NDArray[np.signedinteger]
    kinds: Kinds

    def spread(self, kind: str, rows: npt.NDArray[np.intp] | None = None) -> npt.NDArray[np.generic]:
        """Give the value of a kind for every row, or for some, by their position."""
        each, place = self.kinds[kind], self.place if rows is None else self.place[rows]
        if not len(each):  # an export of headings alone
            return each
        if (each == each[0]).all():
            return np.full(len(place), each[0])
        if each.dtype == np.bool_ and len(few := np.flatnonzero(each != each[0])) <= _FEW:
            # To compare all cells with a few numbers is quicker than to look each cell up.
            others: npt.NDArray[np.bool_] = np.logical_or.reduce([place == number for number in few])
            return ~others if each[0] else others
        return np.asarray(np.take(each, place))


@dataclass(frozen=True, eq=False, repr=False)
class Coded:
    """All cells of the questionnaire's variables. Answers repeat, so a cell takes a byte and a meaning is kept once.

    Parameters
    ----------
    rows : pandas.Index
        The rows of the export.
    columns : dict of str to Cells
        Variable → its cells.
    """

    rows: pd.Index
    columns: dict[str, Cells]

    def table(self, kind: str, variables: Iterable[str] | None = None) -> pd.DataFrame:
        """Lay one kind out as rows × variables, all of them when none are named."""
        names = list(self.columns if variables is None else variables)
        return pd.DataFrame({name: self.columns[name].spread(kind) for name in names}, index=self.rows)

    def count(self, kind: str, variables: Iterable[str] | None = None) -> npt.NDArray[np.int16]:
        """Count for each row the cells of which a kind is true."""
        found = np.zeros(len(self.rows), dtype=np.int16)
        for name in self.columns if variables is None else variables:
            if self.columns[name].kinds[kind].any():
                found += self.columns[name].spread(kind).astype(bool)
        return found

    @cached_property
    def given(self) -> npt.NDArray[np.int16]:
        """How many answers each row holds."""
        return self.count("given")

    def true_cells(self, kind: str) -> list[tuple[int, str]]:
        """List row and variable of the cells of which a kind is true, row by row."""
        found = [
            (int(row), order, name)
            for order, (name, cells) in enumerate(self.columns.items())
            if cells.kinds[kind].any()
            for row in self.rows[cells.spread(kind).astype(bool)]
        ]
        return [(row, name) for row, _, name in sorted(found)]


def code_answers(
    export: Export, questionnaire: Questionnaire, groups: pd.Series, readers: Mapping[str, ScaleReader]
) -> Coded:
    """Read every cell against its scale.

    Parameters
    ----------
    export : Export
        Text only. A code may stand as "4", " 4 ", "4,0" or "4.0", or as its label; see `ScaleReader`.
    questionnaire : Questionnaire
        Scales, and who was asked what.
    groups : pandas.Series
        The group of each row; "" where it is not known, and then every question counts as asked.
    readers : mapping of str to ScaleReader
        How the cells of each scale are read, as `prepare_scales` gives it.

    Returns
    -------
    Coded
        For the variables that the export has. Missing data: "ved ikke", unanswered and not asked stay three different
        states, and none of them is a number.
    """
    variables = questionnaire.by_variable
    variables = variables[variables.index.isin(export.data.columns)]
    by_group = {key: set(part["variable"]) for key, part in questionnaire.asked.groupby("group")}
    group_place, keys = pd.factorize(groups)
    # Most columns hold the same codes on the same scale: what those come to is worked out once.
    alike: dict[tuple[object, ...], Kinds] = {}
    coded: dict[str, Cells] = {}
    asked: dict[str, npt.NDArray[np.bool_]] = {}
    asked_of: dict[tuple[bool, ...], npt.NDArray[np.bool_]] = {}
    for name, kind, scale, text, label in variables[["kind", "scale", "text", "label"]].itertuples(name=None):
        column = export.cells[name]
        choice = kind == Kind.MULTIPLE
        own_words = choice and bool(OTHER.match(text) or OTHER.match(label))
        key = (kind in (Kind.OPEN, Kind.MULTIPLE) and kind, own_words, scale, *column.categories)
        if key not in alike:
            reader = (_OTHER_CHOICE if own_words else _CHOICES) if choice else readers.get(scale, _NOTHING)
            texts = pd.Series(column.categories, dtype="str").str.strip()
            alike[key] = _written(texts) if kind == Kind.OPEN else _against_scale(texts, reader, choice=choice)
        coded[name] = Cells(column.codes, alike[key])
        who = tuple(not group or name in by_group.get(group, set()) for group in keys)
        if who not in asked_of:
            asked_of[who] = np.array(who, dtype=bool)[group_place]
        asked[name] = asked_of[who]
    chosen = variables[variables["kind"] == Kind.MULTIPLE]
    for item, part in chosen.groupby("item", sort=False):
        wrote = [coded[name].spread("given") for name in _own_words_of(str(item), variables)]
        chose_else = np.logical_or.reduce([_chose_else(export, str(item)), *wrote])
        coded |= _join_choices({name: coded[name] for name in part.index}, asked, chose_else)
    # What was answered by those who were not asked is taken away, and it is remembered that it stood there.
    kept = {name: _either(cells, asked[name], {"not_asked": False}, UNASKED) for name, cells in coded.items()}
    return Coded(export.data.index, kept)


def _written(texts: pd.Series) -> Kinds:
    """Tell what was written in an open question: nobody wrote what Excel could not compute."""
    errors = texts.map(is_error).to_numpy(dtype=bool)
    filled = (texts != "").to_numpy() & ~errors
    return {
        "value": np.full(len(texts), np.nan),
        "state": np.where(filled, State.ANSWERED, State.UNANSWERED).astype(object),
        "text": texts.mask(errors, "").to_numpy(dtype=object),
        "off_scale": errors,
        "not_asked": filled,
        "asked": np.ones_like(filled),
        "given": filled,
    }


def _against_scale(texts: pd.Series, reader: ScaleReader, *, choice: bool) -> Kinds:
    """Hold each different cell of a closed question against its scale."""
    scale = reader.rows
    codes = pd.Series([reader.read(text) for text in texts], index=texts.index, dtype=float)
    if reader is _OTHER_CHOICE:
        codes = codes.mask(texts.map(lambda text: bool(DECLINED.fullmatch(text))).astype(bool), 0.0)
    known = codes.notna()
    meaning = codes.map(dict(zip(scale["code"], scale["meaning"], strict=True)))
    states = meaning.map({Meaning.ANSWER: str(State.ANSWERED), Meaning.DONT_KNOW: str(State.DONT_KNOW)}).astype(object)
    labels = codes.map(dict(zip(scale["code"], scale["text"], strict=True))).astype(object)
    filled = (codes == 1) if choice else (texts != "")
    return {
        "value": codes.where(meaning == Meaning.ANSWER).to_numpy(),
        "state": states.where(states.notna(), str(State.UNANSWERED)).to_numpy(),
        "text": labels.where(known, "").to_numpy(),
        "off_scale": ((texts != "") & ~known).to_numpy(),
        "not_asked": filled.to_numpy(),
        "asked": np.ones(len(texts), dtype=bool),
        "given": states.notna().to_numpy(),
    }


def _own_words_of(item: str, variables: pd.DataFrame) -> list[str]:
    """Find the open questions that ask what "Andet" was in a multiple choice: the same subject, by their words."""
    beside = variables[(variables["kind"] == Kind.OPEN) & (variables["item"] == item)]
    ending = re.compile(r".*_(other|andet|annet)(_text|_tekst)?", re.IGNORECASE)
    return [
        str(name)
        for name, text, label in beside[["text", "label"]].itertuples(name=None)
        if OTHER.match(text) or OTHER.match(label) or ending.fullmatch(str(name))
    ]


def _chose_else(export: Export, item: str) -> npt.NDArray[np.bool_]:
    """Tell who chose something that the questionnaire does not list, such as "Andet" in their own words."""
    name = else_column(item)
    if name not in export.data:
        return np.zeros(len(export.data), dtype=bool)
    return (export.data[name] == "1").to_numpy(dtype=bool)


def _join_choices(
    each: dict[str, Cells], asked: dict[str, npt.NDArray[np.bool_]], chose_else: npt.NDArray[np.bool_]
) -> dict[str, Cells]:
    """Decide for a multiple-choice question as a whole: with one tick, the choices without one were declined.

    A tick elsewhere, or a cell that nobody understands, is an answer as well: whoever gave it declined the others.
    """
    everybody = np.any([asked[name] for name in each], axis=0)
    strange = [cells.spread("off_scale").astype(bool) & asked[name] for name, cells in each.items()]
    chose_else = (chose_else & everybody) | np.any(strange, axis=0)
    ticks = np.any([(cells.spread("value") == 1) & asked[name] for name, cells in each.items()], axis=0)
    joined = {}
    for name, cells in each.items():
        usable = ~cells.kinds["off_scale"].astype(bool)
        value = np.where(usable, np.nan_to_num(cells.kinds["value"]), np.nan)
        state = np.where(usable, State.ANSWERED, State.UNANSWERED).astype(object)
        known = {"value": value, "state": state, "given": value == 1}
        joined[name] = _either(cells, ticks | chose_else, known, WITHOUT_TICK)
    if chose_else.any():
        first = next(iter(joined))
        joined[first] = _either(joined[first], chose_else, {"given": True}, {})
    return joined


def _either(
    cells: Cells, first: npt.NDArray[np.bool_], if_so: Mapping[str, object], if_not: Mapping[str, object]
) -> Cells:
    """Let what stands in a cell come to one thing in some rows and to another in the rest."""
    both = [
        {kind: np.full_like(each, changed.get(kind, each)) for kind, each in cells.kinds.items()}
        for changed in (if_so, if_not)
    ]
    if first.all():
        return Cells(cells.place, both[0])
    size = len(cells.kinds["value"])
    place = cells.place.astype(np.min_scalar_type(-2 * size - 1)) + np.where(first, 0, size)
    kinds = {kind: np.concatenate([part[kind] for part in both]) for kind in cells.kinds}
    return Cells(place.astype(np.min_scalar_type(-2 * size - 1)), kinds)
