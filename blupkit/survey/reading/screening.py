"""Who answered: where they belong, how far they came, and whose answers must be set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from blupkit.core import ALL, Fault, Level, Study
from blupkit.core.danish import first_upper, listing
from blupkit.core.study import STUDY_FILE
from blupkit.survey.reading.cell_values import Coded
from blupkit.survey.reading.exports import Export, survey_files
from blupkit.survey.reading.questionnaire import Questionnaire, group_keys

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
        `respondent`, and `municipality` and `group` (categories), by row, "" where it is not known; and what is wrong.
        A missing column is a "fejl", an unknown cell an "advarsel".
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
    rows = export.data.index
    if column is not None and column not in export.data:
        faults.append(_missing_column(export, column, "besvarelse_id"))
    if column is None or column not in export.data:
        return pd.Series(rows.astype(str), index=rows, dtype="str")
    cells = export.data[column].cat
    texts = np.array([text.strip() for text in cells.categories.tolist()], dtype=object)
    ids = pd.Series(texts[cells.codes], index=rows, dtype="str")
    unnamed = rows[ids == ""] if "" in texts else rows[:0]
    ids[unnamed] = [f"række {row}" for row in unnamed]
    return ids


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
    cells = export.data[column].cat
    found = [_match(_whole_number(cell.strip()), by_code, match) for cell in cells.categories]
    number, names = pd.factorize(np.array(found, dtype=object))
    return pd.Series(pd.Categorical.from_codes(number[cells.codes], pd.Index(names, dtype="str")), export.data.index)


def _match(cell: str, by_code: Mapping[str, str], match: Callable[[str], str | None]) -> str:
    return (match(cell) or match(by_code.get(cell, "")) or "") if cell else ""


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
        cells = export.data[column].to_dict() if (people[key] == "").any() else {}
        for row, respondent in people.loc[people[key] == "", "respondent"].items():
            cell = str(cells[row]).strip()
            action = _placing_action(study, cell, key)
            found, expected = cell or "ingenting", listing(words, "eller")
            faults.append(
                Fault(export.name, found, expected, action, int(str(row)), column, respondent, level=Level.WARNING)
            )
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
    variables = questionnaire.variables.drop_duplicates("variable").set_index("variable").loc[list(coded.columns)]
    closed = variables[variables["kind"] != "aaben"]
    units = closed["item"].where(closed["kind"] == "flere", closed.index)
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
    rated = variables.index[variables["kind"].isin(["vigtighed", "niveau"])]
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
    place = coded.rows.get_indexer(people.index)
    enough = (coded.given[place] >= ENOUGH_TO_COMPARE) & (not survey_files(study).keep_duplicates)
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
        ident = people["respondent"][row]
        faults.append(Fault(export.name, found, expected, action, int(str(row)), "", ident, level=Level.WARNING))
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
        faults.append(Fault(export.name, found, "mindst ét svar i hver række", action, level=Level.WARNING))
    broken = int((~people["completed"]).sum())
    if broken:
        action = "De svar, der er givet, er regnet med."
        found = f"{broken} {'besvarelse, der er afbrudt' if broken == 1 else 'besvarelser, der er afbrudt'}"
        faults.append(Fault(export.name, found, "besvarelser, der er gjort færdige", action, level=Level.WARNING))
    for row, respondent in people.loc[people["straight_lined"], "respondent"].items():
        action = "Besvarelsen er regnet med. Se efter, om den er ment alvorligt."
        found, expected = "det samme svar hele vejen", "svar, der varierer"
        faults.append(Fault(export.name, found, expected, action, int(str(row)), "", respondent, level=Level.WARNING))
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
