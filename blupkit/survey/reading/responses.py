"""The checked answers: one row = one respondent × variable, and all that was wrong on the way there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from blupkit.core import BlupkitError, Fault, Level, Study, fault_table, raise_serious
from blupkit.core.study import STUDY_FILE
from blupkit.survey.reading import screening
from blupkit.survey.reading.cell_values import Coded, code_answers, code_faults
from blupkit.survey.reading.derived_questionnaire import STATUS
from blupkit.survey.reading.exports import Export, read_export, survey_files
from blupkit.survey.reading.invited import read_invited
from blupkit.survey.reading.questionnaire import Questionnaire, read_questionnaire

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
    coded : Coded
        Every cell of the export, kept as it was sent: one row a respondent. `answers` lays it out.
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
    coded: Coded
    respondents: pd.DataFrame
    faults: pd.DataFrame
    set_aside: pd.DataFrame
    invited: pd.DataFrame
    received: int

    @property
    def variables(self) -> list[str]:
        """The variables that the export has, in the questionnaire's order."""
        return list(self.coded.columns)

    @property
    def open_variables(self) -> list[str]:
        """The variables in which people wrote in their own words."""
        variables = self.questionnaire.variables
        return variables.loc[variables["kind"] == "aaben", "variable"].drop_duplicates().tolist()

    @property
    def answers(self) -> pd.DataFrame:
        """All answers, one row = one respondent × variable; see `answers_to`."""
        return self.answers_to(self.variables)

    def answers_to(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay the answers to some variables out, one row = one respondent × variable.

        Parameters
        ----------
        variables : iterable of str
            Which; one that the export does not have gives no rows.

        Returns
        -------
        pandas.DataFrame
            `respondent`, `municipality`, `group`, `variable`, `item`, `kind`, `value` (NaN unless answered with a
            code), `state` ("besvaret", "ved_ikke", "ubesvaret" or "ikke_stillet") and `text`, by respondent.
        """
        names = [name for name in self.variables if name in set(variables)]
        asked = self.questionnaire.variables.drop_duplicates("variable").set_index("variable").loc[names]
        people = self.respondents.sort_values("respondent", kind="stable")
        rows = self.coded.rows.get_indexer(pd.Index(people["row"]))
        width, height = len(names), len(people)

        def cells(kind: str) -> np.ndarray:
            return self.coded.table(kind, names).to_numpy()[rows].ravel()

        return pd.DataFrame(
            {
                **{key: np.repeat(people[key].to_numpy(), width) for key in ("respondent", "municipality", "group")},
                "variable": np.tile(names, height),
                "item": np.tile(asked["item"].to_numpy(), height),
                "kind": np.tile(asked["kind"].to_numpy(), height),
                "value": cells("value").astype(float),
                "state": cells("state"),
                "text": cells("text"),
            }
        )

    def values(self, variables: Iterable[str]) -> pd.DataFrame:
        """Lay answers out as respondent × variable: NaN where there is no answer with a code, whatever the reason."""
        names = list(variables)
        known = self.coded.table("value", [name for name in names if name in self.coded.columns])
        people = self.respondents
        return known.loc[people["row"]].set_axis(people["respondent"]).reindex(columns=names).astype(float)


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
    raise_serious(faults)
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
    return fault_table(sorted(faults, key=lambda fault: fault.level != Level.SERIOUS))


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
            screening.OFF_SCALE: int(coded.count("off_scale").sum()),
            screening.NOT_ASKED_RULE: int(coded.count("not_asked").sum()),
            screening.STRAIGHT: int(kept["straight_lined"].sum()),
            screening.BROKEN: int((~kept["completed"]).sum()),
        }
    )
    table = fault_table(fault for fault in faults if fault.level == Level.WARNING)
    kept = kept.rename_axis("row").reset_index().astype({"municipality": "str", "group": "str"})
    order = ["respondent", "row", "municipality", "group", "completed", "answered", "straight_lined"]
    responses = Responses(
        study, questionnaire, coded, kept[order], table, set_aside, invited, received=len(export.data)
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
        faults.append(Fault(export.name, found, expected, action, row=1, level=Level.WARNING))
    if export.dropped:
        action = "Kolonnerne er udeladt ved indlæsningen. Slet dem også i filen."
        expected = "ingen kolonner, der fortæller, hvem der har svaret"
        faults.append(Fault(export.name, ", ".join(export.dropped), expected, action, row=1, level=Level.WARNING))
    return faults


def _missing_variable(export: Export, name: str) -> Fault:
    expected = "en kolonne for hver variabel i spørgeskemaet"
    if name in export.dropped:
        action = "Kolonnen er udeladt, fordi den kan fortælle, hvem der har svaret. Fjern variablen fra spørgeskemaet."
        return Fault(export.name, "en kolonne med personoplysninger", expected, action, row=1, column=name)
    action = f"Hent eksporten igen med alle variable, eller ret spørgeskemaet, som {STUDY_FILE} peger på."
    return Fault(export.name, "ingen kolonne med det navn", expected, action, row=1, column=name)
