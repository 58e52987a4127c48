"""How far each respondent came, what must be set aside, and the rules that decide it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import Fault, Level
from blupkit.core.danish import listing, many, number
from blupkit.survey.reading.cell_values import CHOICE, Cells, Coded
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.people.doubles import ENOUGH_TO_COMPARE
from blupkit.survey.reading.questionnaire import Kind, Questionnaire
from blupkit.survey.reading.scales.cells import as_number

#: What to do about a cell that the scale does not know, and about one of a group that was not asked.
_CELL_ACTIONS: Final = {
    "off_scale": "Ret koden i spørgeskemasystemet, hvis den er en tastefejl, og hent filen igen."
    " Svaret er sat til side og tæller som ubesvaret.",
    "not_asked": "Svaret er sat til side. Se efter, om deltagerens gruppe er rigtig.",
}
#: Cells that a scale does not know are told one by one as long as a question has few of them; else by spelling.
_CELLS_SHOWN: Final = 5
_SPELLINGS_SHOWN: Final = 12
#: What a program writes for a box; a longer number may be what somebody wrote.
_CODE: Final = re.compile(r"-?\d{1,2}([.,]0+)?")
_BOXES: Final = (
    "Betyder tallet, at der ikke er kryds, så erstat det med 0 i kolonnerne; er det et kryds, så erstat det med 1."
    " Eller hent eksporten igen med ord i stedet for koder."
)
_STOPS: Final = (
    "Så mange svar på spørgsmålet kan ikke læses, at resten ikke kan bruges; er det i orden, så skriv"
    " sat_til_side_andel under [taerskler] i study.toml."
)


class Rule(StrEnum):
    """Why something is set aside or noted: its key, what it is called, and what happens to what it counts."""

    called: str
    note: str

    def __new__(cls, key: str, called: str = "", note: str = "") -> Rule:
        """Keep the words beside the key."""
        rule = str.__new__(cls, key)
        rule._value_, rule.called, rule.note = key, called, note
        return rule

    EMPTY = "tom", "Tomme besvarelser", "besvarelser sat til side"
    NO_MUNICIPALITY = "kommune", "Kommune mangler eller kendes ikke", "besvarelser sat til side"
    NO_GROUP = "gruppe", "Gruppe mangler eller kendes ikke", "besvarelser sat til side"
    DUPLICATE = "dobbelt", "Dobbelte besvarelser", "besvarelser sat til side"
    OFF_SCALE = "kode", "Koder uden for skalaen", "svar sat til side"
    NOT_ASKED = "ikke_stillet", "Svar fra en gruppe, der ikke er spurgt", "svar sat til side"
    STRAIGHT = "ens_svar", "Samme svar hele vejen", "besvarelser regnet med"
    BROKEN = "afbrudt", "Afbrudte besvarelser", "besvarelser regnet med"

    def counted(self, n: int) -> str:
        """Say what happened to so many, for example "1 besvarelse sat til side" without the number."""
        return self.note.replace("besvarelser", "besvarelse") if n == 1 else self.note


def describe_respondents(export: Export, questionnaire: Questionnaire, coded: Coded) -> pd.DataFrame:
    """Say for each row how much was answered, whether to the end, and whether everything alike.

    Parameters
    ----------
    export : Export
        What the survey system says decides together with the answers, where it says anything.
    questionnaire : Questionnaire
        The order of the questions.
    coded : Coded
        The answers.

    Returns
    -------
    pandas.DataFrame
        `completed`, `answered` (number of questions; a multiple choice counts once), `straight_lined`, by row. A
        response is completed when something in the last half of what was asked is answered (open questions apart), and
        the survey system has not said otherwise.
    """
    variables = questionnaire.by_variable.loc[list(coded.columns)]
    closed = variables[variables["kind"] != Kind.OPEN]
    units = closed["item"].where(closed["kind"] == Kind.MULTIPLE, closed.index)
    parts = list(units.groupby(units, sort=False).groups.values())
    asked = [_asked(coded, part) for part in parts]
    half = sum(asked) // 2
    place = np.zeros(1, dtype=np.int16)
    answered = coded.given.copy()
    completed = np.zeros(len(coded.rows), dtype=bool)
    for part, wanted in zip(parts, asked, strict=True):
        place = place + wanted
        if len(part) > 1:
            answered -= coded.count("given", part)
            answered += _any_of(coded, part, "given")
        late = (wanted == 1) & (place > half)
        if late.any():
            completed |= _any_of(coded, part, "given") & late
    if export.finished is not None:
        completed &= export.finished.to_numpy(dtype=bool)
    rated = variables.index[variables["kind"].isin([Kind.IMPORTANCE, Kind.LEVEL])]
    columns = {"completed": completed, "answered": answered, "straight_lined": _all_alike(coded, rated)}
    return pd.DataFrame(columns, index=coded.rows)


def _asked(coded: Coded, variables: Iterable[str]) -> npt.NDArray[np.int16]:
    """Tell who was asked a question: 1 or 0 for each row, or one number for all."""
    everybody = any(coded.columns[name].kinds["asked"].all() for name in variables)
    return np.asarray(1 if everybody else _any_of(coded, variables, "asked"), dtype=np.int16)


def _any_of(coded: Coded, variables: Iterable[str], kind: str) -> npt.NDArray[np.bool_]:
    """Join the choices of one question: true when any of them is."""
    first, *others = (coded.columns[name].spread(kind) for name in variables)
    return np.asarray(np.logical_or.reduce([first, *others]) if others else first)


def _all_alike(coded: Coded, variables: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows gave enough ratings to look at, and the same one every time."""
    rows = np.arange(len(coded.rows))
    rating, count = np.full(len(rows), np.nan), np.zeros(len(rows), dtype=np.int64)
    for name in variables:
        value = coded.columns[name].spread("value", rows)
        # Most rows differ within a few ratings, and are looked at no longer.
        same = np.isnan(value) | np.isnan(rating) | (value == rating)
        rating, count, rows = np.fmax(rating, value)[same], (count + ~np.isnan(value))[same], rows[same]
    alike = np.zeros(len(coded.rows), dtype=bool)
    alike[rows[count >= ENOUGH_TO_COMPARE]] = True
    return alike


def noted_faults(export: Export, people: pd.DataFrame, empty: int) -> list[Fault]:
    """List what is worth knowing though it stops nothing: empty, broken-off and straight-lined answers.

    Parameters
    ----------
    export : Export
        Its name, and what was not understood when it was read.
    people : pandas.DataFrame
        The respondents that count.
    empty : int
        How many rows hold no answer.

    Returns
    -------
    list of Fault
        All are "advarsel".
    """
    faults = list(export.faults)
    if empty:
        action = "De er sat til side. Det er som regel nogen, der har åbnet eller fået skemaet uden at svare."
        found = f"{many(empty, 'række', 'rækker')} uden svar"
        faults.append(export.warning(found, "mindst ét svar i hver række", action, quotes=False))
    broken = int((~people["completed"]).sum())
    if broken:
        action = "De svar, der er givet, er regnet med."
        found = f"{many(broken, 'besvarelse', 'besvarelser')}, der er afbrudt"
        faults.append(export.warning(found, "besvarelser, der er gjort færdige", action, quotes=False))
    for row, respondent in people.loc[people["straight_lined"], "respondent"].items():
        action = "Besvarelsen er regnet med. Se efter, om den er ment alvorligt."
        found, expected = "det samme svar hele vejen", "svar, der varierer"
        faults.append(export.warning(found, expected, action, int(str(row)), respondent=respondent, quotes=False))
    return faults


def is_empty(coded: Coded) -> pd.Series:
    """Tell which rows hold no answer at all.

    Parameters
    ----------
    coded : Coded
        The answers; "ved ikke" counts as one.

    Returns
    -------
    pandas.Series
        True for an empty row.
    """
    written = coded.count("off_scale") + coded.count("not_asked") + coded.given
    return pd.Series(written == 0, index=coded.rows)


def code_faults(
    export: Export, questionnaire: Questionnaire, coded: Coded, respondents: pd.Series, limit: float
) -> list[Fault]:
    """List the cells that the scale does not know, and those of a group that was not asked.

    Parameters
    ----------
    export, questionnaire, coded
        What was coded.
    respondents : pandas.Series
        The id of each row.
    limit : float
        The share of a question's answers that may be set aside.

    Returns
    -------
    list of Fault
        A cell each where a question has few of them, else a line a spelling, and one for all boxes of a question that
        another number than 1 and 0 stands in. "advarsel": the answer is set aside and the rest is used; "fejl" where a
        larger share of the question's answers than the limit is off its scale.
    """
    faults: list[Fault] = []
    for kind, action in _CELL_ACTIONS.items():
        cells: dict[str, list[int]] = {}
        for row, name in coded.true_cells(kind):
            cells.setdefault(name, []).append(row)
        if kind == "off_scale":
            faults += _numbered_boxes(export, questionnaire, cells, limit)
        many = {name: rows for name, rows in cells.items() if len(rows) > _CELLS_SHOWN}
        for row, name in sorted((row, name) for name, rows in cells.items() if name not in many for row in rows):
            found = str(export.data.loc[row, name]).strip()
            expected = _expected(kind, found, questionnaire, name)
            faults.append(export.warning(found, expected, action, row, name, respondents[row]))
        for name, rows in many.items():
            faults += _many_cells(export, questionnaire, kind, name, rows, limit)
    return faults + _without_answers(export, questionnaire, coded)


def _numbered_boxes(
    export: Export, questionnaire: Questionnaire, cells: dict[str, list[int]], limit: float
) -> list[Fault]:
    """Take the boxes out in which a program writes numbers of its own, such as 1 and 2: they are told once a question.

    Whether 2 is a box without tick, or the tick of the second choice, nobody can say but who made the export.
    """
    variables, faults = questionnaire.by_variable, []
    boxes = variables[(variables["kind"] == Kind.MULTIPLE) & variables.index.isin(list(cells))]
    for _, part in boxes.groupby("item", sort=False):
        names = list(part.index)
        texts = {name: export.data.loc[cells[name], name].astype("str").str.strip() for name in names}
        n = sum(map(len, texts.values()))
        found = {as_number(text) if _CODE.fullmatch(text) else None for name in names for text in texts[name].unique()}
        numbers = [number(code, 0) for code in sorted(code for code in found if code is not None)]
        if n <= _CELLS_SHOWN or None in found:
            continue
        filled = {name: int((export.data[name].astype("str").str.strip() != "").sum()) for name in names}
        too_many = any(len(cells[name]) > limit * filled[name] for name in names)
        row = min(min(cells.pop(name)) for name in names)
        faults.append(
            Fault(
                export.name,
                f"{listing(numbers)} i {'kolonnen' if len(names) == 1 else 'kolonnerne'} {listing(names)}",
                "1 for et valg med kryds, og 0 eller en tom celle for et uden",
                f"{n} svar er sat til side. {_BOXES}" + (f" {_STOPS}" if too_many else ""),
                row,
                level=Level.SERIOUS if too_many else Level.WARNING,
                quotes=False,
            )
        )
    return faults


def _without_answers(export: Export, questionnaire: Questionnaire, coded: Coded) -> list[Fault]:
    """Tell of questions that many were asked and nobody answered: mostly a column that was meant to be another."""
    kinds, faults = questionnaire.by_variable["kind"], []
    expected = "svar fra dem, der er spurgt"
    action = "Se efter, om kolonnen er den rigtige, eller fjern variablen fra spørgeskemaet."
    for name, cells in coded.columns.items():
        said = any(cells.kinds[kind].any() for kind in ("given", "off_scale", "not_asked")) or _undisclosed(cells)
        if said or kinds[name] in (Kind.OPEN, Kind.MULTIPLE) or cells.spread("asked").sum() < ENOUGH_TO_COMPARE:
            continue
        found = "en kolonne uden et eneste svar"
        faults.append(export.warning(found, expected, action, column=name, quotes=False))
    return faults


def _undisclosed(cells: Cells) -> bool:
    return bool((cells.kinds["text"].astype(str) != "").any())


def _expected(kind: str, found: str, questionnaire: Questionnaire, name: str) -> str:
    if kind != "off_scale":
        return "en tom celle, for gruppen er ikke stillet spørgsmålet"
    line = questionnaire.by_variable.loc[name]
    if line["kind"] == Kind.OPEN:
        return "et svar i ord"
    scale = CHOICE["code"].tolist()
    if line["kind"] != Kind.MULTIPLE:
        scale = _written_codes(questionnaire).get(str(line["scale"]), [])
    codes = listing([number(code, 0 if code == int(code) else 1) for code in scale], "eller")
    return f"en af koderne {codes}" if as_number(found) is not None else f"et tal: {codes}"


def _many_cells(
    export: Export,
    questionnaire: Questionnaire,
    kind: str,
    name: str,
    rows: list[int],
    limit: float,
) -> list[Fault]:
    """Tell one line a spelling of the cells of a question, and refuse it where too few answers are left."""
    texts = export.data.loc[rows, name].astype("str").str.strip()
    filled = int((export.data[name].astype("str").str.strip() != "").sum())
    too_many = kind == "off_scale" and len(rows) > limit * filled
    level = Level.SERIOUS if too_many else Level.WARNING
    counts = texts.value_counts()
    faults = []
    for found, n in counts.head(_SPELLINGS_SHOWN).items():
        own = texts.index[texts == found]
        what = "1 svar er" if n == 1 else f"{n} svar er"
        action = f"{what} sat til side. {_why(str(found), kind, too_many=too_many)}"
        expected = _expected(kind, str(found), questionnaire, name)
        faults.append(Fault(export.name, str(found), expected, action, int(str(own[0])), name, level=level))
    if len(counts) > _SPELLINGS_SHOWN:
        rest = f"{len(counts) - _SPELLINGS_SHOWN} andre slags svar"
        action = f"{int(counts.iloc[_SPELLINGS_SHOWN:].sum())} svar er sat til side."
        expected = _expected(kind, "", questionnaire, name)
        faults.append(Fault(export.name, rest, expected, action, column=name, level=level, quotes=False))
    return faults


def _why(found: str, kind: str, *, too_many: bool) -> str:
    """Say what is probably the matter with cells that many have."""
    if kind != "off_scale":
        return "Se efter, om deltagernes gruppe er rigtig."
    value = as_number(found)
    if value is not None and value % 1:
        advice = "Et tal mellem to koder er ofte et gennemsnit: hent de enkelte svar i stedet."
    elif value is not None:
        advice = "Tilføj koden i skalaer.csv, hvis den er et svar."
    else:
        advice = "Ret teksten i skalaer.csv, så den er, som den står i eksporten."
    return advice + (f" {_STOPS}" if too_many else "")


def _written_codes(questionnaire: Questionnaire) -> dict[str, list[float]]:
    """Scale → its codes as the export has them."""
    scales = questionnaire.scales
    written = scales["written"] if "written" in scales else scales["code"]
    return {str(scale): codes.dropna().tolist() for scale, codes in written.groupby(scales["scale"])}


def set_aside_table(counts: Mapping[str, int]) -> pd.DataFrame:
    """Put the counts of all rules into a table.

    Parameters
    ----------
    counts : mapping of str to int
        Rule → number.

    Returns
    -------
    pandas.DataFrame
        `rule`, `n`, `note`, one row a `Rule` by its key, whether or not it hit anything.

    Examples
    --------
    >>> set_aside_table({"dobbelt": 2}).query("n > 0")
                             rule  n                      note
    dobbelt  Dobbelte besvarelser  2  besvarelser sat til side
    """
    rows = [[rule.called, counts.get(rule, 0), rule.note] for rule in Rule]
    return pd.DataFrame(rows, index=[rule.value for rule in Rule], columns=["rule", "n", "note"])
