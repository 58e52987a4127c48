"""The checked answers: one row = one respondent × variable, and all that was wrong on the way there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from blupkit.core import BlupkitError, DataError, Fault, Study, fault_table
from blupkit.core.study import STUDY_FILE
from blupkit.survey import respondents as screening
from blupkit.survey.coding import Coded, code_answers, code_faults
from blupkit.survey.derivation import STATUS
from blupkit.survey.exports import Export, read_export, survey_files
from blupkit.survey.invited import read_invited
from blupkit.survey.questionnaire import Questionnaire, read_questionnaire

NAMES_SHOWN = 10


@dataclass(frozen=True, eq=False)
class Responses:
    """The answers that count, and what was set aside.

    Parameters
    ----------
    study : Study
        Whose answers they are.
    questionnaire : Questionnaire
        What was asked.
    answers : pandas.DataFrame
        `respondent`, `municipality`, `group`, `variable`, `item`, `kind`, `value` (NaN unless answered with a code),
        `state` ("besvaret", "ved_ikke", "ubesvaret" or "ikke_stillet") and `text`.
    respondents : pandas.DataFrame
        `respondent`, `row`, `municipality`, `group`, `completed`, `answered`, `straight_lined`.
    faults : pandas.DataFrame
        What `core.fault_table` makes of everything that was wrong but stopped nothing.
    set_aside : pandas.DataFrame
        `rule`, `n`, `note`: how much each rule set aside or noted.
    invited : pandas.DataFrame
        `municipality`, `group`, `invited` (missing where unknown), `known`.
    received : int
        Rows in the export.
    """

    study: Study
    questionnaire: Questionnaire
    answers: pd.DataFrame
    respondents: pd.DataFrame
    faults: pd.DataFrame
    set_aside: pd.DataFrame
    invited: pd.DataFrame
    received: int


def read_responses(study: Study) -> Responses:
    """Read and check the survey's answers.

    Missing data: "ikke stillet", "ved ikke" and unanswered stay three different states, and none becomes a number. A
    code off its scale is set aside as unanswered; a respondent without a known municipality or group, an empty one and
    the later of two alike are set aside as a whole. Nothing is repaired.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned.

    Returns
    -------
    Responses
        With the faults of level "advarsel".

    Raises
    ------
    FileError
        A file is missing, damaged or truncated.
    DataError
        The study has no survey; or everything that keeps the answers from being used, at once.
    """
    responses, faults = _gather(study)
    errors = [fault for fault in faults if fault.level == "fejl"]
    if errors:
        raise DataError(errors)
    return responses


def check_responses(study: Study) -> pd.DataFrame:
    """List all that is wrong with the survey's files, and never stop at it.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` makes of it, "fejl" first; empty when nothing is wrong.
    """
    try:
        _, faults = _gather(study)
    except BlupkitError as error:
        faults = list(error.faults)
    return fault_table(sorted(faults, key=lambda fault: fault.level != "fejl"))


def _gather(study: Study) -> tuple[Responses, list[Fault]]:
    export = read_export(study)
    questionnaire = read_questionnaire(study, export)
    people, faults = screening.place_respondents(study, export)
    faults = [*_column_faults(study, export, questionnaire), *faults]
    coded = code_answers(export, questionnaire, people["group"])
    people = people.join(screening.describe_respondents(export, questionnaire, coded))

    empty = screening.is_empty(coded)
    present = people[~empty]
    placed = (present["municipality"] != "") & (present["group"] != "")
    repeated, duplicate_faults = screening.find_duplicates(study, export, coded, present[placed])
    kept = present[placed][~repeated]
    wrong_codes = code_faults(export, questionnaire, coded, people["respondent"])
    invited, invited_faults = read_invited(study, kept)
    faults += [
        *screening.placing_faults(study, export, present),
        *duplicate_faults,
        *wrong_codes,
        *screening.noted_faults(export, kept, int(empty.sum())),
        *invited_faults,
    ]
    set_aside = screening.set_aside_table(
        {
            screening.EMPTY: int(empty.sum()),
            screening.NO_MUNICIPALITY: int((present["municipality"] == "").sum()),
            screening.NO_GROUP: int(((present["municipality"] != "") & (present["group"] == "")).sum()),
            screening.DUPLICATE: int(repeated.sum()),
            screening.OFF_SCALE: int(coded.off_scale.to_numpy().sum()),
            screening.NOT_ASKED_RULE: int(coded.not_asked.to_numpy().sum()),
            screening.STRAIGHT: int(kept["straight_lined"].sum()),
            screening.BROKEN: int((~kept["completed"]).sum()),
        }
    )
    answers = _long(coded, kept, questionnaire)
    table = fault_table(fault for fault in faults if fault.level == "advarsel")
    kept = kept.rename_axis("row").reset_index()
    order = ["respondent", "row", "municipality", "group", "completed", "answered", "straight_lined"]
    responses = Responses(
        study, questionnaire, answers, kept[order], table, set_aside, invited, received=len(export.data)
    )
    return responses, faults


def _column_faults(study: Study, export: Export, questionnaire: Questionnaire) -> list[Fault]:
    files = survey_files(study)
    known = list(dict.fromkeys(questionnaire.variables["variable"]))
    faults = [_missing_variable(export, name) for name in known if name not in export.data]
    named = {*known, files.respondent, files.municipality, files.group}
    unknown = [name for name in export.data.columns if name not in named and not STATUS.fullmatch(name)]
    if unknown:
        found = ", ".join(unknown[:NAMES_SHOWN]) + (
            f" og {len(unknown) - NAMES_SHOWN} til" if len(unknown) > NAMES_SHOWN else ""
        )
        action = "Kolonnerne er ikke brugt. Tilføj dem i spørgeskemaet, hvis de rummer svar."
        expected = "kun kolonner, som spørgeskemaet kender"
        faults.append(Fault(export.name, found, expected, action, row=1, level="advarsel"))
    if export.dropped:
        action = "Kolonnerne er udeladt ved indlæsningen. Slet dem også i filen."
        expected = "ingen kolonner, der fortæller, hvem der har svaret"
        faults.append(Fault(export.name, ", ".join(export.dropped), expected, action, row=1, level="advarsel"))
    return faults


def _missing_variable(export: Export, name: str) -> Fault:
    expected = "en kolonne for hver variabel i spørgeskemaet"
    if name in export.dropped:
        action = "Kolonnen er udeladt, fordi den kan fortælle, hvem der har svaret. Fjern variablen fra spørgeskemaet."
        return Fault(export.name, "en kolonne med personoplysninger", expected, action, row=1, column=name)
    action = f"Hent eksporten igen med alle variable, eller ret spørgeskemaet, som {STUDY_FILE} peger på."
    return Fault(export.name, "ingen kolonne med det navn", expected, action, row=1, column=name)


def _long(coded: Coded, people: pd.DataFrame, questionnaire: Questionnaire) -> pd.DataFrame:
    variables = questionnaire.variables.drop_duplicates("variable").set_index("variable")
    names = list(coded.states.columns)
    people = people.sort_values("respondent", kind="stable")
    width, height = len(names), len(people)

    def cells(table: pd.DataFrame) -> np.ndarray:
        return table.loc[people.index, names].to_numpy().ravel()

    return pd.DataFrame(
        {
            **{key: np.repeat(people[key].to_numpy(), width) for key in ("respondent", "municipality", "group")},
            "variable": np.tile(names, height),
            "item": np.tile(variables.loc[names, "item"].to_numpy(), height),
            "kind": np.tile(variables.loc[names, "kind"].to_numpy(), height),
            "value": cells(coded.values).astype(float),
            "state": cells(coded.states),
            "text": cells(coded.texts),
        }
    )
