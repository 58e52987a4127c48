"""Who answered: where they belong, how far they came, and whose answers must be set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from blupkit.core import ALL, Fault, Study
from blupkit.core.danish import first_upper, listing
from blupkit.core.study import STUDY_FILE
from blupkit.survey.coding import NOT_ASKED, Coded
from blupkit.survey.exports import Export, survey_files
from blupkit.survey.questionnaire import Questionnaire, group_keys

#: Fewer answers than this may agree by chance, so neither duplicates nor straight-lining are looked for.
ENOUGH_TO_COMPARE: Final = 10

EMPTY, DUPLICATE, NO_MUNICIPALITY, NO_GROUP, OFF_SCALE, NOT_ASKED_RULE, STRAIGHT, BROKEN = (
    "tom",
    "dobbelt",
    "kommune",
    "gruppe",
    "kode",
    "ikke_stillet",
    "ens_svar",
    "afbrudt",
)


def place_respondents(study: Study, export: Export) -> tuple[pd.DataFrame, list[Fault]]:
    """Find id, municipality and group of each row.

    Parameters
    ----------
    study : Study
        Its municipalities and groups, and the columns that hold them. With one of a kind or none, no column is needed.
    export : Export
        The data; labels of the two columns are looked up when the cell itself is not known.

    Returns
    -------
    tuple of pandas.DataFrame and list of Fault
        `respondent`, `municipality`, `group` by row, "" where it is not known; and what is wrong. A missing column is a
        "fejl", an unknown cell an "advarsel".
    """
    files = survey_files(study)
    faults: list[Fault] = []
    ids = _respondent_ids(export, files.respondent, faults)
    places = tuple(municipality.slug for municipality in study.municipalities) or (ALL,)
    municipality = _matched(export, files.municipality, "kommune", places, study.match_municipality, faults)
    codes = _group_codes(study)
    group = _matched(export, files.group, "gruppe", group_keys(study), lambda text: codes.get(text.casefold()), faults)
    return pd.DataFrame({"respondent": ids, "municipality": municipality, "group": group}), faults


def _respondent_ids(export: Export, column: str | None, faults: list[Fault]) -> pd.Series:
    rows = pd.Series(export.data.index.astype(str), index=export.data.index, dtype="str")
    if column is None:
        return rows
    if column not in export.data:
        faults.append(_missing_column(export, column, "besvarelse_id"))
        return rows
    ids = export.data[column].str.strip()
    return ids.where(ids != "", "række " + rows)


def _missing_column(export: Export, column: str, setting: str) -> Fault:
    present = ", ".join(export.data.columns[:10]) + (" …" if len(export.data.columns) > 10 else "")
    action = f"Ret indstillingen {setting} under [spoergeskema] i {STUDY_FILE}, eller hent eksporten igen."
    return Fault(export.name, present, f"også kolonnen »{column}«", action, row=1, column=column)


def _group_codes(study: Study) -> dict[str, str]:
    return {
        spelling.casefold(): group.key
        for group in study.groups
        for spelling in (group.key, group.name, group.singular, *group.codes)
    }


def _matched(
    export: Export,
    column: str | None,
    setting: str,
    allowed: tuple[str, ...],
    match: Callable[[str], str | None],
    faults: list[Fault],
) -> pd.Series:
    """Match each cell of a column, or the label of its code, to one of the keys allowed; "" where it is neither."""
    everybody = pd.Series(allowed[0], index=export.data.index, dtype="str")
    if len(allowed) == 1 and (column is None or column not in export.data):
        return everybody
    if column is None:
        expected = f"navnet på den kolonne, der rummer {setting}"
        action = f'Skriv {setting} = "…" under [spoergeskema].'
        faults.append(Fault(STUDY_FILE, "ingenting", expected, action, column=f"spoergeskema.{setting}"))
        return everybody.where(everybody == "", "")
    if column not in export.data:
        faults.append(_missing_column(export, column, setting))
        return everybody.where(everybody == "", "")
    if allowed == (ALL,):
        return everybody
    labels = export.labels[export.labels["variable"] == column]
    by_code = dict(zip(labels["value"], labels["label"], strict=True))
    cells = export.data[column].str.strip().map(_whole_number)
    found = {cell: match(cell) or match(by_code.get(cell, "")) or "" if cell else "" for cell in cells.unique()}
    return cells.map(found).astype("str")


def _whole_number(cell: str) -> str:
    return re.sub(r"[.,]0+$", "", cell) if re.fullmatch(r"\d+[.,]0+", cell) else cell


def placing_faults(study: Study, export: Export, people: pd.DataFrame) -> list[Fault]:
    """List the respondents without a known municipality or group; they are set aside.

    Parameters
    ----------
    study : Study
        Its municipalities, to suggest the one that was probably meant.
    export : Export
        What stands in the cells.
    people : pandas.DataFrame
        What `place_respondents` returned, without the empty answers.

    Returns
    -------
    list of Fault
        All are "advarsel".
    """
    files = survey_files(study)
    faults = []
    for column, key, words in (
        (files.municipality, "municipality", [municipality.name for municipality in study.municipalities]),
        (
            files.group,
            "group",
            [f"{code} ({group.name})" for group in study.groups for code in group.codes[-1:] or (group.key,)],
        ),
    ):
        if column is None or column not in export.data:
            continue
        cells = export.data[column].str.strip().to_dict()
        for row, respondent in people.loc[people[key] == "", "respondent"].items():
            cell = str(cells[row])
            action = _placing_action(study, cell, key)
            found, expected = cell or "ingenting", listing(words, "eller")
            faults.append(Fault(export.name, found, expected, action, int(str(row)), column, respondent, "advarsel"))
    return faults


def _placing_action(study: Study, cell: str, key: str) -> str:
    what = "kommunen" if key == "municipality" else "gruppen"
    if not cell:
        return f"Udfyld {what} i spørgeskemasystemet, hvis den kendes, og hent filen igen. Besvarelsen er sat til side."
    if key == "group":
        return f"Ret {what}, eller tilføj koden under koder i {STUDY_FILE}. Besvarelsen er sat til side."
    meant = study.suggest_municipality(cell)
    question = f"Mente du {meant}? " if meant else ""
    return f"{question}Tilføj stavemåden under stavemaader i {STUDY_FILE}. Besvarelsen er sat til side."


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
    variables = (
        questionnaire.variables.drop_duplicates("variable").set_index("variable").loc[list(coded.states.columns)]
    )
    closed = variables[variables["kind"] != "aaben"]
    names = closed["item"].where(closed["kind"] == "flere", closed.index)
    units = dict(zip(closed.index.astype(str), names.astype(str), strict=True))
    answered = _by_unit(coded.answered, units)
    asked = _by_unit(coded.states != NOT_ASKED, units)
    position = asked.cumsum(axis=1)
    late = position.gt(asked.sum(axis=1) // 2, axis=0) & asked & answered
    completed = late.any(axis=1)
    if export.finished is not None:
        completed &= export.finished
    rated = coded.values[variables.index[variables["kind"].isin(["vigtighed", "niveau"])]]
    straight = (rated.max(axis=1) == rated.min(axis=1)) & (rated.notna().sum(axis=1) >= ENOUGH_TO_COMPARE)
    count = answered.sum(axis=1) + coded.answered.drop(columns=list(closed.index)).sum(axis=1)
    return pd.DataFrame({"completed": completed, "answered": count.astype(int), "straight_lined": straight})


def _by_unit(table: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    """Join the choices of one question: true when any of them is."""
    return table[list(units)].T.groupby(list(units.values()), sort=False).any().T.astype(bool)


def _numbered(column: pd.Series) -> pd.Series:
    """Number what stands in a column: cells that differ in blanks around them only have the same number."""
    place, different = pd.factorize(column)
    return pd.Series(pd.factorize(pd.Series(different, dtype="str").str.strip())[0][place], index=column.index)


def find_duplicates(study: Study, export: Export, coded: Coded, people: pd.DataFrame) -> tuple[pd.Series, list[Fault]]:
    """Find the rows that repeat an earlier one: the same id, or the same answers to everything.

    Two people may give the same answers to a short questionnaire: with `behold_dubletter` in the study only rows with
    the same id are found.

    Parameters
    ----------
    study : Study
        Whether equal answers are kept.
    export : Export
        The cells.
    coded : Coded
        The answers; rows with fewer than ten are not compared.
    people : pandas.DataFrame
        The rows to compare: `respondent`, `municipality`, `group`.

    Returns
    -------
    tuple of pandas.Series and list of Fault
        True for a row that is to be set aside; and an "advarsel" for each.
    """
    cells = export.data.loc[people.index, list(coded.states.columns)].apply(_numbered)
    content = pd.util.hash_pandas_object(cells.assign(_m=people["municipality"], _g=people["group"]), index=False)
    enough = coded.answered.loc[people.index].sum(axis=1) >= ENOUGH_TO_COMPARE
    same_content = content.duplicated() & enough & (not survey_files(study).keep_duplicates)
    same_id = people["respondent"].duplicated()
    faults = []
    for row in people.index[same_content | same_id]:
        match = content == content[row] if same_content[row] else people["respondent"] == people["respondent"][row]
        first = people.index[match][0]
        what = "de samme svar" if same_content[row] else "det samme besvarelses-id"
        action = "Den seneste er sat til side. Er de fra to personer, så skriv behold_dubletter = true i study.toml."
        found, expected = f"{what} som i række {first}", "én række for hver besvarelse"
        ident = people["respondent"][row]
        faults.append(Fault(export.name, found, expected, action, int(str(row)), "", ident, "advarsel"))
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
        faults.append(Fault(export.name, found, "mindst ét svar i hver række", action, level="advarsel"))
    broken = int((~people["completed"]).sum())
    if broken:
        action = "De svar, der er givet, er regnet med."
        found = f"{broken} {'besvarelse, der er afbrudt' if broken == 1 else 'besvarelser, der er afbrudt'}"
        faults.append(Fault(export.name, found, "besvarelser, der er gjort færdige", action, level="advarsel"))
    for row, respondent in people.loc[people["straight_lined"], "respondent"].items():
        action = "Besvarelsen er regnet med. Se efter, om den er ment alvorligt."
        found, expected = "det samme svar hele vejen", "svar, der varierer"
        faults.append(Fault(export.name, found, expected, action, int(str(row)), "", respondent, "advarsel"))
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
    written = coded.off_scale | coded.not_asked | coded.answered
    return ~written.any(axis=1)


#: Rule → what it is called, what happens, and what is counted.
RULES: Final = {
    EMPTY: ("tomme besvarelser", "besvarelser sat til side"),
    NO_MUNICIPALITY: ("kommune mangler eller kendes ikke", "besvarelser sat til side"),
    NO_GROUP: ("gruppe mangler eller kendes ikke", "besvarelser sat til side"),
    DUPLICATE: ("dobbelte besvarelser", "besvarelser sat til side"),
    OFF_SCALE: ("koder uden for skalaen", "svar sat til side"),
    NOT_ASKED_RULE: ("svar fra en gruppe, der ikke er spurgt", "svar sat til side"),
    STRAIGHT: ("samme svar hele vejen", "besvarelser regnet med"),
    BROKEN: ("afbrudte besvarelser", "besvarelser regnet med"),
}


def set_aside_table(counts: Mapping[str, int]) -> pd.DataFrame:
    """Put the counts of all rules into a table.

    Parameters
    ----------
    counts : mapping of str to int
        Rule → number.

    Returns
    -------
    pandas.DataFrame
        `rule`, `n`, `note`, one row a rule whether or not it hit anything.

    Examples
    --------
    >>> set_aside_table({"dobbelt": 2}).query("n > 0")
                       rule  n                      note
    3  Dobbelte besvarelser  2  besvarelser sat til side
    """
    rows = [[first_upper(name), counts.get(rule, 0), note] for rule, (name, note) in RULES.items()]
    return pd.DataFrame(rows, columns=["rule", "n", "note"])
