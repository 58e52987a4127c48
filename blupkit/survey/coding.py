"""From cells to answers: every cell becomes a value with a state, or a fault that says why it did not."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from blupkit.core import Fault
from blupkit.core.danish import listing, number
from blupkit.survey.exports import Export
from blupkit.survey.headings import plain
from blupkit.survey.questionnaire import Questionnaire

ANSWERED, DONT_KNOW, UNANSWERED, NOT_ASKED = "besvaret", "ved_ikke", "ubesvaret", "ikke_stillet"
STATES: Final = (ANSWERED, DONT_KNOW, UNANSWERED, NOT_ASKED)
NUMBER: Final = r"-?\d+(?:[.,]\d+)?"
CHOICE: Final = pd.DataFrame({"code": [0.0, 1.0], "text": ["Ikke valgt", "Valgt"], "meaning": "svar"})


@dataclass(frozen=True, eq=False)
class Coded:
    """All cells of the questionnaire's variables, one row a row of the export, one column a variable.

    Parameters
    ----------
    values : pandas.DataFrame
        The code as a number; NaN for everything that is no answer.
    states : pandas.DataFrame
        "besvaret", "ved_ikke", "ubesvaret" or "ikke_stillet".
    texts : pandas.DataFrame
        The label of the code, or what was written; "" where nothing was answered.
    off_scale : pandas.DataFrame
        True where a cell that was asked holds something that the scale does not know.
    not_asked : pandas.DataFrame
        True where somebody answered what their group was not asked.
    """

    values: pd.DataFrame
    states: pd.DataFrame
    texts: pd.DataFrame
    off_scale: pd.DataFrame
    not_asked: pd.DataFrame

    @cached_property
    def answered(self) -> pd.DataFrame:
        """True where there is an answer or a "ved ikke"; a choice that was not ticked is no answer."""
        ticked = (self.values != 0) | ~(self.states == ANSWERED)
        return self.states.isin([ANSWERED, DONT_KNOW]) & ticked


def code_answers(export: Export, questionnaire: Questionnaire, groups: pd.Series) -> Coded:
    """Read every cell against its scale.

    Parameters
    ----------
    export : Export
        Text only. A code may stand as "4", " 4 ", "4,0" or "4.0", or as its label.
    questionnaire : Questionnaire
        Scales, and who was asked what.
    groups : pandas.Series
        The group of each row; "" where it is not known, and then every question counts as asked.

    Returns
    -------
    Coded
        For the variables that the export has. Missing data: "ved ikke", unanswered and not asked stay three different
        states, and none of them is a number.
    """
    variables = questionnaire.variables.drop_duplicates("variable")
    variables = variables[variables["variable"].isin(export.data.columns)]
    asked = _asked(questionnaire, groups)
    columns = {
        str(line["variable"]): _code_each(export.data[line["variable"]], line, questionnaire)
        for line in variables.to_dict("records")
    }
    parts = [
        pd.DataFrame({name: column[part] for name, column in columns.items()}, index=export.data.index)
        for part in ("value", "state", "text", "off_scale", "filled")
    ]
    values, states, texts, off_scale, filled = parts
    asked = asked[list(columns)]
    values, states = _join_choices(values, states, off_scale, asked, variables)
    return Coded(
        values.where(asked & (states == ANSWERED)),
        states.where(asked, NOT_ASKED),
        texts.where(asked, ""),
        off_scale & asked,
        filled & ~asked,
    )


def _asked(questionnaire: Questionnaire, groups: pd.Series) -> pd.DataFrame:
    """True for row × variable where the row's group was asked."""
    asked = questionnaire.asked
    by_group = {key: set(part["variable"]) for key, part in asked.groupby("group")}
    names = list(dict.fromkeys(questionnaire.variables["variable"]))
    masks = {key: [not key or name in by_group.get(key, set()) for name in names] for key in groups.unique()}
    rows = [masks[key] for key in groups]
    return pd.DataFrame(rows, index=groups.index, columns=names, dtype=bool)


def _code_each(cells: pd.Series, line: Mapping[Hashable, Any], questionnaire: Questionnaire) -> dict[str, np.ndarray]:
    """Code what stands in a column, each different cell once: most columns hold a handful of codes."""
    place, different = pd.factorize(cells)
    coded = _code_column(pd.Series(different, dtype="str").str.strip(), line, questionnaire)
    return {name: part.to_numpy()[place] for name, part in coded.items()}


def _code_column(cells: pd.Series, line: Mapping[Hashable, Any], questionnaire: Questionnaire) -> dict[str, pd.Series]:
    if line["kind"] == "aaben":
        filled = cells != ""
        state = pd.Series(np.where(filled, ANSWERED, UNANSWERED), index=cells.index, dtype="str")
        nothing = pd.Series(data=False, index=cells.index)
        return {
            "value": filled.mask(filled, np.nan).astype(float),
            "state": state,
            "text": cells,
            "off_scale": nothing,
            "filled": filled,
        }
    choice = line["kind"] == "flere"
    scale = CHOICE if choice else questionnaire.scales[questionnaire.scales["scale"] == line["scale"]]
    codes = cells.where(cells.str.fullmatch(NUMBER)).str.replace(",", ".").astype(float)
    # A scale may have words at its ends only: an empty cell is not the code without words.
    by_label = {plain(text): code for text, code in zip(scale["text"], scale["code"], strict=True) if text}
    codes = codes.fillna(cells.map(plain).map(by_label).astype(float))
    known = codes.isin(scale["code"])
    meaning = codes.map(dict(zip(scale["code"], scale["meaning"], strict=True)))
    states = {"svar": ANSWERED, "ved_ikke": DONT_KNOW}
    return {
        "value": codes.where(meaning == "svar"),
        "state": meaning.map(states).astype("str").where(meaning.isin(list(states)), UNANSWERED),
        "text": codes.map(dict(zip(scale["code"], scale["text"], strict=True))).astype("str").where(known, ""),
        "off_scale": (cells != "") & ~known,
        "filled": (codes == 1) if choice else (cells != ""),
    }


def _join_choices(
    values: pd.DataFrame, states: pd.DataFrame, off_scale: pd.DataFrame, asked: pd.DataFrame, variables: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Decide for a multiple-choice question as a whole: with one tick, the choices without one were declined."""
    values, states = values.copy(), states.copy()
    for _, part in variables[variables["kind"] == "flere"].groupby("item", sort=False):
        names = part["variable"].tolist()
        ticked = ((values[names] == 1) & asked[names]).any(axis=1)
        usable = ~off_scale[names]
        states[names] = usable.mul(ticked, axis=0).replace({True: ANSWERED, False: UNANSWERED}).astype("str")
        values[names] = values[names].fillna(0.0)
    return values, states


def code_faults(export: Export, questionnaire: Questionnaire, coded: Coded, respondents: pd.Series) -> list[Fault]:
    """List the cells that the scale does not know, and those of a group that was not asked.

    Parameters
    ----------
    export, questionnaire, coded
        What was coded.
    respondents : pandas.Series
        The id of each row.

    Returns
    -------
    list of Fault
        All are "advarsel": the answer is set aside and the rest is used.
    """
    lines = questionnaire.variables.drop_duplicates("variable").set_index("variable")
    faults = []
    for row, name in _true_cells(coded.off_scale):
        found = str(export.data.loc[row, name]).strip()
        line = lines.loc[name]
        scale = CHOICE if line["kind"] == "flere" else _scale(questionnaire, str(line["scale"]))
        expected, action = _off_scale_words(found, scale)
        faults.append(Fault(export.name, found, expected, action, row, name, respondents[row], "advarsel"))
    for row, name in _true_cells(coded.not_asked):
        found = str(export.data.loc[row, name]).strip()
        action = "Svaret er sat til side. Se efter, om deltagerens gruppe er rigtig."
        expected = "en tom celle, for gruppen er ikke stillet spørgsmålet"
        faults.append(Fault(export.name, found, expected, action, row, name, respondents[row], "advarsel"))
    return faults


def _scale(questionnaire: Questionnaire, name: str) -> pd.DataFrame:
    return questionnaire.scales[questionnaire.scales["scale"] == name]


def _off_scale_words(found: str, scale: pd.DataFrame) -> tuple[str, str]:
    codes = [number(code, 0 if code == int(code) else 1) for code in scale["code"]]
    is_number = bool(pd.Series([found]).str.fullmatch(NUMBER).iloc[0])
    expected = f"en af koderne {listing(codes, 'eller')}" if is_number else f"et tal: {listing(codes, 'eller')}"
    return (
        expected,
        "Ret koden i spørgeskemasystemet, hvis den er en tastefejl, og hent filen igen."
        " Svaret er sat til side og tæller som ubesvaret.",
    )


def _true_cells(table: pd.DataFrame) -> list[tuple[int, str]]:
    rows, columns = np.nonzero(table.to_numpy(dtype=bool))
    numbers, names = table.index.tolist(), table.columns.tolist()
    return [(int(numbers[row]), str(names[column])) for row, column in zip(rows, columns, strict=True)]
