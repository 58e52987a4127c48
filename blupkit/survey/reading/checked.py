"""From the study's files to the answers that count, with everything that is wrong on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from blupkit.core import STUDY_FILE, BlupkitError, Fault, Level, Study, fault_table, raise_serious
from blupkit.survey.reading.cell_values import code_answers
from blupkit.survey.reading.exports import STATUS, Export, read_export
from blupkit.survey.reading.invited import read_invited
from blupkit.survey.reading.people.doubles import find_duplicates
from blupkit.survey.reading.personal.background import background_faults
from blupkit.survey.reading.personal.columns import keep_line
from blupkit.survey.reading.placing import place_respondents, placing_faults
from blupkit.survey.reading.questionnaire import Questionnaire
from blupkit.survey.reading.questionnaire_file import read_questionnaire
from blupkit.survey.reading.responses import Responses
from blupkit.survey.reading.scales.preparing import prepare_scales, without_blanks
from blupkit.survey.reading.screening import (
    Rule,
    code_faults,
    describe_respondents,
    is_empty,
    noted_faults,
    set_aside_table,
)

NAMES_SHOWN = 10
_WRITE_CODES = ("spss", "surveyxact")


class Checked(NamedTuple):
    """What reading a survey came to.

    Parameters
    ----------
    responses : Responses or None
        The answers; None where something keeps them from being used.
    faults : pandas.DataFrame
        What `core.fault_table` makes of all that is wrong, "fejl" first; empty when nothing is.
    """

    responses: Responses | None
    faults: pd.DataFrame


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

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(read_responses(example_study()).respondents)
    20
    """
    responses, faults = _gather(study)
    raise_serious(faults)
    return responses


def check_responses(study: Study, export: Export | None = None) -> pd.DataFrame:
    """List all that is wrong with the survey's files, and never stop at it, as `checked_responses` does.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned.
    export : Export, optional
        What `read_export` gives of it, where it has been read already.

    Returns
    -------
    pandas.DataFrame
        What `core.fault_table` makes of it, "fejl" first; empty when nothing is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> len(check_responses(example_study()))
    0
    """
    return checked_responses(study, export).faults


def checked_responses(study: Study, export: Export | None = None) -> Checked:
    """Read and check the survey's answers as `read_responses` does, and list what is wrong instead of stopping at it.

    Parameters
    ----------
    study : Study
        What `core.read_study` returned.
    export : Export, optional
        What `read_export` gives of it, where it has been read already.

    Returns
    -------
    Checked
        The answers that count, and all that is wrong.

    Examples
    --------
    >>> from blupkit.core import example_study
    >>> found = checked_responses(example_study())
    >>> len(found.responses.respondents), len(found.faults)
    (20, 0)
    """
    responses = None
    try:
        found, faults = _gather(study, export)
        if all(fault.level != Level.SERIOUS for fault in faults):
            responses = found
        faults = [*faults, *background_faults(study, found.questionnaire)]
    except BlupkitError as error:
        faults = list(error.faults)
    return Checked(responses, fault_table(sorted(faults, key=lambda fault: fault.level != Level.SERIOUS)))


def without(responses: Responses, gone: pd.Series) -> Responses:
    """Leave some respondents out, as if they had not answered.

    Parameters
    ----------
    responses : Responses
        What `read_responses` returned; not changed.
    gone : pandas.Series
        True for each of its respondents who is left out.

    Returns
    -------
    Responses
        Without them, and without what the rules said of them; their cells stay in `coded`, where nobody asks for them.

    Examples
    --------
    >>> from blupkit.survey.example import example_responses
    >>> responses = example_responses()
    >>> left = without(responses, responses.respondents["group"] == "L")
    >>> set(left.respondents["group"]), responses.received - left.received
    ({'A'}, 10)
    """
    people, coded = responses.respondents, responses.coded
    out = people[gone]
    cells = coded.rows.isin(out["row"])
    told = {
        Rule.OFF_SCALE: coded.count("off_scale")[cells].sum(),
        Rule.NOT_ASKED: coded.count("not_asked")[cells].sum(),
        Rule.STRAIGHT: out["straight_lined"].sum(),
        Rule.BROKEN: (~out["completed"]).sum(),
    }
    less = [int(told.get(Rule(rule), 0)) for rule in responses.set_aside.index]
    return replace(
        responses,
        respondents=people[~gone],
        received=responses.received - len(out),
        set_aside=responses.set_aside.assign(n=responses.set_aside["n"] - less),
    )


def _gather(study: Study, export: Export | None = None) -> tuple[Responses, list[Fault]]:
    export = export or read_export(study)
    questionnaire = read_questionnaire(study, export)
    export = without_blanks(questionnaire, export, study.survey_files.respondent)
    people, faults = place_respondents(study, export)
    questionnaire, readers, scale_faults = prepare_scales(questionnaire, export, _cells_are(study))
    faults = [*_column_faults(study, export, questionnaire), *faults, *questionnaire.faults, *scale_faults]
    coded = code_answers(export, questionnaire, people["group"], readers)
    people = people.join(describe_respondents(export, questionnaire, coded))

    empty = is_empty(coded)
    present = people[~empty]
    placed = (present["municipality"] != "") & (present["group"] != "")
    doubles = find_duplicates(export, coded, present[placed], by_content=not study.survey_files.keep_duplicates)
    repeated = doubles.aside
    kept = present[placed][~repeated]
    wrong_codes = code_faults(export, questionnaire, coded, people["respondent"], study.thresholds.set_aside)
    invited, invited_faults = read_invited(study, kept)
    faults += [
        *placing_faults(study, export, present, doubles.unsure),
        *doubles.faults,
        *wrong_codes,
        *noted_faults(export, kept, int(empty.sum())),
        *invited_faults,
    ]
    set_aside = set_aside_table(
        {
            Rule.EMPTY: int(empty.sum()),
            Rule.NO_MUNICIPALITY: int((present["municipality"] == "").sum()),
            Rule.NO_GROUP: int(((present["municipality"] != "") & (present["group"] == "")).sum()),
            Rule.DUPLICATE: int(repeated.sum()),
            Rule.OFF_SCALE: int(coded.count("off_scale").sum()),
            Rule.NOT_ASKED: int(coded.count("not_asked").sum()),
            Rule.STRAIGHT: int(kept["straight_lined"].sum()),
            Rule.BROKEN: int((~kept["completed"]).sum()),
        }
    )
    table = fault_table(fault for fault in faults if fault.level == Level.WARNING)
    kept = kept.rename_axis("row").reset_index().astype({"municipality": "str", "group": "str"})
    order = ["respondent", "row", "municipality", "group", "completed", "answered", "straight_lined"]
    responses = Responses(
        study, questionnaire, coded, kept[order], table, set_aside, invited, received=len(export.data)
    )
    return responses, faults


def _cells_are(study: Study) -> str | None:
    """What the cells hold where the study or the format says it: these two write codes, and labels beside them."""
    files = study.survey_files
    return files.cells_are or ("koder" if files.format in _WRITE_CODES else None)


def _column_faults(study: Study, export: Export, questionnaire: Questionnaire) -> list[Fault]:
    files = study.survey_files
    known = list(dict.fromkeys(questionnaire.variables["variable"]))
    faults = [_missing_variable(export, name) for name in known if name not in export.data]
    named = {*known, files.respondent, files.municipality, files.group}
    unknown = [name for name in export.data.columns if name not in named and not STATUS.fullmatch(name)]
    if unknown:
        more = f" og {len(unknown) - NAMES_SHOWN} til" if len(unknown) > NAMES_SHOWN else ""
        found = ", ".join(unknown[:NAMES_SHOWN]) + more
        action = "Kolonnerne er ikke brugt. Tilføj dem i spørgeskemaet, hvis de rummer svar."
        expected = "kun kolonner, som spørgeskemaet kender"
        faults.append(export.warning(found, expected, action, row=1))
    return faults


def _missing_variable(export: Export, name: str) -> Fault:
    expected = "en kolonne for hver variabel i spørgeskemaet"
    if name in export.dropped:
        action = (
            "Kolonnen er udeladt, fordi den kan fortælle, hvem der har svaret. Fjern variablen fra spørgeskemaet, eller"
            f" skriv under [spoergeskema] i {STUDY_FILE}, hvis den skal med: {keep_line(name)}"
        )
        return Fault(export.name, "en kolonne med personoplysninger", expected, action, 1, column=name, quotes=False)
    action = f"Hent eksporten igen med alle variable, eller ret spørgeskemaet, som {STUDY_FILE} peger på."
    return Fault(export.name, "ingen kolonne med det navn", expected, action, row=1, column=name, quotes=False)
