"""How far each respondent came, what must be set aside, and the rules that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import Fault
from blupkit.core.danish import listing, number
from blupkit.survey.reading.cell_values import CHOICE, Coded
from blupkit.survey.reading.exports import Export
from blupkit.survey.reading.questionnaire import Kind, Questionnaire
from blupkit.survey.reading.scales.cells import as_number

#: Fewer answers than this may agree by chance, so neither duplicates nor straight-lining are looked for.
ENOUGH_TO_COMPARE: Final = 10
#: What to do about a cell that the scale does not know, and about one of a group that was not asked.
_CELL_ACTIONS: Final = {
    "off_scale": "Ret koden i spørgeskemasystemet, hvis den er en tastefejl, og hent filen igen."
    " Svaret er sat til side og tæller som ubesvaret.",
    "not_asked": "Svaret er sat til side. Se efter, om deltagerens gruppe er rigtig.",
}


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
    answered = coded.count("given", variables.index.difference(closed.index))
    completed = np.zeros(len(coded.rows), dtype=bool)
    for part, wanted in zip(parts, asked, strict=True):
        given = _any_of(coded, part, "given")
        place = place + wanted
        answered += given
        completed |= given & (wanted == 1) & (place > half)
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


def _alike(
    export: Export, variables: Iterable[str], place: npt.NDArray[np.intp], number: npt.NDArray[np.intp]
) -> pd.Series:
    """Number the rows that say the same as another one, each number for the same cells; blanks around them count not.

    `place` says which rows to look at, `number` how they are told apart to begin with. A row that is unlike all others
    in the columns so far is looked at no longer, so few are looked at for long.
    """
    for name in variables:
        cells = export.data[name].cat
        texts = pd.factorize(np.array([text.strip() for text in cells.categories.tolist()], dtype=object))[0]
        number = pd.factorize(number * len(texts) + texts[cells.codes.to_numpy()[place]])[0]
        twin = np.bincount(number)[number] > 1
        place, number = place[twin], number[twin]
    return pd.Series(number, index=export.data.index[place])


def find_duplicates(
    export: Export, coded: Coded, people: pd.DataFrame, *, by_content: bool
) -> tuple[pd.Series, list[Fault]]:
    """Find the rows that repeat an earlier one: the same id, or the same answers to everything.

    Two people may give the same answers to a short questionnaire: with `behold_dubletter` in the study only rows with
    the same id are to be found.

    Parameters
    ----------
    export : Export
        The cells.
    coded : Coded
        The answers; rows with fewer than ten are not compared.
    people : pandas.DataFrame
        The rows to compare: `respondent`, `municipality`, `group`.
    by_content : bool
        Whether equal answers are looked for.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        True for a row that is to be set aside; and an "advarsel" for each.
    """
    place = coded.rows.get_indexer(people.index)
    enough = (coded.given[place] >= ENOUGH_TO_COMPARE) & by_content
    towns, groups = (pd.factorize(people[column])[0] for column in ("municipality", "group"))
    content = _alike(export, coded.columns, place[enough], (towns * len(people) + groups)[enough])
    same_content = pd.Series(people.index.isin(content.index[content.duplicated()]), index=people.index)
    same_id = people["respondent"].duplicated()
    faults = []
    for row in people.index[same_content | same_id]:
        alike = content if row in content.index else people["respondent"]
        first = alike.index[alike == alike[row]][0]
        what = "de samme svar" if row in content.index else "det samme besvarelses-id"
        action = "Den seneste er sat til side. Er de fra to personer, så skriv behold_dubletter = true i study.toml."
        found, expected = f"{what} som i række {first}", "én række for hver besvarelse"
        respondent = people["respondent"][row]
        faults.append(export.warning(found, expected, action, int(str(row)), respondent=respondent, quotes=False))
    return same_content | same_id, faults


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
        found = f"{empty} {'række' if empty == 1 else 'rækker'} uden svar"
        faults.append(export.warning(found, "mindst ét svar i hver række", action, quotes=False))
    broken = int((~people["completed"]).sum())
    if broken:
        action = "De svar, der er givet, er regnet med."
        found = f"{broken} {'besvarelse, der er afbrudt' if broken == 1 else 'besvarelser, der er afbrudt'}"
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
    lines, scales = questionnaire.by_variable, _written_codes(questionnaire)
    faults = []
    for kind, action in _CELL_ACTIONS.items():
        for row, name in coded.true_cells(kind):
            found, line = str(export.data.loc[row, name]).strip(), lines.loc[name]
            expected = "en tom celle, for gruppen er ikke stillet spørgsmålet"
            if kind == "off_scale":
                scale = scales.get(str(line["scale"]), []) if line["kind"] != Kind.MULTIPLE else CHOICE["code"]
                codes = listing([number(code, 0 if code == int(code) else 1) for code in scale], "eller")
                expected = f"en af koderne {codes}" if as_number(found) is not None else f"et tal: {codes}"
            faults.append(export.warning(found, expected, action, row, name, respondents[row]))
    return faults


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
